//! Whom the text is about where a verb hides its subject, as far as the grammar
//! alone tells: the topic of the sentences before, and the one who published,
//! wrote or held what `قال فيه` points back to.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_names::Tags;
use rawi_names::phrase::Phrase;
use rawi_text::proclitic::TO;
use rawi_words::reporting::Link;

use crate::channel::ChannelAt;
use crate::statement::ChannelKind;
use crate::view::View;

/// How many sentences back the one may be spoken of whom a hidden subject means.
const REACH: usize = 3;

/// How far before its noun the verb may stand that tells whose it is, in tokens.
const VERB_REACH: usize = 20;

/// How far behind its verb a subject may begin, in tokens.
const SUBJECT_REACH: usize = 4;

/// Whom the text before token `at` is about: the first party of its sentence
/// that no preposition leads, else of a sentence before.
pub(crate) fn before(view: &View<'_>, at: usize) -> Option<Phrase> {
    let last = view.sentence_of[at] as usize;
    (last.saturating_sub(REACH)..=last).rev().find_map(|s| {
        let range = &view.layout.sentences()[s];
        let (start, end) = (range.start as usize, (range.end as usize).min(at));
        let phrase = party(view, start..end, start)?;
        Some(view.reader().describe(phrase))
    })
}

/// The first party in a stretch that no preposition leads; prepositions are
/// looked for from token `from` on.
fn party(view: &View<'_>, stretch: Range<usize>, from: usize) -> Option<Range<usize>> {
    let parties = Tags::TITLE
        | Tags::BODY
        | Tags::GROUP
        | Tags::COUNTRY
        | Tags::CAPITAL
        | Tags::GIVEN
        | Tags::OUTLET;
    let start = stretch.clone().find(|&i| {
        let info = view.info(i);
        info.is(parties) && !info.inside && !view.is_led(i, from)
    })?;
    Some(view.phrase_at(start, stretch.end))
}

/// Who published, wrote or held the statement, letter or speech that a verb at
/// token `cue` points back to: the subject of the verb that tells of it
/// (`بيان نشرته الوزارة قالت فيه`, `نشر الوزير بيانا قال فيه`) or whose it is (`في
/// بيان للوزارة قالت فيه`, `كلمة الوزير التي قال فيها`).
pub(crate) fn author(view: &View<'_>, noun: &ChannelAt, cue: usize) -> Option<Range<usize>> {
    let head = noun.noun.start;
    let behind = (head + 1..cue).find(|&i| tells(view, i));
    if let Some(verb) = behind
        && let Some(subject) = subject_of(view, verb, cue)
    {
        return Some(subject);
    }
    if let Some(owner) = owner(view, noun, behind.unwrap_or(cue)) {
        return Some(owner);
    }
    let clause = view
        .sentence_start(cue)
        .max(head.saturating_sub(VERB_REACH));
    let verb = (clause..head)
        .rev()
        .find(|&i| tells(view, i) && (i == clause || !view.is(i - 1, Tags::RELATIVE)))?;
    subject_of(view, verb, head).or_else(|| subject_before(view, clause, verb))
}

/// Whether token `i` is a verb that can tell of a statement.
fn tells(view: &View<'_>, i: usize) -> bool {
    let info = view.info(i);
    let verb = info.is(Tags::VERB) || info.pos == Pos::Verb;
    let other = Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::TIME | Tags::FUNCTION;
    verb && view.is_word(i) && !info.article && info.label.is_none() && !info.is(other)
}

/// The subject behind a verb.
fn subject_of(view: &View<'_>, verb: usize, limit: usize) -> Option<Range<usize>> {
    let subject = party(view, verb + 1..limit, verb)?;
    let near = (verb + 1..subject.start)
        .filter(|&i| view.is_word(i))
        .count()
        <= SUBJECT_REACH;
    near.then_some(subject)
}

/// The subject before a verb.
fn subject_before(view: &View<'_>, from: usize, verb: usize) -> Option<Range<usize>> {
    let subject = party(view, from..verb, from)?;
    (subject.end == verb).then_some(subject)
}

/// Whose a statement is: bound to its noun, or behind `عن`, `من` or `ل`; but
/// behind `ل` a letter goes to somebody.
fn owner(view: &View<'_>, noun: &ChannelAt, limit: usize) -> Option<Range<usize>> {
    let head = noun.noun.start;
    let letter = noun.kind == ChannelKind::Letter;
    let parties = Tags::TITLE | Tags::BODY | Tags::GROUP | Tags::GIVEN;
    let start = (head + 1..limit).find(|&i| {
        let info = view.info(i);
        let from = matches!(view.preposition(i - 1), Some(Link::AN | Link::MIN));
        let of = info.preposition == Some(TO) && !letter;
        let bound = i == head + 1 && info.preposition.is_none();
        info.is(parties) && !info.inside && (bound || from || of)
    })?;
    Some(view.phrase_at(start, limit))
}
