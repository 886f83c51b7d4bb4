//! An event as a row of a table: what happened, and the sentence that says so.

use rawi::Certainty;
use rawi_archive::events::{DayFrom, EventHit};
use rawi_archive::search::{EntityRef, Place};

use crate::site::Site;

/// A piece of a sentence.
pub(crate) struct Piece {
    pub text: String,
    /// Whether it names the event.
    pub told: bool,
    /// Whether it was searched for.
    pub found: bool,
}

/// A row.
pub(crate) struct Row {
    pub id: i64,
    pub day: String,
    pub iso: String,
    /// Whether the day is the article's.
    pub of_article: bool,
    pub actors: Vec<EntityRef>,
    pub recipients: Vec<EntityRef>,
    pub two_sided: bool,
    pub kind: &'static str,
    pub mode: String,
    /// The score as it is written.
    pub score: String,
    /// `neg`, `pos` or nothing.
    pub sign: &'static str,
    pub status: &'static str,
    pub claimed: Option<EntityRef>,
    pub pieces: Vec<Piece>,
    pub outlet: Option<String>,
    /// The place in the article.
    pub href: String,
    /// The statement that tells it.
    pub statement: Option<i64>,
    pub copies: u32,
    /// What is said of a reading that is not clear.
    pub certainty: Option<&'static str>,
}

impl Row {
    pub fn of(site: &Site, hit: &EventHit) -> Self {
        let event = &hit.event;
        let (day, iso) = day(site, hit);
        let certainty = match Certainty::of(event.confidence) {
            Certainty::Clear => None,
            Certainty::Likely => Some("likely"),
            Certainty::Weak => Some("weak"),
        };
        let path = format!("/article/{}", hit.article.version);
        Self {
            id: hit.id,
            day,
            iso,
            of_article: hit.day_from == Some(DayFrom::Article),
            actors: hit.actors.clone(),
            recipients: hit.recipients.clone(),
            two_sided: hit.two_sided,
            kind: event.kind.name(),
            mode: event.mode.as_deref().unwrap_or_default().to_owned(),
            score: score(site, event.score, 0),
            sign: sign(event.score),
            status: status(event.status),
            claimed: hit.claimed_by.clone(),
            pieces: pieces(hit),
            outlet: hit.article.outlet.clone(),
            href: format!("{}#{}", site.at(&path), event.id),
            statement: hit.statement,
            copies: hit.copies,
            certainty,
        }
    }
}

/// The day as people are told it, and as machines are: the time that the article names, or
/// the article's own day.
fn day(site: &Site, hit: &EventHit) -> (String, String) {
    let Some(day) = hit.day.clone() else {
        return (String::new(), String::new());
    };
    let named = hit
        .event
        .date
        .filter(|_| hit.day_from == Some(DayFrom::Period));
    let shown = match named {
        None => site.day(&day),
        Some(value) => {
            let plain = value.to_string();
            match site.day(&plain) {
                // Neither a day nor a month nor a year, which is written as it is.
                same if same == plain && !plain.bytes().all(|b| b.is_ascii_digit()) => {
                    let ends = [value.first_day(), value.last_day()];
                    let ends = ends.into_iter().flatten().map(|d| site.day(&d.to_string()));
                    ends.collect::<Vec<_>>().join(" – ")
                }
                shown => shown,
            }
        }
    };
    (shown, day)
}

/// A score with its sign; whole scores have no decimals.
pub(crate) fn score(site: &Site, score: f64, places: usize) -> String {
    let places = match score.fract() == 0.0 {
        true => places,
        false => places.max(1),
    };
    let plus = if score > 0.0 { "+" } else { "" };
    format!("{plus}{}", site.decimal(score, places))
}

/// How a score is colored.
pub(crate) fn sign(score: f64) -> &'static str {
    match score {
        s if s < 0.0 => "neg",
        s if s > 0.0 => "pos",
        _ => "",
    }
}

fn status(status: rawi::reading::Status) -> &'static str {
    use rawi::reading::Status;
    match status {
        Status::Happened => "happened",
        Status::Future => "future",
        Status::Hypothetical => "hypothetical",
        Status::Negated => "negated",
        Status::Historical => "historical",
        _ => "",
    }
}

/// The sentence cut where something in it is marked.
fn pieces(hit: &EventHit) -> Vec<Piece> {
    let sentence = &hit.sentence;
    let is_in = |places: &[Place], at: u32| places.iter().any(|p| p.start <= at && at < p.end);
    let trigger = std::slice::from_ref(&sentence.trigger);
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in (sentence.start..).zip(sentence.text.chars()) {
        let told = is_in(trigger, at) || is_in(&sentence.mentions, at);
        let found = is_in(&sentence.highlights, at);
        match pieces.last_mut() {
            Some(last) if last.told == told && last.found == found => last.text.push(c),
            _ => pieces.push(Piece {
                text: c.to_string(),
                told,
                found,
            }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Params};

    #[test]
    fn scores_have_signs() {
        let site = Site::new(Lang::Ar, "/events", Params::default());
        let all = [5.0, -9.0, 0.0, -1.5].map(|s| score(&site, s, 0));
        assert_eq!(all, ["+5", "\u{2212}9", "0", "\u{2212}1.5"]);
        assert_eq!(score(&site, 7.0, 1), "+7.0");
        assert_eq!([5.0, -9.0, 0.0].map(sign), ["pos", "neg", ""]);
    }
}
