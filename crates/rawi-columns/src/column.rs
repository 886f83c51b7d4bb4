//! A column that is being filled.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    StructBuilder, UInt8Builder, UInt32Builder,
};
use arrow_array::{ArrayRef, builder::ArrayBuilder};
use arrow_schema::{ArrowError, DataType, Field, Fields};

use crate::cell::{Cell, Person};
use crate::schema::{Kind, person, piece};
use rawi::reading::Piece;

/// The values of a column so far.
pub(crate) enum Filling {
    Text(StringBuilder),
    Number(Int64Builder),
    Count(UInt32Builder),
    Byte(UInt8Builder),
    Real(Float64Builder),
    Flag(BooleanBuilder),
    Day(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    Pieces(ListBuilder<StructBuilder>),
    People(ListBuilder<StructBuilder>),
}

impl Filling {
    pub fn new(kind: Kind) -> Self {
        let structs = |fields: Fields| {
            let item = Field::new("item", DataType::Struct(fields.clone()), false);
            ListBuilder::new(StructBuilder::from_fields(fields, 0)).with_field(Arc::new(item))
        };
        match kind {
            Kind::Text => Filling::Text(StringBuilder::new()),
            Kind::Number => Filling::Number(Int64Builder::new()),
            Kind::Count => Filling::Count(UInt32Builder::new()),
            Kind::Byte => Filling::Byte(UInt8Builder::new()),
            Kind::Real => Filling::Real(Float64Builder::new()),
            Kind::Flag => Filling::Flag(BooleanBuilder::new()),
            Kind::Day => Filling::Day(Date32Builder::new()),
            Kind::Texts => {
                let item = Field::new("item", DataType::Utf8, false);
                Filling::Texts(ListBuilder::new(StringBuilder::new()).with_field(Arc::new(item)))
            }
            Kind::Pieces => Filling::Pieces(structs(piece())),
            Kind::People => Filling::People(structs(person())),
        }
    }

    /// Adds a value.
    pub fn add(&mut self, cell: Cell<'_>) -> Result<(), ArrowError> {
        match (self, cell) {
            (Filling::Text(to), Cell::Text(text)) => to.append_value(text),
            (Filling::Text(to), Cell::None) => to.append_null(),
            (Filling::Number(to), Cell::Number(n)) => to.append_value(n),
            (Filling::Number(to), Cell::None) => to.append_null(),
            (Filling::Count(to), Cell::Count(n)) => to.append_value(n),
            (Filling::Count(to), Cell::None) => to.append_null(),
            (Filling::Byte(to), Cell::Byte(n)) => to.append_value(n),
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
            (_, cell) => return Err(misfit(&format!("{cell:?}"))),
        }
        Ok(())
    }

    /// The column; the next one begins empty.
    pub fn finish(&mut self) -> ArrayRef {
        match self {
            Filling::Text(to) => Arc::new(to.finish()),
            Filling::Number(to) => Arc::new(to.finish()),
            Filling::Count(to) => Arc::new(to.finish()),
            Filling::Byte(to) => Arc::new(to.finish()),
            Filling::Real(to) => Arc::new(to.finish()),
            Filling::Flag(to) => Arc::new(to.finish()),
            Filling::Day(to) => Arc::new(to.finish()),
            Filling::Texts(to) => Arc::new(to.finish()),
            Filling::Pieces(to) | Filling::People(to) => Arc::new(to.finish()),
        }
    }
}

fn add_piece(to: &mut StructBuilder, piece: &Piece<'_>) -> Result<(), ArrowError> {
    field::<UInt32Builder>(to, 0)?.append_value(piece.start);
    field::<UInt32Builder>(to, 1)?.append_value(piece.end);
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
