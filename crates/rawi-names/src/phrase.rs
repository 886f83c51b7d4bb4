//! Noun phrases that name somebody: how far they reach, and which words of
//! them are the name.

use std::ops::Range;

use rawi_morph::{Agreement, Gender, Number};
use rawi_text::{Layout, SourceText, TokenKind};

use crate::{Tags, Words};

/// What kind of thing a phrase names.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// One human being, named or by title.
    Person,
    /// Several people: `مسؤولون`, `شهود عيان`.
    Group,
    /// An organization, government or other body.
    Body,
    /// A country or city, also for its government.
    Place,
    /// A news agency, channel, newspaper or site.
    Outlet,
    /// Nothing that the tables know: a study, a report, a plain noun.
    Other,
}

/// A noun phrase, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// All its tokens.
    pub range: Range<usize>,
    /// The tokens of a personal name inside it.
    pub name: Option<Range<usize>>,
    /// What it names.
    pub kind: Kind,
    /// The token that decides the kind.
    pub head: usize,
    /// Gender and number, as far as the words show them.
    pub agreement: Agreement,
    /// Whether it is definite: article, name, or bound to a definite word.
    pub definite: bool,
    /// End of the first member, for `X وY`; else the end of the phrase.
    pub first_end: usize,
}

/// The longest name in tokens, particles included.
const LONGEST_NAME: usize = 6;

/// Reads phrases of one article.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The article's text.
    pub source: &'a SourceText,
    /// The article's layout.
    pub layout: &'a Layout,
    /// Its words.
    pub words: &'a Words,
}

/// How sure the caller is that everything before `limit` is the phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// Something else begins before the limit: take only what must belong.
    Strict,
    /// Up to the limit stands the phrase and its adjuncts, nothing else.
    Loose,
}

impl Reader<'_> {
    fn is(&self, i: usize, tags: Tags) -> bool {
        self.words.get(i).is(tags)
    }

    fn text(&self, i: usize) -> &str {
        self.layout.word(i)
    }

    fn is_word(&self, i: usize) -> bool {
        matches!(
            self.layout.tokens()[i].kind,
            TokenKind::Word | TokenKind::Latin
        )
    }

    /// Where the noun phrase that begins at `start` ends; `start` itself if
    /// none does. Never goes beyond `limit`.
    pub fn extent(&self, start: usize, limit: usize, extent: Extent) -> usize {
        if start >= limit || !self.may_begin(start) {
            return start;
        }
        let mut walk = Walk {
            reader: self,
            limit,
            extent,
            titled: self.is(start, Tags::TITLE),
            named: 0,
            head: start,
        };
        walk.run(start)
    }

    fn may_begin(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let quantifier = QUANTIFIERS.contains(&self.text(i));
        // `لعدم`, `بضرورة`: a preposition and a message.
        let led = word.is(Tags::MESSAGE) && self.text(i).starts_with(['ل', 'ب']);
        let verb = i > 0 && ["لم", "لن", "لا", "قد", "سوف"].contains(&self.text(i - 1));
        self.is_word(i)
            && !led
            && !verb
            && (quantifier
                || !word.is(Tags::FUNCTION | Tags::TIME)
                || word.is(Tags::TITLE | Tags::BODY))
            && (!word.is(Tags::VERB)
                || word.article
                || word.is(Tags::TITLE | Tags::BODY | Tags::GIVEN))
    }

    /// Reads the tokens of `range` as one phrase.
    pub fn describe(&self, range: Range<usize>) -> Phrase {
        let head = self.head(&range);
        let name = self.name(&range, head);
        let kind = self.kind(&range, head, name.is_some());
        let first_end = self.first_member(&range, name.as_ref(), kind);
        let word = self.words.get(head);
        let definite = name.is_some()
            || range.clone().any(|i| {
                let w = self.words.get(i);
                w.article || w.is(Tags::COUNTRY | Tags::CAPITAL | Tags::OUTLET | Tags::OWN_NAME)
            })
            || rawi_morph::strip_pronoun(self.text(head)).is_some() && word.entry_words == 0;
        Phrase {
            agreement: self.agreement(&range, head, name.as_ref(), kind, first_end),
            name,
            kind,
            head,
            definite,
            first_end,
            range,
        }
    }

    /// The first word that the tables know as a head, else the first word.
    fn head(&self, range: &Range<usize>) -> usize {
        let first = range
            .clone()
            .find(|&i| self.is_word(i) && !QUANTIFIERS.contains(&self.text(i)))
            .unwrap_or(range.start);
        if self.is(first, Tags::DEMONSTRATIVE) && first + 1 < range.end {
            return first + 1;
        }
        first
    }

    /// The run of name words in a phrase for a person.
    fn name(&self, range: &Range<usize>, head: usize) -> Option<Range<usize>> {
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
                if !titled {
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
        if !self.is_word(i) || word.inside || word.preposition.is_some() {
            return None;
        }
        let known = word.is(Tags::GIVEN | Tags::NAME_PART)
            && !word.is(Tags::TITLE)
            && (!word.is(Tags::AMBIGUOUS) || titled || leads);
        let after_title = i > 0 && {
            let before = self.words.get(i - 1);
            before.is(Tags::HONORIFIC | Tags::DEMONYM)
                || before.article
                || !self.is_word(i - 1)
                || before.is(Tags::COUNTRY | Tags::CAPITAL | Tags::OWN_NAME)
        };
        let guessed = titled && after_title && !leads && self.name_like(i);
        let surname = !titled && leads && self.name_like(i);
        if !(known || guessed || surname) {
            return None;
        }
        let mut end = i + 1;
        while end < limit && end - i < LONGEST_NAME && self.goes_on(i, end) {
            end += 1;
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
            && !self.text(end - 1).starts_with("ال")
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
    fn goes_on(&self, start: usize, i: usize) -> bool {
        if !self.is_word(i) {
            return false;
        }
        let word = self.words.get(i);
        if word.preposition.is_some() || word.conjunction {
            return false;
        }
        if word.is(Tags::FUNCTION | Tags::REPORT) {
            return false;
        }
        if word.is(Tags::NAME_PART | Tags::GIVEN) {
            return true;
        }
        // A family name may be a trade (`المعلم`), right after one given name.
        let trade = i == start + 1
            && word.article
            && !word.is(Tags::OFFICE | Tags::FEMININE | Tags::PLURAL);
        let other = Tags::BODY | Tags::VERB | Tags::TIME | Tags::GROUP | Tags::OUTLET;
        if word.is(other) || word.is(Tags::TITLE) && !trade {
            return false;
        }
        let after_part = self.is(i - 1, Tags::NAME_PART);
        if word.article {
            // A family name with the article (`الحضري`), unless it is an
            // adjective of nationality after a full name.
            // After two words only a nisba looks like one (`البغدادي`).
            let nationality = word.is(Tags::DEMONYM) && i - start >= 2;
            let surname = i == start + 1 || i <= start + 3 && self.text(i).ends_with('ي');
            let stem = self.words.stem(self.layout, i);
            return after_part
                || !QUALIFIERS.contains(&stem)
                    && !nationality
                    && surname
                    && !feminine_ending(stem)
                    && !verbal_noun_shape(stem);
        }
        if word.is(Tags::COUNTRY | Tags::CAPITAL) {
            return after_part;
        }
        after_part || self.name_like(i)
    }

    /// Whether an unknown word may be a proper name by its looks.
    fn name_like(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let text = self.text(i);
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
        let prefixed = text.starts_with(['ل', 'ب', 'ك', 'و', 'ف']) && feminine_ending(text);
        self.is_word(i)
            && !word.article
            && !word.is(known_else)
            && !prefixed
            && text.chars().count() >= 2
            && !verbal_noun_shape(text)
            && !text
                .strip_prefix(['ل', 'ب', 'و', 'ف'])
                .is_some_and(|rest| rest.starts_with('ت') && verbal_noun_shape(rest))
    }

    fn kind(&self, range: &Range<usize>, head: usize, named: bool) -> Kind {
        let word = self.words.get(head);
        if named {
            return Kind::Person;
        }
        if word.is(Tags::TITLE) {
            return if word.is(Tags::PLURAL) {
                Kind::Group
            } else {
                Kind::Person
            };
        }
        if word.is(Tags::OUTLET) {
            return Kind::Outlet;
        }
        if word.is(Tags::BODY) {
            let outlet =
                word.is(Tags::GENERIC) && range.clone().skip(1).any(|i| self.is(i, Tags::OUTLET));
            return if outlet { Kind::Outlet } else { Kind::Body };
        }
        if word.is(Tags::GROUP) || range.start < head {
            return Kind::Group;
        }
        if word.is(Tags::COUNTRY | Tags::CAPITAL) {
            return Kind::Place;
        }
        Kind::Other
    }

    fn first_member(&self, range: &Range<usize>, name: Option<&Range<usize>>, kind: Kind) -> usize {
        let from = name.map_or(range.start + 1, |n| n.end);
        (from..range.end)
            .find(|&i| {
                let word = self.words.get(i);
                word.conjunction
                    && (name.is_some()
                        || word.is(Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::GROUP)
                        || kind == Kind::Place
                            && word.is(Tags::COUNTRY | Tags::CAPITAL | Tags::BODY))
            })
            .unwrap_or(range.end)
    }

    fn agreement(
        &self,
        range: &Range<usize>,
        head: usize,
        name: Option<&Range<usize>>,
        kind: Kind,
        first_end: usize,
    ) -> Agreement {
        let word = self.words.get(head);
        let gender = match kind {
            Kind::Person => {
                let woman = range
                    .clone()
                    .take_while(|&i| name.is_none_or(|n| i <= n.start))
                    .any(|i| self.is(i, Tags::FEMININE) && self.is(i, Tags::TITLE | Tags::GIVEN));
                let sure =
                    word.is(Tags::TITLE) || name.is_some_and(|n| self.is(n.start, Tags::GIVEN));
                match (woman, sure) {
                    (true, _) => Some(Gender::Feminine),
                    (false, true) => Some(Gender::Masculine),
                    (false, false) => None,
                }
            }
            Kind::Group | Kind::Other | Kind::Place => None,
            Kind::Body | Kind::Outlet => {
                if word.is(Tags::OWN_NAME | Tags::OUTLET) {
                    None
                } else if feminine_ending(self.text(head)) || word.is(Tags::PLURAL) {
                    Some(Gender::Feminine)
                } else {
                    Some(Gender::Masculine)
                }
            }
        };
        let number = match kind {
            Kind::Group => Some(Number::Plural),
            _ if first_end < range.end => None,
            Kind::Person => Some(Number::Singular),
            _ => None,
        };
        Agreement::third(gender, number)
    }

    fn is_comma(&self, i: usize) -> bool {
        matches!(self.text(i), "،" | ",")
    }
}

/// Adjectives that qualify the holder of an office and are no family names.
const QUALIFIERS: [&str; 9] = [
    "سابق",
    "اسبق",
    "حالي",
    "جديد",
    "منتخب",
    "موقت",
    "راحل",
    "مذكور",
    "نفس",
];

/// Words in front of a head that only count its members.
const QUANTIFIERS: [&str; 10] = [
    "احد",
    "احدي",
    "بعض",
    "عدد",
    "العديد",
    "معظم",
    "جميع",
    "كل",
    "كلا",
    "غالبيه",
];

fn feminine_ending(word: &str) -> bool {
    word.ends_with('ه') || word.ends_with("ات")
}

/// The shapes of verbal nouns that personal names hardly ever have.
pub fn verbal_noun_shape(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let n = letters.len();
    (n >= 6 && word.starts_with("است"))
        || (n >= 5 && letters[0] == 'ت' && letters[n - 2] == 'ي')
        || (n >= 5 && letters[0] == 'ا' && letters[n - 2] == 'ا' && letters[2] != 'ا')
        || (n >= 6 && letters[0] == 'م' && letters[n - 1] == 'ه')
}

/// The walk along a phrase, word by word.
struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    limit: usize,
    extent: Extent,
    titled: bool,
    /// Name words taken so far in the run that the walk is in.
    named: usize,
    head: usize,
}

impl Walk<'_, '_> {
    fn run(&mut self, start: usize) -> usize {
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
        let text = r.text(i);
        if text == "باسم" {
            return 1;
        }
        // A preposition written apart from its quoted noun: `لـ«الضفة»`.
        if matches!(text, "ل" | "ب" | "ك" | "و") {
            return 0;
        }
        if word.is(Tags::PREPOSITION) && word.preposition.is_none() && !word.conjunction {
            return self.preposition(i, text);
        }
        if word.is(Tags::FUNCTION)
            && !word.is(Tags::TITLE | Tags::GIVEN | Tags::NAME_PART | Tags::BODY)
        {
            // `منتقدو هذه الإجراءات`
            let governed = word.is(Tags::DEMONSTRATIVE)
                && i + 1 < self.limit
                && r.words.get(i + 1).article
                && i == self.head + 1
                && !r.words.get(self.head).article;
            let itself = SELF_WORDS.iter().any(|w| text.starts_with(w)) || OTHERS.contains(&text);
            return if governed { 2 } else { usize::from(itself) };
        }
        if word.is(Tags::VERB) && !word.article && !word.is(Tags::TITLE | Tags::GIVEN) {
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
        let name_word = word.is(Tags::GIVEN | Tags::NAME_PART);
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
        // An indefinite word goes on only while nothing has closed the chain.
        usize::from(!closed || self.extent == Extent::Loose) * entry
    }

    /// Whether a definite noun after a lone definite head cannot be its
    /// adjective and so opens a phrase of its own: `الحركة | البرلمانات`.
    fn is_second_phrase(&self, i: usize) -> bool {
        let r = self.reader;
        let head = r.words.get(self.head);
        // `وزارة الخارجية الجزائرية | المملكة`: after a nationality only more
        // adjectives belong.
        let nation =
            self.extent == Extent::Strict && r.is(i - 1, Tags::DEMONYM) && i - 1 > self.head;
        if nation
            && !r.is(i, Tags::DEMONYM | Tags::TITLE)
            && !r.text(i).ends_with("ي")
            && !r.text(i).ends_with("يه")
            && !QUALIFIERS.contains(&r.words.stem(r.layout, i))
        {
            return true;
        }
        if !head.article || !(self.head + 1..i).all(|k| r.words.get(k).article) {
            return false;
        }
        let (first, next) = (r.text(self.head), r.text(i));
        let plural = head.is(Tags::PLURAL | Tags::GROUP) || first.ends_with("ات");
        // `المجلس | المجتمع الدولي`: a noun with an adjective of its own.
        let own_adjective = i == self.head + 1
            && self.extent == Extent::Strict
            && !next.ends_with(['ي', 'ه'])
            && !QUALIFIERS.contains(&r.words.stem(r.layout, i))
            && i + 1 < self.limit
            && r.words.get(i + 1).article
            && r.text(i + 1).ends_with('ي');
        own_adjective
            || next.ends_with("ات")
            || !plural && first.ends_with('ه') && !next.ends_with('ه')
    }

    fn punctuation(&mut self, i: usize) -> usize {
        let r = self.reader;
        let text = r.text(i);
        // A short name in marks or brackets: `صحيفة «الضفة»`, `حركة … (كذا)`.
        let quote = r.layout.quotes().iter().find(|q| q.open as usize == i);
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
            let clean = !next.conjunction && next.preposition.is_none();
            let title = next.is(Tags::TITLE)
                && (next.article
                    || next.entry_words > 1
                    || next.is(Tags::OFFICE | Tags::HONORIFIC));
            // An unknown name counts between commas: `وزيرة الصحة، فلانة فلان،`.
            let enclosed = (i + 2..(i + 6).min(r.layout.tokens().len())).any(|k| r.is_comma(k));
            let unknown = (self.extent == Extent::Loose || enclosed) && r.name_like(i + 1);
            let name = self.titled
                && self.named == 0
                && (next.is(Tags::GIVEN | Tags::NAME_PART) || unknown);
            if person && clean && (title || name) {
                self.titled = true;
                self.named = usize::from(name && !title);
                return 1 + usize::from(next.entry_words).max(1);
            }
        }
        0
    }

    fn preposition(&mut self, i: usize, text: &str) -> usize {
        let r = self.reader;
        let head = *r.words.get(self.head);
        let takes_place = head.is(Tags::TITLE | Tags::BODY | Tags::GROUP) || self.titled;
        let fits = match text {
            "في" => takes_place && self.named == 0,
            "من" => {
                let counted = QUANTIFIERS.contains(&r.text(self.head)) && i == self.head + 1;
                counted || self.named == 0 && !head.article && takes_place
            }
            "لدي" | "عن" => head.is(Tags::OFFICE | Tags::PERSON) && self.named == 0,
            // `مصدر مطلع على الملف`
            "علي" => {
                head.is(Tags::PERSON) && !head.article && self.named == 0 && i == self.head + 2
            }
            _ => false,
        };
        let next_ok = i + 1 < self.limit && r.is_word(i + 1) && {
            let next = r.words.get(i + 1);
            !next.is(Tags::TIME | Tags::FUNCTION | Tags::REPORT)
                && !is_occasion(r.words.stem(r.layout, i + 1))
        };
        if fits && next_ok {
            1 + usize::from(r.words.get(i + 1).entry_words).max(1)
        } else {
            0
        }
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
        let both_definite = word.article && r.words.get(i - 1).article && self.named == 0;
        usize::from(both_definite) * entry
    }

    fn attached(&mut self, i: usize, preposition: char, entry: usize) -> usize {
        let r = self.reader;
        let word = *r.words.get(i);
        if self.named > 0 || is_occasion(r.words.stem(r.layout, i)) {
            return 0;
        }
        let head = *r.words.get(self.head);
        let fits = match preposition {
            'ل' => {
                (head.is(Tags::TITLE | Tags::BODY) || word.article && head.article)
                    && !word.is(Tags::OUTLET | Tags::GROUP)
                    && !(word.is(Tags::GENERIC) && !word.article)
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

/// `تقارير أخرى`, `مسؤولون آخرون`.
const OTHERS: [&str; 4] = ["اخري", "اخر", "اخرون", "اخرين"];

/// Words that repeat their noun: `المصدر نفسه`, `المصدر ذاته`, `أيضا` between.
const SELF_WORDS: [&str; 2] = ["نفس", "ذات"];

/// Nouns of occasions and means, which begin an adjunct and not a complement.
/// The speech stage knows more of them; these end a name.
fn is_occasion(stem: &str) -> bool {
    const OCCASIONS: [&str; 27] = [
        "بيان",
        "بيانه",
        "بيانها",
        "تصريح",
        "تصريحات",
        "موتمر",
        "مقابله",
        "حوار",
        "حديث",
        "حديثه",
        "كلمه",
        "كلمته",
        "خطاب",
        "خطابه",
        "رساله",
        "تغريده",
        "منشور",
        "اتصال",
        "لقاء",
        "اجتماع",
        "مداخله",
        "ندوه",
        "تقرير",
        "تقريره",
        "وقت",
        "ختام",
        "افتتاح",
    ];
    OCCASIONS.contains(&stem)
}
