//! The statements of an article in a list below its text: for paper, and for
//! whoever reads with the ears.

use std::fmt::Write as _;

use super::card::Cards;
use super::shortened;
use crate::{pretty, safe};

/// How many letters of a statement the list gives.
const LONGEST: usize = 240;

/// A line for each statement, with a way to its place in the text.
pub fn statements(cards: &Cards<'_>, out: &mut String) {
    let count = cards.statements();
    if count == 0 {
        return;
    }
    let words = cards.lang.words();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<details class=\"list\">\n<summary><h3>{}</h3> <small>{}</small></summary>\n<ol>",
        words.statements,
        cards.lang.statements(count)
    );
    let all = cards.parts.iter();
    for (part, s) in all.flat_map(|part| part.statements.iter().map(move |s| (part, s))) {
        let _ = write!(
            out,
            "<li><a href=\"#{}-{}\"><bdi>{}</bdi></a> <small>{}</small>",
            cards.anchor,
            s.id,
            safe::html_line(pretty::speaker(s, cards.lang)),
            safe::html(&cards.lang.name(&s.act)),
        );
        out.push_str(&cards.headline(part));
        if let Some(channel) = pretty::channel(s, part.entities) {
            let channel = safe::html_line(&channel.text);
            let through = words.through;
            let _ = write!(out, " <small>{through} <bdi>{channel}</bdi></small>");
        }
        if let Some(day) = &s.said_on {
            let _ = write!(out, " <small><bdi dir=\"ltr\">{day}</bdi></small>");
        }
        if let Some(doubt) = pretty::doubt(s.confidence, cards.lang) {
            let _ = write!(out, " <span class=\"doubt\">{doubt}</span>");
        }
        let content = safe::html(&shortened(&pretty::content(s), LONGEST));
        let _ = writeln!(
            out,
            "<br><span lang=\"ar\" dir=\"auto\">{content}</span></li>"
        );
    }
    out.push_str("</ol>\n</details>\n");
}
