//! Makes the words of the pages a structure, so that a missing one does not compile, and
//! gives every asset a name that changes with it.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use flate2::{Compression, GzBuilder};
use rawi_lexicon::Table;
use sha2::{Digest as _, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let home = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    words(&home.join("../../lexicon/interface_words.tsv"), &out)?;
    let tables = home.join("../../lexicon");
    media_nouns(&tables.join("bodies.tsv"), &out)?;
    countries(&tables.join("countries.tsv"), &out)?;
    faults(&tables.join("query_faults.tsv"), &out)?;
    speakers(
        &tables.join("reporting_verbs.tsv"),
        &tables.join("people_nouns.tsv"),
        &out,
    )?;
    assets(&home.join("assets"), &out)
}

/// How many forms of a counted noun a language has.
const FORMS: [(&str, usize); 2] = [("ar", 5), ("en", 2)];

fn words(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let table = Table::read(path, &["word", "kind", "ar", "en"], &[])?;
    let mut fields = String::from(
        "/// What the program says in one language.\n#[derive(Debug)]\n#[allow(missing_docs)] // the table says it\npub struct Words {\n",
    );
    let mut languages = [String::new(), String::new()];
    let mut values = [String::new(), String::new()];
    for row in table.rows() {
        let word = row.get("word");
        let wrong = |what: &str| format!("{}:{}: {what}", path.display(), row.line());
        match row.one_of("kind", &["text", "count", "value", "number"])? {
            "text" => {
                writeln!(fields, "    pub {word}: &'static str,")?;
                for ((language, _), code) in FORMS.iter().zip(&mut languages) {
                    writeln!(code, "    {word}: {:?},", row.get(language))?;
                }
            }
            "count" => {
                writeln!(fields, "    pub {word}: Counted,")?;
                for ((language, wanted), code) in FORMS.iter().zip(&mut languages) {
                    let forms: Vec<&str> = row.list(language, '|').collect();
                    if forms.len() != *wanted {
                        return Err(wrong(&format!("{language} wants {wanted} forms")).into());
                    }
                    writeln!(code, "    {word}: Counted(&{forms:?}),")?;
                }
            }
            _ => {
                if !word.contains('.') {
                    return Err(wrong("a value is named GROUP.NAME").into());
                }
                for ((language, _), code) in FORMS.iter().zip(&mut values) {
                    let forms: Vec<&str> = row.list(language, '|').collect();
                    writeln!(code, "    ({word:?}, &{forms:?}),")?;
                }
            }
        }
    }
    let mut code = fields + "}\n";
    for (((language, _), words), values) in FORMS.iter().zip(languages).zip(values) {
        let name = language.to_uppercase();
        writeln!(code, "static {name}: Words = Words {{\n{words}}};")?;
        writeln!(
            code,
            "static {name}_VALUES: &[(&str, &[&str])] = &[\n{values}];"
        )?;
    }
    fs::write(out.join("words.rs"), code)?;
    Ok(())
}

/// What an outlet may be, as it stands before its name.
fn media_nouns(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let table = Table::read(path, &["word", "plural", "keep", "kind"], &[])?;
    let rows = table.rows().iter();
    let nouns = rows.filter(|row| row.get("keep") == "no" && row.get("kind") == "media");
    let nouns: Vec<&str> = nouns.map(|row| row.get("word")).collect();
    let code = format!("static MEDIA_NOUNS: &[&str] = &{nouns:?};\n");
    fs::write(out.join("media_nouns.rs"), code)?;
    Ok(())
}

/// The countries by code, sorted, with the names that articles have for them.
fn countries(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let columns = ["word", "iso3", "capital", "demonyms"];
    let table = Table::read(path, &columns, &["forms", "name_en"])?;
    let rows = table.rows().iter();
    let mut countries: Vec<_> = rows.map(|row| (row.get("iso3"), row.get("word"))).collect();
    countries.sort_unstable();
    countries.dedup_by_key(|(code, _)| *code);
    let code = format!("static COUNTRIES: &[(&str, &str)] = &{countries:?};\n");
    fs::write(out.join("countries.rs"), code)?;
    Ok(())
}

/// What is said of each kind of fault: a `match`, so that one without words does not
/// compile.
fn faults(path: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let table = Table::read(path, &["word", "of", "problem", "hint"], &[])?;
    let mut faults = String::new();
    let mut takes = String::new();
    let mut count = 0;
    for row in table.rows() {
        let parts = row.get("word").split('-').map(|part| {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + rest
        });
        let kind: String = parts.collect();
        let (problem, hint) = (row.get("problem"), row.get("hint"));
        if row.one_of("of", &["fault", "takes"])? == "fault" {
            count += 1;
            writeln!(
                faults,
                "        Fault::{kind} {{ .. }} => ({problem:?}, {hint:?}),"
            )?;
        } else {
            writeln!(takes, "        Takes::{kind} => {hint:?},")?;
        }
    }
    let code = format!(
        "#[cfg(test)]\nconst FAULTS: usize = {count};\n\n\
         // By kind alone, whatever a fault is about.\n#[allow(clippy::unneeded_struct_pattern)]\n\
         fn said(fault: &Fault) -> (&'static str, &'static str) {{\n    match fault {{\n{faults}    }}\n}}\n\n\
         fn takes(takes: Takes) -> &'static str {{\n    match takes {{\n{takes}    }}\n}}\n"
    );
    fs::write(out.join("faults.rs"), code)?;
    Ok(())
}

/// What tells with whom a verb agrees: the forms of reporting verbs, sorted, and nouns for
/// groups of people.
fn speakers(verbs: &Path, groups: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", verbs.display());
    println!("cargo::rerun-if-changed={}", groups.display());
    let columns = ["word", "imperfect", "participle"];
    let table = Table::read(verbs, &columns, &["masdar", "act", "frames"])?;
    let rows = table.rows().iter();
    let mut verbs: Vec<_> = rows.map(|row| columns.map(|c| row.get(c))).collect();
    verbs.sort_unstable();
    let mut code = String::from("static VERBS: &[(&str, &str, &str)] = &[\n");
    for [perfect, imperfect, participle] in verbs {
        writeln!(code, "    ({perfect:?}, {imperfect:?}, {participle:?}),")?;
    }
    code.push_str("];\nstatic GROUPS: &[&str] = &[\n");
    let table = Table::read(groups, &["word", "forms"], &[])?;
    for row in table.rows() {
        let forms = row.list("forms", '|').filter(|form| *form != "-");
        for form in [row.get("word")].into_iter().chain(forms) {
            writeln!(code, "    {form:?},")?;
        }
    }
    code.push_str("];\n");
    fs::write(out.join("speakers.rs"), code)?;
    Ok(())
}

/// One file as it is given out.
struct Made {
    /// As pages name it.
    plain: String,
    /// As it is asked for.
    hashed: String,
    bytes: Vec<u8>,
}

fn assets(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut fonts = Vec::new();
    for entry in fs::read_dir(folder.join("fonts"))? {
        let path = entry?.path();
        println!("cargo::rerun-if-changed={}", path.display());
        if path.extension().is_some_and(|e| e == "woff2") {
            let name = format!("fonts/{}", file_name(&path));
            fonts.push(made(name, fs::read(&path)?));
        }
    }
    fonts.sort_by(|a, b| a.plain.cmp(&b.plain));
    let mut sheet = String::new();
    let mut rest = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
        match path.extension().and_then(|e| e.to_str()) {
            // One sheet: `fonts.css`, then the rest by name.
            Some("css") => sheet.push_str(&fs::read_to_string(&path)?),
            Some("js" | "svg") => rest.push(made(file_name(&path), fs::read(&path)?)),
            _ => {}
        }
    }
    for font in &fonts {
        let address = font.hashed.trim_start_matches("fonts/");
        sheet = sheet.replace(&font.plain, address);
    }
    rest.push(made("style.css".to_owned(), sheet.into_bytes()));
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    for (i, asset) in fonts.iter().chain(&rest).enumerate() {
        let kind = match asset.plain.rsplit_once('.').map_or("", |(_, end)| end) {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            other => return Err(format!("assets: what is .{other}?").into()),
        };
        let file = out.join(format!("asset{i}"));
        fs::write(&file, &asset.bytes)?;
        let mut packed = String::from("None");
        if kind != "font/woff2" {
            let name = out.join(format!("asset{i}.gz"));
            // No time and no name in it: the same bytes from the same files.
            let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
            gzip.write_all(&asset.bytes)?;
            fs::write(&name, gzip.finish()?)?;
            packed = format!("Some(include_bytes!({:?}))", name.display().to_string());
        }
        let hashed = asset.hashed.trim_start_matches("fonts/");
        writeln!(
            code,
            "    Asset {{ plain: {:?}, name: {hashed:?}, kind: {kind:?}, bytes: include_bytes!({:?}), gzip: {packed} }},",
            asset.plain,
            file.display().to_string(),
        )?;
    }
    code.push_str("];\n");
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn made(plain: String, bytes: Vec<u8>) -> Made {
    let sum = Sha256::digest(&bytes);
    let hash: String = sum.iter().take(5).map(|b| format!("{b:02x}")).collect();
    let hashed = match plain.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}.{hash}.{end}"),
        None => format!("{plain}.{hash}"),
    };
    Made {
        plain,
        hashed,
        bytes,
    }
}
