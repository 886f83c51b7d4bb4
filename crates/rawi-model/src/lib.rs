//! What every trained model of rawi stands on.
//!
//! A model is bytes that are used where they lie: a [`Pack`] finds its sections
//! through a small table and nothing is parsed, copied or allocated when it is
//! opened. The sections hold three kinds of things: [`Records`] (a hash table
//! from words to 32 bits each), [`Strings`] (a list of strings) and [`Weights`]
//! (rows of scores by hashed feature), over which [`viterbi`] finds the best
//! sequence.
//!
//! Numbers are little-endian at any alignment and read byte by byte, which
//! today's processors do in one instruction, so nothing of that is `unsafe`. Only
//! calling what is compiled for newer processors is.
//!
//! ```
//! use rawi_model::{Pack, PackWriter, Records, RecordsWriter};
//!
//! let mut words = RecordsWriter::default();
//! words.insert("بيان", 7);
//! let mut pack = PackWriter::default();
//! pack.add("words", words.finish());
//! let bytes = pack.finish();
//!
//! let pack = Pack::open(&bytes)?;
//! let words = Records::open(pack.section("words")?)?;
//! assert_eq!(words.get("بيان"), Some(7));
//! # Ok::<(), rawi_model::PackError>(())
//! ```

mod about;
mod error;
mod hash;
mod kernel;
mod pack;
mod records;
mod strings;
mod viterbi;
mod weights;

pub use about::{About, Fact, Facts};
pub use error::PackError;
pub use hash::{Feature, hash};
pub use pack::{Pack, PackWriter};
pub use records::{Records, RecordsWriter};
pub use strings::{Strings, StringsWriter};
pub use viterbi::{Lattice, Steps, viterbi};
pub use weights::{LANES, Part, Row, Weights, WeightsWriter, lane};
