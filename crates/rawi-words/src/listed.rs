//! What the lists of names have a name for: a person, a place, a club. Shared with
//! the build script, which compiles the lists.
//!
//! A list never makes a name: it says that somebody or something goes by it, which is
//! evidence for the model of names. Names are found by their words as that model sees
//! them, so that `والترجي` is found by `الترجي`.

use rawi_model::Feature;
use rawi_morph::tagger::Seen;

/// What a name is listed as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Listed {
    /// A city, town or province, or a country.
    Place,
    /// A region, water or mountain.
    Land,
    /// A sports club.
    Club,
    /// A company or brand.
    Company,
    /// An organization, party or movement.
    Body,
    /// A news outlet.
    Media,
    /// A person by that name.
    Person,
    /// A family, or the last part of a person's name.
    Family,
    /// A given name, or the first part of a person's name.
    Given,
}

impl Listed {
    /// Its bit among those of a name; the weights of the model depend on it.
    pub fn bit(self) -> u32 {
        1 << self as u32
    }

    /// What a table of the gazetteer calls so.
    #[cfg_attr(not(test), allow(dead_code))] // the build script asks
    pub fn named(kind: &str) -> Option<Self> {
        Some(match kind {
            "place" => Listed::Place,
            "land" => Listed::Land,
            "club" => Listed::Club,
            "company" => Listed::Company,
            "body" => Listed::Body,
            "media" => Listed::Media,
            "person" => Listed::Person,
            "family" => Listed::Family,
            "given" => Listed::Given,
            _ => return None,
        })
    }
}

/// Longest phrase that has a key among the names, in tokens.
pub const LONGEST_PHRASE: usize = 4;

/// The key of a phrase: proclitics of the first word left out.
pub fn phrase_key(seen: &[Seen]) -> u64 {
    seen.iter()
        .fold(Feature::new(102, seen.len() as u64), |key, s| {
            key.and(s.hash ^ u64::from(s.cut.article))
        })
        .0
}
