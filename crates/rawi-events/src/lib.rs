//! Political events of Arabic news in the terms of PLOVER 2.0.
//!
//! `trigger` finds the words that may tell an event, `clause` and `arguments`
//! look for the sides that the frame of its row names, `party` tells who they
//! are, `status`, `setting` and `domain` whether, where and in what field it
//! took place, and `merge` makes one record of what is told twice. `evidence`
//! gathers what speaks for an event, and [`Judge`] weighs it. The words
//! and frames stand in `lexicon/events/`, compiled by `rawi-words`; `facts` keeps what
//! they say of a spelling.
//!
//! ```
//! use rawi_events::{Article, EventType, Judge, Worker};
//! use rawi_names::{Cast, LinkModel, Words, phrase::Reader};
//! use rawi_syntax::Trees;
//! use rawi_text::{Layout, SourceText};
//!
//! let source = SourceText::new("اعتقلت الشرطة الأردنية وفد الطلاب.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut words = Words::default();
//! words.fill(&source, &layout);
//! let mut cast = Cast::default();
//! let links = LinkModel::embedded()?;
//! cast.fill(&Reader { source: &source, layout: &layout, words: &words }, &links, None);
//! let article = Article {
//!     source: &source,
//!     layout: &layout,
//!     words: &words,
//!     trees: &Trees::default(),
//!     statements: &[],
//!     times: &[],
//!     published: None,
//! };
//! let events = Worker::new().read(article, &cast, &Judge::embedded()?);
//! assert_eq!(events[0].kind, EventType::Coerce);
//! assert_eq!(cast.get(events[0].actors[0]).name, "الشرطة الأردنية");
//! assert_eq!(cast.get(events[0].recipients[0]).name, "وفد الطلاب");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod among;
mod arguments;
mod clause;
mod code;
mod domain;
mod event;
mod evidence;
mod facts;
mod judge;
mod merge;
mod nominal;
mod party;
mod read;
mod reference;
mod rules;
mod scene;
mod setting;
mod sides;
mod sign;
mod status;
mod trigger;
mod view;

pub use event::{Event, Why};
pub use evidence::TEMPLATES;
pub use judge::{EARLY, JUDGE, Judge, Lanes, SIDES};
pub use rawi_words::events::{EventType, Quad, SECTORS, Status, is_context};
pub use read::{Candidate, Worker};
pub use view::Article;
