//! What the model knows of a string of letters.

/// Knowledge of one form, packed into 32 bits:
/// frequency 4, cluster 10, word classes 8, cut 9, whether a cut is stored 1.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Entry(pub u32);

/// Word classes that lexica give to a form, as bits.
pub mod class {
    /// A perfect verb.
    pub const PERFECT: u8 = 1;
    /// An imperfect verb.
    pub const IMPERFECT: u8 = 2;
    /// A noun.
    pub const NOUN: u8 = 4;
    /// An adjective.
    pub const ADJECTIVE: u8 = 8;
    /// A proper noun.
    pub const PROPER: u8 = 16;
    /// A preposition, conjunction, pronoun or particle.
    pub const FUNCTION: u8 = 32;
    /// An adverb.
    pub const ADVERB: u8 = 64;
    /// A number word.
    pub const NUMBER: u8 = 128;
}

/// How many clusters an entry can name; 0 stands for none.
pub const CLUSTERS: u32 = 1 << 10;

impl Entry {
    /// Packs an entry. Values beyond their range are cut down to it.
    pub fn new(frequency: u8, cluster: u16, classes: u8, cut: Option<crate::Cut>) -> Self {
        let cut = cut.map_or(0, |c| 1 << 31 | c.code() << 22);
        Entry(
            u32::from(frequency.min(15))
                | (u32::from(cluster) & (CLUSTERS - 1)) << 4
                | u32::from(classes) << 14
                | cut,
        )
    }

    /// How often news has the form as a whole word, as a binary logarithm from
    /// 0 (never seen) to 15.
    pub fn frequency(self) -> u8 {
        (self.0 & 15) as u8
    }

    /// The cluster of the form as a stem: forms that stand between the same
    /// neighbors share one. 0 for none.
    pub fn cluster(self) -> u16 {
        (self.0 >> 4 & (CLUSTERS - 1)) as u16
    }

    /// Word classes, see [`class`].
    pub fn classes(self) -> u8 {
        (self.0 >> 14 & 255) as u8
    }

    /// How the form as a whole word is cut, where training has settled it.
    pub fn cut(self) -> Option<crate::Cut> {
        (self.0 >> 31 == 1).then(|| crate::Cut::of_code(self.0 >> 22 & 511))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cut;

    #[test]
    fn what_is_packed_comes_out() {
        let cut = Cut {
            proclitic: 10,
            article: true,
            enclitic: 11,
        };
        let entry = Entry::new(13, 1023, class::NOUN | class::NUMBER, Some(cut));
        assert_eq!(entry.frequency(), 13);
        assert_eq!(entry.cluster(), 1023);
        assert_eq!(entry.classes(), 132);
        assert_eq!(entry.cut(), Some(cut));
        assert_eq!(Entry::default().cut(), None);
    }
}
