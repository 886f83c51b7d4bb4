//! A document that was had.

use rawi_input::{Capture, Record};

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

impl Fetched {
    /// The text of its bytes.
    pub(crate) fn text(&self) -> String {
        rawi_input::decoded(&self.body, self.charset.as_deref())
    }
}

/// What is known of a page by what led to it: a feed, a sitemap.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Hints {
    /// Its headline.
    pub title: Option<String>,
    /// Its ISO day of publication.
    pub published: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The outlet: of a feed its name, often with that of a section.
    pub outlet: Option<String>,
    /// What the feed calls it.
    pub guid: Option<String>,
}

/// A page that was had, or what a feed holds of one, with what led to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// The page. What a feed holds of one has the address of the page, and when the
    /// feed was had.
    pub fetched: Fetched,
    /// What is known of it beside.
    pub hints: Hints,
}

impl Page {
    /// The page as the reader of inputs takes it. `given` is the ISO day of
    /// publication if nothing else says one.
    pub fn capture<'a>(&'a self, given: Option<&'a str>) -> Capture<'a> {
        let Page { fetched, hints } = self;
        Capture {
            address: fetched.address.as_str(),
            bytes: &fetched.body,
            charset: fetched.charset.as_deref(),
            fetched: Some(&fetched.at),
            title: hints.title.as_deref(),
            published: hints.published.as_deref(),
            outlet: hints.outlet.as_deref(),
            author: hints.author.as_deref(),
            modified: fetched.modified.as_deref(),
            given,
        }
    }

    /// What comes of it: remarks, then an article or why there is none.
    pub fn records(&self, given: Option<&str>) -> Vec<Record> {
        self.capture(given).records()
    }
}
