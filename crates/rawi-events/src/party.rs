//! Noun phrases that can be a side of an event: how far they reach, whom they
//! count, and which entity of the article they are.

use std::ops::Range;

use rawi_morph::{Agreement, Pos};
use rawi_names::phrase::Extent;
use rawi_names::{Cast, Country, EntityId, Kind, NameType, Roles, Tags};
use rawi_text::{Few, TokenKind};
use rawi_words::Facet;
use rawi_words::events::{Sector, Slots, Standing};

use crate::view::View;

/// The noun phrase that begins at `k`, if one does.
pub(crate) fn phrase_at(view: &View<'_>, k: usize, limit: usize) -> Option<Range<usize>> {
    if k >= limit {
        return None;
    }
    let from = past_estimate(view, k, limit);
    if let Some(noun) = counted(view, from, limit) {
        let end = cut(
            view,
            noun,
            view.reader().extent(noun, limit, Extent::Strict),
        );
        let joined = (noun + 1..end).find(|&i| view.info(i).conjunction);
        return Some(from..joined.unwrap_or(end).max(noun + 1));
    }
    if let Some(end) = counts_alone(view, from, limit) {
        return Some(from..end);
    }
    if from > k || !view.is_word(k) {
        return None;
    }
    let end = view.reader().extent(k, limit, Extent::Strict);
    (end > k).then(|| k..cut(view, k, end))
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

/// Where a phrase that holds two ends its first: `واشنطن | طهران`, `الرئيس فلان |
/// الحكومة`.
fn cut(view: &View<'_>, start: usize, end: usize) -> usize {
    let first = view.info(start);
    if first.is(Tags::COUNTRY | Tags::CAPITAL) && !first.is(Tags::TITLE | Tags::BODY) {
        let own = start + usize::from(first.entry_words).max(1);
        let joined = own < end && view.info(own).conjunction;
        if !joined {
            return own.min(end);
        }
    }
    (start + 1..end)
        .find(|&k| {
            let word = view.info(k);
            // `حماس | بالعودة`, `أصحاب المركبات | من المواطنين`
            let place = word.is(Tags::COUNTRY | Tags::CAPITAL)
                || matches!(word.label, Some(NameType::Polity | NameType::Location));
            let office =
                view.is(start, Tags::TITLE | Tags::BODY) && !view.is(start, Tags::OWN_NAME);
            // `نهر النيل | للوقوف على`, `المستشفى | لليوم الثالث`, `الجماعة | لتعميق البحث`
            let purpose =
                view.info(start).article && !word.article && !word.is(Tags::TITLE | Tags::BODY)
                    || word.is(Tags::TIME)
                    || !view.info(start).article
                        && !view.is(start, Tags::TITLE)
                        && view.info(k - 1).is(Tags::DEMONYM);
            let led = match word.preposition {
                Some('ل') => !office || purpose,
                Some(_) => true,
                None => false,
            };
            let armed = standing_of(view, start) == Some(Standing::Armed);
            if !word.inside && led && (!place || armed) {
                return true;
            }
            // `ثلاثة جنود | في هجوم`
            let people = matches!(
                standing_of(view, start),
                Some(Standing::People | Standing::Armed)
            );
            if people && view.preposition(k) == Some(Slots::FI) && k + 1 < end {
                // `مسؤولون في الوزارة` are of it; `ناشطين | في عمان` are only there.
                let next = view.info(k + 1);
                let somewhere = next.is(Tags::BODY | Tags::TITLE);
                if !somewhere {
                    return true;
                }
            }
            // `مسلحون | مهندسا`: an accusative after a nominative.
            let accusative = view.raw(k).ends_with(['ا', '\u{64b}']) && !word.article;
            let free = view.raw(k - 1).ends_with("ون") && !view.is(k - 1, Tags::GIVEN);
            if free
                && (accusative && standing_of(view, k).is_some() || number(view, k, end).is_some())
            {
                return true;
            }
            // `كثيرون | إدارة المستشفى`: before a genitive the nun would be gone.
            if free
                && !word.conjunction
                && word.is(Tags::TITLE | Tags::BODY | Tags::COUNTRY)
                && !word.is(Tags::DEMONYM)
            {
                return true;
            }
            // `قراصنة | (هاكرز)`
            let body = view.is(start, Tags::BODY | Tags::COUNTRY);
            if view.word(k) == "(" && !body {
                return true;
            }
            // `الوزير | عن أمله`, but `المسؤول عن الملف`
            let completes = view.plays(k, Roles::COMPLEMENT);
            if !word.inside && completes && !view.stem_plays(k - 1, Roles::DUTY) {
                return true;
            }
            if word.inside || word.conjunction || word.preposition.is_some() {
                return false;
            }
            let before = view.info(k - 1);
            // `قوات الأمن | أحمد عباس`
            let force = standing_of(view, start) == Some(Standing::Armed);
            if force
                && before.article
                && !before.is(Tags::TITLE)
                && word.is(Tags::GIVEN)
                && (!word.is(Tags::AMBIGUOUS) || k + 1 < end)
                && !word.article
            {
                return true;
            }
            // `زيارة المجلس الوطني | موسكو`
            if before.article && word.is(Tags::COUNTRY | Tags::CAPITAL) && !word.article {
                return true;
            }
            let closed = before.article || before.is(Tags::DEMONYM);
            let title = word.article && word.is(Tags::TITLE | Tags::BODY);
            let place = word.is(Tags::COUNTRY) && !word.is(Tags::DEMONYM);
            let counts = closed && number(view, k, end).is_some();
            counts
                || (title || place)
                    && view.reader().describe(start..k).name.is_some()
                    && !before.is(Tags::TITLE)
        })
        .unwrap_or(end)
}

/// The members of a coordinated phrase.
pub(crate) fn members(view: &View<'_>, range: Range<usize>) -> Few<Range<usize>> {
    let mut out = Few::new();
    let mut start = range.start;
    while start < range.end {
        let first = view.reader().describe(start..range.end).first_end;
        let end = first.clamp(start + 1, range.end);
        out.push(start..end);
        start = end;
    }
    out
}

/// A phrase and those that `و` adds to it: `الوزير فلان ونظيره فلان`.
pub(crate) fn coordinated(view: &View<'_>, first: Range<usize>, limit: usize) -> Few<Range<usize>> {
    let mut out = members(view, first.clone());
    let mut end = first.end;
    while end < limit && view.info(end).conjunction && !view.is_verb(end) {
        let Some(next) = phrase_at(view, end, limit).filter(|r| is_somebody(view, r)) else {
            break;
        };
        end = next.end;
        out.extend(members(view, next));
    }
    out
}

/// The sector that the stem at `i` names; no pronoun is on it if it is `closed`.
fn sector(view: &View<'_>, i: usize, closed: bool) -> Option<Sector> {
    view.facts(i).sector(view.prefix(i), closed)
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

/// Somebody named inside a phrase that is nobody itself: `قرار | البرلمان`.
pub(crate) fn inside(view: &View<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let known = Tags::COUNTRY
        | Tags::CAPITAL
        | Tags::BODY
        | Tags::TITLE
        | Tags::GROUP
        | Tags::GIVEN
        | Tags::OUTLET;
    (range.start..range.end).find_map(|k| {
        let word = view.info(k);
        if word.inside || word.is(Tags::TIME | Tags::PREPOSITION) {
            return None;
        }
        let begins = word.is(known) || standing_of(view, k).is_some();
        // `المجتمع المدني`, `القانون المقدم`: an adjective is nobody.
        let adjective = k > range.start
            && word.article
            && view.info(k - 1).article
            && !word.is(Tags::COUNTRY | Tags::GIVEN | Tags::OUTLET)
            && word.label.is_none()
            || word.is(Tags::DEMONYM) && !word.is(Tags::COUNTRY | Tags::PLURAL)
            || word.pos == Pos::Adj && !word.is(Tags::COUNTRY | Tags::CAPITAL);
        if !begins || adjective {
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

/// The last phrase of somebody before `at` and not before `from` that a pronoun can
/// stand for.
pub(crate) fn last_before(
    view: &View<'_>,
    from: usize,
    at: usize,
    agreement: Agreement,
) -> Option<Range<usize>> {
    (from..at).rev().find_map(|k| {
        let word = view.info(k);
        let begins =
            word.is(Tags::TITLE | Tags::BODY | Tags::GROUP) || standing_of(view, k).is_some();
        if !begins || word.inside || !view.is_word(k) {
            return None;
        }
        let range = phrase_at(view, k, at)?;
        let phrase = view.reader().describe(range.clone());
        (is_somebody(view, &range) && agreement.fits(phrase.agreement)).then_some(range)
    })
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
