//! Dates and the values of times.

use rawi_time::Date;
use rawi_time::value::Value;

use super::{Check, VerifyError};
use crate::reading::TimeKind;

impl Check<'_> {
    /// A day that exists.
    pub(super) fn day(&mut self, field: &str, day: &str) -> Result<(), VerifyError> {
        self.value(
            field,
            Date::parse(day).is_some(),
            format!("{day:?} is no day"),
        )
    }

    /// A day, a longer stretch of the calendar, or a range of them.
    pub(super) fn stretch(&mut self, field: &str, date: &str) -> Result<(), VerifyError> {
        let holds = Value::parse(date).is_some_and(|v| v.first_day().is_some() && runs_on(v));
        self.value(field, holds, format!("{date:?} is no date"))
    }

    /// The value of a time, of the type that it goes with.
    pub(super) fn time_value(
        &mut self,
        field: &str,
        value: &str,
        kind: TimeKind,
    ) -> Result<(), VerifyError> {
        let holds = Value::parse(value).is_some_and(|v| {
            let fits = match kind {
                TimeKind::Duration => matches!(v, Value::Duration(_)),
                TimeKind::Date | TimeKind::Time => !matches!(v, Value::Duration(_)),
                // `يوميا` repeats a length, `كل جمعة` a day.
                TimeKind::Set => true,
            };
            fits && runs_on(v)
        });
        self.value(field, holds, format!("{value:?} is no value of a {kind:?}"))
    }
}

/// Whether a range ends no earlier than it begins.
fn runs_on(value: Value) -> bool {
    match (value.first_day(), value.last_day()) {
        (Some(first), Some(last)) => first <= last,
        _ => true,
    }
}
