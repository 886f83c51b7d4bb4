//! Which words of a phrase are a person's name.

use std::ops::Range;

use rawi_morph::{Pos, Shape};

use super::Reader;
use crate::{NameType, Roles, Tags};

/// The longest name in tokens, particles included.
pub(super) const LONGEST_NAME: usize = 6;

impl Reader<'_> {
    /// The run of name words in a phrase for a person.
    pub(super) fn name(&self, range: &Range<usize>, head: usize) -> Option<Range<usize>> {
        let head_word = self.words.get(head);
        if head_word.is(Tags::BODY | Tags::COUNTRY | Tags::OUTLET | Tags::GROUP)
            && !head_word.is(Tags::TITLE | Tags::GIVEN)
        {
            return None;
        }
        let titled = head_word.is(Tags::TITLE);
        let mut best: Option<Range<usize>> = None;
        let mut i = head;
        while i < range.end {
            // `فلان وفلان`: the first of them speaks.
            if best.is_some() && self.words.get(i).conjunction {
                break;
            }
            if let Some(end) = self.name_run(i, range.end, titled, head) {
                // With a title in front, the last run is the holder (`رئيس مركز
                // الملك فيصل الدكتور فلان`); without one the name leads.
                best = Some(i..end);
                // `العم فلان عم فلان`: a name right behind the title is its holder's.
                let held = i == head + usize::from(head_word.entry_words).max(1);
                if !titled || held && end - i > 1 {
                    break;
                }
                i = end;
            } else {
                i += 1;
            }
        }
        best
    }

    /// Where the run of name words that begins at `i` ends.
    fn name_run(&self, i: usize, limit: usize, titled: bool, head: usize) -> Option<usize> {
        let leads = i == head;
        let word = self.words.get(i);
        // `لسامر البيطار`: a preposition may lead the whole phrase.
        if !self.is_word(i) || word.inside || word.preposition.is_some() && !leads {
            return None;
        }
        let known = word.is(Tags::GIVEN | Tags::NAME_PART)
            && !word.is(Tags::TITLE)
            && (!word.is(Tags::AMBIGUOUS) || titled || leads || i > 0 && self.calls(i - 1));
        let after_title = i > 0 && {
            let before = self.words.get(i - 1);
            before.is(Tags::HONORIFIC | Tags::DEMONYM)
                || before.article
                || before.pronoun && before.is(Tags::TITLE)
                || !self.is_word(i - 1)
                || before.is(Tags::COUNTRY | Tags::CAPITAL | Tags::OWN_NAME)
        };
        let guessed = titled && after_title && !leads && self.name_like(i);
        let surname = !titled && leads && self.name_like(i);
        if !(known || guessed || surname) {
            return None;
        }
        let mut end = i + 1;
        while end < limit && end - i < LONGEST_NAME {
            if end + 1 < limit && self.is_hyphen(end) {
                end += 2;
            } else if self.goes_on(i, end) {
                end += 1;
            } else {
                break;
            }
        }
        // `رئيس بلدية الزهراء`: the name of what the title governs.
        let body = i > 0 && self.is(i - 1, Tags::BODY) && !self.words.get(i - 1).article;
        if titled && body && self.shape(i).is(Shape::ARTICLE) && !word.is(Tags::NAME_PART) {
            return None;
        }
        // A guessed run that a given name follows ends before it: `محامي حبري |
        // إبراهيم ضيوف`.
        if !known && (i + 1..end).any(|k| self.is(k, Tags::GIVEN) && !self.is(k, Tags::AMBIGUOUS)) {
            return None;
        }
        // `أبو`, `بن` and the like never end a name.
        while end > i
            && self.is(end - 1, Tags::NAME_PART)
            && !self.is(end - 1, Tags::GIVEN)
            && !self.shape(end - 1).is(Shape::ARTICLE)
        {
            end -= 1;
        }
        // One unknown word is a name only right behind a title or nationality;
        // without any it is left to the cast, which knows the family names.
        let close =
            i > 0 && (titled && i == head + 1 || self.is(i - 1, Tags::DEMONYM | Tags::HONORIFIC));
        let lone = !known && end == i + 1 && !close;
        (end > i && !lone).then_some(end)
    }

    /// Whether the name that began at `start` goes on with token `i`.
    pub(super) fn goes_on(&self, start: usize, i: usize) -> bool {
        if !self.is_word(i) {
            return false;
        }
        let word = self.words.get(i);
        if word.has_proclitic() {
            return false;
        }
        if word.is(Tags::FUNCTION | Tags::REPORT) {
            return false;
        }
        if word.is(Tags::NAME_PART | Tags::GIVEN) || self.runs_on(i) {
            return true;
        }
        // A family name may be a trade (`المعلم`), right after one given name.
        let article = word.article || self.shape(i).is(Shape::ARTICLE);
        let first = self.given_name_end(start);
        // Before `إن` nothing but the name goes on: `سامر القاضي إن`.
        let said = i + 1 < self.layout.tokens().len() && self.words.says_that(self.layout, i + 1);
        let office = if said { Tags::default() } else { Tags::OFFICE };
        // `جورج نقولا الخوري`
        let again = i == first + 1 && word.label == Some(NameType::Person) && !word.begins;
        let trade =
            (i == first || again) && article && !word.is(office | Tags::FEMININE | Tags::PLURAL);
        // `المنصف بن عيادة`: behind a word of lineage any noun is a name.
        let lineage = self.is(i - 1, Tags::NAME_PART) && !self.shape(i - 1).is(Shape::ARTICLE);
        if lineage && !word.is(Tags::VERB) {
            return true;
        }
        let other = Tags::BODY | Tags::VERB | Tags::TIME | Tags::GROUP | Tags::OUTLET;
        if word.is(other) || word.is(Tags::TITLE) && !trade {
            return false;
        }
        let after_part = self.is(i - 1, Tags::NAME_PART);
        if article {
            // A family name with the article (`الحضري`), unless it is an
            // adjective of nationality after a full name.
            // After two words only a nisba looks like one (`البغدادي`).
            // A lineage may end in one that is a nationality too.
            let lineage = (start..i).any(|k| self.plays(k, Roles::LINEAGE));
            let nationality = word.is(Tags::DEMONYM) && i - start >= 2 && !lineage;
            // `لمياء بطرس الصايم غياب`: a message behind it is not what it describes.
            let message = i + 1 < self.layout.tokens().len() && {
                let next = self.words.get(i + 1);
                let alone = !next.article && !next.has_proclitic();
                alone
                    && (said
                        || next.is(Tags::MESSAGE)
                        || next.verbal
                        || next.common && next.pos == Pos::Noun)
            };
            let plural = self.shape(i).is(Shape::PLURAL_OF_MEN);
            let given = |k: usize| self.is(k, Tags::GIVEN) && !self.words.get(k).article;
            let third = message && !plural && i == first + 1 && given(start) && given(first);
            let surname = i == first || third || i <= first + 2 && self.shape(i).is(Shape::YA);
            let no_surname = Shape::FEMININE | Shape::VERBAL_NOUN;
            return after_part
                || !self.stem_plays(i, Roles::QUALIFIER)
                    && !nationality
                    && surname
                    && !self.stem_shape(i).is(no_surname);
        }
        if word.is(Tags::COUNTRY | Tags::CAPITAL) {
            return after_part;
        }
        after_part || self.name_like(i)
    }

    /// Where the given name that begins at `start` ends: `عبد الله` and
    /// `ماري-كلير` are one.
    fn given_name_end(&self, start: usize) -> usize {
        let compound = self.stem_plays(start, Roles::JOINS);
        let mut end = start + 1 + usize::from(compound);
        while end + 1 < self.layout.tokens().len() && self.is_hyphen(end) {
            end += 2;
        }
        end
    }

    /// Whether token `i` ties two words to one name: `ماري-كلير`.
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.words.joins(self.layout, i)
    }

    /// Whether the model takes token `i` for a further word of the person's name
    /// that the word before it belongs to.
    fn runs_on(&self, i: usize) -> bool {
        let person = Some(NameType::Person);
        let word = self.words.get(i);
        word.label == person
            && self.words.get(i - 1).label == person
            && !word.begins
            && !word.is(Tags::TITLE | Tags::BODY)
    }

    /// Whether an unknown word may be a proper name by its looks.
    pub(super) fn name_like(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let shape = self.shape(i);
        let known_else = Tags::FUNCTION
            | Tags::TITLE
            | Tags::BODY
            | Tags::VERB
            | Tags::TIME
            | Tags::GROUP
            | Tags::DEMONYM
            | Tags::COUNTRY
            | Tags::CAPITAL
            | Tags::DOCUMENT
            | Tags::MESSAGE
            | Tags::OUTLET;
        // `لكرة`, `بصفة`: a preposition and a noun rather than a name.
        let prefixed = shape.is(Shape::PROCLITIC) && shape.is(Shape::FEMININE);
        self.is_word(i)
            && !word.article
            && !word.common
            && !word.is(known_else)
            && !prefixed
            && !shape.is(Shape::LETTER | Shape::VERBAL_NOUN | Shape::LED_VERBAL_NOUN)
    }
}
