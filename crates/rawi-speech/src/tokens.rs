//! A set of tokens of an article.

use rawi_text::Few;

/// How many tokens a word of the set stands for.
const BITS: usize = u64::BITS as usize;

/// A set of tokens: for most articles it asks for no memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenSet {
    bits: Few<u64, 16>,
}

impl TokenSet {
    /// Adds a token; whether it is new.
    pub(crate) fn insert(&mut self, token: usize) -> bool {
        let (at, bit) = (token / BITS, 1 << (token % BITS));
        if at >= self.bits.len() {
            self.bits.resize(at + 1, 0);
        }
        let new = self.bits[at] & bit == 0;
        self.bits[at] |= bit;
        new
    }

    /// Whether it holds a token.
    pub(crate) fn contains(&self, token: usize) -> bool {
        let bits = self.bits.get(token / BITS);
        bits.is_some_and(|bits| bits & 1 << (token % BITS) != 0)
    }
}

impl Extend<usize> for TokenSet {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, tokens: I) {
        for token in tokens {
            self.insert(token);
        }
    }
}

impl FromIterator<usize> for TokenSet {
    fn from_iter<I: IntoIterator<Item = usize>>(tokens: I) -> Self {
        let mut out = Self::default();
        out.extend(tokens);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_added() {
        let mut set: TokenSet = [3, 64, 5000].into_iter().collect();
        assert!(!set.insert(64) && set.insert(63));
        let held = [2, 3, 63, 64, 65, 5000, 5001, 100_000];
        assert_eq!(
            held.map(|k| set.contains(k)),
            [false, true, true, true, false, true, false, false]
        );
    }
}
