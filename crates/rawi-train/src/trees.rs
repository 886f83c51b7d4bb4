//! A tree of words by their vectors: a few large clusters, each cut into
//! smaller ones, and these again.

use crate::vectors::{Vectors, WIDTH, unit};

/// Into how many parts each level is cut, as powers of two.
const LEVELS: [u32; 3] = [6, 3, 3];
/// Rounds of sorting words into the nearest cluster.
const ROUNDS: usize = 12;

/// The path of every word: the largest cluster in the highest bits.
pub fn paths(vectors: &Vectors) -> Vec<u32> {
    let mut paths = vec![0u32; vectors.rows.len()];
    for bits in LEVELS {
        let mut members: Vec<(u32, usize)> = paths.iter().copied().zip(0..).collect();
        members.sort_unstable();
        for group in members.chunk_by(|a, b| a.0 == b.0) {
            let group: Vec<usize> = group.iter().map(|(_, i)| *i).collect();
            let homes = means(vectors, &group, 1 << bits);
            for (&i, home) in group.iter().zip(homes) {
                paths[i] = paths[i] << bits | home;
            }
        }
    }
    paths
}

/// Spherical k-means of some words, started from the most frequent of them.
fn means(vectors: &Vectors, group: &[usize], clusters: usize) -> Vec<u32> {
    let clusters = clusters.min(group.len());
    let mut centers = start(vectors, group, clusters);
    let mut homes = vec![0; group.len()];
    for _ in 0..ROUNDS {
        for (home, &i) in homes.iter_mut().zip(group) {
            let mut best = (f32::NEG_INFINITY, 0);
            for (k, center) in centers.iter().enumerate() {
                let near = dot(center, &vectors.rows[i]);
                if near > best.0 {
                    best = (near, k as u32);
                }
            }
            *home = best.1;
        }
        let mut sums = vec![[0.0; WIDTH]; clusters];
        for (&home, &i) in homes.iter().zip(group) {
            let weight = (vectors.counts[i] as f32).powf(0.25);
            for (s, x) in sums[home as usize].iter_mut().zip(&vectors.rows[i]) {
                *s += weight * x;
            }
        }
        centers = sums.into_iter().map(unit).collect();
    }
    homes
}

/// Centers far apart: each time the frequent word that is least like those
/// chosen before.
fn start(vectors: &Vectors, group: &[usize], clusters: usize) -> Vec<[f32; WIDTH]> {
    let near = &group[..group.len().min(clusters * 20)];
    let mut closest = vec![-1.0f32; near.len()];
    let mut centers: Vec<[f32; WIDTH]> = Vec::new();
    let mut next = 0;
    for _ in 0..clusters {
        centers.push(vectors.rows[near[next]]);
        for (c, &i) in closest.iter_mut().zip(near) {
            *c = c.max(dot(&vectors.rows[i], &vectors.rows[near[next]]));
        }
        next = (0..near.len()).fold(0, |b, k| if closest[k] < closest[b] { k } else { b });
    }
    centers
}

fn dot(a: &[f32; WIDTH], b: &[f32; WIDTH]) -> f32 {
    // Eight sums side by side fill the vector registers.
    let mut sums = [0.0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    sums.iter().sum()
}
