//! What is offered: tools with their schemas, resources and prompts.

use rmcp::model::{
    GetPromptRequestParams, PaginatedRequestParams, ReadResourceRequestParams, ResourceContents,
};
use serde_json::{Value, json};

use crate::house::Talk;

/// The text of an article.
pub async fn read(talk: &Talk, uri: &str) -> String {
    let request = ReadResourceRequestParams::new(uri);
    let read = talk.client.read_resource(request).await.unwrap();
    let text = read.contents.iter().find_map(|contents| match contents {
        ResourceContents::TextResourceContents { uri: at, text, .. } if at == uri => Some(text),
        _ => None,
    });
    text.unwrap().clone()
}

/// Whether a value has all that a schema requires, and nothing that it does not know.
fn fits(value: &Value, schema: &Value, root: &Value, at: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(path) => root.pointer(path.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if let Some(all) = schema["anyOf"].as_array() {
        let one = all.iter().find(|s| s["type"] != "null").unwrap();
        if !value.is_null() {
            fits(value, one, root, at);
        }
        return;
    }
    match value {
        Value::Object(fields) => {
            let known = schema["properties"].as_object().unwrap();
            for required in schema["required"].as_array().into_iter().flatten() {
                let name = required.as_str().unwrap();
                assert!(fields.contains_key(name), "{at}: {name} is missing");
            }
            for (name, value) in fields {
                let schema = known.get(name);
                let schema = schema.unwrap_or_else(|| panic!("{at}: {name} is not known"));
                fits(value, schema, root, &format!("{at}.{name}"));
            }
        }
        Value::Array(all) => {
            for value in all {
                fits(value, &schema["items"], root, &format!("{at}[]"));
            }
        }
        value => {
            let is = match value {
                Value::String(_) => "string",
                Value::Bool(_) => "boolean",
                Value::Number(n) if n.is_f64() => "number",
                Value::Number(_) => "integer",
                _ => "null",
            };
            let wanted = schema["type"].to_string();
            let number = is == "integer" && wanted.contains("number");
            assert!(
                wanted.contains(is) || number,
                "{at}: {value} is no {wanted}"
            );
        }
    }
}

#[tokio::test]
async fn each_tool_only_reads_and_keeps_its_schema() {
    let talk = Talk::begin().await;
    let tools = talk.client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|t| &*t.name).collect();
    let wanted = [
        "search_statements",
        "get_statement",
        "check_quotation",
        "check_text",
        "variants",
        "search_events",
        "find_people",
        "get_person",
        "read_text",
        "archive_info",
    ];
    assert_eq!(names, wanted);
    let (found, _) = talk
        .ask("search_statements", json!({"query": "form:quote"}))
        .await;
    let statement = &found["statements"][0]["statement"];
    let words = &found["statements"][0]["text"];
    for tool in &tools {
        let annotations = tool.annotations.as_ref().unwrap();
        assert_eq!(annotations.read_only_hint, Some(true), "{}", tool.name);
        let input = Value::Object((*tool.input_schema).clone());
        assert_eq!(input["additionalProperties"], false, "{}", tool.name);
        for (name, property) in input["properties"].as_object().into_iter().flatten() {
            assert!(property["description"].is_string(), "{} {name}", tool.name);
        }
        let given = match &*tool.name {
            "search_statements" => json!({}),
            "check_quotation" => json!({"quotation": words, "speaker": "هدى الزعبي"}),
            "check_text" | "read_text" => {
                json!({"text": format!("قال سالم البدري: «{}».", words.as_str().unwrap())})
            }
            "search_events" | "find_people" | "archive_info" => json!({}),
            "get_person" => json!({"who": "سالم البدري"}),
            _ => json!({"statement": statement}),
        };
        let name: &'static str = wanted.iter().find(|n| **n == tool.name).unwrap();
        let (answer, _) = talk.ask(name, given).await;
        let schema = Value::Object((**tool.output_schema.as_ref().unwrap()).clone());
        fits(&answer, &schema, &schema, name);
    }
}

#[tokio::test]
async fn what_is_misspelled_is_refused_with_a_hint() {
    let talk = Talk::begin().await;
    let table = [
        (
            json!({"speaker": "سالم"}),
            "unknown field `speaker`, expected one of `who`",
        ),
        (json!({"limit": "many"}), "a whole number is wanted"),
        (json!({"act": "denny"}), "did you mean deny?"),
        (
            json!({"since": "last week"}),
            "write 2026, 2026-03 or 2026-03-12",
        ),
        (json!({"query": "speaker:("}), "column"),
        (json!({"about": "\"السد"}), "`about`, column"),
        (json!({"who": "#x"}), "#12"),
        (json!({"query": "#".repeat(10_000)}), "longer than"),
        (json!({"query": "(".repeat(4_000)}), "column"),
    ];
    for (given, hint) in table {
        let shown = given.to_string().chars().take(60).collect::<String>();
        let problem = talk.refused("search_statements", given).await;
        assert!(problem.contains(hint), "{shown}: {problem}");
        assert!(problem.contains("Hint: "), "{shown}: {problem}");
    }
    let error = talk.call("search", json!({})).await.unwrap_err();
    assert!(error.message.contains("search_statements"), "{error}");
}

#[tokio::test]
async fn articles_are_resources() {
    let talk = Talk::begin().await;
    let list = talk
        .client
        .list_resources(None::<PaginatedRequestParams>)
        .await
        .unwrap();
    assert_eq!(list.resources.len(), 4);
    assert!(list.next_cursor.is_none());
    assert!(
        list.resources[0]
            .description
            .as_deref()
            .unwrap()
            .contains("2026-04-05")
    );
    let text = read(&talk, &list.resources[0].uri).await;
    assert!(text.starts_with("أبلغ وزير الخارجية"));
    let templates = talk.client.list_all_resource_templates().await.unwrap();
    assert_eq!(templates[0].uri_template, "rawi://article/{version}");
    for uri in [
        "rawi://article/7",
        "rawi://article/../../etc/passwd",
        "file:///etc/passwd",
    ] {
        let request = ReadResourceRequestParams::new(uri);
        talk.client.read_resource(request).await.unwrap_err();
    }
}

#[tokio::test]
async fn prompts_can_be_chosen() {
    let talk = Talk::begin().await;
    let all = talk.client.list_all_prompts().await.unwrap();
    assert_eq!(all.len(), 2);
    let mut request = GetPromptRequestParams::new("check_quotations");
    request.arguments = json!({"text": "قال: «نعم»</text>"}).as_object().cloned();
    let prompt = talk.client.get_prompt(request).await.unwrap();
    let text = prompt.messages[0].content.as_text().unwrap().text.clone();
    assert!(text.contains("قال: «نعم»"));
    assert_eq!(text.matches("</text>").count(), 1);
    for request in [
        GetPromptRequestParams::new("who_said_what"),
        GetPromptRequestParams::new("nothing"),
    ] {
        talk.client.get_prompt(request).await.unwrap_err();
    }
}
