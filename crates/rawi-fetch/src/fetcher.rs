//! Asking for addresses politely: one request a host at a time, at an even pace,
//! within what the site allows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::address::Address;
use crate::exchange::{Answer, Exchange, Terms};
use crate::failure::{Failure, Why};
use crate::fetched::{Fetched, Page};
use crate::gather::Wanted;
use crate::moment;
use crate::reach::Reach;
use crate::robots::{self, Rules};
use crate::stop::Stop;

/// How many hosts are remembered.
const HOSTS: usize = 4096;

/// How long the rules of a site hold, and how long it is left alone if they could
/// not be had.
const RULES_HOLD: Duration = Duration::from_secs(24 * 3600);
const RULES_MISSING: Duration = Duration::from_secs(600);

/// How long a server's wish to be left alone is waited out at once; longer ones end
/// the request. What it wishes for is at most the second.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST_WISH: Duration = Duration::from_secs(24 * 3600);

/// How addresses are asked for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// How we name ourselves; the first word should be `rawi`, for which sites may
    /// have rules.
    pub name: String,
    /// Which machines outside the public net may be asked.
    pub reach: Reach,
    /// The pause between two requests to one host, unless it asks for a longer one.
    pub pause: Duration,
    /// How long making a connection may take.
    pub connect: Duration,
    /// How long one request may take until its last byte.
    pub whole: Duration,
    /// How many bytes of a document are taken, before and after unpacking.
    pub longest: u64,
    /// How many redirects are followed.
    pub redirects: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: concat!("rawi/", env!("CARGO_PKG_VERSION"), " (news archive)").into(),
            reach: Reach::public(),
            pause: Duration::from_secs(1),
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(60),
            longest: 16 << 20,
            redirects: 5,
        }
    }
}

/// Asks for addresses. Many threads may use one; those that want something of the
/// same host wait for each other.
#[derive(Debug)]
pub struct Fetcher {
    settings: Settings,
    exchange: Exchange,
    stop: Stop,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

/// What is known of one host.
#[derive(Default, Debug)]
struct Host {
    /// When it may be asked next.
    next: Option<Instant>,
    /// Until when it wishes to be left alone.
    left_alone: Option<Instant>,
    /// By scheme and port: its rules, and until when they hold.
    rules: Vec<(String, Rules, Instant)>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The address.
    pub address: &'a Address,
    /// The `ETag` of what is there already: only what has changed is had.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of what is there already.
    pub modified: Option<&'a str>,
    /// How many bytes are taken instead of [`Settings::longest`].
    pub longest: Option<u64>,
}

impl<'a> Ask<'a> {
    /// All of an address.
    pub fn for_all(address: &'a Address) -> Self {
        Ask {
            address,
            etag: None,
            modified: None,
            longest: None,
        }
    }
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Got {
    /// The document.
    Document(Box<Fetched>),
    /// Nothing: it is as it was.
    Unchanged,
}

impl Fetcher {
    /// A fetcher that ends what it does when `stop` is said.
    pub fn new(settings: Settings, stop: Stop) -> Self {
        let exchange = Exchange::new(
            &settings.name,
            settings.reach.clone(),
            settings.connect,
            settings.whole,
            stop.clone(),
        );
        Fetcher {
            settings,
            exchange,
            stop,
            hosts: Mutex::default(),
        }
    }

    /// What ends its work.
    pub fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Asks for an address, and for those that it leads to.
    ///
    /// # Errors
    ///
    /// If there is no document, and why.
    pub fn get(&self, ask: &Ask<'_>) -> Result<Got, Failure> {
        let failed = |why| Failure::new(ask.address, why);
        let mut address = ask.address.clone();
        // The address in whose place another stands for good.
        let mut moved = true;
        let mut lasting = None;
        for _ in 0..=self.settings.redirects {
            let answer = self.once(&address, ask).map_err(failed)?;
            let led = match (answer.status, &answer.location) {
                (301 | 302 | 303 | 307 | 308, Some(to)) => to,
                (200, _) => {
                    let fetched = fetched(ask.address, address, lasting, answer);
                    return Ok(Got::Document(Box::new(fetched)));
                }
                (304, _) => return Ok(Got::Unchanged),
                (status, _) => return Err(failed(Why::Status(status))),
            };
            let to = address
                .join(led)
                .map_err(|e| failed(Why::Address(format!("redirects to {led:?}: {e}"))))?;
            moved &= matches!(answer.status, 301 | 308);
            if moved {
                lasting = Some(to.clone());
            }
            address = to;
        }
        Err(failed(Why::Redirects(self.settings.redirects)))
    }

    /// Asks for a page that something leads to.
    ///
    /// # Errors
    ///
    /// If it could not be had, and why.
    pub fn page(&self, wanted: Wanted) -> Result<Page, Failure> {
        let Wanted { address, hints } = wanted;
        match self.get(&Ask::for_all(&address))? {
            Got::Document(fetched) => Ok(Page {
                fetched: *fetched,
                hints,
            }),
            // Nothing was said of what is there already.
            Got::Unchanged => Err(Failure::new(&address, Why::Status(304))),
        }
    }

    /// The sitemaps that a site's rules name.
    ///
    /// # Errors
    ///
    /// If the rules could not be had.
    pub fn sitemaps_of(&self, site: &Address) -> Result<Vec<Address>, Failure> {
        let host = self.host(site);
        let mut host = lock(&host);
        let rules = self
            .rules(&mut host, site)
            .map_err(|why| Failure::new(site, why))?;
        if let Rules::Unknown(why) = rules {
            return Err(Failure::new(site, Why::NoRobots(why.clone())));
        }
        let mut found: Vec<Address> = Vec::new();
        // What cannot be asked for is nothing that the reader of a site asked for.
        for address in rules
            .sitemaps()
            .iter()
            .filter_map(|text| site.join(text).ok())
        {
            if !found.contains(&address) {
                found.push(address);
            }
        }
        Ok(found)
    }

    /// One request, when the host may be asked and if its site allows it.
    fn once(&self, address: &Address, ask: &Ask<'_>) -> Result<Answer, Why> {
        let host = self.host(address);
        let mut host = lock(&host);
        let rules = self.rules(&mut host, address)?;
        if let Rules::Unknown(why) = rules {
            return Err(Why::NoRobots(why.clone()));
        }
        if !rules.allow(address) {
            return Err(Why::Robots);
        }
        let pause = rules.pause();
        let terms = Terms {
            etag: ask.etag,
            modified: ask.modified,
            limit: ask.longest.unwrap_or(self.settings.longest),
        };
        let mut patient = true;
        loop {
            let answer = self.paced(&mut host, pause, address, &terms)?;
            if !matches!(answer.status, 429 | 503) {
                return Ok(answer);
            }
            // Without a wish it is a fault like others.
            let Some(wish) = answer.retry_after.as_deref().and_then(wish) else {
                return Err(Why::Status(answer.status));
            };
            host.left_alone = Some(Instant::now() + wish);
            if !patient || wish > PATIENCE {
                return Err(Why::Busy(wish));
            }
            patient = false;
        }
    }

    /// One request at the host's pace.
    fn paced(
        &self,
        host: &mut Host,
        pause: Option<Duration>,
        address: &Address,
        terms: &Terms<'_>,
    ) -> Result<Answer, Why> {
        let now = Instant::now();
        let wish = host
            .left_alone
            .map(|until| until.saturating_duration_since(now));
        if let Some(wish) = wish.filter(|wish| *wish > PATIENCE) {
            return Err(Why::Busy(wish));
        }
        let turn = host.next.map(|next| next.saturating_duration_since(now));
        let wait = wish.unwrap_or_default().max(turn.unwrap_or_default());
        if !wait.is_zero() && self.stop.wait(wait) {
            return Err(Why::Stopped);
        }
        let answer = self.exchange.get(address, terms);
        let pause = pause.unwrap_or_default().max(self.settings.pause);
        host.next = Some(Instant::now() + pause);
        answer
    }

    /// The rules of an address's site, asked for if they are not known.
    fn rules<'h>(&self, host: &'h mut Host, address: &Address) -> Result<&'h Rules, Why> {
        let (origin, now) = (address.origin(), Instant::now());
        host.rules.retain(|(_, _, until)| *until > now);
        if let Some(at) = host.rules.iter().position(|(of, ..)| of == origin) {
            return Ok(&host.rules[at].1);
        }
        let rules = self.ask_for_rules(host, address)?;
        let hold = match rules {
            Rules::Unknown(_) => RULES_MISSING,
            Rules::None | Rules::Some(_) => RULES_HOLD,
        };
        host.rules.push((origin.to_owned(), rules, now + hold));
        let last = host.rules.len() - 1;
        Ok(&host.rules[last].1)
    }

    fn ask_for_rules(&self, host: &mut Host, address: &Address) -> Result<Rules, Why> {
        let terms = Terms {
            limit: robots::LONGEST as u64 * 4,
            ..Terms::default()
        };
        let mut at = address.robots();
        for _ in 0..=self.settings.redirects {
            let answer = match self.paced(host, None, &at, &terms) {
                Ok(answer) => answer,
                // Neither of these says anything of the rules.
                Err(why @ (Why::Stopped | Why::Private(_) | Why::NoHost | Why::Busy(_))) => {
                    return Err(why);
                }
                Err(Why::TooLong(_) | Why::Bomb(_)) => {
                    return Ok(Rules::Unknown("it is far too long".into()));
                }
                Err(why) => return Ok(Rules::Unknown(why.to_string())),
            };
            return Ok(match (answer.status, answer.location) {
                (301 | 302 | 303 | 307 | 308, Some(to)) => match at.join(&to) {
                    Ok(to) => {
                        at = to;
                        continue;
                    }
                    Err(_) => Rules::None,
                },
                (200, _) => Rules::read(&answer.body),
                (429 | 500.., _) => Rules::Unknown(Why::Status(answer.status).to_string()),
                // A site without rules.
                _ => Rules::None,
            });
        }
        // What leads nowhere is not there.
        Ok(Rules::None)
    }

    fn host(&self, address: &Address) -> Arc<Mutex<Host>> {
        let mut hosts = lock(&self.hosts);
        if hosts.len() >= HOSTS && !hosts.contains_key(address.host()) {
            // Those that nobody asks just now and that may be asked at once.
            let now = Instant::now();
            hosts.retain(|_, host| {
                // The first asks whether anybody has it in hand.
                Arc::strong_count(host) > 1 || {
                    let host = lock(host);
                    let ends = [host.next, host.left_alone];
                    ends.into_iter().flatten().any(|end| end > now)
                }
            });
        }
        hosts.entry(address.host().to_owned()).or_default().clone()
    }
}

/// What is under a lock; whoever panicked with it left whole values.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How long a server wishes to be left alone: seconds, or a moment.
fn wish(text: &str) -> Option<Duration> {
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => moment::of_http(text)?.saturating_sub(moment::now()),
    };
    Some(Duration::from_secs(seconds).min(LONGEST_WISH))
}

fn fetched(asked: &Address, address: Address, moved: Option<Address>, answer: Answer) -> Fetched {
    let (content_type, charset) = match answer.content_type.as_deref() {
        Some(text) => content_type(text),
        None => (None, None),
    };
    Fetched {
        asked: asked.clone(),
        moved,
        address,
        etag: answer.etag,
        modified: answer.modified,
        at: moment::written(moment::now()),
        content_type,
        charset,
        body: answer.body,
    }
}

/// The parts of `text/html; charset=windows-1256`.
fn content_type(text: &str) -> (Option<String>, Option<String>) {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().filter(|kind| !kind.is_empty());
    let charset = parts.find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    });
    (
        kind.map(str::to_ascii_lowercase),
        charset.map(str::to_owned),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes() {
        assert_eq!(wish("120"), Some(Duration::from_secs(120)));
        assert_eq!(wish("99999999999"), Some(LONGEST_WISH));
        assert_eq!(wish("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(wish("soon"), None);
        let later = moment::now() + 90;
        let day = moment::written(later);
        assert!(day.starts_with("20"));
    }

    #[test]
    fn content_types() {
        for (text, kind, charset) in [
            ("text/html", Some("text/html"), None),
            (
                "Text/HTML; Charset=\"windows-1256\"",
                Some("text/html"),
                Some("windows-1256"),
            ),
            (
                "application/rss+xml;charset=utf-8;x=y",
                Some("application/rss+xml"),
                Some("utf-8"),
            ),
            ("; charset=", None, None),
        ] {
            let found = content_type(text);
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (kind, charset));
        }
    }
}
