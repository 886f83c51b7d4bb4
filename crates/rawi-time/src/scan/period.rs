//! Stretches longer than a day: years, quarters, seasons, decades, centuries,
//! and units by their relation to now, with the phases before them.

use rawi_text::proclitic::IN;

use super::date::BARE_YEARS;
use super::{ACCUSATIVE, Item, Parsed, Scanner};
use crate::expr::{Counted, Moment, Month, Share, Year};
use crate::lexicon::{Count, Phase, Rel, Sense, Unit};

/// The units that a relation may follow: `الأسبوع الماضي`.
const RELATED: [Unit; 5] = [
    Unit::Week,
    Unit::Month,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];

impl Scanner<'_> {
    /// A stretch into `m`; `first` when nothing stands before it.
    pub(super) fn period(&self, at: usize, m: &mut Moment, first: bool) -> Option<usize> {
        if first && let Some(end) = self.weekend(at, m).or_else(|| self.phased(at, m)) {
            return Some(end);
        }
        if let Some(end) = self.share(at, m) {
            return Some(end);
        }
        if let Some(end) = self.decade(at, m).or_else(|| self.century(at, m)) {
            return Some(end);
        }
        if m.year.is_none() && m.unit.is_none() && m.deictic.is_none() {
            let of_day = m.weekday.is_some() && m.month.is_none();
            for unit in RELATED {
                if of_day && unit != Unit::Week && unit != Unit::Month {
                    continue;
                }
                if let Some((rel, end)) = self.related(at, unit) {
                    if unit == Unit::Year {
                        m.year = Some(Year::Rel(rel));
                    } else {
                        m.unit = Some((unit, rel));
                    }
                    return Some(end);
                }
            }
        }
        if first { self.year(at, m) } else { None }
    }

    /// `نهاية الأسبوع`, `عطلة نهاية الأسبوع الماضي`.
    fn weekend(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let end = self.is(at, Sense::Unit(Unit::Weekend, Count::One))?;
        let (rel, end) = self.rel(end).unwrap_or((Rel::This, end));
        m.unit = Some((Unit::Weekend, rel));
        Some(end)
    }

    /// A year with its word, or a bare number that can only be one.
    fn year(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let (year, end) = match self.year_word(at) {
            Some(next) => {
                let next = if self.is_clitic(next) { next + 1 } else { next };
                self.year_number(next, false)?
            }
            None => {
                let (year, end) = self.year_number(at, true)?;
                self.is_bare_year(at, end).then_some((year, end))?
            }
        };
        m.year = Some(year);
        Some(end)
    }

    /// `الربع الأول من عام 2015`, `النصف الثاني من العام`, `صيف 2014`.
    fn share(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if *m != Moment::default() {
            return None;
        }
        let season = self.sense(at, |s| match s {
            Sense::Season(season) => Some(season),
            _ => None,
        });
        if let Some((season, end)) = season {
            let definite = self.word(at)?.article;
            if let Some((rel, end)) = self.rel(end).filter(|_| definite) {
                (m.share, m.rel) = (Some(Share::Season(season)), Some(rel));
                return Some(end);
            }
            let end = self.skip_of(end);
            let (year, end) = self.any_year(end)?;
            m.share = Some(Share::Season(season));
            m.year = Some(year);
            return Some(end);
        }
        let (parts, next) = self.sense(at, |s| match s {
            Sense::Fraction(1, parts @ (2 | 4)) => Some(parts),
            _ => None,
        })?;
        if !self.word(at)?.article {
            return None;
        }
        let ordinal = self.ordinal(next).filter(|&(n, _)| n <= u64::from(parts));
        let (n, end) = match ordinal {
            Some((n, end)) => (n as u8, end),
            None if self.is(next, Sense::Rel(Rel::Recent)).is_some() => (parts, next + 1),
            None => return None,
        };
        let (year, end) = self.any_year(self.skip_of(end))?;
        m.share = Some(if parts == 2 {
            Share::Half(n)
        } else {
            Share::Quarter(n)
        });
        m.year = Some(year);
        Some(end)
    }

    /// A year in any words: `عام 2015`, `2015`, `العام الجاري`, `هذه السنة`.
    fn any_year(&self, at: usize) -> Parsed<Year> {
        if let Some((rel, end)) = self.related(at, Unit::Year) {
            return Some((Year::Rel(rel), end));
        }
        if let Some(found) = self.written_year(at) {
            return Some(found);
        }
        let end = self.is(at, Sense::Unit(Unit::Year, Count::One))?;
        self.word(at)?
            .article
            .then_some((Year::Rel(Rel::This), end))
    }

    /// `ثمانينيات القرن الماضي`, `التسعينات`.
    fn decade(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if *m != Moment::default() {
            return None;
        }
        let (tens, end) = self.sense(at, |s| match s {
            Sense::Decade(tens) => Some(tens),
            _ => None,
        })?;
        m.decade = Some(tens);
        let next = self.skip_of(end);
        if let Some((rel, end)) = self.related(next, Unit::Century) {
            m.unit = Some((Unit::Century, rel));
            return Some(end);
        }
        if let Some(end) = self.century(next, m) {
            return Some(end);
        }
        self.word(at)?.article.then_some(end)
    }

    /// `القرن العشرين`, `القرن الـ21`.
    fn century(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.century.is_some() || m.month.is_some() {
            return None;
        }
        let next = self.is(at, Sense::Unit(Unit::Century, Count::One))?;
        if !self.word(at)?.article {
            return None;
        }
        let (number, end) = if self.is_clitic(next) {
            self.digits(next + 1, 1, 30)?
        } else {
            self.ordinal(next).or_else(|| self.digits(next, 1, 30))?
        };
        if number > 30 {
            return None;
        }
        let (era, end) = self
            .era(end)
            .map_or((None, end), |(era, end)| (Some(era), end));
        if matches!(
            era,
            Some(crate::lexicon::Era::Hijri | crate::lexicon::Era::Bc)
        ) {
            return None;
        }
        m.century = Some(number as i32);
        Some(end)
    }

    /// `منتصف يونيو`, `مطلع العام`, `أواخر الثمانينيات`: the phase says which
    /// part, the value is the whole.
    fn phased(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let (phase, next) = self.sense(at, |s| match s {
            Sense::Phase(phase) => Some(phase),
            _ => None,
        })?;
        if self.word(at)?.article {
            return None;
        }
        let next = self.skip_of(next);
        let of_month = self.is_plain(at, Sense::MonthPhase).is_some();
        let first_day = self.is_plain(at, Sense::FirstDay).is_some();
        let mut attempt = Moment::default();
        let end = self
            .date(next, &mut attempt)
            .filter(|_| attempt.day.is_none());
        if let Some(end) = end {
            if phase == Phase::Start && first_day {
                attempt.day = Some(1);
            }
            *m = attempt;
            return Some(end);
        }
        if of_month {
            return None;
        }
        if let Some(end) = self
            .share(next, &mut attempt)
            .or_else(|| self.decade(next, &mut attempt))
            .or_else(|| self.century(next, &mut attempt))
            .or_else(|| self.period(next, &mut attempt, false))
            .or_else(|| self.written_year_into(next, &mut attempt))
        {
            *m = attempt;
            return Some(end);
        }
        let (unit, end) = self.sense(next, |s| match s {
            Sense::Unit(
                unit @ (Unit::Week | Unit::Month | Unit::Year | Unit::Century),
                Count::One,
            ) => Some(unit),
            _ => None,
        })?;
        if !self.word(next)?.article {
            return None;
        }
        if unit == Unit::Year {
            m.year = Some(Year::Rel(Rel::This));
        } else {
            m.unit = Some((unit, Rel::This));
        }
        Some(end)
    }

    fn written_year_into(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let (year, end) = self.written_year(at)?;
        m.year = Some(year);
        Some(end)
    }

    /// `ثالث ثلاثاء من سبتمبر 2014`, `آخر يوم في أكتوبر`, `الأسبوع الأول من
    /// شهر مايو`.
    pub(super) fn counted(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if *m != Moment::default() {
            return None;
        }
        let ((n, counted), end) = self.counted_before(at).or_else(|| self.counted_after(at))?;
        let end = match self.of_or_within(end) {
            Some(next) => next,
            None if self.word(end)?.prep == Some(IN) => end,
            None => return None,
        };
        let mut attempt = Moment::default();
        let end = match self.month(end, true, &mut attempt) {
            Some(end) => self.year_after(end, &mut attempt),
            None => {
                let (rel, end) = self.related(end, Unit::Month)?;
                attempt.month = Some(Month::Rel(rel));
                end
            }
        };
        attempt.nth = Some((n, counted));
        *m = attempt;
        Some(end)
    }

    /// `ثالث [يوم] ثلاثاء`, `آخر أسبوع`.
    fn counted_before(&self, at: usize) -> Parsed<(i8, Counted)> {
        let (n, next) = match self.ordinal(at) {
            Some((n, next)) => (n as i8, next),
            None => (-1, self.is_plain(at, Sense::LastOf)?),
        };
        let after_day = self.is(next, Sense::Unit(Unit::Day, Count::One));
        let bare = |at| {
            self.sense(at, |s| match s {
                Sense::BareWeekday(day) => Some(Counted::Weekday(day)),
                _ => None,
            })
        };
        let counted = after_day.and_then(bare).or_else(|| bare(next));
        let (counted, end) = match counted {
            Some(found) => found,
            None => match after_day {
                Some(end) => (Counted::Day, end),
                None => (
                    Counted::Week,
                    self.is(next, Sense::Unit(Unit::Week, Count::One))?,
                ),
            },
        };
        Some(((n, counted), end))
    }

    /// `الثلاثاء الثالث`, `الأسبوع الأخير`.
    fn counted_after(&self, at: usize) -> Parsed<(i8, Counted)> {
        let (counted, next) = self.sense(at, |s| match s {
            Sense::Weekday(day) => Some(Counted::Weekday(day)),
            Sense::Unit(Unit::Week, Count::One) => Some(Counted::Week),
            Sense::Deictic(0) => Some(Counted::Day),
            _ => None,
        })?;
        if self.is(next, Sense::Rel(Rel::Recent)).is_some() {
            return Some(((-1, counted), next + 1));
        }
        if counted == Counted::Day {
            return None;
        }
        let (n, end) = self.ordinal(next)?;
        (n <= 5).then_some(((n as i8, counted), end))
    }

    /// Whether a bare number of four digits is a year: nothing counted after
    /// it, nothing numbered before it.
    fn is_bare_year(&self, at: usize, end: usize) -> bool {
        let counted = self.sense(end, |s| {
            matches!(s, Sense::Counted | Sense::Unit(..) | Sense::Number(_)).then_some(())
        });
        let unit_mark = self.mark(end, &["%", "٪", "$", "€", "£"])
            || self.joined(end)
                && self.mark(end, &["-", "/", "–", ":", "+", "°"])
                && matches!(self.item(end + 1), Some(Item::Digits(..)));
        if counted.is_some() || unit_mark {
            return false;
        }
        let Some(mut before) = at.checked_sub(1) else {
            return false;
        };
        if self.is_clitic(before) && before > 0 && self.joined(at) {
            before -= 1;
            if self.is_and(before + 1) && self.digits(before, 1900, 2100).is_some() {
                return true;
            }
        }
        let joined_number = self
            .and(end)
            .and_then(|next| self.digits(next, 0, u64::MAX));
        if joined_number.is_some_and(|(n, _)| !BARE_YEARS.contains(&n)) {
            return false;
        }
        let compared = before > 0
            && self.is_plain(before, Sense::Of).is_some()
            && self.is(before - 1, Sense::Approx) == Some(before + 1);
        let noun =
            self.text(end).ends_with(ACCUSATIVE) && self.word(end).is_some_and(|w| !w.is_known());
        let placed = self.sense(before, |s| {
            matches!(
                s,
                Sense::In | Sense::Since | Sense::During | Sense::To | Sense::Phase(_)
            )
            .then_some(())
        });
        if compared || self.is_title(at) || noun && placed.is_none() {
            return false;
        }
        let numbered = self.is(before, Sense::Numbered).is_some();
        let mark = matches!(self.items[before], Item::Other)
            && matches!(
                self.text(before),
                "$" | "€" | "£" | "+" | ":" | "/" | "-" | "–"
            );
        let foreign = self.mark(before, &[",", "،"])
            && before > 0
            && matches!(self.items[before - 1], Item::Digits(..));
        let counting = self
            .sense(before, |s| {
                matches!(s, Sense::Approx | Sense::Number(_)).then_some(())
            })
            .is_some();
        !(numbered || mark || foreign || counting || matches!(self.items[before], Item::Digits(..)))
    }
}
