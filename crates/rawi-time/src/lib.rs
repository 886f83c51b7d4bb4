//! Time expressions of Arabic news, found and resolved.
//!
//! [`find`] goes over an analyzed text once and gives every expression that
//! names a date, a clock time, a length of time or something that comes back,
//! with its span and a value as TIMEX3 writes it. Relative expressions are
//! counted from the [`Anchor`]: the day of the article, or of a statement in
//! it. What cannot be known is found without a value.
//!
//! ```
//! use rawi_text::{Layout, SourceText};
//! use rawi_time::{Anchor, Date};
//!
//! let source = SourceText::new("التقى الوزيران أمس الثلاثاء في 11 شباط/فبراير، لمدة ساعتين.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut times = Vec::new();
//! rawi_time::find(&source, &layout, &Anchor::published(Date::parse("2025-02-12")), &mut times);
//!
//! let values: Vec<_> = times.iter().filter_map(|t| t.value).map(|v| v.to_string()).collect();
//! assert_eq!(values, ["2025-02-11", "PT2H"]);
//! # Ok::<(), rawi_text::TextError>(())
//! ```
//!
//! - [`number`]: numbers in Arabic words, read and written.
//! - [`value`]: the values, to parse and to ask for their first and last day.
//!
//! What is found and how it is read stands in `docs/times.md`; the words
//! themselves stand in the tables of `lexicon/`.

mod anchor;
mod calendar;
mod dateline;
mod expr;
mod hijri;
mod lexicon;
pub mod number;
mod resolve;
mod scan;
pub mod value;
mod written;

pub use anchor::Anchor;
pub use calendar::Date;
pub use dateline::{Datelines, dateline};
pub use written::{DateError, DateOrder};

use rawi_text::{Layout, SourceText, Span};

use expr::Expr;
use lexicon::{Vocabulary, Word};
use resolve::{Resolver, Setting, looks_ahead};
use scan::{Found, Items, Scanner};
use value::Value;

/// What a time expression is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TimeKind {
    /// A day or a longer stretch of the calendar.
    Date,
    /// A clock time.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes back.
    Set,
}

/// A time expression in a text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TimeMention {
    /// Where it stands.
    pub span: Span,
    /// What it is about.
    pub kind: TimeKind,
    /// Its value; `None` when the expression is vague or depends on a day that
    /// is not known.
    pub value: Option<Value>,
}

/// Finds the time expressions of one text, in order and without overlaps, and
/// adds them to `out`. `layout` must be the layout of `source`.
///
/// Who reads many texts keeps a [`Finder`] for all of them.
pub fn find(source: &SourceText, layout: &Layout, anchor: &Anchor, out: &mut Vec<TimeMention>) {
    let mut finder = Finder::default();
    finder.scan(source, layout);
    finder.resolve(layout, anchor, out);
}

/// Finds the time expressions of one text after the other: what each spelling of a
/// layout means to them is found out once and kept, and so is the room for a text.
#[derive(Clone, Default, Debug)]
pub struct Finder {
    words: Vocabulary,
    items: Items,
    found: Vec<Found>,
}

impl Finder {
    /// Finds the expressions of a text and forgets those of the one before. `layout` must
    /// be the layout of `source`.
    pub fn scan(&mut self, source: &SourceText, layout: &Layout) {
        let Self {
            words,
            items,
            found,
        } = self;
        words.extend(layout.spellings(), Word::new);
        found.clear();
        Scanner::new(source, layout, words, items).run(|expression| found.push(expression));
    }

    /// Adds the expressions that were found last to `out`, in order and without overlaps,
    /// with the values that they have when counted from `anchor`. `layout` must be that of
    /// the text.
    pub fn resolve(&self, layout: &Layout, anchor: &Anchor, out: &mut Vec<TimeMention>) {
        let mut resolver = Resolver::default();
        let mut sentences = layout.sentences().iter().enumerate().peekable();
        for found in &self.found {
            let start = found.tokens.start as u32;
            while sentences.next_if(|(_, s)| s.end <= start).is_some() {}
            let (number, sentence) = match sentences.peek() {
                Some((number, sentence)) => (*number, (*sentence).clone()),
                None => (0, 0..start),
            };
            let span = found.span(layout);
            let setting = Setting {
                today: anchor.day_at(span),
                ahead: anchor.looks_ahead()
                    || looks_ahead(layout, &self.words, &sentence, &found.tokens),
                until: found.until,
                sentence: number,
            };
            let value = resolver.resolve(&found.expr, setting);
            out.push(TimeMention {
                span,
                kind: kind(&found.expr, value),
                value,
            });
        }
    }
}

fn kind(expr: &Expr, value: Option<Value>) -> TimeKind {
    match expr {
        Expr::Moment(m) | Expr::Range(m, _) if m.hour.is_some() => TimeKind::Time,
        Expr::Shift(..) if matches!(value, Some(Value::Duration(_))) => TimeKind::Duration,
        Expr::Moment(_) | Expr::Range(..) | Expr::Shift(..) | Expr::VagueDate => TimeKind::Date,
        Expr::Length(_) | Expr::VagueLength => TimeKind::Duration,
        Expr::Every(_) | Expr::EveryWeekday(_) => TimeKind::Set,
    }
}
