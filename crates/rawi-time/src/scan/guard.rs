//! What looks like a time and is none: ages, rates, names.

use std::ops::Range;

use rawi_text::TokenKind;
use rawi_text::proclitic::{AND, ARTICLE};

use super::date::BARE_YEARS;
use super::{Item, Scanner};
use crate::expr::{Expr, Moment, Year};
use crate::lexicon::{Rel, Sense, Unit, Word};

/// How many tokens before an age its noun may stand.
const AGE_WINDOW: usize = 4;

/// How many tokens before `سنويا` its number may stand.
const RATE_WINDOW: usize = 7;

/// How many tokens after it.
const RATE_AHEAD: usize = 4;

/// How many tokens before a work's name in marks its noun may stand.
const WORK_WINDOW: usize = 3;

/// How many tokens the name of a work has at most, its marks left out.
const WORK_LENGTH: u32 = 8;

/// How many marks may open between the one of a work's name and an expression.
const WORK_DEPTH: usize = 2;

/// How many tokens before a year the noun that it names may stand.
const TITLE_WINDOW: usize = 5;

impl Scanner<'_> {
    /// Whether the expression is part of something else.
    pub(super) fn is_guarded(&self, expr: &Expr, tokens: &Range<usize>) -> bool {
        if self.is_in_work(tokens) {
            return true;
        }
        match expr {
            Expr::Length(length) => {
                let ages = length.years > 0 || length.months > 0 || length.days > 0;
                ages && self.is_age(tokens)
            }
            Expr::Moment(m) if m.hour.is_some() => self.is_stamp(tokens.start),
            Expr::Moment(m) if m.holiday.is_some() => self.is_occasion(m, tokens.start),
            Expr::Moment(m) => self.is_name(m, tokens) || self.is_office(m, tokens),
            Expr::Every(_) if self.is_greeting(tokens.end) => true,
            Expr::Every(_) if tokens.len() == 1 => {
                self.is_rate(tokens.start) || self.counts(tokens.end..tokens.end + RATE_AHEAD)
            }
            _ => false,
        }
    }

    /// `فيلم «الليلة الطويلة»`, `تحت شعار «غدا نبدأ»`: inside the name of a
    /// work, which dates nothing.
    fn is_in_work(&self, tokens: &Range<usize>) -> bool {
        let quotes = self.layout.quotes();
        let opened = quotes.partition_point(|q| (q.open as usize) < tokens.start);
        quotes[opened.saturating_sub(WORK_DEPTH)..opened]
            .iter()
            .filter(|q| {
                q.close.is_some_and(|close| {
                    close as usize >= tokens.end && close - q.open <= WORK_LENGTH + 1
                })
            })
            .any(|q| self.follows_work(q.open as usize))
    }

    /// Whether the words before a mark announce the name of a work.
    fn follows_work(&self, mark: usize) -> bool {
        (mark.saturating_sub(WORK_WINDOW)..mark)
            .rev()
            .take_while(|&at| matches!(self.items[at], Item::Word(_)))
            .any(|at| self.is(at, Sense::Work).is_some())
    }

    /// `الإصدار 2024.1.2`, `Ubuntu 2024.04.1`: a version, which looks like a
    /// date with dots.
    pub(super) fn is_version(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let latin = self.layout.tokens()[before].kind == TokenKind::Latin;
        let numbered = |s| matches!(s, Sense::Numbered | Sense::Version).then_some(());
        latin || self.sense(before, numbered).is_some()
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
        let unit = |s| matches!(s, Sense::Unit(Unit::Year, _)).then_some(());
        let aged = self.sense(tokens.end - 1, unit).is_some();
        if aged && self.follows_name(tokens) {
            return true;
        }
        let enclosed = tokens.start > 0
            && self.mark(tokens.start - 1, &["(", "،", ",", "-"])
            && self.mark(tokens.end, &[")", "،", ",", "-"]);
        aged && enclosed || self.is(tokens.end, Sense::Age).is_some()
    }

    /// `محمود، 25 عاما`: years in digits right after a comma, or after a word
    /// that no length of time follows, are a person's.
    fn follows_name(&self, tokens: &Range<usize>) -> bool {
        let Some(Item::Digits(10..=120, 2..=3)) = self.item(tokens.start) else {
            return false;
        };
        let Some(before) = tokens.start.checked_sub(1) else {
            return false;
        };
        match self.items[before] {
            Item::Word(word) => tokens.len() == 2 && !word.is_known() && !self.is_clitic(before),
            _ => tokens.len() == 2 && self.mark(before, &["،", ","]),
        }
    }

    /// `اليوم العالمي`, `«اليوم»`, `أخبار اليوم`, `برميل في اليوم`, `صلاة الجمعة`.
    fn is_name(&self, m: &Moment, tokens: &Range<usize>) -> bool {
        if tokens.len() > 2 {
            return false;
        }
        let before = tokens.start.checked_sub(1);
        let quoted = before.is_some_and(|b| self.mark(b, &["«", "\"", "“", "'"]))
            && self.mark(tokens.end, &["»", "\"", "”", "'"]);
        let single = *m
            == Moment {
                deictic: m.deictic,
                ..Moment::default()
            };
        if single && m.deictic.is_some() {
            let outlet = before.is_some_and(|b| self.is(b, Sense::Outlet).is_some());
            let rate = m.deictic == Some(0)
                && before
                    .is_some_and(|b| self.is_plain(b, Sense::Within).is_some() && self.is_rate(b));
            let named = m.deictic == Some(0)
                && self.is(tokens.end, Sense::NotToday).is_some()
                && self.text(tokens.end).starts_with(ARTICLE);
            return quoted || outlet || rate || named;
        }
        if m.weekday.is_some() && tokens.len() == 1 {
            return quoted || before.is_some_and(|b| self.is(b, Sense::NotWeekday).is_some());
        }
        false
    }

    /// `في الدقيقة 13:10` of a match, and the hour after an agency's `انتهى`.
    fn is_stamp(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let minute = |s| matches!(s, Sense::Unit(Unit::Minute, _)).then_some(());
        let signed = (at.saturating_sub(4)..at).any(|i| self.is(i, Sense::SignOff).is_some());
        self.sense(before, minute).is_some()
            || signed && !matches!(self.items[before], Item::Word(_))
    }

    /// `عطلة عيد الفصح`, `تهاني عيد الأضحى`: a holiday that belongs to a noun
    /// and dates nothing.
    fn is_occasion(&self, m: &Moment, at: usize) -> bool {
        if m.year.is_some() || m.rel.is_some() || m.hour.is_some() || m.part.is_some() {
            return false;
        }
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        self.is(before, Sense::Occasion).is_some()
    }

    /// `كأس العالم 2022`, `رؤية 2030`: a bare year that is part of a name.
    pub(super) fn is_title(&self, at: usize) -> bool {
        for i in (at.saturating_sub(TITLE_WINDOW)..at).rev() {
            if self.is(i, Sense::Titled).is_some() {
                return true;
            }
            let joins = |s| {
                matches!(
                    s,
                    Sense::In
                        | Sense::Since
                        | Sense::From
                        | Sense::To
                        | Sense::During
                        | Sense::Phase(_)
                )
            };
            if matches!(self.items[i], Item::Other)
                || self.sense(i, |s| joins(s).then_some(())).is_some()
            {
                return false;
            }
        }
        false
    }

    /// `الأمين العام السابق`: an adjective of an office, and no year.
    fn is_office(&self, m: &Moment, tokens: &Range<usize>) -> bool {
        let related = matches!(m.year, Some(Year::Rel(Rel::Last | Rel::This))) && tokens.len() == 2;
        let adjective = |w: Word| w.article && !w.conj && w.prep.is_none();
        let adjective = self.word(tokens.end - 1).is_some_and(adjective)
            && self.is(tokens.end - 1, Sense::Office).is_some();
        let definite = |b: usize| {
            let word = self.text(b);
            let word = word.strip_prefix(AND).unwrap_or(word);
            word.starts_with(ARTICLE)
        };
        related && adjective && tokens.start.checked_sub(1).is_some_and(definite)
    }

    /// `كل عام وأنتم بخير`.
    fn is_greeting(&self, end: usize) -> bool {
        (end..end + 4).any(|at| self.is(at, Sense::Greeting).is_some())
    }

    /// Whether a number with a noun stands just before, so that the period is
    /// that of a rate: `مليوني برميل يوميا`.
    fn is_rate(&self, at: usize) -> bool {
        self.counts(at.saturating_sub(RATE_WINDOW)..at)
    }

    /// Whether a number stands in a stretch of tokens, years aside.
    fn counts(&self, tokens: Range<usize>) -> bool {
        let number = |s| matches!(s, Sense::Number(_) | Sense::Counted).then_some(());
        tokens.into_iter().any(|at| match self.item(at) {
            Some(Item::Digits(n, _)) => !BARE_YEARS.contains(&n),
            Some(Item::Word(_)) => self.sense(at, number).is_some(),
            _ => self.text(at).starts_with(|c: char| c.is_ascii_digit()),
        })
    }
}
