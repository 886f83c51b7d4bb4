//! What the fuzz targets share.

mod network;
mod stages;

pub use network::*;
pub use stages::*;
