//! One article from cues to statements.

use std::ops::Range;

use rawi_names::{Cast, EntityId, Tags, Words};
use rawi_text::{Layout, SourceText, Span};

use crate::attribution;
use crate::content;
use crate::cue::Cues;
use crate::draft::{Draft, Source};
use crate::frame;
use crate::gap;
use crate::lexicon;
use crate::quotation;
use crate::speaker::Speakers;
use crate::statement::{Channel, ChannelKind, Cue, Form, Statement, Why};
use crate::view::View;

/// Finds the statements of articles. Owns the buffers that one article after
/// another fills.
#[derive(Debug, Default)]
pub struct Worker {
    sentence_of: Vec<u32>,
    quote_of: Vec<Option<u32>>,
    cues: Cues,
    phrases: Vec<attribution::Phrase>,
}

/// A draft whose content is known.
struct Bounded {
    draft: Draft,
    content: Vec<Range<usize>>,
}

impl Bounded {
    fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }

    fn first(&self) -> usize {
        self.content[0].start.min(self.draft.cue.start)
    }
}

impl Worker {
    /// A worker with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks the words that may report, so that no name runs over a verb. Comes
    /// before [`Cast::survey`] and [`read`](Self::read).
    pub fn mark(&mut self, source: &SourceText, layout: &Layout, words: &mut Words) {
        index(layout, &mut self.sentence_of, &mut self.quote_of);
        let view = View {
            source,
            layout,
            words,
            sentence_of: &self.sentence_of,
            quote_of: &self.quote_of,
        };
        self.cues.fill(&view);
        for token in self.cues.verbs(&view) {
            let span = layout.tokens()[token].span;
            let word = words.get(token);
            if !word.is(Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::GROUP) {
                words.mark(layout, span, Tags::REPORT);
            }
        }
        for (i, token) in layout.tokens().iter().enumerate() {
            if lexicon::document(words.stem(layout, i)) {
                words.mark(layout, token.span, Tags::DOCUMENT);
            }
            let word = words.get(i);
            let bare = !word.article && !word.conjunction && word.preposition.is_none();
            let stem = words.stem(layout, i);
            let unknown = word.tags == Tags::default();
            let led = unknown
                && stem
                    .strip_prefix(['ل', 'ب'])
                    .is_some_and(lexicon::carries_message);
            if bare && (led || lexicon::carries_message(stem)) {
                words.mark(layout, token.span, Tags::MESSAGE);
            }
        }
    }

    /// Finds every reported statement of an article, in text order. The words
    /// must have been [marked](Self::mark) and `cast` must have surveyed them; it
    /// learns the sources on the way.
    pub fn read(
        &mut self,
        source: &SourceText,
        layout: &Layout,
        words: &Words,
        cast: &mut Cast,
    ) -> Vec<Statement> {
        let view = View {
            source,
            layout,
            words,
            sentence_of: &self.sentence_of,
            quote_of: &self.quote_of,
        };
        attribution::find(&view, &self.cues, &mut self.phrases);
        let drafts = drafts(&view, &self.cues, &self.phrases);
        let mut found = bound_all(&view, &self.cues, drafts, &self.phrases);
        attribute(&view, &self.phrases, &mut found);
        quotation::go_on(&view, &mut found_quotes(&mut found));
        found.sort_by_key(|b| (b.first(), b.draft.cue.start));
        drop_doubtful(&mut found);
        finish(&view, found, cast)
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

/// The drafts of all cues, the one with the earlier cue where two begin their
/// content at one place.
fn drafts(view: &View<'_>, cues: &Cues, phrases: &[attribution::Phrase]) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for cue in &cues.tokens {
        // The verb of `حسب ما قال` belongs to its phrase.
        if phrases.iter().any(|p| p.tokens.contains(&cue.token)) {
            continue;
        }
        let draft = frame::read(view, cues, cue).or_else(|| quotation::after(view, cues, cue));
        let Some(draft) = draft else { continue };
        if !out.iter().rev().take(4).any(|d| d.start == draft.start) {
            out.push(draft);
        }
    }
    // One quotation has one cue: of two that claim it, the one in front of it.
    let mut kept: Vec<Draft> = Vec::with_capacity(out.len());
    for draft in out {
        let same = |d: &Draft| {
            d.fixed
                .iter()
                .any(|a| draft.fixed.iter().any(|b| a.start == b.start))
        };
        if !kept.iter().any(same) {
            kept.push(draft);
        }
    }
    kept
}

fn bound_all(
    view: &View<'_>,
    cues: &Cues,
    drafts: Vec<Draft>,
    phrases: &[attribution::Phrase],
) -> Vec<Bounded> {
    // A participle after a comma turns to the next thing said even where its
    // own message cannot be read.
    let turns = cues
        .participles()
        .filter(|&i| i > 0 && view.is_comma(i - 1));
    let mut cuts: Vec<usize> = drafts
        .iter()
        .filter(|d| d.cuts)
        .map(|d| d.cue.start)
        .chain(turns)
        .collect();
    cuts.sort_unstable();
    let mut out: Vec<Bounded> = Vec::with_capacity(drafts.len());
    for mut draft in drafts {
        let content = if draft.fixed.is_empty() {
            let (range, reason) = content::bound(view, &draft, &cuts, phrases);
            draft.boundary = reason;
            vec![range]
        } else {
            if draft.boundary.is_empty() {
                draft.boundary = "closing quotation mark";
            }
            draft.fixed.clone()
        };
        if content.iter().all(|r| !r.is_empty()) {
            out.push(Bounded { draft, content });
        }
    }
    out
}

/// Lets attribution phrases speak: those after a statement of the same sentence
/// hand it on, the others make statements of their own.
fn attribute(view: &View<'_>, phrases: &[attribution::Phrase], found: &mut Vec<Bounded>) {
    for phrase in phrases {
        let at = phrase.tokens.start;
        let sentence = view.sentence_of[at];
        let owner = found.iter_mut().rfind(|b| {
            b.draft.cue.start < at
                && b.content.last().is_some_and(|c| {
                    c.end <= at
                        && view.sentence_of[c.end - 1] == sentence
                        && (c.end..at).all(|k| !view.is_word(k) || view.word(k) == "وذلك")
                })
        });
        if let Some(owner) = owner {
            if let (true, Some(source)) = (phrase.outlet || phrase.quoting, &phrase.source) {
                owner.draft.via.push(source.clone());
            }
            continue;
        }
        let between = found
            .iter_mut()
            .find(|b| b.draft.cue.end <= at && phrase.tokens.end <= b.draft.start);
        if let (Some(b), Some(source)) = (between, &phrase.source) {
            // `ذكرت قناة كذا، نقلا عن وكالة كذا، أن …`
            b.draft.via.push(source.clone());
            continue;
        }
        if phrase.source.is_none() {
            continue;
        }
        let taken = |k: usize| found.iter().any(|b| b.holds(k) || b.draft.cue.contains(&k));
        if let Some(draft) = attribution::draft(view, phrase, taken) {
            let content = if draft.fixed.is_empty() {
                vec![content::bound(view, &draft, &[], phrases).0]
            } else {
                draft.fixed.clone()
            };
            if content.iter().all(|r| !r.is_empty()) {
                found.push(Bounded { draft, content });
            }
        }
    }
}

/// The statements that stand in quotation marks, for [`quotation::go_on`].
fn found_quotes(found: &mut [Bounded]) -> Vec<&mut Vec<Range<usize>>> {
    found
        .iter_mut()
        .filter(|b| b.draft.form == Form::Quote && !b.draft.fixed.is_empty())
        .map(|b| &mut b.content)
        .collect()
}

/// Index of the innermost statement in whose content the cue of `i` stands.
fn outer(found: &[Bounded], i: usize) -> Option<usize> {
    let cue = &found[i].draft.cue;
    let size = |b: &Bounded| b.content.iter().map(|r| r.len()).sum::<usize>();
    (0..found.len())
        .filter(|&k| k != i && found[k].holds(cue.start) && found[k].draft.cue.start != cue.start)
        .min_by_key(|&k| size(&found[k]))
}

/// Inside reported speech, noun phrases and present-tense verbs mostly tell what
/// the speaker says is so, not that somebody else said it.
fn drop_doubtful(found: &mut Vec<Bounded>) {
    let keep: Vec<bool> = (0..found.len())
        .map(|i| outer(found, i).is_none() || found[i].draft.form != Form::Nominal)
        .collect();
    let mut kept = keep.iter();
    found.retain(|_| kept.next().copied().unwrap_or(true));
}

fn finish(view: &View<'_>, found: Vec<Bounded>, cast: &mut Cast) -> Vec<Statement> {
    let within: Vec<Option<usize>> = (0..found.len()).map(|i| outer(&found, i)).collect();
    let mut speakers = Speakers::new(cast);
    let mut said: Vec<Option<EntityId>> = Vec::with_capacity(found.len());
    let mut out = Vec::with_capacity(found.len());
    // Speakers are followed in the order of the cues, not of the content.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].draft.cue.start);
    said.resize(found.len(), None);
    let mut resolved: Vec<Option<Statement>> = (0..found.len()).map(|_| None).collect();
    for (n, &i) in order.iter().enumerate() {
        let b = &found[i];
        let sentence = view.sentence_of[b.draft.cue.start];
        let same = n
            .checked_sub(1)
            .map(|p| order[p])
            .filter(|&p| {
                view.sentence_of[found[p].draft.cue.start] == sentence && within[p] == within[i]
            })
            .and_then(|p| said[p]);
        let result = speakers.resolve(view, &b.draft, same, within[i].is_some());
        said[i] = result.speaker.map(|s| s.entity);
        let via: Vec<EntityId> = b
            .draft
            .via
            .iter()
            .map(|r| speakers.other(view, r))
            .collect();
        let addressee = b
            .draft
            .addressees
            .iter()
            .map(|r| speakers.other(view, r))
            .collect();
        resolved[i] = Some(Statement {
            form: b.draft.form,
            act: b.draft.act,
            content: b
                .content
                .iter()
                .map(|r| content_span(view, &b.draft, r))
                .collect(),
            cue: Some(Cue {
                span: view.layout.cover(b.draft.cue.clone()),
                lemma: b.draft.lemma,
            }),
            source: source_span(view, &b.draft),
            speaker: result.speaker,
            addressee,
            channel: channel(view, &b.draft),
            via,
            within: within[i],
            confidence: b.draft.confidence * result.trust,
            why: Why {
                frame: b.draft.frame,
                boundary: b.draft.boundary,
                speaker: result.why,
            },
        });
    }
    out.extend(resolved.into_iter().flatten());
    out
}

/// The characters of a piece of content. A preposition that is attached to a
/// noun phrase stays with it, marks around a whole quotation do not.
fn content_span(view: &View<'_>, draft: &Draft, range: &Range<usize>) -> Span {
    let whole = view.layout.cover(range.clone());
    if draft.form != Form::Quote {
        return whole;
    }
    let quote = view
        .layout
        .quotes()
        .iter()
        .find(|q| q.open as usize + 1 == range.start && view.quote_end(q) == range.end);
    quote.map_or(whole, |q| q.content)
}

fn source_span(view: &View<'_>, draft: &Draft) -> Option<Span> {
    match &draft.source {
        Source::Phrase(range) => Some(gap::span(view, range)),
        _ => None,
    }
}

fn channel(view: &View<'_>, draft: &Draft) -> Option<Channel> {
    let own = draft.channel.as_ref().map(|c| c.channel(view));
    own.or_else(|| {
        // A document that speaks is the channel of its issuer.
        let source = draft.source.phrase()?;
        crate::channel::noun_at(view, source.start, source.end).map(|c| c.channel(view))
    })
    .or_else(|| {
        let via = draft.via.last()?;
        Some(Channel {
            span: gap::span(view, via),
            kind: ChannelKind::Report,
            platform: None,
        })
    })
}
