//! The averaged structured perceptron. Where the annotation leaves several
//! classes open, the best allowed sequence counts as the right one.

use rawi_model::LANES;

use super::{Example, Learned, Shuffle};

/// Learns for a number of rounds over examples with 2^`bits` rows of features.
pub fn perceptron(examples: &[Example], bits: u32, rounds: usize) -> Learned {
    let mut now = Learned::new(bits);
    // Sums of every change times the moment it was made, for the average.
    let mut late = Learned::new(bits);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut shuffle = Shuffle::new(1);
    let mut clock = 1.0f32;
    for _ in 0..rounds {
        shuffle.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            let scores = now.scores(example);
            let guess = now.best(&scores, |_| u16::MAX);
            if guess
                .iter()
                .zip(&example.right)
                .any(|(&g, &r)| r >> g & 1 == 0)
            {
                let right = now.best(&scores, |i| example.right[i]);
                for (w, sign) in [(&right, 1.0), (&guess, -1.0)] {
                    for (i, &class) in w.iter().enumerate() {
                        // What both sequences share would only cancel out.
                        if right[i] != guess[i] {
                            for &row in &example.rows[i] {
                                now.rows[row as usize][class] += sign;
                                late.rows[row as usize][class] += sign * clock;
                            }
                        }
                        if i > 0 {
                            now.steps[w[i - 1]][class] += sign;
                            late.steps[w[i - 1]][class] += sign * clock;
                        }
                    }
                }
            }
            clock += 1.0;
        }
    }
    for (row, sum) in now.rows.iter_mut().zip(&late.rows) {
        for c in 0..LANES {
            row[c] -= sum[c] / clock;
        }
    }
    for (row, sum) in now.steps.iter_mut().zip(&late.steps) {
        for c in 0..LANES {
            row[c] -= sum[c] / clock;
        }
    }
    now
}
