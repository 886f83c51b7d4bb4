//! A plan carried out: counts, and pages of hits.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rusqlite::params;
use serde::Serialize;

use super::check::Checker;
use super::cursor::{self, At};
use super::hit::{self, ArticleHit, Source, StatementHit};
use super::pattern::Pattern;
use super::plan::{self, Plan, Understood};
use super::{Request, Scope, Searcher, Sort};
use crate::ArchiveError;
use crate::index::DAY;
use crate::memory::State;
use crate::query::{Node, Query};

/// How many hits are weighed against each other for the best ones; of more, the newest.
pub(super) const WEIGHED: u64 = 200_000;

/// How many of the best are given out.
const BEST: u64 = 10_000;

/// The most hits on a page.
pub(crate) const LARGEST: usize = 1000;

/// A page of hits.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "PageOf{H}")
)]
pub struct Page<H> {
    /// How many there are on all pages, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// The hits.
    pub hits: Vec<H>,
    /// What the next page begins with; none if this is the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// If there are too many to weigh them all: how many, the newest, the best were chosen
    /// of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighed: Option<u64>,
    /// What the query was understood as.
    pub understood: Understood,
    /// The forms in which the words of the query stand on this page, the most frequent
    /// first, with how often they do.
    pub forms: Vec<(String, usize)>,
}

/// What a condition of a query does to the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Condition {
    /// The condition, as a query writes it.
    pub condition: String,
    /// How many it matches alone.
    pub alone: u64,
    /// How many the others match without it.
    pub without: u64,
}

/// How much a query matches.
pub(super) struct Counted {
    /// The query, what is searched, and the state of the archive.
    key: (String, Scope, State),
    count: u64,
    /// The ids, the newest first, where each had to be checked.
    ids: Option<Vec<i64>>,
}

impl Searcher<'_> {
    /// How many statements or articles match a query.
    ///
    /// # Errors
    /// If the archive cannot be read, or the query asks for an entity that it doesn't have.
    pub fn count(&mut self, query: &Query, scope: Scope) -> Result<u64, ArchiveError> {
        let plan = self.plan(query)?;
        self.count_once(&plan, scope)
    }

    /// What a query is understood as.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    pub fn understand(&mut self, query: &Query) -> Result<Understood, ArchiveError> {
        Ok(self.plan(query)?.understood)
    }

    /// A page of statements.
    ///
    /// # Errors
    /// As [`count`](Self::count), and if the cursor belongs to another query.
    pub fn statements(&mut self, request: &Request) -> Result<Page<StatementHit>, ArchiveError> {
        let request = Request {
            scope: Scope::Statements,
            ..request.clone()
        };
        let plan = self.plan(&request.query)?;
        let found = self.page(&plan, &request)?;
        let hits = self.hits(&found.ids, &plan.shown)?;
        let mut forms = BTreeMap::new();
        for hit in &hits {
            for place in &hit.highlights {
                let mut pieces = hit.statement.content.iter();
                let piece = pieces.find(|p| p.start <= place.start && place.end <= p.end);
                if let Some(piece) = piece {
                    let from = (place.start - piece.start) as usize;
                    let len = (place.end - place.start) as usize;
                    let form: String = piece.text.chars().skip(from).take(len).collect();
                    *forms.entry(form).or_default() += 1;
                }
            }
        }
        Ok(found.page(hits, plan, forms))
    }

    /// Statements by their numbers, in this order, as hits of no words. Numbers that the
    /// archive doesn't have are left out.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn statements_of(&mut self, ids: &[i64]) -> Result<Vec<StatementHit>, ArchiveError> {
        let mut there = Vec::with_capacity(ids.len());
        let mut find = self
            .archive
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM statement WHERE id = ?1)")?;
        for id in ids {
            if find.query_row([id], |row| row.get(0))? {
                there.push(*id);
            }
        }
        drop(find);
        self.hits(&there, &[])
    }

    fn hits(&mut self, ids: &[i64], shown: &[Pattern]) -> Result<Vec<StatementHit>, ArchiveError> {
        let db = &self.archive.db;
        let mut source: Option<Source> = None;
        let mut hits = Vec::with_capacity(ids.len());
        for id in ids {
            let (version, local) = hit::place_of(db, *id)?;
            let of = match source.take() {
                Some(source) if source.article.version == version => source,
                _ => Source::load(db, version)?,
            };
            hits.push(hit::statement(
                db,
                &of,
                *id,
                local,
                shown,
                &mut self.analyzer,
            )?);
            source = Some(of);
        }
        Ok(hits)
    }

    /// A page of articles.
    ///
    /// # Errors
    /// As [`statements`](Self::statements).
    pub fn articles(&mut self, request: &Request) -> Result<Page<ArticleHit>, ArchiveError> {
        let request = Request {
            scope: Scope::Articles,
            ..request.clone()
        };
        let plan = self.plan(&request.query)?;
        let found = self.page(&plan, &request)?;
        let mut hits = Vec::with_capacity(found.ids.len());
        let mut forms = BTreeMap::new();
        for id in &found.ids {
            let source = Source::load(&self.archive.db, *id)?;
            let hit = hit::article(&source, &plan.shown, &mut self.analyzer);
            let offsets = rawi::Offsets::of(source.text.as_str());
            for place in &hit.highlights {
                if let Some(bytes) = offsets.bytes(place.start..place.end) {
                    let form = source.text.as_str()[bytes].to_owned();
                    *forms.entry(form).or_default() += 1;
                }
            }
            hits.push(hit);
        }
        Ok(found.page(hits, plan, forms))
    }

    /// Of a query that nothing matches: for each of its conditions how much it matches
    /// alone, and how much the others match without it.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    pub fn emptied_by(
        &mut self,
        query: &Query,
        scope: Scope,
    ) -> Result<Vec<Condition>, ArchiveError> {
        let parts = match &query.root {
            Some(Node::All(parts)) => &parts[..],
            Some(node) => std::slice::from_ref(node),
            None => &[],
        };
        let mut conditions = Vec::with_capacity(parts.len());
        for (i, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(j, _)| *j != i);
            let others = Node::all(others.map(|(_, node)| node.clone()).collect());
            let alone = Query {
                root: Some(part.clone()),
            };
            conditions.push(Condition {
                condition: part.to_string(),
                alone: self.count(&alone, scope)?,
                without: self.count(&Query { root: others }, scope)?,
            });
        }
        Ok(conditions)
    }

    /// Calls `each` with the ids of all that match, in order of ids: of statements, or of
    /// versions. What exports go over.
    ///
    /// # Errors
    /// As [`count`](Self::count), and what `each` gives.
    pub fn each_id(
        &mut self,
        query: &Query,
        scope: Scope,
        mut each: impl FnMut(i64) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let plan = self.plan(query)?;
        self.walk(&plan, scope, false, plan.ids.clone(), |id| {
            each(id).map(|()| true)
        })
    }

    /// The plan of a query: the last one is remembered, as whoever counts hits lists them
    /// too.
    pub(super) fn plan(&mut self, query: &Query) -> Result<Plan, ArchiveError> {
        let state = self.archive.state()?;
        if let Some((of, asked, plan)) = &self.planned
            && (*of, asked) == (state, query)
        {
            return Ok(plan.clone());
        }
        let plan = plan::plan(self.archive, &mut self.analyzer, query)?;
        self.planned = Some((state, query.clone(), plan.clone()));
        Ok(plan)
    }

    pub(super) fn count_of(&mut self, plan: &Plan, scope: Scope) -> Result<u64, ArchiveError> {
        let Some(expression) = plan.expression() else {
            return Ok(0);
        };
        if plan.checks.is_empty() {
            let mut find = self.archive.db.prepare_cached(&scope.count())?;
            let range = params![expression, plan.ids.start(), plan.ids.end()];
            let count: i64 = find.query_row(range, |row| row.get(0))?;
            return Ok(count.unsigned_abs());
        }
        Ok(self.checked(plan, scope)?.len() as u64)
    }

    /// The same for a whole query, remembered until the archive changes.
    pub(super) fn count_once(&mut self, plan: &Plan, scope: Scope) -> Result<u64, ArchiveError> {
        let key = (plan.understood.query.clone(), scope, self.archive.state()?);
        if let Some(sums) = self.summed.as_ref().filter(|t| t.key == key) {
            return Ok(sums.count);
        }
        if let Some(counted) = self.counted.as_ref().filter(|c| c.key == key) {
            return Ok(counted.count);
        }
        let count = self.count_of(plan, scope)?;
        if plan.checks.is_empty() {
            let ids = None;
            self.counted = Some(Counted { key, count, ids });
        }
        Ok(count)
    }

    /// The ids of all that pass the checks, the newest first, remembered until the archive
    /// changes or another query is counted.
    pub(super) fn checked(&mut self, plan: &Plan, scope: Scope) -> Result<Vec<i64>, ArchiveError> {
        let key = (plan.understood.query.clone(), scope, self.archive.state()?);
        let counted = self.counted.as_ref().filter(|c| c.key == key);
        if let Some(ids) = counted.and_then(|c| c.ids.as_ref()) {
            return Ok(ids.clone());
        }
        let mut ids = Vec::new();
        self.walk(plan, scope, true, plan.ids.clone(), |id| {
            ids.push(id);
            Ok(true)
        })?;
        self.counted = Some(Counted {
            key,
            count: ids.len() as u64,
            ids: Some(ids.clone()),
        });
        Ok(ids)
    }

    /// Goes over what matches within a range of ids, until `each` has had enough.
    pub(super) fn walk(
        &mut self,
        plan: &Plan,
        scope: Scope,
        newest: bool,
        ids: RangeInclusive<i64>,
        each: impl FnMut(i64) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.go(plan, scope, &scope.ids(newest), ids, each)
    }

    fn go(
        &mut self,
        plan: &Plan,
        scope: Scope,
        sql: &str,
        ids: RangeInclusive<i64>,
        mut each: impl FnMut(i64) -> Result<bool, ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let Some(expression) = plan.expression().filter(|_| !ids.is_empty()) else {
            return Ok(());
        };
        let db = &self.archive.db;
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query(params![expression, ids.start(), ids.end()])?;
        let mut checker = Checker {
            db,
            analyzer: &mut self.analyzer,
            scope,
            source: None,
        };
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if checker.passes(id, &plan.checks)? && !each(id)? {
                break;
            }
        }
        Ok(())
    }

    /// The ids of a page.
    fn page(&mut self, plan: &Plan, request: &Request) -> Result<Found, ArchiveError> {
        let Request { scope, sort, .. } = *request;
        // Without words nothing is better than anything else.
        let sort = match sort {
            Sort::Best if plan.shown.is_empty() => Sort::Newest,
            sort => sort,
        };
        let list = cursor::list(&plan.understood.query, scope, sort);
        let at = match &request.cursor {
            None => None,
            Some(text) => Some(cursor::read(text, list).ok_or_else(|| {
                ArchiveError::Asked(
                    "the cursor belongs to another query or order: begin again without it"
                        .to_owned(),
                )
            })?),
        };
        let limit = request.limit.clamp(1, LARGEST);
        let count = match request.count || sort == Sort::Best {
            true => Some(self.count_once(plan, scope)?),
            false => None,
        };
        let mut found = Found {
            ids: Vec::new(),
            count,
            next: None,
            weighed: None,
        };
        if sort == Sort::Best {
            self.best(plan, scope, at, limit, list, &mut found)?;
            return Ok(found);
        }
        for ids in ranges(plan, sort, at) {
            let ids_of = &mut found.ids;
            self.walk(plan, scope, sort == Sort::Newest, ids, |id| {
                ids_of.push(id);
                Ok(ids_of.len() <= limit)
            })?;
            if found.ids.len() > limit {
                found.ids.truncate(limit);
                let last = found.ids.last();
                found.next = last.map(|id| cursor::write(list, At::Id(*id)));
                break;
            }
        }
        Ok(found)
    }

    /// The best, weighed by how rare the words are and how often they stand there.
    fn best(
        &mut self,
        plan: &Plan,
        scope: Scope,
        at: Option<At>,
        limit: usize,
        list: u64,
        found: &mut Found,
    ) -> Result<(), ArchiveError> {
        let mut ids = plan.ids.clone();
        if found.count.is_some_and(|count| count > WEIGHED) {
            let mut left = WEIGHED;
            let mut first = *ids.start();
            self.walk(plan, scope, true, plan.ids.clone(), |id| {
                left -= 1;
                first = id;
                Ok(left > 0)
            })?;
            ids = first..=*ids.end();
            found.weighed = Some(WEIGHED);
        }
        let skip = match at {
            Some(At::Count(count)) => count,
            _ => 0,
        };
        let mut number = 0;
        let all = &mut found.ids;
        self.go(plan, scope, &scope.best(), ids, |id| {
            number += 1;
            if number > skip {
                all.push(id);
            }
            Ok(all.len() <= limit && number <= BEST)
        })?;
        if found.ids.len() > limit {
            found.ids.truncate(limit);
            let gone = skip + limit as u64;
            found.next = (gone < BEST).then(|| cursor::write(list, At::Count(gone)));
        }
        Ok(())
    }
}

/// The ranges of ids to go over, one after the other: those without a day come last.
fn ranges(plan: &Plan, sort: Sort, at: Option<At>) -> Vec<RangeInclusive<i64>> {
    let (start, end) = (*plan.ids.start(), *plan.ids.end());
    let last = match at {
        Some(At::Id(id)) => Some(id),
        _ => None,
    };
    if sort == Sort::Newest {
        let end = last.map_or(end, |id| end.min(id - 1));
        return vec![start..=end];
    }
    let day = 1 << DAY;
    let dated = start
        .max(day)
        .max(last.filter(|id| *id >= day).map_or(0, |id| id + 1))..=end;
    let dateless = start.max(last.filter(|id| *id < day).map_or(0, |id| id + 1))..=end.min(day - 1);
    match last {
        Some(id) if id < day => vec![dateless],
        _ => vec![dated, dateless],
    }
}

/// What a page is made of.
struct Found {
    ids: Vec<i64>,
    count: Option<u64>,
    next: Option<String>,
    weighed: Option<u64>,
}

impl Found {
    fn page<H>(self, hits: Vec<H>, plan: Plan, forms: BTreeMap<String, usize>) -> Page<H> {
        let mut forms: Vec<(String, usize)> = forms.into_iter().collect();
        forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Page {
            count: self.count,
            hits,
            next: self.next,
            weighed: self.weighed,
            understood: plan.understood,
            forms,
        }
    }
}
