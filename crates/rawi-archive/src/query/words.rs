//! The words of the language, from `lexicon/query_words.tsv`.

use rawi_text::fold;

include!(concat!(env!("OUT_DIR"), "/query_words.rs"));

/// A word as it is compared: folded, with `-` between its parts.
fn key(word: &str) -> String {
    let folded = fold(word);
    let parts = folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// What a word means as a `part` of the language.
pub(super) fn meaning(word: &str, part: &str) -> Option<&'static str> {
    let word = key(word);
    let mut rows = WORDS.iter().filter(|row| row.1 == part);
    rows.find(|row| key(row.0) == word).map(|row| row.2)
}

/// The operator that a word is. `OR` is one and `or` is not, which may be looked for.
pub(super) fn operator(word: &str) -> Option<&'static str> {
    let mut rows = WORDS.iter().filter(|row| row.1 == "operator");
    let same = |row: &str| match row.is_ascii() {
        true => row == word,
        false => key(row) == key(word),
    };
    rows.find(|row| same(row.0)).map(|row| row.2)
}

/// How a meaning is written: the words of it that come first, in the order of the table.
pub(super) fn known(part: &str) -> Vec<&'static str> {
    let mut known = Vec::new();
    for row in WORDS.iter().filter(|row| row.1 == part) {
        if !known.contains(&row.2) {
            known.push(row.2);
        }
    }
    known
}

/// The openings of a question: their words, and whether who spoke comes next.
pub(super) fn openings() -> impl Iterator<Item = (Vec<String>, bool)> {
    let rows = WORDS.iter().filter(|row| row.1 == "opening");
    rows.map(|row| {
        let words = key(row.0);
        let words = words.split('-').map(str::to_owned).collect();
        (words, row.2 == "speaker")
    })
}

/// How a meaning is written in Arabic: by the first word of it that is.
pub(super) fn in_arabic(part: &str, means: &'static str) -> &'static str {
    let mut rows = WORDS.iter().filter(|row| row.1 == part && row.2 == means);
    rows.find(|row| !row.0.is_ascii())
        .map_or(means, |row| row.0)
}

/// The word of a part that is nearest to one that is none of them, if it is near.
pub(super) fn nearest(word: &str, part: &str) -> Option<&'static str> {
    let word: Vec<char> = key(word).chars().take(32).collect();
    let distance = |other: &str| {
        let other: Vec<char> = key(other).chars().collect();
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in word.iter().enumerate() {
            let mut before = i;
            row[0] = i + 1;
            for (j, b) in other.iter().enumerate() {
                let swapped = before + usize::from(a != b);
                before = row[j + 1];
                row[j + 1] = swapped.min(row[j] + 1).min(before + 1);
            }
        }
        row[other.len()]
    };
    let of_part = WORDS.iter().filter(|row| row.1 == part);
    let near = of_part.map(|row| (distance(row.0), row.0)).min()?;
    (near.0 <= 2 && 2 * near.0 < word.len()).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rawi::reading::{Act, ChannelKind, EventType, Form};
    use serde::de::value::{Error, StrDeserializer};
    use serde::de::{Deserialize, IntoDeserializer};

    fn is<'de, T: Deserialize<'de>>(name: &'de str) -> bool {
        let input: StrDeserializer<'de, Error> = name.into_deserializer();
        T::deserialize(input).is_ok()
    }

    #[test]
    fn every_value_is_one_of_the_contract() {
        for (word, part, means) in WORDS {
            let right = match *part {
                "act" => is::<Act>(means),
                "channel" => is::<ChannelKind>(means),
                "form" => is::<Form>(means),
                "event" => EventType::ALL.iter().any(|e| e.name() == *means),
                _ => true,
            };
            assert!(right, "{word} means no {part}: {means}");
        }
        assert_eq!(known("event").len(), EventType::ALL.len());
        assert_eq!((known("act").len(), known("channel").len()), (12, 11));
    }

    #[test]
    fn words_are_compared_folded() {
        assert_eq!(meaning("الى", "field"), Some("to"));
        assert_eq!(meaning("Said_Before", "field"), Some("said-before"));
        assert_eq!(meaning("مؤتمر صحفيّ", "channel"), Some("press-conference"));
        assert_eq!(operator("OR"), Some("or"));
        assert_eq!(operator("او"), Some("or"));
        assert_eq!(operator("or"), None);
    }

    #[test]
    fn a_slip_is_understood() {
        assert_eq!(nearest("speker", "field"), Some("speaker"));
        assert_eq!(nearest("متحدت", "field"), Some("متحدث"));
        assert_eq!(nearest("war", "event"), None);
        assert_eq!(nearest("", "field"), None);
    }
}
