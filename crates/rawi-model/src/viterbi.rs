//! The best sequence of classes.

use crate::LANES;
use crate::kernel::Kernel;
use crate::weights::Row;

/// Buffers of [`viterbi`], reused from sentence to sentence.
#[derive(Clone, Default, Debug)]
pub struct Lattice {
    /// Scores of each class at each place; the caller fills them.
    pub scores: Vec<Row>,
    back: Vec<[u8; LANES]>,
    /// The best class at each place.
    pub best: Vec<u8>,
}

/// Bits of the class in a score with a class.
pub(crate) const CLASS: u32 = LANES.trailing_zeros();

/// The score of a step from or to what is no class: less than any other, and still
/// nothing overflows.
const NEVER: i32 = -(1 << 28);

/// The scores of stepping from class to class.
///
/// A step stands with the class that it comes from in its lowest bits, the lower
/// class as the larger number. So the largest of several scores tells also where it
/// comes from, and that is the lower class among equals.
#[derive(Clone, Debug)]
pub struct Steps {
    pub(crate) table: [Row; LANES],
    classes: usize,
    kernel: Kernel,
}

impl Steps {
    /// The steps from class `a` to class `b` in `steps[a][b]`, of sixteen bits. Only
    /// the first `classes` of each row count.
    pub fn new(steps: &[[i16; LANES]; LANES], classes: usize) -> Self {
        let mut table = [[NEVER; LANES]; LANES];
        for (a, (row, steps)) in table.iter_mut().zip(steps).enumerate().take(classes) {
            let from = (LANES - 1 - a) as i32;
            *row = steps.map(|step| i32::from(step) << CLASS | from);
        }
        Self {
            table,
            classes: classes.min(LANES),
            kernel: Kernel::best(),
        }
    }

    /// What stepping from one class to another scores.
    fn step(&self, from: u8, to: u8) -> i32 {
        self.table[usize::from(from) % LANES][usize::from(to) % LANES] >> CLASS
    }

    /// How much class `class` leads at a place with these scores, if its neighbors stay
    /// what they are: what the best of the other classes would cost. Below zero if
    /// another one is better.
    pub fn margin(&self, scores: &Row, before: Option<u8>, class: u8, after: Option<u8>) -> i32 {
        let score = |c: u8| {
            let into = before.map_or(0, |b| self.step(b, c));
            let out = after.map_or(0, |a| self.step(c, a));
            scores[usize::from(c) % LANES] + into + out
        };
        let others = (0..self.classes as u8).filter(|&c| c != class);
        others
            .map(score)
            .max()
            .map_or(0, |other| score(class) - other)
    }
}

/// Finds the best sequence for `lattice.scores` and puts it into `lattice.best`.
/// Among equals the lower class wins, so that the answer is the same everywhere.
/// Scores are less than a few million, more or less.
pub fn viterbi(steps: &Steps, lattice: &mut Lattice) {
    let Lattice { scores, back, best } = lattice;
    back.clear();
    best.clear();
    if scores.is_empty() {
        return;
    }
    let last = steps.kernel.walk(steps, scores, back);
    let mut class = 0;
    for c in 1..steps.classes {
        if last[c] > last[class] {
            class = c;
        }
    }
    best.push(class as u8);
    for from in back.iter().rev() {
        class = usize::from(from[class]);
        best.push(class as u8);
    }
    best.reverse();
}

/// The best scores of sequences that end in each class at the last place, less what
/// they have in common, and the class before, at each place but the first.
pub(crate) fn walk(steps: &Steps, scores: &[Row], back: &mut Vec<[u8; LANES]>) -> Row {
    let Some((&first, rest)) = scores.split_first() else {
        return Row::default();
    };
    let mut now = first;
    for here in rest {
        // Only differences matter, and those do not grow along the sequence.
        let level = now[0];
        let mut next = [i32::MIN; LANES];
        for (row, score) in steps.table.iter().zip(&now) {
            let score = (score - level) << CLASS;
            for (next, step) in next.iter_mut().zip(row) {
                *next = (*next).max(score + step);
            }
        }
        back.push(next.map(|n| !n as u8 & (LANES as u8 - 1)));
        for ((now, next), here) in now.iter_mut().zip(next).zip(here) {
            *now = (next >> CLASS) + here;
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Table = [[i16; LANES]; LANES];

    /// All sequences, the slow way.
    fn brute(scores: &[Row], steps: &Table, classes: usize) -> i32 {
        fn go(scores: &[Row], steps: &Table, classes: usize, at: usize, last: usize) -> i32 {
            if at == scores.len() {
                return 0;
            }
            (0..classes)
                .map(|c| {
                    let step = if at == 0 {
                        0
                    } else {
                        i32::from(steps[last][c])
                    };
                    step + scores[at][c] + go(scores, steps, classes, at + 1, c)
                })
                .max()
                .unwrap_or(0)
        }
        go(scores, steps, classes, 0, 0)
    }

    proptest! {
        #[test]
        fn the_best_sequence_is_found(numbers in proptest::collection::vec(-9i16..9, 12 + 9)) {
            let classes = 3;
            let mut steps = [[0; LANES]; LANES];
            let mut lattice = Lattice::default();
            for a in 0..classes {
                for b in 0..classes {
                    steps[a][b] = numbers[a * 3 + b];
                }
            }
            for place in numbers[9..].chunks(3) {
                let mut row = Row::default();
                row[..3].copy_from_slice(&[place[0], place[1], place[2]].map(i32::from));
                lattice.scores.push(row);
            }
            viterbi(&Steps::new(&steps, classes), &mut lattice);
            let mut total = 0;
            for (i, &c) in lattice.best.iter().enumerate() {
                total += lattice.scores[i][usize::from(c)];
                if i > 0 {
                    total += i32::from(steps[usize::from(lattice.best[i - 1])][usize::from(c)]);
                }
            }
            prop_assert_eq!(total, brute(&lattice.scores, &steps, classes));
        }
    }

    /// Place by place, with the classes that the best scores come from kept apart.
    fn plain(scores: &[Row], steps: &Table, classes: usize) -> Vec<u8> {
        let mut now = scores[0].map(i64::from);
        let mut back = Vec::new();
        for here in &scores[1..] {
            let mut from = [0; LANES];
            let mut next = [i64::MIN; LANES];
            for b in 0..classes {
                for a in 0..classes {
                    let score = now[a] + i64::from(steps[a][b]) + i64::from(here[b]);
                    if score > next[b] {
                        (next[b], from[b]) = (score, a);
                    }
                }
            }
            back.push(from);
            now = next;
        }
        let mut class = (0..classes).rev().max_by_key(|&c| now[c]).unwrap_or(0);
        let mut best = vec![class as u8];
        for from in back.iter().rev() {
            class = from[class];
            best.push(class as u8);
        }
        best.reverse();
        best
    }

    proptest! {
        #[test]
        fn every_way_finds_the_same(
            // Few different numbers, so that there are equals.
            places in prop::collection::vec(prop::array::uniform16(-2i32..2), 1..40),
            table in prop::array::uniform16(prop::array::uniform16(-2i16..2)),
            large in prop::array::uniform16(-9000i32..9000),
            classes in 1usize..=LANES,
        ) {
            let mut steps = Steps::new(&table, classes);
            let mut lattice = Lattice::default();
            lattice.scores.clone_from(&places);
            lattice.scores.push(large);
            let expected = plain(&lattice.scores, &table, classes);
            viterbi(&steps, &mut lattice);
            prop_assert_eq!(&lattice.best, &expected);
            steps.kernel = Kernel::Portable;
            viterbi(&steps, &mut lattice);
            prop_assert_eq!(&lattice.best, &expected);
        }
    }

    #[test]
    fn scores_do_not_grow_with_the_sentence() {
        let mut steps = [[i16::MIN; LANES]; LANES];
        steps[0][0] = i16::MAX;
        steps[1][1] = i16::MAX;
        let mut lattice = Lattice::default();
        // A million less is what a caller may rule a class out with.
        let place = [
            9000,
            9001,
            -(1 << 20),
            -9000,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        ];
        lattice.scores.resize(100_000, place);
        viterbi(&Steps::new(&steps, 4), &mut lattice);
        assert!(lattice.best.iter().all(|&class| class == 1));
    }

    #[test]
    fn a_margin_is_what_another_class_would_cost() {
        let mut table = [[0; LANES]; LANES];
        table[1][0] = 5;
        table[0][1] = -4;
        let steps = Steps::new(&table, 3);
        let mut scores = Row::default();
        scores[..3].copy_from_slice(&[10, 7, 2]);
        assert_eq!(steps.margin(&scores, None, 0, None), 3);
        assert_eq!(steps.margin(&scores, None, 1, None), -3);
        assert_eq!(steps.margin(&scores, Some(1), 0, Some(1)), 4);
        assert_eq!(Steps::new(&table, 1).margin(&scores, None, 0, None), 0);
    }

    #[test]
    fn nothing_in_nothing_out() {
        let mut lattice = Lattice::default();
        viterbi(&Steps::new(&[[0; LANES]; LANES], 4), &mut lattice);
        assert!(lattice.best.is_empty());
    }
}
