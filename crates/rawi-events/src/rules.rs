//! What the rules alone say of a candidate: who its sides are by its frame, and which
//! of the conditions of its row are met.

use std::ops::Range;

use rawi_morph::Person;
use rawi_morph::conjugation::Aspect;
use rawi_names::{EntityId, Kind, NameType};
use rawi_speech::{Act, Form, Statement};
use rawi_text::Few;
use rawi_words::events::{EventType, Needs, Quad, Slots, Standing, attached};

use crate::among::Place;
use crate::arguments::{Arguments, Side};
use crate::read::Teller;
use crate::sign::{Sign, Signs};
use crate::trigger::Trigger;
use crate::{clause, party};

/// The sides of a candidate by its frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ruled {
    pub(crate) actors: Few<EntityId>,
    pub(crate) recipients: Few<EntityId>,
}

impl Teller<'_, '_, '_> {
    /// The sides that the frame gives, with who is meant by hidden subjects and
    /// pronouns. What the statement knows better is put into the arguments.
    pub(crate) fn ruled(&self, t: &Trigger, place: &Place, arguments: &mut Arguments) -> Ruled {
        let view = self.view;
        let needs = t.row.frame.needs;
        let within = place.within.and_then(|w| self.statement(w));
        let cue = place.cue.and_then(|c| self.statement(c));
        if let Some(cue) = cue {
            self.take_from_statement(t, cue, arguments);
        }
        let mut actors = self.acting(&arguments.actors);
        // `لقائه الرئيس`: the pronoun is one side of two.
        let lacks = actors.is_empty() || needs.has(Needs::TWO) && actors.len() == 1;
        let own = if t.noun {
            Slots::SUBJECT | Slots::GENITIVE
        } else {
            Slots::SUBJECT
        };
        if lacks
            && (arguments.hidden || t.agreement.person == Person::First)
            && t.row.frame.actor.any(own)
        {
            let hidden = self.hidden_subject(t, within);
            actors.insert_many(0, hidden);
            actors.dedup();
        }
        actors.retain(|id| self.is_side(*id));
        let mut recipients = self.resolve(&arguments.recipients);
        // `أنه تعرض للضرب`
        if recipients.is_empty() && arguments.hidden && t.row.frame.recipient.any(Slots::SUBJECT) {
            recipients = self.hidden_subject(t, within);
        }
        // `قال الوزير بعد اجتماع مع نظيره`: who acts in the sentence is the other side.
        if t.noun
            && needs.has(Needs::TWO)
            && actors.len() == 1
            && arguments.actor_slots.any(Slots::WITH)
        {
            let sentence = view.sentence_of[t.token];
            let topic = self
                .topic
                .as_ref()
                .filter(|topic| topic.sentence == sentence);
            let other = topic.and_then(|t| t.ids.iter().find(|id| !actors.contains(id)));
            actors.insert_many(0, other.copied());
        }
        if let Some(with) = arguments.partner.filter(|_| actors.len() < 2) {
            let partner = self.pointed_at(with, &actors);
            actors.extend(partner);
        }
        if recipients.is_empty() {
            let at = arguments.pronoun.then_some(t.token).or(arguments.pointed);
            recipients.extend(at.and_then(|at| self.pointed_at(at, &actors)));
        }
        let named = |id: &EntityId| {
            arguments
                .recipients
                .iter()
                .any(|s| matches!(s, Side::Known(k) if k == id))
        };
        recipients.retain(|id| (named(id) || self.is_side(*id)) && !actors.contains(id));
        Ruled { actors, recipients }
    }

    /// What the row asks for and does not find.
    pub(crate) fn missed(
        &self,
        t: &Trigger,
        within: Option<&Statement>,
        arguments: &Arguments,
        ruled: &Ruled,
    ) -> Signs {
        let mut signs = t.signs;
        let needs = t.row.frame.needs;
        // What is demanded or threatened is the matter of the demand.
        let matter = within.is_some_and(|s| {
            matches!(s.act, Act::Demand | Act::Threaten | Act::Warn | Act::Ask)
                && s.form != Form::Quote
        });
        signs.put(Sign::Matter, matter);
        let led = t.preposition.and_then(attached) == Some(Slots::BI);
        signs.put(Sign::Unled, needs.has(Needs::LED) && !led);
        self.surroundings(t, arguments, &mut signs);
        let court = needs.has(Needs::COURT) && !signs.has(Sign::NotCourt);
        signs.put(Sign::Court, court);
        let (actors, recipients) = (&ruled.actors, &ruled.recipients);
        signs.put(Sign::NoSide, actors.is_empty() && recipients.is_empty());
        let actor = needs.has(Needs::ACTOR) || needs.has(Needs::SPEECH);
        signs.put(Sign::NoActor, actor && actors.is_empty());
        signs.put(
            Sign::NoRecipient,
            needs.has(Needs::RECIPIENT) && recipients.is_empty(),
        );
        // `اجتمع الوزراء`: several in one word.
        let several = |id: &EntityId| self.cast.get(*id).agreement.is_several();
        let two = actors.len() > 1 || actors.iter().any(several);
        signs.put(Sign::NotTwo, needs.has(Needs::TWO) && !two);
        let topic = self.is_topic(t, actors, recipients, signs.has(Sign::Reports));
        signs.put(Sign::Topic, topic);
        signs
    }

    /// Whether a trigger of speech names a matter or a habit and no act: a noun
    /// (`دعم`, `موافقة`) with one side only, or an imperfect (`يدعم`, `ترفض`) that
    /// reports nothing.
    fn is_topic(
        &self,
        t: &Trigger,
        actors: &[EntityId],
        recipients: &[EntityId],
        reports: bool,
    ) -> bool {
        let quad = t.row.kind.quad();
        if !matches!(quad, Quad::VerbalConflict | Quad::VerbalCooperation)
            || t.row.kind == EventType::Consult
            || t.row.frame.needs.has(Needs::TWO)
        {
            return false;
        }
        let one_sided = actors.is_empty() || recipients.is_empty();
        let habit = t.aspect == Aspect::Imperfect
            && one_sided
            && !t.future
            && !reports
            && t.agreement.person != Person::First;
        t.noun && t.rest.is_none() && one_sided || habit
    }

    /// Which conditions of its row the words around a trigger miss.
    fn surroundings(&self, t: &Trigger, arguments: &Arguments, signs: &mut Signs) {
        let view = self.view;
        let needs = t.row.frame.needs;
        let all = |sides: &[Side], test: &dyn Fn(&Range<usize>) -> bool| {
            sides.iter().all(|s| match s {
                Side::Phrase(range) => test(range),
                Side::Known(_) | Side::Nation(_) => true,
            })
        };
        let (actors, recipients) = (&arguments.actors, &arguments.recipients);
        let standing = |r: &Range<usize>| party::standing(view, r);
        let kind = |r: &Range<usize>| view.reader().describe(r.clone()).kind;
        let mut put = |need: Needs, sign: Sign, met: &dyn Fn() -> bool| {
            signs.put(sign, needs.has(need) && !met());
        };
        put(Needs::PEOPLE, Sign::NotPeople, &|| {
            all(recipients, &|r| party::is_people(view, r))
        });
        put(Needs::RIVAL, Sign::NotRival, &|| {
            all(recipients, &|r| party::is_power(view, r)) || clause::tells_own_deed(view, t.token)
        });
        put(Needs::COURT, Sign::NotCourt, &|| {
            !actors.is_empty() && all(actors, &|r| party::is_court(view, r))
        });
        put(Needs::OWN, Sign::NotOwn, &|| {
            t.rest.is_some_and(|k| view.points_to(k, t.agreement))
        });
        put(Needs::CROWD, Sign::NotCrowd, &|| {
            all(actors, &|r| standing(r) == Some(Standing::People))
        });
        put(Needs::STATE, Sign::NotState, &|| {
            all(actors, &|r| {
                matches!(standing(r), Some(Standing::State | Standing::Armed))
                    || kind(r) == Kind::Place
            })
        });
        put(Needs::VISITOR, Sign::NotVisitor, &|| {
            let travels =
                |r: &Range<usize>| kind(r) == Kind::Person && standing(r) == Some(Standing::State);
            all(actors, &travels) && all(recipients, &|r| kind(r) == Kind::Place)
        });
        put(Needs::TRANSITIVE, Sign::NotTransitive, &|| {
            !actors.is_empty() && !recipients.is_empty()
        });
        put(Needs::VIOLENCE, Sign::NotViolent, &|| {
            self.scene.is_violent(view, t.token)
        });
    }

    /// Whether an entity can be a side: anybody but the press and buildings. Of what no
    /// table knows its first phrase tells whether it is somebody.
    pub(crate) fn is_side(&self, id: EntityId) -> bool {
        let entity = self.cast.get(id);
        if entity.label == Some(NameType::Facility) {
            return false;
        }
        match entity.kind {
            Kind::Outlet => false,
            Kind::Other => {
                let mut first = self.cast.mentions_of(id).take(1);
                first.any(|m| party::is_somebody(self.view, &m.phrase))
            }
            _ => true,
        }
    }
}
