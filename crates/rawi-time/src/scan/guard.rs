//! What looks like a time and is none: ages, rates, names.

use std::ops::Range;

use super::{Item, Scanner};
use crate::expr::{Expr, Moment, Year};
use crate::lexicon::{Rel, Sense};

/// How many tokens before an age its noun may stand.
const AGE_WINDOW: usize = 4;

impl Scanner<'_> {
    /// Whether the expression is part of something else.
    pub(super) fn is_guarded(&self, expr: &Expr, tokens: &Range<usize>) -> bool {
        match expr {
            Expr::Length(length) => {
                let ages = length.years > 0 || length.months > 0 || length.days > 0;
                ages && self.is_age(tokens)
            }
            Expr::Moment(m) => self.is_name(m, tokens) || self.is_office(m, tokens),
            Expr::Every(_) if tokens.len() == 1 => self.is_rate(tokens.start),
            _ => false,
        }
    }

    /// `يبلغ من العمر 13 عاما`, `(30 عاما)`.
    fn is_age(&self, tokens: &Range<usize>) -> bool {
        let from = tokens.start.saturating_sub(AGE_WINDOW);
        for at in (from..tokens.start).rev() {
            if matches!(self.items[at], Item::Other) && !self.mark(at, &["(", "\"", "«"]) {
                break;
            }
            if self.is(at, Sense::Age).is_some() {
                return true;
            }
        }
        let aged = matches!(self.text(tokens.end - 1), "عاما" | "سنه" | "عام" | "سنوات" | "اعوام");
        let enclosed = tokens.start > 0 && self.mark(tokens.start - 1, &["("]) && self.mark(tokens.end, &[")"]);
        aged && enclosed || self.is(tokens.end, Sense::Age).is_some()
    }

    /// `اليوم العالمي`, `«اليوم»`, `أخبار اليوم`, `برميل في اليوم`, `صلاة الجمعة`.
    fn is_name(&self, m: &Moment, tokens: &Range<usize>) -> bool {
        if tokens.len() > 2 {
            return false;
        }
        let before = tokens.start.checked_sub(1);
        let quoted = before.is_some_and(|b| self.mark(b, &["«", "\"", "“", "'"]))
            && self.mark(tokens.end, &["»", "\"", "”", "'"]);
        let single = *m == Moment { deictic: m.deictic, ..Moment::default() };
        if single && m.deictic.is_some() {
            let outlet = before.is_some_and(|b| self.is(b, Sense::Outlet).is_some());
            let rate = m.deictic == Some(0) && before.is_some_and(|b| self.text(b) == "في" && self.is_rate(b));
            let named = m.deictic == Some(0) && self.is(tokens.end, Sense::NotToday).is_some();
            return quoted || outlet || rate || named;
        }
        if m.weekday.is_some() && tokens.len() == 1 {
            return quoted || before.is_some_and(|b| self.is(b, Sense::NotWeekday).is_some());
        }
        false
    }

    /// `الأمين العام السابق`: an adjective of an office, and no year.
    fn is_office(&self, m: &Moment, tokens: &Range<usize>) -> bool {
        let related = matches!(m.year, Some(Year::Rel(Rel::Last | Rel::This))) && tokens.len() == 2;
        let adjective = matches!(self.text(tokens.end - 1), "السابق" | "الحالي");
        let before = tokens.start.checked_sub(1).map(|b| self.text(b));
        related && adjective && before.is_some_and(|w| w.starts_with("ال") || w.starts_with("وال"))
    }

    /// Whether a number with a noun stands just before, so that the period is
    /// that of a rate: `مليوني برميل يوميا`.
    fn is_rate(&self, at: usize) -> bool {
        let from = at.saturating_sub(4);
        (from..at).rev().any(|i| {
            matches!(self.items[i], Item::Digits(..))
                || self.sense(i, |s| matches!(s, Sense::Number(_) | Sense::Counted).then_some(())).is_some()
                || self.text(i).contains(['.', ',']) && self.text(i).starts_with(|c: char| c.is_ascii_digit())
        })
    }
}
