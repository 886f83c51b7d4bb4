//! The few terms that a word of a query may stand for in texts.
//!
//! Where letters are attached to a word the spelling alone doesn't always tell: `لجنة` may
//! be a committee or "for a garden", and `اللجنة` is but one of them. The index has one
//! term for each spelling; a query asks for all those that forms of its word have.

use rawi_morph::entry::class;
use rawi_morph::segment::{self, Segmenter};

use super::term;

/// The most terms of one word.
const MOST: usize = 6;

/// What a word may have in front, in the order in which it is tried.
const FRONTS: [&str; 12] = [
    "", "و", "ال", "وال", "بال", "لل", "ولل", "ب", "ل", "ف", "وب", "ك",
];

/// What it may have behind: nothing, a pronoun, the ending of the indefinite accusative.
const ENDS: [&str; 6] = ["", "ا", "ه", "ها", "هم", "نا"];
const ACCUSATIVE: &str = "ا";

/// How many times rarer, as a binary logarithm, a form must be than the word itself to be
/// taken for a form of it and not for a word of its own, which it is spelled like.
const RARER: u8 = 3;

/// The same for a term that is neither the word nor the form: the cut of another word.
const MUCH_RARER: u8 = 5;

/// The terms of a folded Arabic word, its own first.
pub(super) fn alternatives(segmenter: &Segmenter<'_>, word: &str) -> Vec<String> {
    let own = term(segmenter, word);
    let cut = segmenter.cut(word);
    let mut terms = vec![own];
    // A word that was cut may as well be whole. What has the article is.
    if !cut.article && !cut.proclitics().is_empty() && cut.pronoun().is_empty() {
        terms.push(word.to_owned());
    }
    // The other forms are those of what news has more often.
    let seen = |word: &String| segment::entry(&segmenter.entries, word).frequency();
    let base = terms.iter().rev().max_by_key(|t| seen(t)).cloned();
    let base = base.unwrap_or_default();
    // Small words are spelled like too many others.
    if segment::entry(&segmenter.entries, &base).classes() & class::FUNCTION != 0 {
        return terms;
    }
    let mut add = |term: String| {
        if terms.len() < MOST && !terms.contains(&term) {
            terms.push(term);
        }
    };
    for end in ENDS {
        for front in FRONTS {
            let form = joined(front, &base, end);
            let found = term(segmenter, &form);
            if found != base && is_form(segmenter, &base, end, &form, &found) {
                add(found);
            }
        }
    }
    terms
}

/// A word with letters in front and behind. Before a pronoun `ة` is written `ت`.
fn joined(front: &str, base: &str, end: &str) -> String {
    match base.strip_suffix('ه') {
        Some(rest) if !end.is_empty() && end != ACCUSATIVE => format!("{front}{rest}ت{end}"),
        _ => format!("{front}{base}{end}"),
    }
}

/// Whether a form whose term is `found` is met so often as a form of the word that it is
/// to be asked for.
fn is_form(segmenter: &Segmenter<'_>, base: &str, end: &str, form: &str, found: &str) -> bool {
    let seen = |word: &str| segment::entry(&segmenter.entries, word).frequency();
    let whole = seen(form);
    if whole == 0 {
        return false;
    }
    match (found == form, end) {
        (true, ACCUSATIVE) => whole < seen(base) && !base.ends_with(['ا', 'ه', 'ي', 'ء']),
        (true, _) => whole + RARER <= seen(base),
        (false, _) => seen(found) + MUCH_RARER <= seen(base),
    }
}
