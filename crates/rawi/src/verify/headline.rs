//! What a headline says, against the title.

use super::{Check, Verified, VerifyError, off};
use crate::assemble::hash;
use crate::reading::{Entity, Headline};
use crate::{Article, headline};

/// Checks a headline like a text of its own; `entities` are those of the article's
/// text.
pub(super) fn check(
    headline: &Headline<'_>,
    article: &Article,
    entities: &[Entity<'_>],
) -> Result<Verified, VerifyError> {
    let Some(title) = &article.title else {
        return off(
            "headline",
            "stands there, but the article has no title".into(),
        );
    };
    let sha = hash(title);
    if headline.text_sha256 != sha {
        return off(
            "headline.text_sha256",
            format!("is {}, but the title's hash is {sha}", headline.text_sha256),
        );
    }
    let inside = |e: VerifyError| VerifyError {
        field: format!("headline.{}", e.field),
        ..e
    };
    let Some(alone) = headline::by_itself(headline) else {
        return off("headline", "has ids without an h in front".into());
    };
    let Headline {
        text_sha256: _,
        statements,
        events,
        entities: named,
        times,
    } = &alone;
    let mut done = Check::all(title, statements, events, named, times).map_err(inside)?;
    for entity in &headline.entities {
        let Some(same) = &entity.same_as else {
            continue;
        };
        done.references += 1;
        if !entities.iter().any(|e| e.id == *same) {
            let field = format!("headline.entities[{}].same_as", entity.id);
            return off(&field, format!("refers to {same}, which is not there"));
        }
    }
    Ok(done)
}
