//! From the fields of a record to an article, whatever form they came in.

use rawi::Article;

use crate::about::{About, DateOrigin};
use crate::dates::Dates;
use crate::fields::Role;
use crate::inputs::{Format, Options};
use crate::language::Language;
use crate::problem::Place;
use crate::remarks::{Kind, Remarks};
use crate::{html, moment};

/// What a record holds of an article.
#[derive(Default, Debug)]
pub(crate) struct Draft {
    pub id: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
    pub language: Option<String>,
    pub fetched: Option<String>,
    /// What counts where neither the record nor its page says anything.
    pub hints: Hints,
}

/// What is said of a page by what led to it.
#[derive(Default, Debug)]
pub(crate) struct Hints {
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    /// The server's `Last-Modified`.
    pub modified: Option<String>,
}

impl Draft {
    /// What the cells of a row hold, each by its role.
    pub fn of_cells(mut cell: impl FnMut(Role) -> Option<String>) -> Self {
        Draft {
            id: cell(Role::Id),
            text: cell(Role::Text),
            html: cell(Role::Html),
            title: cell(Role::Title),
            published: cell(Role::Published),
            outlet: cell(Role::Outlet),
            url: cell(Role::Url),
            author: cell(Role::Author),
            language: cell(Role::Language),
            fetched: cell(Role::Fetched),
            ..Draft::default()
        }
    }

    /// What names the article: its id, or else its address.
    pub fn id(&self) -> Option<String> {
        let filled = |value: &Option<String>| filled(value.clone());
        filled(&self.id).or_else(|| filled(&self.url))
    }

    /// Makes the article of this id, with remarks on what could not be used.
    ///
    /// # Errors
    ///
    /// If there is no text.
    pub fn finish(
        mut self,
        id: String,
        place: &Place,
        options: &Options,
        remarks: &mut Remarks,
    ) -> Result<(Article, Box<About>), &'static str> {
        let (text, page) = self.take_text(place, options, remarks)?;
        let extracted = page.is_some();
        let page = page.unwrap_or_default();
        let written = Language::of(&text);
        match written {
            Language::Arabic => {}
            Language::Other => remarks.add(
                Kind::NotArabic,
                place,
                "hardly any Arabic letters; read, but nothing sensible can come of it",
            ),
            other => remarks.add(
                Kind::NotArabic,
                place,
                &format!("is {other}, not Arabic; read, but nothing sensible can come of it"),
            ),
        }
        let hints = self.hints;
        let url = filled(self.url);
        let fetched = filled(self.fetched).and_then(|time| moment::read(&time));
        let dates = Dates {
            named: [
                (DateOrigin::Field, filled(self.published)),
                (DateOrigin::Page, filled(page.published)),
                (DateOrigin::Feed, filled(hints.published)),
            ],
            addresses: [url.as_deref(), page.canonical.as_deref()],
            fetched: fetched.as_deref(),
            given: options.published.as_deref(),
            modified: filled(hints.modified),
        };
        let (published, dated) = dates.find(place, remarks);
        remarks.id(&id, place);
        let article = Article {
            id,
            text,
            title: filled(self.title).or(page.title).or(filled(hints.title)),
            published,
            outlet: filled(self.outlet).or(page.outlet).or(filled(hints.outlet)),
        };
        let about = About {
            url,
            canonical: page.canonical,
            author: filled(self.author).or(page.author).or(filled(hints.author)),
            language: filled(self.language).or(page.language),
            written,
            extracted,
            fetched,
            dated,
        };
        Ok((article, Box::new(about)))
    }

    /// The text; if there is none but HTML, or if it is HTML itself, what a
    /// reader of the page sees of the article, with what the page says of itself.
    fn take_text(
        &mut self,
        place: &Place,
        options: &Options,
        remarks: &mut Remarks,
    ) -> Result<(String, Option<html::Page>), &'static str> {
        let text = filled(self.text.take());
        let html = filled(self.html.take());
        let page = match (text, html) {
            (Some(text), _) if options.format == Format::Text || !html::is_marked_up(&text) => {
                return Ok((text, None));
            }
            (Some(text), _) => {
                remarks.add(
                    Kind::MarkedUp,
                    place,
                    "the text is HTML; read without its marks, offsets count in what `rawi articles` prints",
                );
                text
            }
            (None, Some(html)) => html,
            (None, None) => return Err("`text` is empty"),
        };
        let mut page = html::read(&page);
        if page.text.is_empty() {
            return Err("the HTML holds no text");
        }
        Ok((std::mem::take(&mut page.text), Some(page)))
    }
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|s| !s.trim().is_empty())
}
