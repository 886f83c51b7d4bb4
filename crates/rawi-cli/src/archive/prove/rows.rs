//! The rows of an export, each beside the row that its archive gives for it now.
//!
//! What the archive gives is proved first: the text is hashed, and every span of the
//! reading is sliced from it again. A row must then be that row, cell for cell.

use std::fs::File;
use std::io::{BufRead, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use indicatif::ProgressBar;
use rawi::Reading;
use rawi_archive::Archive;
use rawi_archive::export::{Item, context};
use rawi_columns::{Batches, Beside, RecordBatch, differences, number, read_parquet};
use rawi_export::{archived, csv, more};
use serde_json::Value;

use crate::read::format::Table as Sheet;
use crate::verify::{LONGEST, NAMED, open};
use crate::{Usage, table, tell};

/// How a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

/// How many rows are checked between two signs of life.
const STEP: usize = 256;

/// An export in the middle of being checked.
pub struct Check<'a> {
    archive: &'a Archive,
    file: &'a Path,
    bar: &'a ProgressBar,
    /// The article that the last row was of, proved.
    item: Option<Item>,
    pub rows: usize,
    pub faults: usize,
}

impl<'a> Check<'a> {
    pub fn new(archive: &'a Archive, file: &'a Path, bar: &'a ProgressBar) -> Self {
        Self {
            archive,
            file,
            bar,
            item: None,
            rows: 0,
            faults: 0,
        }
    }

    /// Checks all rows.
    pub fn all(&mut self) -> Result<()> {
        let name = self.file.display();
        if self.file != Path::new("-") {
            let mut head = Vec::new();
            let file = File::open(self.file).with_context(|| format!("cannot open {name}"))?;
            let head_of = file.take(PARQUET.len() as u64).read_to_end(&mut head);
            head_of.with_context(|| format!("cannot read {name}"))?;
            if head == PARQUET {
                return self.parquet();
            }
        }
        let mut input = open(self.file)?;
        let head = input
            .fill_buf()
            .with_context(|| format!("cannot read {name}"))?;
        match head.first() {
            Some(b'{') => self.lines(input),
            Some(_) => self.csv(input),
            // Nothing matched: a file without lines has no row that could be wrong.
            None => Ok(()),
        }
    }

    fn foreign(&self) -> anyhow::Error {
        let name = self.file.display();
        Usage(format!(
            "{name}: no export that can be checked: csv, jsonl, jsonld and parquet of `rawi export` can"
        ))
        .into()
    }

    /// Counts a row, and names what is wrong with it.
    fn row(&mut self, place: usize, held: Result<(), String>) {
        self.rows += 1;
        if self.rows.is_multiple_of(STEP) {
            self.bar.set_message(self.rows.to_string());
        }
        if let Err(problem) = held {
            self.faults += 1;
            if self.faults <= NAMED {
                let name = self.file.display();
                self.bar
                    .suspend(|| tell(&format!("{name}:{place}: {problem}")));
            }
        }
    }

    /// The article of a version, proved.
    fn item(&mut self, version: Option<i64>) -> Result<&Item, String> {
        let Some(version) = version else {
            return Err("it does not say of which version it is".to_owned());
        };
        if self
            .item
            .as_ref()
            .is_none_or(|item| item.version != version)
        {
            self.item = None;
            let found = self.archive.item(version).map_err(|e| e.to_string())?;
            let Some(found) = found else {
                return Err(format!("the archive has no reading of version {version}"));
            };
            let proved = rawi::verify(&found.reading, &found.article);
            proved.map_err(|e| format!("version {version} of the archive does not hold: {e}"))?;
            self.item = Some(found);
        }
        self.item.as_ref().ok_or_else(String::new)
    }

    fn csv(&mut self, input: impl BufRead) -> Result<()> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(input);
        let mut row = csv::StringRecord::new();
        let name = self.file.display().to_string();
        let cannot = || format!("cannot read {name}");
        if !reader.read_record(&mut row).with_context(cannot)? {
            return Err(self.foreign());
        }
        let sheets = [(Sheet::Statements, "statement"), (Sheet::Events, "event")];
        let mut known = None;
        for (sheet, key) in sheets {
            let head = parsed(&table::head(sheet, more(sheet))?)?;
            if head.first() == Some(&row) {
                known = Some((sheet, key));
            }
        }
        let Some((sheet, key)) = known else {
            return Err(self.foreign());
        };
        let head = row.clone();
        let column = |name: &str| head.iter().position(|c| c == name);
        let (Some(version), Some(key)) = (column("version"), column(key)) else {
            return Err(self.foreign());
        };
        // The rows that the archive gives for the version of the row before.
        let mut given: (Option<i64>, Vec<csv::StringRecord>) = (None, Vec::new());
        loop {
            match reader.read_record(&mut row) {
                Ok(true) => {}
                Ok(false) => break,
                Err(e) if matches!(e.kind(), csv::ErrorKind::Io(_)) => {
                    return Err(e).with_context(cannot);
                }
                Err(e) => {
                    self.row(self.rows + 2, Err(e.to_string()));
                    continue;
                }
            }
            let place = row.position().map_or(0, |p| p.line() as usize);
            let number = row.get(version).and_then(|v| v.parse().ok());
            let held = self.item(number).and_then(|item| {
                if given.0 != number {
                    let rows = csv(sheet, item).map_err(|e| e.to_string())?;
                    let rows = parsed(&rows).map_err(|e| e.to_string())?;
                    given = (number, rows);
                }
                let same = given.1.iter().find(|r| r.get(key) == row.get(key));
                let Some(same) = same else {
                    return Err(format!(
                        "the archive has no {} in version {}",
                        row.get(key).unwrap_or_default(),
                        item.version
                    ));
                };
                let off = head.iter().enumerate();
                let off = off.filter(|(place, _)| same.get(*place) != row.get(*place));
                let off: Vec<String> = off.map(|(_, name)| name.to_owned()).collect();
                match row.len() == same.len() {
                    true => differs(&off),
                    false => Err("it has another number of cells".to_owned()),
                }
            });
            self.row(place, held);
        }
        Ok(())
    }

    /// Readings, statements, or nodes of JSON-LD, one a line.
    fn lines(&mut self, mut input: impl BufRead) -> Result<()> {
        let name = self.file.display().to_string();
        let mut line = Vec::new();
        let mut linked = false;
        let mut ended = false;
        for place in 1.. {
            line.clear();
            let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            if read.with_context(|| format!("{name}:{place}: cannot read on"))? == 0 {
                break;
            }
            if line.len() as u64 == LONGEST {
                bail!(
                    "{name}:{place}: longer than {} MiB, no row is",
                    LONGEST >> 20
                );
            }
            let text = line.trim_ascii();
            if place == 1 && text.starts_with(b"{\"@context\"") {
                linked = true;
                let head = format!("{{\"@context\":{},", context());
                if text != head.as_bytes() {
                    self.row(place, Err("the context is another".to_owned()));
                }
                continue;
            }
            if linked && (text == b"\"@graph\":[" || text == b"]}") {
                ended = text == b"]}";
                continue;
            }
            if text.is_empty() {
                continue;
            }
            let text = match linked {
                true => text.strip_suffix(b",").unwrap_or(text),
                false => text,
            };
            let held = match serde_json::from_slice(text) {
                Ok(value) if linked => self.node(&value),
                Ok(value) => match is_reading(&value) {
                    Some(true) => self.reading(text, &value),
                    Some(false) => self.statement(&value),
                    None => return Err(self.foreign()),
                },
                Err(e) => Err(format!("it is no JSON: {e}")),
            };
            self.row(place, held);
        }
        if linked && !ended {
            self.faults += 1;
            tell(&format!("{name}: cut off, the end is missing"));
        }
        Ok(())
    }

    fn reading(&mut self, line: &[u8], value: &Value) -> Result<(), String> {
        let reading: Reading<'_> =
            serde_json::from_slice(line).map_err(|e| format!("is no reading: {e}"))?;
        let found = self
            .archive
            .versions_of_text(&reading.id, &reading.text_sha256);
        let versions = found.map_err(|e| e.to_string())?;
        let mut why = format!("the archive has no text of {} with this hash", reading.id);
        for version in versions {
            let item = self.item(Some(version))?;
            let same = serde_json::to_value(&item.reading).map_err(|e| e.to_string())?;
            match unlike(value, &same) {
                Ok(()) => return Ok(()),
                Err(problem) => why = problem,
            }
        }
        Err(why)
    }

    fn statement(&mut self, value: &Value) -> Result<(), String> {
        let item = self.item(value["version"].as_i64())?;
        let id = &value["statement_id"];
        let lines = item.lines();
        let same = lines.iter().find(|line| line["statement_id"] == *id);
        let same = same.ok_or_else(|| format!("the archive has no statement {id} there"))?;
        unlike(value, same)
    }

    fn node(&mut self, value: &Value) -> Result<(), String> {
        let number = |uri: &Value| -> Option<i64> {
            let (_, number) = uri.as_str()?.rsplit_once('/')?;
            number.parse().ok()
        };
        let archive = self.archive;
        let item = self.item(number(&value["isPartOf"]["@id"]))?;
        let nodes = archive.quotations(item).map_err(|e| e.to_string())?;
        let id = &value["@id"];
        let same = nodes.iter().find(|node| node["@id"] == *id);
        let same = same.ok_or_else(|| format!("the archive has no statement {id} there"))?;
        unlike(value, same)
    }

    fn parquet(&mut self) -> Result<()> {
        let name = self.file.display().to_string();
        let file = File::open(self.file).with_context(|| format!("cannot open {name}"))?;
        let (table, batches) = read_parquet(file).with_context(|| name.clone())?;
        let mut given: (Option<i64>, Option<RecordBatch>) = (None, None);
        // Rows mostly come in the order in which the archive gives them.
        let mut next = 0;
        for batch in batches {
            let batch = batch.with_context(|| format!("{name}: damaged"))?;
            for row in 0..batch.num_rows() {
                let version = number(&batch, "version", row);
                let held = self.item(version).and_then(|item| {
                    if given.0 != version {
                        let mut of = Batches::new(table, usize::MAX);
                        let full = of.push(
                            &item.article,
                            &item.reading,
                            Beside::of_archive(&archived(item)),
                        );
                        let full = full.map_err(|e| e.to_string())?;
                        let rest = of.take().map_err(|e| e.to_string())?;
                        given = (version, full.or(rest));
                        next = 0;
                    }
                    let Some(same) = &given.1 else {
                        return Err("the archive has no such row".to_owned());
                    };
                    let mut least = differences(&batch, row, same, next);
                    if least.is_empty() {
                        next += 1;
                        return Ok(());
                    }
                    for at in 0..same.num_rows() {
                        let off = differences(&batch, row, same, at);
                        if off.is_empty() {
                            next = at + 1;
                            return Ok(());
                        }
                        if off.len() < least.len() {
                            least = off;
                        }
                    }
                    differs(&least)
                });
                self.row(self.rows + 1, held);
            }
        }
        Ok(())
    }
}

/// The rows of a table.
fn parsed(rows: &[u8]) -> Result<Vec<csv::StringRecord>, csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(rows);
    let mut all: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    for row in &mut all {
        row.set_position(None);
    }
    Ok(all)
}

/// Whether it is a reading or a statement of an export; none if it is neither.
fn is_reading(value: &Value) -> Option<bool> {
    let has = |key: &str| value.get(key).is_some();
    match (has("statement_id"), has("statements") && has("text_sha256")) {
        (true, _) => Some(false),
        (_, true) => Some(true),
        _ => None,
    }
}

/// Says in which fields an object is not as it must be.
fn unlike(value: &Value, same: &Value) -> Result<(), String> {
    if value == same {
        return Ok(());
    }
    let (Some(value), Some(same)) = (value.as_object(), same.as_object()) else {
        return Err("it is no object".to_owned());
    };
    let mut off: Vec<String> = Vec::new();
    for key in value.keys().chain(same.keys()) {
        if value.get(key) != same.get(key) && !off.contains(key) {
            off.push(key.clone());
        }
    }
    differs(&off)
}

fn differs(columns: &[String]) -> Result<(), String> {
    match columns {
        [] => Ok(()),
        some => Err(format!("not as the archive has it: {}", some.join(", "))),
    }
}
