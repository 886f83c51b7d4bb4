//! What of an entity in a reading decides who it is: the rules.

use std::sync::LazyLock;

use std::collections::HashSet;

use rawi::reading::{Entity, EntityType};
use rawi_text::fold;

use crate::document::outlet_key;

include!(concat!(env!("OUT_DIR"), "/body_heads.rs"));

/// A name of a body with so many words at most may be that of many countries.
const GENERAL: usize = 3;

/// Types whose names mean the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Class {
    Person,
    Body,
    Place,
    Unnamed,
}

impl Class {
    pub fn of(kind: &str) -> Self {
        match kind {
            "PER" => Self::Person,
            "ORG" | "MEDIA" | "GROUP" => Self::Body,
            "GPE" | "LOC" | "FAC" => Self::Place,
            _ => Self::Unnamed,
        }
    }

    /// The types, as a list of SQL.
    pub fn types(self) -> &'static str {
        match self {
            Self::Person => "('PER')",
            Self::Body => "('ORG', 'MEDIA', 'GROUP')",
            Self::Place => "('GPE', 'LOC', 'FAC')",
            Self::Unnamed => "('ANON')",
        }
    }
}

/// Two entities are one if their keys are the same.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Key {
    /// The same in Wikidata.
    Link(String),
    /// The same name; of bodies that many countries have, in the same country.
    Name {
        class: Class,
        folded: String,
        country: Option<Option<String>>,
    },
}

impl Key {
    pub fn of(entity: &Entity<'_>) -> Self {
        let kind = type_name(entity.kind);
        let name = folded(&entity.name);
        Self::from(
            entity.link.as_deref(),
            kind,
            name,
            entity.country.as_deref(),
        )
    }

    pub fn from(link: Option<&str>, kind: &str, folded: String, country: Option<&str>) -> Self {
        match link {
            Some(link) => Self::Link(link.to_owned()),
            None => {
                let class = Class::of(kind);
                Self::Name {
                    class,
                    country: is_general(class, &folded).then(|| country.map(str::to_owned)),
                    folded,
                }
            }
        }
    }
}

/// Whether a name alone doesn't tell who is meant, so that different articles may mean
/// different ones.
pub(super) fn are_several(
    link: Option<&str>,
    kind: &str,
    folded: &str,
    country: Option<&str>,
) -> bool {
    let class = Class::of(kind);
    link.is_none()
        && match class {
            Class::Person => !folded.contains(' '),
            Class::Body => country.is_none() && is_general(class, folded),
            Class::Place => false,
            Class::Unnamed => true,
        }
}

/// Whether many countries have a body of this name.
fn is_general(class: Class, folded: &str) -> bool {
    static HEADS: LazyLock<[HashSet<String>; 2]> = LazyLock::new(|| {
        let heads = |of_state: bool| {
            let all = BODY_HEADS.iter().filter(|(_, state)| !of_state || *state);
            all.map(|(word, _)| fold(word)).collect()
        };
        [heads(false), heads(true)]
    });
    if class != Class::Body {
        return false;
    }
    let mut words = folded.split(' ');
    let first = words.next().unwrap_or_default();
    let head = first.strip_prefix("ال").unwrap_or(first);
    match words.count() {
        0 => HEADS[0].contains(head) || HEADS[0].contains(first),
        more if more < GENERAL => HEADS[1].contains(head) || HEADS[1].contains(first),
        _ => false,
    }
}

/// How names are compared.
pub(super) fn folded(name: &str) -> String {
    outlet_key(name)
}

/// The name of a type in the contract.
pub(super) fn type_name(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Per => "PER",
        EntityType::Org => "ORG",
        EntityType::Media => "MEDIA",
        EntityType::Gpe => "GPE",
        EntityType::Loc => "LOC",
        EntityType::Fac => "FAC",
        EntityType::Group => "GROUP",
        _ => "ANON",
    }
}
