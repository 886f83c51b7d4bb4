//! What an article is about, where fights and agreements mean something else:
//! sport, markets, weather, films and medicine tell no political events.

use crate::lexicon::{self, Domain};
use crate::view::View;

/// How many words of a field in a hundred make an article one of that field.
const DENSITY: usize = 4;
/// How many of its words an article must hold at the least.
const LEAST: usize = 5;

/// Whether an article tells of politics and conflict, as far as its words show.
pub(crate) fn is_political(view: &View<'_>) -> bool {
    let mut counts = [0usize; 5];
    let mut words = 0;
    for k in 0..view.len() {
        if !view.is_word(k) {
            continue;
        }
        words += 1;
        let domain = lexicon::domain(view.stem(k)).or_else(|| lexicon::domain(view.word(k)));
        if let Some(domain) = domain {
            counts[domain as usize] += 1;
        }
    }
    let politics = counts[Domain::Politics as usize];
    [
        (Domain::Sport, 1),
        (Domain::Market, 2),
        (Domain::Weather, 1),
        (Domain::Culture, 1),
    ]
    .into_iter()
    .all(|(domain, weight)| {
        let count = counts[domain as usize];
        let dense = count >= LEAST && count * 100 >= words * DENSITY * weight;
        !dense || politics * 2 > count * 3
    })
}
