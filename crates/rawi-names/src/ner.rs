//! Names by model: which runs of words are a person's, body's or place's name.
//!
//! The tables know the names that somebody wrote down; this model has learned
//! what names look like between other words. The two are used together: what
//! the tables know is evidence for the model, and [`crate::Words`] takes its
//! answers for words that the tables do not know.

use std::ops::Range;

use rawi_model::{Feature, Lattice, Pack, PackError, Records, Row};
use rawi_morph::Tagged;
use rawi_morph::tagger::{Seen, Sequencer};
use rawi_text::{Layout, TokenKind};

use crate::{Tags, Words};

static EMBEDDED: &[u8] = include_bytes!("../../../models/names.pack");

/// Longest run of tokens that is labeled at once.
const LONGEST: usize = 400;

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum NameType {
    /// A person.
    Person,
    /// An organization, party, company, club or other body.
    Organization,
    /// A government, ministry, army or other body of a state.
    Government,
    /// A news outlet.
    Media,
    /// A country, city or province: a place with a government.
    Polity,
    /// Any other place: mountains, seas, regions.
    Location,
    /// A people or community: a nationality used as a noun.
    Group,
    /// A building or site.
    Facility,
}

impl NameType {
    /// All types, in the order of their numbers, which models store.
    pub const ALL: [NameType; 8] = [
        NameType::Person,
        NameType::Organization,
        NameType::Government,
        NameType::Media,
        NameType::Polity,
        NameType::Location,
        NameType::Group,
        NameType::Facility,
    ];
}

/// Classes of the model: outside, begin and inside for each type but the last,
/// which is so rare that it makes do with one.
pub const CLASSES: usize = 2 * NameType::ALL.len();

/// The label of one token.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Label(pub u8);

impl Label {
    /// The label for the first (`begins`) or a later word of a name.
    pub fn new(kind: NameType, begins: bool) -> Self {
        match kind {
            NameType::Facility => Label(CLASSES as u8 - 1),
            _ => Label(1 + 2 * kind as u8 + u8::from(!begins)),
        }
    }

    /// The type of the name that the token belongs to.
    pub fn kind(self) -> Option<NameType> {
        let place = usize::from(self.0).checked_sub(1)?;
        NameType::ALL.get(place / 2).copied()
    }

    /// Whether a name begins here, given the label of the token before.
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

/// What an earlier model made of words and phrases all over the news: a word
/// that is nearly always part of a person's name probably is one here too.
#[derive(Clone, Copy, Debug)]
pub struct Habits<'a> {
    /// By [`word_key`]: see [`WordHabit`].
    pub words: Records<'a>,
    /// By [`phrase_key`]: 1 + the number of the type.
    pub phrases: Records<'a>,
    /// By [`phrase_key`]: bits of what the gazetteer has the name for.
    pub gazetteer: Records<'a>,
}

/// What the news knows of a word, in the 32 bits of a record.
#[derive(Clone, Copy, Default, Debug)]
pub struct WordHabit(pub u32);

impl WordHabit {
    /// Joins a [`habit`] and a path in the tree of clusters (12 bits, the largest
    /// cluster in the highest), as far as they are known.
    pub fn new(habit: Option<u32>, path: Option<u32>) -> Self {
        let known = |value: Option<u32>, bit: u32| value.map_or(0, |v| v | 1 << bit);
        Self(known(habit, 8) | known(path, 12) << 9)
    }

    fn habit(self) -> Option<u64> {
        (self.0 >> 8 & 1 == 1).then_some(u64::from(self.0 & 0xff))
    }

    fn path(self) -> Option<u64> {
        (self.0 >> 21 & 1 == 1).then_some(u64::from(self.0 >> 9 & 0xfff))
    }
}

/// Longest phrase that habits know, in tokens.
pub const LONGEST_PHRASE: usize = 4;

/// The key of a word among the habits.
pub fn word_key(seen: &Seen) -> u64 {
    Feature::new(101, seen.hash)
        .and(u64::from(seen.cut.article))
        .0
}

/// The key of a phrase: proclitics of the first word left out.
pub fn phrase_key(seen: &[Seen]) -> u64 {
    seen.iter()
        .fold(Feature::new(102, seen.len() as u64), |key, s| {
            key.and(s.hash ^ u64::from(s.cut.article))
        })
        .0
}

/// How often a word was found to be part of a name of each coarse type (person,
/// body, polity, other place), out of `total`: two bits each.
pub fn habit(counts: [u32; 4], total: u32) -> u32 {
    counts.iter().enumerate().fold(0, |out, (i, &n)| {
        let share = f64::from(n) / f64::from(total.max(1));
        let step = match share {
            s if s >= 0.6 => 3,
            s if s >= 0.2 => 2,
            s if s >= 0.03 => 1,
            _ => 0,
        };
        out | step << (2 * i)
    })
}

/// The coarse type of a name, as [`habit`] counts them.
pub fn coarse(kind: NameType) -> usize {
    match kind {
        NameType::Person => 0,
        NameType::Organization | NameType::Government | NameType::Media => 1,
        NameType::Polity => 2,
        NameType::Location | NameType::Group | NameType::Facility => 3,
    }
}

impl NameModel<'static> {
    /// Opens the model that comes with rawi.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(EMBEDDED)
    }
}

impl<'a> NameModel<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with the sections of a name model.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open(bytes)?;
        Ok(Self {
            sequencer: Sequencer::open(
                pack.section("names")?,
                pack.section("name-steps")?,
                CLASSES,
            )?,
            habits: Habits {
                words: Records::open(pack.section("name-words")?)?,
                phrases: Records::open(pack.section("name-phrases")?)?,
                gazetteer: Records::open(pack.section("name-gazetteer")?)?,
            },
        })
    }
}

/// The labels of one article. A worker owns one and refills it.
#[derive(Clone, Default, Debug)]
pub struct Labels {
    labels: Vec<Label>,
    evidence: Vec<Evidence>,
    lattice: Lattice,
    /// Scores of every token, before other places of the same word count.
    scores: Vec<Row>,
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
        for range in runs(layout) {
            let habits = &model.habits;
            gather(
                habits,
                layout,
                tagged,
                words,
                range.clone(),
                &mut self.evidence,
            );
            let evidence = &self.evidence;
            for (i, e) in range.clone().zip(evidence) {
                if e.tags & COMMON == 0 && layout.tokens()[i].kind == TokenKind::Word {
                    self.places.push((e.hash, i as u32));
                }
            }
            for (i, sums) in self.scores[range.clone()].iter_mut().enumerate() {
                features(evidence, i, |f| model.sequencer.add(f, sums));
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

    /// The name that begins at token `i`: where it ends, and what it names.
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
const AGREE: i64 = 625;

/// The sentences of a text, cut where they are too long.
fn runs(layout: &Layout) -> impl Iterator<Item = Range<usize>> {
    layout.sentences().iter().flat_map(|sentence| {
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        (start..end)
            .step_by(LONGEST)
            .map(move |from| from..end.min(from + LONGEST))
    })
}

/// What is known of one token before names are looked for.
#[derive(Clone, Copy, Default, Debug)]
pub struct Evidence {
    hash: u64,
    cluster: u64,
    first: u64,
    last: u64,
    pos: u64,
    tags: u64,
    clitics: u64,
    shape: u64,
    habit: u64,
    phrase: u64,
    path: u64,
    listed: u64,
    lead: u64,
}

/// Classes of the tables that say something of names.
const NAMING: Tags = Tags(
    Tags::HONORIFIC.0
        | Tags::OFFICE.0
        | Tags::PERSON.0
        | Tags::BODY.0
        | Tags::GENERIC.0
        | Tags::OWN_NAME.0
        | Tags::COUNTRY.0
        | Tags::CAPITAL.0
        | Tags::DEMONYM.0
        | Tags::OUTLET.0
        | Tags::GIVEN.0
        | Tags::AMBIGUOUS.0
        | Tags::NAME_PART.0
        | Tags::GROUP.0,
);

/// Whether a word begins with `و`, cut off or not, and how sure that is by how
/// often the news has the word with it and without.
fn lead(word: &str, seen: &Seen) -> u64 {
    if !word.starts_with('و') {
        return 0;
    }
    let cut = u64::from(seen.cut.proclitic != 0);
    let step = |frequency: u8| u64::from(frequency.min(7)) / 2;
    1 | cut << 1 | step(seen.whole.frequency()) << 2 | step(seen.stem.frequency()) << 4
}

/// In [`Evidence::tags`]: the word is a function word or verb.
const COMMON: u64 = 3 << 32;

/// Gathers the evidence for the tokens of a sentence.
pub fn gather(
    habits: &Habits<'_>,
    layout: &Layout,
    tagged: &Tagged,
    words: &Words,
    sentence: Range<usize>,
    out: &mut Vec<Evidence>,
) {
    out.clear();
    out.extend(sentence.clone().map(|i| {
        let seen = &tagged.seen[i];
        let analysis = tagged.get(i);
        let word = words.get(i);
        let naming = u64::from(word.tags.0 & NAMING.0);
        let known = WordHabit(habits.words.at(word_key(seen)).unwrap_or(0));
        let function = u64::from(word.is(Tags::FUNCTION)) << 32;
        let verb = u64::from(word.is(Tags::VERB)) << 33;
        let inside = u64::from(word.inside) << 34;
        let entry = u64::from(word.entry_words.min(3)) << 35;
        Evidence {
            hash: seen.hash,
            cluster: seen.cluster(),
            first: seen.starts(),
            last: seen.ends(),
            pos: analysis.pos as u64,
            tags: naming | function | verb | inside | entry,
            clitics: u64::from(seen.cut.code()),
            shape: seen.classes(),
            habit: known.habit().unwrap_or(0x100),
            phrase: 0,
            path: known
                .path()
                .unwrap_or(0x1000 | (seen.classes() >> 8 & 0xf) << 6),
            listed: 0,
            lead: lead(layout.word(i), seen),
        }
    }));
    let start = sentence.start;
    let phrases = &habits.phrases;
    each_phrase(phrases, tagged, sentence.clone(), 2, |i, len, kind| {
        for (k, evidence) in out[i - start..][..len].iter_mut().enumerate() {
            evidence.phrase = u64::from(kind) << 1 | u64::from(k > 0);
        }
    });
    each_phrase(&habits.gazetteer, tagged, sentence, 1, |i, len, kinds| {
        for (k, evidence) in out[i - start..][..len].iter_mut().enumerate() {
            evidence.listed = u64::from(kinds) << 2 | u64::from(len > 1) << 1 | u64::from(k > 0);
        }
    });
}

/// The longest phrases of at least `shortest` tokens that a table knows, from
/// left to right: where each begins, its length and what the table has for it.
fn each_phrase(
    table: &Records<'_>,
    tagged: &Tagged,
    range: Range<usize>,
    shortest: usize,
    mut each: impl FnMut(usize, usize, u32),
) {
    let mut i = range.start;
    while i < range.end {
        let longest = LONGEST_PHRASE.min(range.end - i);
        let known = (shortest..=longest).rev().find_map(|len| {
            let key = phrase_key(&tagged.seen[i..i + len]);
            table.at(key).map(|value| (len, value))
        });
        i += known.map_or(1, |(len, value)| {
            each(i, len, value);
            len
        });
    }
}

/// Gives out the features of word `i` of a sentence.
#[inline]
pub fn features(words: &[Evidence], i: usize, mut each: impl FnMut(Feature)) {
    static EDGE: Evidence = Evidence {
        hash: 1,
        cluster: 0x3000,
        first: 1,
        last: 1,
        pos: 99,
        tags: 0,
        clitics: 0,
        shape: 0,
        habit: 0x200,
        phrase: 0,
        path: 0x3000,
        listed: 1,
        lead: 9,
    };
    let at = |k: Option<usize>| k.and_then(|k| words.get(k)).unwrap_or(&EDGE);
    let w = at(Some(i));
    let (p, n) = (at(i.checked_sub(1)), at(Some(i + 1)));
    let (pp, nn) = (at(i.checked_sub(2)), at(Some(i + 2)));
    let article = w.clitics >> 4 & 1;

    each(Feature::new(1, w.hash).and(article));
    each(Feature::new(2, w.cluster).and(article));
    each(Feature::new(3, w.tags).and(article));
    each(Feature::new(4, w.pos).and(w.clitics));
    each(Feature::new(5, w.first));
    each(Feature::new(6, w.last).and(article));
    each(Feature::new(7, p.hash));
    each(Feature::new(8, n.hash));
    each(Feature::new(9, p.cluster).and(w.cluster));
    each(Feature::new(10, w.cluster).and(n.cluster));
    each(Feature::new(11, p.tags).and(w.tags));
    each(Feature::new(12, w.tags).and(n.tags));
    each(Feature::new(13, p.pos).and(w.pos).and(n.pos));
    each(Feature::new(14, pp.cluster));
    each(Feature::new(15, nn.cluster));
    each(Feature::new(16, p.cluster));
    each(Feature::new(17, n.cluster));
    each(Feature::new(18, p.hash).and(w.hash));
    each(Feature::new(19, w.hash).and(n.hash));
    each(Feature::new(20, p.tags).and(w.cluster));
    each(Feature::new(21, w.cluster).and(n.tags));
    each(Feature::new(22, pp.tags).and(p.tags).and(w.tags));
    each(Feature::new(23, w.shape).and(w.pos));
    each(Feature::new(24, p.hash).and(w.cluster));
    each(Feature::new(25, w.cluster).and(n.hash));
    each(Feature::new(26, pp.hash).and(p.hash));
    each(Feature::new(27, w.last).and(p.pos).and(w.pos));
    each(Feature::new(28, p.clitics).and(w.clitics));
    each(Feature::new(29, p.tags).and(w.pos).and(article));
    each(Feature::new(30, w.pos).and(n.pos).and(nn.pos));
    each(Feature::new(31, w.shape).and(p.shape));
    each(Feature::new(32, pp.cluster).and(p.cluster));
    each(Feature::new(33, w.habit).and(article));
    each(Feature::new(34, w.habit).and(p.habit));
    each(Feature::new(35, w.habit).and(n.habit));
    each(Feature::new(36, w.phrase).and(n.phrase).and(w.habit));
    each(Feature::new(37, w.habit).and(p.tags));
    each(Feature::new(38, w.habit).and(w.pos).and(w.tags));
    each(Feature::new(39, w.habit).and(p.cluster));
    each(Feature::new(40, p.habit).and(w.habit).and(n.habit));
    each(Feature::new(41, w.path).and(article));
    each(Feature::new(42, w.path >> 3));
    each(Feature::new(43, w.path >> 6));
    each(Feature::new(44, p.path));
    each(Feature::new(45, n.path));
    each(Feature::new(46, p.path >> 3).and(w.path >> 3));
    each(Feature::new(47, w.path >> 3).and(n.path >> 3));
    each(Feature::new(48, pp.path >> 3).and(p.path >> 3));
    each(Feature::new(49, n.path >> 3).and(nn.path >> 3));
    each(
        Feature::new(50, p.path >> 6)
            .and(w.path >> 6)
            .and(n.path >> 6),
    );
    each(Feature::new(51, w.listed).and(article));
    each(Feature::new(52, w.listed).and(p.listed));
    each(Feature::new(53, w.listed).and(n.listed));
    each(Feature::new(54, w.listed).and(w.pos).and(w.tags));
    each(Feature::new(55, w.listed).and(w.path >> 6));
    each(Feature::new(56, w.listed).and(p.path >> 3));
    each(Feature::new(57, w.listed).and(n.path >> 3));
    each(Feature::new(58, w.listed).and(w.habit));
    each(Feature::new(59, p.listed).and(w.path >> 6));
    each(Feature::new(60, n.listed).and(w.path >> 6));
    each(Feature::new(61, w.lead).and(w.path >> 6));
    each(Feature::new(62, w.lead & 3).and(p.habit));
    each(Feature::new(63, w.lead & 3).and(p.listed).and(w.listed));
    each(Feature::new(64, w.lead).and(p.lead & 3).and(n.path >> 6));
}
