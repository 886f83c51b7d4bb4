//! The part of speech of every word, in its sentence.

use std::sync::atomic::{AtomicU64, Ordering};

use rawi_model::{Feature, LANES, Lattice, Part, Row, Steps, Weights, hash, viterbi};

use crate::Pos;
use crate::cut::Cut;
use crate::entry::Entry;
use crate::segment::{Segmenter, entry, joined};

/// The version of the templates of this file and of `segment.rs`, and of the numbers
/// that go into them. A pack of another one is refused: who changes them trains the
/// morphology anew.
pub const TEMPLATES: u32 = 1;

/// What kind of characters a token is made of. Their numbers are values of features:
/// models store them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Arabic letters.
    #[default]
    Word = 0,
    /// Digits.
    Number = 1,
    /// Latin or other letters.
    Foreign = 2,
    /// Anything else.
    Mark = 3,
}

impl Shape {
    /// What a folded word is made of, by its first character.
    pub fn of(word: &str) -> Self {
        match word.chars().next() {
            Some('\u{621}'..='\u{64a}') => Shape::Word,
            Some(c) if c.is_numeric() => Shape::Number,
            Some(c) if c.is_alphabetic() => Shape::Foreign,
            _ => Shape::Mark,
        }
    }
}

/// A word as the tagger sees it: by hashes of its parts.
#[derive(Clone, Copy, Default, Debug)]
pub struct Seen {
    /// How it is cut.
    pub cut: Cut,
    /// What is known of its stem.
    pub stem: Entry,
    /// What is known of it as written.
    pub whole: Entry,
    /// Hash of the stem.
    pub hash: u64,
    /// What it is made of.
    pub shape: Shape,
    /// Whether a lexicon knows the verb that the stem is a verbal noun of, which the
    /// tagger doesn't ask for.
    pub(crate) verbal: bool,
    /// How often the stem stands with the article, as [`Entry::frequency`].
    defined: u8,
    first: [u64; 2],
    last: [u64; 3],
}

/// The first `n` letters (of two bytes each, as all Arabic ones are).
fn prefix(stem: &str, n: usize) -> &[u8] {
    let bytes = stem.as_bytes();
    &bytes[..bytes.len().min(2 * n)]
}

fn suffix(stem: &str, n: usize) -> &[u8] {
    let bytes = stem.as_bytes();
    &bytes[bytes.len().saturating_sub(2 * n)..]
}

impl Seen {
    /// Looks at a folded word with a known cut.
    pub fn new(segmenter: &Segmenter<'_>, word: &str, shape: Shape, cut: Option<Cut>) -> Self {
        if shape != Shape::Word {
            return Self {
                shape,
                hash: match shape {
                    Shape::Mark => hash(word.as_bytes()),
                    _ => 0,
                },
                ..Self::default()
            };
        }
        let whole = entry(&segmenter.entries, word);
        let cut = cut
            .or(whole.cut())
            .unwrap_or_else(|| segmenter.best(word, whole));
        let stem = cut.stem(word);
        let (known, hash_of_stem) = if stem.len() == word.len() {
            (whole, hash(word.as_bytes()))
        } else {
            (entry(&segmenter.entries, stem), hash(stem.as_bytes()))
        };
        Self {
            cut,
            stem: known,
            whole,
            hash: hash_of_stem,
            shape,
            verbal: false,
            defined: joined(&segmenter.entries, "ال", stem).frequency(),
            first: [1, 2].map(|n| hash(prefix(stem, n))),
            last: [1, 2, 3].map(|n| hash(suffix(stem, n))),
        }
    }

    /// Cluster, or what else tells unclustered words apart.
    pub fn cluster(&self) -> u64 {
        match (self.shape, self.stem.cluster()) {
            (Shape::Word, 0) => 0x1000 | self.last[1] & 0xf_0000_0000,
            (Shape::Word, c) => u64::from(c),
            (Shape::Number, _) => 0x2000,
            (Shape::Foreign, _) => 0x2001,
            (Shape::Mark, _) => self.hash,
        }
    }

    /// Word classes, and whether there is an article or pronoun.
    pub fn classes(&self) -> u64 {
        u64::from(self.stem.classes())
            | u64::from(self.cut.article) << 8
            | u64::from(self.cut.enclitic > 0) << 9
            | (self.shape as u64) << 10
    }

    /// Hash of the first two letters of the stem.
    pub fn starts(&self) -> u64 {
        self.first[1]
    }

    /// Hash of the last three letters of the stem.
    pub fn ends(&self) -> u64 {
        self.last[2]
    }

    /// What is attached in front.
    pub fn proclitic(&self) -> u64 {
        u64::from(self.cut.proclitic)
    }
}

/// Templates that see a word alone. Their numbers choose them out of all.
const OWN: [usize; 14] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 25, 27, 31, 32, 33];

/// How many templates see a word and its neighbors.
const JOINT: usize = 21;

/// The features of a word that have nothing to do with where it stands.
pub fn own(w: &Seen) -> [Feature; OWN.len()] {
    let classes = w.classes();
    let cluster = w.cluster();
    let definite = u64::from(w.cut.article);
    let standing = u64::from(w.defined) << 4 | u64::from(w.stem.frequency());
    [
        Feature::new(1, w.hash).and(definite),
        Feature::new(2, w.last[0]).and(definite),
        Feature::new(3, w.last[1]).and(definite),
        Feature::new(4, w.last[2]).and(definite),
        Feature::new(5, w.first[0])
            .and(w.last[0])
            .and(w.proclitic()),
        Feature::new(6, w.first[1]).and(definite),
        Feature::new(7, classes),
        Feature::new(8, w.proclitic()).and(classes),
        Feature::new(9, cluster).and(classes >> 8),
        Feature::new(25, w.first[0]).and(w.last[1]).and(definite),
        Feature::new(27, u64::from(w.stem.frequency())).and(classes),
        // Names hardly ever stand with the article and without.
        Feature::new(31, standing).and(definite),
        Feature::new(32, standing >> 4).and(classes),
        Feature::new(33, w.first[1]).and(cluster),
    ]
}

/// The features of word `i` of a sentence among its neighbors.
#[inline]
pub fn joint(words: &[Seen], i: usize) -> [Feature; JOINT] {
    static EDGE: Seen = Seen {
        cut: Cut {
            proclitic: 0,
            article: false,
            enclitic: 0,
        },
        stem: Entry(0),
        whole: Entry(0),
        hash: 1,
        shape: Shape::Mark,
        verbal: false,
        defined: 0,
        first: [0; 2],
        last: [0; 3],
    };
    let at = |k: Option<usize>| k.and_then(|k| words.get(k)).unwrap_or(&EDGE);
    let w = at(Some(i));
    let (p, n) = (at(i.checked_sub(1)), at(Some(i + 1)));
    let (pp, nn) = (at(i.checked_sub(2)), at(Some(i + 2)));
    let classes = w.classes();
    let (cluster, before, after) = (w.cluster(), p.cluster(), n.cluster());
    let definite = u64::from(w.cut.article);
    let both = u64::from(p.cut.article) << 1 | definite;
    let next = u64::from(n.cut.article) << 1 | definite;
    [
        Feature::new(10, before).and(classes),
        Feature::new(11, after).and(classes),
        Feature::new(12, p.hash).and(classes),
        Feature::new(13, n.hash).and(classes >> 8),
        Feature::new(14, before).and(cluster),
        Feature::new(15, cluster).and(after),
        Feature::new(16, p.classes()).and(classes),
        Feature::new(17, n.classes()).and(classes),
        Feature::new(18, pp.cluster()).and(before),
        Feature::new(19, nn.cluster()).and(after),
        Feature::new(20, p.classes()).and(pp.classes()).and(classes),
        Feature::new(21, n.classes()).and(nn.classes()).and(classes),
        Feature::new(22, p.last[1]).and(w.last[1]).and(classes >> 8),
        Feature::new(23, n.last[1]).and(w.last[1]).and(definite),
        Feature::new(24, n.proclitic()).and(classes),
        Feature::new(26, p.hash).and(w.hash),
        Feature::new(28, before).and(after).and(classes >> 8),
        // Agreement of an adjective with its noun.
        Feature::new(29, p.last[0]).and(w.last[0]).and(both),
        Feature::new(30, n.last[0]).and(w.last[0]).and(next),
        Feature::new(34, w.last[1]).and(before),
        Feature::new(35, p.classes()).and(n.classes()).and(classes),
    ]
}

/// All features of word `i` of a sentence, in the order of their templates.
pub fn features(words: &[Seen], i: usize) -> Vec<Feature> {
    let mut own = own(&words[i]).into_iter();
    let mut joint = joint(words, i).into_iter();
    let next = |template| {
        if OWN.contains(&template) {
            own.next()
        } else {
            joint.next()
        }
    };
    (1..=OWN.len() + JOINT).filter_map(next).collect()
}

/// Models are numbered through, so that what was found out by one is never taken for
/// what another says.
static OPENED: AtomicU64 = AtomicU64::new(1);

/// Finds the best sequence of classes for sentences.
#[derive(Clone, Debug)]
pub struct Sequencer<'a> {
    weights: Weights<'a>,
    steps: Steps,
    number: u64,
}

impl<'a> Sequencer<'a> {
    /// Opens the two sections of a sequence model: weights, and steps from
    /// class to class (16 by 16 numbers of 16 bits).
    ///
    /// # Errors
    /// If a section has the wrong size.
    pub fn open(
        weights: &'a [u8],
        steps: &'a [u8],
        classes: usize,
    ) -> Result<Self, rawi_model::PackError> {
        let mut table = [[0; LANES]; LANES];
        let (numbers, rest) = steps.as_chunks::<2>();
        if numbers.len() != LANES * LANES || !rest.is_empty() {
            return Err(rawi_model::PackError::Truncated("steps".to_owned()));
        }
        for (row, line) in table.iter_mut().zip(numbers.chunks(LANES)) {
            for (step, number) in row.iter_mut().zip(line) {
                *step = i16::from_le_bytes(*number);
            }
        }
        Ok(Self {
            weights: Weights::open(weights)?,
            steps: Steps::new(&table, classes),
            number: OPENED.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// Scores one place: the sums over its features.
    #[inline]
    pub fn score(&self, features: &[Feature]) -> Row {
        self.weights.sum(features)
    }

    /// Sums over some features of a place, to be added to those over the others.
    pub fn part<const N: usize>(&self, features: &[Feature; N]) -> Part {
        self.weights.part(features)
    }

    /// The number of this model among those that the program has opened.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What stepping from class to class scores.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    /// Finds the best sequence for the scores in `lattice`.
    pub fn solve(&self, lattice: &mut Lattice) {
        viterbi(&self.steps, lattice);
    }
}

/// The part of speech of a proclitic (`before`) or attached pronoun, going by
/// the stem it is attached to.
/// and by whether that begins its sentence (`first`), where `و` joins nothing.
pub fn clitic(letters: &str, stem: Pos, before: bool, first: bool) -> Pos {
    match (letters, stem) {
        _ if !before => Pos::Pron,
        ("و", _) if first => Pos::Part,
        ("و", _) => Pos::Cconj,
        ("ف", _) => Pos::Part,
        ("س" | "ا", _) => Pos::Part,
        ("ل", Pos::Verb | Pos::Aux) => Pos::Adp,
        _ => Pos::Adp,
    }
}
