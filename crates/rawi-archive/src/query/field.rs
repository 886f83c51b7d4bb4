//! The fields of a query and what may stand behind their colon.

use std::fmt;

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

/// What kind of values a field has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Entity,
    Name,
    /// One of the values that the table has for this part.
    Known,
    Time,
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
        match self.kind() {
            Kind::Known => words::known(self.name()),
            _ => Vec::new(),
        }
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

    fn kind(self) -> Kind {
        match self {
            Field::Speaker | Field::To | Field::Via => Kind::Entity,
            Field::Outlet => Kind::Name,
            Field::Act | Field::Channel | Field::Form | Field::Event => Kind::Known,
            _ => Kind::Time,
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
    /// If it is none: what is wrong, and what would be right.
    pub fn value(self, text: &str, quoted: bool) -> Result<Value, (String, String)> {
        let text = text.trim();
        if text.is_empty() {
            return Err((
                format!("`{}:` has no value", self.name()),
                self.values().to_owned(),
            ));
        }
        if !quoted && words::meaning(text, "none").is_some() {
            return match self.may_lack() {
                true => Ok(Value::None),
                false => Err((
                    format!("`{}:` has no value `none`", self.name()),
                    self.values(),
                )),
            };
        }
        match self.kind() {
            Kind::Entity | Kind::Name => {
                if let (Kind::Entity, false, Some(number)) =
                    (self.kind(), quoted, text.strip_prefix('#'))
                {
                    let bad = |_| {
                        let hint = "write the number of an entity behind #, like #12".to_owned();
                        (format!("`{text}` names no entity"), hint)
                    };
                    return number.parse().map(Value::Entity).map_err(bad);
                }
                if !text.chars().any(char::is_alphanumeric) {
                    return Err((format!("`{text}` is no name"), self.values()));
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                Ok(Value::Name(words.join(" ")))
            }
            Kind::Known => words::meaning(text, self.name())
                .map(Value::Known)
                .ok_or_else(|| self.unknown(text)),
            Kind::Time => Period::read(text)
                .map(Value::Time)
                .map_err(|why| (format!("`{text}` is no date: {why}"), self.values())),
        }
    }

    fn unknown(self, text: &str) -> (String, String) {
        let known = words::known(self.name());
        let hint = match words::nearest(text, &known) {
            Some(near) => format!("did you mean {near}? {}", self.values()),
            None => self.values(),
        };
        let article = match self.name() {
            "act" | "event" => "an",
            _ => "a",
        };
        (format!("`{text}` is not {article} {}", self.name()), hint)
    }

    /// What may be written behind it.
    fn values(self) -> String {
        match self.kind() {
            Kind::Entity => "write a name, in quotes if of several words, or #NUMBER".to_owned(),
            Kind::Name => "write a name, in quotes if of several words".to_owned(),
            Kind::Known => format!("there is {}", words::known(self.name()).join(", ")),
            Kind::Time => {
                let none = match self.may_lack() {
                    true => ", or none",
                    false => "",
                };
                format!("write 2026, 2026-03 or 2026-03-12{none}")
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
