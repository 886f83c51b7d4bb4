//! The learned model of events: whether a candidate is one, and who its sides are.
//!
//! The tables find whatever may be an event; whether news tells it as one shows in
//! many small signs at once (a noun behind another noun, a side without a name, the
//! last paragraph), which logistic models weigh: one looks at the word and its place and
//! spares the trouble with the hopeless, one ranks those who may be sides, one judges.

use rawi_model::{Feature, Pack, PackError, Row, Weights};
use rawi_words::events::{EventType, Quad};

use crate::evidence::TEMPLATES;
use crate::sides::{Least, Shares};

/// Which of the weights in a feature's row count for a candidate: those for all, for
/// nouns or verbs, for the class of its type, and for texts of one sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lanes {
    /// The trigger is a noun.
    pub noun: bool,
    /// The class of the type.
    pub quad: Quad,
    /// The text has no other sentence.
    pub only: bool,
}

/// The first lane of the judge's weights.
pub const JUDGE: usize = 0;
/// That of those by which the hopeless are left out.
pub const EARLY: usize = 8;
/// Those of the sides.
pub const SIDES: [usize; 2] = [0, 8];

impl Lanes {
    /// The lanes behind `base`.
    pub fn of(self, base: usize) -> impl Iterator<Item = usize> {
        let only = self.only.then_some(base + 7);
        [
            base,
            base + 1 + usize::from(self.noun),
            base + 3 + self.quad as usize,
        ]
        .into_iter()
        .chain(only)
    }

    fn sum(self, row: &Row, base: usize) -> i32 {
        self.of(base).map(|lane| row[lane]).sum()
    }
}

/// The model of events.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    weights: Weights<'a>,
    sides: Weights<'a>,
    /// What a weight of one in either table is worth.
    units: [f32; 2],
    /// The least share of a side that is told.
    pub(crate) sides_least: Least,
    /// The least confidence of an event that is told, by its type.
    least: [f32; EventType::ALL.len()],
}

impl Judge<'static> {
    /// Opens the model that comes with rawi.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::EVENTS.bytes)
    }
}

impl<'a> Judge<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with the sections of a model of events.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, TEMPLATES)?;
        let numbers = pack.section("event-numbers")?;
        let number = |i: usize| {
            let bytes = numbers.get(4 * i..4 * i + 4)?.try_into().ok()?;
            Some(f32::from_le_bytes(bytes))
        };
        let missing = || PackError::Truncated("the numbers of a model of events".to_owned());
        let number = |i: usize| number(i).ok_or_else(missing);
        let mut least = [0.0; EventType::ALL.len()];
        for (i, least) in (4..).zip(&mut least) {
            *least = number(i)?;
        }
        Ok(Self {
            weights: Weights::open(pack.section("event-weights")?)?,
            sides: Weights::open(pack.section("side-weights")?)?,
            units: [number(0)?, number(1)?],
            sides_least: Least {
                first: number(2)?,
                further: number(3)?,
            },
            least,
        })
    }

    /// The sums over the features of a candidate.
    pub(crate) fn sum(&self, features: &[Feature]) -> Row {
        self.weights.sum(features)
    }

    /// How likely a candidate is an event, by the weights that begin at `base`.
    pub(crate) fn share(&self, row: &Row, lanes: Lanes, base: usize) -> f32 {
        1.0 / (1.0 + (-self.units[0] * lanes.sum(row, base) as f32).exp())
    }

    /// How likely somebody is the actor, and the recipient.
    pub(crate) fn shares(&self, features: &[Feature], lanes: Lanes) -> Shares {
        let row = self.sides.sum(features);
        let odds = SIDES.map(|base| (self.units[1] * lanes.sum(&row, base) as f32).exp());
        let all = 1.0 + odds[0] + odds[1];
        odds.map(|o| o / all)
    }

    /// Whether an event of such confidence is told.
    pub(crate) fn tells(&self, kind: EventType, confidence: f32) -> bool {
        confidence >= self.least[kind as usize]
    }
}
