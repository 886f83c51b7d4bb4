//! The events of an article, as cards below its text.

use std::fmt::Write as _;

use rawi::reading::{Event, Participant};

use super::card::Cards;
use crate::part::Part;
use crate::{pretty, safe};

/// A card for each event, with a way to its place in the text.
pub fn events(cards: &Cards<'_>, out: &mut String) {
    if cards.parts.iter().all(|part| part.events.is_empty()) {
        return;
    }
    let words = cards.lang.words();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<section class=\"events\">\n<h3>{}</h3>\n<ol>",
        words.events
    );
    for part in cards.parts {
        for event in part.events {
            card(cards, part, event, out);
        }
    }
    out.push_str("</ol>\n</section>\n");
}

fn card(cards: &Cards<'_>, part: &Part<'_>, e: &Event<'_>, out: &mut String) {
    let words = cards.lang.words();
    let anchor = format!("{}-{}", cards.anchor, e.id);
    let kind = cards.lang.name(&e.kind.name());
    let mode = e.mode.as_deref().unwrap_or_default();
    let code = safe::html(format!("{} {mode}", e.kind).trim_end());
    let _ = write!(
        out,
        "<li><p class=\"kind\"><a href=\"#{anchor}\">{}</a> <small dir=\"ltr\">{code}</small>",
        safe::html(&kind)
    );
    out.push_str(&cards.headline(part));
    if let Some(doubt) = pretty::doubt(e.confidence, cards.lang) {
        let _ = write!(out, " <span class=\"doubt\">{doubt}</span>");
    }
    out.push_str("</p>\n<dl>");
    let mut row = |head: &str, value: &str| {
        if !value.is_empty() {
            let value = safe::html_line(value);
            let _ = write!(out, "<div><dt>{head}</dt><dd><bdi>{value}</bdi></dd></div>");
        }
    };
    let names = |who: &[Participant<'_>]| {
        let all: Vec<&str> = who.iter().map(|p| &*p.name).collect();
        all.join(words.between)
    };
    row(words.who, &names(&e.actors));
    row(words.whom, &names(&e.recipients));
    row(words.word, &format!("«{}»", e.trigger.text));
    row(words.status, &cards.lang.name(&e.status));
    row(
        words.claimed_by,
        e.claimed_by.as_ref().map_or("", |p| &p.name),
    );
    row(
        words.date,
        &e.date.map_or_else(String::new, |d| d.to_string()),
    );
    row(words.place, e.place.as_ref().map_or("", |p| &p.name));
    out.push_str("</dl>");
    if let Some(why) = &e.why {
        for line in [&why.row, &why.frame, &why.status] {
            let why = safe::html_line(line);
            let _ = write!(out, "<p class=\"why\" dir=\"ltr\">{why}</p>");
        }
    }
    out.push_str("</li>\n");
}
