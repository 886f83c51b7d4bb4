//! Clusters of stems that stand between the same neighbors.
//!
//! Each frequent stem is a sparse vector: which of the commonest words stand
//! before and after it and with which clitics. Spherical k-means over these
//! vectors, started from the most frequent stems, gives the same clusters every
//! time.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use rawi_morph::segment::Segmenter;

use crate::corpus::News;
use crate::counts;

/// Words that count as neighbors.
const NEIGHBORS: usize = 1200;
/// Stems rarer than this get no cluster.
const RARE: u32 = 15;
const ROUNDS: usize = 12;

/// The cluster (from 1) of every frequent stem.
pub fn clusters(
    news: &News,
    vocabulary: &[(String, u32)],
    segmenter: &Segmenter<'_>,
    clusters: usize,
) -> Result<BTreeMap<String, u16>> {
    let near: HashMap<&str, u32> = vocabulary
        .iter()
        .take(NEIGHBORS)
        .enumerate()
        .map(|(i, (w, _))| (w.as_str(), i as u32))
        .collect();
    let mut stems: HashMap<String, (u32, HashMap<u32, u32>)> = HashMap::new();
    let clitics = 2 * NEIGHBORS as u32 + 8;
    counts::sentences(news, |words| {
        for (i, &word) in words.iter().enumerate() {
            if word.is_empty() {
                continue;
            }
            let cut = segmenter.cut(word);
            let (count, around) = match stems.get_mut(cut.stem(word)) {
                Some(known) => known,
                None => stems.entry(cut.stem(word).to_owned()).or_default(),
            };
            *count += 1;
            let before = match i.checked_sub(1).map(|k| words[k]) {
                None => Some(2 * NEIGHBORS as u32),
                Some("") => Some(2 * NEIGHBORS as u32 + 1),
                Some(w) => near.get(w).copied(),
            };
            let after = match words.get(i + 1) {
                None => Some(2 * NEIGHBORS as u32 + 2),
                Some(&"") => Some(2 * NEIGHBORS as u32 + 3),
                Some(w) => near.get(w).map(|n| n + NEIGHBORS as u32),
            };
            for key in [before, after, Some(clitics + cut.code())]
                .into_iter()
                .flatten()
            {
                *around.entry(key).or_default() += 1;
            }
        }
    })?;
    let mut stems: Vec<Stem> = stems
        .into_iter()
        .filter(|(_, (count, _))| *count >= RARE)
        .map(|(stem, (count, around))| {
            let mut around: Vec<(u32, f32)> = around
                .into_iter()
                .map(|(k, n)| (k, (n as f32).sqrt()))
                .collect();
            around.sort_by_key(|(k, _)| *k);
            let norm = around.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
            for (_, x) in &mut around {
                *x /= norm;
            }
            (stem, count, around)
        })
        .collect();
    stems.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let homes = means(&stems, clusters);
    Ok(stems
        .into_iter()
        .zip(homes)
        .map(|((stem, ..), home)| (stem, home + 1))
        .collect())
}

/// A stem, how often it stands in the news, and its neighbors as a sparse vector
/// of length one.
type Stem = (String, u32, Vec<(u32, f32)>);

fn means(stems: &[Stem], clusters: usize) -> Vec<u16> {
    let width = 2 * NEIGHBORS + 8 + 512;
    let mut centers: Vec<Vec<f32>> = (0..clusters.min(stems.len()))
        .map(|k| {
            let mut center = vec![0.0; width];
            for &(key, x) in &stems[k].2 {
                center[key as usize] = x;
            }
            center
        })
        .collect();
    let mut homes = vec![0u16; stems.len()];
    for _ in 0..ROUNDS {
        // By dimension, so that one pass over a sparse stem meets all centers.
        let mut turned = vec![0.0f32; width * centers.len()];
        for (k, center) in centers.iter().enumerate() {
            for (d, &x) in center.iter().enumerate() {
                turned[d * centers.len() + k] = x;
            }
        }
        let mut scores = vec![0.0f32; centers.len()];
        for (home, (_, _, around)) in homes.iter_mut().zip(stems) {
            scores.fill(0.0);
            for &(key, x) in around {
                let row = &turned[key as usize * centers.len()..][..centers.len()];
                for (s, c) in scores.iter_mut().zip(row) {
                    *s += x * c;
                }
            }
            let best = (0..scores.len()).fold(0, |b, k| if scores[k] > scores[b] { k } else { b });
            *home = best as u16;
        }
        for center in &mut centers {
            center.fill(0.0);
        }
        for (&home, (_, count, around)) in homes.iter().zip(stems) {
            let weight = (*count as f32).sqrt();
            for &(key, x) in around {
                centers[usize::from(home)][key as usize] += weight * x;
            }
        }
        for center in &mut centers {
            let norm = center.iter().map(|x| x * x).sum::<f32>().sqrt();
            if norm > 0.0 {
                for x in center {
                    *x /= norm;
                }
            }
        }
    }
    homes
}
