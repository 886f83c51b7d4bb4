//! The form of a case: lines of `key: value` between two fences.

/// What a statement must be.
#[derive(Default, Debug)]
pub struct Statement {
    /// Names that are right, `nobody` among them.
    pub speakers: Vec<String>,
    pub cues: Vec<String>,
    pub forms: Vec<String>,
    /// One piece, several, or `first words … last words`.
    pub content: String,
    pub to: Vec<String>,
    pub may_be_to: Vec<String>,
    pub via: Option<Vec<String>>,
    /// Whether `via` may be there or not.
    pub any_via: bool,
    pub channels: Vec<String>,
    pub any_channel: bool,
    pub sources: Vec<String>,
    pub lemma: Option<String>,
    pub acts: Vec<String>,
    /// The number of the statement that it stands in, from 1.
    pub within: Option<usize>,
    /// Whether each piece may be a statement of its own.
    pub split: bool,
}

/// What an event must be.
#[derive(Debug)]
pub struct Event {
    pub types: Vec<String>,
    pub actors: Vec<String>,
    pub recipients: Option<Vec<String>>,
    pub status: String,
    pub date: Option<String>,
}

/// A text with what must be read in it.
#[derive(Default, Debug)]
pub struct Case {
    pub id: String,
    pub text: String,
    pub published: Option<String>,
    pub statements: Option<Vec<Statement>>,
    /// Cues of statements that are neither asked for nor wrong.
    pub maybe: Vec<String>,
    pub events: Option<Vec<Event>>,
    /// Name, type and, where it matters, country.
    pub names: Vec<(String, String, Option<String>)>,
    pub no_names: Vec<String>,
    pub same: Vec<(String, String)>,
    pub differ: Vec<(String, String)>,
    pub times: Option<Vec<(String, String)>>,
}

/// The cases of a page, in its order.
pub fn parse(page: &str) -> Vec<Case> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some((_, block)) = rest.split_once("```case\n") {
        let (block, after) = block.split_once("```").expect("a case ends with a fence");
        out.push(case(block));
        rest = after;
    }
    out
}

fn case(block: &str) -> Case {
    let mut out = Case {
        published: Some("2025-03-10".into()),
        ..Case::default()
    };
    for line in block.lines().map(str::trim).filter(|l| !l.is_empty()) {
        match line {
            "no statement" => {
                out.statements.get_or_insert_default();
                continue;
            }
            "no event" => {
                out.events.get_or_insert_default();
                continue;
            }
            "no time" => {
                out.times.get_or_insert_default();
                continue;
            }
            _ => {}
        }
        let (key, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        let value = value.trim();
        let pair = |by: char| {
            let (a, b) = value.rsplit_once(by).unwrap_or_else(|| panic!("{line}"));
            (a.trim().to_owned(), b.trim().to_owned())
        };
        match key {
            "id" => out.id = value.to_owned(),
            "role" => {}
            "text" => out.text = value.replace('⏎', "\n"),
            "published" => out.published = (value != "none").then(|| value.to_owned()),
            "statement" => out
                .statements
                .get_or_insert_default()
                .push(statement(value)),
            "maybe" => out.maybe.push(value.to_owned()),
            "event" => out.events.get_or_insert_default().push(event(value)),
            "name" => out.names.push(name(value)),
            "no name" => out.no_names.push(value.to_owned()),
            "same" => out.same.push(pair('=')),
            "differ" => out.differ.push(pair('=')),
            "time" => out.times.get_or_insert_default().push(pair('=')),
            _ => panic!("unknown line: {line}"),
        }
    }
    assert!(!out.id.is_empty() && !out.text.is_empty(), "{block}");
    out
}

fn list(text: &str, by: char) -> Vec<String> {
    text.split(by)
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn statement(line: &str) -> Statement {
    let mut fields = line.split(" | ").map(str::trim);
    let mut out = Statement {
        speakers: list(fields.next().unwrap(), '/'),
        ..Statement::default()
    };
    for field in fields {
        let (key, value) = field.split_once(' ').unwrap_or((field, ""));
        match key {
            "split" => out.split = true,
            "cue" => out.cues = list(value, '/'),
            "content" => out.content = value.to_owned(),
            "to" => out.to = list(value, ','),
            "to?" => out.may_be_to = list(value, '/'),
            "via" => out.via = Some(list(value, ',')),
            "via?" => out.any_via = true,
            "channel" => out.channels = list(value, '/'),
            "channel?" => out.any_channel = true,
            "source" => out.sources = list(value, '/'),
            "lemma" => out.lemma = Some(value.to_owned()),
            "act" => out.acts = list(value, '/'),
            "in" => out.within = Some(value.parse().unwrap()),
            _ if field.starts_with("quote")
                || field.starts_with("clause")
                || field.starts_with("nominal") =>
            {
                out.forms = list(field, '/');
            }
            _ => panic!("unknown field: {field}"),
        }
    }
    assert!(!out.content.is_empty() && !out.forms.is_empty(), "{line}");
    out
}

/// `TYPE ACTOR, ACTOR -> RECIPIENT status date DATE`.
fn event(line: &str) -> Event {
    let (line, date) = match line.rsplit_once(" date ") {
        Some((line, date)) => (line, Some(date.trim().to_owned())),
        None => (line, None),
    };
    let (rest, status) = line.trim().rsplit_once(' ').unwrap();
    let (types, sides) = rest.split_once(' ').unwrap_or((rest, ""));
    let (actors, recipients) = match sides.split_once("->") {
        Some((actors, recipients)) => (actors, Some(list(recipients, ','))),
        None => (sides, None),
    };
    Event {
        types: list(types, '/'),
        actors: list(actors, ','),
        recipients,
        status: status.to_owned(),
        date,
    }
}

/// `FULL NAME TYPE country CODE`.
fn name(line: &str) -> (String, String, Option<String>) {
    let (line, country) = match line.split_once(" country ") {
        Some((line, country)) => (line, Some(country.trim().to_owned())),
        None => (line, None),
    };
    let (name, kind) = line.trim().rsplit_once(' ').unwrap();
    (name.trim().to_owned(), kind.to_owned(), country)
}
