//! The tools: what each is called, takes and gives, and who answers.

mod check;
mod check_text;
mod events;
mod info;
mod part;
mod people;
mod person;
mod read;
mod search;
mod statement;
mod variants;

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::answer::Problem;
use crate::desk::Desk;
use crate::plain::Lines;

pub use part::QUOTED;

/// A question with its parts, as JSON has them.
trait Question: DeserializeOwned + JsonSchema + Send + 'static {
    /// The name of the tool.
    const NAME: &'static str;
    /// What people call it.
    const TITLE: &'static str;
    /// What an assistant is told of it.
    const ABOUT: &'static str;
    /// What is given.
    type Answer: Serialize + JsonSchema + 'static;

    /// Answers it.
    fn answer(self, desk: &mut Desk<'_>) -> Result<Self::Answer, Problem>;

    /// The answer in lines.
    fn tell(answer: &Self::Answer, lines: &mut Lines);
}

/// A tool and what answers it.
pub struct Entry {
    /// As it is listed.
    pub tool: Tool,
    /// Answers it.
    pub call: fn(JsonObject, &mut Desk<'_>) -> Result<CallToolResult, Problem>,
}

/// All tools, in the order in which they are listed.
pub fn all() -> Vec<Entry> {
    vec![
        entry::<search::Search>(),
        entry::<statement::Get>(),
        entry::<check::Check>(),
        entry::<check_text::CheckText>(),
        entry::<variants::Find>(),
        entry::<events::Search>(),
        entry::<people::Find>(),
        entry::<person::Get>(),
        entry::<read::Read>(),
        entry::<info::Info>(),
    ]
}

fn entry<Q: Question>() -> Entry {
    let reads = ToolAnnotations::new()
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    Entry {
        tool: Tool::new(Q::NAME, Q::ABOUT, JsonObject::new())
            .with_input_schema::<Q>()
            .with_output_schema::<Q::Answer>()
            .with_title(Q::TITLE)
            .with_annotations(reads),
        call: |given, desk| {
            let question: Q = serde_json::from_value(Value::Object(given)).map_err(|e| {
                Problem::new(
                    e.to_string(),
                    format!("the input schema of {} says what it takes", Q::NAME),
                )
            })?;
            let answer = question.answer(desk)?;
            let mut lines = Lines::default();
            Q::tell(&answer, &mut lines);
            let value = serde_json::to_value(&answer)
                .map_err(|e| Problem::new(e.to_string(), "this is a fault of rawi's own"))?;
            let mut result = CallToolResult::structured(value);
            result.content = vec![ContentBlock::text(lines.text())];
            Ok(result)
        },
    }
}
