//! What a title beside a word tells of it: a title with a pronoun is a title, and
//! two words that nobody knows behind one are its holder's name.

use rawi_morph::{Pos, Shape, Tagged};
use rawi_text::{Layout, TokenKind};

use super::Words;
use super::homograph::RARE;
use crate::{NameType, Tags};

/// Words that look like names are hardly anything else if they are seen no oftener.
const SELDOM: u8 = 4;

/// How many words a title may have before its holder's name.
const LONGEST_TITLE: usize = 8;

/// How many words a name between two commas has at most.
const LONGEST_ENCLOSED: usize = 4;

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

    /// Finds names that only their place shows: behind a title, and between commas
    /// behind one.
    pub(super) fn tell_titled(&mut self, layout: &Layout, tagged: &Tagged) {
        let count = self.words.len();
        for i in 1..count.saturating_sub(2) {
            if self.pair_behind_title(layout, tagged, i) {
                self.take_names(layout, i, i + 2);
            } else if let Some(end) = self.enclosed_behind_title(layout, tagged, i) {
                self.take_names(layout, i, end);
            }
        }
    }

    fn take_names(&mut self, layout: &Layout, start: usize, end: usize) {
        for k in start..end {
            if !self.words[k].is(Tags::GIVEN | Tags::NAME_PART) || self.words[k].is(Tags::MESSAGE) {
                let article = self.shape(layout, k).is(Shape::ARTICLE) && self.words[k].article;
                self.take_for_name(k);
                if !article {
                    self.words[k].article = false;
                    self.words[k].prefix = 0;
                }
            }
        }
        self.words[start].begins = true;
    }

    /// `الباحثة الرئيسية كيارا فالدوني`: two words that are seen nowhere else, behind
    /// a title that is complete, with nothing more of the phrase behind them.
    fn pair_behind_title(&self, layout: &Layout, tagged: &Tagged, i: usize) -> bool {
        let closes = {
            let before = &self.words[i - 1];
            before.article || before.pronoun && before.is(Tags::TITLE)
        };
        if !closes
            || !self.unseen(layout, tagged, i)
            || !self.unseen(layout, tagged, i + 1)
            || layout.word(i + 1).starts_with('و')
        {
            return false;
        }
        let behind = &self.words[i + 2];
        let ends = layout.tokens()[i + 2].kind != TokenKind::Word
            || self.says_that(layout, i + 2)
            || behind.is(Tags::REPORT | Tags::PREPOSITION)
            || behind.pos == Pos::Verb;
        ends && self.title_before(layout, i, true)
    }

    /// `منسقة الحملة، نزهة أوعبدان،`: where a name enclosed in commas ends.
    fn enclosed_behind_title(&self, layout: &Layout, tagged: &Tagged, i: usize) -> Option<usize> {
        let comma = |k: usize| matches!(layout.word(k), "،" | ",");
        if !comma(i - 1) || i < 2 {
            return None;
        }
        let longest = self.words.len().min(i + LONGEST_ENCLOSED + 1);
        let end = (i + 1..longest).find(|&k| layout.tokens()[k].kind != TokenKind::Word)?;
        if end < i + 2 || !comma(end) {
            return None;
        }
        let first = &self.words[i];
        let naming = Tags::GIVEN | Tags::AMBIGUOUS | Tags::FEMININE | Tags::MESSAGE;
        let noun = matches!(first.pos, Pos::Noun | Pos::Propn | Pos::X)
            && !first.article
            && !first.has_proclitic()
            && first.tags.without(naming) == Tags::default()
            && !self.shape(layout, i).is(Shape::CIRCUMSTANCE);
        let names = (i + 1..end).all(|k| {
            let word = &self.words[k];
            word.label == Some(NameType::Person)
                || word.is(Tags::GIVEN | Tags::NAME_PART)
                || self.unseen(layout, tagged, k)
        });
        (noun && names && self.title_before(layout, i - 1, false)).then_some(end)
    }

    /// Whether a word is hardly anything but a name by how seldom it is seen.
    fn unseen(&self, layout: &Layout, tagged: &Tagged, i: usize) -> bool {
        let word = &self.words[i];
        let naming = Tags::GIVEN | Tags::AMBIGUOUS;
        layout.tokens()[i].kind == TokenKind::Word
            && tagged.seen[i].whole.frequency()
                <= (if word.pos == Pos::Propn { SELDOM } else { RARE })
            && word.tags.without(naming) == Tags::default()
            // `كيارا` is no `ك` and a word that nobody has.
            && (word.preposition.is_none()
                || word.preposition == Some('ك') && tagged.seen[i].stem.frequency() <= RARE)
            && word.pos != Pos::Verb
            && !self.shape(layout, i).is(Shape::CIRCUMSTANCE)
    }

    /// Whether a title leads to token `end`: alone or with adjectives only, or with
    /// all that it governs.
    fn title_before(&self, layout: &Layout, end: usize, adjectives: bool) -> bool {
        for k in (end.saturating_sub(LONGEST_TITLE)..end).rev() {
            let word = &self.words[k];
            if word.is(Tags::TITLE) && !word.inside {
                return !word.is(Tags::PLURAL | Tags::BODY) && !word.is(Tags::GIVEN);
            }
            let goes_on = if adjectives {
                word.inside || word.article && word.pos == Pos::Adj || word.is(Tags::DEMONYM)
            } else {
                let led = word.is(Tags::PREPOSITION) || !word.is(Tags::FUNCTION | Tags::VERB);
                let mark = matches!(layout.word(k), "«" | "»" | "\"");
                mark || layout.tokens()[k].kind == TokenKind::Word && led && word.pos != Pos::Verb
            };
            if !goes_on {
                return false;
            }
        }
        false
    }
}
