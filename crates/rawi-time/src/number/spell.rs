//! Numbers into words.

use rawi_text::proclitic::{AND, ARTICLE};

use crate::lexicon::spelling;

/// The gender of what is counted. The words for 3 to 10 take the other one
/// themselves, `ثلاثة رجال` and `ثلاث نساء`; the caller names the noun's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gender {
    /// `يوم`, `شهر`, `عام`.
    Masculine,
    /// `ساعة`, `ليلة`, `سنة`.
    Feminine,
}

/// The scales, largest first.
const SCALES: [u64; 4] = [1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000];

/// A number in words, in the nominative, as it counts nouns of `gender`;
/// digits from 10^15 on, where newspapers have no words either.
///
/// ```
/// use rawi_time::number::{Gender, spell};
///
/// assert_eq!(spell(5, Gender::Feminine), "خمس");
/// assert_eq!(spell(2_345, Gender::Masculine), "ألفان وثلاثمائة وخمسة وأربعون");
/// ```
pub fn spell(number: u64, gender: Gender) -> String {
    if number >= SCALES[0] * 1000 {
        return number.to_string();
    }
    if number == 0 {
        return spelling("zero", 0, 0).to_owned();
    }
    let mut parts = Vec::new();
    let mut rest = number;
    for scale in SCALES {
        let count = rest / scale;
        rest %= scale;
        match count {
            0 => {}
            1 => parts.push(spelling("scale", scale, 0).to_owned()),
            2 => parts.push(spelling("pair", 2 * scale, 0).to_owned()),
            _ => {
                let plural = (3..=10).contains(&(count % 100));
                let noun = spelling(if plural { "scales" } else { "scale" }, scale, 0);
                let count = spell(count, Gender::Masculine);
                parts.push(format!("{count} {noun}"));
            }
        }
    }
    if rest >= 100 {
        parts.push(spelling("hundred", rest / 100 * 100, 0).to_owned());
        rest %= 100;
    }
    let form = usize::from(gender == Gender::Feminine);
    match rest {
        0 => {}
        1..=10 => parts.push(spelling("unit", rest, form).to_owned()),
        11 | 12 => parts.push(spelling("teen", rest, form).to_owned()),
        13..=19 => {
            let unit = spelling("unit", rest - 10, form);
            let ten = spelling("unit", 10, 1 - form);
            parts.push(format!("{unit} {ten}"));
        }
        _ => {
            if !rest.is_multiple_of(10) {
                parts.push(spelling("unit", rest % 10, form).to_owned());
            }
            parts.push(spelling("ten", rest / 10 * 10, 0).to_owned());
        }
    }
    parts.join(&format!(" {AND}"))
}

/// The ordinal of 1 to 99 with its article; `None` outside.
///
/// ```
/// use rawi_time::number::{Gender, spell_ordinal};
///
/// let day = spell_ordinal(21, Gender::Masculine);
/// assert_eq!(day.as_deref(), Some("الحادي والعشرون"));
/// ```
pub fn spell_ordinal(number: u32, gender: Gender) -> Option<String> {
    let form = usize::from(gender == Gender::Feminine);
    let n = u64::from(number);
    let unit = |n: u64| match n {
        1 => spelling("teen-ordinal", 11, form),
        _ => spelling("ordinal", n, form),
    };
    Some(match n {
        1..=10 => format!("{ARTICLE}{}", spelling("ordinal", n, form)),
        11..=19 => format!(
            "{ARTICLE}{} {}",
            unit(n - 10),
            spelling("unit", 10, 1 - form)
        ),
        20..=99 if n.is_multiple_of(10) => format!("{ARTICLE}{}", spelling("ten", n, 0)),
        20..=99 => format!(
            "{ARTICLE}{} {AND}{ARTICLE}{}",
            unit(n % 10),
            spelling("ten", n / 10 * 10, 0)
        ),
        _ => return None,
    })
}
