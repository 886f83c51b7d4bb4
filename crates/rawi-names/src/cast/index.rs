//! Finding entities without looking at all of them: by their names, the words in
//! them, their titles, and by where they are mentioned.

use std::collections::{BTreeSet, HashMap};

use rawi_model::hash;
use rawi_morph::without_case;
use rawi_text::{BytePos, Span};

use super::{Entity, EntityId};
use crate::{Country, Known};

/// Of so many that share a word of their name, a title or a head noun the last are
/// asked; an article has fewer.
pub(super) const NAMESAKES: usize = 256;

/// Where the entities of a cast are found. An entry may be out of date once an
/// entity has got a longer name, so what is found has to be asked again.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// By everything that makes up the name.
    names: HashMap<u64, Vec<u32>>,
    /// By the short name in brackets.
    shorts: HashMap<u64, Vec<u32>>,
    /// By each word of the name.
    words: HashMap<u64, Vec<u32>>,
    /// By the first word of the name, its ending left out.
    heads: HashMap<u64, Vec<u32>>,
    /// By the head noun of each title.
    titles: HashMap<u64, Vec<u32>>,
    /// By what the tables know them for.
    known: HashMap<usize, u32>,
    /// By their country.
    countries: HashMap<usize, Vec<u32>>,
    /// Every mention: where it starts, whose it is, where it ends.
    mentions: BTreeSet<(BytePos, EntityId, BytePos)>,
}

/// The key of a row of words.
pub(super) fn key<'w>(words: impl IntoIterator<Item = &'w str>) -> u64 {
    words.into_iter().fold(0, |key, word| {
        key.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ hash(word.as_bytes())
    })
}

/// Adds an entity to a list in the order of their numbers.
fn put(list: &mut Vec<u32>, id: u32) {
    let at = list.partition_point(|&k| k < id);
    if list.get(at) != Some(&id) {
        list.insert(at, id);
    }
}

fn number(id: EntityId) -> u32 {
    u32::try_from(id.0).unwrap_or(u32::MAX)
}

fn address<T>(row: &'static T) -> usize {
    std::ptr::from_ref(row).addr()
}

impl Index {
    pub(super) fn clear(&mut self) {
        *self = Index::default();
    }

    /// Adds an entity, or what is new about it.
    pub(super) fn add(&mut self, id: EntityId, entity: &Entity) {
        let id = number(id);
        put(
            self.names
                .entry(key(entity.stems.iter().map(String::as_str)))
                .or_default(),
            id,
        );
        if !entity.short.is_empty() {
            let short = key(entity.short.iter().map(String::as_str));
            put(self.shorts.entry(short).or_default(), id);
        }
        for word in &entity.stems {
            put(self.words.entry(key([word.as_str()])).or_default(), id);
        }
        if let Some(first) = entity.stems.first() {
            put(
                self.heads.entry(key([without_case(first)])).or_default(),
                id,
            );
        }
        for title in &entity.titles {
            put(self.titles.entry(key([title.head()])).or_default(), id);
        }
        if let Some(known) = entity.known {
            let first = self.known.entry(address(known)).or_insert(id);
            *first = id.min(*first);
        }
        if let Some(country) = entity.country {
            put(self.countries.entry(address(country)).or_default(), id);
        }
    }

    pub(super) fn mention(&mut self, id: EntityId, span: Span) {
        self.mentions.insert((span.start, id, span.end));
    }

    /// Takes back a mention that a longer one covers.
    pub(super) fn forget(&mut self, id: EntityId, span: Span) {
        self.mentions.remove(&(span.start, id, span.end));
    }

    pub(super) fn named(&self, key: u64) -> &[u32] {
        list(&self.names, key)
    }

    pub(super) fn short(&self, key: u64) -> &[u32] {
        list(&self.shorts, key)
    }

    /// Whose name holds the word.
    pub(super) fn with_word(&self, word: &str) -> &[u32] {
        list(&self.words, key([word]))
    }

    /// Whose name begins with such a noun, in whatever case.
    pub(super) fn with_head(&self, word: &str) -> &[u32] {
        list(&self.heads, key([without_case(word)]))
    }

    pub(super) fn with_title(&self, head: &str) -> &[u32] {
        list(&self.titles, key([head]))
    }

    pub(super) fn of_country(&self, country: &'static Country) -> &[u32] {
        list(&self.countries, address(country))
    }

    pub(super) fn known(&self, known: &'static Known) -> Option<EntityId> {
        self.known
            .get(&address(known))
            .map(|&id| EntityId(id as usize))
    }

    /// The mentions that start in a stretch of text, the last first.
    pub(super) fn back(
        &self,
        from: BytePos,
        to: BytePos,
    ) -> impl Iterator<Item = (Span, EntityId)> + '_ {
        let range = (from, EntityId(0), BytePos(0))..(to.max(from), EntityId(0), BytePos(0));
        self.mentions
            .range(range)
            .rev()
            .map(|&(start, id, end)| (Span { start, end }, id))
    }
}

fn list<K: Eq + std::hash::Hash>(lists: &HashMap<K, Vec<u32>>, key: K) -> &[u32] {
    lists.get(&key).map_or(&[], Vec::as_slice)
}
