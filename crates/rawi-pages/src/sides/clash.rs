//! Who denies what the other side tells: of two events of one type with the same sides and
//! few days between them, one that a side denies and one that the other claims.

use std::collections::BTreeMap;

use rawi::reading::{EventType, Status};
use rawi_archive::events::EventHit;
use rawi_archive::search::StatementHit;
use rawi_time::Date;

/// How many days may lie between what is told and its denial.
const DAYS: i32 = 7;

/// What stands against a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Against {
    /// It denies what the other side tells.
    Denies(EventType),
    /// The other side denies it.
    Denied(EventType),
}

/// By the number of a statement: what stands against it on the other side.
pub(super) type Clashes = BTreeMap<i64, Against>;

/// Finds what stands against statements of two sides in what both claim.
pub(super) fn find(claims: &[EventHit], sides: [&[StatementHit]; 2]) -> Clashes {
    let side = |hit: &EventHit| {
        let number = hit.statement?;
        let is = |side: &&[StatementHit]| side.iter().any(|s| s.id == number);
        Some((number, sides.iter().position(is)?))
    };
    let mut clashes = Clashes::new();
    let denied = |hit: &EventHit| hit.event.status == Status::Negated;
    for denial in claims.iter().filter(|hit| denied(hit)) {
        let Some((number, of)) = side(denial) else {
            continue;
        };
        for told in claims.iter().filter(|hit| !denied(hit)) {
            let Some((against, other)) = side(told) else {
                continue;
            };
            if of != other && is_same(denial, told) {
                clashes.insert(number, Against::Denies(denial.event.kind));
                clashes.insert(against, Against::Denied(told.event.kind));
            }
        }
    }
    clashes
}

/// Whether two events are of one type, between the same, and near in time.
fn is_same(a: &EventHit, b: &EventHit) -> bool {
    let ids = |of: &[rawi_archive::search::EntityRef]| {
        let mut ids: Vec<i64> = of.iter().map(|e| e.id).collect();
        ids.sort_unstable();
        ids
    };
    let day = |hit: &EventHit| hit.day.as_deref().and_then(Date::parse).map(Date::unix_day);
    let near = match (day(a), day(b)) {
        (Some(a), Some(b)) => (a - b).abs() <= DAYS,
        _ => false,
    };
    near && a.event.kind == b.event.kind
        && ids(&a.actors) == ids(&b.actors)
        && ids(&a.recipients) == ids(&b.recipients)
}
