//! Filling a frame: which phrase around a trigger is its actor, which its
//! recipient.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Gender, Number};
use rawi_names::{Country, EntityId, Kind, Tags};

use crate::clause::{self, Piece};
use crate::event::Status;
use crate::frame::{Needs, Slots};
use crate::lexicon::{self, Role, Standing};
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
    pub(crate) actors: Vec<Side>,
    pub(crate) recipients: Vec<Side>,
    /// The places that were filled.
    pub(crate) actor_slots: Slots,
    pub(crate) recipient_slots: Slots,
    /// The verb hides its subject, or a pronoun stands for the actor.
    pub(crate) hidden: bool,
    /// A pronoun stands for the recipient.
    pub(crate) pronoun: bool,
    /// What a helping verb says.
    pub(crate) status: Option<Status>,
}

impl Arguments {
    fn give(&mut self, trigger: &Trigger, slot: Slots, side: &Side) {
        let frame = trigger.row.frame;
        let taken = frame.recipient.any(slot) && !self.actors.is_empty();
        if frame.actor.any(slot) && !taken {
            self.actors.push(side.clone());
            self.actor_slots |= slot;
        } else if frame.recipient.any(slot) {
            self.recipients.push(side.clone());
            self.recipient_slots |= slot;
        }
    }
}

/// Reads the arguments of a trigger.
pub(crate) fn read(view: &View<'_>, t: &Trigger) -> Arguments {
    let mut out = Arguments::default();
    let pieces = clause::behind(view, t.token + 1, t.rest);
    if t.noun {
        noun(view, t, pieces, &mut out);
    } else {
        verb(view, t, pieces, &mut out);
    }
    if t.row.frame.recipient.any(Slots::INSIDE) && out.recipients.is_empty() {
        look_inside(view, t, &mut out);
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

fn verb(view: &View<'_>, t: &Trigger, pieces: Vec<Piece>, out: &mut Arguments) {
    let (bare, led): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().partition(|p| p.slot == Slots::OBJECT);
    for piece in led.iter().filter(|p| p.somebody) {
        let slot = if piece.slot == Slots::AGENT {
            Slots::SUBJECT
        } else {
            piece.slot
        };
        out.give(t, slot, &Side::Phrase(piece.range.clone()));
    }
    let by_agent = led.iter().any(|p| p.slot == Slots::AGENT && p.somebody);
    let mut before = if t.conjunction || t.aspect == Aspect::Participle {
        Vec::new()
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
    let mut groups: Vec<Vec<Range<usize>>> = Vec::new();
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
            _ => groups.push(vec![piece.range]),
        }
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
            (Some(a), _) if takes_object && nobody_first => (Some(Vec::new()), Some(a)),
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
    let mut give = |group: Option<Vec<Range<usize>>>, slot: Slots| {
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
    if t.agreement.number == Some(Number::Plural) || t.pronoun {
        return !t.pronoun;
    }
    let phrase = view.reader().describe(range.clone());
    let feminine = t.agreement.gender == Some(Gender::Feminine);
    let counted = party::is_counted(view, range);
    let raw = view.word(phrase.head);
    let accusative = raw.ends_with("ين") && view.is(phrase.head, Tags::PLURAL | Tags::GROUP);
    let clash = t.agreement.gender.is_some()
        && phrase.agreement.gender.is_some()
        && t.agreement.gender != phrase.agreement.gender
        && phrase.agreement.number != Some(Number::Plural);
    clash || accusative || feminine && counted && t.conjunction
}

fn noun(view: &View<'_>, t: &Trigger, pieces: Vec<Piece>, out: &mut Arguments) {
    let frame = t.row.frame;
    let mut bare = 0;
    let mut genitives: Vec<Range<usize>> = Vec::new();
    let mut objects: Vec<Range<usize>> = Vec::new();
    for piece in pieces {
        if piece.slot == Slots::OBJECT {
            let next_to = piece.range.start == t.token + 1
                || genitives
                    .last()
                    .is_some_and(|g| g.end == piece.range.start && view.info(g.end).conjunction);
            if t.pronoun && piece.somebody && piece.range.start == t.token + 1 {
                objects.push(piece.range);
            } else if next_to && !t.definite && !t.pronoun {
                if piece.somebody {
                    if !is_adjective(view, &piece.range) {
                        genitives.push(piece.range);
                    }
                } else if frame.recipient.any(Slots::INSIDE | Slots::OBJECT)
                    && let Some(within) = party::inside(view, &piece.range)
                {
                    objects.push(within);
                }
            } else if piece.somebody && bare < 1 && !genitives.is_empty() {
                objects.push(piece.range);
                bare += 1;
            }
            continue;
        }
        if piece.somebody {
            let slot = if piece.slot == Slots::AGENT {
                out.actors.push(Side::Phrase(piece.range.clone()));
                out.actor_slots |= Slots::AGENT;
                continue;
            } else {
                piece.slot
            };
            out.give(t, slot, &Side::Phrase(piece.range));
        }
    }
    genitive(view, t, genitives, objects, out);
    relative(view, t, out);
    if frame.actor.any(Slots::LIGHT) || frame.recipient.any(Slots::LIGHT) || out.actors.is_empty() {
        light(view, t, out);
    }
}

/// `تفجير انتحاري`, `هجمات إرهابية`: the word after the event noun only says of
/// what kind it is.
fn is_adjective(view: &View<'_>, range: &Range<usize>) -> bool {
    let word = view.info(range.start);
    let stem = view.stem(range.start);
    range.len() == 1
        && !word.article
        && ["انتحاري", "ارهابي", "مسلح", "عسكري", "امني", "شعبي", "طلابي"]
            .iter()
            .any(|a| stem.starts_with(a))
        || word.is(Tags::DEMONYM) && range.len() == 1 && !word.is(Tags::PLURAL)
}

/// The genitive of an event noun is whom the frame says; where it may be either
/// side, a second phrase or an agent decides: `اعتقال الشرطة شابين`, `اعتقال شابين`.
fn genitive(
    view: &View<'_>,
    t: &Trigger,
    genitives: Vec<Range<usize>>,
    objects: Vec<Range<usize>>,
    out: &mut Arguments,
) {
    let frame = t.row.frame;
    if t.pronoun {
        out.hidden = true;
        out.pronoun = frame.recipient.any(Slots::GENITIVE) && !frame.actor.any(Slots::GENITIVE);
        // `لقائه الرئيس`, `استقباله الوفد`
        for range in objects {
            let side = Side::Phrase(range);
            if frame.actor.any(Slots::OBJECT) {
                out.actors.push(side);
                out.actor_slots |= Slots::OBJECT;
            } else if frame.recipient.any(Slots::OBJECT | Slots::GENITIVE) {
                out.pronoun = false;
                out.recipients.push(side);
                out.recipient_slots |= Slots::OBJECT;
            }
        }
        return;
    }
    let acts = |r: &Range<usize>| {
        matches!(
            party::standing(view, r),
            Some(Standing::Armed | Standing::State)
        ) && !party::is_counted(view, r)
    };
    let recipient_follows = !objects.is_empty() || !out.recipients.is_empty();
    let to_recipient = frame.recipient.any(Slots::GENITIVE)
        && !(recipient_follows && genitives.first().is_some_and(acts));
    for range in genitives {
        let side = Side::Phrase(range);
        if to_recipient {
            out.recipients.push(side);
            out.recipient_slots |= Slots::GENITIVE;
        } else if frame.actor.any(Slots::GENITIVE | Slots::SUBJECT) {
            out.actors.push(side);
            out.actor_slots |= Slots::GENITIVE;
        }
    }
    for range in objects {
        let slot = if frame.recipient.any(Slots::OBJECT) {
            Slots::OBJECT
        } else {
            Slots::INSIDE
        };
        if frame.recipient.any(slot) {
            out.recipients.push(Side::Phrase(range));
            out.recipient_slots |= slot;
        }
    }
}

/// `المباحثات التي أجراها الملك مع الرئيس`: the verb of a relative clause on the
/// event noun lends its subject and complements.
fn relative(view: &View<'_>, t: &Trigger, out: &mut Arguments) {
    let frame = t.row.frame;
    let end = view.sentence(t.token).end;
    let Some(verb) = (t.token + 1..end.min(t.token + 5))
        .find(|&k| view.is(k, Tags::RELATIVE))
        .map(|k| k + 1)
        .filter(|&k| k < end && view.is_light(k))
    else {
        return;
    };
    let acts = lexicon::light_verb(view.word(verb)).is_some_and(|l| l.subject == Some(Role::Actor));
    let mut subject = acts
        && frame
            .actor
            .any(Slots::LIGHT | Slots::SUBJECT | Slots::GENITIVE);
    for piece in clause::behind(view, verb + 1, None) {
        if !piece.somebody {
            continue;
        }
        let side = Side::Phrase(piece.range);
        if piece.slot != Slots::OBJECT {
            subject = false;
            out.give(t, piece.slot, &side);
        } else if subject {
            out.actors.push(side);
            out.actor_slots |= Slots::LIGHT;
        }
    }
}

/// The verb that the event noun depends on lends its subject.
fn light(view: &View<'_>, t: &Trigger, out: &mut Arguments) {
    let Some((verb, pieces)) = clause::governor(view, t.token) else {
        return;
    };
    let light = lexicon::light_verb(view.word(verb)).filter(|_| view.is_light(verb));
    if let Some(light) = light {
        out.status = Some(light.status);
    }
    let Some(role) = light.and_then(|l| l.subject) else {
        return;
    };
    let allowed = match role {
        Role::Actor => t.row.frame.actor.any(Slots::LIGHT) && out.actors.is_empty(),
        Role::Recipient => out.recipients.is_empty(),
    };
    if !allowed {
        return;
    }
    let mut subject: Vec<Range<usize>> = clause::before(view, verb);
    if subject.is_empty() {
        subject = pieces
            .into_iter()
            .take_while(|p| p.slot == Slots::OBJECT)
            .filter(|p| p.somebody)
            .map(|p| p.range)
            .collect();
    }
    if subject.is_empty() {
        out.hidden |= role == Role::Actor;
        return;
    }
    for range in subject {
        let side = Side::Phrase(range);
        match role {
            Role::Actor => {
                out.actors.push(side);
                out.actor_slots |= Slots::LIGHT;
            }
            Role::Recipient => {
                out.recipients.push(side);
                out.recipient_slots |= Slots::LIGHT;
            }
        }
    }
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
            out.recipients.push(Side::Phrase(found));
            out.recipient_slots |= Slots::INSIDE;
            return;
        }
        k = found.end.max(k + 1);
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
        out.recipients.push(Side::Nation(country));
        out.recipient_slots |= Slots::INSIDE;
    }
}
