//! Compiles the tables that an archive asks by themselves into static lists.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use rawi_lexicon::Table;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    query_words()?;
    agencies()?;
    quotation_words()?;
    body_heads()?;
    Ok(())
}

/// The words of the query language.
fn query_words() -> Result<(), Box<dyn Error>> {
    let table = Table::read_facts(&table("query_words.tsv")?, &["word", "part", "means"], &[])?;
    let mut code = String::from("static WORDS: &[(&str, &str, &str)] = &[\n");
    for row in table.rows() {
        let (word, part, means) = (row.get("word"), row.get("part"), row.get("means"));
        writeln!(code, "    ({word:?}, {part:?}, {means:?}),")?;
    }
    code.push_str("];\n");
    write("query_words.rs", &code)
}

/// The names of news agencies: each spelling with the usual name.
fn agencies() -> Result<(), Box<dyn Error>> {
    let columns = ["word", "forms", "kind", "country", "name_en"];
    let table = Table::read(&table("outlets.tsv")?, &columns, &[])?;
    let mut code = String::from("static AGENCIES: &[(&str, &str)] = &[\n");
    for row in table.rows() {
        if row.get("kind") != "agency" {
            continue;
        }
        let word = row.get("word");
        let forms = row.get("forms").split('|').filter(|form| *form != "-");
        for form in [word, row.get("name_en")].into_iter().chain(forms) {
            writeln!(code, "    ({form:?}, {word:?}),")?;
        }
    }
    code.push_str("];\n");
    write("agencies.rs", &code)
}

/// The words that matter where quotations are compared.
fn quotation_words() -> Result<(), Box<dyn Error>> {
    let path = table("quotation_words.tsv")?;
    let table = Table::read_facts(&path, &["word", "kind"], &[])?;
    let mut code = String::new();
    for (kind, list) in [
        ("negation", "NEGATIONS"),
        ("condition", "CONDITIONS"),
        ("percent", "PERCENT"),
        ("but", "BUT"),
    ] {
        let rows = table.rows().iter().filter(|row| row.get("kind") == kind);
        let words: Vec<&str> = rows.map(|row| row.get("word")).collect();
        writeln!(code, "static {list}: &[&str] = &{words:?};")?;
    }
    let known = |kind| matches!(kind, "negation" | "condition" | "percent" | "but");
    if let Some(row) = table.rows().iter().find(|row| !known(row.get("kind"))) {
        return Err(format!("{}:{}: there is no such kind", path.display(), row.line()).into());
    }
    let path = self::table("function_words.tsv")?;
    let table = Table::read(&path, &["word", "class"], &[])?;
    let words: Vec<&str> = table.rows().iter().map(|row| row.get("word")).collect();
    writeln!(code, "static SMALL: &[&str] = &{words:?};")?;
    write("quotation_words.rs", &code)
}

/// The words with which names of bodies begin, and whether every country has such a body.
fn body_heads() -> Result<(), Box<dyn Error>> {
    const OF_STATE: [&str; 3] = ["gov", "military", "judicial"];
    let columns = ["word", "plural", "keep", "kind"];
    let table = Table::read(&table("bodies.tsv")?, &columns, &[])?;
    let mut code = String::from("static BODY_HEADS: &[(&str, bool)] = &[\n");
    for row in table.rows().iter().filter(|row| row.get("keep") != "name") {
        let of_state = OF_STATE.contains(&row.get("kind"));
        let forms = [row.get("word"), row.get("plural")];
        for word in forms.into_iter().filter(|w| *w != "-" && !w.contains(' ')) {
            writeln!(code, "    ({word:?}, {of_state}),")?;
        }
    }
    code.push_str("];\n");
    write("body_heads.rs", &code)
}

fn table(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let lexicon = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
    let path = lexicon.join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(path)
}

fn write(name: &str, code: &str) -> Result<(), Box<dyn Error>> {
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join(name), code)?;
    Ok(())
}
