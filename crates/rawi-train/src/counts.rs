//! What unlabeled news tells of words: how often they stand, and between what.

use std::collections::HashMap;

use anyhow::Result;
use rawi_text::{Layout, SourceText, TokenKind};

use crate::corpus::News;

/// Forms that news has fewer times than this are not kept.
const RARE: u32 = 3;

/// How often each folded word stands in the news, most frequent first.
pub fn words(news: &News) -> Result<Vec<(String, u32)>> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    sentences(news, |words| {
        for word in words {
            match counts.get_mut(*word) {
                Some(n) => *n += 1,
                None => {
                    counts.insert((*word).to_owned(), 1);
                }
            }
        }
    })?;
    let mut all: Vec<(String, u32)> = counts.into_iter().filter(|(_, n)| *n >= RARE).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(all)
}

/// Calls `each` with the Arabic words of every sentence, folded; other tokens
/// are given as empty strings.
pub fn sentences(news: &News, mut each: impl FnMut(&[&str])) -> Result<()> {
    let mut layout = Layout::new();
    news.each(|text| {
        // A text that is too long to read is none of these articles.
        let Ok(source) = SourceText::new(text) else {
            return;
        };
        layout.analyze(&source);
        for sentence in layout.sentences() {
            let words: Vec<&str> = (sentence.start as usize..sentence.end as usize)
                .map(|i| match layout.tokens()[i].kind {
                    TokenKind::Word => layout.word(i),
                    _ => "",
                })
                .collect();
            each(&words);
        }
    })
}

/// A count as the binary logarithm that an entry stores: 0 for none.
pub fn level(count: u32) -> u8 {
    match count {
        0 => 0,
        n => (n.ilog2() as u8).clamp(1, 15),
    }
}
