//! Entities with their mentions, and time expressions.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rawi::reading;

use crate::object::{object, short, word};

object! {
    /// Somebody or something that the article names, or that takes part.
    Entity(reading::Entity<'static>) { titles, mentions }
    repr |e| format!("'{}', {}", e.id, short(&e.name));
    hash |e| (e.id, e.kind, &e.name);

    /// `e1`, `e2` … by first mention; `he1` … in a headline.
    #[getter]
    fn id(&self) -> String {
        self.it().id.to_string()
    }

    /// The fullest name in the article, without titles.
    #[getter]
    fn name(&self) -> &str {
        &self.it().name
    }

    /// The English name of who is well known.
    #[getter]
    fn name_en(&self) -> Option<&str> {
        self.it().name_en.as_deref()
    }

    /// What it is: PER, ORG, MEDIA, GPE, LOC, FAC, GROUP or ANON.
    #[getter]
    fn r#type<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().kind)
    }

    /// The Wikidata id of who is well known.
    #[getter]
    fn link(&self) -> Option<&str> {
        self.it().link.as_deref()
    }

    /// The country, by three letters of ISO 3166.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.it().country.as_deref()
    }

    /// PLOVER's sectors, separated by blanks.
    #[getter]
    fn sector(&self) -> Option<&str> {
        self.it().sector.as_deref()
    }

    /// The titles and descriptions that the article has for it.
    #[getter]
    fn titles<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.titles.strings(py, || self.it().titles.iter())
    }

    /// Whether a statement or an event names it.
    #[getter]
    fn participant(&self) -> bool {
        self.it().participant
    }

    /// Where the article mentions it.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.mentions.of::<_, Mention>(py, &self.part, |e| &e.mentions)
    }

    /// In a headline: the id of the text's entity that it is.
    #[getter]
    fn same_as(&self) -> Option<String> {
        self.it().same_as.map(|id| id.to_string())
    }
}

object! {
    /// One mention of an entity.
    Mention(reading::Mention<'static>) {}
    repr |m| format!("{}, {}, {}", m.start, m.end, short(&m.text));
    hash |m| (m.start, m.end, &m.text);
    stretch;

    /// How it refers: name, title or pronoun.
    #[getter]
    fn kind<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().kind)
    }
}

object! {
    /// One time expression.
    TimeMention(reading::TimeMention<'static>) {}
    repr |t| {
        let value = t.value.map_or("None".to_owned(), |v| short(&v.to_string()));
        format!("{}, {}, {}, value={value}", t.start, t.end, short(&t.text))
    };
    hash |t| (t.start, t.end, &t.text);
    stretch;

    /// What kind of time it names: DATE, TIME, DURATION or SET.
    #[getter]
    fn r#type<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        word(py, &self.it().kind)
    }

    /// Its ISO value, if it names a definite time.
    #[getter]
    fn value(&self) -> Option<String> {
        self.it().value.map(|value| value.to_string())
    }
}
