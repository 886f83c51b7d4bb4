//! The trained parser.

use rawi_model::{Pack, PackError, Row, Weights};

use crate::Label;
use crate::atoms::Atoms;
use crate::state::{Action, NONE, State};
use crate::templates::{self, TEMPLATES};

/// The model of syntax: immutable, shared by all workers.
#[derive(Clone, Copy, Debug)]
pub struct Parser<'a> {
    actions: Weights<'a>,
    labels: Weights<'a>,
}

impl Parser<'static> {
    /// Opens the model that comes with rawi.
    ///
    /// # Errors
    /// If the build was given a broken model file.
    pub fn embedded() -> Result<Self, PackError> {
        Self::open(rawi_models::SYNTAX.bytes)
    }
}

impl<'a> Parser<'a> {
    /// Opens a model.
    ///
    /// # Errors
    /// If the bytes are not a pack with the sections of a model of syntax.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackError> {
        let pack = Pack::open_model(bytes, TEMPLATES)?;
        Ok(Self {
            actions: Weights::open(pack.section("actions")?)?,
            labels: Weights::open(pack.section("labels")?)?,
        })
    }

    /// Parses a sentence, step by step the action that scores best.
    pub fn parse(&self, atoms: &Atoms, state: &mut State) {
        state.start(atoms.tokens().len());
        while !state.is_done() {
            let action = match forced(state) {
                Some(action) => action,
                None => {
                    let scores = self.actions.sum(&templates::action(state, atoms));
                    best(state, &scores)
                }
            };
            let label = match state.arc(action) {
                Some((word, head)) if head != NONE => {
                    let scores = self.labels.sum(&templates::label(state, atoms, word, head));
                    best_label(&scores)
                }
                _ => Label::Root,
            };
            state.take(action, label);
        }
    }
}

/// The only action that can be taken, if there is but one.
fn forced(state: &State) -> Option<Action> {
    let mut allowed = Action::ALL.into_iter().filter(|&a| state.allows(a));
    let first = allowed.next()?;
    allowed.next().is_none().then_some(first)
}

/// The best of the actions that can be taken; the earlier of equals.
fn best(state: &State, scores: &Row) -> Action {
    let mut best = (i32::MIN, Action::Shift);
    for action in Action::ALL {
        let score = scores[action as usize];
        if state.allows(action) && score > best.0 {
            best = (score, action);
        }
    }
    best.1
}

/// The best label but [`Label::Root`], which is nobody's choice.
fn best_label(scores: &Row) -> Label {
    let mut best = (i32::MIN, Label::Other);
    for (n, &score) in scores.iter().enumerate().skip(1) {
        if score > best.0 {
            best = (score, Label::of(n));
        }
    }
    best.1
}
