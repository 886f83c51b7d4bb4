//! How fast rawi is, in words a second on one thread.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use rawi::Reader;
use rawi_morph::{Morphology, Tagged};
use rawi_names::{Labels, NameModel, Words};
use rawi_text::{Layout, SourceText};

use crate::input::{self, Articles};

/// What to time.
#[derive(Args)]
pub struct SpeedArgs {
    /// Which stage
    #[arg(long, value_enum)]
    task: Task,
    /// Articles, one JSON object a line, with `id` and `text`
    articles: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Task {
    /// Segmentation and parts of speech, tokens and sentences included
    Tags,
    /// Names, with everything before them
    Names,
    /// Whole readings, written as JSON
    Read,
}

/// Times a stage and returns one JSON line: the median of five rounds.
pub fn speed(args: &SpeedArgs) -> Result<String> {
    let articles = input::articles(&args.articles)?;
    ensure!(
        !articles.is_empty(),
        "{} holds no articles",
        args.articles.display()
    );
    let words: usize = articles
        .values()
        .map(|a| a.text.as_str().split_whitespace().count())
        .sum();
    let (task, seconds) = match args.task {
        Task::Tags => ("tags", stages(&articles, false)?),
        Task::Names => ("names", stages(&articles, true)?),
        Task::Read => ("read", readings(&articles)?),
    };
    Ok(format!(
        "{{\"task\":\"{task}\",\"words\":{words},\"seconds\":{seconds:.6}}}\n"
    ))
}

/// Times the tagger, and with `names` the model of names behind it.
fn stages(articles: &Articles, names: bool) -> Result<f64> {
    let morphology = Morphology::embedded()?;
    let model = NameModel::embedded()?;
    let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
    let (mut words, mut labels) = (Words::default(), Labels::default());
    median(|| {
        for (id, article) in articles {
            let source =
                SourceText::new(article.text.as_str()).with_context(|| format!("article {id}"))?;
            layout.analyze(&source);
            tagged.fill(&morphology, &layout);
            if names {
                words.fill(&source, &layout);
                labels.fill(&model, &layout, &tagged, &words);
            }
        }
        Ok(())
    })
}

/// Times whole readings and their JSON.
fn readings(articles: &Articles) -> Result<f64> {
    let articles: Vec<rawi::Article> = articles
        .iter()
        .map(|(id, article)| rawi::Article::new(id, article.text.as_str()))
        .collect();
    let mut worker = Reader::new()?.worker();
    let mut json = Vec::new();
    median(|| {
        for article in &articles {
            json.clear();
            let reading = worker
                .read(article)
                .with_context(|| format!("article {}", article.id))?;
            serde_json::to_writer(&mut json, &reading)?;
        }
        Ok(())
    })
}

/// The median of five rounds, in seconds.
fn median(mut round: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut seconds = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        round()?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[2])
}
