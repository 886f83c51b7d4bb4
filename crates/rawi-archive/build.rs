//! Compiles the words of the query language into a static list.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use rawi_lexicon::Table;

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
    let path = lexicon.join("query_words.tsv");
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=build.rs");
    let table = Table::read_facts(&path, &["word", "part", "means"], &[])?;
    let mut code = String::from("static WORDS: &[(&str, &str, &str)] = &[\n");
    for row in table.rows() {
        let (word, part, means) = (row.get("word"), row.get("part"), row.get("means"));
        writeln!(code, "    ({word:?}, {part:?}, {means:?}),")?;
    }
    code.push_str("];\n");
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("query_words.rs"),
        code,
    )?;
    Ok(())
}
