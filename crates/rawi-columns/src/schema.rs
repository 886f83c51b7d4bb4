//! The tables and their columns.
//!
//! Names and order are a contract: new columns come at the end, and [`VERSION`] grows when
//! anything else changes.
//!
//! All whole numbers have a sign, since Java and Spark know no others. What stands in a list may
//! be empty as far as the schema goes, though it never is where its column has no `?`: Spark says
//! so of every list, and takes no other.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};

/// The version of the schema of all tables.
pub const VERSION: u32 = 2;

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Table {
    /// What was read, and how much of it there is.
    Articles,
    /// Who said what.
    Statements,
    /// What happened between whom.
    Events,
    /// Whom and what an article names.
    Entities,
    /// Where it names them.
    Mentions,
    /// Time expressions.
    Times,
    /// All of it in one row for each article, and why it could not be read.
    Readings,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Characters as they are in the text, a code or an id.
    Text,
    /// A number of the archive.
    Number,
    /// Code points, or how many of something.
    Count,
    /// A number with a fraction.
    Real,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
    /// Several of [`Kind::Text`].
    Texts,
    /// Stretches of the text.
    Pieces,
    /// Entities that take part.
    People,
    /// The rows of another table, without what is said of the article.
    Rows(Table),
}

/// A column: its name, what it holds, and whether it may be empty.
pub(crate) type Column = (&'static str, Kind, bool);

const MUST: bool = false;
const MAY: bool = true;

/// The columns that all tables begin with.
const HEAD: [Column; 5] = [
    ("article", Kind::Text, MUST),
    ("outlet", Kind::Text, MAY),
    ("title", Kind::Text, MAY),
    ("published", Kind::Day, MAY),
    ("published_from", Kind::Text, MAY),
];

/// Where a row stands in its article.
const PART: Column = ("part", Kind::Text, MUST);

/// The columns that all tables go on with behind their own: what proves a row, and where
/// an archive has it.
const TAIL: [Column; 6] = [
    ("text_sha256", Kind::Text, MUST),
    ("engine", Kind::Text, MUST),
    ("document", Kind::Number, MAY),
    ("version", Kind::Number, MAY),
    ("story", Kind::Number, MAY),
    ("address", Kind::Text, MAY),
];

const ARTICLES: [Column; 8] = [
    ("text", Kind::Text, MUST),
    ("characters", Kind::Count, MUST),
    ("title_sha256", Kind::Text, MAY),
    ("schema", Kind::Count, MUST),
    ("statements", Kind::Count, MUST),
    ("events", Kind::Count, MUST),
    ("entities", Kind::Count, MUST),
    ("times", Kind::Count, MUST),
];

const STATEMENTS: [Column; 29] = [
    ("statement", Kind::Text, MUST),
    ("in", Kind::Text, MAY),
    ("form", Kind::Text, MUST),
    ("act", Kind::Text, MUST),
    ("speaker", Kind::Text, MAY),
    ("speaker_entity", Kind::Text, MAY),
    ("speaker_how", Kind::Text, MAY),
    ("source", Kind::Text, MAY),
    ("source_start", Kind::Count, MAY),
    ("source_end", Kind::Count, MAY),
    ("cue", Kind::Text, MAY),
    ("cue_lemma", Kind::Text, MAY),
    ("cue_start", Kind::Count, MAY),
    ("cue_end", Kind::Count, MAY),
    ("content", Kind::Text, MUST),
    ("start", Kind::Count, MUST),
    ("end", Kind::Count, MUST),
    ("pieces", Kind::Pieces, MUST),
    ("addressees", Kind::People, MUST),
    ("channel", Kind::Text, MAY),
    ("channel_start", Kind::Count, MAY),
    ("channel_end", Kind::Count, MAY),
    ("channel_kind", Kind::Text, MAY),
    ("platform", Kind::Text, MAY),
    ("via", Kind::People, MUST),
    ("said_on", Kind::Day, MAY),
    ("confidence", Kind::Real, MUST),
    ("certainty", Kind::Text, MUST),
    ("statement_id", Kind::Number, MAY),
];

const EVENTS: [Column; 25] = [
    ("event", Kind::Text, MUST),
    ("type", Kind::Text, MUST),
    ("mode", Kind::Text, MAY),
    ("context", Kind::Texts, MUST),
    ("quad", Kind::Count, MUST),
    ("status", Kind::Text, MUST),
    ("trigger", Kind::Text, MUST),
    ("start", Kind::Count, MUST),
    ("end", Kind::Count, MUST),
    ("mentions", Kind::Pieces, MUST),
    ("actors", Kind::People, MUST),
    ("recipients", Kind::People, MUST),
    ("claimed_by", Kind::Text, MAY),
    ("claimed_by_entity", Kind::Text, MAY),
    ("statement", Kind::Text, MAY),
    ("date", Kind::Text, MAY),
    ("date_begin", Kind::Day, MAY),
    ("date_end", Kind::Day, MAY),
    ("date_precision", Kind::Text, MAY),
    ("place", Kind::Text, MAY),
    ("place_entity", Kind::Text, MAY),
    ("score", Kind::Real, MUST),
    ("confidence", Kind::Real, MUST),
    ("certainty", Kind::Text, MUST),
    ("event_id", Kind::Number, MAY),
];

const ENTITIES: [Column; 12] = [
    ("entity", Kind::Text, MUST),
    ("name", Kind::Text, MUST),
    ("name_en", Kind::Text, MAY),
    ("type", Kind::Text, MUST),
    ("link", Kind::Text, MAY),
    ("country", Kind::Text, MAY),
    ("sector", Kind::Text, MAY),
    ("titles", Kind::Texts, MUST),
    ("participant", Kind::Flag, MUST),
    ("mentions", Kind::Count, MUST),
    ("same_as", Kind::Text, MAY),
    ("entity_id", Kind::Number, MAY),
];

const MENTIONS: [Column; 8] = [
    ("entity", Kind::Text, MUST),
    ("name", Kind::Text, MUST),
    ("type", Kind::Text, MUST),
    ("kind", Kind::Text, MUST),
    ("text", Kind::Text, MUST),
    ("start", Kind::Count, MUST),
    ("end", Kind::Count, MUST),
    ("entity_id", Kind::Number, MAY),
];

const TIMES: [Column; 8] = [
    ("text", Kind::Text, MUST),
    ("start", Kind::Count, MUST),
    ("end", Kind::Count, MUST),
    ("type", Kind::Text, MUST),
    ("value", Kind::Text, MAY),
    ("date_begin", Kind::Day, MAY),
    ("date_end", Kind::Day, MAY),
    ("date_precision", Kind::Text, MAY),
];

/// Those of the last table that are not of the article: a row may tell why there is no reading.
const READINGS: [Column; 10] = [
    ("statements", Kind::Rows(Table::Statements), MUST),
    ("events", Kind::Rows(Table::Events), MUST),
    ("entities", Kind::Rows(Table::Entities), MUST),
    ("mentions", Kind::Rows(Table::Mentions), MUST),
    ("times", Kind::Rows(Table::Times), MUST),
    ("characters", Kind::Count, MAY),
    ("title_sha256", Kind::Text, MAY),
    ("text", Kind::Text, MAY),
    ("remarks", Kind::Texts, MUST),
    ("error", Kind::Text, MAY),
];

impl Table {
    /// All tables.
    pub const ALL: [Table; 7] = [
        Table::Articles,
        Table::Statements,
        Table::Events,
        Table::Entities,
        Table::Mentions,
        Table::Times,
        Table::Readings,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Table::Articles => "articles",
            Table::Statements => "statements",
            Table::Events => "events",
            Table::Entities => "entities",
            Table::Mentions => "mentions",
            Table::Times => "times",
            Table::Readings => "readings",
        }
    }

    /// Its columns that are of no other.
    fn own(self) -> &'static [Column] {
        match self {
            Table::Articles => &ARTICLES,
            Table::Statements => &STATEMENTS,
            Table::Events => &EVENTS,
            Table::Entities => &ENTITIES,
            Table::Mentions => &MENTIONS,
            Table::Times => &TIMES,
            Table::Readings => &READINGS,
        }
    }

    /// Its columns.
    pub(crate) fn columns(self) -> impl Iterator<Item = Column> {
        // A reading is of both parts, and none has a hash where there is no text.
        let whole = self == Table::Readings;
        let part = (!whole).then_some(PART);
        let tail = TAIL.into_iter().map(move |(name, kind, may)| {
            let unread = whole && name == "text_sha256";
            (name, kind, may || unread)
        });
        let own = self.own().iter().copied();
        HEAD.into_iter().chain(own).chain(part).chain(tail)
    }

    /// The columns of its rows where they stand in a row of [`Table::Readings`].
    pub(crate) fn nested(self) -> impl Iterator<Item = Column> {
        self.own().iter().copied().chain([PART])
    }

    /// The fields of these columns.
    pub(crate) fn nested_fields(self) -> Fields {
        self.nested()
            .map(|(name, kind, _)| Field::new(name, kind.data_type(), true))
            .collect()
    }

    /// Its schema.
    pub fn schema(self) -> SchemaRef {
        let fields: Vec<Field> = self
            .columns()
            .map(|(name, kind, nullable)| Field::new(name, kind.data_type(), nullable))
            .collect();
        Arc::new(Schema::new(fields))
    }
}

impl Kind {
    pub fn data_type(self) -> DataType {
        let list = |of: DataType| DataType::List(Arc::new(item(of)));
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Number => DataType::Int64,
            Kind::Count => DataType::Int32,
            Kind::Real => DataType::Float64,
            Kind::Flag => DataType::Boolean,
            Kind::Day => DataType::Date32,
            Kind::Texts => list(DataType::Utf8),
            Kind::Pieces => list(DataType::Struct(piece())),
            Kind::People => list(DataType::Struct(person())),
            Kind::Rows(table) => list(DataType::Struct(table.nested_fields())),
        }
    }
}

/// What a list holds.
pub(crate) fn item(of: DataType) -> Field {
    Field::new("item", of, true)
}

/// The fields of a stretch of the text.
pub(crate) fn piece() -> Fields {
    Fields::from(vec![
        Field::new("start", DataType::Int32, true),
        Field::new("end", DataType::Int32, true),
        Field::new("text", DataType::Utf8, true),
    ])
}

/// The fields of an entity that takes part.
pub(crate) fn person() -> Fields {
    Fields::from(vec![
        Field::new("entity", DataType::Utf8, true),
        Field::new("name", DataType::Utf8, true),
        Field::new("code", DataType::Utf8, true),
    ])
}
