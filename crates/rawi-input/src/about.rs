//! What is known of an article beside itself.

use std::fmt;

use crate::language::Language;

/// What is known of an article beside itself, as far as its input tells.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct About {
    /// Where it stood when it was had: the record's `url`, the address of a capture.
    pub url: Option<String>,
    /// The address that the page itself gives for its own, absolute (`<link
    /// rel=canonical>`, `og:url`): without what tracks readers.
    pub canonical: Option<String>,
    /// Who wrote it, as it is written; several names are separated by `، `.
    pub author: Option<String>,
    /// The language that the record or the page says it is in, a BCP 47 tag as it is
    /// written. Pages often say wrong.
    pub language: Option<String>,
    /// The language its text is written in, judged by the text: whoever keeps Arabic
    /// only can pass over the others.
    pub written: Language,
    /// Whether its text was taken out of a page, so that it stands nowhere in the input as
    /// it is here.
    pub extracted: bool,
    /// When it was captured, in RFC 3339, `2026-03-02T08:30:00Z`.
    pub fetched: Option<String>,
    /// Its date with where that is from; none if there is none that can be read.
    pub dated: Option<Dated>,
}

/// The date of an article, as exact as it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated {
    /// `2026-03-02`, or `2026-03` where only the month is known. A month, and a day
    /// from [`DateOrigin::Http`], are no day of publication: the article's `published`
    /// is then none.
    pub date: String,
    /// Where it is from.
    pub from: DateOrigin,
}

/// Where the date of an article is from, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum DateOrigin {
    /// A field of the record.
    Field,
    /// What the page says of itself.
    Page,
    /// The feed in which it was found.
    Feed,
    /// Its address, `/2026/03/02/`.
    Address,
    /// Who reads it says so.
    Given,
    /// The server's `Last-Modified`.
    Http,
}

impl DateOrigin {
    /// All of them, the surest first.
    pub const ALL: [DateOrigin; 6] = [
        DateOrigin::Field,
        DateOrigin::Page,
        DateOrigin::Feed,
        DateOrigin::Address,
        DateOrigin::Given,
        DateOrigin::Http,
    ];

    /// Its name for programs, one small word; it stays what it is.
    pub fn name(self) -> &'static str {
        match self {
            DateOrigin::Field => "field",
            DateOrigin::Page => "page",
            DateOrigin::Feed => "feed",
            DateOrigin::Address => "address",
            DateOrigin::Given => "given",
            DateOrigin::Http => "http",
        }
    }
}

impl fmt::Display for DateOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
