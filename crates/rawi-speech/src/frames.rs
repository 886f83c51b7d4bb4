//! The frames of a reporting verb: what it takes as its message and whom it
//! can be said to. Shared with the build script, which reads them from the
//! tables.

/// A set of prepositions, with [`Link::DIRECT`] for none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Link(pub u8);

impl Link {
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

    /// The link that a folded preposition makes.
    pub fn of(preposition: &str) -> Option<Link> {
        Some(match preposition {
            "علي" => Link::ALA,
            "الي" => Link::ILA,
            "ب" => Link::BI,
            "من" => Link::MIN,
            "عن" => Link::AN,
            "في" => Link::FI,
            "ل" => Link::LI,
            _ => return None,
        })
    }

    /// Whether the two sets share a link.
    pub fn has(self, other: Link) -> bool {
        self.0 & other.0 != 0
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
    /// Direct speech.
    pub quote: bool,
    /// An indirect question.
    pub whether: bool,
    /// The subject is often a document.
    pub document: bool,
    /// The verb has a common sense that reports nothing.
    pub weak: bool,
}

impl Frames {
    /// Reads the frame codes of a table cell; the error names the bad code.
    pub fn parse(codes: &str) -> Result<Frames, String> {
        let mut frames = Frames::default();
        for code in codes.split_whitespace().filter(|c| *c != "-") {
            let (name, link) = match code.split_once(':') {
                None => (code, Some(Link::DIRECT)),
                Some((name, "obj")) => (name, Some(Link::DIRECT)),
                Some((name, word)) => (name, Link::of(&word.replace('ى', "ي").replace('إ', "ا"))),
            };
            let link = link.ok_or_else(|| format!("unknown preposition in frame `{code}`"))?;
            let set = match name {
                "that" => &mut frames.that,
                "np" => &mut frames.nominal,
                "np?" => &mut frames.nominal_if_message,
                "to" => &mut frames.to,
                "quote" => {
                    frames.quote = true;
                    continue;
                }
                "whether" => {
                    frames.whether = true;
                    continue;
                }
                "doc" => {
                    frames.document = true;
                    continue;
                }
                "weak" => {
                    frames.weak = true;
                    continue;
                }
                _ => return Err(format!("unknown frame `{code}`")),
            };
            set.0 |= link.0;
        }
        Ok(frames)
    }
}
