//! Noun phrases that can be a side of an event: how far they reach, whom they
//! count, and which entity of the article they are.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_names::{Cast, Country, EntityId, Kind, Origin, Roles, Tags};
use rawi_text::{Few, TokenKind};
use rawi_words::Facet;
use rawi_words::events::{Sector, Standing};

use crate::view::View;

/// The noun phrase that begins at `k`, if one does: what is mentioned there.
pub(crate) fn phrase_at(view: &View<'_>, k: usize, limit: usize) -> Option<Range<usize>> {
    if k >= limit {
        return None;
    }
    let from = past_estimate(view, k, limit);
    if let Some(range) = mentioned(view, from) {
        return Some(from..range.end.min(limit));
    }
    counts_alone(view, from, limit).map(|end| from..end)
}

/// The mention that begins at `k`, with its titles.
fn mentioned(view: &View<'_>, k: usize) -> Option<Range<usize>> {
    let mentions = view.cast.mentions();
    let mention = mentions.get(mentions.at(k)?);
    match mention.origin {
        Origin::Phrase => (mention.tokens.start == k).then(|| mention.tokens.clone()),
        _ if mention.phrase.start == k => Some(mention.phrase.clone()),
        _ => (mention.tokens.start == k).then_some(k..mention.phrase.end),
    }
}

/// Whether a number of people begins at `k`: `آلاف الطلاب`, `نحو 500 متظاهر`.
pub(crate) fn opens_count(view: &View<'_>, k: usize) -> bool {
    if k >= view.len() {
        return false;
    }
    let limit = view.sentence(k).end;
    let from = past_estimate(view, k, limit);
    let many = view.plays(from, Roles::QUANTIFIER)
        || sector(view, from, true).is_some() && view.is(from, Tags::PLURAL | Tags::GROUP);
    counted(view, from, limit).is_some()
        || !view.info(from).article && many && view.is_word(from) && from + 1 < limit
}

/// Whether an estimated number begins at `k`: `ما لا يقل عن ستين شخصا`.
pub(crate) fn estimated(view: &View<'_>, k: usize, limit: usize) -> bool {
    past_estimate(view, k, limit) > k
}

/// Skips what estimates a number: `نحو`, `أكثر من`, `ما لا يقل عن`.
fn past_estimate(view: &View<'_>, k: usize, limit: usize) -> usize {
    match view.longest(k, limit, Facet::Estimate) {
        Some((_, words)) if number(view, k + words, limit).is_some() => k + words,
        _ => k,
    }
}

/// Where the number at `k` ends.
fn number(view: &View<'_>, k: usize, limit: usize) -> Option<usize> {
    if k >= limit || view.is(k, Tags::TIME) {
        return None;
    }
    if view.kind(k) == TokenKind::Number {
        return Some(k + 1);
    }
    if !view.is_word(k) || view.info(k).article {
        return None;
    }
    let (_, words) = rawi_time::number::leading(view.article.layout, k)?;
    (words > 0).then_some(k + words)
}

/// The noun that the number at `k` counts, if it counts people.
fn counted(view: &View<'_>, k: usize, limit: usize) -> Option<usize> {
    let mut noun = number(view, k, limit)?;
    while noun < limit && view.plays(noun, Roles::COUNTING) {
        noun += 1;
    }
    // `خمسة صوماليين`, `23 من الصوماليين`
    let people = |i: usize| {
        standing_of(view, i).is_some_and(|s| s != Standing::Site)
            || view.is(i, Tags::DEMONYM) && view.is(i, Tags::PLURAL)
    };
    (noun < limit && view.is_word(noun) && people(noun)).then_some(noun)
}

/// Where a number in words ends that leaves out whom it counts: `مقتل أربعة
/// وإصابة اثنين آخرين`.
fn counts_alone(view: &View<'_>, k: usize, limit: usize) -> Option<usize> {
    if k >= limit || view.kind(k) == TokenKind::Number {
        return None;
    }
    let end = number(view, k, limit)?;
    if end < limit && view.plays(end, Roles::OTHERS) {
        return Some(end + 1);
    }
    let free = end >= limit
        || !view.is_word(end) && view.word(end) != "%"
        || view.info(end).conjunction && number(view, end, limit).is_none();
    free.then_some(end)
}

/// A phrase and those that `و` adds to it: `الوزير فلان ونظيره فلان`.
pub(crate) fn coordinated(view: &View<'_>, first: Range<usize>, limit: usize) -> Few<Range<usize>> {
    let mut end = first.end;
    let mut out = Few::from_iter([first]);
    while end < limit && view.info(end).conjunction && !view.is_verb(end) {
        let Some(next) = phrase_at(view, end, limit).filter(|r| is_somebody(view, r)) else {
            break;
        };
        end = next.end;
        out.push(next);
    }
    out
}

/// The sector that the stem at `i` names; no pronoun is on it if it is `closed`.
fn sector(view: &View<'_>, i: usize, closed: bool) -> Option<Sector> {
    view.facts(i).sector(view.prefix(i), closed)
}

/// The number of the sector that the word at `i` names, from one.
pub(crate) fn sector_at(view: &View<'_>, i: usize) -> u64 {
    let closed = view.raw(i).ends_with('ة');
    sector(view, i, closed).map_or(0, |s| 1 + s.number())
}

/// What a word says of the standing of those it names.
pub(crate) fn standing_of(view: &View<'_>, i: usize) -> Option<Standing> {
    if view.is(i, Tags::TIME | Tags::PREPOSITION) {
        return None;
    }
    let closed = view.raw(i).ends_with('ة');
    sector(view, i, closed)
        .or_else(|| view.facts(i).sector(0, closed))
        .map(|sector| sector.standing)
}

/// The standing of a phrase: that of its first word that shows one.
pub(crate) fn standing(view: &View<'_>, range: &Range<usize>) -> Option<Standing> {
    range.clone().find_map(|i| standing_of(view, i))
}

/// Whether a number stands in front.
pub(crate) fn is_counted(view: &View<'_>, range: &Range<usize>) -> bool {
    number(view, range.start, range.end).is_some()
}

/// Whether the phrase is people who suffer rather than act: counted, or people
/// without arms or office.
pub(crate) fn is_people(view: &View<'_>, range: &Range<usize>) -> bool {
    if is_counted(view, range) {
        return true;
    }
    let phrase = view.reader().describe(range.clone());
    match phrase.kind {
        Kind::Person | Kind::Group => true,
        Kind::Body | Kind::Place | Kind::Outlet => false,
        Kind::Other => matches!(
            standing_of(view, phrase.head),
            Some(Standing::People | Standing::Armed)
        ),
    }
}

/// Whether the phrase is a court or a judge.
pub(crate) fn is_court(view: &View<'_>, range: &Range<usize>) -> bool {
    let head = view.reader().describe(range.clone()).head;
    let closed = view.raw(head).ends_with('ة');
    sector(view, head, closed).is_some_and(|s| s.name() == "JUD" && s.standing == Standing::State)
}

/// Whether the phrase is a power of its own: a polity, a body, an armed group.
pub(crate) fn is_power(view: &View<'_>, range: &Range<usize>) -> bool {
    let phrase = view.reader().describe(range.clone());
    match phrase.kind {
        Kind::Body | Kind::Place => standing_of(view, phrase.head) != Some(Standing::People),
        _ => standing_of(view, phrase.head) == Some(Standing::Armed),
    }
}

/// Whether the phrase can be a side of a political event.
pub(crate) fn is_somebody(view: &View<'_>, range: &Range<usize>) -> bool {
    if is_counted(view, range) {
        return true;
    }
    let phrase = view.reader().describe(range.clone());
    if view.is(phrase.head, Tags::DOCUMENT | Tags::MESSAGE) {
        return false;
    }
    match phrase.kind {
        Kind::Outlet => true,
        Kind::Other => matches!(
            standing_of(view, phrase.head),
            Some(Standing::People | Standing::Armed | Standing::State)
        ),
        _ => true,
    }
}

/// Somebody mentioned inside a phrase that is nobody itself: `قرار | البرلمان`.
pub(crate) fn inside(view: &View<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let mut mentions = view.cast.mentions().within(range.clone());
    mentions.find_map(|id| {
        let k = view.cast.mentions().get(id).tokens.start;
        let word = view.info(k);
        // `المجتمع المدني`, `القانون المقدم`: an adjective is nobody.
        let adjective = word.pos == Pos::Adj && !word.is(Tags::COUNTRY | Tags::CAPITAL)
            || word.is(Tags::DEMONYM) && !word.is(Tags::COUNTRY | Tags::PLURAL);
        if word.inside || adjective {
            return None;
        }
        let found = phrase_at(view, k, range.end)?;
        is_somebody(view, &found).then_some(found)
    })
}

/// The country of the first nationality in a range: `الهجوم الإسرائيلي`.
pub(crate) fn nation(view: &View<'_>, range: &Range<usize>) -> Option<&'static Country> {
    range
        .clone()
        .find(|&k| view.is(k, Tags::DEMONYM))
        .and_then(|k| view.info(k).country())
}

/// The entity that a phrase names.
pub(crate) fn entity(view: &View<'_>, cast: &Cast, range: Range<usize>) -> Option<EntityId> {
    cast.of(&view.reader().describe(range)).map(|(id, _)| id)
}

/// The entity of a country that the article names somewhere.
pub(crate) fn country(view: &View<'_>, country: &Country) -> Option<EntityId> {
    let mut named = view.countries.iter();
    named.find(|(iso3, _)| *iso3 == country.iso3).map(|c| c.1)
}

/// Whether the phrase is people or things under arms by their owner's pronoun:
/// `جنوده`, `طائراتها`.
pub(crate) fn owned(view: &View<'_>, range: &Range<usize>) -> bool {
    let k = range.start;
    range.len() == 1
        && !view.info(k).article
        && !view.raw(k).ends_with('ة')
        && view.facts(k).is_owned(view.prefix(k))
}

/// Whether a phrase begins with a word that only counts.
pub(crate) fn is_quantified(view: &View<'_>, range: &Range<usize>) -> bool {
    view.plays(range.start, Roles::QUANTIFIER)
}
