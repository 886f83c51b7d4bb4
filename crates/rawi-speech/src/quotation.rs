//! Quotations whose cue comes after them, and quotations that go on.

use std::collections::HashMap;
use std::ops::Range;

use rawi_morph::Pos;
use rawi_morph::conjugation::Aspect;
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::Quote;
use rawi_words::reporting::Link;

use crate::attribution;
use crate::cue::{CueToken, Cues};
use crate::draft::{Draft, Pieces, Source};
use crate::spelled::Mark;
use crate::statement::Form;
use crate::templates::FrameKind;
use crate::tokens::TokenSet;
use crate::view::View;

/// Shorter quotations before a verb are fragments, not statements.
const SHORTEST: usize = 3;

/// So many tokens may stand between a speaker and the comma after which a
/// quotation goes on.
const INTERRUPTION: usize = 9;

/// `"…"، قال فلان`, `"…"، يقول فلان، "…"`.
pub(crate) fn after(view: &View<'_>, cues: &Cues, cue: &CueToken) -> Option<Draft> {
    let mut readings = cues.readings(cue).iter();
    let reading = readings.find(|r| r.verb.frames.quote && r.finite())?;
    let mut before = cue.token.checked_sub(1)?;
    while before > 0
        && (view.is_comma(before)
            || view.is_dash(before)
            || view.plays(before, Roles::THUS)
            || view.is_stop(before))
    {
        before -= 1;
    }
    // `"…". وتابع: "…"`: a new sentence has a quotation of its own.
    let stopped = (before..cue.token).any(|k| view.is_stop(k))
        || view.sentence_of[before] != view.sentence_of[cue.token];
    if stopped
        && (cue.conjunction
            || (cue.token + 1 < view.len() && view.mark(cue.token + 1) == Mark::Colon))
    {
        return None;
    }
    let end = view.sentence_end(cue.token);
    let stop = view.reader().extent(cue.token + 1, end, Extent::Strict);
    let named = stop > cue.token + 1 && view.is_party(&(cue.token + 1..stop));
    let mut fixed = match view.quote_closing(before) {
        Some((_, quote)) => {
            let alone = stop == cue.token + 1 && (stop == end || view.is_stop(stop));
            let said = (named || alone) && stands_free(view, quote) && is_clause(view, quote);
            if view.quote_words(quote) < SHORTEST && !said {
                return None;
            }
            Pieces::from_iter([quote.open as usize + 1..view.quote_end(quote)])
        }
        None => Pieces::from_iter([unopened(view, before).filter(|_| named)?]),
    };
    if let Some(more) = resumed(view, cues, stop, end) {
        fixed.push(more);
    }
    // `«…»، جاء في البيان`: what comes or stands somewhere is no speech, unless
    // it is in a paper.
    let paper = reading.verb.frames.that == Link::FI;
    let inside = cue.token + 2;
    let source = if paper {
        let named = inside < end
            && view.preposition(inside - 1) == Some(Link::FI)
            && view.is(inside, Tags::DOCUMENT);
        Source::Phrase(named.then(|| view.phrase_at(inside, end))?)
    } else if stop > cue.token + 1 {
        Source::Phrase(cue.token + 1..stop)
    } else {
        Source::Hidden(reading.form.agreement)
    };
    let verb = reading.verb;
    let start = fixed[0].start;
    Some(Draft {
        fixed,
        aspect: Some(reading.form.aspect),
        agreement: reading.form.agreement,
        frames: verb.frames,
        ..Draft::new(
            FrameKind::QuotationFirst,
            Form::Quote,
            verb.act,
            cue.token..cue.token + 1,
            verb.lemma,
            start,
            source,
        )
    })
}

/// Whether marks hold a whole clause that a finite verb introduces with a colon,
/// or that stands free before its verb and the name of who says it.
pub(crate) fn is_marked(view: &View<'_>, draft: &Draft) -> bool {
    let finite = draft.aspect.is_some_and(Aspect::is_finite);
    let (Some(content), true) = (draft.fixed.first(), finite) else {
        return false;
    };
    let Some(mark) = content.start.checked_sub(1) else {
        return false;
    };
    let Some((_, quote)) = view.quote_opening(mark).filter(|(_, q)| q.close.is_some()) else {
        return false;
    };
    let introduced = mark > draft.cue.start && view.mark(mark - 1) == Mark::Colon;
    let followed = mark < draft.cue.start
        && view.sentence_of[mark] == view.sentence_of[draft.cue.start]
        && stands_free(view, quote)
        && draft.source.phrase().is_some_and(|r| view.is_party(r));
    // `كتب فيه: «…»`: what stands in a paper is no title.
    let inside = introduced && view.points_back(draft.cue.end);
    draft.form == Form::Quote && (inside || (introduced || followed) && is_clause(view, quote))
}

/// The words before a closing mark that nothing opens, from the head of their
/// sentence on: `الطرق مقطوعة»، قال فلان`.
pub(crate) fn unopened(view: &View<'_>, mark: usize) -> Option<Range<usize>> {
    let quotes = view.layout.quotes();
    if !rawi_text::closes_quotation(view.word(mark)) || view.quote_opening(mark).is_some() {
        return None;
    }
    let start = attribution::content_start(view, mark);
    let at = quotes.partition_point(|q| (q.open as usize) < start);
    let free =
        view.quote_of[start].is_none() && quotes.get(at).is_none_or(|q| q.open as usize > mark);
    let words = (start..mark).filter(|&i| view.is_word(i)).count();
    (free && words >= SHORTEST).then_some(start..mark)
}

/// The second half of a quotation that its attribution interrupts:
/// `«…»، تقول فلانة وهي تضحك، «…»`.
fn resumed(view: &View<'_>, cues: &Cues, from: usize, end: usize) -> Option<Range<usize>> {
    let comma = (from..end.min(from + INTERRUPTION)).find(|&i| view.is_comma(i))?;
    let plain = (from..comma).all(|i| {
        let cue = cues.at(i).is_some_and(|c| c.conjunction);
        view.is_word(i) && view.complementizer(i).is_none() && !cue
    });
    let next = comma + 1;
    let (_, quote) = (plain && next < end)
        .then(|| view.quote_opening(next))
        .flatten()?;
    Some(next + 1..view.quote_end(quote))
}

/// Whether a quote opens a sentence or clause, so that it is no part of one.
fn stands_free(view: &View<'_>, quote: &Quote) -> bool {
    let open = quote.open as usize;
    open == view.sentence_start(open)
        || view.is_comma(open - 1)
        || view.is_dash(open - 1)
        || view.is_stop(open - 1)
        || view.mark(open - 1) == Mark::Colon
}

/// Whether a verb stands in a quote, or a word that negates one, or nothing but
/// an utterance.
fn is_clause(view: &View<'_>, quote: &Quote) -> bool {
    let inside = quote.open as usize + 1..view.quote_end(quote);
    let mut words = inside.clone().filter(|&i| view.is_word(i)).peekable();
    let utters = words.peek().is_some() && words.all(|i| view.plays(i, Roles::UTTERANCE));
    utters
        || inside.into_iter().any(|i| {
            view.info(i).pos == Pos::Verb
                || view.is(i, Tags::VERB)
                || view.plays(i, Roles::NEGATION)
        })
}

/// A statement in quotation marks.
pub(crate) struct Quoted<'b> {
    /// The token of its cue.
    pub(crate) cue: usize,
    pub(crate) content: &'b mut Pieces,
}

/// Adds to each quotation the stretches in which it goes on: over a paragraph
/// break under the same marks, or as quoted sentences right after it that
/// nobody else claims.
pub(crate) fn go_on(view: &View<'_>, statements: &mut [Quoted<'_>]) {
    let quotes = view.layout.quotes();
    let pieces = statements.iter().flat_map(|s| s.content.iter());
    let claimed: TokenSet = pieces.map(|r| r.start).collect();
    // By the start of its last piece, the first statement with that one.
    let mut owners: HashMap<usize, usize> = HashMap::new();
    for (i, s) in statements.iter().enumerate() {
        if let Some(last) = s.content.last() {
            owners.entry(last.start).or_insert(i);
        }
    }
    for (k, quote) in quotes.iter().enumerate() {
        let start = quote.open as usize + 1;
        let range = start..view.quote_end(quote);
        if quote.depth > 0
            || range.is_empty()
            || view.layout.furniture_at(start).is_some()
            || claimed.contains(start)
        {
            continue;
        }
        let previous = match quote.continues {
            Some(previous) => Some(previous as usize),
            None if begins_paragraph(view, quote.open as usize) && fills_sentence(view, quote) => {
                k.checked_sub(1)
            }
            None => None,
        };
        // `«…»، روى فلان. «…».`
        if previous.is_none() && is_sentence(view, quote) {
            let sentence = view.sentence_of[quote.open as usize];
            let open = quote.open as usize;
            let owner = statements.iter_mut().rfind(|s| {
                let followed = s.content.last().is_some_and(|r| r.end <= s.cue);
                followed && s.cue < open && view.sentence_of[s.cue] + 1 == sentence
            });
            if let Some(owner) = owner {
                owner.content.push(range);
                continue;
            }
        }
        let Some(previous) = previous else { continue };
        let from = quotes[previous].open as usize + 1;
        // Only punctuation may stand between the two stretches.
        let between = view.quote_end(&quotes[previous])..quote.open as usize;
        if between.clone().any(|i| view.is_word(i)) {
            continue;
        }
        if let Some(owner) = owners.remove(&from) {
            statements[owner].content.push(range);
            owners.insert(start, owner);
        }
    }
}

fn begins_paragraph(view: &View<'_>, i: usize) -> bool {
    let paragraphs = view.layout.paragraphs();
    let found = paragraphs.binary_search_by_key(&i, |p| p.start as usize);
    found.is_ok()
}

/// Whether a quote is all of a sentence, which goes on in the same paragraph as
/// the one before.
fn is_sentence(view: &View<'_>, quote: &Quote) -> bool {
    let open = quote.open as usize;
    let Some(close) = quote.close.map(|c| c as usize) else {
        return false;
    };
    let rest = close + 1..view.sentence_end(open);
    open == view.sentence_start(open)
        && !begins_paragraph(view, open)
        && rest.into_iter().all(|i| !view.is_word(i))
        && (is_clause(view, quote) || view.quote_words(quote) > SHORTEST)
}

fn fills_sentence(view: &View<'_>, quote: &Quote) -> bool {
    view.quote_words(quote) > SHORTEST
}
