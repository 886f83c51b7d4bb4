//! When an event took place, as days that a program can count with.

use rawi::reading::{Date, Event, Value};
use rawi_time::value::Point;

/// The days that a date covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// The first day.
    pub begin: Date,
    /// The last day.
    pub end: Date,
    /// How exact the text is: a unit of the calendar, or `range`.
    pub precision: &'static str,
}

impl When {
    /// When the article says that an event took place; `None` if it does not say.
    /// The day of publication stands for no other.
    pub fn of(event: &Event<'_>) -> Option<Self> {
        Self::of_value(event.date?)
    }

    /// The days of a value; `None` if it names none.
    pub fn of_value(value: Value) -> Option<Self> {
        let precision = match value {
            Value::Point(point) => match point {
                Point::Century(_) => "century",
                Point::Decade(_) => "decade",
                Point::Year(_) => "year",
                Point::Half(..) => "half",
                Point::Quarter(..) => "quarter",
                Point::Season(..) => "season",
                Point::Month(..) => "month",
                Point::Week(..) => "week",
                Point::Weekend(..) => "weekend",
                Point::Day(_) | Point::Time(..) | Point::Clock(_) => "day",
            },
            _ => "range",
        };
        Some(Self {
            begin: value.first_day()?,
            end: value.last_day()?,
            precision,
        })
    }
}
