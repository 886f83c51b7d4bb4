//! What happened, as the article tells it: a row an event.

use rawi::Offsets;
use rawi::reading::{Event, Id, Participant};
use rawi_archive::name_of;
use rawi_text::{Layout, SourceText, safe};

use super::cast::{Cast, Part, Voice};
use super::marked;
use super::note::Named;
use super::text::label;
use crate::site::Site;

/// So many characters of a sentence are shown on each side of the word.
const AROUND: usize = 90;

/// An event.
pub(super) struct Row {
    pub id: Id,
    pub when: Option<String>,
    pub actors: Vec<Named>,
    pub kind: String,
    /// The PLOVER type.
    pub code: &'static str,
    pub recipients: Vec<Named>,
    /// Whether it is one of several sides with each other.
    pub between: bool,
    pub status: String,
    pub claimed_by: Option<Named>,
    /// The sentence, its word marked, as HTML.
    pub sentence: String,
    /// The statement that tells it, with its number and look.
    pub statement: Option<(Id, String, String)>,
}

/// The events of a part.
pub(super) fn rows(site: &Site, cast: &Cast<'_>, part: Part<'_>) -> Vec<Row> {
    if part.events.is_empty() {
        return Vec::new();
    }
    let sentences = Sentences::of(part.text);
    let row = |event: &Event<'_>| {
        let sides = |list: &[Participant<'_>]| -> Vec<Named> {
            let each = list.iter().map(|p| Named::participant(site, cast, p));
            each.collect()
        };
        let statement = event.statement.map(|id| {
            let said = part.statements.iter();
            let mut said = said.skip(id.number().saturating_sub(1) as usize);
            let voice = said
                .next()
                .filter(|s| s.id == id)
                .and_then(|s| cast.voice(s));
            let class = voice.map_or_else(String::new, Voice::class);
            (id, label(site, id), class)
        });
        let code = event.kind.name();
        let (actors, recipients) = (sides(&event.actors), sides(&event.recipients));
        Row {
            id: event.id,
            when: event.date.map(|value| site.moment(value)),
            between: actors.len() > 1 && recipients.is_empty(),
            actors,
            kind: site.value("event", code).to_owned(),
            code,
            recipients,
            status: site.value("status", &name_of(event.status)).to_owned(),
            claimed_by: event
                .claimed_by
                .as_ref()
                .map(|p| Named::participant(site, cast, p)),
            sentence: sentences.around(event.trigger.start, event.trigger.end),
            statement,
        }
    };
    part.events.iter().map(row).collect()
}

/// The sentences of a text.
struct Sentences<'t> {
    text: &'t str,
    offsets: Offsets,
    /// Where each begins and ends, in bytes, in order.
    bytes: Vec<std::ops::Range<usize>>,
}

impl<'t> Sentences<'t> {
    fn of(text: &'t str) -> Self {
        let mut layout = Layout::new();
        let mut bytes = Vec::new();
        // A text that the engine has read is one.
        if let Ok(source) = SourceText::new(text) {
            layout.analyze(&source);
            let cover = |s: &std::ops::Range<u32>| s.start as usize..s.end as usize;
            let sentences = layout.sentences().iter();
            bytes.extend(sentences.map(|s| layout.cover(cover(s)).range()));
        }
        Self {
            text,
            offsets: Offsets::of(text),
            bytes,
        }
    }

    /// The sentence around a word that is given in code points, cut where it is long.
    fn around(&self, start: u32, end: u32) -> String {
        let Some(word) = self.offsets.bytes(start..end) else {
            return String::new();
        };
        let at = self.bytes.partition_point(|s| s.end <= word.start);
        let sentence = self.bytes.get(at).filter(|s| s.start <= word.start);
        let sentence = sentence.cloned().unwrap_or(word.clone());
        let sentence = sentence.start..sentence.end.max(word.end);
        let text = &self.text[sentence.clone()];
        let word = word.start - sentence.start..word.end - sentence.start;
        let word = marked::whole_words(text, word);
        let (before, after) = (&text[..word.start], &text[word.end..]);
        let cut = before.char_indices().rev().nth(AROUND).map(|(at, _)| at);
        let before = match cut.and_then(|at| Some(at + before[at..].find(' ')?)) {
            Some(at) => format!("…{}", safe::html(&before[at..])),
            None => safe::html(before),
        };
        let cut = after.char_indices().nth(AROUND).map(|(at, _)| at);
        let after = match cut.and_then(|at| after[..at].rfind(' ')) {
            Some(at) => format!("{} …", safe::html(&after[..at])),
            None => safe::html(after),
        };
        let word = safe::html(&text[word]);
        format!("{before}<mark>{word}</mark>{after}")
    }
}
