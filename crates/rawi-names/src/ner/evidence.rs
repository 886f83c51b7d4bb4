//! What is known of each token before names are looked for, and the features that
//! the model weighs.

use std::ops::Range;
use std::slice;

use rawi_model::Feature;
use rawi_morph::Tagged;
use rawi_morph::tagger::Seen;
use rawi_text::{Facts, Layout, SpellingId};
use rawi_words::{lexicon, phrase_key};

use super::habits::{Habits, WordHabit, each_phrase, word_key};
use crate::{Tags, Words};

/// The version of the templates below and of the numbers that go into them. A pack of
/// another one is refused: who changes them trains the model of names anew.
pub const TEMPLATES: u32 = 3;

/// What is known of one token before names are looked for.
#[derive(Clone, Copy, Default, Debug)]
pub struct Evidence {
    pub(super) hash: u64,
    cluster: u64,
    first: u64,
    last: u64,
    pos: u64,
    pub(super) tags: u64,
    clitics: u64,
    shape: u64,
    /// How often the news has it in names of each type.
    habit: u64,
    /// How often it begins and ends them.
    borders: u64,
    phrase: u64,
    path: u64,
    listed: u64,
    pub(super) lead: u64,
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
pub(super) const COMMON: u64 = 3 << 32;

/// What the tables of names have for a spelling, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Spelled {
    habit: WordHabit,
    /// What the gazetteer has the word alone for; 0 for nothing.
    listed: u32,
}

impl Spelled {
    fn new(habits: &Habits<'_>, seen: &Seen) -> Self {
        let alone = lexicon().listed().at(phrase_key(slice::from_ref(seen)));
        Self {
            habit: WordHabit(habits.words.at(word_key(seen)).unwrap_or(0)),
            listed: alone.unwrap_or(0),
        }
    }

    /// What is known of a token, but for what its place says.
    fn evidence(self, word: &str, seen: &Seen) -> Evidence {
        let classes = seen.classes();
        let unknown = 0x1000 | (classes >> 8 & 0xf) << 6;
        Evidence {
            hash: seen.hash,
            cluster: seen.cluster(),
            first: seen.starts(),
            last: seen.ends(),
            clitics: u64::from(seen.cut.code()),
            shape: classes,
            habit: self.habit.types().unwrap_or(0x400),
            borders: self.habit.borders().unwrap_or(0x10),
            path: self.habit.path().map_or(unknown, u64::from),
            listed: u64::from(self.listed) << 2,
            lead: lead(word, seen),
            ..Evidence::default()
        }
    }
}

/// The evidence for the tokens of a sentence. Whoever labels owns one and refills it.
#[derive(Clone, Default, Debug)]
pub struct Gathered {
    /// By token of the sentence.
    pub evidence: Vec<Evidence>,
    /// The tokens that are of another kind than their spellings say, an address that begins as a word does.
    pub(super) odd: Vec<usize>,
    spelled: Facts<Spelled>,
}

impl Gathered {
    /// Forgets what is known of spellings: other habits come.
    pub fn clear(&mut self) {
        self.spelled.clear();
    }

    /// Finds out what is to be known of the spellings of a layout, before its
    /// sentences are asked for.
    pub fn meet(&mut self, habits: &Habits<'_>, layout: &Layout, tagged: &Tagged) {
        self.spelled.extend_from(layout.spellings(), |id, _| {
            Spelled::new(habits, tagged.spelled(id))
        });
    }

    /// The evidence for a spelling, but for what its place says.
    pub(super) fn spelled(&self, id: SpellingId, word: &str, tagged: &Tagged) -> Evidence {
        self.spelled[id].evidence(word, tagged.spelled(id))
    }

    /// Gathers the evidence for the tokens of a sentence of a layout that was
    /// [met](Self::meet).
    pub fn fill(
        &mut self,
        habits: &Habits<'_>,
        layout: &Layout,
        tagged: &Tagged,
        words: &Words,
        sentence: Range<usize>,
    ) {
        let out = &mut self.evidence;
        out.clear();
        self.odd.clear();
        out.extend(sentence.clone().map(|i| {
            let id = layout.spelling(i);
            let mut spelled = self.spelled[id];
            let seen = &tagged.seen[i];
            if tagged.spelled(id).shape != seen.shape {
                spelled = Spelled::new(habits, seen);
                self.odd.push(i);
            }
            let word = words.get(i);
            let naming = u64::from(word.tags.0 & NAMING.0);
            let function = u64::from(word.is(Tags::FUNCTION)) << 32;
            let verb = u64::from(word.is(Tags::VERB)) << 33;
            let inside = u64::from(word.inside) << 34;
            let entry = u64::from(word.entry_words.min(3)) << 35;
            Evidence {
                pos: tagged.get(i).pos as u64,
                tags: naming | function | verb | inside | entry,
                ..spelled.evidence(layout.word(i), seen)
            }
        }));
        let start = sentence.start;
        each_phrase(&habits.phrases, tagged, sentence.clone(), |i, len, kind| {
            for (k, evidence) in out[i - start..][..len].iter_mut().enumerate() {
                evidence.phrase = u64::from(kind) << 1 | u64::from(k > 0);
            }
        });
        each_phrase(&lexicon().listed(), tagged, sentence, |i, len, kinds| {
            for (k, evidence) in out[i - start..][..len].iter_mut().enumerate() {
                evidence.listed = u64::from(kinds) << 2 | 2 | u64::from(k > 0);
            }
        });
    }
}

/// What stands beyond the ends of a sentence.
pub(super) static EDGE: Evidence = Evidence {
    hash: 1,
    cluster: 0x3000,
    first: 1,
    last: 1,
    pos: 99,
    tags: 0,
    clitics: 0,
    shape: 0,
    habit: 0x800,
    borders: 0x20,
    phrase: 0,
    path: 0x3000,
    listed: 1,
    lead: 9,
};

/// Templates that see only the spelling of a word: of the word itself, of the one
/// before it, of the one behind it. Their numbers choose them out of all.
const OWN: [usize; 9] = [1, 2, 5, 6, 33, 41, 42, 43, 65];
const BEFORE: [usize; 4] = [7, 16, 44, 66];
const AFTER: [usize; 4] = [8, 17, 45, 67];

/// How many templates see more than one spelling, or what its place says of it.
const JOINT: usize = 54;

/// The article of a word, as a value of features.
fn article(w: &Evidence) -> u64 {
    w.clitics >> 4 & 1
}

/// The features of a word that its spelling alone gives.
pub(super) fn own(w: &Evidence) -> [Feature; OWN.len()] {
    let article = article(w);
    [
        Feature::new(1, w.hash).and(article),
        Feature::new(2, w.cluster).and(article),
        Feature::new(5, w.first),
        Feature::new(6, w.last).and(article),
        Feature::new(33, w.habit).and(article),
        Feature::new(41, w.path).and(article),
        Feature::new(42, w.path >> 3),
        Feature::new(43, w.path >> 6),
        Feature::new(65, w.habit).and(w.borders),
    ]
}

/// The features that a word gives the one behind it by its spelling alone.
pub(super) fn before(p: &Evidence) -> [Feature; BEFORE.len()] {
    [
        Feature::new(7, p.hash),
        Feature::new(16, p.cluster),
        Feature::new(44, p.path),
        Feature::new(66, p.habit).and(p.borders),
    ]
}

/// The features that a word gives the one before it by its spelling alone.
pub(super) fn after(n: &Evidence) -> [Feature; AFTER.len()] {
    [
        Feature::new(8, n.hash),
        Feature::new(17, n.cluster),
        Feature::new(45, n.path),
        Feature::new(67, n.habit).and(n.borders),
    ]
}

/// Token `i` of a sentence, or its edge.
#[inline]
fn at(words: &[Evidence], i: Option<usize>) -> &Evidence {
    i.and_then(|i| words.get(i)).unwrap_or(&EDGE)
}

/// The other features of word `i` of a sentence.
#[inline]
pub(super) fn joint(words: &[Evidence], i: usize) -> [Feature; JOINT] {
    let w = at(words, Some(i));
    let (p, n) = (at(words, i.checked_sub(1)), at(words, Some(i + 1)));
    let (pp, nn) = (at(words, i.checked_sub(2)), at(words, Some(i + 2)));
    let article = article(w);
    [
        Feature::new(3, w.tags).and(article),
        Feature::new(4, w.pos).and(w.clitics),
        Feature::new(9, p.cluster).and(w.cluster),
        Feature::new(10, w.cluster).and(n.cluster),
        Feature::new(11, p.tags).and(w.tags),
        Feature::new(12, w.tags).and(n.tags),
        Feature::new(13, p.pos).and(w.pos).and(n.pos),
        Feature::new(14, pp.cluster),
        Feature::new(15, nn.cluster),
        Feature::new(18, p.hash).and(w.hash),
        Feature::new(19, w.hash).and(n.hash),
        Feature::new(20, p.tags).and(w.cluster),
        Feature::new(21, w.cluster).and(n.tags),
        Feature::new(22, pp.tags).and(p.tags).and(w.tags),
        Feature::new(23, w.shape).and(w.pos),
        Feature::new(24, p.hash).and(w.cluster),
        Feature::new(25, w.cluster).and(n.hash),
        Feature::new(26, pp.hash).and(p.hash),
        Feature::new(27, w.last).and(p.pos).and(w.pos),
        Feature::new(28, p.clitics).and(w.clitics),
        Feature::new(29, p.tags).and(w.pos).and(article),
        Feature::new(30, w.pos).and(n.pos).and(nn.pos),
        Feature::new(31, w.shape).and(p.shape),
        Feature::new(32, pp.cluster).and(p.cluster),
        Feature::new(34, w.habit).and(p.habit),
        Feature::new(35, w.habit).and(n.habit),
        Feature::new(36, w.phrase).and(n.phrase).and(w.habit),
        Feature::new(37, w.habit).and(p.tags),
        Feature::new(38, w.habit).and(w.pos).and(w.tags),
        Feature::new(39, w.habit).and(p.cluster),
        Feature::new(40, p.habit).and(w.habit).and(n.habit),
        Feature::new(46, p.path >> 3).and(w.path >> 3),
        Feature::new(47, w.path >> 3).and(n.path >> 3),
        Feature::new(48, pp.path >> 3).and(p.path >> 3),
        Feature::new(49, n.path >> 3).and(nn.path >> 3),
        Feature::new(50, p.path >> 6)
            .and(w.path >> 6)
            .and(n.path >> 6),
        Feature::new(51, w.listed).and(article),
        Feature::new(52, w.listed).and(p.listed),
        Feature::new(53, w.listed).and(n.listed),
        Feature::new(54, w.listed).and(w.pos).and(w.tags),
        Feature::new(55, w.listed).and(w.path >> 6),
        Feature::new(56, w.listed).and(p.path >> 3),
        Feature::new(57, w.listed).and(n.path >> 3),
        Feature::new(58, w.listed).and(w.habit),
        Feature::new(59, p.listed).and(w.path >> 6),
        Feature::new(60, n.listed).and(w.path >> 6),
        Feature::new(61, w.lead).and(w.path >> 6),
        Feature::new(62, w.lead & 3).and(p.habit),
        Feature::new(63, w.lead & 3).and(p.listed).and(w.listed),
        Feature::new(64, w.lead).and(p.lead & 3).and(n.path >> 6),
        Feature::new(68, p.phrase).and(w.phrase),
        Feature::new(69, w.phrase).and(w.listed),
        Feature::new(70, p.borders).and(w.borders).and(w.pos),
        Feature::new(71, w.borders).and(n.borders).and(w.habit),
    ]
}

/// All features of word `i` of a sentence, in the order of their templates.
pub fn features(words: &[Evidence], i: usize) -> Vec<Feature> {
    let mut own = own(&words[i]).into_iter();
    let mut before = before(at(words, i.checked_sub(1))).into_iter();
    let mut after = after(at(words, Some(i + 1))).into_iter();
    let mut joint = joint(words, i).into_iter();
    let next = |template| match template {
        t if OWN.contains(&t) => own.next(),
        t if BEFORE.contains(&t) => before.next(),
        t if AFTER.contains(&t) => after.next(),
        _ => joint.next(),
    };
    let count = OWN.len() + BEFORE.len() + AFTER.len() + JOINT;
    (1..=count).filter_map(next).collect()
}
