//! Compiles `lexicon/events/`: every form of every trigger with its frame, and
//! the tables of helping verbs, status words, sectors, domains and contexts.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rawi_lexicon::{Row, Table};
use rawi_morph::conjugation::{Aspect, Form, PrincipalParts, forms};
use rawi_text::fold;

#[allow(dead_code)] // the build only reads frames
#[path = "src/frame.rs"]
mod frame;
#[allow(dead_code)] // the build only checks names
#[path = "src/ontology.rs"]
mod ontology;
use frame::{Frame, Needs, Slots};
use ontology::EventType;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let dir: PathBuf = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon/events");
    let mut out = triggers(&dir)?;
    out.push_str(&light_verbs(&dir)?);
    out.push_str(&words(&dir)?);
    out.push_str(&leads(&dir)?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("events.rs"), out)?;
    Ok(())
}

fn table(dir: &Path, name: &str, columns: &[&str]) -> Result<Table> {
    let path = dir.join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    Ok(Table::read(&path, columns, &[])?)
}

/// A cell without the sign for "empty".
fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    Some(row.get(name)).filter(|c| *c != "-").unwrap_or("")
}

/// All forms of a row: of the verb, unless only its nouns are given.
fn all_forms(row: &Row, trigger: &str) -> Vec<Form> {
    let nouns: Vec<&str> = row.list("nouns", '|').collect();
    // `verb`: one whose imperfect mostly means something else.
    let imperfect = cell(row, "imperfect");
    let verb = !imperfect.is_empty();
    let parts = PrincipalParts {
        perfect: trigger,
        imperfect: Some(imperfect).filter(|i| *i != "verb").unwrap_or(""),
        masdars: &nouns,
        participle: cell(row, "participle"),
    };
    let mut all = forms(&parts);
    all.retain(|f| verb || f.aspect == Aspect::Masdar);
    all
}

fn form_fields(form: &Form) -> String {
    let agreement = format!("{:?}", form.agreement)
        .replace("First", "Person::First")
        .replace("Third", "Person::Third")
        .replace("Masculine", "Gender::Masculine")
        .replace("Feminine", "Gender::Feminine")
        .replace("Singular", "Number::Singular")
        .replace("Dual", "Number::Dual")
        .replace("Plural", "Number::Plural");
    format!(
        "aspect: Aspect::{:?}, agreement: {agreement}, pronoun: {}",
        form.aspect, form.pronoun
    )
}

/// One file a type; the row's line is kept for explanations.
fn triggers(dir: &Path) -> Result<String> {
    let columns = [
        "trigger",
        "imperfect",
        "nouns",
        "participle",
        "frame",
        "mode",
        "gloss",
    ];
    let mut rows = String::from("pub(crate) static ROWS: &[Row] = &[\n");
    let mut keys: BTreeSet<(String, usize, String)> = BTreeSet::new();
    let mut count = 0;
    for kind in EventType::ALL {
        let file = format!("{}.tsv", kind.name().to_lowercase());
        let table = table(dir, &file, &columns)?;
        for row in table.rows() {
            let wrong = |problem: String| format!("{file}:{}: {problem}", row.line());
            let frame = Frame::parse(row.get("frame")).map_err(wrong)?;
            let mode = Some(row.get("mode")).filter(|m| *m != "-");
            if let Some(mode) = mode.filter(|m| !kind.modes().any(|k| k == *m)) {
                return Err(wrong(format!("no mode `{mode}` of this type")).into());
            }
            let (first, rest) = row
                .get("trigger")
                .split_once(' ')
                .unwrap_or((row.get("trigger"), ""));
            let rest: Vec<String> = rest
                .split('/')
                .filter(|r| !r.is_empty())
                .map(fold)
                .collect();
            let all = all_forms(row, first);
            if all.is_empty() {
                return Err(wrong("a trigger without forms".into()).into());
            }
            let code = format!("{frame:?}")
                .replace("Frame {", "crate::frame::Frame {")
                .replace("Slots(", "crate::frame::Slots(")
                .replace("Needs(", "crate::frame::Needs(");
            writeln!(
                rows,
                "    Row {{ kind: EventType::{kind:?}, trigger: {:?}, id: {:#x}, rest: &{rest:?}, frame: {code}, \
                 mode: {mode:?}, file: {file:?}, line: {} }},",
                row.get("trigger"),
                hash(row.get("trigger")),
                row.line(),
            )?;
            let bare = frame.needs.has(Needs::BARE);
            let kept = |form: &&Form| !bare || !form.pronoun;
            for form in all.iter().filter(kept) {
                keys.insert((form.text.clone(), count, form_fields(form)));
            }
            count += 1;
        }
    }
    rows.push_str("];\npub(crate) static FORMS: &[TriggerForm] = &[\n");
    let mut keys: Vec<_> = keys.into_iter().map(|k| (hash(&k.0), k)).collect();
    keys.sort();
    for (hash, (key, row, fields)) in &keys {
        writeln!(
            rows,
            "    TriggerForm {{ hash: {hash}, key: {key:?}, row: {row}, {fields} }},"
        )?;
    }
    rows.push_str("];\n");
    Ok(rows)
}

fn light_verbs(dir: &Path) -> Result<String> {
    let table = table(
        dir,
        "light_verbs.tsv",
        &["verb", "imperfect", "nouns", "subject", "status"],
    )?;
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let mut nouns: BTreeMap<String, String> = BTreeMap::new();
    for row in table.rows() {
        let subject = match row.get("subject") {
            "actor" => "Some(Role::Actor)",
            "recipient" => "Some(Role::Recipient)",
            "none" => "None",
            other => return Err(format!("light_verbs.tsv: unknown subject `{other}`").into()),
        };
        let status = status(row.get("status"))?;
        let parts = PrincipalParts {
            perfect: row.get("verb"),
            imperfect: cell(row, "imperfect"),
            masdars: &[],
            participle: "",
        };
        let value = format!("LightVerb {{ subject: {subject}, status: {status} }}");
        for form in forms(&parts).iter().filter(|f| !f.pronoun) {
            keys.entry(form.text.clone()).or_insert(value.clone());
        }
        for noun in row.list("nouns", '|') {
            nouns.entry(fold(noun)).or_insert(value.clone());
        }
    }
    Ok(sorted("LIGHT_VERBS", "LightVerb", keys) + &sorted("LIGHT_NOUNS", "LightVerb", nouns))
}

fn status(name: &str) -> Result<&'static str> {
    Ok(match name {
        "happened" => "Status::Happened",
        "future" => "Status::Future",
        "hypothetical" => "Status::Hypothetical",
        "negated" => "Status::Negated",
        other => return Err(format!("unknown status `{other}`").into()),
    })
}

/// The tables that say one thing of a word.
fn words(dir: &Path) -> Result<String> {
    let mut out = String::new();

    let mut keys = BTreeMap::new();
    for row in table(dir, "status_words.tsv", &["word", "status", "reach"])?.rows() {
        let reach: usize = row.get("reach").parse()?;
        let status = status(row.get("status"))?;
        keys.insert(fold(row.get("word")), format!("({status}, {reach})"));
    }
    out.push_str(&sorted("STATUS_WORDS", "(Status, usize)", keys));

    let mut keys = BTreeMap::new();
    for row in table(dir, "sectors.tsv", &["word", "forms", "sector", "kind"])?.rows() {
        let mut kind = row.get("kind").to_owned();
        kind[..1].make_ascii_uppercase();
        let value = format!("({:?}, Standing::{kind})", row.get("sector"));
        for form in std::iter::once(row.get("word")).chain(row.list("forms", '|')) {
            keys.entry(fold(form)).or_insert(value.clone());
            // Before what it governs the sound plural drops its nun.
            if let Some(bound) = form
                .strip_suffix('ن')
                .filter(|_| form.ends_with("ون") || form.ends_with("ين"))
            {
                keys.entry(fold(bound)).or_insert(value.clone());
            }
        }
    }
    out.push_str(&sorted("SECTORS", "(&str, Standing)", keys));

    let mut keys = BTreeMap::new();
    for row in table(dir, "domains.tsv", &["word", "domain"])?.rows() {
        let mut domain = row.get("domain").to_owned();
        domain[..1].make_ascii_uppercase();
        keys.insert(fold(row.get("word")), format!("Domain::{domain}"));
    }
    out.push_str(&sorted("DOMAINS", "Domain", keys));

    let mut keys = BTreeMap::new();
    for row in table(dir, "links.tsv", &["words", "to"])?.rows() {
        let mut to = row.get("to").to_owned();
        to[..1].make_ascii_uppercase();
        for word in row.list("words", '|') {
            keys.insert(fold(word), format!("Link::{to}"));
        }
    }
    out.push_str(&sorted("LINKS", "Link", keys));

    let mut keys = BTreeMap::new();
    for row in table(dir, "figures.tsv", &["trigger", "side", "beside"])?.rows() {
        let beside: Vec<String> = row.list("beside", '|').map(fold).collect();
        let side = match row.get("side") {
            "after" => "Side::After",
            "before" => "Side::Before",
            "either" => "Side::Either",
            other => return Err(format!("unknown side `{other}`").into()),
        };
        let value = format!("Figure {{ side: {side}, beside: &{beside:?} }}");
        keys.insert(fold(row.get("trigger")), value);
    }
    out.push_str(&sorted("FIGURES", "Figure", keys));

    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let contexts = table(dir, "contexts.tsv", &["context", "words"])?;
    for row in contexts.rows() {
        for word in row.list("words", '|') {
            let named = keys.entry(fold(word)).or_default();
            named.insert(row.get("context").to_owned());
        }
    }
    let keys = keys
        .into_iter()
        .map(|(k, v)| (k, format!("&{:?}", v.into_iter().collect::<Vec<_>>())))
        .collect();
    out.push_str(&sorted("CONTEXTS", "&[&str]", keys));
    Ok(out)
}

/// Prepositions, and the phrases that lead to who acts or to an estimate.
fn leads(dir: &Path) -> Result<String> {
    let mut keys = BTreeMap::new();
    let mut agents = Vec::new();
    let columns = ["word", "slot", "takes", "also"];
    for row in table(dir, "prepositions.tsv", &columns)?.rows() {
        let slot = Slots::named(row.get("slot"))
            .map_err(|problem| format!("prepositions.tsv:{}: {problem}", row.line()))?;
        let word = fold(row.get("word"));
        if slot == Slots::AGENT {
            agents.push(word);
            continue;
        }
        let mut takes = row.get("takes").to_owned();
        takes[..1].make_ascii_uppercase();
        let value = format!(
            "Preposition {{ slot: Slots({}), takes: Takes::{takes}, name: {} }}",
            slot.0,
            row.get("also") == "name"
        );
        keys.insert(word, value);
    }
    let mut out = sorted("PREPOSITIONS", "Preposition", keys);
    out.push_str(&phrases("AGENTS", &agents));
    let estimates = table(dir, "estimates.tsv", &["words"])?;
    let estimates: Vec<String> = estimates
        .rows()
        .iter()
        .map(|r| fold(r.get("words")))
        .collect();
    out.push_str(&phrases("ESTIMATES", &estimates));
    Ok(out)
}

/// A static list of phrases by their words.
fn phrases(name: &str, all: &[String]) -> String {
    let words: Vec<String> = all
        .iter()
        .map(|phrase| format!("&{:?}", phrase.split(' ').collect::<Vec<_>>()))
        .collect();
    format!(
        "pub(crate) static {name}: &[&[&str]] = &[{}];\n",
        words.join(", ")
    )
}

/// Tables are sorted by the hashes of their keys: numbers compare faster than
/// Arabic words, which share their first letters.
fn hash(key: &str) -> u64 {
    rawi_model::hash(key.as_bytes())
}

/// A static table of folded words with one column of data.
fn sorted(name: &str, kind: &str, keys: BTreeMap<String, String>) -> String {
    let mut out = format!("pub(crate) static {name}: &[(u64, &str, {kind})] = &[\n");
    let mut keys: Vec<_> = keys.into_iter().map(|k| (hash(&k.0), k)).collect();
    keys.sort();
    for (hash, (key, value)) in keys {
        out.push_str(&format!("    ({hash}, {key:?}, {value}),\n"));
    }
    out.push_str("];\n");
    out
}
