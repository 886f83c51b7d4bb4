//! Person, gender and number: what a verb tells about a subject it hides.

/// Grammatical person.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Person {
    /// The speaker: *I*, *we*.
    First,
    /// Anybody spoken of.
    Third,
}

/// Grammatical gender.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Gender {
    /// Masculine.
    Masculine,
    /// Feminine; Arabic uses it for bodies (`وزارة`), countries and capitals too.
    Feminine,
}

/// Grammatical number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Number {
    /// One.
    Singular,
    /// Exactly two.
    Dual,
    /// Three or more.
    Plural,
}

/// What a form says about its subject. `None` means that the form leaves it open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Agreement {
    /// First or third person.
    pub person: Person,
    /// Gender, where the form shows it.
    pub gender: Option<Gender>,
    /// Number, where the form shows it.
    pub number: Option<Number>,
}

impl Agreement {
    /// Third person with the given gender and number.
    pub const fn third(gender: Option<Gender>, number: Option<Number>) -> Self {
        Self {
            person: Person::Third,
            gender,
            number,
        }
    }

    /// The agreement that says nothing but "third person".
    pub const OPEN: Self = Self::third(None, None);

    /// Whether it is that of more than one.
    pub fn is_several(self) -> bool {
        matches!(self.number, Some(Number::Dual | Number::Plural))
    }

    /// Whether two agreements can belong to one subject.
    pub fn fits(self, other: Agreement) -> bool {
        fn clash<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        self.person == other.person
            && !clash(self.gender, other.gender)
            && !clash(self.number, other.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_values_fit_anything_of_their_person() {
        let she = Agreement::third(Some(Gender::Feminine), Some(Number::Singular));
        let he = Agreement::third(Some(Gender::Masculine), Some(Number::Singular));
        assert!(she.fits(Agreement::OPEN));
        assert!(!she.fits(he));
        let we = Agreement {
            person: Person::First,
            ..Agreement::OPEN
        };
        assert!(!we.fits(she));
    }
}
