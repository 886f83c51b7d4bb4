//! What is wrong with a query.

use std::fmt;

/// Why a text is no query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryError {
    /// Where it went wrong, in code points from 1; 0 if it has no place in the text.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub hint: String,
}

impl QueryError {
    pub(crate) fn new(column: usize, problem: String, hint: String) -> Self {
        Self {
            column,
            problem,
            hint,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column > 0 {
            write!(f, "column {}: ", self.column)?;
        }
        write!(f, "{}: {}", self.problem, self.hint)
    }
}

impl std::error::Error for QueryError {}
