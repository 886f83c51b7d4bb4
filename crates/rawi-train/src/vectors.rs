//! Vectors of words, from what stands around them in unlabeled news.
//!
//! Each frequent word is a row of positive pointwise mutual information with
//! the commonest words at each of the places around it; a randomized singular
//! value decomposition makes a short dense vector of the row. Everything is
//! added up in one order, so the vectors are the same every time.

use std::collections::HashMap;

use anyhow::Result;
use rawi_morph::{Morphology, Tagged};
use rawi_names::ner::word_key;
use rawi_text::{Layout, SourceText, TokenKind};

use crate::corpus::News;
use crate::learn::Shuffle;

/// Numbers in a vector.
pub const WIDTH: usize = 64;
/// Words that count as neighbors.
const NEIGHBORS: usize = 4000;
/// Places around a word, with where they lie.
const PLACES: [isize; 4] = [-2, -1, 1, 2];
/// Words rarer than this get no vector.
const RARE: u32 = 6;
/// Rounds of the decomposition.
const ROUNDS: usize = 3;
/// The exponent that evens out how common neighbors are.
const SMOOTH: f64 = 0.75;

/// A vector for each frequent word, most frequent first.
pub struct Vectors {
    /// [`word_key`] of each word.
    pub keys: Vec<u64>,
    /// How often it stands in the news.
    pub counts: Vec<u32>,
    /// Its vector, of length one.
    pub rows: Vec<[f32; WIDTH]>,
}

/// The key of what is no Arabic word, by its kind.
fn other(kind: TokenKind) -> u64 {
    kind as u64
}

impl Vectors {
    /// Learns vectors from news.
    pub fn learn(morphology: &Morphology<'_>, news: &News) -> Result<Self> {
        let read = read(morphology, news)?;
        let matrix = Matrix::of(&read);
        let rows = matrix.decompose();
        let frequent = read.frequent();
        Ok(Self {
            keys: read.keys[..frequent].to_vec(),
            counts: read.counts[..frequent].to_vec(),
            rows,
        })
    }
}

/// The news as numbers of words; sentences end with [`EDGE`].
struct Read {
    text: Vec<u32>,
    /// What is attached in front of each word.
    clitics: Vec<u8>,
    keys: Vec<u64>,
    counts: Vec<u32>,
}

/// Between sentences.
const EDGE: u32 = u32::MAX;

impl Read {
    /// How many words are frequent enough for a vector.
    fn frequent(&self) -> usize {
        self.counts.partition_point(|&n| n >= RARE)
    }
}

fn read(morphology: &Morphology<'_>, news: &News) -> Result<Read> {
    let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let (mut keys, mut counts): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut text, mut clitics) = (Vec::new(), Vec::new());
    news.each(|article| {
        // A text that is too long to read is none of these articles.
        let Ok(source) = SourceText::new(article) else {
            return;
        };
        layout.analyze(&source);
        tagged.fill(morphology, &layout);
        for sentence in layout.sentences() {
            for i in sentence.start as usize..sentence.end as usize {
                let kind = layout.tokens()[i].kind;
                let key = match kind {
                    TokenKind::Word => word_key(&tagged.seen[i]),
                    TokenKind::Latin | TokenKind::Number => other(kind),
                    _ => tagged.seen[i].hash,
                };
                let number = *numbers.entry(key).or_insert_with(|| {
                    keys.push(key);
                    counts.push(0);
                    keys.len() as u32 - 1
                });
                counts[number as usize] += 1;
                text.push(number);
                clitics.push(tagged.seen[i].cut.proclitic);
            }
            text.push(EDGE);
            clitics.push(0);
        }
    })?;
    // Numbers by frequency.
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(counts[i as usize]), keys[i as usize]));
    let mut place = vec![0; keys.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old as usize] = new as u32;
    }
    for number in text.iter_mut().filter(|n| **n != EDGE) {
        *number = place[*number as usize];
    }
    Ok(Read {
        text,
        clitics,
        keys: order.iter().map(|&i| keys[i as usize]).collect(),
        counts: order.iter().map(|&i| counts[i as usize]).collect(),
    })
}

/// A sparse matrix by rows.
struct Matrix {
    starts: Vec<usize>,
    cells: Vec<(u32, f32)>,
    columns: usize,
}

impl Matrix {
    /// Mutual information of frequent words with what stands around them.
    fn of(read: &Read) -> Self {
        let frequent = read.frequent() as u32;
        // One column more in each place for the edge of the sentence, and one
        // for each proclitic.
        let span = NEIGHBORS as u32 + 1;
        let mut pairs: Vec<u64> = Vec::new();
        for (i, &word) in read.text.iter().enumerate().filter(|(_, w)| **w < frequent) {
            let mut pair = |column: u32| pairs.push(u64::from(word) << 32 | u64::from(column));
            for (p, &offset) in PLACES.iter().enumerate() {
                let base = p as u32 * span;
                let near = i.checked_add_signed(offset).and_then(|k| read.text.get(k));
                match near {
                    Some(&n) if n < NEIGHBORS as u32 => pair(base + n),
                    Some(&EDGE) | None => pair(base + NEIGHBORS as u32),
                    Some(_) => {}
                }
            }
            pair(PLACES.len() as u32 * span + u32::from(read.clitics[i]));
        }
        pairs.sort_unstable();
        let columns = PLACES.len() * span as usize + 256;
        let mut rows = vec![0.0f64; frequent as usize];
        let mut sums = vec![0.0f64; columns];
        for &pair in &pairs {
            rows[(pair >> 32) as usize] += 1.0;
            sums[pair as u32 as usize] += 1.0;
        }
        let total: f64 = sums.iter().map(|n| n.powf(SMOOTH)).sum();
        let (mut starts, mut cells) = (vec![0], Vec::new());
        for same in pairs.chunk_by(|a, b| a == b) {
            let (row, column) = ((same[0] >> 32) as usize, same[0] as u32);
            while starts.len() <= row {
                starts.push(cells.len());
            }
            let share = sums[column as usize].powf(SMOOTH) / total;
            let information = (same.len() as f64 / (rows[row] * share)).ln();
            if information > 0.0 {
                cells.push((column, information as f32));
            }
        }
        while starts.len() <= frequent as usize {
            starts.push(cells.len());
        }
        Self {
            starts,
            cells,
            columns,
        }
    }

    fn row(&self, i: usize) -> &[(u32, f32)] {
        &self.cells[self.starts[i]..self.starts[i + 1]]
    }

    fn height(&self) -> usize {
        self.starts.len() - 1
    }

    /// This times a tall matrix.
    fn times(&self, right: &[[f32; WIDTH]]) -> Vec<[f32; WIDTH]> {
        (0..self.height())
            .map(|i| {
                let mut sum = [0.0; WIDTH];
                for &(column, x) in self.row(i) {
                    add(&mut sum, &right[column as usize], x);
                }
                sum
            })
            .collect()
    }

    /// This, turned, times a tall matrix.
    fn turned_times(&self, right: &[[f32; WIDTH]]) -> Vec<[f32; WIDTH]> {
        let mut out = vec![[0.0; WIDTH]; self.columns];
        for (i, right) in right.iter().enumerate() {
            for &(column, x) in self.row(i) {
                add(&mut out[column as usize], right, x);
            }
        }
        out
    }

    /// The strongest directions of each row: left vectors times roots of the
    /// singular values, of length one.
    fn decompose(&self) -> Vec<[f32; WIDTH]> {
        let mut random = Shuffle::new(7);
        let mut right: Vec<[f32; WIDTH]> = (0..self.columns)
            .map(|_| std::array::from_fn(|_| random.sign()))
            .collect();
        let mut left = Vec::new();
        for round in 0..=ROUNDS {
            left = self.times(&right);
            if round < ROUNDS {
                orthogonal(&mut left);
                right = self.turned_times(&left);
                orthogonal(&mut right);
            }
        }
        let (values, turns) = eigen(&gram(&left));
        let factors: Vec<f32> = values
            .iter()
            .map(|&v| v.max(1e-9).powf(-0.25) as f32)
            .collect();
        left.iter()
            .map(|row| {
                let mut out = [0.0; WIDTH];
                for (k, &x) in row.iter().enumerate() {
                    for (o, t) in out.iter_mut().zip(&turns[k]) {
                        *o += x * *t as f32;
                    }
                }
                for (o, f) in out.iter_mut().zip(&factors) {
                    *o *= f;
                }
                unit(out)
            })
            .collect()
    }
}

fn add(sum: &mut [f32; WIDTH], row: &[f32; WIDTH], x: f32) {
    for (s, r) in sum.iter_mut().zip(row) {
        *s += x * r;
    }
}

/// The vector of length one in the same direction.
pub fn unit(mut row: [f32; WIDTH]) -> [f32; WIDTH] {
    let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for x in &mut row {
            *x /= length;
        }
    }
    row
}

type Square = Vec<[f64; WIDTH]>;

/// Products of all pairs of columns.
fn gram(rows: &[[f32; WIDTH]]) -> Square {
    let mut out = vec![[0.0; WIDTH]; WIDTH];
    for row in rows {
        for (sums, &a) in out.iter_mut().zip(row) {
            for (sum, &b) in sums.iter_mut().zip(row) {
                *sum += f64::from(a * b);
            }
        }
    }
    out
}

/// Makes the columns orthogonal and of length one.
fn orthogonal(rows: &mut [[f32; WIDTH]]) {
    let (values, turns) = eigen(&gram(rows));
    for row in rows {
        let mut out = [0.0f64; WIDTH];
        for (k, &x) in row.iter().enumerate() {
            for (o, t) in out.iter_mut().zip(&turns[k]) {
                *o += f64::from(x) * t;
            }
        }
        for ((x, o), v) in row.iter_mut().zip(out).zip(&values) {
            *x = (o / v.max(1e-12).sqrt()) as f32;
        }
    }
}

/// Eigenvalues of a symmetric matrix, and the vectors as columns (Jacobi).
fn eigen(matrix: &Square) -> (Vec<f64>, Square) {
    let mut a = matrix.clone();
    let mut v: Square = (0..WIDTH)
        .map(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))))
        .collect();
    for _ in 0..12 {
        for p in 0..WIDTH {
            for q in p + 1..WIDTH {
                if a[p][q].abs() < 1e-12 * (a[p][p] * a[q][q]).abs().sqrt() {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (upper, lower) = a.split_at_mut(q);
                for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
                    (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                }
                for row in &mut v {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
            }
        }
    }
    ((0..WIDTH).map(|i| a[i][i]).collect(), v)
}
