//! A query as what the index is asked, and what must be checked besides.

use std::fmt::Display;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::names::{self, Resolved};
use super::pattern::Pattern;
use crate::entities::group;
use crate::index::DAY;
use crate::marks::{Mark, NONE};
use crate::query::{Fault, Field, Filter, Node, Period, Query, QueryError, Value, Words};
use crate::terms::Analyzer;
use crate::{Archive, ArchiveError};

/// The most months that a time inside `OR` is asked for by name.
const MONTHS: i32 = 120;

/// What a query was understood as.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Understood {
    /// The query as it was read, in its plain form.
    pub query: String,
    /// The names in it, and whom they mean.
    pub names: Vec<Resolved>,
}

/// What the index is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    Nothing,
    Everything,
    /// An expression of the index.
    This(String),
    /// All of the first and none of the others.
    But(Box<Ask>, Box<Ask>),
}

/// How a query is answered.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// What the index is asked; more than is meant if there is something to check.
    pub ask: Ask,
    /// The ids that may match.
    pub ids: RangeInclusive<i64>,
    /// What must be checked of each row.
    pub checks: Vec<Test>,
    /// The patterns whose places are shown: those of words that aren't excluded.
    pub shown: Vec<Pattern>,
    pub understood: Understood,
}

/// A part of a query as rows are checked for it.
#[derive(Clone, Debug)]
pub(super) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Pattern(Pattern),
    /// The row has one of these marks.
    Marks(Vec<String>),
    /// The article is of one of these days since 1970.
    Dated(Vec<RangeInclusive<i32>>),
    /// It was said on one of these days since 1970.
    Said(Vec<RangeInclusive<i32>>),
}

impl Plan {
    /// The expression for `MATCH`; none if nothing can match.
    pub fn expression(&self) -> Option<String> {
        match self.ids.is_empty() {
            true => None,
            false => self.ask.expression(),
        }
    }
}

impl Ask {
    /// The expression for `MATCH`.
    pub fn expression(&self) -> Option<String> {
        match self {
            Ask::Nothing => None,
            Ask::Everything => Some(format!("marks : \"{}\"", Mark::Every)),
            Ask::This(text) => Some(text.clone()),
            Ask::But(all, none) => match (all.expression()?, none.expression()) {
                (all, Some(none)) => Some(format!("({all}) NOT ({none})")),
                (all, None) => Some(all),
            },
        }
    }

    fn marks(marks: &[impl Display]) -> Ask {
        let list: Vec<String> = marks.iter().map(|mark| format!("\"{mark}\"")).collect();
        match &list[..] {
            [] => Ask::Nothing,
            [only] => Ask::This(format!("marks : {only}")),
            _ => Ask::This(format!("marks : ({})", list.join(" OR "))),
        }
    }

    fn pattern(pattern: &Pattern) -> Ask {
        if pattern.terms.is_empty() {
            return Ask::Nothing;
        }
        let one = |terms: Vec<&str>| match pattern.near {
            Some(most) if terms.len() > 1 => {
                let quoted: Vec<String> = terms.iter().map(|t| format!("\"{t}\"")).collect();
                format!("NEAR({}, {most})", quoted.join(" "))
            }
            _ => format!("\"{}\"", terms.join(" ")),
        };
        let all: Vec<String> = pattern.combinations().into_iter().map(one).collect();
        match &all[..] {
            [only] => Ask::This(format!("words : {only}")),
            _ => Ask::This(format!("words : ({})", all.join(" OR "))),
        }
    }

    fn all(parts: Vec<Ask>) -> Ask {
        let mut wanted: Vec<String> = Vec::new();
        let mut unwanted: Vec<Ask> = Vec::new();
        for part in parts {
            match part {
                Ask::Nothing => return Ask::Nothing,
                Ask::Everything => {}
                Ask::This(text) => wanted.push(format!("({text})")),
                Ask::But(all, none) => {
                    if let Ask::This(text) = *all {
                        wanted.push(format!("({text})"));
                    }
                    unwanted.push(*none);
                }
            }
        }
        let wanted = match wanted.is_empty() {
            true => Ask::Everything,
            false => Ask::This(wanted.join(" AND ")),
        };
        match Ask::any(unwanted) {
            Ask::Nothing => wanted,
            Ask::Everything => Ask::Nothing,
            none => Ask::But(Box::new(wanted), Box::new(none)),
        }
    }

    fn any(parts: Vec<Ask>) -> Ask {
        let mut list = Vec::new();
        for part in parts {
            match part {
                Ask::Nothing => {}
                Ask::Everything => return Ask::Everything,
                other => list.extend(other.expression().map(|text| format!("({text})"))),
            }
        }
        match list.is_empty() {
            true => Ask::Nothing,
            false => Ask::This(list.join(" OR ")),
        }
    }

    fn not(part: Ask) -> Ask {
        match part {
            Ask::Nothing => Ask::Everything,
            Ask::Everything => Ask::Nothing,
            other => Ask::But(Box::new(Ask::Everything), Box::new(other)),
        }
    }
}

/// Makes the plan of a query.
pub(super) fn plan(
    archive: &Archive,
    analyzer: &mut Analyzer,
    query: &Query,
) -> Result<Plan, ArchiveError> {
    let mut planner = Planner {
        archive,
        analyzer,
        names: Vec::new(),
        shown: Vec::new(),
    };
    let parts = match &query.root {
        Some(Node::All(parts)) => &parts[..],
        Some(node) => std::slice::from_ref(node),
        None => &[],
    };
    let mut asks = Vec::new();
    let mut checks = Vec::new();
    let mut ids = 0..=i64::MAX;
    for node in parts {
        // Ids carry the day: a date on its own is a range of them.
        if let Node::Filter(filter) = node
            && let Some(days) = dated(filter)
        {
            let first = days.iter().map(|d| *d.start()).min().unwrap_or(1);
            let last = days.iter().map(|d| *d.end()).max().unwrap_or(0);
            let until = i64::from(last) << DAY | ((1 << DAY) - 1);
            ids = (*ids.start()).max(i64::from(first) << DAY)..=(*ids.end()).min(until);
            if days.len() > 1 {
                checks.push(Test::Dated(days));
            }
            continue;
        }
        let test = planner.test(node, true)?;
        asks.push(upper(&test));
        if !is_exact(&test) {
            checks.push(test);
        }
    }
    let Planner { names, shown, .. } = planner;
    Ok(Plan {
        ask: Ask::all(asks),
        ids,
        checks,
        shown,
        understood: Understood {
            query: query.to_string(),
            names,
        },
    })
}

struct Planner<'p> {
    archive: &'p Archive,
    analyzer: &'p mut Analyzer,
    names: Vec<Resolved>,
    shown: Vec<Pattern>,
}

impl Planner<'_> {
    fn test(&mut self, node: &Node, shown: bool) -> Result<Test, ArchiveError> {
        Ok(match node {
            Node::All(parts) => Test::All(self.tests(parts, shown)?),
            Node::Any(parts) => Test::Any(self.tests(parts, shown)?),
            Node::Not(inner) => Test::Not(Box::new(self.test(inner, !shown)?)),
            Node::Words(words) => {
                let pattern = self.pattern(words)?;
                if shown {
                    self.shown.push(pattern.clone());
                }
                Test::Pattern(pattern)
            }
            Node::Filter(filter) => self.filter(filter)?,
        })
    }

    fn tests(&mut self, parts: &[Node], shown: bool) -> Result<Vec<Test>, ArchiveError> {
        parts.iter().map(|node| self.test(node, shown)).collect()
    }

    fn pattern(&mut self, words: &Words) -> Result<Pattern, ArchiveError> {
        let pattern = Pattern::of(words, self.analyzer);
        if pattern.terms.is_empty() {
            let fault = Fault::NoWord(words.text.clone());
            let error = QueryError::new(words.column.0, fault);
            return Err(ArchiveError::Query(error));
        }
        Ok(pattern)
    }

    fn filter(&mut self, filter: &Filter) -> Result<Test, ArchiveError> {
        if let Some(days) = dated(filter) {
            return Ok(match months(&days) {
                Some(marks) => Test::Marks(marks.iter().map(Mark::to_string).collect()),
                None => Test::Dated(days),
            });
        }
        if filter.field.is_of_saying() {
            return Ok(Test::Said(days(filter)));
        }
        let mut marks = Vec::new();
        for value in &filter.values {
            self.marks(filter, value, &mut marks)?;
        }
        marks.sort_unstable();
        marks.dedup();
        Ok(Test::Marks(marks.iter().map(Mark::to_string).collect()))
    }

    /// The marks that a value stands for.
    fn marks(
        &mut self,
        filter: &Filter,
        value: &Value,
        marks: &mut Vec<Mark>,
    ) -> Result<(), ArchiveError> {
        match value {
            Value::None => marks.push(match filter.field {
                Field::Speaker => Mark::Speaker(0),
                Field::Outlet => Mark::Outlet(0),
                Field::Channel => Mark::Channel(NONE.to_owned()),
                _ => Mark::Dateless,
            }),
            Value::Known(name) => marks.push(match filter.field {
                Field::Act => Mark::Act((*name).to_owned()),
                Field::Channel => Mark::Channel((*name).to_owned()),
                Field::Form => Mark::Form((*name).to_owned()),
                _ => Mark::Event((*name).to_owned()),
            }),
            Value::Entity(id) => {
                let root = group::root(&self.archive.db, *id)?;
                let Some(candidate) = group::candidate(&self.archive.db, root)? else {
                    let error = QueryError::new(filter.column.0, Fault::LacksEntity(*id));
                    return Err(ArchiveError::Query(error));
                };
                let ids = group::group(&self.archive.db, candidate.id)?;
                marks.extend(ids.into_iter().filter_map(|id| of_entity(filter.field, id)));
            }
            Value::Name(name) => {
                let resolved = match filter.field {
                    Field::Outlet => names::outlet(&self.archive.db, name)?,
                    field => names::entity(self.archive, field, name)?,
                };
                let ids = resolved.ids.iter();
                marks.extend(ids.filter_map(|id| of_entity(filter.field, *id)));
                self.names.push(resolved);
            }
            Value::Time(_) => {}
        }
        Ok(())
    }
}

/// The mark of an entity or outlet where a field looks for it.
fn of_entity(field: Field, id: i64) -> Option<Mark> {
    match field {
        Field::Speaker => Some(Mark::Speaker(id)),
        Field::To => Some(Mark::Addressee(id)),
        Field::Via => Some(Mark::Via(id)),
        Field::Outlet => Some(Mark::Outlet(id)),
        _ => None,
    }
}

/// The days of the article that a condition asks for; none if it asks for something else.
fn dated(filter: &Filter) -> Option<Vec<RangeInclusive<i32>>> {
    let of_article = matches!(
        filter.field,
        Field::Date | Field::Before | Field::After | Field::Since | Field::Until
    );
    let whole = filter.values.iter().all(|v| matches!(v, Value::Time(_)));
    (of_article && whole).then(|| days(filter))
}

/// The days that a condition of time asks for, since 1970. An article without a day is of
/// none of them.
fn days(filter: &Filter) -> Vec<RangeInclusive<i32>> {
    let of = |period: &Period| {
        let (first, last) = (period.first().unix_day(), period.last().unix_day());
        let range = match filter.field {
            Field::Before | Field::SaidBefore => i32::MIN..=first - 1,
            Field::After | Field::SaidAfter => last + 1..=i32::MAX,
            Field::Since | Field::SaidSince => first..=i32::MAX,
            Field::Until | Field::SaidUntil => i32::MIN..=last,
            _ => first..=last,
        };
        match filter.field.is_of_saying() {
            true => range,
            false => (*range.start()).max(1)..=*range.end(),
        }
    };
    let times = filter.values.iter().filter_map(|value| match value {
        Value::Time(period) => Some(of(period)),
        _ => None,
    });
    times.collect()
}

/// The months that some days are, if they are whole months and not too many.
fn months(days: &[RangeInclusive<i32>]) -> Option<Vec<Mark>> {
    use rawi_time::Date;
    let mut marks = Vec::new();
    for range in days {
        let first = Date::from_unix_day(*range.start())?;
        let behind = Date::from_unix_day(range.end().checked_add(1)?)?;
        if first.day() != 1 || behind.day() != 1 {
            return None;
        }
        let count = (behind.year() - first.year()) * 12 + i32::from(behind.month())
            - i32::from(first.month());
        if count > MONTHS {
            return None;
        }
        for month in 0..count {
            let month = first.add_months(month)?;
            marks.push(Mark::Month(month.year(), month.month()));
        }
    }
    Some(marks)
}

/// Whether the index can tell all of a part.
fn is_exact(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().all(is_exact),
        Test::Not(inner) => is_exact(inner),
        Test::Pattern(pattern) => pattern.exact.is_none(),
        Test::Marks(_) => true,
        Test::Dated(_) | Test::Said(_) => false,
    }
}

/// What the index can be asked so that it tells no fewer rows than are meant.
fn upper(test: &Test) -> Ask {
    match test {
        Test::All(parts) => Ask::all(parts.iter().map(upper).collect()),
        Test::Any(parts) => Ask::any(parts.iter().map(upper).collect()),
        Test::Not(inner) => Ask::not(lower(inner)),
        Test::Pattern(pattern) => Ask::pattern(pattern),
        Test::Marks(marks) => Ask::marks(marks),
        Test::Dated(_) => Ask::Everything,
        Test::Said(_) => Ask::marks(&[Mark::SaidOn]),
    }
}

/// The same for no more rows than are meant.
fn lower(test: &Test) -> Ask {
    match test {
        Test::All(parts) => Ask::all(parts.iter().map(lower).collect()),
        Test::Any(parts) => Ask::any(parts.iter().map(lower).collect()),
        Test::Not(inner) => Ask::not(upper(inner)),
        Test::Pattern(pattern) if pattern.exact.is_some() => Ask::Nothing,
        Test::Pattern(pattern) => Ask::pattern(pattern),
        Test::Marks(marks) => Ask::marks(marks),
        Test::Dated(_) | Test::Said(_) => Ask::Nothing,
    }
}
