//! `rawi verify`: every span of readings, sliced anew from the articles.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use rawi::{Article, Reading};

use crate::input::{Format, Inputs, Record};

/// Check that every span of readings stands in its article.
///
/// Re-slices each span of each reading from the article of the same id, compares
/// hashes and follows references. Ends at the first that is off.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Readings, as `rawi read --format jsonl` prints them
    readings: PathBuf,
    /// The articles that were read, in the form that `rawi read` takes
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    articles: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  rawi read news.jsonl --format jsonl -o readings.jsonl
  rawi verify readings.jsonl --articles news.jsonl";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let mut articles: HashMap<String, Article> = HashMap::new();
    let mut failed = 0usize;
    let inputs = Inputs {
        files: &args.articles,
        format: Format::Auto,
        published: None,
    };
    inputs.each(|record| {
        match record {
            Record::Article { article, .. } => {
                articles.insert(article.id.clone(), article);
            }
            Record::Remark(text) => eprintln!("rawi: {text}"),
            Record::Failed(text) => {
                failed += 1;
                eprintln!("rawi: {text}");
            }
        }
        true
    });
    let name = args.readings.display();
    let file = File::open(&args.readings).with_context(|| format!("cannot open {name}"))?;
    let (mut readings, mut spans) = (0usize, 0usize);
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let line = line.with_context(|| format!("{name}:{number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let reading: Reading =
            serde_json::from_str(&line).with_context(|| format!("{name}:{number}: no reading"))?;
        let Some(article) = articles.get(&reading.id) else {
            bail!(
                "{name}:{number}: reading {} has no article among those given",
                reading.id
            );
        };
        spans += rawi::verify(&reading, article)
            .with_context(|| format!("{name}:{number}: reading {}", reading.id))?;
        readings += 1;
    }
    if readings < articles.len() {
        eprintln!(
            "rawi: {} articles have no reading",
            articles.len() - readings
        );
    }
    println!("{readings} readings, {spans} spans verified");
    Ok(if failed > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
