//! What the fields of a form say, and what of it is new.

use rawi_archive::corrections::{
    ChannelDraft, EventDraft, EventValue, Finding, Judgment, Place, Somebody, StatementDraft,
    StatementValue, Whom,
};
use rawi_archive::export::Item;
use rawi_archive::name_of;
use serde::de::DeserializeOwned;

use crate::params::Params;
use crate::problem::Problem;

/// A form as it is filled in.
pub fn fields(finding: &Finding) -> Params {
    let mut out: Vec<(&str, String)> = Vec::new();
    let mut put = |name, values: Vec<String>| {
        out.extend(values.into_iter().map(|value| (name, value)));
    };
    let name = |one: &Option<Somebody>| one.iter().map(|one| one.name.clone()).collect();
    let names = |all: &[Somebody]| all.iter().map(|one| one.name.clone()).collect();
    match finding {
        Finding::Statement(s) => {
            put("content", vec![content(s)]);
            put("form", vec![name_of(s.form)]);
            put("act", vec![name_of(s.act)]);
            put("cue", s.cue.iter().map(|c| one_line(&c.text)).collect());
            put(
                "source",
                s.source.iter().map(|c| one_line(&c.text)).collect(),
            );
            put("speaker", name(&s.speaker));
            put("addressee", names(&s.addressee));
            put(
                "channel",
                s.channel.iter().map(|c| one_line(&c.at.text)).collect(),
            );
            put(
                "channel_kind",
                s.channel.iter().map(|c| name_of(c.kind)).collect(),
            );
            put("said_on", s.said_on.iter().cloned().collect());
        }
        Finding::Event(e) => {
            put("type", vec![e.kind.clone()]);
            put("trigger", vec![one_line(&e.trigger.text)]);
            put("actor", names(&e.actors));
            put("recipient", names(&e.recipients));
            put("status", vec![name_of(e.status)]);
            put("claimed_by", name(&e.claimed_by));
            put("date", e.date.iter().cloned().collect());
            put("place", name(&e.place));
        }
    }
    out.iter().map(|(name, value)| (*name, &**value)).collect()
}

/// The stretches of a content, a line each.
fn content(s: &StatementValue) -> String {
    let all: Vec<String> = s.content.iter().map(|p| one_line(&p.text)).collect();
    all.join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a form that came back says of a statement.
///
/// # Errors
///
/// If a value is none of its list.
pub fn statement(
    params: &Params,
    item: &Item,
    base: Option<&StatementValue>,
) -> Result<Judgment, Problem> {
    let shown = base.map(|b| fields(&Finding::Statement(b.clone())));
    let form = Form {
        params,
        item,
        shown: shown.unwrap_or_default(),
        people: base.map_or_else(Vec::new, |b| b.speaker.iter().chain(&b.addressee).collect()),
    };
    let lines = params.get("content").unwrap_or_default().lines();
    let lines: Vec<String> = lines
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect();
    let same = base.is_some_and(|b| content(b) == lines.join("\n"));
    let channel = match (
        params.get("channel"),
        form.same("channel") && form.same("channel_kind"),
    ) {
        (_, true) => None,
        (None, false) => Some(None),
        (Some(words), false) => Some(Some(ChannelDraft {
            at: match base
                .and_then(|b| b.channel.as_ref())
                .filter(|_| form.same("channel"))
            {
                Some(channel) => Place::Span {
                    start: channel.at.start,
                    end: channel.at.end,
                },
                None => Place::Words(words.to_owned()),
            },
            kind: form.code("channel_kind")?.ok_or_else(|| {
                Problem::value(
                    "channel_kind",
                    "",
                    "a channel is of some kind",
                    "choose one",
                )
            })?,
        })),
    };
    Ok(Judgment::Statement(Box::new(StatementDraft {
        content: (!same).then(|| lines.into_iter().map(Place::Words).collect()),
        form: form.code("form")?,
        act: form.code("act")?,
        cue: form.words("cue"),
        source: form.words("source"),
        speaker: form.whom("speaker"),
        addressee: form.people("addressee"),
        channel,
        said_on: form.text("said_on"),
    })))
}

/// What a form that came back says of an event.
///
/// # Errors
///
/// If a value is none of its list.
pub fn event(params: &Params, item: &Item, base: Option<&EventValue>) -> Result<Judgment, Problem> {
    let shown = base.map(|b| fields(&Finding::Event(b.clone())));
    let form = Form {
        params,
        item,
        shown: shown.unwrap_or_default(),
        people: base.map_or_else(Vec::new, |b| {
            let sides = b.actors.iter().chain(&b.recipients);
            sides.chain(&b.claimed_by).chain(&b.place).collect()
        }),
    };
    Ok(Judgment::Event(Box::new(EventDraft {
        kind: params.get("type").map(str::to_owned),
        trigger: form.words("trigger").flatten(),
        actors: form.people("actor"),
        recipients: form.people("recipient"),
        status: form.code("status")?,
        claimed_by: form.whom("claimed_by"),
        date: form.text("date"),
        place: form.whom("place"),
    })))
}

/// A form that came back, and what it showed before.
struct Form<'a> {
    params: &'a Params,
    item: &'a Item,
    shown: Params,
    people: Vec<&'a Somebody>,
}

impl Form<'_> {
    /// Whether a field says what it said.
    fn same(&self, field: &str) -> bool {
        self.params.all(field).eq(self.shown.all(field))
    }

    fn words(&self, field: &str) -> Option<Option<Place>> {
        if self.same(field) {
            return None;
        }
        let words = self.params.get(field);
        Some(words.map(|words| Place::Words(words.to_owned())))
    }

    fn text(&self, field: &str) -> Option<Option<String>> {
        (!self.same(field)).then(|| self.params.get(field).map(str::to_owned))
    }

    fn code<T: DeserializeOwned>(&self, field: &'static str) -> Result<Option<T>, Problem> {
        let Some(value) = self.params.get(field) else {
            return Ok(None);
        };
        match serde_json::from_value(value.into()) {
            Ok(value) => Ok(Some(value)),
            Err(e) => Err(Problem::value(
                field,
                value,
                &e.to_string(),
                "choose one of the list",
            )),
        }
    }

    fn whom(&self, field: &str) -> Option<Option<Whom>> {
        (!self.same(field)).then(|| self.params.get(field).map(|text| self.somebody(text)))
    }

    fn people(&self, field: &str) -> Option<Vec<Whom>> {
        (!self.same(field)).then(|| {
            self.params
                .all(field)
                .map(|text| self.somebody(text))
                .collect()
        })
    }

    /// Whom a number, or a name, means: whoever it was before, or an entity of the article,
    /// or words of the text.
    fn somebody(&self, text: &str) -> Whom {
        if let Some(number) = text.strip_prefix('#').and_then(|n| n.trim().parse().ok()) {
            return Whom {
                entity: Some(number),
                ..Whom::default()
            };
        }
        let text = one_line(text);
        if let Some(known) = self.people.iter().find(|one| one.name == text) {
            return Whom {
                entity: known.entity,
                name: Some(known.name.clone()),
                at: known.at.as_ref().map(|at| Place::Span {
                    start: at.start,
                    end: at.end,
                }),
            };
        }
        let mut all = self.item.reading.entities.iter();
        let named = all.find(|e| e.name == text);
        let entity = named.and_then(|e| self.item.entities.get(&e.id).copied());
        Whom {
            entity,
            name: Some(text),
            at: None,
        }
    }
}
