//! Events as rows of event data: PLOVER records and a table.

use rawi::Reading;
use rawi::reading::{Event, Participant};
use serde_json::{Value, json};

/// The columns of the table.
const COLUMNS: [&str; 19] = [
    "article",
    "event",
    "published",
    "event_date",
    "outlet",
    "actors",
    "actor_codes",
    "recipients",
    "recipient_codes",
    "type",
    "mode",
    "quad",
    "status",
    "claimed_by",
    "score",
    "place",
    "confidence",
    "start",
    "end",
];

/// One JSON record a line for each event of a reading, in the manual's terms.
pub fn plover(reading: &Reading) -> Vec<u8> {
    let mut out = Vec::new();
    for event in &reading.events {
        let record = json!({
            "id": format!("{}#{}", reading.id, event.id),
            "date": date(reading, event),
            "type": event.kind,
            "mode": event.mode,
            "context": event.context,
            "quad": quad(event),
            "score": event.score,
            "status": event.status,
            "actor": event.actors.iter().map(side).collect::<Vec<_>>(),
            "recipient": event.recipients.iter().map(side).collect::<Vec<_>>(),
            "claimed_by": event.claimed_by.as_ref().map(side),
            "location": event.place.as_ref().map(|p| &p.name),
            "confidence": event.confidence,
            "text": event.trigger.text,
            "span": [event.trigger.start, event.trigger.end],
            "source": { "article": reading.id, "outlet": reading.outlet, "published": reading.published },
        });
        out.extend(record.to_string().into_bytes());
        out.push(b'\n');
    }
    out
}

/// An actor or recipient: name as the article writes it, country and sectors.
fn side(who: &Participant) -> Value {
    let code = who.code.as_deref().unwrap_or_default();
    let mut parts = code.split(' ').filter(|p| !p.is_empty()).peekable();
    let sectors = rawi_events::SECTORS;
    let country = parts.next_if(|p| !sectors.contains(p));
    json!({
        "name": who.name,
        "entity": who.entity,
        "code": who.code,
        "country": country,
        "sector": parts.collect::<Vec<_>>(),
    })
}

/// The day of the event, else of publication.
fn date<'r>(reading: &'r Reading, event: &'r Event) -> Option<&'r str> {
    event.date.as_deref().or(reading.published.as_deref())
}

fn quad(event: &Event) -> Option<u8> {
    let kind = rawi_events::EventType::ALL
        .into_iter()
        .find(|k| k.name() == event.kind)?;
    Some(kind.quad().number())
}

/// The head of the table.
///
/// # Errors
///
/// If it cannot be written.
pub fn head() -> Result<Vec<u8>, csv::Error> {
    rows(|table| table.write_record(COLUMNS))
}

/// A row for each event of a reading. Several names or codes in a cell are
/// separated by `;`.
///
/// # Errors
///
/// If they cannot be written.
pub fn table(reading: &Reading) -> Result<Vec<u8>, csv::Error> {
    rows(|table| {
        for event in &reading.events {
            let names = |who: &[Participant]| list(who, |p| Some(&p.name));
            let codes = |who: &[Participant]| list(who, |p| p.code.as_deref());
            let claimed = event.claimed_by.as_ref().map(|p| p.name.as_str());
            let status = json!(event.status);
            let place = event.place.as_ref().map_or("", |p| p.name.as_str());
            let row: [&str; COLUMNS.len()] = [
                &reading.id,
                &event.id,
                reading.published.as_deref().unwrap_or_default(),
                event.date.as_deref().unwrap_or_default(),
                reading.outlet.as_deref().unwrap_or_default(),
                &names(&event.actors),
                &codes(&event.actors),
                &names(&event.recipients),
                &codes(&event.recipients),
                &event.kind,
                event.mode.as_deref().unwrap_or_default(),
                &quad(event).map(|q| q.to_string()).unwrap_or_default(),
                status.as_str().unwrap_or_default(),
                claimed.unwrap_or_default(),
                &event.score.to_string(),
                place,
                &event.confidence.to_string(),
                &event.trigger.start.to_string(),
                &event.trigger.end.to_string(),
            ];
            table.write_record(row)?;
        }
        Ok(())
    })
}

fn rows(
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> Result<(), csv::Error>,
) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    write(&mut table)?;
    table
        .into_inner()
        .map_err(|e| csv::Error::from(e.into_error()))
}

fn list<'p>(who: &'p [Participant], cell: impl Fn(&'p Participant) -> Option<&'p str>) -> String {
    let all: Vec<&str> = who.iter().map(|p| cell(p).unwrap_or_default()).collect();
    // A cell that a spreadsheet would take for a formula gets a quote in front.
    let text = all.join(";");
    if text.starts_with(['=', '+', '-', '@']) {
        return format!("'{text}");
    }
    text
}
