//! What the tables know of a word. Shared with the build script, which packs
//! the tables into these bits.

/// A set of word classes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub struct Tags(pub u32);

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Tags {
            $($(#[$doc])* pub const $name: Tags = Tags(1 << $bit);)*
        }
    };
}

tags! {
    /// A title that says no office: `السيد`, `الدكتور`.
    HONORIFIC = 0;
    /// An office: `وزير`, `متحدث باسم`.
    OFFICE = 1;
    /// A role noun for a person who may stay unnamed: `مسؤول`, `مصدر`.
    PERSON = 2;
    /// The form is feminine (of a title or a given name).
    FEMININE = 3;
    /// The form is plural.
    PLURAL = 4;
    /// The head of a body's name: `وزارة`, `حركة`.
    BODY = 5;
    /// A head that is dropped from the body's name: `صحيفة`, `شركة`.
    GENERIC = 6;
    /// A body that is a name by itself: `الكرملين`.
    OWN_NAME = 7;
    /// A country.
    COUNTRY = 8;
    /// A capital.
    CAPITAL = 9;
    /// A nationality: `مصري`.
    DEMONYM = 10;
    /// An agency, channel, newspaper or site.
    OUTLET = 11;
    /// A given name.
    GIVEN = 12;
    /// A given name that is a common word too.
    AMBIGUOUS = 13;
    /// A part of compound names: `بن`, `أبو`.
    NAME_PART = 14;
    /// A preposition.
    PREPOSITION = 15;
    /// A relative pronoun.
    RELATIVE = 16;
    /// An adverb, also of time.
    ADVERB = 17;
    /// An auxiliary verb: `كان`.
    AUXILIARY = 18;
    /// A demonstrative.
    DEMONSTRATIVE = 19;
    /// Any other closed-class word.
    PARTICLE = 20;
    /// A noun for a group of people: `متظاهرون`.
    GROUP = 21;
    /// A form of a narrating verb: `وصل`.
    ACTION = 22;
    /// Inside a time expression; set by the stage that finds them.
    TIME = 23;
    /// A form of a reporting verb; set by the stage that knows them.
    REPORT = 24;
    /// A bare noun that carries a message (`ضرورة`); set by the same stage.
    MESSAGE = 25;
    /// A noun for a document or channel (`بيان`, `دراسة`); set by the same stage.
    DOCUMENT = 26;
}

impl Tags {
    /// Words that never belong to a name.
    pub const FUNCTION: Tags = Tags(
        Tags::PREPOSITION.0
            | Tags::RELATIVE.0
            | Tags::ADVERB.0
            | Tags::AUXILIARY.0
            | Tags::DEMONSTRATIVE.0
            | Tags::PARTICLE.0,
    );
    /// Verbs: they end a noun phrase.
    pub const VERB: Tags = Tags(Tags::ACTION.0 | Tags::REPORT.0);
    /// Words that head a phrase for one person.
    pub const TITLE: Tags = Tags(Tags::HONORIFIC.0 | Tags::OFFICE.0 | Tags::PERSON.0);

    /// The set without the classes of `other`.
    #[must_use]
    pub fn without(self, other: Tags) -> Tags {
        Tags(self.0 & !other.0)
    }

    /// Whether the two sets share a class.
    pub fn any(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Tags {
    type Output = Tags;
    fn bitor(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Tags {
    fn bitor_assign(&mut self, other: Tags) {
        self.0 |= other.0;
    }
}
