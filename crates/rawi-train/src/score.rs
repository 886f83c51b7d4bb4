//! The figures.
//!
//! All are micro-averaged: hits, predictions and gold items are added up over
//! the articles, and only the sums are divided.

pub(crate) mod confusion;
pub(crate) mod reliability;
pub(crate) mod report;

mod aliases;
pub(crate) mod cast;
pub(crate) mod cast_errors;
pub(crate) mod cast_report;
pub(crate) mod events;
mod groups;
pub(crate) mod matching;
pub(crate) mod names;
mod occurrences;
mod sources;
mod statements;
mod times;

use std::ops::AddAssign;

use anyhow::{Context, Result};

use crate::gold::Annotation;
use crate::input::{Articles, Readings};
use crate::predicted::Reading;
use crate::text::Text;
use names::Names;
use statements::Statements;
pub(crate) use statements::{DETECTED, gold_spans};

/// The figures, and the statements behind them.
#[derive(Debug)]
pub(crate) struct Score<'a> {
    pub(crate) figures: Figures,
    cases: Vec<(Case<'a>, Statements)>,
}

/// One article with both of its sides.
#[derive(Debug)]
struct Case<'a> {
    text: &'a Text,
    gold: &'a Annotation,
    /// An article without a reading counts as one in which nothing was found.
    read: Option<&'a Reading>,
    names: Names<'a>,
}

impl<'a> Score<'a> {
    /// Scores the reading of each annotated article.
    ///
    /// # Errors
    ///
    /// If an annotated article is not among `articles`, or a span reaches out of
    /// its text.
    pub(crate) fn of(
        articles: &'a Articles,
        gold: &'a [Annotation],
        readings: &'a Readings,
    ) -> Result<Self> {
        let mut figures = Figures::default();
        let mut cases = Vec::new();
        for gold in gold {
            let article = articles
                .get(&gold.id)
                .with_context(|| format!("{}: annotated, but not among the articles", gold.id))?;
            let case = Case {
                text: &article.text,
                gold,
                read: readings.get(&gold.id),
                names: Names::of(&gold.entities),
            };
            let statements = statements::judge(&case, &mut figures)
                .with_context(|| format!("{}: statements", gold.id))?;
            events::judge(&case, &mut figures);
            times::judge(&case, &mut figures);
            aliases::judge(&case, &mut figures);
            cases.push((case, statements));
        }
        Ok(Score { figures, cases })
    }
}

/// Everything that is counted.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// Content overlaps by half or more.
    detected: Ratio,
    /// Content overlaps by nine tenths or more.
    exact: Ratio,
    /// Detected, and the speaker is the right one.
    said_by: Ratio,
    /// Characters of reported content.
    content: Ratio,
    channel: Ratio,
    addressee: Ratio,
    /// Events of the right type with a common trigger or participant.
    typed: Ratio,
    /// Typed, and who did what to whom is right.
    roles: Ratio,
    /// Each actor and recipient of typed events by itself.
    sides: Ratio,
    times: Ratio,
    /// Pairs of strings that name the same one.
    aliases: Ratio,
    /// By form, in the order in which forms were first seen.
    forms: Vec<(String, FormFigures)>,

    /// Of detected statements.
    speaker: Share,
    form: Share,
    cue: Share,
    source: Share,
    /// Of detected statements, by what stands for the speaker.
    sources: [sources::SourceFigures; 4],
    /// Of typed events.
    status: Share,
    claimed_by: Share,
    /// Of found times that have a value.
    value: Share,
}

/// Figures of the statements of one form.
#[derive(Debug, Default)]
struct FormFigures {
    detected: Ratio,
    said_by: Ratio,
}

impl Figures {
    /// The figures of events, a line each.
    pub(crate) fn events(&self) -> String {
        let extra = divide(self.typed.predicted - self.typed.hits, self.typed.gold);
        [
            self.typed.row("events.typed"),
            self.sides.row("events.sides"),
            self.roles.row("events.roles"),
            self.status.row("event status|typed"),
            self.claimed_by.row("event claimed_by|typed"),
            format!("{:28} {extra:.3}", "spurious per gold event"),
        ]
        .join("\n")
    }

    fn form(&mut self, form: &str) -> &mut FormFigures {
        let at = match self.forms.iter().position(|(name, _)| name == form) {
            Some(at) => at,
            None => {
                self.forms.push((form.to_owned(), FormFigures::default()));
                self.forms.len() - 1
            }
        };
        &mut self.forms[at].1
    }
}

/// Precision and recall before the division.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Ratio {
    hits: usize,
    predicted: usize,
    gold: usize,
}

impl Ratio {
    fn new(hits: usize, predicted: usize, gold: usize) -> Self {
        Ratio {
            hits,
            predicted,
            gold,
        }
    }

    fn precision(self) -> f64 {
        divide(self.hits, self.predicted)
    }

    fn recall(self) -> f64 {
        divide(self.hits, self.gold)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    fn prf(self) -> [f64; 3] {
        [self.precision(), self.recall(), self.f1()]
    }

    /// A line of a table.
    fn row(self, key: &str) -> String {
        let [p, r, f] = self.prf();
        format!("{key:28} P {p:.3}  R {r:.3}  F1 {f:.3}")
    }
}

impl AddAssign for Ratio {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

/// How many of those asked were right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Share {
    right: usize,
    asked: usize,
}

impl Share {
    fn ask(&mut self, right: bool) {
        self.right += usize::from(right);
        self.asked += 1;
    }

    fn value(self) -> f64 {
        divide(self.right, self.asked)
    }

    /// A line of a table.
    fn row(self, key: &str) -> String {
        format!("{key:28} {:.3}", self.value())
    }
}

/// Zero where there is nothing to divide by. Counts stay far below the 2^53 up
/// to which a float is exact.
#[allow(clippy::cast_precision_loss)]
fn divide(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn nothing_predicted_or_nothing_to_find_is_zero() {
        for ratio in [
            Ratio::default(),
            Ratio::new(0, 3, 0),
            Ratio::new(0, 0, 3),
            Ratio::new(0, 3, 3),
        ] {
            assert_eq!(ratio.precision(), 0.0);
            assert_eq!(ratio.recall(), 0.0);
            assert_eq!(ratio.f1(), 0.0);
        }
        assert_eq!(Share::default().value(), 0.0);
    }

    #[test]
    fn f1_is_the_harmonic_mean() {
        let ratio = Ratio::new(3, 4, 6);
        assert_eq!((ratio.precision(), ratio.recall()), (0.75, 0.5));
        assert!((ratio.f1() - 0.6).abs() < 1e-12);
    }

    /// The figures of one made-up article. What the annotation and the reading
    /// do not mention is empty.
    pub(super) fn figures(text: &str, gold: Value, read: Value) -> Result<Figures> {
        let mut annotation = json!({
            "id": "a", "statements": [], "events": [], "entities": [], "times": [],
        });
        let mut reading = json!({"id": "a"});
        for (whole, part) in [(&mut annotation, gold), (&mut reading, read)] {
            for (key, value) in part.as_object().into_iter().flatten() {
                whole[key] = value.clone();
            }
        }
        let articles = Articles::from([crate::input::article_of("a", text)]);
        let gold = [serde_json::from_value(annotation)?];
        let readings = Readings::from([("a".to_owned(), serde_json::from_value(reading)?)]);
        Ok(Score::of(&articles, &gold, &readings)?.figures)
    }

    #[test]
    fn an_article_that_was_not_read_has_only_misses() -> Result<()> {
        let articles = Articles::from([crate::input::article_of("a", "غادر الوفد صباح الأحد.")]);
        let gold = [serde_json::from_value(json!({
            "id": "a", "statements": [], "events": [], "entities": [],
            "times": [{"text": "صباح الأحد", "value": null}],
        }))?];
        let readings = Readings::new();
        let figures = Score::of(&articles, &gold, &readings)?.figures;
        assert_eq!(figures.times, Ratio::new(0, 0, 1));
        assert_eq!(figures.value, Share::default());
        Ok(())
    }

    #[test]
    fn an_unknown_article_is_an_error() -> Result<()> {
        let gold = [serde_json::from_value(json!({
            "id": "b", "statements": [], "events": [], "entities": [], "times": [],
        }))?];
        assert!(Score::of(&Articles::new(), &gold, &Readings::new()).is_err());
        Ok(())
    }
}
