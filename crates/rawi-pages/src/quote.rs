//! The screen of a statement over outlets: its wordings word by word, who has it from whom,
//! and when it was published. Beside it a box that puts a quotation to the test.

pub mod check;
mod found;
mod outlet;
mod rows;
mod track;
mod tree;

use askama::Template;
use rawi_archive::name_of;
use rawi_archive::quotes::{Cell, Collation, Fate, Row};
use rawi_archive::search::StatementHit;

pub use found::{Found, findings, outlets};
pub use rows::{Grouped, as_lines, differences, extent, grouped};
pub use track::{Point, Track, track};
pub use tree::{Node, Tree, tree};

use crate::frame::{Frame, Page, Section};
use crate::part::{Citation, Sureness, agree};
use crate::site::Site;
use crate::{Desk, Problem};

/// So many differences are told in sentences.
const TOLD: usize = 4;
/// A longer title is a paragraph.
const TITLE: usize = 160;

/// The page of a statement. `base` in the state says to whose words all are compared.
///
/// # Errors
///
/// If the archive has no such statement, the base is none of its wordings, or the archive
/// cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site, id: i64) -> Result<Page, Problem> {
    let base = site.params.get("base").map(|text| {
        let hint = "a wording of this statement, by its number";
        let number = text.parse::<i64>();
        number.map_err(|_| Problem::value("base", text, "no number of a statement", hint))
    });
    let base = base.transpose()?;
    let archive = desk.archive;
    let (hit, collation) = archive.at_once(|| {
        let nothing = || Problem::NotFound(format!("/quote/{id}"));
        let hit = desk
            .searcher
            .statements_of(&[id])?
            .pop()
            .ok_or_else(nothing)?;
        Ok::<_, Problem>((hit, archive.collation(id, base)?))
    })?;
    let text = hit.statement.text().into_owned();
    let frame = Frame::new(desk, site, Section::Statements, format!("«{text}»"))?;
    let tree = tree(&collation);
    let (groups, hidden) = grouped(&collation);
    let speaker = hit.speaker.as_ref();
    let kind = speaker.map_or("", |s| &s.kind);
    let name = speaker.map_or("", |s| &s.name);
    let cue = hit.statement.cue.as_ref().map(|c| (&*c.text, &*c.lemma));
    let agreement = agree::of_speaker(kind, name, &hit.titles, cue);
    Page::of(&QuotePage {
        act: site.act(&name_of(hit.statement.act), agreement).to_owned(),
        sureness: Sureness::new(site, hit.statement.confidence),
        citation: Citation::of(site, &hit),
        long: text.chars().count() > TITLE,
        as_lines: as_lines(&collation),
        found: findings(&collation),
        track: track(&collation),
        tree,
        groups,
        hidden,
        text,
        chosen: base.is_some(),
        collation: &collation,
        hit: &hit,
        frame,
    })
}

#[derive(Template)]
#[template(path = "quote.html")]
struct QuotePage<'a> {
    frame: Frame<'a>,
    hit: &'a StatementHit,
    text: String,
    act: String,
    sureness: Sureness<'a>,
    citation: Citation<'a>,
    /// Whether the words are too long for a heading.
    long: bool,
    as_lines: bool,
    collation: &'a Collation,
    groups: Vec<Grouped>,
    /// How many reports have no row.
    hidden: usize,
    found: Vec<Found>,
    tree: Tree,
    track: Track,
    /// Whether somebody chose the base.
    chosen: bool,
}

impl<'a> QuotePage<'a> {
    fn site(&self) -> &'a Site {
        self.frame.site
    }

    fn row(&self, at: &usize) -> &Row {
        &self.collation.rows[*at]
    }

    fn alone(&self) -> bool {
        self.collation.rows.len() == 1
    }

    /// Differences that are told in sentences.
    fn told(&self) -> &[Found] {
        &self.found[..self.found.len().min(TOLD)]
    }

    fn untold(&self) -> usize {
        self.found.len().saturating_sub(TOLD)
    }

    /// Who has a difference, as the beginning of a sentence.
    fn had(&self, found: &Found) -> String {
        let t = self.site().t();
        let noun = match found.fate {
            Fate::LeftOut => &t.quote_left_out,
            Fate::Added => &t.quote_added,
            _ => &t.quote_changed,
        };
        self.site().counted(noun, found.outlets)
    }

    /// What is told to be special about words.
    fn critical(&self, critical: &Option<rawi_archive::quotes::Critical>) -> Option<&'static str> {
        let name = name_of((*critical)?);
        let forms = self.site().lang.forms("critical", &name)?;
        forms.first().copied()
    }

    /// The row that shows a report: the one of its wording.
    fn shown(&self, at: &usize) -> usize {
        let group = |g: &&Grouped| g.first == *at || g.others.contains(at);
        self.groups.iter().find(group).map_or(*at, |g| g.first)
    }

    fn article(&self, row: &Row) -> String {
        let variant = &row.variant;
        let path = format!("/article/{}", variant.report.version);
        format!("{}#{}", self.site().at(&path), variant.local)
    }

    fn who(&self, id: &i64) -> String {
        self.site().at(&format!("/who/{id}"))
    }

    fn with_base(&self, row: &Row) -> String {
        let statement = row.variant.statement.to_string();
        let params = self.site().params.with("base", &statement);
        format!("{}#w", self.site().here(&params))
    }

    fn oldest(&self) -> String {
        let params = self.site().params.without("base");
        format!("{}#w", self.site().here(&params))
    }

    /// Where the statement stands.
    fn place(&self) -> String {
        let path = format!("/article/{}", self.hit.article.version);
        format!("{}#{}", self.site().at(&path), self.hit.statement.id)
    }

    fn api(&self) -> String {
        format!("/api/v1/statements/{}/variants", self.collation.statement)
    }

    fn is_base(&self, row: &Row) -> bool {
        row.variant.statement == self.collation.base
    }

    fn is_asked(&self, row: &Row) -> bool {
        row.variant.statement == self.collation.statement
    }

    fn class(&self, cell: &Cell) -> &'static str {
        rows::class(cell)
    }

    /// What became of words, in a word.
    fn fate(&self, row: &Row, at: &usize) -> &'static str {
        let Some(cell) = row.cells.get(*at) else {
            return "";
        };
        let name = match cell.fate {
            Fate::Moved if rows::forward(row, *at) => "forward".to_owned(),
            fate => name_of(fate),
        };
        let forms = self.site().lang.forms("fate", &name).unwrap_or_default();
        forms.first().copied().unwrap_or("")
    }

    /// How a wording is related to the base, in words.
    fn relation(&self, row: &Row) -> String {
        let site = self.site();
        let t = site.t();
        let mut told = vec![site.value("form", &row.variant.form).to_owned()];
        if row.variant.headline {
            told = vec![t.quote_headline.to_owned()];
        }
        match (differences(row), rows::look(row), self.is_base(row)) {
            (_, _, true) => told.push(t.quote_base.to_owned()),
            (_, "par", _) => told.push(t.quote_other_words.to_owned()),
            (0, ..) => told.extend(extent(row).is_none().then(|| t.quote_equal.to_owned())),
            (n, ..) => told.push(site.counted_plain(&t.quote_differs, n)),
        }
        told.join(&format!("{} ", t.comma))
    }

    /// The report that another is a copy of, if that isn't told by a source.
    fn copied(&self, row: &Row) -> Option<&str> {
        let variant = &row.variant;
        if variant.report.agency.is_some() || !variant.via.is_empty() {
            return None;
        }
        let origin = variant.copy_of?;
        let mut rows = self.collation.rows.iter();
        let origin = rows.find(|r| r.variant.statement == origin)?;
        origin.variant.report.outlet.as_deref()
    }

    /// The tree below a node, as lists within lists.
    fn branches(&self, node: &Node) -> Result<String, askama::Error> {
        let mut out = String::new();
        if node.children.is_empty() {
            return Ok(out);
        }
        out.push_str("<ul>");
        for child in &node.children {
            out.push_str(if child.dashed {
                "<li class=\"un\">"
            } else {
                "<li>"
            });
            let leaf = Leaf {
                page: self,
                site: self.site(),
                node: child,
            };
            out.push_str(&leaf.render()?);
            out.push_str(&self.branches(child)?);
            out.push_str("</li>");
        }
        out.push_str("</ul>");
        Ok(out)
    }

    fn check(&self) -> String {
        self.site().at("/quote")
    }
}

/// A node of the tree.
#[derive(Template)]
#[template(path = "quote_leaf.html")]
struct Leaf<'p, 'a> {
    page: &'p QuotePage<'a>,
    site: &'a Site,
    node: &'p Node,
}

impl Leaf<'_, '_> {
    fn row(&self) -> Option<&Row> {
        self.node.row.map(|at| self.page.row(&at))
    }

    /// How far its words are those of the base.
    fn relation(&self, row: &Row) -> String {
        self.page.relation(row)
    }
}
