//! From the address of a page to what it asks of the archive.

use rawi::reading::{Date, EventType, Status};
use rawi_archive::events::{Claim, EventFilter, Who};
use rawi_archive::query::{Fault, Field, Period, Query, Value};

use crate::params::Params;
use crate::problem::Problem;

/// The events that an address asks for: `a`, `b`, `with`, `actor`, `recipient`, `place`
/// (a name, `#12`, a country's code, `none`), `type`, `mode`, `status`, `claimed`
/// (`article`, `somebody` or a name), `outlet`, `in`, `from`, `until`, `about`, and
/// `copies=all`.
///
/// # Errors
///
/// If a value is none that its name can have.
pub fn filter(params: &Params) -> Result<EventFilter, Problem> {
    let mut filter = EventFilter {
        fold: params.get("copies") != Some("all"),
        with: all(params, "with"),
        actor: all(params, "actor"),
        recipient: all(params, "recipient"),
        place: all(params, "place"),
        modes: params.all("mode").map(str::to_owned).collect(),
        ..EventFilter::default()
    };
    match (params.get("a"), params.get("b")) {
        (Some(a), Some(b)) => filter.between = Some((who(a), who(b))),
        (Some(one), None) | (None, Some(one)) => filter.with.push(who(one)),
        (None, None) => {}
    }
    for name in params.all("type") {
        let named = Field::Event.value(name, true);
        let named = named.map_err(|fault| Problem::fault("type", name, fault))?;
        let kinds = EventType::ALL.into_iter();
        filter
            .types
            .extend(kinds.filter(|kind| named == Value::Known(kind.name())));
    }
    for name in params.all("status") {
        let status: Result<Status, _> = serde_json::from_value(name.into());
        let hint = "one of happened, future, hypothetical, negated, historical";
        filter
            .statuses
            .push(status.map_err(|_| Problem::value("status", name, "no status", hint))?);
    }
    filter.claimed = params.get("claimed").map(|value| match value {
        "article" => Claim::Article,
        "somebody" => Claim::Anybody,
        value => Claim::By(who(value)),
    });
    for name in params.all("outlet") {
        filter
            .outlets
            .push((name != "none").then(|| name.to_owned()));
    }
    let (mut since, mut until) = (None, None);
    if let Some(text) = params.get("in") {
        if text == "none" {
            filter.dated = Some(false);
        } else {
            let period = period("in", text)?;
            since = Some(period.first());
            until = Some(period.last());
        }
    }
    if let Some(text) = params.get("from") {
        since = later(since, Some(period("from", text)?.first()));
    }
    if let Some(text) = params.get("until") {
        let last = Some(period("until", text)?.last());
        until = until.map_or(last, |known| last.map(|last| last.min(known)));
    }
    filter.since = since;
    filter.until = until;
    if let Some(text) = params.get("about") {
        let words = Query::parse(text).map_err(|e| Problem::query("about", text, &e))?;
        filter.words = Some(words);
    }
    Ok(filter)
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.max(b)
}

/// A stretch of the calendar.
pub(crate) fn period(field: &'static str, text: &str) -> Result<Period, Problem> {
    Period::read(text).map_err(|why| {
        let fault = Fault::NoDate {
            field: Field::Since,
            text: text.to_owned(),
            why,
        };
        Problem::fault(field, text, fault)
    })
}

fn all(params: &Params, name: &str) -> Vec<Who> {
    params.all(name).map(who).collect()
}

/// Somebody, as an address names him. Nobody is called a number alone.
pub(crate) fn who(text: &str) -> Who {
    let number = text.strip_prefix('#').unwrap_or(text);
    let plain = number.bytes().all(|b| b.is_ascii_digit());
    match number.parse().ok().filter(|_| plain) {
        Some(id) => Who::Entity(id),
        None if text == "none" => Who::Nobody,
        None if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) => {
            Who::Country(text.to_owned())
        }
        None => Who::Name(text.to_owned()),
    }
}

/// How an address names somebody.
pub(crate) fn address(who: &Who) -> String {
    match who {
        Who::Entity(id) => format!("#{id}"),
        Who::Name(name) => name.clone(),
        Who::Country(code) => code.clone(),
        Who::Nobody => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_named_by_number_code_or_name() {
        for (text, wanted) in [
            ("#114", Who::Entity(114)),
            ("114", Who::Entity(114)),
            ("EGY", Who::Country("EGY".to_owned())),
            ("none", Who::Nobody),
            ("قناة 24", Who::Name("قناة 24".to_owned())),
            ("-5", Who::Name("-5".to_owned())),
            ("#", Who::Name("#".to_owned())),
            (
                "99999999999999999999",
                Who::Name("99999999999999999999".to_owned()),
            ),
        ] {
            assert_eq!(who(text), wanted, "{text}");
            assert_eq!(who(&address(&wanted)), wanted, "{text}");
        }
    }

    #[test]
    fn an_address_is_a_question() {
        let asked = |query: &str| filter(&Params::parse(query));
        let both = asked("a=%2312&b=EGY&type=assault&status=negated&in=2026-03").unwrap();
        assert_eq!(
            both.between,
            Some((Who::Entity(12), Who::Country("EGY".to_owned())))
        );
        assert_eq!(both.types, [EventType::Assault]);
        assert_eq!(both.since, Date::parse("2026-03-01"));
        assert_eq!(both.until, Date::parse("2026-03-31"));
        let one = asked("b=x&claimed=article&recipient=none&until=2026&in=2026-03").unwrap();
        assert_eq!(one.with, [Who::Name("x".to_owned())]);
        assert_eq!(one.recipient, [Who::Nobody]);
        assert_eq!(one.claimed, Some(Claim::Article));
        assert_eq!(one.until, Date::parse("2026-03-31"));
        assert_eq!(asked("in=none").unwrap().dated, Some(false));
        assert!(asked("").unwrap().fold && !asked("copies=all").unwrap().fold);
        for wrong in [
            "type=war",
            "status=maybe",
            "in=soon",
            "from=x",
            "about=%22x",
        ] {
            assert_eq!(asked(wrong).unwrap_err().status(), 400, "{wrong}");
        }
    }
}
