//! Remarks on a source that are no part of what it says: `طلب عدم ذكر اسمه`,
//! `بشرط عدم الكشف عن هويته`, and who received a paper.

use std::ops::Range;

use rawi_names::Tags;
use rawi_text::proclitic::{CONJUNCTIONS, TO};
use rawi_words::lexicon;
use rawi_words::reporting::Parts;

use crate::view::View;

/// More tokens than this no remark has before its reason.
const LONGEST: usize = 12;

/// More tokens than this no reason has.
const REASON: usize = 10;

/// The remark that begins at token `i`: that the source wishes to stay unnamed.
pub(crate) fn unnamed(view: &View<'_>, i: usize) -> Option<Range<usize>> {
    let relative = view.is(i, Tags::RELATIVE);
    if !relative && !parts(view, i).has(Parts::WISH | Parts::NOT) {
        return None;
    }
    let end = view.sentence_end(i).min(i + LONGEST);
    let mut k = i + usize::from(relative);
    let opens = |k: usize| (k < end).then(|| parts(view, k));
    let mut opening = opens(k)?;
    if opening.has(Parts::NOT) {
        k += 1;
        opening = opens(k)?;
    }
    if !opening.has(Parts::WISH) {
        return None;
    }
    k += 1;
    let between = (k..end).find(|&k| !parts(view, k).has(Parts::BETWEEN))?;
    if between == k || !parts(view, between).has(Parts::IDENTITY) {
        return None;
    }
    Some(i..reason(view, between + 1))
}

/// Goes on over the reason for the wish, which ends before a comma or the
/// message: `لأنه غير مخول بالحديث، `, `لحساسية الأمر`.
fn reason(view: &View<'_>, at: usize) -> usize {
    let end = view.sentence_end(at - 1);
    let addressee = Tags::OUTLET | Tags::GROUP | Tags::GENERIC | Tags::TITLE | Tags::GIVEN;
    if at >= end || view.letter(at) != Some(TO) || view.is(at, addressee) {
        return at;
    }
    (at..end.min(at + REASON))
        .find(|&k| view.is_comma(k) || view.complementizer(k).is_some() || k + 1 == end)
        .unwrap_or(at)
}

/// Whether the body at token `body` only got the paper that is spoken of:
/// `بلاغ توصلت به صحيفة كذا`, `بيان حصلت وكالة كذا على نسخة منه`.
pub(crate) fn received(view: &View<'_>, body: usize) -> bool {
    let first = body.saturating_sub(2).max(view.sentence_start(body));
    // `تسلمته صحيفة كذا`
    let object = |k: usize| lexicon().parts(view.words.keys(view.layout, k).bare(0));
    (first..body).any(|k| (parts(view, k) | object(k)).has(Parts::RECEIVED))
}

/// The parts that token `i` has, a conjunction left aside.
fn parts(view: &View<'_>, i: usize) -> Parts {
    let word = view.spelled(i);
    if word.letter.is_some_and(|c| CONJUNCTIONS.contains(&c)) {
        word.parts | view.rest_parts(i)
    } else {
        word.parts
    }
}
