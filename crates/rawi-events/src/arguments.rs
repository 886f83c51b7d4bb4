//! Filling a frame: which phrase around a trigger is its actor, which its
//! recipient.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Gender, Number};
use rawi_names::{Country, EntityId, Kind, Tags};
use rawi_text::Few;
use rawi_words::events::{Needs, Role, Slots, Standing, Status};

use crate::clause::{self, Piece};
use crate::nominal;
use crate::party;
use crate::trigger::Trigger;
use crate::view::View;

/// Somebody in an event, before the cast knows who it is.
#[derive(Clone, Debug)]
pub(crate) enum Side {
    /// A noun phrase.
    Phrase(Range<usize>),
    /// An entity that is known already.
    Known(EntityId),
    /// A country by its adjective.
    Nation(&'static Country),
}

/// Who fills a frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) actors: Few<Side>,
    pub(crate) recipients: Few<Side>,
    /// The places that were filled.
    pub(crate) actor_slots: Slots,
    pub(crate) recipient_slots: Slots,
    /// The verb hides its subject, or a pronoun stands for the actor.
    pub(crate) hidden: bool,
    /// A pronoun stands for the recipient.
    pub(crate) pronoun: bool,
    /// The token of a preposition whose pronoun is the recipient: `القبض عليه`.
    pub(crate) pointed: Option<usize>,
    /// The same for one of the actors: `اجتمع معه`.
    pub(crate) partner: Option<usize>,
    /// What a helping verb says.
    pub(crate) status: Option<Status>,
    /// Which phrases the frame took, and for what.
    pub(crate) placed: Few<Placed, 4>,
    /// The phrases behind the trigger.
    pub(crate) pieces: Few<Piece, 4>,
}

/// A phrase that a frame took.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Placed {
    /// Its first token.
    pub(crate) at: usize,
    pub(crate) slot: Slots,
    pub(crate) role: Role,
}

impl Arguments {
    /// Takes an actor.
    pub(crate) fn act(&mut self, side: Side, slot: Slots) {
        self.place(&side, slot, Role::Actor);
        self.actors.push(side);
        self.actor_slots |= slot;
    }

    /// Takes a recipient.
    pub(crate) fn suffer(&mut self, side: Side, slot: Slots) {
        self.place(&side, slot, Role::Recipient);
        self.recipients.push(side);
        self.recipient_slots |= slot;
    }

    fn place(&mut self, side: &Side, slot: Slots, role: Role) {
        if let Side::Phrase(range) = side {
            let at = range.start;
            self.placed.push(Placed { at, slot, role });
        }
    }

    pub(crate) fn give(&mut self, trigger: &Trigger, slot: Slots, side: &Side) {
        let frame = trigger.row.frame;
        let taken = frame.recipient.any(slot) && !self.actors.is_empty();
        if frame.actor.any(slot) && !taken {
            self.act(side.clone(), slot);
        } else if frame.recipient.any(slot) {
            self.suffer(side.clone(), slot);
        }
    }
}

/// Reads the arguments of a trigger.
pub(crate) fn read(view: &View<'_>, t: &Trigger) -> Arguments {
    let mut out = Arguments::default();
    let pieces = clause::behind(view, t.token + 1, t.rest);
    let frame = t.row.frame;
    for piece in pieces.iter().filter(|p| p.pronoun) {
        if frame.actor.any(piece.slot) {
            out.partner.get_or_insert(piece.range.start);
        } else if frame.recipient.any(piece.slot) {
            out.pointed.get_or_insert(piece.range.start);
        }
    }
    out.pieces = pieces.clone();
    if t.noun {
        nominal::noun(view, t, pieces, &mut out);
    } else {
        verb(view, t, pieces, &mut out);
    }
    if t.row.frame.recipient.any(Slots::INSIDE)
        && out.recipients.is_empty()
        && out.pointed.is_none()
    {
        look_inside(view, t, &mut out);
    }
    // `قضت المحكمة بسجنه`
    if let Some(rest) = t.rest
        && frame.needs.has(Needs::COURT)
        && out.recipients.is_empty()
        && out.pointed.is_none()
        && view.has_pronoun(rest)
        && !view.raw(rest).ends_with('ة')
    {
        out.pointed = Some(rest);
    }
    // In text order, whatever place each was found in.
    for sides in [&mut out.actors, &mut out.recipients] {
        sides.sort_by_key(|side| match side {
            Side::Phrase(range) => range.start,
            Side::Known(_) | Side::Nation(_) => usize::MAX,
        });
    }
    out
}

fn verb(view: &View<'_>, t: &Trigger, pieces: Few<Piece, 4>, out: &mut Arguments) {
    let (bare, led): (Few<Piece, 4>, Few<Piece, 4>) =
        pieces.into_iter().partition(|p| p.slot == Slots::OBJECT);
    for piece in led.iter().filter(|p| p.somebody) {
        // Where the subject suffers (`تعرض للضرب`), only the agent acts.
        let agent = piece.slot == Slots::AGENT;
        if agent && !t.row.frame.actor.any(Slots::SUBJECT) {
            out.act(Side::Phrase(piece.range.clone()), Slots::AGENT);
            continue;
        }
        let slot = if agent { Slots::SUBJECT } else { piece.slot };
        out.give(t, slot, &Side::Phrase(piece.range.clone()));
    }
    let by_agent = t.row.frame.actor.any(Slots::SUBJECT)
        && led.iter().any(|p| p.slot == Slots::AGENT && p.somebody);
    let mut before = if t.conjunction || t.aspect == Aspect::Participle {
        Few::new()
    } else {
        clause::before(view, t.token)
    };
    // `الجنود الذين استهدفهم الهجوم`: what the pronoun repeats is the object.
    if t.pronoun && t.token > 0 && view.is(t.token - 1, Tags::RELATIVE) {
        for range in before.drain(..) {
            out.give(t, Slots::OBJECT, &Side::Phrase(range));
        }
    }
    // What stands behind the verb without a preposition: the first group of
    // coordinated phrases, then the second.
    let mut groups: Few<Few<Range<usize>>> = Few::new();
    // Behind a complement no object follows.
    let complement = led
        .iter()
        .find(|p| !matches!(p.slot, Slots::FI | Slots::AGENT) && p.slot != Slots::default())
        .map_or(usize::MAX, |p| p.range.start);
    let mut nobody_first = false;
    for piece in bare {
        if piece.range.start > complement {
            break;
        }
        if !piece.somebody {
            let adverb = view.raw(piece.range.start).ends_with(['ا', '\u{64b}']);
            nobody_first |= groups.is_empty() && !adverb && piece.range.start == t.token + 1;
            continue;
        }
        match groups.last_mut() {
            Some(group)
                if group.last().is_some_and(|r| r.end == piece.range.start)
                    && view.info(piece.range.start).conjunction =>
            {
                group.push(piece.range);
            }
            _ => groups.push(Few::from_iter([piece.range])),
        }
    }
    if let [a, b, ..] = groups.as_slice()
        && is_title_of(view, a, b)
    {
        groups.remove(0);
    }
    let mut groups = groups.into_iter();
    let first = groups.next();
    let second = groups.next();
    let takes_object = t.row.frame.recipient.any(Slots::OBJECT)
        || t.row.frame.actor.any(Slots::OBJECT)
        || t.row.frame.recipient.any(Slots::INSIDE);
    let (subject, object) = if t.aspect == Aspect::Participle {
        (None, first)
    } else if !before.is_empty() {
        (Some(before), first)
    } else {
        match (first, second) {
            (Some(a), _) if takes_object && nobody_first => (Some(Few::new()), Some(a)),
            (Some(a), None) if takes_object && is_told_of(view, t) => (None, Some(a)),
            (Some(a), None) if takes_object && is_object(view, t, &a) => (None, Some(a)),
            (a, b) => (a, b),
        }
    };
    let passive = t.row.frame.needs.has(Needs::PASSIVE)
        && object.is_none()
        && !t.pronoun
        && subject.as_deref().is_some_and(|s| {
            !s.is_empty() && by_agent
                || is_vowelled_passive(view, t)
                || s.iter().all(|r| suffers(view, r))
        });
    let mut give = |group: Option<Few<Range<usize>>>, slot: Slots| {
        for range in group.into_iter().flatten() {
            out.give(t, slot, &Side::Phrase(range));
        }
    };
    if passive {
        give(subject, Slots::OBJECT);
        return;
    }
    let known = subject.is_some();
    give(subject, Slots::SUBJECT);
    give(object, Slots::OBJECT);
    out.pronoun =
        t.pronoun && out.recipients.is_empty() && t.row.frame.recipient.any(Slots::OBJECT);
    out.hidden = !known && !by_agent;
}

/// `السفير | خطابي`: an office and right behind it a name alone.
fn is_title_of(view: &View<'_>, a: &[Range<usize>], b: &[Range<usize>]) -> bool {
    let ([title], Some(name)) = (a, b.first()) else {
        return false;
    };
    let office = view.is(title.start, Tags::TITLE) && view.info(title.start).article;
    let other = Tags::TITLE | Tags::BODY | Tags::COUNTRY | Tags::CAPITAL | Tags::GROUP;
    let word = view.info(name.start);
    let alone = !word.is(other) && !word.article && !word.conjunction;
    office
        && title.end == name.start
        && alone
        && view.reader().describe(title.clone()).name.is_none()
        && view.reader().describe(name.clone()).kind == Kind::Person
}

/// Whether the subject is the pronoun in front: `إنه قتل عددا من المسلحين`.
fn is_told_of(view: &View<'_>, t: &Trigger) -> bool {
    let before = t.token.checked_sub(1).filter(|&k| view.is_that(k));
    before.is_some_and(|k| view.has_pronoun(k))
        && t.row.frame.recipient.any(Slots::OBJECT)
        && !is_vowelled_passive(view, t)
}

/// `قُتل`: the writer marks the passive.
fn is_vowelled_passive(view: &View<'_>, t: &Trigger) -> bool {
    let damma = '\u{64f}';
    view.raw(t.token).chars().take(4).any(|c| c == damma)
}

/// People who are counted, unarmed or singled out, without anybody after them:
/// the verb is passive.
fn suffers(view: &View<'_>, range: &Range<usize>) -> bool {
    if party::is_counted(view, range) || party::is_quantified(view, range) {
        return true;
    }
    let phrase = view.reader().describe(range.clone());
    let standing = party::standing(view, range);
    match phrase.kind {
        Kind::Person => standing != Some(Standing::State) || phrase.name.is_some(),
        Kind::Group => !matches!(standing, Some(Standing::Armed | Standing::State)),
        Kind::Other => standing == Some(Standing::People) || !phrase.definite,
        Kind::Body | Kind::Place | Kind::Outlet => false,
    }
}

/// Whether the only phrase behind a verb is its object, the subject being known
/// from before: `واعتقلت ثلاثة شبان`, `ودعا المواطنين إلى`.
fn is_object(view: &View<'_>, t: &Trigger, group: &[Range<usize>]) -> bool {
    let Some(range) = group.first() else {
        return false;
    };
    if t.agreement.is_several() || t.pronoun {
        return !t.pronoun;
    }
    let phrase = view.reader().describe(range.clone());
    let feminine = t.agreement.gender == Some(Gender::Feminine);
    let counted = party::is_counted(view, range);
    let raw = view.word(phrase.head);
    let accusative = phrase.head == range.start
        && raw.ends_with("ين")
        && view.is(phrase.head, Tags::PLURAL | Tags::GROUP);
    let clash = t.agreement.gender.is_some()
        && phrase.agreement.gender.is_some()
        && t.agreement.gender != phrase.agreement.gender
        && (phrase.agreement.number != Some(Number::Plural) || phrase.kind == Kind::Place);
    clash || accusative || feminine && counted && t.conjunction
}

/// Whoever is named inside the complement, if nobody is the recipient himself.
fn look_inside(view: &View<'_>, t: &Trigger, out: &mut Arguments) {
    let from = t.rest.unwrap_or(t.token) + 1;
    let taken = |r: &Range<usize>| {
        out.actors
            .iter()
            .any(|s| matches!(s, Side::Phrase(a) if a.start < r.end && r.start < a.end))
    };
    let mut k = from;
    let clause = clause::rest_of(view, from);
    while k < clause.end {
        let Some(found) = party::inside(view, &(k..clause.end)) else {
            break;
        };
        if !taken(&found) && !view.is(found.start, Tags::OUTLET) {
            let all = party::coordinated(view, found, clause.end);
            for range in all {
                out.suffer(Side::Phrase(range), Slots::INSIDE);
            }
            return;
        }
        k = found.end.max(k + 1);
    }
    // `بالدور الذي تقوم به دول التحالف`: who does what is praised or blamed.
    if view.word_at(clause.end).is_some() && view.is(clause.end, Tags::RELATIVE) {
        let inner = clause::rest_of(view, clause.end + 1);
        let named = party::inside(view, &inner).filter(|r| r.start <= inner.start + 3);
        if let Some(found) = named.filter(|r| !taken(r)) {
            out.suffer(Side::Phrase(found), Slots::INSIDE);
            return;
        }
    }
    if let Some(country) = party::nation(view, &clause)
        .filter(|_| !out.actors.is_empty() || out.hidden)
        .filter(|_| {
            !(clause.clone()).any(|i| {
                out.actors
                    .iter()
                    .any(|s| matches!(s, Side::Phrase(r) if r.contains(&i)))
            })
        })
    {
        out.suffer(Side::Nation(country), Slots::INSIDE);
    }
}
