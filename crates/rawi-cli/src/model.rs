//! `rawi model`: what the models are that are compiled in.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::ValueEnum;
use rawi_model::{About, Pack};
use rawi_models::Model;
use serde::Serialize;

/// Shows the models that are compiled in
///
/// Of each model: what it does, what it learned from, its license, the command that
/// made it, the version of its feature templates, its parts with their sizes, and the
/// hashes of what the word tables told it when it was trained (`?` where that is not
/// known). Every byte is checked against the checksum that `rawi --version` shows.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Models to show; without any, all of them
    #[arg(value_name = "NAME", value_parser = ["morph", "names", "links", "speech", "events"])]
    names: Vec<String>,
    /// Text, or JSON with all the same
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rawi model
  rawi model speech
  rawi model --format json

Exit code 1 if a model is damaged. License of all models: CC BY-SA 4.0, models/LICENSE";

/// How it is shown.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What is shown of a model.
#[derive(Serialize)]
struct Shown {
    name: &'static str,
    bytes: usize,
    checksum: String,
    intact: bool,
    templates: u32,
    does: String,
    learned_from: String,
    not_from: String,
    license: String,
    command: String,
    /// The commit of the tables it was trained with; none if the pack doesn't say.
    tables_of: Option<String>,
    facts: Vec<Fact>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    hash: Option<String>,
}

#[derive(Serialize)]
struct Section {
    name: &'static str,
    bytes: usize,
}

impl Shown {
    fn of(model: &Model) -> Result<Self> {
        let cannot = || format!("the model `{}` cannot be opened", model.name);
        let pack: Pack<'static> = Pack::open(model.bytes).with_context(cannot)?;
        let About {
            license,
            does,
            learned_from,
            not_from,
            command,
            tables_of,
            facts,
            ..
        } = pack.about().with_context(cannot)?;
        let fact = |fact: rawi_model::Fact| Fact {
            name: fact.name,
            hash: fact.hash.map(sum),
        };
        let section = |(name, bytes): (&'static str, &[u8])| Section {
            name,
            bytes: bytes.len(),
        };
        Ok(Self {
            name: model.name,
            bytes: model.bytes.len(),
            checksum: sum(pack.checksum()),
            intact: pack.verify().is_ok(),
            templates: pack.templates(),
            does,
            learned_from,
            not_from,
            license,
            command,
            tables_of: Some(tables_of).filter(|t| !t.is_empty()),
            facts: facts.into_iter().map(fact).collect(),
            sections: pack.sections().map(section).collect(),
        })
    }

    fn text(&self) -> String {
        let state = if self.intact { "intact" } else { "DAMAGED" };
        let mut page = format!(
            "{}: {} bytes, checksum {}, {state}\n",
            self.name, self.bytes, self.checksum
        );
        let templates = self.templates.to_string();
        let facts = list(self.facts.iter().map(|f| {
            let hash = f.hash.as_deref().unwrap_or("?");
            format!("{} {hash}", f.name)
        }));
        let sections = list(
            self.sections
                .iter()
                .map(|s| format!("{} {}", s.name, s.bytes)),
        );
        for (what, value) in [
            ("does", self.does.as_str()),
            ("learned from", &self.learned_from),
            ("not from", &self.not_from),
            ("license", &self.license),
            ("made by", &self.command),
            ("templates", &templates),
            ("tables of", self.tables_of.as_deref().unwrap_or_default()),
            ("was told", &facts),
            ("sections", &sections),
        ] {
            if !value.is_empty() {
                let _ = writeln!(page, "  {what:13}{value}");
            }
        }
        page
    }
}

/// One thing a line, below each other.
fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n               ")
}

fn sum(number: u64) -> String {
    format!("{number:016x}")
}

/// Runs the command.
///
/// # Errors
///
/// If a model cannot be opened or nothing can be written.
pub fn run(args: &Args) -> Result<ExitCode> {
    let wanted = |m: &&Model| args.names.is_empty() || args.names.iter().any(|n| n == m.name);
    let models = rawi_models::ALL.into_iter().filter(wanted);
    let shown: Vec<Shown> = models.map(Shown::of).collect::<Result<_>>()?;
    let page = match args.format {
        Format::Text => shown.iter().map(Shown::text).collect::<Vec<_>>().join("\n"),
        Format::Json => serde_json::to_string_pretty(&shown)? + "\n",
    };
    let mut out = std::io::stdout().lock();
    out.write_all(page.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write to standard output")?;
    let whole = shown.iter().all(|m| m.intact);
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Each model with the checksum of its pack, in a line, for `--version`.
pub fn sums() -> String {
    let sums: Vec<String> = rawi_models::ALL
        .into_iter()
        .filter_map(|model| {
            let checksum = Pack::open(model.bytes).ok()?.checksum();
            Some(format!("{} {}", model.name, sum(checksum)))
        })
        .collect();
    sums.join(", ")
}
