//! Noun phrases that carry a message: `شدد على أهمية الحوار`, `نفى التهم`.

use std::ops::Range;

use rawi_morph::{Pos, Shape};
use rawi_names::phrase::{Extent, Kind};
use rawi_names::{Roles, Tags};
use rawi_syntax::Label;
use rawi_text::proclitic::IN;
use rawi_text::{Few, TokenKind};
use rawi_words::reporting;
use rawi_words::reporting::Link;

use crate::attribution;
use crate::draft::{Draft, Pieces};
use crate::frame::Cue;
use crate::gap::{self, Gap};
use crate::hearer;
use crate::spelled::Mark;
use crate::statement::Form;
use crate::templates::FrameKind;
use crate::view::View;

/// How many tokens may stand between a cue and its noun phrase.
const REACH: usize = 22;

/// The nominal readings of a cue; `clause` is where a clause of the same cue
/// would begin, which wins over anything after it. The best comes first.
pub(crate) fn drafts(
    cue: &Cue<'_, '_>,
    clause: Option<usize>,
) -> impl Iterator<Item = Draft> + use<> {
    let end = cue
        .view
        .sentence_end(cue.cue.token)
        .min(cue.after() + REACH);
    let limit = clause.map_or(end, |c| c.min(end));
    let object = (!cue.reading.noun())
        .then(|| direct(cue, limit, clause))
        .flatten();
    let found = [
        prepositional(cue, limit, clause, true),
        object,
        prepositional(cue, limit, clause, false),
    ];
    let parsed = parsed(cue, limit, clause);
    found.into_iter().flatten().chain(parsed)
}

/// The most messages that a tree proposes for one cue.
const MOST: usize = 3;

/// The messages that the tree hangs on the cue: its object, and what depends on it behind
/// a preposition of its frames, whatever stands in between.
fn parsed(cue: &Cue<'_, '_>, limit: usize, clause: Option<usize>) -> Few<Draft> {
    let (view, token) = (cue.view, cue.cue.token);
    let links = links(cue);
    let mut out = Few::new();
    if cue.reading.verb.frames.hands_on {
        return out;
    }
    for t in cue.after()..limit {
        if view.trees.head(t) != Some(token) || out.len() >= MOST {
            continue;
        }
        let own = (cue.after()..t)
            .rev()
            .take_while(|&k| view.trees.head(k) == Some(t))
            .find_map(|k| Some((k, view.preposition(k)?)));
        let place = match (view.trees.label(t), own, attached(cue, t)) {
            (Label::Subject | Label::PassiveSubject | Label::Adverbial, ..) => None,
            (_, Some((k, link)), _) if links.has(link) => Some((k, k + 1, FrameKind::NounPhrase)),
            (_, None, Some(link)) if links.has(link) => Some((t, t, FrameKind::NounPhrase)),
            (Label::Object, None, None) if links.has(Link::DIRECT) => {
                let edge = edge(cue, t);
                Some((edge, edge, FrameKind::Object))
            }
            _ => None,
        };
        let fits = |&(_, start, frame): &(usize, usize, FrameKind)| {
            let object = frame == FrameKind::Object;
            clause != Some(start)
                && opens_message(cue, start, object || start < t)
                && !(object && cue.reading.form.pronoun)
                && !seat(view, t)
        };
        if let Some((lead, start, frame)) = place.filter(fits) {
            let telling = cue.carries_message(start);
            out.extend(finish(cue, lead, start, frame, telling));
        }
    }
    out
}

/// Where the phrase of token `t` begins, as the tree has it.
fn edge(cue: &Cue<'_, '_>, t: usize) -> usize {
    let view = cue.view;
    let own = |k: &usize| view.is_word(*k) && view.trees.head(*k) == Some(t);
    (cue.after()..t).rev().take_while(own).last().unwrap_or(t)
}

/// The message after a preposition of the verb's frames.
/// `sure` asks for a preposition that is known to lead to one, or a noun that
/// carries a message.
fn prepositional(
    cue: &Cue<'_, '_>,
    limit: usize,
    clause: Option<usize>,
    sure: bool,
) -> Option<Draft> {
    let view = cue.view;
    let frames = &cue.reading.verb.frames;
    let mut links = links(cue);
    // `ل` is no second best where the clause has its own preposition.
    if clause.is_some() && !frames.nominal.has(Link::LI) {
        links.0 &= !Link::LI.0;
    }
    let mut i = cue.after();
    while i < limit {
        if let Some(p) = attribution::remark(cue.phrases, i..i + 1) {
            i = p.tokens.end;
            continue;
        }
        let info = view.info(i);
        let attached = attached(cue, i);
        let own = view.preposition(i);
        let start = match (own, attached) {
            (Some(link), _) if links.has(link) => Some((link, i + 1)),
            (None, Some(link)) if links.has(link) && !info.conjunction => Some((link, i)),
            _ => None,
        };
        if let Some((link, start)) = start
            && start < limit
            && opens_message(cue, start, own.is_some())
            && !seat(view, i)
            && (!sure || frames.nominal.has(link) || cue.carries_message(start))
            && clause != Some(start)
        {
            let telling = cue.carries_message(start);
            return finish(cue, i, start, FrameKind::NounPhrase, telling);
        }
        if breaks(view, i, cue) {
            return None;
        }
        i += 1;
    }
    None
}

/// What may lead to the message: also an object where the verb takes a clause
/// as one, and `ل` in place of `إلى`.
fn links(cue: &Cue<'_, '_>) -> Link {
    let frames = &cue.reading.verb.frames;
    let mut links = frames.nominal.0 | frames.nominal_if_message.0 | frames.that.0 & Link::DIRECT.0;
    if Link(links).has(Link::ILA) {
        links |= Link::LI.0;
    }
    Link(links)
}

/// The message as a direct object.
fn direct(cue: &Cue<'_, '_>, limit: usize, clause: Option<usize>) -> Option<Draft> {
    let view = cue.view;
    let frames = &cue.reading.verb.frames;
    if !links(cue).has(Link::DIRECT) || cue.reading.form.pronoun {
        return None;
    }
    let mut start = cue.subject_extent(limit);
    let first = if cue.hides_subject() {
        cue.after()
    } else {
        cue.subject_start()
    };
    if start == first
        && !cue.hides_subject()
        && start < limit
        && view.info(start).preposition.is_some()
    {
        return None;
    }
    // A subject that is the whole rest may be the object of a hidden subject.
    let subject = first..start;
    let adjunct = start < limit && view.is(start, Tags::PREPOSITION) && !links_own(cue, start);
    let only = start >= limit || clause.is_none() && !adjunct && !is_open(view, start);
    let second = second_noun(view, &subject).filter(|_| only);
    if let Some(second) = second {
        start = second;
    } else if only && !subject.is_empty() {
        let phrase = view.reader().describe(subject.clone());
        let hidden =
            matches!(phrase.kind, Kind::Other) && phrase.name.is_none() && !view.pleads(&subject)
                || cue.carries_message(subject.start);
        if !hidden {
            return None;
        }
        start = first;
    } else if !subject.is_empty() && cue.carries_message(subject.start) {
        start = first;
    }
    // Adjuncts may stand between subject and object.
    while start < limit {
        if let Some(p) = attribution::remark(cue.phrases, start..start + 1) {
            start = p.tokens.end;
        } else if let Some(channel) = crate::channel::at(view, start, limit) {
            start = channel.range.end;
        } else if view.is_comma(start)
            || view.is_dash(start)
            || view.is(start, Tags::TIME | Tags::ADVERB)
        {
            start += 1;
        } else if view.is(start, Tags::PREPOSITION) && !links_own(cue, start) {
            // `خلال ترؤسها الاجتماع`, `في كلمة له`
            let stop = view.reader().extent(start + 1, limit, Extent::Strict);
            let hearer = view.preposition(start).is_some_and(|l| frames.to.has(l));
            let message = hearer
                .then(|| hearer::message_behind(view, start + 1..stop))
                .flatten();
            start = message.unwrap_or(stop).max(start + 1);
        } else {
            break;
        }
    }
    if start >= limit
        || Some(start) == clause
        || !opens_message(cue, start, true)
        || start == cue.after() && crate::channel::noun_at(view, start, limit).is_some()
        || view.info(start).preposition.is_some()
    {
        return None;
    }
    // `حمل الحزب الحكومة مسؤولية الأزمة`: two objects.
    let mut message = cue.carries_message(start);
    if !message && frames.to.has(Link::DIRECT) {
        let stop = view.reader().extent(start, limit, Extent::Strict);
        if stop > start && stop < limit && cue.carries_message(stop) && Some(stop) != clause {
            start = stop;
            message = true;
        }
    }
    if clause.is_some() && !message {
        return None;
    }
    if !message && !Link(frames.nominal.0 | frames.nominal_if_message.0).has(Link::DIRECT) {
        return None;
    }
    finish(cue, start, start, FrameKind::Object, message)
}

/// Where a definite noun stands behind a definite title or body of one word, so
/// that it is no adjective but the object: `نفى الوزير | التهم`.
fn second_noun(view: &View<'_>, subject: &Range<usize>) -> Option<usize> {
    let (head, second) = (subject.start, subject.start + 1);
    if second >= subject.end {
        return None;
    }
    let (first, word) = (view.info(head), view.info(second));
    let party = first.article
        && (first.is(Tags::TITLE | Tags::BODY | Tags::GROUP) || view.pleads(&(head..second)));
    let names = Tags::TITLE | Tags::GIVEN | Tags::NAME_PART | Tags::COUNTRY | Tags::DEMONYM;
    let noun = word.article
        && word.pos == Pos::Noun
        && word.label.is_none()
        && word.preposition.is_none()
        && !word.conjunction
        && !word.inside
        && !word.is(names);
    (party && noun && first.entry_words <= 1).then_some(second)
}

/// Whether the preposition at `i` is one that leads to the verb's message.
fn links_own(cue: &Cue<'_, '_>, i: usize) -> bool {
    let frames = &cue.reading.verb.frames;
    let links = Link(frames.nominal.0 | frames.nominal_if_message.0 | frames.that.0);
    cue.view.preposition(i).is_some_and(|link| links.has(link))
}

/// Whether more of the clause follows at `i`, so that a phrase before it can be
/// a subject with an object after it.
fn is_open(view: &View<'_>, i: usize) -> bool {
    view.is(i, Tags::DEMONSTRATIVE)
        || view.is_word(i)
            && !view.is(i, Tags::FUNCTION | Tags::ACTION)
            && view.preposition(i).is_none()
            && view.info(i).preposition.is_none()
            && !view.info(i).conjunction
        || view.is(i, Tags::TIME | Tags::ADVERB)
        || view.is_comma(i)
        || view.is_dash(i)
}

/// Whether a message can begin with token `i`.
fn opens_message(cue: &Cue<'_, '_>, i: usize, own: bool) -> bool {
    let view = cue.view;
    if view.quote_opening(i).is_some() {
        return true;
    }
    let info = view.info(i);
    // `صرح بذلك`: what was said stands elsewhere.
    if view.plays(i, Roles::ANAPHOR) {
        return false;
    }
    if !view.is_word(i) {
        return false;
    }
    if own && crate::channel::noun_at(view, i, view.len()).is_some() && !acts(view, i) {
        return false;
    }
    // `استنكر الوزير هذه التصريحات`
    let pointed = info.is(Tags::DEMONSTRATIVE) && i + 1 < view.len() && view.info(i + 1).article;
    pointed
        || view.stem_plays(i, Roles::MESSAGE)
        // No verb follows a preposition or a participle: `مؤكدا حرص الوزير`.
        || (own && view.preposition(i - 1).is_some() || cue.hides_subject() && !info.conjunction)
            && !info.is(Tags::FUNCTION | Tags::TIME)
        || !info.is(Tags::FUNCTION | Tags::TIME | Tags::ACTION)
}

/// Whether a noun that may name a channel names what was done: `أعلنت تسجيل 12
/// إصابة`, `أعلنت تعليق الرحلات`.
fn acts(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    let governs = i + 1 < view.sentence_end(i)
        && (view.layout.tokens()[i + 1].kind == TokenKind::Number
            || view.is_word(i + 1) && view.info(i + 1).pos == Pos::Noun);
    !info.article
        && info.preposition.is_none()
        && view.words.stem_shape(view.layout, i).is(Shape::VERBAL_NOUN)
        && governs
}

/// The preposition attached to token `i`. A word that the tables do not know
/// has `ب` in front only if what is left looks like a message, or if the verb is
/// said to somebody who stands before it (`اتهمت الشركة بخرقها`).
fn attached(cue: &Cue<'_, '_>, i: usize) -> Option<Link> {
    let view = cue.view;
    let info = view.info(i);
    if let Some(preposition) = info.preposition {
        return reporting::attached(preposition);
    }
    let marks = Tags::TIME | Tags::MESSAGE | Tags::DOCUMENT;
    // `من خلال بيان`: no `ب` with something.
    let known = info.tags.without(marks) != Tags::default() || info.is(Tags::DOCUMENT);
    let rest = view
        .word(i)
        .strip_prefix(IN)
        .filter(|_| !known && view.is_word(i))?;
    let object = cue.reading.verb.frames.to.has(Link::DIRECT) && i > cue.after();
    let message =
        view.spelled(i).carries_message(IN.len_utf8()) || Shape::of(rest).is(Shape::VERBAL_NOUN);
    (message || object && rest.chars().count() >= 3).then_some(Link::BI)
}

/// Whether a word with `ب` tells where the one before it sits: `مصدر بوزارة …`.
fn seat(view: &View<'_>, i: usize) -> bool {
    view.info(i).preposition == Some(IN)
        && view.is(i, Tags::BODY | Tags::COUNTRY | Tags::CAPITAL)
        && i > 0
        && view.is(i - 1, Tags::TITLE)
}

/// Whether the search for a noun phrase stops at token `i`.
fn breaks(view: &View<'_>, i: usize, cue: &Cue<'_, '_>) -> bool {
    let verb = |k: usize| {
        cue.cues
            .at(k)
            .is_some_and(|c| c.conjunction && cue.cues.finite(c))
    };
    view.is_stop(i)
        || view.mark(i) == Mark::Colon
        || view.is(i, Tags::RELATIVE)
        || view.complementizer(i).is_some()
        || view.is(i, Tags::ACTION)
            && !view.info(i).article
            && !view.is(i, Tags::TITLE | Tags::GIVEN | Tags::NAME_PART)
        || view.opens_long_quote(i)
        || verb(i)
}

/// The draft, once the message is known to begin at `start` and what leads to
/// it at `lead`.
fn finish(
    cue: &Cue<'_, '_>,
    lead: usize,
    start: usize,
    frame: FrameKind,
    telling: bool,
) -> Option<Draft> {
    let view = cue.view;
    let frames = &cue.reading.verb.frames;
    let range = cue.after()..lead.max(cue.after());
    let strict = cue.subject_extent(range.end);
    let mut gap: Gap = gap::read(view, cue.phrases, strict..range.end, frames.to, true);
    if strict > cue.subject_start() && !cue.hides_subject() {
        gap.subject = Some(cue.subject_start()..strict);
    }
    // What stands between subject and message is the one spoken to, if the
    // verb takes such an object; else the reading is doubtful.
    if let Some(leftover) = gap.leftover {
        let stop = view.reader().extent(leftover, range.end, Extent::Loose);
        if stop > leftover && frames.to.has(Link::DIRECT) {
            gap.addressees.push(leftover..stop);
            gap.leftover = None;
        }
    }
    if gap.subject.is_none()
        && cue.hides_subject()
        && frames.to.has(Link::DIRECT)
        && lead > cue.after()
        && gap.addressees.is_empty()
    {
        let stop = view.reader().extent(cue.after(), lead, Extent::Loose);
        if stop > cue.after() {
            gap.addressees.push(cue.after()..stop);
        }
    }
    cue.build(Form::Nominal, start, Pieces::new(), gap, frame, telling)
}
