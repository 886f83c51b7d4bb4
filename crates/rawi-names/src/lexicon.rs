//! Look-ups by string in the compiled tables.

use rawi_words::{Country, Facet, Roles, Tags, lexicon};

/// Whether a folded word plays one of the given roles.
pub fn plays(word: &str, roles: Roles) -> bool {
    lexicon().roles(lexicon().find(word)).any(roles)
}

/// The country that a name (in any usual spelling) is the name of; none for its
/// capital or people.
pub fn country(name: &str) -> Option<&'static Country> {
    lexicon().country_named(&rawi_text::fold(name))
}

/// What the tables say of a key.
pub(crate) struct Entry {
    pub(crate) tags: Tags,
    /// Index into the countries; `u16::MAX` for none.
    pub(crate) country: u16,
}

/// A hit of [`longest`].
pub(crate) struct Hit {
    pub(crate) entry: Entry,
    /// How many tokens the key has.
    pub(crate) words: usize,
}

/// The longest key that begins with the word `first` and goes on with the words
/// that `next` gives (the word at 1, 2, … places further on).
pub(crate) fn longest<'a>(first: &str, next: impl Fn(usize) -> Option<&'a str>) -> Option<Hit> {
    let lexicon = lexicon();
    let next = |k: usize| next(k).map_or(Default::default(), |w| lexicon.find(w));
    let (key, words) = lexicon.longest(lexicon.find(first), Facet::Tags, next)?;
    let country = lexicon.value(key, Facet::Country);
    Some(Hit {
        entry: Entry {
            tags: lexicon.tags(key),
            country: country
                .and_then(|c| u16::try_from(c).ok())
                .unwrap_or(u16::MAX),
        },
        words,
    })
}
