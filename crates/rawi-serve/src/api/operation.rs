//! What can be asked: the table from which requests are answered, the document is made and
//! the page to try it is drawn.

use rawi_pages::Desk;
use schemars::generate::SchemaGenerator;
use serde_json::Value;

#[cfg(feature = "export")]
use super::export;
use super::parameter::{Parameter, Said, Values};
use super::problem::{Kind, Problem};
use super::{articles, check, entities, events, info, read, search, statements};

/// One thing that can be asked.
#[derive(Clone, Copy)]
pub struct Operation {
    /// Its name.
    pub id: &'static str,
    /// How it is asked.
    pub method: Method,
    /// Where, with parameters in braces, behind [`BASE`](super::BASE).
    pub path: &'static str,
    /// What it is for, in a line.
    pub said: Said,
    /// What else there is to know.
    pub more: Said,
    /// What may be said.
    pub parameters: fn() -> Vec<Parameter>,
    /// What the body may be.
    pub body: Option<Body>,
    /// What an answer may be.
    pub answer: fn(&mut SchemaGenerator) -> Value,
    /// Whether answers come page by page.
    pub paged: bool,
    /// What else may go wrong than can with every operation.
    pub problems: &'static [Kind],
    /// Which operations take what this one gives: name, operation, parameter, place.
    pub links: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// How it is answered.
    pub run: Run,
}

/// How something is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Nothing is sent but the address.
    Get,
    /// With a body.
    Post,
}

impl Method {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// What a body may be.
#[derive(Clone, Copy)]
pub struct Body {
    /// The schema of it in JSON.
    pub schema: fn(&mut SchemaGenerator) -> Value,
    /// What it is.
    pub about: Said,
    /// An example in JSON.
    pub example: fn() -> Value,
    /// An example of a text.
    pub text: &'static str,
}

/// How an operation is answered.
#[derive(Clone, Copy)]
pub enum Run {
    /// At a desk.
    Desk(fn(&mut Desk<'_>, &Asked) -> Result<Answer, Problem>),
    /// By a stream of an export, once what it asks for was understood at a desk.
    #[cfg(feature = "export")]
    Export,
    /// By the document about all operations.
    Document,
}

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The parameters.
    pub values: Values,
    /// The body.
    pub body: Given,
}

/// What a body was.
#[derive(Clone, Debug)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// JSON.
    Json(Vec<u8>),
    /// A text.
    Text(String),
}

/// An answer in JSON.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The JSON.
    pub json: Vec<u8>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl Answer {
    /// An answer that is all there is.
    ///
    /// # Errors
    /// If it is no JSON, which is a fault.
    pub fn of(value: &impl serde::Serialize) -> Result<Self, Problem> {
        Self::page(value, None)
    }

    /// A page of an answer.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn page(value: &impl serde::Serialize, next: Option<String>) -> Result<Self, Problem> {
        let json = serde_json::to_vec(value).map_err(|error| {
            tracing::error!(%error, "an answer is no JSON");
            Problem::of(Kind::Fault, "the answer cannot be written")
        })?;
        Ok(Self { json, next })
    }
}

/// The operations.
pub static OPERATIONS: &[Operation] = &[
    read::READ,
    search::SEARCH,
    search::FACETS,
    statements::STATEMENT,
    statements::VARIANTS,
    entities::ENTITIES,
    entities::ENTITY,
    events::EVENTS,
    events::COUNTS,
    events::MATRIX,
    events::DAYS,
    articles::ARTICLE,
    check::CHECK,
    #[cfg(feature = "export")]
    export::EXPORT,
    info::INFO,
    info::DOCUMENT,
];

/// The operations at a path behind [`BASE`](super::BASE), each with the parameters that
/// stand in it.
pub fn at(path: &str) -> Vec<(&'static Operation, Vec<(&'static str, String)>)> {
    let all = OPERATIONS.iter();
    all.filter_map(|op| Some((op, matched(op.path, path)?)))
        .collect()
}

fn matched(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut parameters = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(parameters),
            (Some(wanted), Some(given)) => {
                let name = wanted.strip_prefix('{').and_then(|w| w.strip_suffix('}'));
                match name {
                    Some(name) => parameters.push((name, given.to_owned())),
                    None if wanted == given => {}
                    None => return None,
                }
            }
            _ => return None,
        }
    }
}

/// No parameters.
pub fn nothing() -> Vec<Parameter> {
    Vec::new()
}

/// An answer in JSON that is an object of a type.
pub fn json_of<T: schemars::JsonSchema>(schemas: &mut SchemaGenerator) -> Value {
    let schema = schemas.subschema_for::<T>();
    serde_json::json!({"application/json": {"schema": schema}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_operations() {
        for (path, ids) in [
            ("/search", &["search"][..]),
            ("/statements/12", &["statement"]),
            ("/statements/12/variants", &["variants"]),
            ("/statements", &[]),
            ("/search/", &[]),
            ("", &[]),
        ] {
            let found: Vec<&str> = at(path).iter().map(|(op, _)| op.id).collect();
            assert_eq!(found, ids, "{path}");
        }
        assert_eq!(at("/entities/7")[0].1, [("id", "7".to_owned())]);
    }

    #[test]
    fn what_stands_in_a_path_is_a_parameter() {
        for op in OPERATIONS {
            let parameters = (op.parameters)();
            for part in op.path.split('/') {
                let name = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
                let known = |name| parameters.iter().any(|p| p.in_path && p.name == name);
                assert!(name.is_none_or(known), "{}: {part}", op.id);
            }
            let names: std::collections::BTreeSet<_> = parameters.iter().map(|p| p.name).collect();
            assert_eq!(names.len(), parameters.len(), "{}", op.id);
            assert_eq!(op.paged, names.contains("cursor"), "{}", op.id);
        }
    }
}
