//! Saying something of a reading: each correction is one transaction.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Deserialize;

use super::draft::{Desk, EventDraft, StatementDraft};
use super::judged::{Judged, Judgments, judgments, of_version};
use super::record::{self, Accepted, New, Part, Spot, Verdict};
use super::value::Source;
use super::{About, Finding};
use crate::export::Item;
use crate::{Archive, ArchiveError};

/// How long a remark may be, in characters.
const REMARK: usize = 2000;

/// How long the name of whoever corrects may be, in characters.
const NAME: usize = 100;

/// What somebody judges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A statement, by its number in the archive.
    Statement(i64),
    /// An event.
    Event(i64),
    /// What another correction is about: something that was missed, or is read no more.
    Correction(i64),
}

/// What somebody says of it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Judgment {
    /// It is as it is read.
    Accept,
    /// There is nothing of the kind here.
    Reject,
    /// It is a statement with these values.
    Statement(Box<StatementDraft>),
    /// It is an event with these values.
    Event(Box<EventDraft>),
}

/// Who says it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct By<'a> {
    /// Who.
    pub who: &'a str,
    /// What there is to remark.
    pub note: Option<&'a str>,
    /// The [`Judged::stamp`] of what was looked at, if it must not have changed since.
    pub stamp: Option<&'a str>,
}

impl By<'_> {
    fn check(&self) -> Result<(&str, Option<&str>), ArchiveError> {
        let who = self.who.trim();
        let note = self.note.map(str::trim).filter(|note| !note.is_empty());
        if who.is_empty() || who.chars().count() > NAME {
            return asked(format!(
                "a name of 1 to {NAME} characters says who corrects"
            ));
        }
        if note.is_some_and(|note| note.chars().count() > REMARK) {
            return asked(format!("a note has {REMARK} characters at most"));
        }
        Ok((who, note))
    }
}

fn asked<T>(problem: impl Into<String>) -> Result<T, ArchiveError> {
    Err(ArchiveError::Asked(problem.into()))
}

impl Archive {
    /// Accepts, rejects or corrects what is read, or what an earlier correction says. New
    /// values that say what is read accept it. Gives the correction's number.
    ///
    /// # Errors
    ///
    /// If there is no such statement or event, if a value cannot be so, if it has changed
    /// since it was looked at, or if the archive cannot be written.
    pub fn correct(
        &mut self,
        target: Target,
        judgment: &Judgment,
        by: &By<'_>,
    ) -> Result<i64, ArchiveError> {
        let (who, note) = by.check()?;
        self.change(|db| {
            let (item, judged) = look_up(db, target)?;
            if by.stamp.is_some_and(|stamp| stamp != judged.stamp()) {
                return asked("it was read anew or corrected since you looked at it: look again");
            }
            let verdict = verdict(db, &item, &judged, judgment)?;
            New {
                who,
                note,
                version: item.version,
                spot: &judged.spot,
                verdict: &verdict,
            }
            .keep(db)
        })
    }

    /// What somebody may judge, and the version in which it stands.
    ///
    /// # Errors
    ///
    /// If there is no such statement, event or correction.
    pub fn judged_target(&self, target: Target) -> Result<(Item, Judged), ArchiveError> {
        look_up(&self.db, target)
    }

    /// Adds a statement or event that was missed in a version. Gives the correction's
    /// number.
    ///
    /// # Errors
    ///
    /// If there is no such version, if something is read or was judged in this very place,
    /// if a value is missing or cannot be so, or if the archive cannot be written.
    pub fn add_missed(
        &mut self,
        version: i64,
        part: Part,
        what: &Judgment,
        by: &By<'_>,
    ) -> Result<i64, ArchiveError> {
        let (who, note) = by.check()?;
        self.change(|db| {
            let item = must_be(db, version)?;
            let judgments = judgments(db, &item)?;
            let desk = Desk::new(db, source(&item, part)?, 0);
            let value = match what {
                Judgment::Statement(draft) => desk.statement(draft, None)?,
                Judgment::Event(draft) => desk.event(draft, None)?,
                Judgment::Accept | Judgment::Reject => {
                    return asked("what was missed is a statement or an event");
                }
            };
            let spot = Spot::of(part, &value);
            let mut all = judgments.all.iter();
            if let Some(known) = all.find(|j| j.spot == spot && j.holds.is_some()) {
                let known = known
                    .id
                    .map_or("an earlier correction".into(), |id| id.to_string());
                return asked(format!("this stands there already: correct {known}"));
            }
            let engine = item.reading.engine.to_string();
            New {
                who,
                note,
                version,
                spot: &spot,
                verdict: &Verdict::Add { engine, value },
            }
            .keep(db)
        })
    }

    /// Says that everything in a version was looked at: what nobody judged is accepted,
    /// and nothing is missing. Gives the correction's number.
    ///
    /// # Errors
    ///
    /// If there is no such version, if that was said already, or if the archive cannot be
    /// written.
    pub fn review(&mut self, version: i64, by: &By<'_>) -> Result<i64, ArchiveError> {
        let (who, note) = by.check()?;
        self.change(|db| {
            let item = must_be(db, version)?;
            let Judgments { reviewed, all, .. } = judgments(db, &item)?;
            if let Some(mark) = reviewed {
                let number = mark.correction;
                return asked(format!(
                    "the article was looked at as a whole already, see correction {number}"
                ));
            }
            let open = all.into_iter().filter(|j| j.by.is_none());
            let accepted = open.filter_map(|j| {
                Some(Accepted {
                    part: j.spot.part,
                    finding: j.read?,
                })
            });
            let verdict = Verdict::Review {
                engine: item.reading.engine.to_string(),
                accepted: accepted.collect(),
            };
            let spot = Spot {
                part: Part::Text,
                about: About::Article,
                starts: 0,
                ends: u32::try_from(item.article.text.chars().count()).unwrap_or(u32::MAX),
                kind: None,
            };
            New {
                who,
                note,
                version,
                spot: &spot,
                verdict: &verdict,
            }
            .keep(db)
        })
    }

    /// Says that a correction no longer holds; what was said before it does again. Gives
    /// the number of this correction.
    ///
    /// # Errors
    ///
    /// If there is no such correction, if it is undone already or is an undoing itself, if
    /// the whole article was looked at since, or if the archive cannot be written.
    pub fn undo_correction(&mut self, number: i64, by: &By<'_>) -> Result<i64, ArchiveError> {
        let (who, note) = by.check()?;
        self.change(|db| {
            let one = record::one(db, number)?;
            if let Some(by) = one.undone_by {
                return asked(format!("correction {number} is undone already, by {by}"));
            }
            if let Verdict::Undo { correction } = one.verdict {
                return asked(format!(
                    "{number} is an undoing itself: say again what {correction} said"
                ));
            }
            let rests = |later: &record::Correction| {
                later.stands() && later.spot.about == About::Article && later.order() > one.order()
            };
            if let Some(later) = of_version(db, one.version)?.into_iter().find(rests) {
                return asked(format!(
                    "the whole article was looked at since, which rests on {number}: undo {} first",
                    later.id
                ));
            }
            let undo = New {
                who,
                note,
                version: one.version,
                spot: &one.spot,
                verdict: &Verdict::Undo { correction: number },
            };
            let by = undo.keep(db)?;
            db.execute(
                "UPDATE correction SET undone_by = ?2 WHERE id = ?1",
                params![number, by],
            )?;
            Ok(by)
        })
    }
}

/// What is judged, and the version in which it stands.
fn look_up(db: &Connection, target: Target) -> Result<(Item, Judged), ArchiveError> {
    let (version, about, number) = match target {
        Target::Correction(number) => {
            let version = record::one(db, number)?.version;
            let item = must_be(db, version)?;
            let mut all = judgments(db, &item)?.all.into_iter();
            let by = |j: &Judged| {
                let mark = j.by.as_ref();
                mark.is_some_and(|m| m.correction == number && m.kind != "review")
            };
            return match all.find(by) {
                Some(judged) => Ok((item, judged)),
                None => asked(format!("correction {number} no longer says what holds")),
            };
        }
        Target::Statement(number) => (
            place(db, About::Statement, number)?,
            About::Statement,
            number,
        ),
        Target::Event(number) => (place(db, About::Event, number)?, About::Event, number),
    };
    let item = must_be(db, version)?;
    match judgments(db, &item)?.numbered(about, number) {
        Some(judged) => Ok((item, judged.clone())),
        None => Err(ArchiveError::Invalid(format!(
            "{} {number} is not in the reading of its version",
            about.name()
        ))),
    }
}

/// The version of a statement or an event.
fn place(db: &Connection, about: About, number: i64) -> Result<i64, ArchiveError> {
    let name = about.name();
    let found = db
        .prepare_cached(&format!("SELECT version_id FROM {name} WHERE id = ?1"))?
        .query_row([number], |row| row.get(0))
        .optional()?;
    match found {
        Some(version) => Ok(version),
        None => asked(format!("the archive has no {name} {number}")),
    }
}

fn must_be(db: &Connection, version: i64) -> Result<Item, ArchiveError> {
    match Item::load(db, version)? {
        Some(item) => Ok(item),
        None => asked(format!("nothing was read in a version {version}")),
    }
}

fn source(item: &Item, part: Part) -> Result<Source<'_>, ArchiveError> {
    match Source::all(item).find(|source| source.part == part) {
        Some(source) => Ok(source),
        None => asked("the article has no title"),
    }
}

fn verdict(
    db: &Connection,
    item: &Item,
    judged: &Judged,
    judgment: &Judgment,
) -> Result<Verdict, ArchiveError> {
    let engine = item.reading.engine.to_string();
    let read = judged.read.clone();
    let base = judged.holds.as_ref().or(judged.read.as_ref());
    let desk = Desk::new(db, source(item, judged.spot.part)?, judged.spot.starts);
    let value = match (judgment, judged.spot.about) {
        (Judgment::Accept, _) => {
            return match read {
                Some(seen) => Ok(Verdict::Accept { seen, engine }),
                None => asked("nothing is read there that could be accepted"),
            };
        }
        (Judgment::Reject, _) => {
            return match read.or(judged.holds.clone()) {
                Some(seen) => Ok(Verdict::Reject { seen, engine }),
                None => asked("it is rejected already"),
            };
        }
        (Judgment::Statement(draft), About::Statement) => {
            let base = base.and_then(|base| match base {
                Finding::Statement(s) => Some(s),
                Finding::Event(_) => None,
            });
            desk.statement(draft, base)?
        }
        (Judgment::Event(draft), About::Event) => {
            let base = base.and_then(|base| match base {
                Finding::Event(e) => Some(e),
                Finding::Statement(_) => None,
            });
            desk.event(draft, base)?
        }
        _ => return asked("a statement stays a statement, and an event an event"),
    };
    Ok(match read {
        Some(seen) if seen.changes(&value).is_empty() => Verdict::Accept { seen, engine },
        seen => Verdict::Correct {
            seen: seen.map(Box::new),
            engine,
            value,
        },
    })
}
