//! News from the network, politely.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod exchange;
mod failure;
mod fetched;
mod fetcher;
mod moment;
mod reach;
mod robots;
mod stop;
mod unpack;

pub use address::{Address, AddressError};
pub use failure::{Failure, Why};
pub use fetched::Fetched;
pub use fetcher::{Ask, Fetcher, Got, Settings};
pub use reach::Reach;
pub use stop::Stop;
