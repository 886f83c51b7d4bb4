//! A column that is being filled.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, Int64Builder, ListBuilder,
    StringBuilder, StructBuilder,
};
use arrow_array::{ArrayRef, ListArray, StructArray, builder::ArrayBuilder};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Fields};

use crate::Table;
use crate::cell::{Cell, Person, Row};
use crate::schema::{Kind, item, person, piece};
use rawi::reading::Piece;

/// The values of a column so far.
pub(crate) enum Filling {
    Text(StringBuilder),
    Number(Int64Builder),
    Count(Int32Builder),
    Real(Float64Builder),
    Flag(BooleanBuilder),
    Day(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    Pieces(ListBuilder<StructBuilder>),
    People(ListBuilder<StructBuilder>),
    Rows(Lists),
}

/// Lists of rows of another table.
pub(crate) struct Lists {
    fields: Fields,
    columns: Vec<Filling>,
    /// Where each list ends.
    ends: Vec<i32>,
    rows: i32,
}

impl Filling {
    pub fn new(kind: Kind) -> Self {
        let structs = |fields: Fields| {
            let item = item(DataType::Struct(fields.clone()));
            ListBuilder::new(StructBuilder::from_fields(fields, 0)).with_field(Arc::new(item))
        };
        match kind {
            Kind::Text => Filling::Text(StringBuilder::new()),
            Kind::Number => Filling::Number(Int64Builder::new()),
            Kind::Count => Filling::Count(Int32Builder::new()),
            Kind::Real => Filling::Real(Float64Builder::new()),
            Kind::Flag => Filling::Flag(BooleanBuilder::new()),
            Kind::Day => Filling::Day(Date32Builder::new()),
            Kind::Texts => Filling::Texts(ListBuilder::new(StringBuilder::new())),
            Kind::Pieces => Filling::Pieces(structs(piece())),
            Kind::People => Filling::People(structs(person())),
            Kind::Rows(table) => Filling::Rows(Lists::new(table)),
        }
    }

    /// Adds a value.
    pub fn add(&mut self, cell: Cell<'_>) -> Result<(), ArrowError> {
        match (self, cell) {
            (Filling::Text(to), Cell::Text(text)) => to.append_value(text),
            (Filling::Text(to), Cell::None) => to.append_null(),
            (Filling::Number(to), Cell::Number(n)) => to.append_value(n),
            (Filling::Number(to), Cell::None) => to.append_null(),
            (Filling::Count(to), Cell::Count(n)) => to.append_value(signed(n)),
            (Filling::Count(to), Cell::None) => to.append_null(),
            (Filling::Real(to), Cell::Real(x)) => to.append_value(x),
            (Filling::Flag(to), Cell::Flag(is)) => to.append_value(is),
            (Filling::Day(to), Cell::Day(day)) => to.append_value(day.unix_day()),
            (Filling::Day(to), Cell::None) => to.append_null(),
            (Filling::Texts(to), Cell::Texts(all)) => {
                for text in all {
                    to.values().append_value(text);
                }
                to.append(true);
            }
            (Filling::Pieces(to), Cell::Pieces(all)) => {
                for piece in all {
                    add_piece(to.values(), piece)?;
                }
                to.append(true);
            }
            (Filling::People(to), Cell::People(all)) => {
                for who in &all {
                    add_person(to.values(), who)?;
                }
                to.append(true);
            }
            (Filling::Rows(to), Cell::Rows(rows)) => to.add(rows)?,
            (_, cell) => return Err(misfit(&format!("{cell:?}"))),
        }
        Ok(())
    }

    /// The column; the next one begins empty.
    ///
    /// # Errors
    ///
    /// If it is not what its schema says, which is a fault of this crate.
    pub fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Filling::Text(to) => Arc::new(to.finish()),
            Filling::Number(to) => Arc::new(to.finish()),
            Filling::Count(to) => Arc::new(to.finish()),
            Filling::Real(to) => Arc::new(to.finish()),
            Filling::Flag(to) => Arc::new(to.finish()),
            Filling::Day(to) => Arc::new(to.finish()),
            Filling::Texts(to) => Arc::new(to.finish()),
            Filling::Pieces(to) | Filling::People(to) => Arc::new(to.finish()),
            Filling::Rows(to) => to.finish()?,
        })
    }
}

impl Lists {
    fn new(table: Table) -> Self {
        let columns = table.nested().map(|(_, kind, _)| Filling::new(kind));
        Self {
            fields: table.nested_fields(),
            columns: columns.collect(),
            ends: Vec::new(),
            rows: 0,
        }
    }

    fn add(&mut self, rows: Vec<Row<'_>>) -> Result<(), ArrowError> {
        for row in rows {
            add_row(&mut self.columns, row)?;
            self.rows += 1;
        }
        self.ends.push(self.rows);
        Ok(())
    }

    fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        let columns: Result<Vec<ArrayRef>, _> =
            self.columns.iter_mut().map(Filling::finish).collect();
        let offsets: Vec<i32> = std::iter::once(0).chain(self.ends.drain(..)).collect();
        self.rows = 0;
        let rows = StructArray::try_new(self.fields.clone(), columns?, None)?;
        let item = item(DataType::Struct(self.fields.clone()));
        let offsets = OffsetBuffer::new(offsets.into());
        let lists = ListArray::try_new(Arc::new(item), offsets, Arc::new(rows), None)?;
        Ok(Arc::new(lists))
    }
}

/// Adds a row, a value to each column.
pub(crate) fn add_row(columns: &mut [Filling], row: Row<'_>) -> Result<(), ArrowError> {
    if row.len() != columns.len() {
        let (values, columns) = (row.len(), columns.len());
        let problem = format!("a row of {columns} columns has {values} values");
        return Err(ArrowError::SchemaError(problem));
    }
    for (column, cell) in columns.iter_mut().zip(row) {
        column.add(cell)?;
    }
    Ok(())
}

/// A number of code points or things, which no text has as many of as would not fit.
fn signed(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn add_piece(to: &mut StructBuilder, piece: &Piece<'_>) -> Result<(), ArrowError> {
    field::<Int32Builder>(to, 0)?.append_value(signed(piece.start));
    field::<Int32Builder>(to, 1)?.append_value(signed(piece.end));
    field::<StringBuilder>(to, 2)?.append_value(&piece.text);
    to.append(true);
    Ok(())
}

fn add_person(to: &mut StructBuilder, who: &Person<'_>) -> Result<(), ArrowError> {
    field::<StringBuilder>(to, 0)?.append_value(&who.entity);
    field::<StringBuilder>(to, 1)?.append_value(who.name);
    field::<StringBuilder>(to, 2)?.append_option(who.code.as_deref());
    to.append(true);
    Ok(())
}

fn field<B: ArrayBuilder>(of: &mut StructBuilder, place: usize) -> Result<&mut B, ArrowError> {
    of.field_builder(place)
        .ok_or_else(|| misfit("a field of a list"))
}

fn misfit(what: &str) -> ArrowError {
    ArrowError::SchemaError(format!("{what} does not fit its column"))
}
