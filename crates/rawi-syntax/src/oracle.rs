//! The dynamic oracle: what each action costs, that is, how many arcs of the right tree can
//! no longer be made after it, whatever has gone wrong before.
//!
//! (Goldberg and Nivre, *Training Deterministic Parsers with Non-Deterministic Oracles*,
//! 2013.) Training asks it in states that the parser has come to by its own mistakes, so
//! that it learns to make the best of them.

use crate::state::{Action, NONE, State};

/// The cost of each action in the order of [`Action::ALL`], for the right heads of the
/// words ([`NONE`] for the head of the sentence).
pub fn costs(state: &State, heads: &[u32]) -> [u32; 3] {
    let top = state.stack(0);
    let second = state.stack(1);
    let next = state.next(0);
    let head = |word: u32| heads.get(word as usize).copied().unwrap_or(NONE);
    let below = state.stacked().split_last().map_or(&[][..], |(_, b)| b);
    let ahead = |from: u32| from..state.len();
    let mut costs = [0; 3];
    if next != NONE {
        // The next word gives up its head and dependents below the top, and its
        // dependents at the top.
        let mut lost = 0;
        for &word in below {
            lost += u32::from(head(next) == word) + u32::from(head(word) == next);
        }
        lost += u32::from(top != NONE && head(top) == next);
        costs[Action::Shift as usize] = lost;
    }
    if top != NONE {
        // The top gives up every dependent that is still to come, and every other head.
        let first = state_next(state);
        let dependents = ahead(first).filter(|&w| head(w) == top).count() as u32;
        let own = head(top);
        let rest = own != NONE && own >= first && own != next;
        let sentence = own == NONE && next != NONE;
        costs[Action::Left as usize] =
            dependents + u32::from(own != NONE && own == second || rest || sentence);
        let later = own != NONE && own >= first;
        let sentence = own == NONE;
        costs[Action::Right as usize] = dependents + u32::from(later || sentence);
    }
    costs
}

/// The number of the next word, or of words if none is left.
fn state_next(state: &State) -> u32 {
    match state.next(0) {
        NONE => state.len(),
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Label;

    /// Takes actions that cost nothing to the end.
    fn follow(heads: &[u32]) -> Vec<u32> {
        let mut state = State::default();
        state.start(heads.len());
        while !state.is_done() {
            let costs = costs(&state, heads);
            let free = Action::ALL
                .into_iter()
                .find(|&a| state.allows(a) && costs[a as usize] == 0);
            let action = free.expect("a projective tree can always be gone on with");
            state.take(action, Label::Other);
        }
        state.heads().to_vec()
    }

    #[test]
    fn what_costs_nothing_leads_to_the_right_tree() {
        for heads in [
            vec![NONE],
            vec![1, NONE],
            vec![NONE, 0, 1, 0],
            vec![2, 2, NONE, 5, 5, 2, 5],
            vec![NONE, 0, 0, 4, 2, 4],
        ] {
            assert_eq!(follow(&heads), heads);
        }
    }

    #[test]
    fn a_mistake_costs_what_it_makes_impossible() {
        // The second word is the head of the first and the third.
        let heads = [1, NONE, 1];
        let mut state = State::default();
        state.start(3);
        state.take(Action::Shift, Label::Other);
        assert_eq!(costs(&state, &heads), [1, 0, 1]);
        state.take(Action::Left, Label::Other);
        state.take(Action::Shift, Label::Other);
        // It is the head of the sentence and of the third word: neither may be given up.
        assert_eq!(costs(&state, &heads)[1], 2);
    }
}
