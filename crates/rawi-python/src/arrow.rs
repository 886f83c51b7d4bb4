//! Tables in and out by Arrow's PyCapsule interface: no library of Arrow is linked or
//! imported, and any version of any of them will do.

use std::sync::{Arc, Mutex};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use rawi_columns::Table;

use crate::batch::lock;
use crate::reading::Reading;
use crate::rows::{Item, Made};

type Batches = Box<dyn RecordBatchReader + Send>;

/// Readings as one of the tables of docs/columns.md. Rows are made while somebody takes them;
/// it can be taken again and again.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct ArrowTable {
    table: Table,
    items: Arc<[Item]>,
}

#[pymethods]
impl ArrowTable {
    /// The name of the table.
    #[getter]
    fn table(&self) -> &'static str {
        self.table.name()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let made = Made::new(self.table, self.items.clone());
        stream(py, Box::new(made))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema(py, &self.table.schema())
    }

    fn __repr__(&self) -> String {
        let (name, articles) = (self.table.name(), self.items.len());
        format!("ArrowTable('{name}', articles={articles})")
    }
}

/// A stream of the table `readings` that is read while somebody takes it: by Arrow, or batch
/// by batch as an iterator. It can be taken once.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct ArrowStream {
    schema: SchemaRef,
    batches: Mutex<Option<Batches>>,
}

impl ArrowStream {
    pub fn new(batches: impl RecordBatchReader + Send + 'static) -> Self {
        Self {
            schema: batches.schema(),
            batches: Mutex::new(Some(Box::new(batches))),
        }
    }
}

#[pymethods]
impl ArrowStream {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = py.detach(|| lock(&self.batches).take());
        let taken = || PyValueError::new_err("the stream is taken already: read again");
        stream(py, batches.ok_or_else(taken)?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema(py, &self.schema)
    }

    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<ArrowBatch>> {
        let next = py.detach(|| lock(&self.batches).as_mut().and_then(Iterator::next));
        match next.transpose() {
            Ok(batch) => Ok(batch.map(|batch| ArrowBatch { batch })),
            Err(e) => Err(raised(e)),
        }
    }

    fn __repr__(&self) -> &'static str {
        "ArrowStream('readings')"
    }
}

/// Some rows of a table.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct ArrowBatch {
    batch: RecordBatch,
}

#[pymethods]
impl ArrowBatch {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        let rows = StructArray::from(self.batch.clone()).into_data();
        let array = FFI_ArrowArray::new(&rows);
        let array = PyCapsule::new_with_value(py, array, c"arrow_array")?;
        Ok((self.__arrow_c_schema__(py)?, array))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let one = [Ok(self.batch.clone())];
        let one = RecordBatchIterator::new(one, self.batch.schema());
        stream(py, Box::new(one))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema(py, &self.batch.schema())
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("ArrowBatch(num_rows={})", self.batch.num_rows())
    }
}

/// Gives readings as one of the tables of docs/columns.md: by Arrow, without a copy, to
/// whatever reads tables of it.
///
/// >>> readings = rawi.read_batch(["قال الوزير إن العمل انتهى."])
/// >>> rawi.to_arrow(readings, "statements")
/// ArrowTable('statements', articles=1)
///
/// Args:
///     readings: readings, or one. A `ReadError` among them is a row of the table `readings`
///         with a reason in its column `error`, and nothing in the others.
///     table: readings, articles, statements, events, entities, mentions or times.
#[pyfunction]
#[pyo3(signature = (readings, table="statements"))]
pub(crate) fn to_arrow(readings: &Bound<'_, PyAny>, table: &str) -> PyResult<ArrowTable> {
    let Some(table) = Table::ALL.into_iter().find(|t| t.name() == table) else {
        let names = Table::ALL.map(Table::name).join(", ");
        let why = format!("table is one of {names}, not {table:?}");
        return Err(PyValueError::new_err(why));
    };
    let items = match readings.cast::<Reading>() {
        Ok(one) => vec![Item::Read(one.get().part().clone())],
        Err(_) => readings
            .try_iter()?
            .enumerate()
            .map(|(number, reading)| item(&reading?, number))
            .collect::<PyResult<_>>()?,
    };
    Ok(ArrowTable {
        table,
        items: items.into(),
    })
}

/// A reading, or why there is none.
fn item(reading: &Bound<'_, PyAny>, number: usize) -> PyResult<Item> {
    if let Ok(reading) = reading.cast::<Reading>() {
        return Ok(Item::Read(reading.get().part().clone()));
    }
    if let Some((id, why)) = crate::failure::told(reading, number)? {
        return Ok(Item::Failed(id, why));
    }
    let name = reading.get_type().name()?;
    let why = format!("item {number} is a {name}, not a Reading or a ReadError");
    Err(PyTypeError::new_err(why))
}

/// A table or a batch from elsewhere, as a stream.
pub(crate) fn taken_in(data: &Bound<'_, PyAny>) -> PyResult<Batches> {
    if data.hasattr("__arrow_c_stream__")? {
        return Ok(Box::new(RecordBatchStreamReader::from_pyarrow_bound(data)?));
    }
    if data.hasattr("__arrow_c_array__")? {
        let batch = RecordBatch::from_pyarrow_bound(data)?;
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    }
    let name = data.get_type().name()?;
    let why = format!(
        "{name} is no table of Arrow: it has neither __arrow_c_stream__ nor __arrow_c_array__"
    );
    Err(PyTypeError::new_err(why))
}

/// What an error raises.
fn raised(error: ArrowError) -> PyErr {
    match error {
        ArrowError::ExternalError(e) => match e.downcast::<PyErr>() {
            Ok(raised) => *raised,
            Err(e) => PyRuntimeError::new_err(e.to_string()),
        },
        e => PyRuntimeError::new_err(e.to_string()),
    }
}

fn stream(py: Python<'_>, batches: Batches) -> PyResult<Bound<'_, PyCapsule>> {
    let stream = FFI_ArrowArrayStream::new(batches);
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}

fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(raised)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}
