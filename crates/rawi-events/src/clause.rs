//! The stretch around a trigger in which its arguments stand, cut into the
//! noun phrases that it holds and the places that they have.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_words::events::{LightVerb, Link, Slots, Standing};
use rawi_words::lexicon;

use crate::party;
use crate::view::View;

/// How far a clause is read behind its trigger, in tokens.
const REACH: usize = 36;

/// A noun phrase in a place.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// [`Slots::OBJECT`] for any phrase without a preposition.
    pub(crate) slot: Slots,
    pub(crate) range: Range<usize>,
    /// Whether it is somebody, not something.
    pub(crate) somebody: bool,
    /// It is a pronoun on a preposition: `عليه`.
    pub(crate) pronoun: bool,
}

/// The pieces of a clause behind a trigger, in order. `rest` is the noun that
/// completes a compound trigger and no argument.
pub(crate) fn behind(view: &View<'_>, from: usize, rest: Option<usize>) -> Few<Piece, 4> {
    let end = view.sentence(from.min(view.len() - 1)).end;
    let mut reader = Behind {
        view,
        rest,
        limit: end.min(from + REACH),
        out: Few::new(),
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
    out: Few<Piece, 4>,
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
        match view.facts(k).link {
            Some(Link::Target) => {
                return Some(self.phrase(k + 1, Slots::TARGET).unwrap_or(k + 1));
            }
            Some(Link::Victim) if !self.out.is_empty() => {
                return Some(self.phrase(k + 1, Slots::VICTIM).unwrap_or(k + 1));
            }
            Some(Link::Cause) => return Some(self.cause(k + 1, Slots::CAUSE)),
            _ => {}
        }
        if party::estimated(view, k, self.limit) {
            return Some(self.phrase(k, Slots::OBJECT).unwrap_or(k + 1));
        }
        if let Some(noun) = view.agent(k) {
            return Some(self.phrase(noun, Slots::AGENT).unwrap_or(noun));
        }
        if view.is_border(k) {
            let results = view.plays(k, Roles::RESULT);
            return (results && view.is_word(k)).then_some(k + 1);
        }
        if view.is_verb(k) && !view.is_light(k) {
            return (self.out.is_empty() && !view.info(k).conjunction).then_some(k + 1);
        }
        if let Some((slot, _)) = view.pronominal(k) {
            self.out.push(Piece {
                slot,
                range: k..k + 1,
                somebody: false,
                pronoun: true,
            });
            return Some(k + 1);
        }
        if view.preposition(k) == Some(Slots::AGAINST) {
            let next = self.phrase(k + 1, Slots::AGAINST);
            if next.is_some() && self.out.last().is_some_and(|p| p.somebody) {
                return next;
            }
            return Some(self.cause(k + 1, Slots::AGAINST));
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
            let end = next.end;
            // It goes on with the phrase that an adjective has ended.
            if let Some(slot) = self.out.last().filter(|p| p.range.end == k).map(|p| p.slot) {
                self.push(slot, next);
            }
            return Some(end);
        }
        Some(self.phrase(k, Slots::OBJECT).unwrap_or(k + 1))
    }

    /// Takes the phrase at `k`; gives where it ends.
    fn phrase(&mut self, k: usize, slot: Slots) -> Option<usize> {
        let view = self.view;
        let from = past_opening(view, k, self.limit);
        if from >= self.limit || Some(from) == self.rest {
            return None;
        }
        // `الحكومة اليمنية | المقيمة`: an adjective that the phrase left behind.
        let word = view.info(from);
        let known = Tags::TITLE | Tags::BODY | Tags::COUNTRY | Tags::GIVEN;
        let adjective = word.article && !word.conjunction && !word.is(known) && {
            let people = word.is(Tags::GROUP) || party::standing_of(view, from).is_some();
            word.pos == Pos::Adj && !people || view.raw(from).ends_with('ة')
        };
        if slot == Slots::OBJECT
            && adjective
            && let Some(last) = self.out.last_mut()
            && last.range.end == from
            && last.somebody
            && view.info(from - 1).article
        {
            last.range.end = from + 1;
            return Some(from + 1);
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

    /// Takes whoever is named in what a protest is about: `احتجاجا على قرار الحكومة`.
    fn cause(&mut self, k: usize, slot: Slots) -> usize {
        let view = self.view;
        let end = (k..self.limit.min(k + 10))
            .find(|&c| {
                view.is_stop(c)
                    || view.is_comma(c)
                    || view.is_that(c)
                    || view.is(c, Tags::RELATIVE)
                    || c > k && view.facts(c).link.is_some()
            })
            .unwrap_or(self.limit.min(k + 10));
        let from = past_opening(view, k, end);
        match party::inside(view, &(from..end)) {
            Some(found) => {
                let next = found.end;
                self.push(slot, found);
                next
            }
            None => end.max(k),
        }
    }

    fn push(&mut self, slot: Slots, range: Range<usize>) {
        let somebody = party::is_somebody(self.view, &range);
        if !somebody {
            self.out.push(Piece {
                slot,
                range,
                somebody,
                pronoun: false,
            });
            return;
        }
        for range in party::coordinated(self.view, range, self.limit) {
            self.out.push(Piece {
                slot,
                range,
                somebody,
                pronoun: false,
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
        // Nobody yet: the subject may follow its adjunct; and a single group of
        // somebody may be set off from its object: `اتهمت الحكومة والنقابة، الشركة بكذا`.
        if self.out.is_empty() {
            return Some(next);
        }
        let quantified = view.plays(next, Roles::QUANTIFIER);
        let object = self.out.iter().all(|p| p.slot == Slots::OBJECT)
            && (view.info(next).article || quantified)
            && !view.info(next).conjunction
            && !view.is_verb(next)
            && (quantified || party::standing_of(view, next).is_some_and(|s| s != Standing::State));
        object.then_some(next)
    }
}

/// Where the phrase itself begins behind what may open it: a demonstrative, a
/// quotation mark (`على "بعض الدول"`), `كل من`.
pub(crate) fn past_opening(view: &View<'_>, k: usize, limit: usize) -> usize {
    let mut from = k;
    while from < limit {
        let demonstrative = view.is(from, Tags::DEMONSTRATIVE) && view.is_word(from);
        let mark = matches!(view.word(from), "\"" | "«" | "“" | "”" | "'" | "‘")
            && !view.is_long_quote(from);
        if demonstrative || mark {
            from += 1;
        } else if from + 1 < limit
            && view.preposition(from + 1) == Some(Slots::MIN)
            && view.stem_plays(from, Roles::EACH)
        {
            from += 2;
        } else {
            break;
        }
    }
    from
}

/// The noun phrase in front of a verb that is its subject: `لكن الوزير رفض`,
/// `وكان فلان قد نفى`, `فلان، الذي زار`.
pub(crate) fn before(view: &View<'_>, i: usize) -> Few<Range<usize>> {
    let first = view.sentence(i).start.max(i.saturating_sub(20));
    let mut end = i;
    let skipped = |k: usize| {
        view.plays(k, Roles::PREVERB) || view.is(k, Tags::TIME | Tags::ADVERB) || view.is_comma(k)
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
    if let Some(topic) = opened(view, first, i) {
        return topic;
    }
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
    Few::new()
}

/// Whether the word at `i` stands where the predicate of the noun behind `أن` or
/// `كان` begins.
pub(crate) fn is_predicate(view: &View<'_>, i: usize) -> bool {
    let first = view.sentence(i).start.max(i.saturating_sub(20));
    opened(view, first, i).is_some()
}

/// The noun behind `أن` or `كان` whose predicate the verb at `i` opens, with an
/// adjunct or a relative clause between: `أن انتحاريا يقود شاحنة فجر نفسه`, `وكانت
/// الحركة في المدينة قد خطفت`.
fn opened(view: &View<'_>, first: usize, i: usize) -> Option<Few<Range<usize>>> {
    let opener = (first..i)
        .rev()
        .find(|&k| view.is_that(k) || view.is_stop(k) || view.stem_plays(k, Roles::COPULA))?;
    let pronoun = view.is_that(opener) && view.has_pronoun(opener);
    if view.is_stop(opener) || pronoun {
        return None;
    }
    let start = past_opening(view, opener + 1, i);
    if start >= i {
        return None;
    }
    let noun = party::phrase_at(view, start, i)?;
    if !party::is_somebody(view, &noun) {
        return None;
    }
    let all = party::coordinated(view, noun, i);
    let end = all.last()?.end;
    // Between the two no verb of another clause: only of a relative one.
    let mut relative = false;
    for k in end..i {
        if view.is_that(k) || view.is_stop(k) || view.info(k).conjunction && view.is_word(k) {
            return None;
        }
        relative |= view.is(k, Tags::RELATIVE);
        let verb = view.is_verb(k) || view.info(k).pos == Pos::Verb;
        let indefinite = k == end && !view.info(end - 1).article;
        if verb && !relative && !indefinite && !view.is(k, Tags::AUXILIARY) {
            return None;
        }
    }
    Some(all)
}

/// The verb that an event noun depends on, if one stands before it in its
/// clause, with the phrases between the two.
pub(crate) fn governor(view: &View<'_>, i: usize) -> Option<(usize, Few<Piece, 4>)> {
    let first = view.sentence(i).start.max(i.saturating_sub(14));
    let mut verb = None;
    for k in (first..i).rev() {
        if view.is_stop(k) || view.is_that(k) || view.is_long_quote(k) {
            break;
        }
        let governs = view.is_light(k) || view.is_verb(k) && !view.is(k, Tags::AUXILIARY);
        if governs {
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

/// The verbal noun of a helping verb that lends its genitive to the event noun at
/// `i` (`استمرار القوات في | قصف المدينة`), and that genitive.
pub(crate) fn light_noun(view: &View<'_>, i: usize) -> Option<(LightVerb, Few<Range<usize>>)> {
    let first = view.sentence(i).start.max(i.saturating_sub(9));
    let led = view.attached(i).is_some();
    let end = if led { i } else { i.checked_sub(1)? };
    let between = led || view.preposition(end).is_some();
    if !between {
        return None;
    }
    let at = (first..end)
        .rev()
        .take_while(|&k| !view.is_stop(k) && !view.is_that(k) && !view.is_verb(k))
        .find(|&k| !view.info(k).article && light_noun_at(view, k).is_some())?;
    let light = light_noun_at(view, at)?;
    let genitive = party::phrase_at(view, at + 1, end).filter(|r| party::is_somebody(view, r))?;
    let all = party::coordinated(view, genitive, end);
    let reach = all.last()?.end;
    let bare = (reach..end).all(|k| view.is(k, Tags::TIME | Tags::ADVERB));
    bare.then_some((light, all))
}

/// What the verbal noun of a helping verb at `k` says.
fn light_noun_at(view: &View<'_>, k: usize) -> Option<LightVerb> {
    lexicon().light_noun(view.stem_key(k))
}

/// Whether what a trigger reports is a deed of its subject's own to come: `أنها
/// ستوقف`, `«سنرد»`.
pub(crate) fn tells_own_deed(view: &View<'_>, i: usize) -> bool {
    let end = view.len().min(i + REACH / 2);
    (i + 1..end).any(|k| {
        let own = view.is_that(k - 1) && view.has_pronoun(k - 1);
        let facts = view.facts(k);
        let first = facts.own_future && view.info(k).pos == Pos::Verb;
        view.is_word(k) && (own || first) && facts.future
    })
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
