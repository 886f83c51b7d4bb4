//! What a tool gives: an answer in two forms, or a problem with a hint.

use rawi_archive::ArchiveError;
use rawi_archive::query::Fault;

/// Why a question has no answer, for whoever asked it.
#[derive(Debug)]
pub struct Problem {
    what: String,
    hint: Option<String>,
}

impl Problem {
    /// What is wrong, and what would be right.
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: Some(hint.into()),
        }
    }

    /// What is wrong with a part of a question.
    pub fn fault(part: &str, fault: &Fault) -> Self {
        Self::new(format!("`{part}`: {}", fault.problem()), fault.hint())
    }

    /// Both in one text.
    pub fn text(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}\nHint: {hint}", self.what),
            None => self.what.clone(),
        }
    }
}

impl From<ArchiveError> for Problem {
    fn from(e: ArchiveError) -> Self {
        let hint = match &e {
            ArchiveError::Query(e) => {
                return Self::new(
                    match e.column {
                        0 => e.fault.problem(),
                        column => format!("column {column}: {}", e.fault.problem()),
                    },
                    e.fault.hint(),
                );
            }
            ArchiveError::Busy => Some("ask again in a moment".to_owned()),
            ArchiveError::Asked(_) => None,
            _ => Some("the archive itself cannot be read; tell the user".to_owned()),
        };
        Self {
            what: e.to_string(),
            hint,
        }
    }
}
