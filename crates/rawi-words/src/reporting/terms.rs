//! The terms of the reporting tables. Shared with the build script, which reads
//! them there.

/// What the source does by saying it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)] // the names are the contract's
pub enum Act {
    Assert,
    Deny,
    Demand,
    Promise,
    Threaten,
    Accuse,
    Ask,
    Announce,
    Welcome,
    Condemn,
    Believe,
    Warn,
}

/// Through what kind of channel it was said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)] // the names are the contract's
pub enum ChannelKind {
    Post,
    Statement,
    PressConference,
    Interview,
    PhoneCall,
    Speech,
    Letter,
    Meeting,
    Broadcast,
    Report,
    Sources,
}

/// What begins at a word that may end a content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// `بينما`: a clause beside the main one.
    Beside,
    /// `أما`, `من جانبه`: turns to somebody else.
    Aside,
    /// `لكن`: another, if they deny or say something of their own.
    But,
    /// `وهو ما`: takes up what was said.
    Which,
    /// `كما`: what else was said.
    Also,
    /// The article's own remark.
    Narrator,
    /// A verb by which one takes a stand and says nothing.
    Stance,
}

/// Parts that a word can have in reported speech.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Parts(pub u32);

impl Parts {
    /// Opens the remark that a source wishes to stay unnamed.
    pub const WISH: Parts = Parts(1);
    /// Negates the wish.
    pub const NOT: Parts = Parts(1 << 1);
    /// May stand between the wish and the name.
    pub const BETWEEN: Parts = Parts(1 << 2);
    /// The name or identity that closes the remark.
    pub const IDENTITY: Parts = Parts(1 << 3);
    /// A verb whose subject got a paper and did not write it.
    pub const RECEIVED: Parts = Parts(1 << 4);
    /// A noun that carries a message by itself: `ضرورة`.
    pub const MESSAGE: Parts = Parts(1 << 5);
    /// A party of a trial.
    pub const COURT_PARTY: Parts = Parts(1 << 6);
    /// A document or channel.
    pub const DOCUMENT: Parts = Parts(1 << 7);
    /// The first word of what channels are called.
    pub const OPENS_CHANNEL: Parts = Parts(1 << 8);
    /// The same of platforms.
    pub const OPENS_PLATFORM: Parts = Parts(1 << 9);
    /// The first word of a cue.
    pub const OPENS_CUE: Parts = Parts(1 << 10);
    /// The first word of an attribution phrase.
    pub const OPENS_ATTRIBUTION: Parts = Parts(1 << 11);
    /// The first word of what may end a content.
    pub const OPENS_BORDER: Parts = Parts(1 << 12);

    /// The part that `source_remarks.tsv` names so.
    pub fn named(name: &str) -> Option<Parts> {
        Some(match name {
            "wish" => Parts::WISH,
            "not" => Parts::NOT,
            "between" => Parts::BETWEEN,
            "identity" => Parts::IDENTITY,
            "received" => Parts::RECEIVED,
            _ => return None,
        })
    }

    /// Whether it has one of these.
    #[inline]
    pub fn has(self, part: Parts) -> bool {
        self.0 & part.0 != 0
    }
}

impl std::ops::BitOr for Parts {
    type Output = Parts;
    #[inline]
    fn bitor(self, other: Parts) -> Parts {
        Parts(self.0 | other.0)
    }
}
