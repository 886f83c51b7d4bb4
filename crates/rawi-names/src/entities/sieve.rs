//! The sieve: from mentions to entities, the surest links first. Names that are spelled
//! alike, then short names of longer ones, then titles and descriptions in text order.

use std::collections::HashMap;
use std::ops::Range;

use rawi_morph::Pos;
use rawi_text::Few;
use rawi_words::Day;

use super::forms::Form;
use super::key::{self, Key};
use super::link::{Answers, LinkModel, Relation};
use super::naming::{folded_name, name_part, surface};
use super::short;
use super::title::Titles;
use super::{Cast, EntityId};
use crate::knowledge;
use crate::mentions::{Mention, MentionId, Origin};
use crate::phrase::{Kind, Reader};
use crate::{NameType, Tags};

/// Of so many that share a word of their name, a title or a head noun the last are
/// asked; an article has fewer.
pub(super) const NAMESAKES: usize = 256;

/// So many of those mentioned last may be meant whatever they are called.
pub(super) const RECENT: usize = 4;

/// What is gathered of an article on the way to its entities.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    pub(super) forms: Vec<Form>,
    /// For each mention its form; none for titles and descriptions.
    pub(super) form_of: Vec<Option<u32>>,
    pub(super) by_row: HashMap<u64, u32>,
    /// The entities whose name holds a word.
    pub(super) by_word: HashMap<u64, Few<EntityId, 4>>,
    pub(super) by_known: HashMap<usize, EntityId>,
    pub(super) by_country: HashMap<usize, EntityId>,
    /// Forms of which one stands in brackets behind the other.
    pub(super) glosses: HashMap<u32, u32>,
    /// Forms by length, the longest first.
    pub(super) sorted: Vec<u32>,
    /// The unnamed, by all their words and by their first one.
    pub(super) by_phrase: HashMap<u64, EntityId>,
    pub(super) by_head: HashMap<u64, Few<EntityId, 4>>,
    pub(super) titles: Titles,
    /// For each entity its last mention so far, from one.
    pub(super) last: Vec<u32>,
    /// How often each was mentioned so far, and in which sentence first.
    pub(super) count: Vec<u32>,
    pub(super) early: Vec<u32>,
    pub(super) key: Key,
    pub(super) answers: Answers,
    pub(super) text: String,
    /// The day of the article.
    pub(super) day: Option<Day>,
}

/// The number of a row of a table that lives as long as the program.
pub(super) fn address<T>(row: &'static T) -> usize {
    std::ptr::from_ref(row).addr()
}

impl Sieve {
    fn clear(&mut self, mentions: usize) {
        self.forms.clear();
        self.form_of.clear();
        self.form_of.resize(mentions, None);
        self.by_row.clear();
        self.by_word.clear();
        self.by_known.clear();
        self.by_country.clear();
        self.glosses.clear();
        self.sorted.clear();
        self.by_phrase.clear();
        self.by_head.clear();
        self.titles.clear();
        self.last.clear();
        self.count.clear();
        self.early.clear();
        self.answers.clear();
        self.answers.record.clear();
    }

    fn make_room(&mut self, entities: usize) {
        self.last.resize(entities, 0);
        self.count.resize(entities, 0);
        self.early.resize(entities, u32::MAX);
    }

    /// Whose a name may be.
    pub(super) fn whose(&self, name: MentionId) -> Option<&[EntityId]> {
        let form = self.form_of[name.0 as usize]?;
        Some(&self.forms[form as usize].whose)
    }

    /// Of several whoever was mentioned last; before all of them the first.
    fn latest(&self, whose: &[EntityId]) -> Option<EntityId> {
        let whose = whose.iter().copied();
        whose.max_by_key(|e| (self.last[e.0], usize::MAX - e.0))
    }
}

impl Cast {
    /// Makes the entities of all mentions.
    pub(super) fn resolve(&mut self, reader: &Reader<'_>, model: &LinkModel<'_>) {
        self.spare.append(&mut self.entities);
        let count = self.mentions.all().len();
        self.who.clear();
        self.who.resize(count, EntityId(usize::MAX));
        let mut sieve = std::mem::take(&mut self.sieve);
        sieve.clear(count);
        self.gather_forms(reader, &mut sieve);
        self.gather_glosses(reader, &mut sieve);
        self.settle_forms(reader, &mut sieve);
        self.gather_titles(reader, &mut sieve);
        sieve.make_room(self.entities.len());
        for i in 0..count {
            let id = self.one(reader, &mut sieve, model, MentionId(i as u32));
            self.who[i] = id;
            sieve.make_room(self.entities.len());
            sieve.last[id.0] = i as u32 + 1;
            sieve.count[id.0] += 1;
            sieve.early[id.0] = sieve.early[id.0].min(self.mentions.all()[i].sentence);
            let gender = self.mentions.all()[i].agreement.gender;
            let entity = &mut self.entities[id.0];
            if entity.kind == Kind::Person && entity.agreement.gender.is_none() {
                entity.agreement.gender = gender;
            }
        }
        self.sieve = sieve;
        self.arrange();
    }

    /// Whose a mention is, given those before it.
    fn one(
        &mut self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        model: &LinkModel<'_>,
        id: MentionId,
    ) -> EntityId {
        let mention = self.mentions.get(id);
        if let Some(form) = sieve.form_of[id.0 as usize] {
            if !sieve.forms[form as usize].settled {
                return self.short_name(reader, sieve, model, id, form);
            }
            let last = sieve.latest(&sieve.forms[form as usize].whose);
            return last.unwrap_or(EntityId(0));
        }
        if let Some(holder) = mention.holder {
            let last = sieve.whose(holder).and_then(|w| sieve.latest(w));
            if let Some(id) = last {
                return id;
            }
        }
        if let Some(who) = self.apposed(reader, id) {
            return who;
        }
        self.described(reader, sieve, model, id)
    }

    /// Whom a title means that stands in apposition to a name: `سالم البدري (مهندس)`,
    /// `سالم البدري، وهو مهندس`.
    fn apposed(&self, reader: &Reader<'_>, id: MentionId) -> Option<EntityId> {
        let mention = self.mentions.get(id);
        if mention.label() != Some(NameType::Title) || mention.what != Kind::Person {
            return None;
        }
        let before = mention.tokens.start.checked_sub(1)?;
        let word = reader.words.get(before);
        let behind = mention.tokens.end;
        let enclosed = reader.layout.word(before) == "("
            && behind < reader.layout.tokens().len()
            && reader.layout.word(behind) == ")";
        let is = word.conjunction && word.pos == Pos::Pron;
        if !enclosed && !is {
            return None;
        }
        let last = before.checked_sub(1)?;
        let last = last.checked_sub(usize::from(reader.is_comma(last)))?;
        let named = self.mentions.at(last).filter(|&m| m < id)?;
        let who = self.who(named);
        let own = self.mentions.get(named);
        let close = own.sentence == mention.sentence && own.what == Kind::Person;
        (close && self.alike(who, mention)).then_some(who)
    }

    /// Whose a short name is, of several or of nobody with a longer one.
    fn short_name(
        &mut self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        model: &LinkModel<'_>,
        id: MentionId,
        form: u32,
    ) -> EntityId {
        self.meant_by(reader, sieve, id, form);
        let meant = self.choose(reader, sieve, model, id);
        if let Some(who) = meant {
            sieve.forms[form as usize].meant = meant;
            return who;
        }
        let first = sieve.forms[form as usize].first;
        let new = self.named(reader, sieve, form, first);
        let form = &mut sieve.forms[form as usize];
        (form.own, form.meant) = (Some(new), Some(new));
        new
    }

    /// Gathers whom a short name may mean: whoever has a longer one, and of a noun
    /// whoever of that kind was mentioned lately. What the rules say comes first.
    fn meant_by(&self, reader: &Reader<'_>, sieve: &mut Sieve, id: MentionId, number: u32) {
        let form = &sieve.forms[number as usize];
        let answers = &mut sieve.answers;
        answers.clear();
        let mut whose = form.whose.clone();
        whose.sort_unstable_by_key(|e| (u32::MAX - sieve.last[e.0], *e));
        let own = match form.own {
            Some(_) => Relation::EXACT,
            None => Relation::default(),
        };
        if whose.is_empty() {
            answers.add(form.own, own);
        }
        for &who in whose.iter() {
            let relation = short::of_body(form.key.words(), self.entities[who.0].key.words());
            answers.add(Some(who), relation.unwrap_or_default());
        }
        if form.meant.is_some() {
            answers.add(form.meant, Relation::AGAIN);
        }
        if form.vague {
            let mention = self.mentions.get(id);
            let heads = form.key.head().and_then(|head| sieve.by_head.get(&head));
            let heads = heads.map_or(&[][..], |all| all).iter().rev();
            let of_head = heads.filter(|w| sieve.last[w.0] > 0 && self.alike(**w, mention));
            for &who in of_head.take(RECENT) {
                answers.add(Some(who), Relation::HEAD);
            }
            self.lately_alike(reader, id, answers);
        }
        answers.add(form.own, own);
    }

    /// Adds those of the kind of a mention who were mentioned last before it.
    pub(super) fn lately_alike(&self, reader: &Reader<'_>, id: MentionId, answers: &mut Answers) {
        let mention = self.mentions.get(id);
        let all = self.mentions.all()[..id.0 as usize]
            .iter()
            .enumerate()
            .rev();
        let alike = all
            .take(NAMESAKES)
            .filter(|(i, _)| self.alike(self.who[*i], mention))
            .filter(|(i, m)| {
                self.entities[self.who[*i].0].named || !another_office(reader, m, mention)
            });
        for (i, m) in alike.take(RECENT) {
            let relation = match m.speaks {
                true => Relation::LATELY.and(Relation::SPOKE),
                false => Relation::LATELY,
            };
            answers.add(Some(self.who[i]), relation);
        }
    }

    /// Whether gender, number and kind let somebody be meant by a mention.
    pub(super) fn alike(&self, who: EntityId, mention: &Mention) -> bool {
        let e = &self.entities[who.0];
        let kind = match mention.what {
            // A court is no town.
            Kind::Place => e.kind == Kind::Place && e.label == mention.label(),
            what => e.kind.is_like(what),
        };
        kind && e.agreement.fits(mention.agreement)
    }

    /// Lays the mentions of each entity side by side.
    fn arrange(&mut self) {
        for id in &self.who {
            self.entities[id.0].mentions.1 += 1;
        }
        let mut from = 0;
        for entity in &mut self.entities {
            let count = entity.mentions.1;
            entity.mentions = (from, from);
            from += count;
        }
        self.order.clear();
        self.order.resize(self.who.len(), MentionId(0));
        for (i, id) in self.who.iter().enumerate() {
            let end = &mut self.entities[id.0].mentions.1;
            self.order[*end as usize] = MentionId(i as u32);
            *end += 1;
        }
    }
}

/// Whether two mentions are by the nouns of two offices: `قال الوزير … وأبلغ السفير`.
fn another_office(reader: &Reader<'_>, a: &Mention, b: &Mention) -> bool {
    let office = |m: &Mention| reader.words.get(m.head).is(Tags::OFFICE);
    let stem = |m: &Mention| key::noun(reader.words.stem(reader.layout, m.head));
    office(a) && office(b) && stem(a) != stem(b)
}

impl Cast {
    /// The tokens by which a description is told from others.
    pub(super) fn description(&self, reader: &Reader<'_>, id: MentionId) -> Range<usize> {
        let mention = self.mentions.get(id);
        match mention.origin {
            Origin::Phrase => name_part(reader, &reader.describe(mention.tokens.clone())),
            _ => mention.tokens.clone(),
        }
    }

    /// Adds an entity for a description; `sieve.key` holds its words.
    pub(super) fn fresh(
        &mut self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        mention: &Mention,
        range: Range<usize>,
    ) -> EntityId {
        // Only what has a name of its own can be in the tables.
        let may = matches!(mention.what, Kind::Body | Kind::Outlet | Kind::Place);
        let known = may.then(|| {
            let name = folded_name(reader, range.clone(), &mut sieve.text);
            knowledge::known(name, mention.what)
        });
        let new = self.add(mention);
        let entity = &mut self.entities[new.0];
        entity.known = known.flatten();
        surface(reader, range, &mut entity.name);
        entity.key.copy(&sieve.key);
        sieve.by_phrase.insert(entity.key.row(), new);
        if let Some(head) = entity.key.head() {
            sieve.by_head.entry(head).or_default().push(new);
        }
        new
    }
}
