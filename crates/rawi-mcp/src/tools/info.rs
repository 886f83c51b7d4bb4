//! `archive_info`: what there is to ask.

use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::Lines;

/// Outlets that are told.
const OUTLETS: usize = 30;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Info {}

#[derive(Serialize, JsonSchema)]
pub struct Told {
    articles: u64,
    statements: u64,
    events: u64,
    /// People, bodies and places.
    entities: u64,
    /// Stories that several outlets carry count as one.
    stories: u64,
    /// The days of the first and the last article: nothing else is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
    /// Articles of which no day is known.
    dateless: u64,
    /// The outlets with most articles.
    outlets: Vec<Outlet>,
    /// How many outlets there are.
    all_outlets: u64,
    /// The programs that read the articles.
    engines: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Outlet {
    name: String,
    articles: u64,
}

impl Question for Info {
    const NAME: &'static str = "archive_info";
    const TITLE: &'static str = "What the archive holds";
    const ABOUT: &'static str = "How many articles and statements the archive holds, of which days \
        and outlets. Call it first: what lies outside cannot be found here.";
    type Answer = Told;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Told, Problem> {
        let info = desk.archive.info()?;
        let outlets = desk.searcher.facet(
            &rawi_archive::query::Query::default(),
            rawi_archive::search::Scope::Articles,
            rawi_archive::search::FacetField::Outlet,
            OUTLETS,
        )?;
        let (first_day, last_day) = info.days.unzip();
        Ok(Told {
            articles: info.documents,
            statements: info.statements,
            events: info.events,
            entities: info.entities,
            stories: info.stories,
            first_day,
            last_day,
            dateless: info.dateless,
            outlets: outlets
                .values
                .iter()
                .map(|v| Outlet {
                    name: bounds::name(&v.label),
                    articles: v.count,
                })
                .collect(),
            all_outlets: info.outlets,
            engines: info.engines.into_iter().map(|(name, _)| name).collect(),
        })
    }

    fn tell(told: &Told, lines: &mut Lines) {
        lines.say(format!(
            "{} articles of {} outlets, {} statements, {} events, {} people, bodies and places",
            told.articles, told.all_outlets, told.statements, told.events, told.entities
        ));
        if let (Some(first), Some(last)) = (&told.first_day, &told.last_day) {
            lines.say(format!(
                "from {first} to {last}, {} without a date",
                told.dateless
            ));
        }
        for outlet in &told.outlets {
            lines.say(format!(
                "{} · {} articles",
                one_line(&outlet.name),
                outlet.articles
            ));
        }
    }
}
