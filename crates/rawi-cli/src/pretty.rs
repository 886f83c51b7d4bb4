//! Readings for people at a terminal.

use std::collections::HashMap;
use std::fmt::Write as _;

use rawi::Reading;
use rawi::reading::{Event, Participant, Statement, Status, Why};

use crate::safe::one_line;

/// How to print.
#[derive(Clone, Copy)]
pub struct Style {
    /// With terminal colors.
    pub color: bool,
    /// Arabic in isolates, so that a left-to-right terminal keeps the order.
    pub isolate: bool,
    /// Columns.
    pub width: usize,
}

const INDENT: usize = 4;

/// One article: a head line, then each statement as who, how and what.
pub fn article(reading: &Reading, style: Style) -> String {
    let mut out = String::new();
    let head: Vec<String> = [
        Some(&reading.id),
        reading.outlet.as_ref(),
        reading.published.as_ref(),
    ]
    .into_iter()
    .flatten()
    .map(|part| style.arabic(&one_line(part)))
    .collect();
    let _ = writeln!(out, "{}", style.paint("1;4", &head.join(" · ")));
    let names: HashMap<&str, &str> = reading
        .entities
        .iter()
        .map(|e| (e.id.as_str(), e.name.as_str()))
        .collect();
    let depth = depths(reading);
    for (statement, depth) in reading.statements.iter().zip(depth) {
        style.statement(&mut out, statement, &names, depth);
    }
    if reading.statements.is_empty() {
        let _ = writeln!(out, "{:INDENT$}no statements", "");
    }
    for event in &reading.events {
        style.event(&mut out, event);
    }
    out
}

/// How deep each statement is nested.
fn depths(reading: &Reading) -> Vec<usize> {
    let at: HashMap<&str, usize> = reading
        .statements
        .iter()
        .enumerate()
        .map(|(i, s)| (s.id.as_str(), i))
        .collect();
    (0..reading.statements.len())
        .map(|i| {
            let outer = |i: usize| {
                reading.statements[i]
                    .within
                    .as_deref()
                    .and_then(|o| at.get(o).copied())
            };
            std::iter::successors(outer(i), |&o| outer(o))
                .take(4)
                .count()
        })
        .collect()
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    fn arabic(self, text: &str) -> String {
        if self.isolate {
            format!("\u{2068}{text}\u{2069}")
        } else {
            text.to_owned()
        }
    }

    /// `CONSULT visit  A, B -> C  future  claimed by D`.
    fn event(self, out: &mut String, e: &Event) {
        let names = |who: &[Participant]| {
            let all: Vec<String> = who
                .iter()
                .map(|p| self.arabic(&one_line(&p.name)))
                .collect();
            if all.is_empty() {
                "?".to_owned()
            } else {
                all.join(", ")
            }
        };
        let mode = e.mode.as_ref().map_or(String::new(), |m| format!(" {m}"));
        let _ = write!(
            out,
            "{}  {}",
            self.paint("35", &format!("{}{mode}", e.kind)),
            names(&e.actors)
        );
        if !e.recipients.is_empty() {
            let _ = write!(out, " -> {}", names(&e.recipients));
        }
        if e.status != Status::Happened {
            let _ = write!(out, "  {}", name(&e.status));
        }
        if let Some(who) = &e.claimed_by {
            let _ = write!(out, "  claimed by {}", self.arabic(&one_line(&who.name)));
        }
        let _ = writeln!(out, "  «{}»", one_line(&e.trigger.text));
        if let Some(why) = &e.why {
            let text = format!(
                "{} ({}); {}; {}",
                why.row, why.trigger, why.frame, why.status
            );
            let _ = writeln!(out, "{:INDENT$}{}", "", self.paint("2", &one_line(&text)));
        }
    }

    fn statement(self, out: &mut String, s: &Statement, names: &HashMap<&str, &str>, depth: usize) {
        let pad = " ".repeat(INDENT * depth);
        let who = s.speaker.as_ref().map_or("(nobody named)", |x| &x.name);
        let _ = write!(
            out,
            "{pad}{}",
            self.paint("1", &self.arabic(&one_line(who)))
        );
        let _ = write!(out, "  {}", self.paint("36", &name(&s.act)));
        if let Some(channel) = &s.channel {
            let platform = channel
                .platform
                .as_ref()
                .map_or(String::new(), |p| format!(" ({p})"));
            let _ = write!(
                out,
                "  in {}{platform}",
                self.arabic(&one_line(&channel.text))
            );
        }
        if !s.addressee.is_empty() {
            let to: Vec<String> = s
                .addressee
                .iter()
                .map(|a| self.arabic(&one_line(&a.name)))
                .collect();
            let _ = write!(out, "  to {}", to.join(", "));
        }
        if !s.via.is_empty() {
            let via: Vec<String> = s
                .via
                .iter()
                .map(|id| self.arabic(&one_line(names.get(id.as_str()).copied().unwrap_or(id))))
                .collect();
            let _ = write!(out, "  via {}", via.join(" < "));
        }
        if let Some(day) = &s.said_on {
            let _ = write!(out, "  on {day}");
        }
        out.push('\n');
        let marks = match s.form {
            rawi::reading::Form::Quote => ("«", "»"),
            _ => ("", ""),
        };
        let pieces: Vec<String> = s
            .content
            .iter()
            .map(|p| format!("{}{}{}", marks.0, one_line(&p.text), marks.1))
            .collect();
        self.wrap(out, &pieces.join(" … "), INDENT * (depth + 1));
        if let Some(why) = &s.why {
            self.why(out, why, s.confidence, INDENT * (depth + 1));
        }
    }

    /// Words in lines of the terminal's width, each line an isolate of its own.
    fn wrap(self, out: &mut String, text: &str, indent: usize) {
        let room = self.width.saturating_sub(indent).max(20);
        let mut line = String::new();
        let mut length = 0;
        let mut flush = |line: &mut String| {
            let _ = writeln!(out, "{:indent$}{}", "", self.arabic(line));
            line.clear();
        };
        for word in text.split(' ') {
            let letters = word.chars().filter(|c| !is_vowel_sign(*c)).count();
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

    fn why(self, out: &mut String, why: &Why, confidence: f64, indent: usize) {
        let speaker = self.arabic(&one_line(&why.speaker));
        for line in [
            format!("frame: {}", why.frame),
            format!("ends at: {}", why.boundary),
            format!("speaker: {speaker}"),
            format!("confidence: {confidence}"),
        ] {
            let _ = writeln!(out, "{:indent$}{}", "", self.paint("2", &line));
        }
    }
}

/// The word that the contract has for an act, a status and the like.
pub fn name<T: serde::Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
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
        };
        let table = [
            ("قال", "    \u{2068}قال\u{2069}\n"),
            (
                "كتاب جديد وكتاب قديم",
                "    \u{2068}كتاب جديد وكتاب قديم\u{2069}\n",
            ),
            (
                "كِتَابٌ جَدِيدٌ وَكِتَابٌ قَدِيمٌ",
                "    \u{2068}كِتَابٌ جَدِيدٌ وَكِتَابٌ قَدِيمٌ\u{2069}\n",
            ),
            (
                "كتاب جديد وكتاب قديم جدا",
                "    \u{2068}كتاب جديد وكتاب قديم\u{2069}\n    \u{2068}جدا\u{2069}\n",
            ),
        ];
        for (text, lines) in table {
            let mut out = String::new();
            style.wrap(&mut out, text, INDENT);
            assert_eq!(out, lines);
        }
    }
}
