//! Whether a cue with its message is a statement at all.
//!
//! The frames propose; what they propose is weighed here against what
//! annotators took for reported speech: by the verb and its form, by what the
//! message looks like, and by what stands around.

use rawi_model::Feature;
use rawi_morph::conjugation::Aspect;
use rawi_names::phrase::Kind;
use rawi_names::{Roles, Tags};

use crate::choice::{Judge, Meant};
use crate::draft::{Bounded, Draft, List, Source, outer};
use crate::evidence::{self, bucket};
use crate::model::Question;
use crate::quotation;
use crate::read::content_spans;
use crate::spelled::Mark;
use crate::statement::{Act, Form};
use crate::tokens::TokenSet;
use crate::view::View;

/// Proposals that are less probable are dropped.
const LEAST: f32 = 0.42;

/// How probable a statement is at least whose marks, verb or grammar leave no doubt
/// that somebody says it, however rare the verb.
const MARKED: f32 = 0.6;

/// Keeps what is probably a statement, with its probability: of the proposals
/// of one cue, and of those for one content, the likeliest.
pub(crate) fn sift(view: &View<'_>, found: &mut Vec<Bounded>, judge: &mut Judge<'_>) {
    let around = Around::of(view, found);
    let probabilities: List<f32> = (0..found.len())
        .map(|i| {
            let outer = outer(found, i).map(|o| &found[o]);
            let rivals = Rivals::of(found, i);
            weigh(view, &found[i], outer, &rivals, &around, judge)
        })
        .collect();
    for (b, p) in found.iter_mut().zip(probabilities) {
        b.probability = p;
    }
    let mut order: List<usize> = (0..found.len()).collect();
    // The first of equals, in the order of the text.
    order.sort_by(|&a, &b| {
        found[b]
            .probability
            .total_cmp(&found[a].probability)
            .then(a.cmp(&b))
    });
    // Two proposals cannot both hold that have one cue or one content.
    let (mut cues, mut contents) = (TokenSet::default(), TokenSet::default());
    let mut keep: List<bool> = found.iter().map(|_| false).collect();
    for i in order {
        let b = &found[i];
        let (cue, content) = (b.draft.cue.start, b.content[0].start);
        if b.probability >= LEAST && !cues.contains(cue) && !contents.contains(content) {
            cues.insert(cue);
            contents.insert(content);
            keep[i] = true;
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next() == Some(true));
}

/// Which of some more proposals, that have no rivals, are probably statements.
pub(crate) fn accept(
    view: &View<'_>,
    mut more: Vec<Bounded>,
    found: &[Bounded],
    judge: &mut Judge<'_>,
) -> Vec<Bounded> {
    let around = Around::of(view, found);
    if more.is_empty() {
        return more;
    }
    let mut held = std::mem::take(&mut judge.scratch.held);
    held.fill(found, view.len());
    for b in &mut more {
        let outer = held.first(b.draft.cue.start).map(|i| &found[i]);
        b.probability = weigh(view, b, outer, &Rivals::default(), &around, judge);
    }
    judge.scratch.held = held;
    more.retain(|b| b.probability >= LEAST);
    more
}

/// What else is proposed for the same cue or the same content.
#[derive(Default)]
struct Rivals {
    /// The frames of other proposals for the same cue, as bits.
    frames: u64,
    /// Whether one of them begins before.
    before: u64,
    /// Whether an earlier cue proposes the same content, or a later one.
    shared: u64,
}

impl Rivals {
    fn of(found: &[Bounded], i: usize) -> Self {
        let this = &found[i];
        let mut out = Rivals::default();
        // Proposals stand in the order of their cues.
        let near = i.saturating_sub(24)..(i + 24).min(found.len());
        for (k, b) in near.clone().zip(&found[near]) {
            if k == i {
                continue;
            }
            if b.draft.cue.start == this.draft.cue.start {
                out.frames |= b.draft.frame.bit();
                out.before |= u64::from(b.draft.start < this.draft.start);
            } else if b.content[0].start == this.content[0].start {
                let later = b.draft.cue.start > this.draft.cue.start;
                out.shared |= 1 << u64::from(later);
            }
        }
        out
    }
}

/// What is true of the whole article.
struct Around {
    /// Cues that may report for a hundred words.
    density: u64,
}

impl Around {
    fn of(view: &View<'_>, found: &[Bounded]) -> Self {
        let words = (0..view.len()).filter(|&i| view.is_word(i)).count().max(1);
        let cues = found.chunk_by(|a, b| a.draft.cue.start == b.draft.cue.start);
        Around {
            density: bucket(cues.count() * 100 / words),
        }
    }
}

/// How probable it is that a proposal is a statement.
fn weigh(
    view: &View<'_>,
    b: &Bounded,
    outer: Option<&Bounded>,
    rivals: &Rivals,
    around: &Around,
    judge: &mut Judge<'_>,
) -> f32 {
    let mut features = std::mem::take(&mut judge.scratch.features);
    features.clear();
    describe(view, b, outer, &mut features);
    let q = Feature::new;
    let frame = b.draft.frame as u64;
    let form = b.draft.form as u64;
    features.push(q(64, around.density).and(form));
    features.push(q(65, rivals.frames).and(frame));
    features.push(q(66, rivals.frames).and(frame).and(rivals.before));
    features.push(q(67, rivals.shared).and(frame));
    features.push(q(68, rivals.shared).and(b.draft.lemma.id));
    let cue = view.layout.cover(b.draft.cue.clone());
    let weighed = judge.yes(
        Question::Statement,
        cue,
        || content_spans(view, b),
        Meant::default(),
        &features,
    );
    judge.scratch.features = features;
    if weighed < MARKED && is_sure(view, b) {
        MARKED
    } else {
        weighed
    }
}

/// Whether marks, verb or grammar leave no doubt that somebody says it.
fn is_sure(view: &View<'_>, b: &Bounded) -> bool {
    b.draft.shown
        || quotation::is_marked(view, &b.draft)
        || testifies(view, b)
        || announces(view, b)
        || lists(b)
        || reports(view, &b.draft)
        || writes(view, &b.draft)
        || is_inscribed(view, &b.draft)
}

/// How far before its verb the thing may stand that words are written on.
const INSCRIBED: usize = 4;

/// `لافتة كتب عليها «…»`: the words that stand on something.
fn is_inscribed(view: &View<'_>, draft: &Draft) -> bool {
    let points = draft.cue.end;
    let opens = |k: usize| k < view.len() && view.quote_opening(k).is_some();
    let things = draft.cue.start.saturating_sub(INSCRIBED)..draft.cue.start;
    draft.form == Form::Quote
        && points < view.len()
        && view.is(points, Tags::PREPOSITION)
        && view.info(points).pronoun
        && (opens(points + 1) || opens(points + 2) && view.mark(points + 1) == Mark::Colon)
        && things.into_iter().any(|k| view.is(k, Tags::DOCUMENT))
}

/// `أقر المتهم بالتهمة أمام القاضي`: what is said before somebody.
fn testifies(view: &View<'_>, b: &Bounded) -> bool {
    let end = b.content[0].end;
    b.draft.form == Form::Nominal
        && matches!(b.draft.act, Act::Assert | Act::Deny)
        && b.draft.source.phrase().is_some()
        && b.draft.addressees.iter().any(|a| a.start == end + 1)
        && view.plays(end, Roles::BEFORE)
}

/// Whether the verb has all that makes it report, whatever the model thinks.
fn reports(view: &View<'_>, draft: &Draft) -> bool {
    let message = draft.telling || draft.act == Act::Deny;
    let party = draft
        .source
        .phrase()
        .is_some_and(|range| view.is_party(range) || view.pleads(range));
    draft.frames.sure && message && party
}

/// `دراسة حديثة أظهرت أن`: a paper that a finite verb gives a clause to.
fn writes(view: &View<'_>, draft: &Draft) -> bool {
    let finite = draft.aspect.is_some_and(Aspect::is_finite);
    let clause = draft.form == Form::Clause && view.complementizer(draft.start).is_some();
    let paper = draft.source.phrase().is_some_and(|range| {
        let head = view.reader().describe(range.clone()).head;
        view.is(head, Tags::DOCUMENT)
    });
    finite && clause && paper
}

/// Whether the points of a list stand below the cue.
fn lists(b: &Bounded) -> bool {
    b.draft.fixed.len() > 1 && b.draft.fixed[0].start > b.draft.cue.start
}

/// `وزير النقل يعلن إغلاق المطار`: in a headline the speaker stands before the verb.
fn announces(view: &View<'_>, b: &Bounded) -> bool {
    let draft = &b.draft;
    let finite = draft.aspect.is_some_and(Aspect::is_finite);
    view.headline
        && finite
        && draft
            .source
            .phrase()
            .is_some_and(|r| r.end == draft.cue.start && view.is_party(r))
}

fn describe(view: &View<'_>, b: &Bounded, outer: Option<&Bounded>, out: &mut Vec<Feature>) {
    let q = Feature::new;
    let draft = &b.draft;
    let cue = draft.cue.start;
    let form = draft.form as u64;
    let aspect = draft.aspect.map_or(9, |a| a as u64);
    let lemma = draft.lemma.id;
    let frame = draft.frame as u64 ^ u64::from(draft.telling);
    let nested = outer.map_or(0, |o| 1 + o.draft.form as u64);
    let who = source(view, &draft.source);
    let word = |k: usize| evidence::word(view, k);
    let class = |k: usize| evidence::class(view, k);
    let before = |n: usize| cue.checked_sub(n).map_or((1, 1), |k| (word(k), class(k)));
    let info = view.info(cue);
    let pos = info.pos as u64 | u64::from(info.conjunction) << 8;
    let start = b.content[0].start;
    let verb = b.content[0]
        .clone()
        .any(|k| view.info(k).pos == rawi_morph::Pos::Verb);
    let quoted = view.quote_of[cue].is_some();
    let gap = start.abs_diff(draft.cue.end);
    let after = u64::from(start < cue);
    let size = bucket(b.len());
    let edge = u64::from(view.sentence_start(cue) == cue);
    let first = u64::from(view.sentence_of[cue] < 2);

    out.push(q(0, form));
    out.push(q(1, frame).and(aspect));
    out.push(q(2, lemma));
    out.push(q(3, lemma).and(form).and(aspect));
    out.push(q(4, lemma).and(frame));
    out.push(q(5, nested).and(form));
    out.push(q(6, nested).and(lemma));
    out.push(q(7, nested).and(frame).and(aspect).and(who));
    out.push(q(8, who).and(form).and(aspect));
    out.push(q(9, who).and(lemma));
    out.push(q(11, pos).and(form).and(aspect));
    out.push(q(12, word(cue)));
    out.push(q(13, word(cue)).and(word(cue + 1)));
    out.push(q(14, before(1).0).and(form));
    out.push(q(15, before(1).1).and(aspect));
    out.push(q(16, before(1).1).and(class(cue + 1)).and(form));
    out.push(q(17, word(start)).and(form));
    out.push(q(18, class(start)).and(frame));
    out.push(q(19, class(start)).and(class(start + 1)).and(form));
    out.push(q(20, evidence::affixes(view, start, view.len())).and(form));
    out.push(q(21, size).and(form));
    out.push(q(22, u64::from(verb)).and(form).and(size));
    out.push(q(23, u64::from(quoted)).and(form));
    out.push(q(24, bucket(gap)).and(form).and(after));
    out.push(q(27, draft.boundary as u64).and(form));
    out.push(q(28, edge).and(aspect).and(who));
    out.push(q(29, first).and(form));
    out.push(q(30, u64::from(draft.frames.weak)).and(form).and(who));
    out.push(q(31, u64::from(draft.channel.is_some())).and(form));
    out.push(
        q(32, u64::from(!draft.addressees.is_empty()))
            .and(form)
            .and(lemma),
    );
    out.push(q(33, before(1).0).and(word(cue)));
    out.push(q(35, before(2).1).and(before(1).1).and(aspect));
    let paper = u64::from(draft.frames.document) + u64::from(who == DOCUMENT) * 2;
    out.push(q(40, paper).and(form));
    out.push(q(41, paper).and(frame).and(nested));
    let odd = u64::from(draft.odd);
    out.push(q(37, odd).and(frame));
    out.push(q(39, lemma).and(u64::from(draft.telling)).and(form));
    out.push(q(36, word(start.wrapping_sub(1))).and(lemma));
}

/// A source that is a document.
const DOCUMENT: u64 = 4;

/// What kind of source it is.
fn source(view: &View<'_>, source: &Source) -> u64 {
    match source {
        Source::Phrase(range) | Source::Bound(range, _) => {
            let phrase = view.reader().describe(range.clone());
            let named = u64::from(phrase.name.is_some());
            let document =
                view.is(phrase.head, Tags::DOCUMENT) || view.spelled(phrase.head).document(0);
            if document && phrase.kind == Kind::Other {
                return DOCUMENT;
            }
            8 + (phrase.kind as u64 * 2 + named) * 2 + u64::from(phrase.definite)
        }
        Source::Hidden(_) => 1,
        Source::Pronoun(_) | Source::Before | Source::Guest | Source::Nobody => 2,
    }
}
