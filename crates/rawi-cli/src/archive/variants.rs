//! `rawi variants`: one statement over outlets.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use rawi_archive::Mode;
use rawi_archive::quotes::{Variant, Variants, Verdict};
use rawi_text::safe::cell;

use super::quotes::{marked, name, place, warnings};
use super::{Place, usage};
use crate::read::counted;
use crate::safe;

/// Show who else reports a statement, and how the words differ.
///
/// The statements of all articles that report the same words, the oldest first: word for
/// word (`verbatim`), shortened (`cut`), with other words in it (`altered`) or told in
/// other words (`paraphrased`, of the same speaker within a week). Differences are in
/// brackets: `[-left out-]`, `[+added+]`, `[-was-+is+]`, `[~another form~]`; `!` marks a
/// negation, condition or number. Copies of one article, and reports credited to one
/// agency, are told apart from independent ones.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The number of the statement, as `rawi ask` and exports print it
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    statement: i64,
    #[command(flatten)]
    place: Place,
    /// How to print
    #[arg(long, value_enum, default_value = "pretty")]
    format: Format,
}

/// How variants are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// One JSON object a variant
    Jsonl,
    /// A table with a row a variant
    Csv,
}

const EXAMPLES: &str = "\
Examples:
  rawi variants 88102739705857 --archive news.rawi
  rawi variants 88102739705857 --archive news.rawi --format jsonl

Exit codes:
  0  the variants are printed
  1  the archive could not be read
  2  there is no such statement, or wrong usage";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let archive = args.place.open(Mode::Read)?;
    let found = archive.variants(args.statement).map_err(usage)?;
    let mut out = io::stdout().lock();
    match args.format {
        Format::Pretty => out.write_all(pretty(&found).as_bytes())?,
        Format::Jsonl => {
            for variant in &found.variants {
                serde_json::to_writer(&mut out, variant)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => csv(&found, &mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The name of a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verbatim => "verbatim",
        Verdict::Cut => "cut",
        Verdict::Altered => "altered",
        Verdict::Paraphrased => "paraphrased",
        _ => "different",
    }
}

fn pretty(found: &Variants) -> String {
    let mut out = format!(
        "{} in {}, {} independent\n",
        counted(found.variants.len(), "report"),
        counted(found.outlets, "outlet"),
        found.independent,
    );
    if found.more {
        out.push_str("there are more like it than were compared\n");
    }
    for variant in &found.variants {
        let asked = variant.statement == found.statement;
        let how = match asked {
            true => "the statement asked for",
            false => verdict(variant.verdict),
        };
        out.push_str(&format!("\n{} · {how}\n", place(&variant.report)));
        let by = name(variant.speaker.as_ref());
        let via: Vec<String> = variant.via.iter().map(|w| name(Some(w))).collect();
        let via = match via.is_empty() {
            true => String::new(),
            false => format!(" · via {}", via.join(", ")),
        };
        let copy = match variant.copy_of {
            Some(statement) => format!(" · copy of {statement}"),
            None => String::new(),
        };
        out.push_str(&format!("  {} · {by}{via}{copy}\n", variant.statement));
        out.push_str(&format!("  │ {}\n", wording(variant)));
        for warning in warnings(&variant.differences) {
            out.push_str(&format!("  ! {warning}\n"));
        }
    }
    out
}

/// What a variant has, its differences marked; a paraphrase is shown as it is.
fn wording(variant: &Variant) -> String {
    match variant.verdict {
        Verdict::Paraphrased | Verdict::Different => safe::one_line(&variant.text),
        _ => marked(&variant.text, variant.start, &variant.differences),
    }
}

fn csv(found: &Variants, out: impl io::Write) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "statement",
        "published",
        "outlet",
        "agency",
        "story",
        "copy_of",
        "verdict",
        "same",
        "speaker",
        "via",
        "form",
        "text",
        "marked",
        "article",
        "address",
        "start",
        "end",
    ])?;
    for v in &found.variants {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let via: Vec<&str> = v.via.iter().map(|w| w.name.as_str()).collect();
        table.write_record([
            &v.statement.to_string(),
            &cell(v.report.published.as_deref().unwrap_or_default()),
            &cell(v.report.outlet.as_deref().unwrap_or_default()),
            &cell(v.report.agency.as_deref().unwrap_or_default()),
            &number(v.report.story),
            &number(v.copy_of),
            verdict(v.verdict),
            &format!("{:.3}", v.same),
            &cell(v.speaker.as_ref().map_or("", |w| &w.name)),
            &cell(&via.join("; ")),
            &v.form,
            &cell(&v.text),
            &cell(&wording(v)),
            &cell(&v.report.id),
            &cell(v.report.address.as_deref().unwrap_or_default()),
            &v.start.to_string(),
            &v.end.to_string(),
        ])?;
    }
    table.flush()?;
    Ok(())
}
