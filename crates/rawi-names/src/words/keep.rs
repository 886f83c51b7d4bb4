//! What is kept of the stretches that the model of names labels: what the tables know
//! for certain cuts them shorter or makes them longer.

use std::ops::Range;

use rawi_morph::{Pos, Shape};
use rawi_text::proclitic::TO;
use rawi_text::{Layout, TokenKind};

use super::{Labeled, Word, Words};
use crate::{Labels, NameType, Roles, Tags};

/// What stands at a word inside a labeled stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// The stretch goes on.
    No,
    /// Nothing that is labeled, up to the next stretch.
    End,
    /// Another stretch of the kind.
    Begin(NameType),
}

impl Words {
    /// Keeps the labeled stretches, as far as what is known of their words agrees.
    pub(super) fn keep_labeled(&mut self, layout: &Layout, labels: &Labels) {
        self.labeled.clear();
        self.labeled_at.clear();
        self.labeled_at.resize(self.words.len(), 0);
        let mut i = 0;
        while i < self.words.len() {
            let Some((end, mut kind)) = labels.name_at(i).or_else(|| self.told(labels, i)) else {
                i += 1;
                continue;
            };
            let end = match kind {
                NameType::Person => self.whole_name(layout, labels, end),
                _ => end,
            };
            let mut start = Some(self.lacking(layout, i, kind));
            for k in i + 1..end {
                let cut = match start {
                    Some(start) => self.cut(layout, start..end, k, kind),
                    None if self.words[k].begins => Cut::Begin(kind),
                    None => Cut::No,
                };
                if cut == Cut::No {
                    continue;
                }
                if let Some(start) = start.take() {
                    self.keep_stretch(layout, start..k, kind);
                }
                if let Cut::Begin(next) = cut {
                    (start, kind) = (Some(k), next);
                }
            }
            if let Some(start) = start {
                let led = labels.name_at(end).is_none();
                let last = end - usize::from(led && self.led_end(end - 1, kind));
                self.keep_stretch(layout, start..last.max(start + 1), kind);
            }
            i = end;
        }
    }

    /// Lengthens the name that ends before token `i`, which belongs to it.
    pub(super) fn grow_name(&mut self, i: usize) {
        let Some(before) = i.checked_sub(1).and_then(|b| self.labeled(b)) else {
            return;
        };
        let ends = before.range().end == i && before.kind == NameType::Person;
        if ends && self.labeled_at.get(i) == Some(&0) && !self.words[i].begins {
            let at = self.labeled_at[i - 1];
            self.labeled_at[i] = at;
            self.labeled[at as usize - 1].end = i as u32 + 1;
        }
    }

    /// Whether token `i` ties two words to one name: `ماري-كلير`.
    pub(crate) fn joins(&self, layout: &Layout, i: usize) -> bool {
        let tokens = layout.tokens();
        let word = |k: usize| matches!(tokens[k].kind, TokenKind::Word | TokenKind::Latin);
        i > 0
            && i + 1 < tokens.len()
            && matches!(layout.word(i), "-" | "\u{2010}" | "\u{2011}")
            && tokens[i - 1].span.end == tokens[i].span.start
            && tokens[i].span.end == tokens[i + 1].span.start
            && word(i - 1)
            && word(i + 1)
    }

    /// The name of a person that only the tables and its place show.
    fn told(&self, labels: &Labels, i: usize) -> Option<(usize, NameType)> {
        let told = |k: usize| {
            let person = self.words.get(k)?.label == Some(NameType::Person);
            (person && labels.get(k).kind().is_none()).then_some(())
        };
        told(i)?;
        let end = (i + 1..self.words.len()).find(|&k| told(k).is_none() || self.words[k].begins);
        Some((end.unwrap_or(self.words.len()), NameType::Person))
    }

    /// Where a person's name ends that seems to end at `end`.
    fn whole_name(&self, layout: &Layout, labels: &Labels, end: usize) -> usize {
        let mut end = end;
        loop {
            let next = labels.name_at(end).filter(|n| n.1 == NameType::Person);
            if self.lacks_end(layout, end) {
                end = next.map_or(end + 1, |next| next.0);
            // `ماري-كلير`
            } else if self.joins(layout, end)
                && let Some((stop, NameType::Person)) = labels.name_at(end + 1)
            {
                end = stop;
            // `يان | فان دن بيرغ`
            } else if self
                .words
                .get(end)
                .is_some_and(|w| w.is(Tags::NAME_PART) && w.label.is_none())
                && !self.words[end].is(Tags::GIVEN | Tags::FUNCTION)
                && !self.words[end].has_proclitic()
            {
                end += 1;
            // `وليد واكد إن`
            } else if let Some((stop, _)) = self.told(labels, end)
                && !self.words[end].begins
                && !self.words[end].conjunction
            {
                end = stop;
            } else {
                return end;
            }
        }
    }

    /// Whether and how a stretch is cut at token `k`.
    fn cut(&self, layout: &Layout, range: Range<usize>, k: usize, kind: NameType) -> Cut {
        let (word, before) = (&self.words[k], &self.words[k - 1]);
        let start = range.start;
        match kind {
            // `سالم عبد الرحمن | رئيس القطاع`
            NameType::Person
                if word.is(Tags::OFFICE)
                    && !word.is(Tags::GIVEN | Tags::NAME_PART | Tags::HONORIFIC)
                    && !word.article
                    && k > start + 1 =>
            {
                Cut::Begin(NameType::Title)
            }
            NameType::Person if self.joins(layout, k - 1) || self.lacks_end(layout, k) => Cut::No,
            NameType::Person if word.begins => Cut::Begin(kind),
            // `الأمير سالم | الشركة`
            NameType::Person if word.common || word.is(Tags::GENERIC) && word.article => Cut::End,
            NameType::Title if self.another(layout, start, k) => Cut::Begin(kind),
            NameType::Organization => {
                // `المنظمة | الحكومة`, `الجماعة | السكان`
                let people = word.is(Tags::PLURAL | Tags::GROUP) && !word.is(Tags::DEMONYM);
                let second = k == start + 1
                    && (word.is(Tags::BODY) || people)
                    && before.is(Tags::BODY)
                    && word.article
                    && before.article
                    && !word.has_proclitic();
                // `المجلس | المجتمع الدولي`: a noun with an adjective of its own.
                let own = k == start + 1
                    && k + 1 < range.end
                    && before.is(Tags::BODY)
                    && before.article
                    && word.article
                    && self.words[k + 1].article
                    && word.pos == Pos::Noun
                    && !word.is(Tags::DEMONYM)
                    && !self.shape(layout, k).is(Shape::YA | Shape::TA_MARBUTA)
                    && self.shape(layout, k + 1).is(Shape::YA);
                if own {
                    return Cut::Begin(kind);
                }
                if second && people {
                    return Cut::Begin(NameType::Title);
                }
                if second { Cut::Begin(kind) } else { Cut::No }
            }
            _ => Cut::No,
        }
    }

    /// Whether token `k` begins the title of somebody else than the one whose title
    /// begins at `start`: a definite title governs nothing, and one has no title of
    /// several.
    pub(crate) fn another(&self, layout: &Layout, start: usize, k: usize) -> bool {
        let (head, word, before) = (&self.words[start], &self.words[k], &self.words[k - 1]);
        let defined = |i: usize| self.words[i].article || self.shape(layout, i).is(Shape::ARTICLE);
        let several = |word: &Word| word.is(Tags::PLURAL | Tags::GROUP);
        let title = word.is(Tags::OFFICE | Tags::PERSON) && !word.is(Tags::HONORIFIC);
        if word.inside || word.conjunction || !defined(k - 1) {
            return false;
        }
        match word.preposition {
            // `الوزير | للصحفيين`, `الملك | لرئيس الحكومة`
            Some(TO) => {
                let nation = word.is(Tags::DEMONYM) && word.is(Tags::PLURAL);
                k == start + 1 && (several(word) || title || nation)
            }
            Some(_) => false,
            // `رئيس الوزراء | المواطنين`, `الوزيرة | الطلاب`
            None if several(word) && !word.is(Tags::DEMONYM) => {
                word.article && !several(head) && (before.inside || !several(before))
            }
            // `للصحفيين | رئيس البلدية`
            None if several(head) => title && !word.article && !several(word),
            // `الوزير | المدير`
            None => {
                let office = head.is(Tags::OFFICE | Tags::PERSON) && !head.is(Tags::HONORIFIC);
                office && title && word.article && !self.stem_plays(layout, k, Roles::RANK)
            }
        }
    }

    /// Whether a stretch ends in a word that a preposition leads to something else:
    /// `الحكومة | بفتح تحقيق`.
    fn led_end(&self, last: usize, kind: NameType) -> bool {
        let word = &self.words[last];
        let known = Tags::COUNTRY | Tags::CAPITAL | Tags::BODY | Tags::TITLE | Tags::GIVEN;
        let body = matches!(kind, NameType::Organization | NameType::Title);
        body && word.preposition.is_some()
            && !word.article
            && !word.is(known | Tags::OWN_NAME | Tags::OUTLET)
            && word.tags == Tags::default()
    }

    /// `السيد بن | عائشة`: no name ends in a word of lineage. `end` is where it seems to.
    fn lacks_end(&self, layout: &Layout, end: usize) -> bool {
        let last = &self.words[end - 1];
        let part = last.is(Tags::NAME_PART) && !last.is(Tags::GIVEN) && !last.article;
        let word = |t: &rawi_text::Token| t.kind == TokenKind::Word;
        part && layout.tokens().get(end).is_some_and(word) && {
            let next = &self.words[end];
            let person = next.label.is_none_or(|label| label == NameType::Person);
            person && !next.is(Tags::FUNCTION | Tags::VERB) && !next.has_proclitic()
        }
    }

    /// `عبد | الكريم الهاروني`: where a name begins that seems to begin at `start`.
    fn lacking(&self, layout: &Layout, start: usize, kind: NameType) -> usize {
        let before = start.checked_sub(1).filter(|&b| {
            kind == NameType::Person
                && self.words[start].article
                && self.labeled_at[b] == 0
                && layout.tokens()[b].kind == TokenKind::Word
                && self.stem_plays(layout, b, Roles::JOINS)
        });
        before.unwrap_or(start)
    }

    /// Keeps a labeled stretch without the marks at its end.
    fn keep_stretch(&mut self, layout: &Layout, range: Range<usize>, kind: NameType) {
        let mark = |k: usize| layout.tokens()[k].kind == TokenKind::Punct;
        let first = range.start;
        let closes = |k: usize| layout.word(k) == ")" || layout.quote_closing(k).is_some();
        // `صحيفة «الضفة | »`
        let opened = |q: usize| range.contains(&(layout.quotes()[q].open as usize));
        let closed = layout.quote_closing(range.end).is_some_and(opened);
        let mut inside = first..range.end + usize::from(closed && range.len() > 2);
        let last = inside.rfind(|&k| !mark(k) || closes(k) && k > first);
        let Some(last) = last.filter(|_| !mark(first) || layout.quote_opening(first).is_some())
        else {
            return;
        };
        self.labeled.push(Labeled {
            start: first as u32,
            end: last as u32 + 1,
            kind,
        });
        self.labeled_at[first..=last].fill(self.labeled.len() as u32);
    }
}
