//! What a reading says of its article, and of the program that made it.

use rawi_text::{Layout, SourceText};
use rawi_time::Date;

use super::{VerifyError, off};
use crate::Article;
use crate::reading::PublishedFrom;

/// That a reading is of this article, and of this program.
pub(super) fn itself(
    id: &str,
    outlet: Option<&str>,
    engine: &str,
    article: &Article,
) -> Result<(), VerifyError> {
    if id != article.id {
        return off(
            "id",
            format!("is {id:?}, but the article's is {:?}", article.id),
        );
    }
    if outlet != article.outlet.as_deref() {
        return off(
            "outlet",
            format!("is {outlet:?}, but the article's is {:?}", article.outlet),
        );
    }
    if !engine.starts_with("rawi ") {
        return off("engine", format!("{engine:?} names no version of rawi"));
    }
    Ok(())
}

/// That the day of publication is the article's: as given with it, or as its
/// text says. For an article without one any day may have been given when it
/// was read.
pub(super) fn published(
    mine: Option<Date>,
    from: Option<PublishedFrom>,
    article: &Article,
) -> Result<(), VerifyError> {
    let given = article.published.as_deref();
    let theirs = match (given, from) {
        (Some(_), Some(_)) => {
            return off("published_from", "but the day was given".to_owned());
        }
        (Some(given), None) => Date::read(given).ok().map(|(day, _)| day),
        (None, Some(PublishedFrom::Text)) => dateline(&article.text),
        (None, None) => mine,
    };
    let name = |day: Option<Date>| day.map_or("missing".to_owned(), |day| day.to_string());
    if mine != theirs || from.is_some() && mine.is_none() {
        let (mine, theirs) = (name(mine), name(theirs));
        return off(
            "published",
            format!("is {mine}, but the article's is {theirs}"),
        );
    }
    Ok(())
}

/// The day of a text's own date line.
fn dateline(text: &str) -> Option<Date> {
    let source = SourceText::new(text).ok()?;
    let mut layout = Layout::new();
    layout.analyze(&source);
    rawi_time::dateline(&source, &layout)
}
