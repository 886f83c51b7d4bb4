//! Who does it and to whom: for each of those who may be a side of a candidate what
//! speaks for an actor, a recipient or neither, the frames' answer among it, and the
//! choice between them.

use std::ops::Range;

use rawi_model::{Feature, hash};
use rawi_morph::Agreement;
use rawi_names::{Cast, EntityId, Kind, Tags};
use rawi_speech::Statement;
use rawi_text::Few;
use rawi_words::events::{Role, Slots};

use crate::arguments::{Arguments, Placed};
use crate::evidence::{Bag, TABLES};
use crate::party;
use crate::rules::Ruled;
use crate::scene::{About, Mentioned, Scene};
use crate::trigger::Trigger;
use crate::view::View;

/// So many of those mentioned around a candidate are asked.
const MOST: usize = 28;

/// So many steps in a tree lead from a side to its trigger.
const HOPS: usize = 5;

/// Somebody who may be a side.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) id: EntityId,
    /// Where the scene mentions it, if it does.
    pub(crate) mention: Option<usize>,
}

/// Everything that the features of a candidate's sides look at.
pub(crate) struct Question<'q, 'a> {
    pub(crate) view: &'q View<'a>,
    pub(crate) cast: &'q Cast,
    pub(crate) scene: &'q Scene,
    pub(crate) trigger: &'q Trigger,
    pub(crate) arguments: &'q Arguments,
    pub(crate) ruled: &'q Ruled,
    /// The statement whose cue the trigger is, and the one that it stands in.
    pub(crate) cue: Option<&'a Statement>,
    pub(crate) within: Option<&'a Statement>,
}

/// Where somebody stands to a trigger.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before = 0,
    After = 1,
    /// In the sentence before.
    Earlier = 2,
    /// Not near.
    Away = 3,
    /// Between a trigger and the word that completes it.
    Inside = 4,
}

impl Question<'_, '_> {
    /// Those who may be a side, each once.
    pub(crate) fn parties(&self) -> Few<Party, 16> {
        let mut out: Few<Party, 16> = Few::new();
        let token = self.trigger.token;
        let mut order: Few<(usize, usize), 32> = Few::new();
        for (k, m) in self.scene.mentioned.iter().enumerate() {
            if m.range.contains(&token) && m.head == token {
                continue;
            }
            let placed = self.placed(m).is_some();
            let gap = self.place(Some(m)).1;
            let far = if m.here { gap } else { 100 + gap };
            order.push((if placed { 0 } else { 1 + far }, k));
        }
        order.sort_unstable();
        for (_, k) in order {
            let id = self.scene.mentioned[k].id;
            if out.len() < MOST && !out.iter().any(|p| p.id == id) {
                let mention = Some(k);
                out.push(Party { id, mention });
            }
        }
        let speakers = [self.within, self.cue].into_iter().flatten();
        let told = speakers.flat_map(|s| {
            let speaker = s.speaker.map(|s| s.entity);
            speaker.into_iter().chain(s.addressee.iter().copied())
        });
        let ruled = self.ruled.actors.iter().chain(&self.ruled.recipients);
        for id in ruled.copied().chain(told) {
            if !out.iter().any(|p| p.id == id) {
                out.push(Party { id, mention: None });
            }
        }
        let nations = self
            .scene
            .tokens
            .clone()
            .filter(|&k| self.view.is(k, Tags::DEMONYM));
        let nations = nations.filter_map(|k| self.view.info(k).country());
        for id in nations.filter_map(|c| party::country(self.view, c)) {
            if out.len() < MOST && !out.iter().any(|p| p.id == id) {
                out.push(Party { id, mention: None });
            }
        }
        out
    }

    /// What the frame took a mention for.
    fn placed(&self, m: &Mentioned) -> Option<Placed> {
        let placed = self.arguments.placed.iter();
        placed.copied().find(|p| m.range.contains(&p.at))
    }

    /// Where a mention stands to the trigger, and how many tokens lie between.
    fn place(&self, m: Option<&Mentioned>) -> (Place, usize) {
        let Some(m) = m else {
            return (Place::Away, 0);
        };
        let t = self.trigger;
        let (from, to) = match t.rest {
            Some(rest) => (t.token.min(rest), t.token.max(rest)),
            None => (t.token, t.token),
        };
        if !m.here {
            return (
                Place::Earlier,
                self.scene.tokens.start.saturating_sub(m.range.end),
            );
        }
        if m.range.end <= from {
            (Place::Before, from - m.range.end)
        } else if m.range.start > to {
            (Place::After, m.range.start - to - 1)
        } else {
            (Place::Inside, m.range.start.saturating_sub(from))
        }
    }

    /// What speaks for the sides that somebody may be.
    pub(crate) fn features(&self, party: &Party, rank: usize) -> Bag {
        let (view, t) = (self.view, self.trigger);
        let mut bag = Bag::default();
        let m = party.mention.and_then(|k| self.scene.mentioned.get(k));
        let entity = self.cast.get(party.id);
        let kind = t.row.kind as u64;
        let row = t.row.id ^ TABLES[t.row.kind as usize];
        let (place, gap) = self.place(m);
        let at = place as u64;
        let far = distance(gap);
        let ruled = if self.ruled.actors.contains(&party.id) {
            1
        } else if self.ruled.recipients.contains(&party.id) {
            2
        } else {
            0u64
        };
        let some = |ids: &[EntityId]| u64::from(!ids.is_empty());
        let others = some(&self.ruled.actors) * 2 + some(&self.ruled.recipients);
        let placed = m.and_then(|m| self.placed(m));
        let piece = m.and_then(|m| {
            let mut pieces = self.arguments.pieces.iter();
            pieces
                .find(|p| m.range.contains(&p.range.start))
                .map(|p| p.slot)
        });
        let slot = placed.map(|p| p.slot).or(piece).unwrap_or_default();
        let slot_number = u64::from(slot.0);
        let took = placed.map_or(0, |p| 1 + u64::from(p.role == Role::Recipient));
        let frame = t.row.frame;
        let offers = u64::from(frame.actor.any(slot)) * 2 + u64::from(frame.recipient.any(slot));
        let about = m.map_or_else(|| self.far_away(party.id), |m| m.about);
        bag.add(1, &[at]);
        bag.add(2, &[ruled]);
        bag.add(3, &[ruled, slot_number, took]);
        bag.add(4, &[ruled, at]);
        bag.add(5, &[ruled, others]);
        bag.add(6, &[ruled, about.kind]);
        bag.add(7, &[row, ruled]);
        bag.add(8, &[row, at]);
        bag.add(9, &[row, slot_number]);
        bag.add(10, &[offers, slot_number]);
        bag.add(11, &[offers, took, others]);
        bag.add(12, &[at, far]);
        bag.add(13, &[kind, ruled, at]);
        let (prep, before) = m.map_or((0, 0), |m| self.led(m));
        let [verbs, borders] = m.map_or([0, 0], |m| self.between(m, place));
        let (verbs, borders) = (verbs.min(2), borders.min(2));
        bag.add(14, &[at, far, borders.min(1), verbs.min(1)]);
        bag.add(15, &[at, verbs, borders]);
        bag.add(16, &[at, prep]);
        bag.add(17, &[at, prep, far.min(3), verbs]);
        bag.add(18, &[kind, prep, at]);
        bag.add(19, &[row, prep, at]);
        bag.add(20, &[before, at]);
        let fits = self.fits(entity.agreement);
        bag.add(21, &[fits, at]);
        bag.add(22, &[fits, at, far.min(4), verbs]);
        bag.add(23, &[about.kind, at]);
        bag.add(24, &[about.kind, kind]);
        bag.add(25, &[about.label, about.shape]);
        bag.add(26, &[about.standing, at]);
        bag.add(27, &[about.standing, kind]);
        bag.add(28, &[about.sector, about.standing, kind]);
        bag.add(29, &[about.sector]);
        bag.add(30, &[about.head]);
        bag.add(31, &[about.head, kind]);
        bag.add(32, &[about.shape, at]);
        let mentions = self.cast.mentions_of(party.id).len().min(4) as u64;
        let known = u64::from(entity.named) * 2 + u64::from(entity.known.is_some());
        bag.add(33, &[known, mentions]);
        bag.add(34, &[mentions, at]);
        bag.add(35, &[rank.min(6) as u64, at]);
        bag.add(36, &[rank.min(6) as u64, others, ruled]);
        let speaks = self.speaks(party.id);
        bag.add(37, &[speaks]);
        bag.add(38, &[speaks, kind]);
        bag.add(39, &[speaks, row]);
        let person = t.agreement.person as u64;
        let hidden = u64::from(self.arguments.hidden) * 2 + u64::from(self.arguments.pronoun);
        bag.add(40, &[speaks, person, hidden]);
        bag.add(41, &[hidden, at, ruled]);
        bag.add(42, &[u64::from(t.pronoun), at, fits, far.min(5)]);
        bag.add(43, &[t.aspect as u64, at, far.min(5)]);
        bag.add(44, &[t.aspect as u64, slot_number, u64::from(t.definite)]);
        if let Some(m) = m {
            bag.add(45, &[self.path(m, place)]);
            bag.add(46, &[self.path(m, place), about.kind]);
            let hops = self.hops(m);
            bag.add(53, &[hops]);
            bag.add(54, &[hops, at, prep]);
            bag.add(55, &[hops, kind]);
            bag.add(56, &[hops, ruled]);
            let joined = u64::from(m.joined);
            bag.add(47, &[joined, at, ruled]);
            let next = view
                .word_at(m.range.end)
                .map_or(0, |_| self.stem(m.range.end));
            bag.add(48, &[next]);
            bag.add(49, &[at, self.crowd(m, place)]);
            bag.add(50, &[at, self.crowd(m, place), about.kind, prep]);
        }
        let led = t.token.checked_sub(1).map_or(0, |k| self.stem(k));
        bag.add(51, &[led, at, far.min(2)]);
        bag.add(52, &[others, at, about.kind]);
        bag
    }

    /// What is known of somebody whom the scene doesn't mention.
    fn far_away(&self, id: EntityId) -> About {
        let entity = self.cast.get(id);
        About {
            kind: 1 + Kind::Other as u64 * 8 + entity.kind as u64,
            label: entity.label.map_or(0, |l| 1 + l as u64),
            ..About::default()
        }
    }

    fn stem(&self, k: usize) -> u64 {
        hash(self.view.stem(k).as_bytes())
    }

    /// The preposition that leads a mention in, and the word before it.
    fn led(&self, m: &Mentioned) -> (u64, u64) {
        let view = self.view;
        if let Some(letter) = view.info(m.range.start).preposition {
            return (u64::from(letter), 1);
        }
        let Some(k) = m.range.start.checked_sub(1) else {
            return (0, 0);
        };
        let before = self.stem(k);
        let slot = view.preposition(k).filter(|s| *s != Slots::default());
        let prep = match slot {
            Some(slot) => u64::from(slot.0),
            None if view.is(k, Tags::PREPOSITION) => before,
            None => 0,
        };
        (prep, before)
    }

    /// How many verbs and borders lie between a mention and the trigger.
    fn between(&self, m: &Mentioned, place: Place) -> [u64; 2] {
        let t = self.trigger.token;
        match place {
            Place::Before => self.scene.between(m.range.end..t),
            Place::After => self.scene.between(t + 1..m.range.start),
            _ => [0, 0],
        }
    }

    /// How many others are mentioned between a mention and the trigger.
    fn crowd(&self, m: &Mentioned, place: Place) -> u64 {
        let t = self.trigger.token;
        let range = match place {
            Place::Before => m.range.end..t,
            Place::After => t + 1..m.range.start,
            _ => return 9,
        };
        let others = self.scene.mentioned.iter();
        let between = others.filter(|o| o.here && range.contains(&o.range.start));
        between.take(3).count() as u64
    }

    /// Whether somebody can be the subject of the trigger.
    fn fits(&self, agreement: Agreement) -> u64 {
        let own = self.trigger.agreement;
        if self.trigger.noun || agreement.gender.is_none() && agreement.number.is_none() {
            return 2;
        }
        u64::from(agreement.fits(own))
    }

    /// What somebody has to do with the statements around the trigger.
    fn speaks(&self, id: EntityId) -> u64 {
        let part = |s: Option<&Statement>| match s {
            Some(s) if s.speaker.is_some_and(|s| s.entity == id) => 1 + s.act as u64 * 2,
            Some(s) if s.addressee.contains(&id) => 2 + s.act as u64 * 2,
            Some(_) => 90,
            None => 91,
        };
        part(self.cue) * 100 + part(self.within)
    }

    /// The way in the tree from the head of a mention to the trigger: what each word is
    /// to its head, upward and downward again.
    fn hops(&self, m: &Mentioned) -> u64 {
        let trees = self.view.article.trees;
        let token = self.trigger.token;
        if !m.here || !trees.is_parsed(token) {
            return 0;
        }
        let Some(head) = trees.head_of(m.range.clone()) else {
            return 1;
        };
        let label = |k: usize| trees.label(k) as u64;
        let mut hops = Feature::new(0, 1);
        for up in trees.upward(head).take(HOPS) {
            let down = trees.upward(token).take(HOPS).position(|k| k == up);
            if let Some(down) = down {
                let back = trees.upward(token).take(down);
                return back.fold(hops.and(99), |h, k| h.and(label(k))).0;
            }
            hops = hops.and(label(up));
        }
        2
    }

    /// The classes of the words between a mention and the trigger, if they are few.
    fn path(&self, m: &Mentioned, place: Place) -> u64 {
        let view = self.view;
        let t = self.trigger;
        let from = t.rest.unwrap_or(t.token).max(t.token);
        let range = match place {
            Place::Before => m.range.end..t.token,
            Place::After => from + 1..m.range.start,
            _ => return place as u64,
        };
        if range.len() > 4 {
            return 10 + place as u64;
        }
        let start = Feature::new(0, place as u64);
        let classes = range.map(|k| {
            let word = view.info(k);
            let tags = u64::from(view.is_border(k))
                + 2 * u64::from(view.is(k, Tags::RELATIVE))
                + 4 * u64::from(view.is(k, Tags::TIME))
                + 8 * u64::from(word.article);
            tags * 32 + word.pos as u64
        });
        classes.fold(start, Feature::and).0
    }
}

/// Distances in steps that grow.
pub(crate) fn distance(gap: usize) -> u64 {
    match gap {
        0..=3 => gap as u64,
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=22 => 7,
        _ => 8,
    }
}

/// How likely somebody is the actor, and the recipient.
pub(crate) type Shares = [f32; 2];

/// The sides of a candidate, chosen among those who may be one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides {
    pub(crate) actors: Few<EntityId>,
    pub(crate) recipients: Few<EntityId>,
    /// The best share of an actor and of a recipient, chosen or not.
    pub(crate) best: Shares,
}

impl Sides {
    /// Whether somebody is a side here and there.
    pub(crate) fn shares(&self, other: &Sides) -> bool {
        let mut own = self.actors.iter().chain(&self.recipients);
        own.any(|id| other.actors.contains(id) || other.recipients.contains(id))
    }
}

/// Somebody with the shares of both sides.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) id: EntityId,
    pub(crate) shares: Shares,
    /// Where the scene mentions it.
    pub(crate) range: Option<Range<usize>>,
    /// Whether `و` adds it to whoever stands before.
    pub(crate) joined: bool,
}

/// The least share of whoever is told as a side: of the first on it, and of others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Least {
    pub(crate) first: f32,
    pub(crate) further: f32,
}

/// Chooses the sides together: the likeliest first, nobody twice and nobody who is only
/// named inside another; who stands beside one that is chosen needs no more than that.
pub(crate) fn choose(parties: &[Ranked], least: Least) -> Sides {
    let mut out = Sides::default();
    let mut order: Few<(usize, Role), 32> = Few::new();
    for (k, party) in parties.iter().enumerate() {
        let [actor, recipient] = party.shares;
        out.best = [out.best[0].max(actor), out.best[1].max(recipient)];
        let role = if actor >= recipient {
            Role::Actor
        } else {
            Role::Recipient
        };
        order.push((k, role));
    }
    let share = |k: usize| parties[k].shares[0].max(parties[k].shares[1]);
    order.sort_by(|a, b| share(b.0).total_cmp(&share(a.0)).then(a.0.cmp(&b.0)));
    let mut chosen: Few<(usize, Role), 8> = Few::new();
    for (k, role) in order {
        let party = &parties[k];
        let overlaps = |other: usize| match (&party.range, &parties[other].range) {
            (Some(a), Some(b)) => a.start < b.end && b.start < a.end,
            _ => false,
        };
        let beside = |other: usize| match (&party.range, &parties[other].range) {
            (Some(a), Some(b)) => {
                party.joined && b.end <= a.start && a.start <= b.end + 1
                    || parties[other].joined && a.end <= b.start && b.start <= a.end + 1
            }
            _ => false,
        };
        if chosen.iter().any(|&(other, _)| overlaps(other)) {
            continue;
        }
        let mut same = chosen.iter().filter(|(_, r)| *r == role).peekable();
        let alone = same.peek().is_none();
        let wanted = match alone || same.any(|&(other, _)| beside(other)) {
            true => least.first,
            false => least.further,
        };
        if share(k) >= wanted {
            chosen.push((k, role));
        }
    }
    // In the order of the text, as far as they stand in it.
    chosen.sort_by_key(|&(k, _)| parties[k].range.as_ref().map_or(usize::MAX, |r| r.start));
    for (k, role) in chosen {
        let side = match role {
            Role::Actor => &mut out.actors,
            Role::Recipient => &mut out.recipients,
        };
        side.push(parties[k].id);
    }
    out
}
