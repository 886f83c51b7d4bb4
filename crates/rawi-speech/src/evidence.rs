//! Words as the model sees them: as numbers that features are made of.

use rawi_names::Tags;

use crate::spelled;
use crate::view::View;

/// A word, folded.
pub(crate) fn word(view: &View<'_>, i: usize) -> u64 {
    if i < view.len() {
        view.spelled(i).id
    } else {
        0
    }
}

/// What kind of word it is: part of speech, conjunction, article and the most
/// telling class of the tables, by its place in a list that models know.
pub(crate) fn class(view: &View<'_>, i: usize) -> u64 {
    if i >= view.len() {
        return 98;
    }
    if !view.is_word(i) {
        return 97;
    }
    let info = view.info(i);
    let classes = [
        Tags::REPORT,
        Tags::ACTION,
        Tags::TIME,
        Tags::RELATIVE,
        Tags::AUXILIARY,
        Tags::DEMONSTRATIVE,
        Tags::TITLE,
        Tags::BODY,
        Tags::OUTLET,
        Tags::GIVEN,
        Tags::COUNTRY,
        Tags::PREPOSITION,
        Tags::ADVERB,
        Tags::PARTICLE,
        Tags::MESSAGE,
    ];
    let known = classes
        .iter()
        .position(|&t| info.is(t))
        .map_or(0, |k| k as u64 + 1);
    known
        | (info.pos as u64) << 5
        | u64::from(info.conjunction) << 9
        | u64::from(info.article) << 10
        | u64::from(info.preposition.is_some()) << 11
}

/// The first two letters and the last of a word that is no name.
pub(crate) fn affixes(view: &View<'_>, i: usize, end: usize) -> u64 {
    if i >= end || !view.is_word(i) {
        return 0;
    }
    spelled::affixes(view.word(i))
}

/// Whether `أن` begins here, a conjunction in front of it or not.
pub(crate) fn that(view: &View<'_>, i: usize) -> bool {
    view.complementizer(i).is_some() || view.spelled(i).like_that
}

/// A count, coarser the larger it is.
pub(crate) fn bucket(n: usize) -> u64 {
    match n {
        0..=4 => n as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        36..=60 => 10,
        _ => 11,
    }
}
