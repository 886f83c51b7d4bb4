//! What comes out: the JSON contract of one reading.
//!
//! `start` and `end` are Unicode code points into the article's text exactly as
//! given, half-open; `text` repeats the characters. `docs/output.md` says what
//! the fields mean.

use std::borrow::Cow;

use rawi_text::proclitic::TO;
use serde::{Deserialize, Serialize};

pub use crate::code::Code;
pub use crate::ids::{Id, Named};
use crate::wire;
pub use rawi_events::EventType;
pub use rawi_time::Date;
pub use rawi_time::value::Value;

/// The version of this contract.
pub const SCHEMA: u32 = 1;

/// Which program wrote a reading.
pub const ENGINE: &str = concat!("rawi ", env!("CARGO_PKG_VERSION"), " rules");

/// Everything that was read in one article.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reading<'a> {
    /// The article's id.
    pub id: Cow<'a, str>,
    /// The version of the contract.
    pub schema: u32,
    /// The day of publication.
    #[serde(with = "wire::day", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Day>"))]
    pub published: Option<Date>,
    /// Where the day of publication comes from; absent if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<PublishedFrom>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Cow<'a, str>>,
    /// SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Sha256"))]
    pub text_sha256: String,
    /// Which program wrote the reading.
    pub engine: Cow<'a, str>,
    /// Reported statements, in text order.
    pub statements: Vec<Statement<'a>>,
    /// Political events, in text order.
    pub events: Vec<Event<'a>>,
    /// Everybody whom statements and events name, by first mention.
    pub entities: Vec<Entity<'a>>,
    /// Time expressions, in text order.
    pub times: Vec<TimeMention<'a>>,
    /// What the article's title says, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Headline<'a>>,
}

/// What a title says, read by itself. Offsets count the title's code points; ids
/// have an `h` in front (`hs1`, `hv1`, `he1`) and lead to each other.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Headline<'a> {
    /// SHA-256 of the title's UTF-8 bytes, in lower-case hexadecimal.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Sha256"))]
    pub text_sha256: String,
    /// Reported statements.
    pub statements: Vec<Statement<'a>>,
    /// Political events.
    pub events: Vec<Event<'a>>,
    /// Everybody whom they name, as the title does; `same_as` leads to the text's
    /// entity.
    pub entities: Vec<Entity<'a>>,
    /// Time expressions.
    pub times: Vec<TimeMention<'a>>,
}

/// Where a reading has its day of publication from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PublishedFrom {
    /// A date line of the text.
    Text,
}

/// A stretch of the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Piece<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: Cow<'a, str>,
}

/// How a statement stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Form {
    /// The source's own words.
    Quote,
    /// A reported clause.
    Clause,
    /// A noun phrase that carries the message.
    Nominal,
}

/// What the source does by saying it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the names say it
pub enum Act {
    Assert,
    Deny,
    Demand,
    Promise,
    Threaten,
    Accuse,
    Ask,
    Announce,
    Welcome,
    Condemn,
    Believe,
    Warn,
}

/// One reported statement.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Statement<'a> {
    /// `s1`, `s2` … in text order.
    pub id: Id,
    /// Quote, clause or nominal.
    pub form: Form,
    /// The act that the cue tells.
    pub act: Act,
    /// What was said, in one or more pieces.
    pub content: Vec<Piece<'a>>,
    /// The reporting words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue<'a>>,
    /// The source as this sentence names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Piece<'a>>,
    /// Who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker<'a>>,
    /// To whom it was said.
    #[serde(default)]
    pub addressee: Vec<Participant<'a>>,
    /// Through what it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel<'a>>,
    /// The day on which it was said, if the text tells.
    #[serde(with = "wire::day", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Day>"))]
    pub said_on: Option<Date>,
    /// Entities that handed it on, outermost first.
    #[serde(default)]
    pub via: Vec<Id>,
    /// The statement inside whose content this one stands.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Id>,
    /// 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 0.0, max = 1.0)))]
    pub confidence: f64,
    /// Why it reads as it does; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why<'a>>,
}

/// What stands between the pieces of a content that are told as one.
pub const BETWEEN: &str = " … ";

impl Statement<'_> {
    /// What was said in one piece, with [`BETWEEN`] where the attribution interrupts it.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.content[..] {
            [one] => Cow::Borrowed(&*one.text),
            all => {
                let texts: Vec<&str> = all.iter().map(|p| &*p.text).collect();
                Cow::Owned(texts.join(BETWEEN))
            }
        }
    }

    /// The first code point of what was said.
    pub fn start(&self) -> u32 {
        self.content.first().map_or(0, |p| p.start)
    }

    /// One past the last code point of what was said.
    pub fn end(&self) -> u32 {
        self.content.last().map_or(0, |p| p.end)
    }
}

/// The words that report a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Cue<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: Cow<'a, str>,
    /// The verb or phrase that the lexicon has.
    pub lemma: Cow<'a, str>,
}

/// How the speaker was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum How {
    /// The source names the speaker.
    Named,
    /// A title or description points to the speaker.
    Title,
    /// The verb hides its subject.
    NullSubject,
    /// A pronoun points to the speaker.
    Pronoun,
    /// The quotation goes on from the statement before.
    CarriedOver,
}

/// Who said it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Speaker<'a> {
    /// The entity's id.
    pub entity: Id,
    /// Its fullest name in the article.
    pub name: Cow<'a, str>,
    /// How it was found.
    pub how: How,
}

/// Somebody who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Participant<'a> {
    /// The entity's id.
    pub entity: Id,
    /// Its fullest name in the article.
    pub name: Cow<'a, str>,
    /// PLOVER country and sector code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code<'a>>,
}

/// What kind of channel it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // the names say it
pub enum ChannelKind {
    Post,
    Statement,
    PressConference,
    Interview,
    PhoneCall,
    Speech,
    Letter,
    Meeting,
    Broadcast,
    Report,
    Sources,
}

/// Through what it was said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Channel<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: Cow<'a, str>,
    /// What kind of channel it is.
    pub kind: ChannelKind,
    /// The platform, by its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Cow<'a, str>>,
}

/// Why a statement reads as it does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Why<'a> {
    /// The table and line of the row that has the cue; none where quoted words
    /// stand alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Cow<'a, str>>,
    /// The frame that fired.
    pub frame: Cow<'a, str>,
    /// What ended the content.
    pub boundary: Cow<'a, str>,
    /// How the speaker was chosen.
    pub speaker: Cow<'a, str>,
}

/// Whether an event took place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// It did.
    Happened,
    /// It is announced or planned.
    Future,
    /// It is conditional, demanded or threatened.
    Hypothetical,
    /// It did not.
    Negated,
    /// It did, over a year before.
    Historical,
}

/// One political event in PLOVER terms.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Event<'a> {
    /// `v1`, `v2` … in text order.
    pub id: Id,
    /// The PLOVER type: `REQUEST`.
    #[serde(with = "wire::event_type", rename = "type")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Type"))]
    pub kind: EventType,
    /// The PLOVER mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Cow<'a, str>>,
    /// PLOVER contexts.
    #[serde(default)]
    pub context: Vec<Cow<'a, str>>,
    /// The word that says so, where the article first does.
    pub trigger: Piece<'a>,
    /// Further words that tell the same event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Piece<'a>>,
    /// Who did it; all sides of a symmetric event.
    pub actors: Vec<Participant<'a>>,
    /// To whom.
    pub recipients: Vec<Participant<'a>>,
    /// Whether it took place.
    pub status: Status,
    /// Who claims it, if the article itself does not assert it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<Participant<'a>>,
    /// The statement that tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Id>,
    /// When.
    #[serde(with = "wire::value", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Moment>"))]
    pub date: Option<Value>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Participant<'a>>,
    /// The manual's score between conflict (-10) and cooperation (10).
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = -10.0, max = 10.0)))]
    pub score: f64,
    /// 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 0.0, max = 1.0)))]
    pub confidence: f64,
    /// Why it reads as it does; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<EventWhy<'a>>,
}

/// Why an event reads as it does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct EventWhy<'a> {
    /// The table and line of the row that fired.
    pub row: Cow<'a, str>,
    /// The trigger as the table writes it.
    pub trigger: Cow<'a, str>,
    /// Which places of the frame were filled: `A=subj R=obj`.
    pub frame: Cow<'a, str>,
    /// What decided the status.
    pub status: Cow<'a, str>,
}

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum EntityType {
    /// A person with a proper name.
    Per,
    /// A body: a ministry, party, company, club, court, army.
    Org,
    /// A newspaper, channel, news agency or site.
    Media,
    /// A country, province, city or village, also for its government.
    Gpe,
    /// A sea, river, continent, street or quarter.
    Loc,
    /// A building or site.
    Fac,
    /// A named people, sect or armed group.
    Group,
    /// A person or people without a proper name.
    Anon,
}

/// Somebody or something that the article names, or that takes part in a statement or
/// event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Entity<'a> {
    /// `e1`, `e2` … by first mention.
    pub id: Id,
    /// The fullest name in the article, without titles.
    pub name: Cow<'a, str>,
    /// The English name of a well-known entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<Cow<'a, str>>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Its Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Cow<'a, str>>,
    /// ISO 3166-1 alpha-3 code of its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Cow<'a, str>>,
    /// PLOVER sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Cow<'a, str>>,
    /// The distinct titles and descriptions by which the article calls somebody, of
    /// people and of those without a name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<Cow<'a, str>>,
    /// Whether a statement or event names it.
    #[serde(default)]
    pub participant: bool,
    /// Where the article mentions it.
    pub mentions: Vec<Mention<'a>>,
    /// In a headline: the id of the text's entity that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<Id>,
}

/// Whether a mention begins where `ل` has taken the alef of its article, given the text
/// before it.
pub(crate) fn contracted(before: &str, mention: &str) -> bool {
    before.ends_with(TO) && mention.starts_with(TO)
}

impl<'a> Entity<'a> {
    /// Its PLOVER code, country and sector, as participants carry it: `EGY GOV`; none
    /// if neither is known.
    pub fn code(&self) -> Option<Code<'a>> {
        Code::of(self.country.clone(), self.sector.clone())
    }
}

/// How a mention refers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MentionKind {
    /// By name.
    Name,
    /// By title or description.
    Title,
    /// By pronoun.
    Pronoun,
}

/// One mention of an entity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Mention<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: Cow<'a, str>,
    /// How it refers.
    pub kind: MentionKind,
}

/// What kind of time an expression names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum TimeKind {
    /// A day or longer: `2025-02-12`, `2022`.
    Date,
    /// A time of day.
    Time,
    /// A length: `P3D`.
    Duration,
    /// A repeated time.
    Set,
}

/// One time expression.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TimeMention<'a> {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: Cow<'a, str>,
    /// Its ISO value; none for vague expressions.
    #[serde(with = "wire::value", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Moment>"))]
    pub value: Option<Value>,
    /// What kind of time it is.
    #[serde(rename = "type")]
    pub kind: TimeKind,
}
