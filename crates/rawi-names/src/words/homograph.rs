//! Words that are spelled like something else: the name `علي` and the
//! preposition `على`, particles of foreign names, and family names that are
//! common words. Which of the two a word is, its neighbors tell.

use rawi_morph::{Pos, Shape, Tagged};
use rawi_text::{Layout, SourceText, TokenKind};

use super::{Word, Words};
use crate::{NameType, Roles, Tags};

/// Words that are seen no oftener are hardly anything but names.
pub(super) const RARE: u8 = 1;

impl Word {
    /// A particle of a name.
    pub(super) fn particle() -> Word {
        Word {
            tags: Tags::NAME_PART,
            entry_words: 1,
            label: Some(NameType::Person),
            pos: Pos::Propn,
            ..Word::default()
        }
    }
}

impl Words {
    /// Many writers spell the preposition `على` and the name `علي` alike: it is
    /// a name beside a name or a title. `ya` says that it ends in `ي`.
    pub(super) fn tell_ali(&mut self, i: usize, ya: bool) {
        let beside = Tags::GIVEN | Tags::NAME_PART | Tags::HONORIFIC;
        let near = |k: Option<&Word>, tags| {
            k.is_some_and(|w| w.is(tags) && !w.is(Tags::AMBIGUOUS | Tags::FUNCTION))
        };
        let before = i.checked_sub(1).and_then(|k| self.words.get(k));
        let name = if ya {
            near(before, beside | Tags::OFFICE)
                || near(self.words.get(i + 1), Tags::NAME_PART | Tags::GIVEN)
        } else {
            // `علق السيد على`: after a title with the article it is the preposition.
            near(before, Tags::NAME_PART)
                || near(before, Tags::HONORIFIC)
                    && before.is_some_and(|w| !w.article)
                    && near(self.words.get(i + 1), Tags::NAME_PART | Tags::GIVEN)
        };
        let drop = if name { Tags::PREPOSITION } else { Tags::GIVEN };
        self.words[i].tags = self.words[i].tags.without(drop);
    }

    /// `يان فان دن بيرغ`: a word that leads on between a given name and one that
    /// the tables do not know is a particle of the name, whatever else it may be.
    pub(super) fn tell_particles(&mut self, source: &SourceText, layout: &Layout) {
        let tokens = layout.tokens();
        for i in 1..tokens.len().saturating_sub(1) {
            if !self.plays(layout, i, Roles::NAME_PARTICLE) {
                continue;
            }
            // `فإن` begins a clause.
            let hamza = source
                .slice(tokens[i].span)
                .is_none_or(|raw| raw.contains(['أ', 'إ', 'آ', 'ئ', 'ؤ']));
            let (before, after) = (&self.words[i - 1], &self.words[i + 1]);
            let led =
                before.is(Tags::GIVEN) && !before.is(Tags::AMBIGUOUS) || before.is(Tags::NAME_PART);
            let leads = self.plays(layout, i + 1, Roles::NAME_PARTICLE)
                || tokens[i + 1].kind == TokenKind::Word
                    && !after.article
                    && (after.tags == Tags::default() || after.is(Tags::GIVEN));
            if leads && !hamza && tokens[i - 1].kind == TokenKind::Word {
                if led {
                    self.words[i] = Word::particle();
                } else {
                    self.words[i].particle = true;
                }
            }
        }
    }

    /// A family name may be a common word: `المذيعة لينا فرح إن`. Between a
    /// given name and what was said, or between a titled given name and a mark,
    /// stands nothing else.
    pub(super) fn tell_families(&mut self, layout: &Layout) {
        let tokens = layout.tokens();
        let word_at = |k: usize| tokens.get(k).is_some_and(|t| t.kind == TokenKind::Word);
        for i in 1..tokens.len().saturating_sub(1) {
            let (before, word) = (&self.words[i - 1], &self.words[i]);
            let given = before.is(Tags::GIVEN)
                && !before.is(Tags::TITLE | Tags::FUNCTION)
                && before.preposition.is_none();
            if !given || !word_at(i) || !word_at(i - 1) || !self.may_be_family(layout, i) {
                continue;
            }
            let titled = i >= 2 && word_at(i - 2) && {
                let title = &self.words[i - 2];
                title.is(Tags::TITLE) && !title.is(Tags::VERB)
            };
            let sure = !before.is(Tags::AMBIGUOUS) || before.label == Some(NameType::Person);
            let comma = |k: usize| matches!(layout.word(k), "،" | ",");
            // `صاحب المتجر، رامي خوري، أن`
            let beside = i >= 2 && comma(i - 2) && comma(i + 1);
            let mark =
                beside || titled && (comma(i + 1) || matches!(layout.word(i + 1), "." | ":"));
            if (titled || sure) && (self.says_that(layout, i + 1) || mark) || word.common && mark {
                self.take_for_name(i);
            }
        }
    }

    /// A rare word that ends a person's name somewhere in the article is that name
    /// wherever it stands: `فرانشيسكا ألبانيز`, later `ألبانيز`.
    pub(super) fn repeat_names(&mut self, layout: &Layout, tagged: &Tagged) {
        let rare = |i: usize| tagged.seen[i].whole.frequency() <= RARE;
        let person = |w: &Word| w.label == Some(NameType::Person);
        let mut lasts = std::mem::take(&mut self.lasts);
        lasts.clear();
        let names = (1..self.words.len())
            .filter(|&i| person(&self.words[i]) && person(&self.words[i - 1]))
            .filter(|&i| !self.words[i].begins && !self.words[i].conjunction && rare(i));
        lasts.extend(names.map(|i| layout.spelling(i)));
        lasts.sort_unstable();
        let all = if lasts.is_empty() {
            0
        } else {
            self.words.len()
        };
        for i in 0..all {
            let word = &self.words[i];
            let free = word.label.is_none() && word.tags.without(Tags::ACTION) == Tags::default();
            if free && !word.article && lasts.binary_search(&layout.spelling(i)).is_ok() {
                self.take_for_name(i);
                self.words[i].begins = i == 0 || !person(&self.words[i - 1]);
            }
        }
        self.lasts = lasts;
    }

    /// Whether a word behind a given name can be its family name by its form.
    fn may_be_family(&self, layout: &Layout, i: usize) -> bool {
        let word = &self.words[i];
        let shape = self.shape(layout, i);
        // `فرحة بالجائزة`, `ضاحكا`: how somebody said it.
        let adverb = shape.is(Shape::TA_MARBUTA | Shape::ALEF);
        !word.article
            && !word.has_proclitic()
            && (!word.pronoun || word.label.is_some())
            && !word.inside
            && (word.label.is_none() || !word.begins && word.is(Tags::TITLE))
            && word
                .tags
                .without(Tags::ACTION | Tags::TITLE | Tags::MESSAGE)
                == Tags::default()
            && matches!(word.pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Verb)
            && !adverb
            && !shape.is(Shape::SHORT)
    }

    /// Takes token `i` for a word of a person's name, whatever it is elsewhere.
    pub fn take_for_name(&mut self, i: usize) {
        let word = &mut self.words[i];
        let ambiguous = if word.is(Tags::PREPOSITION) {
            Tags::default()
        } else {
            Tags::AMBIGUOUS
        };
        *word = Word {
            tags: word.tags.without(Tags::FUNCTION | Tags::VERB | Tags::TITLE)
                | Tags::GIVEN
                | ambiguous,
            article: word.article,
            prefix: if word.article { word.prefix } else { 0 },
            entry_words: word.entry_words,
            pos: Pos::Propn,
            label: Some(NameType::Person),
            begins: word.begins,
            country: word.country,
            ..Word::default()
        };
        self.grow_name(i);
    }

    /// Takes token `i`, spelled like the name `علي`, for the preposition.
    pub fn take_for_preposition(&mut self, i: usize) {
        let word = &mut self.words[i];
        word.tags = Tags::PREPOSITION;
        word.label = None;
        word.begins = false;
        word.pos = Pos::Adp;
    }

    /// Takes token `i` for a verb that is spelled like a name: `ورد` is `و` and
    /// `رد`. `conjunction` says that a `و` or `ف` is attached.
    pub fn take_for_verb(&mut self, i: usize, conjunction: bool) {
        let word = &mut self.words[i];
        let naming = Tags::GIVEN | Tags::AMBIGUOUS | Tags::FEMININE | Tags::NAME_PART;
        word.tags = word.tags.without(naming) | Tags::ACTION;
        word.conjunction = conjunction;
        word.prefix = if conjunction { 2 } else { 0 };
        word.label = None;
        word.begins = false;
        word.pos = Pos::Verb;
        word.common = true;
    }
}
