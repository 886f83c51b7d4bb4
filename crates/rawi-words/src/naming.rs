//! Countries, and well-known people, organizations and outlets: the rows that keys
//! point to.

use crate::{Facet, LexId, Lexicon, Tags};

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

/// What kind of thing an entry of the tables is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KnownKind {
    /// A person.
    Person,
    /// An organization, government body, movement or company.
    Organization,
    /// A news outlet.
    Outlet,
}

/// A row of `lexicon/entities/` or `lexicon/outlets.tsv`.
#[derive(Debug)]
pub struct Known {
    /// The usual Arabic name.
    pub name: &'static str,
    /// The English name.
    pub name_en: &'static str,
    /// What it is.
    pub kind: KnownKind,
    /// ISO 3166-1 alpha-3 code; empty if it belongs to no one country.
    pub country: &'static str,
    /// PLOVER sectors, separated by spaces; empty if unknown.
    pub sector: &'static str,
    /// Wikidata id; empty where we are not certain.
    pub wikidata: &'static str,
    /// Offices held: role, first and last day or year (empty: still held).
    pub roles: &'static [(&'static str, &'static str, &'static str)],
}

impl PartialEq for Known {
    fn eq(&self, other: &Known) -> bool {
        std::ptr::eq(self, other)
    }
}

include!(concat!(env!("OUT_DIR"), "/naming.rs"));

/// The country of an ISO 3166-1 alpha-3 code.
pub fn country_of_code(iso3: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|c| c.iso3 == iso3)
}

impl Lexicon<'_> {
    /// The country that a key names or derives from.
    pub fn country(&self, key: LexId) -> Option<&'static Country> {
        COUNTRIES.get(self.value(key, Facet::Country)? as usize)
    }

    /// The country that a folded name is the name of; none for its capital or people.
    pub fn country_named(&self, name: &str) -> Option<&'static Country> {
        let key = self.find_phrase(name);
        let named = self.tags(key).any(Tags::COUNTRY);
        self.country(key).filter(|_| named)
    }

    /// Everybody and everything well known that goes by a key.
    pub fn known(&self, key: LexId) -> impl Iterator<Item = &'static Known> {
        let rows = self.run(key, Facet::Known, self.known_rows());
        rows.iter()
            .filter_map(|row| KNOWN.get(usize::from(u16::from_le_bytes(*row))))
    }
}
