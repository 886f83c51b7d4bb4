//! Who is who, decided by people: several are one, one is several, or is called otherwise.

use askama::Template;
use rawi_archive::{Archive, Decision, Portrait, Share, What};

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::problem::Problem;
use crate::site::Site;

/// One decision that names the entity.
struct Row {
    one: Decision,
    kind: &'static str,
    /// Whom it names, with their numbers.
    who: Vec<(i64, String)>,
    /// A name that was given.
    name: Option<String>,
}

impl Row {
    fn day(&self) -> &str {
        self.one.made.get(..10).unwrap_or(&self.one.made)
    }
}

#[derive(Template)]
#[template(path = "decide.html")]
struct DecidePage<'a> {
    frame: Frame<'a>,
    portrait: Portrait,
    rows: Vec<Row>,
    problem: Option<String>,
}

impl DecidePage<'_> {
    fn sent(&self, name: &str) -> &str {
        self.frame.site.params.get(name).unwrap_or_default()
    }
}

/// The forms for one entity, and what was decided about it. `problem` is that of a form
/// that came back.
///
/// # Errors
///
/// If there is no such entity, or the archive cannot be read.
pub fn page(
    desk: &mut Desk<'_>,
    site: &Site,
    entity: i64,
    problem: Option<&str>,
) -> Result<Page, Problem> {
    if desk.archive.entities_named(&format!("#{entity}")).is_err() {
        return Err(Problem::NotFound(site.path.clone()));
    }
    let portrait = desk.archive.portrait(entity)?;
    let mut rows = Vec::new();
    for one in desk.archive.decisions()?.into_iter().rev() {
        let (kind, ids, name) = match &one.what {
            What::Merge { into, others } => {
                let ids: Vec<i64> = std::iter::once(*into)
                    .chain(others.iter().copied())
                    .collect();
                ("merge", ids, None)
            }
            What::Split { from, to, .. } => ("split", vec![*to, *from], None),
            What::Rename { entity, name } => ("rename", vec![*entity], Some(name.clone())),
            What::Undo { .. } => continue,
        };
        let known = |id: &i64| {
            *id == entity || *id == portrait.listed.id || portrait.listed.merged.contains(id)
        };
        if !ids.iter().any(known) {
            continue;
        }
        let mut who = Vec::new();
        for id in ids {
            let found = desk.archive.entities_named(&format!("#{id}"))?;
            who.extend(found.into_iter().map(|c| (c.id, c.name)));
        }
        rows.push(Row {
            one,
            kind: site.value("decision", kind),
            who,
            name,
        });
    }
    let heading = site.t().decide_title.to_owned();
    let page = DecidePage {
        frame: Frame::new(desk, site, Section::Other, heading)?,
        portrait,
        rows,
        problem: problem.map(str::to_owned),
    };
    let status = if page.problem.is_some() { 400 } else { 200 };
    Ok(Page {
        status,
        ..Page::of(&page)?
    })
}

/// Decides what a form says of an entity. Gives the entity whose page shows it.
///
/// # Errors
///
/// If nobody is meant, if it cannot be decided so, or the archive cannot be written.
pub fn decide(
    archive: &mut Archive,
    entity: i64,
    params: &Params,
    who: &str,
) -> Result<i64, Problem> {
    match params.get("do") {
        Some("merge") => {
            let mut ids = vec![entity];
            for other in list(params.get("others").unwrap_or_default()) {
                ids.push(archive.entity_named(other)?);
            }
            archive.merge_entities(&ids, who)?;
            Ok(entity)
        }
        Some("split") => {
            let articles = list(params.get("articles").unwrap_or_default());
            let share = Share {
                names: params.all("name").map(str::to_owned).collect(),
                articles: articles.map(str::to_owned).collect(),
            };
            let (_, to, _) = archive.split_entity(entity, &share, who)?;
            Ok(to)
        }
        Some("rename") => {
            archive.rename_entity(entity, params.get("as").unwrap_or_default(), who)?;
            Ok(entity)
        }
        Some("undo") => {
            let number = params.get("decision").unwrap_or_default();
            let Ok(number) = number.parse() else {
                let hint = "take one of the list";
                return Err(Problem::value("decision", number, "it is no number", hint));
            };
            archive.undo_decision(number, who)?;
            Ok(entity)
        }
        other => Err(Problem::value(
            "do",
            other.unwrap_or_default(),
            "nothing is decided by that",
            "merge, split, rename or undo",
        )),
    }
}

/// The parts of a list that somebody wrote.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '،', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}
