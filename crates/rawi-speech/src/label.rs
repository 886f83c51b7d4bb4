//! Speaker labels: a name or title before a colon, with no verb that reports.
//!
//! In the text of an article a label needs more than its colon: quotation marks
//! (`فلان: «…»`), the questions and answers of an interview, the time of day of a
//! live blog in front, or a topic after somebody has spoken (`وعن الجمهور: …`). In
//! a headline the colon is enough.

use std::ops::Range;

use rawi_names::phrase::{Extent, Kind};
use rawi_names::{Roles, Tags};
use rawi_text::TokenKind;
use rawi_words::reporting::{Lemma, Link};

use crate::draft::{Bounded, Draft, List, Pieces, Source};
use crate::gap;
use crate::spelled::Mark;
use crate::statement::{Act, Form};
use crate::templates::{Boundary, FrameKind};
use crate::view::View;

/// A label has at most so many tokens before its colon.
const LONGEST: usize = 24;

/// Fewer words than this in marks behind a label are a name or title.
const SHORTEST_QUOTE: usize = 3;

/// How sure it is that what stands behind a label is said by whom it names.
const SURE: f32 = 0.9;

/// Who speaks by a label.
#[derive(Clone, PartialEq)]
enum Who {
    /// Somebody who is named.
    Party(Box<Draft>),
    /// Whoever asks (`س:`).
    Asking,
    /// Whoever answers (`ج:`).
    Answering,
}

/// A label with what stands behind it.
struct Label {
    who: Who,
    /// Whether the tables know it for somebody who can speak.
    known: bool,
    /// The token of its colon.
    colon: usize,
    content: Range<usize>,
    /// Whether all of the content stands in marks.
    quoted: bool,
    /// Whether it is a question.
    asks: bool,
    /// Whether the time of day stands in front.
    timed: bool,
    /// The paragraph that it opens, if it opens one.
    line: Option<usize>,
}

/// The statements that only a label attributes; `found` are all others. In a
/// headline every label counts.
pub(crate) fn find(view: &View<'_>, found: &[Bounded]) -> Vec<Bounded> {
    let mut starts: List<usize> = found.iter().map(|b| b.content[0].start).collect();
    starts.sort_unstable();
    let labels: Vec<Label> = read(view)
        .into_iter()
        .filter(|l| starts.binary_search(&l.content.start).is_err())
        .collect();
    let turns = turns(view, &labels);
    let mut out = Vec::new();
    for (label, turn) in labels.into_iter().zip(turns) {
        let alone = view.headline || label.timed || label.quoted;
        let said = turn || label.known && alone;
        if said && (!place(view, &label) || view.headline) {
            out.extend(statement(label));
        }
    }
    out.extend(topics(view, found));
    out
}

/// All labels, in text order: at most one a sentence.
fn read(view: &View<'_>) -> Vec<Label> {
    let mut out = Vec::new();
    let mut lines = view.layout.paragraphs().iter().enumerate().peekable();
    for sentence in view.layout.sentences() {
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        while lines.next_if(|(_, p)| (p.start as usize) < start).is_some() {}
        let line = lines.next_if(|(_, p)| p.start as usize == start);
        if view
            .layout
            .furniture_at(start)
            .is_some_and(|f| f.stands_apart())
        {
            continue;
        }
        let paragraph = line.map(|(_, p)| p.end as usize);
        let label = label(view, start, end, paragraph, line.map(|(k, _)| k));
        out.extend(label);
    }
    out
}

fn label(
    view: &View<'_>,
    start: usize,
    end: usize,
    paragraph: Option<usize>,
    line: Option<usize>,
) -> Option<Label> {
    let (from, timed) = after_time(view, start, end);
    let limit = end.min(from + LONGEST);
    let colon = (from..limit).find(|&i| view.mark(i) == Mark::Colon)?;
    // `عاجل | وزير النقل: …`
    let bar =
        (from..colon).rfind(|&i| view.headline && (view.mark(i) == Mark::Bar || view.is_dash(i)));
    let from = bar.map_or(from, |i| i + 1);
    if colon == from || view.quote_of[from].is_some() {
        return None;
    }
    let (who, known) = who(view, from..colon)?;
    let next = colon + 1;
    let quote = (next < view.len())
        .then(|| view.quote_opening(next))
        .flatten()
        .map(|(_, q)| q);
    let (content, quoted) = match quote {
        Some(quote) => {
            let content = next + 1..view.quote_end(quote);
            (content, view.quote_words(quote) >= SHORTEST_QUOTE)
        }
        // The answer of an interview is its whole line.
        None => (next..paragraph.unwrap_or(end), false),
    };
    let content = trim(view, content);
    if content.is_empty() || !content.clone().any(|i| view.is_word(i)) {
        return None;
    }
    Some(Label {
        who,
        known,
        colon,
        asks: view.mark(content.end - 1) == Mark::Question,
        content,
        quoted,
        timed: timed && line.is_some(),
        line,
    })
}

/// Where the label begins after the time of day of a live blog: `11:40: …`.
fn after_time(view: &View<'_>, start: usize, end: usize) -> (usize, bool) {
    let number = |i: usize| i < end && view.layout.tokens()[i].kind == TokenKind::Number;
    let clock = (start..end.min(start + 2))
        .find(|&i| number(i) && i + 2 < end && view.mark(i + 1) == Mark::Colon && number(i + 2));
    let Some(clock) = clock else {
        return (start, false);
    };
    let mut i = clock + 3;
    while i < end
        && (view.is(i, Tags::TIME)
            || view.is_dash(i)
            || view.is_comma(i)
            || matches!(
                view.mark(i),
                Mark::Colon
                    | Mark::Bar
                    | Mark::FullStop
                    | Mark::Slash
                    | Mark::ClosingBracket
                    | Mark::SquareBracket
            ))
    {
        i += 1;
    }
    (i, true)
}

/// Who is named by the tokens before a colon, and whether the tables know it
/// for somebody.
fn who(view: &View<'_>, range: Range<usize>) -> Option<(Who, bool)> {
    if range.len() == 1 {
        if view.plays(range.start, Roles::ASKING) {
            return Some((Who::Asking, true));
        }
        if view.plays(range.start, Roles::ANSWERING) {
            return Some((Who::Answering, true));
        }
    }
    // `عادل الشهري، وزير الداخلية:`
    let comma = range.clone().find(|&i| view.is_comma(i));
    let head = range.start..comma.unwrap_or(range.end);
    if let Some(comma) = comma {
        let rest = comma + 1..range.end;
        if rest.is_empty() || !is_whole(view, rest) {
            return None;
        }
    }
    let gap = gap::read(view, &[], head.clone(), Link::LI, false);
    let subject = gap.subject?;
    if subject.start != range.start || gap.leftover.is_some() {
        return None;
    }
    let verbs = range.clone().any(|i| {
        view.is(i, Tags::REPORT | Tags::AUXILIARY) && !view.is(i, Tags::TITLE | Tags::GIVEN)
    });
    let phrase = view.reader().describe(subject.clone());
    let whole = match comma {
        Some(_) if phrase.name.is_none() => range.clone(),
        _ => subject,
    };
    let clear = phrase.definite || phrase.range.len() > 1;
    (clear && !verbs).then(|| {
        let mut draft = draft(range.end, Source::Phrase(whole));
        draft.addressees = gap.addressees;
        draft.channel = gap.channel;
        // `البدري: …`: of a headline's short names only the model knows.
        let named = view.headline && view.info(phrase.head).label.is_some();
        (
            Who::Party(Box::new(draft)),
            named || phrase.kind != Kind::Other,
        )
    })
}

/// Whether one phrase for somebody fills a range.
fn is_whole(view: &View<'_>, range: Range<usize>) -> bool {
    let stop = view.reader().extent(range.start, range.end, Extent::Strict);
    stop == range.end && view.is_party(&range)
}

/// Whether a label names a place: a dateline rather than a government.
fn place(view: &View<'_>, label: &Label) -> bool {
    match &label.who {
        Who::Party(draft) => draft
            .source
            .phrase()
            .is_some_and(|r| view.reader().describe(r.clone()).kind == Kind::Place),
        _ => false,
    }
}

/// Which of the labels are turns of a conversation: a question in one line and
/// another's answer in the next, and whoever else speaks under those labels.
fn turns(view: &View<'_>, labels: &[Label]) -> Vec<bool> {
    let key = |l: &Label| match &l.who {
        Who::Party(draft) => draft
            .source
            .phrase()
            .map_or_else(String::new, |r| view.words.stems(view.layout, r.clone())),
        Who::Asking => "?".to_owned(),
        Who::Answering => "!".to_owned(),
    };
    let keys: Vec<String> = labels.iter().map(key).collect();
    let mut turn = vec![false; labels.len()];
    let mut speaking: Vec<&str> = Vec::new();
    for (k, pair) in labels.windows(2).enumerate() {
        let (Some(first), Some(second)) = (pair[0].line, pair[1].line) else {
            continue;
        };
        let asked = pair[0].asks || pair[0].who == Who::Asking;
        let known = pair[0].known || pair[1].known;
        if asked && known && second == first + 1 && keys[k] != keys[k + 1] {
            turn[k] = true;
            turn[k + 1] = true;
            speaking.extend([keys[k].as_str(), keys[k + 1].as_str()]);
        }
    }
    speaking.sort_unstable();
    speaking.dedup();
    for (k, label) in labels.iter().enumerate() {
        turn[k] |= label.line.is_some() && speaking.binary_search(&keys[k].as_str()).is_ok();
    }
    turn
}

fn statement(label: Label) -> Option<Bounded> {
    let mut draft = match label.who {
        Who::Party(draft) => *draft,
        Who::Asking => draft(label.colon, Source::Nobody),
        Who::Answering => draft(label.colon, Source::Guest),
    };
    if label.asks {
        draft.act = Act::Ask;
    }
    Some(fixed(draft, label.content))
}

/// `وعن الجمهور: …`: the next topic of whoever spoke in the sentence before.
fn topics(view: &View<'_>, found: &[Bounded]) -> Vec<Bounded> {
    let mut ends: Vec<usize> = found
        .iter()
        .filter(|b| b.draft.form == Form::Quote)
        .filter_map(|b| Some(b.content.last()?.end))
        .collect();
    ends.sort_unstable();
    let mut out = Vec::new();
    for pair in view.layout.sentences().windows(2) {
        let (start, end) = (pair[1].start as usize, pair[1].end as usize);
        let topic = view.bare_plays(start, Roles::TOPIC);
        let limit = end.min(start + LONGEST / 2);
        if !topic {
            continue;
        }
        let Some(colon) = (start + 2..limit).find(|&i| view.mark(i) == Mark::Colon) else {
            continue;
        };
        let plain = (start..colon)
            .all(|i| !view.is_comma(i) && !view.is(i, Tags::REPORT) && view.quote_of[i].is_none());
        // Somebody's own words end with the sentence before.
        let before = ends.partition_point(|&e| e <= start);
        let spoke = before > 0 && ends[before - 1] > pair[0].start as usize;
        let taken = found
            .iter()
            .any(|b| b.draft.cue.start >= start && b.draft.cue.start < colon);
        if !plain || !spoke || taken {
            continue;
        }
        let next = colon + 1;
        let quote = (next < end).then(|| view.quote_opening(next)).flatten();
        let content = match quote {
            Some((_, quote)) => next + 1..view.quote_end(quote),
            None => next..end,
        };
        let content = trim(view, content);
        if content.len() > 1 {
            ends.insert(before, content.end);
            out.push(fixed(draft(colon, Source::Before), content));
        }
    }
    out
}

fn fixed(mut draft: Draft, content: Range<usize>) -> Bounded {
    draft.start = content.start;
    draft.fixed = Pieces::from_iter([content.clone()]);
    let mut bounded = Bounded::new(draft, Pieces::from_iter([content]));
    bounded.probability = SURE;
    bounded
}

/// Leaves out the full stop and what separates at the end.
fn trim(view: &View<'_>, range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    while end > range.start
        && (view.is_comma(end - 1) || view.is_dash(end - 1) || view.mark(end - 1) == Mark::FullStop)
    {
        end -= 1;
    }
    range.start..end
}

/// A draft without a cue, at the colon of its label.
fn draft(colon: usize, source: Source) -> Draft {
    Draft {
        boundary: Boundary::Turn,
        ..Draft::new(
            FrameKind::Label,
            Form::Quote,
            Act::Assert,
            colon..colon,
            Lemma::NONE,
            colon + 1,
            source,
        )
    }
}
