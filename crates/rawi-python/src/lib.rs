//! The module `rawi._rawi` of the Python package: the engine, and its readings as objects.
//!
//! Objects cannot be changed and hold no copies: each shows a `part` of a reading that
//! it keeps alive, and what is inside becomes an object when somebody looks at it.

mod arrow;
mod article;
mod articles;
mod batch;
mod entity;
mod event;
mod failure;
mod fingerprint;
mod object;
mod part;
mod reader;
mod reading;
mod rows;
mod statement;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _rawi {
    use super::*;

    #[pymodule_export]
    use super::arrow::{ArrowBatch, ArrowStream, ArrowTable, to_arrow};
    #[pymodule_export]
    use super::article::Article;
    #[pymodule_export]
    use super::articles::{Articles, articles};
    #[pymodule_export]
    use super::entity::{Entity, Mention, TimeMention};
    #[pymodule_export]
    use super::event::{Event, EventWhy};
    #[pymodule_export]
    use super::fingerprint::{Fingerprint, fingerprint};
    #[pymodule_export]
    use super::reader::Reader;
    #[pymodule_export]
    use super::reading::{Headline, Reading};
    #[pymodule_export]
    use super::statement::{Channel, Cue, Participant, Piece, Speaker, Statement, Why};
    #[pymodule_export]
    use super::verify;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        batch::note_main(module.py())?;
        // It notes once who is told of faults, and no fork may come upon that half done.
        let _ = rawi_input::fault::guarded(|| ());
        module.add("ENGINE", rawi::ENGINE)?;
        let readings = rawi_columns::Table::Readings.schema();
        module.add("SPARK_SCHEMA", rawi_columns::spark_ddl(&readings))?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Checks every span, name, id and value of a reading against its article.
///
/// Raises:
///     ValueError: at the first that does not hold.
#[pyfunction]
#[pyo3(signature = (reading, /))]
fn verify(py: Python<'_>, reading: &reading::Reading) -> PyResult<()> {
    let kept = reading.kept();
    let verified = py.detach(|| rawi::verify(&kept.reading, &kept.article));
    match verified {
        Ok(_) => Ok(()),
        Err(e) => Err(pyo3::exceptions::PyValueError::new_err(e.to_string())),
    }
}
