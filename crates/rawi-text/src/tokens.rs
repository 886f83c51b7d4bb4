//! The tokens of a text, for who wants nothing else of its layout.

use crate::{Folded, SourceText, Token, token};

/// The tokens of a text with their folded forms: what [`Layout`](crate::Layout) has of
/// them, without its sentences, quotes and spellings. Whoever goes over many texts keeps
/// one and refills it.
#[derive(Clone, Default, Debug)]
pub struct Tokens {
    folded: Folded,
    tokens: Vec<Token>,
}

impl Tokens {
    /// Fills this with the tokens of a text, forgetting the one before. What stands behind
    /// the first [`SourceText::MAX_BYTES`] bytes is left out.
    pub fn fill(&mut self, text: &str) {
        let mut end = text.len().min(SourceText::MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        self.folded.fill(text);
        token::tokenize(text, &self.folded, &mut self.tokens);
    }

    /// The tokens, in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded view of the text, with its map back.
    pub fn folded(&self) -> &Folded {
        &self.folded
    }

    /// The folded form of a token of the text.
    pub fn folded_form(&self, token: &Token) -> &str {
        let (from, to) = token.folded;
        let range = from as usize..to as usize;
        self.folded.as_str().get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Layout;

    #[test]
    fn they_are_those_of_the_layout() {
        let text = "وقال: «نحنُ متفائلون» بنسبة ٣٫٥ في أ.ف.ب و أضاف #وسم_عربي";
        let mut tokens = Tokens::default();
        tokens.fill("نص قبله");
        tokens.fill(text);
        let mut layout = Layout::new();
        layout.analyze(&SourceText::new(text).unwrap());
        assert_eq!(tokens.tokens(), layout.tokens());
        for (i, token) in tokens.tokens().iter().enumerate() {
            assert_eq!(tokens.folded_form(token), layout.word(i));
        }
    }
}
