//! A statement in the making: token ranges that later steps complete.

use std::ops::Range;

use rawi_morph::Agreement;
use rawi_morph::conjugation::Aspect;
use rawi_text::Few;
use rawi_words::reporting::{Frames, Lemma};

use crate::channel::ChannelAt;
use crate::statement::{Act, Form};
use crate::templates::{Boundary, FrameKind};

/// Stretches of tokens, most often one.
pub(crate) type Pieces = Few<Range<usize>>;

/// What a rule found; content is still open at its end.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) form: Form,
    pub(crate) act: Act,
    /// The cue's tokens.
    pub(crate) cue: Range<usize>,
    pub(crate) lemma: Lemma,
    /// Where the content begins.
    pub(crate) start: usize,
    /// Content that the rule knows whole, in tokens; else it is to be bounded.
    pub(crate) fixed: Pieces,
    pub(crate) source: Source,
    pub(crate) addressees: Pieces,
    pub(crate) channel: Option<ChannelAt>,
    /// Agencies and outlets that handed it on.
    pub(crate) via: Pieces,
    pub(crate) frame: FrameKind,
    /// The form of the cue; none for an attribution phrase.
    pub(crate) aspect: Option<Aspect>,
    /// What the form of the cue tells of its subject.
    pub(crate) agreement: Agreement,
    /// What the verb takes; nothing for what is no verb.
    pub(crate) frames: Frames,
    /// Whether the cue is a noun: `تصريح`, `إعلان`.
    pub(crate) noun: bool,
    /// Whether the words of the message say that it is one.
    pub(crate) telling: bool,
    /// Whether words stand between cue and message that are neither subject nor
    /// adjunct.
    pub(crate) odd: bool,
    /// Whether the cue opens a clause of its own, so that it ends what another
    /// cue reports.
    pub(crate) cuts: bool,
    /// Where that clause begins, if a verb that helps or `قبل أن` stands before
    /// the cue.
    pub(crate) led: Option<usize>,
    /// Whether the grammar alone shows that something was said.
    pub(crate) shown: bool,
    /// What a pronoun on the cue tells of the one spoken to: `أبلغه`.
    pub(crate) hearer: Option<Agreement>,
    /// What ends the content, once that is known.
    pub(crate) boundary: Boundary,
}

impl Draft {
    /// A proposal with what every one must say, and nothing that only a verb and its
    /// gap tell.
    pub(crate) fn new(
        frame: FrameKind,
        form: Form,
        act: Act,
        cue: Range<usize>,
        lemma: Lemma,
        start: usize,
        source: Source,
    ) -> Self {
        Self {
            form,
            act,
            cue,
            lemma,
            start,
            fixed: Pieces::new(),
            source,
            addressees: Pieces::new(),
            channel: None,
            via: Pieces::new(),
            frame,
            aspect: None,
            agreement: Agreement::OPEN,
            frames: Frames::default(),
            noun: false,
            telling: true,
            odd: false,
            cuts: false,
            led: None,
            shown: false,
            hearer: None,
            boundary: Boundary::ClosingMark,
        }
    }
}

/// Where the speaker is to be looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// A noun phrase.
    Phrase(Range<usize>),
    /// The subject that the verb or participle hides.
    Hidden(Agreement),
    /// A hidden subject that the grammar binds to a noun phrase.
    Bound(Range<usize>, Agreement),
    /// A pronoun: `قوله`.
    Pronoun(Agreement),
    /// Whoever made the statement before.
    Before,
    /// Whoever is interviewed.
    Guest,
    /// Somebody whom the text doesn't name.
    Nobody,
}

impl Source {
    pub(crate) fn phrase(&self) -> Option<&Range<usize>> {
        match self {
            Source::Phrase(range) => Some(range),
            _ => None,
        }
    }
}

/// A draft whose content is known.
#[derive(Clone, Debug)]
pub(crate) struct Bounded {
    pub(crate) draft: Draft,
    /// What was said, in tokens.
    pub(crate) content: Pieces,
    /// How probable it is that somebody said that.
    pub(crate) probability: f32,
}

impl Bounded {
    /// The tokens of its content and its cue.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = usize> {
        let content = self.content.iter().flat_map(Clone::clone);
        content.chain(self.draft.cue.clone())
    }

    pub(crate) fn new(draft: Draft, content: Pieces) -> Self {
        Bounded {
            draft,
            content,
            probability: 1.0,
        }
    }

    pub(crate) fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }

    pub(crate) fn first(&self) -> usize {
        self.content[0].start.min(self.draft.cue.start)
    }

    /// The size of the content in tokens.
    pub(crate) fn len(&self) -> usize {
        self.content.iter().map(ExactSizeIterator::len).sum()
    }
}

/// A list by statement or by cue: most articles have no more of them.
pub(crate) type List<T> = Few<T, 24>;

/// How many places away in the list a statement may be that another stands in.
const NEAR: usize = 400;

/// No word stands in the contents of more statements than this: nobody follows who
/// said that who said what any further, and news goes down to three.
const DEEPEST: usize = 6;

/// Leaves out the statements that begin where [`DEEPEST`] others go on.
pub(crate) fn thin(found: &mut Vec<Bounded>) {
    let mut order: List<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].content[0].start);
    let mut keep: List<bool> = found.iter().map(|_| true).collect();
    // Where the statements end that go on at the place that is looked at.
    let mut open: Few<usize, DEEPEST> = Few::new();
    for i in order {
        let content = &found[i].content[0];
        open.retain(|end| *end > content.start);
        keep[i] = open.len() < DEEPEST;
        if keep[i] {
            open.push(content.end);
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next() == Some(true));
}

/// For each statement the innermost one that it stands in. What is told inside a
/// statement ends with it at the latest: what runs on is cut off.
pub(crate) fn nest(found: &mut [Bounded]) -> List<Option<usize>> {
    let mut within: List<Option<usize>> = (0..found.len()).map(|i| outer(found, i)).collect();
    // The longest first, so that each finds its outer one in its final extent.
    let mut order: List<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(found[i].len()));
    for i in order {
        let Some(outer) = within[i] else { continue };
        let around = found[outer].content.clone();
        let inner = found[i].content.iter();
        let parts: Pieces = inner.filter_map(|piece| part(&around, piece)).collect();
        if parts.is_empty() {
            // The outer one was cut off before it.
            within[i] = None;
        } else {
            found[i].content = parts;
        }
    }
    within
}

/// The part of a piece that stands in the content around it.
fn part(around: &[Range<usize>], piece: &Range<usize>) -> Option<Range<usize>> {
    let holds = around.iter().find(|o| o.contains(&piece.start))?;
    Some(piece.start..piece.end.min(holds.end))
}

/// Index of the innermost statement in whose content both the cue and the
/// beginning of what statement `i` reports stand. It is always the longer of the
/// two, so that no two stand in each other.
pub(crate) fn outer(found: &[Bounded], i: usize) -> Option<usize> {
    let inner = &found[i];
    let (cue, start) = (inner.draft.cue.start, inner.content[0].start);
    (i.saturating_sub(NEAR)..(i + NEAR).min(found.len()))
        .filter(|&k| {
            let outer = &found[k];
            outer.holds(cue)
                && outer.holds(start)
                && outer.draft.cue.start != cue
                && outer.len() > inner.len()
        })
        .min_by_key(|&k| found[k].len())
}
