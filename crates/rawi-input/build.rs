//! Compiles the names of fields and the small words of languages into static lists.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use rawi_lexicon::Table;

/// Languages in the order of `Language::ALL` of src/language.rs.
const LANGUAGES: [&str; 5] = ["ar", "fa", "ur", "ckb", "ps"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    write("fields.rs", &fields(&table("input_fields.tsv", "field")?)?)?;
    write(
        "languages.rs",
        &languages(&table("written_languages.tsv", "language")?)?,
    )
}

/// A table of words, each with what it is of.
fn table(name: &str, of: &str) -> Result<Table, Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let path = folder.join("../../lexicon").join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(Table::read(&path, &["word", of], &[])?)
}

fn write(name: &str, code: &str) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join(name),
        code,
    )?)
}

fn fields(table: &Table) -> Result<String, Box<dyn Error>> {
    let mut fields: Vec<(&str, Vec<String>)> = Vec::new();
    for row in table.rows() {
        // Folded as `fold` of src/fields.rs does.
        let letters = row.get("word").chars().filter(|c| c.is_alphanumeric());
        let (field, name) = (row.get("field"), letters.collect());
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, names)) => names.push(name),
            None => fields.push((field, vec![name])),
        }
    }
    let mut code = String::from("static NAMES: &[(&str, &[&str])] = &[\n");
    for (field, names) in fields {
        writeln!(code, "    ({field:?}, &{names:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

/// The words in order, each with the number of its language.
fn languages(table: &Table) -> Result<String, Box<dyn Error>> {
    let mut words = Vec::new();
    for row in table.rows() {
        let (word, language) = (row.get("word"), row.get("language"));
        let Some(number) = LANGUAGES.iter().position(|l| *l == language) else {
            return Err(
                format!("written_languages.tsv: {word}: no such language: {language}").into(),
            );
        };
        words.push((word, number));
    }
    words.sort_unstable();
    if let Some(twice) = words.windows(2).find(|w| w[0].0 == w[1].0) {
        return Err(format!("written_languages.tsv: {} stands there twice", twice[0].0).into());
    }
    let count = words.len();
    let mut code = format!("static SMALL_WORDS: [(&str, usize); {count}] = [\n");
    for (word, number) in words {
        writeln!(code, "    ({word:?}, {number}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}
