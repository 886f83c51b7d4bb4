//! All names of all entities, in memory: whoever knows some words of a name finds it by
//! them. Looking through the table instead takes the database a hundred times as long.

use memchr::memmem;
use rusqlite::Connection;

use crate::{Archive, ArchiveError};

/// What stands behind each name. No name has it, as blanks are folded.
const END: &str = "\n";

/// All names.
#[derive(Default, Debug)]
pub(crate) struct Directory {
    /// The folded names, each between two blanks and with [`END`] behind it.
    text: String,
    /// Where each name ends in it.
    ends: Vec<usize>,
    /// Its number and its entity's.
    names: Vec<(i64, i64)>,
}

impl Directory {
    /// Loads them.
    pub fn load(db: &Connection) -> Result<Self, ArchiveError> {
        let mut all = Self::default();
        let mut find = db.prepare_cached("SELECT id, entity_id, folded FROM entity_name")?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            let folded = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
            all.add(row.get(0)?, row.get(1)?, folded);
        }
        Ok(all)
    }

    fn add(&mut self, name: i64, entity: i64, folded: &str) {
        for piece in [" ", folded, " ", END] {
            self.text.push_str(piece);
        }
        self.ends.push(self.text.len());
        self.names.push((name, entity));
    }

    /// The names that have all of some folded words, with their entities, by entity.
    pub fn with_words(&self, words: &[&str]) -> Vec<(i64, i64)> {
        let wanted: Vec<String> = words.iter().map(|word| format!(" {word} ")).collect();
        // The longest word is the rarest, mostly.
        let Some(needle) = wanted.iter().max_by_key(|word| word.len()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut last = None;
        for at in memmem::find_iter(self.text.as_bytes(), needle) {
            let name = self.ends.partition_point(|end| *end <= at);
            if last == Some(name) {
                continue;
            }
            last = Some(name);
            let begin = name.checked_sub(1).map_or(0, |before| self.ends[before]);
            let text = &self.text[begin..self.ends[name]];
            if wanted.iter().all(|word| text.contains(&**word)) {
                found.push(self.names[name]);
            }
        }
        found.sort_unstable_by_key(|(name, entity)| (*entity, *name));
        found
    }
}

impl Archive {
    /// The names that have all of some folded words, as [`Directory::with_words`] gives them.
    pub(crate) fn names_with(&self, words: &[&str]) -> Result<Vec<(i64, i64)>, ArchiveError> {
        let kept = &self.tables().directory;
        let directory = kept.get(self.state()?, || Directory::load(&self.db))?;
        Ok(directory.with_words(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_whole_words_in_any_order() {
        let mut all = Directory::default();
        let names = [
            "سالم البدري",
            "البدري",
            "سالم بن سالم البدري",
            "البدريه",
            "مجلس البدري للتنميه",
            "",
        ];
        for (number, name) in (1..).zip(names) {
            all.add(number, 10 - number, name);
        }
        let found = |words: &[&str]| -> Vec<i64> {
            let found = all.with_words(words).into_iter();
            found.map(|(name, _)| name).collect()
        };
        assert_eq!(found(&["البدري"]), [5, 3, 2, 1]);
        assert_eq!(found(&["البدري", "سالم"]), [3, 1]);
        assert_eq!(found(&["سالم"]), [3, 1]);
        assert_eq!(found(&["للتنميه", "مجلس"]), [5]);
        assert!(found(&["بدري"]).is_empty());
        assert!(found(&["سالم البدري سالم"]).is_empty());
        assert!(found(&[]).is_empty());
    }
}
