//! Which names are short for which.

use super::link::Relation;

/// Whether a person's name is a longer one shortened: its words come in the same
/// order, and a lone word is not the middle of the longer name.
pub(super) fn of_person(short: &[u64], long: &[u64]) -> bool {
    if short.is_empty() || short.len() > long.len() {
        return false;
    }
    if short.len() == 1 {
        return long.first() == short.first() || long.last() == short.last();
    }
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l == w))
}

/// How the name of a body, a place or a group is a longer one shortened: without what
/// comes behind (`وزارة الخارجية`), without its head noun (`الضفاف`, `الخارجية الروسية`),
/// without what stands between (`أمانة الوادي` for `أمانة منطقة الوادي`), or the head noun
/// alone (`الوزارة`).
pub(super) fn of_body(short: &[u64], long: &[u64]) -> Option<Relation> {
    if short.is_empty() || short.len() >= long.len() {
        return None;
    }
    let Some(at) = long.windows(short.len()).position(|w| w == short) else {
        let mut rest = long.iter();
        let skips = long.first() == short.first() && short.iter().all(|w| rest.any(|l| l == w));
        return skips.then_some(Relation::SKIPS);
    };
    Some(match at {
        0 if short.len() == 1 => Relation::BEGINS.and(Relation::HEAD),
        0 => Relation::BEGINS,
        _ if at + short.len() == long.len() => Relation::ENDS,
        _ => Relation::HOLDS,
    })
}
