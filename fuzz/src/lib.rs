//! What the fuzz targets share.

mod stages;

pub use stages::*;
