//! Lists that are mostly short.

/// A list that holds its first `N` items in itself: the pieces of a statement, the sides
/// of an event. Only a longer one asks for memory.
pub type Few<T, const N: usize = 2> = smallvec::SmallVec<[T; N]>;
