//! Why an article was not read, as the exception `rawi.ReadError`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use rawi::TextError;

/// Why an article was not read.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    why: String,
    /// The character at which it shows.
    offset: Option<usize>,
    /// The id of the article.
    id: Option<String>,
    /// Whether what was given is of no type that an article can be.
    mistyped: bool,
}

impl Failure {
    /// Something is wrong with the article.
    pub fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            offset: None,
            id: None,
            mistyped: false,
        }
    }

    /// What was given cannot be an article.
    pub fn mistyped(why: impl Into<String>) -> Self {
        Self {
            mistyped: true,
            ..Self::new(why)
        }
    }

    /// The engine refuses the article.
    pub fn refused(error: &rawi::Error, article: &rawi::Article) -> Self {
        let rawi::Error::Text(TextError::Nul { offset }) = error else {
            return Self::new(error.to_string());
        };
        // The title is read like the text: whichever has the NUL there is meant.
        let texts = [Some(&article.text), article.title.as_ref()];
        let has = |text: &&String| text.as_bytes().get(*offset) == Some(&0);
        let text = texts.into_iter().flatten().find(has);
        let at = text.map(|text| text[..*offset].chars().count());
        let place = at.map_or(String::new(), |at| format!(" at character {at}"));
        let why =
            format!("NUL character{place}: the input is binary or UTF-16, decode it to text first");
        Self::new(why).at(at)
    }

    /// At a character of the text.
    pub fn at(self, offset: Option<usize>) -> Self {
        Self { offset, ..self }
    }

    /// Of the article with this id.
    pub fn of(self, id: Option<String>) -> Self {
        Self { id, ..self }
    }

    /// As what a call raises that was given one article.
    pub fn raised(self, py: Python<'_>) -> PyErr {
        if self.mistyped {
            return PyTypeError::new_err(self.why);
        }
        match self.error(py, None) {
            Ok(error) => PyErr::from_value(error),
            Err(e) => e,
        }
    }

    /// As an exception, with the article's place among those that were given.
    pub fn error<'py>(self, py: Python<'py>, record: Option<usize>) -> PyResult<Bound<'py, PyAny>> {
        static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let class = CLASS.import(py, "rawi._errors", "ReadError")?;
        let why = match (record, &self.id) {
            (Some(record), Some(id)) => format!("record {record} ({id}): {}", self.why),
            (Some(record), _) => format!("record {record}: {}", self.why),
            (None, _) => self.why,
        };
        class.call1((why, record, self.id, self.offset))
    }
}
