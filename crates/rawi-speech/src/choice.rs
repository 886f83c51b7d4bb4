//! Choices that the model makes, and their record for whoever trains it.

use rawi_model::Feature;
use rawi_names::EntityId;
use rawi_text::Span;

use crate::model::{Question, SpeechModel, probability};

/// One answer that was possible.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// What speaks for it or against it.
    pub features: Vec<Feature>,
    /// The last answer to [`Question::Speaker`]: nobody whom the text names.
    pub entity: Option<EntityId>,
}

/// A question that came up in an article, with the answers that were possible.
/// Questions with the answers yes and no have one answer: yes.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// What was asked.
    pub question: Question,
    /// The cue of the statement that it was asked about.
    pub cue: Span,
    /// The content that it would have: for [`Question::End`] up to where the
    /// question stands.
    pub content: Vec<Span>,
    /// What could be answered.
    pub answers: Vec<Answer>,
}

/// Puts questions to the model, and keeps them if it is to be trained.
#[derive(Debug)]
pub(crate) struct Judge<'m> {
    pub(crate) model: SpeechModel<'m>,
    /// Whether choices are kept.
    pub(crate) recording: bool,
    pub(crate) record: Vec<Choice>,
}

impl Judge<'_> {
    /// How probable yes is.
    pub(crate) fn yes(
        &mut self,
        question: Question,
        cue: Span,
        content: impl FnOnce() -> Vec<Span>,
        features: &[Feature],
    ) -> f32 {
        if self.recording {
            self.record.push(Choice {
                question,
                cue,
                content: content(),
                answers: vec![Answer {
                    features: features.to_vec(),
                    entity: None,
                }],
            });
        }
        probability(self.model.weigh(question, features))
    }

    /// The best answer to the question who speaks, and how probable each is.
    pub(crate) fn speaker(
        &mut self,
        cue: Span,
        content: impl FnOnce() -> Vec<Span>,
        answers: Vec<Answer>,
    ) -> (usize, Vec<f32>) {
        let odds: Vec<f32> = answers
            .iter()
            .map(|a| self.model.weigh(Question::Speaker, &a.features))
            .collect();
        let top = odds.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = odds.iter().map(|o| (o - top).exp()).sum();
        let shares: Vec<f32> = odds.iter().map(|o| (o - top).exp() / total).collect();
        // The first of equals.
        let best = (0..shares.len())
            .rev()
            .max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        if self.recording {
            self.record.push(Choice {
                question: Question::Speaker,
                cue,
                content: content(),
                answers,
            });
        }
        (best.unwrap_or(0), shares)
    }
}
