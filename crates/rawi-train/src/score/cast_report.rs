//! The figures of casts as people and programs read them.

use std::fmt::Write as _;

use anyhow::Result;

use super::cast::{CastFigures, Kind};
use super::report::{InOrder, line};
use super::{Ratio, Share};

impl CastFigures {
    fn ratios(&self) -> Vec<(String, Ratio)> {
        let mut all = vec![("names.all".to_owned(), self.names)];
        for (kind, ratio) in Kind::ALL.into_iter().zip(self.by_kind) {
            all.push((format!("names.{}", kind.name()), ratio));
        }
        all.push(("who".to_owned(), self.who));
        all
    }

    fn shares(&self) -> [(&'static str, Share); 2] {
        [
            ("full names of persons", self.full_persons),
            ("full names of all", self.full),
        ]
    }
}

/// One figure a line.
pub(crate) fn table(figures: &CastFigures) -> String {
    let mut page = format!(
        "gold: {} names, {} members, {} persons\n",
        figures.names.gold, figures.full.asked, figures.full_persons.asked
    );
    // Writing to a string cannot fail.
    for (key, ratio) in figures.ratios() {
        let _ = writeln!(page, "{}", ratio.row(&key));
    }
    for (key, share) in figures.shares() {
        let _ = writeln!(page, "{}", share.row(key));
    }
    page
}

/// All figures as one line of JSON.
///
/// # Errors
///
/// None in practice: there is nothing in the figures that JSON cannot say.
pub(crate) fn json(figures: &CastFigures) -> Result<String> {
    #[derive(serde::Serialize)]
    struct Page {
        prf: InOrder<String, [f64; 3]>,
        accuracy: InOrder<&'static str, f64>,
        gold: Gold,
    }
    #[derive(serde::Serialize)]
    struct Gold {
        names: usize,
        members: usize,
        persons: usize,
    }
    let prf = |(key, ratio): (String, Ratio)| (key, ratio.prf());
    line(&Page {
        prf: InOrder(figures.ratios().into_iter().map(prf).collect()),
        accuracy: InOrder(figures.shares().map(|(key, s)| (key, s.value())).into()),
        gold: Gold {
            names: figures.names.gold,
            members: figures.full.asked,
            persons: figures.full_persons.asked,
        },
    })
}
