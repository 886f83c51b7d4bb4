//! Inflected forms as the tables store them. Shared with the build script, which
//! writes them.

use rawi_morph::conjugation::{Aspect, Form};
use rawi_morph::{Agreement, Gender, Number, Person};

/// What a form of a verb or verbal noun shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inflected {
    /// Perfect, imperfect, participle or verbal noun.
    pub aspect: Aspect,
    /// What it says of the subject.
    pub agreement: Agreement,
    /// Whether a pronoun is attached.
    pub pronoun: bool,
}

const ASPECTS: [Aspect; 4] = [
    Aspect::Perfect,
    Aspect::Imperfect,
    Aspect::Participle,
    Aspect::Masdar,
];
const PERSONS: [Person; 2] = [Person::First, Person::Third];
const GENDERS: [Option<Gender>; 3] = [None, Some(Gender::Masculine), Some(Gender::Feminine)];
const NUMBERS: [Option<Number>; 4] = [
    None,
    Some(Number::Singular),
    Some(Number::Dual),
    Some(Number::Plural),
];

/// The place of a value that a list has.
fn place<T: PartialEq>(list: &[T], value: &T) -> u16 {
    list.iter().position(|v| v == value).unwrap_or_default() as u16
}

impl Inflected {
    /// What a written form shows.
    pub fn of(form: &Form) -> Self {
        Self {
            aspect: form.aspect,
            agreement: form.agreement,
            pronoun: form.pronoun,
        }
    }

    /// Two bits each for aspect, person, gender and number, and one for the pronoun.
    pub fn code(self) -> u16 {
        place(&ASPECTS, &self.aspect)
            | place(&PERSONS, &self.agreement.person) << 2
            | place(&GENDERS, &self.agreement.gender) << 4
            | place(&NUMBERS, &self.agreement.number) << 6
            | u16::from(self.pronoun) << 8
    }

    /// The form of a code.
    pub fn of_code(code: u16) -> Self {
        let bits = |at: u16| usize::from(code >> at & 3);
        Self {
            aspect: ASPECTS[bits(0)],
            agreement: Agreement {
                person: PERSONS[bits(2) & 1],
                gender: GENDERS.get(bits(4)).copied().flatten(),
                number: NUMBERS[bits(6)],
            },
            pronoun: code >> 8 & 1 != 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_has_a_code_of_its_own() {
        for aspect in ASPECTS {
            for person in PERSONS {
                for gender in GENDERS {
                    for number in NUMBERS {
                        for pronoun in [false, true] {
                            let agreement = Agreement {
                                person,
                                gender,
                                number,
                            };
                            let form = Inflected {
                                aspect,
                                agreement,
                                pronoun,
                            };
                            assert_eq!(Inflected::of_code(form.code()), form);
                        }
                    }
                }
            }
        }
    }
}
