//! Which statement an attribution phrase belongs to: one that it hands on, or one of
//! its own.

use rawi_names::Roles;
use rawi_names::phrase::Kind;

use crate::attribution;
use crate::behind;
use crate::choice::Judge;
use crate::content::{self, Borders, Breaks};
use crate::cue::Cues;
use crate::draft::{Bounded, Draft, List, Source};
use crate::frame;
use crate::tokens::TokenSet;
use crate::view::View;

/// An article that has been looked over.
#[derive(Clone, Copy)]
pub(crate) struct Article<'a, 'v> {
    pub(crate) view: &'a View<'v>,
    pub(crate) cues: &'a Cues,
    pub(crate) phrases: &'a [attribution::Phrase],
    pub(crate) breaks: &'a Breaks,
}

/// Lets attribution phrases speak: those after a statement of the same sentence
/// hand it on, the others make statements of their own, which are returned.
pub(crate) fn attribute(
    article: &Article<'_, '_>,
    found: &mut [Bounded],
    judge: &mut Judge<'_>,
) -> Vec<Bounded> {
    let Article {
        view,
        cues,
        phrases,
        breaks,
    } = *article;
    let mut out: Vec<Bounded> = Vec::new();
    if phrases.is_empty() {
        return out;
    }
    let borders = Borders::new(breaks, cues, &[], &[], phrases);
    let ends = ends(found);
    // The tokens of statements and of their cues.
    let mut taken: TokenSet = found.iter().flat_map(Bounded::tokens).collect();
    for phrase in phrases {
        let at = phrase.tokens.start;
        let sentence = view.sentence_of[at];
        // Where what was said may have ended, with nothing but marks up to here.
        let mut close = at;
        while close > 0
            && view.sentence_of[close - 1] == sentence
            && (!view.is_word(close - 1) || view.plays(close - 1, Roles::AND_SO))
        {
            close -= 1;
        }
        let from = ends.partition_point(|&(end, _)| end < close);
        let owner = ends[from..]
            .iter()
            .take_while(|&&(end, _)| end <= at)
            .filter(|&&(end, i)| {
                found[i].draft.cue.start < at && view.sentence_of[end - 1] == sentence
            })
            .map(|&(_, i)| i)
            .max();
        if let Some(owner) = owner {
            let owner = &mut found[owner];
            if phrase.outlet || phrase.quoting {
                hand_on(view, &mut owner.draft, phrase);
            }
            continue;
        }
        let from = found.partition_point(|b| b.draft.cue.start + frame::FARTHEST < at);
        let between = found[from..]
            .iter_mut()
            .take_while(|b| b.draft.cue.start < at)
            .find(|b| b.draft.cue.end <= at && phrase.tokens.end <= b.draft.start);
        if let (Some(b), Some(_)) = (between, &phrase.source) {
            // `ذكرت قناة كذا، نقلا عن وكالة كذا، أن …`
            hand_on(view, &mut b.draft, phrase);
            continue;
        }
        if phrase.source.is_none() {
            continue;
        }
        let resumes = behind::resumes(view, cues, phrases, phrase);
        if let Some(draft) = attribution::draft(view, phrase, resumes, |k| taken.contains(k)) {
            let mut content = draft.fixed.clone();
            if let Some(start) = resumes.or(draft.fixed.is_empty().then_some(draft.start)) {
                let rest = Draft {
                    start,
                    ..draft.clone()
                };
                content.push(content::bound(view, &rest, &borders, judge).0);
            }
            if content.iter().all(|r| !r.is_empty()) {
                let bounded = Bounded::new(draft, content);
                taken.extend(bounded.tokens());
                out.push(bounded);
            }
        }
    }
    out
}

/// A phrase names a link in the chain of a statement: `ذكرت صحيفة كذا نقلا عن
/// مسؤول أن` is what the official said, `قال مسؤول، نقلا عن وكالة كذا، إن` is not
/// what the agency said.
fn hand_on(view: &View<'_>, draft: &mut Draft, phrase: &attribution::Phrase) {
    let Some(source) = &phrase.source else {
        return;
    };
    let outer = match draft.source.phrase() {
        Some(range) => {
            let kind = view.reader().describe(range.clone()).kind;
            kind == Kind::Other || attribution::is_outlet(view, range)
        }
        None => !phrase.outlet,
    };
    if phrase.quoting && outer {
        let outer = draft.source.phrase().cloned();
        draft.via.extend(outer);
        draft.via.extend(phrase.via.iter().cloned());
        draft.source = Source::Phrase(source.clone());
    } else {
        draft.via.extend(phrase.via.iter().chain([source]).cloned());
    }
}

/// Where the contents of statements end, sorted, each with its statement.
fn ends(found: &[Bounded]) -> List<(usize, usize)> {
    let last = |b: &Bounded| b.content.last().map(|c| c.end);
    let all = found.iter().enumerate();
    let mut out: List<(usize, usize)> = all.filter_map(|(i, b)| Some((last(b)?, i))).collect();
    out.sort_unstable();
    out
}
