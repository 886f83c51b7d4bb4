//! Every field of a reading, changed one by one: each change is found, or the
//! field is on the list of those that only reading anew can judge.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;
use crate::{Reader, Worker};

fn article() -> Article {
    Article::new(
        "a",
        "🙂 قال الوزير سالم البدري الاثنين في بيان على تويتر إن الطريق مفتوح، وأضاف أمس: «لا خطر».\n\
         «لن نغلق الجسر اليوم»، قال الوزير سالم البدري للصحفيين، «ولن نغلق الطريق غدا».\n\
         ونقلت وكالة رويترز عن مسؤول في وزارة الصحة المصرية قوله إن الوزير أكد أن الأجور ستزيد.\n\
         واعتقلت الشرطة التونسية الناشطة ليلى المنصوري في مدينة صفاقس قبل ثلاثة أيام. وزار البدري روسيا. \
         وأدانت ليلى المنصوري اعتقال الناشطة ليلى المنصوري.",
    )
    .with_published("2025-02-12")
    .with_outlet("صحيفة الضفة")
}

fn read() -> (Article, Reading<'static>) {
    let article = article();
    let reader = Reader::new().unwrap().with_explanations(true);
    let reading = reader.read(&article).unwrap().into_owned();
    (article, reading)
}

#[test]
fn a_fresh_reading_holds() {
    let (article, reading) = read();
    let done = verify(&reading, &article).unwrap();
    assert!(done.spans >= 20 && done.names >= 8 && done.references >= 8 && done.values >= 10);
    assert_eq!(reader().confirm(&reading, &article), Ok(()));
}

fn reader() -> Worker {
    Reader::new().unwrap().worker()
}

/// Fields of which a change of one kind may pass unseen, with the reason. A change
/// of another kind (`+`: other words; `-`: left out; `~`: the list cut or turned)
/// must still be found.
const FREE: &[(&str, &str, &str)] = &[
    ("engine", "+", "another version may have made the reading"),
    (
        "statements[].form",
        "+",
        "what form the words have is the reader's judgment",
    ),
    (
        "statements[].act",
        "+",
        "what is done by the words is the reader's judgment",
    ),
    ("statements[].cue", "-", "a statement may have no cue"),
    (
        "statements[].cue.lemma",
        "+",
        "any lemma of the tables could be meant",
    ),
    ("statements[].source", "-", "a sentence may name no source"),
    ("statements[].speaker", "-", "a speaker may be unknown"),
    (
        "statements[].speaker.how",
        "+",
        "how the name was found is the reader's account",
    ),
    (
        "statements[].addressee",
        "~",
        "whom the words are spoken to is the reader's judgment",
    ),
    (
        "statements[].addressee",
        "-",
        "an empty list is the default",
    ),
    (
        "statements[].channel",
        "-",
        "a statement may have no channel",
    ),
    (
        "statements[].channel.kind",
        "+",
        "the kind is the reader's judgment",
    ),
    (
        "statements[].channel.platform",
        "+",
        "any platform of the tables could be meant",
    ),
    (
        "statements[].channel.platform",
        "-",
        "a channel may have no platform",
    ),
    (
        "statements[].content",
        "~",
        "a piece more or less is the reader's judgment",
    ),
    (
        "statements[].said_on",
        "+",
        "any day that exists could be meant",
    ),
    ("statements[].said_on", "-", "the day may be unknown"),
    (
        "statements[].via",
        "~",
        "who handed it on is the reader's judgment",
    ),
    ("statements[].via", "-", "an empty list is the default"),
    (
        "statements[].in",
        "-",
        "whether it stands in another is the reader's judgment",
    ),
    (
        "statements[].confidence",
        "+",
        "any number between 0 and 1 could be meant",
    ),
    (
        "statements[].why",
        "-",
        "an explanation is given when asked for",
    ),
    (
        "statements[].why.row",
        "-",
        "quoted words that stand alone have no row",
    ),
    (
        "statements[].why.row",
        "+",
        "the reader's account of itself",
    ),
    (
        "statements[].why.frame",
        "+",
        "the reader's account of itself",
    ),
    (
        "statements[].why.boundary",
        "+",
        "the reader's account of itself",
    ),
    (
        "statements[].why.speaker",
        "+",
        "the reader's account of itself",
    ),
    (
        "statements",
        "~",
        "whether the last words are told as a statement is the reader's judgment",
    ),
    (
        "events[].mentions",
        "~",
        "which further words tell the event is the reader's judgment",
    ),
    ("events[].mentions", "-", "an empty list is the default"),
    (
        "events",
        "~",
        "whether it is told as an event is the reader's judgment",
    ),
    (
        "events[].status",
        "+",
        "whether it took place is the reader's judgment",
    ),
    (
        "events[].confidence",
        "+",
        "any number between 0 and 1 could be meant",
    ),
    ("events[].date", "+", "any date that exists could be meant"),
    ("events[].date", "-", "a date may be unknown"),
    ("events[].mode", "+", "some modes score alike"),
    ("events[].mode", "-", "some modes score like their type"),
    ("events[].place", "-", "a place may be unknown"),
    (
        "events[].why",
        "-",
        "an explanation is given when asked for",
    ),
    ("events[].why.row", "+", "the reader's account of itself"),
    (
        "events[].why.trigger",
        "+",
        "the reader's account of itself",
    ),
    ("events[].why.frame", "+", "the reader's account of itself"),
    ("events[].why.status", "+", "the reader's account of itself"),
    (
        "events[].actors",
        "~",
        "who takes part is the reader's judgment",
    ),
    (
        "events[].recipients",
        "~",
        "who takes part is the reader's judgment",
    ),
    (
        "entities[].type",
        "+",
        "what it is is the reader's judgment",
    ),
    (
        "entities[].country",
        "+",
        "any country could be meant; with a side in an event, the code beside it tells",
    ),
    ("entities[].country", "-", "a country may be unknown"),
    (
        "entities[].sector",
        "+",
        "any sector could be meant; with a side in an event, the code beside it tells",
    ),
    ("entities[].sector", "-", "a sector may be unknown"),
    (
        "entities[].name_en",
        "-",
        "an English name is a help, not a promise",
    ),
    (
        "entities[].mentions",
        "~",
        "which words mean it is the reader's judgment",
    ),
    (
        "entities[].mentions[].kind",
        "+",
        "by name or title is the reader's judgment",
    ),
    (
        "times",
        "~",
        "whether a time is meant is the reader's judgment",
    ),
    ("times[].value", "+", "any value of the type could be meant"),
    ("times[].value", "-", "a value may be unknown"),
    (
        "times[].type",
        "+",
        "a day and a time of day can share a value",
    ),
];

/// Other values that a field of a closed list can have.
const OTHERS: &[(&str, &[&str])] = &[
    ("statements[].form", &["quote", "nominal"]),
    ("statements[].act", &["deny", "ask"]),
    ("statements[].cue.lemma", &["نفى", "أعلن"]),
    ("statements[].speaker.how", &["pronoun", "title"]),
    ("statements[].channel.kind", &["letter", "speech"]),
    ("statements[].channel.platform", &["Telegram"]),
    (
        "statements[].said_on",
        &["2024-01-02", "2025-02-30", "2025-02"],
    ),
    ("events[].type", &["AID", "REJECT"]),
    ("events[].mode", &["visit", "multilateral", "kill"]),
    ("events[].status", &["negated", "future"]),
    ("events[].date", &["2024-01-02", "2024-02-30", "soon"]),
    ("entities[].type", &["GROUP", "GPE"]),
    ("entities[].country", &["FRA", "XXX"]),
    ("entities[].sector", &["MED", "ZZZ"]),
    ("entities[].mentions[].kind", &["pronoun", "title"]),
    (
        "times[].value",
        &["2024-01-02", "P3D", "2025-02-30", "then"],
    ),
    ("times[].type", &["TIME", "DURATION"]),
];

/// One change: the field, its kind, and the reading with it.
type Change = (String, &'static str, Value);

/// All changes of one field each.
fn changes(whole: &Value) -> Vec<Change> {
    let mut out = Vec::new();
    walk(whole, "", "", whole, &mut out);
    out
}

fn walk(node: &Value, pattern: &str, at: &str, whole: &Value, out: &mut Vec<Change>) {
    let mut put = |kind: &'static str, value: Value| {
        let mut changed = whole.clone();
        *changed.pointer_mut(at).unwrap() = value;
        out.push((pattern.to_owned(), kind, changed));
    };
    match node {
        Value::String(text) => {
            put("+", json!(format!("{text}x")));
            put("+", json!(""));
            let others = OTHERS.iter().filter(|(field, _)| *field == pattern);
            for other in others.flat_map(|(_, others)| *others) {
                put("+", json!(other));
            }
        }
        Value::Number(n) if n.is_u64() => {
            put("+", json!(n.as_u64().unwrap() + 1));
            put("+", json!(9_999_999));
        }
        Value::Number(n) => {
            put("+", json!(n.as_f64().unwrap() / 2.0 + 0.01));
            put("+", json!(n.as_f64().unwrap() + 100.0));
            put("+", json!(-1.0));
        }
        Value::Array(list) => {
            let mut turned = list.clone();
            turned.reverse();
            put("~", json!(turned));
            let mut twice = list.clone();
            twice.extend(list.first().cloned());
            put("~", json!(twice));
            put("~", json!(list[..list.len().saturating_sub(1)]));
            for (i, child) in list.iter().enumerate() {
                walk(
                    child,
                    &format!("{pattern}[]"),
                    &format!("{at}/{i}"),
                    whole,
                    out,
                );
            }
        }
        Value::Object(fields) => {
            for (name, child) in fields {
                let pattern = format!("{pattern}.{name}");
                let pattern = pattern.trim_start_matches('.');
                let mut without = fields.clone();
                without.remove(name);
                let mut changed = whole.clone();
                *changed.pointer_mut(at).unwrap() = Value::Object(without);
                out.push((pattern.to_owned(), "-", changed));
                walk(child, pattern, &format!("{at}/{name}"), whole, out);
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

#[test]
fn every_change_of_one_field_is_found_or_listed() {
    let (article, reading) = read();
    let whole = serde_json::to_value(&reading).unwrap();
    let mut worker = reader();
    let mut passed: BTreeMap<(String, &str), String> = BTreeMap::new();
    let (mut tried, mut found) = (0, 0);
    for (field, kind, changed) in changes(&whole) {
        tried += 1;
        // Ids, dates and words of closed lists are none before anything is verified.
        let Ok(other) = serde_json::from_value::<Reading>(changed) else {
            found += 1;
            continue;
        };
        if other == reading {
            tried -= 1;
            continue;
        }
        if verify(&other, &article).is_err() {
            found += 1;
            continue;
        }
        assert!(
            worker.confirm(&other, &article).is_err(),
            "reading anew does not see a change of {field}"
        );
        passed.insert((field, kind), serde_json::to_string(&other).unwrap());
    }
    let listed = |field: &str, kind: &str| FREE.iter().any(|f| (f.0, f.1) == (field, kind));
    let missed: Vec<_> = passed.keys().filter(|(f, k)| !listed(f, k)).collect();
    assert!(missed.is_empty(), "not found: {missed:#?}");
    assert!(tried > 500 && found * 3 > tried * 2, "{found} of {tried}");
}

#[test]
fn a_reading_survives_json() {
    let (_, reading) = read();
    let json = serde_json::to_string(&reading).unwrap();
    assert_eq!(serde_json::from_str::<Reading>(&json).unwrap(), reading);
}

#[test]
fn statements_in_a_ring_are_found() {
    let (article, mut reading) = read();
    let [a, b] = [0, 1].map(|i| reading.statements[i].id);
    reading.statements[0].within = Some(b);
    reading.statements[1].within = Some(a);
    assert_eq!(
        verify(&reading, &article).unwrap_err().field,
        "statements[s1].in"
    );
}
