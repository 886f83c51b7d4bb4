//! `POST /check`: whether a quotation stands in the archive, and who said it.

use rawi_archive::quotes::{Checked, Checker, quotations};
use rawi_pages::Desk;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::operation::{Answer, Asked, Body, Given, Method, Operation, Run, json_of, nothing};
use super::parameter::Said;
use super::problem::{self, Problem};

/// The most quotations of one text.
const MOST: usize = 200;

/// `POST /check`.
pub const CHECK: Operation = Operation {
    id: "check",
    method: Method::Post,
    path: "/check",
    said: Said {
        en: "Check whether a quotation stands in the archive, and whose it is",
        ar: "تحقق من وجود اقتباس في الأرشيف ومن قائله",
    },
    more: Said {
        en: "Send one quotation with or without a speaker, or a text (also as `text/plain`): \
        then each quotation between its marks is checked, with the speaker that the text \
        names. Names are compared with care: anything doubtful is not right.",
        ar: "أرسل اقتباسًا واحدًا مع قائله أو دونه، أو نصًّا (أيضًا text/plain): فيُفحص كل اقتباس بين علامتيه مع القائل الذي يذكره النص. تقارَن الأسماء بحذر: ما فيه شك ليس صحيحًا.",
    },
    parameters: nothing,
    body: Some(Body {
        schema,
        about: Said {
            en: "A quotation, or a text with quotations.",
            ar: "اقتباس، أو نص فيه اقتباسات.",
        },
        example,
        text: "قال وزير النقل سالم البدري إن «توسعة الميناء ستبدأ في آذار».",
    }),
    answer: json_of::<Findings>,
    paged: false,
    problems: &[
        problem::Kind::Body,
        problem::Kind::TooLarge,
        problem::Kind::MediaType,
        problem::Kind::Query,
    ],
    links: &[],
    run: Run::Desk(check),
};

fn schema(schemas: &mut SchemaGenerator) -> Value {
    let quotation = schemas.subschema_for::<Quotation>();
    let text = schemas.subschema_for::<Text>();
    json!({"oneOf": [quotation, text]})
}

fn example() -> Value {
    json!({"quotation": "توسعة الميناء ستبدأ في آذار", "speaker": "سالم البدري"})
}

/// A quotation.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Quotation {
    /// The words, without marks around them; an ellipsis parts them.
    quotation: String,
    /// Who is said to have said it.
    speaker: Option<String>,
}

/// A text with quotations between marks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Text {
    /// The text.
    text: String,
}

/// What became of quotations.
#[derive(Serialize, JsonSchema)]
struct Findings {
    /// Whether each of them holds: word for word or cut, and said by who is named.
    holds: bool,
    /// The quotations, in the order of the text.
    quotations: Vec<Found>,
}

/// What became of one quotation.
#[derive(Serialize, JsonSchema)]
struct Found {
    /// Of a text: its first code point in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    /// One past the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    #[serde(flatten)]
    checked: Checked,
}

fn check(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let text = match &asked.body {
        Given::Nothing => return Err(Problem::of(problem::Kind::Body, "there is no body")),
        Given::Text(text) => text.clone(),
        Given::Json(json) => match super::parsed::<Value>(json)?.get("text") {
            Some(_) => super::parsed::<Text>(json)?.text,
            None => {
                let given: Quotation = super::parsed(json)?;
                let mut checker = Checker::new(desk.archive)?;
                let checked = checker.check(&given.quotation, given.speaker.as_deref())?;
                return found(vec![Found {
                    start: None,
                    end: None,
                    checked,
                }]);
            }
        },
    };
    let all = quotations(&mut desk.worker, &text)?;
    if all.len() > MOST {
        let what = format!("the text has {} quotations", all.len());
        return Err(
            Problem::of(problem::Kind::Query, what).hint(format!("send up to {MOST} at once"))
        );
    }
    let mut checker = Checker::new(desk.archive)?;
    let checked = all.into_iter().map(|quoted| {
        let checked = checker.check(&quoted.quotation, quoted.speaker.as_deref())?;
        Ok(Found {
            start: Some(quoted.start),
            end: Some(quoted.end),
            checked,
        })
    });
    found(checked.collect::<Result<_, Problem>>()?)
}

fn found(quotations: Vec<Found>) -> Result<Answer, Problem> {
    Answer::of(&Findings {
        holds: quotations.iter().all(|found| found.checked.finding.holds()),
        quotations,
    })
}
