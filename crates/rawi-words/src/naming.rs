//! Countries, and well-known people, organizations and outlets: the rows that keys
//! point to.

use crate::offices::{Office, Post, Tenure};
use crate::{BodyKind, Day, Facet, LexId, Lexicon, Tags};

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
    /// What kind of body an organization is; none for people and outlets.
    pub body: Option<BodyKind>,
    /// ISO 3166-1 alpha-3 code; empty if it belongs to no one country.
    pub country: &'static str,
    /// PLOVER sectors, separated by spaces; empty if unknown.
    pub sector: &'static str,
    /// Wikidata id; empty where we are not certain.
    pub wikidata: &'static str,
    /// Offices held, and when.
    pub tenures: &'static [Tenure],
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
        self.country_alone(key).filter(|_| named)
    }

    /// Everybody and everything well known that goes by a key, and by it alone.
    pub fn known(&self, key: LexId) -> impl Iterator<Item = &'static Known> {
        self.bearers(key)
            .filter(|(_, short)| !short)
            .map(|(k, _)| k)
    }

    /// The well-known bodies whose short name a key is, where it is a common word or
    /// the name of others too (`النهضة`, `الأهلي`), and people whose name others in the
    /// news bear too: one of them is meant only where something else says so, such as a
    /// full name elsewhere in the article, or a title that [was held](Known::held).
    pub fn known_short(&self, key: LexId) -> impl Iterator<Item = &'static Known> {
        self.bearers(key)
            .filter(|(_, short)| *short)
            .map(|(k, _)| k)
    }

    /// The well-known bodies that go by a key, short names too, and are of a kind that
    /// the word `head` before it leads to: `حزب` before `النهضة`.
    pub fn known_behind(&self, head: LexId, key: LexId) -> impl Iterator<Item = &'static Known> {
        let kinds = self.value(head, Facet::Heads).unwrap_or(0);
        let leads = move |k: &&Known| k.body.is_some_and(|b| kinds & b.bit() != 0);
        self.bearers(key).map(|(k, _)| k).filter(leads)
    }

    /// Who goes by a key, and whether it is a short name that asks for a second sign.
    fn bearers(&self, key: LexId) -> impl Iterator<Item = (&'static Known, bool)> {
        let rows = self.run(key, Facet::Known, self.known_rows());
        rows.iter().filter_map(|row| {
            let row = u16::from_le_bytes(*row);
            let known = KNOWN.get(usize::from(row & !SHORT_NAME))?;
            Some((known, row & SHORT_NAME != 0))
        })
    }
}
