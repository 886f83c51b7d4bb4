//! Where reported speech ends.

use std::ops::Range;

use rawi_names::{Roles, plays};

use crate::attribution::Phrase;
use crate::draft::Draft;
use crate::statement::Form;
use crate::view::View;

/// The content of a draft in tokens, and the reason for its end.
pub(crate) fn bound(
    view: &View<'_>,
    draft: &Draft,
    cuts: &[usize],
    phrases: &[Phrase],
) -> (Range<usize>, &'static str) {
    let start = draft.start;
    let (mut end, mut reason) = (sentence_reach(view, start), "end of the sentence");
    // A cue inside a quotation reports inside it.
    if let Some(outer) = view.quote_of[draft.cue.start] {
        let close = view.quote_end(&view.layout.quotes()[outer as usize]);
        if close < end && close > start {
            (end, reason) = (close, "end of the quotation around the cue");
        }
    }
    let level = view.quote_of[start];
    let mut i = start + 1;
    while i < end {
        if view.quote_of[i] != level && view.quote_of[i].is_some() {
            i += 1;
            continue;
        }
        if cuts.binary_search(&i).is_ok() && i > draft.cue.start {
            (end, reason) = (clause_start(view, start, i), "next reporting cue");
            break;
        }
        if phrases.iter().any(|p| p.tokens.start == i && !p.leading) {
            (end, reason) = (i, "attribution phrase");
            break;
        }
        if view.is_comma(i) && i + 1 < end && remark(view, i + 1, draft.form) {
            (end, reason) = (i, "narrator's remark");
            break;
        }
        i += 1;
    }
    (start..trim(view, start, end), reason)
}

/// Where the sentence of the content ends, counting a quotation that opens in
/// it and runs on over full stops as part of it.
fn sentence_reach(view: &View<'_>, start: usize) -> usize {
    let mut end = view.sentence_end(start);
    let mut i = start;
    while i < end {
        if let Some((_, quote)) = view.quote_opening(i)
            && let Some(close) = quote.close
        {
            let close = close as usize;
            if close >= end {
                end = view.sentence_end(close);
            }
            i = close;
        }
        i += 1;
    }
    end
}

/// Steps back over the words that introduce a new reporting clause.
fn clause_start(view: &View<'_>, start: usize, cue: usize) -> usize {
    let mut at = cue;
    while at > start + 1 && plays(view.word(at - 1), Roles::OPENER) {
        at -= 1;
    }
    at
}

fn remark(view: &View<'_>, i: usize, form: Form) -> bool {
    let word = view.word(i);
    let next = |n: usize| (i + n < view.len()).then(|| view.word(i + n));
    plays(word, Roles::REMARK)
        || word == "في" && next(1) == Some("اشاره")
        || word == "علي" && matches!(next(1), Some("خلفيه"))
        || word == "حيث" && i + 1 < view.len() && view.complementizer(i + 1).is_none()
        || form == Form::Nominal
            && matches!(
                word,
                "وهو"
                    | "وهي"
                    | "الامر"
                    | "فيما"
                    | "بينما"
                    | "مما"
                    | "ما"
                    | "بعدما"
                    | "وكانت"
                    | "وكان"
                    | "رغم"
            )
        || form == Form::Nominal && word == "علي" && next(1) == Some("الرغم")
}

/// Drops punctuation and stray openers from the end.
fn trim(view: &View<'_>, start: usize, mut end: usize) -> usize {
    while end > start + 1 {
        let last = end - 1;
        let drop = view.is_comma(last)
            || view.is_stop(last)
            || view.is_dash(last)
            || view.word(last) == ":"
            || view.word(last) == "("
            || view.quote_opening(last).is_some()
            || view.word(last) == "و";
        if !drop {
            break;
        }
        end = last;
    }
    end
}
