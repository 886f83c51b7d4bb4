//! Which tokens stand in the content of a statement, for questions that are asked
//! of many tokens.

use crate::draft::Bounded;

/// For each token of an article the first statement in whose content it stands.
/// Kept from article to article.
#[derive(Debug, Default)]
pub(crate) struct Held {
    first: Vec<u32>,
}

/// A token that stands in none.
const NONE: u32 = u32::MAX;

impl Held {
    /// Takes in a list of statements; `tokens` is the length of the article.
    pub(crate) fn fill(&mut self, found: &[Bounded], tokens: usize) {
        self.first.clear();
        self.first.resize(tokens, NONE);
        for (place, b) in (0..).zip(found) {
            for k in b.content.iter().flat_map(Clone::clone) {
                let first = &mut self.first[k];
                *first = place.min(*first);
            }
        }
    }

    /// The place in the list of the first statement that holds a token.
    pub(crate) fn first(&self, token: usize) -> Option<usize> {
        let first = *self.first.get(token)?;
        (first != NONE).then_some(first as usize)
    }
}
