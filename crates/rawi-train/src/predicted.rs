//! What scoring looks at in a reading.
//!
//! Readings of any program can be scored, so every field that the contract
//! lets a writer leave out may be missing here.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// The reading of one article.
#[derive(Debug, Deserialize)]
pub(crate) struct Reading {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) statements: Vec<Statement>,
    #[serde(default)]
    pub(crate) events: Vec<Event>,
    #[serde(default)]
    pub(crate) entities: Vec<Entity>,
    #[serde(default)]
    pub(crate) times: Vec<Time>,
}

/// A reported statement.
#[derive(Debug, Deserialize)]
pub(crate) struct Statement {
    pub(crate) form: Option<String>,
    pub(crate) content: Vec<Piece>,
    pub(crate) cue: Option<Piece>,
    pub(crate) source: Option<Piece>,
    pub(crate) speaker: Option<Party>,
    #[serde(default)]
    pub(crate) addressee: Vec<Party>,
    pub(crate) channel: Option<Piece>,
    pub(crate) confidence: Option<f64>,
    /// Whether it stands in another statement; in which one does not matter.
    #[serde(rename = "in")]
    pub(crate) outer: Option<IgnoredAny>,
}

/// A stretch of the text, in code points.
#[derive(Debug, Deserialize)]
pub(crate) struct Piece {
    start: Option<i64>,
    end: Option<i64>,
    pub(crate) text: Option<String>,
}

impl Piece {
    /// First code point and one past the last, if both are given.
    pub(crate) fn span(&self) -> Option<(i64, i64)> {
        Some((self.start?, self.end?))
    }
}

/// The text of an optional piece.
pub(crate) fn text(piece: Option<&Piece>) -> Option<&str> {
    piece?.text.as_deref()
}

/// Somebody who speaks, is spoken to, acts or is acted upon.
#[derive(Debug, Deserialize)]
pub(crate) struct Party {
    pub(crate) name: Option<String>,
    /// How a speaker was found.
    pub(crate) how: Option<String>,
}

/// The name of an optional party.
pub(crate) fn name(party: Option<&Party>) -> Option<&str> {
    party?.name.as_deref()
}

/// An event.
#[derive(Debug, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    pub(crate) trigger: Option<Piece>,
    #[serde(default)]
    pub(crate) actors: Vec<Party>,
    #[serde(default)]
    pub(crate) recipients: Vec<Party>,
    pub(crate) status: Option<String>,
    pub(crate) claimed_by: Option<Party>,
}

/// Somebody and the strings that refer to them.
#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    pub(crate) name: Option<String>,
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    #[serde(default)]
    pub(crate) mentions: Vec<Mention>,
}

impl Entity {
    /// The name and the text of every mention.
    pub(crate) fn strings(&self) -> impl Iterator<Item = &String> {
        let mentions = self.mentions.iter().filter_map(|m| m.piece.text.as_ref());
        mentions.chain(&self.name)
    }
}

/// A place where an entity is mentioned.
#[derive(Debug, Deserialize)]
pub(crate) struct Mention {
    #[serde(flatten)]
    pub(crate) piece: Piece,
    /// `name`, `title` or `pronoun`; a name where it is left out.
    pub(crate) kind: Option<String>,
}

/// A time expression.
#[derive(Debug, Deserialize)]
pub(crate) struct Time {
    #[serde(flatten)]
    pub(crate) piece: Piece,
    pub(crate) value: Option<String>,
}
