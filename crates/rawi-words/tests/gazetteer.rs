//! A name that somebody adds to the gazetteer is known after the next build.
#![allow(clippy::unwrap_used)] // a test may panic

use rawi_lexicon::Table;
use rawi_model::Records;
use rawi_morph::{Morphology, Tagged};
use rawi_text::{Layout, SourceText};
use rawi_words::{Listed, lexicon};

#[allow(dead_code)] // only the names of one table are asked
#[path = "../build/gazetteer.rs"]
mod gazetteer;
#[allow(dead_code)] // the tables of the repository are not read
#[path = "../build/tables.rs"]
mod tables;
mod listed {
    pub use rawi_words::{LONGEST_PHRASE, Listed, phrase_key};
}

/// What a list has a name for, as it stands in a text.
fn kinds(records: &Records<'_>, name: &str) -> Option<u32> {
    let morphology = Morphology::embedded().unwrap();
    let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
    layout.analyze(&SourceText::new(name).unwrap());
    tagged.fill(&morphology, &layout);
    records.at(listed::phrase_key(&tagged.seen))
}

#[test]
fn an_added_name_is_known() {
    let text = "word\tkind\tcountry\nقنبرحس المريخي\tperson\t-\nالدلفين الأزرق\tclub|company\tEGY\n";
    let table = Table::parse("t.tsv", text, &["word", "kind"], &["country", "gender"]).unwrap();
    let morphology = Morphology::embedded().unwrap();
    let mut names = gazetteer::Names::new(&morphology);
    names.list("t.tsv", &table).unwrap();
    let bytes = names.finish();
    let records = Records::open(&bytes).unwrap();
    for (name, found) in [
        ("قنبرحس المريخي", Some(Listed::Person.bit())),
        ("قنبرحس", Some(Listed::Given.bit())),
        ("المريخي", Some(Listed::Family.bit())),
        (
            "الدلفين الأزرق",
            Some(Listed::Club.bit() | Listed::Company.bit()),
        ),
        ("طاولة", None),
    ] {
        assert_eq!(kinds(&records, name), found, "{name}");
    }
}

#[test]
fn a_bad_row_is_told_with_its_line() {
    let morphology = Morphology::embedded().unwrap();
    for (row, message) in [
        ("أ\tclubs\t-\t-", "t.tsv:2: no such kind: clubs"),
        ("أ\tclub\tEG\t-", "t.tsv:2: country"),
        ("أ\tperson\t-\tw", "t.tsv:2: gender"),
    ] {
        let text = format!("word\tkind\tcountry\tgender\n{row}\n");
        let table = Table::parse("t.tsv", &text, &["word", "kind"], &["country", "gender"]);
        let error = gazetteer::Names::new(&morphology)
            .list("t.tsv", &table.unwrap())
            .unwrap_err();
        assert!(error.to_string().starts_with(message), "{error}");
    }
}

#[test]
fn names_are_found_behind_clitics_and_by_their_last_part() {
    let found = |name, kind: Listed| {
        kinds(&lexicon().listed(), name).is_some_and(|kinds| kinds & kind.bit() != 0)
    };
    assert!(found("والترجي", Listed::Club));
    assert!(found("ميركل", Listed::Family));
    assert!(found("مانشستر يونايتد", Listed::Club));
    assert_eq!(kinds(&lexicon().listed(), "طاولة"), None);
}
