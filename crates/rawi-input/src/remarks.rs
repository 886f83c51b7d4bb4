//! What is to be told without costing an article, and not more often than
//! anybody wants to read.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::problem::{Place, Problem};

/// What a remark is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Encoding,
    Date,
    DateOrder,
    MarkedUp,
    NotArabic,
    SameId,
    Quoting,
    Passed,
}

const KINDS: usize = 8;

impl Kind {
    /// How many are told of one file; the others are counted.
    fn limit(self) -> u64 {
        match self {
            Kind::Encoding | Kind::Date | Kind::NotArabic | Kind::SameId => 10,
            Kind::DateOrder | Kind::MarkedUp | Kind::Quoting | Kind::Passed => 1,
        }
    }

    /// What the others are, after their number.
    fn others(self) -> Option<&'static str> {
        match self {
            Kind::Date => Some("more with a date that cannot be read"),
            Kind::NotArabic => Some("more that are not Arabic"),
            Kind::SameId => Some("more with an id that came before"),
            Kind::Encoding | Kind::DateOrder | Kind::MarkedUp | Kind::Quoting | Kind::Passed => {
                None
            }
        }
    }
}

/// Remarks on one file, and the ids of all.
#[derive(Default, Debug)]
pub(crate) struct Remarks {
    told: [u64; KINDS],
    waiting: Vec<Problem>,
    /// Hashes of the ids that came by, eight bytes each.
    ids: HashSet<u64>,
}

impl Remarks {
    /// Tells something, or only counts it.
    pub fn add(&mut self, kind: Kind, place: &Place, text: &str) {
        let told = &mut self.told[kind as usize];
        *told += 1;
        if *told <= kind.limit() {
            self.waiting.push(Problem::new(place.clone(), text));
        }
    }

    /// Tells of an id that came before.
    pub fn id(&mut self, id: &str, place: &Place) {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        if !self.ids.insert(hasher.finish()) {
            let text = format!("id {id:?} came before; both are read");
            self.add(Kind::SameId, place, &text);
        }
    }

    /// What is to be told now.
    pub fn take(&mut self) -> impl Iterator<Item = Problem> + '_ {
        self.waiting.drain(..)
    }

    /// At the end of a file: what was only counted.
    pub fn end_file(&mut self, file: &str) {
        for kind in [Kind::Date, Kind::NotArabic, Kind::SameId] {
            let more = self.told[kind as usize].saturating_sub(kind.limit());
            if let Some(others) = kind.others().filter(|_| more > 0) {
                let text = format!("{more} {others}");
                self.waiting.push(Problem::new(Place::file(file), text));
            }
        }
        self.told = [0; KINDS];
    }
}
