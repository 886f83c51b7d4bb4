//! A ranking perceptron: among several candidates one is right.

use super::Shuffle;

/// One choice: the features of each candidate (numbers of weights), which of
/// them is right, and how often the choice comes up.
pub struct Choice {
    /// Features by candidate.
    pub candidates: Vec<Vec<u32>>,
    /// Index of the right candidate.
    pub right: usize,
    /// How often it counts.
    pub times: usize,
}

/// Learns averaged weights, `size` of them.
pub fn rank(choices: &[Choice], size: usize, rounds: usize) -> Vec<f32> {
    let mut now = vec![0.0f32; size];
    let mut late = vec![0.0f32; size];
    let mut clock = 1.0f32;
    let mut order: Vec<usize> = choices
        .iter()
        .enumerate()
        .flat_map(|(i, c)| std::iter::repeat_n(i, c.times))
        .collect();
    let mut shuffle = Shuffle::new(1);
    for _ in 0..rounds {
        shuffle.shuffle(&mut order);
        for &i in &order {
            let choice = &choices[i];
            let score = |k: usize| {
                choice.candidates[k]
                    .iter()
                    .map(|&f| now[f as usize])
                    .sum::<f32>()
            };
            let right = score(choice.right);
            // The best of the wrong ones must stay behind by a margin.
            let rival = (0..choice.candidates.len())
                .filter(|&k| k != choice.right)
                .map(|k| (score(k), k))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            if let Some((score, wrong)) = rival
                && score + 1.0 > right
            {
                for (k, sign) in [(choice.right, 1.0), (wrong, -1.0)] {
                    for &f in &choice.candidates[k] {
                        now[f as usize] += sign;
                        late[f as usize] += sign * clock;
                    }
                }
            }
            clock += 1.0;
        }
    }
    for (w, sum) in now.iter_mut().zip(&late) {
        *w -= sum / clock;
    }
    now
}
