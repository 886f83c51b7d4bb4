//! What all objects of a reading share: they cannot be changed, print themselves shortly,
//! are compared and hashed by what they hold, become dictionaries, and go through pickle
//! as the JSON that the contract has for them.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDate, PyString, PyTuple};
use pyo3::{PyClass, PyClassInitializer};
use rawi::reading::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::part::Part;

/// A Python object that shows a part of a reading.
pub(crate) trait Object: PyClass + Into<PyClassInitializer<Self>> {
    /// What it shows.
    type It: Serialize + DeserializeOwned + PartialEq + Send + Sync + 'static;

    /// An object that shows this.
    fn of(part: Part<Self::It>) -> Self;
}

/// A list that becomes objects when somebody asks for it, once.
pub(crate) struct List(PyOnceLock<Py<PyTuple>>);

impl Default for List {
    fn default() -> Self {
        Self(PyOnceLock::new())
    }
}

impl List {
    /// The list at a place of a part.
    pub fn of<'py, T, O: Object>(
        &self,
        py: Python<'py>,
        part: &Part<T>,
        list: for<'a> fn(&'a T) -> &'a Vec<O::It>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let made = self.0.get_or_try_init(py, || {
            let each = (0..list(part.it()).len()).map(|n| O::of(part.part(|it| &list(it)[n])));
            let each: Vec<Py<O>> = each.map(|o| Py::new(py, o)).collect::<PyResult<_>>()?;
            PyTuple::new(py, each).map(Bound::unbind)
        })?;
        Ok(made.bind(py).clone())
    }

    /// A list of strings.
    pub fn strings<'py, S, I>(
        &self,
        py: Python<'py>,
        list: impl FnOnce() -> I,
    ) -> PyResult<Bound<'py, PyTuple>>
    where
        S: AsRef<str>,
        I: ExactSizeIterator<Item = S>,
    {
        let made = self.0.get_or_try_init(py, || {
            let each = list().map(|text| PyString::new(py, text.as_ref()));
            PyTuple::new(py, each).map(Bound::unbind)
        })?;
        Ok(made.bind(py).clone())
    }
}

/// A value of a closed list, as the contract spells it.
pub(crate) fn word<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    Ok(pythonize::pythonize(py, value)?)
}

/// A day.
pub(crate) fn day(py: Python<'_>, date: Option<Date>) -> PyResult<Option<Bound<'_, PyDate>>> {
    let date = date.map(|d| PyDate::new(py, d.year(), d.month(), d.day()));
    date.transpose()
}

/// The JSON of a value: strings and numbers, which always serialize.
pub(crate) fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|e| PyValueError::new_err(e.to_string()))
}

/// An object that stands alone, from its JSON.
pub(crate) fn from_json<O: Object>(state: &str) -> PyResult<O> {
    let it = serde_json::from_str(state).map_err(|e| PyValueError::new_err(e.to_string()))?;
    Ok(O::of(Part::whole(it)))
}

/// The hash of what is equal in equal objects.
pub(crate) fn hash(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// The beginning of a text as Python writes it, for `__repr__`.
pub(crate) fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut out = String::from("'");
    for (n, c) in text.chars().enumerate() {
        if n == SHOWN {
            out.push('…');
            break;
        }
        match c {
            '\'' | '\\' | '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

/// Declares the class of an object: its name and what it shows, the lists in it, the
/// text between the parentheses of its `__repr__`, what it is hashed by, its attributes.
macro_rules! object {
    // With the attributes of a stretch of the text.
    (
        $(#[$about:meta])*
        $name:ident($it:ty) { $($list:ident),* $(,)? }
        repr |$shown:ident| $repr:expr;
        hash |$hashed:ident| $key:expr;
        stretch;
        $($attributes:tt)*
    ) => {
        $crate::object::object! {
            $(#[$about])*
            $name($it) { $($list),* }
            repr |$shown| $repr;
            hash |$hashed| $key;

            /// The first character.
            #[getter]
            fn start(&self) -> u32 {
                self.it().start
            }

            /// One past the last character.
            #[getter]
            fn end(&self) -> u32 {
                self.it().end
            }

            /// The characters.
            #[getter]
            fn text(&self) -> &str {
                &self.it().text
            }

            $($attributes)*
        }
    };
    (
        $(#[$about:meta])*
        $name:ident($it:ty) { $($list:ident),* $(,)? }
        repr |$shown:ident| $repr:expr;
        hash |$hashed:ident| $key:expr;
        $($attributes:tt)*
    ) => {
        $(#[$about])*
        #[pyo3::pyclass(frozen, module = "rawi")]
        pub(crate) struct $name {
            part: $crate::part::Part<$it>,
            $($list: $crate::object::List,)*
        }

        impl $crate::object::Object for $name {
            type It = $it;

            fn of(part: $crate::part::Part<$it>) -> Self {
                Self {
                    part,
                    $($list: $crate::object::List::default(),)*
                }
            }
        }

        impl $name {
            fn it(&self) -> &$it {
                self.part.it()
            }
        }

        #[pyo3::pymethods]
        impl $name {
            $($attributes)*

            /// The same as a dictionary, as JSON has it.
            fn to_dict<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                Ok(pythonize::pythonize(py, self.it())?)
            }

            fn __repr__(&self) -> String {
                let $shown = self.it();
                format!("{}({})", stringify!($name), $repr)
            }

            fn __eq__(&self, other: &Self) -> bool {
                self.it() == other.it()
            }

            fn __hash__(&self) -> u64 {
                let $hashed = self.it();
                $crate::object::hash($key)
            }

            fn __copy__(this: pyo3::Py<Self>) -> pyo3::Py<Self> {
                this
            }

            fn __deepcopy__(
                this: pyo3::Py<Self>,
                _memo: &pyo3::Bound<'_, pyo3::PyAny>,
            ) -> pyo3::Py<Self> {
                this
            }

            fn __reduce__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<(pyo3::Bound<'py, pyo3::PyAny>, (String,))> {
                use pyo3::types::PyAnyMethods;
                let restore = slf.get_type().getattr("_restore")?;
                Ok((restore, ($crate::object::json(slf.get().it())?,)))
            }

            #[classmethod]
            fn _restore(
                _class: &pyo3::Bound<'_, pyo3::types::PyType>,
                state: &str,
            ) -> pyo3::PyResult<Self> {
                $crate::object::from_json(state)
            }
        }
    };
}
pub(crate) use object;
