//! `find_people`: people, bodies and places of the archive by name.

use rawi_archive::{EntitySort, Listed, WhichEntities};
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, QUOTED};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::Lines;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// Arabic words, or beginnings of words, of a name. Without it those who say most.
    #[serde(default, deserialize_with = "part::text")]
    name: Option<String>,
    /// Only of one type: PER a person, ORG a body, MEDIA an outlet, GPE a country or town, LOC another place, FAC a building, GROUP a people or armed group, ANON somebody without a name.
    #[serde(default, rename = "type", deserialize_with = "part::text")]
    kind: Option<String>,
    /// How many, 10 without it, 30 at most.
    #[serde(default, deserialize_with = "part::count")]
    #[schemars(with = "Option<u32>")]
    limit: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
pub struct Found {
    note: &'static str,
    /// Those who say most first.
    people: Vec<Entry>,
}

/// Somebody or something with a name.
#[derive(Serialize, JsonSchema)]
pub struct Entry {
    /// `#12` names it in other calls.
    pub id: i64,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Wikidata.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// True if the name does not tell who is meant: different articles may mean different ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
    /// How much is attributed to it.
    pub statements: u64,
    /// In how many articles it stands.
    pub articles: u64,
}

impl From<&Listed> for Entry {
    fn from(one: &Listed) -> Self {
        Self {
            id: one.id,
            name: bounds::name(&one.name),
            kind: one.kind.clone(),
            country: one.country.clone(),
            link: one.link.clone(),
            several: one.several,
            statements: one.statements,
            articles: one.articles,
        }
    }
}

impl Entry {
    /// In one line.
    pub fn line(&self) -> String {
        let several = match self.several {
            true => " · may be several",
            false => "",
        };
        let country = self.country.as_ref().map(|c| format!(" · {c}"));
        format!(
            "#{} {} · {}{} · {} statements · {} articles{several}",
            self.id,
            one_line(&self.name),
            self.kind,
            country.unwrap_or_default(),
            self.statements,
            self.articles
        )
    }
}

impl Question for Find {
    const NAME: &'static str = "find_people";
    const TITLE: &'static str = "Find people and bodies";
    const ABOUT: &'static str = "Find people, bodies, outlets and places of the archive by an \
        Arabic name or a part of it, with their numbers: `#12` means just this one in other calls. \
        Titles are not searched. get_person tells more of one.";
    type Answer = Found;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Found, Problem> {
        let all = desk.archive.entities(&WhichEntities {
            kind: self.kind.map(|kind| kind.trim().to_uppercase()),
            like: self.name,
            sort: EntitySort::Statements,
            limit: bounds::list(self.limit),
        })?;
        Ok(Found {
            note: QUOTED,
            people: all.iter().map(Entry::from).collect(),
        })
    }

    fn tell(found: &Found, lines: &mut Lines) {
        if found.people.is_empty() {
            lines.say("nobody has these words in a name; try fewer words, or another spelling");
        }
        for one in &found.people {
            lines.say(one.line());
        }
    }
}
