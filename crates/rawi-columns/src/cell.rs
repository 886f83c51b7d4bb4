//! One value of a row, on its way into a column.

use std::borrow::Cow;

use rawi::reading::{Date, Participant, Piece};

/// A value of a row.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Cell<'a> {
    None,
    Text(Cow<'a, str>),
    Number(i64),
    Count(u32),
    Real(f64),
    Flag(bool),
    Day(Date),
    Texts(Vec<&'a str>),
    Pieces(&'a [Piece<'a>]),
    People(Vec<Person<'a>>),
    Rows(Vec<Row<'a>>),
}

/// One row.
pub(crate) type Row<'a> = Vec<Cell<'a>>;

/// An entity that takes part.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Person<'a> {
    pub entity: String,
    pub name: &'a str,
    pub code: Option<String>,
}

impl<'a> Person<'a> {
    pub fn of(p: &'a Participant<'_>) -> Self {
        Self {
            entity: p.entity.to_string(),
            name: &p.name,
            code: p.code.as_ref().map(ToString::to_string),
        }
    }
}

impl<'a> Cell<'a> {
    pub fn text(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }

    /// A value that says itself in characters.
    pub fn shown(value: impl ToString) -> Self {
        Cell::Text(Cow::Owned(value.to_string()))
    }

    /// A value of a closed list, as the JSON contract spells it.
    pub fn code(value: &impl serde::Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(name)) => Cell::Text(Cow::Owned(name)),
            _ => Cell::None,
        }
    }

    pub fn people(all: &'a [Participant<'_>]) -> Self {
        Cell::People(all.iter().map(Person::of).collect())
    }

    /// How many there are; a reading has never as many as would not fit.
    pub fn count(number: usize) -> Self {
        Cell::Count(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// What may be missing.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Cell::None, cell)
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        const FIXED: usize = 8;
        match self {
            Cell::Text(text) => text.len() + FIXED,
            Cell::Texts(all) => all.iter().map(|t| t.len() + FIXED).sum(),
            Cell::Pieces(all) => all.iter().map(|p| p.text.len() + 2 * FIXED).sum(),
            Cell::People(all) => all.iter().map(|p| p.name.len() + 3 * FIXED).sum(),
            Cell::Rows(all) => all.iter().flatten().map(Cell::bytes).sum(),
            _ => FIXED,
        }
    }
}
