//! Every id of a reading, where it is given and wherever something refers to it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::reading::{Entity, Event, Statement};

/// The id of a statement, an event or an entity: `s1`, `v1`, `e1`, and `hs1`, `hv1`,
/// `he1` in a headline.
///
/// ```
/// use rawi::reading::{Id, Named};
///
/// let id: Id = "hs2".parse()?;
/// assert_eq!((id.names(), id.number(), id.in_headline()), (Named::Statement, 2, true));
/// assert_eq!(id.to_string(), "hs2");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    headline: bool,
    names: Named,
    number: u32,
}

/// What an id names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Named {
    /// A statement.
    Statement,
    /// An event.
    Event,
    /// An entity.
    Entity,
}

/// What comes before every id of a headline.
const HEADLINE: &str = "h";

impl Named {
    const ALL: [Named; 3] = [Named::Statement, Named::Event, Named::Entity];

    fn letter(self) -> char {
        match self {
            Named::Statement => 's',
            Named::Event => 'v',
            Named::Entity => 'e',
        }
    }
}

impl Id {
    /// The id of what stands at a place of its list, counted from 0.
    pub(crate) fn at(names: Named, place: usize) -> Self {
        Id {
            headline: false,
            names,
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
        }
    }

    /// What it names.
    pub fn names(self) -> Named {
        self.names
    }

    /// The place in its list, counted from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Whether it is one of a headline.
    pub fn in_headline(self) -> bool {
        self.headline
    }

    /// The id that the same thing has in a headline, or outside of one.
    pub(crate) fn with_headline(self, headline: bool) -> Self {
        Id { headline, ..self }
    }

    /// The same with another number.
    pub(crate) fn numbered(self, number: u32) -> Self {
        Id { number, ..self }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.headline { HEADLINE } else { "" };
        write!(f, "{mark}{}{}", self.names.letter(), self.number)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare = text.strip_prefix(HEADLINE);
        let rest = bare.unwrap_or(text);
        let id = || {
            let names = Named::ALL
                .into_iter()
                .find(|n| rest.starts_with(n.letter()))?;
            let digits = rest.get(1..)?;
            let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
            Some(Id {
                headline: bare.is_some(),
                names,
                number: digits.parse().ok().filter(|_| plain)?,
            })
        };
        id().ok_or("an id is s, v or e with a number from 1 on, with an h in front in a headline")
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        crate::wire::text(
            input,
            |text| text.parse().ok(),
            "an id like s1, v1, e1 or hs1",
        )
    }
}

/// Hands every id of the three lists to `each`.
pub(crate) fn change(
    statements: &mut [Statement<'_>],
    events: &mut [Event<'_>],
    entities: &mut [Entity<'_>],
    mut each: impl FnMut(&mut Id),
) {
    for s in statements {
        each(&mut s.id);
        s.within.iter_mut().for_each(&mut each);
        let speaker = s.speaker.iter_mut().map(|x| &mut x.entity);
        speaker
            .chain(s.addressee.iter_mut().map(|x| &mut x.entity))
            .chain(&mut s.via)
            .for_each(&mut each);
    }
    for e in events {
        each(&mut e.id);
        e.statement.iter_mut().for_each(&mut each);
        let sides = e.actors.iter_mut().chain(&mut e.recipients);
        sides
            .chain(&mut e.claimed_by)
            .chain(&mut e.place)
            .for_each(|x| each(&mut x.entity));
    }
    for e in entities {
        each(&mut e.id);
    }
}
