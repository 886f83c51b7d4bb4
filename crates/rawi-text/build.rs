//! Compiles the tables of this crate into sorted arrays of folded words.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rawi_lexicon::Table;

#[allow(dead_code)] // the build only folds
#[path = "src/chars.rs"]
mod chars;
#[allow(dead_code)] // the build only folds words
#[path = "src/fold/letters.rs"]
mod letters;
#[path = "src/fold/presentation.rs"]
mod presentation;
use letters::fold;

fn main() -> Result<(), Box<dyn Error>> {
    write(
        "abbreviations.rs",
        &abbreviations(&lexicon("abbreviations.tsv")?)?,
    )?;
    write("furniture.rs", &furniture(&lexicon("furniture.tsv")?)?)?;
    Ok(())
}

fn lexicon(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let path = Path::new(&env::var("CARGO_MANIFEST_DIR")?)
        .join("../../lexicon")
        .join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    Ok(path)
}

fn write(name: &str, code: &str) -> Result<(), Box<dyn Error>> {
    fs::write(Path::new(&env::var("OUT_DIR")?).join(name), code)?;
    Ok(())
}

fn abbreviations(path: &Path) -> Result<String, Box<dyn Error>> {
    let table = Table::read(path, &["word", "kind"], &[])?;
    let mut out = String::new();
    for (kind, name) in [("short", "SHORT_FORMS"), ("letter", "LETTER_NAMES")] {
        let of_kind = table.rows().iter().filter(|row| row.get("kind") == kind);
        let mut words: Vec<String> = of_kind.map(|row| fold(row.get("word"))).collect();
        words.sort_unstable();
        words.dedup();
        out += &format!("/// Folded and sorted.\nstatic {name}: &[&str] = &{words:?};\n");
    }
    if let Some(row) = table
        .rows()
        .iter()
        .find(|row| !matches!(row.get("kind"), "short" | "letter"))
    {
        return Err(format!("{}:{}: kind is short or letter", path.display(), row.line()).into());
    }
    Ok(out)
}

fn furniture(path: &Path) -> Result<String, Box<dyn Error>> {
    let table = Table::read(path, &["word", "kind", "when"], &[])?;
    let mut rows: Vec<(Vec<String>, &str, &str)> = Vec::new();
    for row in table.rows() {
        let wrong = |what: &str| format!("{}:{}: {what}", path.display(), row.line());
        let kind = match row.get("kind") {
            "teaser" => "Teaser",
            "byline" => "Byline",
            "credit" => "Credit",
            "share" => "Share",
            "dated" => "Dated",
            "tags" => "Keywords",
            _ => return Err(wrong("no such kind").into()),
        };
        let when = match row.get("when") {
            "line" => "Line",
            "colon" => "Colon",
            "alone" => "Alone",
            _ => return Err(wrong("when is line, colon or alone").into()),
        };
        let words = fold(row.get("word"));
        rows.push((words.split(' ').map(str::to_owned).collect(), kind, when));
    }
    rows.sort_unstable();
    let mut out = String::from(
        "/// Sorted by their words, which are folded.\nstatic OPENERS: &[Opener] = &[\n",
    );
    for (words, kind, when) in rows {
        out += &format!(
            "    Opener {{ words: &{words:?}, kind: FurnitureKind::{kind}, when: When::{when} }},\n"
        );
    }
    out += "];\n";
    Ok(out)
}
