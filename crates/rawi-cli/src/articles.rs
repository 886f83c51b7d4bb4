//! `rawi articles`: what is understood of an input, before anything is read in it.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use rawi_input::Record;
use serde::Serialize;

use crate::read::Target;
use crate::{input, tell};

/// Print the articles of an input as they are understood.
///
/// One JSON object a line, with `id`, `text`, and what is known of `title`,
/// `published`, `outlet`, `url`, `canonical` (the page's own address), `author`,
/// `language`, `written` (the language by the text itself), `fetched` (when it was captured) and `dated` (where the date is from:
/// field, page, feed, address or given): the text as `rawi read` reads it, in which the offsets
/// of its readings count, whatever the input was. It can be read again.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files and folders, as `rawi read` takes them; standard input by default
    #[arg(default_value = "-")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    options: input::Options,
    /// Day of publication of articles that name none
    #[arg(long, value_name = "DATE", value_parser = input::day)]
    published: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  rawi articles page.html
  rawi articles export.csv --field text=story > articles.jsonl";

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    canonical: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: &'a Option<String>,
    written: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched: &'a Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dated: Option<Day<'a>>,
}

/// The date as exact as it is known, and where it is from.
#[derive(Serialize)]
struct Day<'a> {
    date: &'a str,
    from: &'a str,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let inputs = args.options.inputs(&args.files)?;
    let inputs = inputs.with_published(args.published.clone());
    let mut out = Target::standard();
    let cannot = "cannot write to standard output";
    let mut code = ExitCode::SUCCESS;
    for record in inputs.records() {
        match record {
            Record::Article { article, about, .. } => {
                let line = Line {
                    id: &article.id,
                    text: &article.text,
                    title: &article.title,
                    published: &article.published,
                    outlet: &article.outlet,
                    url: &about.url,
                    canonical: &about.canonical,
                    author: &about.author,
                    language: &about.language,
                    written: about.written.tag(),
                    fetched: &about.fetched,
                    dated: about.dated.as_ref().map(|dated| Day {
                        date: &dated.date,
                        from: dated.from.name(),
                    }),
                };
                let written = serde_json::to_writer(&mut out, &line).map_err(io::Error::from);
                written
                    .and_then(|()| out.write_all(b"\n"))
                    .context(cannot)?;
            }
            Record::Remark(remark) => tell(&remark.to_string()),
            Record::Failed(problem) => {
                tell(&problem.to_string());
                code = ExitCode::FAILURE;
            }
        }
    }
    out.finish().context(cannot)?;
    Ok(code)
}
