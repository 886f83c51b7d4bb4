//! The words of times and numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use crate::compile::Compiler;
use crate::facet::Facet;
use crate::tables::Tables;

/// What is known of folded keys.
#[derive(Default)]
struct Words {
    /// Their senses as Rust source.
    senses: BTreeMap<String, BTreeSet<String>>,
    /// The words that longer keys begin with.
    begin: BTreeSet<String>,
}

impl Words {
    /// Enters a form.
    fn add(&mut self, form: &str, sense: &str) {
        let folded = rawi_text::fold(form);
        let words: Vec<&str> = folded.split_whitespace().collect();
        if let [first, _, ..] = words[..] {
            self.begin.insert(first.to_owned());
            self.senses.entry(first.to_owned()).or_default();
        }
        let senses = self.senses.entry(words.join(" ")).or_default();
        senses.insert(sense.to_owned());
    }
}

/// Compiles the tables of times and numbers: each key has the number of its list of
/// senses, and in the lowest bit whether a longer key begins with it. Gives the lists and
/// what the values point to as Rust source.
pub fn compile(tables: &Tables, compiler: &mut Compiler) -> Result<String, Box<dyn Error>> {
    let mut words = Words::default();
    months(tables, &mut words)?;
    weekdays(tables, &mut words)?;
    units(tables, &mut words)?;
    let endings = time_words(tables, &mut words)?;
    let spellings = numbers(tables, &mut words)?;
    let rules = holidays(tables, &mut words)?;

    let lists: BTreeSet<&BTreeSet<String>> = words.senses.values().collect();
    let numbers: BTreeMap<_, u32> = lists.iter().copied().zip(0..).collect();
    for (key, senses) in &words.senses {
        let begins = u32::from(words.begin.contains(key));
        compiler.set(key, Facet::Time, numbers[senses] << 1 | begins);
    }
    let mut code = String::from("static SENSES: &[&[Sense]] = &[\n");
    for list in lists {
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        writeln!(code, "    &[{}],", list.join(", "))?;
    }
    writeln!(code, "];\nstatic HOLIDAYS: &[Rule] = &[\n{rules}];")?;
    writeln!(
        code,
        "static SPELLINGS: &[(&str, u64, &[&str])] = &[\n{spellings}];"
    )?;
    writeln!(code, "static NOUN_ENDINGS: &[&str] = &{endings:?};")?;
    Ok(code)
}

fn months(tables: &Tables, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let columns = ["word", "calendar", "month", "certainty"];
    for row in tables.read_with("months.tsv", &columns, &["forms"])?.rows() {
        let sense = format!(
            "Sense::Month(Calendar::{}, {}, Certainty::{})",
            variant(row.get("calendar")),
            row.get("month").parse::<u8>()?,
            variant(row.get("certainty")),
        );
        row.words().for_each(|form| words.add(form, &sense));
    }
    Ok(())
}

fn weekdays(tables: &Tables, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let columns = ["word", "bare", "day"];
    for row in tables
        .read_with("weekdays.tsv", &columns, &["forms"])?
        .rows()
    {
        let day = row.get("day").parse::<u8>()?;
        let (whole, bare) = (
            format!("Sense::Weekday({day})"),
            format!("Sense::BareWeekday({day})"),
        );
        row.words().for_each(|form| words.add(form, &whole));
        row.list("bare", '|')
            .for_each(|form| words.add(form, &bare));
    }
    Ok(())
}

fn units(tables: &Tables, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let columns = ["word", "dual", "plural", "unit"];
    for row in tables
        .read_with("time_units.tsv", &columns, &["forms"])?
        .rows()
    {
        let unit = variant(row.get("unit"));
        let sense = |count| format!("Sense::Unit(Unit::{unit}, Count::{count})");
        row.words().for_each(|form| words.add(form, &sense("One")));
        for (column, count) in [("dual", "Two"), ("plural", "Many")] {
            row.list(column, '|')
                .for_each(|form| words.add(form, &sense(count)));
        }
    }
    Ok(())
}

/// Enters the number words and gives the rows for writing numbers.
fn numbers(tables: &Tables, words: &mut Words) -> Result<String, Box<dyn Error>> {
    let mut spellings = String::new();
    let columns = ["word", "part"];
    for row in tables
        .read_with("number_words.tsv", &columns, &["forms"])?
        .rows()
    {
        let part = row.get("part");
        let (kind, value) = part
            .split_once(' ')
            .ok_or_else(|| wrong("number_words", part))?;
        let value = value.parse::<u64>()?;
        let forms: Vec<&str> = row.words().collect();
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
fn holidays(tables: &Tables, words: &mut Words) -> Result<String, Box<dyn Error>> {
    let mut rules = String::new();
    for (i, row) in tables
        .read_with("holidays.tsv", &["word", "rule"], &["forms"])?
        .rows()
        .iter()
        .enumerate()
    {
        writeln!(rules, "    {},", rule(row.get("rule"))?)?;
        let sense = format!("Sense::Holiday({i})");
        row.words().for_each(|form| words.add(form, &sense));
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
fn time_words(tables: &Tables, words: &mut Words) -> Result<Vec<String>, Box<dyn Error>> {
    let mut endings = Vec::new();
    for row in tables
        .read_facts("time_words.tsv", &["word", "role"], &["forms"])?
        .rows()
    {
        let role = row.get("role");
        let (class, which) = role.split_once(' ').unwrap_or((role, ""));
        if class == "noun-ending" {
            endings.extend(row.words().map(rawi_text::fold));
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
        row.words().for_each(|form| words.add(form, &sense));
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
