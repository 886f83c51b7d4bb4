//! Who speaks and who is spoken to, of those who are mentioned around a cue. The
//! rules propose; what they propose is weighed here against everybody else who
//! stands there.

use rawi_model::Feature;
use rawi_morph::Shape;
use rawi_names::phrase::Kind;
use rawi_names::{Cast, EntityId, Tags};
use rawi_text::Few;
use rawi_words::reporting::Link;

use crate::candidate::agreement;
use crate::channel;
use crate::choice::{Judge, Meant};
use crate::draft::{Bounded, Source};
use crate::evidence::{self, bucket};
use crate::gap;
use crate::model::Question;
use crate::party::{self, Parties, Party};
use crate::read::content_spans;
use crate::relation;
use crate::speaker::Turn;
use crate::statement::ChannelKind;
use crate::view::View;

/// All that bears on the sides of one statement.
pub(crate) struct Scene<'s, 'a> {
    view: &'s View<'a>,
    cast: &'s Cast,
    turn: &'s Turn,
    parties: Parties,
    /// How many parties that nothing leads stand behind the cue, up to three.
    free: u64,
    /// Whether one stands right before it.
    fronted: u64,
}

impl<'s, 'a> Scene<'s, 'a> {
    pub(crate) fn of(view: &'s View<'a>, cast: &'s Cast, turn: &'s Turn, b: &Bounded) -> Self {
        let parties = party::around(view, cast, b);
        let behind = |p: &&Party| !p.before && p.free() && !p.joined;
        let free = parties.iter().filter(behind).count().min(3) as u64;
        let fronted = |p: &Party| p.before && p.free() && p.between & 2 == 0;
        Scene {
            fronted: u64::from(parties.iter().any(fronted)),
            view,
            cast,
            turn,
            free,
            parties,
        }
    }

    /// Who speaks and who is spoken to, chosen together: nobody speaks to himself.
    pub(crate) fn choose(&self, b: &Bounded, judge: &mut Judge<'_>) -> Sides {
        let heard: Few<f32, 12> = self
            .parties
            .iter()
            .map(|p| self.heard(b, p, judge))
            .collect();
        let source = self.source(b, &heard, judge);
        let speaks = match source.as_ref().unwrap_or(&b.draft.source) {
            Source::Phrase(range) => Some(range),
            _ => None,
        };
        let mut hearers: Few<EntityId> = Few::new();
        for (party, yes) in self.parties.iter().zip(&heard) {
            let speaker = speaks.is_some_and(|s| party.overlaps(s));
            if *yes >= LEAST && !speaker && !hearers.contains(&party.entity) {
                hearers.push(party.entity);
            }
        }
        Sides { source, hearers }
    }

    /// The source that is most probable, where the rules leave a choice and it is
    /// another than theirs.
    fn source(&self, b: &Bounded, heard: &[f32], judge: &mut Judge<'_>) -> Option<Source> {
        let rule = match &b.draft.source {
            Source::Phrase(_) | Source::Hidden(_) | Source::Bound(..) => &b.draft.source,
            _ => return None,
        };
        b.draft.aspect?;
        // Whoever handed it on may stand before the one who speaks.
        if !(0..=self.parties.len()).any(|k| self.ruled(rule, k)) {
            return None;
        }
        let count = self.parties.len();
        let view = self.view;
        judge.best(
            Question::Source,
            count + 1,
            view.layout.cover(b.draft.cue.clone()),
            || content_spans(view, b),
            |k| {
                self.parties
                    .get(k)
                    .map_or(Meant::default(), |p| self.meant(p))
            },
            |k, out| match self.parties.get(k) {
                Some(party) => self.describe(b, party, self.rule(b, party), out),
                None => self.hidden(b, out),
            },
        );
        // Whoever is probably spoken to does not speak.
        let shares = &judge.scratch.shares;
        let joint = |k: usize| {
            let heard = heard.get(k).copied().unwrap_or(0.0);
            let prior = if self.ruled(rule, k) { RULED } else { 1.0 };
            prior * shares[k] * (1.0 - heard) / heard.max(1.0 - heard)
        };
        let best = (0..=count)
            .rev()
            .max_by(|&x, &y| joint(x).total_cmp(&joint(y)))?;
        match (self.parties.get(best), rule) {
            (Some(party), Source::Phrase(range)) if *range == party.range => None,
            (Some(party), _) => Some(Source::Phrase(party.range.clone())),
            (None, Source::Phrase(_)) => Some(Source::Hidden(b.draft.agreement)),
            (None, _) => None,
        }
    }

    /// Whether answer `k` is the source that the rules propose.
    fn ruled(&self, rule: &Source, k: usize) -> bool {
        match (self.parties.get(k), rule) {
            (Some(party), Source::Phrase(range)) => *range == party.range,
            (None, Source::Phrase(_)) | (Some(_), _) => false,
            (None, _) => true,
        }
    }

    /// How probable it is that somebody is spoken to.
    fn heard(&self, b: &Bounded, party: &Party, judge: &mut Judge<'_>) -> f32 {
        let view = self.view;
        let hears = &b.draft.addressees;
        let proposed = hears.iter().any(|r| r.start == party.range.start);
        let near = hears.iter().any(|r| party.overlaps(r));
        let rule = u64::from(proposed) | u64::from(near) << 1 | self.rule(b, party) << 2;
        let mut features = std::mem::take(&mut judge.scratch.features);
        features.clear();
        self.describe(b, party, rule, &mut features);
        let yes = judge.yes(
            Question::Hearer,
            view.layout.cover(b.draft.cue.clone()),
            || content_spans(view, b),
            self.meant(party),
            &features,
        );
        judge.scratch.features = features;
        if proposed && party.before && self.inside(b, party) & LETTER != 0 {
            return 1.0;
        }
        let odds = if proposed { RULED } else { 1.0 } * yes / (1.0 - yes).max(f32::EPSILON);
        odds / (1.0 + odds)
    }

    /// Whoever is mentioned around the cue.
    pub(crate) fn parties(&self) -> &[Party] {
        &self.parties
    }

    fn meant(&self, party: &Party) -> Meant {
        Meant {
            entity: Some(party.entity),
            span: Some(gap::span(self.view, &party.range)),
        }
    }

    /// What the rules think of a party as the source.
    fn rule(&self, b: &Bounded, party: &Party) -> u64 {
        let (range, bound) = match &b.draft.source {
            Source::Phrase(range) => (range, 0),
            Source::Bound(range, _) => (range, 8),
            _ => return 4,
        };
        let whole = u64::from(party.range == *range);
        bound | whole << 1 | u64::from(party.overlaps(range))
    }

    /// Whether a party belongs to a channel: `في تصريح لصحيفة كذا`.
    fn inside(&self, b: &Bounded, party: &Party) -> u64 {
        let view = self.view;
        let start = party.range.start;
        let own = b
            .draft
            .channel
            .as_ref()
            .is_some_and(|c| c.range.contains(&start));
        let first = view.sentence_start(start).max(start.saturating_sub(NOUN));
        let noun = (first..start)
            .rev()
            .find_map(|k| channel::named(view, k, view.len()).filter(|c| c.noun.end >= start));
        // A letter goes to whoever stands behind `إلى`.
        let letter = noun.as_ref().is_some_and(|c| c.kind == ChannelKind::Letter);
        u64::from(own) | u64::from(noun.is_some()) << 1 | (u64::from(letter) * LETTER)
    }

    fn describe(&self, b: &Bounded, party: &Party, rule: u64, out: &mut Vec<Feature>) {
        let q = Feature::new;
        let (view, draft) = (self.view, &b.draft);
        let word = |k: usize| evidence::word(view, k);
        let class = |k: usize| evidence::class(view, k);
        let lemma = draft.lemma.id;
        let aspect = draft.aspect.map_or(9, |a| a as u64);
        let form = draft.form as u64;
        let act = draft.act as u64;
        let (cue, start, end) = (draft.cue.start, party.range.start, party.range.end);
        let conjunction = u64::from(view.info(cue).conjunction);
        let place = u64::from(party.before) | u64::from(b.content[0].start < cue) << 1;
        let stand = place | party.order.min(3) << 2 | u64::from(party.joined) << 4;
        let to = draft.frames.to;
        let link = party.link;
        let wanted = match link {
            0 => to.has(Link::DIRECT),
            l if l < 256 => to.has(Link(l as u8)),
            _ => false,
        };
        let fit = u64::from(wanted)
            | u64::from(draft.frames.needs_hearer) << 1
            | u64::from(draft.frames.groups_hear) << 2
            | u64::from(to.has(Link::DIRECT)) << 3;
        let kind = party.kind as u64 * 2 + u64::from(party.definite);
        let entity = self.cast.get(party.entity);
        let agrees = agreement(entity.agreement, draft.agreement);
        let far = if party.before {
            cue.saturating_sub(end)
        } else {
            start.saturating_sub(draft.cue.end)
        };
        let far = bucket(far);
        let is = |other: Option<EntityId>| u64::from(other == Some(party.entity));
        let turn = self.turn;
        let role = is(turn.same) | is(turn.before) << 1 | is(turn.outer) << 2;
        let source = match &draft.source {
            Source::Phrase(r) if r.end <= cue => 0,
            Source::Phrase(r) if r.start < start => 1,
            Source::Phrase(_) => 2,
            Source::Hidden(_) => 3,
            _ => 4,
        };
        let tree = relation::between(view, relation::node(view, &party.range), cue);
        let shape = view.words.stem_shape(view.layout, party.head);
        let sex = SEX
            .iter()
            .fold(0, |bits, &s| bits << 1 | u64::from(shape.is(s)))
            | u64::from(view.is(party.head, Tags::PLURAL | Tags::GROUP)) << 16
            | u64::from(view.is(party.head, Tags::FEMININE)) << 17;
        let gender = draft.agreement.gender.map_or(9, |g| g as u64);
        let number = draft.agreement.number.map_or(9, |n| n as u64);
        let inside = self.inside(b, party);
        let before = start.wrapping_sub(1);
        let around = self.free | self.fronted << 2 | conjunction << 3;
        out.extend([
            q(0, rule),
            q(1, rule).and(stand),
            q(2, rule).and(lemma),
            q(3, stand).and(link),
            q(4, stand).and(link).and(fit),
            q(5, stand).and(kind).and(fit),
            q(6, link).and(lemma).and(place),
            q(7, stand).and(lemma),
            q(8, kind).and(link),
            q(9, agrees).and(stand).and(aspect),
            q(10, agrees).and(kind).and(place),
            q(11, far).and(place).and(link),
            q(12, class(party.head)).and(link),
            q(13, word(party.head)).and(u64::from(link == 0)),
            q(14, word(before)).and(place),
            q(15, class(before)).and(place),
            q(17, word(end)).and(place),
            q(18, around).and(stand),
            q(19, around).and(stand).and(fit),
            q(20, form).and(act).and(stand),
            q(21, source).and(stand).and(fit).and(link),
            q(22, party.between).and(place).and(link),
            q(23, rule).and(kind).and(agrees),
            q(24, rule).and(around).and(fit),
            q(25, role).and(stand).and(u64::from(link == 0)),
            q(26, role).and(rule),
            q(27, source).and(rule).and(stand),
            q(28, sex).and(gender).and(stand),
            q(29, tree).and(place),
            q(36, inside).and(link).and(party.kind as u64),
            q(39, inside).and(rule),
            q(37, inside).and(link).and(place),
            q(38, inside).and(stand).and(fit),
            q(33, sex).and(gender).and(number).and(party.kind as u64),
            q(35, sex).and(aspect).and(fit).and(stand),
        ]);
    }

    /// What speaks for a subject that the verb hides.
    fn hidden(&self, b: &Bounded, out: &mut Vec<Feature>) {
        let q = Feature::new;
        let (view, draft) = (self.view, &b.draft);
        let cue = draft.cue.start;
        let aspect = draft.aspect.map_or(9, |a| a as u64);
        let conjunction = u64::from(view.info(cue).conjunction);
        let after = u64::from(b.content[0].start < cue);
        let around = self.free | self.fronted << 2 | conjunction << 3 | after << 4;
        let state = match &draft.source {
            Source::Hidden(_) => 0,
            Source::Bound(..) => 1,
            Source::Phrase(r) => 2 + u64::from(r.end <= cue),
            _ => 4,
        };
        let frames = &draft.frames;
        let fit = u64::from(frames.to.has(Link::DIRECT))
            | u64::from(frames.needs_hearer) << 1
            | u64::from(frames.groups_hear) << 2;
        let kind = match &draft.source {
            Source::Phrase(r) => view.reader().describe(r.clone()).kind,
            _ => Kind::Other,
        };
        let among = view.sentence_start(cue)..view.sentence_end(cue);
        let subject = relation::subject(view, cue, among);
        let relative = u64::from(cue > 0 && view.is(cue - 1, Tags::RELATIVE));
        out.extend([
            q(64, state),
            q(65, state).and(aspect).and(around),
            q(66, state).and(draft.lemma.id),
            q(67, state).and(around).and(fit),
            q(68, state).and(kind as u64),
            q(69, state).and(relative).and(kind as u64),
            q(70, evidence::word(view, cue.wrapping_sub(1))).and(state),
            q(71, evidence::class(view, cue + 1)).and(aspect),
            q(72, state)
                .and(u64::from(self.turn.same.is_some()))
                .and(conjunction),
            q(73, evidence::word(view, cue)),
            q(74, subject).and(aspect),
            q(75, subject).and(state),
            q(76, subject).and(state).and(fit).and(around),
            q(77, relation::label(view, cue)).and(aspect).and(state),
        ]);
    }
}

/// The bit of a party that a letter goes to.
const LETTER: u64 = 4;

/// How far before a party the noun may stand that it belongs to, in tokens.
const NOUN: usize = 4;

/// How much more probable a side is than the model thinks if the rules propose it: it has
/// seen few sentences, and they know the grammar.
const RULED: f32 = 10.0;

/// What was chosen.
pub(crate) struct Sides {
    /// The source, if it is another than the rules say.
    pub(crate) source: Option<Source>,
    pub(crate) hearers: Few<EntityId>,
}

/// What the letters of a noun show of gender, number and case.
const SEX: [Shape; 5] = [
    Shape::TA_MARBUTA,
    Shape::PLURAL_AT,
    Shape::PLURAL_UN,
    Shape::PLURAL_IN,
    Shape::ALEF,
];

/// Somebody less probable is not spoken to.
const LEAST: f32 = 0.4;
