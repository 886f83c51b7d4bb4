//! What goes in: articles, and whatever stands for one.

use pyo3::basic::CompareOp;
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDict, PyInt, PyString};
use rawi_input::{Fields, Role};

use crate::failure::Failure;
use crate::object::{hash, short};
use crate::part::Part;

/// An article: its text, and what is known of it.
///
/// >>> rawi.Article("قال الوزير إن العمل انتهى.", id="n-1", published="2026-03-02")
/// Article(id='n-1', text='قال الوزير إن العمل انتهى.')
#[pyclass(frozen, module = "rawi")]
pub(crate) struct Article {
    part: Part<rawi::Article>,
    /// The text as Python has it, made once.
    text: PyOnceLock<Py<PyString>>,
}

impl Article {
    pub fn of(part: Part<rawi::Article>) -> Self {
        Self {
            part,
            text: PyOnceLock::new(),
        }
    }

    pub fn it(&self) -> &rawi::Article {
        self.part.it()
    }

    /// The text.
    pub fn string<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        let made = self
            .text
            .get_or_init(py, || PyString::new(py, &self.it().text).unbind());
        made.bind(py).clone()
    }
}

#[pymethods]
impl Article {
    #[new]
    #[pyo3(signature = (text, *, id=None, title=None, published=None, outlet=None))]
    fn new(
        text: &Bound<'_, PyAny>,
        id: Option<&Bound<'_, PyAny>>,
        title: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        outlet: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let given = Given {
            text: Some(text),
            id,
            title,
            published,
            outlet,
        };
        let article = given.article().map_err(|f| f.raised(text.py()))?;
        Ok(Self::of(Part::whole(article)))
    }

    /// The text, exactly as given.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.string(py)
    }

    /// Whatever names it.
    #[getter]
    fn id(&self) -> Option<&str> {
        Some(&*self.it().id).filter(|id| !id.is_empty())
    }

    /// Its headline.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.it().title.as_deref()
    }

    /// Its day of publication, as given.
    #[getter]
    fn published(&self) -> Option<&str> {
        self.it().published.as_deref()
    }

    /// Who published it.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.it().outlet.as_deref()
    }

    fn __repr__(&self) -> String {
        let id = self
            .id()
            .map_or(String::new(), |id| format!("id={}, ", short(id)));
        format!("Article({id}text={})", short(&self.it().text))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.it() == other.it()
    }

    fn __hash__(&self) -> u64 {
        hash((&self.it().id, &self.it().text))
    }

    fn __copy__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __deepcopy__(this: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        this
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<((Bound<'py, PyString>,), Bound<'py, PyDict>)> {
        let rest = PyDict::new(py);
        rest.set_item("id", self.id())?;
        rest.set_item("title", self.title())?;
        rest.set_item("published", self.published())?;
        rest.set_item("outlet", self.outlet())?;
        Ok(((self.string(py),), rest))
    }
}

/// What stands for an article: an [`Article`], a dictionary of its fields, or its text.
pub(crate) fn taken(item: &Bound<'_, PyAny>) -> Result<rawi::Article, Failure> {
    let text = Given {
        text: Some(item),
        ..Given::default()
    };
    text.taken()
}

/// Whether this stands for one article, and not for many.
pub(crate) fn is_one(item: &Bound<'_, PyAny>) -> bool {
    item.is_instance_of::<PyString>()
        || item.is_instance_of::<PyDict>()
        || item.is_instance_of::<Article>()
}

/// The fields of an article as they were given.
#[derive(Clone, Copy, Default)]
pub(crate) struct Given<'a, 'py> {
    pub text: Option<&'a Bound<'py, PyAny>>,
    pub id: Option<&'a Bound<'py, PyAny>>,
    pub title: Option<&'a Bound<'py, PyAny>>,
    pub published: Option<&'a Bound<'py, PyAny>>,
    pub outlet: Option<&'a Bound<'py, PyAny>>,
}

impl Given<'_, '_> {
    /// The article; what stands for a whole one may be in the place of its text.
    pub fn taken(&self) -> Result<rawi::Article, Failure> {
        let Some(whole) = self.text.filter(|t| !t.is_instance_of::<PyString>()) else {
            return self.article();
        };
        let rest = [self.id, self.title, self.published, self.outlet];
        let alone = rest.iter().all(Option::is_none);
        if let Ok(article) = whole.cast::<Article>()
            && alone
        {
            return Ok(article.get().it().clone());
        }
        if let Ok(fields) = whole.cast::<PyDict>()
            && alone
        {
            return record(fields);
        }
        let wanted = if alone {
            "an article is a str, a dict or a rawi.Article"
        } else {
            "with other fields beside it the text is a str"
        };
        Err(Failure::mistyped(format!("{wanted}, not {}", kind(whole))))
    }

    /// The article of these fields.
    pub fn article(&self) -> Result<rawi::Article, Failure> {
        let id = known(self.id).map(id).transpose()?;
        let rest = || {
            let text = known(self.text).ok_or_else(|| Failure::new("has no `text`"))?;
            Ok(rawi::Article {
                id: String::new(),
                text: string(text, "text")?,
                title: known(self.title).map(|t| string(t, "title")).transpose()?,
                published: known(self.published).map(published).transpose()?,
                outlet: known(self.outlet)
                    .map(|o| string(o, "outlet"))
                    .transpose()?,
            })
        };
        match rest() {
            Ok(article) => Ok(rawi::Article {
                id: id.unwrap_or_default(),
                ..article
            }),
            Err(failure) => Err(Failure::of(failure, id)),
        }
    }
}

/// The article of a dictionary, whose fields have the names that those of a file may have:
/// of several for the same the first counts that has something in it.
fn record(fields: &Bound<'_, PyDict>) -> Result<rawi::Article, Failure> {
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, value) in fields.iter() {
        let blank = || {
            let text = value.cast::<PyString>().ok()?;
            Some(text.call_method0("strip").ok()?.is_empty().unwrap_or(false))
        };
        if let Ok(name) = name.cast::<PyString>()
            && known(Some(&value)).is_some()
            && !blank().unwrap_or(false)
        {
            names.push(string(name.as_any(), "a name of a field")?);
            values.push(value);
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let roles = Fields::default();
    let of = |role| roles.places(role, &names).first().map(|at| &values[*at]);
    let given = Given {
        text: of(Role::Text),
        id: of(Role::Id).or_else(|| of(Role::Url)),
        title: of(Role::Title),
        published: of(Role::Published),
        outlet: of(Role::Outlet),
    };
    given.article().map_err(|failure| match given.text {
        None if !names.is_empty() => failure.with(&format!(": {}", names.join(", "))),
        _ => failure,
    })
}

/// The name of the type of a value.
fn kind(value: &Bound<'_, PyAny>) -> String {
    let name = value.get_type().name();
    name.map_or("that".to_owned(), |name| name.to_string())
}

/// A field with something in it: tables have NaN, NaT and NA for nothing, which alone
/// do not equal themselves.
fn known<'a, 'py>(field: Option<&'a Bound<'py, PyAny>>) -> Option<&'a Bound<'py, PyAny>> {
    let field = field.filter(|field| !field.is_none())?;
    if field.is_instance_of::<PyString>() {
        return Some(field);
    }
    let different = field.rich_compare(field, CompareOp::Ne);
    let nothing = different.is_ok_and(|d| d.is(field) || d.is_truthy().unwrap_or(false));
    (!nothing).then_some(field)
}

/// Characters, copied: Python would keep the UTF-8 beside its own form of them.
pub(crate) fn string(value: &Bound<'_, PyAny>, field: &str) -> Result<String, Failure> {
    let Ok(text) = value.cast::<PyString>() else {
        let name = kind(value);
        let hint = if name == "bytes" {
            ": decode it first"
        } else {
            ""
        };
        return Err(Failure::mistyped(format!(
            "`{field}` is a str, not {name}{hint}"
        )));
    };
    let bytes = text.encode_utf8().map_err(|e| {
        let py = text.py();
        let at = e.is_instance_of::<PyUnicodeEncodeError>(py);
        let at = at.then(|| e.value(py).getattr("start").ok()?.extract().ok());
        let at: Option<usize> = at.flatten();
        let place = at.map_or(String::new(), |at| format!(" at character {at}"));
        Failure::new(format!(
            "`{field}` has half of a surrogate pair{place}, which is no character"
        ))
        .at(at)
    })?;
    // Python encodes nothing but UTF-8.
    String::from_utf8(bytes.as_bytes().to_vec()).map_err(|e| Failure::new(e.to_string()))
}

/// What names an article: characters, or a whole number.
fn id(value: &Bound<'_, PyAny>) -> Result<String, Failure> {
    if value.is_instance_of::<PyString>() {
        return string(value, "id");
    }
    let number = value.is_instance_of::<PyInt>() || value.hasattr("__index__").unwrap_or(false);
    let truth = value.is_instance_of::<PyBool>();
    match value.str() {
        Ok(digits) if number && !truth => string(digits.as_any(), "id"),
        _ => Err(Failure::mistyped("`id` is a str or an int")),
    }
}

/// A day as it is written, or of the calendar; a moment counts by its day.
pub(crate) fn published(value: &Bound<'_, PyAny>) -> Result<String, Failure> {
    const DAY: usize = "2025-02-12".len();
    if value.is_instance_of::<PyString>() {
        return string(value, "published");
    }
    let day = value.is_instance_of::<PyDate>();
    match value.call_method0("isoformat") {
        Ok(iso) if day => {
            let iso = string(&iso, "published")?;
            Ok(iso.get(..DAY).unwrap_or(&iso).to_owned())
        }
        _ => Err(Failure::mistyped("`published` is a str or a datetime.date")),
    }
}
