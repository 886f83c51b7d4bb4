//! Names, titles and who is who in an Arabic article.
//!
//! Three steps, each on top of the one before: [`Words`] looks every token up in
//! the naming tables of `lexicon/`; [`phrase::Reader`] tells how far a noun
//! phrase reaches and which of its words are a name; [`Cast`] gathers the
//! mentions of one person or body into one [`Entity`].
//!
//! ```
//! use rawi_morph::{Morphology, Tagged};
//! use rawi_names::{Cast, Labels, LinkModel, NameModel, Words, phrase::Reader};
//! use rawi_text::{Layout, SourceText};
//!
//! let source = SourceText::new("التقى وزير الخارجية المصري سامي الكيلاني نظيره التركي.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut words = Words::default();
//! words.fill(&source, &layout);
//! let mut tagged = Tagged::default();
//! tagged.fill(&Morphology::embedded()?, &layout);
//! let mut labels = Labels::default();
//! labels.fill(&NameModel::embedded()?, &layout, &tagged, &words);
//! words.advise(&layout, &tagged, &labels);
//! let mut cast = Cast::default();
//! let links = LinkModel::embedded()?;
//! cast.fill(&Reader { source: &source, layout: &layout, words: &words }, &links, None);
//! assert_eq!(cast.entities()[0].name, "سامي الكيلاني");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod knowledge;
pub mod ner;
pub mod phrase;

mod entities;
mod mentions;
mod title;
mod words;

pub use entities::{
    Cast, Entity, EntityId, How, LINK_TEMPLATES, LinkAnswer, LinkChoice, LinkModel, link_nobody,
    span_of,
};
pub use knowledge::{Known, KnownKind, country, facts_of};
pub use mentions::{Mention, MentionId, MentionKind, Mentions, Origin};
pub use ner::{Label, Labels, NameModel, NameType};
pub use phrase::{Extent, Kind, Phrase};
pub use rawi_words::{Country, Day, Roles, Tags, country_of_code};
pub use words::{Labeled, Word, Words};
