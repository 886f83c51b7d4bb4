//! What went wrong, as RFC 9457 tells it.

use rawi_archive::ArchiveError;
use rawi_archive::query::QueryError;
use schemars::JsonSchema;
use serde::Serialize;

use super::parameter::Said;

/// The type of content of a problem.
pub const CONTENT: &str = "application/problem+json";

/// Kinds of problems. Their names stand in `type`, behind the address of the page that
/// explains them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A parameter that there isn't, or one with a value that it doesn't take.
    Parameter,
    /// The body cannot be read as what it says it is.
    Body,
    /// A page of another origin asks, which was not allowed.
    Origin,
    /// There is nothing under this address.
    NotFound,
    /// The address knows no such method.
    Method,
    /// The body has more bytes than are taken.
    TooLarge,
    /// The body is of a kind that isn't taken.
    MediaType,
    /// The server is not asked by this name.
    Host,
    /// The question cannot be understood, or has no answer.
    Query,
    /// Too many requests.
    Rate,
    /// Something is wrong with the server or its archive.
    Fault,
    /// The server has too much to do, or the answer took too long.
    Busy,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 12] = [
        Kind::Parameter,
        Kind::Body,
        Kind::Origin,
        Kind::NotFound,
        Kind::Method,
        Kind::TooLarge,
        Kind::MediaType,
        Kind::Host,
        Kind::Query,
        Kind::Rate,
        Kind::Fault,
        Kind::Busy,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Parameter => "parameter",
            Kind::Body => "body",
            Kind::Origin => "origin",
            Kind::NotFound => "not-found",
            Kind::Method => "method",
            Kind::TooLarge => "too-large",
            Kind::MediaType => "media-type",
            Kind::Host => "host",
            Kind::Query => "query",
            Kind::Rate => "rate",
            Kind::Fault => "fault",
            Kind::Busy => "busy",
        }
    }

    /// Its status.
    pub fn status(self) -> u16 {
        match self {
            Kind::Parameter | Kind::Body => 400,
            Kind::Origin => 403,
            Kind::NotFound => 404,
            Kind::Method => 405,
            Kind::TooLarge => 413,
            Kind::MediaType => 415,
            Kind::Host => 421,
            Kind::Query => 422,
            Kind::Rate => 429,
            Kind::Fault => 500,
            Kind::Busy => 503,
        }
    }

    /// What it is, in a few words that are always the same.
    pub fn said(self) -> Said {
        let (en, ar) = match self {
            Kind::Parameter => (
                "A parameter is unknown or has no such value",
                "وسيط مجهول أو قيمة ليست له",
            ),
            Kind::Body => ("The body cannot be read", "تعذرت قراءة الجسم"),
            Kind::Origin => (
                "Pages of this origin may not ask",
                "لا يُسمح لصفحات هذا الموقع بالسؤال",
            ),
            Kind::NotFound => ("There is nothing here", "لا شيء هنا"),
            Kind::Method => (
                "This method is not known here",
                "هذه الطريقة غير معروفة هنا",
            ),
            Kind::TooLarge => ("The body is too large", "الجسم أكبر من المسموح"),
            Kind::MediaType => ("The body is of another type", "الجسم من نوع آخر"),
            Kind::Host => (
                "The server is not asked by this name",
                "لا يُسأل الخادم بهذا الاسم",
            ),
            Kind::Query => ("The question was not understood", "لم يُفهم السؤال"),
            Kind::Rate => ("Too many requests", "طلبات كثيرة"),
            Kind::Fault => ("The server failed", "تعذر على الخادم الجواب"),
            Kind::Busy => ("The server is busy", "الخادم مشغول"),
        };
        Said { en, ar }
    }
}

/// A problem, as `application/problem+json` (RFC 9457).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// The kind of problem: an address that explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words.
    pub title: String,
    /// The status of the answer.
    #[schemars(range(min = 400, max = 599))]
    pub status: u16,
    /// What is the matter this time.
    pub detail: String,
    /// The address that was asked.
    pub instance: String,
    /// Where in a query it went wrong, in code points from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The parameter that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The place in the body that is meant, as a JSON pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// In how many seconds to try again.
    #[serde(skip)]
    pub retry: Option<u32>,
}

impl Problem {
    /// A problem of a kind.
    pub fn of(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/api#{}", kind.name()),
            title: kind.said().en.to_owned(),
            status: kind.status(),
            detail: detail.into(),
            instance: String::new(),
            column: None,
            hint: None,
            parameter: None,
            pointer: None,
            retry: match kind {
                Kind::Rate | Kind::Busy => Some(1),
                _ => None,
            },
        }
    }

    /// There is nothing under an address.
    pub fn nowhere() -> Self {
        Self::of(Kind::NotFound, "nothing has this address")
            .hint("/api/v1/openapi.json describes all addresses")
    }

    /// The archive lacks something with a number.
    pub fn lacks(what: &str, number: i64) -> Self {
        Self::of(
            Kind::NotFound,
            format!("the archive has no {what} {number}"),
        )
    }

    /// A query that cannot be read.
    pub fn from_query(e: QueryError) -> Self {
        Self {
            column: Some(e.column).filter(|column| *column > 0),
            ..Self::of(Kind::Query, e.fault.problem()).hint(e.fault.hint())
        }
    }

    /// The same, with what would be right.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same, of a parameter.
    #[must_use]
    pub fn at(self, parameter: &str) -> Self {
        Self {
            parameter: Some(parameter.to_owned()),
            ..self
        }
    }

    /// The same, of a place in the body.
    #[must_use]
    pub fn pointing(self, pointer: impl Into<String>) -> Self {
        Self {
            pointer: Some(pointer.into()),
            ..self
        }
    }
}

impl From<ArchiveError> for Problem {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Query(e) => Problem::from_query(e),
            ArchiveError::Asked(what) => Problem::of(Kind::Query, what),
            ArchiveError::Busy => Problem::of(Kind::Busy, "the archive is being written"),
            ArchiveError::Late => {
                Problem::of(Kind::Busy, "the answer took too long").hint("ask for less at once")
            }
            error => {
                // It may name a place of this machine, which is nobody's business.
                tracing::error!(%error, "the archive cannot be read");
                Problem::of(Kind::Fault, "the archive cannot be read")
            }
        }
    }
}

impl From<rawi_pages::Problem> for Problem {
    fn from(problem: rawi_pages::Problem) -> Self {
        use rawi_pages::Problem as Page;
        match problem {
            Page::NotFound(what) => Problem::of(Kind::NotFound, format!("there is no {what}")),
            Page::NotUnderstood {
                field, column, why, ..
            } => Self {
                column,
                ..Problem::of(Kind::Query, why.what())
                    .hint(why.hint())
                    .at(field)
            },
            Page::SignedOut => Problem::of(Kind::Origin, "only those who signed in may write"),
            Page::Archive(error) => error.into(),
            Page::Busy => Problem::of(Kind::Busy, "more is asked now than can be answered in time"),
            Page::Fault(error) => {
                tracing::error!(error, "no answer");
                Problem::of(Kind::Fault, "the server has a fault")
            }
        }
    }
}
