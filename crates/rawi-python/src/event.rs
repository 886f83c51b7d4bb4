//! Events and why they read as they do.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rawi::reading;

use crate::object::{Object, object, short, word};
use crate::statement::{Participant, Piece};

object! {
    /// One political event in the terms of PLOVER.
    Event(reading::Event<'static>) { context, mentions, actors, recipients }
    repr |e| {
        let names = |all: &[reading::Participant<'_>]| {
            let names: Vec<String> = all.iter().map(|p| short(&p.name)).collect();
            names.join(", ")
        };
        let (actors, recipients) = (names(&e.actors), names(&e.recipients));
        format!(
            "'{}', {}, actors=[{actors}], recipients=[{recipients}]",
            e.id,
            e.kind.name(),
        )
    };
    hash |e| (e.id, e.trigger.start, e.trigger.end, &e.trigger.text);

    /// `v1`, `v2` … in the order of the text; `hv1` … in a headline.
    #[getter]
    fn id(&self) -> String {
        self.it().id.to_string()
    }

    /// PLOVER's type: AGREE, CONSULT, SUPPORT …
    #[getter]
    fn r#type(&self) -> &'static str {
        self.it().kind.name()
    }

    /// PLOVER's mode.
    #[getter]
    fn mode(&self) -> Option<&str> {
        self.it().mode.as_deref()
    }

    /// PLOVER's contexts.
    #[getter]
    fn context<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.context.strings(py, || self.it().context.iter())
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[getter]
    fn quad(&self) -> u8 {
        self.it().kind.quad().number()
    }

    /// The word that names it, where the article first does.
    #[getter]
    fn trigger(&self) -> Piece {
        Piece::of(self.part.part(|e| &e.trigger))
    }

    /// The first character of the trigger.
    #[getter]
    fn start(&self) -> u32 {
        self.it().trigger.start
    }

    /// One past the last character of the trigger.
    #[getter]
    fn end(&self) -> u32 {
        self.it().trigger.end
    }

    /// Further words that tell the same event.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.mentions.of::<_, Piece>(py, &self.part, |e| &e.mentions)
    }

    /// Who did it; all sides of an event with two.
    #[getter]
    fn actors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.actors.of::<_, Participant>(py, &self.part, |e| &e.actors)
    }

    /// To whom.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.recipients.of::<_, Participant>(py, &self.part, |e| &e.recipients)
    }

    /// Whether it took place: happened, future, hypothetical, negated or historical.
    #[getter]
    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().status)
    }

    /// Who claims it, if the article itself does not say so.
    #[getter]
    fn claimed_by(&self) -> Option<Participant> {
        self.part.maybe(|e| e.claimed_by.as_ref()).map(Participant::of)
    }

    /// The id of the statement that tells it.
    #[getter]
    fn statement(&self) -> Option<String> {
        self.it().statement.map(|id| id.to_string())
    }

    /// When, as an ISO value: `2025-02-12`, `2025-W07`.
    #[getter]
    fn date(&self) -> Option<String> {
        self.it().date.map(|date| date.to_string())
    }

    /// Where.
    #[getter]
    fn place(&self) -> Option<Participant> {
        self.part.maybe(|e| e.place.as_ref()).map(Participant::of)
    }

    /// PLOVER's score, from -10 (conflict) to 10 (cooperation).
    #[getter]
    fn score(&self) -> f64 {
        self.it().score
    }

    /// How sure the reading is, from 0 to 1.
    #[getter]
    fn confidence(&self) -> f64 {
        self.it().confidence
    }

    /// The same in a word: clear, likely or weak.
    #[getter]
    fn certainty<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &rawi::Certainty::of(self.it().confidence))
    }

    /// Why it reads as it does; only of a reader that explains.
    #[getter]
    fn why(&self) -> Option<EventWhy> {
        self.part.maybe(|e| e.why.as_ref()).map(EventWhy::of)
    }
}

object! {
    /// Why an event reads as it does.
    EventWhy(reading::EventWhy<'static>) {}
    repr |w| format!("row={}, trigger={}", short(&w.row), short(&w.trigger));
    hash |w| (&w.row, &w.trigger, &w.frame);

    /// The table and line that fired.
    #[getter]
    fn row(&self) -> &str {
        &self.it().row
    }

    /// The trigger as the table writes it.
    #[getter]
    fn trigger(&self) -> &str {
        &self.it().trigger
    }

    /// Which places of the frame were filled: `A=subj R=obj`.
    #[getter]
    fn frame(&self) -> &str {
        &self.it().frame
    }

    /// What decided the status.
    #[getter]
    fn status(&self) -> &str {
        &self.it().status
    }
}
