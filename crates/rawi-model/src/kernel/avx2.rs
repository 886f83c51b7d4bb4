//! The loops for processors with AVX2. The only `unsafe` code of rawi.
//!
//! Two things are `unsafe` here. A function with `#[target_feature]` may be called
//! only where the processor has the feature, or anything may happen; a value of
//! [`Avx2`] is the proof that it has. And vectors are loaded and stored through
//! pointers; each is made from a reference to as many bytes as the vector has.
//!
//! The compiler makes less of the plain loops: sums of half a row at a time, and of
//! the steps vectors along the wrong side of the table.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::MOST;
use crate::viterbi::{CLASS, Steps};
use crate::{Feature, LANES, Row};

/// The proof that this processor has AVX2: [`Avx2::here`] alone makes one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    /// A proof, if it is so.
    pub(super) fn here() -> Option<Self> {
        std::arch::is_x86_feature_detected!("avx2").then_some(Self(()))
    }

    #[inline]
    pub(super) fn sum(self, rows: &[[u8; LANES]], features: &[Feature]) -> Row {
        // SAFETY: there is a proof.
        unsafe { sum(rows, features) }
    }

    #[inline]
    pub(super) fn walk(self, steps: &Steps, scores: &[Row], back: &mut Vec<[u8; LANES]>) -> Row {
        // SAFETY: there is a proof.
        unsafe { walk(steps, scores, back) }
    }
}

/// Sixteen bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn load_bytes(bytes: &[u8; LANES]) -> __m128i {
    // SAFETY: the reference is to 16 bytes, and this load takes any address.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

/// The halves of a row.
#[inline]
#[target_feature(enable = "avx2")]
fn load(row: &Row) -> [__m256i; 2] {
    let (halves, _) = row.as_chunks::<{ LANES / 2 }>();
    // SAFETY: each reference is to 8 numbers of 4 bytes, and this load takes any
    // address.
    unsafe {
        [
            _mm256_loadu_si256(halves[0].as_ptr().cast()),
            _mm256_loadu_si256(halves[1].as_ptr().cast()),
        ]
    }
}

/// A row of two halves.
#[inline]
#[target_feature(enable = "avx2")]
fn store(halves: [__m256i; 2]) -> Row {
    let mut row = Row::default();
    let (places, _) = row.as_chunks_mut::<{ LANES / 2 }>();
    for (place, half) in places.iter_mut().zip(halves) {
        // SAFETY: the reference is to 8 numbers of 4 bytes, and this store takes any
        // address.
        unsafe { _mm256_storeu_si256(place.as_mut_ptr().cast(), half) };
    }
    row
}

/// Sixteen numbers below 256 of two halves, as bytes.
#[inline]
#[target_feature(enable = "avx2")]
fn store_bytes([low, high]: [__m256i; 2]) -> [u8; LANES] {
    // Packing goes by quarters: 0 and 2, then 1 and 3.
    let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high));
    let (low, high) = (
        _mm256_castsi256_si128(words),
        _mm256_extracti128_si256::<1>(words),
    );
    let mut bytes = [0; LANES];
    // SAFETY: the reference is to 16 bytes, and this store takes any address.
    unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), _mm_packus_epi16(low, high)) };
    bytes
}

/// See [`super::sum`].
#[target_feature(enable = "avx2")]
fn sum(rows: &[[u8; LANES]], features: &[Feature]) -> Row {
    let mask = rows.len() - 1;
    let mut sums = [_mm256_setzero_si256(); 2];
    for some in features.chunks(MOST) {
        let mut lanes = _mm256_setzero_si256();
        for feature in some {
            let row = load_bytes(&rows[feature.0 as usize & mask]);
            lanes = _mm256_add_epi16(lanes, _mm256_cvtepi8_epi16(row));
        }
        let low = _mm256_castsi256_si128(lanes);
        let high = _mm256_extracti128_si256::<1>(lanes);
        sums[0] = _mm256_add_epi32(sums[0], _mm256_cvtepi16_epi32(low));
        sums[1] = _mm256_add_epi32(sums[1], _mm256_cvtepi16_epi32(high));
    }
    store(sums)
}

/// See [`crate::viterbi::walk`].
#[target_feature(enable = "avx2")]
fn walk(steps: &Steps, scores: &[Row], back: &mut Vec<[u8; LANES]>) -> Row {
    let Some((&first, rest)) = scores.split_first() else {
        return Row::default();
    };
    let classes = _mm256_set1_epi32(LANES as i32 - 1);
    let mut now = first;
    for here in rest {
        let level = now[0];
        let mut next = [_mm256_set1_epi32(i32::MIN); 2];
        for (row, score) in steps.table.iter().zip(&now) {
            let score = _mm256_set1_epi32((score - level) << CLASS);
            let row = load(row);
            for h in 0..2 {
                next[h] = _mm256_max_epi32(next[h], _mm256_add_epi32(score, row[h]));
            }
        }
        let here = load(here);
        let mut froms = next;
        for h in 0..2 {
            froms[h] = _mm256_andnot_si256(next[h], classes);
            next[h] = _mm256_add_epi32(_mm256_srai_epi32::<{ CLASS as i32 }>(next[h]), here[h]);
        }
        now = store(next);
        back.push(store_bytes(froms));
    }
    now
}
