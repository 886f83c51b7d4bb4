//! Look-ups by string in the compiled tables.

use rawi_words::{Country, Roles, lexicon};

/// Whether a folded word plays one of the given roles.
pub fn plays(word: &str, roles: Roles) -> bool {
    lexicon().roles(lexicon().find(word)).any(roles)
}

/// The country that a name (in any usual spelling) is the name of; none for its
/// capital or people.
pub fn country(name: &str) -> Option<&'static Country> {
    lexicon().country_named(&rawi_text::fold(name))
}
