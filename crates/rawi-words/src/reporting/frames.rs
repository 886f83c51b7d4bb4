//! The frames of a reporting verb: what it takes as its message and whom it
//! can be said to. Shared with the build script, which reads them from the
//! tables.

/// A set of prepositions, with [`Link::DIRECT`] for none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Link(pub u8);

impl Link {
    /// No link at all; no set has it.
    pub const NONE: Link = Link(0);
    /// No preposition.
    pub const DIRECT: Link = Link(1);
    /// `على`
    pub const ALA: Link = Link(2);
    /// `إلى`
    pub const ILA: Link = Link(4);
    /// `بـ`
    pub const BI: Link = Link(8);
    /// `من`
    pub const MIN: Link = Link(16);
    /// `عن`
    pub const AN: Link = Link(32);
    /// `في`
    pub const FI: Link = Link(64);
    /// `لـ`
    pub const LI: Link = Link(128);

    /// The link that `links.tsv` names so.
    pub fn named(name: &str) -> Option<Link> {
        Some(match name {
            "direct" => Link::DIRECT,
            "ala" => Link::ALA,
            "ila" => Link::ILA,
            "bi" => Link::BI,
            "min" => Link::MIN,
            "an" => Link::AN,
            "fi" => Link::FI,
            "li" => Link::LI,
            _ => return None,
        })
    }

    /// Whether the two sets share a link.
    pub fn has(self, other: Link) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Link {
    type Output = Link;
    fn bitor(self, other: Link) -> Link {
        Link(self.0 | other.0)
    }
}

/// What a verb takes.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Frames {
    /// Links before a clause with `أن` or `إن`.
    pub that: Link,
    /// Links before a noun phrase that is the message.
    pub nominal: Link,
    /// Links before a noun phrase that is the message only if its noun carries one.
    pub nominal_if_message: Link,
    /// Links before the addressee; `DIRECT` for an object.
    pub to: Link,
    /// The one spoken to is an object that the verb is never without.
    pub needs_hearer: bool,
    /// A group behind the verb is spoken to rather than speaking.
    pub groups_hear: bool,
    /// Direct speech.
    pub quote: bool,
    /// Direct speech with nothing to open it.
    pub bare: bool,
    /// An indirect question.
    pub whether: bool,
    /// The subject is often a document.
    pub document: bool,
    /// The verb has a common sense that reports nothing.
    pub weak: bool,
    /// It reports only where a party of a trial is its subject.
    pub court: bool,
    /// With a subject of its own and a message it always reports; a denial with
    /// any object.
    pub sure: bool,
    /// Whoever speaks answers what somebody else has asked.
    pub answer: bool,
    /// The verb of plain saying: `قوله` is as good as a verb, and `قائلا` goes with
    /// the cue before it.
    pub says: bool,
    /// Its subject hands on what somebody else said: `نقلت وكالة كذا عن فلان`.
    pub hands_on: bool,
    /// Behind `من`, or where what is told is a danger, the act is a warning.
    pub alert: bool,
}

impl Frames {
    /// The flag that the tables name so.
    pub fn flag(&mut self, name: &str) -> Option<&mut bool> {
        Some(match name {
            "quote" => &mut self.quote,
            "bare" => &mut self.bare,
            "whether" => &mut self.whether,
            "doc" => &mut self.document,
            "weak" => &mut self.weak,
            "alert" => &mut self.alert,
            "court" => &mut self.court,
            "sure" => &mut self.sure,
            "answer" => &mut self.answer,
            "says" => &mut self.says,
            "hands-on" => &mut self.hands_on,
            _ => return None,
        })
    }
}
