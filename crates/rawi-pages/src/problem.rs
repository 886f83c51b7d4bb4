//! Why there is no page, in a form that pages and programs can be told.

mod why;

use std::fmt;

use askama::Template;
use rawi_archive::ArchiveError;
use rawi_archive::query::{Fault, QueryError};

use crate::frame::{Frame, Page, Section};
use crate::part::Reason;
use crate::part::marked::whole;
use crate::site::Site;

pub(crate) use why::Piece;
pub use why::{Why, Word};

/// Why there is no page.
#[derive(Debug)]
pub enum Problem {
    /// Nothing is at this address: what was looked for.
    NotFound(String),
    /// What was asked cannot be understood: which field, what is wrong with it.
    NotUnderstood {
        /// The name of the parameter.
        field: &'static str,
        /// What it said.
        value: String,
        /// Where in it, in code points from 1, if that is known.
        column: Option<usize>,
        /// What is wrong with it, and what would be right.
        why: Why,
    },
    /// Nobody is signed in, or the form is none of ours.
    SignedOut,
    /// The archive could not answer.
    Archive(ArchiveError),
    /// More is asked than can be answered in time.
    Busy,
    /// A fault of this program.
    Fault(String),
}

impl Problem {
    /// The status of HTTP that says so.
    pub fn status(&self) -> u16 {
        match self {
            Problem::NotFound(_) => 404,
            Problem::SignedOut => 403,
            Problem::NotUnderstood { .. } => 400,
            Problem::Archive(ArchiveError::Asked(_) | ArchiveError::Query(_)) => 400,
            Problem::Busy => 503,
            Problem::Archive(_) | Problem::Fault(_) => 500,
        }
    }

    /// A query that cannot be read.
    pub fn query(field: &'static str, value: &str, e: &QueryError) -> Self {
        Problem::NotUnderstood {
            field,
            value: value.to_owned(),
            column: Some(e.column).filter(|column| *column > 0),
            why: Why::Query(e.fault.clone()),
        }
    }

    /// A value that is none of a query.
    pub fn fault(field: &'static str, value: &str, fault: Fault) -> Self {
        Problem::NotUnderstood {
            field,
            value: value.to_owned(),
            column: None,
            why: Why::Query(fault),
        }
    }

    /// A value for which the interface has words that say what is wrong with it, and what
    /// would be right, each with a number.
    pub fn words(field: &'static str, value: &str, what: (Word, u64), hint: (Word, u64)) -> Self {
        Problem::NotUnderstood {
            field,
            value: value.to_owned(),
            column: None,
            why: Why::Words { what, hint },
        }
    }

    /// A value that is none.
    pub fn value(field: &'static str, value: &str, what: &str, hint: &str) -> Self {
        Problem::NotUnderstood {
            field,
            value: value.to_owned(),
            column: None,
            why: Why::Said {
                what: what.to_owned(),
                hint: hint.to_owned(),
            },
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NotFound(what) => write!(f, "there is no {what}"),
            Problem::NotUnderstood { field, why, .. } => {
                write!(f, "{field}: {}; {}", why.what(), why.hint())
            }
            Problem::SignedOut => f.write_str("sign in first, and send the form again"),
            Problem::Archive(e) => e.fmt(f),
            Problem::Busy => f.write_str("more is asked now than can be answered; ask again soon"),
            Problem::Fault(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Problem {}

impl From<ArchiveError> for Problem {
    fn from(e: ArchiveError) -> Self {
        match e {
            ArchiveError::Late => Problem::Busy,
            e => Problem::Archive(e),
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(e: askama::Error) -> Self {
        Problem::Fault(e.to_string())
    }
}

/// The page that says so.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame<'a>,
    heading: &'static str,
    problem: &'a Problem,
    /// Why it was not understood.
    reason: Option<Reason<'a>>,
    /// What the log calls the fault.
    code: Option<&'a str>,
}

impl ProblemPage<'_> {
    fn pieces(&self, value: &str, column: &Option<usize>) -> [(String, bool); 3] {
        pieces(value, *column)
    }
}

/// A text cut where it went wrong: the word there, the sign, or the end is marked.
pub(crate) fn pieces(value: &str, column: Option<usize>) -> [(String, bool); 3] {
    let chars: Vec<char> = value.chars().collect();
    let at = column.map_or(chars.len(), |c| c.saturating_sub(1).min(chars.len()));
    let here = whole(&chars, at..(at + 1).min(chars.len()));
    let text = |range: &[char]| range.iter().collect::<String>();
    let marked = match (column, here.is_empty()) {
        (Some(_), true) => "\u{2026}".to_owned(),
        (Some(_), false) => text(&chars[here.clone()]),
        (None, _) => String::new(),
    };
    [
        (text(&chars[..here.start]), false),
        (marked, column.is_some()),
        (text(&chars[here.end..]), false),
    ]
}

/// The page that says why there is no page. `code` is what the log calls a fault.
///
/// # Errors
///
/// If the template fails.
pub fn page(site: &Site, problem: &Problem, code: Option<&str>) -> Result<Page, Problem> {
    let t = site.t();
    let heading = match problem.status() {
        404 => t.problem_not_found,
        403 => t.problem_signed_out,
        400 => t.problem_not_understood,
        503 => t.problem_busy,
        _ => t.problem_failed,
    };
    let reason = match problem {
        Problem::NotUnderstood { why, column, .. } => Some(Reason::of(site, why, *column)),
        Problem::Archive(ArchiveError::Query(e)) => {
            Some(Reason::of(site, &Why::Query(e.fault.clone()), None))
        }
        _ => None,
    };
    let template = ProblemPage {
        reason,
        frame: Frame {
            site,
            title: heading.to_owned(),
            section: Section::Other,
            facts: None,
        },
        heading,
        problem,
        code,
    };
    Ok(Page {
        status: problem.status(),
        html: template.render()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Params};

    #[test]
    fn the_place_is_marked_and_nothing_gets_through() {
        let site = Site::new(Lang::Ar, "/", Params::default());
        let problem = Problem::NotUnderstood {
            field: "about",
            value: "<b>(\u{202e}".to_owned(),
            column: Some(4),
            why: Why::Query(Fault::BracketOpen),
        };
        let page = page(&site, &problem, None).unwrap();
        assert_eq!(page.status, 400);
        let marked = "&lt;b&gt;<mark>(</mark>·U+202E</bdi>";
        assert!(page.html.contains(marked), "{}", page.html);
        assert!(page.html.contains("dir=\"rtl\""));
        assert!(page.html.contains("قوس فُتح ولم يُغلق") && !page.html.contains("never closed"));
        let english = Site::new(Lang::En, "/", Params::default());
        let html = super::page(&english, &problem, None).unwrap().html;
        assert!(html.contains("`(` is never closed") && html.contains("at character"));
    }
}
