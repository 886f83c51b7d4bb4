//! Arabic words: attached clitics, inflected forms of verbs, and agreement.
//!
//! What a word is where it stands is for the trained [`Morphology`] to say: it cuts every
//! word of a text and tells its part of speech ([`Tagged`]). What a word *can* be is listed
//! by rule: [`Clitics`] are the ways in which a written word may be cut into proclitics and
//! a stem, [`pronoun`] has what may be attached behind it, and [`conjugation`] writes out
//! every form in which a verb of the lexicon can stand in a text, so that a table look-up
//! recognizes it.
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
pub mod pronoun;
pub mod segment;
mod shape;
pub mod tagger;

pub use agreement::{Agreement, Gender, Number, Person};
pub use clitic::{Clitics, Readings, future_verb};
pub use cut::{Cut, PROCLITICS};
pub use entry::Entry;
pub use inflection::{Inflection, Voice};
pub use model::{Analysis, LemmaKind, Morphology, Tagged, lemma_key};
pub use pos::Pos;
pub use pronoun::{Pronoun, Pronouns, strip_pronoun};
pub use shape::{Shape, without_case};
