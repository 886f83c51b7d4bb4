//! What a reading says of its article, and of the program that made it.

use rawi_time::Date;

use super::{VerifyError, off};
use crate::Article;

/// That a reading's head is that of its article. What the article does not say
/// may have been added when it was read.
pub(super) fn itself(
    id: &str,
    published: Option<&str>,
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
    match (published, article.published.as_deref()) {
        (mine, Some(theirs)) if mine != Some(theirs) => {
            let mine = mine.unwrap_or("missing");
            return off(
                "published",
                format!("is {mine}, but the article's is {theirs}"),
            );
        }
        (Some(day), _) if Date::parse(day).is_none() => {
            return off("published", format!("{day:?} is no day"));
        }
        _ => {}
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
