//! What the page of somebody says, before it is written.

use rawi_archive::query::{Field, Node, Query, Value};
use rawi_archive::search::{Request, Scope, Sort, StatementHit};
use rawi_archive::{Line, NameCount, Portrait, TitleCount};
use rawi_text::fold;

use super::columns::{Columns, columns};
use crate::part::agree;
use crate::words::Agreement;
use crate::{Desk, Problem};

/// Titles are taken from so many of the newest articles: reading all would take a second
/// for somebody who stands in five thousand.
const TITLES_FROM: usize = 200;
/// So many lines of each kind are shown.
const LINES: usize = 5;
const CARRIED: usize = 3;
/// So many names are looked for in what others say.
const NAMES: usize = 4;
/// A name in so few of a hundred articles is distant.
const DISTANT: u64 = 5;

/// What others say of somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct About {
    /// The question that finds it.
    pub query: String,
    /// How many statements.
    pub statements: u64,
    /// The newest.
    pub newest: Vec<StatementHit>,
}

/// What the page says.
#[derive(Clone, PartialEq, Debug)]
pub struct View {
    /// Counted lists, names and titles.
    pub portrait: Portrait,
    /// By month and year.
    pub columns: Columns,
    /// The words that most outlets carry.
    pub carried: Vec<(Line, StatementHit)>,
    /// If not all statements were compared for these: how many, the newest.
    pub carried_of: Option<u64>,
    /// How many denials.
    pub denials: u64,
    /// The newest of them.
    pub denied: Vec<StatementHit>,
    /// The newest statements, where nothing else is shown of what they say.
    pub newest: Vec<StatementHit>,
    /// What others say; none where the name doesn't tell who is meant.
    pub about: Option<About>,
    /// Whether the number that was asked for was merged into this one.
    pub merged: bool,
}

impl View {
    /// The view of an entity, or of the one that stands for it.
    ///
    /// # Errors
    ///
    /// If the archive has nobody of this number, or cannot be read.
    pub fn of(desk: &mut Desk<'_>, asked: i64) -> Result<Self, Problem> {
        let archive = desk.archive;
        let nobody = || Problem::NotFound(format!("#{asked}"));
        let id = archive.standing_for(asked)?.ok_or_else(nobody)?;
        archive.at_once(|| {
            let portrait = archive.portrait_within(id, TITLES_FROM)?;
            let carried = archive.most_carried(id, CARRIED)?;
            let mut lines = Vec::new();
            for line in carried.lines {
                if let Some(hit) = desk.searcher.statements_of(&[line.statement])?.pop() {
                    lines.push((line, hit));
                }
            }
            let speaker = Node::filter(Field::Speaker, vec![Value::Entity(id)]);
            let deny = Node::filter(Field::Act, vec![Value::Known("deny")]);
            let denials = Query {
                root: Node::all(vec![speaker.clone(), deny]),
            };
            let (denials, denied) = newest(desk, denials)?;
            let about = match self::about(&portrait) {
                Some(names) => {
                    let query = Query {
                        root: Node::all(vec![names, speaker.negated()]),
                    };
                    let text = query.to_string();
                    let (statements, newest) = newest(desk, query)?;
                    Some(About {
                        query: text,
                        statements,
                        newest,
                    })
                }
                None => None,
            };
            let bare = lines.is_empty() && denied.is_empty();
            let newest = match bare && portrait.said.statements > 0 {
                true => {
                    let speaker = Node::filter(Field::Speaker, vec![Value::Entity(id)]);
                    let query = Query {
                        root: Some(speaker),
                    };
                    newest(desk, query)?.1
                }
                false => Vec::new(),
            };
            Ok(Self {
                newest,
                columns: columns(&portrait.months),
                carried: lines,
                carried_of: carried.of,
                denials,
                denied,
                about: about.filter(|a| a.statements > 0),
                merged: asked != id,
                portrait,
            })
        })
    }

    /// The number.
    pub fn id(&self) -> i64 {
        self.portrait.listed.id
    }

    /// What the archive calls them.
    pub fn name(&self) -> &str {
        &self.portrait.listed.name
    }

    /// Whether it is a phrase for people without a name.
    pub fn unnamed(&self) -> bool {
        self.portrait.listed.kind == "ANON"
    }

    /// With whom verbs agree.
    pub fn agreement(&self) -> Agreement {
        let titles: Vec<String> = self
            .portrait
            .titles
            .iter()
            .map(|t| t.title.clone())
            .collect();
        agree::of_speaker(&self.portrait.listed.kind, self.name(), &titles, None)
    }

    /// The title of the last months: of those that the newest articles have the most
    /// frequent that says more than a word.
    pub fn title(&self) -> Option<&str> {
        if self.unnamed() {
            return None;
        }
        let titles = &self.portrait.titles;
        let last = titles.iter().filter_map(|t| t.last.as_deref()).max()?;
        let recent = |t: &&TitleCount| {
            t.last
                .as_deref()
                .is_some_and(|l| months_apart(l, last) <= 2)
        };
        let whole = |t: &TitleCount| t.title.trim().contains(char::is_whitespace);
        let fit = titles.iter().filter(recent);
        let best = fit.max_by_key(|t| (whole(t), t.articles))?;
        Some(&best.title)
    }

    /// Whether a name is so far from the others that it may be somebody else's.
    pub fn doubtful(&self, name: &NameCount) -> bool {
        let most = self.portrait.names.iter().map(|n| n.articles).max();
        let rare = most.is_some_and(|most| name.articles * 100 <= most * DISTANT);
        let own = parts(self.name());
        let shared = parts(&name.name).iter().any(|word| own.contains(word));
        rare && !shared && name.name != self.name()
    }
}

/// Words without the article.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let bare = |word: &str| word.strip_prefix("ال").unwrap_or(word).to_owned();
    words.filter(|w| !w.is_empty()).map(bare).collect()
}

/// How many months lie between two days.
fn months_apart(first: &str, last: &str) -> i32 {
    let month = |day: &str| -> Option<i32> {
        let year: i32 = day.get(..4)?.parse().ok()?;
        let month: i32 = day.get(5..7)?.parse().ok()?;
        Some(year * 12 + month)
    };
    match (month(first), month(last)) {
        (Some(first), Some(last)) => last - first,
        _ => i32::MAX,
    }
}

/// The names by which others may mean this one, and nobody else.
fn about(portrait: &Portrait) -> Option<Node> {
    if portrait.listed.several {
        return None;
    }
    let own = &portrait.listed.name;
    let mut names: Vec<&str> = vec![own];
    // A short form may be anybody's.
    let longer = portrait.names.iter().map(|n| &*n.name);
    names.extend(longer.filter(|n| n.split_whitespace().count() > 1));
    let mut seen: Vec<String> = Vec::new();
    let mut nodes = Vec::new();
    for name in names {
        let key = fold(name);
        let is_name = name.chars().any(char::is_alphanumeric);
        if !is_name || seen.contains(&key) || nodes.len() == NAMES {
            continue;
        }
        seen.push(key);
        nodes.push(Node::words(name));
    }
    Node::any(nodes)
}

/// How many statements there are, and the newest.
fn newest(desk: &mut Desk<'_>, query: Query) -> Result<(u64, Vec<StatementHit>), Problem> {
    let page = desk.searcher.statements(&Request {
        query,
        scope: Scope::Statements,
        sort: Sort::Newest,
        limit: LINES,
        count: true,
        cursor: None,
    })?;
    Ok((page.count.unwrap_or(0), page.hits))
}
