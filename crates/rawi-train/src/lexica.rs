//! What lexica know of written forms: word classes and lemmas.
//!
//! The lexica give stems; every form that inflection makes of them is written
//! out. That makes too many, but a form that news never has does no harm.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use rawi_lexicon::Table;
use rawi_model::Facts;
use rawi_morph::entry::class;
use rawi_text::fold;
use serde::Deserialize;

use crate::lemmas;

/// Knowledge of forms, by folded spelling.
#[derive(Default)]
pub struct Lexica {
    /// Word classes.
    pub classes: BTreeMap<String, u8>,
    /// Lemmas by form and class, with how much a reading is worth.
    pub lemmas: BTreeMap<(String, u8), (u8, String)>,
    /// Verbs by their participles and verbal nouns.
    pub derived: BTreeMap<String, String>,
}

/// Buckwalter letters of the lexica in Arabic; vowels and marks are dropped.
fn arabic(buckwalter: &str) -> String {
    const LETTERS: &str =
        "'ء|آ>أ&ؤ<إ}ئAابbةpتtثvجjحHخxدdذ*رrزzسsش$صSضDطTظZعEغgفfقqكkلlمmنnهhوwىYيy{ا";
    let letters: Vec<char> = LETTERS.chars().collect();
    buckwalter
        .chars()
        .filter_map(|c| {
            letters.chunks(2).find_map(|pair| match pair {
                [a, b] if *a == c && !is_arabic(*a) => Some(*b),
                [a, b] if *b == c && is_arabic(*a) => Some(*a),
                _ => None,
            })
        })
        .collect()
}

fn is_arabic(c: char) -> bool {
    ('\u{600}'..='\u{6ff}').contains(&c)
}

/// Without diacritics, hamzas kept: how a lemma is shown.
fn plain(vocalized: &str) -> String {
    vocalized
        .chars()
        .filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{670}' | 'ـ'))
        .map(|c| if c == 'ٱ' { 'ا' } else { c })
        .collect()
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "LEMMA")]
    lemma: String,
    #[serde(rename = "FORM")]
    form: String,
    #[serde(rename = "COND-T", default)]
    before: String,
    #[serde(rename = "COND-S", default)]
    kind: String,
    #[serde(rename = "ROOT", default)]
    root: String,
    #[serde(rename = "PATTERN_LEMMA", default)]
    pattern: String,
}

#[derive(Deserialize)]
struct LemmaRow {
    #[serde(rename = "LEMMA_ARA")]
    lemma: String,
    #[serde(rename = "POS")]
    pos: String,
}

fn rows<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>> {
    let at = || format!("cannot read {}", path.display());
    csv::Reader::from_path(path)
        .with_context(at)?
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(at)
}

impl Lexica {
    /// Reads the CAMeL lexica under `data` and rawi's own tables under `own`.
    pub fn read(data: &Path, own: &Path) -> Result<Self> {
        let mut all = Self::default();
        let camel = data.join("lex-camel-morph-msa");
        for row in rows::<Row>(&camel.join("MSA-Verb-LEX-PV.csv"))? {
            all.perfect(&row);
            let root: String = row
                .root
                .split('.')
                .map(arabic)
                .collect::<Vec<_>>()
                .join(".");
            for form in lemmas::derived(&root, &row.pattern) {
                all.derived
                    .entry(form)
                    .or_insert_with(|| arabic(&row.lemma));
            }
        }
        for row in rows::<Row>(&camel.join("MSA-Verb-LEX-IV.csv"))? {
            all.imperfect(&row);
        }
        for file in ["MSA-Adj-LEX.csv", "MSA-Adj-Comp-LEX.csv"] {
            for row in rows::<Row>(&camel.join(file))? {
                let lemma = arabic(&row.lemma);
                all.nominal(&arabic(&row.form), &lemma, class::ADJECTIVE);
            }
        }
        for row in rows::<Row>(&camel.join("MSA-Noun-Num-LEX.csv"))? {
            all.add(&arabic(&row.form), class::NUMBER, 2, &arabic(&row.lemma));
        }
        for row in rows::<Row>(&camel.join("MSA-Other-LEX.csv"))? {
            all.add(&arabic(&row.form), class::FUNCTION, 2, &arabic(&row.lemma));
        }
        for row in rows::<LemmaRow>(&data.join("lex-camel-lemmas/lemmas.csv"))? {
            let lemma = plain(&row.lemma);
            let known = lemma.chars().all(is_arabic);
            match row.pos.as_str() {
                "NOUN" if known => all.nominal(&lemma, &lemma, class::NOUN),
                "ADJ" if known => all.nominal(&lemma, &lemma, class::ADJECTIVE),
                _ => {}
            }
        }
        let names = camel.join("proper_nouns.tsv");
        let names = std::fs::read_to_string(&names)
            .with_context(|| format!("cannot read {}", names.display()))?;
        for name in names.lines().filter_map(|l| l.split('\t').next()) {
            all.add(&plain(name), class::PROPER, 1, &plain(name));
        }
        all.own(own)?;
        Ok(all)
    }

    /// What rawi's own tables tell the model of words, hashed.
    pub fn facts(own: &Path) -> Result<u64> {
        let mut all = Self::default();
        all.own(own)?;
        let mut facts = Facts::default();
        for (form, classes) in &all.classes {
            facts.add(form, classes);
        }
        Ok(facts.hash())
    }

    /// Rawi's own tables: names, function words, numbers.
    fn own(&mut self, own: &Path) -> Result<()> {
        for (file, forms, bit) in [
            ("given_names.tsv", false, class::PROPER),
            ("countries.tsv", false, class::PROPER),
            ("function_words.tsv", false, class::FUNCTION),
            ("number_words.tsv", true, class::NUMBER),
        ] {
            let path = own.join(file);
            let text = std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            let header = text
                .lines()
                .find(|l| !l.starts_with('#'))
                .unwrap_or_default();
            let columns: Vec<&str> = header.split('\t').collect();
            let table =
                Table::read(&path, &columns, &["forms"]).map_err(|e| anyhow::anyhow!("{e}"))?;
            for row in table.rows() {
                // Of a country only the usual name counts.
                let forms = if forms { usize::MAX } else { 1 };
                for form in row.words().take(forms).filter(|f| !f.contains(' ')) {
                    self.add(form, bit, 1, form);
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, form: &str, bit: u8, worth: u8, lemma: &str) {
        let form = fold(form);
        if form.chars().count() < 2 {
            return;
        }
        *self.classes.entry(form.clone()).or_default() |= bit;
        let verb = bit & (class::PERFECT | class::IMPERFECT) != 0;
        let group = if verb { class::PERFECT } else { class::NOUN };
        let reading = (worth, lemma.to_owned());
        self.lemmas
            .entry((form, group))
            .and_modify(|known| {
                if reading.0 > known.0 || reading.0 == known.0 && reading.1.len() < known.1.len() {
                    *known = reading.clone();
                }
            })
            .or_insert(reading);
    }

    fn perfect(&mut self, row: &Row) {
        let (stem, lemma) = (arabic(&row.form), arabic(&row.lemma));
        let endings: &[&str] = match (row.before.as_str(), row.kind.contains('#')) {
            (_, true) if lemma.ends_with('ا') => &["ا", "ت", "وا", "وت", "ونا", "تا", "و"],
            (_, true) => &["ى", "ت", "وا", "يت", "ينا", "يا", "تا", "و"],
            ("v-suff", _) => &["", "ت", "وا", "ا", "تا", "و"],
            ("c-suff", _) => &["ت", "نا", "ن"],
            _ => &["", "ت", "وا", "ا", "تا", "نا", "ن", "و"],
        };
        for (i, ending) in endings.iter().enumerate() {
            let worth = if i == 0 { 9 } else { 8 - i.min(6) as u8 };
            self.add(&format!("{stem}{ending}"), class::PERFECT, worth, &lemma);
        }
    }

    fn imperfect(&mut self, row: &Row) {
        let (stem, lemma) = (arabic(&row.form), arabic(&row.lemma));
        let weak = row.kind.split(' ').find(|k| k.starts_with("#-"));
        let endings: &[&str] = match weak {
            Some("#-iy") => &["ي", "", "ون", "وا", "يان", "ين", "و"],
            Some("#-uw") => &["و", "", "ون", "وا", "وان", "ين"],
            Some(_) => &["ى", "", "ون", "وا", "يان", "ين", "ا", "و"],
            None => &["", "ون", "وا", "ان", "ن", "ين", "ا", "و"],
        };
        for prefix in ["ي", "ت", "ن", "أ"] {
            for (i, ending) in endings.iter().enumerate() {
                let worth = if i == 0 { 7 } else { 6 - i.min(5) as u8 };
                self.add(
                    &format!("{prefix}{stem}{ending}"),
                    class::IMPERFECT,
                    worth,
                    &lemma,
                );
            }
        }
    }

    /// A noun or adjective with its regular endings.
    fn nominal(&mut self, form: &str, lemma: &str, bit: u8) {
        self.add(form, bit, 9, lemma);
        if let Some(base) = form.strip_suffix('ة') {
            for ending in ["ات", "ت", "تان", "تين"] {
                self.add(&format!("{base}{ending}"), bit, 7, lemma);
            }
            return;
        }
        let endings: &[&str] = if bit == class::ADJECTIVE {
            &["ة", "ات", "ون", "ين", "ان", "ا", "تان", "تين"]
        } else {
            &["ات", "ون", "ين", "ان", "ا", "ة"]
        };
        for ending in endings {
            self.add(&format!("{form}{ending}"), bit, 5, lemma);
        }
    }
}
