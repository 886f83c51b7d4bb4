//! What a headline says, against the title.

use super::{Check, Verified, VerifyError, off};
use crate::assemble::hash;
use crate::reading::{Entity, Headline};
use crate::{Article, headline};

/// Checks a headline like a text of its own; `entities` are those of the article's
/// text.
pub(super) fn check(
    headline: &Headline,
    article: &Article,
    entities: &[Entity],
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
    let Headline {
        text_sha256: _,
        statements,
        events,
        entities: named,
        times,
    } = &headline::by_itself(headline);
    let mut check = Check::new(title, statements, named).map_err(inside)?;
    check.entities(named).map_err(inside)?;
    check.statements(statements).map_err(inside)?;
    check.events(events).map_err(inside)?;
    check.times(times).map_err(inside)?;
    for entity in &headline.entities {
        let Some(same) = &entity.same_as else {
            continue;
        };
        check.done.references += 1;
        if !entities.iter().any(|e| e.id == *same) {
            let field = format!("headline.entities[{}].same_as", entity.id);
            return off(&field, format!("refers to {same}, which is not there"));
        }
    }
    Ok(check.done)
}
