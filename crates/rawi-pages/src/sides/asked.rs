//! From the address to two queries for statements and a filter for events.

use rawi_archive::ArchiveError;
use rawi_archive::events::{Claim, EventFilter, Who};
use rawi_archive::query::{Field, Node, Period, Query, Value};
use rawi_time::Date;

use crate::desk::Desk;
use crate::events::{address, period, who, who_field, who_name};
use crate::params::Params;
use crate::problem::Problem;
use crate::site::Site;
use crate::words::Words;

/// How many of those who speak for a country are asked for.
const SPEAKERS: usize = 200;

/// What the sides are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// People and bodies.
    People,
    /// All who speak for a country.
    Countries,
    /// Outlets.
    Outlets,
}

impl Kind {
    /// All, with what an address calls them.
    pub const ALL: [(Kind, &'static str); 3] = [
        (Kind::People, "people"),
        (Kind::Countries, "countries"),
        (Kind::Outlets, "outlets"),
    ];

    pub fn of(params: &Params) -> Self {
        let named = |(_, name): &(Kind, &str)| params.get("kind") == Some(*name);
        let found = Self::ALL.into_iter().find(named);
        found.map_or(Kind::People, |(kind, _)| kind)
    }

    pub fn name(self, t: &'static Words) -> &'static str {
        match self {
            Kind::People => t.sides_people,
            Kind::Countries => t.sides_countries,
            Kind::Outlets => t.sides_outlets,
        }
    }
}

/// What is asked.
pub(super) struct Asked {
    pub kind: Kind,
    /// What the sides are called.
    pub names: [String; 2],
    /// Who they are, but of outlets.
    who: [Option<Who>; 2],
    /// The statements of each.
    pub queries: [Query; 2],
    /// What happened between them, or of outlets: what they tell.
    pub between: EventFilter,
    /// What each of them claims, if somebody is to speak.
    pub claims: [Option<EventFilter>; 2],
    params: Params,
}

impl Asked {
    /// What an address asks; nothing as long as a side is missing.
    pub fn of(desk: &mut Desk<'_>, params: &Params) -> Result<Option<Self>, Problem> {
        let (Some(a), Some(b)) = (params.get("a"), params.get("b")) else {
            return Ok(None);
        };
        let kind = Kind::of(params);
        let about = match params.get("about") {
            None => None,
            Some(text) => {
                Query::parse(text)
                    .map_err(|e| Problem::query("about", text, &e))?
                    .root
            }
        };
        let days = days(params)?;
        let mut sides = Vec::new();
        for (field, value) in [("a", a), ("b", b)] {
            sides.push(side(desk, kind, field, value)?);
        }
        let query = |condition: &Node| {
            let mut all = vec![condition.clone()];
            all.extend(about.clone());
            for (field, day) in [(Field::Since, days.0), (Field::Until, days.1)] {
                let time = day.map(|day| Value::Time(Period::day(day)));
                all.extend(time.map(|time| Node::filter(field, vec![time])));
            }
            Query {
                root: Node::all(all),
            }
        };
        let base = EventFilter {
            since: days.0,
            until: days.1,
            fold: true,
            ..EventFilter::default()
        };
        let [(first, one), (second, two)] = &sides[..] else {
            return Ok(None);
        };
        let claims = [one, two].map(|who| {
            let by = who.clone().map(Claim::By);
            by.map(|by| EventFilter {
                claimed: Some(by),
                ..base.clone()
            })
        });
        let between = match (one, two) {
            (Some(one), Some(two)) => EventFilter {
                between: Some((one.clone(), two.clone())),
                ..base
            },
            _ => EventFilter {
                outlets: vec![Some(a.to_owned()), Some(b.to_owned())],
                words: params.get("about").map(|_| Query {
                    root: about.clone(),
                }),
                ..base
            },
        };
        Ok(Some(Self {
            kind,
            names: [(a, one), (b, two)].map(|(value, who)| match who {
                None => value.to_owned(),
                // A code may be written in small letters.
                Some(Who::Country(code)) if code.eq_ignore_ascii_case(value) => {
                    who_name(desk, code)
                }
                Some(_) => who_name(desk, value),
            }),
            queries: [query(first), query(second)],
            who: [one.clone(), two.clone()],
            between,
            claims,
            params: params.clone(),
        }))
    }

    /// Where the first page asks for all that a side said.
    pub fn search(&self, site: &Site, side: usize) -> Option<String> {
        let (name, value) = match &self.who[side] {
            None => ("outlet", self.params.get(["a", "b"][side])?.to_owned()),
            // No question asks for all who speak for one.
            Some(Who::Country(_)) => return None,
            Some(who) => ("speaker", address(who)),
        };
        let mut all = vec![(name, &*value)];
        for name in ["about", "from", "until"] {
            all.extend(self.params.get(name).map(|value| (name, value)));
        }
        let params: Params = all.into_iter().collect();
        Some(site.link("/", &params))
    }

    /// Where the events are listed, all of them or those of a day.
    pub fn events(&self, site: &Site, day: Option<&str>) -> String {
        let sides = [&self.who[0], &self.who[1]].map(|who| who.as_ref().map(address));
        let mut all = Vec::new();
        for (name, side) in ["a", "b"].into_iter().zip(&sides) {
            match side {
                Some(side) => all.push((name, &**side)),
                None => all.extend(self.params.get(name).map(|value| ("outlet", value))),
            }
        }
        for (name, value) in self.params.pairs() {
            match (name, self.kind) {
                ("about", Kind::Outlets) => all.push((name, value)),
                ("from" | "until" | "in", _) if day.is_none() => all.push((name, value)),
                _ => {}
            }
        }
        all.extend(day.map(|day| ("in", day)));
        let params: Params = all.into_iter().collect();
        site.link("/events", &params)
    }
}

/// A side as a condition for statements, and as a side of events.
fn side(
    desk: &Desk<'_>,
    kind: Kind,
    field: &'static str,
    value: &str,
) -> Result<(Node, Option<Who>), Problem> {
    Ok(match (kind, who(value)) {
        (Kind::Outlets, _) => {
            let outlet = Value::Name(value.to_owned());
            (Node::filter(Field::Outlet, vec![outlet]), None)
        }
        (Kind::People, Who::Entity(id)) => {
            let speakers = vec![Value::Entity(id)];
            (
                Node::filter(Field::Speaker, speakers),
                Some(Who::Entity(id)),
            )
        }
        (Kind::People, Who::Name(_) | Who::Nobody) => {
            // By numbers, as these need no look at every name.
            let speakers = match desk.archive.entities_named(value) {
                Ok(all) => all.iter().map(|one| Value::Entity(one.id)).collect(),
                Err(ArchiveError::Asked(_)) => vec![Value::Name(value.to_owned())],
                Err(e) => return Err(e.into()),
            };
            let who = Who::Name(value.to_owned());
            (Node::filter(Field::Speaker, speakers), Some(who))
        }
        // A code means a country among people and bodies, too.
        (Kind::People | Kind::Countries, _) => {
            let Some(code) = desk.archive.country_named(&who_field(desk, value))? else {
                return Err(Problem::words(
                    field,
                    value,
                    (|t| t.sides_no_country, 0),
                    (|t| t.sides_no_country_hint, 0),
                ));
            };
            let speakers = desk.archive.speakers_of_country(&code, SPEAKERS)?;
            let mut speakers: Vec<Value> = speakers.into_iter().map(Value::Entity).collect();
            if speakers.is_empty() {
                // Nobody speaks for it: then nothing is to be found.
                speakers.push(Value::Name(code.clone()));
            }
            (
                Node::filter(Field::Speaker, speakers),
                Some(Who::Country(code)),
            )
        }
    })
}

fn days(params: &Params) -> Result<(Option<Date>, Option<Date>), Problem> {
    let of = |name: &'static str| params.get(name).map(|text| period(name, text)).transpose();
    let (whole, from, until) = (of("in")?, of("from")?, of("until")?);
    let since = [whole, from].into_iter().flatten().map(|p| p.first()).max();
    let until = [whole, until].into_iter().flatten().map(|p| p.last()).min();
    Ok((since, until))
}
