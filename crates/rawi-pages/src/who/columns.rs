//! What somebody says by month and by year.

use std::collections::BTreeMap;

use rawi_archive::Counted;

/// So many months are shown.
const MONTHS: i32 = 12;

/// A month or a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Which: `2026-02`, `2026`.
    pub time: String,
    /// How many statements.
    pub statements: u64,
}

/// The last twelve months up to the last with a statement, and all years where there are
/// older ones.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Columns {
    /// Months, the oldest first, those of nothing too.
    pub months: Vec<Column>,
    /// How many statements they have together.
    pub in_months: u64,
    /// Years, the oldest first; nothing where the months have all.
    pub years: Vec<Column>,
    /// How many statements have no date.
    pub undated: u64,
}

/// The columns of what a portrait has by month.
pub fn columns(months: &[Counted]) -> Columns {
    let mut counts: BTreeMap<i32, u64> = BTreeMap::new();
    let mut undated = 0;
    for month in months {
        match number(&month.name) {
            Some(number) => *counts.entry(number).or_default() += month.statements,
            None => undated += month.statements,
        }
    }
    let (Some(first), Some(last)) = (counts.keys().next(), counts.keys().next_back()) else {
        return Columns {
            undated,
            ..Columns::default()
        };
    };
    let (first, last) = (*first, *last);
    let from = first.max(last - MONTHS + 1);
    let months: Vec<Column> = (from..=last)
        .map(|month| Column {
            time: format!("{:04}-{:02}", month / 12, month % 12 + 1),
            statements: counts.get(&month).copied().unwrap_or(0),
        })
        .collect();
    let mut years = Vec::new();
    if from > first {
        for year in first / 12..=last / 12 {
            let of_year = counts.range(year * 12..(year + 1) * 12);
            years.push(Column {
                time: format!("{year:04}"),
                statements: of_year.map(|(_, n)| n).sum(),
            });
        }
    }
    Columns {
        in_months: months.iter().map(|c| c.statements).sum(),
        months,
        years,
        undated,
    }
}

/// A month as a number: those that follow each other do so as numbers.
fn number(month: &str) -> Option<i32> {
    let (year, month) = month.split_once('-')?;
    let month: i32 = month.parse().ok()?;
    let year: i32 = year.parse().ok()?;
    (1..=12).contains(&month).then_some(year * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(months: &[(&str, u64)]) -> (String, String, u64) {
        let months: Vec<Counted> = months
            .iter()
            .map(|(name, statements)| Counted {
                id: None,
                name: (*name).to_owned(),
                statements: *statements,
            })
            .collect();
        let columns = columns(&months);
        let line = |all: &[Column]| -> String {
            let all = all.iter().map(|c| format!("{}:{}", c.time, c.statements));
            all.collect::<Vec<_>>().join(" ")
        };
        (line(&columns.months), line(&columns.years), columns.undated)
    }

    #[test]
    fn the_last_months_and_older_years() {
        let few = [("2025-12", 2), ("2026-02", 5), ("none", 3)];
        let months = "2025-12:2 2026-01:0 2026-02:5";
        assert_eq!(shown(&few), (months.to_owned(), String::new(), 3));
        let (months, years, _) = shown(&[("2023-05", 4), ("2025-03", 1), ("2026-02", 7)]);
        assert!(months.starts_with("2025-03:1 2025-04:0"), "{months}");
        assert_eq!(months.split(' ').count(), 12);
        assert_eq!(years, "2023:4 2024:0 2025:1 2026:7");
        assert_eq!(shown(&[]), Default::default());
        assert_eq!(shown(&[("none", 1)]), (String::new(), String::new(), 1));
    }
}
