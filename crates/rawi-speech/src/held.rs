//! Which tokens stand in the content of a statement, for questions that are asked
//! of many tokens.

use crate::draft::Bounded;

/// For each token of an article the first statement in whose content it stands.
pub(crate) struct Held {
    first: Vec<u32>,
}

/// A token that stands in none.
const NONE: u32 = u32::MAX;

impl Held {
    /// Of a list of statements; `tokens` is the length of the article.
    pub(crate) fn of(found: &[Bounded], tokens: usize) -> Self {
        let mut out = Held {
            first: vec![NONE; tokens],
        };
        for (i, b) in (0..).zip(found) {
            out.add(i, b);
        }
        out
    }

    /// Adds the statement that stands at a place of the list.
    pub(crate) fn add(&mut self, place: u32, b: &Bounded) {
        for k in b.content.iter().flat_map(Clone::clone) {
            let first = &mut self.first[k];
            *first = place.min(*first);
        }
    }

    /// The place in the list of the first statement that holds a token.
    pub(crate) fn first(&self, token: usize) -> Option<usize> {
        let first = *self.first.get(token)?;
        (first != NONE).then_some(first as usize)
    }
}
