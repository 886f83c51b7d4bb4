//! How fast the models are, in words a second on one thread.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use rawi_morph::{Morphology, Tagged};
use rawi_names::{Labels, NameModel, Words};
use rawi_text::{Layout, SourceText};

use crate::input;

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
    let morphology = Morphology::embedded()?;
    let model = NameModel::embedded()?;
    let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
    let (mut table, mut labels) = (Words::default(), Labels::default());
    let mut seconds = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        for (id, article) in &articles {
            let source =
                SourceText::new(article.text.as_str()).with_context(|| format!("article {id}"))?;
            layout.analyze(&source);
            tagged.fill(&morphology, &layout);
            if args.task == Task::Names {
                table.fill(&source, &layout);
                labels.fill(&model, &layout, &tagged, &table);
            }
        }
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let task = match args.task {
        Task::Tags => "tags",
        Task::Names => "names",
    };
    Ok(format!(
        "{{\"task\":\"{task}\",\"words\":{words},\"seconds\":{:.6}}}\n",
        seconds[2]
    ))
}
