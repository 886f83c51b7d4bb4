//! Putting a moment together from its parts, in whatever order they come:
//! `مساء أمس السبت 14 مارس في الساعة الثامنة`.

use rawi_text::proclitic::{ARTICLE, TO};

use super::{Item, Parsed, Scanner};
use crate::expr::{Moment, Month};
use crate::lexicon::{Calendar, Certainty, Count, Part, Rel, Sense, Unit};

impl Scanner<'_> {
    /// The longest moment that begins at `at`.
    pub(super) fn moment(&self, at: usize) -> Parsed<Moment> {
        if let Some((last, found)) = self.last.get()
            && last == at
        {
            return found;
        }
        let found = self.moment_at(at);
        self.last.set(Some((at, found)));
        found
    }

    fn moment_at(&self, at: usize) -> Parsed<Moment> {
        let mut m = Moment::default();
        let mut end = self.part(at, &mut m)?;
        while let Some(next) = self.next_part(end, &mut m) {
            end = next;
        }
        m.is_placed().then_some((m, end))
    }

    /// One more part of a moment, with what may stand before it.
    fn next_part(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.rel.is_none()
            && m.unit.is_none()
            && (m.weekday.is_some() || m.month.is_some() || m.holiday.is_some())
            && !matches!(m.month, Some(Month::Rel(_)))
            && let Some((rel, end)) = self.rel(at)
        {
            m.rel = Some(rel);
            return Some(end);
        }
        if let Some(end) = self.matched(at, m) {
            return Some(end);
        }
        if let Some(end) = self.parenthesized(at, m) {
            return Some(end);
        }
        let mut attempt = *m;
        for start in self.joints(at, m) {
            if let Some(end) = self.part(start, &mut attempt) {
                *m = attempt;
                return Some(end);
            }
            attempt = *m;
        }
        None
    }

    /// Where the next part may begin: here, or after a comma or preposition
    /// that joins it to what stands before.
    fn joints(&self, at: usize, m: &Moment) -> impl Iterator<Item = usize> + use<> {
        let mut starts = [Some(at), None];
        let comma = self.mark(at, &["،", ",", "-", "–"]);
        let day = m.weekday.is_some() || m.deictic.is_some();
        let number = |at| matches!(self.item(at), Some(Item::Digits(..)));
        let hour = |at: usize| self.is(at, Sense::Unit(Unit::Hour, Count::One)).is_some();
        if comma
            && day
            && m.month.is_none()
            && (number(at + 1) && self.day_number(at + 1).is_some() || hour(at + 1))
        {
            starts[1] = Some(at + 1);
        } else if self.is_plain(at, Sense::Of).is_some() {
            let fits = m.hour.is_some()
                || m.part.is_some() && !m.names_day()
                || m.weekday.is_some()
                || m.holiday.is_some();
            starts[1] = fits.then_some(at + 1);
        } else if self.is_plain(at, Sense::Placing).is_some() {
            let fits = hour(at + 1) || day && number(at + 1);
            starts[1] = fits.then_some(at + 1);
        }
        starts.into_iter().flatten()
    }

    /// `26 شوال 1436هـ الموافق 11 أغسطس 2015م`: the Gregorian date wins, as
    /// the writer converted by a calendar that we can only guess.
    fn matched(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let mut start = at;
        if self.mark(start, &["،", ",", "("]) {
            start += 1;
        }
        let next = self.is(start, Sense::Match);
        let slash = self.mark(at, &["/", "-", "–"]).then_some(at + 1);
        let hijri = |m: &Moment| matches!(m.month, Some(Month::Number(_, Calendar::Hijri)));
        let next = next.or(slash.filter(|_| hijri(m)))?;
        let (second, mut end) = self.date_alone(self.skip_preposition(next))?;
        if next != start && slash.is_some() && hijri(&second) == hijri(m) {
            return None;
        }
        if m.month.is_some() && !hijri(&second) || m.month.is_none() {
            m.holiday = None;
            m.day = second.day;
            m.month = second.month;
            m.year = second.year;
            m.rel = m.rel.or(second.rel);
        }
        if start > at && self.mark(end, &[")"]) {
            end += 1;
        }
        Some(end)
    }

    /// `ل` written apart.
    fn skip_preposition(&self, at: usize) -> usize {
        if self.text(at).strip_prefix(TO) == Some("") {
            at + 1
        } else {
            at
        }
    }

    fn date_alone(&self, at: usize) -> Parsed<Moment> {
        let mut m = Moment::default();
        if let Some((figures, end)) = self.figures(at, true) {
            return Some((figures, end));
        }
        let end = self.date(at, &mut m)?;
        m.day.is_some().then_some((m, end))
    }

    /// `اليوم (الاثنين)`, `(2 مارس)` after a weekday.
    fn parenthesized(&self, at: usize, m: &mut Moment) -> Option<usize> {
        let day = m.weekday.is_some() || m.deictic.is_some();
        if !day || !self.mark(at, &["(", "«", "\""]) {
            return None;
        }
        let mut inside = *m;
        let end = self.part(at + 1, &mut inside)?;
        if !self.mark(end, &[")", "»", "\""]) {
            return None;
        }
        *m = inside;
        Some(end + 1)
    }

    /// One part of a moment at `at` into `m`, which must not have it yet.
    fn part(&self, at: usize, m: &mut Moment) -> Option<usize> {
        match self.items.get(at)? {
            Item::Word(word) if !word.is_known() => return None,
            Item::Other => return None,
            _ => {}
        }
        let first = *m == Moment::default();
        if !m.names_day() || m.month.is_none() && m.year.is_none() {
            let dated =
                m.weekday.is_some() || at > 0 && self.is_plain(at - 1, Sense::OnDate).is_some();
            if let Some((figures, end)) = self.figures(at, dated).filter(|_| m.month.is_none()) {
                (m.day, m.month, m.year) = (figures.day, figures.month, figures.year);
                return Some(end);
            }
        }
        if let Some(end) = self.clock(at, m) {
            return Some(end);
        }
        if let Some(end) = self.counted(at, m).or_else(|| self.holiday(at, m)) {
            return Some(end);
        }
        if let Some(end) = self.numbered_day(at, m).or_else(|| self.deictic(at, m)) {
            return Some(end);
        }
        if let Some(end) = self.weekday(at, m) {
            return Some(end);
        }
        if let Some(end) = self.date(at, m) {
            return Some(end);
        }
        if let Some(end) = self.period(at, m, first) {
            return Some(end);
        }
        if m.part.is_none()
            && let Some((part, end)) = self.day_part(at)
        {
            m.part = Some(part);
            return Some(end);
        }
        None
    }

    /// `أمس`, `غدا`, `هذا اليوم`.
    fn deictic(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.names_day() || m.names_stretch() {
            return None;
        }
        let start = self.skip(at, Sense::This);
        let (days, end) = self.sense(start, |s| match s {
            Sense::Deictic(days) => Some(days),
            _ => None,
        })?;
        let word = self.word(start)?;
        let counted = days == 0 && end == start + 1 && self.ordinal(end).is_some();
        let purpose = word.prep == Some('ل') && !matches!(days, -2..=-1);
        if start == at && (counted || purpose && (word.article || days == 1)) {
            return None;
        }
        m.deictic = Some(days);
        if days == 0
            && start == at
            && self.is(start, Sense::Today).is_some()
            && let Some((rel, end)) = self.rel(end).filter(|(rel, _)| *rel != Rel::Recent)
        {
            m.deictic = None;
            m.unit = Some((Unit::Day, rel));
            return Some(end);
        }
        Some(end)
    }

    /// `اليوم الثالث من أكتوبر`, `يوم 19 أغسطس`, `يوم الجمعة`, `ذلك اليوم`.
    fn numbered_day(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.names_day() {
            return None;
        }
        if let Some((day, next)) = self.day_of(at) {
            let mut attempt = *m;
            let end = self.month(next, true, &mut attempt)?;
            attempt.day = Some(day);
            *m = attempt;
            return Some(self.year_after(end, m));
        }
        if let Some(mut end) = self.is(at, Sense::Today) {
            let mut attempt = *m;
            self.ordinal(end)?;
            end = self
                .date(end, &mut attempt)
                .filter(|_| attempt.month.is_some())?;
            *m = attempt;
            return Some(end);
        }
        if let Some(next) = self.points_back(at) {
            let end = self.is(next, Sense::Deictic(0))?;
            m.unit = Some((Unit::Day, Rel::Same));
            return Some(end);
        }
        let next = self
            .is(at, Sense::Unit(Unit::Day, Count::One))
            .or_else(|| self.is(at, Sense::DaysOf))?;
        if self.word(at)?.article {
            return None;
        }
        let bare = self.sense(next, |s| match s {
            Sense::BareWeekday(day) => Some(day),
            _ => None,
        });
        if let Some((day, end)) = bare {
            m.weekday = Some(day);
            return Some(end);
        }
        let mut attempt = *m;
        if let Some((figures, end)) = self.figures(next, true) {
            (m.day, m.month, m.year) = (figures.day, figures.month, figures.year);
            return Some(end);
        }
        let end = self
            .deictic(next, &mut attempt)
            .or_else(|| self.weekday(next, &mut attempt))
            .or_else(|| {
                self.date(next, &mut attempt)
                    .filter(|_| attempt.day.is_some())
            })?;
        *m = attempt;
        Some(end)
    }

    /// `ذلك`, `نفس`, `ذات`, before a noun with the article.
    pub(super) fn points_back(&self, at: usize) -> Option<usize> {
        let next = self
            .is(at, Sense::That)
            .or_else(|| self.is(at, Sense::Same))?;
        let like = self.word(at)?.prep == Some('ك');
        (!like && self.text(next).starts_with(ARTICLE)).then_some(next)
    }

    /// `الثلاثاء`, `هذا الاثنين`.
    fn weekday(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.weekday.is_some() || m.names_stretch() {
            return None;
        }
        let start = self.skip(at, Sense::This);
        let bare = self.sense(at, |s| match s {
            Sense::BareWeekday(day) => Some(day),
            _ => None,
        });
        if let Some((day, end)) = bare
            && let Some((rel, end)) = self.related(end, Unit::Week)
        {
            m.weekday = Some(day);
            m.unit = Some((Unit::Week, rel));
            return Some(end);
        }
        let (day, end) = self.sense(start, |s| match s {
            Sense::Weekday(day) => Some(day),
            _ => None,
        })?;
        let twelve = Sense::Number(Part::Unit(10));
        if self.is_plain(end, twelve).is_some() {
            return None;
        }
        m.weekday = Some(day);
        Some(end)
    }

    fn holiday(&self, at: usize, m: &mut Moment) -> Option<usize> {
        if m.names_day() || m.names_stretch() {
            return None;
        }
        let (n, start) = self.day_of(at).unwrap_or((1, at));
        let (index, end) = self.sense(start, |s| match s {
            Sense::Holiday(index) => Some(index),
            _ => None,
        })?;
        m.holiday = Some(index);
        m.day = (n > 1).then_some(n);
        Some(self.year_after(end, m))
    }

    /// `ثاني أيام` of a feast or a month: which day, and the token after.
    fn day_of(&self, at: usize) -> Parsed<u8> {
        let (n, next) = self.ordinal(at).filter(|&(n, _)| n <= 30)?;
        let end = self.is(next, Sense::Unit(Unit::Day, Count::Many))?;
        let construct = !self.word(at)?.article && !self.word(next)?.article;
        construct.then_some((n as u8, end))
    }

    /// Whether what stands before makes a month name of doubtful words.
    pub(super) fn has_context(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        if self.word(at).is_some_and(|w| w.prep.is_some()) {
            return true;
        }
        self.is_plain(before, Sense::MonthBefore).is_some()
            || self
                .sense(before, |s| matches!(s, Sense::Phase(_)).then_some(()))
                .is_some()
            || self
                .month_name(before)
                .is_some_and(|(name, _)| name.2 == Certainty::Sure)
    }
}
