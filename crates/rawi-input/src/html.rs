//! The article of a page: what a reader of it would call its text.
//!
//! A page is read as a stream of tags, not as a tree: nothing grows with how
//! deep tags are nested or how many are left open, and time is linear in the
//! page's length. [`scan`] follows what is open, as deep as pages are made by people;
//! the text is gathered in blocks and chosen from in [`body`], and what the page says
//! of itself stands in [`meta`].

mod body;
mod element;
mod entities;
mod meta;
mod scan;

/// What could be taken from a page.
#[derive(Default, Debug)]
pub(crate) struct Page {
    /// Paragraphs, a line each.
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    /// Its language, as the page says.
    pub language: Option<String>,
    /// The address that it gives for its own.
    pub canonical: Option<String>,
}

/// Reads a page or a piece of one.
pub(crate) fn read(html: &str) -> Page {
    let mut scan = scan::Scan::new();
    scan.read(html);
    let (body, mut meta) = scan.finish();
    let title = meta.title();
    let article = body.article(title.as_deref(), meta.window());
    let text = match meta.take_body() {
        // A page that a program fills in holds its text in its data only.
        Some(data) if data.len() > article.text.len() * 2 => data,
        _ => article.text,
    };
    Page {
        text: entities::decoded(text),
        title: article.title.or(title).map(entities::decoded),
        published: meta.published().or(article.date),
        outlet: meta.outlet().map(entities::decoded),
        author: meta.author().map(entities::decoded),
        language: meta.language(),
        canonical: meta.canonical(),
    }
}

/// Whether a text is written with the tags of HTML paragraphs.
pub(crate) fn is_marked_up(text: &str) -> bool {
    const TAGS: [&str; 18] = [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "td",
        "tr",
        "html",
        "body",
        "article",
        "section",
        "blockquote",
        "figure",
    ];
    text.split('<').skip(1).any(|rest| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let end = rest
            .bytes()
            .take(11)
            .position(|b| !b.is_ascii_alphanumeric());
        let Some(end) = end else { return false };
        let tag = &rest.as_bytes()[..end];
        let closed = rest.as_bytes()[end..]
            .iter()
            .take(LONGEST_TAG)
            .any(|b| *b == b'>');
        closed && TAGS.iter().any(|t| t.as_bytes().eq_ignore_ascii_case(tag))
    })
}

/// How far the end of a tag is looked for, in bytes.
const LONGEST_TAG: usize = 2000;
