//! Adding up number words.

use rawi_text::proclitic::AND;

use crate::lexicon::{Part, Sense, Word};

/// A word as part of a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    kind: Kind,
    /// Whether `و` is attached.
    and: bool,
    article: bool,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Digits(u64),
    Part(Part),
    Ordinal(u8),
    /// `و` on its own.
    And,
}

/// A number that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reading {
    pub value: u64,
    /// Words it takes.
    pub len: usize,
}

impl Piece {
    /// The folded word as part of a number.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let plain = |kind| {
            Some(Self {
                kind,
                and: false,
                article: false,
            })
        };
        if word.strip_prefix(AND) == Some("") {
            return plain(Kind::And);
        }
        if let Some(value) = digits(word) {
            return plain(Kind::Digits(value));
        }
        if let Some(value) = word.strip_prefix(AND).and_then(digits) {
            return Some(Self {
                kind: Kind::Digits(value),
                and: true,
                article: false,
            });
        }
        Self::of_word(&Word::new(word))
    }

    /// The same for a word that was looked up already.
    pub(crate) fn of_word(word: &Word) -> Option<Self> {
        let kind = word.sense(|sense| match sense {
            Sense::Number(part) => Some(Kind::Part(part)),
            Sense::Ordinal(n) => Some(Kind::Ordinal(n)),
            Sense::Weekday(7) => Some(Kind::Part(Part::Unit(1))),
            _ => None,
        })?;
        let weekday = word.sense(|s| (s == Sense::Weekday(7)).then_some(()));
        Some(Self {
            kind,
            and: word.conj,
            article: word.article || weekday.is_some(),
        })
    }

    /// A number in digits.
    pub(crate) fn of_digits(value: u64) -> Self {
        Self {
            kind: Kind::Digits(value),
            and: false,
            article: false,
        }
    }

    /// `و` on its own.
    pub(crate) fn and() -> Self {
        Self {
            kind: Kind::And,
            and: false,
            article: false,
        }
    }

    /// Whether this is the `وأحد` of `مائة وأحد عشر`: folded, it looks like
    /// `واحد`, one, after which no ten comes.
    fn is_eleven(self, next: Option<Self>) -> bool {
        let ten = |p: Self| p.kind == Kind::Part(Part::Unit(10)) && !p.and;
        self.kind == Kind::Part(Part::Unit(1)) && next.is_some_and(ten)
    }

    pub(super) fn is_point(self) -> bool {
        self.kind == Kind::Part(Part::Point)
    }
}

/// A number of ASCII digits, thousands separators taken out.
pub(crate) fn digits(word: &str) -> Option<u64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) || word.len() > 24 {
        return None;
    }
    let mut value = 0u64;
    let mut since_separator = None;
    for c in word.chars() {
        match c {
            '0'..='9' => {
                value = value
                    .checked_mul(10)?
                    .checked_add(u64::from(c as u32 - 48))?;
                since_separator = since_separator.map(|n| n + 1);
            }
            '٬' | ',' | '’' if since_separator.is_none_or(|n| n == 3) => {
                since_separator = Some(0)
            }
            _ => return None,
        }
    }
    since_separator.is_none_or(|n| n == 3).then_some(value)
}

/// Digits with a decimal point or comma and thousands separators.
pub(super) fn decimal_digits(word: &str) -> Option<f64> {
    let cut = word.rfind(['.', '٫']);
    let (whole, part) = match cut {
        Some(at) => (&word[..at], word[at..].trim_start_matches(['.', '٫'])),
        None => (word, "0"),
    };
    let whole = if whole.is_empty() { 0 } else { digits(whole)? };
    let valid = !part.is_empty() && part.len() < 18 && part.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| format!("{whole}.{part}").parse().ok())?
}

/// What stands last in the number so far, which says what may follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Unit(u64),
    Teen,
    Ten,
    Hundred,
    Scale,
    Digits,
}

/// A number under way: finished thousands in `total`, the rest in `group`.
struct Sum {
    total: u64,
    group: u64,
    /// The scale that came last; what follows must be smaller.
    room: u64,
    last: Last,
}

impl Sum {
    fn start(kind: Kind) -> Option<Self> {
        let (total, group, room, last) = match kind {
            Kind::Digits(n) => (0, n, u64::MAX, Last::Digits),
            Kind::Part(Part::Unit(n)) if n < 10 => {
                (0, u64::from(n), u64::MAX, Last::Unit(n.into()))
            }
            Kind::Part(Part::Unit(n)) => (0, n.into(), u64::MAX, Last::Teen),
            Kind::Part(Part::Ten(n)) => (0, n.into(), u64::MAX, Last::Ten),
            Kind::Part(Part::Hundred(n)) => (0, n.into(), u64::MAX, Last::Hundred),
            Kind::Part(Part::Scale(n)) => (n, 0, n, Last::Scale),
            Kind::Part(Part::Pair(n)) => (n, 0, n / 2, Last::Scale),
            Kind::Part(Part::Zero) => (0, 0, 1, Last::Teen),
            Kind::Part(Part::Point | Part::Scales(_)) | Kind::Ordinal(_) | Kind::And => {
                return None;
            }
        };
        Some(Self {
            total,
            group,
            room,
            last,
        })
    }

    /// Takes a word that follows with no `و`: the ten of a teen, the hundred
    /// of `ثلاث مئة`, a scale.
    fn multiply(&mut self, kind: Kind) -> Option<()> {
        match (self.last, kind) {
            (Last::Unit(_), Kind::Part(Part::Unit(10))) => {
                self.group += 10;
                self.last = Last::Teen;
            }
            (Last::Unit(n @ 3..), Kind::Part(Part::Hundred(100))) if self.group == n => {
                self.group = n * 100;
                self.last = Last::Hundred;
            }
            (_, Kind::Part(Part::Scale(scale) | Part::Scales(scale)))
                if self.group > 0 && scale < self.room =>
            {
                self.total = self.total.checked_add(self.group.checked_mul(scale)?)?;
                self.group = 0;
                self.room = scale;
                self.last = Last::Scale;
            }
            _ => return None,
        }
        Some(())
    }

    /// Takes a word that `و` adds.
    fn add(&mut self, kind: Kind) -> Option<()> {
        let after_hundreds = matches!(self.last, Last::Hundred | Last::Scale);
        let (value, last) = match kind {
            Kind::Part(Part::Unit(n)) if after_hundreds && n < 10 => {
                (n.into(), Last::Unit(n.into()))
            }
            Kind::Part(Part::Unit(n)) if after_hundreds => (n.into(), Last::Teen),
            Kind::Part(Part::Ten(n)) if after_hundreds => (n.into(), Last::Ten),
            Kind::Part(Part::Ten(n)) if matches!(self.last, Last::Unit(_)) => (n.into(), Last::Ten),
            Kind::Part(Part::Hundred(n)) if self.last == Last::Scale => (n.into(), Last::Hundred),
            Kind::Digits(n) if self.last == Last::Scale => (n, Last::Digits),
            Kind::Part(Part::Scale(n) | Part::Pair(n)) if self.last == Last::Scale => {
                let scale = if matches!(kind, Kind::Part(Part::Pair(_))) {
                    n / 2
                } else {
                    n
                };
                if scale >= self.room {
                    return None;
                }
                self.total = self.total.checked_add(n)?;
                self.room = scale;
                return Some(());
            }
            _ => return None,
        };
        if value >= self.room {
            return None;
        }
        self.group = self.group.checked_add(value)?;
        self.last = last;
        Some(())
    }
}

/// Reads the longest cardinal that begins at word 0 of `piece`.
pub(crate) fn read_cardinal(piece: impl Fn(usize) -> Option<Piece>) -> Option<Reading> {
    let mut sum = Sum::start(piece(0)?.kind)?;
    let mut len = 1;
    while let Some(next) = piece(len) {
        let taken = if next.kind == Kind::And {
            match piece(len + 1) {
                Some(after) if !after.and => sum.add(after.kind).map(|()| 2),
                _ => None,
            }
        } else if next.and || next.is_eleven(piece(len + 1)) {
            sum.add(next.kind).map(|()| 1)
        } else {
            sum.multiply(next.kind).map(|()| 1)
        };
        match taken {
            Some(words) => len += words,
            None => break,
        }
    }
    let value = sum.total.checked_add(sum.group)?;
    Some(Reading { value, len })
}

/// Reads the longest ordinal that begins at word 0 of `piece`.
pub(crate) fn read_ordinal(piece: impl Fn(usize) -> Option<Piece>) -> Option<Reading> {
    let first = piece(0)?;
    let (unit, certain) = match first.kind {
        Kind::Ordinal(n) => (u64::from(n), true),
        Kind::Part(Part::Unit(n @ 1..=9)) if first.article => (n.into(), false),
        Kind::Part(Part::Ten(n)) if first.article => {
            return Some(Reading {
                value: n.into(),
                len: 1,
            });
        }
        Kind::Part(Part::Hundred(100)) if first.article => {
            return Some(Reading { value: 100, len: 1 });
        }
        _ => return None,
    };
    let teen = |at: usize| {
        piece(at).is_some_and(|p| !p.and && !p.article && p.kind == Kind::Part(Part::Unit(10)))
    };
    if unit < 10 && teen(1) {
        return Some(Reading {
            value: unit + 10,
            len: 2,
        });
    }
    let (at, joined) = match piece(1) {
        Some(p) if p.kind == Kind::And => (2, true),
        Some(p) => (1, p.and),
        None => (1, false),
    };
    if let (true, Some(next)) = (joined && unit < 10, piece(at))
        && let (Kind::Part(Part::Ten(n)), true) = (next.kind, next.article || !certain)
    {
        return Some(Reading {
            value: unit + u64::from(n),
            len: at + 1,
        });
    }
    certain.then_some(Reading {
        value: unit,
        len: 1,
    })
}
