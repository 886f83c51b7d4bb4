//! The contract between tables, code and packs: what each model was told by the
//! tables when it was trained, and whether they tell the same today.
//!
//! A pack remembers the hash of every fact that its features are made of. A table may
//! change without the model being trained anew (most words that are added make
//! readings better all the same), but not unnoticed: `models/drift.tsv` names the facts
//! that have changed, each with its hash and the reason why that may be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use rawi_lexicon::Table;
use rawi_model::{About, Fact, Pack, PackWriter, hash};
use rawi_words::Lexicon;

use crate::lexica::Lexica;
use crate::{cards, train};

/// What to compare, and whether to accept it.
#[derive(Args)]
pub struct TablesArgs {
    /// Rawi's own tables, those that this program was built with
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// The list of what the models were told otherwise
    #[arg(long, value_name = "FILE", default_value = "models/drift.tsv")]
    drift: PathBuf,
    /// Write what is stale into the list, with this reason
    #[arg(long, value_name = "REASON")]
    accept: Option<String>,
}

/// Which packs to write anew.
#[derive(Args)]
pub struct StampArgs {
    /// Rawi's own tables, those that this program was built with
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// The commit whose tables the model was trained with
    #[arg(long, value_name = "COMMIT")]
    tables_of: String,
    /// What the tables of that commit told otherwise: a fact and its hash then, or `-`
    /// where nobody knows it
    #[arg(long, value_name = "FACT=HASH", value_delimiter = ',', value_parser = told)]
    told: Vec<Fact>,
    /// The pack
    #[arg(value_name = "FILE")]
    model: PathBuf,
}

/// A fact as the command line has it: `titles=0123456789abcdef`, `titles=-`.
fn told(text: &str) -> Result<Fact> {
    let (name, hash) = text.split_once('=').context("not FACT=HASH")?;
    let hash = match hash {
        "-" => None,
        digits => Some(u64::from_str_radix(digits, 16)?),
    };
    let name = name.to_owned();
    Ok(Fact { name, hash })
}

/// What the tables tell a model today.
///
/// # Errors
///
/// If a table cannot be read, or there is no model of that name.
pub fn facts(model: &str, lexicon: &Path) -> Result<Vec<Fact>> {
    let words = || Lexicon::embedded().map(Lexicon::facts);
    Ok(match model {
        "morph" => vec![Fact::from(("word_lists", Lexica::facts(lexicon)?))],
        "names" => {
            let listed = Lexicon::embedded()?.list::<8>("listed")?;
            let names = Fact::from(("gazetteer", hash(listed.as_flattened())));
            words()?.into_iter().chain([names]).collect()
        }
        "links" | "syntax" => words()?.into_iter().collect(),
        "speech" => {
            let reporting = Lexicon::embedded()?.reporting_facts();
            words()?.into_iter().chain(reporting).collect()
        }
        "events" => {
            let events = Lexicon::embedded()?.event_facts();
            words()?.into_iter().chain(events).collect()
        }
        other => bail!("no model is called `{other}`"),
    })
}

/// The tables from which a fact comes, for messages.
fn tables_of(fact: &str) -> String {
    let files: &[&str] = match fact {
        "word_lists" => &["given_names", "countries", "function_words", "number_words"],
        "gazetteer" => &["gazetteer/*", "entities/*", "outlets", "given_names"],
        "given_names" => &["given_names", "entities/*"],
        "reporting" => &["reporting_verbs", "reporting_nouns"],
        "documents" => &["documents", "channels"],
        "triggers" => &["events/<type>"],
        "light_verbs" | "status_words" | "sectors" | "domains" => {
            return format!("lexicon/events/{fact}.tsv");
        }
        _ => return format!("lexicon/{fact}.tsv"),
    };
    let paths: Vec<String> = files.iter().map(|f| format!("lexicon/{f}.tsv")).collect();
    paths.join(", ")
}

/// Puts a card and facts into a pack in place of those that it has.
fn with_about(bytes: &[u8], about: &About) -> Result<Vec<u8>> {
    let pack = Pack::open(bytes)?;
    let mut out = PackWriter::model(about, pack.templates());
    for (name, section) in pack.sections().filter(|(name, _)| *name != "about") {
        out.add(name, section.to_vec());
    }
    Ok(out.finish())
}

/// Writes a model that has just been trained, with its card and with what the tables
/// told it.
///
/// # Errors
///
/// If the tables cannot be read or the file cannot be written.
pub fn write(path: &Path, name: &str, bytes: &[u8], lexicon: &Path) -> Result<()> {
    let about = cards::about(name, facts(name, lexicon)?);
    train::write(path, &with_about(bytes, &about)?)
}

/// Writes a pack anew with its card, for one that was trained before packs had any.
///
/// # Errors
///
/// If it cannot be read or written, or there is no such fact.
pub fn stamp(args: &StampArgs) -> Result<String> {
    let path = &args.model;
    let cannot = || format!("cannot read {}", path.display());
    let bytes = std::fs::read(path).with_context(cannot)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut facts = facts(&name, &args.lexicon)?;
    for told in &args.told {
        let fact = facts.iter_mut().find(|f| f.name == told.name);
        let unknown = || format!("`{}` is no fact of the model `{name}`", told.name);
        fact.with_context(unknown)?.hash = told.hash;
    }
    let about = About {
        tables_of: args.tables_of.clone(),
        ..cards::about(&name, facts)
    };
    train::write(path, &with_about(&bytes, &about)?)?;
    Ok(format!("{}: stamped\n", path.display()))
}

/// A fact of a model that differs from what the tables say.
struct Drift {
    model: &'static str,
    fact: String,
    /// Today's hash.
    now: String,
    /// Why that may be, if somebody said so.
    accepted: Option<String>,
}

const COLUMNS: [&str; 4] = ["model", "fact", "hash", "reason"];

/// A model and a fact, by which the list has its rows.
type Key = (String, String);

/// The rows of the list: hash and reason by model and fact.
type Accepted = BTreeMap<Key, (String, String)>;

fn accepted(path: &Path) -> Result<Accepted> {
    let table = Table::read_facts(path, &COLUMNS, &[]).map_err(|e| anyhow::anyhow!("{e}"))?;
    let row = |row: &rawi_lexicon::Row| {
        let [model, fact, hash, reason] = COLUMNS.map(|c| row.get(c).to_owned());
        ((model, fact), (hash, reason))
    };
    Ok(table.rows().iter().map(row).collect())
}

/// All facts that differ, and the rows of the list that no fact needs.
fn compare(lexicon: &Path, accepted: &Accepted) -> Result<(Vec<Drift>, Vec<Key>)> {
    let mut drifts = Vec::new();
    for model in rawi_models::ALL {
        let about = Pack::open(model.bytes)?.about()?;
        for fact in facts(model.name, lexicon)? {
            if about.fact(&fact.name) == fact.hash {
                continue;
            }
            let now = fact.hash.map_or_else(String::new, |h| format!("{h:016x}"));
            let row = accepted.get(&(model.name.to_owned(), fact.name.clone()));
            drifts.push(Drift {
                model: model.name,
                accepted: row.filter(|r| r.0 == now).map(|r| r.1.clone()),
                fact: fact.name,
                now,
            });
        }
    }
    let unneeded = accepted.keys().filter(|(model, fact)| {
        let same = |d: &Drift| d.model == model && d.fact == *fact;
        !drifts.iter().any(same)
    });
    let unneeded = unneeded.cloned().collect();
    Ok((drifts, unneeded))
}

/// What is stale, with what to do about it; empty if nothing is.
fn complaint(drifts: &[Drift], unneeded: &[Key]) -> String {
    let mut page = String::new();
    for drift in drifts.iter().filter(|d| d.accepted.is_none()) {
        let Drift { model, fact, .. } = drift;
        let tables = tables_of(fact);
        let _ = writeln!(
            page,
            "{model}.pack was trained with another `{fact}` than {tables} now says"
        );
    }
    for (model, fact) in unneeded {
        let _ = writeln!(page, "{model}.pack and the tables agree again on `{fact}`");
    }
    if !page.is_empty() {
        page.push_str(
            "\nWith the data, train it anew (models/README.md says how long that takes):\n  \
             cargo run --release -p rawi-train -- train --shared ../shared\n\
             Without, or where the figures are no worse for it, say why it may differ and\n\
             commit models/drift.tsv:\n  \
             cargo run --release -p rawi-train -- tables --accept \"new titles\"\n",
        );
    }
    page
}

/// Tells for every fact of every model whether the tables still say what they said
/// when it was trained; and whether all differences are accepted.
///
/// # Errors
///
/// If a table or the list cannot be read or written.
pub fn tables(args: &TablesArgs) -> Result<(String, bool)> {
    let mut known = accepted(&args.drift)?;
    let (mut drifts, mut unneeded) = compare(&args.lexicon, &known)?;
    if let Some(reason) = &args.accept {
        for key in unneeded.drain(..) {
            known.remove(&key);
        }
        for drift in drifts.iter_mut().filter(|d| d.accepted.is_none()) {
            drift.accepted = Some(reason.clone());
            let key = (drift.model.to_owned(), drift.fact.clone());
            known.insert(key, (drift.now.clone(), reason.replace(['\t', '\n'], " ")));
        }
        train::write(&args.drift, list(&known).as_bytes())?;
    }
    let mut page = String::new();
    for drift in &drifts {
        let why = drift.accepted.as_deref().unwrap_or("STALE");
        let _ = writeln!(
            page,
            "{:8}{:16}{}  {why}",
            drift.model, drift.fact, drift.now
        );
    }
    let complaint = complaint(&drifts, &unneeded);
    if drifts.is_empty() {
        page.push_str("every model was trained with the tables as they are\n");
    }
    if !complaint.is_empty() {
        let _ = write!(page, "\n{complaint}");
    }
    Ok((page, complaint.is_empty()))
}

/// The list as it stands in its file.
fn list(rows: &Accepted) -> String {
    let mut page = String::from(HEAD);
    page.push_str(&COLUMNS.join("\t"));
    page.push('\n');
    for ((model, fact), (hash, reason)) in rows {
        let _ = writeln!(page, "{model}\t{fact}\t{hash}\t{reason}");
    }
    page
}

const HEAD: &str = "\
# What the tables tell a model today and did not when it was trained, and why that may
# be. `rawi-train tables` compares and says what is missing here; `--accept` writes it.
# Training a model anew takes its rows away.
#
# model   whose features the fact is part of
# fact    what has changed, by the table that it comes from
# hash    of the fact as it is now: any other one is a change that nobody has accepted
# reason  why the model may stay as it is
";

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn no_model_is_stale() {
        let args = TablesArgs {
            lexicon: root().join("lexicon"),
            drift: root().join("models/drift.tsv"),
            accept: None,
        };
        let (page, fine) = tables(&args).unwrap();
        assert!(fine, "\n{page}");
    }

    #[test]
    fn a_change_is_told_with_what_to_do() {
        let drift = |accepted: Option<&str>| Drift {
            model: "names",
            fact: "titles".to_owned(),
            now: "00".to_owned(),
            accepted: accepted.map(str::to_owned),
        };
        let told = complaint(&[drift(None)], &[]);
        for part in [
            "names.pack",
            "lexicon/titles.tsv",
            "--accept",
            "train --shared",
        ] {
            assert!(told.contains(part), "{told}");
        }
        assert_eq!(complaint(&[drift(Some("few"))], &[]), "");
        let row = ("names".to_owned(), "titles".to_owned());
        assert!(complaint(&[], &[row]).contains("agree again"));
    }

    #[test]
    fn the_list_is_written_as_it_is_read() {
        let path = root().join("models/drift.tsv");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(list(&accepted(&path).unwrap()), text);
    }

    #[test]
    fn a_pack_with_another_card_keeps_its_sections() {
        let model = rawi_models::EVENTS;
        let about = cards::about("events", Vec::new());
        let bytes = with_about(model.bytes, &about).unwrap();
        let (old, new) = (
            Pack::open(model.bytes).unwrap(),
            Pack::open(&bytes).unwrap(),
        );
        let rest = |pack: &Pack<'_>| -> Vec<Vec<u8>> {
            let sections = pack.sections().filter(|s| s.0 != "about");
            sections.map(|s| s.1.to_vec()).collect()
        };
        assert_eq!(rest(&old), rest(&new));
        assert_eq!((new.about(), new.verify()), (Ok(about), Ok(())));
        assert_eq!(new.templates(), old.templates());
    }
}
