//! Words beside a cue that are spelled like something else: `قال علي الشامي`
//! names a man, and so does `قال وليد واكد`; `ورد الوزير` is `و` and `رد`.

use rawi_morph::conjugation::Aspect;
use rawi_names::{NameType, Roles, Tags, plays};

use crate::cue::Cues;
use crate::frames::Link;
use crate::lexicon::{CueForm, VERBS};
use crate::view::View;

/// The longest family name in words.
const FAMILY: usize = 3;

/// The tokens that are names, though spelled like the preposition `على`.
pub(crate) fn names(view: &View<'_>, cues: &Cues) -> Vec<usize> {
    let ali = |i: &usize| {
        let info = view.info(*i);
        view.word(*i) == "علي"
            && view.raw(*i).ends_with('ي')
            && info.is(Tags::PREPOSITION)
            && info.entry_words <= 1
    };
    (1..view.len())
        .filter(ali)
        .filter(|&i| speaks(view, cues, i) || stands_beside(view, i))
        .collect()
}

/// `قال علي الشامي إن`: the subject of the cue before it. Where the verb takes
/// `على` (`شدد علي ضرورة`) a family name and a clause must follow.
fn speaks(view: &View<'_>, cues: &Cues, i: usize) -> bool {
    let Some(cue) = cues.at(i - 1) else {
        return false;
    };
    let verbs = || cues.readings(cue).iter().filter(|r| r.finite());
    if verbs().next().is_none() {
        return false;
    }
    let takes = verbs().any(|r| {
        let frames = &r.verb().frames;
        let links = Link(frames.that.0 | frames.nominal.0 | frames.nominal_if_message.0);
        links.has(Link::ALA) || r.verb().frames.to.has(Link::ALA)
    });
    let end = family(view, i + 1);
    let sentence = view.sentence_end(i);
    let that = |k: usize| k < sentence && view.complementizer(k).is_some();
    let direct =
        |k: usize| k < sentence && (view.word(k) == ":" || view.quote_opening(k).is_some());
    if end > i + 1 {
        let listed = view.info(i + 1).label == Some(NameType::Person);
        return that(end)
            || direct(end)
            || (!takes || listed) && (end >= sentence || !view.is_word(end))
            || !takes && view.info(end).conjunction;
    }
    // `قال علي إن`, `وقال علي للصحفيين`
    !takes && (that(end) || direct(end))
        || !takes && end < sentence && view.info(end).preposition == Some('ل')
}

/// `والد الضحية، علي الشامي، إن`: in apposition.
fn stands_beside(view: &View<'_>, i: usize) -> bool {
    let end = family(view, i + 1);
    let sure = end == i + 2 || view.info(i + 1).label == Some(NameType::Person);
    view.is_comma(i - 1) && end > i + 1 && sure && end < view.sentence_end(i) && view.is_comma(end)
}

/// Where the family name ends that begins at token `start`; `start` if none does.
fn family(view: &View<'_>, start: usize) -> usize {
    let limit = view.sentence_end(start - 1).min(start + FAMILY);
    (start..limit)
        .find(|&k| {
            let info = view.info(k);
            let nisba = info.article && view.raw(k).ends_with('ي');
            let name = info.label == Some(NameType::Person)
                || info.is(Tags::GIVEN | Tags::NAME_PART)
                || nisba && !info.is(Tags::TITLE | Tags::BODY);
            !view.is_word(k) || !name || info.preposition.is_some() || info.conjunction
        })
        .unwrap_or(limit)
}

/// `قال وليد واكد إن`: behind a given name that the verb of saying before it
/// has for a subject, a word without hamza is no `وأكد` where `إن` has one.
pub(crate) fn is_family_name(view: &View<'_>, i: usize, form: &CueForm) -> bool {
    let subject = i >= 2
        && view.is(i - 1, Tags::GIVEN)
        && !crate::lexicon::cue_forms(view.words.stem(view.layout, i - 2)).is_empty();
    let bare = view.raw(i).starts_with("وا") && VERBS[form.verb].lemma.starts_with('أ');
    let hamza = |k: usize| view.raw(k).contains(['أ', 'إ']);
    subject
        && bare
        && form.aspect == Aspect::Perfect
        && i + 1 < view.sentence_end(i)
        && view.complementizer(i + 1).is_some()
        && hamza(i + 1)
}

/// The tokens that [`is_family_name`] tells to be no verbs.
pub(crate) fn family_names(view: &View<'_>) -> Vec<usize> {
    let verb = |i: usize| {
        let rest = view.word(i).strip_prefix('و')?;
        let mut forms = crate::lexicon::cue_forms(rest).iter();
        forms.find(|form| is_family_name(view, i, form))
    };
    (2..view.len()).filter(|&i| verb(i).is_some()).collect()
}

/// `ورد في البيان أن` tells what stands somewhere; without a place `ورد` is `و`
/// and `رد`. Whether a place, or what stands there, follows token `i`.
pub(crate) fn place_follows(view: &View<'_>, i: usize) -> bool {
    let end = view.sentence_end(i);
    let Some(k) = (i + 1..end).find(|&k| !view.is(k, Tags::TIME | Tags::ADVERB)) else {
        return false;
    };
    let reported = view.word(k) == "علي" && k + 1 < end && view.word(k + 1) == "لسان";
    let answered = view.preposition(k) == Some(Link::ALA) && !reported;
    !answered
        && (plays(view.word(k), Roles::LEAD)
            || view.preposition(k).is_some()
            || view.complementizer(k).is_some())
}
