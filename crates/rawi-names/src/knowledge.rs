//! Well-known people, organizations and outlets: facts for linking.
//!
//! A fact never makes a mention. It says who a name that stands in a text is,
//! and that two names which share no word may be one (`ترمب`, `ترامب`; `الناتو`,
//! `حلف شمال الأطلسي`).

use rawi_words::{COUNTRIES, Country, KNOWN, lexicon};
pub use rawi_words::{Known, KnownKind};

use crate::Kind;

/// Who goes by a folded name: a full name, one that stands for nobody else, or one
/// behind a noun that says what it is (`حزب النهضة`), where one body alone fits.
/// `kind` is what the text shows the name to be.
pub fn known(folded: &str, kind: Kind) -> Option<&'static Known> {
    let lexicon = lexicon();
    let alone = lexicon
        .known(lexicon.find_phrase(folded))
        .find(|k| fits(k, kind));
    alone.or_else(|| {
        let (head, name) = folded.split_once(' ')?;
        let key = lexicon.find_phrase(name);
        let mut behind = lexicon.known_behind(lexicon.find(head), key);
        let only = behind.next().filter(|k| fits(k, kind))?;
        behind.next().is_none().then_some(only)
    })
}

/// The bodies whose short name a folded name is, where it is a common word or others
/// bear it too, and the people whose name others bear: one of them is meant only if the
/// article says so, by the full name of the body, by the person's title or country.
pub fn known_short(folded: &str, kind: Kind) -> impl Iterator<Item = &'static Known> {
    let key = lexicon().find_phrase(folded);
    lexicon().known_short(key).filter(move |k| fits(k, kind))
}

/// Whether what the text shows a name to be agrees with who may bear it.
fn fits(known: &Known, kind: Kind) -> bool {
    match known.kind {
        KnownKind::Person => matches!(kind, Kind::Person | Kind::Other),
        KnownKind::Organization => {
            matches!(kind, Kind::Body | Kind::Group | Kind::Other | Kind::Place)
        }
        KnownKind::Outlet => matches!(kind, Kind::Outlet | Kind::Body),
    }
}

/// The country that a name (in any usual spelling) is the name of; none for its
/// capital or people.
pub fn country(name: &str) -> Option<&'static Country> {
    lexicon().country_named(&rawi_text::fold(name))
}

/// Whether the tables have somebody of this Wikidata id and English name, or a
/// country of that name; always where neither is given.
pub fn facts_of(wikidata: Option<&str>, name_en: Option<&str>) -> bool {
    let Some(name_en) = name_en else {
        return wikidata.is_none();
    };
    let known = |k: &Known| k.name_en == name_en && k.wikidata == wikidata.unwrap_or_default();
    KNOWN.iter().any(known) || wikidata.is_none() && COUNTRIES.iter().any(|c| c.name_en == name_en)
}

/// How many entities the tables hold.
pub fn count() -> usize {
    KNOWN.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rawi_text::fold;

    fn english(name: &str, kind: Kind) -> Option<&'static str> {
        known(&fold(name), kind).map(|k| k.name_en)
    }

    #[test]
    fn spellings_lead_to_one_entity() {
        assert_eq!(english("دونالد ترامب", Kind::Person), Some("Donald Trump"));
        assert_eq!(english("ترمب", Kind::Person), Some("Donald Trump"));
        assert_eq!(
            english("نتانياهو", Kind::Person),
            english("نتنياهو", Kind::Person)
        );
        assert_eq!(english("الناتو", Kind::Body), Some("NATO"));
        assert_eq!(english("سامر الكيلاني", Kind::Person), None);
        // A short name that is a word stands for nobody alone.
        assert_eq!(english("النهضة", Kind::Body), None);
        assert_eq!(known_short(&fold("النهضة"), Kind::Body).count(), 2);
        assert_eq!(english("حزب النهضة", Kind::Body), Some("Ennahda"));
        assert_eq!(english("الهلال", Kind::Body), None);
        assert_eq!(english("نادي الهلال", Kind::Body), None);
        assert_eq!(english("نادي الوداد", Kind::Body), Some("Wydad AC"));
        // A body by the name of a person is another thing.
        assert_eq!(english("ترامب", Kind::Body), None);
    }

    #[test]
    fn a_name_of_many_needs_a_sign() {
        assert_eq!(english("محمد مصطفى", Kind::Person), None);
        let name = fold("محمد مصطفى");
        let mut people = known_short(&name, Kind::Person);
        assert_eq!(people.next().map(|k| k.name_en), Some("Mohammad Mustafa"));
        assert_eq!(people.next(), None);
    }
}
