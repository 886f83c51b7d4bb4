//! Well-known people, organizations and outlets: facts for linking.
//!
//! A fact never makes a mention. It says who a name that stands in a text is,
//! and that two names which share no word may be one (`ترمب`, `ترامب`; `الناتو`,
//! `حلف شمال الأطلسي`).

use crate::Kind;

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

include!(concat!(env!("OUT_DIR"), "/known.rs"));

/// Who goes by a folded name: a full name or one that stands for nobody else.
/// `kind` is what the text shows the name to be.
pub fn known(folded: &str, kind: Kind) -> Option<&'static Known> {
    let from = KNOWN_NAMES.partition_point(|(key, _)| *key < folded);
    KNOWN_NAMES[from..]
        .iter()
        .take_while(|(key, _)| *key == folded)
        .filter_map(|&(_, index)| KNOWN.get(index))
        .find(|k| match k.kind {
            KnownKind::Person => matches!(kind, Kind::Person | Kind::Other),
            KnownKind::Organization => {
                matches!(kind, Kind::Body | Kind::Group | Kind::Other | Kind::Place)
            }
            KnownKind::Outlet => matches!(kind, Kind::Outlet | Kind::Body),
        })
}

/// Whether the tables have somebody of this Wikidata id and English name, or a
/// country of that name; always where neither is given.
pub fn facts_of(wikidata: Option<&str>, name_en: Option<&str>) -> bool {
    let Some(name_en) = name_en else {
        return wikidata.is_none();
    };
    let known = |k: &Known| k.name_en == name_en && k.wikidata == wikidata.unwrap_or_default();
    KNOWN.iter().any(known)
        || wikidata.is_none() && crate::lexicon::countries().any(|c| c.name_en == name_en)
}

/// How many entities the tables hold.
pub fn count() -> usize {
    KNOWN.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rawi_text::fold;

    fn english(name: &str, kind: Kind) -> Option<&'static str> {
        known(&fold(name), kind).map(|k| k.name_en)
    }

    #[test]
    fn spellings_lead_to_one_entity() {
        assert_eq!(english("دونالد ترامب", Kind::Person), Some("Donald Trump"));
        assert_eq!(english("ترمب", Kind::Person), Some("Donald Trump"));
        assert_eq!(
            english("نتانياهو", Kind::Person),
            english("نتنياهو", Kind::Person)
        );
        assert_eq!(english("الناتو", Kind::Body), Some("NATO"));
        assert_eq!(english("سامر الكيلاني", Kind::Person), None);
        // A body by the name of a person is another thing.
        assert_eq!(english("ترامب", Kind::Body), None);
    }

    #[test]
    fn names_are_sorted_and_point_somewhere() {
        assert!(KNOWN_NAMES.windows(2).all(|w| w[0] <= w[1]));
        assert!(KNOWN_NAMES.iter().all(|(_, i)| *i < KNOWN.len()));
        assert!(count() > 1200);
    }
}
