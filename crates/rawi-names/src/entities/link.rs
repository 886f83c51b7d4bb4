//! The learned choice where the sieve is in doubt: whom a title or description means,
//! and which longer name a short one is short for. The answers are the entities that
//! may be meant, and nobody who was met before; what the rules would say stands first,
//! so that a model without weights answers as they do.

use rawi_model::{Feature, Pack, PackError, Weights};

use super::sieve::Sieve;
use super::{Cast, EntityId};
use crate::mentions::{Mention, MentionId, Origin};
use crate::phrase::{Kind, Reader};
use crate::{Country, NameType};

/// The version of the templates below. A pack of another one is refused: who changes
/// them trains the model of links anew.
pub const TEMPLATES: u32 = 5;

/// What speaks for nobody who was met before, whatever was asked.
pub fn nobody() -> Feature {
    Feature::new(46, 0)
}

/// So many answers are weighed.
pub(super) const MOST: usize = 12;

/// The model of links: immutable, shared by all workers.
#[derive(Clone, Copy, Debug)]
pub struct LinkModel<'a> {
    weights: Weights<'a>,
}

impl LinkModel<'static> {
    /// The model that is part of the program.
    ///
    /// # Errors
    /// If the program was built with a broken model.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::LINKS.bytes)
    }
}

impl<'a> LinkModel<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with a table of weights for links.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, TEMPLATES)?;
        Ok(Self {
            weights: Weights::open(pack.section("links")?)?,
        })
    }
}

/// How somebody may be the one who is meant, as bits: values of features.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Relation(pub(super) u64);

impl Relation {
    /// Holds just this title, or is described in just these words.
    pub(super) const EXACT: Relation = Relation(1);
    /// Holds a title that this one does not contradict.
    pub(super) const TITLE: Relation = Relation(2);
    /// Has the same head noun.
    pub(super) const HEAD: Relation = Relation(4);
    /// Has a longer name that begins so.
    pub(super) const BEGINS: Relation = Relation(8);
    /// Has a longer name that ends so.
    pub(super) const ENDS: Relation = Relation(16);
    /// Has a longer name with that in the middle.
    pub(super) const HOLDS: Relation = Relation(32);
    /// Was mentioned lately.
    pub(super) const LATELY: Relation = Relation(64);
    /// Spoke lately.
    pub(super) const SPOKE: Relation = Relation(128);
    /// Has a longer name that begins so, with words left out.
    pub(super) const SKIPS: Relation = Relation(256);
    /// Was meant by the same words before.
    pub(super) const AGAIN: Relation = Relation(512);
    /// Held the office that the title names on the article's day, as the tables know.
    pub(super) const OFFICE: Relation = Relation(1024);

    pub(super) fn and(self, other: Relation) -> Relation {
        Relation(self.0 | other.0)
    }
}

/// One answer that was possible.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkAnswer {
    /// Who is meant; none if somebody new is.
    pub entity: Option<EntityId>,
    /// What speaks for it.
    pub features: Vec<Feature>,
}

/// A question that came up in an article, for whoever trains the model.
#[derive(Clone, PartialEq, Debug)]
pub struct LinkChoice {
    /// Which mention was asked about.
    pub mention: MentionId,
    /// What could be answered.
    pub answers: Vec<LinkAnswer>,
}

/// The answers to one question, in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    all: Vec<(Option<EntityId>, Relation)>,
    features: Vec<Feature>,
    /// Whether choices are kept.
    pub(super) recording: bool,
    pub(super) record: Vec<LinkChoice>,
}

impl Answers {
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Adds an answer, or what more is known of it.
    pub(super) fn add(&mut self, who: Option<EntityId>, relation: Relation) {
        if let Some(answer) = self.all.iter_mut().find(|a| a.0 == who) {
            answer.1 = answer.1.and(relation);
        } else if self.all.len() < MOST {
            self.all.push((who, relation));
        }
    }
}

impl Cast {
    /// The best of the gathered answers to the question whom a mention means; of
    /// equals the first.
    pub(super) fn choose(
        &self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        model: &LinkModel<'_>,
        id: MentionId,
    ) -> Option<EntityId> {
        let mut answers = std::mem::take(&mut sieve.answers);
        let mention = self.mentions.get(id);
        let scene = Scene::new(reader, self, sieve, mention, &answers.all);
        let mut best: Option<(i32, Option<EntityId>)> = None;
        let mut kept = Vec::new();
        for &(who, relation) in &answers.all {
            answers.features.clear();
            scene.weigh(who, relation, &mut answers.features);
            let score: i32 = answers.features.iter().map(|&f| model.weights.one(f)).sum();
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, who));
            }
            if answers.recording {
                kept.push(LinkAnswer {
                    entity: who,
                    features: answers.features.clone(),
                });
            }
        }
        if answers.recording && kept.len() > 1 {
            answers.record.push(LinkChoice {
                mention: id,
                answers: kept,
            });
        }
        sieve.answers = answers;
        best.and_then(|(_, who)| who)
    }
}

/// The relations that only say when somebody was mentioned.
const RECENCY: u64 = Relation::LATELY.0 | Relation::SPOKE.0;

/// All that bears on a choice.
struct Scene<'s> {
    cast: &'s Cast,
    sieve: &'s Sieve,
    mention: &'s Mention,
    /// The head noun's stem.
    head: u64,
    /// How many can be meant.
    many: u64,
    /// The answers by how lately they were mentioned, the last first.
    order: Vec<(u32, EntityId)>,
    /// All relations together.
    any: u64,
}

impl<'s> Scene<'s> {
    fn new(
        reader: &Reader<'_>,
        cast: &'s Cast,
        sieve: &'s Sieve,
        mention: &'s Mention,
        all: &[(Option<EntityId>, Relation)],
    ) -> Self {
        let ids = all.iter().filter_map(|a| a.0);
        let mut order: Vec<(u32, EntityId)> = ids.map(|id| (sieve.last[id.0], id)).collect();
        order.sort_unstable_by_key(|&(last, id)| (u32::MAX - last, id));
        Scene {
            cast,
            sieve,
            mention,
            head: super::key::noun(reader.words.stem(reader.layout, mention.head)),
            many: (order.len() as u64).min(4),
            any: all.iter().fold(0, |any, a| any | a.1.0),
            order,
        }
    }

    /// What is known of the mention itself.
    fn asked(&self) -> u64 {
        let m = self.mention;
        // A noun is asked about alike whether the model of names labels it or not.
        let label = m.label().unwrap_or(match m.what {
            Kind::Person | Kind::Other => NameType::Title,
            Kind::Group => NameType::Group,
            Kind::Body => NameType::Organization,
            Kind::Outlet => NameType::Media,
            Kind::Place => NameType::Polity,
        }) as u64;
        let words = (m.tokens.len() as u64).min(3);
        label | (m.what as u64) << 4 | u64::from(m.definite) << 8 | words << 9
    }

    fn weigh(&self, who: Option<EntityId>, relation: Relation, out: &mut Vec<Feature>) {
        let q = Feature::new;
        let asked = self.asked();
        let m = self.mention;
        let Some(id) = who else {
            out.extend([
                nobody(),
                q(1, asked),
                q(2, asked).and(self.any),
                q(3, self.head),
                q(4, self.head).and(self.any),
                q(5, self.many).and(self.any),
                q(6, self.many).and(asked),
                q(7, u64::from(m.speaks)).and(asked),
                q(8, u64::from(m.country.is_some()))
                    .and(asked)
                    .and(self.any),
            ]);
            return;
        };
        let entity = self.cast.get(id);
        let last = self.sieve.last[id.0];
        let before = last
            .checked_sub(1)
            .map(|k| &self.cast.mentions.all()[k as usize]);
        let far = before.map_or(9, |b| distance(m.sentence.saturating_sub(b.sentence)));
        let rank = self.order.iter().position(|o| o.1 == id);
        let rank = rank.map_or(9, |r| (r as u64).min(3));
        let agrees = u64::from(entity.agreement.fits(m.agreement))
            | u64::from(entity.agreement.gender.is_some() && m.agreement.gender.is_some()) << 1
            | u64::from(entity.agreement.number == m.agreement.number) << 2;
        let country = countries(entity.country, m.country);
        let what = entity.kind as u64
            | u64::from(entity.named) << 3
            | entity.label.map_or(15, |l| l as u64) << 4;
        let r = relation.0;
        let spoke = u64::from(before.is_some_and(|b| b.speaks)) | u64::from(m.speaks) << 1;
        let led = before.map_or(3, |b| u64::from(b.origin == Origin::Phrase));
        let often = u64::from(self.sieve.count[id.0].checked_ilog2().map_or(0, |n| n + 1)).min(4);
        let early = u64::from(self.sieve.early[id.0].min(3));
        let named = u64::from(entity.named);
        let person = u64::from(entity.kind == Kind::Person);
        out.extend([
            q(20, r),
            q(21, r).and(asked),
            q(22, r).and(far),
            q(23, r).and(rank),
            q(24, r).and(agrees),
            q(25, r).and(country),
            q(26, r).and(what),
            q(27, what).and(asked),
            q(28, self.head).and(r),
            q(29, self.head).and(what),
            q(30, self.head).and(rank).and(person),
            q(31, far).and(rank).and(person),
            q(32, agrees).and(asked),
            q(33, country).and(asked),
            q(34, spoke).and(r),
            q(35, spoke).and(rank).and(asked),
            q(36, self.many).and(r).and(rank),
            q(37, r).and(self.any),
            q(38, named).and(r).and(far.min(4)).and(rank.min(1)),
            q(39, led).and(what).and(rank.min(1)),
            q(40, self.head).and(entity.key.head().unwrap_or(0)),
            q(41, self.head).and(what).and(rank.min(1)).and(r),
            q(42, often).and(asked),
            q(43, often).and(r).and(rank.min(1)),
            q(44, early).and(asked).and(named),
            q(45, r & !RECENCY).and(asked).and(self.any & !RECENCY),
        ]);
    }
}

/// A distance in sentences as a value of features.
fn distance(sentences: u32) -> u64 {
    match sentences {
        0..=3 => u64::from(sentences),
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    }
}

/// How two countries go together: unknown, one known, different, the same.
fn countries(a: Option<&Country>, b: Option<&Country>) -> u64 {
    match (a, b) {
        (None, None) => 0,
        (Some(_), None) => 1,
        (None, Some(_)) => 2,
        (Some(a), Some(b)) if a == b => 3,
        _ => 4,
    }
}

/// Whether a labeled title or description may mean somebody by name.
pub(super) fn may_point(mention: &Mention) -> bool {
    let labeled = mention.origin == Origin::Label(NameType::Title);
    (labeled || mention.definite) && matches!(mention.what, Kind::Person | Kind::Body | Kind::Group)
}
