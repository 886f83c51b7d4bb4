//! What `rawi variants` and `rawi check` have in common: wordings with their differences
//! marked for people.

use rawi_archive::quotes::{Change, Critical, Differing, Report, Who};

use crate::safe;

/// A wording with brackets around what differs: `[-left out-]`, `[+added+]`,
/// `[-was-+is+]`, `[~another form~]`, with `!` where it turns the meaning around. `start`
/// is where the text begins in what the offsets count.
pub fn marked(text: &str, start: u32, differences: &[Differing]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    for difference in differences {
        let from = (difference.start.saturating_sub(start) as usize).clamp(at, chars.len());
        let to = (difference.end.saturating_sub(start) as usize).clamp(from, chars.len());
        out.extend(&chars[at..from]);
        let gap = from == to && from > 0 && !chars[from - 1].is_whitespace();
        if gap {
            out.push(' ');
        }
        out.push_str(&mark(difference));
        if from == to && chars.get(to).is_some_and(|c| c.is_alphanumeric()) {
            out.push(' ');
        }
        at = to;
    }
    out.extend(&chars[at..]);
    safe::one_line(&out)
}

fn mark(difference: &Differing) -> String {
    let (first, second) = (&difference.first, &difference.second);
    let warning = if difference.critical.is_some() {
        "!"
    } else {
        ""
    };
    match difference.change {
        Change::LeftOut => format!("[{warning}-{}-]", short(first)),
        Change::Added => format!("[{warning}+{second}+]"),
        Change::Replaced => format!("[{warning}-{}-+{second}+]", short(first)),
        Change::Form => format!("[{warning}~{} ~ {second}~]", short(first)),
    }
}

/// Words that are long are shown by their ends.
fn short(words: &str) -> String {
    const MOST: usize = 12;
    let all: Vec<&str> = words.split_whitespace().collect();
    match all.len() > MOST {
        true => format!(
            "{} … {}",
            all[..MOST / 2].join(" "),
            all[all.len() - MOST / 2..].join(" ")
        ),
        false => all.join(" "),
    }
}

/// What turns the meaning around, in a line of its own.
pub fn warnings(differences: &[Differing]) -> Vec<String> {
    let of = |d: &Differing| {
        let what = match d.critical? {
            Critical::Negation => "a negation",
            Critical::Condition => "a condition",
            Critical::Number => "a number",
        };
        let how = match d.change {
            Change::LeftOut => format!("is left out: {}", short(&d.first)),
            Change::Added => format!("is put in: {}", d.second),
            _ => format!("is changed: {} → {}", short(&d.first), d.second),
        };
        Some(safe::one_line(&format!("{what} {how}")))
    };
    differences.iter().filter_map(of).collect()
}

/// Where something stands: outlet, day, article.
pub fn place(report: &Report) -> String {
    let outlet = report.outlet.as_deref().unwrap_or("outlet not known");
    let day = report.published.as_deref().unwrap_or("no date");
    let mut parts = vec![safe::part(day), safe::part(outlet)];
    if let Some(agency) = &report.agency
        && Some(agency) != report.outlet.as_ref()
    {
        parts.push(format!("credited to {}", safe::part(agency)));
    }
    parts.push(safe::part(report.address.as_deref().unwrap_or(&report.id)));
    parts.join(" · ")
}

/// Somebody's name.
pub fn name(who: Option<&Who>) -> String {
    match who {
        Some(who) if who.unnamed => format!("{} (unnamed)", safe::part(&who.name)),
        Some(who) => safe::part(&who.name),
        None => "nobody named".to_owned(),
    }
}
