//! Words beside a cue that are spelled like something else: `قال علي الشامي`
//! names a man, and so does `قال وليد واكد`; `ورد الوزير` is `و` and `رد`.

use rawi_morph::Pos;
use rawi_morph::conjugation::Aspect;
use rawi_names::{NameType, Roles, Tags};
use rawi_text::proclitic::{AND, TO};
use rawi_words::lexicon;
use rawi_words::reporting::{CueForm, Link, Parts, Verb};

use crate::cue::Cues;
use crate::spelled::Mark;
use crate::view::View;

/// The longest family name in words.
const FAMILY: usize = 3;

/// The tokens that are names, though spelled like the preposition `على`.
pub(crate) fn names(view: &View<'_>, cues: &Cues) -> Vec<usize> {
    let ali = |i: &usize| {
        let info = view.info(*i);
        view.link(*i) == Some(Link::ALA)
            && view.raw(*i).ends_with('ي')
            && info.is(Tags::PREPOSITION)
            && info.entry_words <= 1
    };
    // What follows decides, so the last token is none.
    (1..view.len().saturating_sub(1))
        .filter(ali)
        .filter(|&i| speaks(view, cues, i) || stands_beside(view, i))
        .collect()
}

/// `قال علي الشامي إن`: the subject of the cue before it. Where the verb takes
/// `على` (`شدد علي ضرورة`) a family name and a clause must follow.
fn speaks(view: &View<'_>, cues: &Cues, i: usize) -> bool {
    let Some(takes) = takes_ala(cues, i - 1) else {
        return false;
    };
    let sentence = view.sentence_end(i);
    let end = family(view, i + 1);
    let that = end < sentence && view.complementizer(end).is_some();
    let direct =
        end < sentence && (view.mark(end) == Mark::Colon || view.quote_opening(end).is_some());
    let mark = end >= sentence || !view.is_word(end);
    let beside = end < sentence
        && (view.info(end).conjunction
            || view.info(end).preposition.is_some()
            || view.is(end, Tags::PREPOSITION | Tags::TIME));
    if end == i + 1 {
        // `قال علي إن`, `وقال علي للصحفيين`
        return !takes && (that || direct || view.info(end).preposition == Some(TO));
    }
    // `قال علي المستوي الشخصي إن`
    let listed = view.info(i + 1).label == Some(NameType::Person);
    let sure = listed || end == i + 2 || view.is(i + 1, Tags::GIVEN | Tags::NAME_PART);
    sure && (that || direct || (!takes || listed) && mark || !takes && beside)
}

/// Whether the verb of a cue at token `i` takes `على`; none if no verb is there.
fn takes_ala(cues: &Cues, i: usize) -> Option<bool> {
    let cue = cues.at(i)?;
    let takes = |verb: &Verb| {
        let frames = &verb.frames;
        let links = Link(frames.that.0 | frames.nominal.0 | frames.nominal_if_message.0);
        links.has(Link::ALA) || frames.to.has(Link::ALA)
    };
    let mut verbs = cues.readings(cue).iter().filter(|r| r.finite()).peekable();
    verbs.peek()?;
    Some(verbs.any(|r| takes(r.verb)))
}

/// The tokens that are the preposition, though they stand behind a title and are
/// spelled like the name: `أكد الوزير علي أن`.
pub(crate) fn prepositions(view: &View<'_>, cues: &Cues) -> Vec<usize> {
    let led = |i: usize| {
        let title = view.is(i - 1, Tags::OFFICE) && view.info(i - 1).article;
        let verb = (view.sentence_start(i)..i - 1)
            .rev()
            .take(TITLE)
            .find_map(|k| takes_ala(cues, k));
        title && verb == Some(true)
    };
    (2..view.len().saturating_sub(1))
        .filter(|&i| view.link(i) == Some(Link::ALA) && view.is(i, Tags::GIVEN))
        .filter(|&i| view.complementizer(i + 1).is_some() && led(i))
        .collect()
}

/// How far before the preposition of its message a verb may stand, in tokens.
const TITLE: usize = 4;

/// `والد الضحية، علي الشامي، إن`: in apposition.
fn stands_beside(view: &View<'_>, i: usize) -> bool {
    let mut end = family(view, i + 1);
    let listed = view.info(i + 1).label == Some(NameType::Person);
    // `علي ناصيف`
    if end == i + 1 && view.info(end).pos == Pos::Propn && view.info(end).tags == Tags::default() {
        end += 1;
    }
    let sure = end == i + 2 || listed;
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
pub(crate) fn is_family_name(view: &View<'_>, i: usize, cue: &CueForm) -> bool {
    let subject = i >= 2
        && view.is(i - 1, Tags::GIVEN)
        && lexicon().parts(view.stem_key(i - 2)).has(Parts::OPENS_CUE);
    let bare = view.raw(i).starts_with("وا") && cue.verb.lemma.text.starts_with('أ');
    let hamza = |k: usize| view.raw(k).contains(['أ', 'إ']);
    subject
        && bare
        && cue.form.aspect == Aspect::Perfect
        && i + 1 < view.sentence_end(i)
        && view.complementizer(i + 1).is_some()
        && hamza(i + 1)
}

/// The tokens that [`is_family_name`] tells to be no verbs.
pub(crate) fn family_names(view: &View<'_>) -> Vec<usize> {
    let verb = |i: usize| {
        let and = view.letter(i) == Some(AND) && view.rest_parts(i).has(Parts::OPENS_CUE);
        and && lexicon()
            .cue_forms(view.rest_key(i))
            .any(|cue| is_family_name(view, i, &cue))
    };
    (2..view.len()).filter(|&i| verb(i)).collect()
}

/// `ورد في البيان أن` tells what stands somewhere; without a place `ورد` is `و`
/// and `رد`. Whether a place, or what stands there, follows token `i`.
pub(crate) fn place_follows(view: &View<'_>, i: usize) -> bool {
    let end = view.sentence_end(i);
    let Some(k) = (i + 1..end).find(|&k| !view.is(k, Tags::TIME | Tags::ADVERB)) else {
        return false;
    };
    let reported =
        view.link(k) == Some(Link::ALA) && k + 1 < end && view.plays(k + 1, Roles::MOUTH);
    let answered = view.preposition(k) == Some(Link::ALA) && !reported;
    !answered
        && (view.plays(k, Roles::LEAD)
            || view.preposition(k).is_some()
            || view.complementizer(k).is_some())
}
