//! The scores of what happened, as a curve: one point a day, each a link to its day.

use rawi_archive::events::{DayCount, EventHit};
use rawi_time::Date;

use super::asked::Asked;
use crate::events::{score, sign};
use crate::site::Site;

/// How far apart points with words are at least, of a hundred.
const ROOM: f64 = 13.0;

/// How far apart they are at least on a phone.
const ROOM_ON_PHONES: f64 = 27.0;

/// How many points there are at most: of more days, those with the strongest scores.
const POINTS: usize = 60;

/// A day.
pub(super) struct Point {
    /// From 0 to 100, the oldest first.
    pub x: u8,
    /// From -10 to 10.
    pub y: i8,
    /// What happened, where there is room for words.
    pub words: Option<String>,
    /// Whether there is such room on wide screens only.
    pub wide: bool,
    pub score: String,
    pub sign: &'static str,
    pub day: String,
    pub count: u64,
    pub href: String,
}

/// The curve.
pub(super) struct Curve {
    pub points: Vec<Point>,
    /// The line as SVG draws it, in a field of 1000 by 100.
    pub path: String,
    /// The first, the middle and the last day.
    pub axis: Vec<String>,
}

impl Curve {
    /// The curve of some days, with the mean of each; nothing for fewer than two. A day is
    /// named by the strongest of its events, if that is among the given ones.
    pub fn of(site: &Site, asked: &Asked, days: &[DayCount], hits: &[EventHit]) -> Option<Self> {
        let mut days: Vec<(i32, &DayCount)> = days
            .iter()
            .filter_map(|day| Some((Date::parse(&day.day)?.unix_day(), day)))
            .collect();
        if days.len() > POINTS {
            days.sort_by(|a, b| b.1.mean.abs().total_cmp(&a.1.mean.abs()));
            days.truncate(POINTS);
            days.sort_by_key(|day| day.0);
        }
        let ((first, oldest), (last, newest)) = (*days.first()?, *days.last()?);
        if first == last {
            return None;
        }
        // Points at the very edges would hang over them.
        let x = |day: i32| 5.0 + 90.0 * f64::from(day - first) / f64::from(last - first);
        let mut points: Vec<(f64, Point)> = days
            .iter()
            .map(|(at, day)| {
                let point = Point {
                    x: x(*at).round() as u8,
                    y: day.mean.round() as i8,
                    words: strongest(site, hits, &day.day),
                    wide: false,
                    score: score(site, day.mean, 0),
                    sign: sign(day.mean),
                    day: site.day(&day.day),
                    count: day.count,
                    href: asked.events(site, Some(&day.day)),
                };
                (day.mean, point)
            })
            .collect();
        leave_room(&mut points);
        let mut path = String::new();
        for (mean, point) in &points {
            let x = f64::from(point.x) * 10.0;
            // The oldest day stands where a line begins.
            let x = if site.arabic() { 1000.0 - x } else { x };
            let letter = if path.is_empty() { 'M' } else { 'L' };
            path.push_str(&format!("{letter}{x:.0} {:.1} ", 50.0 - mean * 5.0));
        }
        let middle = Date::from_unix_day(first + (last - first) / 2);
        let middle = middle.filter(|_| last - first > 2);
        let middle = middle.map(|day| site.day(&day.to_string()));
        let axis = [site.day(&oldest.day)].into_iter().chain(middle);
        Some(Self {
            axis: axis.chain([site.day(&newest.day)]).collect(),
            points: points.into_iter().map(|(_, point)| point).collect(),
            path,
        })
    }
}

/// Takes the words from points that stand too near to a stronger one with words.
fn leave_room(points: &mut [(f64, Point)]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| points[*b].0.abs().total_cmp(&points[*a].0.abs()));
    let mut taken: Vec<f64> = Vec::new();
    let mut on_phones: Vec<f64> = Vec::new();
    for at in order {
        let point = &mut points[at].1;
        let x = f64::from(point.x);
        let has_room = |taken: &[f64], room: f64| taken.iter().all(|o| (o - x).abs() >= room);
        if !has_room(&taken, ROOM) {
            point.words = None;
        }
        if point.words.is_some() {
            taken.push(x);
            // Near the edges a phone has no room either.
            point.wide = !(12.0..=88.0).contains(&x) || !has_room(&on_phones, ROOM_ON_PHONES);
            if !point.wide {
                on_phones.push(x);
            }
        }
    }
}

/// What is told of a day: its event with the strongest score.
fn strongest(site: &Site, hits: &[EventHit], day: &str) -> Option<String> {
    let of_day = hits.iter().filter(|hit| hit.day.as_deref() == Some(day));
    let strongest = of_day.max_by(|a, b| a.event.score.abs().total_cmp(&b.event.score.abs()));
    strongest.map(|hit| site.value("event", hit.event.kind.name()).to_owned())
}
