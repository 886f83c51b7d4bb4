//! Compiles the names of fields into a static list.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use rawi_lexicon::Table;

fn main() -> Result<(), Box<dyn Error>> {
    let path =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/input_fields.tsv");
    println!("cargo::rerun-if-changed={}", path.display());
    println!("cargo::rerun-if-changed=build.rs");
    let table = Table::read(&path, &["word", "field"], &[])?;
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
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("fields.rs"), code)?;
    Ok(())
}
