//! Dependency trees: which word governs which.
//!
//! [`Trees`] holds, for every word of the sentences that were asked for, its head and what
//! it is to it ([`Label`]). A written word is one node, whatever is attached to it: the
//! preposition of `بالوزير` and the pronoun of `قصفها` have no node of their own. Marks
//! have none either.
//!
//! The trees come from a transition parser ([`state`]): a linear model weighs the next
//! action and the label of every arc by hashed features ([`templates`]). It was trained with
//! a dynamic oracle ([`oracle`]), which `rawi-train` asks. `docs/syntax.md` follows one
//! sentence through it.

mod atoms;
mod label;
pub mod oracle;
mod parser;
pub mod state;
pub mod templates;
mod tree;

pub use atoms::Atoms;
pub use label::Label;
pub use parser::Parser;
pub use tree::{Trees, Wanted};
