//! Mistakes in an annotation that a program can see.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::gold::{Annotation, Event, Statement};
use crate::input::Articles;

const ANNOTATION: &[&str] = &["id", "statements", "events", "entities", "times"];
const STATEMENT: &[&str] = &[
    "form",
    "content",
    "cue",
    "source",
    "speaker",
    "addressee",
    "channel",
    "in",
];
const EVENT: &[&str] = &[
    "type",
    "trigger",
    "actors",
    "recipients",
    "status",
    "claimed_by",
    "date",
    "place",
];
const FORMS: &[&str] = &["quote", "clause", "nominal"];
const STATUSES: &[&str] = &[
    "happened",
    "future",
    "hypothetical",
    "negated",
    "historical",
];
const ENTITY_TYPES: &[&str] = &["PER", "ORG", "GPE", "GROUP"];
/// PLOVER 2.0.
const EVENT_TYPES: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The problems of an annotation, each one line that begins with the article's
/// id.
pub(crate) fn annotation(articles: &Articles, list: &[Value]) -> Vec<String> {
    let mut problems = Vec::new();
    for value in list {
        let id = value["id"].as_str().unwrap_or("(no id)");
        let found = match articles.get(id) {
            None => vec!["unknown id".to_owned()],
            Some(article) => Checker::check(article.text.as_str(), value),
        };
        problems.extend(found.into_iter().map(|problem| format!("{id}: {problem}")));
    }
    problems
}

/// One article under inspection.
struct Checker<'a> {
    text: &'a str,
    names: BTreeSet<&'a str>,
    problems: Vec<String>,
}

impl Checker<'_> {
    fn check(text: &str, value: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        keys(&mut problems, "", value, ANNOTATION);
        for (list, of, expected) in [
            ("statements", "statement", STATEMENT),
            ("events", "event", EVENT),
        ] {
            for (k, item) in value[list].as_array().into_iter().flatten().enumerate() {
                keys(&mut problems, &format!("{of} {k} "), item, expected);
            }
        }
        let annotation: Annotation = match serde_json::from_value(value.clone()) {
            Ok(annotation) => annotation,
            Err(e) => {
                problems.push(e.to_string());
                return problems;
            }
        };
        let mut checker = Checker {
            text,
            names: annotation
                .entities
                .iter()
                .map(|e| e.name.as_str())
                .collect(),
            problems,
        };
        for (k, statement) in annotation.statements.iter().enumerate() {
            checker.statement(k, statement, annotation.statements.len());
        }
        for (k, event) in annotation.events.iter().enumerate() {
            checker.event(k, event);
        }
        for entity in &annotation.entities {
            checker.one_of("entity type", &entity.kind, ENTITY_TYPES);
            for mention in &entity.mentions {
                checker.mention("mention", mention);
            }
            checker.mention("entity name", &entity.name);
        }
        for time in &annotation.times {
            checker.span("time", &time.text);
        }
        checker.problems
    }

    fn statement(&mut self, k: usize, statement: &Statement, statements: usize) {
        let at = |what: &str| format!("statement {k} {what}");
        self.one_of(&at("form"), &statement.form, FORMS);
        if statement.content.is_empty() {
            self.problems.push(at("empty content"));
        }
        for piece in &statement.content {
            self.span(&at("content"), piece);
            if piece != piece.trim() {
                self.problems.push(at("content has outer space"));
            }
        }
        for (what, span) in [
            ("cue", &statement.cue),
            ("source", &statement.source),
            ("channel", &statement.channel),
        ] {
            if let Some(span) = span {
                self.span(&at(what), span);
            }
        }
        if let Some(speaker) = &statement.speaker {
            self.named(&at("speaker"), speaker);
        }
        for addressee in &statement.addressee {
            self.named(&at("addressee"), addressee);
        }
        if let Some(outer) = statement.outer.filter(|&o| o >= statements || o == k) {
            self.problems.push(at(&format!("in {outer}")));
        }
    }

    fn event(&mut self, k: usize, event: &Event) {
        let at = |what: &str| format!("event {k} {what}");
        self.one_of(&at("type"), &event.kind, EVENT_TYPES);
        self.span(&at("trigger"), &event.trigger);
        self.one_of(&at("status"), &event.status, STATUSES);
        if event.actors.is_empty() && event.recipients.is_empty() {
            self.problems.push(at("nobody"));
        }
        let parties = event.actors.iter().chain(&event.recipients);
        for name in parties.chain(&event.claimed_by) {
            self.named(&at("name"), name);
        }
    }

    fn span(&mut self, what: &str, span: &str) {
        if !self.text.contains(span) {
            self.problems.push(format!("{what} not in text: '{span}'"));
        }
    }

    /// As [`Checker::span`], where `ل` may have swallowed the `ا` of the article.
    fn mention(&mut self, what: &str, mention: &str) {
        let contracted = mention.strip_prefix("ال").map(|rest| format!("لل{rest}"));
        if !contracted.is_some_and(|c| self.text.contains(&c)) {
            self.span(what, mention);
        }
    }

    fn named(&mut self, what: &str, name: &str) {
        if !self.names.contains(name) {
            self.problems
                .push(format!("{what} not among entities: '{name}'"));
        }
    }

    fn one_of(&mut self, what: &str, value: &str, values: &[&str]) {
        if !values.contains(&value) {
            self.problems.push(format!("{what} {value}"));
        }
    }
}

fn keys(problems: &mut Vec<String>, what: &str, value: &Value, expected: &[&str]) {
    let has: BTreeSet<&str> = value
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys().map(String::as_str))
        .collect();
    if has != expected.iter().copied().collect() {
        let has: Vec<&str> = has.into_iter().collect();
        problems.push(format!("{what}keys {}", has.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn problems(value: Value) -> Vec<String> {
        let article = crate::input::article_of("a", "قالت سعاد المرزوقي للصحفيين إن المتحف مفتوح.");
        annotation(&Articles::from([article]), &[value])
    }

    fn good() -> Value {
        json!({
            "id": "a",
            "statements": [{
                "form": "clause", "content": ["إن المتحف مفتوح"], "cue": "قالت",
                "source": "سعاد المرزوقي", "speaker": "سعاد المرزوقي",
                "addressee": ["الصحفيين"], "channel": null, "in": null,
            }],
            "events": [{
                "type": "CONSULT", "trigger": "مفتوح", "actors": ["سعاد المرزوقي"],
                "recipients": [], "status": "happened", "claimed_by": null,
                "date": null, "place": null,
            }],
            "entities": [
                {"name": "سعاد المرزوقي", "type": "PER", "mentions": ["سعاد"]},
                {"name": "الصحفيين", "type": "GROUP", "mentions": ["الصحفيين"]},
            ],
            "times": [],
        })
    }

    #[test]
    fn a_good_annotation_has_no_problem() {
        assert_eq!(problems(good()), [""; 0]);
    }

    #[test]
    fn each_mistake_is_named() {
        let cases: &[(&str, Value, &[&str])] = &[
            ("/id", json!("b"), &["b: unknown id"]),
            (
                "/statements/0/form",
                json!("speech"),
                &["a: statement 0 form speech"],
            ),
            (
                "/statements/0/content",
                json!([]),
                &["a: statement 0 empty content"],
            ),
            (
                "/statements/0/content/0",
                json!("المتحف "),
                &["a: statement 0 content has outer space"],
            ),
            (
                "/statements/0/cue",
                json!("أكدت"),
                &["a: statement 0 cue not in text: 'أكدت'"],
            ),
            (
                "/statements/0/speaker",
                json!("سعاد"),
                &["a: statement 0 speaker not among entities: 'سعاد'"],
            ),
            ("/statements/0/in", json!(0), &["a: statement 0 in 0"]),
            ("/statements/0/in", json!(4), &["a: statement 0 in 4"]),
            ("/events/0/type", json!("SAY"), &["a: event 0 type SAY"]),
            ("/events/0/actors", json!([]), &["a: event 0 nobody"]),
            (
                "/events/0/status",
                json!("past"),
                &["a: event 0 status past"],
            ),
            ("/entities/0/type", json!("CITY"), &["a: entity type CITY"]),
            (
                "/entities/0/mentions/0",
                json!("ندى"),
                &["a: mention not in text: 'ندى'"],
            ),
            (
                "/times",
                json!([{"text": "أمس", "value": null}]),
                &["a: time not in text: 'أمس'"],
            ),
            (
                "/events/0",
                json!({"type": "CONSULT"}),
                &["a: event 0 keys type", "a: missing field `trigger`"],
            ),
        ];
        for (place, value, expected) in cases {
            let mut wrong = good();
            if let Some(place) = wrong.pointer_mut(place) {
                *place = value.clone();
            }
            assert_eq!(problems(wrong), *expected, "{place}");
        }
    }
}
