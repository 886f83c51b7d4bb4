//! One article from cues to statements.

use std::ops::Range;

use rawi_names::{Cast, EntityId, Tags, Words};
use rawi_syntax::Trees;
use rawi_text::proclitic::{IN, TO};
use rawi_text::{Facts, Few, Layout, SourceText, Span};
use rawi_words::lexicon;

use crate::attribution;
use crate::choice::{Choice, Judge, Scratch};
use crate::content::{self, Borders, Breaks};
use crate::cue::Cues;
use crate::draft::{Bounded, Draft, List, Pieces, Source, nest, thin};
use crate::frame;
use crate::gap;
use crate::homograph;
use crate::label;
use crate::medium;
use crate::model::SpeechModel;
use crate::owner::{Article, attribute};
use crate::quotation::{self, Quoted};
use crate::sides::{Scene, Sides};
use crate::speaker::{Speakers, Turn};
use crate::spelled::Spelled;
use crate::statement::{Act, Cue, Form, Statement, Why};
use crate::tokens::TokenSet;
use crate::verdict;
use crate::view::View;

/// Finds the statements of articles. Owns the buffers that one article after
/// another fills.
#[derive(Debug, Default)]
pub struct Worker {
    sentence_of: Vec<u32>,
    quote_of: Vec<Option<u32>>,
    spelled: Facts<Spelled>,
    cues: Cues,
    phrases: Vec<attribution::Phrase>,
    breaks: Breaks,
    drafts: Vec<Draft>,
    found: Vec<Bounded>,
    recording: bool,
    explain: bool,
    headline: bool,
    scratch: Scratch,
    choices: Vec<Choice>,
}

impl Worker {
    /// A worker with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the choices of each article from now on, for whoever trains the
    /// model. Reading becomes slower.
    pub fn record(&mut self) {
        self.recording = true;
    }

    /// Whether statements say how their speakers were chosen. Off by default.
    pub fn explain(&mut self, explain: bool) {
        self.explain = explain;
    }

    /// Says whether the texts from now on are headlines, where a name before a
    /// colon speaks.
    pub fn set_headline(&mut self, headline: bool) {
        self.headline = headline;
    }

    /// The choices of the last article, if they are [kept](Self::record).
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// Marks the words that may report, so that no name runs over a verb. Comes
    /// before [`Cast::fill`] and [`read`](Self::read).
    pub fn mark(&mut self, source: &SourceText, layout: &Layout, words: &mut Words) {
        index(layout, &mut self.sentence_of, &mut self.quote_of);
        self.spelled
            .extend_from(layout.spellings(), |spelling, word| {
                Spelled::new(lexicon(), word, words.spelled_keys(spelling))
            });
        let trees = Trees::default();
        let view = View {
            source,
            layout,
            words,
            trees: &trees,
            spelled: &self.spelled,
            sentence_of: &self.sentence_of,
            quote_of: &self.quote_of,
            headline: self.headline,
        };
        self.cues.fill(&view);
        let names = homograph::names(&view, &self.cues);
        let family = homograph::family_names(&view);
        let prepositions = homograph::prepositions(&view, &self.cues);
        let verbs = self.cues.verbs_like_names(&view);
        let reporting = self.cues.verbs(&view);
        let aside: Vec<usize> = self.cues.set_phrases(&view).collect();
        for token in names.into_iter().chain(family) {
            words.take_for_name(token);
        }
        for token in prepositions {
            words.take_for_preposition(token);
        }
        for (token, conjunction) in verbs {
            words.take_for_verb(token, conjunction);
        }
        for token in aside {
            words.mark_token(token, Tags::PARTICLE);
        }
        for token in reporting {
            let word = words.get(token);
            // `الوزير فلان قائلا`: what the model of names adds to a name may be
            // the verb behind it.
            let name = word.is(Tags::GIVEN) && (!word.is(Tags::AMBIGUOUS) || word.begins);
            if !name && !word.is(Tags::TITLE | Tags::BODY | Tags::GROUP) {
                words.mark_token(token, Tags::REPORT);
            }
        }
        for i in 0..layout.tokens().len() {
            let spelled = &self.spelled[layout.spelling(i)];
            let prefix = words.get(i).prefix();
            if spelled.document(prefix) {
                words.mark_token(i, Tags::DOCUMENT);
            }
            let word = words.get(i);
            let bare = !word.article && !word.conjunction && word.preposition.is_none();
            let unknown = word.tags == Tags::default();
            let led = || {
                let led = prefix == 0 && unknown && matches!(spelled.letter, Some(IN | TO));
                led && spelled.carries_message(IN.len_utf8())
            };
            if bare && (spelled.carries_message(prefix) || led()) {
                words.mark_token(i, Tags::MESSAGE);
            }
        }
    }

    /// Finds every reported statement of an article, in text order. The words
    /// must have been [marked](Self::mark), `cast` is who is who in them, and `trees` holds
    /// which of them governs which.
    pub fn read(
        &mut self,
        model: &SpeechModel<'_>,
        source: &SourceText,
        layout: &Layout,
        words: &Words,
        cast: &Cast,
        trees: &Trees,
    ) -> Vec<Statement> {
        let view = View {
            source,
            layout,
            words,
            trees,
            spelled: &self.spelled,
            sentence_of: &self.sentence_of,
            quote_of: &self.quote_of,
            headline: self.headline,
        };
        let mut judge = Judge {
            model: *model,
            scratch: std::mem::take(&mut self.scratch),
            explain: self.explain,
            recording: self.recording,
            record: Vec::new(),
        };
        attribution::find(&view, &self.cues, &mut self.phrases);
        self.breaks.fill(&view);
        drafts(&view, &self.cues, &self.phrases, &mut self.drafts);
        let mut found = std::mem::take(&mut self.found);
        let article = Article {
            view: &view,
            cues: &self.cues,
            phrases: &self.phrases,
            breaks: &self.breaks,
        };
        bound_all(&article, &mut self.drafts, &mut judge, &mut found);
        content::give_back(&view, &mut found);
        verdict::sift(&view, &mut found, &mut judge);
        let labeled = label::find(&view, &found);
        found.extend(labeled);
        let more = attribute(&article, &mut found, &mut judge);
        found.extend(verdict::accept(&view, more, &found, &mut judge));
        quotation::go_on(&view, &mut found_quotes(&mut found));
        found.sort_by_key(|b| (b.first(), b.draft.cue.start));
        thin(&mut found);
        let statements = finish(&view, &mut found, cast, &mut judge);
        found.clear();
        self.found = found;
        self.choices = judge.record;
        self.scratch = judge.scratch;
        statements
    }
}

fn index(layout: &Layout, sentence_of: &mut Vec<u32>, quote_of: &mut Vec<Option<u32>>) {
    sentence_of.clear();
    for (s, range) in (0..).zip(layout.sentences()) {
        sentence_of.resize(range.end as usize, s);
    }
    quote_of.clear();
    quote_of.resize(layout.tokens().len(), None);
    // Outer quotes come before inner ones, so that inner ones overwrite.
    for (q, quote) in (0..).zip(layout.quotes()) {
        let from = layout
            .tokens()
            .partition_point(|t| t.span.start < quote.content.start);
        for (i, token) in layout.tokens().iter().enumerate().skip(from) {
            if token.span.start >= quote.content.end {
                break;
            }
            quote_of[i] = Some(q);
        }
    }
}

/// What every cue may report.
fn drafts(view: &View<'_>, cues: &Cues, phrases: &[attribution::Phrase], out: &mut Vec<Draft>) {
    out.clear();
    for cue in &cues.tokens {
        // The verb of `حسب ما قال` belongs to its phrase.
        if attribution::over(phrases, cue.token).is_some() {
            continue;
        }
        frame::read(view, cues, phrases, cue, out);
        out.extend(quotation::after(view, cues, cue));
    }
    // The second half of an interrupted quotation is nobody else's message.
    let halves: List<(usize, usize)> = out
        .iter()
        .filter_map(|d| Some((d.cue.start, d.fixed.get(1)?.start)))
        .collect();
    out.retain(|d| {
        let at = halves.partition_point(|h| h.1 < d.start);
        halves
            .get(at)
            .is_none_or(|&(cue, half)| d.start != half || d.cue.start < cue || d.cue.start > half)
    });
    // `قال في تصريح للصحيفة إن`: the verb reports, not the noun.
    let verbs: TokenSet = out.iter().filter(|d| !d.noun).map(|d| d.start).collect();
    out.retain(|d| !d.noun || !verbs.contains(d.start));
}

/// Gives every proposal its content; those are left that have one.
fn bound_all(
    article: &Article<'_, '_>,
    drafts: &mut Vec<Draft>,
    judge: &mut Judge<'_>,
    out: &mut Vec<Bounded>,
) {
    let Article {
        view,
        cues,
        phrases,
        breaks,
    } = *article;
    // A participle after a comma turns to the next thing said even where its
    // own message cannot be read.
    let turns = cues
        .participles()
        .filter(|&i| i > 0 && view.is_comma(i - 1));
    let mut cuts: List<usize> = drafts
        .iter()
        .filter(|d| d.cuts)
        .map(|d| d.led.unwrap_or(d.cue.start))
        .chain(turns)
        .collect();
    cuts.sort_unstable();
    let mut reported: List<usize> = drafts
        .iter()
        .filter(|d| d.form == Form::Clause)
        .map(|d| d.start)
        .collect();
    reported.sort_unstable();
    let mut led: List<usize> = drafts.iter().filter_map(|d| d.led).collect();
    led.sort_unstable();
    let mut borders = Borders::new(breaks, cues, &cuts, &reported, phrases);
    borders.led = &led;
    for mut draft in drafts.drain(..) {
        let content = if draft.fixed.is_empty() {
            let (range, reason) = content::bound(view, &draft, &borders, judge);
            draft.boundary = reason;
            Pieces::from_iter([range])
        } else {
            draft.fixed.clone()
        };
        if content.iter().all(|r| !r.is_empty()) && tells(view, &content) {
            out.push(Bounded::new(draft, content));
        }
    }
}

/// Whether there is more in a content than `أن` and dots.
fn tells(view: &View<'_>, content: &[Range<usize>]) -> bool {
    let mut tokens = content.iter().flat_map(Clone::clone);
    tokens.any(|i| view.is_word(i) && view.complementizer(i).is_none())
}

/// The statements that stand in quotation marks, for [`quotation::go_on`].
fn found_quotes(found: &mut [Bounded]) -> List<Quoted<'_>> {
    found
        .iter_mut()
        .filter(|b| b.draft.form == Form::Quote && !b.draft.fixed.is_empty())
        .map(|b| Quoted {
            cue: b.draft.cue.start,
            content: &mut b.content,
        })
        .collect()
}

fn finish(
    view: &View<'_>,
    found: &mut [Bounded],
    cast: &Cast,
    judge: &mut Judge<'_>,
) -> Vec<Statement> {
    let within = nest(found);
    let mut speakers = Speakers::new(cast);
    let mut said: List<Option<EntityId>> = found.iter().map(|_| None).collect();
    // Speakers are followed in the order of the cues, not of the content.
    let mut order: List<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].draft.cue.start);
    let mut resolved: Vec<Option<Statement>> = (0..found.len()).map(|_| None).collect();
    for (n, &i) in order.iter().enumerate() {
        let b = &found[i];
        let sentence = view.sentence_of[b.draft.cue.start];
        let before = n.checked_sub(1).map(|p| order[p]);
        let beside = before.filter(|&p| {
            view.sentence_of[found[p].draft.cue.start] == sentence && within[p] == within[i]
        });
        let same = beside.and_then(|p| said[p]);
        let question = before.filter(|&p| {
            found[p].draft.act == Act::Ask
                && view.sentence_of[found[p].draft.cue.start] + 1 >= sentence
        });
        let turn = Turn {
            same,
            told: beside.and_then(|p| {
                let content = &found[p].content;
                Some((content.first()?.start, content.last()?.end))
            }),
            before: before.and_then(|p| said[p]),
            outer: within[i].and_then(|o| said[o]),
            nested: within[i].is_some(),
            own_words: within[i].is_some_and(|o| {
                let outer = &found[o].draft;
                let quote = view.quote_of[b.draft.cue.start];
                let closed = |q: u32| view.layout.quotes()[q as usize].close.is_some();
                outer.form == Form::Quote && !outer.fixed.is_empty() && quote.is_some_and(closed)
            }),
            asker: question.and_then(|p| said[p]),
            hearer: question
                .and_then(|p| resolved[p].as_ref())
                .and_then(|s| s.addressee.first().copied()),
        };
        let scene = Scene::of(view, cast, &turn, b);
        let Sides {
            source,
            hearers: mut addressee,
        } = scene.choose(b, judge);
        if let Some(source) = source {
            found[i].draft.source = source;
        }
        let b = &found[i];
        let result = speakers.resolve(view, b, &turn, judge);
        said[i] = result.speaker.map(|s| s.entity);
        let via: Few<EntityId> = b
            .draft
            .via
            .iter()
            .filter_map(|r| speakers.other(view, r))
            .collect();
        addressee.retain(|id| Some(*id) != said[i]);
        if addressee.is_empty() {
            let last = before.and_then(|p| resolved[p].as_ref());
            let last = last.map_or(&[][..], |s| &s.addressee);
            addressee.extend(speakers.meant(view, &b.draft, said[i], last));
        }
        resolved[i] = Some(Statement {
            form: b.draft.form,
            act: b.draft.act,
            content: content_spans(view, b),
            // A label has no cue.
            cue: (!b.draft.cue.is_empty()).then(|| Cue {
                span: cue_span(view, &b.draft.cue),
                lemma: b.draft.lemma.text,
            }),
            source: source_span(view, &b.draft),
            speaker: result.speaker,
            addressee,
            channel: medium::of(view, b, result.issued, scene.parties(), judge),
            via,
            within: within[i],
            confidence: judge.model.confidence(b.probability * result.trust),
            why: Why {
                frame: b.draft.frame,
                boundary: b.draft.boundary,
                speaker: result.why,
            },
        });
    }
    confident(resolved.into_iter().flatten().collect())
}

/// Less confident statements are wrong five times in six.
const LEAST: f32 = 0.15;

/// Drops statements that are probably wrong, with their speaker. What stood in
/// one of them stands in whatever that stood in.
fn confident(statements: Vec<Statement>) -> Vec<Statement> {
    if statements.iter().all(|s| s.confidence >= LEAST) {
        return statements;
    }
    let kept: Vec<bool> = statements.iter().map(|s| s.confidence >= LEAST).collect();
    // How many are kept before each.
    let places: Vec<usize> = kept
        .iter()
        .scan(0, |count, &k| {
            let before = *count;
            *count += usize::from(k);
            Some(before)
        })
        .collect();
    let outward = |mut within: Option<usize>| {
        // A chain is never longer than there are statements.
        for _ in 0..statements.len() {
            match within {
                Some(o) if !kept[o] => within = statements[o].within,
                _ => break,
            }
        }
        within.map(|i| places[i])
    };
    let within: Vec<Option<usize>> = statements.iter().map(|s| outward(s.within)).collect();
    let mut out = Vec::with_capacity(statements.len());
    for ((statement, within), kept) in statements.into_iter().zip(within).zip(&kept) {
        if *kept {
            out.push(Statement {
                within,
                ..statement
            });
        }
    }
    out
}

/// The characters of a cue; of `و أضاف` the verb alone.
fn cue_span(view: &View<'_>, cue: &Range<usize>) -> Span {
    let mut span = view.layout.cover(cue.clone());
    if let Some(space) = view.raw(cue.start).rfind(' ') {
        span.start.0 += space as u32 + 1;
    }
    span
}

/// The characters of each piece of content.
pub(crate) fn content_spans(view: &View<'_>, bounded: &Bounded) -> Few<Span> {
    let pieces = bounded.content.iter();
    pieces
        .map(|r| content_span(view, &bounded.draft, r))
        .collect()
}

/// The characters of a piece of content. A preposition that is attached to a
/// noun phrase stays with it, marks around a whole quotation do not.
fn content_span(view: &View<'_>, draft: &Draft, range: &Range<usize>) -> Span {
    let whole = view.layout.cover(range.clone());
    if draft.form != Form::Quote {
        return whole;
    }
    let opening = range
        .start
        .checked_sub(1)
        .and_then(|i| view.quote_opening(i));
    let quote = opening.filter(|(_, q)| view.quote_end(q) == range.end);
    quote.map_or(whole, |(_, q)| q.content)
}

fn source_span(view: &View<'_>, draft: &Draft) -> Option<Span> {
    match &draft.source {
        Source::Phrase(range) => Some(gap::span(view, range)),
        _ => None,
    }
}
