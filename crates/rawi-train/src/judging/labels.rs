//! Which candidates an annotation calls events, and who their sides are.

use rawi_events::Candidate;
use rawi_names::Cast;
use rawi_text::Span;

use crate::gold;
use crate::score::names::{Names, norm};
use crate::text::{ABSENT, Text};

/// How far from a trigger its sides are looked for, in code points.
const NEAR: i64 = 220;

/// The right answers for one candidate.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// Whether it is an event; none if nobody can say.
    pub(super) event: Option<bool>,
    /// For each of its parties 0 for actor, 1 for recipient, 2 for neither; empty where
    /// no event is.
    pub(super) sides: Vec<usize>,
}

/// The answers for the candidates of one article.
pub(super) fn of(
    text: &Text,
    gold: &gold::Annotation,
    cast: &Cast,
    candidates: &[Candidate],
) -> Vec<Answer> {
    let names = Names::of(&gold.entities);
    let none = Answer {
        event: Some(false),
        sides: Vec::new(),
    };
    let mut out = vec![none; candidates.len()];
    let mut from = 0;
    for event in &gold.events {
        let Some(at) = occurrence(text, event, &names, from) else {
            continue;
        };
        from = at.0;
        for (candidate, answer) in candidates.iter().zip(&mut out) {
            let (start, end) = (text.byte(at.0), text.byte(at.1));
            let meets = |s: Span| start < s.end.0 as usize && (s.start.0 as usize) < end;
            let same = candidate.kind.name() == event.kind;
            if !same || !meets(candidate.trigger) && !candidate.rest.is_some_and(meets) {
                continue;
            }
            let side = |id| {
                let name = Some(cast.get(id).name.as_str());
                let found = norm(name);
                // Who is found with a name cut short is found.
                let part = |n: &str| {
                    let n = norm(Some(n));
                    let begins = |long: &str, short: &str| {
                        let rest = long.strip_prefix(short);
                        rest.is_some_and(|r| r.starts_with(' '))
                    };
                    begins(&n, &found) || begins(&found, &n)
                };
                let among = |list: &[String]| {
                    let exact = list.iter().any(|n| names.same(Some(n), name));
                    exact || list.iter().any(|n| part(n))
                };
                match (among(&event.actors), among(&event.recipients)) {
                    (true, _) => 0,
                    (_, true) => 1,
                    _ => 2,
                }
            };
            answer.event = Some(true);
            answer.sides = candidate.sides.iter().map(|&(id, _)| side(id)).collect();
        }
    }
    out
}

/// Where the trigger of an annotated event stands: where the annotation says, else the
/// place near which most of its sides are named, the first behind the event before.
fn occurrence(
    text: &Text,
    event: &gold::Event,
    names: &Names<'_>,
    from: i64,
) -> Option<(i64, i64)> {
    let length = event.trigger.chars().count() as i64;
    let mut all = Vec::new();
    let mut at = text.find(&event.trigger, 0);
    while at != ABSENT {
        all.push((at, at + length));
        at = text.find(&event.trigger, at + 1);
    }
    if let Some(&span) = event.nth.and_then(|n| all.get(n)) {
        return Some(span);
    }
    let letter = |at: i64| text.char_at(at).is_some_and(char::is_alphabetic);
    let whole: Vec<_> = all
        .iter()
        .copied()
        .filter(|&(start, end)| (start == 0 || !letter(start - 1)) && !letter(end))
        .collect();
    let all = if whole.is_empty() { all } else { whole };
    let sides = |&(start, end): &(i64, i64)| {
        let near = text.piece((start - NEAR).max(0), (end + NEAR).min(text.len()));
        let near = norm(near.as_deref());
        let named = |name: &&String| names.of_one(name).iter().any(|m| near.contains(m));
        let all = event.actors.iter().chain(&event.recipients);
        all.filter(named).count()
    };
    let order = |span: &(i64, i64)| (std::cmp::Reverse(sides(span)), span.0 < from, span.0);
    all.into_iter().min_by_key(order)
}
