//! Names by model: which runs of words are a person's, body's or place's name, and
//! which are titles.
//!
//! The tables know the names that somebody wrote down; this model has learned
//! what names look like between other words. The two are used together: what
//! the tables know is evidence for the model, and [`crate::Words`] takes its
//! answers for words that the tables do not know.

mod evidence;
mod habits;

use std::ops::Range;

use rawi_model::{Lattice, Pack, PackError, Part, Records, Row, Steps};
use rawi_morph::Tagged;
use rawi_morph::tagger::Sequencer;
use rawi_text::{Facts, Layout, TokenKind};

use crate::Words;
use evidence::{COMMON, EDGE, after, before, joint, own};
pub use evidence::{Evidence, Gathered, TEMPLATES, features};
pub use habits::{Habits, WordCounts, WordHabit, word_key};

/// Longest run of tokens that is labeled at once.
const LONGEST: usize = 400;

/// What a run of words is: the type of a name, or a title.
///
/// The runs lie side by side: a name inside a title phrase stays a name, and the words
/// around it are titles.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum NameType {
    /// A person.
    Person = 0,
    /// An organization, party, company, club, government or other body, by its name or
    /// by the noun that stands for it in the article: `الوزارة`.
    Organization = 1,
    /// A news outlet.
    Media = 2,
    /// A country, city or province: a place with a government.
    Polity = 3,
    /// Any other place: mountains, seas, regions.
    Location = 4,
    /// A people, community or armed group by its members: a nationality used as a noun.
    Group = 5,
    /// No name, but words that stand for a person: a title, an office, a description.
    Title = 6,
    /// A building or site.
    Facility = 7,
}

impl NameType {
    /// All types, in the order of their numbers, which models store.
    pub const ALL: [NameType; 8] = [
        NameType::Person,
        NameType::Organization,
        NameType::Media,
        NameType::Polity,
        NameType::Location,
        NameType::Group,
        NameType::Title,
        NameType::Facility,
    ];
}

/// Classes of the model: outside, begin and inside for each type but the last, which is
/// the rarest and never stands beside another of its kind.
pub const CLASSES: usize = 2 * NameType::ALL.len();

/// The label of one token.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Label(pub u8);

impl Label {
    /// The label for the first (`begins`) or a later word of a run.
    pub fn new(kind: NameType, begins: bool) -> Self {
        match kind {
            NameType::Facility => Label(CLASSES as u8 - 1),
            _ => Label(1 + 2 * kind as u8 + u8::from(!begins)),
        }
    }

    /// The type of the name or title that the token belongs to.
    pub fn kind(self) -> Option<NameType> {
        let place = usize::from(self.0).checked_sub(1)?;
        NameType::ALL.get(place / 2).copied()
    }

    /// The type of the name that the token belongs to: a title is none.
    pub fn named(self) -> Option<NameType> {
        self.kind().filter(|&kind| kind != NameType::Title)
    }

    /// Whether a name or title begins here, given the label of the token before.
    pub fn begins(self, before: Label) -> bool {
        let kind = self.kind();
        kind.is_some()
            && (kind != before.kind() || self.0 % 2 == 1 && kind != Some(NameType::Facility))
    }
}

/// The model of names: immutable, shared by all workers.
#[derive(Clone, Debug)]
pub struct NameModel<'a> {
    sequencer: Sequencer<'a>,
    /// What news makes of words and phrases.
    pub habits: Habits<'a>,
}

impl NameModel<'static> {
    /// Opens the model that comes with rawi.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::NAMES.bytes)
    }
}

impl<'a> NameModel<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with the sections of a name model.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, TEMPLATES)?;
        Ok(Self {
            sequencer: Sequencer::open(
                pack.section("names")?,
                pack.section("name-steps")?,
                CLASSES,
            )?,
            habits: Habits {
                words: Records::open(pack.section("name-words")?)?,
                phrases: Records::open(pack.section("name-phrases")?)?,
            },
        })
    }
}

/// Sums over the features that a spelling alone gives.
#[derive(Clone, Copy, Debug)]
struct Parts {
    /// Its own.
    own: Part,
    /// Those of the word behind it.
    before: Part,
    /// Those of the word before it.
    after: Part,
}

impl Parts {
    fn new(sequencer: &Sequencer<'_>, evidence: &Evidence) -> Self {
        Self {
            own: sequencer.part(&own(evidence)),
            before: sequencer.part(&before(evidence)),
            after: sequencer.part(&after(evidence)),
        }
    }
}

/// The labels of one article. A worker owns one and refills it.
#[derive(Clone, Default, Debug)]
pub struct Labels {
    labels: Vec<Label>,
    gathered: Gathered,
    parts: Facts<Parts>,
    /// The number of the model that the facts are from.
    model: u64,
    /// Its steps, for [`margin`](Labels::margin).
    steps: Option<Steps>,
    lattice: Lattice,
    /// Scores of every token.
    scores: Vec<Row>,
    /// Where the runs that were labeled at once begin.
    starts: Vec<usize>,
    /// The tokens that may be names, by their words.
    places: Vec<(u64, u32)>,
    /// For each token whether other places of the same word changed its scores.
    changed: Vec<bool>,
}

impl Labels {
    /// Labels every token, forgetting the text before. `words` needs only what
    /// the tables say.
    pub fn fill(&mut self, model: &NameModel<'_>, layout: &Layout, tagged: &Tagged, words: &Words) {
        let count = layout.tokens().len();
        self.scores.clear();
        self.scores.resize(count, Row::default());
        self.labels.clear();
        self.labels.resize(count, Label::default());
        self.places.clear();
        self.starts.clear();
        self.meet(model, layout, tagged);
        let edge = Parts::new(&model.sequencer, &EDGE);
        for range in runs(layout) {
            self.starts.push(range.start);
            self.gathered
                .fill(&model.habits, layout, tagged, words, range.clone());
            let evidence = &self.gathered.evidence;
            for (i, e) in range.clone().zip(evidence) {
                if e.tags & COMMON == 0 && layout.tokens()[i].kind == TokenKind::Word {
                    self.places.push((e.hash, i as u32));
                }
            }
            let odd = &self.gathered.odd;
            let parts = |k: Option<usize>| match k.filter(|k| range.contains(k)) {
                Some(k) if odd.contains(&k) => {
                    Parts::new(&model.sequencer, &evidence[k - range.start])
                }
                Some(k) => self.parts[layout.spelling(k)],
                None => edge,
            };
            for (i, sums) in self.scores[range.clone()].iter_mut().enumerate() {
                *sums = model.sequencer.score(&joint(evidence, i));
                let k = range.start + i;
                parts(Some(k)).own.add_to(sums);
                parts(k.checked_sub(1)).before.add_to(sums);
                parts(Some(k + 1)).after.add_to(sums);
                // One person's name does not go on with `and`.
                if evidence[i].lead & 2 != 0 {
                    sums[usize::from(Label::new(NameType::Person, false).0)] -= NEVER;
                }
            }
            self.solve(model, range);
        }
        self.agree();
        // Only where something changed is there another best.
        for range in runs(layout) {
            if self.changed[range.clone()].contains(&true) {
                self.solve(model, range);
            }
        }
    }

    /// Finds out what is to be known of the spellings of a layout.
    fn meet(&mut self, model: &NameModel<'_>, layout: &Layout, tagged: &Tagged) {
        let sequencer = &model.sequencer;
        if self.model != sequencer.number() {
            self.model = sequencer.number();
            self.steps = Some(sequencer.steps().clone());
            self.gathered.clear();
            self.parts.clear();
        }
        self.gathered.meet(&model.habits, layout, tagged);
        self.parts.extend_from(layout.spellings(), |id, word| {
            Parts::new(sequencer, &self.gathered.spelled(id, word, tagged))
        });
    }

    /// Lets a word be at one place what it is at others of the same article.
    fn agree(&mut self) {
        self.changed.clear();
        self.changed.resize(self.scores.len(), false);
        self.places.sort_unstable();
        for same in self.places.chunk_by(|a, b| a.0 == b.0) {
            let others = same.len() as i64 - 1;
            if others == 0 {
                continue;
            }
            let mut counts = [0i64; CLASSES];
            for (_, i) in same {
                counts[usize::from(self.labels[*i as usize].0)] += 1;
            }
            if counts[0] == others + 1 {
                continue;
            }
            for (_, i) in same {
                let own = usize::from(self.labels[*i as usize].0);
                let scores = &mut self.scores[*i as usize];
                for (class, &n) in counts.iter().enumerate().skip(1) {
                    let n = n - i64::from(class == own);
                    // Never more than `AGREE`.
                    let more = (2 * AGREE * n / (2 * others + 1)) as i32;
                    scores[class] += more;
                    self.changed[*i as usize] |= more != 0;
                }
            }
        }
    }

    /// Finds the best labels for the scores of a range.
    fn solve(&mut self, model: &NameModel<'_>, range: Range<usize>) {
        self.lattice.scores.clear();
        self.lattice
            .scores
            .extend_from_slice(&self.scores[range.clone()]);
        model.sequencer.solve(&mut self.lattice);
        for (label, &class) in self.labels[range].iter_mut().zip(&self.lattice.best) {
            *label = Label(class);
        }
    }

    /// The label of token `i`.
    pub fn get(&self, i: usize) -> Label {
        self.labels.get(i).copied().unwrap_or_default()
    }

    /// How sure the label of token `i` is: by how much the score of its run would fall if
    /// it were another, the labels beside it staying as they are. In the model's units,
    /// of which a vote of all other places of a word is worth [`AGREE`]; 0 is a tie.
    pub fn margin(&self, i: usize) -> i32 {
        let (Some(scores), Some(steps)) = (self.scores.get(i), &self.steps) else {
            return 0;
        };
        let starts = |k: usize| self.starts.binary_search(&k).is_ok();
        let label = |k: usize| self.labels.get(k).map(|label| label.0);
        let before = i.checked_sub(1).filter(|_| !starts(i)).and_then(label);
        let after = label(i + 1).filter(|_| !starts(i + 1));
        steps.margin(scores, before, self.get(i).0, after)
    }

    /// The name or title that begins at token `i`: where it ends, and its type.
    pub fn name_at(&self, i: usize) -> Option<(usize, NameType)> {
        let before = i.checked_sub(1).map_or(Label::default(), |k| self.get(k));
        let kind = self.get(i).kind()?;
        if !self.get(i).begins(before) {
            return None;
        }
        let end = (i + 1..self.labels.len())
            .find(|&k| self.get(k).kind() != Some(kind) || self.get(k).begins(self.get(k - 1)))
            .unwrap_or(self.labels.len());
        Some((end, kind))
    }
}

/// What rules a label out.
const NEVER: i32 = 1 << 20;

/// How much the labels at other places of an article weigh: so much for each of
/// them that has the label, over their number plus half of one.
pub const AGREE: i64 = 625;

/// The sentences of a text, cut where they are too long.
fn runs(layout: &Layout) -> impl Iterator<Item = Range<usize>> {
    layout.sentences().iter().flat_map(|sentence| {
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        (start..end)
            .step_by(LONGEST)
            .map(move |from| from..end.min(from + LONGEST))
    })
}
