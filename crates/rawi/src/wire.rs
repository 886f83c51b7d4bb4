//! Typed fields as the text that the contract has for them. They are formatted into
//! the output and nowhere else.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// Reads a text that stands for a value.
pub(crate) fn text<'de, D: Deserializer<'de>, T>(
    input: D,
    parse: impl Fn(&str) -> Option<T>,
    expected: &'static str,
) -> Result<T, D::Error> {
    struct Text<F, T>(F, &'static str, PhantomData<T>);

    impl<F: Fn(&str) -> Option<T>, T> Visitor<'_> for Text<F, T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.1)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            let what = format!("{text:?} is not {}", self.1);
            (self.0)(text).ok_or_else(|| E::custom(what))
        }
    }

    input.deserialize_str(Text(parse, expected, PhantomData))
}

/// Optional text: the field is absent where there is none.
fn some<S: Serializer>(value: Option<&impl fmt::Display>, out: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => out.collect_str(value),
        None => out.serialize_none(),
    }
}

/// A day: `2025-02-12`.
pub(crate) mod day {
    use rawi_time::Date;
    use serde::{Deserialize, Deserializer, Serializer};

    struct Day(Date);

    impl<'de> Deserialize<'de> for Day {
        fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
            crate::wire::text(input, Date::parse, "a day like 2025-02-12").map(Day)
        }
    }

    pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
        super::some(day.as_ref(), out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Date>, D::Error> {
        Ok(Option::<Day>::deserialize(input)?.map(|day| day.0))
    }
}

/// A value of a time expression: `2025-W07`, `P3D`.
pub(crate) mod value {
    use rawi_time::value::Value;
    use serde::{Deserialize, Deserializer, Serializer};

    struct Time(Value);

    impl<'de> Deserialize<'de> for Time {
        fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
            crate::wire::text(input, Value::parse, "a value of a time like 2025-02-12").map(Time)
        }
    }

    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Value>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        super::some(value.as_ref(), out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<Value>, D::Error> {
        Ok(Option::<Time>::deserialize(input)?.map(|time| time.0))
    }
}

/// A type of event: `CONSULT`.
pub(crate) mod event_type {
    use rawi_events::EventType;
    use serde::{Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(kind: &EventType, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(kind.name())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<EventType, D::Error> {
        let named = |name: &str| EventType::ALL.into_iter().find(|t| t.name() == name);
        super::text(input, named, "a type of event")
    }
}
