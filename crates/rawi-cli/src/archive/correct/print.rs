//! Corrections in lines for people.

use anyhow::Result;
use rawi_archive::corrections::{About, Correction, Field, Finding, Part, Verdict};
use rawi_archive::{Archive, ArchiveError};

use crate::archive::usage;
use crate::pretty::Style;
use crate::safe::one_line;
use crate::words::Lang;

/// A word of ours in the language of the lines.
fn ours(style: Style, en: &'static str, ar: &'static str) -> String {
    match style.lang {
        Lang::En => en.to_owned(),
        Lang::Ar => style.arabic(ar),
    }
}

/// Whether a correction is about an event.
pub fn is_event(archive: &Archive, number: i64) -> Result<bool, ArchiveError> {
    let one = archive.correction_numbered(number)?;
    Ok(one.spot.about == About::Event)
}

/// `3  2026-11-28 10:21  ليلى  correct statement  n-17 text 52:60`, and under it the words
/// that it is about and what is said of them.
pub fn correction(archive: &Archive, one: &Correction, style: Style) -> Result<String> {
    let made = one.made.get(..16).unwrap_or(&one.made).replace('T', " ");
    let mut line = format!(
        "{}  {}  {}  {}",
        style.latin(&one.id.to_string()),
        style.latin(&one_line(&made)),
        style.arabic(&one_line(&one.who)),
        said(one, style),
    );
    let article = archive.given_id(one.version).map_err(usage)?;
    line += &format!("  {}", style.latin(&one_line(&article)));
    if one.spot.about != About::Article {
        let part = match one.spot.part {
            Part::Text => ours(style, "text", "النص"),
            Part::Headline => ours(style, "headline", "العنوان"),
        };
        let place = format!("{}:{}", one.spot.starts, one.spot.ends);
        line += &format!(" {part} {}", style.latin(&place));
    }
    if let Some(by) = one.undone_by {
        let undone = ours(style, "undone by", "تراجع عنه");
        line += &format!("  {undone} {}", style.latin(&by.to_string()));
    }
    let mut out = String::new();
    style.line(&mut out, 0, &line);
    let mut more = |text: &str| style.line(&mut out, 2, text);
    match &one.verdict {
        Verdict::Accept { seen: about, .. } | Verdict::Reject { seen: about, .. } => {
            more(&style.arabic(&one_line(&about.words())));
        }
        Verdict::Correct { seen, value, .. } => {
            more(&style.arabic(&one_line(&value.words())));
            for field in seen.iter().flat_map(|seen| seen.changes(value)) {
                let was = seen
                    .as_ref()
                    .map_or(String::new(), |seen| told(seen, field, style));
                let is = told(value, field, style);
                let name = style.latin(field.name());
                more(&format!("{name}  [-{was}-+{is}+]"));
            }
        }
        Verdict::Add { value, .. } => more(&style.arabic(&one_line(&value.words()))),
        Verdict::Review { .. } | Verdict::Undo { .. } => {}
    }
    if let Some(note) = &one.note {
        let label = ours(style, "note", "ملاحظة");
        more(&format!("{label}  {}", style.arabic(&one_line(note))));
    }
    Ok(out)
}

/// `reject event`, `undo 3`.
fn said(one: &Correction, style: Style) -> String {
    let about = match one.spot.about {
        About::Statement => ours(style, "statement", "قول"),
        About::Event => ours(style, "event", "حدث"),
        About::Article => ours(style, "article", "مقال"),
    };
    let verb = match &one.verdict {
        Verdict::Accept { .. } => ours(style, "accept", "قبول"),
        Verdict::Reject { .. } => ours(style, "reject", "رفض"),
        Verdict::Correct { .. } => ours(style, "correct", "تصحيح"),
        Verdict::Add { .. } => ours(style, "add", "إضافة"),
        Verdict::Review { .. } => ours(style, "review", "مراجعة"),
        Verdict::Undo { correction } => {
            let undo = ours(style, "undo", "تراجع");
            return format!("{undo} {}", style.latin(&correction.to_string()));
        }
    };
    format!("{verb} {about}")
}

/// What a finding says in a field.
fn told(finding: &Finding, field: Field, style: Style) -> String {
    let all = finding.told(field).into_iter().map(|value| {
        let value = one_line(&value);
        match field {
            Field::SaidOn | Field::Date => style.latin(&value),
            _ if field.is_code() => style.word(&style.lang.name(&value)),
            _ => style.arabic(&value),
        }
    });
    let all: Vec<String> = all.collect();
    all.join(style.lang.words().between)
}
