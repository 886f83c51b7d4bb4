//! What tells copies of an article, by the keys and the sketch that an archive has, too.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple, PyType};
use rawi_fingerprint::{BYTES, Fingerprinter};

use crate::article::string;
use crate::object::hash;

/// What a text is compared by: two texts that share a passage of ten words most likely share
/// one of their keys, and the sketch tells how much of them is common.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct Fingerprint {
    it: rawi_fingerprint::Fingerprint,
    keys: Vec<u64>,
}

#[pymethods]
impl Fingerprint {
    /// At most ten whole numbers below 2**48, smallest first; none of fewer than ten words.
    #[getter]
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.keys)
    }

    /// How many words the text has.
    #[getter]
    fn words(&self) -> u32 {
        self.it.words()
    }

    /// How many of all their passages of four words two texts have in common, from 0 to 1:
    /// an estimate, within 0.06.
    #[pyo3(signature = (other, /))]
    fn resemblance(&self, other: &Self) -> f64 {
        self.it.resemblance(&other.it)
    }

    /// How much of the shorter text stands in the longer one, from 0 to 1: an estimate.
    #[pyo3(signature = (other, /))]
    fn containment(&self, other: &Self) -> f64 {
        self.it.containment(&other.it)
    }

    /// Words and sketch in 68 bytes, as an archive keeps them. The keys are columns of their
    /// own, to be joined by.
    fn to_bytes(&self) -> [u8; BYTES] {
        self.it.to_bytes()
    }

    /// The fingerprint of such bytes, with the keys if somebody has kept them.
    ///
    /// Raises:
    ///     ValueError: if they are none.
    #[classmethod]
    #[pyo3(signature = (data, keys=Vec::new()))]
    fn from_bytes(_class: &Bound<'_, PyType>, data: &[u8], keys: Vec<u64>) -> PyResult<Self> {
        let it = rawi_fingerprint::Fingerprint::from_bytes(data).ok_or_else(|| {
            let len = data.len();
            PyValueError::new_err(format!("a fingerprint has {BYTES} bytes, not {len}"))
        })?;
        Ok(Self { it, keys })
    }

    fn __bytes__(&self) -> [u8; BYTES] {
        self.to_bytes()
    }

    fn __repr__(&self) -> String {
        let (words, keys) = (self.it.words(), self.keys.len());
        format!("Fingerprint(words={words}, keys={keys})")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.it == other.it
    }

    fn __hash__(&self) -> u64 {
        hash(self.it.to_bytes())
    }

    fn __copy__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __deepcopy__(this: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        this
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored<'py>)> {
        let restore = slf.get_type().getattr("from_bytes")?;
        let this = slf.get();
        Ok((restore, (this.to_bytes(), this.keys(slf.py())?)))
    }
}

/// What a fingerprint is made of again.
type Stored<'py> = ([u8; BYTES], Bound<'py, PyTuple>);

/// Gives what tells copies of a text. It is a function of the text alone and never changes,
/// so that keys can be joined by over years.
///
/// >>> text = " ".join(f"كلمة{n}" for n in range(100))
/// >>> a, b = rawi.fingerprint(text), rawi.fingerprint("خبر: " + text)
/// >>> a.resemblance(b) > 0.9, bool({*a.keys} & {*b.keys})
/// (True, True)
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn fingerprint(text: &Bound<'_, PyString>) -> PyResult<Fingerprint> {
    let py = text.py();
    let text = string(text.as_any(), "text").map_err(|f| f.raised(py))?;
    Ok(py.detach(|| {
        let mut maker = Fingerprinter::default();
        let it = maker.take(&text);
        Fingerprint {
            it,
            keys: maker.keys().to_vec(),
        }
    }))
}
