//! Who and what an article mentions, stretch by stretch, before anybody asks who is
//! who: what the model of names labels, and noun phrases that name nobody.

mod noun;

use std::ops::Range;

use rawi_morph::Agreement;
use rawi_text::{Few, Span};

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

/// The end of a stretch, with the mark behind it that closes one inside: `جامعة «كذا»`.
fn closed(reader: &Reader<'_>, stretch: Range<usize>) -> usize {
    let quote = reader.layout.quote_closing(stretch.end);
    let opened = |i: usize| reader.layout.quote_opening(i) == quote;
    let inside = quote.is_some() && stretch.clone().any(opened);
    stretch.end + usize::from(inside)
}

/// The titles of a row of them (`وزير النقل | الدكتور`): each begins where the model of
/// names begins one with a noun for somebody or behind `و`, and ends with what the model
/// labels. The words between a title and its holder that no label covers are neither's.
fn parts(reader: &Reader<'_>, row: &Range<usize>, named: bool) -> Few<Range<usize>, 4> {
    let mut out: Few<Range<usize>, 4> = Few::new();
    let mut title = row.start..row.start;
    for l in reader.words.labeled_in(row.clone()) {
        let labeled = l.range();
        let word = reader.words.get(labeled.start);
        let noun = word.is(Tags::TITLE) && word.preposition.is_none();
        let another = l.kind == NameType::Title && (noun || word.conjunction);
        if another && !title.is_empty() {
            out.push(title.clone());
            title.start = labeled.start;
        }
        title.end = closed(reader, title.start..labeled.end).min(row.end);
    }
    // In the middle of a label, and where a description goes on behind its label; that of
    // somebody known (`وتحدث الوزير عن الطريق`) does not.
    let indefinite = !reader.words.get(title.start).article;
    if title.is_empty() || !named && indefinite {
        title.end = row.end;
    }
    out.push(title);
    out
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
        let phrase = reader.describe(chain.start()..chain.end());
        let before = |title: &Range<usize>| {
            let labeled = reader.words.labeled_in(title.clone());
            labeled.filter(|l| l.kind != NameType::Title).count()
                + parts(reader, title, chain.name.is_some()).len()
        };
        let before = chain.title.as_ref().map_or(0, before);
        let name = chain.name.as_ref();
        let holder = name.map(|_| MentionId((self.all.len() + before) as u32));
        self.titles(reader, &phrase, chain.title.as_ref(), holder);
        if let Some(name) = name {
            let at = Stretch {
                tokens: name.start..closed(reader, name.clone()),
                kind: MentionKind::Name,
                origin: Origin::Label(chain.label),
                holder: None,
            };
            self.add(reader, &phrase, at);
        }
        self.titles(reader, &phrase, chain.behind.as_ref(), holder);
    }

    /// Adds each of the titles that stand in a row, and the names in it.
    fn titles(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        row: Option<&Range<usize>>,
        holder: Option<MentionId>,
    ) {
        let row = row.map(|row| parts(reader, row, holder.is_some()));
        let row = row.unwrap_or_default();
        for title in &row {
            // `وقسم المدرب سالم البدري اللاعبين`: several are no title of one.
            let several = reader.labeled_kind(NameType::Title, title.start) == Kind::Group;
            let apart = holder.is_some() && several;
            let at = Stretch {
                tokens: title.clone(),
                kind: MentionKind::Title,
                origin: Origin::Label(NameType::Title),
                holder: holder.filter(|_| !several),
            };
            match apart {
                true => self.add(reader, &reader.describe(title.clone()), at),
                false => self.add(reader, phrase, at),
            }
            let inner = reader.words.labeled_in(title.clone());
            for l in inner.filter(|l| l.kind != NameType::Title) {
                let named = reader.describe(l.range());
                let at = Stretch {
                    tokens: l.range().start..closed(reader, l.range()),
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
    pub fn within(&self, range: Range<usize>) -> impl DoubleEndedIterator<Item = MentionId> + '_ {
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
