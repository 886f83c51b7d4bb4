//! What the contract writes as text, as a schema describes it.

use std::borrow::Cow;

use rawi_events::{EventType, SECTORS};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::code::Code;
use crate::ids::Id;

/// A day: `2025-02-12`.
pub(crate) struct Day;

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) struct Sha256;

impl JsonSchema for Sha256 {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Sha256".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
    }
}

/// A value of a time expression.
pub(crate) struct Moment;

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let clock = r"T\d{2}:\d{2}(:\d{2})?Z?";
        let part = r"-(H[12]|Q[1-4]|SP|SU|FA|WI|W\d{2}(-WE)?|\d{2}|\d{2}-\d{2}(CLOCK)?)";
        let part = part.replace("CLOCK", clock);
        let point = format!(r"(\d{{2,3}}|\d{{4}}({part})?|{clock})");
        let length = r"P(\d+[YMWD])*(T(\d+[HMS])+)?";
        json_schema!({
            "type": "string",
            "pattern": format!(r"^({point}(/{point})?|{length}|XXXX-WXX-[1-7])$"),
        })
    }
}

/// A type of event.
pub(crate) struct Type;

impl JsonSchema for Type {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "EventType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = EventType::ALL.into_iter().map(EventType::name).collect();
        json_schema!({"type": "string", "enum": names})
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^h?[sve][1-9][0-9]*$",
            "description": "The id of a statement (`s1`), an event (`v1`) or an entity (`e1`) \
                of a reading; with an `h` in front in a headline.",
        })
    }
}

impl JsonSchema for Code<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let sectors = SECTORS.join("|");
        let pattern = format!("^([A-Z]{{3}}|{sectors})( ({sectors}))*$");
        json_schema!({
            "type": "string",
            "pattern": pattern,
            "description": "A PLOVER code: the country, its sectors, or both: `EGY GOV`.",
        })
    }
}
