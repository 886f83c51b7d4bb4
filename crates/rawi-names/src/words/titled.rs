//! Titles that only their pronoun hides: `رئيسها`.

use rawi_morph::Pos;
use rawi_text::{Layout, TokenKind};

use super::Words;
use crate::Tags;

impl Words {
    /// `رئيسها`, `مديرتهم`: an office with the pronoun of whoever it serves.
    pub(super) fn tell_titles(&mut self, layout: &Layout) {
        for i in 0..self.words.len() {
            let word = &self.words[i];
            let noun = word.pos == Pos::Noun && word.tags == Tags::default() && !word.article;
            if !noun || layout.tokens()[i].kind != TokenKind::Word {
                continue;
            }
            if let Some(tags) = self.spelled[layout.spelling(i)].office(word.prefix) {
                let word = &mut self.words[i];
                word.tags = tags;
                word.entry_words = 1;
                word.pronoun = true;
                word.common = false;
            }
        }
    }
}
