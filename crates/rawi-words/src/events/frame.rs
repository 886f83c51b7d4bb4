//! Frames: where in the sentence a trigger keeps its actor and its recipient.
//! Shared with the build script, which reads them from the tables.

/// Places of an argument, as a set.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Slots(pub u32);

/// What a row asks of its arguments and surroundings, as a set.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Needs(pub u32);

macro_rules! bits {
    ($kind:ident, $names:ident, [$($(#[$doc:meta])* $name:ident = $word:literal;)*]) => {
        bits!(@consts $kind, 0, $($(#[$doc])* $name;)*);
        const $names: &[&str] = &[$($word),*];
    };
    (@consts $kind:ident, $bit:expr, $(#[$doc:meta])* $name:ident; $($rest:tt)*) => {
        impl $kind {
            $(#[$doc])*
            pub const $name: $kind = $kind(1 << ($bit));
        }
        bits!(@consts $kind, $bit + 1, $($rest)*);
    };
    (@consts $kind:ident, $bit:expr,) => {};
}

bits!(Slots, SLOT_NAMES, [
    /// The subject of the verb.
    SUBJECT = "subj";
    /// The object of the verb.
    OBJECT = "obj";
    /// The genitive after the event noun, or the pronoun on it.
    GENITIVE = "gen";
    /// The subject of the verb that the event noun depends on.
    LIGHT = "light";
    /// Whoever is named inside the complement: `قرار البرلمان`.
    INSIDE = "in";
    /// What an attack aimed at: `استهدف موكبا`, `ضرب العاصمة`.
    TARGET = "target";
    /// Whom it hurt: `أسفر عن مقتل جنديين`.
    VICTIM = "victim";
    /// The agent of a passive: `على يد`, `من قبل`.
    AGENT = "agent";
    /// After `على`.
    ALA = "على";
    /// After `إلى`.
    ILA = "إلى";
    /// After attached `ل`.
    LI = "ل";
    /// After attached `ب`.
    BI = "ب";
    /// After `من`.
    MIN = "من";
    /// After `عن`.
    AN = "عن";
    /// After `ضد`.
    AGAINST = "ضد";
    /// After `مع`.
    WITH = "مع";
    /// After `بين`.
    BETWEEN = "بين";
    /// After `في`.
    FI = "في";
    /// After `لدى`.
    LADA = "لدى";
    /// After `ضم`, who were at a meeting.
    INCLUDED = "ضم";
    /// After `نحو`, `باتجاه`.
    TOWARD = "نحو";
    /// After `وسط`.
    AMID = "وسط";
    /// Named in what a protest is about: `احتجاجا على قرار الحكومة`.
    CAUSE = "cause";
]);

bits!(Needs, NEED_NAMES, [
    /// An actor.
    ACTOR = "+A";
    /// A recipient.
    RECIPIENT = "+R";
    /// Two actors.
    TWO = "two";
    /// An act of speech: the statement that it reports knows who speaks.
    SPEECH = "speech";
    /// Its perfect is often meant as a passive: `قتل جنديان`.
    PASSIVE = "passive";
    /// The recipient is people, not things.
    PEOPLE = "people";
    /// Words of violence beside it.
    VIOLENCE = "violence";
    /// The actor is a person who travels and the recipient a place.
    VISITOR = "visitor";
    /// The actor is a body or office of a state.
    STATE = "state";
    /// The actor is a crowd.
    CROWD = "crowd";
    /// Both an object and a subject stand in the sentence.
    TRANSITIVE = "transitive";
    /// The noun has `ب` in front: `بالتعاون مع`.
    LED = "bi";
    /// The recipient is a power of its own, or the words tell what the actor
    /// himself will do: whoever warns of the weather threatens nobody.
    RIVAL = "rival";
    /// The actor is a court or a judge.
    COURT = "court";
    /// With a pronoun it is another word: `أبوه` is a father.
    BARE = "bare";
    /// What completes the trigger is the subject's own: `استقالته`.
    OWN = "own";
]);

impl Slots {
    /// The place that the tables name so. The error names what is unknown.
    pub fn named(name: &str) -> Result<Slots, String> {
        position(SLOT_NAMES, name).map(|at| Slots(1 << at))
    }

    /// Whether the two sets share a place.
    pub fn any(self, other: Slots) -> bool {
        self.0 & other.0 != 0
    }

    /// The names of the places, as the tables write them.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        named(self.0, SLOT_NAMES)
    }
}

impl std::ops::BitOr for Slots {
    type Output = Slots;
    fn bitor(self, other: Slots) -> Slots {
        Slots(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Slots {
    fn bitor_assign(&mut self, other: Slots) {
        self.0 |= other.0;
    }
}

impl Needs {
    /// Whether all of `other` is asked for.
    pub fn has(self, other: Needs) -> bool {
        self.0 & other.0 == other.0
    }
}

fn named(bits: u32, names: &'static [&'static str]) -> impl Iterator<Item = &'static str> {
    names
        .iter()
        .enumerate()
        .filter(move |(i, _)| bits & (1 << i) != 0)
        .map(|(_, name)| *name)
}

/// Where actor and recipient stand, and what else is asked.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Places of the actor.
    pub actor: Slots,
    /// Places of the recipient.
    pub recipient: Slots,
    /// What the row asks.
    pub needs: Needs,
}

impl Frame {
    /// Reads a cell of a table: `A=subj R=obj|ل +R speech`. The error names what
    /// is unknown.
    pub fn parse(cell: &str) -> Result<Frame, String> {
        let mut frame = Frame::default();
        for part in cell.split_whitespace() {
            let (role, slots) = match part.split_once('=') {
                Some(("A", slots)) => (&mut frame.actor, slots),
                Some(("R", slots)) => (&mut frame.recipient, slots),
                Some(_) => return Err(format!("unknown role in `{part}`")),
                None => {
                    frame.needs.0 |= match part {
                        "+AR" => Needs::ACTOR.0 | Needs::RECIPIENT.0,
                        name => 1 << position(NEED_NAMES, name)?,
                    };
                    continue;
                }
            };
            for slot in slots.split('|') {
                *role |= Slots::named(slot)?;
            }
        }
        Ok(frame)
    }
}

fn position(names: &[&str], name: &str) -> Result<usize, String> {
    names
        .iter()
        .position(|n| *n == name)
        .ok_or_else(|| format!("unknown word `{name}` in a frame"))
}
