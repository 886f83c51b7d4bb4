//! Through what it was said: of the channels that stand around a cue the most
//! probable, or none. The rules say how each was found; the model weighs that
//! against what it is and where it stands.

use std::ops::Range;

use rawi_model::Feature;
use rawi_names::phrase::Kind;
use rawi_names::{Roles, Tags};
use rawi_text::Few;

use crate::channel::{self, ChannelAt};
use crate::choice::{Judge, Meant};
use crate::draft::{Bounded, Source};
use crate::evidence::{self, bucket};
use crate::gap;
use crate::model::Question;
use crate::party::Party;
use crate::read::content_spans;
use crate::statement::{Channel, ChannelKind};
use crate::view::View;

/// How far before its cue a channel may stand, in tokens.
const BEFORE: usize = 24;

/// How far behind the content.
const BEHIND: usize = 10;

/// So many are weighed.
const MOST: usize = 8;

/// How much more probable a channel is than the model thinks if the rules propose it.
const RULED: f32 = 3.0;

/// How a channel was found, as the model knows it.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Found {
    /// By its noun alone.
    Noun,
    /// In the gap between cue and message.
    Own,
    /// As the document that speaks for its issuer.
    Issued,
    /// At the head of the sentence.
    Ahead,
    /// As what `قال فيه` points back to.
    Pointed,
    /// As whoever handed it on.
    Via,
    /// An outlet that is mentioned.
    Outlet,
}

struct Candidate {
    found: Found,
    noun: Range<usize>,
    kind: ChannelKind,
    platform: Option<&'static str>,
}

impl Candidate {
    fn of(found: Found, at: ChannelAt) -> Self {
        Candidate {
            found,
            noun: at.noun,
            kind: at.kind,
            platform: at.platform,
        }
    }

    fn outlet(found: Found, noun: Range<usize>) -> Self {
        Candidate {
            found,
            noun,
            kind: ChannelKind::Report,
            platform: None,
        }
    }
}

/// The channel of a statement; `issued` says that its source is a document whose
/// issuer speaks.
pub(crate) fn of(
    view: &View<'_>,
    b: &Bounded,
    issued: bool,
    parties: &[Party],
    judge: &mut Judge<'_>,
) -> Option<Channel> {
    let all = candidates(view, b, issued, parties);
    if all.is_empty() {
        return None;
    }
    let span = |c: &Candidate| gap::span(view, &c.noun);
    let best = judge.best(
        Question::Channel,
        all.len() + 1,
        view.layout.cover(b.draft.cue.clone()),
        || content_spans(view, b),
        |k| Meant {
            entity: None,
            span: all.get(k).map(span),
        },
        |k, out| match all.get(k) {
            Some(candidate) => describe(view, b, candidate, out),
            None => none(view, b, &all, out),
        },
    );
    // The model has seen few; what the rules know holds unless it is sure.
    let shares = &judge.scratch.shares;
    let ruled = (0..all.len()).find(|&k| !matches!(all[k].found, Found::Noun | Found::Outlet));
    let best = match ruled {
        Some(k) if shares[k] * RULED >= shares[best] => k,
        _ => best,
    };
    let chosen = all.get(best)?;
    Some(Channel {
        span: span(chosen),
        kind: chosen.kind,
        platform: chosen.platform,
    })
}

/// Everything around a cue that may be the channel.
fn candidates(
    view: &View<'_>,
    b: &Bounded,
    issued: bool,
    parties: &[Party],
) -> Few<Candidate, MOST> {
    let mut out: Few<Candidate, MOST> = Few::new();
    let mut add = |c: Candidate| {
        let same = |o: &Candidate| o.noun.start < c.noun.end && c.noun.start < o.noun.end;
        if out.len() < MOST && !c.noun.is_empty() && !out.iter().any(same) {
            out.push(c);
        }
    };
    let draft = &b.draft;
    let cue = &draft.cue;
    if let Some(own) = draft.channel.clone() {
        add(Candidate::of(Found::Own, own));
    }
    if issued && let Some(source) = draft.source.phrase() {
        let paper = channel::noun_at(view, source.start, source.end);
        paper
            .into_iter()
            .for_each(|c| add(Candidate::of(Found::Issued, c)));
    }
    let ahead = channel::before(view, cue.start);
    ahead
        .into_iter()
        .for_each(|c| add(Candidate::of(Found::Ahead, c)));
    let pointed = channel::pointed_to(view, cue);
    pointed
        .into_iter()
        .for_each(|c| add(Candidate::of(Found::Pointed, c)));
    if let Some(via) = draft.via.last() {
        add(Candidate::outlet(Found::Via, via.clone()));
    }
    // A label or what is quoted without a cue has no channel of its own.
    if draft.aspect.is_some() || !cue.is_empty() {
        let sentence = view.sentence_start(cue.start)..view.sentence_end(cue.start);
        let first = sentence.start.max(cue.start.saturating_sub(BEFORE));
        let told = b.content.iter().map(|p| p.start).filter(|&s| s >= cue.end);
        let gap = cue.end..told.min().unwrap_or((cue.end + BEHIND).min(sentence.end));
        let last = b.content.last().map_or(0, |p| p.end);
        let behind = last.max(gap.end)..(last + BEHIND).min(sentence.end.max(last));
        // `رفضت الشركة في بيان اتهامات النقابة`: what stands before a noun is the verb's.
        let ahead = if draft.noun {
            cue.start..cue.start
        } else {
            first..cue.start
        };
        for stretch in [gap, behind, ahead] {
            let mut i = stretch.start;
            while i < stretch.end {
                let found = (!b.holds(i))
                    .then(|| channel::named(view, i, stretch.end))
                    .flatten();
                i = found.as_ref().map_or(i + 1, |c| c.noun.end.max(i + 1));
                found
                    .into_iter()
                    .for_each(|c| add(Candidate::of(Found::Noun, c)));
            }
        }
        let outlets = parties.iter().filter(|p| p.kind == Kind::Outlet);
        outlets.for_each(|p| add(Candidate::outlet(Found::Outlet, p.range.clone())));
    }
    out
}

fn describe(view: &View<'_>, b: &Bounded, c: &Candidate, out: &mut Vec<Feature>) {
    let q = Feature::new;
    let draft = &b.draft;
    let found = c.found as u64;
    let kind = c.kind as u64;
    let (start, end, cue) = (c.noun.start, c.noun.end, draft.cue.start);
    let word = |k: usize| evidence::word(view, k);
    let class = |k: usize| evidence::class(view, k);
    let stem = view.words.stem(view.layout, start);
    let bare = rawi_morph::strip_pronoun(stem).filter(|_| view.info(start).pronoun);
    let noun = rawi_model::hash(bare.map_or(stem, |(bare, _)| bare).as_bytes());
    let place = if start < cue {
        0
    } else if start < b.content[0].start {
        1
    } else {
        2
    };
    let before = start.wrapping_sub(1);
    let info = view.info(start);
    let lead = match info.preposition {
        Some(letter) => u64::from(u32::from(letter)),
        None if start == 0 => 0,
        None if view.plays(before, Roles::LEAD) => 1,
        None => view.link(before).map_or_else(
            || 2 + u64::from(view.is(before, Tags::PREPOSITION)),
            |l| 8 + u64::from(l.0),
        ),
    };
    let definite = u64::from(info.article) | u64::from(info.pronoun) << 1;
    let source = match &draft.source {
        Source::Phrase(r) if r.contains(&start) => 1 + u64::from(r.start == start),
        Source::Phrase(_) => 3,
        Source::Bound(..) => 4,
        Source::Hidden(_) => 5,
        _ => 6,
    };
    let far = match place {
        0 => cue.saturating_sub(end),
        1 => start.saturating_sub(draft.cue.end),
        _ => start.saturating_sub(b.content.last().map_or(0, |p| p.end)),
    };
    let aspect = draft.aspect.map_or(9, |a| a as u64);
    let lemma = draft.lemma.id;
    out.extend([
        q(0, found),
        q(1, found).and(place),
        q(2, found).and(kind),
        q(3, found).and(kind).and(lead).and(place),
        q(4, noun),
        q(5, noun).and(lead).and(place),
        q(6, noun).and(definite).and(place),
        q(7, kind).and(place).and(bucket(far)),
        q(8, found).and(place).and(bucket(far)),
        q(9, source).and(found).and(definite),
        q(10, source).and(kind).and(definite),
        q(11, source).and(noun),
        q(12, lemma).and(kind).and(place),
        q(13, word(before)).and(found),
        q(15, class(end)).and(place),
        q(16, word(end)).and(place),
        q(17, class(start + 1)).and(kind),
        q(18, bucket(end - start)).and(found),
        q(19, aspect).and(place).and(kind),
        q(20, draft.form as u64).and(place).and(found),
        q(21, source).and(place).and(lead),
    ]);
}

/// What speaks for no channel.
fn none(view: &View<'_>, b: &Bounded, all: &[Candidate], out: &mut Vec<Feature>) {
    let q = Feature::new;
    let draft = &b.draft;
    let sure = all
        .iter()
        .filter(|c| !matches!(c.found, Found::Noun | Found::Outlet));
    let counts = sure.count() as u64 | (all.len() as u64) << 4;
    let aspect = draft.aspect.map_or(9, |a| a as u64);
    out.extend([
        q(64, counts),
        q(65, draft.lemma.id),
        q(66, aspect).and(draft.form as u64),
        q(67, evidence::class(view, draft.cue.start.wrapping_sub(1))),
    ]);
}
