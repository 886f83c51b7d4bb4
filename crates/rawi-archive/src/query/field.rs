//! The fields of a query and what may stand behind their colon.

use std::fmt;

use super::fault::Fault;
use super::period::Period;
use super::words;

/// What a condition is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// Who says it.
    Speaker,
    /// To whom it is said.
    To,
    /// Who handed it on.
    Via,
    /// Who published the article.
    Outlet,
    /// What is done by saying it.
    Act,
    /// Through what kind of channel it is said.
    Channel,
    /// How it is reported.
    Form,
    /// A type of event that the article tells, of a statement: that it claims.
    Event,
    /// The article is of this time.
    Date,
    /// The article is older than the beginning of this time.
    Before,
    /// The article is newer than the end of this time.
    After,
    /// The article is of this time or newer.
    Since,
    /// The article is of this time or older.
    Until,
    /// It was said in this time, as the article tells.
    Said,
    /// It was said before this time.
    SaidBefore,
    /// It was said after this time.
    SaidAfter,
    /// It was said in this time or later.
    SaidSince,
    /// It was said in this time or earlier.
    SaidUntil,
}

/// What may be written behind a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// The name or number of an entity.
    Entity,
    /// A name.
    Name,
    /// One of a closed list.
    Known,
    /// A stretch of the calendar.
    Time,
    /// The same, or that there is none.
    TimeOrNone,
}

impl Field {
    /// All of them, in the order in which they are told.
    pub const ALL: [Field; 18] = [
        Field::Speaker,
        Field::To,
        Field::Via,
        Field::Outlet,
        Field::Act,
        Field::Channel,
        Field::Form,
        Field::Event,
        Field::Date,
        Field::Before,
        Field::After,
        Field::Since,
        Field::Until,
        Field::Said,
        Field::SaidBefore,
        Field::SaidAfter,
        Field::SaidSince,
        Field::SaidUntil,
    ];

    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Field::Speaker => "speaker",
            Field::To => "to",
            Field::Via => "via",
            Field::Outlet => "outlet",
            Field::Act => "act",
            Field::Channel => "channel",
            Field::Form => "form",
            Field::Event => "event",
            Field::Date => "date",
            Field::Before => "before",
            Field::After => "after",
            Field::Since => "since",
            Field::Until => "until",
            Field::Said => "said",
            Field::SaidBefore => "said-before",
            Field::SaidAfter => "said-after",
            Field::SaidSince => "said-since",
            Field::SaidUntil => "said-until",
        }
    }

    /// The field that a word names, in either language.
    pub fn named(word: &str) -> Option<Self> {
        let name = words::meaning(word, "field")?;
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// The values that it can have, if these are a closed list, as the contract of readings
    /// names them.
    pub fn known(self) -> Vec<&'static str> {
        match self.takes() {
            Takes::Known => words::known(self.name()),
            _ => Vec::new(),
        }
    }

    /// Its name in an Arabic query.
    pub fn name_in_arabic(self) -> &'static str {
        words::in_arabic("field", self.name())
    }

    /// The same values as [`known`](Self::known), as an Arabic query has them.
    pub fn known_in_arabic(self) -> Vec<&'static str> {
        let known = self.known().into_iter();
        known
            .map(|name| words::in_arabic(self.name(), name))
            .collect()
    }

    /// Whether its values are times of the statement rather than of the article.
    pub fn is_of_saying(self) -> bool {
        matches!(
            self,
            Field::Said
                | Field::SaidBefore
                | Field::SaidAfter
                | Field::SaidSince
                | Field::SaidUntil
        )
    }

    /// What may be written behind it.
    pub fn takes(self) -> Takes {
        match self {
            Field::Speaker | Field::To | Field::Via => Takes::Entity,
            Field::Outlet => Takes::Name,
            Field::Act | Field::Channel | Field::Form | Field::Event => Takes::Known,
            Field::Date => Takes::TimeOrNone,
            _ => Takes::Time,
        }
    }

    /// Whether `none` is one of its values: some statements have nothing there.
    fn may_lack(self) -> bool {
        matches!(
            self,
            Field::Speaker | Field::Outlet | Field::Channel | Field::Date
        )
    }

    /// A value of the field as it is written, `quoted` if in quotation marks.
    ///
    /// # Errors
    /// If it is none.
    pub fn value(self, text: &str, quoted: bool) -> Result<Value, Fault> {
        let text = text.trim();
        let own = || text.to_owned();
        if text.is_empty() {
            return Err(Fault::NoValue(self));
        }
        if !quoted && words::meaning(text, "none").is_some() {
            return match self.may_lack() {
                true => Ok(Value::None),
                false => Err(Fault::NeverNone(self)),
            };
        }
        match self.takes() {
            Takes::Entity | Takes::Name => {
                if let (Takes::Entity, false, Some(number)) =
                    (self.takes(), quoted, text.strip_prefix('#'))
                {
                    let bad = |_| Fault::NoNumber(own());
                    return number.parse().map(Value::Entity).map_err(bad);
                }
                if !text.chars().any(char::is_alphanumeric) {
                    return Err(Fault::NoName(self, own()));
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                Ok(Value::Name(words.join(" ")))
            }
            Takes::Known => words::meaning(text, self.name())
                .map(Value::Known)
                .ok_or_else(|| match words::nearest(text, self.name()) {
                    Some(near) => Fault::Misspelled {
                        field: self,
                        text: own(),
                        near,
                    },
                    None => Fault::Unknown(self, own()),
                }),
            Takes::Time | Takes::TimeOrNone => {
                Period::read(text)
                    .map(Value::Time)
                    .map_err(|why| Fault::NoDate {
                        field: self,
                        text: own(),
                        why,
                    })
            }
        }
    }
}

/// What a field is to be.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// A name of people, bodies or outlets.
    Name(String),
    /// An entity of the archive by its number.
    Entity(i64),
    /// A value that the contract of readings has a name for.
    Known(&'static str),
    /// A day, month, year or another stretch of the calendar.
    Time(Period),
    /// Nothing: nobody is named, or the date is not known.
    None,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Name(name) => super::print::quoted(name, f),
            Value::Entity(number) => write!(f, "#{number}"),
            Value::Known(name) => f.write_str(name),
            Value::Time(period) => write!(f, "{period}"),
            Value::None => f.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_word_of_its_name() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
        }
        assert_eq!(words::known("field").len(), Field::ALL.len());
    }
}
