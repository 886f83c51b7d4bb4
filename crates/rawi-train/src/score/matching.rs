//! Which prediction stands for which annotation.

/// Size of what two sorted lists have in common.
pub(crate) fn common(a: &[i64], b: &[i64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        n += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

/// Intersection over union of two sorted lists, `None` if they are disjoint.
pub(crate) fn iou(a: &[i64], b: &[i64]) -> Option<f64> {
    let shared = common(a, b);
    (shared > 0).then(|| super::divide(shared, a.len() + b.len() - shared))
}

/// Whether two half-open spans share a position. Missing spans share none.
pub(crate) fn overlap(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.0 < b.1 && b.0 < a.1)
}

/// How well one annotation and one prediction agree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) score: f64,
    pub(crate) gold: usize,
    pub(crate) predicted: usize,
}

/// Matches one to one, the best pairs first, ties by position; pairs below
/// `floor` stay apart. Gives the pair of each of the `gold` annotations.
pub(crate) fn greedy(mut pairs: Vec<Pair>, gold: usize, floor: f64) -> Vec<Option<Pair>> {
    pairs.sort_by(|a, b| {
        let position = (a.gold, a.predicted).cmp(&(b.gold, b.predicted));
        b.score.total_cmp(&a.score).then(position)
    });
    let mut matched: Vec<Option<Pair>> = vec![None; gold];
    let mut taken = std::collections::BTreeSet::new();
    for pair in pairs {
        let free = matched[pair.gold].is_none() && !taken.contains(&pair.predicted);
        if pair.score >= floor && free {
            taken.insert(pair.predicted);
            matched[pair.gold] = Some(pair);
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn iou_counts_positions() {
        assert_eq!(iou(&[1, 2, 3], &[2, 3, 4]), Some(0.5));
        assert_eq!(iou(&[1, 2], &[1, 2]), Some(1.0));
        assert_eq!(iou(&[1, 2], &[3]), None);
        assert_eq!(iou(&[], &[]), None);
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(overlap(Some((0, 3)), Some((2, 5))));
        assert!(!overlap(Some((0, 3)), Some((3, 5))));
        assert!(!overlap(Some((0, 3)), None));
    }

    fn pairs(of: &[(f64, usize, usize)]) -> Vec<Pair> {
        let pair = |&(score, gold, predicted)| Pair {
            score,
            gold,
            predicted,
        };
        of.iter().map(pair).collect()
    }

    fn partners(of: &[(f64, usize, usize)]) -> Vec<Option<usize>> {
        let matched = greedy(pairs(of), 3, 0.5);
        matched.iter().map(|m| m.map(|p| p.predicted)).collect()
    }

    #[test]
    fn the_best_pair_goes_first() {
        // 0-0 would be possible, but 0-1 is better, and then 1 goes without.
        assert_eq!(
            partners(&[(0.6, 0, 0), (0.8, 0, 1), (0.7, 1, 1)]),
            [Some(1), None, None]
        );
        assert_eq!(
            partners(&[(0.5, 2, 0), (0.49, 1, 1)]),
            [None, None, Some(0)]
        );
        // Ties: the first annotation, then the first prediction.
        assert_eq!(
            partners(&[(1.0, 1, 0), (1.0, 0, 1), (1.0, 0, 0), (1.0, 1, 1)]),
            [Some(0), Some(1), None]
        );
    }

    proptest! {
        #[test]
        fn common_is_the_size_of_the_intersection(
            a in prop::collection::btree_set(-3i64..40, 0..30),
            b in prop::collection::btree_set(-3i64..40, 0..30),
        ) {
            let list = |set: &BTreeSet<i64>| set.iter().copied().collect::<Vec<_>>();
            prop_assert_eq!(common(&list(&a), &list(&b)), a.intersection(&b).count());
        }

        #[test]
        fn matches_are_one_to_one(of in prop::collection::vec((0.0..1.0f64, 0..3usize, 0..5usize), 0..20)) {
            let matched = partners(&of);
            let some: Vec<usize> = matched.iter().flatten().copied().collect();
            let distinct: BTreeSet<usize> = some.iter().copied().collect();
            prop_assert_eq!(some.len(), distinct.len());
        }
    }
}
