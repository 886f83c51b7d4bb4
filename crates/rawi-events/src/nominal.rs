//! The arguments of event nouns: genitives, helping verbs and nouns, relative
//! clauses, nationalities.

use std::ops::Range;

use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_words::events::{Role, Slots, Standing};

use crate::arguments::{Arguments, Side};
use crate::clause::{self, Piece};
use crate::party;
use crate::trigger::Trigger;
use crate::view::View;

/// Reads the arguments of an event noun.
pub(crate) fn noun(view: &View<'_>, t: &Trigger, pieces: Few<Piece, 4>, out: &mut Arguments) {
    let frame = t.row.frame;
    let mut bare = 0;
    let mut genitives: Few<Range<usize>> = Few::new();
    let mut objects: Few<Range<usize>> = Few::new();
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
                out.act(Side::Phrase(piece.range.clone()), Slots::AGENT);
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
    range.len() == 1 && !word.article && view.stem_plays(range.start, Roles::DEED_KIND)
        || word.is(Tags::DEMONYM) && range.len() == 1 && !word.is(Tags::PLURAL)
}

/// The genitive of an event noun is whom the frame says; where it may be either
/// side, a second phrase or an agent decides: `اعتقال الشرطة شابين`, `اعتقال شابين`.
fn genitive(
    view: &View<'_>,
    t: &Trigger,
    genitives: Few<Range<usize>>,
    objects: Few<Range<usize>>,
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
                out.act(side, Slots::OBJECT);
            } else if frame.recipient.any(Slots::OBJECT | Slots::GENITIVE) {
                out.pronoun = false;
                out.suffer(side, Slots::OBJECT);
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
            out.suffer(side, Slots::GENITIVE);
        } else if frame.actor.any(Slots::GENITIVE | Slots::SUBJECT) {
            out.act(side, Slots::GENITIVE);
        }
    }
    for range in objects {
        let slot = if frame.recipient.any(Slots::OBJECT) {
            Slots::OBJECT
        } else {
            Slots::INSIDE
        };
        if frame.recipient.any(slot) {
            out.suffer(Side::Phrase(range), slot);
        }
    }
}

/// Whether a helping verb in front lends the noun its actor.
fn is_helped(view: &View<'_>, t: &Trigger) -> bool {
    let Some((verb, pieces)) = clause::governor(view, t.token) else {
        return false;
    };
    let acts = view
        .light(verb)
        .is_some_and(|l| l.subject == Some(Role::Actor));
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
        out.act(Side::Nation(country), Slots::GENITIVE);
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
    let acts = view
        .light(verb)
        .is_some_and(|l| l.subject == Some(Role::Actor));
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
            out.act(side, Slots::LIGHT);
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
        for range in genitive {
            out.act(Side::Phrase(range), Slots::LIGHT);
        }
        return;
    }
    let Some((verb, pieces)) = clause::governor(view, t.token) else {
        return;
    };
    let light = view.light(verb);
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
    let mut subject: Few<Range<usize>> = clause::before(view, verb);
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
                out.act(side, Slots::LIGHT);
            }
            Role::Recipient => {
                out.suffer(side, Slots::LIGHT);
            }
        }
    }
}
