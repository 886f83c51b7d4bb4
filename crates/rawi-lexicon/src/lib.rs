//! rawi-lexicon
