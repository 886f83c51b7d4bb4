//! What a table can say of a key. Shared with the build script, which writes the
//! values.

/// A column of the compiled table: one kind of thing that is known of a key, with
/// a value of 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Facet {
    /// Word classes: the bits of [`Tags`](crate::Tags).
    Tags,
    /// The country that the word names or derives from: its number.
    Country,
    /// Parts in the sentence: the number of a set of [`Roles`](crate::Roles).
    Roles,
    /// Well-known people and bodies of that name: see
    /// [`Lexicon::run`](crate::Lexicon::run).
    Known,
    /// Meanings in times and numbers: see [`Lexicon::time`](crate::Lexicon::time).
    Time,
}

impl Facet {
    /// The bit of the facet in the mask of a key.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The bit of a mask that says that longer keys begin with this one.
pub const LONGER: u32 = 1 << 31;
