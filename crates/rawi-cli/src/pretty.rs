//! Readings for people at a terminal.

mod hit;

pub use hit::{article as article_hit, statement as statement_hit};

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use rawi::reading::{
    BETWEEN, Channel, ChannelKind, Entity, Event, Form, Id, Participant, Statement, Status, Why,
};
use rawi::{Certainty, Reading};

use crate::part::{Kind, Part, Told, parts};
use crate::safe::{self, one_line};
use crate::words::Lang;

/// How to print.
#[derive(Clone, Copy)]
pub struct Style {
    /// With terminal colors.
    pub color: bool,
    /// Arabic in isolates, so that lines keep their order.
    pub isolate: bool,
    /// Columns.
    pub width: usize,
    /// The language of the words around it.
    pub lang: Lang,
}

const INDENT: usize = 4;

/// Stand in a text around what is to be lit up. Of the text's own characters none is left
/// of private use once it is safe to print.
const LIT: char = '\u{e000}';
const UNLIT: char = '\u{e001}';

/// What stands before a line of what was said, so that no words in it can pass
/// for a line of our own.
const BAR: &str = "  │ ";

/// One article: a head line, then each statement as who, how and what.
pub fn article(reading: &Reading<'_>, style: Style) -> String {
    let mut out = String::new();
    let head: Vec<String> = [Some(&reading.id), reading.outlet.as_ref()]
        .into_iter()
        .flatten()
        .map(|text| style.arabic(&safe::part(text)))
        .chain(reading.published.map(|day| {
            let day = style.latin(&day.to_string());
            match reading.published_from {
                Some(_) => format!("{day} {}", style.word(style.lang.words().from_text)),
                None => day,
            }
        }))
        .collect();
    style.line(&mut out, 0, &style.paint("1;4", &head.join(" · ")));
    let headline = Told::of(reading);
    let parts = parts(headline.as_ref(), reading);
    for part in &parts {
        style.statements(&mut out, part);
    }
    if parts.iter().all(|part| part.statements.is_empty()) {
        let none = style.arabic(style.lang.words().no_statements);
        style.line(&mut out, INDENT, &none);
    }
    for part in &parts {
        for event in part.events {
            style.event(&mut out, event, part.kind);
        }
    }
    out
}

/// How deep each statement is nested.
fn depths(statements: &[Statement<'_>]) -> Vec<usize> {
    let at: HashMap<Id, usize> = statements
        .iter()
        .enumerate()
        .map(|(i, s)| (s.id, i))
        .collect();
    (0..statements.len())
        .map(|i| {
            let outer = |i: usize| at.get(&statements[i].within?).copied();
            std::iter::successors(outer(i), |&o| outer(o))
                .take(4)
                .count()
        })
        .collect()
}

/// Who says a statement, in words.
pub fn speaker<'s>(s: &'s Statement<'_>, lang: Lang) -> &'s str {
    let who = s.speaker.as_ref().map(|x| &*x.name);
    who.unwrap_or(lang.words().nobody)
}

/// What is said in a statement, in one line.
pub fn content(s: &Statement<'_>) -> String {
    let (begin, end) = match s.form {
        Form::Quote => ("«", "»"),
        _ => ("", ""),
    };
    let pieces: Vec<String> = s
        .content
        .iter()
        .map(|p| format!("{begin}{}{end}", one_line(&p.text)))
        .collect();
    pieces.join(BETWEEN)
}

/// The channel of a statement, unless it is one of the outlets that handed the
/// statement on and is told as such.
pub fn channel<'s>(s: &'s Statement<'s>, entities: &[Entity<'_>]) -> Option<&'s Channel<'s>> {
    let channel = s.channel.as_ref()?;
    let told = channel.kind == ChannelKind::Report
        && entities.iter().filter(|e| s.via.contains(&e.id)).any(|e| {
            let mut mentions = e.mentions.iter();
            e.name == channel.text
                || mentions.any(|m| m.start < channel.end && channel.start < m.end)
        });
    (!told).then_some(channel)
}

/// The mark and the word for a reading that is not clear.
pub fn doubt(confidence: f64, lang: Lang) -> Option<String> {
    let certainty = Certainty::of(confidence);
    let mark = match (certainty, lang) {
        (Certainty::Clear, _) => return None,
        (Certainty::Likely, _) => '~',
        (Certainty::Weak, Lang::En) => '?',
        (Certainty::Weak, Lang::Ar) => '؟',
    };
    Some(format!("{mark}{}", lang.name(&certainty)))
}

impl Style {
    pub fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A line with what is to be lit up so, where there are colors.
    fn lit(self, line: &str) -> String {
        let (begin, end) = match self.color {
            true => ("\u{1b}[1;33m", "\u{1b}[0m"),
            false => ("", ""),
        };
        line.replace(LIT, begin).replace(UNLIT, end)
    }

    /// Text in an isolate of the direction of its first letter.
    pub fn arabic(self, text: &str) -> String {
        self.isolated('\u{2068}', text)
    }

    /// Text that goes from left to right whatever stands around it.
    pub fn latin(self, text: &str) -> String {
        self.isolated('\u{2066}', text)
    }

    fn isolated(self, begin: char, text: &str) -> String {
        if self.isolate && !text.is_empty() {
            format!("{begin}{text}\u{2069}")
        } else {
            text.to_owned()
        }
    }

    /// A line; a line of Arabic words begins on the right where lines are turned.
    pub fn line(self, out: &mut String, indent: usize, text: &str) {
        let turn = if self.isolate && self.lang == Lang::Ar {
            "\u{200f}"
        } else {
            ""
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{turn}{:indent$}{text}", "");
    }

    /// A word of ours.
    pub fn word(self, word: &str) -> String {
        match self.lang {
            Lang::En => word.to_owned(),
            Lang::Ar => self.arabic(word),
        }
    }

    fn name(self, value: &impl serde::Serialize) -> String {
        self.word(&self.lang.name(value))
    }

    fn doubt(self, confidence: f64) -> String {
        doubt(confidence, self.lang).map_or(String::new(), |d| {
            format!("  {}", self.paint("33", &self.arabic(&d)))
        })
    }

    fn people<'p>(self, names: impl Iterator<Item = &'p str>, between: &str) -> String {
        let all: Vec<String> = names.map(|n| self.arabic(&one_line(n))).collect();
        all.join(between)
    }

    /// `CONSULT visit  A, B -> C  future  claimed by D`.
    fn event(self, out: &mut String, e: &Event<'_>, part: Kind) {
        let words = self.lang.words();
        let names = |who: &[Participant<'_>]| {
            if who.is_empty() {
                return "?".to_owned();
            }
            self.people(who.iter().map(|p| &*p.name), words.between)
        };
        let mode = e.mode.as_ref().map(|m| format!(" {}", self.latin(m)));
        let kind = format!("{}{}", self.name(&e.kind.name()), mode.unwrap_or_default());
        let mut line = format!("{}  {}", self.paint("35", &kind), names(&e.actors));
        if !e.recipients.is_empty() {
            // Between Arabic words the arrow is mirrored where it is shown.
            line += &format!(" -> {}", names(&e.recipients));
        }
        if e.status != Status::Happened {
            line += &format!("  {}", self.name(&e.status));
        }
        if let Some(date) = &e.date {
            line += &format!(
                "  {} {}",
                self.word(words.on),
                self.latin(&date.to_string())
            );
        }
        if let Some(place) = &e.place {
            let name = self.arabic(&one_line(&place.name));
            line += &format!("  {} {name}", self.word(words.through));
        }
        if let Some(who) = &e.claimed_by {
            let name = self.arabic(&one_line(&who.name));
            line += &format!("  {} {name}", self.word(words.claimed_by));
        }
        let trigger = self.arabic(&format!("«{}»", one_line(&e.trigger.text)));
        let headline = self.headline(part);
        line += &format!("  {trigger}{}{headline}", self.doubt(e.confidence));
        self.line(out, 0, &line);
        if let Some(why) = &e.why {
            self.because(out, INDENT, "row", &why.row);
            self.because(out, INDENT, "trigger", &why.trigger);
            self.because(out, INDENT, "frame", &why.frame);
            self.because(out, INDENT, "status", &why.status);
            self.because(out, INDENT, "confidence", &e.confidence.to_string());
        }
    }

    /// What marks a line as the headline's.
    fn headline(self, part: Kind) -> String {
        match part {
            Kind::Headline => format!("  {}", self.word(self.lang.words().headline)),
            Kind::Text => String::new(),
        }
    }

    /// The statements of a text, or of its headline.
    fn statements(self, out: &mut String, part: &Part<'_>) {
        let all = part.statements;
        let mut introduced: HashSet<Id> = HashSet::new();
        for (statement, depth) in all.iter().zip(depths(all)) {
            // A title stands where somebody speaks for the first time.
            let who = statement.speaker.as_ref().map(|x| x.entity);
            let new = who.filter(|&id| introduced.insert(id));
            let title = new.and_then(|id| part.title_of(id));
            let mut line = self.head(statement, part, title);
            line += &self.headline(part.kind);
            self.line(out, INDENT * depth, &line);
            self.content(out, statement, depth);
        }
    }

    /// Who says it, how, to whom, through what and when.
    fn head(self, s: &Statement<'_>, part: &Part<'_>, title: Option<&str>) -> String {
        let who = one_line(speaker(s, self.lang));
        let mut line = self.paint("1", &self.arabic(&who));
        if let Some(title) = title {
            line += &format!(" ({})", self.arabic(&one_line(title)));
        }
        let via = s.via.iter().filter_map(|id| part.name_of(*id));
        line + &self.manner(s, channel(s, part.entities), via)
    }

    /// What saying it does, through what, to whom and when it was said, and who handed it
    /// on; whether the reading is in doubt.
    fn manner<'n>(
        self,
        s: &Statement<'_>,
        channel: Option<&Channel<'_>>,
        via: impl Iterator<Item = &'n str>,
    ) -> String {
        let words = self.lang.words();
        let mut line = format!("  {}", self.paint("36", &self.name(&s.act)));
        if let Some(channel) = channel {
            let platform = channel.platform.as_ref();
            let platform = platform.map(|p| format!(" ({})", self.latin(&one_line(p))));
            line += &format!(
                "  {} {}{}",
                self.word(words.through),
                self.arabic(&one_line(&channel.text)),
                platform.unwrap_or_default()
            );
        }
        if !s.addressee.is_empty() {
            let to = self.people(s.addressee.iter().map(|a| &*a.name), words.between);
            line += &format!("  {} {to}", self.word(words.to));
        }
        let mut via = via.peekable();
        if via.peek().is_some() {
            let via = self.people(via, " < ");
            line += &format!("  {} {via}", self.word(words.via));
        }
        if let Some(day) = &s.said_on {
            line += &format!("  {} {}", self.word(words.on), self.latin(&day.to_string()));
        }
        line + &self.doubt(s.confidence)
    }

    /// What was said, and why it reads so.
    fn content(self, out: &mut String, s: &Statement<'_>, depth: usize) {
        self.wrap(out, &content(s), INDENT * depth);
        if let Some(why) = &s.why {
            self.why(out, why, s.confidence, INDENT * (depth + 1));
        }
    }

    /// Words in lines of the terminal's width, each line an isolate of its own
    /// that has the direction of the whole.
    fn wrap(self, out: &mut String, text: &str, indent: usize) {
        let room = self.width.saturating_sub(indent + INDENT).max(20);
        let begin = if is_latin(text) {
            '\u{2066}'
        } else {
            '\u{2067}'
        };
        let mut line = String::new();
        let mut length = 0;
        let mut flush = |line: &mut String| {
            let shown = self.isolated(begin, line);
            let shown = self.lit(&format!("{BAR}{shown}"));
            self.line(out, indent, &shown);
            line.clear();
        };
        for word in text.split(' ') {
            let wide = |c: &char| !is_vowel_sign(*c) && !matches!(*c, LIT | UNLIT);
            let letters = word.chars().filter(wide).count();
            if length > 0 && length + 1 + letters > room {
                flush(&mut line);
                length = 0;
            }
            if length > 0 {
                line.push(' ');
                length += 1;
            }
            line.push_str(word);
            length += letters;
        }
        flush(&mut line);
    }

    fn why(self, out: &mut String, why: &Why<'_>, confidence: f64, indent: usize) {
        if let Some(row) = &why.row {
            self.because(out, indent, "row", row);
        }
        self.because(out, indent, "frame", &why.frame);
        self.because(out, indent, "ends at", &why.boundary);
        self.because(out, indent, "speaker", &why.speaker);
        self.because(out, indent, "confidence", &confidence.to_string());
    }

    /// A line of an explanation. These are for who mends tables, and English.
    fn because(self, out: &mut String, indent: usize, what: &str, why: &str) {
        let line = format!("{what}: {}", self.arabic(&one_line(why)));
        let line = self.latin(&line);
        self.line(out, indent, &self.paint("2", &line));
    }
}

/// Whether the first letter of a text goes from left to right.
fn is_latin(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphabetic());
    first.is_some_and(
        |c| !matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
    )
}

/// Signs that stand above or below a letter and take no column.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_full_and_vowel_signs_take_no_room() {
        let style = Style {
            color: false,
            isolate: true,
            width: 24,
            lang: Lang::En,
        };
        let table = [
            ("قال", "  │ \u{2067}قال\u{2069}\n"),
            ("Yes, 2025.", "  │ \u{2066}Yes, 2025.\u{2069}\n"),
            (
                "كتاب جديد وكتاب قديم",
                "  │ \u{2067}كتاب جديد وكتاب قديم\u{2069}\n",
            ),
            (
                "كِتَابٌ جَدِيدٌ وَكِتَابٌ قَدِيمٌ",
                "  │ \u{2067}كِتَابٌ جَدِيدٌ وَكِتَابٌ قَدِيمٌ\u{2069}\n",
            ),
            (
                "كتاب جديد وكتاب قديم (2025)",
                "  │ \u{2067}كتاب جديد وكتاب قديم\u{2069}\n  │ \u{2067}(2025)\u{2069}\n",
            ),
        ];
        for (text, lines) in table {
            let mut out = String::new();
            style.wrap(&mut out, text, 0);
            assert_eq!(out, lines);
        }
    }

    #[test]
    fn only_doubt_is_told() {
        assert_eq!(doubt(0.9, Lang::En), None);
        assert_eq!(doubt(0.6, Lang::En).as_deref(), Some("~likely"));
        assert_eq!(doubt(0.2, Lang::Ar).as_deref(), Some("؟ضعيفة"));
    }
}
