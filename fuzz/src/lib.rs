//! What the fuzz targets share.

mod network;
mod pages;
mod stages;

pub use network::*;
pub use pages::*;
pub use stages::*;
