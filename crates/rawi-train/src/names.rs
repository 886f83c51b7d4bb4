//! Training and measuring of the name model.

mod command;
mod material;
mod measure;
mod tables;

use anyhow::Result;
use rawi_model::PackWriter;
use rawi_morph::Morphology;
use rawi_names::NameModel;
use rawi_names::ner::CLASSES;

use crate::cards;
use crate::corpus::News;
use crate::learn::{self, Learned, Regimen};

pub use command::{Learner, NamesArgs, figures, names};
pub use material::Material;
use tables::Tables;

/// Rows of the weights, as a power of two.
const BITS: u32 = 17;
/// How it is learned, and how many times, to take the mean.
#[derive(Clone, Copy)]
struct Effort {
    regimen: Regimen,
    seeds: u64,
}

impl Effort {
    /// What the model that ships is worth.
    const WHOLE: Self = Self {
        regimen: Regimen {
            rounds: 14,
            decay: 1e-4,
            drop: 0.4,
        },
        seeds: 4,
    };
    /// What is enough where a teacher labels many articles.
    const TAUGHT: Self = Self {
        regimen: Regimen {
            rounds: 10,
            ..Self::WHOLE.regimen
        },
        seeds: 2,
    };
    /// Enough to compare.
    const QUICK: Self = Self {
        regimen: Regimen {
            rounds: 6,
            ..Self::WHOLE.regimen
        },
        seeds: 1,
    };
}

/// Learns the model.
///
/// # Errors
///
/// If a text to learn from cannot be read.
fn learn(
    morphology: &Morphology<'_>,
    tables: &Tables,
    material: &Material,
    effort: Effort,
) -> Result<Learned> {
    let examples = material.examples(morphology, &tables.open()?)?;
    // As many rows again for what is learned beside the model and thrown away.
    let Effort { regimen, seeds } = effort;
    let mut learned = learn::crf_mean(&examples, BITS + 1, CLASSES, regimen, seeds);
    learned.rows.truncate(1 << BITS);
    Ok(learned)
}

/// Learns twice: the second time with what the first model found all over the news.
///
/// # Errors
///
/// As [`learn()`], and if the news cannot be read.
fn learn_twice(
    morphology: &Morphology<'_>,
    news: &News,
    material: &Material,
    first: &Tables,
    effort: Effort,
    progress: &impl Fn(&str),
) -> Result<Vec<u8>> {
    progress("learning names");
    let model = pack(&learn(morphology, first, material, effort)?, first);
    progress("finding names all over the news");
    let tables = Tables::of_news(morphology, &NameModel::open(&model)?, news, first)?;
    progress("learning names again");
    Ok(pack(
        &learn(morphology, &tables, material, effort)?,
        &tables,
    ))
}

/// The pack of a learned model.
fn pack(learned: &Learned, tables: &Tables) -> Vec<u8> {
    let (weights, steps) = learned.finish();
    let about = cards::about("names", Vec::new());
    let mut pack = PackWriter::model(&about, rawi_names::ner::TEMPLATES);
    pack.add("names", weights);
    pack.add("name-steps", steps);
    pack.add("name-words", tables.words.clone());
    pack.add("name-phrases", tables.phrases.clone());
    pack.finish()
}
