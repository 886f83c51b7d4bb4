//! What hand-annotated articles have taught: whether a cue reports, where its
//! content ends, and whom a hidden subject means. The rules put the questions
//! and propose the answers; the model weighs them.

use rawi_model::{Feature, Pack, PackError, Weights};

use crate::templates::TEMPLATES;

/// What the model is asked, in the order in which the questions build on one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Question {
    /// Does the content end here?
    End,
    /// Is that a statement at all?
    Statement,
    /// Which words beside the cue name the one who speaks?
    Source,
    /// Who is the hidden subject?
    Speaker,
    /// Are they spoken to?
    Hearer,
    /// Is it said through that?
    Channel,
}

impl Question {
    /// How many there are.
    pub(crate) const COUNT: usize = 6;

    /// All of them, in order.
    pub const ALL: [Question; Self::COUNT] = [
        Question::End,
        Question::Statement,
        Question::Source,
        Question::Speaker,
        Question::Hearer,
        Question::Channel,
    ];

    /// The name of its table in the model.
    pub fn name(self) -> &'static str {
        match self {
            Question::End => "end",
            Question::Statement => "statement",
            Question::Source => "source",
            Question::Speaker => "speaker",
            Question::Hearer => "hearer",
            Question::Channel => "channel",
        }
    }
}

/// The model of statements: immutable, shared by all workers. It has a table of
/// weights for each question.
#[derive(Clone, Copy, Debug)]
pub struct SpeechModel<'a> {
    tables: [Weights<'a>; Question::COUNT],
    /// A sum of weights times this is a logarithm of odds.
    scales: [f32; Question::COUNT],
    /// What is added to the logarithm of odds of a confidence, and what it is
    /// multiplied by, so that it is right as often as it says.
    calibration: [f32; 2],
}

impl SpeechModel<'static> {
    /// The model that is part of the program.
    ///
    /// # Errors
    /// If the program was built with a broken model.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::SPEECH.bytes)
    }
}

impl<'a> SpeechModel<'a> {
    /// Opens a model: a section of weights by the name of each question,
    /// `scales` with one number for each, and `calibration` with two.
    ///
    /// # Errors
    /// If the bytes are not such a model.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, TEMPLATES)?;
        let table = |q: Question| Weights::open(pack.section(q.name())?);
        let [end, statement, source, speaker, hearer, channel] = Question::ALL;
        let numbers = |name: &str| Ok(pack.section(name)?.as_chunks::<4>().0);
        let short = |name: &str| PackError::Truncated(format!("section `{name}`"));
        let scales: &[[u8; 4]; Question::COUNT] = numbers("scales")?
            .first_chunk()
            .ok_or_else(|| short("scales"))?;
        let calibration: &[[u8; 4]; 2] = numbers("calibration")?
            .first_chunk()
            .ok_or_else(|| short("calibration"))?;
        Ok(Self {
            tables: [
                table(end)?,
                table(statement)?,
                table(source)?,
                table(speaker)?,
                table(hearer)?,
                table(channel)?,
            ],
            scales: scales.map(f32::from_le_bytes),
            calibration: calibration.map(f32::from_le_bytes),
        })
    }

    /// The weight of all features together: the logarithm of the odds for a
    /// question with the answers yes and no.
    pub(crate) fn weigh(&self, question: Question, features: &[Feature]) -> f32 {
        let table = &self.tables[question as usize];
        let sum: i32 = features.iter().map(|&f| table.one(f)).sum();
        sum as f32 * self.scales[question as usize]
    }
}

impl SpeechModel<'_> {
    /// How often a statement is right that its parts make so probable.
    pub(crate) fn confidence(&self, product: f32) -> f32 {
        let p = product.clamp(0.001, 0.999);
        let [shift, slope] = self.calibration;
        probability(shift + slope * (p / (1.0 - p)).ln())
    }
}

/// The probability that belongs to a logarithm of odds.
pub(crate) fn probability(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}
