//! From the fields of a record to an article, whatever form they came in.

use rawi::Article;
use rawi_time::{Date, DateOrder};

use crate::html;
use crate::inputs::{Format, Options, Record};
use crate::problem::{Place, Problem};
use crate::remarks::{Kind, Remarks};

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
}

impl Draft {
    /// Makes the article, with remarks on what could not be used. `fallback` is
    /// its id if it has none; `bytes` its size in the input.
    pub fn finish(
        mut self,
        fallback: impl FnOnce() -> String,
        place: Place,
        bytes: u64,
        options: &Options,
        remarks: &mut Remarks,
    ) -> Result<Record, Problem> {
        let text = match self.take_text(&place, options, remarks) {
            Ok(text) => text,
            Err(problem) => return Err(Problem::new(place, problem)),
        };
        if !is_arabic(&text) {
            remarks.add(
                Kind::NotArabic,
                &place,
                "hardly any Arabic letters; read, but nothing sensible can come of it",
            );
        }
        let published = match filled(self.published) {
            Some(date) => day(&date, &place, remarks),
            None => options.published.clone(),
        };
        let id = filled(self.id)
            .or(filled(self.url))
            .unwrap_or_else(fallback);
        remarks.id(&id, &place);
        Ok(Record::Article {
            article: Article {
                id,
                text,
                title: filled(self.title),
                published,
                outlet: filled(self.outlet),
            },
            place,
            bytes,
        })
    }

    /// The text; if there is none but HTML, or if it is HTML itself, what a
    /// reader of the page sees of the article.
    fn take_text(
        &mut self,
        place: &Place,
        options: &Options,
        remarks: &mut Remarks,
    ) -> Result<String, &'static str> {
        let text = filled(self.text.take());
        let html = filled(self.html.take());
        let page = match (text, html) {
            (Some(text), _) if options.format == Format::Text || !html::is_marked_up(&text) => {
                return Ok(text);
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
        let page = html::read(&page);
        self.title = self.title.take().or(page.title);
        self.published = self.published.take().or(page.published);
        self.outlet = self.outlet.take().or(page.outlet);
        if page.text.is_empty() {
            return Err("the HTML holds no text");
        }
        Ok(page.text)
    }
}

/// The ISO day of a date. Without one there is no date at all: to put another in
/// its place would be worse than none.
fn day(date: &str, place: &Place, remarks: &mut Remarks) -> Option<String> {
    match Date::read(date) {
        Ok((day, order)) => {
            if order != DateOrder::Certain {
                remarks.add(
                    Kind::DateOrder,
                    place,
                    &format!("date {date:?} is {order}, as {day}; so are others like it"),
                );
            }
            Some(day.to_string())
        }
        Err(why) => {
            let text = format!("date {date:?}: {why}; read without a date");
            remarks.add(Kind::Date, place, &text);
            None
        }
    }
}

/// Whether at least a fifth of the letters are of the Arabic script.
fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut other) = (0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}' => arabic += 1,
            _ if c.is_ascii() => other += usize::from(c.is_ascii_alphabetic()),
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' => {
                arabic += usize::from(c.is_alphabetic());
            }
            _ => other += usize::from(c.is_alphabetic()),
        }
    }
    arabic > 0 && arabic * 4 >= other
}

fn filled(value: Option<String>) -> Option<String> {
    value.filter(|s| !s.trim().is_empty())
}
