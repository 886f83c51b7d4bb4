//! From the state of the page to a question of the archive.

use rawi_archive::query::{Field, Filter, Node, Query, Value, Words};
use rawi_archive::search::{Scope, Sort};

use crate::events::period;
use crate::params::Params;
use crate::problem::Problem;

/// What begins a question about a subject, in the archive's own words.
const ABOUT: &str = "ماذا قيل عن ";

/// What is asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The conditions, all of which must hold.
    pub conditions: Vec<Condition>,
    /// What is searched.
    pub scope: Scope,
    /// The order of hits.
    pub sort: Sort,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// Whether hits are grouped by article and not by day.
    pub by_article: bool,
}

/// One condition, as the page's state has it.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Its name in the state.
    pub param: &'static str,
    /// Its value there.
    pub value: String,
    /// What it asks for.
    pub node: Node,
}

/// What can be filtered by, besides the blanks of the question: the name in the state, and
/// what it is about.
pub const FILTERS: [(&str, Field); 9] = [
    ("speaker", Field::Speaker),
    ("act", Field::Act),
    ("addressee", Field::To),
    ("channel", Field::Channel),
    ("through", Field::Via),
    ("outlet", Field::Outlet),
    ("form", Field::Form),
    ("event", Field::Event),
    ("month", Field::Date),
];

impl Ask {
    /// Reads the state.
    ///
    /// # Errors
    ///
    /// What of it cannot be understood, and where.
    pub fn read(params: &Params) -> Result<Self, Problem> {
        let mut conditions = Vec::new();
        let mut add = |param: &'static str, value: &str, node: Option<Node>| {
            conditions.extend(node.map(|node| Condition {
                param,
                value: value.to_owned(),
                node,
            }));
        };
        for (param, field) in [("who", Field::Speaker), ("to", Field::To)] {
            if let Some(name) = params.get(param) {
                add(param, name, Some(named(param, field, name)?));
            }
        }
        if let Some(text) = params.get("about") {
            add("about", text, about(text, params.get("exact").is_some())?);
        }
        if let Some(text) = params.get("via") {
            let channel = Field::Channel.value(text, true);
            let node = match channel {
                Ok(kind) => filter(Field::Channel, kind),
                Err(_) => named("via", Field::Via, text)?,
            };
            add("via", text, Some(node));
        }
        for (param, field) in [("from", Field::Since), ("until", Field::Until)] {
            if let Some(text) = params.get(param) {
                let period = period(param, text)?;
                add(param, text, Some(filter(field, Value::Time(period))));
            }
        }
        if let Some(text) = params.get("q") {
            let query = Query::parse(text).map_err(|e| Problem::query("q", text, &e))?;
            add("q", text, query.root);
        }
        for (param, field) in FILTERS {
            // Each value is a condition of its own: so a count beside a value is what is
            // found once it is added.
            for text in params.all(param) {
                add(param, text, Some(named(param, field, text)?));
            }
        }
        let scope = match params.get("scope") {
            Some("articles") => Scope::Articles,
            _ => Scope::Statements,
        };
        Ok(Self {
            conditions,
            scope,
            sort: match params.get("sort") {
                Some("best") => Sort::Best,
                Some("oldest") => Sort::Oldest,
                _ => Sort::Newest,
            },
            cursor: params.get("cursor").map(str::to_owned),
            by_article: scope == Scope::Statements && params.get("by") == Some("article"),
        })
    }

    /// The question.
    pub fn query(&self) -> Query {
        Self::of(self.conditions.iter())
    }

    /// The question without one of its conditions.
    pub fn without(&self, place: usize) -> Query {
        let others = self.conditions.iter().enumerate();
        Self::of(others.filter(|(i, _)| *i != place).map(|(_, c)| c))
    }

    /// One of its conditions as a question.
    pub fn only(&self, place: usize) -> Query {
        Self::of(self.conditions.iter().skip(place).take(1))
    }

    fn of<'c>(conditions: impl Iterator<Item = &'c Condition>) -> Query {
        Query {
            root: Node::all(conditions.map(|c| c.node.clone()).collect()),
        }
    }

    /// The words that were asked for, without what parts or binds them.
    pub fn words(&self) -> Vec<String> {
        fn collect(node: &Node, all: &mut Vec<String>) {
            match node {
                Node::All(parts) | Node::Any(parts) => {
                    parts.iter().for_each(|part| collect(part, all));
                }
                Node::Words(words) => all.push(words.text.clone()),
                Node::Not(_) | Node::Filter(_) => {}
            }
        }
        let mut all = Vec::new();
        for condition in &self.conditions {
            collect(&condition.node, &mut all);
        }
        all
    }
}

fn filter(field: Field, value: Value) -> Node {
    Node::Filter(Filter {
        field,
        values: vec![value],
        column: rawi_archive::query::Column::default(),
    })
}

/// The condition that a field has a value. Values of facets come as a query writes them, in
/// quotation marks.
fn named(param: &'static str, field: Field, text: &str) -> Result<Node, Problem> {
    let bare = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    let value = match bare {
        Some(bare) => field.value(&bare.replace("\\\"", "\"").replace("\\\\", "\\"), true),
        None => field.value(text, false),
    };
    let value = value.map_err(|fault| Problem::fault(param, text, fault))?;
    Ok(filter(field, value))
}

/// What was talked about. Whoever uses signs of the archive's language means them; else
/// the words are read as those of a question, in which the small ones say nothing.
fn about(text: &str, exact: bool) -> Result<Option<Node>, Problem> {
    let signs = ['"', '(', ')', ':', '|', '=', '~', '-', '«', '“'];
    let written = text.contains(signs) || text.split_whitespace().any(|word| word == "OR");
    let read = match written || exact {
        true => Query::parse(text),
        false => Query::parse(&format!("{ABOUT}{text}")),
    };
    let mut root = read
        .map_err(|mut e| {
            if !(written || exact) {
                e.column = e.column.saturating_sub(ABOUT.chars().count());
            }
            Problem::query("about", text, &e)
        })?
        .root;
    if let (true, Some(node)) = (exact, &mut root) {
        spelled_so(node);
    }
    Ok(root)
}

/// Asks for words in just this spelling.
fn spelled_so(node: &mut Node) {
    match node {
        Node::All(parts) | Node::Any(parts) => parts.iter_mut().for_each(spelled_so),
        Node::Not(inner) => spelled_so(inner),
        Node::Words(Words { exact, .. }) => *exact = true,
        Node::Filter(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(state: &str) -> String {
        match Ask::read(&Params::parse(state)) {
            Ok(ask) => ask.query().to_string(),
            Err(Problem::NotUnderstood { field, column, .. }) => format!("{field} {column:?}"),
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn states_and_their_questions() {
        let table = [
            ("", ""),
            ("about=الميناء", "الميناء"),
            ("about=محادثات من المياه", "محادثات المياه"),
            ("about=محادثات المياه&exact=1", "=محادثات =المياه"),
            ("about=\"مجلس الأمن\" -السد", "\"مجلس الأمن\" -السد"),
            ("about=(ميناء", "about Some(1)"),
            ("who=سالم البدري", "speaker:\"سالم البدري\""),
            ("who=%2312&to=none", "to None"),
            ("speaker=none", "speaker:none"),
            ("via=بيان", "channel:statement"),
            ("via=وكالة الضفاف", "via:\"وكالة الضفاف\""),
            (
                "from=1 شباط 2026&until=2026-03",
                "since:2026-02-01 until:2026-03",
            ),
            ("from=أمس", "from None"),
            ("act=deny&act=warn", "act:deny act:warn"),
            ("act=sing", "act None"),
            ("outlet=\"صحيفة النهر\"", "outlet:\"صحيفة النهر\""),
            ("month=2026-02", "date:2026-02"),
            ("q=ميناء OR مرفأ&form=quote", "(ميناء OR مرفأ) form:quote"),
            ("q=ميناء (", "q Some(8)"),
        ];
        for (state, wanted) in table {
            let state = state.replace('+', "%2B").replace('"', "%22");
            assert_eq!(read(&state), wanted, "{state}");
        }
    }
}
