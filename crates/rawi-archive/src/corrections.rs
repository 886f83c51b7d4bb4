//! What people say of readings: accepted, rejected, corrected, added, and looked at as a
//! whole. It is kept apart from what was read, which it never changes, and both are shown.
//!
//! A correction is pinned to characters of a text by the text's hash. It holds what was
//! seen and what it is, both in full, so that it means the same whatever engine reads the
//! text later; [`Fit`] tells whether that engine still reads what was seen. It holds for all
//! versions of the document with this text, and wherever the archive is merged. Nothing is
//! deleted: an undoing is a correction too, and what was said before holds again.
//!
//! Who is who is no correction of a statement but a [`Decision`](crate::Decision).

mod adopt;
mod decide;
mod draft;
mod gold;
mod judged;
mod list;
mod locate;
mod proof;
mod record;
mod value;

pub use decide::{By, Judgment, Target};
pub use draft::{Change, ChannelDraft, EventDraft, Place, StatementDraft, Whom};
pub use gold::{Gold, GoldArticle, GoldTally};
pub use judged::{Fit, Judged, Judgments, Mark};
pub use list::{CorrectionPage, WhichCorrections};
pub use locate::locate;
pub use record::{About, Accepted, Correction, Part, Spot, Verdict};
pub use value::{ChannelValue, EventValue, Field, Finding, Somebody, StatementValue, Stretch};
