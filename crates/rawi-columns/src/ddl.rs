//! Schemas as Apache Spark writes them.

use std::fmt::Write as _;

use arrow_schema::{DataType, Fields, Schema};

/// A schema as a DDL string of Spark: `` `article` string, `published` date ``. Names stand
/// in backticks since some (`in`, `end`) are words of SQL. Everything may be empty, since
/// Spark takes that for granted in what Python hands it, and fails where a column that
/// it was told is never empty is.
///
/// None if a column has a type that Spark cannot take from Arrow.
pub fn spark_ddl(schema: &Schema) -> Option<String> {
    let mut ddl = String::new();
    write_columns(schema.fields(), ' ', &mut ddl)?;
    Some(ddl)
}

fn write_columns(fields: &Fields, between: char, ddl: &mut String) -> Option<()> {
    for (n, field) in fields.iter().enumerate() {
        if n > 0 {
            ddl.push_str(if between == ' ' { ", " } else { "," });
        }
        let name = field.name().replace('`', "``");
        write!(ddl, "`{name}`{between}").ok()?;
        write_type(field.data_type(), ddl)?;
    }
    Some(())
}

fn write_type(kind: &DataType, ddl: &mut String) -> Option<()> {
    let simple = match kind {
        DataType::Utf8 | DataType::LargeUtf8 => "string",
        DataType::Boolean => "boolean",
        DataType::Int32 => "int",
        DataType::Int64 => "bigint",
        DataType::Float32 => "float",
        DataType::Float64 => "double",
        DataType::Date32 => "date",
        DataType::List(item) => {
            ddl.push_str("array<");
            write_type(item.data_type(), ddl)?;
            ">"
        }
        DataType::Struct(fields) => {
            ddl.push_str("struct<");
            write_columns(fields, ':', ddl)?;
            ">"
        }
        // Spark and Java know no unsigned numbers, and Spark no list with long offsets.
        _ => return None,
    };
    ddl.push_str(simple);
    Some(())
}

#[cfg(test)]
mod tests {
    use arrow_schema::Field;

    use super::*;

    fn ddl(fields: Vec<Field>) -> Option<String> {
        spark_ddl(&Schema::new(fields))
    }

    #[test]
    fn every_column_is_named_and_typed() {
        let piece = vec![
            Field::new("start", DataType::Int32, false),
            Field::new("text", DataType::Utf8, false),
        ];
        let pieces = DataType::new_list(DataType::Struct(piece.into()), true);
        let fields = vec![
            Field::new("article", DataType::Utf8, false),
            Field::new("in", DataType::Utf8, true),
            Field::new("published", DataType::Date32, true),
            Field::new("confidence", DataType::Float64, false),
            Field::new("participant", DataType::Boolean, false),
            Field::new("story", DataType::Int64, true),
            Field::new("titles", DataType::new_list(DataType::Utf8, true), false),
            Field::new("pieces", pieces, false),
        ];
        assert_eq!(
            ddl(fields).as_deref(),
            Some(
                "`article` string, `in` string, `published` date, `confidence` double, \
                 `participant` boolean, `story` bigint, `titles` array<string>, \
                 `pieces` array<struct<`start`:int,`text`:string>>"
            )
        );
    }

    #[test]
    fn spark_can_take_every_table() {
        for table in crate::Table::ALL {
            let ddl = spark_ddl(&table.schema());
            assert!(ddl.is_some_and(|ddl| ddl.starts_with("`article` string, ")));
        }
    }

    #[test]
    fn what_spark_cannot_take_has_no_ddl() {
        for kind in [
            DataType::UInt32,
            DataType::new_large_list(DataType::Utf8, true),
            DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        ] {
            assert_eq!(ddl(vec![Field::new("x", kind, true)]), None);
        }
    }
}
