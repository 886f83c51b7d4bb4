//! The command that scores readings: statements, events and times against one
//! annotation, who is named and who is who against another.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::engine;
use crate::input::{self, Articles, Readings};
use crate::score::cast::CastScore;
use crate::score::{Score, cast_errors, cast_report, confusion, report};

/// What to score, and what to show.
#[derive(Args)]
pub struct ScoreArgs {
    /// Articles, one JSON object a line, with `id` and `text`
    #[arg(long, value_name = "A.jsonl", required = true, num_args = 1..)]
    articles: Vec<PathBuf>,
    /// Hand annotation of statements, events and times, a JSON list
    #[arg(long, value_name = "G.json", required_unless_present = "cast", conflicts_with = "cast", num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Hand annotation of who is named in each article, one JSON object a line
    #[arg(long, value_name = "C.jsonl", num_args = 1..)]
    cast: Vec<PathBuf>,
    /// Readings, one JSON object a line; without this, the articles are read now
    #[arg(long, value_name = "P.jsonl", num_args = 1..)]
    predicted: Vec<PathBuf>,
    /// Score only the articles whose ids this file lists, one a line
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,
    /// A model of statements to read with in place of the built-in one
    #[arg(long, value_name = "FILE", conflicts_with = "predicted")]
    speech: Option<PathBuf>,
    /// A model of names to read with, such as one that was not taught the articles of `--ids`
    #[arg(long, value_name = "FILE", conflicts_with = "predicted")]
    names: Option<PathBuf>,
    /// Show mistakes: the first N wrong statements before the figures, or after
    /// those of a cast N of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// After the figures, group the wrong statements by what went wrong
    #[arg(long, conflicts_with_all = ["json", "cast"])]
    confusion: bool,
    /// The figures as one JSON object
    #[arg(long)]
    json: bool,
}

/// Scores and returns the page to print.
///
/// # Errors
///
/// If a file cannot be read or an annotated article is missing.
pub fn score(args: &ScoreArgs) -> Result<String> {
    let articles = input::all_articles(&args.articles)?;
    if args.cast.is_empty() {
        statements(args, &articles)
    } else {
        cast(args, &articles)
    }
}

fn statements(args: &ScoreArgs, articles: &Articles) -> Result<String> {
    let gold = input::all_annotations(&args.gold)?;
    let gold = chosen(args, gold, |a| &a.id)?;
    let readings = readings(args, articles, gold.iter().map(|a| a.id.as_str()))?;
    let score = Score::of(articles, &gold, &readings)?;

    let mut page = report::errors(&score, args.errors);
    if args.json {
        page.push_str(&report::json(&score.figures)?);
    } else {
        page.push_str(&report::table(&score.figures));
    }
    if args.confusion {
        page.push_str(&confusion::page(&score));
    }
    Ok(page)
}

fn cast(args: &ScoreArgs, articles: &Articles) -> Result<String> {
    let gold = chosen(args, input::casts(&args.cast)?, |c| &c.id)?;
    let readings = readings(args, articles, gold.iter().map(|c| c.id.as_str()))?;
    let score = CastScore::of(articles, &gold, &readings)?;
    if args.json {
        return cast_report::json(&score.figures);
    }
    let mut page = cast_report::table(&score.figures);
    if args.errors > 0 {
        page.push_str(&cast_errors::page(&score, args.errors));
    }
    Ok(page)
}

/// The annotations whose ids are asked for; all, if none are.
fn chosen<T>(args: &ScoreArgs, mut all: Vec<T>, id: impl Fn(&T) -> &str) -> Result<Vec<T>> {
    let Some(path) = &args.ids else {
        return Ok(all);
    };
    let mut wanted = input::ids(path)?;
    all.retain(|a| wanted.remove(id(a)));
    if let Some(id) = wanted.first() {
        bail!("{}: `{id}` is not annotated", path.display());
    }
    Ok(all)
}

/// The readings of the files, or of the engine.
fn readings<'a>(
    args: &ScoreArgs,
    articles: &Articles,
    ids: impl Iterator<Item = &'a str>,
) -> Result<Readings> {
    if !args.predicted.is_empty() {
        return input::readings(&args.predicted);
    }
    let bytes =
        |path: &PathBuf| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    let mut base = rawi::Models::embedded()?;
    if let Some(path) = &args.names {
        base = engine::with_names(&base, bytes(path)?)?;
    }
    let reader = match &args.speech {
        Some(path) => engine::reader(&base, bytes(path)?)?,
        None => rawi::Reader::with_models(base),
    };
    engine::read(&reader, articles, &ids.collect::<Vec<_>>())
}
