//! What a time expression says, before anybody knows what day it is.

use crate::lexicon::{Calendar, DayPart, Rel, Unit};
use crate::value::{Duration, Season};

/// A time expression as the text words it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Expr {
    Moment(Moment),
    Range(Moment, Moment),
    Length(Duration),
    /// A length back from (-1) or ahead of (1) the day of speaking; ahead only
    /// where the sentence announces, as reports count from what they tell.
    Shift(Duration, i32),
    Every(Duration),
    EveryWeekday(u8),
    /// Found, but with no end that could be named.
    VagueDate,
    VagueLength,
}

/// How a text names a year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Year {
    Number(i32, Calendar),
    Rel(Rel),
}

/// How a text names a month.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Month {
    Number(u8, Calendar),
    Rel(Rel),
}

/// A part of a year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Share {
    Quarter(u8),
    Half(u8),
    Season(Season),
}

/// What is counted off inside a month: `ثالث ثلاثاء`, `آخر أسبوع`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Counted {
    Weekday(u8),
    Week,
    Day,
}

/// A clock time as far as the text gives it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Hour {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
}

/// A point or stretch of the calendar by the parts that the text names; every
/// part stands alone, as a writer may leave out any other.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub(crate) struct Moment {
    /// Days from today.
    pub deictic: Option<i8>,
    pub weekday: Option<u8>,
    /// The day of the month, or of the feast.
    pub day: Option<u8>,
    pub month: Option<Month>,
    pub year: Option<Year>,
    /// What follows the smallest named part: `السبت الماضي`.
    pub rel: Option<Rel>,
    /// A unit by its relation alone: `الأسبوع الماضي`.
    pub unit: Option<(Unit, Rel)>,
    /// A place counted inside a month, -1 the last.
    pub nth: Option<(i8, Counted)>,
    pub share: Option<Share>,
    /// The tens of a decade: 80 for the eighties.
    pub decade: Option<u8>,
    /// A century by number; `القرن الماضي` is a unit.
    pub century: Option<i32>,
    pub holiday: Option<u8>,
    pub hour: Option<Hour>,
    pub part: Option<DayPart>,
    pub utc: bool,
}

impl Moment {
    /// Whether it names a day, in whatever way.
    pub fn names_day(&self) -> bool {
        self.deictic.is_some()
            || self.weekday.is_some()
            || self.day.is_some()
            || self.holiday.is_some()
            || self.nth.is_some()
            || matches!(self.unit, Some((Unit::Day, _)))
    }

    /// Whether it names a stretch longer than a day.
    pub fn names_stretch(&self) -> bool {
        self.month.is_some()
            || self.year.is_some()
            || self.unit.is_some()
            || self.share.is_some()
            || self.decade.is_some()
            || self.century.is_some()
    }

    /// Whether anything in it can be placed; `مساء` alone cannot.
    pub fn is_placed(&self) -> bool {
        self.names_day() || self.names_stretch() || self.hour.is_some()
    }
}
