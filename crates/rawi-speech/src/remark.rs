//! Remarks on a source that are no part of what it says: `طلب عدم ذكر اسمه`,
//! `بشرط عدم الكشف عن هويته`, and who received a paper.

use std::ops::Range;

use rawi_names::Tags;

use crate::lexicon::{self, SOURCE_REMARKS};
use crate::view::View;

/// What part a word has in such remarks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts(pub(crate) u8);

impl Parts {
    /// Opens the remark.
    pub(crate) const WISH: Parts = Parts(1);
    /// Negates the wish.
    pub(crate) const NOT: Parts = Parts(2);
    /// May stand between the wish and the name.
    pub(crate) const BETWEEN: Parts = Parts(4);
    /// The name or identity that closes the remark.
    pub(crate) const IDENTITY: Parts = Parts(8);
    /// A verb whose subject got a paper and did not write it.
    pub(crate) const RECEIVED: Parts = Parts(16);

    /// Whether it has a part.
    fn has(self, part: Parts) -> bool {
        self.0 & part.0 != 0
    }
}

/// More tokens than this no remark has before its reason.
const LONGEST: usize = 12;

/// More tokens than this no reason has.
const REASON: usize = 10;

/// The remark that begins at token `i`: that the source wishes to stay unnamed.
pub(crate) fn unnamed(view: &View<'_>, i: usize) -> Option<Range<usize>> {
    let end = view.sentence_end(i).min(i + LONGEST);
    let mut k = i;
    k += usize::from(view.is(k, Tags::RELATIVE));
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
    if at >= end || view.letter(at) != Some('ل') || view.is(at, addressee) {
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
    let object = |k: usize| rawi_morph::strip_pronoun(view.word(k)).map(|(bare, _)| known(bare));
    (first..body).any(|k| {
        parts(view, k).has(Parts::RECEIVED) || object(k).is_some_and(|p| p.has(Parts::RECEIVED))
    })
}

/// The parts that token `i` has, a conjunction left aside.
fn parts(view: &View<'_>, i: usize) -> Parts {
    let word = view.word(i);
    let bare = word.strip_prefix(['و', 'ف']).map_or(Parts(0), known);
    Parts(known(word).0 | bare.0)
}

/// The parts that the table gives a word.
fn known(word: &str) -> Parts {
    lexicon::find(SOURCE_REMARKS, word)
        .copied()
        .unwrap_or(Parts(0))
}
