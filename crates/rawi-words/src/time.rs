//! The words that time expressions and numbers are made of, as the tables of
//! `lexicon/` have them.

use crate::{Facet, LexId, Lexicon};

/// A season of the northern year; winter begins in December of its year.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Season {
    /// `SP`
    Spring,
    /// `SU`
    Summer,
    /// `FA`
    Autumn,
    /// `WI`
    Winter,
}

impl Season {
    /// Its code in TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// The season with a TIMEX3 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Autumn,
            "WI" => Season::Winter,
            _ => return None,
        })
    }

    /// The month that it begins in.
    pub fn first_month(self) -> u8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// One of the two calendars of the newspapers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Calendar {
    /// January to December.
    Gregorian,
    /// Muharram to Dhu al-Hijja, counted from the emigration.
    Hijri,
}

/// How safely a month name is a month name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Certainty {
    /// Mostly another word.
    Unlikely,
    /// Mostly the month.
    Likely,
    /// Nothing else.
    Sure,
}

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A night.
    Night,
    /// The end of a week.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// The grammatical number of a unit word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// One of them.
    One,
    /// The dual.
    Two,
    /// The plural.
    Many,
}

/// What a number word adds to its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Nothing.
    Zero,
    /// 1 to 9, and the ten of a teen.
    Unit(u8),
    /// 20 to 90.
    Ten(u8),
    /// 100 to 900.
    Hundred(u16),
    /// A thousand and more.
    Scale(u64),
    /// A scale in the plural, a number only after 3 to 10.
    Scales(u64),
    /// Two of a scale, in one word.
    Pair(u64),
    /// The word for the decimal point.
    Point,
}

/// A part of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayPart {
    /// Before the sun.
    Dawn,
    /// Till noon.
    Morning,
    /// The last of it.
    BeforeNoon,
    /// About twelve.
    Noon,
    /// Behind it.
    Afternoon,
    /// Till the night.
    Evening,
    /// A night.
    Night,
    /// Twelve at night.
    Midnight,
}

/// Which of several: the last, the next, this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rel {
    /// The one before the last.
    BeforeLast,
    /// The one before this.
    Last,
    /// This one.
    This,
    /// The one after this.
    Next,
    /// The one after the next.
    AfterNext,
    /// The one spoken of before.
    Same,
    /// `الأخير`: lately, with no end that could be named.
    Recent,
}

/// A part of a stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// From when years are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Era {
    /// January to December.
    Gregorian,
    /// Muharram to Dhu al-Hijja, counted from the emigration.
    Hijri,
    /// Before Christ.
    Bc,
}

/// What a date line dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// `نشر في`: the article.
    Published,
    /// `آخر تحديث`: its last change.
    Updated,
}

/// When a holiday falls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// Month and day of a calendar.
    Yearly(Calendar, u8, u8),
    /// Days after western Easter.
    Easter(i32),
}

/// What one entry of the word list means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sense {
    /// A month by name.
    Month(Calendar, u8, Certainty),
    /// A weekday, Monday is 1.
    Weekday(u8),
    /// A weekday without its article, mostly another word.
    BareWeekday(u8),
    /// A unit of time.
    Unit(Unit, Count),
    /// A word of a number.
    Number(Part),
    /// An ordinal.
    Ordinal(u8),
    /// A part of a whole.
    Fraction(u8, u8),
    /// A holiday: see [`holiday`].
    Holiday(u8),
    /// Days from today: `أمس` is -1.
    Deictic(i8),
    /// A decade of its century: `الثمانينيات` is 80.
    Decade(u8),
    /// A part of the day.
    Part(DayPart),
    /// Which of several.
    Rel(Rel),
    /// A part of a stretch.
    Phase(Phase),
    /// From when years are counted.
    Era(Era),
    /// A season.
    Season(Season),
    /// How often something comes back: `سنويا`.
    Every(Unit),
    /// The zone of universal time.
    Utc,
    /// Any other zone.
    Zone,
    /// `بتوقيت`, after which the zone's place is named.
    ZoneOf,
    /// The label of a date line.
    Label(Label),
    /// `ص` and `م` after a clock time.
    Meridiem,
    /// `هذا`
    This,
    /// `ذلك`
    That,
    /// `نفس`
    Same,
    /// `بضعة`
    Few,
    /// `نحو`
    Approx,
    /// `منذ`
    Since,
    /// `قبل`
    Ago,
    /// `بعد`
    Hence,
    /// `خلال`
    During,
    /// `من`, and what else a range begins with.
    From,
    /// `إلى`
    To,
    /// `في`, and what else a date follows.
    In,
    /// `اليوم`, and no other word for it.
    Today,
    /// `هذه الليلة`, with the part of the day that it names.
    Tonight(DayPart),
    /// `من`, before the whole or the second part of something.
    Of,
    /// `بين`, before the first of two.
    Between,
    /// `في`, before a year or month.
    Within,
    /// What an hour or the number of a day follows.
    Placing,
    /// What figures follow that can only be a date.
    OnDate,
    /// What makes a month of a name that is mostly another word.
    MonthBefore,
    /// What a length back or ahead is counted from.
    CountedFrom,
    /// The day that a length is counted from anyway.
    Now,
    /// A part of the day that stands by itself behind an hour: `صباحا`.
    Adverb,
    /// `آخر`, before a day of a month.
    LastOf,
    /// A phase of nothing longer than a month.
    MonthPhase,
    /// A phase that is the first day of its month.
    FirstDay,
    /// `كل`
    Each,
    /// `إلا`, before minutes that the hour lacks.
    Minus,
    /// `الموافق`, between dates of two calendars.
    Match,
    /// `الفترة`, `الموسم`: a stretch whose length is anybody's guess.
    Stretch,
    /// `عامي`, before two years.
    YearsOf,
    /// `الدراسي`, `المالي` after a year.
    YearKind,
    /// `يومي`, before two days.
    DaysOf,
    /// A word of somebody's age.
    Age,
    /// A word that announces.
    Future,
    /// A noun that numbers count.
    Counted,
    /// `كاملة`, `من الزمن`: belongs to the length before it.
    Whole,
    /// `عامها` of "in its eighth year".
    Own,
    /// A noun whose number names a thing and no year: `القرار 1973`.
    Numbered,
    /// An adjective after which `اليوم` is a named day.
    NotToday,
    /// A noun after which `اليوم` is part of a name.
    Outlet,
    /// A noun after which a weekday is part of a name: `صلاة الجمعة`.
    NotWeekday,
    /// A noun that a holiday belongs to without dating it: `عطلة عيد الفصح`.
    Occasion,
    /// The noun of a name that has a year in it: `مونديال 2022`.
    Titled,
    /// A noun that the version of a program follows.
    Version,
    /// A noun that a work's name follows, or that says that a name follows.
    Work,
    /// `بخير` of a greeting.
    Greeting,
    /// An agency's `انتهى`.
    SignOff,
    /// A word that a length of time may follow: `السجن 15 عاما`.
    Lasting,
    /// What follows a month's name that is a person's.
    Name,
    /// An adjective of an office, no year after it.
    Office,
    /// The beginning of a noun that looks like a verb of the future.
    NotFuture,
}

include!(concat!(env!("OUT_DIR"), "/time.rs"));

/// What the tables say of a key that has a part in time expressions.
#[derive(Clone, Copy, Debug)]
pub struct TimeKey {
    /// What the key means by itself, in a fixed order; nothing for the mere beginning of
    /// a phrase.
    pub senses: &'static [Sense],
    /// Whether it is a word that a phrase begins with.
    pub begins: bool,
}

impl Lexicon<'_> {
    /// What a key means in time expressions, if anything.
    #[inline]
    pub fn time(&self, key: LexId) -> Option<TimeKey> {
        let value = self.value(key, Facet::Time)?;
        Some(TimeKey {
            senses: SENSES.get((value >> 1) as usize)?,
            begins: value & 1 == 1,
        })
    }
}

/// The rule of a holiday that [`Sense::Holiday`] names.
pub fn holiday(index: u8) -> Option<Rule> {
    HOLIDAYS.get(usize::from(index)).copied()
}

/// Form number `form` of a row of the number table, the first where the row has
/// fewer; empty for a row that is not there.
pub fn spelling(kind: &str, value: u64, form: usize) -> &'static str {
    let row = SPELLINGS.iter().find(|r| r.0 == kind && r.1 == value);
    row.map_or("", |(_, _, forms)| forms.get(form).unwrap_or(&forms[0]))
}

/// Whether a folded ending may follow the stem of a noun.
pub fn ends_noun(ending: &str) -> bool {
    NOUN_ENDINGS.contains(&ending)
}
