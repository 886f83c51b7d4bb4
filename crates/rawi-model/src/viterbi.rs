//! The best sequence of classes.

use crate::LANES;
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

/// Finds the best sequence for `lattice.scores` with the scores of stepping
/// from class `a` to class `b` in `steps[a][b]`, and puts it into
/// `lattice.best`. Among equals the lower class wins, so that the answer is the
/// same everywhere. Only the first `classes` of each row count.
pub fn viterbi(steps: &[Row; LANES], classes: usize, lattice: &mut Lattice) {
    let classes = classes.min(LANES);
    let Lattice { scores, back, best } = lattice;
    back.clear();
    best.clear();
    let Some(&first) = scores.first() else {
        return;
    };
    let mut now = first;
    for here in &scores[1..] {
        let mut next = [i32::MIN; LANES];
        let mut from = [0u8; LANES];
        for a in 0..classes {
            for b in 0..LANES {
                let score = now[a] + steps[a][b];
                let better = score > next[b];
                next[b] = if better { score } else { next[b] };
                from[b] = if better { a as u8 } else { from[b] };
            }
        }
        for b in 0..LANES {
            now[b] = next[b] + here[b];
        }
        back.push(from);
    }
    let mut class = 0;
    for c in 1..classes {
        if now[c] > now[class] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All sequences, the slow way.
    fn brute(scores: &[Row], steps: &[Row; LANES], classes: usize) -> i32 {
        fn go(scores: &[Row], steps: &[Row; LANES], classes: usize, at: usize, last: usize) -> i32 {
            if at == scores.len() {
                return 0;
            }
            (0..classes)
                .map(|c| {
                    let step = if at == 0 { 0 } else { steps[last][c] };
                    step + scores[at][c] + go(scores, steps, classes, at + 1, c)
                })
                .max()
                .unwrap_or(0)
        }
        go(scores, steps, classes, 0, 0)
    }

    proptest! {
        #[test]
        fn the_best_sequence_is_found(numbers in proptest::collection::vec(-9i32..9, 12 + 9)) {
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
                row[..3].copy_from_slice(place);
                lattice.scores.push(row);
            }
            viterbi(&steps, classes, &mut lattice);
            let mut total = 0;
            for (i, &c) in lattice.best.iter().enumerate() {
                total += lattice.scores[i][usize::from(c)];
                if i > 0 {
                    total += steps[usize::from(lattice.best[i - 1])][usize::from(c)];
                }
            }
            prop_assert_eq!(total, brute(&lattice.scores, &steps, classes));
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        let mut lattice = Lattice::default();
        viterbi(&[[0; LANES]; LANES], 4, &mut lattice);
        assert!(lattice.best.is_empty());
    }
}
