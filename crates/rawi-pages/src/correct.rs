//! Correcting a statement or an event beside its evidence, and all corrections.

mod draft;
mod form;
mod history;
mod keep;

pub use form::{added, corrected};
pub use history::page as history;
pub use keep::{add, keep, review, undo};

use rawi_archive::corrections::Target;

/// What a form is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// What is read, or what an earlier correction is about.
    Judged(Target),
    /// A statement that was missed in a version.
    MissedStatement(i64),
    /// An event that was missed in a version.
    MissedEvent(i64),
}
