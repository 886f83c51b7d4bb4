//! News from the network: pages, feeds, sitemaps and whole sites, had politely and
//! whatever a server sends.
//!
//! [`Gather`] finds out what an address is and lists the pages that it leads to,
//! [`Fetcher::page`] has one of them, [`Ahead`] many of different hosts at once, and
//! [`Page::records`] makes articles of it. [`Poll`] is what is to be remembered of an
//! address that is asked again and again, [`Outline`] a list of such addresses.
//!
//! **Politeness.** A [`Fetcher`] keeps to robots.txt (none, or an answer of 4xx, allows
//! everything; an answer of 429 or 5xx, or none, lets the site alone for ten minutes),
//! makes one request a host at a time with a pause between them, of which a site may
//! ask for up to 30 seconds, waits for what `Retry-After` says or tells of it, and asks
//! with `ETag` and `Last-Modified`.
//!
//! **Bounds.** Of a document at most [`Settings::longest`] bytes are taken, packed and
//! unpacked (gzip, deflate, brotli), of a feed 16 MiB, of a sitemap 50 MiB, in at most
//! [`Settings::whole`] a request; [`Settings::redirects`] are followed. No entity of XML
//! is unfolded, and one item of a feed that is broken costs no other.
//!
//! **Reach.** A name is looked up once, each address that it has is checked, and the
//! connection goes to one of these: what is not of the public net ([`Reach`]) is never
//! asked, whoever leads there. For that reason proxies are not used.
//!
//! What fails says why in words and by name ([`Why`]).

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
