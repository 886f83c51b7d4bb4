//! The form beside the evidence.

use askama::Template;
use rawi::reading::{Act, ChannelKind, EventType, Form, Status};
use rawi_archive::corrections::{About, Judged, Part, Target};
use rawi_archive::export::Item;
use rawi_archive::name_of;

use super::Subject;
use super::draft::fields;
use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::part::corrected::{Corrected, label};
use crate::part::evidence::{Piece, evidence};
use crate::problem::Problem;
use crate::site::Site;

/// One more field for somebody than there are.
const SPARE: usize = 1;

/// A field of the form.
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    values: Vec<String>,
    input: Input,
}

/// How a field is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    /// Several lines of the article.
    Lines,
    /// Words of the article.
    Words,
    /// A name, or several.
    People,
    /// A day.
    Day,
    /// A day or longer.
    Date,
    /// One of a list: the group of its values, and whether there may be none.
    Choice(&'static str, bool),
}

impl Field {
    fn value(&self) -> &str {
        self.values.first().map_or("", |v| v)
    }
}

#[derive(Template)]
#[template(path = "correct.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    heading: &'static str,
    is_event: bool,
    item: Item,
    part: Part,
    anchor: String,
    evidence: Vec<Piece>,
    fields: Vec<Field>,
    said: Option<Corrected<'a>>,
    stamp: Option<String>,
    /// Whether something is read that can be accepted.
    read: bool,
    rejectable: bool,
    note: String,
    people: Vec<String>,
    problem: Option<String>,
}

impl FormPage<'_> {
    /// The values of a list that a field chooses from.
    fn choices(&self, group: &str) -> Vec<(String, &'static str)> {
        let names: Vec<String> = match group {
            "form" => codes(&[Form::Quote, Form::Clause, Form::Nominal]),
            "act" => codes(&ACTS),
            "channel" => codes(&CHANNELS),
            "status" => codes(&STATUS),
            _ => EventType::ALL.iter().map(|t| t.name().to_owned()).collect(),
        };
        let named = |name: String| {
            let forms = self.frame.site.lang.forms(group, &name);
            let word = forms.and_then(|forms| forms.first().copied());
            (name, word.unwrap_or(""))
        };
        names.into_iter().map(named).collect()
    }
}

const ACTS: [Act; 12] = [
    Act::Assert,
    Act::Deny,
    Act::Demand,
    Act::Promise,
    Act::Threaten,
    Act::Accuse,
    Act::Ask,
    Act::Announce,
    Act::Welcome,
    Act::Condemn,
    Act::Believe,
    Act::Warn,
];

const CHANNELS: [ChannelKind; 11] = [
    ChannelKind::Post,
    ChannelKind::Statement,
    ChannelKind::PressConference,
    ChannelKind::Interview,
    ChannelKind::PhoneCall,
    ChannelKind::Speech,
    ChannelKind::Letter,
    ChannelKind::Meeting,
    ChannelKind::Broadcast,
    ChannelKind::Report,
    ChannelKind::Sources,
];

const STATUS: [Status; 5] = [
    Status::Happened,
    Status::Future,
    Status::Hypothetical,
    Status::Negated,
    Status::Historical,
];

fn codes<T: serde::Serialize + Copy>(all: &[T]) -> Vec<String> {
    all.iter().map(|value| name_of(*value)).collect()
}

/// The form for a statement or an event that is read or was judged. `given` is what came
/// back in it, with the problem that it has.
///
/// # Errors
///
/// If there is none, or the archive cannot be read.
pub fn corrected(
    desk: &mut Desk<'_>,
    site: &Site,
    target: Target,
    given: Option<(&Params, &str)>,
) -> Result<Page, Problem> {
    let (item, judged) = super::keep::look_up(desk.archive, target)?;
    let shown = judged.holds.as_ref().or(judged.read.as_ref());
    let Some(shown) = shown.cloned() else {
        return Err(Problem::NotFound(site.path.clone()));
    };
    let filled = match given {
        Some((params, _)) => params.clone(),
        None => fields(&shown),
    };
    let is_event = judged.spot.about == About::Event;
    let t = site.t();
    let text = match judged.spot.part {
        Part::Text => &*item.article.text,
        Part::Headline => item.article.title.as_deref().unwrap_or_default(),
    };
    let heading = if is_event {
        t.fix_event
    } else {
        t.fix_statement
    };
    let page = FormPage {
        frame: Frame::new(desk, site, Section::Other, heading.to_owned())?,
        heading,
        is_event,
        part: judged.spot.part,
        anchor: judged.id.map_or_else(String::new, |id| format!("#{id}")),
        evidence: evidence(text, judged.read.as_ref().unwrap_or(&shown)),
        fields: form(site, is_event, &filled),
        said: Corrected::of(site, &judged, &site.path),
        stamp: Some(stamp(&judged, given)),
        read: judged.read.is_some(),
        rejectable: judged.holds.is_some(),
        note: filled.get("note").unwrap_or_default().to_owned(),
        people: people(&item),
        problem: given.map(|(_, problem)| problem.to_owned()),
        item,
    };
    answer(&page)
}

/// The form for something that was missed.
///
/// # Errors
///
/// If there is no such version, or the archive cannot be read.
pub fn added(
    desk: &mut Desk<'_>,
    site: &Site,
    subject: Subject,
    given: Option<(&Params, &str)>,
) -> Result<Page, Problem> {
    let (version, is_event) = match subject {
        Subject::MissedStatement(version) => (version, false),
        Subject::MissedEvent(version) => (version, true),
        Subject::Judged(target) => return corrected(desk, site, target, given),
    };
    let Some(item) = desk.archive.item(version)? else {
        return Err(Problem::NotFound(site.path.clone()));
    };
    let t = site.t();
    let heading = if is_event {
        t.fix_missed_event
    } else {
        t.fix_missed_statement
    };
    let filled = given.map_or_else(Params::default, |(params, _)| params.clone());
    let page = FormPage {
        frame: Frame::new(desk, site, Section::Other, heading.to_owned())?,
        heading,
        is_event,
        part: Part::Text,
        anchor: String::new(),
        evidence: vec![Piece {
            text: item.article.text.clone(),
            marked: false,
        }],
        fields: form(site, is_event, &filled),
        said: None,
        stamp: None,
        read: false,
        rejectable: false,
        note: filled.get("note").unwrap_or_default().to_owned(),
        people: people(&item),
        problem: given.map(|(_, problem)| problem.to_owned()),
        item,
    };
    answer(&page)
}

fn answer(page: &FormPage<'_>) -> Result<Page, Problem> {
    let status = if page.problem.is_some() { 400 } else { 200 };
    Ok(Page {
        status,
        ..Page::of(page)?
    })
}

/// What a form must carry: of one that came back what it was made for, so that a change
/// since is still told.
fn stamp(judged: &Judged, given: Option<(&Params, &str)>) -> String {
    let old = given.and_then(|(params, _)| params.get("stamp"));
    old.map_or_else(|| judged.stamp(), str::to_owned)
}

/// Names that are offered.
fn people(item: &Item) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for entity in &item.reading.entities {
        if !all.iter().any(|name| **name == *entity.name) {
            all.push(entity.name.to_string());
        }
    }
    all
}

fn form(site: &Site, is_event: bool, filled: &Params) -> Vec<Field> {
    use rawi_archive::corrections::Field as Of;
    let t = site.t();
    let field = |name: &'static str, of: Of, hint: &'static str, input: Input| {
        let mut values: Vec<String> = filled.all(name).map(str::to_owned).collect();
        if matches!(name, "addressee" | "actor" | "recipient") {
            values.extend(std::iter::repeat_n(String::new(), SPARE));
        }
        Field {
            name,
            label: label(site, of),
            hint,
            values,
            input,
        }
    };
    if is_event {
        return vec![
            field("type", Of::Type, "", Input::Choice("event", false)),
            field("trigger", Of::Trigger, t.fix_hint_words, Input::Words),
            field("actor", Of::Actors, t.fix_hint_who, Input::People),
            field("recipient", Of::Recipients, "", Input::People),
            field("status", Of::Status, "", Input::Choice("status", false)),
            field("claimed_by", Of::ClaimedBy, "", Input::People),
            field("date", Of::Date, t.fix_hint_date, Input::Date),
            field("place", Of::Place, "", Input::People),
        ];
    }
    vec![
        field("content", Of::Content, t.fix_hint_content, Input::Lines),
        field("speaker", Of::Speaker, t.fix_hint_who, Input::People),
        field("act", Of::Act, "", Input::Choice("act", false)),
        field("form", Of::Form, "", Input::Choice("form", false)),
        field("cue", Of::Cue, t.fix_hint_words, Input::Words),
        field("source", Of::Source, "", Input::Words),
        field("addressee", Of::Addressee, "", Input::People),
        field("channel", Of::Channel, "", Input::Words),
        field(
            "channel_kind",
            Of::ChannelKind,
            "",
            Input::Choice("channel", true),
        ),
        field("said_on", Of::SaidOn, "", Input::Day),
    ]
}
