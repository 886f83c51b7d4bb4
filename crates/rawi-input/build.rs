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
    let mut code = String::from("static NAMES: &[(&str, &[&str])] = &[\n");
    for row in Table::read(&path, &["field", "names"])?.rows() {
        // Folded as `fold` of src/fields.rs does.
        let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect();
        let names: Vec<String> = row.list("names", '|').map(letters).collect();
        writeln!(code, "    ({:?}, &{names:?}),", row.get("field"))?;
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("fields.rs"), code)?;
    Ok(())
}
