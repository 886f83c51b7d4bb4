//! The subject that a verb hides and the grammar alone binds to words before it
//! in its sentence: that of the clause which it goes on from, and the noun that
//! a relative clause without a pronoun follows.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Number, Pos};
use rawi_names::phrase::{Extent, Kind, Phrase};
use rawi_names::{Roles, Tags};

use crate::candidate;
use crate::frame::Cue;
use crate::view::View;

/// How far before a cue the clause may begin that it goes on from, in tokens.
const REACH: usize = 40;

/// How far before its verb the noun of a relative clause may begin, in tokens.
const NOUN_REACH: usize = 7;

/// `غير أن المديرية رفضت الاتهامات، مؤكدة أن`, `لكن مصدرا استبعد ذلك، وذكر بأن`:
/// the subject in front of the verb before speaks on.
pub(crate) fn fronted(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    let token = cue.cue.token;
    let form = cue.reading.form;
    let goes_on = form.aspect == Aspect::Participle && token > 0 && view.is_comma(token - 1)
        || cue.cue.conjunction && cue.reading.finite();
    if !goes_on {
        return None;
    }
    let first = view.sentence_start(token).max(token.saturating_sub(REACH));
    let (turn, start) = (first..token)
        .rev()
        .find_map(|i| Some((i, turns(view, i)?)))?;
    // What is told before may go on, and the clause be part of it.
    let told = (view.sentence_start(token)..turn).any(|i| view.complementizer(i).is_some());
    if told && (form.aspect == Aspect::Participle || !view.plays(turn, Roles::OWN_THAT)) {
        return None;
    }
    let ends = |i: &usize| !view.is_word(*i) || finite(cue, *i) || negates(view, *i);
    let verb = (start + 1..token).find(ends)?;
    let predicate = finite(cue, verb) || negates(view, verb);
    if !predicate || view.info(verb).conjunction {
        return None;
    }
    let phrase = view.reader().describe(start..verb);
    // Somebody else who begins a clause of his own in between may speak as well.
    let another = (verb + 1..token).any(|i| view.info(i).conjunction && finite(cue, i));
    let quiet = view.layout.furniture_at(start).is_none() && view.quote_of[start].is_none();
    let party = quiet && !another && phrase.kind != Kind::Other;
    (party && agrees(&phrase, form.agreement)).then_some(start..verb)
}

/// `وروى أحد الناجين، ويدعى فلان، ما جرى قائلا: «…»`: the subject right behind the
/// verb that opens the sentence, by the name that a remark behind it gives.
pub(crate) fn called(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    let token = cue.cue.token;
    if cue.reading.form.aspect != Aspect::Participle {
        return None;
    }
    let verb = view.sentence_start(token);
    if token > verb + REACH || !finite(cue, verb) {
        return None;
    }
    let stop = view.reader().extent(verb + 1, token, Extent::Strict);
    let remark = (stop..token).find(|&i| !view.is_comma(i))?;
    if stop == verb + 1 || remark == stop || !view.bare_plays(remark, Roles::CALLED) {
        return None;
    }
    let end = view.reader().extent(remark + 1, token, Extent::Strict);
    let apart = end > remark + 1 && end < token && view.is_comma(end);
    let another = (end..token)
        .any(|i| view.complementizer(i).is_some() || view.info(i).conjunction && finite(cue, i));
    let name = view.reader().describe(remark + 1..end);
    (apart && !another && agrees(&name, cue.reading.form.agreement)).then_some(remark + 1..end)
}

/// `يعلل العالم فلان ذلك قائلا: «…»`: the subject of the verb before that says nothing
/// itself, for a word of plain saying.
pub(crate) fn told_by(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    let token = cue.cue.token;
    let form = cue.reading.form;
    if !cue.reading.verb.frames.says || cue.cue.conjunction {
        return None;
    }
    let first = view.sentence_start(token).max(token.saturating_sub(REACH));
    let verb = (first..token).rev().find(|&i| finite(cue, i))?;
    let told = |i: usize| view.message_at(i) || view.quote_of[i].is_some();
    let relative = verb > first && (view.is(verb - 1, Tags::RELATIVE) || told(verb - 1));
    if relative || view.quote_of[verb].is_some() || (verb + 1..token).any(told) {
        return None;
    }
    let start = (verb + 1..token).find(|&i| {
        let pronoun = view.is(i, Tags::PREPOSITION) && view.info(i).pronoun;
        !(pronoun || view.is(i, Tags::ADVERB | Tags::TIME))
    })?;
    if view.is(start, Tags::PREPOSITION) || view.info(start).has_proclitic() {
        return None;
    }
    let stop = view.reader().extent(start, token, Extent::Strict);
    let phrase = view.reader().describe(start..stop.max(start + 1));
    let party = stop > start && phrase.kind != Kind::Other && phrase.definite;
    (party && agrees(&phrase, form.agreement)).then_some(start..stop)
}

/// If the words at token `i` turn to a clause that begins with its subject
/// (`لكن`, `غير أن`), where that begins.
fn turns(view: &View<'_>, i: usize) -> Option<usize> {
    let next = i + 1;
    if next + 1 >= view.len() {
        return None;
    }
    if view.plays(i, Roles::OWN_THAT) && view.complementizer(next).is_some() {
        return Some(next + 1);
    }
    let beside = view.plays(i, Roles::OPENER) && view.bare_plays(i, Roles::BESIDE);
    beside.then_some(next)
}

fn negates(view: &View<'_>, i: usize) -> bool {
    view.plays(i, Roles::NEGATION)
}

/// Whether a finite verb stands at token `i`, whatever it tells.
fn finite(cue: &Cue<'_, '_>, i: usize) -> bool {
    let info = cue.view.info(i);
    let other = Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::TIME;
    cue.view.is_word(i)
        && !info.article
        && !info.is(other)
        && (info.pos == Pos::Verb || info.is(Tags::VERB) || cue.cues.finite_at(i))
}

/// `معلمين اعتبروا أن`, `معلم في إحدى المدارس روى أن`: an indefinite noun that a
/// preposition leads, with a verb behind it and no pronoun between.
pub(crate) fn qualified(cue: &Cue<'_, '_>) -> Option<Range<usize>> {
    let view = cue.view;
    let token = cue.cue.token;
    let form = cue.reading.form;
    if cue.cue.conjunction || !cue.reading.finite() {
        return None;
    }
    let first = view
        .sentence_start(token)
        .max(token.saturating_sub(NOUN_REACH));
    let first = (first..token)
        .rev()
        .find(|&i| !view.is_word(i) || finite(cue, i))
        .map_or(first, |i| i + 1);
    (first..token).find_map(|start| {
        let info = view.info(start);
        let led = view.is_led(start, view.sentence_start(start));
        let person = info.is(Tags::TITLE | Tags::GROUP) && !info.article && !info.pronoun;
        if !led || !person || info.inside {
            return None;
        }
        let stop = [Extent::Strict, Extent::Loose]
            .into_iter()
            .map(|e| view.reader().extent(start, token, e))
            .max()?;
        // `معلم | في إحدى المدارس | روى`
        let adjunct = stop < token
            && stop > start
            && (view.preposition(stop).is_some() || view.info(stop).preposition.is_some());
        let phrase = view.reader().describe(start..stop.max(start + 1));
        let unnamed = phrase.name.is_none() && !phrase.definite;
        let party = matches!(phrase.kind, Kind::Person | Kind::Group);
        let same = phrase.agreement.is_several() == form.agreement.is_several();
        ((stop == token || adjunct) && unnamed && party && same && agrees(&phrase, form.agreement))
            .then_some(start..token)
    })
}

/// Whether a phrase can be the subject in front of a form.
fn agrees(phrase: &Phrase, form: Agreement) -> bool {
    candidate::can_be(phrase.kind, phrase.agreement, form)
        && (phrase.agreement.fits(form)
            || phrase.kind != Kind::Person && phrase.agreement.number == Some(Number::Plural))
}
