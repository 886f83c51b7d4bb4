//! Named entities in columns: a word and its tag a line, sentences apart by
//! empty lines.

use std::path::Path;

use anyhow::{Context, Result};

/// A sentence: words as written and their tags, the outermost first (`B-PERS`, `O`).
pub type NamedSentence = Vec<(String, String)>;

/// Reads a file of columns.
pub fn conll(path: &Path) -> Result<Vec<NamedSentence>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = Vec::new();
    let mut sentence = NamedSentence::new();
    for line in text.lines() {
        match line.split_once('\t') {
            Some((word, tags)) => {
                sentence.push((word.trim().to_owned(), tags.trim().to_owned()));
            }
            None if !sentence.is_empty() => out.push(std::mem::take(&mut sentence)),
            None => {}
        }
    }
    if !sentence.is_empty() {
        out.push(sentence);
    }
    Ok(out)
}
