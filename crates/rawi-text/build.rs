//! Compiles the tables of this crate into sorted arrays of folded words. They
//! are written folded: this crate's own folding is not built yet.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rawi_lexicon::Table;

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
    let table = Table::read(path, &["word", "kind"])?;
    let mut out = String::new();
    for (kind, name) in [("short", "SHORT_FORMS"), ("letter", "LETTER_NAMES")] {
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
    Ok(out)
}

fn furniture(path: &Path) -> Result<String, Box<dyn Error>> {
    let table = Table::read(path, &["words", "kind", "when"])?;
    let mut rows: Vec<(Vec<&str>, &str, &str)> = Vec::new();
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
        rows.push((row.get("words").split(' ').collect(), kind, when));
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
