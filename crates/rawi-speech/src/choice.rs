//! Choices that the model makes, and their record for whoever trains it.

use std::borrow::Cow;

use rawi_model::Feature;
use rawi_names::EntityId;
use rawi_text::{Few, Span};

use crate::content::End;
use crate::held::Held;
use crate::model::{Question, SpeechModel, probability};

/// One answer that was possible.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// What speaks for it or against it.
    pub features: Vec<Feature>,
    /// Who or what it is.
    pub meant: Meant,
}

/// Who or what an answer means. The last answer of a choice among several means
/// nobody whom the text names there.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Meant {
    /// Somebody.
    pub entity: Option<EntityId>,
    /// The words that name them, or the channel.
    pub span: Option<Span>,
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
    pub content: Few<Span>,
    /// What could be answered.
    pub answers: Vec<Answer>,
}

/// Buffers of questions, which one after another fills.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// What speaks for an answer.
    pub(crate) features: Vec<Feature>,
    /// Where a content may end.
    pub(crate) ends: Vec<End>,
    /// How long it would be.
    pub(crate) lengths: Vec<f32>,
    /// Who may be meant; nobody is the last.
    pub(crate) who: Vec<Option<EntityId>>,
    /// How probable each is.
    pub(crate) shares: Vec<f32>,
    /// Which statement holds a token.
    pub(crate) held: Held,
}

/// Puts questions to the model, and keeps them if it is to be trained.
#[derive(Debug)]
pub(crate) struct Judge<'m> {
    pub(crate) model: SpeechModel<'m>,
    pub(crate) scratch: Scratch,
    /// Whether explanations are asked for.
    pub(crate) explain: bool,
    /// Whether choices are kept.
    pub(crate) recording: bool,
    pub(crate) record: Vec<Choice>,
}

impl Judge<'_> {
    /// An explanation, made only if one is asked for.
    pub(crate) fn because(&self, why: impl FnOnce(&Scratch) -> String) -> Cow<'static, str> {
        if self.explain {
            Cow::Owned(why(&self.scratch))
        } else {
            Cow::Borrowed("")
        }
    }

    /// How probable yes is.
    pub(crate) fn yes(
        &mut self,
        question: Question,
        cue: Span,
        content: impl FnOnce() -> Few<Span>,
        meant: Meant,
        features: &[Feature],
    ) -> f32 {
        if self.recording {
            self.record.push(Choice {
                question,
                cue,
                content: content(),
                answers: vec![Answer {
                    features: features.to_vec(),
                    meant,
                }],
            });
        }
        probability(self.model.weigh(question, features))
    }

    /// The best of `count` answers; how probable each is stands in the buffer then.
    pub(crate) fn best(
        &mut self,
        question: Question,
        count: usize,
        cue: Span,
        content: impl FnOnce() -> Few<Span>,
        meant: impl Fn(usize) -> Meant,
        describe: impl Fn(usize, &mut Vec<Feature>),
    ) -> usize {
        let Scratch {
            features, shares, ..
        } = &mut self.scratch;
        let mut answers = Vec::new();
        shares.clear();
        for k in 0..count {
            features.clear();
            describe(k, features);
            shares.push(self.model.weigh(question, features));
            if self.recording {
                answers.push(Answer {
                    features: features.clone(),
                    meant: meant(k),
                });
            }
        }
        let top = shares.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = shares.iter().map(|o| (o - top).exp()).sum();
        for odds in shares.iter_mut() {
            *odds = (*odds - top).exp() / total;
        }
        // The first of equals.
        let best = (0..shares.len())
            .rev()
            .max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        if self.recording {
            self.record.push(Choice {
                question,
                cue,
                content: content(),
                answers,
            });
        }
        best.unwrap_or(0)
    }
}
