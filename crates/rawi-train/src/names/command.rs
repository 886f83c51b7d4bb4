//! The command that learns names alone and tells how good they are.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use rawi_morph::Morphology;
use rawi_names::NameModel;

use super::material::{Material, held_out};
use super::measure::{self, Measured, Scheme};
use super::tables::{Tables, paths};
use super::{Effort, learn, learn_twice, pack};
use crate::contract;
use crate::corpus::{self, NamedArticle, News, Teacher};
use crate::train::PER_OUTLET;

/// Articles of every outlet that are learned from as the teacher labels them.
const OF_EACH: usize = 40;

/// Into how many parts the outlets are cut, each to be read by what the others taught.
const FOLDS: usize = 5;

/// What to learn from and what to measure.
#[derive(Args)]
pub struct NamesArgs {
    /// Folder with `data/`, `gold/` and `news/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Rawi's own tables
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// Write the model that is learned from everything there; without this, measure
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Take clusters and habits from this pack in place of the news
    #[arg(long, value_name = "PACK")]
    tables: Option<PathBuf>,
    /// Labels of the news by a teacher: learn from some of them too, and take habits from
    /// all
    #[arg(long, value_name = "FILE")]
    teacher: Option<PathBuf>,
    /// Measure so many of the five parts of the outlets
    #[arg(long, value_name = "N", default_value_t = FOLDS)]
    folds: usize,
    /// Learn once and not for long: enough to compare
    #[arg(long)]
    quick: bool,
    /// Show the first N wrong names of each set
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
}

/// Learns names with the words cut and tagged by the model that is built in, and writes
/// the model or measures it.
///
/// # Errors
///
/// If the data cannot be read or the model cannot be written.
pub fn names(args: &NamesArgs) -> Result<String> {
    let morphology = Morphology::embedded()?;
    let news = News::open(&args.shared.join("news"), PER_OUTLET)?;
    let tables = match &args.tables {
        Some(path) => {
            let bytes =
                std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            Some(Tables::of_pack(&bytes)?)
        }
        None => None,
    };
    let mut learner = Learner::new(&morphology, &news);
    learner.tables = tables;
    if let Some(path) = &args.teacher {
        learner.listen(path, &args.shared)?;
    }
    if args.quick {
        learner.effort = Effort::QUICK;
    }
    if let Some(path) = &args.model {
        let material = Material::read(&morphology, &args.shared, &[])?;
        let bytes = learner.learn(material)?;
        contract::write(path, "names", &bytes, &args.lexicon)?;
        return Ok(format!("{}: written\n", path.display()));
    }
    let mut page = String::new();
    learner.figures(&mut page, &args.shared, args.folds, args.errors)?;
    Ok(page)
}

/// Measures names, learned without what they are measured on.
///
/// # Errors
///
/// If the data cannot be read.
pub fn figures(
    page: &mut String,
    morphology: &Morphology<'_>,
    news: &News,
    shared: &Path,
    errors: usize,
) -> Result<()> {
    Learner::new(morphology, news).figures(page, shared, FOLDS, errors)
}

/// What a teacher says.
struct Taught {
    teacher: Teacher,
    articles: Vec<NamedArticle>,
}

/// What all models have in common, whatever they are learned from.
pub struct Learner<'a> {
    morphology: &'a Morphology<'a>,
    news: &'a News,
    /// Clusters and habits, unless they come from the news.
    tables: Option<Tables>,
    taught: Option<Taught>,
    effort: Effort,
}

impl<'a> Learner<'a> {
    /// Learns from the material alone.
    pub fn new(morphology: &'a Morphology<'a>, news: &'a News) -> Self {
        Self {
            morphology,
            news,
            tables: None,
            taught: None,
            effort: Effort::WHOLE,
        }
    }

    /// Learns from a teacher too, whose labels of the news are in a file.
    ///
    /// # Errors
    ///
    /// If labels or news cannot be read.
    pub fn listen(&mut self, labels: &Path, shared: &Path) -> Result<()> {
        let teacher = Teacher::open(labels, &shared.join("gold"))?;
        let all = News::open(&shared.join("news"), usize::MAX)?;
        let articles = teacher.sample(&all, OF_EACH)?;
        self.taught = Some(Taught { teacher, articles });
        self.effort = Effort::TAUGHT;
        Ok(())
    }

    /// Learns the model and packs it.
    ///
    /// # Errors
    ///
    /// If a text to learn from or the news cannot be read.
    pub fn learn(&self, mut material: Material) -> Result<Vec<u8>> {
        let start = Instant::now();
        let progress = |what: &str| eprintln!("{:6.1} s  {what}", start.elapsed().as_secs_f32());
        if let Some(taught) = &self.taught {
            material.taught.clone_from(&taught.articles);
        }
        let read;
        let tables = match (&self.tables, &self.taught) {
            (Some(tables), _) => tables,
            (None, None) => {
                let first = self.first(&progress)?;
                let (morphology, news) = (self.morphology, self.news);
                return learn_twice(morphology, news, &material, &first, self.effort, &progress);
            }
            (None, Some(taught)) => {
                let first = self.first(&progress)?;
                progress("counting the names that the teacher found");
                read = Tables::of_teacher(self.morphology, &taught.teacher, self.news, &first)?;
                &read
            }
        };
        progress("learning names");
        let learned = learn(self.morphology, tables, &material, self.effort)?;
        progress("learned");
        Ok(pack(&learned, tables))
    }

    fn first(&self, progress: &impl Fn(&str)) -> Result<Tables> {
        progress("clustering words");
        Ok(Tables::first(&paths(self.morphology, self.news)?))
    }

    fn figures(&self, page: &mut String, shared: &Path, folds: usize, errors: usize) -> Result<()> {
        let aner = corpus::conll(&shared.join("data/ner-anercorp/dev.conll"))?;
        let fane = held_out(self.morphology, shared)?;
        let apart = [aner.clone(), fane.clone()].concat();
        let material = Material::read(self.morphology, shared, &apart)?;

        let mut parts: Option<Measured> = None;
        for fold in 0..folds.min(FOLDS) {
            let (test, casts) = split(&material.casts, fold);
            let bytes = self.learn(Material {
                casts,
                ..material.clone()
            })?;
            let model = NameModel::open(&bytes)?;
            let measured = measure::articles(self.morphology, &model, &test)?;
            match &mut parts {
                Some(parts) => parts.add(measured),
                None => parts = Some(measured),
            }
        }
        if let Some(parts) = parts {
            show(page, "casts of other outlets", &parts, errors)?;
        }

        let bytes = self.learn(material)?;
        let model = NameModel::open(&bytes)?;
        let gold = shared.join("gold");
        let dev = corpus::casts(&gold.join("dev.jsonl"), &gold.join("dev.cast.jsonl"))?;
        let measured = measure::articles(self.morphology, &model, &dev)?;
        show(page, "casts of dev", &measured, 0)?;
        for (set, sentences, scheme) in [
            ("ANERcorp dev", &aner, Scheme::coarse()),
            ("NewsFANE held out", &fane, Scheme::own()),
        ] {
            let measured = measure::columns(self.morphology, &model, sentences, &scheme)?;
            show(page, set, &measured, errors)?;
        }
        Ok(())
    }
}

/// The articles of every fifth outlet, and the others.
fn split(articles: &[NamedArticle], fold: usize) -> (Vec<NamedArticle>, Vec<NamedArticle>) {
    let mut outlets: Vec<&str> = articles.iter().map(|a| a.outlet.as_str()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let held = |a: &NamedArticle| {
        let place = outlets.binary_search(&a.outlet.as_str()).unwrap_or(0);
        place % FOLDS == fold
    };
    articles.iter().cloned().partition(held)
}

fn show(page: &mut String, set: &str, measured: &Measured, errors: usize) -> Result<()> {
    let all = measured.all;
    writeln!(page, "names  {set}  F1 {:.2}  ({all})", all.f1())?;
    for (name, tally) in &measured.types {
        writeln!(page, "    {name:12}  F1 {:.2}  ({tally})", tally.f1())?;
    }
    for line in measured.wrong.iter().take(errors) {
        writeln!(page, "    {line}")?;
    }
    Ok(())
}
