//! Rows of scores by hashed feature.
//!
//! A feature's hash chooses a row of [`LANES`] small integers, one a class; the
//! score of a class is the sum over the features that hold. Two features may
//! share a row: training sees the same collisions and works around them.

use crate::kernel::Kernel;
use crate::{Feature, PackError};

/// Scores in a row. Sixteen bytes are one vector register everywhere.
pub const LANES: usize = 16;

/// Sums of one score a class.
pub type Row = [i32; LANES];

/// Sums over a part of a place's features, kept to be [added](Part::add_to) to those
/// over the others.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Part([i16; LANES]);

impl Part {
    /// Adds the part to the sums over other features.
    #[inline]
    pub fn add_to(&self, sums: &mut Row) {
        for (sum, &part) in sums.iter_mut().zip(&self.0) {
            *sum += i32::from(part);
        }
    }
}

/// The table of rows.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    rows: &'a [[u8; LANES]],
    mask: u64,
    kernel: Kernel,
}

impl<'a> Weights<'a> {
    /// Opens a section.
    ///
    /// # Errors
    /// If it is no whole power of two of rows.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let (rows, rest) = bytes.as_chunks::<LANES>();
        if !rest.is_empty() || !rows.len().is_power_of_two() {
            return Err(PackError::Truncated("a table of weights".to_owned()));
        }
        Ok(Self {
            rows,
            mask: rows.len() as u64 - 1,
            kernel: Kernel::best(),
        })
    }

    /// The one weight of a feature where there is but one class: all rows
    /// together are then one long row.
    #[inline]
    pub fn one(&self, feature: Feature) -> i32 {
        let row = &self.rows[(feature.0 & self.mask) as usize];
        i32::from(row[lane(feature)].cast_signed())
    }

    /// The sums over the rows of features.
    #[inline]
    pub fn sum(&self, features: &[Feature]) -> Row {
        self.kernel.sum(self.rows, features)
    }

    /// The sums over the rows of a few features that come together again and again.
    pub fn part<const N: usize>(&self, features: &[Feature; N]) -> Part {
        // So that a sum fits.
        const { assert!(N < 256) };
        Part(self.sum(features).map(|sum| sum as i16))
    }
}

/// The lane that holds the weight of a feature with one class.
#[inline]
pub fn lane(feature: Feature) -> usize {
    (feature.0 >> 60) as usize
}

/// Makes a table of weights out of trained numbers.
#[derive(Clone, Debug)]
pub struct WeightsWriter {
    rows: Vec<[i8; LANES]>,
}

impl WeightsWriter {
    /// Scales `weights` (rows of [`LANES`] numbers, a power of two of them) so
    /// that `largest` becomes 127; what is larger is clipped. Few weights are
    /// large, and clipping them leaves finer steps for the rest. Returns the
    /// table and the factor that was used.
    pub fn quantize(weights: &[[f32; LANES]], largest: f32) -> (Self, f32) {
        let factor = if largest > 0.0 { 127.0 / largest } else { 1.0 };
        let rows = weights
            .iter()
            .map(|row| row.map(|w| (w * factor).round().clamp(-127.0, 127.0) as i8))
            .collect();
        (Self { rows }, factor)
    }

    /// The bytes of the table.
    pub fn finish(&self) -> Vec<u8> {
        self.rows
            .iter()
            .flat_map(|row| row.map(i8::cast_unsigned))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_add_up() {
        let mut rows = vec![[0.0; LANES]; 8];
        rows[3][0] = 2.0;
        rows[3][1] = -1.0;
        rows[5][0] = 0.5;
        let (writer, factor) = WeightsWriter::quantize(&rows, 2.0);
        let bytes = writer.finish();
        let weights = Weights::open(&bytes).unwrap();
        let sums = weights.sum(&[Feature(3), Feature(5 + 8)]);
        assert_eq!(factor, 63.5);
        assert_eq!(sums[..3], [127 + 32, -64, 0]);
        let mut rest = weights.sum(&[Feature(3)]);
        weights.part(&[Feature(5 + 8)]).add_to(&mut rest);
        assert_eq!(rest, sums);
        assert!(Weights::open(&bytes[1..]).is_err());
    }
}
