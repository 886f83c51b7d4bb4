//! A condition of a question that takes itself away.

use askama::Template;

use crate::site::Site;

/// A condition as a link to the same page without it.
#[derive(Template, Clone, Debug)]
#[template(path = "part/chip.html")]
pub struct Chip<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// What it is about: القائل.
    pub field: &'s str,
    /// Whom or what it asks for.
    pub value: String,
    /// The page without it.
    pub href: String,
}
