//! Who is who in an article: every mention belongs to one entity, and nothing changes
//! any more once somebody asks.
//!
//! Merging is conservative. Two names are one entity when they agree word by word,
//! when the shorter is part of exactly one longer name, or when the tables know both
//! for the same; a definite title points back to a person introduced with it.

mod describe;
mod forms;
mod key;
mod link;
pub(crate) mod naming;
mod office;
mod short;
mod sieve;
mod title;

use rawi_morph::Agreement;
use rawi_text::{BytePos, Few, Span};
use rawi_words::Day;

use crate::mentions::{Mention, MentionId, MentionKind, Mentions, Origin};
use crate::phrase::{Kind, Phrase, Reader};
use crate::{Country, Known, NameType};

use key::Key;
pub use link::{
    LinkAnswer, LinkChoice, LinkModel, TEMPLATES as LINK_TEMPLATES, nobody as link_nobody,
};
pub use naming::span_of;

/// How many mentions before a place are looked through for those who were mentioned
/// last.
const HORIZON: usize = 2000;

/// One person, body, place or group of an article.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The fullest name in the article, without titles; for the unnamed the
    /// noun phrase.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What the model of names calls it most often; none if it never does.
    pub label: Option<NameType>,
    /// Gender and number, as far as known.
    pub agreement: Agreement,
    /// The country it is, or that a word of its phrases names.
    pub country: Option<&'static Country>,
    /// Who that is, if the tables know somebody of that name.
    pub known: Option<&'static Known>,
    /// Whether the article gives a proper name.
    pub named: bool,
    /// Where its mentions lie in the cast's order of them.
    mentions: (u32, u32),
    /// The words of the name.
    key: Key,
}

/// Index of an entity in its [`Cast`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub usize);

/// How a phrase was found to be an entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// Its own words name it.
    Named,
    /// A title or description points back to it.
    Title,
}

/// Everybody in one article. A worker owns one and refills it.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    mentions: Mentions,
    entities: Vec<Entity>,
    /// For each mention whose it is.
    who: Vec<EntityId>,
    /// The mentions of one entity after the other, each in text order.
    order: Vec<MentionId>,
    sieve: sieve::Sieve,
    /// Entities of an article before, for their room.
    spare: Vec<Entity>,
}

impl Cast {
    /// Forgets the article before, finds everybody whom the new one mentions, and who
    /// of them is who. The words must have been marked with what the statements' tables
    /// know of them.
    ///
    /// `day` is that of the article: it tells who held an office.
    pub fn fill(&mut self, reader: &Reader<'_>, model: &LinkModel<'_>, day: Option<Day>) {
        self.mentions.fill(reader);
        self.sieve.day = day;
        self.resolve(reader, model);
    }

    /// Keeps the choices that the model of links makes, for whoever trains it.
    pub fn record(&mut self) {
        self.sieve.answers.recording = true;
    }

    /// The choices in the article filled last, if they are [kept](Self::record).
    pub fn choices(&self) -> &[LinkChoice] {
        &self.sieve.answers.record
    }

    /// All entities, in the order of their numbers.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity of an id that this cast gave out.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// All mentions, in text order.
    pub fn mentions(&self) -> &Mentions {
        &self.mentions
    }

    /// Whose a mention is.
    pub fn who(&self, mention: MentionId) -> EntityId {
        self.who[mention.0 as usize]
    }

    /// The mentions of an entity, in text order.
    pub fn mentions_of(
        &self,
        id: EntityId,
    ) -> impl DoubleEndedIterator<Item = &Mention> + ExactSizeIterator {
        let (from, to) = self.entities[id.0].mentions;
        self.order[from as usize..to as usize]
            .iter()
            .map(|&m| self.mentions.get(m))
    }

    /// The last mention of somebody that starts before a place.
    pub fn last_before(&self, id: EntityId, place: BytePos) -> Option<&Mention> {
        let (from, to) = self.entities[id.0].mentions;
        let all = &self.order[from as usize..to as usize];
        let before = all.partition_point(|&m| self.mentions.get(m).span.start < place);
        let last = before.checked_sub(1)?;
        Some(self.mentions.get(all[last]))
    }

    /// Who or what a phrase is: by its name, else by its head, else by whatever it
    /// mentions first. None if it mentions nobody and nothing.
    pub fn of(&self, phrase: &Phrase) -> Option<(EntityId, How)> {
        let name = phrase.name.as_ref().and_then(|n| self.mentions.at(n.start));
        // `أربعة حوثيين`: others than the group that is counted.
        let counted = || {
            let first = self.mentions.at(phrase.range.start)?;
            (self.mentions.get(first).origin == Origin::Phrase).then_some(first)
        };
        let head = || counted().or_else(|| self.mentions.at(phrase.head));
        let any = || {
            let mut tokens = phrase.range.start..phrase.first_end.max(phrase.range.start);
            tokens.find_map(|i| self.mentions.at(i))
        };
        let mention = name.or_else(head).or_else(any)?;
        let id = self.who(mention);
        let first = self.mentions_of(id).next();
        let own = self.mentions.get(mention);
        let named = own.kind == MentionKind::Name
            || own.holder.is_some()
            || first.is_some_and(|m| m.span == own.span);
        Some((id, if named { How::Named } else { How::Title }))
    }

    /// Who was mentioned last before a place, the last first: at most `most` of
    /// them, each with where the last mention starts.
    pub fn lately(&self, before: BytePos, most: usize) -> Few<(BytePos, EntityId), 64> {
        let mut out: Few<(BytePos, EntityId), 64> = Few::new();
        for (span, id) in self.mentions_back(BytePos(0), before).take(HORIZON) {
            if out.iter().all(|o| o.1 != id) {
                out.push((span.start, id));
                if out.len() == most {
                    break;
                }
            }
        }
        out
    }

    /// The mentions of people, bodies and places that start from one place on and
    /// before another, the last first, with whom they mention.
    pub fn mentions_back(
        &self,
        from: BytePos,
        to: BytePos,
    ) -> impl Iterator<Item = (Span, EntityId)> + '_ {
        let all = self.mentions.all();
        let before = all.partition_point(|m| m.span.start < to);
        (0..before)
            .rev()
            .map(|i| (&all[i], self.who[i]))
            .take_while(move |(m, _)| m.span.start >= from)
            .filter(|(m, _)| m.what != Kind::Other)
            .map(|(m, id)| (m.span, id))
    }

    /// Adds an entity of which nothing is known yet.
    fn add(&mut self, mention: &Mention) -> EntityId {
        let id = EntityId(self.entities.len());
        let mut entity = self.spare.pop().unwrap_or_else(|| Entity {
            name: String::new(),
            kind: Kind::Other,
            label: None,
            agreement: Agreement::OPEN,
            country: None,
            known: None,
            named: false,
            mentions: (0, 0),
            key: Key::default(),
        });
        entity.name.clear();
        entity.kind = mention.what;
        entity.label = mention.label();
        entity.agreement = mention.agreement;
        entity.country = mention.country;
        entity.known = None;
        entity.named = mention.kind == MentionKind::Name;
        entity.mentions = (0, 0);
        entity.key.clear();
        self.entities.push(entity);
        id
    }
}
