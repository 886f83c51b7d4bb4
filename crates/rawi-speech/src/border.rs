//! Where somebody else's words, or the narrator's, certainly begin.
//!
//! The model weighs where a content ends; here stands what the grammar says with
//! certainty, so that nobody's words run over into another's mouth: a new subject
//! with a verb of saying, denying or doubting of its own (`بينما أكد النائب أن`,
//! `لكن المعارضة شككت`, `وهو ما نفته الشركة`), a remark of the narrator (`لم يتسن
//! التأكد`), and a clause that can only go on with the outer speaker's words.

use std::ops::Range;

use rawi_morph::{Gender, Number, Pos, Shape};
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::{AND, CONJUNCTIONS};
use rawi_words::reporting::{Border, Parts, Turn};
use rawi_words::{Facet, lexicon};

use crate::attribution;
use crate::content::Borders;
use crate::cue::Reading;
use crate::draft::Draft;
use crate::statement::Form;
use crate::view::View;

/// How far behind a phrase the word that it needs may stand, in tokens.
const NEED: usize = 7;

/// How far behind a verb its message may begin, in tokens.
const MESSAGE: usize = 10;

/// How many tokens may stand before the first word of a sentence.
const HEAD: usize = 4;

/// Whether the content of a draft cannot go on over token `i`.
pub(crate) fn begins(view: &View<'_>, draft: &Draft, borders: &Borders<'_>, i: usize) -> bool {
    if draft.form == Form::Quote || i <= draft.start + 1 || !view.is_word(i) {
        return false;
    }
    let clause = Clause {
        view,
        borders,
        end: view.sentence_end(i),
    };
    clause.turns(i)
        || clause.helped(i)
        || clause.orphan(draft, i)
        || clause.main(draft, i)
        || draft.form == Form::Nominal && clause.beside(i)
        || outer_goes_on(view, draft, borders, i)
        || quoted(view, draft, borders, i)
}

/// The clause that may begin at a token.
struct Clause<'c, 'a> {
    view: &'c View<'a>,
    borders: &'c Borders<'c>,
    end: usize,
}

impl Clause<'_, '_> {
    /// Whether a word or phrase at `i` turns to somebody else.
    fn turns(&self, i: usize) -> bool {
        let Some((border, words)) = self.border(i) else {
            return false;
        };
        let after = i + words;
        match border.turn {
            Turn::Narrator => self.view.letter(i) == Some(AND) && self.meets(border, after),
            Turn::Beside | Turn::Aside => self.another(after, false),
            Turn::But => self.another(after, true),
            Turn::Which => self.takes_up(after),
            Turn::Also => self.verb(after).is_some() && self.message_follows(after),
            Turn::Stance => false,
        }
    }

    /// The row of the table that begins at `i`, a conjunction left aside.
    fn border(&self, i: usize) -> Option<(&'static Border, usize)> {
        let view = self.view;
        let look_up = |first| {
            let (key, words) = view.longest(first, i, self.end, Facet::Border)?;
            Some((lexicon().border(key)?, words))
        };
        let word = view.spelled(i);
        if word.parts.has(Parts::OPENS_BORDER)
            && let Some(found) = look_up(view.key(i))
        {
            return Some(found);
        }
        let bare = word.letter.is_some_and(|c| CONJUNCTIONS.contains(&c))
            && self.view.rest_parts(i).has(Parts::OPENS_BORDER);
        bare.then(|| look_up(view.rest_key(i))).flatten()
    }

    /// Whether one of the words follows that a row needs.
    fn meets(&self, border: &Border, after: usize) -> bool {
        let soon = after..self.end.min(after + NEED);
        border
            .needs
            .is_none_or(|need| soon.into_iter().any(|k| self.view.meets(k, need)))
    }

    /// Whether somebody with a verb of their own stands behind a contrast: verb
    /// and subject in either order, or a remark of the narrator. `deny` asks that
    /// they deny, or that a message follows.
    fn another(&self, at: usize, deny: bool) -> bool {
        let view = self.view;
        let at = (at..self.end)
            .find(|&k| !view.is_comma(k))
            .unwrap_or(self.end);
        if self.remark(at) {
            return true;
        }
        let verb = self.skip(at);
        if self.stands(verb, deny) && self.speaker(verb + 1).is_some() {
            return true;
        }
        let Some(subject) = self.speaker(at) else {
            return false;
        };
        let verb = self.skip(subject.end);
        self.remark(subject.end) || self.stands(verb, deny)
    }

    /// `وهو ما نفته الشركة`: a verb that takes up what was said, and its subject.
    fn takes_up(&self, at: usize) -> bool {
        let verb = self.skip(at);
        let Some(reading) = self.verb(verb) else {
            return false;
        };
        let subject = self.phrase(verb + 1);
        reading.form.pronoun && !subject.is_empty() && self.view.is_party(&subject)
    }

    /// A main clause behind a clause with `بينما` at the head of the sentence:
    /// `وبينما قال الوزير إن …، أكد النائب أنها`.
    fn main(&self, draft: &Draft, i: usize) -> bool {
        let view = self.view;
        let head = || {
            let start = view.sentence_start(i);
            (start..draft.cue.start.min(start + HEAD)).find(|&k| view.is_word(k))
        };
        let beside = |h: usize| {
            h < draft.cue.start
                && self
                    .border(h)
                    .is_some_and(|(b, n)| b.turn == Turn::Beside && h + n + 1 >= draft.cue.start)
        };
        view.is_comma(i - 1)
            && !view.info(i).conjunction
            && self.stands(i, false)
            && head().is_some_and(beside)
            && self.speaker(i + 1).is_some()
    }

    /// `، وختم بالتأكيد على أن`, `، قبل أن يضيف أن`: what the speaker said next.
    fn helped(&self, i: usize) -> bool {
        let view = self.view;
        self.borders.led.binary_search(&i).is_ok() && view.is_comma(i - 1)
    }

    /// `قال إن الكلفة سترتفع، وطالب الشركات بخفضها`: a verb that can't go on with
    /// the clause's own subject goes on with the speaker.
    fn orphan(&self, draft: &Draft, i: usize) -> bool {
        let view = self.view;
        let subject = draft.start + 1;
        let clause = draft.form == Form::Clause && subject < i;
        if !clause || !view.is_comma(i - 1) || !view.info(i).conjunction {
            return false;
        }
        // `وطالب` "and demanded" looks like "and a student".
        let cue = self
            .borders
            .cues
            .at(i)
            .filter(|_| view.info(i).pos == Pos::Verb);
        let mut readings = cue.iter().flat_map(|c| self.borders.cues.readings(c));
        let Some(reading) = readings.find(|r| r.finite() && !r.verb.frames.weak) else {
            return false;
        };
        let noun = view.info(subject);
        let feminine = view
            .words
            .stem_shape(view.layout, subject)
            .is(Shape::FEMININE);
        let verb = reading.form.agreement;
        let man = verb.gender == Some(Gender::Masculine) && verb.number == Some(Number::Singular);
        noun.article && noun.pos == Pos::Noun && !noun.is(Tags::TITLE) && feminine && man
    }

    /// `ومصر تدعو إلى …`: a new sentence, which no noun phrase goes on with.
    fn beside(&self, i: usize) -> bool {
        let view = self.view;
        if !view.info(i).conjunction {
            return false;
        }
        let subject = self.phrase(i);
        // `بين تونس والمغرب يدعو`: the second of two.
        let second = view.is(
            i - 1,
            Tags::COUNTRY | Tags::CAPITAL | Tags::BODY | Tags::GIVEN,
        );
        !subject.is_empty()
            && !second
            && view.is_party(&subject)
            && self.verb(subject.end).is_some_and(|r| !r.verb.frames.weak)
            && !view.info(subject.end).conjunction
    }

    /// Over `قد`, `كان`.
    fn skip(&self, at: usize) -> usize {
        let small =
            |k: usize| self.view.plays(k, Roles::PERFECT) || self.view.is(k, Tags::AUXILIARY);
        (at..self.end.min(at + 2))
            .find(|&k| !small(k))
            .unwrap_or(at)
    }

    fn remark(&self, at: usize) -> bool {
        at < self.end
            && self
                .border(at)
                .is_some_and(|(b, n)| b.turn == Turn::Narrator && self.meets(b, at + n))
    }

    /// The finite reading of a reporting verb at `k`.
    fn verb(&self, k: usize) -> Option<&Reading> {
        let cue = (k < self.end).then(|| self.borders.cues.at(k))??;
        let mut readings = self.borders.cues.readings(cue).iter();
        readings
            .find(|r| r.finite())
            .filter(|_| !self.view.is(k, Tags::TITLE | Tags::BODY | Tags::GIVEN))
    }

    /// Whether the verb at `k` takes a stand of its own.
    fn stands(&self, k: usize, deny: bool) -> bool {
        if k >= self.end {
            return false;
        }
        if let Some((border, words)) = self.border(k)
            && border.turn == Turn::Stance
        {
            return self.meets(border, k + words);
        }
        self.verb(k).is_some_and(|r| {
            let says = self.message_follows(k);
            says || !deny && !r.verb.frames.weak
        })
    }

    /// Whether a clause, a quotation or `القول` follows the verb at `k` before a comma.
    fn message_follows(&self, k: usize) -> bool {
        let view = self.view;
        (k + 1..self.end.min(k + MESSAGE))
            .take_while(|&m| !view.is_comma(m) && !self.borders.cues.participle_at(m))
            .any(|m| view.message_at(m))
    }

    fn phrase(&self, at: usize) -> Range<usize> {
        if at >= self.end {
            return at..at;
        }
        at..self.view.reader().extent(at, self.end, Extent::Strict)
    }

    /// The phrase that begins at a token, if it names somebody who can speak.
    fn speaker(&self, at: usize) -> Option<Range<usize>> {
        let phrase = self.phrase(at);
        (!phrase.is_empty() && self.view.can_speak(&phrase)).then_some(phrase)
    }
}

/// Whether a clause with `وإن` or `وأن` at `i` goes on with the words of the
/// speaker around: `قال إن المصرف أعلن إفلاسه، وإن الودائع مضمونة`. A noun
/// phrase inside a clause takes no such clause on, and a clause with `أن` none
/// with `وإن`.
fn outer_goes_on(view: &View<'_>, draft: &Draft, borders: &Borders<'_>, i: usize) -> bool {
    // A cue that opens a clause of its own stands in no other's words.
    if draft.cuts || !view.and_that(i) {
        return false;
    }
    let Some(outer) = borders.clause_before(view, draft.cue.start) else {
        return false;
    };
    // Many write no hamza, and many `قال إن … وأن`.
    let above = |k: usize| view.raw(k).contains('أ');
    let below = |k: usize| view.raw(k).contains('إ');
    match draft.form {
        Form::Nominal => {
            let own = (draft.start..i).any(|k| view.complementizer(k).is_some());
            !own && (above(outer) && above(i) || below(outer) && below(i))
        }
        _ => below(outer) && above(draft.start) && below(i),
    }
}

/// `ذكرت صحيفة كذا أن …، نقلا عن مسؤول`: whom an outlet quotes.
fn quoted(view: &View<'_>, draft: &Draft, borders: &Borders<'_>, i: usize) -> bool {
    let phrases = borders.phrases;
    let at = phrases.partition_point(|p| p.tokens.start < i);
    let Some(phrase) = phrases.get(at).filter(|p| p.tokens.start == i) else {
        return false;
    };
    let outlet = draft.source.phrase();
    let outlet = outlet.is_some_and(|s| attribution::is_outlet(view, s));
    phrase.remark || phrase.quoting && view.is_comma(i - 1) && outlet
}
