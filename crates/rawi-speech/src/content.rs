//! Where reported speech ends.
//!
//! Wherever a clause can end (punctuation, a conjunction, a new cue), the model
//! is asked whether the content ends; of all ends the one is taken that probably
//! leaves the least too much or too little. What a linguist would say of the place
//! goes into the question as evidence.

use std::ops::Range;

use rawi_model::Feature;
use rawi_names::phrase::{Extent, Kind};
use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_text::proclitic::AND;

use crate::attribution::{Phrase, over};
use crate::border;
use crate::choice::{Judge, Meant};
use crate::cue::Cues;
use crate::draft::{Bounded, Draft, outer};
use crate::evidence::{self, bucket};
use crate::model::Question;
use crate::spelled::Mark;
use crate::statement::{Act, Form};
use crate::templates::Boundary;
use crate::view::View;

/// More tokens than this no content has that is not in marks.
const LONGEST: usize = 1000;

/// What goes on with less probability than this has ended.
const CLOSED: f32 = 0.002;

/// What ends contents beside punctuation.
pub(crate) struct Borders<'a> {
    pub(crate) cues: &'a Cues,
    /// The tokens of cues that open a clause of their own, sorted.
    cuts: &'a [usize],
    /// Where clauses with `أن` or `إن` begin that are reported, sorted.
    reported: &'a [usize],
    /// Where clauses begin in which a verb helps a cue, sorted.
    pub(crate) led: &'a [usize],
    pub(crate) phrases: &'a [Phrase],
    breaks: &'a Breaks,
}

/// What in an article may end contents, whatever reports them. Kept from article to
/// article.
#[derive(Debug, Default)]
pub(crate) struct Breaks {
    /// How many words stand before each token.
    words: Vec<u32>,
    /// The tokens with which a clause goes on, `وأن`, and the dashes, sorted.
    clauses: Vec<usize>,
    dashes: Vec<usize>,
}

impl Breaks {
    /// Looks an article over.
    pub(crate) fn fill(&mut self, view: &View<'_>) {
        let mut count = 0;
        self.words.clear();
        self.words.push(count);
        self.words.extend((0..view.len()).map(|i| {
            count += u32::from(view.is_word(i));
            count
        }));
        let clause = |&k: &usize| view.info(k).conjunction && evidence::that(view, k);
        self.clauses.clear();
        self.clauses.extend((0..view.len()).filter(clause));
        self.dashes.clear();
        self.dashes
            .extend((0..view.len()).filter(|&k| view.is_dash(k)));
    }
}

impl<'a> Borders<'a> {
    /// What contents end at in an article that has been looked over.
    pub(crate) fn new(
        breaks: &'a Breaks,
        cues: &'a Cues,
        cuts: &'a [usize],
        reported: &'a [usize],
        phrases: &'a [Phrase],
    ) -> Self {
        Borders {
            cues,
            cuts,
            reported,
            led: &[],
            phrases,
            breaks,
        }
    }

    /// Where the last reported clause began before a cue of the same sentence.
    pub(crate) fn clause_before(&self, view: &View<'_>, cue: usize) -> Option<usize> {
        let at = self.reported.partition_point(|&c| c < cue);
        let clause = *self.reported[..at].last()?;
        (view.sentence_of[clause] == view.sentence_of[cue]).then_some(clause)
    }

    fn words_in(&self, range: Range<usize>) -> usize {
        (self.breaks.words[range.end] - self.breaks.words[range.start]) as usize
    }

    fn cut_in(&self, range: Range<usize>) -> bool {
        first_in(self.cuts, range).is_some()
    }
}

/// The first of some sorted tokens that lies in a range.
fn first_in(tokens: &[usize], range: Range<usize>) -> Option<usize> {
    let at = tokens.partition_point(|&k| k < range.start);
    tokens.get(at).copied().filter(|&k| k < range.end)
}

/// The content of a draft in tokens, and the reason for its end.
pub(crate) fn bound(
    view: &View<'_>,
    draft: &Draft,
    borders: &Borders<'_>,
    judge: &mut Judge<'_>,
) -> (Range<usize>, Boundary) {
    let start = draft.start;
    let (mut end, mut reason) = (sentence_reach(view, start), Boundary::Sentence);
    // A cue inside a quotation reports inside it.
    if let Some(outer) = view.quote_of[draft.cue.start] {
        let close = view.quote_end(&view.layout.quotes()[outer as usize]);
        if close < end && close > start {
            (end, reason) = (close, Boundary::OuterQuotation);
        }
    }
    // A text without full stops must not take forever.
    if end - start > LONGEST {
        (end, reason) = (start + LONGEST, Boundary::Longest);
    }
    let level = view.quote_of[start];
    let cue = view.layout.cover(draft.cue.clone());
    let mut seen = Seen::default();
    let mut features = std::mem::take(&mut judge.scratch.features);
    let mut ends = std::mem::take(&mut judge.scratch.ends);
    ends.clear();
    // How probable it is that the content goes on up to here.
    let mut open = 1.0;
    let mut i = start + 1;
    while i < end {
        let nested = view.quote_of[i] != level && view.quote_of[i].is_some();
        if !nested && border::begins(view, draft, borders, i) {
            (end, reason) = (i, Boundary::OtherWords);
            break;
        }
        let place = if nested {
            None
        } else {
            Place::at(view, draft, borders, i)
        };
        if let Some(place) = place {
            features.clear();
            place.describe(view, draft, borders, &seen, i, end, &mut features);
            let stop = trim(view, start, i);
            let piece = || Few::from_iter([view.layout.cover(start..stop)]);
            let yes = judge.yes(Question::End, cue, piece, Meant::default(), &features);
            ends.push(End {
                stop,
                reason: place.boundary(),
                probability: open * yes,
            });
            open *= 1.0 - yes;
            seen.places += 1;
            if open < CLOSED && !judge.recording {
                break;
            }
        }
        seen.words += usize::from(view.is_word(i));
        i += 1;
    }
    ends.push(End {
        stop: trim(view, start, end),
        reason,
        probability: open,
    });
    let best = best(view, start, &ends, &mut judge.scratch.lengths);
    let found = (start..best.stop, best.reason);
    (judge.scratch.features, judge.scratch.ends) = (features, ends);
    found
}

/// Ends noun phrases before what belongs to the clause around them: `أن المتهم
/// أقر بالتهمة، | وأن المحكمة …`.
pub(crate) fn give_back(view: &View<'_>, found: &mut [Bounded]) {
    for i in 0..found.len() {
        let (draft, range) = (&found[i].draft, found[i].content[0].clone());
        if draft.form != Form::Nominal || !draft.fixed.is_empty() {
            continue;
        }
        let hearer = hearer(view, draft, &range);
        let end = hearer.as_ref().map_or(range.end, |h| h.start - 1);
        let next = (range.start + 1..end)
            .find(|&k| {
                view.is_comma(k - 1) && view.letter(k) == Some(AND) && evidence::that(view, k)
            })
            .filter(|_| {
                outer(found, i).is_some_and(|o| view.complementizer(found[o].draft.start).is_some())
            });
        let end = trim(view, range.start, next.map_or(end, |k| k - 1));
        let bounded = &mut found[i];
        bounded.content[0].end = end;
        if let Some(hearer) = hearer
            && bounded.draft.addressees.is_empty()
        {
            bounded.draft.addressees.push(hearer);
        }
    }
}

/// The one before whom somebody admits or denies a thing: `أقر بالتهمة أمام القاضي`.
fn hearer(view: &View<'_>, draft: &Draft, range: &Range<usize>) -> Option<Range<usize>> {
    if !matches!(draft.act, Act::Assert | Act::Deny) {
        return None;
    }
    let before = (range.start + 1..range.end.min(range.start + 3))
        .find(|&k| view.plays(k, Roles::BEFORE))?;
    let end = view.reader().extent(before + 1, range.end, Extent::Strict);
    let known = end > before + 1
        && matches!(
            view.reader().describe(before + 1..end).kind,
            Kind::Person | Kind::Body | Kind::Group
        );
    known.then_some(before + 1..end)
}

/// Where a content may end.
#[derive(Debug)]
pub(crate) struct End {
    stop: usize,
    reason: Boundary,
    probability: f32,
}

/// The end that will probably leave the least too much or too little: of the
/// lengths that are possible, the one that shares most with the others.
fn best<'e>(view: &View<'_>, start: usize, ends: &'e [End], lengths: &mut Vec<f32>) -> &'e End {
    let length = |e: &End| {
        let span = view.layout.cover(start..e.stop);
        (span.end.0 - span.start.0).max(1) as f32
    };
    lengths.clear();
    lengths.extend(ends.iter().map(length));
    let worth = |i: usize| -> f32 {
        let shared = |j: usize| lengths[i].min(lengths[j]) / lengths[i].max(lengths[j]);
        (0..ends.len())
            .map(|j| ends[j].probability * shared(j))
            .sum()
    };
    let mut best = (0, worth(0));
    for i in 1..ends.len() {
        let here = worth(i);
        if here > best.1 {
            best = (i, here);
        }
    }
    &ends[best.0]
}

/// What lies between the start of the content and a place.
#[derive(Default)]
struct Seen {
    words: usize,
    places: usize,
}

/// What kind of place it is.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Comma = 0,
    Dash = 1,
    Bracket = 2,
    Conjunction = 3,
    Cue = 4,
    Attribution = 5,
    Remark = 6,
}

impl Place {
    fn at(view: &View<'_>, draft: &Draft, borders: &Borders<'_>, i: usize) -> Option<Place> {
        // The place after a comma is the comma's.
        if i > draft.start + 1 && (view.is_comma(i - 1) || view.is_dash(i - 1)) {
            return None;
        }
        if over(borders.phrases, i).is_some_and(|p| p.tokens.start == i && !p.leading) {
            return Some(Place::Attribution);
        }
        if view.is_comma(i) {
            return Some(Place::Comma);
        }
        if view.is_dash(i) {
            return Some(Place::Dash);
        }
        if view.mark(i) == Mark::OpeningBracket {
            return Some(Place::Bracket);
        }
        if !view.is_word(i) {
            return None;
        }
        if i > draft.cue.start && borders.cuts.binary_search(&i).is_ok() {
            return Some(Place::Cue);
        }
        if view.info(i).conjunction {
            return Some(Place::Conjunction);
        }
        let remark = view.plays(i, Roles::REMARK)
            || view.plays(i, Roles::OPENER)
            || view.is(i, Tags::PARTICLE | Tags::ADVERB);
        remark.then_some(Place::Remark)
    }

    fn boundary(self) -> Boundary {
        match self {
            Place::Comma => Boundary::Comma,
            Place::Dash => Boundary::Dash,
            Place::Bracket => Boundary::Bracket,
            Place::Conjunction => Boundary::Conjunction,
            Place::Cue => Boundary::Cue,
            Place::Attribution => Boundary::Attribution,
            Place::Remark => Boundary::Remark,
        }
    }

    #[allow(clippy::too_many_arguments)] // one question, all that bears on it
    fn describe(
        self,
        view: &View<'_>,
        draft: &Draft,
        borders: &Borders<'_>,
        seen: &Seen,
        i: usize,
        end: usize,
        out: &mut Vec<Feature>,
    ) {
        let q = Feature::new;
        let (form, place) = (draft.form as u64, self as u64);
        // The first word of what would be left out.
        let next = (i..end).find(|&k| view.is_word(k)).unwrap_or(end);
        let word = |k: usize| if k < end { evidence::word(view, k) } else { 0 };
        let class = |k: usize| {
            if k < end {
                evidence::class(view, k)
            } else {
                99
            }
        };
        let cut = |k: usize| match borders.cuts.binary_search(&k) {
            Ok(_) if k < end => 1 + u64::from(borders.cues.participle_at(k)),
            _ => 0,
        };
        let report = (next..end.min(next + 3))
            .map(cut)
            .enumerate()
            .find(|c| c.1 > 0);
        let report = report.map_or(0, |(far, kind)| 1 + far as u64 * 2 + kind);
        let left = borders.words_in(i..end);
        let later = borders.cut_in(i..end);

        out.push(q(0, place).and(form));
        out.push(q(1, word(next)));
        out.push(q(2, word(next)).and(place).and(form));
        out.push(q(3, word(next)).and(word(next + 1)));
        out.push(q(4, class(next)).and(class(next + 1)).and(place));
        out.push(q(5, class(next)).and(place).and(form));
        out.push(q(6, report).and(place));
        out.push(q(7, report).and(form).and(class(next)));
        out.push(q(24, report));
        out.push(q(25, report).and(place).and(form));
        out.push(q(26, report).and(draft.frame as u64));
        out.push(q(8, bucket(seen.words)).and(place).and(form));
        out.push(q(9, bucket(left)).and(place).and(form));
        out.push(q(10, bucket(seen.places)).and(place));
        out.push(q(11, draft.frame as u64).and(place));
        out.push(q(12, draft.lemma.id).and(place));
        out.push(q(13, evidence::word(view, i - 1)).and(place));
        out.push(
            q(14, evidence::class(view, i - 1))
                .and(class(next))
                .and(place),
        );
        out.push(q(15, u64::from(later)).and(place).and(bucket(left)));
        out.push(
            q(16, evidence::class(view, draft.start + 1))
                .and(class(next))
                .and(place),
        );
        let that = next < end && evidence::that(view, next);
        out.push(q(17, u64::from(that)).and(place).and(form));
        out.push(q(18, word(next + 1)).and(place));
        let goes_on = first_in(&borders.breaks.clauses, next + 1..end);
        let cue_first = goes_on.is_some_and(|g| borders.cut_in(i..g));
        let goes_on = u64::from(goes_on.is_some()) + u64::from(cue_first);
        out.push(q(21, goes_on).and(place).and(form));
        out.push(q(22, goes_on).and(class(next)).and(place));
        let quotes = view.layout.quotes();
        let quote = quotes.get(quotes.partition_point(|q| (q.open as usize) < i));
        let quoted = quote.is_some_and(|q| (q.open as usize) < end);
        out.push(q(23, u64::from(quoted)).and(place).and(form));
        let stops_at_dash = first_in(&borders.breaks.dashes, i + 1..end).is_some();
        out.push(q(19, u64::from(stops_at_dash)).and(place));
        out.push(q(20, evidence::affixes(view, next, end)).and(place));
    }
}

/// Where the sentence of the content ends, counting a quotation that opens in
/// it and runs on over full stops as part of it.
fn sentence_reach(view: &View<'_>, start: usize) -> usize {
    let mut end = view.sentence_end(start);
    let mut i = start;
    while i < end {
        if let Some((_, quote)) = view.quote_opening(i)
            && let Some(close) = quote.close
        {
            let close = close as usize;
            if close >= end {
                end = view.sentence_end(close);
            }
            i = close;
        }
        i += 1;
    }
    end
}

/// Drops punctuation and stray openers from the end.
fn trim(view: &View<'_>, start: usize, mut end: usize) -> usize {
    while end > start + 1 {
        let last = end - 1;
        let drop = view.is_comma(last)
            || view.is_stop(last)
            || view.is_dash(last)
            || view.mark(last) == Mark::Colon
            || view.mark(last) == Mark::OpeningBracket
            || view.quote_opening(last).is_some()
            || view.plays(last, Roles::LONE_AND)
            || view.plays(last, Roles::OPENER);
        if !drop {
            break;
        }
        end = last;
    }
    end
}
