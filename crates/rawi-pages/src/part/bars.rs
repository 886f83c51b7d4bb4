//! Columns by time.

use askama::Template;

use super::tally::share;
use crate::site::Site;

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// The time that it stands for, for people: `17 شباط`.
    pub label: String,
    /// How many there are.
    pub count: u64,
    /// Where they are; a column of nothing leads nowhere.
    pub href: String,
}

/// Columns by time, the oldest first: it stands where a line begins, so that the newest is
/// left in Arabic and right in English.
#[derive(Template, Clone, Debug)]
#[template(path = "part/bars.html")]
pub struct Bars<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// What is shown, for who doesn't see it.
    pub label: String,
    /// The columns.
    pub bars: Vec<Bar>,
    /// What stands below, at equal distances.
    pub axis: Vec<String>,
}

impl<'s> Bars<'s> {
    /// Columns with the first, the middle and the last time below.
    pub fn new(site: &'s Site, label: String, bars: Vec<Bar>) -> Self {
        let at = |place: usize| bars.get(place).map(|bar| bar.label.clone());
        let places = match bars.len() {
            0 => vec![],
            1 => vec![0],
            2 => vec![0, 1],
            many => vec![0, many / 2, many - 1],
        };
        let axis = places.into_iter().filter_map(at).collect();
        Self {
            site,
            label,
            bars,
            axis,
        }
    }

    /// How high a column is, of a hundred: its number stands above it.
    fn height(&self, bar: &Bar) -> u64 {
        let most = self.bars.iter().map(|b| b.count).max().unwrap_or(0);
        share(bar.count, most) * 78 / 100
    }

    /// Whether numbers have room above the columns.
    fn with_numbers(&self) -> bool {
        self.bars.len() <= 40
    }
}
