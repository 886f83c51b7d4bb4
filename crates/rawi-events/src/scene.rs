//! The sentence of a trigger with the one before: who is mentioned there, and what
//! stands between any two of its tokens.

use std::ops::Range;

use rawi_model::{Row, hash};
use rawi_names::{Cast, EntityId, Kind, MentionKind, NameType, Tags};
use rawi_words::events::Standing;

use crate::party;
use crate::view::View;

/// Of the sentence before so many tokens are looked through.
const BACK: usize = 60;

/// Somebody mentioned who may be a side.
#[derive(Clone, Debug)]
pub(crate) struct Mentioned {
    pub(crate) id: EntityId,
    /// The whole phrase, with titles.
    pub(crate) range: Range<usize>,
    pub(crate) head: usize,
    /// Whether it stands in the sentence of the trigger.
    pub(crate) here: bool,
    /// Whether `و` adds it to the one mentioned before.
    pub(crate) joined: bool,
    pub(crate) about: About,
}

/// What a mention shows of somebody, as numbers for features.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct About {
    pub(crate) kind: u64,
    pub(crate) label: u64,
    pub(crate) standing: u64,
    pub(crate) sector: u64,
    pub(crate) head: u64,
    /// Definite, by name, counted.
    pub(crate) shape: u64,
}

/// One sentence, looked over once for all of its triggers.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    /// Its index plus one; zero before the first.
    number: u32,
    pub(crate) tokens: Range<usize>,
    /// Whether those below are of this sentence.
    met: bool,
    /// In text order, those of the sentence before first.
    pub(crate) mentioned: Vec<Mentioned>,
    /// How many verbs and borders stand before each of its tokens.
    before: Vec<[u16; 2]>,
    /// What its words weigh together, once asked for.
    pub(crate) odds: Option<Row>,
    /// How many of its words speak of violence.
    pub(crate) violent: usize,
    /// Whether the text has no other sentence.
    pub(crate) only: bool,
    /// Whether it names a time.
    pub(crate) timed: bool,
}

impl Scene {
    /// Forgets the article before.
    pub(crate) fn clear(&mut self) {
        self.number = 0;
    }

    /// Comes to the sentence of token `i`.
    pub(crate) fn enter(&mut self, view: &View<'_>, i: usize) {
        let number = view.sentence_of[i] + 1;
        if self.number == number {
            return;
        }
        let tokens = view.sentence(i);
        self.number = number;
        self.odds = None;
        self.only = tokens == (0..view.len());
        self.timed = tokens.clone().any(|k| view.is(k, Tags::TIME));
        self.met = false;
        self.tokens = tokens;
    }

    /// Looks who is mentioned in the sentence and what its words are: asked only where a
    /// candidate is not hopeless.
    pub(crate) fn meet(&mut self, view: &View<'_>, cast: &Cast) {
        if std::mem::replace(&mut self.met, true) {
            return;
        }
        let tokens = self.tokens.clone();
        let violent = |&k: &usize| view.is_word(k) && speaks_of_violence(view, k);
        self.violent = tokens.clone().filter(violent).count();
        self.before.clear();
        let mut sums = [0u16; 2];
        self.before.push(sums);
        for k in tokens.clone() {
            sums[0] += u16::from(view.is_verb(k) && !view.is(k, Tags::AUXILIARY));
            sums[1] += u16::from(view.is_border(k));
            self.before.push(sums);
        }
        let earlier = match tokens.start.checked_sub(1) {
            Some(k) => view
                .sentence(k)
                .start
                .max(tokens.start.saturating_sub(BACK)),
            None => tokens.start,
        };
        self.mentioned.clear();
        for m in cast.mentions().within(earlier..tokens.end) {
            let mention = cast.mentions().get(m);
            let id = cast.who(m);
            let entity = cast.get(id);
            let facility = entity.label == Some(NameType::Facility);
            let other = entity.kind == Kind::Other && !party::is_somebody(view, &mention.phrase);
            let furniture = view.article.layout.furniture_at(mention.tokens.start);
            if facility || other || furniture.is_some() {
                continue;
            }
            let range = mention.phrase.start.min(mention.tokens.start)
                ..mention.tokens.end.max(mention.phrase.end);
            let end = self.mentioned.last().map(|m| m.range.end);
            let joined =
                view.info(range.start).conjunction && end.is_some_and(|e| range.start <= e + 1);
            self.mentioned.push(Mentioned {
                id,
                head: mention.head,
                here: mention.tokens.start >= tokens.start,
                joined,
                about: About {
                    kind: 1 + mention.what as u64 * 8 + entity.kind as u64,
                    label: entity.label.map_or(0, |l| 1 + l as u64),
                    standing: party::standing(view, &range).map_or(0, |s| 1 + s as u64),
                    sector: party::sector_at(view, mention.head),
                    head: hash(view.stem(mention.head).as_bytes()),
                    shape: u64::from(mention.definite)
                        + 2 * u64::from(mention.kind == MentionKind::Name)
                        + 4 * u64::from(party::is_counted(view, &range)),
                },
                range,
            });
        }
    }

    /// How many verbs and borders stand from one of its tokens up to another.
    pub(crate) fn between(&self, range: Range<usize>) -> [u64; 2] {
        let at = |k: usize| {
            let k = k.clamp(self.tokens.start, self.tokens.end) - self.tokens.start;
            self.before.get(k).copied().unwrap_or_default()
        };
        let (from, to) = (at(range.start), at(range.end));
        [0, 1].map(|k| u64::from(to[k].saturating_sub(from[k])))
    }

    /// Whether a word beside token `i` speaks of violence.
    pub(crate) fn is_violent(&self, view: &View<'_>, i: usize) -> bool {
        self.violent > usize::from(speaks_of_violence(view, i))
    }
}

/// Whether a word is one of arms or of an attack.
fn speaks_of_violence(view: &View<'_>, k: usize) -> bool {
    let armed = party::standing_of(view, k) == Some(Standing::Armed);
    armed || view.facts(k).violent
}
