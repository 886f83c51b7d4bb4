//! Where everything is from, and how the archive is.

use askama::Template;
use rawi_archive::{Failure, Health, LedgerRow, WhichInputs};

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::problem::Problem;
use crate::site::{Number, Site};

/// How many inputs stand on a page.
const INPUTS: usize = 50;

/// How many failures are named.
const FAILURES: usize = 20;

/// The states that the list is asked for by.
const STATES: [&str; 5] = ["failures", "waiting", "reading", "done", "failed"];

#[derive(Template)]
#[template(path = "health.html")]
struct HealthPage<'a> {
    frame: Frame<'a>,
    health: Health,
    inputs: Vec<LedgerRow>,
    state: Option<String>,
    next: Option<String>,
    failures: Vec<Failure>,
    /// How many failed.
    failed: u64,
    /// What a reading anew has done.
    again: Option<(u64, u64)>,
}

/// The page. `?state=` chooses inputs.
///
/// # Errors
///
/// If a parameter is none of its list, or the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let state = site.params.get("state");
    if let Some(state) = state
        && !STATES.contains(&state)
    {
        let what = "it is the state of no input";
        return Err(Problem::value("state", state, what, &STATES.join(", ")));
    }
    let cursor = match site.params.get("cursor") {
        None => None,
        Some(text) => match text.parse() {
            Ok(number) => Some(number),
            Err(_) => {
                return Err(Problem::value(
                    "cursor",
                    text,
                    "it is no number",
                    "leave it out",
                ));
            }
        },
    };
    let which = WhichInputs {
        state: state.map(str::to_owned),
        cursor,
        limit: INPUTS,
    };
    let (inputs, next) = desk.archive.ledger(&which)?;
    let health = desk.archive.health()?;
    let number = |name| site.params.get(name).and_then(|n| n.parse().ok());
    let page = HealthPage {
        frame: Frame::new(
            desk,
            site,
            Section::Health,
            site.t().health_title.to_owned(),
        )?,
        failed: health.failures.iter().map(|(_, number)| number).sum(),
        health,
        inputs,
        state: which.state,
        next: next.map(|next| site.here(&site.params.with("cursor", &next.to_string()))),
        failures: desk.archive.latest_failures(FAILURES)?,
        again: number("read").zip(number("failed")),
    };
    Page::of(&page)
}

impl HealthPage<'_> {
    /// Where a choice of state leads.
    fn choice(&self, state: &str) -> String {
        let site = self.frame.site;
        let bare = site.params.without("cursor").without("state");
        let bare = bare.without("read").without("failed");
        match state {
            "" => site.here(&bare),
            state => site.here(&bare.with("state", state)),
        }
    }

    fn is_chosen(&self, state: &str) -> bool {
        self.state.as_deref().unwrap_or_default() == state
    }

    /// A size for people: `3.2 MB`.
    fn size(&self, bytes: impl Number) -> String {
        let bytes = bytes.number();
        let site = self.frame.site;
        let t = site.t();
        let (unit, name) = match bytes {
            1_000_000_000.. => (1e9, t.bytes_gb),
            1_000_000.. => (1e6, t.bytes_mb),
            _ => (1e3, t.bytes_kb),
        };
        let number = bytes as f64 / unit;
        let places = usize::from(number < 100.0);
        format!("{} {name}", site.decimal(number, places))
    }

    /// The day of a time in RFC 3339, and the hour.
    fn when<'t>(&self, time: &'t str) -> (&'t str, &'t str) {
        let hour = time.get(11..16).unwrap_or_default();
        (time.get(..10).unwrap_or(time), hour)
    }

    /// Whether readings of another engine than this program's are there.
    fn has_old(&self) -> bool {
        let mut engines = self.health.engines.iter();
        engines.any(|(name, readings)| name != rawi::ENGINE && *readings > 0)
    }
}
