//! `get_person`: what the archive has of somebody.

use rawi_archive::Counted;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, QUOTED};
use super::people::Entry;
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::Lines;

/// Months that are told, the last ones.
const MONTHS: usize = 36;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// A number (`#12`) or an Arabic name.
    #[serde(deserialize_with = "part::who")]
    #[schemars(with = "String")]
    who: Option<String>,
}

/// Of each list the most frequent first.
#[derive(Serialize, JsonSchema)]
pub struct Person {
    note: &'static str,
    #[serde(flatten)]
    entry: Entry,
    /// Names by which articles call it.
    names: Vec<Count>,
    /// Titles and descriptions, with the days of the first and the last article that has them.
    titles: Vec<Title>,
    /// Statements by month, `YYYY-MM`, in order; the last three years.
    months: Vec<Count>,
    /// To whom it speaks.
    to: Vec<Count>,
    /// Through which kinds of channel.
    channels: Vec<Count>,
    /// Who hands it on.
    via: Vec<Count>,
    acts: Vec<Count>,
    outlets: Vec<Count>,
}

#[derive(Serialize, JsonSchema)]
struct Count {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// Statements; of names articles.
    count: u64,
}

#[derive(Serialize, JsonSchema)]
struct Title {
    title: String,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

fn counts(all: &[Counted]) -> Vec<Count> {
    let one = |c: &Counted| Count {
        name: bounds::name(&c.name),
        id: c.id,
        count: c.statements,
    };
    all.iter().map(one).collect()
}

impl Question for Get {
    const NAME: &'static str = "get_person";
    const TITLE: &'static str = "What is known of somebody";
    const ABOUT: &'static str = "What the archive has of a person, body or outlet: names and titles \
        with dates, how much it said by month, to whom, through what, in which outlets, what it did \
        by saying it.";
    type Answer = Person;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Person, Problem> {
        let Some(who) = self.who else {
            return Err(Problem::new("`who` is empty", "give a name or a number"));
        };
        let hint = |problem: rawi_archive::ArchiveError| match problem {
            rawi_archive::ArchiveError::Asked(what) => {
                Problem::new(what, "find_people finds numbers by a part of a name")
            }
            other => other.into(),
        };
        let id = desk.archive.entity_named(&who).map_err(hint)?;
        let one = desk.archive.portrait(id)?;
        let names = one.names.iter().map(|n| Count {
            name: bounds::name(&n.name),
            id: None,
            count: n.articles,
        });
        let titles = one.titles.iter().map(|t| Title {
            title: bounds::name(&t.title),
            articles: t.articles,
            first: t.first.clone(),
            last: t.last.clone(),
        });
        let months = &one.months[one.months.len().saturating_sub(MONTHS)..];
        Ok(Person {
            note: QUOTED,
            entry: Entry::from(&one.listed),
            names: names.collect(),
            titles: titles.collect(),
            months: counts(months),
            to: counts(&one.addressees),
            channels: counts(&one.channels),
            via: counts(&one.via),
            acts: counts(&one.acts),
            outlets: counts(&one.outlets),
        })
    }

    fn tell(one: &Person, lines: &mut Lines) {
        lines.say(one.entry.line());
        for title in &one.titles {
            let days = match (&title.first, &title.last) {
                (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
                (Some(day), _) => format!(", {day}"),
                _ => String::new(),
            };
            lines.say(format!(
                "title: {} ({} articles{days})",
                one_line(&title.title),
                title.articles
            ));
        }
        let lists = [
            ("names", &one.names),
            ("by month", &one.months),
            ("to", &one.to),
            ("channels", &one.channels),
            ("via", &one.via),
            ("acts", &one.acts),
            ("outlets", &one.outlets),
        ];
        for (what, all) in lists {
            if all.is_empty() {
                continue;
            }
            let all: Vec<String> = all
                .iter()
                .map(|c| match c.id {
                    Some(id) => format!("{} (#{id}) {}", one_line(&c.name), c.count),
                    None => format!("{} {}", one_line(&c.name), c.count),
                })
                .collect();
            lines.say(format!("{what}: {}", all.join("، ")));
        }
    }
}
