//! What a table can say of a key. Shared with the build script, which writes the
//! values.

/// A column of the compiled table: one kind of thing that is known of a key, with
/// a value of 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Facet {
    /// Word classes: the bits of [`Tags`](crate::Tags).
    Tags,
    /// The country that the word names or derives from: its number.
    Country,
    /// Parts in the sentence: the number of a set of [`Roles`](crate::Roles).
    Roles,
    /// Well-known people and bodies of that name: see
    /// [`Lexicon::run`](crate::Lexicon::run).
    Known,
    /// The kinds of bodies whose names the word leads to: the bits of
    /// [`BodyKind`](crate::BodyKind).
    Heads,
    /// Meanings in times and numbers: see [`Lexicon::time`](crate::Lexicon::time).
    Time,
    /// Forms of reporting verbs and nouns: a run of records.
    Cue,
    /// A phrase that attributes: the number of its row.
    Attribution,
    /// A noun of a channel: the number of its row.
    Channel,
    /// The platform that the word names.
    Platform,
    /// What may end a content: the number of its row.
    Border,
    /// The link that a preposition makes in the frames of reporting verbs.
    FrameLink,
    /// Parts that the word can have in reported speech.
    Parts,
    /// The sets of words of which a channel or a border needs one.
    Needed,
    /// Forms of triggers of events: a run of records.
    Trigger,
    /// The number of a word that completes triggers or makes figures of them.
    Completion,
    /// A form of a helping verb, and what it says of an event.
    LightVerb,
    /// The same of its verbal noun.
    LightNoun,
    /// What the word says of the status of an event, and within which reach.
    Status,
    /// The sector that the word names.
    Sector,
    /// What the word leads to behind a trigger.
    Link,
    /// The field that the word is evidence for.
    Domain,
    /// The contexts that the word is evidence for: a run of records.
    Context,
    /// A trigger that is a figure of speech beside certain words: its number.
    Figure,
    /// A preposition, or a phrase that does the work of one, and where it leads.
    Preposition,
    /// What estimates the number behind it.
    Estimate,
}

impl Facet {
    /// The bit of the facet in the mask of a key.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// The bit of a mask that says that longer keys begin with this one.
pub const LONGER: u32 = 1 << 31;
