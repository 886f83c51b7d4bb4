//! What a statement or an event is, in full, so that it means the same whatever engine
//! reads the text later.

use rawi::Offsets;
use rawi::reading::{
    Act, BETWEEN, ChannelKind, Entity, Event, Form, Id, MentionKind, Participant, Piece, Statement,
    Status,
};
use serde::{Deserialize, Serialize};

use super::Part;
use crate::export::Item;

/// Characters of a text, and where they stand: code points from 0, half-open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stretch {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
}

impl From<&Piece<'_>> for Stretch {
    fn from(piece: &Piece<'_>) -> Self {
        Self::new(piece.start, piece.end, &piece.text)
    }
}

impl Stretch {
    pub(super) fn new(start: u32, end: u32, text: &str) -> Self {
        Self {
            start,
            end,
            text: text.to_owned(),
        }
    }

    /// Whether the text has these characters there.
    pub(super) fn stands(&self, text: &str, offsets: &Offsets) -> bool {
        let bytes = offsets.bytes(self.start..self.end);
        bytes.is_some_and(|b| !b.is_empty() && text[b] == self.text)
    }
}

/// Somebody who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Somebody {
    /// The name, without titles; of the unnamed the whole phrase.
    pub name: String,
    /// Where the text has it, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Stretch>,
    /// The entity of the archive, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<i64>,
}

impl Somebody {
    /// Whether two are the same: the same name, or the same entity.
    fn is(&self, other: &Self) -> bool {
        self.name == other.name || (self.entity.is_some() && self.entity == other.entity)
    }
}

/// Through what it was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChannelValue {
    /// The noun phrase.
    #[serde(flatten)]
    pub at: Stretch,
    /// What kind of channel it is.
    pub kind: ChannelKind,
}

/// All that people judge of a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementValue {
    /// What was said, in one or more stretches.
    pub content: Vec<Stretch>,
    /// How it stands in the text.
    pub form: Form,
    /// What is done by saying it.
    pub act: Act,
    /// The word that reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Stretch>,
    /// The source as this sentence names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Stretch>,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Somebody>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addressee: Vec<Somebody>,
    /// Through what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelValue>,
    /// The day on which it was said, `2026-03-12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_on: Option<String>,
}

/// All that people judge of an event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventValue {
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The word that says so.
    pub trigger: Stretch,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actors: Vec<Somebody>,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Somebody>,
    /// Whether it took place.
    pub status: Status,
    /// Who claims it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<Somebody>,
    /// When, as the contract of readings has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Somebody>,
}

/// A statement or an event that is found in a text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "CorrectedFinding")
)]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Finding {
    /// A statement.
    Statement(StatementValue),
    /// An event.
    Event(EventValue),
}

impl Finding {
    /// The code points of the content or trigger, from the first to the last.
    pub fn range(&self) -> (u32, u32) {
        match self {
            Self::Statement(s) => {
                let start = s.content.first().map_or(0, |p| p.start);
                (start, s.content.last().map_or(0, |p| p.end))
            }
            Self::Event(e) => (e.trigger.start, e.trigger.end),
        }
    }

    /// Every stretch of the text that it names.
    pub(super) fn stretches(&self) -> Vec<&Stretch> {
        let mut all: Vec<&Stretch> = Vec::new();
        match self {
            Self::Statement(s) => {
                all.extend(&s.content);
                all.extend(s.cue.iter().chain(&s.source));
                all.extend(s.channel.iter().map(|c| &c.at));
            }
            Self::Event(e) => all.push(&e.trigger),
        }
        all.extend(self.people().into_iter().filter_map(|one| one.at.as_ref()));
        all
    }

    /// Everybody who takes part.
    pub(super) fn people(&self) -> Vec<&Somebody> {
        match self {
            Self::Statement(s) => s.speaker.iter().chain(&s.addressee).collect(),
            Self::Event(e) => {
                let sides = e.actors.iter().chain(&e.recipients);
                sides.chain(&e.claimed_by).chain(&e.place).collect()
            }
        }
    }

    /// Everybody who takes part, to be changed.
    pub(super) fn people_mut(&mut self) -> Vec<&mut Somebody> {
        match self {
            Self::Statement(s) => s.speaker.iter_mut().chain(&mut s.addressee).collect(),
            Self::Event(e) => {
                let sides = e.actors.iter_mut().chain(&mut e.recipients);
                sides.chain(&mut e.claimed_by).chain(&mut e.place).collect()
            }
        }
    }

    /// In which fields another one says something else; entities go by name or number.
    pub fn changes(&self, other: &Self) -> Vec<Field> {
        let mut out = Vec::new();
        let mut field = |field, same: bool| {
            if !same {
                out.push(field);
            }
        };
        match (self, other) {
            (Self::Statement(a), Self::Statement(b)) => {
                field(Field::Content, a.content == b.content);
                field(Field::Form, a.form == b.form);
                field(Field::Act, a.act == b.act);
                field(Field::Cue, a.cue == b.cue);
                field(Field::Source, a.source == b.source);
                field(Field::Speaker, one_is(&a.speaker, &b.speaker));
                field(Field::Addressee, all_are(&a.addressee, &b.addressee));
                let kind = |s: &StatementValue| s.channel.as_ref().map(|c| c.kind);
                let at = |s: &StatementValue| s.channel.as_ref().map(|c| c.at.clone());
                field(Field::Channel, at(a) == at(b));
                field(Field::ChannelKind, kind(a) == kind(b));
                field(Field::SaidOn, a.said_on == b.said_on);
            }
            (Self::Event(a), Self::Event(b)) => {
                field(Field::Type, a.kind == b.kind);
                field(Field::Trigger, a.trigger == b.trigger);
                field(Field::Actors, all_are(&a.actors, &b.actors));
                field(Field::Recipients, all_are(&a.recipients, &b.recipients));
                field(Field::Status, a.status == b.status);
                field(Field::ClaimedBy, one_is(&a.claimed_by, &b.claimed_by));
                field(Field::Date, a.date == b.date);
                field(Field::Place, one_is(&a.place, &b.place));
            }
            _ => out.push(Field::Type),
        }
        out
    }
}

impl Finding {
    /// What it says in a field: words of the text, names, or a word of a closed list as the
    /// contract has it ([`Field::is_code`]); several of them, or none.
    pub fn told(&self, field: Field) -> Vec<String> {
        let words = |stretch: &Option<Stretch>| stretch.iter().map(|s| s.text.clone()).collect();
        let names = |all: &[Somebody]| all.iter().map(|one| one.name.clone()).collect();
        let name = |one: &Option<Somebody>| one.iter().map(|one| one.name.clone()).collect();
        match (self, field) {
            (Self::Statement(s), Field::Content) => {
                s.content.iter().map(|p| p.text.clone()).collect()
            }
            (Self::Statement(s), Field::Form) => code(&s.form),
            (Self::Statement(s), Field::Act) => code(&s.act),
            (Self::Statement(s), Field::Cue) => words(&s.cue),
            (Self::Statement(s), Field::Source) => words(&s.source),
            (Self::Statement(s), Field::Speaker) => name(&s.speaker),
            (Self::Statement(s), Field::Addressee) => names(&s.addressee),
            (Self::Statement(s), Field::Channel) => {
                s.channel.iter().map(|c| c.at.text.clone()).collect()
            }
            (Self::Statement(s), Field::ChannelKind) => {
                s.channel.iter().flat_map(|c| code(&c.kind)).collect()
            }
            (Self::Statement(s), Field::SaidOn) => s.said_on.iter().cloned().collect(),
            (Self::Event(e), Field::Type) => vec![e.kind.clone()],
            (Self::Event(e), Field::Trigger) => vec![e.trigger.text.clone()],
            (Self::Event(e), Field::Actors) => names(&e.actors),
            (Self::Event(e), Field::Recipients) => names(&e.recipients),
            (Self::Event(e), Field::Status) => code(&e.status),
            (Self::Event(e), Field::ClaimedBy) => name(&e.claimed_by),
            (Self::Event(e), Field::Date) => e.date.iter().cloned().collect(),
            (Self::Event(e), Field::Place) => name(&e.place),
            _ => Vec::new(),
        }
    }

    /// The words of the text that it is about.
    pub fn words(&self) -> String {
        match self {
            Self::Statement(_) => self.told(Field::Content).join(BETWEEN),
            Self::Event(event) => event.trigger.text.clone(),
        }
    }
}

/// A word of a closed list.
fn code<T: Serialize>(value: &T) -> Vec<String> {
    let word = serde_json::to_value(value).ok();
    let word = word.as_ref().and_then(|w| w.as_str());
    word.map(str::to_owned).into_iter().collect()
}

impl Field {
    /// Its name in the contract of readings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Form => "form",
            Self::Act => "act",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Speaker => "speaker",
            Self::Addressee => "addressee",
            Self::Channel => "channel",
            Self::ChannelKind => "channel kind",
            Self::SaidOn => "said_on",
            Self::Type => "type",
            Self::Trigger => "trigger",
            Self::Actors => "actors",
            Self::Recipients => "recipients",
            Self::Status => "status",
            Self::ClaimedBy => "claimed_by",
            Self::Date => "date",
            Self::Place => "place",
        }
    }

    /// Whether its values are words of a closed list.
    pub fn is_code(self) -> bool {
        matches!(
            self,
            Self::Form | Self::Act | Self::ChannelKind | Self::Type | Self::Status
        )
    }
}

fn one_is(a: &Option<Somebody>, b: &Option<Somebody>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is(b),
        (a, b) => a.is_none() == b.is_none(),
    }
}

fn all_are(a: &[Somebody], b: &[Somebody]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
}

/// What can be changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the contract of readings names them
pub enum Field {
    Content,
    Form,
    Act,
    Cue,
    Source,
    Speaker,
    Addressee,
    Channel,
    ChannelKind,
    SaidOn,
    Type,
    Trigger,
    Actors,
    Recipients,
    Status,
    ClaimedBy,
    Date,
    Place,
}

/// One part of a reading with what turns its values into ours.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    item: &'a Item,
    pub part: Part,
    pub text: &'a str,
    entities: &'a [Entity<'a>],
}

impl<'a> Source<'a> {
    /// The text, and the headline if the article has one.
    pub fn all(item: &'a Item) -> impl Iterator<Item = Self> {
        let reading = &item.reading;
        let text = Self {
            item,
            part: Part::Text,
            text: &item.article.text,
            entities: &reading.entities,
        };
        let title = item.article.title.as_deref();
        let headline = title.zip(reading.headline.as_ref());
        let headline = headline.map(|(title, headline)| Self {
            item,
            part: Part::Headline,
            text: title,
            entities: &headline.entities,
        });
        std::iter::once(text).chain(headline)
    }

    /// What the engine reads here, with the ids that it has in the reading.
    pub fn findings(&self) -> Vec<(Id, Finding)> {
        let reading = &self.item.reading;
        let (statements, events) = match (self.part, &reading.headline) {
            (Part::Headline, Some(headline)) => (&headline.statements, &headline.events),
            _ => (&reading.statements, &reading.events),
        };
        let said = statements
            .iter()
            .map(|s| (s.id, Finding::Statement(self.statement(s))));
        let done = events.iter().map(|e| (e.id, Finding::Event(self.event(e))));
        said.chain(done).collect()
    }

    fn statement(&self, s: &Statement<'_>) -> StatementValue {
        let speaker = s.speaker.as_ref();
        StatementValue {
            content: s.content.iter().map(Stretch::from).collect(),
            form: s.form,
            act: s.act,
            cue: s
                .cue
                .as_ref()
                .map(|c| Stretch::new(c.start, c.end, &c.text)),
            source: s.source.as_ref().map(Stretch::from),
            speaker: speaker.map(|s| self.somebody(s.entity, &s.name)),
            addressee: self.people(&s.addressee),
            channel: s.channel.as_ref().map(|c| ChannelValue {
                at: Stretch::new(c.start, c.end, &c.text),
                kind: c.kind,
            }),
            said_on: s.said_on.map(|d| d.to_string()),
        }
    }

    fn event(&self, e: &Event<'_>) -> EventValue {
        let one = |p: &Participant<'_>| self.somebody(p.entity, &p.name);
        EventValue {
            kind: e.kind.name().to_owned(),
            trigger: Stretch::from(&e.trigger),
            actors: self.people(&e.actors),
            recipients: self.people(&e.recipients),
            status: e.status,
            claimed_by: e.claimed_by.as_ref().map(one),
            date: e.date.map(|d| d.to_string()),
            place: e.place.as_ref().map(one),
        }
    }

    fn people(&self, all: &[Participant<'_>]) -> Vec<Somebody> {
        all.iter()
            .map(|p| self.somebody(p.entity, &p.name))
            .collect()
    }

    /// An entity of the reading.
    fn somebody(&self, id: Id, name: &str) -> Somebody {
        let entity = self.entities.iter().find(|e| e.id == id);
        Somebody {
            name: name.to_owned(),
            at: entity.and_then(|e| self.named_at(e)),
            entity: self.item.entities.get(&id).copied(),
        }
    }

    /// The mention that shows an entity's name, or else its first one.
    fn named_at(&self, entity: &Entity<'_>) -> Option<Stretch> {
        let mut all = entity.mentions.iter();
        let named = all.find(|m| m.text == entity.name);
        let named = named.or_else(|| {
            let mut all = entity.mentions.iter();
            all.find(|m| m.kind == MentionKind::Name)
        });
        let mention = named.or(entity.mentions.first())?;
        Some(Stretch::new(mention.start, mention.end, &mention.text))
    }

    /// The entity of the reading that an entity of the archive is.
    pub fn entity(&self, number: i64) -> Option<Somebody> {
        let all = self.entities.iter();
        let mut same = all.filter(|e| self.item.entities.get(&e.id) == Some(&number));
        same.next().map(|e| self.somebody(e.id, &e.name))
    }

    /// The entity of the reading that has a mention just there.
    pub fn mentioned(&self, at: &Stretch) -> Option<Somebody> {
        let here = |e: &&Entity<'_>| {
            let mut all = e.mentions.iter();
            all.any(|m| (m.start, m.end) == (at.start, at.end))
        };
        let entity = self.entities.iter().find(here)?;
        Some(self.somebody(entity.id, &entity.name))
    }

    /// The entity of the reading that somebody is, and the different words that mention it.
    pub fn mentions(&self, who: &Somebody) -> Vec<String> {
        let is = |e: &&Entity<'_>| {
            e.name == who.name
                || who.at.as_ref().is_some_and(|at| {
                    let mut all = e.mentions.iter();
                    all.any(|m| (m.start, m.end) == (at.start, at.end))
                })
        };
        let mut out: Vec<String> = Vec::new();
        let offsets = Offsets::of(self.text);
        for entity in self.entities.iter().filter(is) {
            for m in &entity.mentions {
                if m.kind == MentionKind::Pronoun {
                    continue;
                }
                let words = whole(self.text, &offsets, m.start, &m.text, &entity.name);
                if !out.contains(&words) {
                    out.push(words);
                }
            }
        }
        out
    }

    pub fn number(&self, id: Id) -> Option<i64> {
        let item = self.item;
        let all = item.statements.get(&id).or_else(|| item.events.get(&id));
        all.copied()
    }
}

/// A mention with the alef that `ل` in front has taken from its article (`للصحفيين`).
fn whole(text: &str, offsets: &Offsets, start: u32, mention: &str, name: &str) -> String {
    let before = offsets.bytes(0..start).map_or("", |b| &text[b]);
    if before.ends_with('ل') && mention.starts_with('ل') {
        let whole = format!("ا{mention}");
        if name == whole || text.contains(&whole) {
            return whole;
        }
    }
    mention.to_owned()
}
