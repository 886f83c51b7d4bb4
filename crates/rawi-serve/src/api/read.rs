//! `POST /read`: articles in, readings out; nothing is kept.

use rawi::reading::Reading as Of;
use rawi::{Article, Error, Reader, Worker};
use rawi_pages::Desk;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::operation::{Answer, Asked, Body, Given, Method, Operation, Run, json_of};
use super::parameter::{Kind, Parameter, Said};
use super::problem::{self, Problem};

/// The most articles of one request.
const MOST: usize = 100;

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::one(
            "explain",
            Kind::Flag,
            "Whether each statement and event tells why it reads as it does.",
            "هل يُذكر مع كل قول وحدث سبب قراءته على هذا النحو.",
        ),
        Parameter::one(
            "min_confidence",
            Kind::Share,
            "Leave out statements and events below this confidence, from 0 to 1.",
            "إسقاط ما تقل درجة قراءته عن هذا الحد، من 0 إلى 1.",
        ),
    ]
}

/// `POST /read`.
pub const READ: Operation = Operation {
    id: "read",
    method: Method::Post,
    path: "/read",
    said: Said {
        en: "Read articles: who said what; nothing is kept",
        ar: "اقرأ مقالات: من قال ماذا؛ لا يُحفظ شيء",
    },
    more: Said {
        en: "One article is answered with its reading, a list of up to 100 with `readings` in the \
        same order. A body of type `text/plain` is the text of one article.",
        ar: "مقال واحد جوابه قراءته، وقائمة إلى 100 مقال جوابها readings بالترتيب نفسه. وجسم من نوع text/plain هو نص مقال واحد.",
    },
    parameters,
    body: Some(Body {
        schema,
        about: Said {
            en: "An article, a list of articles, or a text.",
            ar: "مقال، أو قائمة مقالات، أو نص.",
        },
        example,
        text: "قال وزير النقل سالم البدري الأحد إن توسعة الميناء «ستبدأ في آذار».",
    }),
    answer: json_of::<Answered>,
    paged: false,
    problems: &[
        problem::Kind::Body,
        problem::Kind::TooLarge,
        problem::Kind::MediaType,
        problem::Kind::Query,
    ],
    links: &[],
    run: Run::Desk(read),
};

fn schema(schemas: &mut SchemaGenerator) -> Value {
    let one = schemas.subschema_for::<ArticleGiven>();
    json!({"oneOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": MOST}]})
}

fn example() -> Value {
    json!({
        "id": "a-1",
        "title": "البدري: توسعة الميناء تبدأ في آذار",
        "text": READ.body.map_or("", |body| body.text),
        "published": "2026-02-15",
        "outlet": "وكالة الضفاف",
    })
}

/// An article to be read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ArticleGiven {
    /// Whatever names it for you; the reading carries it on.
    #[serde(default)]
    id: String,
    /// Its headline, read by itself.
    title: Option<String>,
    /// Its text. All offsets of the reading count its code points.
    text: String,
    /// Its day of publication, `YYYY-MM-DD`. Without one the text's own date line counts.
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    published: Option<String>,
    /// Who published it.
    outlet: Option<String>,
}

/// A reading, or as many as there were articles.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum Answered {
    /// Of one article.
    One(Box<Of<'static>>),
    /// Of a list.
    List {
        /// In the order of the articles.
        readings: Vec<Of<'static>>,
    },
}

fn read(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let explained = match asked.values.flag("explain") {
        true => Some(
            Reader::new()
                .map_err(broken)?
                .with_explanations(true)
                .worker(),
        ),
        false => None,
    };
    let mut explained = explained;
    let worker = explained.as_mut().unwrap_or(&mut desk.worker);
    let least = asked.values.number("min_confidence");
    match &asked.body {
        Given::Nothing => Err(Problem::of(problem::Kind::Body, "there is no body")),
        Given::Text(text) => {
            let article = Article::new("", text);
            let reading = reading(worker, &article, least, "")?;
            Answer::of(&Answered::One(Box::new(reading)))
        }
        Given::Json(json) if is_list(json) => {
            let given: Vec<ArticleGiven> = super::parsed(json)?;
            if given.is_empty() || given.len() > MOST {
                let what = format!("there are {} articles; send 1 to {MOST}", given.len());
                return Err(Problem::of(problem::Kind::Query, what).pointing(""));
            }
            let mut readings = Vec::with_capacity(given.len());
            for (at, given) in given.into_iter().enumerate() {
                let place = format!("/{at}");
                readings.push(reading(worker, &given.article(&place)?, least, &place)?);
            }
            Answer::of(&Answered::List { readings })
        }
        Given::Json(json) => {
            let given: ArticleGiven = super::parsed(json)?;
            let reading = reading(worker, &given.article("")?, least, "")?;
            Answer::of(&Answered::One(Box::new(reading)))
        }
    }
}

fn is_list(json: &[u8]) -> bool {
    json.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'[')
}

impl ArticleGiven {
    /// The article, if its day is written as a day is.
    fn article(self, place: &str) -> Result<Article, Problem> {
        let is_day = |day: &str| {
            let parts: Vec<usize> = day.split('-').map(str::len).collect();
            parts == [4, 2, 2] && day.bytes().all(|b| b == b'-' || b.is_ascii_digit())
        };
        if let Some(day) = self.published.as_deref().filter(|day| !is_day(day)) {
            let what = format!("`{}` is no day", day.chars().take(40).collect::<String>());
            return Err(Problem::of(problem::Kind::Query, what)
                .pointing(format!("{place}/published"))
                .hint("write YYYY-MM-DD"));
        }
        Ok(Article {
            id: self.id,
            text: self.text,
            title: self.title,
            published: self.published,
            outlet: self.outlet,
        })
    }
}

/// The reading of one article, which stood at a place of the body.
fn reading(
    worker: &mut Worker,
    article: &Article,
    least: Option<f64>,
    place: &str,
) -> Result<Of<'static>, Problem> {
    let mut reading = worker.read(article).map_err(|error| match error {
        Error::PublishedDate { .. } => Problem::of(problem::Kind::Query, error.to_string())
            .pointing(format!("{place}/published")),
        Error::Text(_) => {
            Problem::of(problem::Kind::Query, error.to_string()).pointing(format!("{place}/text"))
        }
        Error::Model(_) => broken(error),
    })?;
    if let Some(least) = least {
        reading.drop_below(least);
    }
    Ok(reading.into_owned())
}

fn broken(error: Error) -> Problem {
    tracing::error!(%error, "articles cannot be read");
    Problem::of(problem::Kind::Fault, "articles cannot be read")
}
