//! The reader: one engine a process, made when it is first used.

use std::sync::{Mutex, OnceLock};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyMapping, PyTuple};
use rawi::Worker;
use rawi_input::{Rows, fault};

use crate::arrow::{ArrowStream, taken_in};
use crate::article::{Given, is_one, taken};
use crate::articles::{inputs, raises};
use crate::batch;
use crate::failure::Failure;
use crate::reading::{Kept, Reading};
use crate::rows::Readings;

/// The engine, without explanations and with them. Nothing of it exists before it is
/// needed, so that a process may fork before; it can be read by several at once and is
/// never written again, so that it may fork after, too.
static ENGINES: [OnceLock<rawi::Reader>; 2] = [OnceLock::new(), OnceLock::new()];

/// Workers that wait for work, by the same places. Nobody ever waits for this lock: after
/// a fork it may be held for ever by a thread that is no more.
static IDLE: [Mutex<Vec<Worker>>; 2] = [Mutex::new(Vec::new()), Mutex::new(Vec::new())];

/// So many workers wait at most; each holds some megabytes.
const MOST_IDLE: usize = 4;

/// A worker that has read a longer text, in bytes, is not kept: its buffers hold some sixty
/// times as much.
const LONGEST_KEPT: usize = 256 << 10;

/// How articles are read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Settings {
    pub explain: bool,
    pub min_confidence: f64,
}

impl Settings {
    fn checked(explain: bool, min_confidence: f64) -> PyResult<Self> {
        if !(0.0..=1.0).contains(&min_confidence) {
            let why = format!("min_confidence is {min_confidence}, but lies between 0 and 1");
            return Err(PyValueError::new_err(why));
        }
        Ok(Self {
            explain,
            min_confidence,
        })
    }
}

/// A worker on loan, which goes back when it is no longer needed.
pub(crate) struct Hand {
    settings: Settings,
    worker: Option<Worker>,
}

impl Hand {
    pub fn new(settings: Settings) -> Self {
        let idle = IDLE[usize::from(settings.explain)].try_lock();
        Self {
            settings,
            worker: idle.ok().and_then(|mut idle| idle.pop()),
        }
    }

    /// Reads one article, which is called by its place if it has no id. A fault of ours
    /// costs this article, and the worker.
    pub fn read(&mut self, mut article: rawi::Article, place: usize) -> Result<Kept, Failure> {
        let id = Some(article.id.clone()).filter(|id| !id.is_empty());
        if id.is_none() {
            article.id = place.to_string();
        }
        let Settings {
            explain,
            min_confidence,
        } = self.settings;
        let read = fault::guarded(|| {
            let mut worker = match self.worker.take() {
                Some(worker) => worker,
                None => engine(explain)?.worker(),
            };
            let read = worker.read(&article).map(|mut reading| {
                if min_confidence > 0.0 {
                    reading.drop_below(min_confidence);
                }
                reading.into_owned()
            });
            if article.text.len() <= LONGEST_KEPT {
                self.worker = Some(worker);
            }
            read
        });
        match read {
            Ok(Ok(reading)) => Ok(Kept { reading, article }),
            Ok(Err(e)) => Err(Failure::refused(&e, &article).of(id)),
            Err(fault) => Err(Failure::new(fault).of(id)),
        }
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        let idle = IDLE[usize::from(self.settings.explain)].try_lock();
        if let (Ok(mut idle), Some(worker)) = (idle, self.worker.take())
            && idle.len() < MOST_IDLE
        {
            idle.push(worker);
        }
    }
}

/// The engine of this process.
fn engine(explain: bool) -> Result<&'static rawi::Reader, rawi::Error> {
    let engine = &ENGINES[usize::from(explain)];
    if let Some(engine) = engine.get() {
        return Ok(engine);
    }
    // Whoever comes second makes one for nothing, but nobody waits for another thread, which
    // a fork may have ended.
    let made = rawi::Reader::new()?.with_explanations(explain);
    Ok(engine.get_or_init(|| made))
}

/// Reads articles. It cannot be changed, may be used by several threads at once, and goes
/// through pickle as its settings.
///
/// >>> reader = rawi.Reader(explain=True, min_confidence=0.6)
/// >>> reading = reader.read("وأضاف الوزير سالم البدري أن المفاوضات ستستأنف غدا.")
/// >>> reading.statements[0].why.frame
/// 'verb + that-clause'
///
/// Args:
///     explain: whether statements and events say why they read as they do.
///     min_confidence: leaves out statements and events of less confidence.
#[pyclass(frozen, module = "rawi")]
pub(crate) struct Reader {
    pub settings: Settings,
}

#[pymethods]
impl Reader {
    #[new]
    #[pyo3(signature = (*, explain=false, min_confidence=0.0))]
    fn new(explain: bool, min_confidence: f64) -> PyResult<Self> {
        let settings = Settings::checked(explain, min_confidence)?;
        Ok(Self { settings })
    }

    /// Whether statements and events say why they read as they do.
    #[getter]
    fn explain(&self) -> bool {
        self.settings.explain
    }

    /// Statements and events of less confidence are left out.
    #[getter]
    fn min_confidence(&self) -> f64 {
        self.settings.min_confidence
    }

    /// Reads one article. What stands for a whole article, a dictionary or an `Article`, may
    /// be given for its text.
    ///
    /// >>> reading = rawi.read("وصل الوزير أمس.", published="2026-03-02")
    /// >>> reading.times[0].value
    /// '2026-03-01'
    ///
    /// Args:
    ///     text: the text, as it is stored: offsets count its characters.
    ///     id: whatever names the article; the reading carries it on.
    ///     title: the headline, which is read by itself.
    ///     published: the day of publication, from which times are counted.
    ///     outlet: who published it.
    ///
    /// Raises:
    ///     ReadError: if it cannot be read.
    #[pyo3(signature = (text, *, id=None, title=None, published=None, outlet=None))]
    fn read(
        &self,
        text: &Bound<'_, PyAny>,
        id: Option<&Bound<'_, PyAny>>,
        title: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        outlet: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Reading> {
        let py = text.py();
        let given = Given {
            text: Some(text),
            id,
            title,
            published,
            outlet,
        };
        let article = given.taken();
        let article = article.map_err(|f| f.raised(py))?;
        let read = py.detach(|| Hand::new(self.settings).read(article, 0));
        read.map(Reading::new).map_err(|f| f.raised(py))
    }

    /// Reads many articles and gives their readings in the same order. Other Python
    /// threads go on meanwhile.
    ///
    /// >>> readings = rawi.read_batch(["قال الوزير إن العمل انتهى.", "x\0"], on_error="return")
    /// >>> readings[0]
    /// Reading('0', statements=1, events=0, entities=1, times=0)
    /// >>> print(readings[1])
    /// record 1: NUL character at character 1: the input is binary or UTF-16, decode it to text first
    ///
    /// Args:
    ///     articles: strings, dictionaries or `Article`s. The fields of a dictionary may have
    ///         the names that those of a file may have: `body`, `date`, `نص` …
    ///     threads: how many threads read; by default as many as there are processors.
    ///     on_error: with "raise" the first article that cannot be read raises a
    ///         `ReadError`; with "return" the `ReadError` stands in its place in the list.
    #[pyo3(signature = (articles, *, threads=None, on_error="raise"))]
    fn read_batch<'py>(
        &self,
        articles: &Bound<'py, PyAny>,
        threads: Option<usize>,
        on_error: &str,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = articles.py();
        if is_one(articles) {
            let why = "this is one article, which `read` reads: give a list of them";
            return Err(PyTypeError::new_err(why));
        }
        let raises = raises(on_error)?;
        let threads = counted(threads)?;
        let mut items = Vec::with_capacity(articles.len().unwrap_or_default());
        for item in articles.try_iter()? {
            items.push(taken(&item?));
        }
        let read = py.detach(|| {
            batch::each(items, threads, raises, || {
                let mut hand = Hand::new(self.settings);
                move |place, item: Result<rawi::Article, Failure>| hand.read(item?, place)
            })
        })?;
        let list = PyList::empty(py);
        for (number, read) in read.into_iter().enumerate() {
            match read {
                Ok(kept) => list.append(Reading::new(kept))?,
                Err(failure) if raises => {
                    return Err(PyErr::from_value(failure.error(py, Some(number))?));
                }
                Err(failure) => list.append(failure.error(py, Some(number))?)?,
            }
        }
        Ok(list)
    }

    /// Reads the articles of a table in memory: whatever has `__arrow_c_stream__` or
    /// `__arrow_c_array__`, with columns by the names that files have, too. Gives the table
    /// `readings` as a stream: a row an article in the order of the input, read while the
    /// stream is taken, some hundred rows at a time. What cannot be read has a row with the
    /// reason in its column `error`.
    ///
    /// Args:
    ///     fields: which columns hold what, where their names do not say it, as in
    ///         `{"text": "story"}`.
    ///     published: the day of publication of articles that name none.
    ///     threads: how many threads read; by default as many as there are processors.
    ///     name: what articles without an id are called by, with the number of their row.
    ///
    /// Raises:
    ///     ValueError: if no column is a text.
    #[pyo3(signature = (data, *, fields=None, published=None, threads=None, name="table"))]
    fn read_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        fields: Option<&Bound<'_, PyMapping>>,
        published: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
        name: &str,
    ) -> PyResult<ArrowStream> {
        let inputs = inputs(Vec::new(), fields, published)?;
        let threads = counted(threads)?;
        let input = taken_in(data)?;
        let rows = Rows::new(&inputs, name, &input.schema()).map_err(PyValueError::new_err)?;
        Ok(ArrowStream::new(Readings::new(
            input,
            rows,
            self.settings,
            threads,
        )))
    }

    fn __repr__(&self) -> String {
        let Settings {
            explain,
            min_confidence,
        } = self.settings;
        let explain = if explain { "True" } else { "False" };
        format!("Reader(explain={explain}, min_confidence={min_confidence:?})")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.settings == other.settings
    }

    fn __hash__(&self) -> u64 {
        let Settings {
            explain,
            min_confidence,
        } = self.settings;
        crate::object::hash((explain, min_confidence.to_bits()))
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let settings = PyDict::new(py);
        settings.set_item("explain", self.explain())?;
        settings.set_item("min_confidence", self.min_confidence())?;
        Ok((PyTuple::empty(py), settings))
    }
}

/// The number of threads that somebody wants.
pub(crate) fn counted(threads: Option<usize>) -> PyResult<usize> {
    const MOST: usize = 1024;
    match threads {
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(n @ 1..=MOST) => Ok(n),
        Some(n) => {
            let why = format!("threads is {n}, but lies between 1 and {MOST}");
            Err(PyValueError::new_err(why))
        }
    }
}
