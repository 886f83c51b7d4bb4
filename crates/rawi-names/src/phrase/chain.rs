//! Phrases as the model of names cuts them: a title, what it governs, the name of its
//! holder, a title behind the name.

use std::ops::Range;

use rawi_morph::{Pos, Shape};
use rawi_text::proclitic::{IN, TO};

use super::{Extent, Kind, Reader};
use crate::{Labeled, NameType, Roles, Tags};

/// How far behind its title a holder's name may begin, in tokens.
const BRIDGE: usize = 8;

/// So many titles one person has at once.
const MOST_TITLES: usize = 4;

/// So many words a name between a comma and whatever ends it may have.
const LONGEST_ENCLOSED: usize = 6;

/// A phrase of neighboring labeled stretches.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// What it names, by its name or else by its first stretch.
    pub label: NameType,
    /// The title in front, with the bodies and places in it.
    pub title: Option<Range<usize>>,
    /// The name: of a person behind the title, or of whatever begins the chain.
    pub name: Option<Range<usize>>,
    /// The title behind a person's name.
    pub behind: Option<Range<usize>>,
}

impl Chain {
    /// Its first token.
    pub fn start(&self) -> usize {
        let first = self.title.as_ref().or(self.name.as_ref());
        first.map_or(0, |r| r.start)
    }

    /// One past its last token.
    pub fn end(&self) -> usize {
        let parts = [&self.title, &self.name, &self.behind];
        parts
            .into_iter()
            .flatten()
            .map(|r| r.end)
            .max()
            .unwrap_or(0)
    }
}

impl Reader<'_> {
    /// The chain of labeled stretches that begins at `start`, in the middle of one if
    /// need be, and goes no further than `limit`; none if no stretch is there.
    pub fn chain(&self, start: usize, limit: usize) -> Option<Chain> {
        if start >= limit {
            return None;
        }
        let first = self.words.labeled(start)?;
        let end = self.first_noun(start, first.range().end.min(limit));
        let mut chain = Chain {
            label: first.kind,
            title: None,
            name: None,
            behind: None,
        };
        if first.kind == NameType::Title {
            let (stop, name) = self.title(start, end, limit);
            chain.title = Some(start..stop);
            chain.name = name;
            match chain.name {
                Some(_) => chain.label = NameType::Person,
                None => chain.title = Some(start..self.whole(start, stop, limit)),
            }
        } else {
            chain.name = Some(start..end);
        }
        if chain.label == NameType::Person {
            chain.behind = self.title_behind(chain.end(), limit);
        }
        Some(chain)
    }

    /// The stretch that begins right at `i`, if nothing is added to what is before.
    fn next(&self, i: usize, limit: usize) -> Option<Labeled> {
        let next = self.words.labeled(i).filter(|_| i < limit)?;
        (next.range().start == i && !self.words.get(i).conjunction).then_some(next)
    }

    /// How far a title reaches that goes on at `end`, over the bodies and places that it
    /// governs and further titles, and the name of its holder.
    fn title(&self, start: usize, end: usize, limit: usize) -> (usize, Option<Range<usize>>) {
        // Where it ends if it has no holder.
        let mut alone = None;
        let mut end = end;
        let mut titles = 1;
        loop {
            // `مصادر في «كذا»`
            let quote = self.layout.quote_opening(end).filter(|_| end + 1 < limit);
            let from = end + usize::from(quote.is_some());
            let Some(next) = self
                .governed(from, limit)
                .filter(|n| n.kind != NameType::Person)
            else {
                break;
            };
            if quote.is_some() {
                let close = next.range().end;
                if self.layout.quote_closing(close) != quote || close >= limit {
                    break;
                }
                end = close + 1;
                continue;
            }
            if next.kind == NameType::Title {
                titles += 1;
                // `الوزير | نظيره التركي`: two phrases, unless a name holds both.
                let word = self.words.get(end);
                if word.preposition.is_none() && !word.is(Tags::PREPOSITION) {
                    alone.get_or_insert(end);
                }
                if word.pronoun || titles > MOST_TITLES {
                    break;
                }
            }
            end = next.range().end.min(limit);
        }
        match self.holder(start, end, limit) {
            Some(name) => {
                // The bridge to a name that comes late belongs to the title.
                let comma = name.start > end && self.is_comma(name.start - 1);
                (name.start - usize::from(comma), Some(name))
            }
            None => (alone.unwrap_or(end), None),
        }
    }

    /// How far the phrase of a description reaches whose label ends at `end`: what is
    /// said of somebody without a name may go on behind it (`مصدر مطلع على الملف`).
    fn whole(&self, start: usize, end: usize, limit: usize) -> usize {
        let walked = self.walk(start, limit, Extent::Strict);
        let another = |l: &Labeled| matches!(l.kind, NameType::Person | NameType::Title);
        let next = self.words.labeled_in(end..walked.max(end)).find(another);
        let and = (end..walked).find(|&i| self.words.get(i).conjunction);
        let apart = (end..walked).find(|&i| self.apart(i)).unwrap_or(walked);
        let stop = and.unwrap_or(walked).min(apart).max(end);
        let stop = self.settled(start, stop).max(end);
        if next.is_some() { end } else { stop }
    }

    /// The stretch that goes on with a title at `i`; `و` may add another title.
    fn governed(&self, i: usize, limit: usize) -> Option<Labeled> {
        let next = self.words.labeled(i).filter(|_| i < limit)?;
        let word = self.words.get(i);
        let and = word.conjunction && next.kind != NameType::Title;
        // `مصدر أمني لوكالة كذا`: whom it was said to.
        let told = next.kind == NameType::Media && word.preposition == Some(TO);
        (next.range().start == i && !and && !told && !self.apart(i)).then_some(next)
    }

    /// Whether the body or place at `i` begins another phrase than the word before it:
    /// behind an article no genitive follows (`الرئيس | تونس`, `النائب | الحكومة`).
    fn apart(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let led = word.is(Tags::PREPOSITION | Tags::DEMONYM) || word.preposition.is_some();
        let named = self.words.labeled(i).is_some_and(|l| {
            l.range().start == i && !matches!(l.kind, NameType::Title | NameType::Person)
        });
        named && !led && i > 0 && self.words.get(i - 1).article
    }

    /// Where a description ends that only goes on with where somebody is (`آلاف العمال |
    /// في المدينة`, but `مسؤولون في الوزارة`), with the complement of a verb (`الحكومة |
    /// بالعمل`) or with whom the verb has for its object (`النائب | الحكومة`).
    pub(crate) fn settled(&self, start: usize, end: usize) -> usize {
        let label = |k: usize| self.words.labeled(k).map(|l| l.kind);
        let several = self.is(start, Tags::PLURAL | Tags::GROUP);
        let stops = |k: usize| {
            let word = self.words.get(k);
            if word.preposition == Some(IN) {
                let place = matches!(label(k), Some(NameType::Polity | NameType::Location));
                return !place && !word.is(Tags::COUNTRY | Tags::CAPITAL | Tags::BODY);
            }
            if several && k + 1 < end && self.plays(k, Roles::PLACE) {
                let body = matches!(label(k + 1), Some(NameType::Organization | NameType::Media));
                return !body && !self.is(k + 1, Tags::BODY | Tags::TITLE);
            }
            // `الوزير | عن الطريق`, but `المسؤول عن الملف`
            let alone = k == start + 1 && self.words.get(start).article;
            let completes = alone && self.plays(k, Roles::COMPLEMENT);
            completes && !word.inside && !self.stem_plays(start, Roles::DUTY)
                || !word.conjunction && !word.inside && self.another(k)
        };
        (start + 1..end).find(|&k| stops(k)).unwrap_or(end)
    }

    /// Where a short noun for a body ends that the model labels together with the object
    /// behind it (`النقابة | السكان`); else `end`.
    fn first_noun(&self, start: usize, end: usize) -> usize {
        let word = self.words.get(start);
        let short = word.article && word.is(Tags::BODY) && !word.is(Tags::OWN_NAME);
        let cut = short && start + 1 < end && self.another(start + 1);
        if cut { start + 1 } else { end }
    }

    /// Whether the noun at `k` can be no genitive of the word before it, which has an
    /// article or the ending of a nominative that would lose its nun.
    fn another(&self, k: usize) -> bool {
        let (word, before) = (self.words.get(k), self.words.get(k - 1));
        let free = self.shape(k - 1).is(Shape::PLURAL_UN) && !before.is(Tags::GIVEN);
        let somebody = word.is(Tags::BODY | Tags::GROUP) && !word.is(Tags::DEMONYM);
        let several = Tags::PLURAL | Tags::GROUP;
        let noun = word.pos == Pos::Noun && word.preposition.is_none();
        noun && somebody
            && match word.article {
                true => before.article && !(before.is(several) && word.is(several)),
                false => free && word.is(Tags::BODY),
            }
    }

    /// The name of the one whose title ends at `end`: right behind it, over some more
    /// words of the title that no label covers, or between commas.
    fn holder(&self, start: usize, end: usize, limit: usize) -> Option<Range<usize>> {
        let person = |i: usize| {
            let next = self.next(i, limit).filter(|l| l.kind == NameType::Person)?;
            Some(i..next.range().end.min(limit))
        };
        if let Some(name) = person(end) {
            return Some(name);
        }
        // `مجموعة من المستوطنين على الشاب | فلان`
        let body = self.is(start, Tags::BODY) && !self.is(start, Tags::TITLE);
        if body || self.is(start, Tags::PLURAL | Tags::GROUP) {
            return None;
        }
        let tokens = self.layout.tokens().len();
        let closes = |name: &Range<usize>| {
            name.end >= tokens
                || self.is_comma(name.end)
                || self.layout.is_stop(name.end)
                || self.words.says_that(self.layout, name.end)
                || self
                    .words
                    .get(name.end)
                    .is(Tags::REPORT | Tags::VERB | Tags::PREPOSITION)
        };
        let mut i = end;
        while i < limit.min(end + BRIDGE) {
            let word = self.words.get(i);
            if let Some(name) = person(i).filter(|_| !word.has_proclitic()) {
                return Some(name);
            }
            // `المدير، سالم البدري، …`: what is enclosed, or said by him.
            if self.is_comma(i) {
                let name = person(i + 1).filter(|n| n.len() <= LONGEST_ENCLOSED);
                return name.filter(closes);
            }
            // `الخبير د. فلان`
            let dot = self.text(i) == "." && self.text(i - 1).chars().count() <= 2;
            let quote = self
                .layout
                .quote_opening(i)
                .or(self.layout.quote_closing(i));
            let blocks = !self.is_word(i) && !dot && quote.is_none()
                || word.is(Tags::VERB | Tags::TIME | Tags::RELATIVE | Tags::AUXILIARY)
                || word.is(Tags::FUNCTION) && !word.is(Tags::PREPOSITION)
                || word.pos == Pos::Verb && word.tags == Tags::default()
                || self.words.says_that(self.layout, i);
            if blocks {
                return None;
            }
            i = match self.words.labeled(i) {
                Some(l) if l.kind != NameType::Person => l.range().end,
                _ => i + 1,
            };
        }
        None
    }

    /// A title right behind a name that ends at `end`, over a comma at most.
    fn title_behind(&self, end: usize, limit: usize) -> Option<Range<usize>> {
        let comma = end < limit && self.is_comma(end);
        let from = end + usize::from(comma);
        let next = self
            .next(from, limit)
            .filter(|l| l.kind == NameType::Title)?;
        let word = self.words.get(from);
        // `دعا فلان | المواطنين`: one person holds no title of several.
        let several = word.is(Tags::PLURAL | Tags::GROUP);
        if word.has_proclitic() || self.plays(from, Roles::PLACE) || several {
            return None;
        }
        let (stop, name) = self.title(from, next.range().end.min(limit), limit);
        let Some(name) = name else {
            return Some(from..stop);
        };
        // `فلان ولي العهد والأمير علان`: the title of the one ends before that of the other.
        let titles = self.words.labeled_in(from..name.start);
        let mut others = titles.filter(|l| l.kind == NameType::Title && l.range().start > from);
        if let Some(other) = others.find(|l| self.words.get(l.range().start).conjunction) {
            return Some(from..other.range().start);
        }
        // `فلان، الوزير علان`: a list, unless words stand between title and name.
        let last = self.words.labeled_in(from..name.start).last()?;
        (last.range().end < name.start).then_some(from..last.range().end)
    }

    /// Where the phrase of a chain ends: behind a short name in brackets, and behind all
    /// whom `و` adds to the first.
    pub(super) fn chain_end(&self, chain: &Chain, limit: usize) -> usize {
        let mut end = chain.end();
        if end + 2 < limit && self.text(end) == "(" {
            let close = (end + 2..(end + 5).min(limit)).find(|&k| self.text(k) == ")");
            end = close.map_or(end, |k| k + 1);
        }
        // `صحيفة «كذا» البريطانية`
        while end < limit && self.is_word(end) && self.words.labeled(end).is_none() {
            let word = self.words.get(end);
            let body = !matches!(chain.label, NameType::Person | NameType::Title);
            let adjective = word.article && (word.is(Tags::DEMONYM) || word.pos == Pos::Adj);
            if !body || !adjective || word.has_proclitic() || word.is(Tags::TITLE) {
                break;
            }
            end += 1;
        }
        let people = |label| matches!(label, NameType::Person | NameType::Title | NameType::Group);
        while end < limit && self.words.get(end).conjunction {
            let Some(next) = self
                .chain(end, limit)
                .filter(|n| n.start() == end && people(n.label) == people(chain.label))
            else {
                break;
            };
            end = next.end();
        }
        end
    }

    /// What a labeled stretch that begins a phrase says of it.
    pub(crate) fn labeled_kind(&self, label: NameType, head: usize) -> Kind {
        match label {
            NameType::Person => Kind::Person,
            NameType::Organization => Kind::Body,
            NameType::Media => Kind::Outlet,
            NameType::Polity | NameType::Location | NameType::Facility => Kind::Place,
            NameType::Group => Kind::Group,
            NameType::Title => {
                let word = self.words.get(head);
                let shape = self.stem_shape(head);
                let several = word.is(Tags::PLURAL | Tags::GROUP)
                    || !word.is(Tags::TITLE) && shape.is(Shape::PEOPLE);
                if several { Kind::Group } else { Kind::Person }
            }
        }
    }
}
