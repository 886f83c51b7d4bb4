//! Logistic regression over hashed features, with any number of answers.

use rawi_model::{Feature, LANES, lane};

use super::Shuffle;

/// Rounds over all questions.
const ROUNDS: usize = 32;

/// Rounds that do not count for the average.
const EARLY: usize = 8;

/// How far one question moves a weight at first.
const RATE: f32 = 0.02;

/// What the sum of squared slopes begins with: a rare feature must not leap.
const STEADY: f32 = 0.3;

/// One question: the features of each answer (numbers of weights), and the right
/// one. Yes or no is a question of one answer with features and one without.
#[derive(Clone, Debug)]
pub struct Question {
    /// Features by answer.
    pub answers: Vec<Vec<u32>>,
    /// Index of the right one.
    pub right: usize,
    /// How much the question counts.
    pub weight: f32,
}

impl Question {
    /// A question with the answers yes and no.
    pub fn yes_or_no(features: Vec<u32>, yes: bool, weight: f32) -> Self {
        Self {
            answers: vec![features, Vec::new()],
            right: usize::from(!yes),
            weight,
        }
    }

    /// The question without a share of its features.
    fn without(&self, share: f32, lots: &mut Shuffle) -> Self {
        let keep = |features: &Vec<u32>| {
            let mut kept = Vec::with_capacity(features.len());
            kept.extend(features.iter().copied().filter(|_| lots.unit() >= share));
            kept
        };
        Self {
            answers: self.answers.iter().map(keep).collect(),
            ..*self
        }
    }

    /// The probability of each answer.
    pub fn shares(&self, weights: &[f32]) -> Vec<f32> {
        let sums: Vec<f32> = self
            .answers
            .iter()
            .map(|a| a.iter().map(|&f| weights[f as usize]).sum())
            .collect();
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = sums.iter().map(|s| (s - top).exp()).sum();
        sums.iter().map(|s| (s - top).exp() / total).collect()
    }
}

/// The number of a feature's weight among `size`, a power of two of them.
pub fn slot(feature: Feature, size: usize) -> u32 {
    let rows = (size / LANES) as u64;
    (feature.0 % rows) as u32 * LANES as u32 + lane(feature) as u32
}

/// Learns `size` weights. `decay` pulls the weights that a question touches
/// towards zero.
pub fn logit(questions: &[Question], size: usize, decay: f32) -> Vec<f32> {
    logit_without(questions, size, decay, 0.0)
}

/// The same where each question is asked without a share of its features, drawn by lot
/// each time: no answer may rest on a few.
pub fn logit_without(questions: &[Question], size: usize, decay: f32, share: f32) -> Vec<f32> {
    let mut weights = vec![0.0f32; size];
    let mut squares = vec![STEADY; size];
    let mut order: Vec<usize> = (0..questions.len()).collect();
    let mut shuffle = Shuffle::new(1);
    let mut sums = vec![0.0f32; size];
    for round in 0..ROUNDS {
        shuffle.shuffle(&mut order);
        for &i in &order {
            let drawn;
            let question = if share > 0.0 {
                drawn = questions[i].without(share, &mut shuffle);
                &drawn
            } else {
                &questions[i]
            };
            let shares = question.shares(&weights);
            for (k, features) in question.answers.iter().enumerate() {
                let error = shares[k] - f32::from(u8::from(k == question.right));
                for &f in features {
                    let f = f as usize;
                    let slope = question.weight * error + decay * weights[f];
                    squares[f] += slope * slope;
                    weights[f] -= RATE * slope / squares[f].sqrt();
                }
            }
        }
        if round >= EARLY {
            for (s, w) in sums.iter_mut().zip(&weights) {
                *s += w;
            }
        }
    }
    // All features together weigh more than those that were left.
    let scale = (1.0 - share) / (ROUNDS - EARLY) as f32;
    sums.iter().map(|s| s * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_together_is_learned() {
        let asked = |i: u32| Question::yes_or_no(vec![0, 1 + i % 2], i.is_multiple_of(2), 1.0);
        let questions: Vec<Question> = (0..4000).map(asked).collect();
        let weights = logit(&questions, 3, 0.01);
        assert!(questions[0].shares(&weights)[0] > 0.9);
        assert!(questions[1].shares(&weights)[0] < 0.1);
        assert_eq!(weights, logit(&questions, 3, 0.01));
    }
}
