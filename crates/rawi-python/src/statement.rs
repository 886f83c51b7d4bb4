//! Statements and what they consist of.

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::types::{PyDate, PyTuple};
use rawi::reading;

use crate::object::{Object, day, object, short, word};

object! {
    /// A stretch of the text: `text[start:end]`.
    Piece(reading::Piece<'static>) {}
    repr |p| format!("{}, {}, {}", p.start, p.end, short(&p.text));
    hash |p| (p.start, p.end, &p.text);
    stretch;
}

object! {
    /// The words that report a statement.
    Cue(reading::Cue<'static>) {}
    repr |c| format!("{}, {}, {}, lemma={}", c.start, c.end, short(&c.text), short(&c.lemma));
    hash |c| (c.start, c.end, &c.text);
    stretch;

    /// The verb or phrase that the lexicon has.
    #[getter]
    fn lemma(&self) -> &str {
        &self.it().lemma
    }
}

object! {
    /// Who said it.
    Speaker(reading::Speaker<'static>) {}
    repr |s| format!("'{}', {}", s.entity, short(&s.name));
    hash |s| (s.entity, &s.name);

    /// The id of the entity.
    #[getter]
    fn entity(&self) -> String {
        self.it().entity.to_string()
    }

    /// Its fullest name in the article.
    #[getter]
    fn name(&self) -> &str {
        &self.it().name
    }

    /// How it was found: named, title, null-subject, pronoun or carried-over.
    #[getter]
    fn how<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().how)
    }
}

object! {
    /// Somebody who takes part.
    Participant(reading::Participant<'static>) {}
    repr |p| format!("'{}', {}", p.entity, short(&p.name));
    hash |p| (p.entity, &p.name);

    /// The id of the entity.
    #[getter]
    fn entity(&self) -> String {
        self.it().entity.to_string()
    }

    /// Its fullest name in the article.
    #[getter]
    fn name(&self) -> &str {
        &self.it().name
    }

    /// PLOVER's code of country and sector: `EGY GOV`.
    #[getter]
    fn code(&self) -> Option<String> {
        self.it().code.as_ref().map(ToString::to_string)
    }
}

object! {
    /// Through what it was said.
    Channel(reading::Channel<'static>) {}
    repr |c| format!("{}, {}, {}", c.start, c.end, short(&c.text));
    hash |c| (c.start, c.end, &c.text);
    stretch;

    /// What kind of channel it is: post, statement, interview …
    #[getter]
    fn kind<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().kind)
    }

    /// The platform of a post, by its own name.
    #[getter]
    fn platform(&self) -> Option<&str> {
        self.it().platform.as_deref()
    }
}

object! {
    /// Why a statement reads as it does.
    Why(reading::Why<'static>) {}
    repr |w| format!("frame={}, boundary={}", short(&w.frame), short(&w.boundary));
    hash |w| (&w.row, &w.frame, &w.boundary);

    /// The table and line that has the cue.
    #[getter]
    fn row(&self) -> Option<&str> {
        self.it().row.as_deref()
    }

    /// The frame that fired.
    #[getter]
    fn frame(&self) -> &str {
        &self.it().frame
    }

    /// What ended the content.
    #[getter]
    fn boundary(&self) -> &str {
        &self.it().boundary
    }

    /// How the speaker was chosen.
    #[getter]
    fn speaker(&self) -> &str {
        &self.it().speaker
    }
}

object! {
    /// One reported statement.
    ///
    /// >>> reading = rawi.read("وأضاف الوزير سالم البدري أن المفاوضات ستستأنف غدا.")
    /// >>> statement = reading.statements[0]
    /// >>> statement
    /// Statement('s1', speaker='سالم البدري', text='أن المفاوضات ستستأنف غدا')
    /// >>> statement.cue.lemma, statement.act, statement.form
    /// ('أضاف', 'assert', 'clause')
    Statement(reading::Statement<'static>) { content, addressee, via }
    repr |s| {
        let name = s.speaker.as_ref().map_or("None".to_owned(), |x| short(&x.name));
        let text = s.content.first().map_or(String::new(), |p| short(&p.text));
        format!("'{}', speaker={name}, text={text}", s.id)
    };
    hash |s| (s.id, s.form, s.content.first().map(|p| (p.start, p.end, &p.text)));

    /// `s1`, `s2` … in the order of the text; `hs1` … in a headline.
    #[getter]
    fn id(&self) -> String {
        self.it().id.to_string()
    }

    /// How it stands in the text: quote, clause or nominal.
    #[getter]
    fn form<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().form)
    }

    /// What is done by saying it: assert, deny, demand …
    #[getter]
    fn act<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().act)
    }

    /// The first character of what was said.
    #[getter]
    fn start(&self) -> u32 {
        self.it().start()
    }

    /// One past the last character of what was said.
    #[getter]
    fn end(&self) -> u32 {
        self.it().end()
    }

    /// What was said; ` … ` stands between its pieces.
    #[getter]
    fn text(&self) -> Cow<'_, str> {
        self.it().text()
    }

    /// What was said, in one or more pieces.
    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.content.of::<_, Piece>(py, &self.part, |s| &s.content)
    }

    /// The reporting words.
    #[getter]
    fn cue(&self) -> Option<Cue> {
        self.part.maybe(|s| s.cue.as_ref()).map(Cue::of)
    }

    /// The source as its sentence names it.
    #[getter]
    fn source(&self) -> Option<Piece> {
        self.part.maybe(|s| s.source.as_ref()).map(Piece::of)
    }

    /// Who said it.
    #[getter]
    fn speaker(&self) -> Option<Speaker> {
        self.part.maybe(|s| s.speaker.as_ref()).map(Speaker::of)
    }

    /// To whom it was said.
    #[getter]
    fn addressee<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.addressee.of::<_, Participant>(py, &self.part, |s| &s.addressee)
    }

    /// Through what it was said.
    #[getter]
    fn channel(&self) -> Option<Channel> {
        self.part.maybe(|s| s.channel.as_ref()).map(Channel::of)
    }

    /// The day on which it was said.
    #[getter]
    fn said_on<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        day(py, self.it().said_on)
    }

    /// The ids of those that handed it on, outermost first.
    #[getter]
    fn via<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let ids = || self.it().via.iter().map(ToString::to_string);
        self.via.strings(py, ids)
    }

    /// The id of the statement inside which it stands: `in` of the contract.
    #[getter]
    fn within(&self) -> Option<String> {
        self.it().within.map(|id| id.to_string())
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
    fn why(&self) -> Option<Why> {
        self.part.maybe(|s| s.why.as_ref()).map(Why::of)
    }
}
