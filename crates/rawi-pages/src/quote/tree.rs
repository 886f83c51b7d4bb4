//! Who has it from whom: a tree from the speaker to each outlet.

use std::collections::HashMap;

use rawi_archive::quotes::{Collation, Row};
use rawi_text::fold;

use super::outlet::{is_same, meant};

/// So many nodes are drawn.
const MOST: usize = 40;

/// Somebody in the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Who; nothing for a report without an outlet.
    pub name: Option<String>,
    /// The entity that it is, if it is one that is only named as a source.
    pub entity: Option<i64>,
    /// The row of the table, if it is a report.
    pub row: Option<usize>,
    /// Whether it has no name: `وكالات`.
    pub unnamed: bool,
    /// Whether it does not say where it has it from.
    pub dashed: bool,
    /// Who has it from there.
    pub children: Vec<Node>,
}

/// The tree, and how many reports are not in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    /// Who speaks.
    pub root: Node,
    /// How many reports had no room.
    pub hidden: usize,
}

/// A node before it has its place.
struct Loose {
    node: Node,
    parent: usize,
}

/// The tree of a collation. A report that credits somebody hangs below them; a copy that
/// credits nobody hangs below the report that it is a copy of, by a dashed line; all others
/// hang below the speaker. An outlet with what it is before its name and without is one.
pub fn tree(collation: &Collation) -> Tree {
    let base = collation
        .rows
        .iter()
        .find(|r| r.variant.statement == collation.base);
    let speaker = base.and_then(|r| r.variant.speaker.as_ref());
    let mut all = vec![Loose {
        node: Node {
            name: speaker.map(|s| s.name.clone()),
            entity: speaker.map(|s| s.id),
            row: None,
            unnamed: speaker.is_none_or(|s| s.unnamed),
            dashed: false,
            children: Vec::new(),
        },
        parent: 0,
    }];
    // Reports first, so that a source can be one of them.
    let mut by_outlet: HashMap<String, usize> = HashMap::new();
    let mut by_statement: HashMap<i64, usize> = HashMap::new();
    let room = MOST - 1;
    let mut first_nodes = Vec::new();
    for (at, row) in collation.rows.iter().enumerate().take(room) {
        let outlet = row.variant.report.outlet.clone();
        if let Some(outlet) = &outlet {
            by_outlet.entry(fold(outlet)).or_insert(all.len());
        }
        by_statement.insert(row.variant.statement, all.len());
        first_nodes.push((at, all.len()));
        all.push(Loose {
            node: Node {
                name: outlet,
                entity: None,
                row: Some(at),
                unnamed: false,
                dashed: false,
                children: Vec::new(),
            },
            parent: 0,
        });
    }
    let mut by_source: HashMap<(usize, String), usize> = HashMap::new();
    let mut hidden = collation.rows.len().saturating_sub(room);
    for (at, node) in first_nodes {
        let row = &collation.rows[at];
        let mut parent = 0;
        for source in sources(row) {
            let key = fold(&source.name);
            let own = all[node].node.name.as_deref().map(fold);
            if own.is_some_and(|own| is_same(&own, &key)) {
                continue;
            }
            let outlets = by_outlet.iter().map(|(name, node)| (&**name, *node));
            let known = meant(outlets, &key);
            let known = known.filter(|known| !is_above(&all, node, *known));
            let sources = by_source.iter();
            let sources = sources.filter(|((of, _), _)| *of == parent);
            let sources = sources.map(|((_, name), node)| (&**name, *node));
            let here = known.or_else(|| meant(sources, &key));
            parent = match here {
                Some(here) => here,
                None if all.len() < MOST + room => {
                    by_source.insert((parent, key), all.len());
                    all.push(Loose {
                        node: Node {
                            name: Some(source.name),
                            entity: source.entity,
                            row: None,
                            unnamed: source.unnamed,
                            dashed: source.unnamed,
                            children: Vec::new(),
                        },
                        parent,
                    });
                    all.len() - 1
                }
                None => break,
            };
            all[node].node.dashed = source.unnamed;
        }
        if parent == 0
            && let Some(origin) = row.variant.copy_of.and_then(|s| by_statement.get(&s))
            && !is_above(&all, node, *origin)
        {
            parent = *origin;
            all[node].node.dashed = true;
        }
        all[node].parent = parent;
    }
    // Sources took the room of the last reports.
    while all.len() > MOST {
        let leaf = |at: &usize| {
            *at > 0 && all[*at].node.row.is_some() && !all.iter().skip(1).any(|l| l.parent == *at)
        };
        let Some(last) = (0..all.len()).rev().find(leaf) else {
            break;
        };
        all.remove(last);
        hidden += 1;
        for loose in &mut all {
            loose.parent -= usize::from(loose.parent > last);
        }
    }
    // A source without reports says nothing any more.
    Tree {
        root: gathered(&all, 0),
        hidden,
    }
}

/// Whom a report has it from, as it says.
struct Source {
    name: String,
    entity: Option<i64>,
    unnamed: bool,
}

/// From the speaker to the report.
fn sources(row: &Row) -> Vec<Source> {
    // The outermost is the one that the article has it from.
    let via = row.variant.via.iter().rev().map(|who| Source {
        name: who.name.clone(),
        entity: Some(who.id),
        unnamed: who.unnamed,
    });
    let mut all: Vec<Source> = via.collect();
    if let Some(agency) = &row.variant.report.agency
        && all.iter().all(|s| !is_same(&fold(&s.name), &fold(agency)))
    {
        all.push(Source {
            name: agency.clone(),
            entity: None,
            unnamed: false,
        });
    }
    all
}

/// Whether a node is another or stands above it.
fn is_above(all: &[Loose], node: usize, mut other: usize) -> bool {
    while other != 0 {
        if other == node {
            return true;
        }
        other = all[other].parent;
    }
    false
}

fn gathered(all: &[Loose], at: usize) -> Node {
    let mut node = all[at].node.clone();
    let children = all
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, l)| l.parent == at);
    node.children = children.map(|(child, _)| gathered(all, child)).collect();
    // In order of time: a source stands where its first report does.
    node.children.sort_by_key(first_row);
    node
}

fn first_row(node: &Node) -> usize {
    let below = node.children.iter().map(first_row).min();
    node.row.or(below).unwrap_or(usize::MAX)
}
