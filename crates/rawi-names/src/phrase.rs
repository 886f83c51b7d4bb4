//! Noun phrases that name somebody: how far they reach, and which words of
//! them are the name.

use std::ops::Range;

use rawi_morph::{Agreement, Gender, Number, Shape};
use rawi_text::{Layout, SourceText, TokenKind};

mod chain;
mod name;
mod walk;

pub use chain::Chain;

use walk::Walk;

use crate::{NameType, Roles, Tags, Words};

/// What kind of thing a phrase names.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// One human being, named or by title.
    Person = 0,
    /// Several people: `مسؤولون`, `شهود عيان`.
    Group = 1,
    /// An organization, government or other body.
    Body = 2,
    /// A country or city, also for its government.
    Place = 3,
    /// A news agency, channel, newspaper or site.
    Outlet = 4,
    /// Nothing that the tables know: a study, a report, a plain noun.
    Other = 5,
}

impl Kind {
    /// Whether two kinds are one where names are compared: an outlet is a body too.
    pub(crate) fn is_like(self, other: Kind) -> bool {
        let body = |kind| matches!(kind, Kind::Body | Kind::Outlet);
        self == other || body(self) && body(other)
    }
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

/// No noun phrase has more tokens than this: what goes on longer is a list, or
/// words without a sentence.
const LONGEST: usize = 100;

impl Reader<'_> {
    fn is(&self, i: usize, tags: Tags) -> bool {
        self.words.get(i).is(tags)
    }

    fn text(&self, i: usize) -> &str {
        self.layout.word(i)
    }

    /// Whether token `i`, as it stands, plays one of the roles.
    pub fn plays(&self, i: usize, roles: Roles) -> bool {
        self.words.plays(self.layout, i, roles)
    }

    /// Whether the stem of token `i` plays one of the roles.
    pub fn stem_plays(&self, i: usize, roles: Roles) -> bool {
        self.words.stem_plays(self.layout, i, roles)
    }

    /// What the letters of token `i` show.
    fn shape(&self, i: usize) -> Shape {
        self.words.shape(self.layout, i)
    }

    /// What the letters of the stem of token `i` show.
    fn stem_shape(&self, i: usize) -> Shape {
        self.words.stem_shape(self.layout, i)
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
        let limit = limit.min(start.saturating_add(LONGEST));
        match self.chain(start, limit) {
            Some(chain) => self.chain_end(&chain, limit),
            None => self.reach(start, limit, extent),
        }
    }

    fn reach(&self, start: usize, limit: usize, extent: Extent) -> usize {
        if start >= limit || !self.may_begin(start) {
            return start;
        }
        // `أحد الشهود`, `بعض الخبراء`: as far as what is counted.
        if self.plays(start, Roles::QUANTIFIER) && start + 1 < limit {
            let of = self.plays(start + 1, Roles::PARTITIVE);
            let counted = start + 1 + usize::from(of);
            let end = self.extent(counted, limit, extent);
            if end > counted {
                return end;
            }
        }
        self.walk(start, limit, extent)
    }

    /// Where a walk along the phrase that begins at `start` ends.
    fn walk(&self, start: usize, limit: usize, extent: Extent) -> usize {
        let mut walk = Walk {
            reader: self,
            limit,
            extent,
            titled: self.is(start, Tags::TITLE),
            named: 0,
            head: start,
            definite: start + 1,
        };
        walk.run(start)
    }

    /// Whether token `i` leads from the noun before it to its bearer's name:
    /// `صياد يدعى فلان`, but `يدعي فلان أن`.
    pub fn calls(&self, i: usize) -> bool {
        if i == 0 || i + 1 >= self.layout.tokens().len() || !self.plays(i, Roles::CALLED) {
            return false;
        }
        let (before, after) = (self.words.get(i - 1), self.words.get(i + 1));
        let noun = self.is_word(i - 1)
            && !before.article
            && !before.is(Tags::FUNCTION | Tags::VERB | Tags::GIVEN);
        let name = after.is(Tags::GIVEN | Tags::NAME_PART) && !after.has_proclitic();
        noun && name && self.is_word(i + 1)
    }

    fn may_begin(&self, i: usize) -> bool {
        let word = self.words.get(i);
        let quantifier = self.plays(i, Roles::QUANTIFIER);
        // `لعدم`, `بضرورة`: a preposition and a message.
        let led = word.is(Tags::MESSAGE) && self.text(i).starts_with(['ل', 'ب']);
        let before_verbs = Roles::NEGATION | Roles::VERB_BEHIND;
        let verb = i > 0 && self.plays(i - 1, before_verbs);
        self.is_word(i)
            && !led
            && !verb
            && (quantifier
                || !word.is(Tags::FUNCTION | Tags::TIME)
                || word.is(Tags::TITLE | Tags::BODY))
            && (!word.is(Tags::VERB)
                || word.article
                || word.is(Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::NAME_PART))
    }

    /// Reads the tokens of `range` as one phrase.
    pub fn describe(&self, range: Range<usize>) -> Phrase {
        let head = self.head(&range);
        let chain = self.chain(range.start, range.end);
        let (name, kind, first_end) = match chain {
            Some(chain) => {
                let name = (chain.name.clone()).filter(|_| chain.label == NameType::Person);
                let and = |i: &usize| self.words.get(*i).conjunction;
                let first_end = (chain.end()..range.end).find(and);
                let kind = self.labeled_kind(chain.label, head);
                (name, kind, first_end.unwrap_or(range.end))
            }
            None => {
                let name = self.name(&range, head);
                let kind = self.kind(&range, head, name.is_some());
                let first_end = self.first_member(&range, name.as_ref(), kind);
                (name, kind, first_end)
            }
        };
        let word = self.words.get(head);
        // `العميد`: the tables have it with its article.
        let whole = word.is(Tags::OFFICE | Tags::PERSON) && self.shape(head).is(Shape::ARTICLE);
        let definite = name.is_some()
            || whole
            // `ضابط في الشرطة`: what stands behind a preposition is another's.
            || range.clone().take_while(|&i| i == head || !self.leads(i)).any(|i| {
                let w = self.words.get(i);
                w.article || w.is(Tags::COUNTRY | Tags::CAPITAL | Tags::OUTLET | Tags::OWN_NAME)
            })
            || self.words.ends_in_pronoun(self.layout, head) && word.entry_words == 0;
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

    /// Whether token `i` is a preposition or has one attached.
    fn leads(&self, i: usize) -> bool {
        let word = self.words.get(i);
        word.is(Tags::PREPOSITION) || word.preposition.is_some()
    }

    /// The first word that the tables know as a head, else the first word.
    fn head(&self, range: &Range<usize>) -> usize {
        let first = range
            .clone()
            .find(|&i| self.is_word(i) && !self.plays(i, Roles::QUANTIFIER))
            .unwrap_or(range.start);
        if self.is(first, Tags::DEMONSTRATIVE) && first + 1 < range.end {
            return first + 1;
        }
        first
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
        let unknown = word.tags.without(Tags::ACTION) == Tags::default();
        if unknown && self.stem_shape(head).is(Shape::PEOPLE) {
            return Kind::Group;
        }
        Kind::Other
    }

    fn first_member(&self, range: &Range<usize>, name: Option<&Range<usize>>, kind: Kind) -> usize {
        let from = name.map_or(range.start + 1, |n| n.end);
        (from..range.end)
            .find(|&i| {
                let word = self.words.get(i);
                // `وزارة الخارجية والمغتربين`: one body has both.
                let ministry = word.article
                    && i > from
                    && self.words.get(i - 1).article
                    && self.is(i - 2, Tags::BODY)
                    && !self.words.get(i - 2).article;
                word.conjunction
                    && !ministry
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
                let before = || {
                    range
                        .clone()
                        .take_while(|&i| name.is_none_or(|n| i <= n.start))
                };
                let she =
                    |i: usize| self.is(i, Tags::FEMININE) && self.is(i, Tags::TITLE | Tags::GIVEN);
                // `محاميه طارق` is his lawyer, though a woman who pleads is spelled
                // alike without hamza and dots.
                let his = |i: usize| {
                    self.is(i, Tags::TITLE)
                        && self.shape(i).is(Shape::TA_MARBUTA)
                        && !self.words.get(i).article
                        && name.is_some_and(|n| i + 1 == n.start)
                        && self.is(i + 1, Tags::GIVEN)
                        && !self.is(i + 1, Tags::FEMININE)
                };
                let owned = before().any(|i| she(i) && his(i));
                let woman = before().any(|i| she(i) && !his(i));
                // A lone name that no table has may be a man's or a woman's.
                let listed = |n: &Range<usize>| {
                    let first = self.words.get(n.start);
                    first.is(Tags::GIVEN) && (first.entry_words > 0 || n.len() > 1)
                };
                let sure = word.is(Tags::TITLE) && !owned || name.is_some_and(listed);
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
                } else if self.shape(head).is(Shape::FEMININE) || word.is(Tags::PLURAL) {
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

    pub(crate) fn is_comma(&self, i: usize) -> bool {
        matches!(self.text(i), "،" | ",")
    }
}
