//! The language in which an archive is asked.
//!
//! ```text
//! الميناء الحاويات            both words, in any of their forms
//! "توسعة الميناء"             side by side           ="الميناء"   spelled so
//! ميناء OR مرفأ   ميناء|مرفأ   either                 -إضراب       without
//! "توسعة الرصيف"~5            at most five words between them
//! speaker:"سالم البدري"       act:(deny, warn)       outlet:الضفاف
//! since:2026-03 before:"12 نيسان 2026"               date:none
//! ماذا قال وزير النقل عن الميناء بين 2026-01 و2026-03
//! ```
//!
//! [`Query::parse`] gives a tree, or an error with the column where it went wrong and what
//! would be right; nothing of a query is ever passed over. A tree printed and parsed
//! again is the same tree. Names of fields and of their values stand in
//! `lexicon/query_words.tsv`.

mod error;
mod fault;
mod field;
mod parse;
mod period;
mod print;
mod sentence;
mod tree;
mod words;

pub use error::QueryError;
pub use fault::{Fault, Part};
pub use field::{Field, Takes, Value};
pub use period::Period;
pub use tree::{Column, Filter, Node, Words};

/// A query: what is looked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// The tree; none asks for everything.
    pub root: Option<Node>,
}

impl Query {
    /// The longest query, in bytes.
    pub const LONGEST: usize = 8 << 10;

    /// Reads a query. One that begins as a question does (`ماذا قال … عن …`) is read as
    /// one.
    ///
    /// # Errors
    /// If it is none: with the column, counted in code points from 1, and what would be
    /// right.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.len() > Self::LONGEST {
            return Err(QueryError::new(Self::LONGEST, Fault::TooLong));
        }
        let root = match sentence::read(text) {
            Some(read) => read?,
            None => parse::Parser::new(text).all()?,
        };
        Ok(Self { root })
    }

    /// This query with one more condition.
    #[must_use]
    pub fn and(self, node: Node) -> Self {
        let parts = self.root.into_iter().chain([node]).collect();
        Self {
            root: Node::all(parts),
        }
    }
}

#[cfg(test)]
mod tests;
