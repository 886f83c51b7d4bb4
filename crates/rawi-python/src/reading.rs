//! Readings and headlines.

use std::borrow::Cow;

use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAny, PyDate, PyString, PyTuple, PyType};
use rawi::reading;
use rawi::reading::{Id, Named, SCHEMA};

use crate::article::{Article, taken};
use crate::entity::{Entity, TimeMention};
use crate::event::Event;
use crate::object::{List, Object, day, hash, json, object, short, word};
use crate::part::Part;
use crate::statement::Statement;

/// A reading with the article that it is of.
pub(crate) struct Kept {
    pub reading: rawi::Reading<'static>,
    pub article: rawi::Article,
}

/// A reading as its line of JSON, with its article.
type Line<'py> = (String, Bound<'py, Article>);

/// Everything that was read in one article.
///
/// >>> reading = rawi.read("وصل الوزير سالم البدري أمس.", published="2026-03-02")
/// >>> reading.entities[0], reading.times[0].value
/// (Entity('e1', 'سالم البدري'), '2026-03-01')
/// >>> [reading.text[m.start : m.end] for m in reading.entity("e1").mentions]
/// ['الوزير', 'سالم البدري']
#[pyclass(frozen, module = "rawi")]
pub(crate) struct Reading {
    part: Part<Kept>,
    article: PyOnceLock<Py<Article>>,
    headline: PyOnceLock<Option<Py<Headline>>>,
    statements: List,
    events: List,
    entities: List,
    times: List,
}

impl Reading {
    pub fn new(kept: Kept) -> Self {
        Self {
            part: Part::whole(kept),
            article: PyOnceLock::new(),
            headline: PyOnceLock::new(),
            statements: List::default(),
            events: List::default(),
            entities: List::default(),
            times: List::default(),
        }
    }

    pub fn part(&self) -> &Part<Kept> {
        &self.part
    }

    pub fn kept(&self) -> &Kept {
        self.part.it()
    }

    fn it(&self) -> &rawi::Reading<'static> {
        &self.kept().reading
    }

    /// What has an id, which must name one of these.
    fn named<'py>(&self, py: Python<'py>, id: &str, names: Named) -> PyResult<Bound<'py, PyAny>> {
        let unknown = || PyKeyError::new_err(id.to_owned());
        let wanted: Id = id.parse().map_err(|_| unknown())?;
        if wanted.names() != names {
            return Err(unknown());
        }
        let place = wanted.number() as usize - 1;
        let headline = self.headline(py)?;
        let list = match (wanted.in_headline(), headline) {
            (false, _) => match names {
                Named::Statement => self.statements(py)?,
                Named::Event => self.events(py)?,
                _ => self.entities(py)?,
            },
            (true, Some(headline)) => match names {
                Named::Statement => headline.get().statements(py)?,
                Named::Event => headline.get().events(py)?,
                _ => headline.get().entities(py)?,
            },
            (true, None) => return Err(unknown()),
        };
        list.get_item(place).map_err(|_| unknown())
    }
}

#[pymethods]
impl Reading {
    /// The article's id; its place among those that were read together if it has none.
    #[getter]
    fn id(&self) -> &str {
        &self.it().id
    }

    /// The version of the contract.
    #[getter]
    fn schema(&self) -> u32 {
        self.it().schema
    }

    /// The day of publication.
    #[getter]
    fn published<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        day(py, self.it().published)
    }

    /// `text` if the day is that of the article's own date line.
    #[getter]
    fn published_from<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let from = self.it().published_from.as_ref();
        from.map(|from| word(py, from)).transpose()
    }

    /// Who published the article.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.it().outlet.as_deref()
    }

    /// SHA-256 of the text in UTF-8: which text the offsets count in.
    #[getter]
    fn text_sha256(&self) -> &str {
        &self.it().text_sha256
    }

    /// The program that made the reading.
    #[getter]
    fn engine(&self) -> &str {
        &self.it().engine
    }

    /// Who said what, in the order of the text.
    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.statements
            .of::<_, Statement>(py, &self.part, |k| &k.reading.statements)
    }

    /// What happened between whom, in the order of the text.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.events
            .of::<_, Event>(py, &self.part, |k| &k.reading.events)
    }

    /// Everybody whom the article names, by first mention.
    #[getter]
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.entities
            .of::<_, Entity>(py, &self.part, |k| &k.reading.entities)
    }

    /// Time expressions, in the order of the text.
    #[getter]
    fn times<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.times
            .of::<_, TimeMention>(py, &self.part, |k| &k.reading.times)
    }

    /// What the title says, if there is one.
    #[getter]
    fn headline<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Headline>>> {
        let made = self.headline.get_or_try_init(py, || {
            let part = self.part.maybe(|k| k.reading.headline.as_ref());
            part.map(|part| Py::new(py, Headline::of(part))).transpose()
        })?;
        Ok(made.as_ref().map(|headline| headline.bind(py).clone()))
    }

    /// The article.
    #[getter]
    fn article<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, Article>> {
        let made = self.article.get_or_try_init(py, || {
            Py::new(py, Article::of(self.part.part(|k| &k.article)))
        })?;
        Ok(made.bind(py).clone())
    }

    /// The article's text.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyString>> {
        Ok(self.article(py)?.get().string(py))
    }

    /// The article's title: the offsets of the headline count in it.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.kept().article.title.as_deref()
    }

    /// The statement with an id, `s1` or `hs1`.
    fn statement<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        self.named(py, id, Named::Statement)
    }

    /// The event with an id, `v1` or `hv1`.
    fn event<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        self.named(py, id, Named::Event)
    }

    /// The entity with an id, `e1` or `he1`.
    fn entity<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        self.named(py, id, Named::Entity)
    }

    /// The same as a dictionary, as JSON has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize::pythonize(py, self.it())?)
    }

    /// The line that `rawi read --format jsonl` prints, without its end.
    fn to_json(&self) -> PyResult<String> {
        json(self.it())
    }

    /// The reading that such a line holds, with the article that it is of: an `Article`, a
    /// dictionary or the text alone.
    ///
    /// >>> reading = rawi.read("قال الوزير إن العمل انتهى.")
    /// >>> rawi.Reading.from_json(reading.to_json(), reading.article) == reading
    /// True
    ///
    /// Raises:
    ///     ValueError: if it is no reading of this version, or one of another text.
    #[classmethod]
    fn from_json(
        _class: &Bound<'_, PyType>,
        json: &str,
        article: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let broken = |why: String| PyValueError::new_err(format!("not a reading: {why}"));
        let reading: rawi::Reading<'static> =
            serde_json::from_str(json).map_err(|e| broken(e.to_string()))?;
        if reading.schema != SCHEMA {
            let why = format!("`schema` is {}, but only {SCHEMA} is known", reading.schema);
            return Err(broken(why));
        }
        let mut article = taken(article).map_err(|f| f.raised(article.py()))?;
        if article.id.is_empty() {
            article.id = reading.id.clone().into_owned();
        }
        // Where it was given, nothing but the reading may still know of it.
        if reading.published_from.is_none() {
            let day = reading.published.map(|day| day.to_string());
            article.published = article.published.or(day);
        }
        let outlet = reading.outlet.clone().map(Cow::into_owned);
        article.outlet = article.outlet.or(outlet);
        let sha256 = rawi::text_sha256(&article.text);
        if reading.text_sha256 != sha256 {
            let why = format!("{} is a reading of another text", reading.id);
            return Err(PyValueError::new_err(why));
        }
        Ok(Self::new(Kept { reading, article }))
    }

    fn __repr__(&self) -> String {
        let it = self.it();
        format!(
            "Reading({}, statements={}, events={}, entities={}, times={})",
            short(&it.id),
            it.statements.len(),
            it.events.len(),
            it.entities.len(),
            it.times.len(),
        )
    }

    fn __eq__(&self, other: &Self) -> bool {
        let (a, b) = (self.kept(), other.kept());
        a.reading == b.reading && a.article == b.article
    }

    fn __hash__(&self) -> u64 {
        let it = self.it();
        hash((
            &it.id,
            &it.text_sha256,
            it.statements.len(),
            it.events.len(),
        ))
    }

    fn __copy__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __deepcopy__(this: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        this
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Line<'py>)> {
        let restore = slf.get_type().getattr("from_json")?;
        let this = slf.get();
        Ok((restore, (this.to_json()?, this.article(slf.py())?)))
    }
}

object! {
    /// What a title says, read by itself: offsets count the characters of the title.
    Headline(reading::Headline<'static>) { statements, events, entities, times }
    repr |h| {
        format!(
            "statements={}, events={}, entities={}, times={}",
            h.statements.len(),
            h.events.len(),
            h.entities.len(),
            h.times.len(),
        )
    };
    hash |h| (&h.text_sha256, h.statements.len(), h.events.len());

    /// SHA-256 of the title in UTF-8.
    #[getter]
    fn text_sha256(&self) -> &str {
        &self.it().text_sha256
    }

    /// Who said what.
    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.statements.of::<_, Statement>(py, &self.part, |h| &h.statements)
    }

    /// What happened between whom.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.events.of::<_, Event>(py, &self.part, |h| &h.events)
    }

    /// Everybody whom the title names; `same_as` leads to the text's entity.
    #[getter]
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.entities.of::<_, Entity>(py, &self.part, |h| &h.entities)
    }

    /// Time expressions.
    #[getter]
    fn times<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.times.of::<_, TimeMention>(py, &self.part, |h| &h.times)
    }
}
