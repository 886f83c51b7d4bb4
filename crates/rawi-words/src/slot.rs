//! A slot of the hash table of words: the number of a key, and above it bits of the
//! hash of its text, so that nearly every text that is another is told without being
//! looked at. Shared with the build script, which writes the slots.

/// How many bits of a slot are the key's number.
pub const KEY_BITS: u32 = 24;

/// The bits of a slot that are not the key's number, for the hash of a text. They are
/// the highest of the hash: the lowest choose the slot.
#[inline]
pub const fn tag(hash: u64) -> u32 {
    ((hash >> 56) as u32) << KEY_BITS
}
