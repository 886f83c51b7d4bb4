//! A learned judge of events: how far what speaks for an event outweighs what
//! speaks against it.
//!
//! The tables find whatever may be an event; whether news tells it as one shows in
//! many small signs at once (a noun behind another noun, a side without a name, the
//! last paragraph), which a logistic model weighs.

use rawi_model::{Feature, Pack, PackError, Weights};
use rawi_words::events::EventType;

use crate::event::Event;
use crate::evidence::TEMPLATES;

/// The model of events.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    weights: Weights<'a>,
    /// What a weight of one in the table is worth.
    unit: f32,
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
        let unit = number(0).ok_or_else(missing)?;
        let mut least = [0.0; EventType::ALL.len()];
        for (i, least) in (1..).zip(&mut least) {
            *least = number(i).ok_or_else(missing)?;
        }
        Ok(Self {
            weights: Weights::open(pack.section("event-weights")?)?,
            unit,
            least,
        })
    }

    /// What features weigh together.
    pub(crate) fn odds(&self, features: &[Feature]) -> i32 {
        features.iter().map(|&f| self.weights.one(f)).sum()
    }

    /// Gives each event its confidence and leaves out what is too doubtful.
    pub(crate) fn judge(&self, mut events: Vec<Event>) -> Vec<Event> {
        for event in &mut events {
            let confidence = 1.0 / (1.0 + (-self.unit * event.odds as f32).exp());
            // Two digits are all that can be meant.
            event.confidence = (confidence * 100.0).round() / 100.0;
        }
        events.retain(|e| e.confidence >= self.least[e.kind as usize]);
        events
    }
}
