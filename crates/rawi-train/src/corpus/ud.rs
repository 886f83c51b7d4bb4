//! Universal Dependencies: sentences in CoNLL-U, and the segmentation lists of
//! the recovered PADT.

use std::path::Path;

use anyhow::{Context, Result};
use rawi_morph::Pos;
use rawi_text::fold;

use super::{ANY, Part, Sentence, Written, bit};

/// Whether a part has the article, going by spelling and annotation.
fn article(part: &Part) -> bool {
    let noun = bit(Pos::Noun) | bit(Pos::Adj) | bit(Pos::Num) | bit(Pos::Propn) | bit(Pos::X);
    let long = part.form.chars().count() >= 4;
    part.tags & noun != 0
        && (part.form.starts_with("ال") && long
            || part.form.starts_with('ل') && part.features.contains("Definite=Def"))
}

/// Reads a treebank. Words that are written together are one [`Written`],
/// whether the file marks that by ranges (PADT) or by `SpaceAfter=No` (PUD).
pub fn treebank(path: &Path) -> Result<Vec<Sentence>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = Vec::new();
    let mut sentence = Sentence::new();
    let mut parts: Vec<Part> = Vec::new();
    // The last word of the range that is open, if the file has ranges.
    let mut range_end = 0usize;
    let mut ranges = false;
    let flush = |parts: &mut Vec<Part>, sentence: &mut Sentence| {
        if !parts.is_empty() {
            sentence.push(Written::new(std::mem::take(parts), article));
        }
    };
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < 10 {
            flush(&mut parts, &mut sentence);
            if !sentence.is_empty() {
                out.push(std::mem::take(&mut sentence));
            }
            range_end = 0;
            continue;
        }
        if let Some((_, end)) = fields[0].split_once('-') {
            flush(&mut parts, &mut sentence);
            range_end = end.parse().unwrap_or(0);
            ranges = true;
            continue;
        }
        let number: usize = fields[0].parse().unwrap_or(0);
        let tags = Pos::of_tag(fields[3]).map_or(ANY, bit);
        let mark = tags == bit(Pos::Punct) || tags == bit(Pos::Sym);
        if mark && !ranges {
            flush(&mut parts, &mut sentence);
        }
        parts.push(Part {
            form: fold(fields[1]),
            tags,
            features: fields[5].to_owned(),
            lemma: fields[2].to_owned(),
        });
        let together = if range_end > 0 || ranges {
            number < range_end
        } else {
            fields[9].contains("SpaceAfter=No") && !mark
        };
        if !together {
            flush(&mut parts, &mut sentence);
        }
    }
    flush(&mut parts, &mut sentence);
    if !sentence.is_empty() {
        out.push(sentence);
    }
    Ok(out)
}

/// Reads the rows of a segmentation list whose status is `gold`: the word and
/// its segments, folded.
pub fn segmented(path: &Path) -> Result<Vec<(String, Vec<String>)>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [word, segments, "gold", ..] = fields[..] else {
                return None;
            };
            let parts = if word == "+" {
                vec![word.to_owned()]
            } else {
                segments
                    .split('+')
                    .filter(|s| !s.is_empty())
                    .map(fold)
                    .collect()
            };
            Some((fold(word), parts))
        })
        .collect())
}
