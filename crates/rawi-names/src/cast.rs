//! The cast of an article: who appears in it, under which names.
//!
//! Merging is conservative. Two mentions become one entity when their names
//! agree word by word, when a shorter name is part of exactly the longer one,
//! or when a definite title points back to a person introduced with it.

mod index;
mod naming;

use std::collections::HashMap;

use rawi_morph::Agreement;
use rawi_text::{BytePos, Span};

use crate::phrase::{Extent, Kind, Phrase, Reader};
use crate::title::Title;
use crate::{Country, Known, Roles, Tags, knowledge, plays};
use rawi_text::fold;

use index::{Index, NAMESAKES, key};
pub use naming::span_of;
use naming::{
    bracketed, country_of, name_key, name_part, stems, surface, surface_key, title_ranges,
};

/// How many mentions of somebody are looked through for those who were mentioned
/// last.
const HORIZON: usize = 2000;

/// The longest name whose parts are looked for, in words.
const LONGEST_PARTED: usize = 8;

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
    /// Folded stems of the name.
    stems: Vec<String>,
    /// The short name that the article puts in brackets behind the name.
    short: Vec<String>,
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
    pub fn lately(&self, before: BytePos, most: usize) -> Vec<(BytePos, EntityId)> {
        let mut out: Vec<(BytePos, EntityId)> = Vec::new();
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

    /// Forgets the article before and looks the new one over for personal
    /// names, so that a short name early in the text finds the full one later.
    pub fn survey(&mut self, reader: &Reader<'_>) {
        self.entities.clear();
        self.index.clear();
        let count = reader.layout.tokens().len();
        let mut found: Vec<Phrase> = Vec::new();
        let mut ends = reader.layout.sentences().iter().map(|s| s.end as usize);
        let mut sentence_end = 0;
        let mut i = 0;
        while i < count {
            while sentence_end <= i {
                sentence_end = ends.next().unwrap_or(count);
            }
            let word = reader.words.get(i);
            let begins = word.is(Tags::TITLE)
                || word.is(Tags::GIVEN | Tags::NAME_PART) && !word.is(Tags::AMBIGUOUS);
            if !begins || word.inside || reader.layout.furniture_at(i).is_some() {
                i += 1;
                continue;
            }
            let end = reader.extent(i, sentence_end, Extent::Strict);
            let phrase = reader.describe(i..end.max(i + 1));
            i = match &phrase.name {
                Some(name) => name.end,
                None => i + usize::from(word.entry_words).max(1),
            };
            if phrase
                .name
                .as_ref()
                .is_some_and(|n| self.trusted(reader, n))
            {
                found.push(phrase);
            }
        }
        // Longer names first: a short name then joins the person it shortens.
        let length = |p: &Phrase| p.name.as_ref().map_or(0, |n| n.len());
        let mut order: Vec<&Phrase> = found.iter().collect();
        order.sort_by_key(|p| (usize::MAX - length(p), p.range.start));
        for phrase in order {
            self.named(reader, phrase);
        }
        self.entities
            .sort_by_key(|e| e.mentions.first().map(|m| m.span.start));
        self.index.clear();
        for (i, entity) in self.entities.iter().enumerate() {
            self.index.add(EntityId(i), entity);
            for m in &entity.mentions {
                self.index.mention(EntityId(i), m.span);
            }
        }
        self.short_names(reader);
    }

    /// Names of one unknown word after a title are too often ordinary words.
    fn trusted(&self, reader: &Reader<'_>, name: &std::ops::Range<usize>) -> bool {
        name.len() > 1 || reader.words.get(name.start).is(Tags::GIVEN)
    }

    /// Finds family names that stand alone.
    fn short_names(&mut self, reader: &Reader<'_>) {
        let mut lasts: HashMap<String, usize> = HashMap::new();
        for (i, e) in self.entities.iter().enumerate() {
            if let [_, .., last] = e.stems.as_slice() {
                lasts.entry(last.clone()).or_insert(i);
            }
        }
        if lasts.is_empty() {
            return;
        }
        for i in 0..reader.layout.tokens().len() {
            let word = reader.words.get(i);
            // `الشيخ`, `فرح`: mostly the common word.
            if word.is(Tags::TITLE)
                || word.common && !word.article
                || reader.layout.furniture_at(i).is_some()
            {
                continue;
            }
            let stem = reader.words.stem(reader.layout, i);
            let Some(&id) = lasts.get(stem) else {
                continue;
            };
            let span = reader.words.name_span(reader.layout, i);
            self.note(EntityId(id), span, MentionKind::Name);
        }
    }

    /// Finds or makes the entity that a phrase names. `recent` are the last
    /// speakers, latest first: a title points back to them before all others.
    pub fn meet(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        if phrase.name.is_some() {
            return (self.named(reader, phrase), How::Named);
        }
        if let Some(id) = self.family_name(reader, phrase) {
            let own = if phrase.kind == Kind::Person {
                phrase.first_end - 1
            } else {
                phrase.range.start
            };
            self.note(id, span_of(reader, own..own + 1), MentionKind::Name);
            return (id, How::Named);
        }
        let (id, how) = if let Some(id) = self.same_again(reader, phrase, recent) {
            (id, How::Title)
        } else if phrase.kind == Kind::Person {
            self.titled(reader, phrase, recent)
        } else {
            self.described(reader, phrase, recent)
        };
        let (range, kind) = match how {
            How::Named => (name_part(reader, phrase), MentionKind::Name),
            How::Title => (phrase.range.start..phrase.first_end, MentionKind::Title),
        };
        self.note(id, span_of(reader, range), kind);
        (id, how)
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

    fn add(&mut self, entity: Entity) -> EntityId {
        let id = EntityId(self.entities.len());
        self.index.add(id, &entity);
        self.entities.push(entity);
        id
    }

    fn named(&mut self, reader: &Reader<'_>, phrase: &Phrase) -> EntityId {
        let range = phrase.name.clone().unwrap_or(phrase.range.clone());
        let stems = name_key(reader, range.clone());
        let name = surface(reader, range.clone());
        let span = span_of(reader, range);
        let title = Title::of(reader, phrase);
        let known = knowledge::known(&fold(&name), Kind::Person);
        let same = self
            .by_knowledge(known)
            .or_else(|| self.by_name(&stems, &phrase.agreement));
        let id = same.unwrap_or_else(|| {
            self.add(Entity {
                name: name.clone(),
                kind: Kind::Person,
                agreement: phrase.agreement,
                country: None,
                known: None,
                mentions: Vec::new(),
                stems: stems.clone(),
                short: Vec::new(),
                titles: Vec::new(),
                named: true,
            })
        });
        let entity = &mut self.entities[id.0];
        entity.known = entity.known.or(known);
        if stems.len() > entity.stems.len() {
            entity.name = name;
            entity.stems = stems;
        }
        if entity.agreement.gender.is_none() {
            entity.agreement.gender = phrase.agreement.gender;
        }
        if let Some(title) = title {
            entity.country = entity.country.or(title.country);
            if !entity.titles.contains(&title) {
                entity.titles.push(title);
            }
        }
        self.index.add(id, &self.entities[id.0]);
        self.note(id, span, MentionKind::Name);
        for range in title_ranges(reader, phrase) {
            self.note(id, span_of(reader, range), MentionKind::Title);
        }
        id
    }

    /// The entity that goes by another name of the same known one.
    fn by_knowledge(&self, known: Option<&'static Known>) -> Option<EntityId> {
        self.index.known(known?)
    }

    /// The person whose name contains these words in order, or is contained in
    /// them. Ambiguity goes to the person mentioned last.
    fn by_name(&self, stems: &[String], agreement: &Agreement) -> Option<EntityId> {
        let named = |id: &&u32| self.entities[**id as usize].named;
        let same = |id: &&u32| {
            let e = &self.entities[**id as usize];
            e.stems == stems && e.agreement.fits(*agreement)
        };
        let whole = self.index.named(key(stems.iter().map(String::as_str)));
        if let Some(&id) = whole.iter().find(|id| named(id) && same(id)) {
            return Some(EntityId(id as usize));
        }
        let fits = |id: &&u32| {
            let e = &self.entities[**id as usize];
            e.named
                && e.kind == Kind::Person
                && e.agreement.fits(*agreement)
                && same_person(&e.stems, stems)
        };
        let last = |list: &[u32]| list.iter().rev().take(NAMESAKES).find(fits).copied();
        // Longer names hold the rarest of the words, shorter ones are some of them.
        let rarest = stems.iter().map(|w| self.index.with_word(w));
        let longer = rarest.min_by_key(|list| list.len()).and_then(last);
        let shorter = parts(stems).filter_map(|part| last(self.index.named(part)));
        shorter.chain(longer).max().map(|id| EntityId(id as usize))
    }

    /// The person whose name ends in (or begins with) the phrase's only word.
    fn family_name(&self, reader: &Reader<'_>, phrase: &Phrase) -> Option<EntityId> {
        let head = reader.words.get(phrase.head);
        let office = head.is(Tags::OFFICE | Tags::HONORIFIC | Tags::PLURAL);
        let may = phrase.kind == Kind::Other || phrase.kind == Kind::Person && !office;
        // `الوزير العساف`: title and family name of somebody named elsewhere.
        if phrase.kind == Kind::Person && phrase.first_end > phrase.head + 1 {
            let last = phrase.first_end - 1;
            let stem = reader.words.stem(reader.layout, last);
            let mut with_word = self.index.with_word(stem).iter().take(NAMESAKES);
            let known = with_word.find(|&&id| {
                let e = &self.entities[id as usize];
                e.named
                    && e.kind == Kind::Person
                    && e.stems.len() > 1
                    && e.stems.last().is_some_and(|s| s == stem)
                    && e.agreement.fits(phrase.agreement)
            });
            if let Some(&id) = known {
                return Some(EntityId(id as usize));
            }
        }
        // `عون وميقاتي`: the first of two speaks.
        let both = phrase.range.len() == 2 && reader.words.get(phrase.range.end - 1).conjunction;
        if !may || phrase.range.len() != 1 && !both {
            return None;
        }
        let first = phrase.range.start..phrase.range.start + 1;
        self.by_name(&name_key(reader, first), &phrase.agreement)
    }

    /// `المتحدث ذاته`, `المصدر نفسه`: whoever of that kind spoke last.
    fn same_again(
        &self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> Option<EntityId> {
        let last = phrase.first_end.checked_sub(1)?;
        let word = reader.layout.word(last);
        let bare = rawi_morph::strip_pronoun(word)?.0;
        if last == phrase.head || !plays(bare, Roles::ITSELF) {
            return None;
        }
        let head = reader.words.stem(reader.layout, phrase.head);
        let informant = plays(head, Roles::INFORMANT);
        let of_kind = |e: &Entity| {
            informant
                || e.agreement.fits(phrase.agreement)
                    && match phrase.kind {
                        Kind::Person => e.kind == Kind::Person,
                        Kind::Body | Kind::Outlet => matches!(e.kind, Kind::Body | Kind::Outlet),
                        _ => true,
                    }
        };
        let named_so = recent.iter().find(|&&id| {
            let stems = &self.get(id).stems;
            stems.first().is_some_and(|s| alike(s, head))
        });
        named_so
            .or_else(|| recent.iter().find(|&&id| of_kind(self.get(id))))
            .copied()
    }

    fn titled(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        let head = reader.words.get(phrase.head);
        if let Some(title) = Title::of(reader, phrase) {
            let back = if phrase.definite {
                self.by_title(reader, phrase, &title, recent)
            } else {
                self.by_phrase(&surface_key(reader, phrase))
            };
            if let Some(id) = back {
                return (id, How::Title);
            }
            // `المصدر`, `الكاتب`, `المسؤول`: an office-less word for whoever
            // spoke last.
            if head.is(Tags::PERSON) && head.article {
                let last = recent.iter().copied().find(|&id| {
                    let e = self.get(id);
                    e.kind == Kind::Person
                        && e.agreement.fits(phrase.agreement)
                        && compatible(e.country, title.country)
                });
                if let Some(id) = last {
                    return (id, How::Title);
                }
            }
            let id = self.fresh(reader, phrase, Some(title));
            return (id, How::Named);
        }
        (self.fresh(reader, phrase, None), How::Named)
    }

    fn by_title(
        &self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        title: &Title,
        recent: &[EntityId],
    ) -> Option<EntityId> {
        let here = reader.layout.tokens()[phrase.range.start].span.start;
        let fits = |e: &Entity, exact: bool| {
            e.kind == Kind::Person
                && e.agreement.fits(phrase.agreement)
                && e.titles.iter().any(|t| {
                    if exact {
                        t == title
                    } else {
                        title.points_to(t)
                    }
                })
        };
        let before = |id: EntityId| {
            let mentions = &self.get(id).mentions;
            mentions[..mentions.partition_point(|m| m.span.start < here)]
                .last()
                .map(|m| m.span.start)
        };
        for exact in [true, false] {
            if let Some(&id) = recent.iter().find(|&&id| fits(self.get(id), exact)) {
                return Some(id);
            }
            let holders = self.index.with_title(title.head()).iter().rev();
            let nearest = holders
                .take(NAMESAKES)
                .map(|&id| EntityId(id as usize))
                .filter(|&id| fits(self.get(id), exact))
                .filter_map(|id| before(id).map(|at| (at, id)))
                .max();
            if let Some((_, id)) = nearest {
                return Some(id);
            }
        }
        None
    }

    fn by_phrase(&self, key: &[String]) -> Option<EntityId> {
        let whole = self::key(key.iter().map(String::as_str));
        let called = |ids: &[u32], test: &dyn Fn(&Entity) -> bool| {
            let mut ids = ids.iter().map(|&id| id as usize);
            ids.find(|&id| !self.entities[id].named && test(&self.entities[id]))
        };
        let name = called(self.index.named(whole), &|e| e.stems == key);
        let short = called(self.index.short(whole), &|e| e.short == key);
        name.into_iter().chain(short).min().map(EntityId)
    }

    fn described(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        let key = surface_key(reader, phrase);
        if let Some(id) = self.by_phrase(&key) {
            return (id, How::Named);
        }
        let name = surface(reader, name_part(reader, phrase));
        if let Some(id) = self.by_knowledge(Self::known(reader, phrase, &name)) {
            let entity = &mut self.entities[id.0];
            if key.len() > entity.stems.len() {
                entity.name = name;
                entity.stems = key;
                self.index.add(id, &self.entities[id.0]);
            }
            return (id, How::Named);
        }
        let head = reader.words.get(phrase.head);
        let country = country_of(reader, phrase);
        if phrase.kind == Kind::Place && head.is(Tags::COUNTRY) {
            let there = country.map_or(&[][..], |country| self.index.of_country(country));
            let same = there.iter().map(|&id| id as usize).find(|&id| {
                let e = &self.entities[id];
                e.kind == Kind::Place && e.named && e.country == country
            });
            if let Some(i) = same {
                return (EntityId(i), How::Named);
            }
        }
        if phrase.definite
            && !head.is(Tags::OWN_NAME | Tags::OUTLET | Tags::COUNTRY | Tags::CAPITAL)
        {
            let fits = |e: &Entity| {
                !e.named
                    && e.kind == phrase.kind
                    && e.stems
                        .first()
                        .zip(key.first())
                        .is_some_and(|(a, b)| alike(a, b))
                    && (key.len() == 1 || key.iter().all(|w| e.stems.contains(w)))
                    && compatible(e.country, country)
            };
            let back = recent
                .iter()
                .copied()
                .find(|&id| fits(self.get(id)))
                .or_else(|| {
                    let of_kind = self.index.with_head(key.first()?);
                    let ids = of_kind.iter().rev().map(|&id| EntityId(id as usize));
                    ids.take(NAMESAKES).find(|&id| fits(self.get(id)))
                });
            if let Some(id) = back {
                let entity = &mut self.entities[id.0];
                entity.country = entity.country.or(country);
                return (id, How::Title);
            }
        }
        (self.fresh(reader, phrase, None), How::Named)
    }

    /// Who the tables say goes by the name of a phrase, or by its short name in
    /// brackets.
    fn known(reader: &Reader<'_>, phrase: &Phrase, name: &str) -> Option<&'static Known> {
        let known = |name: &str| knowledge::known(&fold(name), phrase.kind);
        let part = |range| known(&surface(reader, range));
        known(name).or_else(|| {
            let short = bracketed(reader, phrase)?;
            part(phrase.range.start..short.start - 1).or_else(|| part(short))
        })
    }

    fn fresh(&mut self, reader: &Reader<'_>, phrase: &Phrase, title: Option<Title>) -> EntityId {
        let head = reader.words.get(phrase.head);
        let country = country_of(reader, phrase);
        let name = surface(reader, name_part(reader, phrase));
        self.add(Entity {
            known: Self::known(reader, phrase, &name),
            name,
            kind: phrase.kind,
            agreement: phrase.agreement,
            country,
            mentions: Vec::new(),
            stems: surface_key(reader, phrase),
            short: bracketed(reader, phrase).map_or_else(Vec::new, |b| stems(reader, b)),
            titles: title.into_iter().collect(),
            named: phrase.kind == Kind::Place && head.is(Tags::COUNTRY),
        })
    }
}

/// Whether a shorter name is the longer one shortened: its words come in the
/// same order, and a lone word is not the middle of the longer name.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return false;
    }
    if short.len() == 1 {
        return long.first() == short.first() || long.last() == short.last();
    }
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l == w))
}

fn compatible(a: Option<&'static Country>, b: Option<&'static Country>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Whether two head words are one noun in two cases: `مسؤولون`, `مسؤولين`.
fn alike(a: &str, b: &str) -> bool {
    alike_root(a) == alike_root(b)
}

/// A noun without the endings that tell its cases apart.
fn alike_root(word: &str) -> &str {
    ["ون", "ين", "ان"]
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(|w| w.chars().count() >= 3))
        .or_else(|| {
            word.strip_suffix(['و', 'ي'])
                .filter(|w| w.chars().count() >= 4)
        })
        .unwrap_or(word)
}

/// The keys of all names that some of these words make up in their order: of a name
/// that is longer than any, its first words.
fn parts(stems: &[String]) -> impl Iterator<Item = u64> + '_ {
    let stems = &stems[..stems.len().min(LONGEST_PARTED)];
    (1u32..1 << stems.len()).map(move |chosen| {
        let words = stems.iter().enumerate();
        let taken = words.filter(move |(i, _)| chosen >> i & 1 == 1);
        key(taken.map(|(_, word)| word.as_str()))
    })
}
