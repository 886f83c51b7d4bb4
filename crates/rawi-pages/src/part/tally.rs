//! A counted list.

use askama::Template;

use crate::site::Site;

/// A row of a counted list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What is counted.
    pub label: String,
    /// How many there are.
    pub count: u64,
    /// Where they are.
    pub href: String,
    /// Whether it is asked for already: then its link takes it away.
    pub current: bool,
}

/// A counted list: each row is a link to what it counts, and has a bar as long as its share
/// of the largest.
#[derive(Template, Clone, Debug)]
#[template(path = "part/tally.html")]
pub struct Tally<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// The rows.
    pub rows: Vec<Row>,
}

impl<'s> Tally<'s> {
    /// A list of rows.
    pub fn new(site: &'s Site, rows: Vec<Row>) -> Self {
        Self { site, rows }
    }

    /// How long the bar of a row is, of a hundred.
    fn share(&self, row: &Row) -> u64 {
        let most = self.rows.iter().map(|r| r.count).max().unwrap_or(0);
        share(row.count, most)
    }
}

/// What a number is of the largest, of a hundred; at least one if it is anything.
pub(super) fn share(count: u64, most: u64) -> u64 {
    match (count, most) {
        (0, _) | (_, 0) => 0,
        (count, most) => (count.saturating_mul(100) / most).clamp(1, 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let table = [
            (0, 0, 0),
            (0, 7, 0),
            (7, 7, 100),
            (1, 1000, 1),
            (2, 3, 66),
            (u64::MAX, u64::MAX, 1),
        ];
        for (count, most, wanted) in table {
            assert_eq!(share(count, most), wanted, "{count} of {most}");
        }
    }
}
