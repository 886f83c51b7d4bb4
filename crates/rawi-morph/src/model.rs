//! The trained morphology and what it says of the words of a text.

use rawi_model::{Feature, Lattice, Pack, PackError, Part, Records, Strings, Weights, hash};
use rawi_text::{Facts, Layout, SpellingId, TokenKind};

use crate::entry::{Entry, class};
use crate::segment::Segmenter;
use crate::tagger::{self, Seen, Sequencer, Shape};
use crate::{Cut, Inflection, Pos, inflection};

/// Longest run of tokens that is tagged at once; a longer sentence is cut.
const LONGEST: usize = 400;

/// The trained morphology: immutable, shared by all workers.
#[derive(Clone, Debug)]
pub struct Morphology<'a> {
    segmenter: Segmenter<'a>,
    tagger: Sequencer<'a>,
    lemmas: Records<'a>,
    strings: Strings<'a>,
}

/// Which lemma of a form is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LemmaKind {
    /// The form as a verb.
    Verb,
    /// The form as a noun, adjective or anything else.
    Nominal,
    /// The verb that a participle or verbal noun belongs to.
    Derived,
}

/// The key of a lemma in the model's table.
pub fn lemma_key(stem: &str, kind: LemmaKind) -> u64 {
    Feature::new(200 + kind as u8, hash(stem.as_bytes())).0
}

/// What is said of one token.
#[derive(Clone, Copy, Default, Debug)]
pub struct Analysis {
    /// How the word is cut. Uncut for everything but Arabic words.
    pub cut: Cut,
    /// Part of speech of the stem.
    pub pos: Pos,
    /// What is known of the stem.
    pub entry: Entry,
}

impl Morphology<'static> {
    /// Opens the model that comes with rawi. Costs nothing: no byte of it is
    /// read but its table of contents.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::MORPH.bytes)
    }
}

impl<'a> Morphology<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with all sections of a morphology.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, tagger::TEMPLATES)?;
        Ok(Self {
            segmenter: Segmenter {
                entries: Records::open(pack.section("entries")?)?,
                weights: Weights::open(pack.section("cuts")?)?,
            },
            tagger: Sequencer::open(
                pack.section("tags")?,
                pack.section("tag-steps")?,
                Pos::ALL.len(),
            )?,
            lemmas: Records::open(pack.section("lemmas")?)?,
            strings: Strings::open(pack.section("strings")?)?,
        })
    }

    /// The part of the model that cuts words.
    pub fn segmenter(&self) -> &Segmenter<'a> {
        &self.segmenter
    }

    /// The lemma of a folded word with its analysis: the dictionary form in
    /// usual spelling where a lexicon knows it, else the stem as it stands.
    pub fn lemma<'w>(&'w self, word: &'w str, analysis: &Analysis) -> &'w str {
        let stem = analysis.cut.stem(word);
        let kind = match analysis.pos {
            Pos::Verb | Pos::Aux => LemmaKind::Verb,
            Pos::Noun | Pos::Adj | Pos::Propn | Pos::Adv => LemmaKind::Nominal,
            // Small words are their own lemmas.
            _ => return stem,
        };
        if kind == LemmaKind::Verb {
            return self.stored_verb(stem).unwrap_or(stem);
        }
        self.stored(stem, kind)
            .or_else(|| self.stored(&format!("{}ه", stem.strip_suffix('ت')?), kind))
            .unwrap_or(stem)
    }

    /// The lemma of a verb form; a feminine or first person that no lexicon lists
    /// (`تؤكد`) has that of its masculine (`يؤكد`).
    fn stored_verb(&self, stem: &str) -> Option<&'a str> {
        self.stored(stem, LemmaKind::Verb).or_else(|| {
            let rest = stem.strip_prefix(['ت', 'ن'])?;
            self.stored(&format!("ي{rest}"), LemmaKind::Verb)
        })
    }

    /// Whether a lexicon knows the verb that a stem is a verbal noun of. Participles
    /// begin with `م`.
    fn is_verbal(&self, stem: &str) -> bool {
        let key = || lemma_key(stem, LemmaKind::Derived);
        !stem.starts_with('م') && self.lemmas.at(key()).is_some()
    }

    fn stored(&self, stem: &str, kind: LemmaKind) -> Option<&'a str> {
        let index = self.lemmas.at(lemma_key(stem, kind))?;
        self.strings.get(index as usize)
    }

    /// Grammatical features of a folded word with its analysis.
    pub fn inflection(&self, word: &str, analysis: &Analysis) -> Inflection {
        let stem = analysis.cut.stem(word);
        let pronoun = !analysis.cut.pronoun().is_empty();
        match analysis.pos {
            Pos::Verb | Pos::Aux => {
                let known = analysis.entry.classes() & (class::PERFECT | class::IMPERFECT);
                let imperfect = match known {
                    class::PERFECT => Some(false),
                    class::IMPERFECT => Some(true),
                    _ => None,
                };
                inflection::verb(stem, imperfect, |base| {
                    crate::segment::entry(&self.segmenter.entries, base).classes() & class::PERFECT
                        != 0
                })
            }
            Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num | Pos::Det => {
                inflection::noun(stem, analysis.pos, analysis.cut.article, pronoun)
            }
            _ => Inflection::default(),
        }
    }
}

/// The words of one article as the morphology reads them. A worker owns one and
/// refills it.
#[derive(Clone, Default, Debug)]
pub struct Tagged {
    /// By token.
    pub analyses: Vec<Analysis>,
    /// By token: the words as later models see them.
    pub seen: Vec<Seen>,
    /// By token.
    own: Vec<Part>,
    spelled: Facts<(Seen, Part)>,
    /// The number of the model that the facts are from.
    model: u64,
    lattice: Lattice,
}

impl Tagged {
    /// Analyzes every token of a layout, forgetting the text before.
    pub fn fill(&mut self, morphology: &Morphology<'_>, layout: &Layout) {
        let tagger = &morphology.tagger;
        if self.model != tagger.number() {
            self.model = tagger.number();
            self.spelled.clear();
        }
        let look = |word: &str, shape: Shape| {
            let mut seen = Seen::new(&morphology.segmenter, word, shape, None);
            seen.verbal = shape == Shape::Word && morphology.is_verbal(seen.cut.stem(word));
            (seen, tagger.part(&tagger::own(&seen)))
        };
        self.spelled
            .extend(layout.spellings(), |word| look(word, Shape::of(word)));
        self.seen.clear();
        self.own.clear();
        self.analyses.clear();
        for (i, token) in layout.tokens().iter().enumerate() {
            let (mut seen, mut own) = self.spelled[layout.spelling(i)];
            let shape = shape(token.kind);
            if seen.shape != shape {
                // What begins as a word and is none: an address.
                (seen, own) = look(layout.word(i), shape);
            }
            self.seen.push(seen);
            self.own.push(own);
            self.analyses.push(Analysis {
                cut: seen.cut,
                pos: Pos::X,
                entry: seen.stem,
            });
        }
        let Self {
            analyses,
            seen,
            own,
            lattice,
            ..
        } = self;
        for sentence in layout.sentences() {
            let mut start = sentence.start as usize;
            let end = sentence.end as usize;
            while start < end {
                let stop = end.min(start + LONGEST);
                let words = &seen[start..stop];
                lattice.scores.clear();
                for (i, own) in own[start..stop].iter().enumerate() {
                    let mut scores = tagger.score(&tagger::joint(words, i));
                    own.add_to(&mut scores);
                    lattice.scores.push(scores);
                }
                tagger.solve(lattice);
                for (analysis, &class) in analyses[start..stop].iter_mut().zip(&lattice.best) {
                    analysis.pos = Pos::ALL[usize::from(class) & 15];
                }
                start = stop;
            }
        }
    }

    /// A spelling of the layout as later models see it, by what its first character
    /// says that it is.
    pub fn spelled(&self, spelling: SpellingId) -> &Seen {
        &self.spelled[spelling].0
    }

    /// Whether token `i` is a noun that a lexicon knows as the verbal noun of a verb.
    pub fn is_verbal_noun(&self, i: usize) -> bool {
        self.get(i).pos == Pos::Noun && self.seen.get(i).is_some_and(|seen| seen.verbal)
    }

    /// The analysis of token `i`.
    pub fn get(&self, i: usize) -> Analysis {
        self.analyses.get(i).copied().unwrap_or_default()
    }
}

/// What the tagger is told of a token's characters.
fn shape(kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Word => Shape::Word,
        TokenKind::Number => Shape::Number,
        TokenKind::Latin => Shape::Foreign,
        _ => Shape::Mark,
    }
}
