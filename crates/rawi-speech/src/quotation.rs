//! Quotations whose cue comes after them, and quotations that go on.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_names::phrase::Extent;

use crate::cue::{CueToken, Cues};
use crate::draft::{Draft, Source};
use crate::statement::Form;
use crate::view::View;

/// Shorter quotations before a verb are fragments, not statements.
const SHORTEST: usize = 3;

/// `"…"، قال فلان`, `"…"، يقول فلان، "…"`.
pub(crate) fn after(view: &View<'_>, cues: &Cues, cue: &CueToken) -> Option<Draft> {
    let reading = cues.readings(cue).iter().find(|r| {
        r.verb().frames.quote && matches!(r.form.aspect, Aspect::Perfect | Aspect::Imperfect)
    })?;
    let mut before = cue.token.checked_sub(1)?;
    while before > 0
        && (view.is_comma(before)
            || matches!(view.word(before), "كما" | "هكذا" | "-" | "–")
            || view.is_stop(before))
    {
        before -= 1;
    }
    // `"…". وتابع: "…"`: a new sentence has a quotation of its own.
    let stopped = (before..cue.token).any(|k| view.is_stop(k))
        || view.sentence_of[before] != view.sentence_of[cue.token];
    if stopped
        && (cue.conjunction || (cue.token + 1 < view.len() && view.word(cue.token + 1) == ":"))
    {
        return None;
    }
    let (_, quote) = view.quote_closing(before)?;
    if view.quote_words(quote) < SHORTEST {
        return None;
    }
    let end = view.sentence_end(cue.token);
    let stop = view.reader().extent(cue.token + 1, end, Extent::Strict);
    let mut fixed = vec![quote.open as usize + 1..view.quote_end(quote)];
    let mut next = stop;
    while next < end && view.is_comma(next) {
        next += 1;
    }
    if next > stop
        && let Some((_, more)) = (next < view.len())
            .then(|| view.quote_opening(next))
            .flatten()
    {
        fixed.push(next + 1..view.quote_end(more));
    }
    let source = if stop > cue.token + 1 {
        Source::Phrase(cue.token + 1..stop)
    } else {
        Source::Hidden(reading.form.agreement)
    };
    Some(Draft {
        form: Form::Quote,
        act: reading.verb().act,
        cue: cue.token..cue.token + 1,
        lemma: reading.verb().lemma,
        start: fixed[0].start,
        fixed,
        source,
        addressees: Vec::new(),
        channel: None,
        via: Vec::new(),
        frame: "quotation + verb",
        aspect: Some(reading.form.aspect),
        agreement: reading.form.agreement,
        answers: reading.verb().frames.answer,
        weak: reading.verb().frames.weak,
        document: reading.verb().frames.document,
        noun: false,
        telling: true,
        odd: false,
        cuts: false,
        boundary: "closing quotation mark",
    })
}

/// Adds to each quotation the stretches in which it goes on: over a paragraph
/// break under the same marks, or as quoted sentences right after it that
/// nobody else claims.
pub(crate) fn go_on(view: &View<'_>, statements: &mut [&mut Vec<Range<usize>>]) {
    let quotes = view.layout.quotes();
    let pieces = statements.iter().flat_map(|s| s.iter());
    let claimed: HashSet<usize> = pieces.map(|r| r.start).collect();
    // By the start of its last piece, the first statement with that one.
    let mut owners: HashMap<usize, usize> = HashMap::new();
    for (i, s) in statements.iter().enumerate() {
        if let Some(last) = s.last() {
            owners.entry(last.start).or_insert(i);
        }
    }
    for (k, quote) in quotes.iter().enumerate() {
        let start = quote.open as usize + 1;
        let range = start..view.quote_end(quote);
        if quote.depth > 0 || range.is_empty() || claimed.contains(&start) {
            continue;
        }
        let previous = match quote.continues {
            Some(previous) => Some(previous as usize),
            None if begins_paragraph(view, quote.open as usize) && fills_sentence(view, quote) => {
                k.checked_sub(1)
            }
            None => None,
        };
        let Some(previous) = previous else { continue };
        let from = quotes[previous].open as usize + 1;
        // Only punctuation may stand between the two stretches.
        let between = view.quote_end(&quotes[previous])..quote.open as usize;
        if between.clone().any(|i| view.is_word(i)) {
            continue;
        }
        if let Some(owner) = owners.remove(&from) {
            statements[owner].push(range);
            owners.insert(start, owner);
        }
    }
}

fn begins_paragraph(view: &View<'_>, i: usize) -> bool {
    let paragraphs = view.layout.paragraphs();
    let found = paragraphs.binary_search_by_key(&i, |p| p.start as usize);
    found.is_ok()
}

fn fills_sentence(view: &View<'_>, quote: &rawi_text::Quote) -> bool {
    view.quote_words(quote) > SHORTEST
}
