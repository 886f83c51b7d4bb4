//! Titles that stand beside names, and whom such a title means when it stands alone.

use std::collections::HashMap;

use rawi_text::Few;

use super::link::{MOST, Relation};
use super::sieve::{NAMESAKES, Sieve};
use super::{Cast, EntityId};
use crate::mentions::Mention;
use crate::phrase::{Kind, Reader};
use crate::title::Title;

/// A title with its holder.
#[derive(Clone, Copy, Debug)]
struct Held {
    title: Title,
    /// All its words.
    row: u64,
    holder: EntityId,
}

/// The titles of an article, by their head nouns.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    by_head: HashMap<u64, Vec<Held>>,
}

impl Titles {
    pub(super) fn clear(&mut self) {
        self.by_head.clear();
    }

    /// Who holds a title with the same head noun, the last first, and how near it comes.
    pub(super) fn holders(
        &self,
        title: Option<&Title>,
        row: u64,
    ) -> Few<(EntityId, Relation), MOST> {
        let all = title.and_then(|t| self.by_head.get(&t.head()));
        let all = all.map_or(&[][..], |all| all).iter().rev().take(MOST);
        all.map(|h| {
            let exact = if h.row == row {
                Relation::EXACT
            } else {
                Relation::HEAD
            };
            let says = title.is_some_and(|t| t.points_to(&h.title));
            let relation = if says {
                exact.and(Relation::TITLE)
            } else {
                exact
            };
            (h.holder, relation)
        })
        .collect()
    }

    /// Notes that somebody holds a title.
    pub(super) fn hold(&mut self, title: Title, row: u64, holder: EntityId) {
        let all = self.by_head.entry(title.head()).or_default();
        if !all.iter().any(|h| h.holder == holder && h.row == row) {
            all.push(Held { title, row, holder });
        }
    }
}

impl Cast {
    /// Notes the titles that stand beside names.
    pub(super) fn gather_titles(&mut self, reader: &Reader<'_>, sieve: &mut Sieve) {
        for mention in self.mentions.all() {
            let Some(holder) = mention.holder else {
                continue;
            };
            let Some(&[holder]) = sieve.whose(holder) else {
                continue;
            };
            if let Some(title) = Title::in_range(reader, mention.tokens.clone()) {
                sieve.key.fill_stems(reader, mention.tokens.clone());
                sieve.titles.hold(title, sieve.key.row(), holder);
                let entity = &mut self.entities[holder.0];
                entity.country = entity.country.or(title.country);
            }
        }
    }

    /// Whom a title alone points back to: the one with this very title, else one whose
    /// title says nothing else; of several whoever was mentioned last.
    pub(super) fn holder(
        &self,
        sieve: &Sieve,
        mention: &Mention,
        title: &Title,
        row: u64,
    ) -> Option<EntityId> {
        let all = sieve.titles.by_head.get(&title.head())?;
        let fits = |h: &&Held, exact: bool| {
            let entity = &self.entities[h.holder.0];
            entity.kind == Kind::Person
                && entity.agreement.fits(mention.agreement)
                && (if exact {
                    h.row == row
                } else {
                    title.points_to(&h.title)
                })
        };
        for exact in [true, false] {
            let found = all.iter().rev().take(NAMESAKES).filter(|h| fits(h, exact));
            let last = found.max_by_key(|h| (sieve.last[h.holder.0], usize::MAX - h.holder.0));
            // Whoever is named only later must have just this title.
            if let Some(h) = last.filter(|h| exact || sieve.last[h.holder.0] > 0) {
                return Some(h.holder);
            }
        }
        // `وزير الخارجية … وزير الخارجية المصري فلان`: the only one to come.
        let mut later = all.iter().filter(|h| fits(h, false));
        let first = later.next()?;
        later
            .all(|h| h.holder == first.holder)
            .then_some(first.holder)
    }
}
