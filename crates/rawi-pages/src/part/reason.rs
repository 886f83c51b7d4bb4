//! Why something was not understood: what is wrong, where, and what would be right.

use askama::Template;

use crate::problem::{Piece, Why};
use crate::site::Site;

/// A reason in two paragraphs.
#[derive(Template, Clone, Debug)]
#[template(path = "part/reason.html")]
pub struct Reason<'s> {
    site: &'s Site,
    what: Vec<Piece>,
    hint: Vec<Piece>,
    /// Where, in characters from 1.
    column: Option<usize>,
    /// Whether it is in another language than the page.
    foreign: bool,
}

impl<'s> Reason<'s> {
    /// A reason in the language of a page, as far as there are words for it.
    pub fn of(site: &'s Site, why: &Why, column: Option<usize>) -> Self {
        let [what, hint] = why.told(site);
        Self {
            foreign: site.arabic() && why.in_english(site),
            site,
            what,
            hint,
            column,
        }
    }
}
