//! Pages, feeds and sitemaps from the network, politely: robots.txt is heeded, a host is
//! asked at an even pace and only for what has changed, private addresses are refused.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]
