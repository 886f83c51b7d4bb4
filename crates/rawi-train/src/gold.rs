//! Hand annotation of one article.
//!
//! Spans are given as strings that occur in the article's text, in text order;
//! people by the fullest name the article has for them.

use serde::{Deserialize, Serialize};

/// Everything annotated in one article.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Annotation {
    pub(crate) id: String,
    pub(crate) statements: Vec<Statement>,
    pub(crate) events: Vec<Event>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) times: Vec<Time>,
}

/// Something that the article attributes to a source.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Statement {
    /// `quote`, `clause` or `nominal`.
    pub(crate) form: String,
    /// The pieces of what was said, in order.
    pub(crate) content: Vec<String>,
    pub(crate) cue: Option<String>,
    /// The mention of the source in this sentence.
    pub(crate) source: Option<String>,
    /// The resolved name of the source.
    pub(crate) speaker: Option<String>,
    pub(crate) addressee: Vec<String>,
    pub(crate) channel: Option<String>,
    /// The 0-based index of the statement that this one stands in.
    #[serde(rename = "in")]
    pub(crate) outer: Option<usize>,
}

/// Something that one party did to another.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) trigger: String,
    pub(crate) actors: Vec<String>,
    pub(crate) recipients: Vec<String>,
    pub(crate) status: String,
    pub(crate) claimed_by: Option<String>,
    /// An ISO date or range.
    #[serde(default)]
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) place: Option<String>,
    /// Of several places where the trigger stands, which one is meant, from zero; none
    /// if nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nth: Option<usize>,
}

/// Somebody named above.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Entity {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The distinct strings that refer to them.
    pub(crate) mentions: Vec<String>,
}

/// Everybody and everything that one article names.
#[derive(Debug, Deserialize)]
pub(crate) struct Cast {
    pub(crate) id: String,
    #[serde(rename = "cast")]
    pub(crate) members: Vec<Member>,
}

/// Somebody or something named, or described, in an article. Strings are as the
/// text has them, without attached letters.
#[derive(Debug, Deserialize)]
pub(crate) struct Member {
    /// `PER`, `ORG`, `MEDIA`, `GPE`, `LOC`, `FAC`, `GROUP`, or `ANON` for people
    /// without a proper name.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The fullest name.
    pub(crate) name: String,
    /// The distinct forms of the name, the fullest included.
    pub(crate) mentions: Vec<String>,
    /// The distinct title and role phrases.
    #[serde(default)]
    pub(crate) titles: Vec<String>,
}

/// A time expression.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Time {
    pub(crate) text: String,
    /// The ISO value; `None` if the article does not let a reader know.
    pub(crate) value: Option<String>,
}
