//! The same words over outlets: variants of a statement, and quotations put to the test.

mod align;
mod answer;
mod check;
mod collate;
mod find;
mod report;
mod speaker;
mod variants;
mod words;

pub use align::{Change, Critical, Verdict};
pub use answer::{Quoted, quotations};
pub use check::{Attribution, Checked, Checker, Finding, FoundAt};
pub use collate::{Cell, Collation, Fate, Row};
pub use report::{Differing, Report, Who};
pub use variants::{Variant, Variants};
