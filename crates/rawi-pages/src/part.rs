//! What several screens show alike. Each part is a structure with a template of its own; a
//! screen's template writes it by `{{ part|safe }}`, as its own texts are escaped by then.
//!
//! | part | shows |
//! |---|---|
//! | [`Hit`] | a statement in a list, with all that proves it |
//! | [`Chain`] | through whose mouths it came |
//! | [`Sureness`] | how sure the reading is |
//! | [`Citation`] | what is copied to cite it |
//! | [`Tally`] | a counted list whose rows are links |
//! | [`Bars`] | columns by time |
//! | [`Chip`] | a condition that takes itself away |
//! | [`Reason`] | why something was not understood |
//! | [`Hues`] | which color and line a speaker has on the page |
//! | [`corrected`] | what people say of a statement or event: the old reading struck, the new beside it |
//! | [`evidence`] | the lines of an article around something |
//! | [`review`] | whether somebody looked at all of an article, and what was missed |
//! | [`marked`] | marks in running text, never within a word |
//! | [`agree`] | with whom a verb agrees |

pub mod agree;
mod bars;
mod chain;
mod chip;
mod citation;
pub mod corrected;
pub mod evidence;
mod hit;
mod hues;
pub mod marked;
mod reason;
pub mod review;
mod sureness;
mod tally;

pub use bars::{Bar, Bars};
pub use chain::{Chain, Link};
pub use chip::Chip;
pub use citation::Citation;
pub use hit::{Addressee, Hit, Who};
pub use hues::Hues;
pub use marked::Segment;
pub use reason::Reason;
pub use sureness::Sureness;
pub use tally::{Row, Tally};
