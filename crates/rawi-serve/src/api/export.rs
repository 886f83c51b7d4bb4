//! `GET /export`: everything that matches, as a stream in bounded memory.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use rawi_archive::query::Query;
use rawi_archive::{Archive, ArchiveError, Mode};
use rawi_export::table::Table as Sheet;
use rawi_export::{Form, Out};
use rawi_pages::Desk;
use schemars::generate::SchemaGenerator;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use super::EXPORTS;
use super::operation::{Asked, Method, Operation, Run};
use super::parameter::{Kind, Parameter, Said, Values};
use super::problem::{self, Problem};
use super::question::{QUESTION, query};
use crate::server::Shared;

/// In how many seconds to ask again if there are too many.
const LATER: u32 = 10;

/// Bytes that are sent at a time.
const CHUNK: usize = 64 << 10;

/// Pieces that wait for who takes them.
const WAITING: usize = 4;

/// Who takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

fn formats() -> Vec<&'static str> {
    vec!["csv", "jsonl", "jsonld", "parquet", "plover"]
}

fn tables() -> Vec<&'static str> {
    vec![
        "articles",
        "statements",
        "events",
        "entities",
        "mentions",
        "times",
    ]
}

fn parameters() -> Vec<Parameter> {
    let more = [
        Parameter::one(
            "format",
            Kind::Choice(formats),
            "In which form; jsonl if nothing is said.",
            "الصيغة؛ jsonl ما لم يُذكر غيرها.",
        )
        .like("csv"),
        Parameter::one(
            "table",
            Kind::Choice(tables),
            "What the rows are: statements or events of csv, any of parquet, statements of \
             jsonl; statements if nothing is said, of jsonl whole readings.",
            "ما الصفوف: أقوال أو أحداث في csv، وأيٌّ منها في parquet، وأقوال في jsonl؛ الأقوال ما لم يُذكر غيرها، وفي jsonl القراءات كاملة.",
        ),
    ];
    QUESTION.into_iter().chain(more).collect()
}

/// `GET /export`.
pub const EXPORT: Operation = Operation {
    id: "export",
    method: Method::Get,
    path: "/export",
    said: Said {
        en: "Download everything that matches",
        ar: "نزّل كل ما يطابق",
    },
    more: Said {
        en: "The rows are those of `rawi export`, by the day of publication, the oldest first, and \
        `rawi verify` proves all but PLOVER records. An answer that could not be finished ends with a broken \
        connection, never as if it were whole.",
        ar: "الصفوف هي صفوف rawi export، بترتيب أيام النشر، الأقدم أولًا، وتثبتها rawi verify إلا سجلات PLOVER. وما لم يكتمل ينتهي باتصال مقطوع، لا كأنه كامل.",
    },
    parameters,
    body: None,
    answer: forms,
    paged: false,
    problems: &[problem::Kind::Query],
    links: &[],
    run: Run::Export,
};

fn forms(_: &mut SchemaGenerator) -> Value {
    let text = json!({"schema": {"type": "string"}});
    json!({
        "application/x-ndjson": text,
        "text/csv": text,
        "application/ld+json": {"schema": {"type": "object"}},
        "application/vnd.apache.parquet": {},
    })
}

/// What is asked for: the form, its media type and the ending of a file's name.
///
/// # Errors
/// If there is no such table in this form.
fn form(values: &Values) -> Result<(Form, &'static str, &'static str), Problem> {
    use rawi_columns::Table;
    let (format, table) = (values.one("format"), values.one("table"));
    let wrong = |what: &str, hint: &str| {
        Err(Problem::of(problem::Kind::Query, what)
            .at("table")
            .hint(hint))
    };
    let lines = "application/x-ndjson";
    Ok(match (format, table) {
        (Some("csv"), None | Some("statements")) => (
            Form::Csv(Sheet::Statements),
            "text/csv; charset=utf-8; header=present",
            "csv",
        ),
        (Some("csv"), Some("events")) => (
            Form::Csv(Sheet::Events),
            "text/csv; charset=utf-8; header=present",
            "csv",
        ),
        (Some("csv"), _) => {
            return wrong("csv has no such table", "there is statements and events");
        }
        (Some("jsonld"), None | Some("statements")) => {
            (Form::Jsonld, "application/ld+json", "jsonld")
        }
        (Some("jsonld"), _) => return wrong("jsonld holds statements", "leave the table out"),
        (Some("plover"), None | Some("events")) => (Form::Plover, lines, "plover.jsonl"),
        (Some("plover"), _) => return wrong("plover holds events", "leave the table out"),
        (Some("parquet"), table) => {
            let named = table.unwrap_or("statements");
            let table = Table::ALL.into_iter().find(|t| t.name() == named);
            let table = table.unwrap_or(Table::Statements);
            (
                Form::Parquet(table),
                "application/vnd.apache.parquet",
                "parquet",
            )
        }
        (_, None) => (Form::Readings, lines, "jsonl"),
        (_, Some("statements")) => (Form::Lines, lines, "jsonl"),
        (_, Some(_)) => {
            return wrong(
                "jsonl has no such table",
                "there is statements; without a table it holds whole readings",
            );
        }
    })
}

/// Answers with an export.
///
/// # Errors
/// If it cannot be understood, or too many are under way.
pub async fn answer(shared: &Shared, asked: Asked) -> Result<Response, Problem> {
    let (form, kind, ending) = form(&asked.values)?;
    let query = query(&asked.values)?;
    let exports = Arc::clone(&shared.api.exports);
    let permit = exports.try_acquire_owned().map_err(|_| Problem {
        retry: Some(LATER),
        ..Problem::of(
            problem::Kind::Busy,
            format!("{EXPORTS} exports are under way already"),
        )
    })?;
    // What cannot be understood is said before anything is sent.
    let understood = query.clone();
    let ask =
        move |desk: &mut Desk<'_>| Ok(desk.searcher.understand(&understood).map_err(Problem::from));
    let understood = shared.desks.ask(ask).await;
    understood
        .map_err(Problem::from)
        .and_then(|answer| answer)?;
    // So is that the archive is gone: a body that ends before it begins may take the whole
    // answer with it.
    let path = shared.options.archive.clone();
    let opened = tokio::task::spawn_blocking(move || Archive::open(path, Mode::Read)).await;
    let opened = opened.map_err(|e| rawi_pages::Problem::Fault(e.to_string()))?;
    let archive = opened.map_err(rawi_pages::Problem::from)?;
    let body = stream(archive, query, form, permit);
    let name = format!("attachment; filename=\"rawi.{ending}\"");
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// A body that gets an export as it is made. Who goes away ends it.
fn stream(archive: Archive, query: Query, form: Form, permit: OwnedSemaphorePermit) -> Body {
    let (pieces, taken) = mpsc::channel(WAITING);
    let runtime = Handle::current();
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let mut to = Pieces {
            held: Vec::with_capacity(CHUNK),
            pieces,
            runtime,
        };
        let written = write(&archive, &query, form, &mut to);
        if let Err(error) = written.and_then(|()| Ok(to.give(Piece::End)?)) {
            if to.pieces.is_closed() {
                tracing::info!("who asked for an export has gone");
            } else {
                tracing::error!(%error, "an export was not finished");
            }
        }
    });
    Body::new(Taken {
        pieces: taken,
        ended: false,
    })
}

/// What is handed from the export to its reader. Without an end it was not finished.
enum Piece {
    Bytes(Bytes),
    End,
}

fn write(
    archive: &Archive,
    query: &Query,
    form: Form,
    to: &mut Pieces,
) -> Result<(), ArchiveError> {
    let mut out = Out::begin(to, form, archive)?;
    archive.export(query, form.scope(), |item| out.item(item))?;
    out.finish().map(drop)
}

/// Collects what is written into pieces, and waits where nobody takes them.
struct Pieces {
    held: Vec<u8>,
    pieces: mpsc::Sender<Piece>,
    runtime: Handle,
}

impl Pieces {
    fn give(&self, piece: Piece) -> io::Result<()> {
        let sent = tokio::time::timeout(PATIENCE, self.pieces.send(piece));
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.held, Vec::with_capacity(CHUNK));
        self.give(Piece::Bytes(piece.into()))
    }
}

/// The pieces as a body.
struct Taken {
    pieces: mpsc::Receiver<Piece>,
    ended: bool,
}

impl http_body::Body for Taken {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, io::Error>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.pieces.poll_recv(context).map(|piece| match piece {
            Some(Piece::Bytes(bytes)) => Some(Ok(http_body::Frame::data(bytes))),
            Some(Piece::End) => {
                self.ended = true;
                None
            }
            // The answer must not look whole.
            None => {
                self.ended = true;
                Some(Err(io::Error::other("the export was not finished")))
            }
        })
    }
}
