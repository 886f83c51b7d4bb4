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
    /// The token of a preposition whose pronoun is the recipient: `القبض عليه`.
    pub(crate) pointed: Option<usize>,
    /// The same for one of the actors: `اجتمع معه`.
    pub(crate) partner: Option<usize>,
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
    let frame = t.row.frame;
    for piece in pieces.iter().filter(|p| p.pronoun) {
        if frame.actor.any(piece.slot) {
            out.partner.get_or_insert(piece.range.start);
        } else if frame.recipient.any(piece.slot) {
            out.pointed.get_or_insert(piece.range.start);
        }
    }
    if t.noun {
        noun(view, t, pieces, &mut out);
    } else {
        verb(view, t, pieces, &mut out);
    }
    if t.row.frame.recipient.any(Slots::INSIDE)
        && out.recipients.is_empty()
        && out.pointed.is_none()
    {
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
        // Where the subject suffers (`تعرض للضرب`), only the agent acts.
        let agent = piece.slot == Slots::AGENT;
        if agent && !t.row.frame.actor.any(Slots::SUBJECT) {
            out.actors.push(Side::Phrase(piece.range.clone()));
            out.actor_slots |= Slots::AGENT;
            continue;
        }
        let slot = if agent { Slots::SUBJECT } else { piece.slot };
        out.give(t, slot, &Side::Phrase(piece.range.clone()));
    }
    let by_agent = t.row.frame.actor.any(Slots::SUBJECT)
        && led.iter().any(|p| p.slot == Slots::AGENT && p.somebody);
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
    let accusative = phrase.head == range.start
        && raw.ends_with("ين")
        && view.is(phrase.head, Tags::PLURAL | Tags::GROUP);
    let clash = t.agreement.gender.is_some()
        && phrase.agreement.gender.is_some()
        && t.agreement.gender != phrase.agreement.gender
        && (phrase.agreement.number != Some(Number::Plural) || phrase.kind == Kind::Place);
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
    by_nation(view, t, out);
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
    // `واصلت الحكومة تحذير الشركات`: the actor stands before, the genitive suffers.
    let helped = frame.recipient.any(Slots::OBJECT) && is_helped(view, t);
    let to_recipient = helped
        || frame.recipient.any(Slots::GENITIVE)
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

/// Whether a helping verb in front lends the noun its actor.
fn is_helped(view: &View<'_>, t: &Trigger) -> bool {
    let Some((verb, pieces)) = clause::governor(view, t.token) else {
        return false;
    };
    let acts = view.is_light(verb)
        && lexicon::light_verb(view.word(verb)).is_some_and(|l| l.subject == Some(Role::Actor));
    let close = pieces.iter().all(|p| p.slot == Slots::OBJECT && p.somebody);
    acts && close && pieces.last().map_or(verb + 1, |p| p.range.end) == t.token
}

/// `القصف الأمريكي للمدينة`, `العقوبات الروسية`: the adjective tells whose deed it is.
fn by_nation(view: &View<'_>, t: &Trigger, out: &mut Arguments) {
    let own = Slots::GENITIVE | Slots::LIGHT | Slots::SUBJECT;
    if !out.actors.is_empty() || out.hidden || !t.row.frame.actor.any(own) {
        return;
    }
    let end = view.sentence(t.token).end;
    let adjectives = (t.token + 1..end.min(t.token + 4)).take_while(|&k| {
        view.is_word(k) && view.info(k).article == t.definite && !view.is(k, Tags::FUNCTION)
    });
    let nation = adjectives
        .clone()
        .find(|&k| view.is(k, Tags::DEMONYM) && !view.is(k, Tags::PLURAL))
        .and_then(|k| view.info(k).country());
    if let Some(country) = nation {
        out.actors.push(Side::Nation(country));
        out.actor_slots |= Slots::GENITIVE;
    }
}

/// `المباحثات التي أجراها الملك مع الرئيس`: the verb of a relative clause on the
/// event noun lends its subject and complements.
fn relative(view: &View<'_>, t: &Trigger, out: &mut Arguments) {
    let frame = t.row.frame;
    let end = view.sentence(t.token).end;
    let near = t.token + 1..end.min(t.token + 5);
    // `هجوم انتحاري شنه مسلحون`: an indefinite noun takes its clause without `الذي`.
    let bare = || {
        let verb = near.clone().find(|&k| view.is_light(k))?;
        let adjectives = (t.token + 1..verb)
            .all(|k| view.is_word(k) && !view.is(k, Tags::FUNCTION) && !view.info(k).conjunction);
        let resumes = view.word(verb).ends_with(['ه', 'ا']) && view.word(verb).len() > 6;
        (!t.definite && adjectives && resumes).then_some(verb)
    };
    let Some(verb) = near
        .clone()
        .find(|&k| view.is(k, Tags::RELATIVE))
        .map(|k| k + 1)
        .filter(|&k| k < end && view.is_light(k))
        .or_else(bare)
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
    if out.actors.is_empty()
        && t.row.frame.actor.any(Slots::LIGHT | Slots::SUBJECT)
        && let Some((noun, genitive)) = clause::light_noun(view, t.token)
        && noun.subject == Some(Role::Actor)
    {
        out.status = Some(noun.status);
        out.actors.extend(genitive.into_iter().map(Side::Phrase));
        out.actor_slots |= Slots::LIGHT;
        return;
    }
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
        Role::Actor => {
            let lends = t.row.frame.actor.any(Slots::LIGHT)
                || t.row.frame.actor.any(Slots::SUBJECT) && is_helped(view, t);
            lends && out.actors.is_empty()
        }
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
            let all = party::coordinated(view, found, clause.end);
            out.recipients.extend(all.into_iter().map(Side::Phrase));
            out.recipient_slots |= Slots::INSIDE;
            return;
        }
        k = found.end.max(k + 1);
    }
    // `بالدور الذي تقوم به دول التحالف`: who does what is praised or blamed.
    if view.word_at(clause.end).is_some() && view.is(clause.end, Tags::RELATIVE) {
        let inner = clause::rest_of(view, clause.end + 1);
        let named = party::inside(view, &inner).filter(|r| r.start <= inner.start + 3);
        if let Some(found) = named.filter(|r| !taken(r)) {
            out.recipients.push(Side::Phrase(found));
            out.recipient_slots |= Slots::INSIDE;
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
        out.recipients.push(Side::Nation(country));
        out.recipient_slots |= Slots::INSIDE;
    }
}
