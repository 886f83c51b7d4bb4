//! Hits of a search for people at a terminal.

use rawi::reading::{BETWEEN, Form};
use rawi_archive::search::{ArticleHit, ArticleRef, Place, StatementHit};

use super::{INDENT, LIT, Style, UNLIT};
use crate::safe::{self, one_line};

/// A statement: who, how and what, and where it stands.
pub fn statement(hit: &StatementHit, style: Style) -> String {
    let mut out = String::new();
    let s = &hit.statement;
    let words = style.lang.words();
    let own = s.speaker.as_ref().map(|x| &*x.name);
    let who = own.unwrap_or(words.nobody);
    let mut line = style.paint("1", &style.arabic(&one_line(who)));
    // What the archive calls somebody may be another name than the article's.
    if let (Some(entity), Some(own)) = (&hit.speaker, own)
        && entity.name != own
    {
        line += &format!(" ({})", style.arabic(&one_line(&entity.name)));
    }
    let via = hit.via.iter().map(|v| &*v.name);
    line += &style.manner(s, s.channel.as_ref(), via);
    style.line(&mut out, 0, &line);
    let (begin, end) = match s.form {
        Form::Quote => ("«", "»"),
        _ => ("", ""),
    };
    let pieces: Vec<String> = s
        .content
        .iter()
        .map(|p| format!("{begin}{}{end}", lit(&p.text, p.start, &hit.highlights)))
        .collect();
    style.wrap(&mut out, &pieces.join(BETWEEN), 0);
    let place = s.content.first().zip(s.content.last());
    let place = place.map(|(first, last)| (first.start, last.end));
    foot(&mut out, &hit.article, place, hit.headline, style);
    out
}

/// An article: its title, and the text around the words that were found.
pub fn article(hit: &ArticleHit, style: Style) -> String {
    let mut out = String::new();
    let title = hit.article.title.as_deref().unwrap_or(&hit.article.id);
    let title = lit(title, 0, &hit.title_highlights);
    let count = style.lang.statements(hit.statements);
    let title = style.paint("1", &style.lit(&style.arabic(&title)));
    style.line(&mut out, 0, &format!("{title}  {}", style.word(&count)));
    let text = &hit.excerpt;
    style.wrap(&mut out, &lit(&text.text, text.start, &hit.highlights), 0);
    foot(&mut out, &hit.article, None, false, style);
    out
}

/// Where a hit stands.
fn foot(
    out: &mut String,
    article: &ArticleRef,
    place: Option<(u32, u32)>,
    headline: bool,
    style: Style,
) {
    let mut parts: Vec<String> = Vec::new();
    let outlet = article.outlet.as_deref();
    parts.extend(outlet.map(|o| style.arabic(&safe::part(o))));
    parts.extend(
        article
            .published
            .as_deref()
            .map(|day| style.latin(&safe::part(day))),
    );
    let mut id = style.arabic(&safe::part(&article.id));
    if let Some((start, end)) = place {
        id += &format!(" {}", style.latin(&format!("[{start}-{end}]")));
    }
    parts.push(id);
    if headline {
        parts.push(style.word(style.lang.words().headline));
    }
    parts.extend(
        article
            .address
            .as_deref()
            .map(|a| style.latin(&safe::part(a))),
    );
    style.line(out, INDENT, &style.paint("2", &parts.join(" · ")));
}

/// A text in one line, with what stands at some places lit up word by word: a line that
/// ends between two words then leaves nothing open. `start` is the text's first code
/// point.
fn lit(text: &str, start: u32, places: &[Place]) -> String {
    let mut out = String::with_capacity(text.len());
    let end = start + text.chars().count() as u32;
    let inside = places.iter().filter(|p| p.start < end && p.end > start);
    let mut chars = text.chars();
    let mut at = start;
    for place in inside {
        let before: String = chars
            .by_ref()
            .take(place.start.saturating_sub(at) as usize)
            .collect();
        add(&mut out, &before, false);
        at = at.max(place.start);
        let here: String = chars
            .by_ref()
            .take(place.end.saturating_sub(at) as usize)
            .collect();
        add(&mut out, &here, true);
        at = at.max(place.end);
    }
    add(&mut out, chars.as_str(), false);
    out.trim().to_owned()
}

/// Adds a part of a text, made safe, with the blanks at its ends.
fn add(out: &mut String, part: &str, is_lit: bool) {
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    if blank(part.chars().next()) && !out.ends_with(' ') {
        out.push(' ');
    }
    let shown = one_line(part);
    match is_lit {
        true => {
            let words: Vec<String> = shown
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(|word| format!("{LIT}{word}{UNLIT}"))
                .collect();
            out.push_str(&words.join(" "));
        }
        false => out.push_str(&shown),
    }
    if blank(part.chars().next_back()) && !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lit_and_stay_where_they_are() {
        let places = [Place { start: 15, end: 28 }, Place { start: 29, end: 33 }];
        let lit = lit("قال إن توسعة الميناء\nهناك \u{e000}نعم", 8, &places);
        let shown = lit.replace(LIT, "<").replace(UNLIT, ">");
        assert_eq!(shown, "قال إن <توسعة> <الميناء> <هناك> ·U+E000نعم");
    }
}
