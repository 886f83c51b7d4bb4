//! `rawi-train` makes the models and measures readings against hand annotation.
//!
//! ```text
//! rawi-train train --shared DIR
//! rawi-train measure --shared DIR
//! rawi-train events --articles A.jsonl --gold G.json --gsr DIR
//! rawi-train speed --task tags A.jsonl
//! rawi-train score --articles A.jsonl --gold G.json [--predicted P.jsonl]
//! rawi-train score --articles A.jsonl --cast C.jsonl [--predicted P.jsonl]
//! rawi-train check-gold --articles A.jsonl --gold G.json
//! rawi-train check-tables --lexicon lexicon
//! ```

mod cards;
mod check;
mod clusters;
mod contract;
mod corpus;
mod counts;
mod engine;
mod evaluate;
mod gold;
mod gsr;
mod input;
mod judging;
mod learn;
mod lemmas;
mod lexica;
mod links;
mod measure;
mod morph;
mod names;
mod offsets;
mod predicted;
mod score;
mod scoring;
mod speech;
mod speed;
mod syntax;
mod tables;
mod text;
mod train;
mod trees;
mod vectors;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};

/// Train rawi's models; measure readings of Arabic news against hand annotation.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Precision, recall and F1 of each kind of answer
    #[command(
        after_help = "Examples:\n  rawi-train score --articles A.jsonl --gold G.json --confusion\n  rawi-train score --articles A.jsonl --cast C.jsonl --errors 20\n  rawi-train score --articles A.jsonl B.jsonl --cast A.cast.jsonl B.cast.jsonl --ids PART.txt --predicted P.jsonl"
    )]
    Score(scoring::ScoreArgs),
    /// Look for mistakes in an annotation: spans that are not in the text, names without an entity
    CheckGold(CheckArgs),
    /// Train every model from annotated data and unlabeled news
    #[command(
        after_help = "Example:\n  rawi-train train --shared ../shared\n\nThe same data gives the same bytes every time."
    )]
    Train(train::TrainArgs),
    /// Measure the models on annotated data that they were not trained on
    #[command(
        after_help = "Example:\n  rawi-train measure --shared ../shared --errors 20\n\nTrains anew for every figure; takes some minutes."
    )]
    Measure(measure::MeasureArgs),
    /// Learn the names alone; measure them, or write the model
    #[command(
        after_help = "Examples:\n  rawi-train names --shared ../shared --folds 1 --quick\n  rawi-train names --shared ../shared --model models/names.pack\n\nMeasures the outlets by parts, each by what the others taught."
    )]
    Names(names::NamesArgs),
    /// Learn the statements by parts and read each part by what the others taught
    #[command(
        after_help = "Example:\n  rawi-train speech --shared ../shared\n\nPrints the figures of held-out reading and how well the confidence is calibrated."
    )]
    Speech(offsets::LearnArgs),
    /// Learn to parse, and measure it by source
    #[command(
        after_help = "Example:\n  rawi-train syntax --shared ../shared --model models/syntax.pack\n\nPrints figures by cross-validation, and those on PADT, which is never learned from."
    )]
    Syntax(syntax::SyntaxArgs),
    /// Take the text out of a hand annotation, for training/gold/
    PackGold(PackArgs),
    /// Put the text back into an annotation of training/gold/, for `score`
    UnpackGold(UnpackArgs),
    /// Learn to judge events from annotated articles and sentences
    #[command(
        after_help = "Example:\n  rawi-train events --shared ../shared\n\nPrints figures by cross-validation."
    )]
    Events(offsets::LearnArgs),
    /// Events of single sentences against the Arabic event gold standard
    Gsr(gsr::GsrArgs),
    /// Compare what the tables tell the models with what they told when those were trained
    #[command(
        after_help = "Examples:\n  rawi-train tables\n  rawi-train tables --accept \"new titles, figures as before\"\n\nExit code 1 if something has changed that models/drift.tsv doesn't accept."
    )]
    Tables(contract::TablesArgs),
    /// Write a pack anew with its card and what the tables told it, its weights as they are
    #[command(
        after_help = "Example:\n  rawi-train stamp models/speech.pack --tables-of 421f78a --told titles=-\n\nTraining does that by itself; this is for a pack that was trained before packs had cards, or whose card was rewritten."
    )]
    Stamp(contract::StampArgs),
    /// Words a second of a stage, on one thread
    Speed(speed::SpeedArgs),
    /// Learn whom titles, descriptions and short names mean, and measure it
    #[command(
        after_help = "Example:\n  rawi-train links --shared ../shared --model models/links.pack"
    )]
    Links(links::LinksArgs),
    /// Look for mistakes in the tables: facts that stand twice, rows that fold alike
    #[command(
        after_help = "Example:\n  rawi-train check-tables --lexicon lexicon\n\nExits with 1 if there is a problem."
    )]
    CheckTables(tables::TableArgs),
}

#[derive(Args)]
struct PackArgs {
    /// Articles, one JSON object a line, with `id` and `text`
    #[arg(long, value_name = "A.jsonl")]
    articles: PathBuf,
    /// Hand annotation, a JSON list
    #[arg(long, value_name = "G.json")]
    gold: PathBuf,
}

#[derive(Args)]
struct UnpackArgs {
    /// Folder with `news/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Annotations as offsets
    #[arg(long, value_name = "O.jsonl", required = true, num_args = 1..)]
    offsets: Vec<PathBuf>,
    /// Where the articles go
    #[arg(long, value_name = "A.jsonl")]
    articles: PathBuf,
    /// Where the annotation goes
    #[arg(long, value_name = "G.json")]
    gold: PathBuf,
}

#[derive(Args)]
struct CheckArgs {
    /// Articles, one JSON object a line, with `id` and `text`
    #[arg(long, value_name = "A.jsonl")]
    articles: PathBuf,
    /// Hand annotations, each a JSON list
    #[arg(long, value_name = "G.json", required = true, num_args = 1..)]
    gold: Vec<PathBuf>,
}

fn main() -> Result<ExitCode> {
    match Cli::parse().command {
        Command::Score(args) => {
            print(&scoring::score(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::CheckGold(args) => check_gold(&args),
        Command::CheckTables(args) => {
            let (page, fine) = tables::check(&args)?;
            print(&page)?;
            Ok(if fine {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Command::Train(args) => {
            train::train(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Measure(args) => {
            print(&measure::measure(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Names(args) => {
            print(&names::names(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Speech(args) => {
            print(&speech::held_out(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Syntax(args) => {
            print(&syntax::syntax(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::PackGold(args) => {
            print(&pack_gold(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::UnpackGold(args) => {
            unpack_gold(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Events(args) => {
            print(&judging::events(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Gsr(args) => {
            print(&gsr::gsr(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Links(args) => {
            print(&links::links(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Tables(args) => {
            let (page, fine) = contract::tables(&args)?;
            print(&page)?;
            Ok(if fine {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        Command::Stamp(args) => {
            print(&contract::stamp(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Speed(args) => {
            print(&speed::speed(&args)?)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check_gold(args: &CheckArgs) -> Result<ExitCode> {
    let articles = input::articles(&args.articles)?;
    let mut problems = Vec::new();
    for path in &args.gold {
        let file = path.display();
        let found = check::annotation(&articles, &input::json_list(path)?);
        problems.extend(
            found
                .into_iter()
                .map(|problem| format!("{file}: {problem}\n")),
        );
    }
    print(&format!(
        "{}problems: {}\n",
        problems.concat(),
        problems.len()
    ))?;
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn pack_gold(args: &PackArgs) -> Result<String> {
    let articles = input::articles(&args.articles)?;
    let mut page = String::new();
    for annotation in input::annotations(&args.gold)? {
        let id = &annotation.id;
        let article = articles
            .get(id)
            .with_context(|| format!("{id}: annotated, but not among the articles"))?;
        let offsets =
            offsets::Offsets::of(&annotation, &article.text).with_context(|| id.to_owned())?;
        page.push_str(&serde_json::to_string(&offsets)?);
        page.push('\n');
    }
    Ok(page)
}

fn unpack_gold(args: &UnpackArgs) -> Result<()> {
    let news = corpus::News::open(&args.shared.join("news"), 0)?;
    let (articles, gold) = offsets::read(&args.offsets, &news)?;
    let mut lines = String::new();
    for (id, article) in &articles {
        let line = serde_json::json!({
            "id": id, "date": article.published, "text": article.text.as_str(),
        });
        lines.push_str(&format!("{line}\n"));
    }
    train::write(&args.articles, lines.as_bytes())?;
    train::write(&args.gold, &serde_json::to_vec(&gold)?)
}

fn print(page: &str) -> Result<()> {
    match io::stdout().write_all(page.as_bytes()) {
        // Whoever reads us through `head` has seen enough.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done.context("cannot write to standard output"),
    }
}
