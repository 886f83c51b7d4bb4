//! Articles from files, in all the forms that the command reads.

use std::path::PathBuf;
use std::sync::Mutex;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyMapping, PyTuple};
use rawi::reading::Date;
use rawi_input::{Inputs, Record, Records};

use crate::article::{Article, published};
use crate::batch::lock;
use crate::failure::Failure;
use crate::part::Part;

/// The articles of files, one after another. No more of them than one is in memory.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct Articles {
    records: Mutex<Records<'static>>,
    raises: bool,
}

#[pymethods]
impl Articles {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        loop {
            match py.detach(|| lock(&self.records).next()) {
                None => return Ok(None),
                Some(Record::Article { article, .. }) => {
                    let article = Bound::new(py, Article::of(Part::whole(article)))?;
                    return Ok(Some(article.into_any()));
                }
                Some(Record::Remark(remark)) => {
                    let logger = py.import("logging")?.call_method1("getLogger", ("rawi",))?;
                    logger.call_method1("warning", ("%s", remark.to_string()))?;
                }
                Some(Record::Failed(problem)) => {
                    let failed = Failure::new(problem.to_string());
                    let error = failed.error(py, None)?;
                    if self.raises {
                        return Err(PyErr::from_value(error));
                    }
                    return Ok(Some(error));
                }
            }
        }
    }
}

/// Gives the articles of files and folders, in the forms that docs/input.md describes: plain
/// text, JSON, CSV, pages and WARC, packed or not; `"-"` is standard input. (Parquet is for
/// `read_arrow`.) What could not be used of them and cost no article is logged as a warning
/// of the logger `rawi`.
///
/// Args:
///     files: their paths.
///     fields: which fields hold what, where their names do not say it, as in
///         `{"text": "story"}`.
///     published: the day of publication of articles that name none.
///     on_error: with "raise" a record that is no article raises a `ReadError`, and the
///         iterator goes on behind it; with "return" the `ReadError` is given in its place.
#[pyfunction]
#[pyo3(signature = (*files, fields=None, published=None, on_error="raise"))]
pub(crate) fn articles(
    files: &Bound<'_, PyTuple>,
    fields: Option<&Bound<'_, PyMapping>>,
    published: Option<&Bound<'_, PyAny>>,
    on_error: &str,
) -> PyResult<Articles> {
    let files: Vec<PathBuf> = files.extract()?;
    let inputs = inputs(files, fields, published)?;
    Ok(Articles {
        raises: raises(on_error)?,
        records: Mutex::new(inputs.into_records()),
    })
}

/// Inputs as somebody wants them understood.
pub(crate) fn inputs(
    files: Vec<PathBuf>,
    fields: Option<&Bound<'_, PyMapping>>,
    day: Option<&Bound<'_, PyAny>>,
) -> PyResult<Inputs> {
    let mut mappings = Vec::new();
    if let Some(fields) = fields {
        for item in fields.items()? {
            let (role, field): (String, String) = item.extract()?;
            mappings.push(format!("{role}={field}"));
        }
    }
    let inputs = Inputs::new(files).with_fields(&mappings);
    let inputs = inputs.map_err(|e| PyValueError::new_err(format!("fields: {e}")))?;
    let Some(day) = day else {
        return Ok(inputs);
    };
    let day = published(day).map_err(|f| f.raised(day.py()))?;
    match Date::read(&day) {
        Ok((day, _)) => Ok(inputs.with_published(Some(day.to_string()))),
        Err(e) => Err(PyValueError::new_err(format!("published: {day:?}: {e}"))),
    }
}

/// Whether an error is to be raised.
pub(crate) fn raises(on_error: &str) -> PyResult<bool> {
    match on_error {
        "raise" => Ok(true),
        "return" => Ok(false),
        _ => {
            let why = format!("on_error is \"raise\" or \"return\", not {on_error:?}");
            Err(PyValueError::new_err(why))
        }
    }
}
