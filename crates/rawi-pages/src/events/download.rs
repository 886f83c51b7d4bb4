//! Events as a file: a table, one JSON object a line, or PLOVER records.

use rawi_archive::events::EventHit;
use rawi_archive::search::{EntityRef, Sort};
use rawi_archive::{ArchiveError, name_of};
use rawi_text::safe;

use super::asked::filter;
use crate::desk::Desk;
use crate::params::Params;
use crate::problem::Problem;

/// How many events a file has at most; more are had by `rawi export`.
const MOST: u64 = 20_000;

/// A file.
#[derive(Debug)]
pub struct Download {
    /// Its media type.
    pub kind: &'static str,
    /// The name that it is saved under.
    pub name: &'static str,
    /// What it holds.
    pub body: String,
}

/// The columns of the table.
const COLUMNS: [&str; 24] = [
    "article",
    "outlet",
    "title",
    "published",
    "published_from",
    "event",
    "type",
    "mode",
    "status",
    "trigger",
    "start",
    "end",
    "sentence",
    "actors",
    "recipients",
    "claimed_by",
    "day",
    "day_from",
    "place",
    "score",
    "confidence",
    "copies",
    "part",
    "address",
];

/// A form that a file can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// A table.
    Csv,
    /// What the page shows of each event, as a JSON object a line.
    Lines,
    /// The records of `rawi export`, a JSON object a line.
    #[cfg(feature = "export")]
    Plover,
}

impl Form {
    /// Those that this program can write.
    pub const ALL: &[Form] = &[
        Form::Csv,
        Form::Lines,
        #[cfg(feature = "export")]
        Form::Plover,
    ];

    /// What an address calls it.
    pub fn name(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Lines => "jsonl",
            #[cfg(feature = "export")]
            Form::Plover => "plover",
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Form::Csv => "CSV",
            Form::Lines => "JSON",
            #[cfg(feature = "export")]
            Form::Plover => "PLOVER",
        }
    }

    /// Its media type, and the name that a file is saved under.
    fn file(self) -> (&'static str, &'static str) {
        match self {
            Form::Csv => ("text/csv; charset=utf-8; header=present", "events.csv"),
            Form::Lines => ("application/jsonl", "events.jsonl"),
            #[cfg(feature = "export")]
            Form::Plover => ("application/jsonl", "events.plover.jsonl"),
        }
    }
}

/// All events that an address asks for, as `format` wants them: `csv`, `jsonl` or, where
/// the program has it, `plover`.
///
/// # Errors
///
/// If what is asked cannot be understood, if there are too many, or if the archive cannot
/// be read.
pub fn download(desk: &mut Desk<'_>, params: &Params) -> Result<Download, Problem> {
    let format = params.get("format").unwrap_or("csv");
    let mut forms = Form::ALL.iter();
    let Some(&form) = forms.find(|form| form.name() == format) else {
        let names: Vec<&str> = Form::ALL.iter().map(|form| form.name()).collect();
        let hint = format!("one of {}", names.join(", "));
        return Err(Problem::value("format", format, "no form", &hint));
    };
    let filter = filter(params)?;
    let sort = match params.get("sort") {
        Some("oldest") => Sort::Oldest,
        _ => Sort::Newest,
    };
    let archive = desk.archive;
    let body = archive.at_once(|| {
        let count = desk.searcher.count_events(&filter)?;
        if count > MOST {
            return Err(Problem::words(
                "format",
                format,
                (|t| t.ev_too_many, count),
                (|t| t.ev_too_many_hint, MOST),
            ));
        }
        let mut body = String::new();
        #[cfg(feature = "export")]
        let mut records = super::plover::Records::of(archive);
        if form == Form::Csv {
            body.push_str(&COLUMNS.join(","));
            body.push_str("\r\n");
        }
        desk.searcher.each_event(&filter, sort, |hit| {
            match form {
                Form::Csv => row(&hit, &mut body),
                Form::Lines => {
                    let broken = |e: serde_json::Error| ArchiveError::Invalid(e.to_string());
                    body.push_str(&serde_json::to_string(&hit).map_err(broken)?);
                    body.push('\n');
                }
                #[cfg(feature = "export")]
                Form::Plover => {
                    body.push_str(records.record(&hit)?);
                    body.push('\n');
                }
            }
            Ok(())
        })?;
        Ok::<_, Problem>(body)
    })?;
    let (kind, name) = form.file();
    Ok(Download { kind, name, body })
}

fn row(hit: &EventHit, out: &mut String) {
    let event = &hit.event;
    let article = &hit.article;
    let names = |all: &[EntityRef]| {
        let names: Vec<String> = all.iter().map(|e| e.name.replace(';', ",")).collect();
        names.join(";")
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let cells: [String; 24] = [
        article.id.clone(),
        text(&article.outlet),
        text(&article.title),
        text(&article.published),
        text(&article.published_from),
        event.id.to_string(),
        event.kind.name().to_owned(),
        event.mode.as_deref().unwrap_or_default().to_owned(),
        name_of(event.status),
        event.trigger.text.to_string(),
        event.trigger.start.to_string(),
        event.trigger.end.to_string(),
        hit.sentence.text.clone(),
        names(&hit.actors),
        names(&hit.recipients),
        names(hit.claimed_by.as_slice()),
        text(&hit.day),
        hit.day_from.map(name_of).unwrap_or_default(),
        names(hit.place.as_slice()),
        format!("{}", event.score),
        format!("{}", event.confidence),
        hit.copies.to_string(),
        if hit.headline { "headline" } else { "text" }.to_owned(),
        text(&article.address),
    ];
    // Scores are numbers and no formulas.
    let cells = cells.iter().enumerate().map(|(n, text)| match COLUMNS[n] {
        "score" | "confidence" | "start" | "end" | "copies" => text.clone(),
        _ => cell(text),
    });
    out.push_str(&cells.collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
}

/// A cell of text, quoted where it must be.
fn cell(text: &str) -> String {
    let line = safe::cell(text);
    match line.contains([',', '"', '\'', ';']) {
        true => format!("\"{}\"", line.replace('"', "\"\"")),
        false => line,
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_text() {
        let table = [
            ("وقال", "وقال"),
            ("a,b", "\"a,b\""),
            ("قال \"نعم\"", "\"قال \"\"نعم\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("سطر\nآخر", "سطر آخر"),
        ];
        for (text, wanted) in table {
            assert_eq!(cell(text), wanted);
        }
    }
}
