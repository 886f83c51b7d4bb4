//! A linear-chain conditional random field, learned by stochastic gradients
//! with a step size of its own for every weight (AdaGrad).

use rawi_model::LANES;

use super::{Example, Learned, Shuffle};

/// How far a step goes at first.
const RATE: f32 = 0.2;

/// Places whose classes are as likely as they should be, but for this much, teach nothing.
const CERTAIN: f32 = 2e-3;

/// How a field is learned.
#[derive(Clone, Copy)]
pub struct Regimen {
    /// How many times every example is seen.
    pub rounds: usize,
    /// Draws weights back to zero: larger forgets more.
    pub decay: f32,
    /// The share of features that is left out each time an example is seen, by
    /// lot. If there is one, the answer is the mean of the weights after each of
    /// the later rounds.
    pub drop: f32,
}

/// Learns for a number of rounds over examples with 2^`bits` rows of features.
/// Lots are drawn from `seed`.
pub fn crf(
    examples: &[Example],
    bits: u32,
    classes: usize,
    regimen: Regimen,
    seed: u64,
) -> Learned {
    let Regimen {
        rounds,
        decay,
        drop,
    } = regimen;
    let mut now = Learned::new(bits);
    let mut squares = Learned::new(bits);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut shuffle = Shuffle::new(seed);
    let mut mean = (drop > 0.0).then(|| Learned::new(bits));
    for round in 0..rounds {
        shuffle.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            if example.rows.is_empty() {
                continue;
            }
            let example = &example.without(drop, &mut shuffle);
            let mut scores = now.scores(example);
            scores.iter_mut().flatten().for_each(|s| *s /= 1.0 - drop);
            let all = ((1u32 << classes) - 1) as u16;
            let free = expected(&now, &scores, |_| all);
            let tied = match single(example) {
                Some(path) => counted(&path),
                None => expected(&now, &scores, |i| example.right[i] & all),
            };
            for (i, rows) in example.rows.iter().enumerate() {
                let mut gradient = [0.0; LANES];
                let places = tied.places[i].iter().zip(&free.places[i]);
                for (g, (tied, free)) in gradient.iter_mut().zip(places).take(classes) {
                    *g = tied - free;
                }
                // Most places are certain after the first round.
                if gradient.iter().all(|g| g.abs() < CERTAIN) {
                    continue;
                }
                for &row in rows {
                    let (w, s) = (&mut now.rows[row as usize], &mut squares.rows[row as usize]);
                    for c in 0..classes {
                        step(&mut w[c], &mut s[c], gradient[c], decay);
                    }
                }
            }
            for a in 0..classes {
                for b in 0..classes {
                    let gradient = tied.steps[a][b] - free.steps[a][b];
                    step(
                        &mut now.steps[a][b],
                        &mut squares.steps[a][b],
                        gradient,
                        0.0,
                    );
                }
            }
        }
        if let Some(mean) = mean.as_mut().filter(|_| round >= rounds / 2) {
            mean.add(&now, 1.0 / (rounds - rounds / 2) as f32);
        }
    }
    mean.unwrap_or(now)
}

/// The mean of what [`crf`] learns with several seeds, side by side.
pub fn crf_mean(
    examples: &[Example],
    bits: u32,
    classes: usize,
    regimen: Regimen,
    seeds: u64,
) -> Learned {
    let mut mean = Learned::new(bits);
    std::thread::scope(|scope| {
        let runs: Vec<_> = (1..=seeds)
            .map(|seed| scope.spawn(move || crf(examples, bits, classes, regimen, seed)))
            .collect();
        for run in runs {
            match run.join() {
                Ok(learned) => mean.add(&learned, 1.0 / seeds as f32),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    mean
}

fn step(weight: &mut f32, squares: &mut f32, gradient: f32, decay: f32) {
    if gradient.abs() < 1e-4 {
        return;
    }
    *squares += gradient * gradient;
    *weight += RATE * gradient / (1.0 + squares.sqrt());
    *weight -= decay * *weight;
}

/// Expected counts of classes and of steps.
struct Expected {
    places: Vec<[f32; LANES]>,
    steps: [[f32; LANES]; LANES],
}

/// The classes of an example that allows one at each place.
fn single(example: &Example) -> Option<Vec<usize>> {
    let one = |mask: &u16| {
        mask.is_power_of_two()
            .then(|| mask.trailing_zeros() as usize)
    };
    example.right.iter().map(one).collect()
}

/// The counts of one sequence.
fn counted(path: &[usize]) -> Expected {
    let mut out = Expected {
        places: vec![[0.0; LANES]; path.len()],
        steps: [[0.0; LANES]; LANES],
    };
    for (place, &class) in out.places.iter_mut().zip(path) {
        place[class] = 1.0;
    }
    for pair in path.windows(2) {
        out.steps[pair[0]][pair[1]] += 1.0;
    }
    out
}

/// Forward and backward sums, scaled at every place so that nothing overflows.
fn expected(model: &Learned, scores: &[[f32; LANES]], allowed: impl Fn(usize) -> u16) -> Expected {
    let n = scores.len();
    let mut here = vec![[0.0f32; LANES]; n];
    for (i, row) in here.iter_mut().enumerate() {
        let mask = allowed(i);
        let top = (0..LANES)
            .filter(|c| mask >> c & 1 == 1)
            .map(|c| scores[i][c])
            .fold(f32::NEG_INFINITY, f32::max);
        for c in (0..LANES).filter(|c| mask >> c & 1 == 1) {
            row[c] = (scores[i][c] - top).exp();
        }
    }
    let steps = model.steps.map(|row| row.map(f32::exp));
    let mut forward = here.clone();
    scale(&mut forward[0]);
    for i in 1..n {
        let mut next = [0.0; LANES];
        for a in 0..LANES {
            let f = forward[i - 1][a];
            if f > 0.0 {
                for b in 0..LANES {
                    next[b] += f * steps[a][b];
                }
            }
        }
        for b in 0..LANES {
            next[b] *= here[i][b];
        }
        scale(&mut next);
        forward[i] = next;
    }
    let mut out = Expected {
        places: vec![[0.0; LANES]; n],
        steps: [[0.0; LANES]; LANES],
    };
    let mut backward = [1.0f32; LANES];
    for i in (0..n).rev() {
        let mut place = [0.0; LANES];
        for c in 0..LANES {
            place[c] = forward[i][c] * backward[c];
        }
        scale(&mut place);
        out.places[i] = place;
        if i == 0 {
            break;
        }
        let ahead: [f32; LANES] = std::array::from_fn(|b| here[i][b] * backward[b]);
        let mut total = 0.0;
        let mut pairs = [[0.0; LANES]; LANES];
        let mut before = [0.0; LANES];
        for a in 0..LANES {
            for b in 0..LANES {
                let flow = steps[a][b] * ahead[b];
                before[a] += flow;
                pairs[a][b] = forward[i - 1][a] * flow;
                total += pairs[a][b];
            }
        }
        if total > 0.0 {
            for (sums, pairs) in out.steps.iter_mut().zip(&pairs) {
                for (sum, pair) in sums.iter_mut().zip(pairs) {
                    *sum += pair / total;
                }
            }
        }
        scale(&mut before);
        backward = before;
    }
    out
}

fn scale(row: &mut [f32; LANES]) {
    let total: f32 = row.iter().sum();
    if total > 0.0 {
        for x in row {
            *x /= total;
        }
    }
}
