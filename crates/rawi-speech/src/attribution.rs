//! Attribution without a reporting clause: `بحسب فلان`, `وفق ما ذكره فلان`,
//! `نقلا عن وكالة كذا`, `على حد قوله`.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_morph::conjugation::Aspect;
use rawi_names::phrase::{Extent, Kind};
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::AND;
use rawi_words::reporting::{Attribution, Frames, Lemma, Link, Parts};
use rawi_words::{Facet, LexId, lexicon};

use crate::behind;
use crate::cue::Cues;
use crate::draft::{Draft, Pieces, Source};
use crate::remark;
use crate::spelled::Mark;
use crate::statement::{Act, Form};
use crate::templates::{Boundary, FrameKind};
use crate::view::View;

/// Fewer words than this before an attribution are no statement; a verb counts
/// for two.
const SHORTEST: usize = 4;

/// The same in a headline.
const SHORTEST_HEADLINE: usize = 2;

/// An attribution phrase in the text.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// From its first word to the end of its source.
    pub(crate) tokens: Range<usize>,
    /// The words that report: the phrase itself, or the verb after `ما`.
    pub(crate) cue: Range<usize>,
    pub(crate) lemma: Lemma,
    pub(crate) source: Option<Range<usize>>,
    /// Outlets between the article and the source, outermost first.
    pub(crate) via: Pieces,
    pub(crate) quoting: bool,
    /// Whether it stands at the head of its sentence.
    pub(crate) leading: bool,
    /// Whether its source is an outlet.
    pub(crate) outlet: bool,
    /// Whether it attributes nothing and only remarks on the source: `طلب عدم
    /// ذكر اسمه`.
    pub(crate) remark: bool,
}

/// The first remark on a source that begins in a range of tokens.
pub(crate) fn remark(phrases: &[Phrase], range: Range<usize>) -> Option<&Phrase> {
    let from = phrases.partition_point(|p| p.tokens.start < range.start);
    phrases[from..]
        .iter()
        .take_while(|p| p.tokens.start < range.end)
        .find(|p| p.remark)
}

/// All attribution phrases of an article.
pub(crate) fn find(view: &View<'_>, cues: &Cues, out: &mut Vec<Phrase>) {
    out.clear();
    let mut i = 0;
    while i < view.len() {
        let phrase = unnamed(view, i)
            .or_else(|| read(view, cues, i))
            .or_else(|| behind::read(view, cues, i));
        match phrase {
            Some(phrase) => {
                i = phrase.tokens.end.max(i + 1);
                out.push(phrase);
            }
            None => i += 1,
        }
    }
}

fn unnamed(view: &View<'_>, i: usize) -> Option<Phrase> {
    let tokens = remark::unnamed(view, i)?;
    Some(Phrase {
        cue: tokens.start..tokens.start + 1,
        tokens,
        lemma: Lemma::NONE,
        source: None,
        via: Pieces::new(),
        quoting: false,
        leading: false,
        outlet: false,
        remark: true,
    })
}

/// The phrase that begins at a token or stands over it; they are in text order.
pub(crate) fn over(phrases: &[Phrase], token: usize) -> Option<&Phrase> {
    let at = phrases.partition_point(|p| p.tokens.end <= token);
    phrases.get(at).filter(|p| p.tokens.start <= token)
}

/// The attribution phrase that begins at token `i`, its length in words, and whether
/// a conjunction stands in front.
fn opens(view: &View<'_>, i: usize) -> Option<(&'static Attribution, usize, bool)> {
    let word = view.spelled(i);
    if word.parts.has(Parts::OPENS_ATTRIBUTION)
        && let Some((entry, words)) = phrase(view, i, view.key(i))
    {
        return Some((entry, words, false));
    }
    // `وفي رأي فلان` opens a sentence with a cue of its own.
    let and = word.letter == Some(AND)
        && view.rest_parts(i).has(Parts::OPENS_ATTRIBUTION)
        && lexicon().frame_link(view.rest_key(i)) != Some(Link::FI);
    let (entry, words) = and.then(|| phrase(view, i, view.rest_key(i))).flatten()?;
    Some((entry, words, true))
}

/// The longest attribution phrase at token `i` whose first word is `first`.
fn phrase(view: &View<'_>, i: usize, first: LexId) -> Option<(&'static Attribution, usize)> {
    let (key, words) = view.longest(first, i, view.len(), Facet::Attribution)?;
    Some((lexicon().attribution(key)?, words))
}

fn read(view: &View<'_>, cues: &Cues, i: usize) -> Option<Phrase> {
    let (entry, words, and) = opens(view, i)?;
    if !view.is_word(i) || view.layout.furniture_at(i).is_some() {
        return None;
    }
    let end = view.sentence_end(i);
    let after = i + words;
    // `، ووفق المصدر، …` leads a clause of its own.
    let leading = starts_sentence(view, i) || view.is_comma(i - 1) && and;
    let phrase = |found: Cue| Phrase {
        outlet: found.source.as_ref().is_some_and(|s| is_outlet(view, s)),
        tokens: i..found.end,
        cue: found.tokens,
        lemma: found.lemma,
        source: found.source,
        via: found.via,
        quoting: entry.quoting,
        leading,
        remark: false,
    };
    let plain = |source: Option<Range<usize>>, via: Pieces, end: usize| {
        phrase(Cue {
            tokens: i..after,
            lemma: entry.lemma,
            source,
            via,
            end,
        })
    };
    if entry.pronoun && view.spelled(after - 1).pronoun.is_some() && words > 2 {
        return Some(plain(None, Pieces::new(), after));
    }
    if after >= end {
        return None;
    }
    if entry.verb {
        return clause(view, cues, after, end).map(phrase);
    }
    if entry.clause && view.plays(after, Roles::WHAT) {
        return clause(view, cues, after + 1, end).map(phrase);
    }
    let (via, source) = chain(view, after, end, entry.quoting)?;
    let read = view.reader().describe(source.clone());
    let document = view.is_document(read.head);
    let stop = source.end;
    (read.kind != Kind::Other || document || entry.pronoun).then(|| plain(Some(source), via, stop))
}

/// The source at `start` and, where it is an outlet that quotes, whoever it
/// quotes: `وكالة كذا عن مسؤول`, `صحيفة كذا نقلا عن وكالة كذا`. The last one is
/// the source, the others handed on. `quoting` says that a bare `عن` leads on.
pub(crate) fn chain(
    view: &View<'_>,
    start: usize,
    end: usize,
    quoting: bool,
) -> Option<(Pieces, Range<usize>)> {
    let mut via = Pieces::new();
    let mut from = start;
    let mut quoting = quoting;
    loop {
        let stop = view.reader().extent(from, end, Extent::Loose);
        if stop == from {
            break;
        }
        // An outlet ends where it quotes.
        let next = (from + 1..end.min(stop + 3))
            .filter(|&k| k <= stop || (stop..k).all(|c| view.is_comma(c)))
            .find_map(|k| Some((k, quotes(view, k, quoting)?)))
            .filter(|&(k, _)| is_outlet(view, &(from..k.min(stop))));
        let Some((k, after)) = next else {
            return Some((via, from..stop));
        };
        let outlet = from..k.min(stop);
        if after >= end || view.reader().extent(after, end, Extent::Loose) == after {
            return Some((via, outlet));
        }
        via.push(outlet);
        from = after;
        quoting = true;
    }
    via.pop().map(|last| (via, last))
}

/// If token `k` leads from an outlet to whom it quotes (`نقلا عن`, or `عن` alone),
/// the token after it.
fn quotes(view: &View<'_>, k: usize, alone: bool) -> Option<usize> {
    if alone && view.preposition(k) == Some(Link::AN) {
        return Some(k + 1);
    }
    let (entry, words) = phrase(view, k, view.key(k))?;
    entry.quoting.then_some(k + words)
}

/// What reports in an attribution: the phrase itself, or the verb after `ما`.
struct Cue {
    tokens: Range<usize>,
    lemma: Lemma,
    source: Option<Range<usize>>,
    via: Pieces,
    end: usize,
}

/// `ما ذكره فلان`, `ما جاء في بيان`: the verb and its subject.
fn clause(view: &View<'_>, cues: &Cues, verb: usize, end: usize) -> Option<Cue> {
    let verb = if verb < end && view.plays(verb, Roles::ALREADY) {
        verb + 1
    } else {
        verb
    };
    if verb >= end {
        return None;
    }
    let reading = cues.at(verb).and_then(|cue| {
        cues.readings(cue)
            .iter()
            .find(|r| r.form.aspect != Aspect::Masdar)
    })?;
    let mut from = verb + 1;
    while from < end
        && (view.preposition(from).is_some()
            || view.plays(from, Roles::MOUTH)
            || view.is(from, Tags::TIME | Tags::ADVERB))
    {
        from += 1;
    }
    let lemma = reading.verb.lemma;
    let (via, source) = chain(view, from, end, reading.verb.frames.hands_on).unzip();
    Some(Cue {
        tokens: verb..verb + 1,
        lemma,
        end: source.as_ref().map_or(from, |s| s.end),
        source,
        via: via.unwrap_or_default(),
    })
}

/// Whether a phrase names an outlet, by name or as `صحيفة`, `قناة` …
pub(crate) fn is_outlet(view: &View<'_>, range: &Range<usize>) -> bool {
    let phrase = view.reader().describe(range.clone());
    phrase.kind == Kind::Outlet || phrase.kind == Kind::Body && view.is(phrase.head, Tags::GENERIC)
}

fn starts_sentence(view: &View<'_>, i: usize) -> bool {
    (view.sentence_start(i)..i).all(|k| !view.is_word(k) || view.is(k, Tags::PARTICLE))
}

/// The draft of a statement that only a phrase attributes. `taken` says whether
/// a stretch already stands under another cue, `resumes` where the clause goes on
/// behind the phrase.
pub(crate) fn draft(
    view: &View<'_>,
    phrase: &Phrase,
    resumes: Option<usize>,
    taken: impl Fn(usize) -> bool,
) -> Option<Draft> {
    let end = view.sentence_end(phrase.tokens.start);
    let (start, fixed) = if phrase.leading {
        let mut start = phrase.tokens.end;
        while start < end && !view.is_comma(start) && !view.plays(start, Roles::MAIN) {
            start += 1;
        }
        if start < end && view.is_comma(start) {
            start += 1;
        }
        if start >= end {
            return None;
        }
        (start, Pieces::new())
    } else {
        let start = content_start(view, phrase.tokens.start);
        let mut stop = phrase.tokens.start;
        while stop > start
            && !view.is_word(stop - 1)
            && view.quote_closing(stop - 1).is_none()
            && view.mark(stop - 1) != Mark::ClosingBracket
        {
            stop -= 1;
        }
        (start, Pieces::from_iter([start..stop]))
    };
    let words = fixed.first().cloned().unwrap_or(start..end);
    // A clause that goes on behind the phrase may have little before it.
    let more = resumes.map_or(end..end, |next| next..end);
    let verb = words.clone().any(|k| view.info(k).pos == Pos::Verb);
    let count = words.chain(more).filter(|&k| view.is_word(k)).count();
    let shortest = if view.headline {
        SHORTEST_HEADLINE
    } else {
        SHORTEST
    };
    if count + usize::from(verb) < shortest || taken(start) || resumes.is_some_and(&taken) {
        return None;
    }
    // All of it in marks: the source's own words.
    let quoted = fixed.first().and_then(|f| {
        let (_, quote) = view.quote_opening(f.start)?;
        (resumes.is_none() && quote.close? as usize + 1 == f.end).then(|| f.start + 1..f.end - 1)
    });
    let source = match &phrase.source {
        Some(range) => Source::Phrase(range.clone()),
        None => Source::Pronoun(rawi_morph::Agreement::OPEN),
    };
    let form = match quoted {
        Some(_) => Form::Quote,
        None => Form::Clause,
    };
    let cue = phrase.cue.clone();
    Some(Draft {
        fixed: quoted.map_or(fixed, |q| Pieces::from_iter([q])),
        via: phrase.via.clone(),
        frames: Frames {
            document: true,
            ..Frames::default()
        },
        boundary: Boundary::Attribution,
        ..Draft::new(
            FrameKind::Attribution,
            form,
            Act::Assert,
            cue,
            phrase.lemma,
            start,
            source,
        )
    })
}

/// Where the clause before an attribution begins: at its sentence, a dateline
/// left out.
pub(crate) fn content_start(view: &View<'_>, i: usize) -> usize {
    let mut start = view.sentence_start(i);
    if let Some(dateline) = view.layout.furniture_at(start)
        && (dateline.tokens.end as usize) < i
    {
        start = dateline.tokens.end as usize;
    }
    let dash = (start..i.min(start + 14)).find(|&k| {
        view.mark(k) == Mark::LongDash
            || view.is_dash(k) && k > start && view.mark(k - 1) == Mark::ClosingBracket
    });
    let mut start = dash.map_or(start, |k| k + 1);
    while start < i
        && !view.is_word(start)
        && view.quote_opening(start).is_none()
        && view.layout.tokens()[start].kind != rawi_text::TokenKind::Number
    {
        start += 1;
    }
    start
}
