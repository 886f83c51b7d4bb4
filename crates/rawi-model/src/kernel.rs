//! The two loops that tagging and naming spend their time in, adding rows of
//! weights and stepping from class to class, each as good as the machine can.
//!
//! Every way gives the same numbers: whole numbers are added, and in no sum is
//! there one that does not fit.

#[cfg(target_arch = "x86_64")]
mod avx2;

use crate::viterbi::{Steps, walk};
use crate::{Feature, LANES, Row};

/// How many rows sixteen bits can add up: weights have eight.
const MOST: usize = 255;

/// Which way this machine goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kernel {
    /// As the compiler makes it for every machine of the architecture. On 64-bit
    /// ARM there is no better way: NEON is part of the architecture, and adds
    /// eight bits to sixteen in one instruction.
    Portable,
    /// With the registers of AVX2, which hold a whole row of sums. Most x86 has it,
    /// and no program may take it for granted.
    #[cfg(target_arch = "x86_64")]
    Avx2(avx2::Avx2),
}

impl Kernel {
    /// The best way that this machine has.
    pub(crate) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = avx2::Avx2::here() {
            return Self::Avx2(avx2);
        }
        Self::Portable
    }

    /// The sums over the rows of features, see [`sum`].
    #[inline]
    pub(crate) fn sum(self, rows: &[[u8; LANES]], features: &[Feature]) -> Row {
        match self {
            Self::Portable => sum(rows, features),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.sum(rows, features),
        }
    }

    /// The way through a sequence, see [`walk`].
    #[inline]
    pub(crate) fn walk(self, steps: &Steps, scores: &[Row], back: &mut Vec<[u8; LANES]>) -> Row {
        match self {
            Self::Portable => walk(steps, scores, back),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(avx2) => avx2.walk(steps, scores, back),
        }
    }
}

/// The sums over the rows of features, of which there are a power of two. The
/// features are at hand before the first row is: the processor then waits for many
/// rows at once. They are added in sixteen bits, as many as fit.
fn sum(rows: &[[u8; LANES]], features: &[Feature]) -> Row {
    let mask = rows.len() - 1;
    let mut sums = Row::default();
    for some in features.chunks(MOST) {
        let mut lanes = [0i16; LANES];
        for feature in some {
            let row = &rows[feature.0 as usize & mask];
            for (lane, &weight) in lanes.iter_mut().zip(row) {
                *lane = lane.wrapping_add(i16::from(weight.cast_signed()));
            }
        }
        for (sum, &lane) in sums.iter_mut().zip(&lanes) {
            *sum += i32::from(lane);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One number after the other, in as many bits as it may take.
    fn slow(rows: &[[u8; LANES]], features: &[Feature]) -> Row {
        let mut sums = Row::default();
        for feature in features {
            let row = rows[(feature.0 % rows.len() as u64) as usize];
            for lane in 0..LANES {
                sums[lane] += i32::from(row[lane] as i8);
            }
        }
        sums
    }

    proptest! {
        #[test]
        fn every_way_gives_the_same_sums(
            rows in prop::collection::vec(any::<[u8; LANES]>(), 16),
            features in prop::collection::vec(any::<u64>().prop_map(Feature), 0..900),
        ) {
            let expected = slow(&rows, &features);
            prop_assert_eq!(Kernel::Portable.sum(&rows, &features), expected);
            prop_assert_eq!(Kernel::best().sum(&rows, &features), expected);
        }
    }

    #[test]
    fn the_largest_weights_fit() {
        for weight in [i8::MIN, i8::MAX] {
            let rows = [[weight.cast_unsigned(); LANES]];
            let features = vec![Feature(7); 2 * MOST + 1];
            let expected = slow(&rows, &features);
            assert_eq!(Kernel::Portable.sum(&rows, &features), expected);
            assert_eq!(Kernel::best().sum(&rows, &features), expected);
        }
    }
}
