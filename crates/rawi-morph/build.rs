//! Compiles the table of verb forms whose spelling misleads.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use rawi_lexicon::Table;
use rawi_text::fold;

fn main() -> Result<(), Box<dyn Error>> {
    let path = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/verb_forms.tsv");
    println!("cargo::rerun-if-changed={}", path.display());
    let table = Table::read(&path, &["word", "kind"], &[])?;
    let (mut radical, mut passive) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let form = fold(row.get("word"));
        match row.get("kind") {
            "radical" => radical.push(form),
            "passive" => passive.push(form),
            kind => {
                let line = row.line();
                return Err(format!("verb_forms.tsv:{line}: no kind `{kind}`").into());
            }
        }
    }
    let code = format!(
        "/// Forms whose last letter looks like an ending.\n\
         const RADICAL: &[&str] = &{radical:?};\n\
         /// Passives that spelling tells from their actives.\n\
         const PASSIVE: &[&str] = &{passive:?};\n"
    );
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("verb_forms.rs"),
        code,
    )?;
    Ok(())
}
