//! Finding entities without looking at all of them: by their names, the words in
//! them, their titles, and by where they are mentioned.

use std::collections::{BTreeSet, HashMap};

use rawi_text::{BytePos, Few, Span};

use super::{Entity, EntityId};
use crate::{Country, Known};

/// Of so many that share a word of their name, a title or a head noun the last are
/// asked; an article has fewer.
pub(super) const NAMESAKES: usize = 256;

/// By what entities are found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum By {
    /// Everything that makes up the name.
    Name,
    /// The short name in brackets.
    Short,
    /// A word of the name.
    Word,
    /// The first word of the name, its ending left out.
    Head,
    /// The head noun of a title.
    Title,
    /// What the tables know them for.
    Known,
    /// Their country.
    Country,
}

/// Where the entities of a cast are found. An entry may be out of date once an
/// entity has got a longer name, so what is found has to be asked again.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Which of the lists belongs to a key.
    places: HashMap<(By, u64), usize>,
    /// The entities of each key in the order of their numbers. An article's lists
    /// are filled again for the next one.
    lists: Vec<Few<u32, 4>>,
    /// Every mention: where it starts, whose it is, where it ends.
    mentions: BTreeSet<(BytePos, EntityId, BytePos)>,
}

fn address<T>(row: &'static T) -> u64 {
    std::ptr::from_ref(row).addr() as u64
}

impl Index {
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.mentions.clear();
    }

    /// Adds an entity, or what is new about it.
    pub(super) fn add(&mut self, id: EntityId, entity: &Entity) {
        let id = u32::try_from(id.0).unwrap_or(u32::MAX);
        self.put(By::Name, entity.key.row(), id);
        if !entity.short.is_empty() {
            self.put(By::Short, entity.short.row(), id);
        }
        for &word in entity.key.words() {
            self.put(By::Word, word, id);
        }
        if let Some(head) = entity.key.head() {
            self.put(By::Head, head, id);
        }
        for title in &entity.titles {
            self.put(By::Title, title.head(), id);
        }
        if let Some(known) = entity.known {
            self.put(By::Known, address(known), id);
        }
        if let Some(country) = entity.country {
            self.put(By::Country, address(country), id);
        }
    }

    /// Adds an entity to a list in the order of their numbers.
    fn put(&mut self, by: By, key: u64, id: u32) {
        let next = self.places.len();
        let place = *self.places.entry((by, key)).or_insert(next);
        if place == next {
            match self.lists.get_mut(place) {
                Some(list) => list.clear(),
                None => self.lists.push(Few::new()),
            }
        }
        let list = &mut self.lists[place];
        let at = list.partition_point(|&k| k < id);
        if list.get(at) != Some(&id) {
            list.insert(at, id);
        }
    }

    fn list(&self, by: By, key: u64) -> &[u32] {
        let place = self.places.get(&(by, key));
        place.map_or(&[], |&place| self.lists[place].as_slice())
    }

    pub(super) fn mention(&mut self, id: EntityId, span: Span) {
        self.mentions.insert((span.start, id, span.end));
    }

    /// Takes back a mention that a longer one covers.
    pub(super) fn forget(&mut self, id: EntityId, span: Span) {
        self.mentions.remove(&(span.start, id, span.end));
    }

    /// Who has the name with this row of words.
    pub(super) fn named(&self, row: u64) -> &[u32] {
        self.list(By::Name, row)
    }

    /// Who has the short name with this row of words.
    pub(super) fn short(&self, row: u64) -> &[u32] {
        self.list(By::Short, row)
    }

    /// Whose name holds the word.
    pub(super) fn with_word(&self, word: u64) -> &[u32] {
        self.list(By::Word, word)
    }

    /// Whose name begins with such a noun, in whatever case.
    pub(super) fn with_head(&self, noun: u64) -> &[u32] {
        self.list(By::Head, noun)
    }

    /// Who has a title with this head noun.
    pub(super) fn with_title(&self, head: u64) -> &[u32] {
        self.list(By::Title, head)
    }

    pub(super) fn of_country(&self, country: &'static Country) -> &[u32] {
        self.list(By::Country, address(country))
    }

    /// Who is the one that the tables know.
    pub(super) fn known(&self, known: &'static Known) -> Option<EntityId> {
        let first = self.list(By::Known, address(known)).first();
        first.map(|&id| EntityId(id as usize))
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
