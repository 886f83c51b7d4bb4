//! An averaged perceptron for actions and one for labels. After the first rounds it walks
//! where its own answers lead it, and learns there what the oracle finds best.

use rawi_model::{Feature, LANES, PackWriter, WeightsWriter};
use rawi_syntax::state::{Action, State};
use rawi_syntax::{Label, oracle, templates};

use super::material::Example;
use crate::cards;
use crate::learn::Shuffle;

/// Rows of the tables of actions and of labels, as powers of two.
const BITS: [u32; 2] = [17, 17];
/// Rounds over all sentences.
const ROUNDS: usize = 8;
/// The share of features that a learner does without each time, drawn by lot.
const DROP: f32 = 0.2;
/// How many learners there are.
const LEARNERS: u64 = 8;
/// The share of its own answers that the learner follows after the first round.
const OWN_WAY: f32 = 0.9;

/// Weights while they are learned: what they are now, and the sums for their average.
struct Table {
    now: Vec<[f32; LANES]>,
    late: Vec<[f32; LANES]>,
    clock: f32,
}

impl Table {
    fn new(bits: u32) -> Self {
        Self {
            now: vec![[0.0; LANES]; 1 << bits],
            late: vec![[0.0; LANES]; 1 << bits],
            clock: 1.0,
        }
    }

    fn row(&self, feature: Feature) -> usize {
        feature.0 as usize & (self.now.len() - 1)
    }

    /// Features without a share of them, drawn by lot.
    fn some(features: &[Feature], lots: &mut Shuffle) -> Vec<Feature> {
        features
            .iter()
            .copied()
            .filter(|_| lots.unit() >= DROP)
            .collect()
    }

    fn scores(&self, features: &[Feature]) -> [f32; LANES] {
        let mut sums = [0.0; LANES];
        for &f in features {
            for (s, w) in sums.iter_mut().zip(&self.now[self.row(f)]) {
                *s += w;
            }
        }
        sums
    }

    fn learn(&mut self, features: &[Feature], right: usize, wrong: usize) {
        for &f in features {
            let row = self.row(f);
            for (class, sign) in [(right, 1.0), (wrong, -1.0)] {
                self.now[row][class] += sign;
                self.late[row][class] += sign * self.clock;
            }
        }
    }

    /// Adds what another learner found.
    fn add(&mut self, other: &Table) {
        for (to, from) in [(&mut self.now, &other.now), (&mut self.late, &other.late)] {
            for (row, other) in to.iter_mut().zip(from) {
                for (w, o) in row.iter_mut().zip(other) {
                    *w += o;
                }
            }
        }
    }

    fn finish(&self) -> Vec<u8> {
        let mean = |(now, late): (&[f32; LANES], &[f32; LANES])| {
            std::array::from_fn(|c| now[c] - late[c] / self.clock)
        };
        let rows: Vec<[f32; LANES]> = self.now.iter().zip(&self.late).map(mean).collect();
        let mut sizes: Vec<f32> = rows.iter().flatten().map(|w| w.abs()).collect();
        sizes.retain(|&w| w > 0.0);
        sizes.sort_by(f32::total_cmp);
        // All but one in a thousand fit without clipping.
        let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 10000));
        WeightsWriter::quantize(&rows, largest.copied().unwrap_or(1.0))
            .0
            .finish()
    }
}

/// What was learned.
pub(super) struct Learned {
    actions: Vec<u8>,
    labels: Vec<u8>,
}

impl Learned {
    /// A model that knows nothing.
    pub(super) fn nothing() -> Self {
        let [actions, labels] = BITS.map(|_| Table::new(0).finish());
        Self { actions, labels }
    }

    /// The bytes of the model.
    pub(super) fn pack(&self) -> Vec<u8> {
        let about = cards::about("syntax", Vec::new());
        let mut pack = PackWriter::model(&about, templates::TEMPLATES);
        pack.add("actions", self.actions.clone());
        pack.add("labels", self.labels.clone());
        pack.finish()
    }
}

/// Learns from examples: the mean of learners that meet them in other orders.
pub(super) fn learn(examples: &[&Example]) -> Learned {
    let [mut actions, mut labels] = run(examples, 1);
    for seed in 2..=LEARNERS {
        let [a, l] = run(examples, seed);
        actions.add(&a);
        labels.add(&l);
    }
    Learned {
        actions: actions.finish(),
        labels: labels.finish(),
    }
}

/// One learner's tables of actions and of labels.
fn run(examples: &[&Example], seed: u64) -> [Table; 2] {
    let [mut actions, mut labels] = BITS.map(Table::new);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut lots = Shuffle::new(seed);
    let mut state = State::default();
    for round in 0..ROUNDS {
        lots.shuffle(&mut order);
        for &i in &order {
            let example = examples[i];
            state.start(example.heads.len());
            while !state.is_done() {
                let own_way = round > 0 && lots.unit() < OWN_WAY;
                step(
                    example,
                    &mut state,
                    &mut actions,
                    &mut labels,
                    own_way,
                    &mut lots,
                );
            }
        }
    }
    [actions, labels]
}

/// Learns from one state and goes on from it.
fn step(
    example: &Example,
    state: &mut State,
    actions: &mut Table,
    labels: &mut Table,
    own_way: bool,
    lots: &mut Shuffle,
) {
    let features = Table::some(&templates::action(state, &example.atoms), lots);
    let scores = actions.scores(&features);
    let costs = oracle::costs(state, &example.heads);
    let allowed = || Action::ALL.into_iter().filter(|&a| state.allows(a));
    let least = allowed().map(|a| costs[a as usize]).min().unwrap_or(0);
    let best = |of: &dyn Fn(Action) -> bool| {
        let score = |a: &Action| scores[*a as usize];
        allowed()
            .filter(|&a| of(a))
            .max_by(|a, b| {
                score(a)
                    .total_cmp(&score(b))
                    .then((*b as u8).cmp(&(*a as u8)))
            })
            .unwrap_or(Action::Shift)
    };
    let guess = best(&|_| true);
    let right = best(&|a| costs[a as usize] == least);
    actions.clock += 1.0;
    // What the annotation leaves open is no mistake.
    if costs[guess as usize] > least {
        actions.learn(&features, right as usize, guess as usize);
    }
    let action = if own_way { guess } else { right };
    let mut label = Label::Other;
    if let Some((word, head)) = state.arc(action)
        && (head as usize) < example.heads.len()
    {
        let features = Table::some(&templates::label(state, &example.atoms, word, head), lots);
        let scores = labels.scores(&features);
        let mut guess = 1;
        for class in 2..LANES {
            if scores[class] > scores[guess] {
                guess = class;
            }
        }
        labels.clock += 1.0;
        let right = example.labels[word as usize];
        label = Label::ALL[guess];
        if example.heads[word as usize] == head && right != Label::Root {
            if guess != right as usize {
                labels.learn(&features, right as usize, guess);
            }
            if !own_way {
                label = right;
            }
        }
    }
    state.take(action, label);
}
