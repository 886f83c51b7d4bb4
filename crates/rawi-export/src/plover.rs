//! Events as PLOVER records.

use std::collections::HashMap;

use rawi::Reading;
use rawi::reading::{Code, Event, Id, Participant};
use rawi_columns::When;
use rawi_text::safe::one_line;
use serde_json::{Value, json};

use crate::part::{Kind, Told, parts, text};

/// One JSON record a line for each event of a reading, in the manual's terms. What the
/// headline says and the text says again has one.
pub fn records(reading: &Reading<'_>) -> Vec<u8> {
    let headline = Told::of(reading);
    let mut out = Vec::new();
    for part in parts(headline.as_ref(), reading) {
        for event in part.events {
            out.extend(record(reading, part.kind, event).into_bytes());
            out.push(b'\n');
        }
    }
    out
}

/// The record of each event of a reading, by the event's id: for who chooses among them.
pub fn by_event(reading: &Reading<'_>) -> HashMap<Id, String> {
    let headline = Told::of(reading);
    let headline = headline.as_ref().map(Told::whole);
    let mut all = HashMap::new();
    for part in headline.into_iter().chain([text(reading)]) {
        let records = part.events.iter();
        all.extend(records.map(|event| (event.id, record(reading, part.kind, event))));
    }
    all
}

fn record(reading: &Reading<'_>, part: Kind, event: &Event<'_>) -> String {
    let when = When::of(event);
    let outlet = reading.outlet.as_ref();
    let record = json!({
        "id": format!("{}#{}", one_line(&reading.id), event.id),
        "date": event.date.map(|d| d.to_string()),
        "date_begin": when.as_ref().map(|w| w.begin.to_string()),
        "date_end": when.as_ref().map(|w| w.end.to_string()),
        "date_precision": when.as_ref().map(|w| w.precision),
        "type": event.kind.name(),
        "mode": event.mode,
        "context": event.context,
        "quad": quad(event),
        "score": event.score,
        "status": event.status,
        "actor": event.actors.iter().map(side).collect::<Vec<_>>(),
        "recipient": event.recipients.iter().map(side).collect::<Vec<_>>(),
        "claimed_by": event.claimed_by.as_ref().map(side),
        "statement": event.statement,
        "location": event.place.as_ref().map(|p| one_line(&p.name)),
        "confidence": event.confidence,
        "text": one_line(&event.trigger.text),
        "span": [event.trigger.start, event.trigger.end],
        "part": part.name(),
        "source": {
            "article": one_line(&reading.id),
            "outlet": outlet.map(|outlet| one_line(outlet)),
            "published": reading.published.map(|d| d.to_string()),
            "published_from": reading.published_from,
        },
    });
    record.to_string()
}

/// An actor or recipient: name as the article writes it, country and sectors.
fn side(who: &Participant<'_>) -> Value {
    let code = who.code.as_ref();
    let sectors = code.map_or_else(Vec::new, |c| c.sectors().collect());
    json!({
        "name": one_line(&who.name),
        "entity": who.entity,
        "code": who.code,
        "country": code.and_then(Code::country),
        "sector": sectors,
    })
}

/// The quadrant of an event: verbal or material, cooperation or conflict.
pub fn quad(event: &Event<'_>) -> u8 {
    event.kind.quad().number()
}
