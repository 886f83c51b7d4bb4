//! The lists of names: the gazetteer, and the names that other tables have.

use std::collections::BTreeMap;
use std::error::Error;

use rawi_lexicon::Table;
use rawi_model::RecordsWriter;
use rawi_morph::tagger::{Seen, Shape};
use rawi_morph::{Cut, Morphology, Tagged};
use rawi_text::{Layout, SourceText};

use crate::listed::{LONGEST_PHRASE, Listed, phrase_key};
use crate::tables::Tables;

/// The tables of the gazetteer proper.
const FILES: [&str; 8] = [
    "bodies",
    "clubs",
    "companies",
    "families",
    "given",
    "media",
    "people",
    "places",
];

/// Compiles the names of all tables into records by [`phrase_key`].
pub fn compile(tables: &Tables) -> Result<Vec<u8>, Box<dyn Error>> {
    let morphology = Morphology::embedded()?;
    let mut names = Names::new(&morphology);
    for file in FILES {
        let file = format!("gazetteer/{file}.tsv");
        names.list(&file, &tables.gazetteer(&file)?)?;
    }
    for (table, kind) in [
        (tables.people()?, Listed::Person),
        (tables.outlets()?, Listed::Media),
        (tables.countries()?, Listed::Place),
        (tables.given_names()?, Listed::Given),
    ] {
        for row in table.rows() {
            row.words().try_for_each(|name| names.add(name, kind))?;
        }
    }
    for row in tables.organizations()?.rows() {
        let kind = match row.get("kind") {
            "company" | "platform" => Listed::Company,
            "club" => Listed::Club,
            _ => Listed::Body,
        };
        row.words()
            .chain(row.list("short", '|'))
            .try_for_each(|name| names.add(name, kind))?;
    }
    for row in tables.people()?.rows() {
        row.list("solo", '|')
            .try_for_each(|name| names.add(name, Listed::Family))?;
    }
    for row in tables.countries()?.rows() {
        row.list("capital", '|')
            .try_for_each(|name| names.add(name, Listed::Place))?;
    }
    Ok(names.finish())
}

/// Names by their keys, with the bits of what each is listed as.
pub struct Names<'m> {
    morphology: &'m Morphology<'m>,
    layout: Layout,
    tagged: Tagged,
    found: BTreeMap<u64, u32>,
}

impl<'m> Names<'m> {
    /// No names yet.
    pub fn new(morphology: &'m Morphology<'m>) -> Self {
        Self {
            morphology,
            layout: Layout::new(),
            tagged: Tagged::default(),
            found: BTreeMap::new(),
        }
    }

    /// Adds the names of a table of the gazetteer; `file` is for messages.
    pub fn list(&mut self, file: &str, table: &Table) -> Result<(), Box<dyn Error>> {
        for row in table.rows() {
            let wrong = |what: &str| format!("{file}:{}: {what}", row.line());
            for kind in row.list("kind", '|') {
                let unknown = || wrong(&format!("no such kind: {kind}"));
                let kind = Listed::named(kind).ok_or_else(unknown)?;
                self.add(row.get("word"), kind)?;
            }
            if row
                .list("country", '|')
                .any(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase()))
            {
                return Err(wrong("country is no ISO 3166-1 alpha-3 code").into());
            }
            if !matches!(row.get("gender"), "-" | "m" | "f") {
                return Err(wrong("gender is m or f").into());
            }
        }
        Ok(())
    }

    /// Adds a name. News calls a person by the last part of the name, so the parts of
    /// a person's name are kept too.
    pub fn add(&mut self, name: &str, kind: Listed) -> Result<(), Box<dyn Error>> {
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

    fn insert(&mut self, name: &str, kind: Listed) -> Result<(), Box<dyn Error>> {
        let source = SourceText::new(name)?;
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
            *self.found.entry(key).or_default() |= kind.bit();
        }
        Ok(())
    }

    /// The records.
    pub fn finish(self) -> Vec<u8> {
        let mut records = RecordsWriter::default();
        for (key, kinds) in self.found {
            records.insert_at(key, kinds);
        }
        records.finish()
    }
}
