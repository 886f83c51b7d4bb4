//! Everything that rawi's tables know of a spelling, by one look-up.
//!
//! All tables of `lexicon/` are compiled into one, [`Lexicon`]: a folded key, one
//! word or several, has a [`LexId`], and by [`Facet`] what each table says of it.
//! Of each distinct spelling of a text (`rawi_text::Spellings`) the [`Keys`] are
//! looked up once and kept as `rawi_text::Facts`, and so is whatever a stage makes
//! of them: an article is then read by indexing arrays.
//!
//! ```
//! use rawi_text::{Facts, Layout, SourceText};
//! use rawi_words::{Facet, Keys, LexId, Tags, lexicon};
//!
//! let source = SourceText::new("وزار وزير الخارجية الولايات المتحدة.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut keys: Facts<Keys> = Facts::default();
//! keys.extend(layout.spellings(), |word| Keys::new(lexicon(), word));
//! let keys = |i: usize| &keys[layout.spelling(i)];
//!
//! assert!(lexicon().tags(keys(1).whole()).any(Tags::OFFICE));
//! // A key of several words is reached in steps.
//! let next = |k: usize| keys(3 + k).whole();
//! let (key, words) = lexicon().longest(keys(3).whole(), Facet::Country, next).unwrap();
//! assert_eq!((lexicon().text(key), words), ("الولايات المتحده", 2));
//! // Letters in front of a word are no part of the key.
//! assert_eq!(lexicon().text(keys(0).stem(2)), "زار");
//! # Ok::<(), rawi_text::TextError>(())
//! ```

mod body_kind;
pub mod events;
mod facet;
mod facts;
mod forms;
mod keys;
mod lexicon;
mod listed;
mod naming;
mod offices;
pub mod reporting;
mod roles;
mod slot;
mod tags;
pub mod time;
mod title_key;

pub use body_kind::BodyKind;
pub use facet::Facet;
pub use forms::Inflected;
pub use keys::Keys;
pub use lexicon::{LexId, Lexicon, lexicon};
pub use listed::{LONGEST_PHRASE, Listed, phrase_key};
pub use naming::{COUNTRIES, Country, KNOWN, Known, KnownKind, country_of_code};
pub use offices::{Day, Post, Tenure, Titled};
pub use roles::Roles;
pub use tags::Tags;
