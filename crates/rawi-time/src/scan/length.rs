//! Lengths of time and what is built on them: `ثلاث سنوات ونصف`, `قبل يومين`,
//! `منذ عقود`, `الأيام الثلاثة الماضية`, `كل أسبوعين`.

use super::{ACCUSATIVE, Item, Parsed, Scanner};
use crate::expr::Expr;
use crate::lexicon::{Count, Part, Rel, Sense, Unit};
use crate::value::Duration;

/// The longest count of a unit that news could mean.
const MOST: u64 = 9_999_999;

impl Scanner<'_> {
    /// `كل جمعة`, `كل أسبوعين`, `سنويا`.
    pub(super) fn every(&self, at: usize) -> Parsed<Expr> {
        let adverb = self.sense(at, |s| match s {
            Sense::Every(unit) => duration(1, unit),
            _ => None,
        });
        if let Some((period, end)) = adverb {
            return Some((Expr::Every(period), end));
        }
        let next = self.is(at, Sense::Each)?;
        let day = self.is(next, Sense::Unit(Unit::Day, Count::One));
        let weekday = self.sense(day.unwrap_or(next), |s| match s {
            Sense::BareWeekday(day) => Some(day),
            _ => None,
        });
        if let Some((weekday, end)) = weekday {
            return Some((Expr::EveryWeekday(weekday), end));
        }
        if let Some((period, end)) = self.measured(next, true) {
            return Some((Expr::Every(period), end));
        }
        None
    }

    /// A length after a word that places it: `قبل عامين`, `منذ نحو عام`,
    /// `لمدة شهر`, `منذ عدة أشهر`.
    pub(super) fn shift(&self, at: usize) -> Parsed<Expr> {
        let (placed, mut start) = self.sense(at, |s| match s {
            Sense::Ago => Some(Placed::Back),
            Sense::Hence => Some(Placed::Ahead),
            Sense::Since => Some(Placed::Since),
            Sense::During => Some(Placed::During),
            _ => None,
        })?;
        while let Some(next) = self.is(start, Sense::Approx) {
            start = next;
        }
        if let Some((length, end)) = self.measured(start, true) {
            let end = match self.rel_of_many(end) {
                Some((_, after)) if matches!(placed, Placed::During | Placed::Since) => after,
                _ => end,
            };
            let apart = self.is_plain(end, Sense::CountedFrom).is_some() && !self.moves_on(end);
            return Some(match placed {
                Placed::Back if !apart => (Expr::Shift(length, -1), end),
                Placed::Ahead if !apart => (Expr::Shift(length, 1), end),
                _ => (Expr::Length(length), end),
            });
        }
        let (_, end) = self.few(start).or_else(|| self.many(start))?;
        let expr = match placed {
            Placed::Back | Placed::Ahead => Expr::VagueDate,
            _ => Expr::VagueLength,
        };
        Some((expr, end))
    }

    /// Whether `من` at `at` begins something else than what the length is
    /// counted from: `قبل يومين من الآن`.
    fn moves_on(&self, at: usize) -> bool {
        self.is_plain(at + 1, Sense::Now).is_some()
    }

    /// A bare plural: `عقود`.
    fn many(&self, at: usize) -> Parsed<()> {
        let (_, end) = self.sense(at, |s| match s {
            Sense::Unit(unit, Count::Many) => Some(unit),
            _ => None,
        })?;
        let festive = self.sense(end, |s| matches!(s, Sense::Holiday(_)).then_some(()));
        (!self.word(at)?.article && festive.is_none()).then_some(((), end))
    }

    /// `عدة أشهر`, `أيام قليلة`.
    fn few(&self, at: usize) -> Parsed<()> {
        if let Some(next) = self.is(at, Sense::Few) {
            let next = self.skip_of(next);
            let (_, end) = self.sense(next, |s| match s {
                Sense::Unit(_, Count::Many) => Some(()),
                _ => None,
            })?;
            return Some(((), end));
        }
        let (_, end) = self.many(at)?;
        Some(((), self.is(end, Sense::Few)?))
    }

    /// Stretches with no clear end, and counted ones with the article:
    /// `الفترة الأخيرة`, `الأيام القليلة المقبلة`, `السنوات العشر الماضية`.
    pub(super) fn stretch(&self, at: usize) -> Parsed<Expr> {
        if let Some(next) = self.is(at, Sense::Own) {
            let (_, end) = self.ordinal(next)?;
            return Some((Expr::VagueDate, end));
        }
        if let Some(next) = self.is(at, Sense::Stretch)
            && self.word(at)?.article
            && let Some((_, end)) = self.rel_of_many(next)
        {
            return Some((Expr::VagueDate, end));
        }
        if let Some((_, end)) = self.few(at) {
            return Some((Expr::VagueLength, end));
        }
        let (unit, next) = self.sense(at, |s| match s {
            Sense::Unit(unit, Count::Many) => Some(unit),
            _ => None,
        })?;
        if !self.word(at)?.article {
            return None;
        }
        let counted = if self.is_clitic(next) { next + 1 } else { next };
        if let Some((n, end)) = self.cardinal(counted)
            && let Some(length) = duration(n, unit)
        {
            let end = self.rel_of_many(end).map_or(end, |(_, end)| end);
            return Some((Expr::Length(length), end));
        }
        let next = self.skip(next, Sense::Few);
        let (_, end) = self.rel_of_many(next)?;
        Some((Expr::VagueDate, end))
    }

    /// A relation after a plural, `الأخيرة` included.
    fn rel_of_many(&self, at: usize) -> Parsed<Rel> {
        let (rel, end) = self.sense(at, |s| match s {
            Sense::Rel(rel) => Some(rel),
            _ => None,
        })?;
        self.word(at)?.article.then_some((rel, end))
    }

    /// A length by itself.
    pub(super) fn length(&self, at: usize) -> Parsed<Expr> {
        let (length, end) = match self.approximated(at) {
            Some(start) => self.measured(start, true)?,
            None => self.measured(at, false)?,
        };
        let end = match self.rel_of_many(end) {
            Some((rel, end)) if rel != Rel::Same => end,
            _ => end,
        };
        Some((Expr::Length(length), end))
    }

    /// The token after `أكثر من`, `ما يقارب`; `نحو` alone is a direction as well.
    fn approximated(&self, at: usize) -> Option<usize> {
        let end = self.is(at, Sense::Approx)?;
        (end > at + 1).then_some(end)
    }

    /// A counted length with what is added to it. After a preposition
    /// (`placed`) a singular alone counts one.
    fn measured(&self, at: usize, placed: bool) -> Parsed<Duration> {
        let start = match self.item(at)? {
            Item::Word(_) if self.is_clitic(at) && !self.is_and(at) => at + 1,
            _ => at,
        };
        let ((mut total, unit), mut end) = self.single(start, placed)?;
        while let Some(next) = self.and(end) {
            let fraction = self.sense(next, |s| match s {
                Sense::Fraction(top, bottom) => fraction(top, bottom, unit),
                _ => None,
            });
            if let Some((more, after)) = fraction {
                total = total.plus(more)?;
                end = match self.unit_one(after) {
                    Some((same, after)) if same == unit => after,
                    _ => after,
                };
                continue;
            }
            match self.single(next, false) {
                Some(((more, smaller), after)) if smaller < unit => {
                    total = total.plus(more)?;
                    end = after;
                }
                _ => break,
            }
        }
        Some((total, self.skip(end, Sense::Whole)))
    }

    /// One count of one unit.
    fn single(&self, at: usize, placed: bool) -> Parsed<(Duration, Unit)> {
        let article = self.word(at).is_some_and(|w| w.article);
        let part = self.sense(at, |s| match s {
            Sense::Fraction(top, bottom) => Some((top, bottom)),
            _ => None,
        });
        if let Some(((top, bottom), next)) = part.filter(|_| !article) {
            let (unit, end) = self.unit_one(next)?;
            return Some(((fraction(top, bottom, unit)?, unit), end));
        }
        let dual = self.sense(at, |s| match s {
            Sense::Unit(unit, Count::Two) => Some(unit),
            _ => None,
        });
        if let Some((unit, end)) = dual {
            let whole = self.is(end, Sense::Whole).is_some() || self.rel_of_many(end).is_some();
            let doubtful = unit == Unit::Decade || unit == Unit::Year && article;
            let certain = !doubtful || placed || whole;
            return certain.then_some(((duration(2, unit)?, unit), end));
        }
        if let Some((unit, end)) = self.unit_one(at).filter(|_| !article) {
            return self.one(unit, end, placed);
        }
        let (n, next) = self.cardinal(at)?;
        let worded = !matches!(self.item(at), Some(Item::Digits(..)));
        if worded && n < 3 || self.is_glued(at) {
            return None;
        }
        let ((unit, count), end) = self.sense(next, |s| match s {
            Sense::Unit(unit, count @ (Count::One | Count::Many)) => Some((unit, count)),
            _ => None,
        })?;
        if !worded && n <= 10 && count == Count::One && !placed {
            return None;
        }
        if unit == Unit::Night && n == 1000 {
            return None;
        }
        let dated = unit == Unit::Day && self.names_day_at(end);
        let year = unit == Unit::Year && (1900..2100).contains(&n);
        let own =
            self.word(next)?.conj || self.word(next)?.article || self.word(next)?.prep.is_some();
        let dated =
            dated || unit == Unit::Year && matches!(self.item(end), Some(Item::Digits(_, 4)));
        if dated || year || own {
            return None;
        }
        Some(((duration(n, unit)?, unit), end))
    }

    /// Digits that belong to something before them: `3-5 أيام`, `1/2 ساعة`.
    fn is_glued(&self, at: usize) -> bool {
        at > 0
            && matches!(self.items[at], Item::Digits(..))
            && self.joined(at)
            && self.mark(at - 1, &["/", ":", "."])
    }

    /// A unit in the singular: one of it where a number, `كامل` or the
    /// preposition before it says so.
    fn one(&self, unit: Unit, end: usize, placed: bool) -> Parsed<(Duration, Unit)> {
        let length = duration(1, unit)?;
        let counted = self.sense(end, |s| match s {
            Sense::Number(Part::Unit(1)) => Some(()),
            _ => None,
        });
        if let Some((_, end)) = counted.filter(|_| !self.word(end).is_some_and(|w| w.conj)) {
            return Some(((length, unit), end));
        }
        if self.is(end, Sense::Whole).is_some() {
            return Some(((length, unit), end));
        }
        let half = self.and(end).and_then(|next| {
            self.sense(next, |s| match s {
                Sense::Fraction(..) => Some(()),
                _ => None,
            })
        });
        if half.is_some() {
            return Some(((length, unit), end));
        }
        let named = match unit {
            Unit::Night => true,
            Unit::Day => self.names_day_at(end) || self.ordinal(end).is_some(),
            Unit::Year => {
                self.year_number(end, false).is_some()
                    || matches!(self.item(end), Some(Item::Digits(..)))
            }
            Unit::Month => {
                self.month_name(end).is_some() || matches!(self.item(end), Some(Item::Digits(..)))
            }
            Unit::Decade => self.word(end).is_some() && self.skip_of(end) == end,
            Unit::Second => true,
            _ => false,
        };
        let accusative =
            matches!(unit, Unit::Week | Unit::Month) && self.text(end - 1).ends_with(ACCUSATIVE);
        ((placed || accusative) && !named).then_some(((length, unit), end))
    }

    /// Whether a day is named at `at`, so that `يوم` before it counts nothing.
    fn names_day_at(&self, at: usize) -> bool {
        self.sense(at, |s| match s {
            Sense::Weekday(_) | Sense::BareWeekday(_) | Sense::Deictic(_) => Some(()),
            _ => None,
        })
        .is_some()
            || self.day_number(at).is_some()
    }

    fn unit_one(&self, at: usize) -> Parsed<Unit> {
        self.sense(at, |s| match s {
            Sense::Unit(unit, Count::One) if unit != Unit::Weekend => Some(unit),
            _ => None,
        })
    }
}

/// How a word places a length.
#[derive(Clone, Copy)]
enum Placed {
    Back,
    Ahead,
    Since,
    During,
}

/// `n` of a unit; `None` for counts that no news means.
pub(super) fn duration(n: u64, unit: Unit) -> Option<Duration> {
    let n = u32::try_from(n)
        .ok()
        .filter(|&n| n > 0 && u64::from(n) <= MOST)?;
    let mut d = Duration::default();
    match unit {
        Unit::Second => d.seconds = n,
        Unit::Minute => d.minutes = n,
        Unit::Hour => d.hours = n,
        Unit::Day | Unit::Night => d.days = n,
        Unit::Week => d.weeks = n,
        Unit::Month => d.months = n,
        Unit::Year => d.years = n,
        Unit::Decade => d.years = n * 10,
        Unit::Century => d.years = n * 100,
        Unit::Weekend => return None,
    }
    Some(d)
}

/// A fraction of a unit in the next smaller one, where it comes out even.
fn fraction(top: u8, bottom: u8, unit: Unit) -> Option<Duration> {
    let (parts, smaller) = match unit {
        Unit::Minute => (60, Unit::Second),
        Unit::Hour => (60, Unit::Minute),
        Unit::Day => (24, Unit::Hour),
        Unit::Month => (30, Unit::Day),
        Unit::Year => (12, Unit::Month),
        Unit::Decade => (10, Unit::Year),
        Unit::Century => (100, Unit::Year),
        _ => return None,
    };
    let n = parts * u64::from(top);
    (n % u64::from(bottom) == 0).then(|| duration(n / u64::from(bottom), smaller))?
}

impl Duration {
    /// Both lengths together.
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            years: self.years.checked_add(other.years)?,
            months: self.months.checked_add(other.months)?,
            weeks: self.weeks.checked_add(other.weeks)?,
            days: self.days.checked_add(other.days)?,
            hours: self.hours.checked_add(other.hours)?,
            minutes: self.minutes.checked_add(other.minutes)?,
            seconds: self.seconds.checked_add(other.seconds)?,
        })
    }
}
