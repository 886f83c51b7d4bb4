//! Who is meant: the entities of phrases, hidden subjects and pronouns, and the
//! speaker of a statement.

use std::ops::Range;

use rawi_morph::{Agreement, Number, Person};
use rawi_names::{EntityId, Kind};
use rawi_speech::Statement;
use rawi_text::Few;
use rawi_words::events::Slots;

use crate::arguments::{Arguments, Side};
use crate::party;
use crate::read::Teller;
use crate::trigger::Trigger;

/// Whether a finite verb has a single subject.
fn is_one(t: &Trigger) -> bool {
    !t.noun && t.agreement.number == Some(Number::Singular)
}

impl Teller<'_, '_, '_> {
    /// A trigger that reports a statement has its speaker and addressee.
    pub(crate) fn take_from_statement(
        &self,
        t: &Trigger,
        cue: &Statement,
        arguments: &mut Arguments,
    ) {
        let Some(speaker) = cue.speaker else {
            return;
        };
        // `دعا الولايات المتحدة إلى`: who must be the object is not the speaker.
        let sides = arguments.recipients.clone();
        if t.row.frame.recipient.any(Slots::OBJECT)
            && arguments.recipient_slots.any(Slots::OBJECT)
            && self.resolve(&sides).contains(&speaker.entity)
        {
            return;
        }
        if !t.row.frame.actor.any(Slots::SUBJECT) {
            return;
        }
        // `حذرت الحكومة والنقابة`: the statement has one speaker, the clause may have more.
        let named = arguments.actors.clone();
        if named.len() < 2 || !self.resolve(&named).contains(&speaker.entity) {
            arguments.actors = Few::from_iter([Side::Known(speaker.entity)]);
        }
        arguments.actor_slots = Slots::SUBJECT;
        let to = &cue.addressee;
        if to.is_empty() {
            return;
        }
        let direct = Slots::OBJECT | Slots::LI | Slots::ILA | Slots::MIN;
        if t.row.frame.recipient.any(direct) {
            arguments.recipients = to.iter().map(|&id| Side::Known(id)).collect();
            arguments.recipient_slots = Slots::OBJECT;
        }
    }

    /// The entities of those who act: of `جنوده` whose they are.
    pub(crate) fn acting(&self, sides: &[Side]) -> Few<EntityId> {
        self.entities(sides, |range| {
            party::owned(self.view, range)
                .then(|| self.pointed_at(range.start, &[]))
                .flatten()
        })
    }

    /// The entities of some sides.
    pub(crate) fn resolve(&self, sides: &[Side]) -> Few<EntityId> {
        self.entities(sides, |_| None)
    }

    fn entities(
        &self,
        sides: &[Side],
        owner: impl Fn(&Range<usize>) -> Option<EntityId>,
    ) -> Few<EntityId> {
        let mut out: Few<EntityId> = Few::new();
        for side in sides {
            let id = match side {
                Side::Known(id) => Some(*id),
                Side::Phrase(range) => {
                    owner(range).or_else(|| party::entity(self.view, self.cast, range.clone()))
                }
                Side::Nation(country) => party::country(self.view, country),
            };
            out.extend(id.filter(|id| !out.contains(id)));
        }
        out
    }

    /// Whom a verb without a subject of its own tells of.
    pub(crate) fn hidden_subject(&self, t: &Trigger, within: Option<&Statement>) -> Few<EntityId> {
        let speaker = within.and_then(|s| s.speaker).map(|s| s.entity);
        if t.agreement.person == Person::First {
            return speaker.into_iter().collect();
        }
        // `قال الجيش إنه قتل`: who speaks tells of himself.
        let before = t.token.checked_sub(1).filter(|&k| self.view.is_that(k));
        let own = before.is_some_and(|k| self.view.has_pronoun(k));
        if let Some(id) = speaker.filter(|_| own)
            && self.cast.get(id).agreement.fits(t.agreement)
        {
            return Few::from_iter([id]);
        }
        let sentence = self.view.sentence_of[t.token];
        // `وانتقد`: at the head of a sentence the one before may name the subject.
        let heads = self.view.sentence(t.token).start == t.token && !t.noun;
        match self
            .topic
            .as_ref()
            .filter(|topic| topic.sentence == sentence || heads && topic.sentence + 1 == sentence)
        {
            // `التقت النقابة الوزير وطالبته`: one of the two goes on.
            Some(topic) if topic.facing && topic.ids.len() > 1 && is_one(t) => {
                let fits = |id: &&EntityId| self.cast.get(**id).agreement.fits(t.agreement);
                topic.ids.iter().find(fits).copied().into_iter().collect()
            }
            Some(topic)
                if topic.ids.iter().all(|&id| {
                    self.cast.get(id).agreement.fits(t.agreement) || topic.ids.len() > 1
                }) =>
            {
                topic.ids.clone()
            }
            _ => Few::new(),
        }
    }

    /// Whom the pronoun on token `at` points at: the last one named before it in its
    /// sentence, or in the one before, that is not the actor and agrees.
    pub(crate) fn pointed_at(&self, at: usize, actors: &[EntityId]) -> Option<EntityId> {
        let view = self.view;
        let agreement = view.pronoun(at).unwrap_or(Agreement::OPEN);
        let first = view.sentence(at).start;
        let earlier = first
            .checked_sub(1)
            .map_or(first, |k| view.sentence(k).start);
        let mentions = self.cast.mentions();
        let mut before = mentions.within(earlier..at).rev();
        before.find_map(|m| {
            let mention = mentions.get(m);
            let id = self.cast.who(m);
            let entity = self.cast.get(id);
            let meant = mention.tokens.end <= at
                && mention.what != Kind::Place
                && entity.kind != Kind::Place
                && agreement.fits(entity.agreement)
                && !actors.contains(&id)
                && party::is_somebody(view, &mention.phrase)
                && self.is_side(id);
            meant.then_some(id)
        })
    }
}
