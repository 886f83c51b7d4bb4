//! Finding the entity that a name, a title or a description points to.

use rawi_morph::Agreement;

use super::index::NAMESAKES;
use super::key::{self, Key};
use super::{Cast, Entity, EntityId};
use crate::phrase::{Kind, Phrase, Reader};
use crate::title::Title;
use crate::{Country, Known, Roles, Tags};

/// The longest name whose parts are looked for, in words.
const LONGEST_PARTED: usize = 8;

impl Cast {
    /// The entity that goes by another name of the same known one.
    pub(super) fn by_knowledge(&self, known: Option<&'static Known>) -> Option<EntityId> {
        self.index.known(known?)
    }

    /// The person whose name contains these words in order, or is contained in
    /// them. Ambiguity goes to the person mentioned last.
    pub(super) fn by_name(&self, name: &Key, agreement: &Agreement) -> Option<EntityId> {
        let named = |id: &&u32| self.entities[**id as usize].named;
        let same = |id: &&u32| {
            let e = &self.entities[**id as usize];
            e.key == *name && e.agreement.fits(*agreement)
        };
        let whole = self.index.named(name.row());
        if let Some(&id) = whole.iter().find(|id| named(id) && same(id)) {
            return Some(EntityId(id as usize));
        }
        let fits = |id: &&u32| {
            let e = &self.entities[**id as usize];
            e.named
                && e.kind == Kind::Person
                && e.agreement.fits(*agreement)
                && same_person(e.key.words(), name.words())
        };
        let last = |list: &[u32]| list.iter().rev().take(NAMESAKES).find(fits).copied();
        // Longer names hold the rarest of the words, shorter ones are some of them.
        let rarest = name.words().iter().map(|&w| self.index.with_word(w));
        let longer = rarest.min_by_key(|list| list.len()).and_then(last);
        let shorter = parts(name.words()).filter_map(|part| last(self.index.named(part)));
        shorter.chain(longer).max().map(|id| EntityId(id as usize))
    }

    /// The person whose name ends in (or begins with) the phrase's only word.
    pub(super) fn family_name(&mut self, reader: &Reader<'_>, phrase: &Phrase) -> Option<EntityId> {
        let head = reader.words.get(phrase.head);
        let office = head.is(Tags::OFFICE | Tags::HONORIFIC | Tags::PLURAL);
        let may = phrase.kind == Kind::Other || phrase.kind == Kind::Person && !office;
        // `الوزير العساف`: title and family name of somebody named elsewhere.
        if phrase.kind == Kind::Person && phrase.first_end > phrase.head + 1 {
            let last = phrase.first_end - 1;
            let stem = key::word(reader.words.stem(reader.layout, last));
            let mut with_word = self.index.with_word(stem).iter().take(NAMESAKES);
            let known = with_word.find(|&&id| {
                let e = &self.entities[id as usize];
                e.named
                    && e.kind == Kind::Person
                    && e.key.len() > 1
                    && e.key.words().last() == Some(&stem)
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
        let mut name = std::mem::take(&mut self.name);
        name.fill_name(reader, first);
        let found = self.by_name(&name, &phrase.agreement);
        self.name = name;
        found
    }

    /// `المتحدث ذاته`, `المصدر نفسه`: whoever of that kind spoke last.
    pub(super) fn same_again(
        &self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> Option<EntityId> {
        let last = phrase.first_end.checked_sub(1)?;
        let itself = reader.words.bare_plays(reader.layout, last, Roles::ITSELF);
        if last == phrase.head || !itself {
            return None;
        }
        let head = key::noun(reader.words.stem(reader.layout, phrase.head));
        let informant = reader.stem_plays(phrase.head, Roles::INFORMANT);
        let of_kind = |e: &Entity| {
            informant
                || e.agreement.fits(phrase.agreement)
                    && match phrase.kind {
                        Kind::Person => e.kind == Kind::Person,
                        Kind::Body | Kind::Outlet => matches!(e.kind, Kind::Body | Kind::Outlet),
                        _ => true,
                    }
        };
        let named_so = recent
            .iter()
            .find(|&&id| self.get(id).key.head() == Some(head));
        named_so
            .or_else(|| recent.iter().find(|&&id| of_kind(self.get(id))))
            .copied()
    }

    pub(super) fn by_title(
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

    pub(super) fn by_phrase(&self, key: &Key) -> Option<EntityId> {
        let whole = key.row();
        let called = |ids: &[u32], test: &dyn Fn(&Entity) -> bool| {
            let mut ids = ids.iter().map(|&id| id as usize);
            ids.find(|&id| !self.entities[id].named && test(&self.entities[id]))
        };
        let name = called(self.index.named(whole), &|e| e.key == *key);
        let short = called(self.index.short(whole), &|e| e.short == *key);
        name.into_iter().chain(short).min().map(EntityId)
    }
}

/// Whether a shorter name is the longer one shortened: its words come in the
/// same order, and a lone word is not the middle of the longer name.
fn same_person(a: &[u64], b: &[u64]) -> bool {
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

pub(super) fn compatible(a: Option<&'static Country>, b: Option<&'static Country>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// The keys of all names that some of these words make up in their order: of a name
/// that is longer than any, its first words.
fn parts(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let words = &words[..words.len().min(LONGEST_PARTED)];
    (1u32..1 << words.len()).map(move |chosen| {
        let words = words.iter().enumerate();
        let taken = words.filter(move |(i, _)| chosen >> i & 1 == 1);
        key::row(taken.map(|(_, &word)| word))
    })
}
