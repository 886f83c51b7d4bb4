//! Learning to parse: trees as examples, a perceptron that asks the dynamic oracle, and
//! figures by cross-validation.

mod command;
mod learn;
mod material;

pub use command::{SyntaxArgs, syntax};
pub use material::Material;
