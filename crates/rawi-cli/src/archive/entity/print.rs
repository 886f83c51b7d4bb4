//! Entities and decisions in lines for people.

use anyhow::Result;
use rawi_archive::{Archive, Counted, Decision, Listed, Portrait, What};

use super::usage;
use crate::pretty::Style;
use crate::safe::one_line;
use crate::words::Lang;

/// How wide the words before a line's content are.
const LABEL: usize = 12;

/// What marks an entity that may be several.
const SEVERAL: &str = "~";

/// A word of ours in the language of the lines.
fn ours(style: Style, en: &'static str, ar: &'static str) -> String {
    match style.lang {
        Lang::En => en.to_owned(),
        Lang::Ar => style.arabic(ar),
    }
}

/// A number with what it counts.
fn count(style: Style, number: u64, en: [&'static str; 2], ar: &'static str) -> String {
    let what = match (style.lang, number) {
        (Lang::En, 1) => en[0].to_owned(),
        (Lang::En, _) => en[1].to_owned(),
        (Lang::Ar, _) => style.arabic(ar),
    };
    format!("{} {what}", style.latin(&number.to_string()))
}

/// `#12  سالم البدري  PER JOR  7 statements  4 articles`.
pub fn listed(one: &Listed, style: Style) -> String {
    let mut out = String::new();
    style.line(&mut out, 0, &head(one, style));
    out
}

fn head(one: &Listed, style: Style) -> String {
    let mut line = format!(
        "{}  {}",
        style.latin(&format!("#{}", one.id)),
        style.paint("1", &style.arabic(&one_line(&one.name)))
    );
    if one.several {
        line += SEVERAL;
    }
    let mut kind = one_line(&one.kind);
    for part in [&one.country, &one.link].into_iter().flatten() {
        kind += " ";
        kind += &one_line(part);
    }
    line += &format!("  {}", style.latin(&kind));
    let statements = count(style, one.statements, ["statement", "statements"], "قول");
    let articles = count(style, one.articles, ["article", "articles"], "مقال");
    line += &format!("  {statements}  {articles}");
    if !one.merged.is_empty() {
        let all: Vec<String> = one.merged.iter().map(|id| format!("#{id}")).collect();
        let with = ours(style, "with", "مع");
        line += &format!("  {with} {}", style.latin(&all.join(" ")));
    }
    line
}

/// All of an entity.
pub fn portrait(one: &Portrait, style: Style) -> String {
    let mut out = String::new();
    style.line(&mut out, 0, &head(&one.listed, style));
    let mut line = |en, ar, text: &str| {
        if !text.is_empty() {
            let label = ours(style, en, ar);
            let room = LABEL.saturating_sub(match style.lang {
                Lang::En => en.chars().count(),
                Lang::Ar => ar.chars().count(),
            });
            style.line(&mut out, 2, &format!("{label}{:room$}{text}", ""));
        }
    };
    if one.listed.several {
        let what = ours(
            style,
            "the name alone doesn't tell who is meant: articles may mean different ones",
            "الاسم وحده لا يحدّد المقصود: قد تقصد المقالات أكثر من واحد",
        );
        line("several", "أكثر من واحد", &what);
    }
    if let Some(link) = &one.listed.link {
        let address = format!("https://www.wikidata.org/wiki/{}", one_line(link));
        line("link", "الرابط", &style.latin(&address));
    }
    if let Some(from) = one.split_from {
        line("split from", "فُصل عن", &style.latin(&format!("#{from}")));
    }
    let names: Vec<String> = one
        .names
        .iter()
        .map(|n| numbered(style, &n.name, n.articles))
        .collect();
    line("names", "الأسماء", &names.join(between(style)));
    for (n, title) in one.titles.iter().enumerate() {
        let mut text = numbered(style, &title.title, title.articles);
        if let (Some(first), Some(last)) = (&title.first, &title.last) {
            let days = match first == last {
                true => first.clone(),
                false => format!("{first} – {last}"),
            };
            text += &format!("  {}", style.latin(&days));
        }
        match n {
            0 => line("titles", "الصفات", &text),
            _ => line("", "", &text),
        }
    }
    let list = |all: &[Counted], what: Values| {
        let all: Vec<String> = all.iter().map(|c| value(style, c, what)).collect();
        all.join(between(style))
    };
    line("months", "الأشهر", &list(&one.months, Values::Months));
    line("acts", "الأفعال", &list(&one.acts, Values::Words));
    line("to", "إلى", &list(&one.addressees, Values::Names));
    line("through", "عبر", &list(&one.channels, Values::Words));
    line("via", "نقلا عن", &list(&one.via, Values::Names));
    line("outlets", "الناشرون", &list(&one.outlets, Values::Names));
    out
}

/// What counted values are.
#[derive(Clone, Copy)]
enum Values {
    Names,
    /// Words of the contract.
    Words,
    Months,
}

/// `هدى الزعبي (3) #17`, `deny (2)`, `2026-03 (4)`.
fn value(style: Style, one: &Counted, what: Values) -> String {
    let number = style.latin(&format!("({})", one.statements));
    match what {
        Values::Names => {
            let name = numbered(style, &one.name, one.statements);
            match one.id {
                Some(id) => format!("{name} {}", style.latin(&format!("#{id}"))),
                None => name,
            }
        }
        Values::Words => format!("{} {number}", style.word(&style.lang.name(&one.name))),
        Values::Months if one.name == "none" => {
            format!("{} {number}", ours(style, "no date", "بلا تاريخ"))
        }
        Values::Months => format!("{} {number}", style.latin(&one.name)),
    }
}

/// What stands between the things of a list.
fn between(style: Style) -> &'static str {
    style.lang.words().between
}

/// `سالم البدري (4)`.
fn numbered(style: Style, name: &str, number: u64) -> String {
    format!(
        "{} {}",
        style.arabic(&one_line(name)),
        style.latin(&format!("({number})"))
    )
}

/// `3  2026-11-28 10:21  ليلى  merge  #12 سالم البدري  #57 سالم فهد البدري`.
pub fn decision(archive: &Archive, one: &Decision, style: Style) -> Result<String> {
    let who = |id: i64| -> Result<String> {
        let named = archive.entities_named(&format!("#{id}")).map_err(usage)?;
        let name = named.first().map_or("", |c| &c.name);
        let name = style.arabic(&one_line(name));
        Ok(format!("{} {name}", style.latin(&format!("#{id}"))))
    };
    let made = one.made.get(..16).unwrap_or(&one.made).replace('T', " ");
    let mut line = format!(
        "{}  {}  {}  ",
        style.latin(&one.id.to_string()),
        style.latin(&one_line(&made)),
        style.arabic(&one_line(&one.who))
    );
    match &one.what {
        What::Merge { into, others } => {
            line += &format!("{}  {}", ours(style, "merge", "دمج"), who(*into)?);
            for other in others {
                line += &format!("  {}", who(*other)?);
            }
        }
        What::Split {
            from,
            to,
            names,
            documents,
        } => {
            let split = ours(style, "split", "فصل");
            let off = ours(style, "off", "عن");
            line += &format!("{split}  {}  {off}  {}", who(*to)?, who(*from)?);
            let names: Vec<String> = names.iter().map(|n| style.arabic(&one_line(n))).collect();
            if !names.is_empty() {
                let by = ours(style, "by name", "بالاسم");
                line += &format!("  {by} {}", names.join(between(style)));
            }
            if !documents.is_empty() {
                let number = documents.len() as u64;
                let articles = count(style, number, ["article", "articles"], "مقال");
                line += &format!("  {} {articles}", ours(style, "in", "في"));
            }
        }
        What::Rename { entity, name } => {
            let (rename, to) = (ours(style, "rename", "تسمية"), ours(style, "to", "إلى"));
            let name = style.arabic(&one_line(name));
            line += &format!("{rename}  {}  {to}  {name}", who(*entity)?);
        }
        What::Undo { decision } => {
            let undo = ours(style, "undo", "تراجع");
            line += &format!("{undo}  {}", style.latin(&decision.to_string()));
        }
    }
    if let Some(by) = one.undone_by {
        let undone = ours(style, "undone by", "تراجع عنه");
        line += &format!("  {undone} {}", style.latin(&by.to_string()));
    }
    let mut out = String::new();
    style.line(&mut out, 0, &line);
    Ok(out)
}
