//! What the tree of a sentence tells of two words in it, as numbers that features are
//! made of.

use std::ops::Range;

use rawi_syntax::Label;

use crate::view::View;

/// How one word depends on another: by what chain of heads, and as what.
pub(crate) fn between(view: &View<'_>, word: usize, other: usize) -> u64 {
    let trees = view.trees;
    if !trees.is_parsed(word) || !trees.is_parsed(other) {
        return 0;
    }
    // A later part of a coordination, or the name behind a title, is what the first is.
    let mut from = word;
    let mut aside = 0;
    for _ in 0..3 {
        let label = trees.label(from);
        let Some(head) = trees.head(from).filter(|&h| h != other) else {
            break;
        };
        if !matches!(label, Label::Conjunct | Label::Apposition) {
            break;
        }
        aside |= 1;
        from = head;
    }
    let label = trees.label(from) as u64;
    let (head, above) = (trees.head(from), trees.head(other));
    let way = if head == Some(other) {
        1
    } else if above == Some(from) {
        return 2 << 8 | (trees.label(other) as u64) << 1;
    } else if head.is_some() && head == above {
        3
    } else if head.is_some() && head == above.and_then(|a| trees.head(a)) {
        4
    } else if trees.upward(from).take(DEPTH).any(|t| t == other) {
        5
    } else if trees.upward(other).take(DEPTH).any(|t| t == from) {
        6
    } else {
        7
    };
    way << 8 | label << 1 | aside
}

/// Longer chains of heads than this tell nothing.
const DEPTH: usize = 12;

/// The word of a phrase that stands for it in the tree.
pub(crate) fn node(view: &View<'_>, phrase: &Range<usize>) -> usize {
    view.trees.head_of(phrase.clone()).unwrap_or(phrase.start)
}

/// Whether the tree gives a word a subject: none, before it, or behind it.
pub(crate) fn subject(view: &View<'_>, word: usize, among: impl Iterator<Item = usize>) -> u64 {
    let trees = view.trees;
    if !trees.is_parsed(word) {
        return 3;
    }
    let subject = |t: &usize| {
        trees.head(*t) == Some(word)
            && matches!(trees.label(*t), Label::Subject | Label::PassiveSubject)
    };
    let mut among = among;
    among.find(subject).map_or(0, |t| 1 + u64::from(t > word))
}

/// What a word is to its head.
pub(crate) fn label(view: &View<'_>, word: usize) -> u64 {
    if view.trees.is_parsed(word) {
        1 + view.trees.label(word) as u64
    } else {
        0
    }
}
