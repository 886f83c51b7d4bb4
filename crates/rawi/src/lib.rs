//! rawi reads Arabic news and answers: who said what, to whom, through which
//! channel and when. Every answer is pinned to the characters it came from.
//!
//! ```
//! use rawi::{Article, Reader};
//!
//! let reader = Reader::new()?;
//! let article = Article::new("a1", "أكدت وزارة الصحة الليبية في بيان أن المستشفيات جاهزة.");
//! let reading = reader.read(&article)?;
//!
//! let statement = &reading.statements[0];
//! assert_eq!(statement.content[0].text, "أن المستشفيات جاهزة");
//! assert_eq!(statement.speaker.as_ref().unwrap().name, "وزارة الصحة الليبية");
//! assert_eq!(statement.channel.as_ref().unwrap().text, "بيان");
//! rawi::verify(&reading, &article)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Reader`] is immutable and shared; for many articles, give each thread a
//! [`Worker`]. [`reading`] holds the types of the JSON contract. A [`Reading`] borrows
//! its texts from the article; [`Reading::into_owned`] makes one that outlives it.

pub mod reading;

mod article;
mod assemble;
mod certainty;
mod code;
mod conllu;
mod error;
mod headline;
mod ids;
mod offsets;
mod owned;
mod reader;
#[cfg(feature = "schema")]
mod schema;
mod verify;
mod wire;

pub use article::Article;
pub use assemble::hash as text_sha256;
pub use certainty::Certainty;
pub use error::Error;
pub use offsets::Offsets;
pub use rawi_text::TextError;
#[doc(hidden)]
pub use reader::{Marked, Stage};
pub use reader::{Models, Reader, Worker};
pub use reading::{ENGINE, Reading};
pub use verify::{Verified, VerifyError, verify};
