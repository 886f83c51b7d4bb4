//! Everything that rawi's tables know of a spelling, by one look-up.
//!
//! All tables of `lexicon/` are compiled into one, [`Lexicon`]: a folded key, one
//! word or several, has a [`LexId`], and by [`Facet`] what each table says of it.
//! A worker keeps a [`Vocabulary`] of the spellings that it has met, so that each
//! distinct spelling is looked up once and not each token; stages keep what they
//! know of a spelling as [`Facts`]. An article is then read by indexing arrays.
//!
//! ```
//! use rawi_text::{Layout, SourceText};
//! use rawi_words::{Facet, Tags, Vocabulary};
//!
//! let source = SourceText::new("وزار وزير الخارجية الولايات المتحدة.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut vocabulary = Vocabulary::new()?;
//! vocabulary.read(&layout);
//!
//! let lexicon = vocabulary.lexicon();
//! assert!(lexicon.tags(vocabulary.whole(1)).any(Tags::OFFICE));
//! // A key of several words is reached in steps.
//! let (key, words) = lexicon
//!     .longest(vocabulary.whole(3), Facet::Country, |k| vocabulary.whole(3 + k))
//!     .unwrap();
//! assert_eq!((lexicon.text(key), words), ("الولايات المتحده", 2));
//! // Letters in front of a word are no part of the key.
//! let spelling = &vocabulary[vocabulary.at(0)];
//! assert_eq!(lexicon.text(spelling.stem(2)), "زار");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod facet;
mod lexicon;
mod naming;
mod roles;
mod tags;
mod vocabulary;

pub use facet::Facet;
pub use lexicon::{LexId, Lexicon};
pub use naming::{COUNTRIES, Country, KNOWN, Known, KnownKind, country_of_code};
pub use roles::Roles;
pub use tags::Tags;
pub use vocabulary::{Facts, Spelling, SpellingId, Vocabulary};
