//! Compiles `lexicon/abbreviations.tsv` into sorted arrays of folded words.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use rawi_lexicon::Table;

fn main() -> Result<(), Box<dyn Error>> {
    let path = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/abbreviations.tsv");
    println!("cargo:rerun-if-changed={}", path.display());
    let table = Table::read(&path, &["word", "kind"])?;
    let mut out = String::new();
    for (kind, name) in [("short", "SHORT_FORMS"), ("letter", "LETTER_NAMES")] {
        // The words are written folded: this crate's own folding is not built
        // yet.
        let of_kind = table.rows().iter().filter(|row| row.get("kind") == kind);
        let mut words: Vec<&str> = of_kind.map(|row| row.get("word")).collect();
        words.sort_unstable();
        out += &format!("/// Folded and sorted.\nstatic {name}: &[&str] = &{words:?};\n");
    }
    if let Some(row) = table
        .rows()
        .iter()
        .find(|row| !matches!(row.get("kind"), "short" | "letter"))
    {
        return Err(format!("{}:{}: kind is short or letter", path.display(), row.line()).into());
    }
    fs::write(
        Path::new(&env::var("OUT_DIR")?).join("abbreviations.rs"),
        out,
    )?;
    Ok(())
}
