//! What an article is about, where fights and agreements mean something else:
//! sport, markets, weather, films and medicine tell no political events.

use rawi_words::events::Domain;

use crate::view::View;

/// How many words of a field in a hundred make an article one of that field.
const DENSITY: usize = 4;
/// How many of its words an article must hold at the least.
const LEAST: usize = 5;

/// How many words of each field an article holds.
pub(crate) struct Fields {
    counts: [usize; 5],
    words: usize,
}

impl Fields {
    /// Counts the words of an article.
    pub(crate) fn of(view: &View<'_>) -> Self {
        let mut counts = [0usize; 5];
        let mut words = 0;
        for k in 0..view.len() {
            if !view.is_word(k) {
                continue;
            }
            words += 1;
            if let Some(domain) = view.facts(k).domain(view.prefix(k)) {
                counts[domain as usize] += 1;
            }
        }
        Self { counts, words }
    }

    /// Whether the article tells of politics and conflict, as far as its words show.
    pub(crate) fn is_political(&self) -> bool {
        let politics = self.counts[Domain::Politics as usize];
        [
            (Domain::Sport, 1),
            (Domain::Market, 1),
            (Domain::Weather, 1),
            (Domain::Culture, 1),
        ]
        .into_iter()
        .all(|(domain, weight)| {
            let count = self.counts[domain as usize];
            let dense = count >= LEAST && count * 100 >= self.words * DENSITY * weight;
            !dense || politics * 2 > count * 3
        })
    }

    /// The share of each field in the words, in coarse steps.
    pub(crate) fn shares(&self) -> [u64; 5] {
        self.counts.map(|n| match n * 200 / self.words.max(1) {
            0 if n == 0 => 0,
            share => 1 + (share as u64).min(4),
        })
    }
}
