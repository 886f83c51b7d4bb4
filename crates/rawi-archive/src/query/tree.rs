//! The tree of a query.

use super::{Field, Value};

/// Where a part of a query stands, in code points from 1; 0 if it came by an option. Two
/// queries that say the same are the same wherever their parts stand.
#[derive(Clone, Copy, Default, Debug)]
pub struct Column(pub usize);

impl PartialEq for Column {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Column {}

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// All of these: two or more, none of them such a list.
    All(Vec<Node>),
    /// Any of these: two or more, none of them such a list.
    Any(Vec<Node>),
    /// What is not so.
    Not(Box<Node>),
    /// What has these words.
    Words(Words),
    /// What has a value.
    Filter(Filter),
}

/// Words that are looked for together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// As they are written; several stand side by side.
    pub text: String,
    /// Whether they must be spelled so.
    pub exact: bool,
    /// How many other words may stand between them, in any order, if they needn't stand
    /// side by side.
    pub near: Option<u32>,
    /// Where they stand in the query.
    pub column: Column,
}

/// A condition: the field has one of the values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// What it is about.
    pub field: Field,
    /// One or more, any of which will do.
    pub values: Vec<Value>,
    /// Where it stands in the query.
    pub column: Column,
}

impl Node {
    /// All of some conditions; none for no condition.
    pub fn all(parts: Vec<Node>) -> Option<Node> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Node::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop(),
            _ => Some(Node::All(flat)),
        }
    }

    /// Any of some conditions; none for no condition.
    pub fn any(parts: Vec<Node>) -> Option<Node> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Node::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop(),
            _ => Some(Node::Any(flat)),
        }
    }

    /// What is not so.
    #[must_use]
    pub fn negated(self) -> Node {
        match self {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    /// Words in any of their forms, side by side.
    pub fn words(text: &str) -> Node {
        Node::Words(Words {
            text: text.to_owned(),
            exact: false,
            near: None,
            column: Column::default(),
        })
    }

    /// The condition that a field has a value.
    pub fn filter(field: Field, values: Vec<Value>) -> Node {
        Node::Filter(Filter {
            field,
            values,
            column: Column::default(),
        })
    }
}
