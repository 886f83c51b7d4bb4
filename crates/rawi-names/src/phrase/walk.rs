//! How far a phrase reaches: the walk along it, word by word.

use rawi_text::TokenKind;

use super::name::LONGEST_NAME;
use super::{Extent, Reader};
use crate::{Roles, Tags};
use rawi_morph::{Pos, Shape};

/// The walk along a phrase, word by word.
pub(super) struct Walk<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) limit: usize,
    pub(super) extent: Extent,
    pub(super) titled: bool,
    /// Name words taken so far in the run that the walk is in.
    pub(super) named: usize,
    pub(super) head: usize,
    /// All words behind the head have the article up to here.
    pub(super) definite: usize,
}

impl Walk<'_, '_> {
    pub(super) fn run(&mut self, start: usize) -> usize {
        let r = self.reader;
        let mut end = start + usize::from(r.words.get(start).entry_words).max(1);
        if r.is(start, Tags::GIVEN | Tags::NAME_PART) && !self.titled {
            self.named = 1;
        }
        while end < self.limit {
            match self.step(end) {
                0 => break,
                n => end += n,
            }
        }
        // A phrase never ends in a comma or preposition.
        end = end.min(self.limit);
        let numeral = |i: usize| r.layout.tokens()[i].kind == TokenKind::Number;
        while end > start + 1
            && !r.is_word(end - 1)
            && !numeral(end - 1)
            && r.text(end - 1) != ")"
            && !r.text(end - 1).ends_with(['»', '"', '”'])
        {
            end -= 1;
        }
        end
    }

    /// How many tokens from `i` on belong to the phrase; 0 ends it.
    fn step(&mut self, i: usize) -> usize {
        let r = self.reader;
        let token = &r.layout.tokens()[i];
        let word = *r.words.get(i);
        let entry = usize::from(word.entry_words).max(1);
        match token.kind {
            TokenKind::Word | TokenKind::Latin => {}
            TokenKind::Punct => return self.punctuation(i),
            // `المادة 14`
            TokenKind::Number => {
                let numbered =
                    self.named == 0 && i == self.head + 1 && r.words.get(self.head).article;
                return usize::from(self.extent == Extent::Loose || numbered);
            }
            _ => return 0,
        }
        if word.inside {
            return 1;
        }
        if word.is(Tags::TIME) && !word.is(Tags::GIVEN) {
            return 0;
        }
        if r.plays(i, Roles::BEHALF) {
            return 1;
        }
        // A preposition written apart from its quoted noun: `لـ«الضفة»`.
        if r.plays(i, Roles::APART) {
            return 0;
        }
        if word.is(Tags::PREPOSITION) && !word.has_proclitic() {
            return self.preposition(i);
        }
        if word.is(Tags::FUNCTION)
            && !word.is(Tags::TITLE | Tags::GIVEN | Tags::NAME_PART | Tags::BODY)
        {
            // `منتقدو هذه الإجراءات`
            let governed = word.is(Tags::DEMONSTRATIVE)
                && i + 1 < self.limit
                && r.words.get(i + 1).article
                && i == self.head + 1
                && !r.words.get(self.head).article
                && !r.words.get(self.head).pronoun;
            let itself = r.words.bare_plays(r.layout, i, Roles::ITSELF)
                || r.plays(i, Roles::ITSELF | Roles::OTHER);
            return if governed { 2 } else { usize::from(itself) };
        }
        if self.named == 0 && i + 1 < self.limit && r.calls(i) {
            self.titled = true;
            self.named = 1;
            return 2;
        }
        // `شركة إسوس`: what the model takes for a name is no verb.
        let verb = word.is(Tags::REPORT) || word.is(Tags::ACTION) && word.label.is_none();
        if verb && !word.article && !word.is(Tags::TITLE | Tags::GIVEN) {
            return 0;
        }
        // `المجلس | التزامه`: what has a pronoun of its own is no adjective.
        if self.extent == Extent::Strict
            && word.pronoun
            && word.tags == Tags::default()
            && !word.has_proclitic()
            && (r.words.get(i - 1).article || self.named > 0)
        {
            return 0;
        }
        // `مصادر أمنية | مقتل …`: the message begins, unless a head governs it.
        let governed = r.is(i - 1, Tags::OFFICE | Tags::BODY) && !r.words.get(i - 1).article;
        if self.extent == Extent::Strict && word.is(Tags::MESSAGE) && !governed {
            return 0;
        }
        if word.conjunction {
            return self.coordination(i, entry);
        }
        if let Some(preposition) = word.preposition {
            return self.attached(i, preposition, entry);
        }
        let before = *r.words.get(i - 1);
        // `مصدر | فضل عدم الكشف`: a common word that no label calls a name is none.
        let common = word.is(Tags::AMBIGUOUS) && word.label.is_none() && self.named == 0;
        let name_word = word.is(Tags::GIVEN | Tags::NAME_PART) && !common;
        if common && word.pos != Pos::X && before.is(Tags::TITLE) {
            return 0;
        }
        if self.named > 0 {
            // Inside a name: more of it, or a title after it.
            if name_word || (self.named < LONGEST_NAME && r.goes_on(i - self.named, i)) {
                self.named += 1;
                return entry;
            }
            let apposition = word.article && word.is(Tags::TITLE | Tags::DEMONYM)
                || word.is(Tags::OFFICE)
                || self.extent == Extent::Loose;
            if apposition {
                self.named = 0;
                self.titled = true;
                return entry;
            }
            return 0;
        }
        if word.article && self.is_second_phrase(i) {
            return 0;
        }
        // `وزارة الخارجية المصرية | السودان`: an adjective governs no country.
        let country = word.is(Tags::COUNTRY | Tags::CAPITAL) && !word.is(Tags::DEMONYM);
        let name = before.inside && self.extent == Extent::Strict;
        if country && (before.is(Tags::DEMONYM) && before.article || name) {
            return 0;
        }
        if word.article
            || word.is(Tags::COUNTRY
                | Tags::CAPITAL
                | Tags::DEMONYM
                | Tags::OUTLET
                | Tags::OWN_NAME)
        {
            return entry;
        }
        if name_word {
            self.named = 1;
            return entry;
        }
        let closed = before.article
            || before.pronoun && before.is(Tags::TITLE)
            || before.is(Tags::COUNTRY
                | Tags::CAPITAL
                | Tags::DEMONYM
                | Tags::HONORIFIC
                | Tags::OUTLET
                | Tags::OWN_NAME);
        if word.is(Tags::TITLE) && (!closed || self.titled) {
            self.titled = true;
            return entry;
        }
        if self.titled && closed && r.name_like(i) {
            self.named = 1;
            return entry;
        }
        // `ناشطون | لافتة`: a plural with its nun governs nothing, and no adjective of
        // men ends so.
        let free = before.is(Tags::PLURAL | Tags::GROUP) && r.shape(i - 1).is(Shape::PLURAL_UN);
        if free && r.shape(i).is(Shape::FEMININE) {
            return 0;
        }
        // An indefinite word goes on only while nothing has closed the chain.
        usize::from(!closed || self.extent == Extent::Loose) * entry
    }

    /// Whether a definite noun after a lone definite head cannot be its
    /// adjective and so opens a phrase of its own: `الحركة | البرلمانات`.
    fn is_second_phrase(&mut self, i: usize) -> bool {
        let r = self.reader;
        let head = r.words.get(self.head);
        // After a definite word neither a body nor, without a plural before it, a
        // plural can be an adjective: `المنظمة | الحكومة`, `الرئيس | المواطنين`.
        let (word, before) = (r.words.get(i), r.words.get(i - 1));
        let people = word.is(Tags::PLURAL | Tags::GROUP)
            && !word.is(Tags::DEMONYM)
            && (before.inside || !before.is(Tags::PLURAL | Tags::GROUP))
            && !head.is(Tags::PLURAL | Tags::GROUP);
        let noun = word.is(Tags::BODY) || people;
        let closed = before.article || before.inside && !r.plays(i - 1, Roles::BEHALF);
        if self.extent == Extent::Strict && noun && closed {
            return true;
        }
        // `سكان القرى | البقاء`: a construct governs no further noun.
        let construct = self.extent == Extent::Strict
            && i == self.head + 2
            && before.article
            && !head.article
            && word.pos == Pos::Noun
            && word.tags == Tags::default()
            && word.label.is_none()
            && !r.shape(i).is(Shape::YA | Shape::TA_MARBUTA)
            && !r.stem_plays(i, Roles::QUALIFIER);
        if construct {
            return true;
        }
        // `رابطة العمل العربي | التصريحات`: nor any other noun, as the model sees it.
        let names = Tags::TITLE | Tags::GIVEN | Tags::NAME_PART | Tags::COUNTRY | Tags::DEMONYM;
        let next = self.extent == Extent::Strict
            && before.article
            && before.pos == Pos::Adj
            && word.pos == Pos::Noun
            && word.label.is_none()
            && !word.is(names);
        if next {
            return true;
        }
        // An indefinite adjective governs nothing: `منظمات دولية | الهجوم`.
        let adjective = i - 1 > self.head
            && !before.article
            && !before.is(Tags::BODY | Tags::TITLE | Tags::DEMONYM | Tags::COUNTRY | Tags::OUTLET)
            && r.shape(i - 1).is(Shape::NISBA);
        if self.extent == Extent::Strict && adjective {
            return true;
        }
        // `وزارة الخارجية الجزائرية | المملكة`: after a nationality only more
        // adjectives belong.
        let nation =
            self.extent == Extent::Strict && r.is(i - 1, Tags::DEMONYM) && i - 1 > self.head;
        if nation
            && !r.is(i, Tags::DEMONYM | Tags::TITLE)
            && !r.shape(i).is(Shape::NISBA)
            && !r.stem_plays(i, Roles::QUALIFIER)
        {
            return true;
        }
        while self.definite < i && r.words.get(self.definite).article {
            self.definite += 1;
        }
        if !head.article || self.definite < i {
            return false;
        }
        let (first, next) = (r.shape(self.head), r.shape(i));
        let plural = head.is(Tags::PLURAL | Tags::GROUP) || first.is(Shape::PLURAL_AT);
        // `المجلس | المجتمع الدولي`: a noun with an adjective of its own.
        let own_adjective = i == self.head + 1
            && self.extent == Extent::Strict
            && !next.is(Shape::YA | Shape::TA_MARBUTA)
            && !r.stem_plays(i, Roles::QUALIFIER)
            && i + 1 < self.limit
            && r.words.get(i + 1).article
            && r.shape(i + 1).is(Shape::YA);
        // `دخل المدير | القاعة`: no adjective of a man.
        let man = head.is(Tags::TITLE)
            && !head.is(Tags::FEMININE | Tags::PLURAL)
            && !first.is(Shape::TA_MARBUTA);
        let thing = next.is(Shape::TA_MARBUTA) && !r.is(i, Tags::TITLE) && word.label.is_none();
        own_adjective
            || man && thing
            || next.is(Shape::PLURAL_AT)
            || !plural && first.is(Shape::TA_MARBUTA) && !next.is(Shape::TA_MARBUTA)
    }

    fn punctuation(&mut self, i: usize) -> usize {
        let r = self.reader;
        let text = r.text(i);
        if self.named > 0 && i + 1 < self.limit && r.is_hyphen(i) {
            self.named += 2;
            return 2;
        }
        // `الخبير د. فلان`
        if text == "." && r.text(i - 1).chars().count() <= 2 && i + 1 < self.limit {
            return 1;
        }
        // A short name in marks or brackets: `صحيفة «الضفة»`, `حركة … (كذا)`.
        let quote = r.layout.quote_opening(i).map(|q| &r.layout.quotes()[q]);
        if let Some(close) = quote.and_then(|q| q.close) {
            let close = close as usize;
            if close - i <= 6 && close < self.limit && self.named == 0 {
                return close + 1 - i;
            }
            return 0;
        }
        if text == "(" {
            let end = (i + 1..(i + 5).min(self.limit)).find(|&k| r.text(k) == ")");
            return end.map_or(0, |k| k + 1 - i);
        }
        if r.is_comma(i) && i + 1 < self.limit && r.is_word(i + 1) {
            let next = *r.words.get(i + 1);
            let person = self.titled || self.named > 0;
            let clean = !next.has_proclitic();
            let title = next.is(Tags::TITLE)
                && (next.article
                    || next.entry_words > 1
                    || next.is(Tags::OFFICE | Tags::HONORIFIC));
            let given = next.is(Tags::GIVEN | Tags::NAME_PART);
            let name = self.titled && self.named == 0 && given;
            if person && clean && (title || name) {
                self.titled = true;
                self.named = usize::from(name && !title);
                return 1 + usize::from(next.entry_words).max(1);
            }
        }
        0
    }

    fn preposition(&mut self, i: usize) -> usize {
        let r = self.reader;
        let head = *r.words.get(self.head);
        let takes_place = head.is(Tags::TITLE | Tags::BODY | Tags::GROUP) || self.titled;
        let fits = if r.plays(i, Roles::PLACE) {
            // `المسلحين في هجوم`: how it happened, not where they are.
            takes_place && self.named == 0 && (!head.is(Tags::GROUP) || self.place(i + 1))
        } else if r.plays(i, Roles::PARTITIVE) {
            let counted = r.plays(self.head, Roles::QUANTIFIER) && i == self.head + 1;
            counted || self.named == 0 && !head.article && takes_place
        } else if r.plays(i, Roles::SENT_TO) {
            head.is(Tags::OFFICE | Tags::PERSON) && self.named == 0
        } else if r.plays(i, Roles::CAUSE) {
            self.named == 0
                && (head.is(Tags::OFFICE | Tags::PERSON) && i == self.head + 1
                    || head.is(Tags::BODY) && !head.article && i > self.head + 1)
        } else if r.plays(i, Roles::MATTER) {
            let duty = head.is(Tags::OFFICE | Tags::BODY) && r.words.get(i - 1).conjunction;
            self.named == 0
                && !head.article
                && (duty
                    || head.is(Tags::PERSON)
                        && i == self.head + 2
                        && i + 1 < self.limit
                        && r.words.get(i + 1).article)
        } else {
            false
        };
        // `مصادر في «كذا»`
        let quote = r.layout.quote_opening(i + 1);
        if let Some(close) = quote.and_then(|q| r.layout.quotes()[q].close)
            && fits
        {
            let close = close as usize;
            return if close - i <= 5 && close < self.limit {
                close + 1 - i
            } else {
                0
            };
        }
        let next_ok = i + 1 < self.limit && r.is_word(i + 1) && {
            let next = r.words.get(i + 1);
            // `حركة كذا في تصريح صحفي`: what she said it in.
            let paper = r.plays(i, Roles::PLACE) && next.is(Tags::DOCUMENT) && !next.article;
            // `السفير عن أمله`: what he says.
            let message = next.is(Tags::MESSAGE) && !next.article;
            let closed = next.is(Tags::TIME | Tags::FUNCTION | Tags::REPORT) || message;
            // `معلم في إحدى المدارس`
            let one_of = r.plays(i + 1, Roles::QUANTIFIER)
                && !next.article
                && !head.article
                && i == self.head + usize::from(head.entry_words).max(1);
            if one_of && fits {
                let noun = |k: usize| {
                    let word = r.words.get(k);
                    r.is_word(k) && !word.has_proclitic() && !word.is(Tags::FUNCTION | Tags::VERB)
                };
                // `إحدى المدارس`, `إحدى مدارس العاصمة`
                let last = (i + 2..self.limit.min(i + 4)).take_while(|&k| noun(k));
                if let Some(last) = last.into_iter().find(|&k| r.words.get(k).article) {
                    return last + usize::from(r.words.get(last).entry_words).max(1) - i;
                }
            }
            !(closed || paper || r.stem_plays(i + 1, Roles::OCCASION))
        };
        if fits && next_ok {
            1 + usize::from(r.words.get(i + 1).entry_words).max(1)
        } else {
            0
        }
    }

    /// Whether token `i` may be where somebody is.
    fn place(&self, i: usize) -> bool {
        if i >= self.limit {
            return false;
        }
        let word = self.reader.words.get(i);
        let places = Tags::COUNTRY | Tags::CAPITAL | Tags::BODY | Tags::OWN_NAME;
        word.article || word.label.is_some() || word.is(places)
    }

    fn coordination(&mut self, i: usize, entry: usize) -> usize {
        let r = self.reader;
        let word = *r.words.get(i);
        let head = *r.words.get(self.head);
        let like_head = word.is(Tags::COUNTRY | Tags::CAPITAL | Tags::BODY)
            && head.is(Tags::COUNTRY | Tags::CAPITAL | Tags::BODY);
        let nations = word.is(Tags::DEMONYM) && r.is(i - 1, Tags::DEMONYM);
        let people = nations
            || word.is(Tags::TITLE | Tags::GIVEN | Tags::GROUP)
                && (self.titled || head.is(Tags::GROUP | Tags::TITLE | Tags::GIVEN));
        if like_head || people {
            self.titled |= word.is(Tags::TITLE);
            self.named = usize::from(word.is(Tags::GIVEN));
            return entry;
        }
        // `حزب العدالة والتنمية`, `وزير الإعلام والاتصال`
        let before = *r.words.get(i - 1);
        let both_definite = word.article && before.article && self.named == 0;
        // `مصادر أمنية وطبية`
        let adjectives = self.named == 0
            && i > self.head + 1
            && !word.article
            && !before.article
            && word.tags == Tags::default()
            && before.tags == Tags::default()
            && r.shape(i).is(Shape::NISBA)
            && r.shape(i - 1).is(Shape::NISBA);
        usize::from(both_definite || adjectives) * entry
    }

    fn attached(&mut self, i: usize, preposition: char, entry: usize) -> usize {
        let r = self.reader;
        let word = *r.words.get(i);
        // `ضابط برتبة عقيد`
        if preposition == 'ب' && r.stem_plays(i, Roles::IN_RANK) && i + 1 < self.limit {
            return 2;
        }
        if self.named > 0 || r.stem_plays(i, Roles::OCCASION) {
            return 0;
        }
        let head = *r.words.get(self.head);
        let fits = match preposition {
            'ل' => {
                (head.is(Tags::TITLE | Tags::BODY) || word.article && head.article)
                    && !word.is(Tags::OUTLET | Tags::GROUP)
                    && (!word.is(Tags::GENERIC) || word.article)
            }
            'ب' => {
                head.is(Tags::TITLE | Tags::BODY)
                    && (word.article || word.is(Tags::COUNTRY | Tags::CAPITAL | Tags::BODY))
            }
            _ => false,
        };
        usize::from(fits) * entry
    }
}
