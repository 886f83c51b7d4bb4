//! What speaks for or against a candidate beyond who its sides are: each condition
//! that its words, its row and its surroundings meet or miss. None of them decides;
//! the judge weighs them.

/// One condition. Their numbers are values of features: models store them.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    // Of the word and where it stands.
    /// It is the cue of a statement.
    Reports,
    /// Only a finite verb can stand here.
    VerbCertain,
    /// A noun stands here.
    NounPosition,
    /// It completes a compound that is a candidate too.
    Completes,
    /// What completes it stands before it.
    Before,
    /// Its row asks for a court, and a court it is.
    Court,
    // What the rules take for reasons against it.
    /// It lies inside an entry of the naming tables.
    Inside,
    /// It is part of a name or names somebody.
    Named,
    /// It is a small word or an office.
    Known,
    /// It is a noun that names somebody or something else, too.
    Homograph,
    /// It is part of a time expression.
    Timed,
    /// `و` was cut off what the tables know as a whole.
    Split,
    /// It is an active participle: `قرار صادر`.
    Issued,
    /// Noun or verb, the other one stands here.
    Misfit,
    /// A finite verb cannot stand here.
    NoPlace,
    /// Cut otherwise it is a better trigger.
    LaterCut,
    /// What completes it stands behind another verb.
    Parted,
    /// What completes it are people: `سقوط ضحايا`.
    Peopled,
    /// It is a figure of speech.
    Figure,
    /// It is what somebody demands, threatens or warns of.
    Matter,
    /// It lacks the `ب` of its row.
    Unled,
    /// Its recipient is not people.
    NotPeople,
    /// Its recipient is no power.
    NotRival,
    /// Its actor is no court.
    NotCourt,
    /// What completes it is not its subject's own.
    NotOwn,
    /// Its actor is no crowd.
    NotCrowd,
    /// Its actor is no body of a state.
    NotState,
    /// Its actor does not travel to a place.
    NotVisitor,
    /// It lacks subject or object.
    NotTransitive,
    /// Nothing around it speaks of violence.
    NotViolent,
    /// The rules find no side.
    NoSide,
    /// The rules lack the actor that its row asks for.
    NoActor,
    /// The rules lack the recipient that its row asks for.
    NoRecipient,
    /// The rules find no two who act.
    NotTwo,
    /// An act of speech or its habit with one side only.
    Topic,
    /// It did not happen, and a side is unknown.
    Unreal,
    /// The article is of sport, markets, weather or culture.
    Field,
}

/// A set of signs.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Signs(u64);

impl Signs {
    /// Adds a sign if it holds.
    pub(crate) fn put(&mut self, sign: Sign, holds: bool) {
        self.0 |= u64::from(holds) << sign as u8;
    }

    pub(crate) fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u8 & 1 != 0
    }

    /// How many of the rules' reasons against it hold.
    pub(crate) fn against(self) -> u32 {
        (self.0 >> Sign::Inside as u8).count_ones()
    }

    /// Whether the rules alone would not tell it.
    pub(crate) fn reject(self) -> bool {
        self.against() > 0
    }

    /// Those that are not among `other`.
    pub(crate) fn without(self, other: Signs) -> Signs {
        Signs(self.0 & !other.0)
    }

    /// The numbers of those that hold.
    pub(crate) fn numbers(self) -> impl Iterator<Item = u64> {
        (0..u64::BITS as u64).filter(move |k| self.0 >> k & 1 != 0)
    }
}
