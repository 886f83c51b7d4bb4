//! A document that was had.

use crate::address::Address;

/// A document as it was had from the network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetched {
    /// What was asked for.
    pub asked: Address,
    /// Where it was had, after redirects.
    pub address: Address,
    /// Where it is for good if that is elsewhere than it was asked for.
    pub moved: Option<Address>,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
    /// When it was had, in RFC 3339, UTC.
    pub at: String,
    /// What the server says it is, `text/html`, in small letters.
    pub content_type: Option<String>,
    /// The character encoding that the server declares.
    pub charset: Option<String>,
    /// Its bytes, unpacked.
    pub body: Vec<u8>,
}
