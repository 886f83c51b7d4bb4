//! Checks that every answer stands in the text where it says it stands.

use std::collections::HashSet;
use std::fmt;

use crate::assemble::hash;
use crate::reading::SCHEMA;
use crate::{Article, Reading};

/// The first thing in a reading that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// Where in the reading: `statements[s3].cue`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl std::error::Error for VerifyError {}

/// Re-slices every span of a reading against its article and follows every
/// reference. Returns how many spans were checked.
///
/// # Errors
///
/// The first hash, span or reference that is off.
pub fn verify(reading: &Reading, article: &Article) -> Result<usize, VerifyError> {
    if reading.schema != SCHEMA {
        return off(
            "schema".into(),
            &format!("is {}, but only {SCHEMA} is known here", reading.schema),
        );
    }
    let sha = hash(&article.text);
    if reading.text_sha256 != sha {
        return Err(VerifyError {
            field: "text_sha256".into(),
            problem: format!("is {}, but the text's hash is {sha}", reading.text_sha256),
        });
    }
    let mut check = Check {
        text: &article.text,
        starts: article.text.char_indices().map(|(i, _)| i).collect(),
        spans: 0,
    };
    check.starts.push(article.text.len());
    check.reading(reading)?;
    Ok(check.spans)
}

struct Check<'a> {
    text: &'a str,
    /// The byte at which each code point starts, and the end.
    starts: Vec<usize>,
    spans: usize,
}

impl Check<'_> {
    fn reading(&mut self, r: &Reading) -> Result<(), VerifyError> {
        let statements = ids("statements", r.statements.iter().map(|s| s.id.as_str()))?;
        let entities = ids("entities", r.entities.iter().map(|e| e.id.as_str()))?;
        ids("events", r.events.iter().map(|e| e.id.as_str()))?;
        for s in &r.statements {
            let field = |name: &str| format!("statements[{}].{name}", s.id);
            if s.content.is_empty() {
                return off(field("content"), "is empty");
            }
            for piece in &s.content {
                self.span(field("content"), piece.start, piece.end, &piece.text)?;
            }
            if let Some(x) = &s.cue {
                self.span(field("cue"), x.start, x.end, &x.text)?;
            }
            if let Some(x) = &s.source {
                self.span(field("source"), x.start, x.end, &x.text)?;
            }
            if let Some(x) = &s.channel {
                self.span(field("channel"), x.start, x.end, &x.text)?;
            }
            if s.within.as_deref() == Some(s.id.as_str()) {
                return off(field("in"), "is the statement itself");
            }
            refer(field("in"), s.within.as_ref(), &statements)?;
            refer(
                field("speaker"),
                s.speaker.as_ref().map(|x| &x.entity),
                &entities,
            )?;
            refer(
                field("addressee"),
                s.addressee.iter().map(|x| &x.entity),
                &entities,
            )?;
            refer(field("via"), &s.via, &entities)?;
        }
        for e in &r.events {
            let field = |name: &str| format!("events[{}].{name}", e.id);
            self.span(
                field("trigger"),
                e.trigger.start,
                e.trigger.end,
                &e.trigger.text,
            )?;
            let people = e
                .actors
                .iter()
                .chain(&e.recipients)
                .chain(&e.claimed_by)
                .chain(&e.place);
            refer(field("participants"), people.map(|x| &x.entity), &entities)?;
            refer(field("statement"), e.statement.as_ref(), &statements)?;
        }
        for e in &r.entities {
            for m in &e.mentions {
                self.span(
                    format!("entities[{}].mentions", e.id),
                    m.start,
                    m.end,
                    &m.text,
                )?;
            }
        }
        for (i, t) in r.times.iter().enumerate() {
            self.span(format!("times[{i}]"), t.start, t.end, &t.text)?;
        }
        Ok(())
    }

    fn span(&mut self, field: String, start: u32, end: u32, text: &str) -> Result<(), VerifyError> {
        self.spans += 1;
        let at = |p: u32| self.starts.get(p as usize).copied();
        let found = match (at(start), at(end)) {
            (Some(a), Some(b)) if a < b => &self.text[a..b],
            _ => return off(field, &format!("{start}..{end} is no stretch of the text")),
        };
        if found == text {
            Ok(())
        } else {
            off(
                field,
                &format!("{start}..{end} should be {text:?}, but the text has {found:?}"),
            )
        }
    }
}

fn off<T>(field: String, problem: &str) -> Result<T, VerifyError> {
    Err(VerifyError {
        field,
        problem: problem.to_owned(),
    })
}

fn ids<'a>(
    field: &str,
    all: impl Iterator<Item = &'a str>,
) -> Result<HashSet<&'a str>, VerifyError> {
    let mut seen = HashSet::new();
    for id in all {
        if !seen.insert(id) {
            return off(field.to_owned(), &format!("id {id} stands twice"));
        }
    }
    Ok(seen)
}

fn refer<'a>(
    field: String,
    names: impl IntoIterator<Item = &'a String>,
    known: &HashSet<&str>,
) -> Result<(), VerifyError> {
    for name in names {
        if !known.contains(name.as_str()) {
            return off(field, &format!("refers to {name}, which is not there"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;

    fn read() -> (Article, Reading) {
        let article = Article::new(
            "a",
            "🙂 قال الوزير سالم البدري في بيان إن الطريق مفتوح، وأضاف أمس: «لا خطر».",
        )
        .with_published("2025-02-12");
        let reading = Reader::new().unwrap().read(&article).unwrap();
        (article, reading)
    }

    #[test]
    fn a_fresh_reading_holds() {
        let (article, reading) = read();
        assert!(verify(&reading, &article).unwrap() >= 6);
    }

    #[test]
    fn every_kind_of_damage_is_found() {
        type Damage = fn(&mut Reading);
        let table: [(&str, Damage); 9] = [
            ("schema", |r| r.schema = 2),
            ("statements[s1].in", |r| {
                r.statements[0].within = Some("s1".into())
            }),
            ("text_sha256", |r| r.text_sha256.replace_range(0..1, "x")),
            ("statements[s1].content", |r| {
                r.statements[0].content[0].start += 1
            }),
            ("statements[s1].cue", |r| {
                r.statements[0].cue.as_mut().unwrap().end = 9999
            }),
            ("statements[s2].in", |r| {
                r.statements[1].within = Some("s9".into())
            }),
            ("statements[s1].speaker", |r| {
                r.statements[0].speaker.as_mut().unwrap().entity = "e99".into();
            }),
            ("statements", |r| r.statements[1].id = "s1".into()),
            ("times[0]", |r| r.times[0].text.push('x')),
        ];
        for (field, damage) in table {
            let (article, mut reading) = read();
            damage(&mut reading);
            assert_eq!(verify(&reading, &article).unwrap_err().field, field);
        }
    }

    #[test]
    fn a_reading_survives_json() {
        let (_, reading) = read();
        let json = serde_json::to_string(&reading).unwrap();
        assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), reading);
    }
}
