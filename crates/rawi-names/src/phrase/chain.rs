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

/// A short name in marks and the mark that opens it have no more tokens.
const SHORT_NAME: usize = 5;

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
        if start > first.range().start && self.ends_stretch(start) {
            return None;
        }
        let end = self.first_noun(start, self.stretch_end(start, first, limit));
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
        } else if self.calls(end)
            && let Some(name) = self
                .next(end + 1, limit)
                .filter(|l| l.kind == NameType::Person)
        {
            // `صياد يدعى سالم البدري`
            chain.title = Some(start..end + 1);
            chain.name = Some(end + 1..name.range().end.min(limit));
            chain.label = NameType::Person;
        } else {
            chain.name = Some(start..end);
        }
        if chain.label == NameType::Person {
            chain.behind = self.title_behind(chain.end(), limit);
        }
        Some(chain)
    }

    /// Where a stretch ends, seen from token `start` of it.
    fn stretch_end(&self, start: usize, stretch: Labeled, limit: usize) -> usize {
        let end = stretch.range().end.min(limit);
        (start + 1..end)
            .find(|&i| self.ends_stretch(i))
            .unwrap_or(end)
    }

    /// Whether a stretch ends before token `i` of it: none runs over a verb that reports
    /// (`مكتب فلان | أكد`) or over what is reported (`النائب | استقالته`).
    fn ends_stretch(&self, i: usize) -> bool {
        let (word, before) = (self.words.get(i), self.words.get(i - 1));
        let name = Tags::TITLE | Tags::GIVEN | Tags::NAME_PART | Tags::BODY;
        let free = !word.article && !word.inside && !word.is(name);
        let closed = before.article || self.shape(i - 1).is(Shape::ARTICLE);
        let message = word.is(Tags::MESSAGE) && !word.has_proclitic() && closed;
        free && (word.is(Tags::REPORT) || message)
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
        let several = self.is(start, Tags::PLURAL | Tags::GROUP);
        loop {
            // `مصادر في «كذا»`
            let quote = self.layout.quote_opening(end).filter(|_| end + 1 < limit);
            let from = end + usize::from(quote.is_some());
            let Some(next) = self
                .governed(from, limit, several)
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
                if self.words.another(self.layout, start, end) {
                    break;
                }
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
        end = self.qualified(end, limit);
        match self.holder(start, end, limit) {
            Some(name) => {
                // The bridge to a name that comes late belongs to the title.
                let comma = name.start > end && self.is_comma(name.start - 1);
                // `محامي | المالك`: whose lawyer he is.
                let head = self.words.get(start);
                // `محامي سالم | فلان الفلاني`
                if let Some(next) = self.next(name.end, limit)
                    && next.kind == NameType::Person
                    && !comma
                {
                    let own = name.end..self.stretch_end(name.end, next, limit);
                    return (own.start, Some(own));
                }
                let bound = start + 1 == name.start
                    && name.len() == 1
                    && !head.article
                    && !head.pronoun
                    && !head.is(Tags::HONORIFIC | Tags::GIVEN)
                    && self.words.get(name.start).article;
                if bound {
                    return (name.end, None);
                }
                (name.start - usize::from(comma), Some(name))
            }
            None => (alone.unwrap_or(end), None),
        }
    }

    /// Past the adjectives behind a title that what it governs parts from it: `مدافع
    /// منتخب كذا | السابق`.
    fn qualified(&self, end: usize, limit: usize) -> usize {
        let adjective = |i: usize| {
            let word = self.words.get(i);
            let plain = !word.has_proclitic() && !word.is(Tags::TITLE | Tags::BODY);
            let adjective = word.pos == Pos::Adj || self.stem_plays(i, Roles::QUALIFIER);
            self.words.labeled(i).is_none() && word.article && plain && adjective
        };
        (end..limit)
            .find(|&i| !adjective(i))
            .unwrap_or(limit.max(end))
    }

    /// How far the phrase of a description reaches whose label ends at `end`: what is
    /// said of somebody without a name may go on behind it (`مصدر مطلع على الملف`).
    fn whole(&self, start: usize, end: usize, limit: usize) -> usize {
        let walked = self.walk(start, limit, Extent::Strict);
        let defined = self.words.get(start).article || self.shape(start).is(Shape::ARTICLE);
        let ends = |&i: &usize| {
            let (word, labeled) = (self.words.get(i), self.words.labeled(i));
            // `مصدر | فضل عدم الكشف`: no name for the model is none.
            let name = word.is(Tags::AMBIGUOUS) && labeled.is_none();
            // `اتهم المدير | بالتقصير`
            let led = word.preposition.is_some();
            // `تحدث الوزير | عن الطريق`
            let leads = led || word.is(Tags::PREPOSITION) && self.words.labeled(i).is_none();
            let opened = self.layout.quote_opening(i - 1).is_some();
            // `ضابط في الشرطة برتبة | عقيد`
            let rank = self.stem_plays(i - 1, Roles::IN_RANK);
            let after = led || opened || rank || i > end && self.is(i - 1, Tags::PREPOSITION);
            let begins = labeled.is_some_and(|l| l.range().start == i) && !after;
            let another =
                word.is(Tags::TITLE | Tags::GROUP) && self.words.another(self.layout, start, i);
            // `زار الوزير | المصنع`
            let noun = word.article
                && word.pos == Pos::Noun
                && labeled.is_none()
                && !word.is(Tags::DEMONYM | Tags::TITLE)
                && !self.stem_plays(i, Roles::QUALIFIER);
            word.conjunction || name || defined && (leads || noun) || begins || another
        };
        let mut stop = (end..walked).find(ends).unwrap_or(walked).max(end);
        while stop > end && !self.is_word(stop - 1) && self.layout.quote_closing(stop - 1).is_none()
        {
            stop -= 1;
        }
        let another = |l: &Labeled| {
            let start = l.range().start;
            let rank = start > end && self.stem_plays(start - 1, Roles::IN_RANK);
            matches!(l.kind, NameType::Person | NameType::Title) && !rank
        };
        match self.words.labeled_in(end..stop).find(another) {
            Some(_) => end,
            None => self.settled(start, stop).max(end),
        }
    }

    /// The stretch that goes on with a title at `i`; `و` may add another title.
    fn governed(&self, i: usize, limit: usize, several: bool) -> Option<Labeled> {
        let next = self.words.labeled(i).filter(|_| i < limit)?;
        let word = self.words.get(i);
        // `قادة ألمانيا ومصر`
        let lands = next.kind == NameType::Polity && several;
        let and = word.conjunction && next.kind != NameType::Title && !lands;
        // `مصدر أمني لوكالة كذا`: whom it was said to.
        let told = next.kind == NameType::Media && word.preposition == Some(TO);
        (next.range().start == i && !and && !told && !self.apart(i)).then_some(next)
    }

    /// Whether the body or place at `i` begins another phrase than the word before it:
    /// behind an article no genitive follows (`الرئيس | تونس`, `النائب | الحكومة`).
    fn apart(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let led = word.is(Tags::PREPOSITION | Tags::DEMONYM) || word.has_proclitic();
        let named = self.words.labeled(i).is_some_and(|l| {
            let body = matches!(l.kind, NameType::Organization | NameType::Polity);
            let other = !word.article && !matches!(l.kind, NameType::Title | NameType::Person);
            l.range().start == i && (body || other)
        });
        let defined = |k: usize| self.words.get(k).article || self.shape(k).is(Shape::ARTICLE);
        named && !led && i > 0 && defined(i - 1)
    }

    /// Where a description ends that only goes on with where somebody is (`آلاف العمال |
    /// في المدينة`, but `مسؤولون في الوزارة`), with the complement of a verb (`الحكومة |
    /// بالعمل`) or with whom the verb has for its object (`النائب | الحكومة`).
    pub(crate) fn settled(&self, start: usize, end: usize) -> usize {
        let label = |k: usize| self.words.labeled(k).map(|l| l.kind);
        let several = self.is(start, Tags::PLURAL | Tags::GROUP);
        let stops = |k: usize| {
            let word = self.words.get(k);
            // `ضابط | برتبة عقيد`
            if self.stem_plays(k, Roles::IN_RANK) {
                return false;
            }
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
            Some(i..self.stretch_end(i, next, limit))
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
                || self.text(name.end) == ":"
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
            // `صياد يدعى سالم البدري`
            if self.calls(i) {
                return person(i + 1);
            }
            // `المدير، سالم البدري، …`: what is enclosed, or said by him.
            if self.is_comma(i) {
                let title = self
                    .next(i + 1, limit)
                    .filter(|l| l.kind == NameType::Title);
                // `الحارس، البرتغالي نونو فلان،`
                let next = self.words.labeled(i + 1).is_none() && i + 2 < limit;
                let nation = next && self.is(i + 1, Tags::DEMONYM) && self.words.get(i + 1).article;
                let from = title.map_or(i + 1 + usize::from(nation), |title| title.range().end);
                let name = person(from).filter(|n| n.len() <= LONGEST_ENCLOSED)?;
                let name = name.start..self.enclosed(name.end, limit);
                return Some(name).filter(closes);
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
                // `الملك | لرئيس الحكومة سامر البيطار`
                Some(l)
                    if l.kind == NameType::Title && self.words.another(self.layout, start, i) =>
                {
                    return None;
                }
                Some(l) if l.kind != NameType::Person => l.range().end,
                _ => i + 1,
            };
        }
        None
    }

    /// The titles right behind a name that ends at `end`, over a comma at most.
    fn title_behind(&self, end: usize, limit: usize) -> Option<Range<usize>> {
        let comma = end < limit && self.is_comma(end);
        let from = end + usize::from(comma);
        let mut stop = from;
        for _ in 0..MOST_TITLES {
            let Some(next) = self.next(stop, limit).filter(|l| l.kind == NameType::Title) else {
                break;
            };
            let word = self.words.get(stop);
            // `فلان | مواطنيه`: several have no title that one has.
            let several = word.is(Tags::PLURAL) || word.is(Tags::GROUP);
            if word.has_proclitic() || several || self.plays(stop, Roles::PLACE) {
                break;
            }
            // `فلان، الوزير فلان`: a list.
            let (end, name) = self.title(stop, self.stretch_end(stop, next, limit), limit);
            let Some(name) = name else {
                stop = end;
                continue;
            };
            // `فلان ولي العهد والأمير علان`: the title of the one ends before that of the
            // other.
            let titles = self.words.labeled_in(stop..name.start);
            let mut others = titles.filter(|l| l.kind == NameType::Title && l.range().start > stop);
            if let Some(other) = others.find(|l| self.words.get(l.range().start).conjunction) {
                stop = other.range().start;
                break;
            }
            // `فلان، الوزير علان`: a list, unless words stand between title and name.
            let last = self.words.labeled_in(stop..name.start).last();
            let apart = last.filter(|last| last.range().end < name.start);
            stop = apart.map_or(stop, |last| last.range().end);
            break;
        }
        if stop == from {
            return None;
        }
        // `سالم البدري، باحث في العلوم`
        let limit = (stop..limit).find(|&i| !self.is_word(i)).unwrap_or(limit);
        Some(from..self.whole(from, stop, limit.max(stop)))
    }

    /// Where a name that a comma opens and whose label ends at `end` ends: the next comma,
    /// if only words that nobody knows lead to it.
    fn enclosed(&self, end: usize, limit: usize) -> usize {
        let reach = limit.min(end + 2);
        let more = (end..reach).take_while(|&i| {
            let word = self.words.get(i);
            let name = self.is_word(i) && word.tags == Tags::default() && !word.has_proclitic();
            name && self.words.labeled(i).is_none() && word.pos != Pos::Verb
        });
        let stop = end + more.count();
        let tokens = self.layout.tokens().len();
        let closed =
            stop < tokens && (self.is_comma(stop) || self.words.says_that(self.layout, stop));
        if closed { stop } else { end }
    }

    /// Where the phrase of a chain ends: behind a short name in brackets, and behind all
    /// whom `و` adds to the first.
    pub(super) fn chain_end(&self, chain: &Chain, limit: usize) -> usize {
        let mut end = chain.end();
        if end + 2 < limit && self.text(end) == "(" {
            let close = (end + 2..(end + 5).min(limit)).find(|&k| self.text(k) == ")");
            end = close.map_or(end, |k| k + 1);
        }
        let named = !matches!(chain.label, NameType::Person | NameType::Title);
        // `منظمة كذا «يونيسف»`
        if named && let Some(quote) = self.layout.quote_opening(end).filter(|_| end < limit) {
            let close = self.layout.quotes()[quote]
                .close
                .map(|close| close as usize);
            let short = close.filter(|&close| close - end <= SHORT_NAME && close < limit);
            end = short.map_or(end, |close| close + 1);
        }
        // `صحيفة «كذا» البريطانية`
        while end < limit && self.is_word(end) && self.words.labeled(end).is_none() {
            let word = self.words.get(end);
            let adjective = word.article && (word.is(Tags::DEMONYM) || word.pos == Pos::Adj);
            if !named || !adjective || word.has_proclitic() || word.is(Tags::TITLE) {
                break;
            }
            end += 1;
        }
        // `مكتب منظمة كذا في لبنان`
        let place = |l: Labeled| matches!(l.kind, NameType::Polity | NameType::Location);
        if named
            && end + 1 < limit
            && self.plays(end, Roles::PLACE)
            && let Some(place) = self.next(end + 1, limit).filter(|&l| place(l))
        {
            end = place.range().end.min(limit);
        }
        let people = |label| matches!(label, NameType::Person | NameType::Title | NameType::Group);
        while end < limit && self.words.get(end).conjunction {
            let next = self.chain(end, limit);
            end = match next {
                Some(next) if next.start() == end && people(next.label) == people(chain.label) => {
                    next.end()
                }
                // `رؤساء مؤسسات وخبراء`
                None if people(chain.label)
                    && self.is(end, Tags::TITLE)
                    && self.is(end, Tags::PLURAL) =>
                {
                    self.walk(end, limit, Extent::Strict)
                }
                _ => break,
            };
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
