//! Attribution behind or inside a clause without a word for it: `…، قال فلان`,
//! `…، كما أعلنت الشرطة`; and where a clause goes on behind its attribution:
//! `والمشروع، على حد قول المهندس، سيكلف ضعف المبلغ`.

use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::CONJUNCTIONS;

use crate::attribution::{self, Phrase};
use crate::channel;
use crate::cue::{Cues, Reading};
use crate::quotation;
use crate::view::View;

/// How far behind its source a message may begin that the verb reports after all.
const MESSAGE: usize = 25;

/// The verb at token `i`, alone or behind `كما`, that attributes the clause before
/// it to its subject.
pub(crate) fn read(view: &View<'_>, cues: &Cues, i: usize) -> Option<Phrase> {
    if i == 0 || !view.is_word(i) || !view.is_comma(i - 1) {
        return None;
    }
    // `الطرق مقطوعة»، قال فلان`: a quotation whose opening mark is missing.
    if i > 1 && quotation::unopened(view, i - 2).is_some() {
        return None;
    }
    let like = view.plays(i, Roles::AS);
    let verb = i + usize::from(like);
    let reading = reading(view, cues, verb)?;
    let frames = &reading.verb.frames;
    let says = if like {
        frames.that.0 != 0 || frames.quote
    } else {
        frames.bare && reading.verb.act != crate::statement::Act::Ask
    };
    if !says || frames.weak || !states(view, i - 1, like) {
        return None;
    }
    let end = view.sentence_end(i);
    let (via, source) = attribution::chain(view, verb + 1, end, frames.hands_on)?;
    if !view.can_speak(&source) {
        return None;
    }
    let stop = adjuncts(view, source.end, end);
    let closed = stop >= end || view.is_comma(stop) || view.is_dash(stop) || view.is_stop(stop);
    if !closed || message(view, stop, end) {
        return None;
    }
    Some(Phrase {
        tokens: i..stop,
        cue: verb..verb + 1,
        lemma: reading.verb.lemma,
        outlet: attribution::is_outlet(view, &source),
        source: Some(source),
        via,
        quoting: false,
        leading: false,
        remark: false,
    })
}

/// The finite reading of a verb that nothing joins to what stands before.
fn reading<'c>(view: &View<'_>, cues: &'c Cues, verb: usize) -> Option<&'c Reading> {
    let cue = (verb < view.len()).then(|| cues.at(verb))??;
    if cue.conjunction {
        return None;
    }
    cues.readings(cue).iter().find(|r| r.finite())
}

/// Goes on over what may stand behind a source: a channel, a time, a place, the
/// one spoken to.
fn adjuncts(view: &View<'_>, at: usize, end: usize) -> usize {
    let mut i = at;
    while i < end && view.is_word(i) {
        let next = if let Some(found) = channel::at(view, i, end) {
            found.range.end
        } else if view.is(i, Tags::TIME | Tags::ADVERB) {
            i + 1
        } else if view.info(i).preposition.is_some() {
            view.reader().extent(i, end, Extent::Strict)
        } else if view.is(i, Tags::PREPOSITION) && !view.info(i).conjunction {
            view.reader().extent(i + 1, end, Extent::Strict)
        } else {
            i
        };
        if next <= i {
            break;
        }
        i = next;
    }
    i
}

/// Whether a message follows after all: `وفي المساء، قال الوزير، في كلمة له، إن …`.
fn message(view: &View<'_>, at: usize, end: usize) -> bool {
    (at..end.min(at + MESSAGE)).any(|k| view.message_at(k))
}

/// Whether the clause that ends at the comma `comma` states something for itself:
/// nobody else says it, and, but before `كما`, it is no adjunct or subordinate
/// clause.
fn states(view: &View<'_>, comma: usize, like: bool) -> bool {
    let start = attribution::content_start(view, comma);
    if start >= comma || comma - start > LONGEST || !view.is_word(start) {
        return false;
    }
    let adjunct = view.is(
        start,
        Tags::PREPOSITION | Tags::TIME | Tags::ADVERB | Tags::RELATIVE,
    ) || view.info(start).preposition.is_some()
        || view.bare_plays(
            start,
            Roles::OPENER | Roles::REMARK | Roles::OWN_THAT | Roles::LEAD,
        );
    let told = (start..comma).any(|k| view.complementizer(k).is_some());
    (like || !adjunct) && !told
}

/// Longer clauses in tokens are not attributed from behind.
const LONGEST: usize = 60;

/// Where a clause goes on behind an attribution between two commas or dashes.
pub(crate) fn resumes(
    view: &View<'_>,
    cues: &Cues,
    phrases: &[Phrase],
    phrase: &Phrase,
) -> Option<usize> {
    let (open, close) = (phrase.tokens.start.checked_sub(1)?, phrase.tokens.end);
    let end = view.sentence_end(open);
    let pair = close + 1 < end
        && (view.is_comma(open) && view.is_comma(close)
            || view.is_dash(open) && view.is_dash(close));
    let next = close + 1;
    if phrase.leading || !pair {
        return None;
    }
    let number = view.layout.tokens()[next].kind == rawi_text::TokenKind::Number;
    let said = cues.finite_at(next) || cues.participle_at(next);
    // `في` opens a clause and goes on with one.
    let opens = view.preposition(next).is_none()
        && (view.letter(next).is_some_and(|c| CONJUNCTIONS.contains(&c))
            && view.is(next, Tags::FUNCTION)
            || view.plays(next, Roles::OPENER | Roles::REMARK | Roles::BESIDE));
    let aside = view.info(next).conjunction
        || opens
        || view.is(next, Tags::RELATIVE)
        || view.complementizer(next).is_some()
        || attribution::over(phrases, next).is_some();
    ((view.is_word(next) || number) && !said && !aside).then_some(next)
}
