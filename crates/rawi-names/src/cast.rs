//! The cast of an article: who appears in it, under which names.
//!
//! Merging is conservative. Two mentions become one entity when their names
//! agree word by word, when a shorter name is part of exactly the longer one,
//! or when a definite title points back to a person introduced with it.

mod find;
mod index;
mod key;
mod meet;
mod naming;
mod survey;

use rawi_morph::Agreement;
use rawi_text::{BytePos, Few, Span};

use crate::phrase::Kind;
use crate::title::Title;
use crate::{Country, Known};

use index::Index;
use key::Key;
pub use naming::span_of;

/// How many mentions of somebody are looked through for those who were mentioned
/// last.
const HORIZON: usize = 2000;

/// How a mention refers to its entity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MentionKind {
    /// By name, full or short.
    Name,
    /// By title or description.
    Title,
}

/// One place where an entity is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its characters, attached conjunctions and prepositions left out.
    pub span: Span,
    /// By name or by title.
    pub kind: MentionKind,
}

/// One person, body, place or group of an article.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The fullest name in the article, without titles; for the unnamed the
    /// noun phrase.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Gender and number, as far as known.
    pub agreement: Agreement,
    /// The country it is, or that a word of its phrases names.
    pub country: Option<&'static Country>,
    /// Who that is, if the tables know somebody of that name.
    pub known: Option<&'static Known>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Mention>,
    /// The words of the name.
    key: Key,
    /// Those of the short name that the article puts in brackets behind the name.
    short: Key,
    titles: Vec<Title>,
    /// Whether the entity has a proper name.
    named: bool,
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

/// Everybody in one article.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    entities: Vec<Entity>,
    index: Index,
    /// Entities of an article before, for their room.
    spare: Vec<Entity>,
    /// The words of the name that is looked for.
    name: Key,
    /// That name, folded.
    text: String,
}

impl Entity {
    /// Whether the article gives a proper name.
    pub fn is_named(&self) -> bool {
        self.named
    }
}

impl Cast {
    /// All entities, in the order in which they were met.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity of an id that this cast gave out.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// Who was mentioned last before a place, the last first: at most `most` of
    /// them, each with where the last mention starts.
    pub fn lately(&self, before: BytePos, most: usize) -> Few<(BytePos, EntityId), 64> {
        let mut out: Few<(BytePos, EntityId), 64> = Few::new();
        for (span, id) in self.index.back(BytePos(0), before).take(HORIZON) {
            if out.iter().all(|o| o.1 != id) {
                out.push((span.start, id));
                if out.len() == most {
                    break;
                }
            }
        }
        out
    }

    /// The mentions that start from one place on and before another, the last
    /// first, with whom they mention.
    pub fn mentions_back(
        &self,
        from: BytePos,
        to: BytePos,
    ) -> impl Iterator<Item = (Span, EntityId)> + '_ {
        self.index.back(from, to)
    }

    /// Notes a mention. No mention of an entity stands inside another of its own:
    /// of two names or two titles the longer counts, and a name before a title
    /// that holds it.
    fn note(&mut self, id: EntityId, span: Span, kind: MentionKind) {
        let mentions = &mut self.entities[id.0].mentions;
        // Mentions lie side by side, so that their ends are in order too.
        let from = mentions.partition_point(|m| m.span.end <= span.start);
        let to = mentions.partition_point(|m| m.span.start < span.end);
        let over = &mentions[from..to.max(from)];
        let name = |k: MentionKind| k == MentionKind::Name;
        let length = |s: Span| s.end.0 - s.start.0;
        let weaker = |m: &Mention| (name(kind), length(span)) > (name(m.kind), length(m.span));
        if over.iter().all(weaker) {
            for m in over {
                self.index.forget(id, m.span);
            }
            mentions.splice(from..to.max(from), [Mention { span, kind }]);
            self.index.mention(id, span);
        }
    }

    /// Adds an entity of which nothing is known yet.
    fn add(&mut self, kind: Kind, agreement: Agreement) -> EntityId {
        let id = EntityId(self.entities.len());
        let mut entity = self.spare.pop().unwrap_or_else(|| Entity {
            name: String::new(),
            kind,
            agreement,
            country: None,
            known: None,
            mentions: Vec::new(),
            key: Key::default(),
            short: Key::default(),
            titles: Vec::new(),
            named: false,
        });
        entity.name.clear();
        entity.kind = kind;
        entity.agreement = agreement;
        entity.country = None;
        entity.known = None;
        entity.mentions.clear();
        entity.key.clear();
        entity.short.clear();
        entity.titles.clear();
        entity.named = false;
        self.entities.push(entity);
        id
    }
}
