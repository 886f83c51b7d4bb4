//! The figures as people and programs read them.

use std::fmt::Write as _;
use std::io;

use anyhow::Result;
use serde::ser::{Serialize, Serializer};
use serde_json::ser::Formatter;

use super::sources::{Kind, SourceFigures};
use super::{Figures, Ratio, Score, Share, statements};
use crate::predicted::{name, text};

impl Figures {
    fn ratios(&self) -> Vec<(String, Ratio)> {
        let fixed = [
            ("statements.detected", self.detected),
            ("statements.exact", self.exact),
            ("statements.said_by", self.said_by),
            ("statements.content", self.content),
            ("channel", self.channel),
            ("addressee", self.addressee),
            ("events.typed", self.typed),
            ("events.roles", self.roles),
            ("events.sides", self.sides),
            ("times.span", self.times),
            ("aliases", self.aliases),
        ];
        let mut all: Vec<_> = fixed.map(|(key, ratio)| (key.to_owned(), ratio)).into();
        for (form, figures) in &self.forms {
            all.push((format!("form.{form}.detected"), figures.detected));
            all.push((format!("form.{form}.said_by"), figures.said_by));
        }
        all
    }

    fn shares(&self) -> [(&'static str, Share); 7] {
        [
            ("speaker|detected", self.speaker),
            ("form|detected", self.form),
            ("cue|detected", self.cue),
            ("source|detected", self.source),
            ("event status|typed", self.status),
            ("event claimed_by|typed", self.claimed_by),
            ("time value|span", self.value),
        ]
    }
}

/// One figure a line.
pub(crate) fn table(figures: &Figures) -> String {
    let mut page = format!(
        "gold: {} statements, {} events, {} times\n",
        figures.detected.gold, figures.typed.gold, figures.times.gold
    );
    // Writing to a string cannot fail.
    for (key, ratio) in figures.ratios() {
        let _ = writeln!(page, "{}", ratio.row(&key));
    }
    for (key, share) in figures.shares() {
        let _ = writeln!(page, "{}", share.row(key));
    }
    page.push_str("\nspeakers of detected statements, by kind of source\n");
    for (kind, of) in Kind::ALL.into_iter().zip(&figures.sources) {
        let _ = writeln!(
            page,
            "{:28} {:5}  speaker {:.3}  source {:.3}",
            kind.name(),
            of.speaker.asked,
            of.speaker.value(),
            of.source.value()
        );
    }
    page
}

/// The first wrong statements, one a line: missed, said by somebody else, or
/// annotated by nobody.
pub(crate) fn errors(score: &Score<'_>, limit: usize) -> String {
    let lines = score.cases.iter().flat_map(|(case, judged)| {
        let id = &case.gold.id;
        let read = case.read.map_or(&[][..], |r| &r.statements);
        let annotated = case.gold.statements.iter().zip(&judged.found);
        let wrong = annotated.filter_map(move |(gold, found)| {
            let content = gold.content.first().map_or("", String::as_str);
            let speaker = or_none(gold.speaker.as_deref());
            match found {
                None => {
                    let cue = or_none(gold.cue.as_deref());
                    let (form, content) = (&gold.form, start(content, 90));
                    Some(format!(
                        "MISSED {id} [{form}] {cue} | {speaker} | {content}\n"
                    ))
                }
                Some(found) if !found.said_by => {
                    let got = or_none(name(read[found.read].speaker.as_ref()));
                    let content = start(content, 80);
                    Some(format!(
                        "SPEAKER {id} gold {speaker} got {got} | {content}\n"
                    ))
                }
                Some(_) => None,
            }
        });
        let spurious = judged.spurious().map(move |i| {
            let form = statements::form(&read[i]);
            let cue = or_none(text(read[i].cue.as_ref()));
            let content = start(text(read[i].content.first()).unwrap_or_default(), 90);
            format!("SPURIOUS {id} [{form}] {cue} | {content}\n")
        });
        wrong.chain(spurious)
    });
    lines.take(limit).collect()
}

/// How the reference scorer prints what is missing.
fn or_none(s: Option<&str>) -> &str {
    s.unwrap_or("None")
}

/// The first `n` code points.
pub(super) fn start(s: &str, n: usize) -> &str {
    s.char_indices().nth(n).map_or(s, |(at, _)| &s[..at])
}

/// All figures as one line of JSON.
///
/// # Errors
///
/// None in practice: there is nothing in the figures that JSON cannot say.
pub(crate) fn json(figures: &Figures) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Page {
        prf: InOrder<String, [f64; 3]>,
        accuracy: InOrder<&'static str, f64>,
        gold: Gold,
        sources: InOrder<&'static str, Source>,
    }
    #[derive(serde::Serialize)]
    struct Source {
        count: usize,
        speaker: f64,
        source: f64,
    }
    #[derive(serde::Serialize)]
    struct Gold {
        statements: usize,
        events: usize,
        times: usize,
    }
    let prf = |(key, ratio): (String, Ratio)| (key, ratio.prf());
    let source = |(kind, of): (Kind, &SourceFigures)| {
        let source = Source {
            count: of.speaker.asked,
            speaker: of.speaker.value(),
            source: of.source.value(),
        };
        (kind.name(), source)
    };
    let sources = Kind::ALL.into_iter().zip(&figures.sources);
    line(&Page {
        prf: InOrder(figures.ratios().into_iter().map(prf).collect()),
        accuracy: InOrder(figures.shares().map(|(key, s)| (key, s.value())).into()),
        gold: Gold {
            statements: figures.detected.gold,
            events: figures.typed.gold,
            times: figures.times.gold,
        },
        sources: InOrder(sources.map(source).collect()),
    })
}

/// An object on one line.
///
/// # Errors
///
/// None in practice, as nothing that is printed has keys that JSON cannot say.
pub(super) fn line(page: &impl Serialize) -> Result<String> {
    let mut line = Vec::new();
    page.serialize(&mut serde_json::Serializer::with_formatter(
        &mut line, Spaced,
    ))?;
    line.push(b'\n');
    Ok(String::from_utf8(line)?)
}

/// A JSON object whose keys keep their order.
pub(super) struct InOrder<K, V>(pub(super) Vec<(K, V)>);

impl<K: Serialize, V: Serialize> Serialize for InOrder<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// JSON on one line with a space after each comma and colon, as the reference
/// scorer writes it.
struct Spaced;

impl Spaced {
    fn comma(writer: &mut (impl io::Write + ?Sized), first: bool) -> io::Result<()> {
        if first {
            Ok(())
        } else {
            writer.write_all(b", ")
        }
    }
}

impl Formatter for Spaced {
    fn begin_array_value<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        Spaced::comma(writer, first)
    }

    fn begin_object_key<W>(&mut self, writer: &mut W, first: bool) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        Spaced::comma(writer, first)
    }

    fn begin_object_value<W>(&mut self, writer: &mut W) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_columns() {
        let mut figures = Figures {
            detected: Ratio::new(1, 2, 3),
            ..Figures::default()
        };
        figures.form("quote").detected = Ratio::new(1, 16, 1);
        figures.cue.ask(true);
        let page = table(&figures);
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[0], "gold: 3 statements, 0 events, 0 times");
        assert_eq!(
            lines[1],
            "statements.detected          P 0.500  R 0.333  F1 0.400"
        );
        // 0.0625 lies in the middle; the even digit wins, as in Python.
        assert_eq!(
            lines[12],
            "form.quote.detected          P 0.062  R 1.000  F1 0.118"
        );
        assert_eq!(lines[16], "cue|detected                 1.000");
    }

    #[test]
    fn json_keeps_the_order_and_all_digits() -> Result<()> {
        let figures = Figures {
            detected: Ratio::new(2, 2, 3),
            ..Figures::default()
        };
        let line = json(&figures)?;
        assert!(line.starts_with(
            r#"{"prf": {"statements.detected": [1.0, 0.6666666666666666, 0.8], "statements.exact": [0.0, 0.0, 0.0], "#
        ));
        assert!(line.contains(
            r#""gold": {"statements": 3, "events": 0, "times": 0}, "sources": {"name": {"count": 0, "#
        ));
        assert!(line.ends_with("}}}\n"));
        Ok(())
    }

    #[test]
    fn a_start_is_cut_between_characters() {
        assert_eq!(start("قال إن", 3), "قال");
        assert_eq!(start("قال", 3), "قال");
        assert_eq!(start("قال", 9), "قال");
    }
}
