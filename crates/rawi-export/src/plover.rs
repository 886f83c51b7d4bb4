//! Events as PLOVER records.

use std::borrow::Cow;

use rawi::Reading;
use rawi::reading::{Code, Event, Participant};
use rawi_columns::When;
use serde_json::{Value, json};

use crate::part::{Told, parts};
use rawi_text::safe::one_line;

/// One JSON record a line for each event of a reading, in the manual's terms.
pub fn records(reading: &Reading<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let text = |text: &Cow<'_, str>| one_line(text);
    let headline = Told::of(reading);
    let parts = parts(headline.as_ref(), reading);
    let events = parts
        .iter()
        .flat_map(|part| part.events.iter().map(|e| (part.kind, e)));
    for (part, event) in events {
        let when = When::of(event);
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
                "outlet": reading.outlet.as_ref().map(text),
                "published": reading.published.map(|d| d.to_string()),
                "published_from": reading.published_from,
            },
        });
        out.extend(record.to_string().into_bytes());
        out.push(b'\n');
    }
    out
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
