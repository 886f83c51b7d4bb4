//! Learners: an averaged perceptron and a conditional random field for sequences,
//! a ranking perceptron for choices, logistic regression for yes and no; all over
//! hashed features.

mod crf;
mod logit;
mod perceptron;
mod rank;

pub use crf::{Regimen, crf, crf_mean};
pub use logit::{Question, logit, logit_without, slot};
pub use perceptron::perceptron;
pub use rank::{Choice, rank};

use rawi_model::{LANES, WeightsWriter};

/// One sentence to learn from.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The features of each place, as row numbers.
    pub rows: Vec<Vec<u32>>,
    /// The classes that are right at each place, as bits.
    pub right: Vec<u16>,
}

impl Example {
    /// The example without a share of its features, drawn by lot.
    fn without(&self, share: f32, lots: &mut Shuffle) -> Self {
        if share <= 0.0 {
            return self.clone();
        }
        let keep = |rows: &Vec<u32>| {
            let mut kept = Vec::with_capacity(rows.len());
            kept.extend(rows.iter().copied().filter(|_| lots.unit() >= share));
            kept
        };
        Self {
            rows: self.rows.iter().map(keep).collect(),
            right: self.right.clone(),
        }
    }
}

/// What was learned: rows of weights and steps from class to class.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Weights by row and class.
    pub rows: Vec<[f32; LANES]>,
    /// Weights of steps.
    pub steps: [[f32; LANES]; LANES],
}

impl Learned {
    /// Nothing learned yet.
    pub fn new(bits: u32) -> Self {
        Self {
            rows: vec![[0.0; LANES]; 1 << bits],
            steps: [[0.0; LANES]; LANES],
        }
    }

    /// Adds a share of other weights.
    fn add(&mut self, other: &Learned, share: f32) {
        let pairs = self.rows.iter_mut().zip(&other.rows);
        for (row, other) in pairs.chain(self.steps.iter_mut().zip(&other.steps)) {
            for (w, o) in row.iter_mut().zip(other) {
                *w += share * o;
            }
        }
    }

    /// The bytes of both tables of a sequence model.
    pub fn finish(&self) -> (Vec<u8>, Vec<u8>) {
        // All but one in two thousand of the weights fit without clipping.
        let mut sizes: Vec<f32> = self
            .rows
            .iter()
            .flatten()
            .map(|w| w.abs())
            .filter(|&w| w > 0.0)
            .collect();
        sizes.sort_by(f32::total_cmp);
        let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000));
        let (table, factor) = WeightsWriter::quantize(&self.rows, largest.copied().unwrap_or(1.0));
        let steps = self
            .steps
            .iter()
            .flatten()
            .flat_map(|w| ((w * factor).round() as i16).to_le_bytes())
            .collect();
        (table.finish(), steps)
    }

    /// Scores of every place.
    fn scores(&self, example: &Example) -> Vec<[f32; LANES]> {
        example
            .rows
            .iter()
            .map(|rows| {
                let mut sums = [0.0; LANES];
                for &r in rows {
                    for (s, w) in sums.iter_mut().zip(&self.rows[r as usize]) {
                        *s += w;
                    }
                }
                sums
            })
            .collect()
    }

    /// The best sequence among the allowed ones.
    fn best(&self, scores: &[[f32; LANES]], allowed: impl Fn(usize) -> u16) -> Vec<usize> {
        let mut back: Vec<[usize; LANES]> = Vec::with_capacity(scores.len());
        let mut now = [f32::NEG_INFINITY; LANES];
        for (i, here) in scores.iter().enumerate() {
            let mask = allowed(i);
            let mut next = [f32::NEG_INFINITY; LANES];
            let mut from = [0; LANES];
            for b in (0..LANES).filter(|b| mask >> b & 1 == 1) {
                if i == 0 {
                    next[b] = here[b];
                    continue;
                }
                for (a, (before, steps)) in now.iter().zip(&self.steps).enumerate() {
                    let score = before + steps[b] + here[b];
                    if score > next[b] {
                        next[b] = score;
                        from[b] = a;
                    }
                }
            }
            now = next;
            back.push(from);
        }
        let mut class = (0..LANES).fold(0, |best, c| if now[c] > now[best] { c } else { best });
        let mut out = vec![0; scores.len()];
        for i in (0..scores.len()).rev() {
            out[i] = class;
            class = back[i][class];
        }
        out
    }
}

/// A generator of the same numbers every time.
pub struct Shuffle(u64);

impl Shuffle {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from zero to one.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// One or minus one.
    pub fn sign(&mut self) -> f32 {
        if self.next() >> 63 == 0 { 1.0 } else { -1.0 }
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = (self.next() % (i as u64 + 1)) as usize;
            list.swap(i, j);
        }
    }
}
