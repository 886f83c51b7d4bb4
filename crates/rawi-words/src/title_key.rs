//! The key of a title. Shared with the build script, which compiles the offices by it.

use rawi_model::{Feature, hash};

/// What stands before a word and says no more than that it is definite.
const ARTICLES: [&str; 2] = ["لل", "ال"];

/// The key of a title by its folded words. `وزير الخارجية` and `وزير خارجية` are one.
pub fn title_key<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    words
        .fold(Feature::new(103, 0), |key, word| {
            key.and(hash(indefinite(word).as_bytes()))
        })
        .0
}

/// A folded word without its article.
pub fn indefinite(word: &str) -> &str {
    let bare = |article| word.strip_prefix(article).filter(|w: &&str| w.len() > 2);
    ARTICLES.into_iter().find_map(bare).unwrap_or(word)
}
