//! Arabic words: attached clitics, inflected forms of verbs, and agreement.
//!
//! For now this stage works by rule: [`Clitics`] lists the ways in which a
//! written word may be cut into proclitics and a stem, and [`conjugation`]
//! writes out every form in which a verb of the lexicon can stand in a text,
//! so that a table look-up recognizes it.
//!
//! All strings are in the folded spelling of [`rawi_text::fold`]: no
//! diacritics, one alef, `ي` for `ى`, `ه` for `ة`.
//!
//! ```
//! use rawi_morph::Clitics;
//!
//! // wa-li-l-wizara, "and for the ministry"
//! let cut = Clitics::readings("وللوزاره").find(|c| c.stem == "وزاره").unwrap();
//! assert_eq!((cut.conjunction, cut.preposition), (Some('و'), Some('ل')));
//! assert!(cut.article);
//! ```

pub mod conjugation;

mod agreement;
mod clitic;
mod cut;
pub mod entry;
mod inflection;
mod model;
mod pos;
pub mod segment;
mod shape;
pub mod tagger;

pub use agreement::{Agreement, Gender, Number, Person, pronoun_agreement};
pub use clitic::{Clitics, Readings, strip_pronoun};
pub use cut::{Cut, ENCLITICS, PROCLITICS, is_pronoun};
pub use entry::Entry;
pub use inflection::{Inflection, Voice};
pub use model::{Analysis, LemmaKind, Morphology, Tagged, lemma_key};
pub use pos::Pos;
pub use shape::{Shape, without_case};
