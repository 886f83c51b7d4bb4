//! What an archive and a reading look like: pages for the browser.
//!
//! A page is a function of a [`Desk`] (what may be asked), a [`Site`] (language and dress)
//! and the [`Params`] of its address. It is HTML that needs no script: everything stands in
//! the page, every number is a link to what it counts, and the whole state is in the address.
//! No network is here and no thread; `rawi-serve` has those.
//!
//! | module | screen |
//! |---|---|
//! | [`search`] | asking for statements |
//! | [`who`] | a person or body |
//! | [`quote`] | a statement over outlets, and quotations put to the test |
//! | [`correct`] | correcting a statement or an event, and all corrections |
//! | [`decide`] | who is who, decided by people |
//! | [`health`] | what was taken in, and how the archive is |
//! | [`sign_in`] | signing in to correct |
//! | [`events`] | who did what to whom, and who says so |
//! | [`sides`] | what two said of one subject, and what happened between them |
//! | [`article`] | an article with what was read in it |
//! | [`read`] | a text that somebody pastes |
//! | [`api`] | a page to try what programs may ask |
//! | [`problem`] | what is said where there is no page |

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod api;
pub mod article;
pub mod assets;
pub mod correct;
pub mod decide;
mod desk;
mod escape;
pub mod events;
mod frame;
pub mod health;
#[cfg(test)]
mod house;
mod moment;
mod params;
pub mod part;
pub mod problem;
pub mod quote;
pub mod read;
pub mod search;
pub mod sides;
pub mod sign_in;
mod site;
pub mod who;
mod words;

pub use desk::{Board, Desk};
pub use frame::{Frame, Page, Section};
pub use params::Params;
pub use problem::Problem;
pub use site::{Digits, Months, SignedIn, Site, Theme};
pub use words::{Agreement, Counted, Lang, Words};
