//! Fields to narrow a question by, and the conditions that it has.

use rawi_archive::query::{Field, Value};
use rawi_archive::search::{Facet, FacetField, FacetValue};

use super::ask::{Ask, FILTERS};
use super::begin;
use super::summary::{Summary, VALUES};
use crate::desk::Desk;
use crate::part::{Chip, Row, Tally};
use crate::problem::Problem;
use crate::site::Site;

/// A field with its most frequent values.
pub struct Narrow<'s> {
    /// Its place on the page.
    pub id: &'static str,
    /// Its name.
    pub name: &'s str,
    /// Its values.
    pub tally: Tally<'s>,
}

/// The name of a facet's values in the state of the page.
fn param(field: FacetField) -> &'static str {
    match field {
        FacetField::Speaker => "speaker",
        FacetField::Act => "act",
        FacetField::To => "addressee",
        FacetField::Channel => "channel",
        FacetField::Via => "through",
        FacetField::Outlet => "outlet",
        FacetField::Form => "form",
        FacetField::Event => "event",
        FacetField::Month => "month",
    }
}

/// What a part of the state is about, in words.
pub fn field_words<'s>(site: &'s Site, param: &str) -> &'s str {
    let t = site.t();
    match param {
        "who" | "speaker" => t.search_speaker,
        "about" => t.search_subject,
        "to" | "addressee" => t.search_addressee,
        "via" => t.search_via_what,
        "channel" => t.search_channel,
        "through" => t.search_through,
        "outlet" => t.search_outlet,
        "act" => t.search_act,
        "form" => t.search_form,
        "event" => t.search_event,
        "from" => t.search_from,
        "until" => t.search_until,
        "month" => t.search_month,
        _ => t.search_query,
    }
}

/// What people call a value of the state.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn label(desk: &Desk<'_>, site: &Site, param: &str, value: &str) -> Result<String, Problem> {
    let entity = matches!(
        param,
        "who" | "speaker" | "to" | "addressee" | "via" | "through"
    );
    if entity && value.starts_with('#') {
        // Who isn't there is told where the question is asked.
        return Ok(match desk.archive.entities_named(value) {
            Ok(found) => found.first().map_or(value, |c| &c.name).to_owned(),
            Err(rawi_archive::ArchiveError::Asked(_)) => value.to_owned(),
            Err(e) => return Err(e.into()),
        });
    }
    Ok(words(site, param, value, value))
}

/// The same for a value whose name is known.
fn words(site: &Site, param: &str, value: &str, name: &str) -> String {
    if value == "none" {
        return match param {
            "speaker" | "who" => site.t().part_unnamed,
            "month" => site.t().part_no_date,
            _ => site.t().search_none,
        }
        .to_owned();
    }
    match param {
        "act" | "form" | "channel" | "event" => site.value(param, value).to_owned(),
        "month" | "from" | "until" => site.day(value),
        _ => name.trim_matches('"').to_owned(),
    }
}

/// The conditions that were added by a click, as chips that take themselves away.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn chips<'s>(desk: &Desk<'_>, site: &'s Site, ask: &Ask) -> Result<Vec<Chip<'s>>, Problem> {
    let mut chips = Vec::new();
    // What stands in a blank of the question is seen there.
    let filters = ask.conditions.iter();
    for condition in filters.filter(|c| FILTERS.iter().any(|(name, _)| *name == c.param)) {
        let params = begin(&site.params).without_value(condition.param, &condition.value);
        chips.push(Chip {
            site,
            field: field_words(site, condition.param),
            value: label(desk, site, condition.param, &condition.value)?,
            href: site.here(&params),
        });
    }
    if ask.by_article {
        chips.push(Chip {
            site,
            field: site.t().search_grouped,
            value: site.t().search_by_article.to_owned(),
            href: site.here(&begin(&site.params).without("by")),
        });
    }
    Ok(chips)
}

/// Fields to narrow by: those that have more than one value, or one that isn't asked for.
pub fn fields<'s>(site: &'s Site, summary: &Summary) -> Vec<Narrow<'s>> {
    let mut all = Vec::new();
    for facet in &summary.facets {
        let rows = rows(site, facet);
        // That nothing is told of any hit is no way to narrow them.
        let says = facet.values.iter().any(|v| v.value != "none");
        if says {
            all.push(Narrow {
                id: param(facet.field),
                name: field_words(site, param(facet.field)),
                tally: Tally::new(site, rows),
            });
        }
    }
    let months = months(site, summary);
    if months.len() > 1 {
        all.push(Narrow {
            id: "month",
            name: field_words(site, "month"),
            tally: Tally::new(site, months),
        });
    }
    all
}

fn rows(site: &Site, facet: &Facet) -> Vec<Row> {
    let param = param(facet.field);
    let values = facet.values.iter().take(VALUES);
    values
        .map(|value| {
            let text = state_value(facet.field, value);
            row(site, param, &text, &value.label, value.count)
        })
        .collect()
}

fn row(site: &Site, param: &str, value: &str, name: &str, count: u64) -> Row {
    let params = begin(&site.params);
    let current = params.has(param, value);
    let params = match current {
        true => params.without_value(param, value),
        false => params.and(param, value),
    };
    Row {
        label: words(site, param, value, name),
        count,
        href: site.here(&params),
        current,
    }
}

/// A value as the state has it. Names need no quotation marks there, unless they would be
/// read as something else.
fn state_value(field: FacetField, value: &FacetValue) -> String {
    let name = || Field::Outlet.value(&value.label, false);
    match field {
        FacetField::Outlet if value.value != "none" && matches!(name(), Ok(Value::Name(_))) => {
            value.label.clone()
        }
        _ => value.value.clone(),
    }
}

/// The newest months, from what each day has.
fn months(site: &Site, summary: &Summary) -> Vec<Row> {
    let mut months: Vec<(String, u64)> = Vec::new();
    let mut dateless = 0;
    for (day, count) in &summary.days {
        let Some(day) = day else {
            dateless += count;
            continue;
        };
        let month = format!("{:04}-{:02}", day.year(), day.month());
        match months.last_mut() {
            Some((last, sum)) if *last == month => *sum += count,
            _ => months.push((month, *count)),
        }
    }
    let newest = months.into_iter().rev().take(VALUES + 4);
    let dateless = (dateless > 0).then(|| ("none".to_owned(), dateless));
    newest
        .chain(dateless)
        .map(|(month, count)| row(site, "month", &month, &month, count))
        .collect()
}
