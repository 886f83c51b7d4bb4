//! What the written form of a word says of person, gender, number and the rest.
//!
//! Read from prefixes and endings once the part of speech is known. What the
//! spelling leaves open (the voice of most verbs, the gender of broken plurals)
//! stays open.

use crate::conjugation::Aspect;
use crate::{Gender, Number, Person, Pos};

/// Whether the subject acts or is acted upon.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Voice {
    /// The subject acts, as far as the spelling shows.
    Active,
    /// The subject is acted upon, and the spelling shows it.
    Passive,
}

/// Grammatical features; `None` where the form does not show one.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Inflection {
    /// Of verbs.
    pub person: Option<Person>,
    /// Of verbs, nouns and adjectives.
    pub gender: Option<Gender>,
    /// Of verbs, nouns and adjectives.
    pub number: Option<Number>,
    /// Of verbs: perfect or imperfect.
    pub aspect: Option<Aspect>,
    /// Of verbs.
    pub voice: Option<Voice>,
    /// Of nouns and adjectives: whether the article, a pronoun or being a name
    /// makes it definite.
    pub definite: bool,
}

/// Perfect endings after at least two letters, longest first. A perfect verb
/// with none is third person masculine singular.
const PERFECT: [(&str, Person, Option<Gender>, Number); 6] = [
    ("تا", Person::Third, Some(Gender::Feminine), Number::Dual),
    ("وا", Person::Third, Some(Gender::Masculine), Number::Plural),
    ("نا", Person::First, None, Number::Plural),
    ("ت", Person::Third, Some(Gender::Feminine), Number::Singular),
    ("ا", Person::Third, Some(Gender::Masculine), Number::Dual),
    ("ن", Person::Third, Some(Gender::Feminine), Number::Plural),
];

/// Reads a verb: `stem` folded, without proclitics and pronoun. `imperfect`
/// says what a lexicon knows, where a prefix letter may be a radical.
pub fn verb(
    stem: &str,
    imperfect: Option<bool>,
    perfect_alone: impl Fn(&str) -> bool,
) -> Inflection {
    let mut letters = stem.chars();
    let first = letters.next().unwrap_or(' ');
    // `أصيب` is no `I hit` in the news.
    let passive_perfect = first == 'ا' && PASSIVE.contains(&stem);
    let prefixed = !passive_perfect && imperfect.unwrap_or(matches!(first, 'ي' | 'ت' | 'ن'));
    let mut out = Inflection {
        voice: Some(if PASSIVE.contains(&stem) {
            Voice::Passive
        } else {
            Voice::Active
        }),
        ..Inflection::default()
    };
    if prefixed && matches!(first, 'ي' | 'ت' | 'ن' | 'ا') {
        out.aspect = Some(Aspect::Imperfect);
        let long = stem.chars().count() >= 5;
        let plural = long && (stem.ends_with("ون") || stem.ends_with("وا"));
        let dual = long && stem.ends_with("ان");
        (out.person, out.gender, out.number) = match first {
            'ا' => (Some(Person::First), None, Some(Number::Singular)),
            'ن' => (Some(Person::First), None, Some(Number::Plural)),
            _ => {
                let gender = if first == 'ي' {
                    Gender::Masculine
                } else {
                    Gender::Feminine
                };
                let number = match (plural, dual) {
                    (true, _) => Number::Plural,
                    (_, true) => Number::Dual,
                    _ => Number::Singular,
                };
                let gender = if plural { Gender::Masculine } else { gender };
                (Some(Person::Third), Some(gender), Some(number))
            }
        };
        return out;
    }
    out.aspect = Some(Aspect::Perfect);
    out.person = Some(Person::Third);
    out.gender = Some(Gender::Masculine);
    out.number = Some(Number::Singular);
    for (ending, person, gender, number) in PERFECT {
        if let Some(base) = stem.strip_suffix(ending)
            && base.chars().take(2).count() == 2
        {
            // `بات`, `كان`: the ending is a radical. `ت` and `وا` hardly ever are.
            let sure = matches!(ending, "ت" | "وا" | "تا") && base.chars().count() >= 2;
            if sure && !RADICAL.contains(&stem) || perfect_alone(base) && base.chars().count() >= 3
            {
                (out.person, out.gender, out.number) = (Some(person), gender, Some(number));
                break;
            }
        }
    }
    out
}

include!(concat!(env!("OUT_DIR"), "/verb_forms.rs"));

/// Reads a noun, adjective or name: `stem` folded, without article and pronoun.
/// `singular` says whether a stem is known as a singular.
pub fn noun(stem: &str, pos: Pos, article: bool, pronoun: bool) -> Inflection {
    let long = stem.chars().count() >= 4;
    let (gender, number) = if stem.ends_with("ات") && long {
        (Some(Gender::Feminine), Some(Number::Plural))
    } else if stem.ends_with('ه') || pronoun && stem.ends_with('ت') && long {
        (Some(Gender::Feminine), Some(Number::Singular))
    } else if stem.ends_with("ون") && long && pos != Pos::Propn {
        (Some(Gender::Masculine), Some(Number::Plural))
    } else if (stem.ends_with("تين") || stem.ends_with("تان")) && long && pos != Pos::Propn {
        (Some(Gender::Feminine), Some(Number::Dual))
    } else if stem.ends_with("ين") && stem.chars().count() >= 5 && pos != Pos::Propn {
        (Some(Gender::Masculine), Some(Number::Plural))
    } else {
        (Some(Gender::Masculine), Some(Number::Singular))
    };
    Inflection {
        gender,
        number,
        definite: article || pronoun || pos == Pos::Propn,
        ..Inflection::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_show_who_acts() {
        let read = |stem| {
            let i = verb(stem, None, |base| base == "اعلن");
            (i.aspect, i.person, i.gender, i.number)
        };
        let (he, she) = (Some(Gender::Masculine), Some(Gender::Feminine));
        let third = Some(Person::Third);
        assert_eq!(
            read("اعلن"),
            (Some(Aspect::Perfect), third, he, Some(Number::Singular))
        );
        assert_eq!(
            read("اعلنت"),
            (Some(Aspect::Perfect), third, she, Some(Number::Singular))
        );
        assert_eq!(
            read("اعلنا"),
            (Some(Aspect::Perfect), third, he, Some(Number::Dual))
        );
        assert_eq!(
            read("يعلنون"),
            (Some(Aspect::Imperfect), third, he, Some(Number::Plural))
        );
        assert_eq!(read("نعلن").1, Some(Person::First));
        assert_eq!(read("مات").2, he);
    }

    #[test]
    fn nouns_show_gender_and_number() {
        let read = |stem| {
            let i = noun(stem, Pos::Noun, false, false);
            (i.gender, i.number)
        };
        assert_eq!(
            read("حكومه"),
            (Some(Gender::Feminine), Some(Number::Singular))
        );
        assert_eq!(
            read("محادثات"),
            (Some(Gender::Feminine), Some(Number::Plural))
        );
        assert_eq!(
            read("مسوولون"),
            (Some(Gender::Masculine), Some(Number::Plural))
        );
        assert_eq!(
            read("وزير"),
            (Some(Gender::Masculine), Some(Number::Singular))
        );
    }
}
