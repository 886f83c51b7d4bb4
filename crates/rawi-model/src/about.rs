//! What a pack says of itself.
//!
//! The section `about` is text that `strings` shows too: one thing a line, its name, a
//! tab, what is said of it. A line `fact` has the name of a fact and its hash, or
//! `-` where it is not known what the tables said when the model was trained.

use std::fmt::Write as _;

use crate::{PackError, hash};

/// The name of the section.
pub(crate) const SECTION: &str = "about";

/// The card of a model.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct About {
    /// What it is called.
    pub name: String,
    /// Its license, as an SPDX expression.
    pub license: String,
    /// What it does.
    pub does: String,
    /// What it learned from.
    pub learned_from: String,
    /// What was kept from it, to measure with.
    pub not_from: String,
    /// The command that made it.
    pub command: String,
    /// Of which commit the tables were that it was trained with; empty if they were
    /// those whose hashes stand in `facts`.
    pub tables_of: String,
    /// What the tables told it.
    pub facts: Vec<Fact>,
}

/// A kind of thing that tables tell a model, as a hash of all that is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What it is called.
    pub name: String,
    /// The hash; none where it is not known what stood in the tables, or where they
    /// said something else than any hash is known of.
    pub hash: Option<u64>,
}

impl From<(&str, u64)> for Fact {
    fn from((name, hash): (&str, u64)) -> Self {
        Self {
            name: name.to_owned(),
            hash: Some(hash),
        }
    }
}

impl About {
    /// Reads the section.
    ///
    /// # Errors
    /// If it is no text or lacks a name.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, PackError> {
        let broken = || PackError::Truncated(format!("section `{SECTION}`"));
        let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
        let mut about = About::default();
        for line in text.lines() {
            let (key, value) = line.split_once('\t').ok_or_else(broken)?;
            if key == "fact" {
                let (name, hash) = value.split_once('\t').ok_or_else(broken)?;
                let hash = match hash {
                    "-" => None,
                    digits => Some(u64::from_str_radix(digits, 16).map_err(|_| broken())?),
                };
                let name = name.to_owned();
                about.facts.push(Fact { name, hash });
            } else if let Some((_, cell)) = about.cells().into_iter().find(|(k, _)| *k == key) {
                value.clone_into(cell);
            }
        }
        if about.name.is_empty() {
            return Err(broken());
        }
        Ok(about)
    }

    /// The bytes of the section.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut copy = self.clone();
        let mut text = String::new();
        for (key, value) in copy.cells() {
            let value = value.replace(['\t', '\n'], " ");
            let _ = writeln!(text, "{key}\t{value}");
        }
        for fact in &self.facts {
            let hash = fact.hash.map_or("-".to_owned(), |h| format!("{h:016x}"));
            let _ = writeln!(text, "fact\t{}\t{hash}", fact.name);
        }
        text.into_bytes()
    }

    fn cells(&mut self) -> [(&'static str, &mut String); 7] {
        [
            ("name", &mut self.name),
            ("license", &mut self.license),
            ("does", &mut self.does),
            ("learned from", &mut self.learned_from),
            ("not from", &mut self.not_from),
            ("command", &mut self.command),
            ("tables of", &mut self.tables_of),
        ]
    }

    /// The hash of a fact when the model was trained, if it is known.
    pub fn fact(&self, name: &str) -> Option<u64> {
        self.facts.iter().find(|f| f.name == name)?.hash
    }
}

/// Hashes all that tables say of one kind of thing, in whatever order and from
/// however many tables it comes.
#[derive(Clone, Default, Debug)]
pub struct Facts(Vec<String>);

impl Facts {
    /// Adds what is said of a key.
    pub fn add(&mut self, key: &str, said: impl std::fmt::Display) {
        self.0.push(format!("{key}\t{said}\n"));
    }

    /// The hash.
    pub fn hash(mut self) -> u64 {
        self.0.sort_unstable();
        self.0.dedup();
        hash(self.0.concat().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let about = About {
            name: "speech".to_owned(),
            does: "weighs\tthis".to_owned(),
            facts: vec![
                Fact {
                    name: "titles".to_owned(),
                    hash: Some(0x1f),
                },
                Fact {
                    name: "bodies".to_owned(),
                    hash: None,
                },
            ],
            ..About::default()
        };
        let read = About::read(&about.write()).unwrap();
        assert_eq!(read.does, "weighs this");
        assert_eq!(read.facts, about.facts);
        assert_eq!(
            (read.fact("titles"), read.fact("bodies")),
            (Some(0x1f), None)
        );
        assert!(About::read(b"").is_err());
        assert!(About::read(b"name speech\n").is_err());
        assert!(About::read(b"name\tspeech\nfact\ttitles\tx\n").is_err());
    }

    #[test]
    fn neither_order_nor_repetition_matters() {
        let hash = |words: &[&str]| {
            let mut facts = Facts::default();
            words.iter().for_each(|w| facts.add(w, 1));
            facts.hash()
        };
        assert_eq!(hash(&["a", "b"]), hash(&["b", "a", "b"]));
        assert_ne!(hash(&["a", "b"]), hash(&["a"]));
    }
}
