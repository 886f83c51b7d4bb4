//! Parameters of operations. Each is declared once: from that it is read, described in the
//! document and asked for on the page.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::problem::{Kind as Wrong, Problem};

/// The same in both languages of the interface.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// In English, also in the document.
    pub en: &'static str,
    /// In Arabic.
    pub ar: &'static str,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Characters, this many at most.
    Text(usize),
    /// A year, a month or a day.
    Time,
    /// A year, a month, a day, or `none`.
    Period,
    /// A month, or `none`.
    Month,
    /// Where a page before has ended.
    Cursor,
    /// The number of something in the archive.
    Number,
    /// An entity by its number, or `none`.
    Entity,
    /// How many, from 1 to this.
    Count(u64),
    /// From 0 to 1.
    Share,
    /// Yes or no.
    Flag,
    /// One of some names.
    Choice(fn() -> Vec<&'static str>),
}

/// What may be said behind the question mark, or stands in the path.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it does.
    pub said: Said,
    /// Whether it may be given more than once.
    pub repeated: bool,
    /// Whether it is a part of the path.
    pub in_path: bool,
    /// A value that shows what is meant.
    pub example: &'static str,
}

/// What it is without being said.
const fn parameter(
    name: &'static str,
    kind: Kind,
    en: &'static str,
    ar: &'static str,
) -> Parameter {
    Parameter {
        name,
        kind,
        said: Said { en, ar },
        repeated: false,
        in_path: false,
        example: "",
    }
}

impl Parameter {
    /// One that may be given once.
    pub const fn one(name: &'static str, kind: Kind, en: &'static str, ar: &'static str) -> Self {
        parameter(name, kind, en, ar)
    }

    /// One that may be given more than once.
    pub const fn some(name: &'static str, kind: Kind, en: &'static str, ar: &'static str) -> Self {
        Self {
            repeated: true,
            ..parameter(name, kind, en, ar)
        }
    }

    /// A number that is a part of the path.
    pub const fn path(name: &'static str, en: &'static str, ar: &'static str) -> Self {
        Self {
            in_path: true,
            ..parameter(name, Kind::Number, en, ar)
        }
    }

    /// The same with an example.
    pub const fn like(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The schema of one value.
    pub fn schema(&self) -> Value {
        match self.kind {
            Kind::Text(most) => json!({"type": "string", "minLength": 1, "maxLength": most}),
            Kind::Time => json!({"type": "string", "pattern": TIME}),
            Kind::Period => json!({"type": "string", "pattern": PERIOD}),
            Kind::Month => json!({"type": "string", "pattern": MONTH}),
            Kind::Cursor => json!({"type": "string", "pattern": CURSOR}),
            Kind::Number => json!({
                "type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST,
            }),
            Kind::Entity => json!({"type": "string", "pattern": ENTITY}),
            Kind::Count(most) => json!({"type": "integer", "minimum": 1, "maximum": most}),
            Kind::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Choice(names) => json!({"type": "string", "enum": names()}),
        }
    }

    /// What is wrong with a value, if anything.
    fn fault(&self, text: &str) -> Option<String> {
        let wrong = |fits: bool, what: &str| (!fits).then(|| format!("write {what}"));
        let number = |most: u64| {
            let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            plain && text.parse().is_ok_and(|n: u64| (1..=most).contains(&n))
        };
        match self.kind {
            Kind::Text(most) => {
                let length = text.chars().count();
                wrong(
                    (1..=most).contains(&length),
                    &format!("1 to {most} characters"),
                )
            }
            Kind::Time => wrong(
                is_time(text),
                "a year, a month or a day: 2026, 2026-03, 2026-03-12",
            ),
            Kind::Period => wrong(
                text == "none" || is_time(text),
                "a year, a month or a day, 2026, 2026-03, 2026-03-12, or none",
            ),
            Kind::Month => {
                let month = text.len() == 7 && is_time(text);
                wrong(text == "none" || month, "a month, 2026-03, or none")
            }
            Kind::Cursor => wrong(is_cursor(text), "what a page before gave as `next`"),
            Kind::Number => wrong(number(LARGEST), "a whole number from 1 on"),
            Kind::Entity => wrong(
                is_entity(text),
                "the number of an entity, 12 or #12, or none",
            ),
            Kind::Count(most) => wrong(number(most), &format!("a whole number from 1 to {most}")),
            Kind::Share => {
                let plain = text
                    .bytes()
                    .all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
                let within = text.parse().is_ok_and(|x: f64| (0.0..=1.0).contains(&x));
                wrong(plain && within, "a number from 0 to 1")
            }
            Kind::Flag => wrong(matches!(text, "true" | "false"), "true or false"),
            Kind::Choice(names) => {
                let names = names();
                wrong(
                    names.contains(&text),
                    &format!("one of {}", names.join(", ")),
                )
            }
        }
    }
}

/// The largest number that every program reads as it is.
pub const LARGEST: u64 = (1 << 53) - 1;

const TIME: &str = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
const PERIOD: &str = "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|none)$";
const MONTH: &str = "^([0-9]{4}-(0[1-9]|1[0-2])|none)$";
const CURSOR: &str = "^[0-9a-z]{1,64}$";
const ENTITY: &str = "^(#?[1-9][0-9]{0,14}|none)$";

fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    let within = |part: &str, most: u8| {
        digits(part, 2) && part.parse().is_ok_and(|n: u8| (1..=most).contains(&n))
    };
    match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && within(month, 12),
        [year, month, day] => digits(year, 4) && within(month, 12) && within(day, 31),
        _ => false,
    }
}

fn is_cursor(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

fn is_entity(text: &str) -> bool {
    let number = text.strip_prefix('#').unwrap_or(text);
    let digits = (1..=15).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    text == "none" || digits && !number.starts_with('0')
}

/// What was said for the parameters of an operation: nothing that it doesn't have, and
/// every value of the kind that it takes.
#[derive(Clone, Default, Debug)]
pub struct Values(Vec<(&'static str, String)>);

impl Values {
    /// Reads what stands behind the question mark, and the parts of a path.
    ///
    /// # Errors
    /// If a name is unknown or said too often, or a value is not of its kind.
    pub fn read(
        parameters: &[Parameter],
        path: &[(&str, String)],
        query: &str,
    ) -> Result<Self, Problem> {
        let mut values = Self::default();
        for (name, value) in path {
            let named = |p: &&Parameter| p.in_path && p.name == *name;
            if let Some(parameter) = parameters.iter().find(named) {
                // What has no number is nowhere.
                if parameter.fault(value).is_some() {
                    return Err(Problem::nowhere());
                }
                values.0.push((parameter.name, value.clone()));
            }
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            let named = |p: &&Parameter| !p.in_path && p.name == name;
            let Some(parameter) = parameters.iter().find(named) else {
                return Err(unknown(&name, parameters));
            };
            if !parameter.repeated && values.one(parameter.name).is_some() {
                let what = format!("`{name}` is said more than once");
                return Err(Problem::of(Wrong::Parameter, what).at(parameter.name));
            }
            if let Some(hint) = parameter.fault(&value) {
                let what = format!("`{name}` cannot be that");
                return Err(Problem::of(Wrong::Parameter, what)
                    .at(parameter.name)
                    .hint(hint));
            }
            values.0.push((parameter.name, value));
        }
        Ok(values)
    }

    /// All values of a parameter.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let of = self.0.iter().filter(move |(n, _)| *n == name);
        of.map(|(_, value)| value.as_str())
    }

    /// Its value, if there is one.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.as_str())
    }

    /// Its value as a number.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.one(name)?.parse().ok()
    }

    /// Whether it was said with `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.one(name) == Some("true")
    }
}

fn unknown(name: &str, parameters: &[Parameter]) -> Problem {
    let known = parameters.iter().filter(|p| !p.in_path).map(|p| p.name);
    let known: Vec<&str> = known.collect();
    let hint = match known.is_empty() {
        true => "this address takes no parameters".to_owned(),
        false => format!("there is {}", known.join(", ")),
    };
    let shown: String = name.chars().take(64).collect();
    Problem::of(Wrong::Parameter, format!("there is no parameter `{shown}`"))
        .at(&shown)
        .hint(hint)
}

/// A name or value as it was before it was put into an address.
fn decoded(text: &str) -> Result<String, Problem> {
    let blanks = text.replace('+', " ");
    let bytes = percent_decode_str(&blanks);
    let text = bytes.decode_utf8().map_err(|_| {
        Problem::of(
            Wrong::Parameter,
            "the address holds bytes that are no UTF-8",
        )
        .hint("write characters as percent signs and the bytes of UTF-8")
    })?;
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: [Parameter; 4] = [
        Parameter::path("id", "", ""),
        Parameter::some("who", Kind::Text(5), "", ""),
        Parameter::one("from", Kind::Time, "", ""),
        Parameter::one("limit", Kind::Count(10), "", ""),
    ];

    fn read(query: &str) -> Result<Values, Problem> {
        Values::read(&SOME, &[("id", "7".to_owned())], query)
    }

    #[test]
    fn what_is_said_is_read() {
        let values = read("who=%D8%B3%D8%A7%D9%84%D9%85&who=a+b&limit=3&from=2026-02&").unwrap();
        assert_eq!(values.all("who").collect::<Vec<_>>(), ["سالم", "a b"]);
        assert_eq!(values.number("limit"), Some(3_usize));
        assert_eq!(values.number("id"), Some(7_i64));
        assert_eq!(values.one("from"), Some("2026-02"));
        assert!(!values.flag("exact"));
    }

    #[test]
    fn nothing_is_passed_over() {
        for (query, parameter) in [
            ("whom=a", "whom"),
            ("id=7", "id"),
            ("from=2026&from=2027", "from"),
            ("from=2026-13", "from"),
            ("from=2026-1", "from"),
            ("limit=0", "limit"),
            ("limit=11", "limit"),
            ("limit=+3", "limit"),
            ("limit", "limit"),
            ("who=", "who"),
            ("who=abcdef", "who"),
        ] {
            let problem = read(query).unwrap_err();
            assert_eq!(problem.parameter.as_deref(), Some(parameter), "{query}");
            assert_eq!(problem.status, 400, "{query}");
        }
        assert_eq!(read("who=%FF").unwrap_err().status, 400);
        let nowhere = Values::read(&SOME, &[("id", "-7".to_owned())], "");
        assert_eq!(nowhere.unwrap_err().status, 404);
    }

    #[cfg(feature = "check")]
    #[test]
    fn the_schema_takes_what_is_taken() {
        for (kind, good, bad) in [
            (Kind::Time, "2026-03-12", "2026-03-32"),
            (Kind::Period, "2026-03-12", "2026-03-32"),
            (Kind::Period, "none", "soon"),
            (Kind::Entity, "#12", "#012"),
            (Kind::Month, "none", "2026"),
            (Kind::Month, "2026-03", "2026-13"),
            (Kind::Cursor, "a5", "A5"),
        ] {
            let parameter = Parameter::one("x", kind, "", "");
            let validator = jsonschema::validator_for(&parameter.schema()).unwrap();
            for (text, fits) in [(good, true), (bad, false)] {
                assert_eq!(validator.is_valid(&text.into()), fits, "{text}");
                assert_eq!(parameter.fault(text).is_none(), fits, "{text}");
            }
        }
    }
}
