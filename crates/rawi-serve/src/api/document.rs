//! The document about all operations: OpenAPI 3.1, made of the table that answers.

use std::collections::BTreeMap;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use super::BASE;
use super::operation::{Method, OPERATIONS, Operation};
use super::parameter::Parameter;
use super::problem::{CONTENT, Kind, Problem};
use crate::options::Options;

/// What may go wrong with every operation.
const ALWAYS: [Kind; 6] = [
    Kind::Parameter,
    Kind::Origin,
    Kind::Host,
    Kind::Rate,
    Kind::Fault,
    Kind::Busy,
];

/// The document. It states the limits that the server was told.
pub fn document(options: &Options) -> Value {
    // What is answered and what is taken are described apart: a field that may be left out
    // of a body is always there in an answer.
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.clone().for_serialize().into_generator();
    let mut taken = settings.for_deserialize().into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for op in OPERATIONS {
        let method = op.method.name().to_ascii_lowercase();
        let described = operation(op, &mut schemas, &mut taken);
        paths.entry(op.path).or_default().insert(method, described);
    }
    let problem = schemas.subschema_for::<Problem>();
    let responses = Kind::ALL.into_iter().map(|kind| {
        let mut response = json!({
            "description": kind.said().en,
            "content": {CONTENT: {"schema": problem}},
        });
        let mut headers = Map::new();
        if matches!(kind, Kind::Rate | Kind::Busy) {
            headers.insert("Retry-After".into(), header("RetryAfter"));
        }
        if kind == Kind::Method {
            headers.insert("Allow".into(), header("Allow"));
        }
        if !headers.is_empty() {
            response["headers"] = Value::Object(headers);
        }
        (kind.name().to_owned(), response)
    });
    let responses: Map<String, Value> = responses.collect();
    let mut named = taken.take_definitions(true);
    named.extend(schemas.take_definitions(true));
    let mut document = json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "rawi",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Who said what in Arabic news, to whom, through what and when",
            "description": about(options),
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {
            "schemas": named,
            "responses": responses,
            "headers": headers(options),
        },
    });
    without_places(&mut document);
    document
}

/// Says of a list with a schema for each place only what its values may be: programs that
/// check answers take such lists for none.
fn without_places(value: &mut Value) {
    match value {
        Value::Object(all) => {
            if let Some(places) = all.remove("prefixItems") {
                all.insert("items".to_owned(), json!({"anyOf": places}));
            }
            all.values_mut().for_each(without_places);
        }
        Value::Array(list) => list.iter_mut().for_each(without_places),
        _ => {}
    }
}

fn about(options: &Options) -> String {
    let rate = match options.rate {
        0 => "Requests are not bounded by their number.".to_owned(),
        rate => format!(
            "One address may make {rate} requests a second on average, and ten times as many \
             at once; `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` tell what \
             is left, and answers with status 429 when to ask again.",
        ),
    };
    format!(
        "What the pages answer, for programs. Nothing is written.\n\n\
         **Limits.** {rate} An answer takes {} seconds at most, else its status is 503; exports \
         may take longer, {} at a time. A body has {} bytes at most.\n\n\
         **Pages.** `next` of an answer is the `cursor` of the one after it, which also stands \
         in the header `Link`.\n\n\
         **Tags.** Every answer to GET has an `ETag` that changes with the archive; with it in \
         `If-None-Match` the status is 304 as long as nothing has changed.\n\n\
         **Problems.** Whatever goes wrong is told as `application/problem+json` (RFC 9457). \
         An unknown parameter is a problem, never passed over.\n\n\
         **Offsets** count Unicode code points from 0, the end exclusive, in the text with the \
         hash that stands beside them.",
        options.patience.as_secs(),
        super::EXPORTS,
        options.largest_body,
    )
}

fn operation(op: &Operation, schemas: &mut SchemaGenerator, taken: &mut SchemaGenerator) -> Value {
    let parameters: Vec<Value> = (op.parameters)().iter().map(parameter).collect();
    let mut responses = Map::new();
    let mut answer = json!({
        "description": op.said.en,
        "headers": answer_headers(op),
        "content": (op.answer)(schemas),
    });
    if !op.links.is_empty() {
        answer["links"] = links(op);
    }
    responses.insert("200".into(), answer);
    if op.method == Method::Get {
        let unchanged = json!({
            "description": "Nothing has changed since the answer with this tag",
            "headers": {"ETag": header("ETag")},
        });
        responses.insert("304".into(), unchanged);
    }
    let mut by_status: BTreeMap<u16, Vec<Kind>> = BTreeMap::new();
    for kind in ALWAYS.iter().chain(op.problems) {
        by_status.entry(kind.status()).or_default().push(*kind);
    }
    for (status, kinds) in by_status {
        // Both kinds of one status are described alike.
        let name = kinds[0].name();
        let response = json!({"$ref": format!("#/components/responses/{name}")});
        responses.insert(status.to_string(), response);
    }
    let mut described = json!({
        "operationId": op.id,
        "summary": op.said.en,
        "description": op.more.en,
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = op.body {
        described["requestBody"] = json!({
            "description": body.about.en,
            "required": true,
            "content": {
                "application/json": {
                    "schema": (body.schema)(taken),
                    "example": (body.example)(),
                },
                "text/plain": {"schema": {"type": "string"}, "example": body.text},
            },
        });
    }
    described
}

fn parameter(parameter: &Parameter) -> Value {
    let one = parameter.schema();
    let schema = match parameter.repeated {
        true => json!({"type": "array", "items": one, "minItems": 1}),
        false => one,
    };
    let mut described = json!({
        "name": parameter.name,
        "in": if parameter.in_path { "path" } else { "query" },
        "description": parameter.said.en,
        "required": parameter.in_path,
        "schema": schema,
    });
    if parameter.repeated {
        described["explode"] = true.into();
    }
    if !parameter.example.is_empty() {
        described["example"] = match parameter.repeated {
            true => json!([parameter.example]),
            false => json!(parameter.example),
        };
    }
    described
}

fn links(op: &Operation) -> Value {
    let links = op.links.iter().map(|(name, operation, parameter, place)| {
        let link = json!({"operationId": operation, "parameters": {*parameter: place}});
        ((*name).to_owned(), link)
    });
    Value::Object(links.collect())
}

fn header(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

fn answer_headers(op: &Operation) -> Value {
    let mut headers = Map::new();
    let rate = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];
    for name in rate {
        headers.insert(name.into(), header(&name.replace('-', "")));
    }
    if op.method == Method::Get {
        headers.insert("ETag".into(), header("ETag"));
    }
    if op.paged {
        headers.insert("Link".into(), header("Link"));
    }
    Value::Object(headers)
}

fn headers(options: &Options) -> Value {
    let text = |about: &str| json!({"description": about, "schema": {"type": "string"}});
    let number = |about: &str| {
        let schema = json!({"type": "integer", "minimum": 0});
        json!({"description": about, "schema": schema})
    };
    let mut headers = json!({
        "ETag": text("Changes whenever the answer may have changed."),
        "Link": text("Where the next page is, as `rel=\"next\"`."),
        "Allow": text("The methods that the address knows."),
        "RetryAfter": number("In how many seconds to ask again."),
        "RateLimitRemaining": number("How many requests may be made now."),
        "RateLimitReset": number("In how many seconds all may be made again."),
    });
    let limit = number("How many requests may be made at once.");
    headers["RateLimitLimit"] = limit;
    if options.rate > 0 {
        headers["RateLimitLimit"]["example"] = crate::guard::burst(options.rate).into();
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Value {
        document(&Options::new("news.rawi".into()))
    }

    /// Every `$ref` of a value.
    fn references<'v>(value: &'v Value, all: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(to)) = map.get("$ref") {
                    all.push(to);
                }
                map.values().for_each(|v| references(v, all));
            }
            Value::Array(list) => list.iter().for_each(|v| references(v, all)),
            _ => {}
        }
    }

    #[test]
    fn references_lead_somewhere_and_everything_is_described() {
        let document = made();
        let mut all = Vec::new();
        references(&document, &mut all);
        assert!(all.len() > 100);
        for to in all {
            let place = to.strip_prefix('#').unwrap();
            assert!(document.pointer(place).is_some(), "{to}");
        }
        let named = [
            "Reading",
            "Statement",
            "StatementHit",
            "Variants",
            "Portrait",
            "Problem",
        ];
        for name in named {
            let schema = &document["components"]["schemas"][name];
            assert!(schema["description"].is_string(), "{name}");
        }
        // Words that lead to code lead nowhere in a document.
        assert!(!document.to_string().contains("[`"));
    }

    #[test]
    fn links_lead_to_operations_and_their_parameters() {
        for op in OPERATIONS {
            for (_, to, parameter, _) in op.links {
                let to = OPERATIONS.iter().find(|op| op.id == *to).unwrap();
                assert!((to.parameters)().iter().any(|p| p.name == *parameter));
            }
        }
    }
}
