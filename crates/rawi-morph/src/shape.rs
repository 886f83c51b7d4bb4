//! What the letters of a folded noun show by themselves, without any table: its
//! endings, and the patterns that only some kinds of nouns have.

use std::ops::BitOr;

/// A set of things that the letters of a word show.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Shape(u16);

impl Shape {
    /// Begins with the letters of the article: `الحضري`.
    pub const ARTICLE: Shape = Shape(1);
    /// Ends as feminine nouns do, with a ta marbuta (`وزاره`; also the pronoun `ه`).
    pub const TA_MARBUTA: Shape = Shape(1 << 1);
    /// Ends as the plurals of feminine nouns and of things do: `تصريحات`.
    pub const PLURAL_AT: Shape = Shape(1 << 2);
    /// Ends as the plurals of men do in the nominative: `ناشطون`.
    pub const PLURAL_UN: Shape = Shape(1 << 3);
    /// Ends as the plurals of men do in the other cases, and as duals: `ناشطين`.
    pub const PLURAL_IN: Shape = Shape(1 << 4);
    /// Ends in a ya, as the adjectives of belonging do: `مصري`.
    pub const YA: Shape = Shape(1 << 5);
    /// Ends as the feminine of an adjective of belonging: `مصريه`.
    pub const YA_TA_MARBUTA: Shape = Shape(1 << 6);
    /// Ends in an alef, as an indefinite accusative does: `ضاحكا`.
    pub const ALEF: Shape = Shape(1 << 7);
    /// Begins with a letter that may be an attached `ل`, `ب`, `ك`, `و` or `ف`.
    pub const PROCLITIC: Shape = Shape(1 << 8);
    /// The patterns of verbal nouns that personal names hardly ever have.
    pub const VERBAL_NOUN: Shape = Shape(1 << 9);
    /// Such a pattern behind an attached letter: `لتدريب`.
    pub const LED_VERBAL_NOUN: Shape = Shape(1 << 10);
    /// How somebody did something: `مبتسما`, `باكيه`.
    pub const CIRCUMSTANCE: Shape = Shape(1 << 11);
    /// Patterns that only plurals of people have: `الحلاقون`, `السباحون`, `المنقبون`.
    pub const PEOPLE: Shape = Shape(1 << 12);
    /// Has no more than one letter.
    pub const LETTER: Shape = Shape(1 << 13);
    /// Has no more than two letters.
    pub const SHORT: Shape = Shape(1 << 14);

    /// Feminine singulars and the plurals that agree like them.
    pub const FEMININE: Shape = Shape(Self::TA_MARBUTA.0 | Self::PLURAL_AT.0);
    /// Adjectives of belonging, of either gender.
    pub const NISBA: Shape = Shape(Self::YA.0 | Self::YA_TA_MARBUTA.0);
    /// Plurals of men, in any case.
    pub const PLURAL_OF_MEN: Shape = Shape(Self::PLURAL_UN.0 | Self::PLURAL_IN.0);

    /// The shape of a folded word or stem.
    pub fn of(word: &str) -> Shape {
        let mut letters = word.chars();
        let first = [0, 1, 2].map(|_| letters.next().unwrap_or_default());
        let n = word.chars().count();
        let mut letters = word.chars().rev();
        let [last, before, third] = [0, 1, 2].map(|_| letters.next().unwrap_or_default());
        let mut shape = Shape::default();
        let mut set = |part: Shape, holds: bool| {
            if holds {
                shape.0 |= part.0;
            }
        };
        set(Self::ARTICLE, first[0] == 'ا' && first[1] == 'ل');
        set(Self::TA_MARBUTA, last == 'ه');
        set(Self::PLURAL_AT, (before, last) == ('ا', 'ت'));
        set(Self::PLURAL_UN, (before, last) == ('و', 'ن'));
        set(Self::PLURAL_IN, (before, last) == ('ي', 'ن'));
        set(Self::YA, last == 'ي');
        set(Self::YA_TA_MARBUTA, (before, last) == ('ي', 'ه'));
        set(Self::ALEF, last == 'ا');
        set(
            Self::PROCLITIC,
            matches!(first[0], 'ل' | 'ب' | 'ك' | 'و' | 'ف'),
        );
        // `استقبال`, `تدريب`, `انتخاب`, `محاوله`
        let verbal = n >= 6 && first == ['ا', 'س', 'ت']
            || n >= 5 && first[0] == 'ت' && before == 'ي'
            || n >= 5 && first[0] == 'ا' && before == 'ا' && first[2] != 'ا'
            || n >= 6 && first[0] == 'م' && last == 'ه';
        set(Self::VERBAL_NOUN, verbal);
        let led = matches!(first[0], 'ل' | 'ب' | 'و' | 'ف') && first[1] == 'ت';
        set(Self::LED_VERBAL_NOUN, led && n >= 6 && before == 'ي');
        let agent = first[0] == 'م' || first[1] == 'ا';
        set(
            Self::CIRCUMSTANCE,
            n >= 5 && matches!(last, 'ا' | 'ه') && (first[0] == 'م' || first[1] == 'ا' && n == 5),
        );
        // `تلفزيون` has the ending alone.
        set(
            Self::PEOPLE,
            n >= 6
                && (agent || n == 6 && first[2] == 'ا')
                && (before, last) == ('و', 'ن')
                && third != 'ف',
        );
        set(Self::LETTER, n <= 1);
        set(Self::SHORT, n <= 2);
        shape
    }

    /// Whether the word shows any of these.
    pub fn is(self, any: Shape) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for Shape {
    type Output = Shape;
    fn bitor(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

/// A noun without the endings that tell its cases apart: `مسؤولون`, `مسؤولين` and,
/// before what it governs, `مسؤولو` are one noun.
pub fn without_case(noun: &str) -> &str {
    let long = |rest: &str, letters| rest.chars().count() >= letters;
    ["ون", "ين", "ان"]
        .iter()
        .find_map(|end| noun.strip_suffix(end).filter(|rest| long(rest, 3)))
        .or_else(|| noun.strip_suffix(['و', 'ي']).filter(|rest| long(rest, 4)))
        .unwrap_or(noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_show_endings_and_patterns() {
        let table = [
            ("وزاره", Shape::TA_MARBUTA, Shape::VERBAL_NOUN),
            ("استقبال", Shape::VERBAL_NOUN, Shape::ALEF),
            ("تدريب", Shape::VERBAL_NOUN, Shape::LED_VERBAL_NOUN),
            ("لتدريب", Shape::LED_VERBAL_NOUN, Shape::VERBAL_NOUN),
            ("محاوله", Shape::VERBAL_NOUN, Shape::PLURAL_AT),
            ("مبتسما", Shape::CIRCUMSTANCE, Shape::NISBA),
            ("باكيه", Shape::CIRCUMSTANCE, Shape::YA),
            ("حلاقون", Shape::PEOPLE, Shape::PLURAL_IN),
            ("تلفزيون", Shape::PLURAL_UN, Shape::PEOPLE),
            ("منقبون", Shape::PEOPLE, Shape::ALEF),
            ("مصري", Shape::YA, Shape::YA_TA_MARBUTA),
            ("الحضري", Shape::ARTICLE, Shape::PROCLITIC),
            ("و", Shape::LETTER, Shape::ARTICLE),
            ("", Shape::SHORT, Shape::FEMININE),
        ];
        for (word, has, lacks) in table {
            let shape = Shape::of(word);
            assert!(shape.is(has) && !shape.is(lacks), "{word}");
        }
    }

    #[test]
    fn the_cases_of_a_noun_are_one() {
        for noun in ["مسوولون", "مسوولين", "مسوولو", "مسوولي"] {
            assert_eq!(without_case(noun), "مسوول");
        }
        assert_eq!(without_case("عين"), "عين");
    }
}
