//! The terms in which the tables of events say what a word is. Shared with the
//! build script, which packs them into the values of facets.

/// Enumerations whose values the tables name: a value's code is its place.
macro_rules! terms {
    ($($(#[$doc:meta])* $kind:ident { $($(#[$each:meta])* $name:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $kind {
            $($(#[$each])* $name,)*
        }

        impl $kind {
            const ALL: &[$kind] = &[$($kind::$name),*];

            /// The value that a table names so. The error names what is unknown.
            ///
            /// # Errors
            ///
            /// If there is none of that name.
            pub fn named(name: &str) -> Result<Self, String> {
                let at = [$($word),*].iter().position(|n| *n == name);
                let value = at.and_then(|at| Self::ALL.get(at)).copied();
                value.ok_or_else(|| format!("unknown word `{name}`"))
            }

            /// The value of a code.
            pub fn of_code(code: u32) -> Option<Self> {
                Self::ALL.get(code as usize).copied()
            }
        }
    )*};
}

terms! {
    /// Whose part a noun phrase has in an event.
    Role {
        /// Who acts.
        Actor = "actor",
        /// To whom it is done.
        Recipient = "recipient",
    }

    /// Whether an event took place. Their numbers are values of features: models
    /// store them.
    Status {
        /// It did.
        Happened = "happened",
        /// It is announced or planned.
        Future = "future",
        /// It is conditional, demanded or threatened.
        Hypothetical = "hypothetical",
        /// It did not, or somebody denies it.
        Negated = "negated",
        /// It did, over a year before the article.
        Historical = "historical",
    }

    /// What kind of side somebody is, as far as a word shows it.
    Standing {
        /// Human beings: they may be hurt, arrested or protest.
        People = "people",
        /// People or bodies under arms.
        Armed = "armed",
        /// Offices and bodies of a state.
        State = "state",
        /// A body that is none of these.
        Other = "other",
        /// Where people are or work.
        Site = "site",
    }

    /// What a word behind a trigger leads to.
    Link {
        /// What an attack aimed at.
        Target = "target",
        /// Whom it hurt.
        Victim = "victim",
        /// What a protest is about.
        Cause = "cause",
        /// A finite verb.
        Verb = "verb",
    }

    /// What an article is about, where that matters.
    Domain {
        /// Matches and clubs.
        Sport = "sport",
        /// Prices and shares.
        Market = "market",
        /// Rain and heat.
        Weather = "weather",
        /// Films, books, medicine.
        Culture = "culture",
        /// What events are told of.
        Politics = "politics",
    }

    /// On which side of a trigger a word makes it a figure of speech.
    Side {
        /// Before it.
        Before = "before",
        /// Behind it.
        After = "after",
        /// On either side.
        Either = "either",
    }

    /// What stands behind a preposition.
    Takes {
        /// A noun phrase.
        Phrase = "phrase",
        /// A noun phrase, or a pronoun attached to it.
        Pronoun = "pronoun",
        /// It is attached itself, to a noun or a pronoun.
        Attached = "attached",
    }
}

/// Sectors of PLOVER actor codes.
pub const SECTORS: [&str; 26] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO",
];
