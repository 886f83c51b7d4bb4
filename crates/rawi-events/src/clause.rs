//! The stretch around a trigger in which its arguments stand, cut into the
//! noun phrases that it holds and the places that they have.

use std::ops::Range;

use rawi_names::Tags;

use crate::frame::Slots;
use crate::party;
use crate::view::View;

/// How far a clause is read behind its trigger, in tokens.
const REACH: usize = 36;

/// Verbs and nouns that say what an attack hit or what came of it.
const TARGETING: [&str; 8] = [
    "استهدف",
    "استهدفت",
    "يستهدف",
    "تستهدف",
    "استهدفا",
    "ضرب",
    "طال",
    "هز",
];
const CAUSING: [&str; 8] = [
    "مقتل",
    "اصابه",
    "باصابه",
    "بمقتل",
    "وفاه",
    "سقوط",
    "استشهاد",
    "جرح",
];

/// A noun phrase in a place.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// [`Slots::OBJECT`] for any phrase without a preposition.
    pub(crate) slot: Slots,
    pub(crate) range: Range<usize>,
    /// Whether it is somebody, not something.
    pub(crate) somebody: bool,
}

/// The pieces of a clause behind a trigger, in order. `rest` is the noun that
/// completes a compound trigger and no argument.
pub(crate) fn behind(view: &View<'_>, from: usize, rest: Option<usize>) -> Vec<Piece> {
    let end = view.sentence(from.min(view.len() - 1)).end;
    let mut reader = Behind {
        view,
        rest,
        limit: end.min(from + REACH),
        out: Vec::new(),
    };
    let mut k = from;
    while k < reader.limit {
        match reader.step(k) {
            Some(next) => k = next.max(k + 1),
            None => break,
        }
    }
    reader.out
}

struct Behind<'v, 'a> {
    view: &'v View<'a>,
    rest: Option<usize>,
    limit: usize,
    out: Vec<Piece>,
}

impl Behind<'_, '_> {
    /// Reads what stands at `k`; none if the clause ends there.
    fn step(&mut self, k: usize) -> Option<usize> {
        let view = self.view;
        if Some(k) == self.rest {
            return Some(self.genitive(k + 1));
        }
        if view.word(k) == "(" {
            let close = (k..self.limit.min(k + 8)).find(|&c| view.word(c) == ")");
            return Some(close.map_or(k + 1, |c| c + 1));
        }
        if view.is_comma(k) {
            return self.over_comma(k);
        }
        if view.is(k, Tags::TIME) {
            return Some(k + 1);
        }
        if view.is(k, Tags::RELATIVE) {
            // The relative clause goes to its comma, if it has one.
            let comma = (k..self.limit.min(k + 14)).find(|&c| view.is_comma(c))?;
            return Some(comma + 1);
        }
        if TARGETING.contains(&view.word(k)) {
            return Some(self.phrase(k + 1, Slots::TARGET).unwrap_or(k + 1));
        }
        if CAUSING.contains(&view.word(k)) && !self.out.is_empty() {
            return Some(self.phrase(k + 1, Slots::VICTIM).unwrap_or(k + 1));
        }
        if let Some(noun) = view.agent(k) {
            return Some(self.phrase(noun, Slots::AGENT).unwrap_or(noun));
        }
        if view.is_border(k) {
            let results = matches!(view.word(k), "مما" | "ما");
            return (results && view.is_word(k)).then_some(k + 1);
        }
        if view.is_verb(k) && !view.is_light(k) {
            return (self.out.is_empty() && !view.info(k).conjunction).then_some(k + 1);
        }
        if let Some(slot) = view.preposition(k) {
            return Some(self.phrase(k + 1, slot).unwrap_or(k + 1));
        }
        if view.is(k, Tags::PREPOSITION) && view.info(k).preposition.is_none() {
            return Some(self.phrase(k + 1, Slots::default()).unwrap_or(k + 1));
        }
        if let Some(slot) = view.attached(k) {
            return Some(self.phrase(k, slot).unwrap_or(k + 1));
        }
        if view.info(k).conjunction && view.is_word(k) && !self.out.is_empty() {
            // `و` with a noun that coordination did not take opens something else,
            // unless it is an object of its own.
            let next =
                party::phrase_at(view, k, self.limit).filter(|r| party::is_somebody(view, r))?;
            return Some(next.end);
        }
        Some(self.phrase(k, Slots::OBJECT).unwrap_or(k + 1))
    }

    /// Takes the phrase at `k`; gives where it ends.
    fn phrase(&mut self, k: usize, slot: Slots) -> Option<usize> {
        let view = self.view;
        let mut from = k;
        while from < self.limit && view.is(from, Tags::DEMONSTRATIVE) && view.is_word(from) {
            from += 1;
        }
        if from >= self.limit || Some(from) == self.rest {
            return None;
        }
        let range = party::phrase_at(view, from, self.limit)?;
        if self
            .rest
            .is_some_and(|r| range.contains(&r) && r > range.start)
        {
            let range = range.start..self.rest.unwrap_or(range.end);
            let end = range.end;
            self.push(slot, range);
            return Some(end);
        }
        let end = range.end;
        self.push(slot, range);
        Some(end)
    }

    fn push(&mut self, slot: Slots, range: Range<usize>) {
        let somebody = party::is_somebody(self.view, &range);
        if !somebody {
            self.out.push(Piece {
                slot,
                range,
                somebody,
            });
            return;
        }
        for range in party::coordinated(self.view, range, self.limit) {
            self.out.push(Piece {
                slot,
                range,
                somebody,
            });
        }
    }

    /// The genitive right behind the completing noun: `سراح | الناشطة`.
    fn genitive(&mut self, k: usize) -> usize {
        if k >= self.limit || !self.view.is_word(k) || self.view.info(k).preposition.is_some() {
            return k;
        }
        let free = self.view.preposition(k).is_none()
            && !self.view.is(k, Tags::FUNCTION | Tags::TIME)
            && !self.view.info(k).conjunction;
        match party::phrase_at(self.view, k, self.limit) {
            Some(range) if free => {
                let end = range.end;
                self.push(Slots::GENITIVE, range);
                end
            }
            _ => k,
        }
    }

    /// A comma ends the clause, unless only an apposition or a time stands
    /// between it and the next.
    fn over_comma(&self, k: usize) -> Option<usize> {
        let view = self.view;
        let next = k + 1;
        if next >= self.limit {
            return None;
        }
        if view.is(next, Tags::TIME) {
            return Some(next);
        }
        let close = (next..self.limit.min(next + 9)).find(|&c| view.is_comma(c));
        let apposition = close.is_some()
            && (view.is(next, Tags::RELATIVE)
                || view.is(next, Tags::TITLE | Tags::GIVEN) && !view.info(next).conjunction);
        if apposition {
            return close.map(|c| c + 1);
        }
        // Nobody yet: the subject may follow its adjunct.
        self.out.is_empty().then_some(next)
    }
}

/// The noun phrase in front of a verb that is its subject: `لكن الوزير رفض`,
/// `وكان فلان قد نفى`, `فلان، الذي زار`.
pub(crate) fn before(view: &View<'_>, i: usize) -> Vec<Range<usize>> {
    let first = view.sentence(i).start.max(i.saturating_sub(20));
    let mut end = i;
    let skipped = |k: usize| {
        matches!(
            view.word(k),
            "قد" | "لم" | "لن" | "لا" | "سوف" | "كان" | "كانت" | "كانوا" | "ايضا"
        ) || view.is(k, Tags::TIME | Tags::ADVERB)
            || view.is_comma(k)
    };
    while end > first && skipped(end - 1) {
        end -= 1;
    }
    if end > first && view.is(end - 1, Tags::RELATIVE) {
        end -= 1;
        if end > first && view.is_comma(end - 1) {
            end -= 1;
        }
    }
    let border = (first..end)
        .rev()
        .find(|&k| view.is_border(k) || view.is_verb(k))
        .map_or(first, |k| k + 1);
    for start in border..end {
        let word = view.info(start);
        if word.preposition.is_some() || word.is(Tags::TIME | Tags::PREPOSITION) {
            continue;
        }
        let led = start > first
            && (view.is(start - 1, Tags::PREPOSITION) || view.preposition(start - 1).is_some());
        if led {
            continue;
        }
        let Some(range) = party::phrase_at(view, start, end) else {
            continue;
        };
        if !party::is_somebody(view, &range) {
            continue;
        }
        let all = party::coordinated(view, range, end);
        if all.last().is_some_and(|r| r.end == end) {
            return all;
        }
    }
    Vec::new()
}

/// The verb that an event noun depends on, if one stands before it in its
/// clause, with the phrases between the two.
pub(crate) fn governor(view: &View<'_>, i: usize) -> Option<(usize, Vec<Piece>)> {
    let first = view.sentence(i).start.max(i.saturating_sub(14));
    let mut verb = None;
    for k in (first..i).rev() {
        if view.is_stop(k) || view.is_that(k) || view.is_long_quote(k) {
            break;
        }
        let governs = view.is_light(k) || view.is_verb(k);
        if governs && !view.is(k, Tags::AUXILIARY) {
            verb = Some(k);
            break;
        }
    }
    let verb = verb?;
    let pieces = behind(view, verb + 1, Some(i))
        .into_iter()
        .filter(|p| p.range.end <= i)
        .collect();
    Some((verb, pieces))
}

/// Everything from `k` to the end of its clause, for looking inside.
pub(crate) fn rest_of(view: &View<'_>, k: usize) -> Range<usize> {
    let end = view.sentence(k.min(view.len() - 1)).end.min(k + 16);
    let stop = (k..end)
        .find(|&c| {
            view.is_stop(c) || view.is_that(c) || view.is_comma(c) || view.is(c, Tags::RELATIVE)
        })
        .unwrap_or(end);
    k..stop.max(k)
}
