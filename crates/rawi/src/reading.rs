//! What comes out: the JSON contract of one reading.
//!
//! `start` and `end` are Unicode code points into the article's text exactly as
//! given, half-open; `text` repeats the characters. `docs/output.md` says what
//! the fields mean.

use serde::{Deserialize, Serialize};

/// The version of this contract.
pub const SCHEMA: u32 = 1;

/// Which program wrote a reading.
pub const ENGINE: &str = concat!("rawi ", env!("CARGO_PKG_VERSION"), " rules");

/// Everything that was read in one article.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reading {
    /// The article's id.
    pub id: String,
    /// The version of the contract, [`SCHEMA`].
    pub schema: u32,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where the day of publication comes from; absent if it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_from: Option<PublishedFrom>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.
    pub text_sha256: String,
    /// Which program wrote the reading.
    pub engine: String,
    /// Reported statements, in text order.
    pub statements: Vec<Statement>,
    /// Political events, in text order.
    pub events: Vec<Event>,
    /// Everybody whom statements and events name, by first mention.
    pub entities: Vec<Entity>,
    /// Time expressions, in text order.
    pub times: Vec<TimeMention>,
    /// What the article's title says, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<Headline>,
}

/// What a title says, read by itself. Offsets count the title's code points; ids
/// have an `h` in front (`hs1`, `hv1`, `he1`) and lead to each other.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Headline {
    /// SHA-256 of the title's UTF-8 bytes, in lower-case hexadecimal.
    pub text_sha256: String,
    /// Reported statements.
    pub statements: Vec<Statement>,
    /// Political events.
    pub events: Vec<Event>,
    /// Everybody whom they name, as the title does; [`Entity::same_as`] leads to
    /// the text's entity.
    pub entities: Vec<Entity>,
    /// Time expressions.
    pub times: Vec<TimeMention>,
}

/// Where a reading has its day of publication from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PublishedFrom {
    /// A date line of the text.
    Text,
}

/// A stretch of the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Piece {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
}

/// How a statement stands in the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct Statement {
    /// `s1`, `s2` … in text order.
    pub id: String,
    /// Quote, clause or nominal.
    pub form: Form,
    /// The act that the cue tells.
    pub act: Act,
    /// What was said, in one or more pieces.
    pub content: Vec<Piece>,
    /// The reporting words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
    /// The source as this sentence names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Piece>,
    /// Who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Speaker>,
    /// To whom it was said.
    #[serde(default)]
    pub addressee: Vec<Participant>,
    /// Through what it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The day on which it was said, if the text tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_on: Option<String>,
    /// Entities that handed it on, outermost first.
    #[serde(default)]
    pub via: Vec<String>,
    /// The statement inside whose content this one stands.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// Why it reads as it does; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// The words that report a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cue {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// The verb or phrase that the lexicon has.
    pub lemma: String,
}

/// How the speaker was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct Speaker {
    /// The entity's id.
    pub entity: String,
    /// Its fullest name in the article.
    pub name: String,
    /// How it was found.
    pub how: How,
}

/// Somebody who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Participant {
    /// The entity's id.
    pub entity: String,
    /// Its fullest name in the article.
    pub name: String,
    /// PLOVER country and sector code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What kind of channel it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct Channel {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// What kind of channel it is.
    pub kind: ChannelKind,
    /// The platform, by its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
}

/// Why a statement reads as it does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Why {
    /// The table and line of the row that has the cue; none where quoted words
    /// stand alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The frame that fired.
    pub frame: String,
    /// What ended the content.
    pub boundary: String,
    /// How the speaker was chosen.
    pub speaker: String,
}

/// Whether an event took place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct Event {
    /// `v1`, `v2` … in text order.
    pub id: String,
    /// The PLOVER type: `REQUEST`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The PLOVER mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// PLOVER contexts.
    #[serde(default)]
    pub context: Vec<String>,
    /// The word that says so, where the article first does.
    pub trigger: Piece,
    /// Further words that tell the same event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Piece>,
    /// Who did it; all sides of a symmetric event.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// Whether it took place.
    pub status: Status,
    /// Who claims it, if the article itself does not assert it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<Participant>,
    /// The statement that tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Participant>,
    /// The manual's score between conflict (-10) and cooperation (10).
    #[serde(default)]
    pub score: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// Why it reads as it does; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<EventWhy>,
}

/// Why an event reads as it does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EventWhy {
    /// The table and line of the row that fired.
    pub row: String,
    /// The trigger as the table writes it.
    pub trigger: String,
    /// Which places of the frame were filled: `A=subj R=obj`.
    pub frame: String,
    /// What decided the status.
    pub status: String,
}

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum EntityType {
    /// A person.
    Per,
    /// An organization.
    Org,
    /// A country or city.
    Gpe,
    /// A group of people.
    Group,
}

/// Somebody whom a statement or event names.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity {
    /// `e1`, `e2` … by first mention.
    pub id: String,
    /// The fullest name in the article, without titles.
    pub name: String,
    /// The English name of a well-known entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Its Wikidata id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// ISO 3166-1 alpha-3 code of its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// PLOVER sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Where the article mentions it.
    pub mentions: Vec<Mention>,
    /// In a headline: the id of the text's entity that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

impl Entity {
    /// Its PLOVER code, country and sector, as participants carry it: `EGY GOV`; none
    /// if neither is known.
    pub fn code(&self) -> Option<String> {
        let parts = [self.country.as_deref(), self.sector.as_deref()];
        let known: Vec<&str> = parts.into_iter().flatten().collect();
        (!known.is_empty()).then(|| known.join(" "))
    }
}

/// How a mention refers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct Mention {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// How it refers.
    pub kind: MentionKind,
}

/// What kind of time an expression names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
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
#[non_exhaustive]
pub struct TimeMention {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// Its ISO value; none for vague expressions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What kind of time it is.
    #[serde(rename = "type")]
    pub kind: TimeKind,
}
