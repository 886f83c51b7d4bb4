//! Where and when an event took place, and what it is about.

use std::ops::Range;

use rawi_names::{Cast, EntityId, Kind, NameType, Roles};
use rawi_text::{Few, Span};
use rawi_time::TimeKind;
use rawi_time::value::Value;
use rawi_words::events::Slots;
use rawi_words::lexicon;

use crate::trigger::Trigger;
use crate::view::View;

/// How far from its trigger a date or place may stand, in tokens.
const REACH: usize = 18;
/// The most contexts that one event is given.
const CONTEXTS: usize = 3;

/// The tokens near a trigger that belong to its sentence.
fn near(view: &View<'_>, t: &Trigger) -> Range<usize> {
    let sentence = view.sentence(t.token);
    sentence.start.max(t.token.saturating_sub(REACH / 2))..sentence.end.min(t.token + REACH)
}

/// The times around a trigger by their first tokens, with their values: those
/// behind it nearest first, then those before it.
pub(crate) fn dates(view: &View<'_>, t: &Trigger) -> Few<(usize, Value)> {
    let near = near(view, t);
    let at = view.span(t.token);
    let whole = view.article.layout.cover(near);
    let times = view.article.times;
    let first = times.partition_point(|m| m.span.start < whole.start);
    let mut times: Few<_, 4> = times[first..]
        .iter()
        .take_while(|m| m.span.start < whole.end)
        .filter(|m| whole.contains(m.span) && m.kind == TimeKind::Date)
        .filter_map(|m| Some((m.span, m.value?)))
        .filter(|(_, value)| matches!(value, Value::Point(_) | Value::Range(..)))
        .collect();
    times.sort_by_key(|(span, _)| {
        let behind = span.start >= at.end;
        let distance = if behind {
            span.start.0 - at.end.0
        } else {
            at.start.0.saturating_sub(span.end.0) * 2
        };
        (distance, span.start)
    });
    let tokens = view.article.layout.tokens();
    let first = |span: Span| tokens.partition_point(|token| token.span.end <= span.start);
    times
        .into_iter()
        .map(|(span, value)| (first(span), value))
        .collect()
}

/// The place that `في` names near the trigger.
pub(crate) fn place(view: &View<'_>, t: &Trigger, cast: &Cast) -> Option<EntityId> {
    let near = near(view, t);
    for k in t.token + 1..near.end {
        if view.is_stop(k) || view.is_that(k) {
            return None;
        }
        let attached = view.attached(k) == Some(Slots::BI);
        let noun = match view.preposition(k) {
            Some(Slots::FI) => k + 1,
            _ if attached => k,
            _ => continue,
        };
        // `في مدينة كذا`
        let name = noun
            + usize::from(view.word_at(noun).is_some() && view.stem_plays(noun, Roles::PLACE_NOUN));
        let named = [noun, name].into_iter().find_map(|at| {
            let id = cast.mentions().at(at).filter(|_| at < near.end)?;
            let mention = cast.mentions().get(id);
            let place = mention.what == Kind::Place && mention.label() != Some(NameType::Facility);
            (place && mention.tokens.start == at).then(|| cast.who(id))
        });
        if named.is_some() {
            return named;
        }
    }
    None
}

/// The contexts that the words of a paragraph show, the strongest first.
pub(crate) fn contexts(view: &View<'_>, paragraph: Range<usize>) -> Few<&'static str> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for k in paragraph {
        if !view.is_word(k) {
            continue;
        }
        for context in lexicon().contexts(view.stem_key(k)) {
            match counts.iter_mut().find(|(c, _)| *c == context) {
                Some((_, n)) => *n += 1,
                None => counts.push((context, 1)),
            }
        }
    }
    counts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    counts
        .into_iter()
        .filter(|&(_, n)| n > 1)
        .take(CONTEXTS)
        .map(|(context, _)| context)
        .collect()
}
