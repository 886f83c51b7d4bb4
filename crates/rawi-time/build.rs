//! Compiles the hand-written tables of `lexicon/` into one sorted word list.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rawi_lexicon::{LexiconError, Table};

/// Folded first word -> (folded rest of the form, sense as Rust source).
#[derive(Default)]
struct Words(BTreeMap<String, Vec<(Vec<String>, String)>>);

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
    let mut words = Words::default();
    months(&root, &mut words)?;
    weekdays(&root, &mut words)?;
    units(&root, &mut words)?;
    let endings = time_words(&root, &mut words)?;
    let spellings = numbers(&root, &mut words)?;
    let rules = holidays(&root, &mut words)?;

    let mut code = String::from("static WORDS: &[(&str, &[Entry])] = &[\n");
    for (first, mut entries) in words.0 {
        entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        entries.dedup();
        write!(code, "    ({first:?}, &[")?;
        for (rest, sense) in entries {
            write!(code, "Entry {{ rest: &{rest:?}, sense: {sense} }}, ")?;
        }
        code.push_str("]),\n");
    }
    write!(code, "];\nstatic HOLIDAYS: &[Rule] = &[\n{rules}];\n")?;
    write!(
        code,
        "static SPELLINGS: &[(&str, u64, &[&str])] = &[\n{spellings}];\n"
    )?;
    writeln!(code, "static NOUN_ENDINGS: &[&str] = &{endings:?};")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}

impl Words {
    /// Enters a form under its folded first word.
    fn add(&mut self, form: &str, sense: &str) {
        let folded = rawi_text::fold(form);
        let mut parts = folded.split_whitespace().map(str::to_owned);
        if let Some(first) = parts.next() {
            let entry = (parts.collect(), sense.to_owned());
            self.0.entry(first).or_default().push(entry);
        }
    }
}

fn read(root: &Path, name: &str, columns: &[&str]) -> Result<Table, LexiconError> {
    let path = root.join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    Table::read(&path, columns)
}

fn months(root: &Path, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let columns = ["forms", "calendar", "month", "certainty", "set"];
    for row in read(root, "months.tsv", &columns)?.rows() {
        let sense = format!(
            "Sense::Month(Calendar::{}, {}, Certainty::{})",
            variant(row.get("calendar")),
            row.get("month").parse::<u8>()?,
            variant(row.get("certainty")),
        );
        row.list("forms", '|')
            .for_each(|form| words.add(form, &sense));
    }
    Ok(())
}

fn weekdays(root: &Path, words: &mut Words) -> Result<(), Box<dyn Error>> {
    for row in read(root, "weekdays.tsv", &["weekday", "forms", "bare"])?.rows() {
        let day = row.get("weekday").parse::<u8>()?;
        for (column, sense) in [("forms", "Weekday"), ("bare", "BareWeekday")] {
            let sense = format!("Sense::{sense}({day})");
            row.list(column, '|')
                .for_each(|form| words.add(form, &sense));
        }
    }
    Ok(())
}

fn units(root: &Path, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let columns = ["unit", "singular", "dual", "plural"];
    for row in read(root, "time_units.tsv", &columns)?.rows() {
        let unit = variant(row.get("unit"));
        for (column, count) in columns[1..].iter().zip(["One", "Two", "Many"]) {
            let sense = format!("Sense::Unit(Unit::{unit}, Count::{count})");
            row.list(column, '|')
                .for_each(|form| words.add(form, &sense));
        }
    }
    Ok(())
}

/// Enters the number words and gives the rows for writing numbers.
fn numbers(root: &Path, words: &mut Words) -> Result<String, Box<dyn Error>> {
    let mut spellings = String::new();
    for row in read(root, "number_words.tsv", &["part", "forms"])?.rows() {
        let part = row.get("part");
        let (kind, value) = part
            .split_once(' ')
            .ok_or_else(|| wrong("number_words", part))?;
        let value = value.parse::<u64>()?;
        let forms: Vec<&str> = row.list("forms", '|').collect();
        writeln!(spellings, "    ({kind:?}, {value}, &{forms:?}),")?;
        let sense = match kind {
            "teen" | "teen-ordinal" => continue,
            "ordinal" => format!("Sense::Ordinal({value})"),
            "zero" => "Sense::Number(Part::Zero)".to_owned(),
            "point" => "Sense::Number(Part::Point)".to_owned(),
            kind => format!("Sense::Number(Part::{}({value}))", variant(kind)),
        };
        forms.iter().for_each(|form| words.add(form, &sense));
    }
    Ok(spellings)
}

/// Enters the holidays and gives their rules, in the order of the table.
fn holidays(root: &Path, words: &mut Words) -> Result<String, Box<dyn Error>> {
    let mut rules = String::new();
    for (i, row) in read(root, "holidays.tsv", &["name", "rule", "forms"])?
        .rows()
        .iter()
        .enumerate()
    {
        writeln!(rules, "    {},", rule(row.get("rule"))?)?;
        let sense = format!("Sense::Holiday({i})");
        row.list("forms", '|')
            .for_each(|form| words.add(form, &sense));
    }
    Ok(rules)
}

fn rule(rule: &str) -> Result<String, Box<dyn Error>> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Ok(format!("Rule::Easter({})", days.parse::<i32>()?));
    }
    let (calendar, day) = rule
        .split_once(' ')
        .ok_or_else(|| wrong("holidays", rule))?;
    let (month, day) = day.split_once('-').ok_or_else(|| wrong("holidays", rule))?;
    let (month, day) = (month.parse::<u8>()?, day.parse::<u8>()?);
    Ok(format!(
        "Rule::Yearly(Calendar::{}, {month}, {day})",
        variant(calendar)
    ))
}

/// Enters the words of all roles and gives the endings of nouns.
fn time_words(root: &Path, words: &mut Words) -> Result<Vec<String>, Box<dyn Error>> {
    let mut endings = Vec::new();
    for row in read(root, "time_words.tsv", &["role", "forms"])?.rows() {
        let role = row.get("role");
        let (class, which) = role.split_once(' ').unwrap_or((role, ""));
        if class == "noun-ending" {
            endings.extend(row.list("forms", '|').map(rawi_text::fold));
            continue;
        }
        let sense = match class {
            "deictic" => format!("Deictic({})", which.parse::<i8>()?),
            "decade" => format!("Decade({})", which.parse::<u8>()?),
            "part" => format!("Part(DayPart::{})", variant(which)),
            "rel" => format!("Rel(Rel::{})", variant(which)),
            "phase" => format!("Phase(Phase::{})", variant(which)),
            "label" => format!("Label(Label::{})", variant(which)),
            "era" => format!("Era(Era::{})", variant(which)),
            "set" => format!("Every(Unit::{})", variant(which)),
            "season" => format!("Season(Season::{})", variant(which)),
            "fraction" => format!("Fraction({})", which.replace('/', ", ")),
            "prep" => variant(which),
            "zone" if which == "utc" => "Utc".to_owned(),
            "zone" if which == "place" => "ZoneOf".to_owned(),
            "tonight" => format!("Tonight(DayPart::{})", variant(which)),
            class if which.is_empty() => variant(class),
            _ => return Err(wrong("time_words", role)),
        };
        let sense = format!("Sense::{sense}");
        row.list("forms", '|')
            .for_each(|form| words.add(form, &sense));
    }
    Ok(endings)
}

/// `before-last` -> `BeforeLast`.
fn variant(cell: &str) -> String {
    cell.split('-')
        .map(|part| part[..1].to_uppercase() + &part[1..])
        .collect()
}

fn wrong(table: &str, cell: &str) -> Box<dyn Error> {
    format!("{table}.tsv: cannot read {cell:?}").into()
}
