//! Dates and the values of times.

use rawi_time::value::Value;

use super::{Check, VerifyError};
use crate::reading::TimeKind;

impl Check<'_> {
    /// A day, a longer stretch of the calendar, or a range of them.
    pub(super) fn stretch(&mut self, field: &str, date: Value) -> Result<(), VerifyError> {
        let holds = date.first_day().is_some() && runs_on(date);
        self.value(field, holds, format!("{date} is no date"))
    }

    /// The value of a time, of the type that it goes with.
    pub(super) fn time_value(
        &mut self,
        field: &str,
        value: Value,
        kind: TimeKind,
    ) -> Result<(), VerifyError> {
        let fits = match kind {
            TimeKind::Duration => matches!(value, Value::Duration(_)),
            TimeKind::Date | TimeKind::Time => !matches!(value, Value::Duration(_)),
            // `يوميا` repeats a length, `كل جمعة` a day.
            TimeKind::Set => true,
        };
        let holds = fits && runs_on(value);
        self.value(field, holds, format!("{value} is no value of a {kind:?}"))
    }
}

/// Whether a range ends no earlier than it begins.
fn runs_on(value: Value) -> bool {
    match (value.first_day(), value.last_day()) {
        (Some(first), Some(last)) => first <= last,
        _ => true,
    }
}
