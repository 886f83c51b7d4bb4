//! The stretch between a cue and its message: subject, addressee, channel,
//! time and whatever else may stand there.

use std::ops::Range;

use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::Span;
use rawi_text::proclitic::TO;
use rawi_words::reporting::Link;

use crate::attribution::{self, Phrase};
use crate::channel::{self, ChannelAt};
use crate::draft::Pieces;
use crate::hearer;
use crate::spelled::Mark;
use crate::view::View;

/// What stands between a cue and its message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gap {
    pub(crate) subject: Option<Range<usize>>,
    pub(crate) addressees: Pieces,
    pub(crate) channel: Option<ChannelAt>,
    /// Whom something is asked of: `طلب من السكان`.
    pub(crate) asked: Option<Range<usize>>,
    /// The first word that is none of these.
    pub(crate) leftover: Option<usize>,
}

/// Reads the tokens of `range`. `to` are the links to an addressee that the
/// verb allows; `subject_known` says that the subject stands elsewhere.
pub(crate) fn read(
    view: &View<'_>,
    phrases: &[Phrase],
    range: Range<usize>,
    to: Link,
    subject_known: bool,
) -> Gap {
    let mut gap = Gap::default();
    let mut i = range.start;
    // `قال فيه الخبير`: what has a pronoun governs nothing more.
    if i < range.end && view.points_back(i) {
        i += 1;
    }
    let first = i;
    while i < range.end {
        // A remark on the source is none of these.
        let remark = attribution::remark(phrases, i..range.end).map(|p| &p.tokens);
        let end = remark.map_or(range.end, |r| r.start);
        if let Some(remark) = remark.filter(|r| r.start == i) {
            i = remark.end;
            continue;
        }
        let next = step(view, i..end, first, to, subject_known, &mut gap);
        i = next.clamp(i + 1, end.max(i + 1));
    }
    gap
}

/// Whether one speaks to what `ل` leads at `i`, where `first` is the first
/// token after the verb.
fn heard(view: &View<'_>, i: usize, first: usize, gap: &Gap) -> bool {
    let behind = |s: &Range<usize>| s.end == i && (s.len() == 1 || named(view, s));
    let close = i == first || gap.subject.as_ref().is_some_and(behind);
    hearer::addressed(view, i) || close && hearer::somebody(view, i)
}

fn named(view: &View<'_>, phrase: &Range<usize>) -> bool {
    view.reader().describe(phrase.clone()).name.is_some()
}

fn step(
    view: &View<'_>,
    rest: Range<usize>,
    first: usize,
    to: Link,
    subject_known: bool,
    gap: &mut Gap,
) -> usize {
    let (i, end) = (rest.start, rest.end);
    if view.mark(i) == Mark::OpeningBracket {
        return (i..end)
            .find(|&k| view.mark(k) == Mark::ClosingBracket)
            .map_or(i + 1, |k| k + 1);
    }
    if !view.is_word(i) {
        return i + 1;
    }
    if let Some(found) = channel::at(view, i, end) {
        let next = found.range.end;
        gap.channel.get_or_insert(found);
        return next;
    }
    let info = view.info(i);
    if view.plays(i, Roles::CATAPHOR) {
        return i + 1;
    }
    if info.is(Tags::RELATIVE) {
        return (i..end).find(|&k| view.is_comma(k)).unwrap_or(end);
    }
    if info.is(Tags::TIME | Tags::ADVERB) && !info.is(Tags::TITLE | Tags::BODY) {
        return i + 1;
    }
    if info.preposition == Some(TO) && to.has(Link::LI) && heard(view, i, first, gap) {
        let known = subject_known || gap.subject.is_some();
        let stop = hearer::reach(view, i, end, known);
        gap.addressees.push(i..stop);
        return stop;
    }
    // `لـ CNN`
    if view.link(i) == Some(Link::LI) && i + 1 < end && view.is_word(i + 1) {
        let stop = hearer::reach(view, i + 1, end, subject_known || gap.subject.is_some());
        if to.has(Link::LI) {
            gap.addressees.push(i + 1..stop);
        }
        return stop;
    }
    // `لـCNN`: a lengthened `ل` is the preposition.
    if view.raw(i).starts_with("لـ") && info.preposition.is_none() && view.link(i) != Some(Link::LI)
    {
        if to.has(Link::LI) {
            gap.addressees.push(i..i + 1);
        }
        return i + 1;
    }
    if let Some(next) = hearer::past_some_of(view, i, end) {
        return next;
    }
    if view.plays(i, Roles::BEFORE) && i + 1 < end {
        let stop = view.reader().extent(i + 1, end, Extent::Strict);
        if stop > i + 1 && !subject_known {
            gap.addressees.push(i + 1..stop);
        }
        return stop.max(i + 1);
    }
    // `ورد عليها النائب`: the pronoun is all that the preposition governs.
    if info.is(Tags::PREPOSITION) && info.pronoun {
        return i + 1;
    }
    if info.is(Tags::PREPOSITION) || view.preposition(i).is_some() {
        let mut from = i + 1;
        while from < end && view.is(from, Tags::DEMONSTRATIVE) {
            from += 1;
        }
        // `طلب من السكان`
        let stop = view.reader().extent(from, end, Extent::Strict);
        let hears = view.preposition(i).is_some_and(|link| to.has(link)) && stop > from;
        if hears && view.is_party(&(from..stop)) {
            gap.addressees.push(from..stop);
            gap.asked = Some(from..stop);
            return stop;
        }
        return view.reader().extent(from, end, Extent::Loose).max(from);
    }
    if view.link(i).is_some_and(|l| (Link::LI | Link::ILA).has(l))
        && i + 1 < end
        && view.quote_opening(i + 1).is_some()
    {
        let close = view
            .quote_opening(i + 1)
            .map_or(end, |(_, q)| view.quote_end(q));
        if to.has(Link::LI) && close < end {
            gap.addressees.push(i + 2..close);
        }
        return close + 1;
    }
    if info.is(Tags::REPORT) {
        return i + 1;
    }
    if let Some(_preposition) = info.preposition {
        return view.reader().extent(i, end, Extent::Strict).max(i + 1);
    }
    // `قال كل من فلان وفلان`, `قال عدد من النواب`, `قال أحد الشهود`
    if !subject_known && gap.subject.is_none() && view.plays(i, Roles::QUANTIFIER) {
        let of = i + 1 < end && view.preposition(i + 1) == Some(Link::MIN);
        let members = i + 1 + usize::from(of);
        let stop = view.reader().extent(members.min(end), end, Extent::Loose);
        if stop > members {
            let each = of && view.plays(i, Roles::EACH);
            gap.subject = Some(if each { members } else { i }..stop);
            return stop;
        }
    }
    if info.is(Tags::FUNCTION)
        && !info.is(Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::NAME_PART | Tags::DEMONSTRATIVE)
    {
        return i + 1;
    }
    if !subject_known && gap.subject.is_none() && !info.conjunction {
        let stop = view.reader().extent(i, end, Extent::Loose);
        if stop > i {
            let stop = hearer::led(view, &(i..stop), to).unwrap_or(stop);
            gap.subject = Some(i..stop);
            return stop;
        }
    }
    gap.leftover.get_or_insert(i);
    i + 1
}

/// The span of a range of tokens without proclitics on its first word.
pub(crate) fn span(view: &View<'_>, range: &Range<usize>) -> Span {
    rawi_names::span_of(&view.reader(), range.clone())
}
