//! A day a row: what each side said, and between them what happened.

use std::collections::{BTreeMap, BTreeSet};

use rawi_archive::events::EventHit;
use rawi_archive::search::StatementHit;

use super::asked::Asked;
use super::clash::{Against, Clashes};
use crate::events::Row;
use crate::part::{Hit, Hues, Segment};
use crate::site::Site;

/// How many events of a day are shown.
const EVENTS: usize = 4;

/// How many characters around a statement stay.
const AROUND: usize = 24;

/// A statement with what stands against it.
pub(super) struct Said<'s> {
    pub hit: Hit<'s>,
    pub clash: Option<(&'static str, &'static str)>,
}

/// An event in the middle.
pub(super) struct Happened {
    pub row: Row,
    pub href: String,
}

/// A day.
pub(super) struct Day<'s> {
    /// As people say it; empty for what has no date.
    pub day: String,
    pub iso: String,
    pub said: [Vec<Said<'s>>; 2],
    pub events: Vec<Happened>,
    /// All events of the day, if more happened than are shown.
    pub more: Option<(u64, String)>,
}

/// The days on which something was said or happened, the oldest first; what has no date
/// last.
pub(super) fn by_day<'s>(
    site: &'s Site,
    asked: &Asked,
    sides: [&[StatementHit]; 2],
    events: &[EventHit],
    clashes: &Clashes,
) -> Vec<Day<'s>> {
    // What has no date stands behind all that has one.
    let key = |day: Option<String>| day.map_or((true, String::new()), |day| (false, day));
    let mut days: BTreeMap<(bool, String), Day<'s>> = BTreeMap::new();
    let new = |iso: &str| Day {
        day: site.day(iso),
        iso: iso.to_owned(),
        said: [Vec::new(), Vec::new()],
        events: Vec::new(),
        more: None,
    };
    let mut hues = Hues::default();
    for (side, hits) in sides.into_iter().enumerate() {
        let mut copies = BTreeSet::new();
        for hit in hits {
            // The oldest stands for copies of its article.
            if !copies.insert(hit.id) {
                continue;
            }
            copies.extend(hit.copies.iter().map(|copy| copy.statement));
            let key = key(day_of(hit));
            let day = days.entry(key.clone()).or_insert_with(|| new(&key.1));
            let clash = clashes.get(&hit.id).map(|against| told(site, *against));
            let mut hit = Hit::of(site, &mut hues, hit);
            shorten(&mut hit.segments);
            day.said[side].push(Said { hit, clash });
        }
    }
    let mut by_strength: Vec<&EventHit> = events.iter().collect();
    by_strength.sort_by(|a, b| b.event.score.abs().total_cmp(&a.event.score.abs()));
    for hit in by_strength {
        let key = key(hit.day.clone());
        let day = days.entry(key.clone()).or_insert_with(|| new(&key.1));
        let href = asked.events(site, hit.day.as_deref().or(Some("none")));
        if day.events.len() < EVENTS {
            day.events.push(Happened {
                row: Row::of(site, hit),
                href: format!("{href}#e{}", hit.id),
            });
        } else {
            let more = day.more.take().map_or(1, |(count, _)| count + 1);
            day.more = Some((more, href));
        }
    }
    days.into_values().collect()
}

/// Leaves out what stands around a statement, but for few words: its whole sentence is one
/// link away, and half a page has little room.
fn shorten(segments: &mut Vec<Segment>) {
    for segment in segments.iter_mut() {
        let own = segment.kind.ink || segment.gap || segment.kind.found;
        if !own && segment.text.chars().count() > AROUND {
            segment.text.clear();
            segment.gap = true;
        }
    }
    segments.dedup_by(|a, b| a.gap && b.gap);
}

/// The day of a statement: that of saying, else that of the article.
fn day_of(hit: &StatementHit) -> Option<String> {
    let said = hit.statement.said_on.map(|day| day.to_string());
    said.or_else(|| hit.article.published.clone())
}

/// What is said of a statement that another one stands against.
fn told(site: &Site, against: Against) -> (&'static str, &'static str) {
    let t = site.t();
    match against {
        Against::Denies(kind) => (t.sides_denies, site.value("event", kind.name())),
        Against::Denied(kind) => (t.sides_denied, site.value("event", kind.name())),
    }
}

impl<'s> Day<'s> {
    /// Whether neither side said anything.
    pub fn is_silent(&self) -> bool {
        self.said.iter().all(Vec::is_empty)
    }

    /// What each side said, with its place and its color.
    pub fn sides(&self) -> [(&'static str, &'static str, &[Said<'s>]); 2] {
        let [first, second] = &self.said;
        [("a", "sp1", first), ("b", "sp2", second)]
    }
}
