//! The events themselves, page by page.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::filter::EventFilter;
use super::hit::EventHit;
use super::table::Row;
use crate::ArchiveError;
use crate::search::{LARGEST, Resolved, Searcher, Sort};

/// A question for events.
#[derive(Clone, Debug)]
pub struct EventRequest {
    /// Which are meant.
    pub filter: EventFilter,
    /// In which order they come, by their days, or by that of their article where that is
    /// earlier: what lies ahead stands where it is told. [`Sort::Best`] is the same as newest.
    pub sort: Sort,
    /// How many a page has at most.
    pub limit: usize,
    /// Where the page begins: what the page before gave as `next`.
    pub cursor: Option<String>,
}

/// A page of events.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventPage {
    /// How many there are on all pages.
    pub count: u64,
    /// The events.
    pub hits: Vec<EventHit>,
    /// What the next page begins with; none if this is the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The names of the question, and whom they mean.
    pub names: Vec<Resolved>,
}

impl Searcher<'_> {
    /// A page of events.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events), and if the cursor belongs to another
    /// question.
    pub fn events(&mut self, request: &EventRequest) -> Result<EventPage, ArchiveError> {
        let selection = self.selected(&request.filter)?;
        let table = &selection.table;
        let row = |number: usize| &table.rows[selection.rows[number] as usize];
        let order = in_order(selection.rows.len(), request.sort, row);
        let list = list(&request.filter, request.sort);
        let first = match &request.cursor {
            None => 0,
            Some(text) => {
                let last = read(text, list).ok_or_else(|| {
                    ArchiveError::Asked(
                        "the cursor belongs to another question or order: begin again without it"
                            .to_owned(),
                    )
                })?;
                let gone = |number: &usize| !comes_before(last, row(*number).place(), request.sort);
                order.partition_point(gone)
            }
        };
        let behind = (first + request.limit.clamp(1, LARGEST)).min(order.len());
        let mut hits = Vec::with_capacity(behind - first);
        selection.hits(self, order[first..behind].iter().copied(), |hit| {
            hits.push(hit);
            Ok(())
        })?;
        let last = (behind < order.len()).then(|| row(order[behind - 1]).place());
        Ok(EventPage {
            count: order.len() as u64,
            hits,
            next: last.map(|last| write(list, last)),
            names: selection.names.clone(),
        })
    }

    /// Calls `each` with all events that a filter means, in the order of their days.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events), and what `each` gives.
    pub fn each_event(
        &mut self,
        filter: &EventFilter,
        sort: Sort,
        each: impl FnMut(EventHit) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let selection = self.selected(filter)?;
        let row = |number: usize| &selection.table.rows[selection.rows[number] as usize];
        let order = in_order(selection.rows.len(), sort, row);
        selection.hits(self, order.into_iter(), each)
    }

    /// The event with a number; none if there is none, or not in a current version, or
    /// if it is in a headline whose text tells it too.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn event(&mut self, id: i64) -> Result<Option<EventHit>, ArchiveError> {
        let selection = self.selected(&EventFilter::default())?;
        let mut rows = selection.table.rows.iter();
        let number = rows.position(|row| row.id == id);
        let mut found = None;
        selection.hits(self, number.into_iter(), |hit| {
            found = Some(hit);
            Ok(())
        })?;
        Ok(found)
    }
}

/// The numbers of some events, which are the newest first, in an order. Those without a
/// day are always last.
fn in_order<'t>(len: usize, sort: Sort, row: impl Fn(usize) -> &'t Row) -> Vec<usize> {
    match sort {
        Sort::Newest | Sort::Best => (0..len).collect(),
        Sort::Oldest => {
            let (dated, dateless): (Vec<usize>, Vec<usize>) =
                (0..len).rev().partition(|n| row(*n).day.is_some());
            dated.into_iter().chain(dateless).collect()
        }
    }
}

/// Where an event stands in a list.
type At = (Option<i32>, i64);

/// Whether one event comes before another.
fn comes_before(a: At, b: At, sort: Sort) -> bool {
    match (a.0, b.0, sort) {
        (Some(_), None, _) => true,
        (None, Some(_), _) => false,
        (_, _, Sort::Oldest) => a < b,
        _ => a > b,
    }
}

/// Which list a cursor goes through: the same filter in the same order.
fn list(filter: &EventFilter, sort: Sort) -> u64 {
    let oldest = sort == Sort::Oldest;
    let hash = Sha256::digest(format!("events {oldest} {filter:?}").as_bytes());
    let first = hash.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(first)
}

fn write(list: u64, (day, id): At) -> String {
    match day {
        Some(day) => format!("{list:016x}{id:016x}{:x}", day as u32),
        None => format!("{list:016x}{id:016x}"),
    }
}

fn read(text: &str, list: u64) -> Option<At> {
    let (of, rest) = text.split_at_checked(16)?;
    let (id, day) = rest.split_at_checked(16)?;
    if u64::from_str_radix(of, 16).ok()? != list {
        return None;
    }
    let day = match day {
        "" => None,
        day => Some(u32::from_str_radix(day, 16).ok()? as i32),
    };
    Some((day, i64::from_str_radix(id, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_list() {
        let all = EventFilter::default();
        let one = list(&all, Sort::Newest);
        let other = list(&all, Sort::Oldest);
        assert_ne!(one, other);
        for at in [(Some(20_000), 7 << 32), (Some(-900), 3), (None, 12)] {
            let text = write(one, at);
            assert_eq!(read(&text, one), Some(at));
            assert_eq!(read(&text, other), None);
        }
        for text in ["", "zz", "0123456789abcdef", "كذا وكذا وكذا وكذا"] {
            assert_eq!(read(text, one), None);
        }
    }
}
