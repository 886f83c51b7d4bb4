//! Readings against the schema of the contract.

use rawi::{Article, Reader, Reading};
use schemars::generate::SchemaSettings;
use serde_json::Value;

fn samples() -> impl Iterator<Item = Article> {
    let lines = include_str!("../../../samples/articles.jsonl").lines();
    lines.map(|line| {
        let json: Value = serde_json::from_str(line).expect("the samples are JSON");
        let field = |name: &str| json[name].as_str().expect("the field is there").to_owned();
        let mut article = Article::new(field("id"), field("text"))
            .with_published(field("date"))
            .with_outlet(field("source"));
        article.title = Some(field("title"));
        article
    })
}

/// The schema, closed: a field that it doesn't name is an error.
fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<Reading<'_>>();
    let mut schema = schema.to_value();
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(all) => {
            if all.contains_key("properties") {
                all.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            all.values_mut().for_each(close);
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn every_sample_is_as_the_schema_says() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    for explained in [false, true] {
        let reader = Reader::new().expect("the reader opens");
        let mut worker = reader.with_explanations(explained).worker();
        for article in samples() {
            let reading = worker.read(&article).expect("the samples can be read");
            assert!(reading.headline.is_some());
            let json = serde_json::to_value(&reading).expect("a reading is JSON");
            let wrong: Vec<String> = validator
                .iter_errors(&json)
                .map(|e| format!("{}: {e}", e.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", article.id);
        }
    }
}

#[test]
fn what_is_no_reading_is_refused() {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is one");
    let reader = Reader::new().expect("the reader opens");
    let article = samples().next().expect("there are samples");
    let reading = reader.read(&article).expect("the samples can be read");
    let good = serde_json::to_value(&reading).expect("a reading is JSON");
    assert!(validator.is_valid(&good));
    for (place, value) in [
        ("/published", "12.2.2025"),
        ("/text_sha256", "ABC"),
        ("/statements/0/id", "s0"),
        ("/statements/0/act", "shout"),
        ("/statements/0/confidence", "high"),
        ("/events/0/type", "QUARREL"),
        ("/times/0/value", "tomorrow"),
        ("/entities/0/type", "DOG"),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(place).expect("the place is there") = value.into();
        assert!(!validator.is_valid(&bad), "{place}");
    }
    let mut short = good;
    short.as_object_mut().map(|all| all.remove("engine"));
    assert!(!validator.is_valid(&short));
}
