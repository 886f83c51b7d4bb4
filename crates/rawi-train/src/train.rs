//! The command that makes all models out of the shared data.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use rawi::Models;
use rawi_morph::Morphology;
use rawi_names::{LinkModel, NameModel};
use rawi_speech::SpeechModel;
use rawi_syntax::Parser;

use crate::corpus::News;
use crate::engine::leak;
use crate::{contract, judging, links, morph, names, offsets, speech, syntax};

/// Articles of one outlet that count: a few large ones would drown the rest.
pub const PER_OUTLET: usize = 3000;

/// What to train from, and where to put it.
#[derive(Args)]
pub struct TrainArgs {
    /// Folder with `data/` and `news/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Rawi's own tables
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// Rawi's own annotations, as offsets into the news
    #[arg(long, value_name = "DIR", default_value = "training/gold")]
    gold: PathBuf,
    /// Rawi's own trees, as offsets into the news
    #[arg(long, value_name = "DIR", default_value = "training/trees")]
    trees: PathBuf,
    /// Labels of the news by a teacher (training/teacher), from which names are learned too
    #[arg(long, value_name = "FILE")]
    teacher: Option<PathBuf>,
    /// Where the models go
    #[arg(long, value_name = "DIR", default_value = "models")]
    models: PathBuf,
}

/// Trains every model and writes it.
pub fn train(args: &TrainArgs) -> Result<()> {
    let start = Instant::now();
    let progress = |what: &str| eprintln!("{:6.1} s  {what}", start.elapsed().as_secs_f32());
    let put = |name: &str, bytes: &[u8]| {
        let path = args.models.join(format!("{name}.pack"));
        contract::write(&path, name, bytes, &args.lexicon)
    };
    let news = News::open(&args.shared.join("news"), PER_OUTLET)?;

    progress("reading news and lexica");
    let material = morph::Material::read(&args.shared, &args.lexicon, &news)?;
    progress("learning to cut words, clustering them, learning to tag them");
    let morph = morph::pack(&material, &news)?;
    put("morph", &morph)?;

    // The lists of names (`rawi_words::Listed`) were cut by the morphology that this
    // program was built with: after a new one, build and train once more.
    let morphology = Morphology::open(&morph)?;
    let material = names::Material::read(&morphology, &args.shared, &[])?;
    let mut learner = names::Learner::new(&morphology, &news);
    if let Some(path) = &args.teacher {
        learner.listen(path, &args.shared)?;
    }
    let bytes = learner.learn(material)?;
    put("names", &bytes)?;

    progress("learning who is who");
    let base = Models {
        morphology: Morphology::open(leak(morph))?,
        names: NameModel::open(leak(bytes))?,
        ..Models::embedded()?
    };
    let bytes = links::train(&base, &args.shared)?;
    put("links", &bytes)?;

    progress("learning to parse");
    let base = Models {
        links: LinkModel::open(leak(bytes))?,
        ..base
    };
    let bytes = syntax::Material::read(&base, &args.shared, &args.trees)?.learn();
    put("syntax", &bytes)?;

    progress("learning statements");
    let base = Models {
        syntax: Parser::open(leak(bytes))?,
        ..base
    };
    let (articles, gold) = offsets::material(&args.shared, &args.gold)?;
    let learned = speech::learn(&base, &articles, &gold)?;
    let bytes = learned.whole.pack();
    put("speech", &bytes)?;

    progress("learning events");
    let base = Models {
        speech: SpeechModel::open(leak(bytes))?,
        ..base
    };
    let gsr = args.shared.join("data/event-gsr");
    let (articles, gold) = offsets::material_of_events(&args.shared, &args.gold)?;
    put("events", &judging::learn(&base, &articles, &gold, &gsr)?)?;
    progress("done");
    Ok(())
}

/// Writes a file, or says which one it could not.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
