//! The compiled naming tables.

use crate::{Roles, Tags};

/// One key of the tables: a folded word or phrase.
pub(crate) struct Entry {
    pub(crate) key: &'static str,
    pub(crate) tags: Tags,
    /// Index into [`COUNTRIES`]; `u16::MAX` for none.
    pub(crate) country: u16,
}

/// A country as the tables have it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Country {
    /// ISO 3166-1 alpha-3 code.
    pub iso3: &'static str,
    /// The usual Arabic name.
    pub name: &'static str,
    /// The English name.
    pub name_en: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/entries.rs"));

/// Whether a folded word plays one of the given roles.
pub fn plays(word: &str, roles: Roles) -> bool {
    STRUCTURE
        .binary_search_by(|(key, _)| (*key).cmp(word))
        .is_ok_and(|at| STRUCTURE[at].1.any(roles))
}

/// The country that a name (in any usual spelling) is the name of; none for its
/// capital or people.
pub fn country(name: &str) -> Option<&'static Country> {
    let key = rawi_text::fold(name);
    let at = ENTRIES.binary_search_by(|e| e.key.cmp(&key)).ok()?;
    let entry = ENTRIES.get(at).filter(|e| e.tags.any(Tags::COUNTRY))?;
    COUNTRIES.get(usize::from(entry.country))
}

/// All countries.
pub(crate) fn countries() -> impl Iterator<Item = &'static Country> {
    COUNTRIES.iter()
}

/// The country of an ISO 3166-1 alpha-3 code.
pub fn country_of_code(iso3: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|c| c.iso3 == iso3)
}

/// A hit of [`longest`].
pub(crate) struct Hit {
    pub(crate) entry: &'static Entry,
    /// How many tokens the key has.
    pub(crate) words: usize,
}

/// The longest key that begins with the word `first` and goes on with the words
/// that `next` gives (the word at 1, 2, … places further on).
pub(crate) fn longest<'a>(first: &str, next: impl Fn(usize) -> Option<&'a str>) -> Option<Hit> {
    let bit = (rawi_model::hash(first.as_bytes()) as usize) % (FIRSTS.len() * 64);
    if FIRSTS[bit / 64] >> (bit % 64) & 1 == 0 {
        return None;
    }
    let from = ENTRIES.partition_point(|e| e.key < first);
    let mut best: Option<Hit> = None;
    for entry in &ENTRIES[from..] {
        let Some(rest) = entry.key.strip_prefix(first) else {
            break;
        };
        let mut words = 1;
        let fits = match rest.strip_prefix(' ') {
            None if rest.is_empty() => true,
            // A longer first word: keys of our own word sort before it, so
            // none is left.
            None => break,
            Some(rest) => rest.split(' ').all(|part| {
                words += 1;
                next(words - 1) == Some(part)
            }),
        };
        if fits && best.as_ref().is_none_or(|b| words > b.words) {
            best = Some(Hit { entry, words });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(phrase: &str) -> Option<(&'static str, usize)> {
        let words: Vec<&str> = phrase.split(' ').collect();
        longest(words[0], |k| words.get(k).copied()).map(|h| (h.entry.key, h.words))
    }

    #[test]
    fn the_longest_key_wins() {
        assert_eq!(hit("الولايات المتحده اليوم"), Some(("الولايات المتحده", 2)));
        assert_eq!(hit("وزير الخارجيه"), Some(("وزير الخارجيه", 2)));
        assert_eq!(hit("وزير ما"), Some(("وزير", 1)));
        assert_eq!(hit("قنبرحس"), None);
    }

    #[test]
    fn keys_are_sorted() {
        assert!(ENTRIES.windows(2).all(|w| w[0].key < w[1].key));
    }
}
