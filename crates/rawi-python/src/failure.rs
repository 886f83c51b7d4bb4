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

    /// With more to tell.
    pub fn with(mut self, more: &str) -> Self {
        self.why.push_str(more);
        self
    }

    /// Of the article with this id.
    pub fn of(self, id: Option<String>) -> Self {
        Self { id, ..self }
    }

    /// What is wrong.
    pub fn why(&self) -> &str {
        &self.why
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
        class(py)?.call1((self.why, record, self.id, self.offset))
    }
}

/// What an exception says of an article, if it is a `ReadError`: its id, or its place among
/// those that were given, and why it was not read.
pub(crate) fn told(error: &Bound<'_, PyAny>, place: usize) -> PyResult<Option<(String, String)>> {
    if !error.is_instance(class(error.py())?)? {
        return Ok(None);
    }
    let record: Option<usize> = error.getattr("record")?.extract()?;
    let id: Option<String> = error.getattr("id")?.extract()?;
    let id = id.unwrap_or_else(|| record.unwrap_or(place).to_string());
    Ok(Some((id, error.getattr("message")?.extract()?)))
}

/// `rawi.ReadError`.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "rawi._errors", "ReadError")
}
