//! Who of one article is who of another, and what people decided about it.
//!
//! The rules say no more than a reading shows, and only the reading decides, never the
//! order in which articles came (`key`):
//!
//! 1. whoever the reading links to Wikidata is one with all that have this link, whatever
//!    the name; somebody without a link is never one with somebody who has one;
//! 2. people, bodies and places are one if their whole names are the same, folded. A name
//!    of one word is only that word; `سالم البدري` and `سالم فهد البدري` are two. Types
//!    may differ within bodies (ORG, MEDIA, GROUP) and within places (GPE, LOC, FAC);
//! 3. a body that many countries have one of (`الحكومة`, `وزارة الصحة`) is one only with
//!    those of the same known country;
//! 4. somebody without a name (ANON, `مصدر أمني`) stands under the phrase. It can be found
//!    by it, and nothing more is said: two articles may mean two people. The same holds of
//!    bodies as in 3 whose country is not known, and of people without a link of whom only
//!    one word is told. Such entities are *several*.
//!
//! That a longer form of a name is the same person, or that another country makes another
//! one, is no rule: read in news, the first was right in half of the cases, and the second
//! in one of fifteen, as a country is more often the employer's.
//!
//! Whatever the rules get wrong people can decide: merge, split, rename. Each decision is
//! a row, can be undone, and is carried out anew on whatever is read later.

mod adopt;
mod carried;
mod complete;
mod decide;
mod decision;
mod directory;
pub(crate) mod group;
mod hold;
mod key;
mod link;
mod list;
mod portrait;
mod recent;
mod reroute;
mod said;
#[cfg(test)]
mod tests;

pub use carried::{Carried, Line};
pub use decide::Share;
pub use decision::{Decision, What};
pub use group::Candidate;
pub use list::{EntitySort, Listed, WhichEntities};
pub use portrait::{Counted, NameCount, Portrait, TitleCount};
pub use said::{Occasion, Sayings};

pub(crate) use adopt::Here;
pub(crate) use directory::Directory;
pub(crate) use group::{candidate, group, root};
pub(crate) use hold::Holding;
pub(crate) use link::{Linker, call};
