//! Whether a name means somebody. In doubt it does not.

use rawi_text::fold;
use rusqlite::{Connection, params};

use super::report::Who;
use crate::{ArchiveError, entities};

/// A name as it is compared: its folded words without the article.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let bare = |word: &str| match word.strip_prefix("ال") {
        Some(rest) if rest.chars().nth(1).is_some() => rest.to_owned(),
        _ => word.to_owned(),
    };
    words.map(bare).collect()
}

/// Whether one of two names is a short or longer form of the other: all its words are the
/// other's, in their order, the last one (`البدري` of `سالم البدري`) among them. A given
/// name alone is nobody.
pub(super) fn is_form_of(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return false;
    }
    let mut rest = long.iter();
    let ordered = short.iter().all(|word| rest.any(|other| other == word));
    ordered && short.last() == long.last()
}

/// Whether a name is that of somebody, by any name that the archive has met them by.
pub(super) fn is(db: &Connection, name: &str, who: &Who) -> Result<bool, ArchiveError> {
    if who.unnamed {
        return Ok(parts(name) == parts(&who.name));
    }
    if is_form_of(name, &who.name) {
        return Ok(true);
    }
    let mut names = db.prepare_cached("SELECT folded FROM entity_name WHERE entity_id = ?1")?;
    for id in entities::group(db, who.id)? {
        for met in names.query_map(params![id], |row| row.get::<_, String>(0))? {
            if is_form_of(name, &met?) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_are_forms_of_long_ones() {
        let table = [
            ("سالم البدري", "البدري", true),
            ("سالم البدري", "سالم البدرى", true),
            ("وزير الري سالم البدري", "سالم البدري", true),
            ("سالم محمد البدري", "سالم البدري", true),
            ("سالم البدري", "ماجد البدري", false),
            ("سالم البدري", "سالم", false),
            ("سالم البدري", "البدري سالم", false),
            ("وزارة الري", "وزير الري", false),
            ("", "سالم البدري", false),
            ("…", "", false),
        ];
        for (a, b, same) in table {
            assert_eq!(is_form_of(a, b), same, "{a} {b}");
            assert_eq!(is_form_of(b, a), same, "{b} {a}");
        }
    }
}
