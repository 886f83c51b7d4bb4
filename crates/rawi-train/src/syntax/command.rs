//! The command: figures of held-out parsing, and the model that everything teaches.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use rawi::Reader;
use rawi_syntax::state::{NONE, State};
use rawi_syntax::{Label, Parser};

use super::learn::{Learned, learn};
use super::material::{Example, Material, examples};
use crate::contract;
use crate::corpus;
use crate::engine;

/// Parts of cross-validation.
const FOLDS: usize = 5;
/// Sentences of a fold that stand together: those of an article do.
const BLOCK: usize = 20;

/// What to learn from, and where the model goes.
#[derive(Args)]
pub struct SyntaxArgs {
    /// Folder with `data/` and `news/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Rawi's own trees, as offsets into the news
    #[arg(long, value_name = "DIR", default_value = "training/trees")]
    trees: PathBuf,
    /// Rawi's own tables, those that this program was built with
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// Where the model that everything teaches goes, if it is wanted
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Only write the model, without figures
    #[arg(long, requires = "model")]
    quick: bool,
}

/// Learns to parse.
///
/// # Errors
/// If a file cannot be read or written.
pub fn syntax(args: &SyntaxArgs) -> Result<String> {
    // The model in the program may be of other templates.
    let base = engine::base("syntax", Learned::nothing().pack())?;
    let material = Material::read(&base, &args.shared, &args.trees)?;
    let all: Vec<&Example> = material.iter().collect();
    let whole = learn(&all);
    if let Some(path) = &args.model {
        contract::write(path, "syntax", &whole.pack(), &args.lexicon)?;
    }
    let mut page = String::new();
    if args.quick {
        return Ok(page);
    }
    let sources = [("PUD", &material.pud), ("news", &material.news)];
    let mut tallies = [Tally::default(), Tally::default()];
    for fold in 0..FOLDS {
        let held = |i: usize| i / BLOCK % FOLDS == fold;
        let rest: Vec<&Example> = sources
            .iter()
            .flat_map(|(_, all)| all.iter().enumerate())
            .filter(|(i, _)| !held(*i))
            .map(|(_, e)| e)
            .collect();
        let learned = learn(&rest);
        for (tally, (_, all)) in tallies.iter_mut().zip(&sources) {
            let part = all.iter().enumerate().filter(|(i, _)| held(*i));
            tally.add(&learned, part.map(|(_, e)| e))?;
        }
    }
    for (tally, (name, all)) in tallies.iter().zip(&sources) {
        let sentences = all.len();
        tally.print(
            &mut page,
            &format!("{name}, {sentences} sentences, {FOLDS} folds"),
        )?;
    }
    let padt = corpus::trees(
        &args
            .shared
            .join("data/ud-padt-recovered/trees.v2ish.conllu"),
    )?;
    let mut worker = Reader::with_models(base).worker();
    let mut tally = Tally::default();
    let mut sentences = Vec::new();
    for tree in padt.iter().step_by(4) {
        sentences.extend(examples(&mut worker, tree)?);
    }
    tally.add(&whole, sentences.iter())?;
    tally.print(&mut page, "PADT, every fourth tree, never learned from")?;
    Ok(page)
}

/// What was found right.
#[derive(Default)]
struct Tally {
    words: usize,
    heads: usize,
    both: usize,
    /// By label: found and right, found, wanted.
    labels: [[usize; 3]; Label::ALL.len()],
}

impl Tally {
    fn add<'e>(
        &mut self,
        learned: &Learned,
        examples: impl Iterator<Item = &'e Example>,
    ) -> Result<()> {
        let bytes = learned.pack();
        let parser = Parser::open(&bytes)?;
        let mut state = State::default();
        for example in examples {
            parser.parse(&example.atoms, &mut state);
            for (k, (&head, &label)) in example.heads.iter().zip(&example.labels).enumerate() {
                let found = (state.heads()[k], state.labels()[k]);
                let right = found.0 == head;
                let whole = right && (found.1 == label || head == NONE);
                self.words += 1;
                self.heads += usize::from(right);
                self.both += usize::from(whole);
                self.labels[found.1 as usize][0] += usize::from(whole);
                self.labels[found.1 as usize][1] += 1;
                self.labels[label as usize][2] += 1;
            }
        }
        Ok(())
    }

    fn print(&self, page: &mut String, name: &str) -> Result<()> {
        let rate = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        writeln!(
            page,
            "{name}: {} words  UAS {:.3}  LAS {:.3}",
            self.words,
            rate(self.heads, self.words),
            rate(self.both, self.words),
        )?;
        for label in Label::ALL {
            let [right, found, wanted] = self.labels[label as usize];
            let f1 = rate(2 * right, found + wanted);
            writeln!(page, "  {:12} F1 {f1:.3}  of {wanted}", label.name())?;
        }
        Ok(())
    }
}
