//! Compiles `lexicon/abbreviations.tsv` into a sorted array of folded words.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use rawi_lexicon::Table;

fn main() -> Result<(), Box<dyn Error>> {
    let path = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/abbreviations.tsv");
    println!("cargo:rerun-if-changed={}", path.display());
    let table = Table::read(&path, &["word"])?;
    // The words are written folded: this crate's own folding is not built yet.
    let mut words: Vec<&str> = table.rows().iter().map(|row| row.get("word")).collect();
    words.sort_unstable();
    let out = format!("static ABBREVIATIONS: &[&str] = &{words:?};\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("abbreviations.rs"), out)?;
    Ok(())
}
