//! The command that measures the models on annotated data, training them anew
//! without what they are measured on.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use rawi_morph::tagger::Sequencer;
use rawi_morph::{Morphology, Pos};

use crate::corpus::{self, News, Sentence, bit};
use crate::evaluate::{self, Tally};
use crate::train::PER_OUTLET;
use crate::{morph, names};

/// What to measure on.
#[derive(Args)]
pub struct MeasureArgs {
    /// Folder with `data/` and `news/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Rawi's own tables
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
    /// Show the N commonest mistakes of each kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Measure only names, with the words cut and tagged by the model that is built in
    #[arg(long)]
    names: bool,
}

/// Parts in which PUD is cut for cross-validation.
const FOLDS: usize = 10;

/// Measures everything and returns the page to print.
pub fn measure(args: &MeasureArgs) -> Result<String> {
    let mut page = String::new();
    let news = News::open(&args.shared.join("news"), PER_OUTLET)?;
    if args.names {
        let morphology = Morphology::embedded()?;
        names::figures(&mut page, &morphology, &news, &args.shared, args.errors)?;
        return Ok(page);
    }
    let data = args.shared.join("data");
    let material = morph::Material::read(&args.shared, &args.lexicon, &news)?;
    let all: Vec<&Sentence> = material.tagged.iter().chain(&material.coarse).collect();
    let trained = morph::segmentation(&material, &news, &all)?;
    let segmenter = trained.segmenter()?;

    for part in ["dev", "test"] {
        let path = data.join(format!("ud-padt-recovered/seg.{part}.tsv"));
        let (tally, wrong) = evaluate::segmentation(&segmenter, &corpus::segmented(&path)?);
        writeln!(
            page,
            "segmentation  PADT {part:4}  F1 {:.2}  ({tally})",
            tally.f1()
        )?;
        show(
            &mut page,
            wrong
                .into_iter()
                .map(|((w, g, f), n)| (n, format!("{w}: {g}, found {f}"))),
            args.errors,
        )?;
    }

    let exact = |found: Pos, tags: u16, _: &str| Some(tags & bit(found) != 0);
    let [mut perceptron, mut crf, mut whole] = [Tally::default(); 3];
    for fold in 0..FOLDS {
        let part = |test: bool| -> Vec<&Sentence> {
            let in_fold = |i: &usize| (i % FOLDS == fold) == test;
            material
                .tagged
                .iter()
                .enumerate()
                .filter(|(i, _)| in_fold(i))
                .map(|(_, s)| s)
                .collect()
        };
        let (learn, test) = (part(false), part(true));
        for (tally, use_crf) in [(&mut perceptron, false), (&mut crf, true)] {
            let (weights, steps) = morph::tagger(&trained, &learn, use_crf)?.finish();
            let sequencer = Sequencer::open(&weights, &steps, Pos::ALL.len())?;
            *tally += evaluate::tagging(&segmenter, &sequencer, &test, true, exact).0;
            if use_crf {
                whole += evaluate::tagging(&segmenter, &sequencer, &test, false, exact).0;
            }
        }
    }
    writeln!(
        page,
        "UPOS  PUD 10-fold, perceptron   {:.2}  ({perceptron})",
        perceptron.f1()
    )?;
    writeln!(
        page,
        "UPOS  PUD 10-fold, CRF          {:.2}  ({crf})",
        crf.f1()
    )?;
    writeln!(
        page,
        "UPOS  PUD 10-fold, CRF, own segmentation  {:.2}  ({whole})",
        whole.f1()
    )?;

    let bytes = morph::pack(&material, &news)?;
    let morphology = Morphology::open(&bytes)?;
    let padt = corpus::treebank(&data.join("ud-padt-recovered/morph.conllu"))?;
    let padt: Vec<&Sentence> = padt.iter().collect();
    let tagged: Vec<&Sentence> = material.tagged.iter().collect();
    let (weights, steps) = morph::tagger(&trained, &tagged, true)?.finish();
    let sequencer = Sequencer::open(&weights, &steps, Pos::ALL.len())?;
    let (tally, wrong) = evaluate::tagging(&segmenter, &sequencer, &padt, true, as_padt);
    writeln!(
        page,
        "UPOS  PADT, mapped, X left out  {:.2}  ({tally})",
        tally.f1()
    )?;
    show(
        &mut page,
        wrong
            .into_iter()
            .map(|((f, g), n)| (n, format!("{g}, found {f}"))),
        args.errors,
    )?;
    for (name, tally) in evaluate::features(&morphology, &padt) {
        writeln!(page, "{name:12}  PADT  {:.2}  ({tally})", tally.f1())?;
    }

    names::figures(&mut page, &morphology, &news, &args.shared, args.errors)?;
    Ok(page)
}

fn show(
    page: &mut String,
    wrong: impl Iterator<Item = (usize, String)>,
    limit: usize,
) -> Result<()> {
    let mut wrong: Vec<(usize, String)> = wrong.collect();
    wrong.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (n, line) in wrong.iter().take(limit) {
        writeln!(page, "    {n:4}  {line}")?;
    }
    Ok(())
}

/// Quantifying nouns that PUD calls determiners and PADT nouns.
const QUANTIFIERS: [&str; 16] = [
    "كل",
    "بعض",
    "جميع",
    "احد",
    "احدي",
    "معظم",
    "عده",
    "شبه",
    "اي",
    "غير",
    "سوي",
    "مختلف",
    "كافه",
    "كلا",
    "كلتا",
    "نفس",
];

/// Whether an answer in PUD's terms fits PADT's annotation: names are nouns
/// there, conjunctions of all kinds are one tag, so are pronouns and
/// determiners, and auxiliaries are verbs. None for words that PADT leaves open.
fn as_padt(found: Pos, tags: u16, form: &str) -> Option<bool> {
    if tags == corpus::ANY || tags & bit(Pos::X) != 0 {
        return None;
    }
    let widen = |tags: u16, pair: [Pos; 2]| {
        let both = bit(pair[0]) | bit(pair[1]);
        if tags & both == 0 { tags } else { tags | both }
    };
    let tags = [
        [Pos::Noun, Pos::Propn],
        [Pos::Cconj, Pos::Sconj],
        [Pos::Pron, Pos::Det],
        [Pos::Verb, Pos::Aux],
        [Pos::Punct, Pos::Sym],
    ]
    .into_iter()
    .fold(tags, widen);
    // PUD calls `و` and `ف` at the head of a sentence particles.
    let head = matches!(form, "و" | "ف") && found == Pos::Part && tags & bit(Pos::Cconj) != 0;
    let quantifier = QUANTIFIERS.contains(&form)
        && matches!(found, Pos::Det | Pos::Part)
        && tags & (bit(Pos::Noun) | bit(Pos::Adj)) != 0;
    Some(tags & bit(found) != 0 || head || quantifier)
}
