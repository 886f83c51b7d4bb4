//! The module `rawi._rawi` of the Python package.

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _rawi {
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("ENGINE", rawi::ENGINE)
    }
}
