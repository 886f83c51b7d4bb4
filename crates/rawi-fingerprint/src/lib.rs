//! What tells copies of an article: a text becomes a few keys and a sketch.
//!
//! Everything here is a pure function of the text, with hashes of its own that never
//! change: the keys are columns that a database joins, or that any other program groups
//! by, years later. This is how they are made:
//!
//! 1. The text is folded ([`rawi_text::fold`]); a word is a run of letters and digits
//!    of the folded text. Vowel signs, tatweel, marks and spacing tell nothing.
//! 2. A word's hash is FNV-1a (64 bits) of its UTF-8 bytes. The hash of several words in
//!    a row is `h = h * 0x9e3779b97f4a7c15 + word` from 0, mixed by the finalizer of
//!    SplitMix64.
//! 3. **Keys**: the [`KEYS`] smallest hashes of ten words in a row, cut to their upper 48
//!    bits. Two texts that share a passage of ten words share a key with the
//!    chance that the passage is among the smallest of both; near copies nearly always do.
//! 4. **Sketch**: the hashes of four words in a row fall into 64 bins by their upper 6
//!    bits. A bin's byte is `1 + m % 255`, with `m` the smallest hash in it, mixed again;
//!    0 if there is none. The share of equal bytes estimates how many of all their
//!    passages of four words two texts have in common.
//!
//! Keys find candidates, the sketch verifies them. On 93,000 articles of 25 outlets,
//! pairs of different outlets within three days, by the true resemblance of the pair:
//!
//! | resemblance | 0.2-0.3 | 0.3-0.4 | 0.4-0.5 | 0.5-0.6 | above |
//! |---|---|---|---|---|---|
//! | share a key | .78 | .92 | .98 | 1.00 | 1.00 |
//!
//! An article has 4 candidates on average, 73 at the 99th percentile: mostly
//! reports after one pattern (weather, exchanges), which the sketch tells apart.
//! Bands of three minima over four words, the usual way, find .43 of the pairs between
//! 0.3 and 0.4 and .88 of those between 0.5 and 0.6, with as many rows.

/// So many keys a text has at most; a shorter one has fewer.
pub const KEYS: usize = 10;

/// Length of [`Fingerprint::to_bytes`].
pub const BYTES: usize = 4 + SKETCH;

/// Words in the passages that keys are made of.
const KEY_WORDS: usize = 10;
/// Words in the passages that the sketch is made of.
const SKETCH_WORDS: usize = 4;
/// Bytes of the sketch.
const SKETCH: usize = 64;
/// The byte of a bin with nothing in it.
const EMPTY: u8 = 0;
/// The golden ratio's fraction, in 64 bits.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// What a text is compared by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fingerprint {
    words: u32,
    sketch: [u8; SKETCH],
}

impl Fingerprint {
    /// How many words the text has.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// How many of all their passages two texts have in common, from 0 to 1: an estimate
    /// of the Jaccard resemblance over four words in a row, within 0.06 (one standard
    /// deviation). 0 if either is shorter than that.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let pairs = self.sketch.iter().zip(&other.sketch);
        let filled = pairs.filter(|pair| *pair != (&EMPTY, &EMPTY));
        let (mut bins, mut both, mut equal) = (0.0, 0.0, 0.0);
        for (a, b) in filled {
            bins += 1.0;
            both += f64::from(u8::from(*a != EMPTY && *b != EMPTY));
            equal += f64::from(u8::from(a == b));
        }
        if bins == 0.0 {
            return 0.0;
        }
        // Different passages have equal bytes once in 255 times.
        let chance = (both - equal) / 254.0;
        ((equal - chance) / bins).clamp(0.0, 1.0)
    }

    /// How much of the shorter text stands in the longer one, from 0 to 1: high where one
    /// is cut from the other. An estimate from the resemblance and both lengths, the
    /// rougher the more the lengths differ: within 0.1 at twice, 0.2 at five times the
    /// length.
    pub fn containment(&self, other: &Self) -> f64 {
        let (a, b) = (f64::from(self.passages()), f64::from(other.passages()));
        let shorter = a.min(b);
        if shorter == 0.0 {
            return 0.0;
        }
        let resemblance = self.resemblance(other);
        let common = resemblance * (a + b) / (1.0 + resemblance);
        (common / shorter).min(1.0)
    }

    /// Passages of the sketch, repeated ones included.
    fn passages(&self) -> u32 {
        self.words.saturating_sub(SKETCH_WORDS as u32 - 1)
    }

    /// The form in which it is stored: the number of words as four bytes, smallest first,
    /// then the sketch.
    pub fn to_bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let (words, sketch) = bytes.split_at_mut(4);
        words.copy_from_slice(&self.words.to_le_bytes());
        sketch.copy_from_slice(&self.sketch);
        bytes
    }

    /// Reads the stored form; none if the bytes are no fingerprint.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, sketch) = bytes.split_first_chunk::<4>()?;
        Some(Self {
            words: u32::from_le_bytes(*words),
            sketch: sketch.try_into().ok()?,
        })
    }
}

/// Makes fingerprints; holds the buffers for it.
#[derive(Default, Debug)]
pub struct Fingerprinter {
    words: Vec<u64>,
    keys: Vec<u64>,
}

impl Fingerprinter {
    /// Makes the fingerprint of a text; [`Self::keys`] has its keys then.
    pub fn take(&mut self, text: &str) -> Fingerprint {
        let folded = rawi_text::fold(text);
        self.words.clear();
        let words = folded.split(|c| !is_of_word(c));
        let words = words.filter(|word| !word.is_empty());
        self.words.extend(words.map(|word| fnv(word.as_bytes())));
        self.smallest_keys();
        Fingerprint {
            words: u32::try_from(self.words.len()).unwrap_or(u32::MAX),
            sketch: self.sketch(),
        }
    }

    /// The keys of the text before, smallest first, each below 2^48. None for a text of
    /// fewer than ten words: there is nothing to tell a copy by.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    fn smallest_keys(&mut self) {
        let keys = &mut self.keys;
        keys.clear();
        for passage in self.words.windows(KEY_WORDS) {
            let key = hash(passage) >> 16;
            if keys.len() == KEYS && keys.last().is_some_and(|last| key >= *last) {
                continue;
            }
            if let Err(at) = keys.binary_search(&key) {
                keys.truncate(KEYS - 1);
                keys.insert(at, key);
            }
        }
    }

    fn sketch(&self) -> [u8; SKETCH] {
        let mut least = [None; SKETCH];
        for passage in self.words.windows(SKETCH_WORDS) {
            let hash = hash(passage);
            let bin = &mut least[(hash >> 58) as usize];
            *bin = Some(bin.map_or(hash, |least: u64| least.min(hash)));
        }
        least.map(|bin| bin.map_or(EMPTY, |hash| 1 + (mix(hash) % 255) as u8))
    }
}

/// Whether a character of the folded text belongs to a word: [`char::is_alphanumeric`],
/// which for nearly all of them needn't be asked.
fn is_of_word(c: char) -> bool {
    match c {
        '\u{620}'..='\u{64a}' | 'a'..='z' | '0'..='9' => true,
        '\0'..='\x7f' => false,
        _ => c.is_alphanumeric(),
    }
}

/// FNV-1a.
fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// The hash of several words in a row.
fn hash(words: &[u64]) -> u64 {
    let step = |hash: u64, word: &u64| hash.wrapping_mul(GOLDEN).wrapping_add(*word);
    mix(words.iter().fold(0, step))
}

/// The finalizer of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> (Fingerprint, Vec<u64>) {
        let mut maker = Fingerprinter::default();
        let print = maker.take(text);
        (print, maker.keys().to_vec())
    }

    /// Words `n`, `n + 1` … as a text.
    fn text(words: impl IntoIterator<Item = u32>) -> String {
        let words = words.into_iter().map(|n| format!("كلمة{n}"));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_text_has_the_same_keys_for_ever() {
        let (print, keys) = of("وصل الوفد إلى مدينة سهل الغار، وقال رئيسه إن المحادثات بدأت أمس");
        assert_eq!(print.words(), 12);
        assert_eq!(keys, [157982605364955, 236388737038886, 253672662887064]);
        assert_eq!(print.to_bytes()[..8], [12, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn spelling_and_marks_make_no_difference() {
        let a = of("أكَّدت الوزارةُ — مساءً — أنّ «العمل» في المدرسة الجديدة سيبدأ بعد ١٢ يوما من الآن");
        let b = of("اكدت الوزاره مساء ان العمل فى المدرسة الجديـــدة سيبدأ بعد 12 يوما من الان");
        assert_eq!(a, b);
    }

    #[test]
    fn short_texts_have_no_keys() {
        for text in ["", " .،؛ ", "سنوافيكم بالتفاصيل", "واحد اثنان ثلاثة"]
        {
            let (print, keys) = of(text);
            assert!(keys.is_empty(), "{text}");
            assert_eq!(print.resemblance(&print), 0.0);
            assert_eq!(print.containment(&print), 0.0);
        }
        assert_eq!(of(&text(0..9)).1.len(), 0);
        assert_eq!(of(&text(0..10)).1.len(), 1);
        assert_eq!(of(&text(0..400)).1.len(), KEYS);
    }

    #[test]
    fn the_estimates_are_near_the_truth() {
        // The second text begins later and ends later: how much both share is known.
        for (length, shift) in [
            (100, 0),
            (100, 20),
            (300, 75),
            (300, 150),
            (300, 300),
            (900, 90),
        ] {
            let mut resemblances = 0.0;
            for round in 0..20 {
                let from = round * 10_000;
                let (a, _) = of(&text(from..from + length));
                let (b, _) = of(&text(from + shift..from + shift + length));
                resemblances += a.resemblance(&b);
            }
            let (n, shift) = (f64::from(length - 3), f64::from(shift));
            let common = (n - shift).max(0.0);
            let truth = common / (2.0 * n - common);
            let mean = resemblances / 20.0;
            assert!(
                (mean - truth).abs() < 0.04,
                "{length} {shift}: {mean} {truth}"
            );
        }
    }

    #[test]
    fn a_cut_copy_is_contained() {
        for round in 0..20 {
            let from = round * 10_000;
            let (whole, keys) = of(&text(from..from + 400));
            let (cut, cut_keys) = of(&text(from..from + 160));
            assert!(cut.containment(&whole) > 0.6);
            assert!(whole.containment(&cut) > 0.6);
            let (other, _) = of(&text(from + 500..from + 660));
            assert!(other.containment(&whole) < 0.2);
            let keys = BTreeSet::from_iter(keys);
            assert!(cut_keys.iter().any(|key| keys.contains(key)), "{round}");
        }
    }

    #[test]
    fn repetition_costs_and_tells_nothing() {
        let line = "شركة السهم للنقل تتمنى لكم يوما سعيدا وتشكركم على حسن المتابعة كل يوم ";
        let (_, once) = of(&line.repeat(2));
        let (many, keys) = of(&line.repeat(20_000));
        assert_eq!(once, keys);
        assert_eq!(many.words(), 260_000);
    }

    #[test]
    fn what_is_stored_comes_back() {
        let (print, _) = of(&text(0..50));
        assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Some(print));
        assert_eq!(Fingerprint::from_bytes(&[0; BYTES - 1]), None);
        assert_eq!(Fingerprint::from_bytes(&[0; BYTES + 1]), None);
        assert_eq!(Fingerprint::from_bytes(&[]), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_fingerprint(text in "\\PC{0,200}") {
            let (print, keys) = of(&text);
            prop_assert!(keys.len() <= KEYS);
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(keys.iter().all(|key| *key < 1 << 48));
            let same = print.resemblance(&print);
            let expected = if print.words() < 4 { 0.0 } else { 1.0 };
            prop_assert_eq!(same, expected);
        }

        #[test]
        fn both_ways_are_alike(a in "[ابتثج ]{0,300}", b in "[ابتثج ]{0,300}") {
            let ((a, _), (b, _)) = (of(&a), of(&b));
            prop_assert_eq!(a.resemblance(&b), b.resemblance(&a));
            prop_assert_eq!(a.containment(&b), b.containment(&a));
        }
    }
}
