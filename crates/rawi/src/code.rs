//! What PLOVER calls an actor: its country and its sectors.

use std::borrow::Cow;
use std::fmt;

use rawi_events::SECTORS;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The PLOVER code of somebody: `EGY GOV`. At least one of the two is known.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Code<'a> {
    country: Option<Cow<'a, str>>,
    sector: Option<Cow<'a, str>>,
}

impl<'a> Code<'a> {
    /// The code of a country and a sector; none if neither is known.
    pub(crate) fn of(
        country: Option<Cow<'a, str>>,
        sector: Option<Cow<'a, str>>,
    ) -> Option<Code<'a>> {
        (country.is_some() || sector.is_some()).then_some(Code { country, sector })
    }

    /// ISO 3166-1 alpha-3 code of the country.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// The sectors, the first first.
    pub fn sectors(&self) -> impl Iterator<Item = &str> {
        self.sector.iter().flat_map(|s| s.split(' '))
    }

    pub(crate) fn into_owned(self) -> Code<'static> {
        let owned = |part: Option<Cow<'_, str>>| part.map(|p| Cow::Owned(p.into_owned()));
        Code {
            country: owned(self.country),
            sector: owned(self.sector),
        }
    }

    /// Reads `EGY GOV`, `EGY` or `GOV`.
    fn parse(text: &str) -> Option<Code<'static>> {
        let owned = |part: &str| Some(Cow::Owned(part.to_owned()));
        let first = text.split(' ').next()?;
        if SECTORS.contains(&first) {
            return Code::of(None, owned(text));
        }
        let sector = text[first.len()..].strip_prefix(' ');
        Code::of(owned(first), sector.and_then(owned))
    }
}

impl fmt::Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = match (&self.country, &self.sector) {
            (Some(_), Some(_)) => " ",
            _ => "",
        };
        let (country, sector) = (self.country.as_deref(), self.sector.as_deref());
        write!(
            f,
            "{}{between}{}",
            country.unwrap_or_default(),
            sector.unwrap_or_default()
        )
    }
}

impl Serialize for Code<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code<'_> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        crate::wire::text(input, Code::parse, "a country and a sector like EGY GOV")
    }
}
