//! News from the network, politely.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod ahead;
mod exchange;
mod failure;
mod feed;
mod fetched;
mod fetcher;
mod gather;
mod kind;
mod moment;
mod outline;
mod poll;
mod reach;
mod robots;
mod sitemap;
mod stop;
mod tags;
mod unpack;

pub use address::{Address, AddressError};
pub use ahead::Ahead;
pub use failure::{Failure, Why};
pub use feed::{Feed, Item};
pub use fetched::{Fetched, Hints, Page};
pub use fetcher::{Ask, Fetcher, Got, Settings};
pub use gather::{Found, Gather, Options, Tally, Wanted};
pub use kind::Kind;
pub use outline::{Outline, Watched};
pub use poll::Poll;
pub use reach::Reach;
pub use sitemap::{Listed, Sitemap};
pub use stop::Stop;
