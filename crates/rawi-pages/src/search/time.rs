//! Days as columns: by day, by month or by year, whatever the span wants.

use rawi_time::Date;

/// How many columns there are at most.
const MOST: usize = 62;

/// A stretch of time with what it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Its name, as ISO has it: `2026-02-17`, `2026-02`, `2026`.
    pub name: String,
    /// How many there are.
    pub count: u64,
}

/// Columns over all days from the first that has something to the last, those between that
/// have nothing too. `days` are in order.
pub fn columns(days: &[(Option<Date>, u64)]) -> Vec<Column> {
    let dated: Vec<(Date, u64)> = days
        .iter()
        .filter_map(|(day, n)| day.map(|d| (d, *n)))
        .collect();
    let (Some((first, _)), Some((last, _))) = (dated.first(), dated.last()) else {
        return Vec::new();
    };
    let units: [fn(Date) -> Option<Column>; 3] = [by_day, by_month, by_year];
    let all = units
        .iter()
        .find_map(|unit| stretches(*first, *last, *unit));
    let mut all = all.unwrap_or_default();
    let mut at = 0;
    for (day, count) in dated {
        while all.get(at).is_some_and(|column| column.last < day) {
            at += 1;
        }
        if let Some(column) = all.get_mut(at) {
            column.count += count;
        }
    }
    all
}

/// All stretches from a day to another; none if they are too many.
fn stretches(from: Date, to: Date, unit: fn(Date) -> Option<Column>) -> Option<Vec<Column>> {
    let mut all = Vec::new();
    let mut day = from;
    while day <= to {
        let column = unit(day)?;
        day = column.last.add_days(1)?;
        all.push(column);
        if all.len() > MOST {
            return None;
        }
    }
    Some(all)
}

fn by_day(day: Date) -> Option<Column> {
    Some(Column {
        first: day,
        last: day,
        name: day.to_string(),
        count: 0,
    })
}

fn by_month(day: Date) -> Option<Column> {
    let first = day.add_days(1 - i32::from(day.day()))?;
    Some(Column {
        first,
        last: first.add_months(1)?.add_days(-1)?,
        name: day.to_string().get(..7)?.to_owned(),
        count: 0,
    })
}

fn by_year(day: Date) -> Option<Column> {
    Some(Column {
        first: Date::new(day.year(), 1, 1)?,
        last: Date::new(day.year(), 12, 31)?,
        name: day.to_string().get(..4)?.to_owned(),
        count: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> (Option<Date>, u64) {
        let (date, _) = Date::read(text).unwrap();
        (Some(date), 2)
    }

    #[test]
    fn the_span_chooses_the_unit() {
        let table: [(&[&str], usize, &str, &str); 4] = [
            (&["2026-02-17"], 1, "2026-02-17", "2026-02-17"),
            (
                &["2026-02-01", "2026-02-28"],
                28,
                "2026-02-01",
                "2026-02-28",
            ),
            (
                &["2025-11-20", "2026-01-30", "2026-02-02"],
                4,
                "2025-11",
                "2026-02",
            ),
            (&["2010-01-01", "2026-02-02"], 17, "2010", "2026"),
        ];
        for (days, count, first, last) in table {
            let mut all = vec![(None, 9)];
            all.extend(days.iter().map(|d| day(d)));
            let columns = columns(&all);
            assert_eq!(columns.len(), count, "{days:?}");
            assert_eq!(columns[0].name, first);
            assert_eq!(columns[count - 1].name, last);
            let sum: u64 = columns.iter().map(|c| c.count).sum();
            assert_eq!(sum, 2 * days.len() as u64);
        }
        assert!(columns(&[(None, 3)]).is_empty());
    }
}
