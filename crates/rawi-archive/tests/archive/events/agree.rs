//! What counts events, held against going through them one by one.

use std::collections::BTreeMap;

use rawi_archive::events::{EventField, EventFilter, EventHit};
use rawi_archive::name_of;
use rawi_archive::search::Searcher;

/// Both sides of an event: whoever did it to one another stands on both.
pub fn sides(hit: &EventHit) -> (Vec<i64>, Vec<i64>) {
    let ids = |of: &[rawi_archive::search::EntityRef]| of.iter().map(|e| e.id).collect();
    let actors: Vec<i64> = ids(&hit.actors);
    let recipients = match hit.two_sided {
        true => actors.clone(),
        false => ids(&hit.recipients),
    };
    (actors, recipients)
}

/// How many hits have each value, as a look at them tells.
fn counted(hits: &[EventHit], field: EventField) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for hit in hits {
        let (actors, recipients) = sides(hit);
        let entities = |ids: Vec<i64>| -> Vec<String> {
            match ids.is_empty() {
                true => vec!["none".to_owned()],
                false => ids.iter().map(|id| format!("#{id}")).collect(),
            }
        };
        let none = || "none".to_owned();
        let values = match field {
            EventField::Type => vec![hit.event.kind.name().to_owned()],
            EventField::Mode => hit.event.mode.iter().map(ToString::to_string).collect(),
            EventField::Status => vec![name_of(hit.event.status)],
            EventField::Claimed => vec![match &hit.claimed_by {
                Some(e) => format!("#{}", e.id),
                None => "article".to_owned(),
            }],
            EventField::Actor => entities(actors),
            EventField::Recipient => entities(recipients),
            EventField::Place => entities(hit.place.iter().map(|e| e.id).collect()),
            EventField::Outlet => vec![hit.article.outlet.clone().unwrap_or_else(none)],
            EventField::Month => vec![hit.day.as_ref().map_or_else(none, |d| d[..7].to_owned())],
        };
        for value in values {
            *counts.entry(value).or_default() += 1;
        }
    }
    counts
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// Asserts that everything that counts the events of a filter agrees with going through them.
pub fn agrees(searcher: &mut Searcher<'_>, filter: &EventFilter, hits: &[EventHit]) {
    assert_eq!(searcher.count_events(filter).unwrap(), hits.len() as u64);
    for field in EventField::ALL {
        let told = searcher.event_counts(filter, field, 1000).unwrap();
        assert!(told.complete);
        let told: BTreeMap<String, u64> = told
            .values
            .into_iter()
            .map(|v| (v.value, v.count))
            .collect();
        assert_eq!(told, counted(hits, field), "{field:?} {filter:?}");
    }
    for most in [2, 1000] {
        let matrix = searcher.event_matrix(filter, most).unwrap();
        let key = |id: Option<i64>| id.unwrap_or(0);
        let named = |all: &[rawi_archive::events::Side]| -> Vec<i64> {
            all.iter()
                .map(|s| key(s.entity.as_ref().map(|e| e.id)))
                .collect()
        };
        let (rows, columns) = (named(&matrix.actors), named(&matrix.recipients));
        let mut wanted: BTreeMap<(i64, i64), (u64, f64)> = BTreeMap::new();
        let nobody = |ids: Vec<i64>| if ids.is_empty() { vec![0] } else { ids };
        for hit in hits {
            let (from, to) = sides(hit);
            for a in nobody(from) {
                for b in nobody(to.clone()) {
                    if a != b && rows.contains(&a) && columns.contains(&b) {
                        let cell = wanted.entry((a, b)).or_default();
                        cell.0 += 1;
                        cell.1 += hit.event.score;
                    }
                }
            }
        }
        assert_eq!(matrix.cells.len(), wanted.len());
        for cell in &matrix.cells {
            let (count, sum) = wanted[&(rows[cell.actor], columns[cell.recipient])];
            assert!(cell.count == count && same(cell.mean, sum / count as f64));
        }
        let two_sided = hits.iter().filter(|hit| hit.two_sided).count();
        assert_eq!(matrix.two_sided, two_sided as u64);
        let ranks = counted(hits, EventField::Actor);
        for side in &matrix.actors {
            let key = side
                .entity
                .as_ref()
                .map_or("none".to_owned(), |e| format!("#{}", e.id));
            assert_eq!(side.count, ranks[&key]);
        }
    }
    let days = searcher.event_days(filter).unwrap();
    let mut wanted: BTreeMap<String, (u64, f64)> = BTreeMap::new();
    for hit in hits {
        if let Some(day) = &hit.day {
            let of = wanted.entry(day.clone()).or_default();
            of.0 += 1;
            of.1 += hit.event.score;
        }
    }
    let dated: u64 = wanted.values().map(|of| of.0).sum();
    assert_eq!(days.dateless, hits.len() as u64 - dated);
    assert!(days.days.iter().map(|d| &d.day).eq(wanted.keys()));
    for (told, (count, sum)) in days.days.iter().zip(wanted.values()) {
        assert!(told.count == *count && same(told.sum, *sum));
        assert!(same(told.mean, sum / *count as f64));
    }
}
