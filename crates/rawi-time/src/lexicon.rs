//! The words that time expressions are made of: what the tables of `lexicon/`
//! say, and how a word of running text is looked up in them.

use rawi_text::proclitic::{self, ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO};

use crate::value::Season;

/// One of the two calendars of the newspapers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Calendar {
    Gregorian,
    Hijri,
}

/// How safely a month name is a month name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Certainty {
    Unlikely,
    Likely,
    Sure,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// The grammatical number of a unit word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Count {
    One,
    Two,
    Many,
}

/// What a number word adds to its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    Zero,
    Unit(u8),
    Ten(u8),
    Hundred(u16),
    Scale(u64),
    /// A scale in the plural, a number only after 3 to 10.
    Scales(u64),
    Pair(u64),
    Point,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DayPart {
    Dawn,
    Morning,
    BeforeNoon,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

/// Which of several: the last, the next, this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rel {
    BeforeLast,
    Last,
    This,
    Next,
    AfterNext,
    /// The one spoken of before.
    Same,
    /// `الأخير`: lately, with no end that could be named.
    Recent,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Era {
    Gregorian,
    Hijri,
    Bc,
}

/// What a date line dates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Label {
    /// `نشر في`: the article.
    Published,
    /// `آخر تحديث`: its last change.
    Updated,
}

/// When a holiday falls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    /// Month and day of a calendar.
    Yearly(Calendar, u8, u8),
    /// Days after western Easter.
    Easter(i32),
}

/// What one entry of the word list means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sense {
    Month(Calendar, u8, Certainty),
    Weekday(u8),
    /// A weekday without its article, mostly another word.
    BareWeekday(u8),
    Unit(Unit, Count),
    Number(Part),
    Ordinal(u8),
    Fraction(u8, u8),
    Holiday(u8),
    /// Days from today: `أمس` is -1.
    Deictic(i8),
    /// A decade of its century: `الثمانينيات` is 80.
    Decade(u8),
    Part(DayPart),
    Rel(Rel),
    Phase(Phase),
    Era(Era),
    Season(Season),
    Every(Unit),
    Utc,
    Zone,
    /// `بتوقيت`, after which the zone's place is named.
    ZoneOf,
    /// The label of a date line.
    Label(Label),
    /// `ص` and `م` after a clock time.
    Meridiem,
    This,
    That,
    Same,
    Few,
    Approx,
    Since,
    Ago,
    Hence,
    During,
    From,
    To,
    In,
    /// `اليوم`, and no other word for it.
    Today,
    /// `هذه الليلة`, with the part of the day that it names.
    Tonight(DayPart),
    /// `من`, before the whole or the second part of something.
    Of,
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
    Each,
    Minus,
    Match,
    /// `الفترة`, `الموسم`: a stretch whose length is anybody's guess.
    Stretch,
    YearsOf,
    /// `الدراسي`, `المالي` after a year.
    YearKind,
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

/// One meaning of a word, or of a phrase that the word begins.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The words that must follow, folded.
    pub rest: &'static [&'static str],
    pub sense: Sense,
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The rule of a holiday that [`Sense::Holiday`] names.
pub(crate) fn holiday(index: u8) -> Rule {
    HOLIDAYS[usize::from(index)]
}

/// Form number `form` of a row of the number table, the first where the row has
/// fewer; empty for a row that is not there.
pub(crate) fn spelling(kind: &str, value: u64, form: usize) -> &'static str {
    let row = SPELLINGS.iter().find(|r| r.0 == kind && r.1 == value);
    row.map_or("", |(_, _, forms)| forms.get(form).unwrap_or(&forms[0]))
}

/// A word of running text taken apart as far as the tables know it.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Word {
    /// The meanings, phrases first, longest first; empty for unknown words.
    pub entries: &'static [Entry],
    /// Whether `و` or `ف` is attached.
    pub conj: bool,
    /// `ب`, `ل` or `ك` when attached.
    pub prep: Option<char>,
    /// Whether it has the article.
    pub article: bool,
}

impl Word {
    /// Whether nothing is attached to it.
    pub fn is_bare(&self) -> bool {
        !self.conj && !self.article && self.prep.is_none()
    }

    /// The first meaning of the word alone that `pick` takes.
    pub fn sense<T>(&self, pick: impl Fn(Sense) -> Option<T>) -> Option<T> {
        let mut alone = self.entries.iter().filter(|e| e.rest.is_empty());
        alone.find_map(|e| pick(e.sense))
    }

    /// The first meaning of the word at `at` that `pick` takes, phrases before
    /// words, and the token after it. `text` gives the folded words of the text,
    /// and nothing beyond its end.
    pub fn sense_at<'t, T>(
        &self,
        at: usize,
        text: impl Fn(usize) -> &'t str,
        pick: impl Fn(Sense) -> Option<T>,
    ) -> Option<(T, usize)> {
        self.entries.iter().find_map(|entry| {
            let sense = pick(entry.sense)?;
            let mut rest = entry.rest.iter().zip(at + 1..);
            let complete = rest.all(|(word, i)| text(i) == *word);
            complete.then_some((sense, at + 1 + entry.rest.len()))
        })
    }
}

/// Looks a folded word up: as it stands first, then without its article, then
/// without attached conjunctions and prepositions. The first reading that the
/// tables know wins, so a listed form is never taken apart.
pub(crate) fn analyze(word: &str) -> Word {
    let whole = Word::default();
    if let Some(found) = with_article(word, whole) {
        return found;
    }
    let mut stems = [(word, whole), (word, whole)];
    let mut count = 1;
    if let Some(rest) = word.strip_prefix(CONJUNCTIONS) {
        let joined = Word {
            conj: true,
            ..whole
        };
        if let Some(found) = with_article(rest, joined) {
            return found;
        }
        stems[1] = (rest, joined);
        count = 2;
    }
    for (stem, word) in stems.into_iter().take(count) {
        let Some(prep) = stem.chars().next().filter(|c| PREPOSITIONS.contains(c)) else {
            continue;
        };
        let rest = &stem[prep.len_utf8()..];
        let word = Word {
            prep: Some(prep),
            ..word
        };
        let found = with_article(rest, word).or_else(|| {
            let article = proclitic::article(Some(prep));
            let noun = rest.strip_prefix(article).filter(|_| prep == TO)?;
            definite(noun, word)
        });
        if let Some(found) = found {
            return found;
        }
    }
    whole
}

fn with_article(word: &str, so_far: Word) -> Option<Word> {
    if let Some(entries) = find(word) {
        return Some(Word { entries, ..so_far });
    }
    definite(word.strip_prefix(ARTICLE)?, so_far)
}

/// A noun whose article was split off: listed with it, as weekdays are, or
/// without.
fn definite(noun: &str, so_far: Word) -> Option<Word> {
    let whole = WORDS.binary_search_by(|(key, _)| {
        let key = key.as_bytes();
        let (article, rest) = key.split_at(key.len().min(ARTICLE.len()));
        article
            .cmp(ARTICLE.as_bytes())
            .then_with(|| rest.cmp(noun.as_bytes()))
    });
    let entries = match whole {
        Ok(i) => WORDS[i].1,
        Err(_) => find(noun)?,
    };
    Some(Word {
        entries,
        article: true,
        ..so_far
    })
}

/// Whether the table knows a word that looks like a verb of the future for a noun: by its
/// beginning, behind which only the ending of a noun is left.
pub(crate) fn is_noun_of_future(word: &str) -> bool {
    let ends = word.char_indices().map(|(i, c)| i + c.len_utf8());
    ends.skip(1).any(|end| {
        let (stem, ending) = word.split_at(end);
        let listed = |entries: &[Entry]| entries.iter().any(|e| e.sense == Sense::NotFuture);
        (ending.is_empty() || NOUN_ENDINGS.contains(&ending)) && find(stem).is_some_and(listed)
    })
}

/// The entries of exactly this word.
fn find(word: &str) -> Option<&'static [Entry]> {
    let i = WORDS.binary_search_by(|(key, _)| (*key).cmp(word)).ok()?;
    Some(WORDS[i].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_come_off_only_where_needed() {
        for (word, conj, prep, article) in [
            ("فبراير", false, None, false),
            ("وفبراير", true, None, false),
            ("الجمعه", false, None, false),
            ("للجمعه", false, Some('ل'), true),
            ("وبالسنه", true, Some('ب'), true),
            ("لعامين", false, Some('ل'), false),
            ("واحد", false, None, false),
        ] {
            let found = analyze(word);
            assert!(!found.entries.is_empty(), "{word}");
            assert_eq!(
                (found.conj, found.prep, found.article),
                (conj, prep, article),
                "{word}"
            );
        }
    }

    #[test]
    fn other_words_mean_nothing() {
        for word in ["", "و", "ال", "وال", "سحاب", "hello", "2015"] {
            assert!(analyze(word).entries.is_empty(), "{word}");
        }
    }
}
