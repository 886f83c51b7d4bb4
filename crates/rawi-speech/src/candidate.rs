//! Whom a hidden subject or a pronoun can mean, and what speaks for each.

use std::collections::BTreeSet;

use rawi_model::Feature;
use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Gender, Number};
use rawi_names::phrase::Kind;
use rawi_names::{Cast, EntityId};
use rawi_text::{BytePos, Few};

use crate::draft::Draft;
use crate::evidence::{self, bucket};
use crate::speaker::Turn;
use crate::statement::SpeakerHow;
use crate::view::View;

/// How many sentences back somebody may have been mentioned last.
const REACH: u32 = 3;

/// More candidates than this are not weighed.
const MOST: usize = 24;

/// So many who were mentioned last before a cue are known; more make no difference
/// to the count of them.
pub(crate) const LATELY: usize = 64;

/// What the grammar tells of the one who is meant.
pub(crate) struct Hint {
    pub(crate) agreement: Agreement,
    pub(crate) how: SpeakerHow,
}

impl Hint {
    /// The reason, for whoever asks.
    pub(crate) fn what(&self) -> &'static str {
        match self.how {
            SpeakerHow::Pronoun => "a pronoun points to the speaker",
            _ => "the verb hides its subject",
        }
    }
}

/// Somebody whom the text names near the cue.
pub(crate) struct Nearby {
    pub(crate) id: EntityId,
    /// Sentences before that of the cue.
    pub(crate) back: usize,
    /// How many others the sentence names before.
    pub(crate) order: usize,
    /// How the mention stands: behind a preposition, a verb, or first in its
    /// clause, as bits.
    pub(crate) place: u64,
}

/// All that bears on the choice.
pub(crate) struct Scene<'s, 'a> {
    pub(crate) view: &'s View<'a>,
    pub(crate) cast: &'s Cast,
    /// Last speakers, latest first.
    pub(crate) recent: &'s [EntityId],
    /// Whoever this sentence names before the cue, and the one before.
    pub(crate) nearby: &'s [Nearby],
    /// Who was mentioned last before the cue, the last first, each with where.
    pub(crate) lately: &'s [(BytePos, EntityId)],
    pub(crate) draft: &'s Draft,
    pub(crate) hint: &'s Hint,
    pub(crate) turn: &'s Turn,
    /// Whoever was the subject of a feminine verb: `قالت المتحدث باسم الوزارة`.
    pub(crate) women: &'s BTreeSet<EntityId>,
}

/// Everybody who can be meant; the last answer is nobody.
pub(crate) fn answers(scene: &Scene<'_, '_>, out: &mut Vec<Option<EntityId>>) {
    let mut who: Few<EntityId, MOST> = Few::new();
    let mut add = |id: EntityId| {
        if !who.contains(&id) && who.len() < MOST {
            who.push(id);
        }
    };
    let turn = scene.turn;
    [turn.same, turn.before, turn.outer]
        .into_iter()
        .flatten()
        .for_each(&mut add);
    scene.recent.iter().copied().for_each(&mut add);
    scene.nearby.iter().for_each(|n| add(n.id));
    let mut near: Few<(u32, EntityId), LATELY> = scene
        .lately
        .iter()
        .filter_map(|&(_, id)| Some((scene.last(id)?.0, id)))
        .filter(|&(far, _)| far <= REACH)
        .collect();
    near.sort_unstable();
    near.iter().for_each(|&(_, id)| add(id));
    out.clear();
    out.extend(who.into_iter().filter(|&id| scene.possible(id)).map(Some));
    out.push(None);
}

impl Scene<'_, '_> {
    /// Whether the grammar lets somebody be meant at all.
    pub(crate) fn possible(&self, id: EntityId) -> bool {
        // In somebody's own words a third person is somebody else, and nobody
        // answers a question of their own.
        let third =
            self.hint.agreement.gender.is_some() && self.draft.aspect != Some(Aspect::Participle);
        let own = self.turn.own_words && third && self.turn.outer == Some(id);
        let asked = self.draft.frames.answer && self.turn.asker == Some(id);
        let entity = self.cast.get(id);
        let mut who = entity.agreement;
        if self.women.contains(&id) {
            who.gender = Some(Gender::Feminine);
        }
        // `وشددا`: two, never one body. `مشيرين` may be many.
        let two = self.hint.agreement.number == Some(Number::Dual)
            && self.draft.aspect.is_some_and(Aspect::is_finite);
        let single = two && !who.is_several() && !matches!(entity.kind, Kind::Person | Kind::Group);
        !own && !asked && !single && !self.told(id) && can_be(entity.kind, who, self.hint.agreement)
    }

    /// Whether somebody is first named in what the speaker before has just said: a
    /// participle turns back to that speaker.
    fn told(&self, id: EntityId) -> bool {
        let turn = self.turn;
        let Some((from, to)) = turn.told.filter(|_| turn.same.is_some()) else {
            return false;
        };
        let first = self.cast.mentions_of(id).next();
        self.draft.aspect == Some(Aspect::Participle)
            && turn.same != Some(id)
            && to <= self.draft.cue.start
            && first.is_some_and(|m| {
                let start = self.view.span(from).start;
                m.span.start >= start && m.span.end <= self.view.span(to - 1).end
            })
    }

    /// How many sentences before the cue somebody was mentioned last, and the
    /// token of that mention.
    fn last(&self, id: EntityId) -> Option<(u32, usize)> {
        let view = self.view;
        let here = view.span(self.draft.cue.start).start;
        let token = self.cast.last_before(id, here)?.tokens.start;
        let far = view.sentence_of[self.draft.cue.start].saturating_sub(view.sentence_of[token]);
        Some((far, token))
    }

    /// What matters of the question itself.
    fn question(&self) -> (u64, u64) {
        let aspect = self.draft.aspect.map_or(9, |a| a as u64);
        let how = u64::from(self.hint.how == SpeakerHow::Pronoun);
        let nested = u64::from(self.turn.nested);
        let first = u64::from(self.turn.same.is_none());
        (how | nested << 1 | first << 2, aspect)
    }

    /// What speaks for somebody or for nobody.
    pub(crate) fn weigh(&self, who: Option<EntityId>, out: &mut Vec<Feature>) {
        match who {
            Some(id) => self.describe(id, out),
            None => self.nobody(out),
        }
    }

    fn describe(&self, id: EntityId, out: &mut Vec<Feature>) {
        let q = Feature::new;
        let view = self.view;
        let entity = self.cast.get(id);
        let cue = self.draft.cue.start;
        let (what, aspect) = self.question();
        let kind = entity.kind as u64;
        let agrees = agreement(entity.agreement, self.hint.agreement);
        let rank = self.recent.iter().position(|&r| r == id);
        let rank = rank.map_or(9, |r| r as u64);
        let turn = self.turn;
        let is = |other: Option<EntityId>| u64::from(other == Some(id));
        let role = is(turn.same) | is(turn.before) << 1 | is(turn.outer) << 2;
        // Where the sentence names it first, or else the one before.
        let near = self.nearby.iter().find(|n| n.id == id);
        let topic = near.map_or(99, |n| n.back as u64 * 4 + (n.order as u64).min(3));
        let place = near.map_or(99, |n| n.place | (n.back as u64) << 4);
        let last = self.last(id);
        let (far, led) = last.map_or((9, 9), |(far, token)| {
            (bucket(far as usize), u64::from(view.is_led(token, 0)))
        });
        // Whoever else was mentioned since.
        let since = last.map_or(9, |(_, token)| {
            let low = view.span(token).end;
            let later = self.lately.partition_point(|&(start, _)| start >= low);
            let own = self.lately[..later].iter().any(|&(_, other)| other == id);
            bucket(later - usize::from(own))
        });
        let word = |n: usize| cue.checked_sub(n).map_or(1, |k| evidence::word(view, k));
        let mentions = bucket(self.cast.mentions_of(id).len());
        let lemma = self.draft.lemma.id;
        let form = self.draft.form as u64;
        out.extend([
            q(0, agrees).and(what),
            q(1, agrees).and(rank.min(2)),
            q(2, rank).and(what),
            q(3, rank).and(what).and(aspect),
            q(4, role).and(what),
            q(5, role).and(what).and(aspect),
            q(6, role).and(agrees),
            q(7, topic).and(what),
            q(8, topic).and(what).and(aspect).and(rank.min(1)),
            q(9, far).and(what),
            q(10, far).and(led).and(kind),
            q(11, far).and(rank.min(3)).and(what),
            q(12, since).and(what),
            q(13, kind).and(what),
            q(14, kind).and(rank.min(2)).and(aspect),
            q(15, kind).and(lemma),
            q(16, mentions).and(what),
            q(17, led).and(topic).and(rank.min(2)),
            q(18, word(1)).and(rank.min(2)).and(role & 1),
            q(19, word(2)).and(rank.min(2)).and(role & 1),
            q(20, lemma).and(role & 1).and(rank.min(1)),
            q(21, since).and(far).and(role & 1),
            q(22, agrees).and(kind).and(aspect),
            q(23, form).and(role).and(topic),
            q(24, place).and(what),
            q(25, place).and(topic).and(agrees),
            q(26, place).and(kind).and(rank.min(2)),
            q(27, u64::from(entity.named)).and(what).and(rank.min(2)),
        ]);
    }

    fn nobody(&self, out: &mut Vec<Feature>) {
        let q = Feature::new;
        let view = self.view;
        let cue = self.draft.cue.start;
        let (what, aspect) = self.question();
        let lemma = self.draft.lemma.id;
        let before = cue.checked_sub(1).map_or(1, |k| evidence::word(view, k));
        out.extend([
            q(64, what),
            q(65, what).and(aspect),
            q(66, lemma).and(aspect),
            q(67, evidence::word(view, cue)),
            q(68, before),
            q(69, bucket(self.recent.len())).and(what),
            q(70, self.draft.form as u64).and(what),
        ]);
    }
}

/// Whether somebody can be the hidden subject of a form: `وأضافت` is never a man,
/// `وقالوا` never one person. Of bodies and groups writers make a `he`, a `she`
/// or a `they` as they like.
pub(crate) fn can_be(kind: Kind, who: Agreement, form: Agreement) -> bool {
    if kind != Kind::Person {
        return true;
    }
    let another = who.gender.is_some() && form.gender.is_some() && who.gender != form.gender;
    !(another || form.is_several() && who.number == Some(Number::Singular))
}

/// How well somebody's gender and number go with a verb's or pronoun's.
pub(crate) fn agreement(who: Agreement, form: Agreement) -> u64 {
    let gender = match (who.gender, form.gender) {
        (Some(a), Some(b)) if a == b => 0,
        (Some(_), Some(_)) => 1,
        (None, _) => 2,
        (_, None) => 3,
    };
    let number = match (who.number, form.number) {
        (Some(a), Some(b)) if a == b => 0,
        (Some(_), Some(_)) => 1,
        (None, Some(Number::Singular) | None) => 2,
        (None, _) => 3,
        (_, None) => 4,
    };
    gender | number << 2 | u64::from(fits(who, form)) << 5
}

/// Whether somebody can be the subject of a form: a body or group counts as
/// feminine or plural as the writer likes.
fn fits(who: Agreement, form: Agreement) -> bool {
    if who.number == Some(Number::Plural) && form.number == Some(Number::Singular) {
        return false;
    }
    who.fits(form) || who.number == Some(Number::Plural) && form.number == Some(Number::Plural)
}
