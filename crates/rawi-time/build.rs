//! Compiles the hand-written tables of `lexicon/` into one sorted word list.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error, fs};

type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

/// Folded first word -> (folded rest of the form, sense as Rust source).
type Words = BTreeMap<String, Vec<(Vec<String>, String)>>;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
    let mut words = Words::new();
    for row in rows(&root, "months.tsv", 5)? {
        let certainty = variant(&row[2]);
        let sense = format!(
            "Sense::Month(Calendar::{}, {}, Certainty::{certainty})",
            variant(&row[0]),
            row[1]
        );
        add(&mut words, &row[4], &sense);
    }
    for row in rows(&root, "weekdays.tsv", 3)? {
        add(&mut words, &row[1], &format!("Sense::Weekday({})", row[0]));
        add(
            &mut words,
            &row[2],
            &format!("Sense::BareWeekday({})", row[0]),
        );
    }
    for row in rows(&root, "time_units.tsv", 4)? {
        for (forms, count) in row[1..].iter().zip(["One", "Two", "Many"]) {
            let sense = format!("Sense::Unit(Unit::{}, Count::{count})", variant(&row[0]));
            add(&mut words, forms, &sense);
        }
    }
    let mut spellings = String::new();
    for row in rows(&root, "number_words.tsv", 3)? {
        let forms: Vec<&str> = row[2].split('|').collect();
        writeln!(spellings, "    ({:?}, {}, &{forms:?}),", row[0], row[1])?;
        let sense = match row[0].as_str() {
            "teen" | "teen-ordinal" => continue,
            "ordinal" => format!("Sense::Ordinal({})", row[1]),
            "zero" => "Sense::Number(Part::Zero)".into(),
            "point" => "Sense::Number(Part::Point)".into(),
            kind => format!("Sense::Number(Part::{}({}))", variant(kind), row[1]),
        };
        add(&mut words, &row[2], &sense);
    }
    let mut holidays = String::new();
    for (i, row) in rows(&root, "holidays.tsv", 3)?.iter().enumerate() {
        writeln!(holidays, "    {},", holiday(&row[1])?)?;
        add(&mut words, &row[2], &format!("Sense::Holiday({i})"));
    }
    for row in rows(&root, "time_words.tsv", 3)? {
        add(&mut words, &row[2], &time_word(&row[0], &row[1])?);
    }
    let mut code = String::from("static WORDS: &[(&str, &[Entry])] = &[\n");
    for (first, mut entries) in words {
        entries.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        entries.dedup();
        write!(code, "    ({first:?}, &[")?;
        for (rest, sense) in entries {
            write!(code, "Entry {{ rest: &{rest:?}, sense: {sense} }}, ")?;
        }
        code.push_str("]),\n");
    }
    write!(code, "];\nstatic HOLIDAYS: &[Rule] = &[\n{holidays}];\n")?;
    write!(
        code,
        "static SPELLINGS: &[(&str, u64, &[&str])] = &[\n{spellings}];\n"
    )?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("words.rs");
    fs::write(out, code)?;
    Ok(())
}

/// The rows of a table below its header, each with `columns` cells or more.
fn rows(root: &Path, name: &str, columns: usize) -> Result<Vec<Vec<String>>> {
    let path = root.join(name);
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    let lines = text.lines().enumerate();
    for (i, line) in lines
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
        .skip(1)
    {
        let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if row.len() < columns {
            return Err(
                format!("{}:{}: fewer than {columns} columns", path.display(), i + 1).into(),
            );
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Enters every `|`-separated form of a cell under its folded first word.
fn add(words: &mut Words, forms: &str, sense: &str) {
    for form in forms.split('|').filter(|f| *f != "-") {
        let folded = rawi_text::fold(form);
        let mut parts = folded.split_whitespace().map(str::to_owned);
        if let Some(first) = parts.next() {
            let entry = (parts.collect(), sense.to_owned());
            words.entry(first).or_default().push(entry);
        }
    }
}

/// `before-last` -> `BeforeLast`.
fn variant(cell: &str) -> String {
    cell.split('-')
        .map(|part| part[..1].to_uppercase() + &part[1..])
        .collect()
}

fn time_word(class: &str, value: &str) -> Result<String> {
    Ok(match class {
        "deictic" => format!("Sense::Deictic({value})"),
        "decade" => format!("Sense::Decade({value})"),
        "part" => format!("Sense::Part(DayPart::{})", variant(value)),
        "rel" => format!("Sense::Rel(Rel::{})", variant(value)),
        "phase" => format!("Sense::Phase(Phase::{})", variant(value)),
        "prep" => format!("Sense::{}", variant(value)),
        "era" => format!("Sense::Era(Era::{})", variant(value)),
        "set" => format!("Sense::Every(Unit::{})", variant(value)),
        "season" => format!("Sense::Season(Season::{})", variant(value)),
        "fraction" => format!("Sense::Fraction({})", value.replace('/', ", ")),
        "zone" if value == "utc" => "Sense::Utc".into(),
        _ if value == "-" => format!("Sense::{}", variant(class)),
        _ => return Err(format!("time_words.tsv: unknown class {class} {value}").into()),
    })
}

fn holiday(rule: &str) -> Result<String> {
    let wrong = || format!("holidays.tsv: not a rule: {rule}");
    if let Some(days) = rule.strip_prefix("easter") {
        return Ok(format!("Rule::Easter({})", days.parse::<i32>()?));
    }
    let (calendar, day) = rule.split_once(' ').ok_or_else(wrong)?;
    let (month, day) = day.split_once('-').ok_or_else(wrong)?;
    let (month, day) = (month.parse::<u8>()?, day.parse::<u8>()?);
    Ok(format!(
        "Rule::Yearly(Calendar::{}, {month}, {day})",
        variant(calendar)
    ))
}
