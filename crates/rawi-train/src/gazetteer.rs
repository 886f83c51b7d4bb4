//! The tables of names as evidence for the model of names.
//!
//! A row never makes a name: it says that somebody goes by it, and what that
//! is. Of persons' names the parts are kept too, because news calls a person by
//! the last of them.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use rawi_lexicon::Table;
use rawi_model::RecordsWriter;
use rawi_morph::tagger::{Seen, Shape};
use rawi_morph::{Cut, Morphology, Tagged};
use rawi_names::ner::{LONGEST_PHRASE, phrase_key};
use rawi_text::{Layout, SourceText};

/// What a name is listed as, one bit each.
#[derive(Clone, Copy)]
enum Listed {
    Place,
    Land,
    Club,
    Company,
    Body,
    Media,
    Person,
    Family,
    Given,
}

impl Listed {
    fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "place" => Listed::Place,
            "land" => Listed::Land,
            "club" => Listed::Club,
            "company" => Listed::Company,
            "body" => Listed::Body,
            "media" => Listed::Media,
            "person" => Listed::Person,
            "family" => Listed::Family,
            _ => return None,
        })
    }
}

/// The files of the gazetteer proper.
const FILES: [&str; 8] = [
    "bodies",
    "clubs",
    "companies",
    "families",
    "media",
    "people",
    "places",
    "players",
];

/// Other tables with names in the first column and in some others.
const OTHERS: &[(&str, &[&str], Listed)] = &[
    (
        "entities/people",
        &[
            "word", "forms", "solo", "name_en", "country", "sector", "wikidata", "roles",
        ],
        Listed::Person,
    ),
    (
        "entities/organizations",
        &[
            "word", "forms", "name_en", "kind", "country", "sector", "wikidata",
        ],
        Listed::Body,
    ),
    (
        "outlets",
        &["word", "forms", "kind", "country", "name_en"],
        Listed::Media,
    ),
    (
        "countries",
        &["word", "iso3", "forms", "capital", "demonyms", "name_en"],
        Listed::Place,
    ),
    ("given_names", &["word", "gender", "kind"], Listed::Given),
];

/// The table of all names that the lexicon lists, by the keys of their phrases.
pub fn table(morphology: &Morphology<'_>, lexicon: &Path) -> Result<Vec<u8>> {
    let mut keys = Keys {
        morphology,
        layout: Layout::new(),
        tagged: Tagged::default(),
        found: BTreeMap::new(),
    };
    for file in FILES {
        let path = lexicon.join(format!("gazetteer/{file}.tsv"));
        let table = Table::read(&path, &["place", "kind", "names"], &[])?;
        for row in table.rows() {
            let kind = Listed::of(row.get("kind"))
                .with_context(|| format!("{}, line {}: kind", path.display(), row.line()))?;
            for name in row.list("names", '|') {
                keys.add(name, kind)?;
            }
        }
    }
    for (file, columns, kind) in OTHERS {
        let table = Table::read(&lexicon.join(format!("{file}.tsv")), columns, &[])?;
        for row in table.rows() {
            keys.add(row.get(columns[0]), *kind)?;
            for (column, kind) in [
                ("forms", *kind),
                ("capital", *kind),
                ("solo", Listed::Family),
            ] {
                if columns.contains(&column) {
                    for name in row.list(column, '|') {
                        keys.add(name, kind)?;
                    }
                }
            }
        }
    }
    let mut table = RecordsWriter::default();
    for (key, kinds) in keys.found {
        table.insert_at(key, kinds);
    }
    Ok(table.finish())
}

struct Keys<'m> {
    morphology: &'m Morphology<'m>,
    layout: Layout,
    tagged: Tagged,
    found: BTreeMap<u64, u32>,
}

impl Keys<'_> {
    /// Adds a name, and the parts of a person's.
    fn add(&mut self, name: &str, kind: Listed) -> Result<()> {
        self.insert(name, kind)?;
        let Listed::Person = kind else {
            return Ok(());
        };
        match name.split_once(' ') {
            Some((given, family)) => {
                self.insert(given, Listed::Given)?;
                self.insert(family, Listed::Family)?;
                let last = family.rsplit(' ').next().unwrap_or(family);
                self.insert(last, Listed::Family)
            }
            None => self.insert(name, Listed::Family),
        }
    }

    fn insert(&mut self, name: &str, kind: Listed) -> Result<()> {
        let source = SourceText::new(name).context("a name that cannot be a text")?;
        self.layout.analyze(&source);
        self.tagged.fill(self.morphology, &self.layout);
        let cut = &self.tagged.seen;
        if cut.len() > LONGEST_PHRASE {
            return Ok(());
        }
        // Where the model cuts a letter off that belongs to the name, it may not
        // cut it off behind a conjunction.
        let segmenter = self.morphology.segmenter();
        let whole: Vec<Seen> = (0..cut.len())
            .map(|i| {
                let bare = Cut {
                    article: cut[i].cut.article,
                    ..Cut::default()
                };
                Seen::new(segmenter, self.layout.word(i), Shape::Word, Some(bare))
            })
            .collect();
        for key in [phrase_key(cut), phrase_key(&whole)] {
            *self.found.entry(key).or_default() |= 1 << kind as u32;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rawi_model::Records;

    /// What the tables of the repository say of a name.
    fn kinds(names: &[&str]) -> Vec<Option<u32>> {
        let morphology = Morphology::embedded().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon");
        let bytes = table(&morphology, &root).unwrap();
        let records = Records::open(&bytes).unwrap();
        let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
        names
            .iter()
            .map(|name| {
                layout.analyze(&SourceText::new(*name).unwrap());
                tagged.fill(&morphology, &layout);
                records.at(phrase_key(&tagged.seen))
            })
            .collect()
    }

    #[test]
    fn names_are_found_behind_clitics_and_by_their_last_part() {
        let bit = |kind: Listed| 1 << kind as u32;
        let found = kinds(&["والترجي", "ميركل", "مانشستر يونايتد", "طاولة"]);
        assert!(found[0].is_some_and(|k| k & bit(Listed::Club) != 0));
        assert!(found[1].is_some_and(|k| k & bit(Listed::Family) != 0));
        assert!(found[2].is_some_and(|k| k & bit(Listed::Club) != 0));
        assert_eq!(found[3], None);
    }
}
