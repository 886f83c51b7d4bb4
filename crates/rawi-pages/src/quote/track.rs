//! When the reports appeared, on a line of days.

use rawi_archive::quotes::Collation;
use rawi_time::Date;

use super::found::outlets;
use super::rows::look;

/// So many points have room.
const POINTS: usize = 8;
/// Where the last day stands, of a hundred.
const WIDTH: i64 = 93;

/// Reports of one day, or of some days that are near.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Point {
    /// Where it stands, of a hundred.
    pub x: i64,
    /// How far down.
    pub y: usize,
    /// The first day.
    pub day: String,
    /// The rows of the table.
    pub rows: Vec<usize>,
    /// How many outlets.
    pub outlets: usize,
    /// How it looks: all the same, in other words, or neither.
    pub look: &'static str,
}

/// The track.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Track {
    /// The points, the oldest first.
    pub points: Vec<Point>,
    /// How many days lie between the first and the last, both counted.
    pub days: u64,
    /// How many reports have no day.
    pub undated: usize,
}

/// The track of a collation.
pub fn track(collation: &Collation) -> Track {
    let mut days: Vec<(i32, String, Vec<usize>)> = Vec::new();
    let mut undated = 0;
    for (at, row) in collation.rows.iter().enumerate() {
        let day = row.variant.report.published.as_deref();
        let Some((number, day)) = day.and_then(|d| Some((Date::parse(d)?.unix_day(), d))) else {
            undated += 1;
            continue;
        };
        match days.iter_mut().find(|(n, ..)| *n == number) {
            Some((_, _, rows)) => rows.push(at),
            None => days.push((number, day.to_owned(), vec![at])),
        }
    }
    days.sort();
    let (Some(first), Some(last)) = (days.first().map(|d| d.0), days.last().map(|d| d.0)) else {
        return Track {
            undated,
            ..Track::default()
        };
    };
    // Where there are too many days the nearest become one.
    while days.len() > POINTS {
        let gap = |at: &usize| days[at + 1].0 - days[*at].0;
        let Some(at) = (0..days.len() - 1).min_by_key(gap) else {
            break;
        };
        let (_, _, rows) = days.remove(at + 1);
        days[at].2.extend(rows);
    }
    let length = i64::from((last - first).max(1));
    let points = days.into_iter().enumerate().map(|(place, (n, day, rows))| {
        let looks = rows.iter().map(|at| look(&collation.rows[*at]));
        let alike = |wanted: &str| looks.clone().all(|l| l == wanted);
        Point {
            x: i64::from(n - first) * WIDTH / length,
            y: 2 * place,
            outlets: outlets(collation, &rows),
            look: match (alike("same"), alike("par")) {
                (true, _) => "same",
                (_, true) => "par",
                _ => "",
            },
            day,
            rows,
        }
    });
    Track {
        points: points.collect(),
        days: u64::from((last - first).unsigned_abs()) + 1,
        undated,
    }
}
