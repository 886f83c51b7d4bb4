//! Who and what an article mentions, stretch by stretch, before anybody asks who is
//! who: what the model of names labels, and noun phrases that name nobody.

mod noun;

use std::ops::Range;

use rawi_morph::Agreement;
use rawi_text::Span;

use crate::entities::naming::{country_of, span_of};
use crate::phrase::{Chain, Kind, Phrase, Reader};
use crate::{Country, NameType, Tags};

/// Index of a mention in its [`Mentions`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MentionId(pub u32);

/// How a mention refers to its entity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MentionKind {
    /// By name, full or short.
    Name,
    /// By title or description.
    Title,
}

/// Who says that there is a mention.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// The model of names.
    Label(NameType),
    /// The tables of names.
    Table,
    /// A noun phrase of the text.
    Phrase,
}

/// One place where somebody or something is mentioned.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its characters, attached conjunctions and prepositions left out.
    pub span: Span,
    /// By name or by description.
    pub kind: MentionKind,
    /// What is mentioned.
    pub what: Kind,
    /// The token that decides that.
    pub head: usize,
    /// Gender and number, as far as the phrase shows them.
    pub agreement: Agreement,
    /// Whether the phrase is definite.
    pub definite: bool,
    /// The country that a word of the phrase names.
    pub country: Option<&'static Country>,
    /// Who says so.
    pub origin: Origin,
    /// For a title beside a name, the mention by that name.
    pub holder: Option<MentionId>,
    /// The whole phrase that it is part of: a name with its titles.
    pub phrase: Range<usize>,
    /// The number of its sentence.
    pub sentence: u32,
    /// Whether the phrase stands right beside a verb that reports.
    pub speaks: bool,
}

impl Mention {
    /// What the model of names calls it.
    pub fn label(&self) -> Option<NameType> {
        match self.origin {
            Origin::Label(label) => Some(label),
            Origin::Table | Origin::Phrase => None,
        }
    }
}

/// Where a mention stands and who says so.
struct Stretch {
    tokens: Range<usize>,
    kind: MentionKind,
    origin: Origin,
    holder: Option<MentionId>,
}

/// The mentions of one article, in text order. A worker owns one and refills it.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    all: Vec<Mention>,
    /// For each token the mention that it stands in, or whose head it is or counts, from
    /// one.
    at: Vec<u32>,
    /// The sentence that is being looked through.
    sentence: u32,
}

impl Mentions {
    /// Finds the mentions of an article, forgetting those of the text before.
    pub fn fill(&mut self, reader: &Reader<'_>) {
        self.all.clear();
        self.at.clear();
        self.at.resize(reader.layout.tokens().len(), 0);
        for (number, sentence) in (0..).zip(reader.layout.sentences()) {
            self.sentence = number;
            let (mut i, end) = (sentence.start as usize, sentence.end as usize);
            while i < end {
                if let Some(chain) = reader.chain(i, end) {
                    i = chain.end().max(i + 1);
                    self.chain(reader, &chain);
                } else {
                    i = self.noun(reader, i, end);
                }
            }
        }
    }

    /// Adds the mentions of a chain of labeled stretches.
    fn chain(&mut self, reader: &Reader<'_>, chain: &Chain) {
        let whole = chain.start()..chain.end();
        let phrase = reader.describe(whole.clone());
        let inner = |range: &Option<Range<usize>>| {
            let all = reader.words.labeled_in(range.clone().unwrap_or(0..0));
            all.filter(|l| l.kind != NameType::Title)
        };
        let holder = chain.name.as_ref().map(|_| {
            let before = usize::from(chain.title.is_some()) + inner(&chain.title).count();
            MentionId((self.all.len() + before) as u32)
        });
        for (title, inner) in [
            (&chain.title, inner(&chain.title)),
            (&chain.behind, inner(&chain.behind)),
        ] {
            if title == &chain.behind
                && let Some(name) = &chain.name
            {
                let at = Stretch {
                    tokens: name.clone(),
                    kind: MentionKind::Name,
                    origin: Origin::Label(chain.label),
                    holder: None,
                };
                self.add(reader, &phrase, at);
            }
            let Some(title) = title else { continue };
            let at = Stretch {
                tokens: title.clone(),
                kind: MentionKind::Title,
                origin: Origin::Label(NameType::Title),
                holder,
            };
            self.add(reader, &phrase, at);
            for l in inner {
                let named = reader.describe(l.range());
                let at = Stretch {
                    tokens: l.range(),
                    kind: MentionKind::Name,
                    origin: Origin::Label(l.kind),
                    holder: None,
                };
                self.add(reader, &named, at);
            }
        }
    }

    /// Adds a mention, a part of `phrase`, and notes where it stands.
    fn add(&mut self, reader: &Reader<'_>, phrase: &Phrase, stretch: Stretch) {
        let Stretch {
            tokens,
            kind,
            origin,
            holder,
        } = stretch;
        let beside = |i: Option<usize>| {
            i.and_then(|i| (i < self.at.len()).then(|| reader.words.get(i).is(Tags::REPORT)))
        };
        let (before, behind) = (phrase.range.start.checked_sub(1), Some(phrase.range.end));
        let speaks = beside(before) == Some(true) || beside(behind) == Some(true);
        self.all.push(Mention {
            span: span_of(reader, tokens.clone()),
            kind,
            what: phrase.kind,
            head: phrase.head,
            agreement: phrase.agreement,
            definite: phrase.definite,
            country: country_of(reader, phrase),
            origin,
            holder,
            phrase: phrase.range.clone(),
            sentence: self.sentence,
            speaks,
            tokens: tokens.clone(),
        });
        let number = self.all.len() as u32;
        if origin == Origin::Phrase {
            self.at[phrase.range.start..=phrase.head.max(phrase.range.start)].fill(number);
        } else {
            self.at[tokens].fill(number);
        }
    }

    /// All mentions, in text order.
    pub fn all(&self) -> &[Mention] {
        &self.all
    }

    /// The mentions that begin in a range of tokens, in text order.
    pub fn within(&self, range: Range<usize>) -> impl Iterator<Item = MentionId> + '_ {
        let from = self.all.partition_point(|m| m.tokens.start < range.start);
        let to = self.all.partition_point(|m| m.tokens.start < range.end);
        (from..to.max(from)).map(|i| MentionId(i as u32))
    }

    /// A mention by its number.
    pub fn get(&self, id: MentionId) -> &Mention {
        &self.all[id.0 as usize]
    }

    /// The mention that a token stands in, or whose head it is; of a name inside a
    /// title that of the name.
    pub fn at(&self, token: usize) -> Option<MentionId> {
        self.at.get(token)?.checked_sub(1).map(MentionId)
    }
}
