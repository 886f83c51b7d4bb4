//! Inputs from the network: what addresses lead to, into an archive.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use rawi::Reader;
use rawi_archive::{Archive, Given, Input, InputKind, Mode, Opened, Page as Known, Tally, Told};
use rawi_fetch::{
    Ahead, Failure, Fetcher, Found, Gather, Kind, Page, Poll, Reach, Settings, Stop, Wanted,
    Watched, Why,
};
use rawi_input::{Place, Problem, Record};
use rawi_time::Date;

use super::usage;

/// How many bytes of what feeds hold themselves are kept until they are read; what is
/// more is left for another run.
const HELD: usize = 64 << 20;

/// How often a word to stop is looked for.
const LOOK: Duration = Duration::from_millis(100);

/// How addresses are asked for.
#[derive(clap::Args, Clone)]
#[command(next_help_heading = "Network")]
pub struct Network {
    /// Fetch also from machines that are not of the public net, such as this one: from
    /// one (`--allow-private=HOST` or HOST:PORT; may be given several times) or from all
    #[arg(
        long,
        value_name = "HOST",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "*"
    )]
    allow_private: Vec<String>,
    /// Pause between two requests to one host, like 1s or 500ms; a site may ask for more
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = time)]
    delay: Duration,
    /// How many hosts are asked at the same time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    connections: u16,
    /// Take what feeds hold of their items and fetch no pages
    #[arg(long)]
    feed_only: bool,
    /// How many pages an address may lead to in one run
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    most: usize,
    /// Leave out what feeds and sitemaps date before this day
    #[arg(long, value_name = "DATE", value_parser = crate::input::day)]
    since: Option<String>,
    /// How to name ourselves to servers: `rawi/VERSION (who you are and how to reach you)`
    #[arg(long, value_name = "NAME")]
    user_agent: Option<String>,
}

impl Network {
    /// Makes what asks for addresses.
    pub fn fetcher(&self) -> Fetcher {
        let mut settings = Settings::default();
        if let Some(name) = &self.user_agent {
            settings.name.clone_from(name);
        }
        settings.pause = self.delay;
        for host in &self.allow_private {
            settings.reach = match host.as_str() {
                "*" => Reach::anywhere(),
                host => settings.reach.and(host),
            };
        }
        Fetcher::new(settings, Stop::new())
    }

    fn wanted(&self) -> rawi_fetch::Options {
        let mut options = rawi_fetch::Options::default();
        options.feed_only = self.feed_only;
        options.most = self.most;
        options.since = self.since.as_deref().and_then(Date::parse);
        options
    }
}

/// A length of time on the command line: `15m`, `1s`, `500ms`, `2h`, `1d`.
pub fn time(text: &str) -> Result<Duration, String> {
    let wrong = || "write a number and ms, s, m, h or d, like 15m".to_owned();
    let at = text.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = text.split_at(at.ok_or_else(wrong)?);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(wrong()),
    };
    let all = number
        .checked_mul(milliseconds)
        .filter(|all| *all <= 366 * 86_400_000);
    Ok(Duration::from_millis(all.ok_or_else(wrong)?))
}

/// One round over addresses: what they lead to is listed, pages are had, and read into
/// the archive. What was had before isn't asked for again.
pub struct Round<'a> {
    pub options: &'a Network,
    pub fetcher: &'a Fetcher,
    pub reader: &'a Reader,
    pub threads: usize,
    pub stop: &'static AtomicBool,
    /// How often the addresses are asked; none if this is the only time.
    pub every: Option<Duration>,
    /// The ISO day of publication of pages for which nothing else says one.
    pub published: Option<&'a str>,
}

/// What an address led to.
struct Listing<'a> {
    watched: &'a Watched,
    poll: Poll,
    tally: rawi_fetch::Tally,
    failure: Option<Why>,
    failed: Vec<Failure>,
    pages: Vec<Entry>,
}

/// A page that was had already, or is to be asked for.
enum Entry {
    Had(Box<Page>),
    Wanted(Wanted),
}

impl Entry {
    fn address(&self) -> &rawi_fetch::Address {
        match self {
            Entry::Had(page) => &page.fetched.asked,
            Entry::Wanted(wanted) => &wanted.address,
        }
    }
}

/// A page with the number of the listing that it is from.
struct Leaf {
    listing: usize,
    entry: Entry,
}

impl Round<'_> {
    /// Does it. `tell` hears what is told while pages are read.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read or written. What was written before is kept.
    pub fn run(
        &self,
        archive: &mut Archive,
        watched: &[Watched],
        tell: impl FnMut(Told<'_>),
    ) -> Result<Tally> {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            let done = Done(&over);
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    if self.stop.load(Ordering::SeqCst) {
                        return self.fetcher.stop().say();
                    }
                    thread::sleep(LOOK);
                }
            });
            let listings = self.list(archive, watched)?;
            let tally = self.read(archive, listings, tell);
            drop(done);
            tally
        })
    }

    /// Finds out what addresses lead to, those of different hosts at the same time.
    fn list<'w>(&self, archive: &Archive, watched: &'w [Watched]) -> Result<Vec<Listing<'w>>> {
        let mut hosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut polls: Vec<Poll> = Vec::with_capacity(watched.len());
        for (i, one) in watched.iter().enumerate() {
            hosts.entry(one.address.host()).or_default().push(i);
            let poll = match self.every {
                Some(_) => archive.feed(one.address.as_str()).map_err(usage)?,
                None => None,
            };
            polls.push(poll.unwrap_or_default());
        }
        let hosts: Vec<Vec<usize>> = hosts.into_values().collect();
        let threads = usize::from(self.options.connections).min(hosts.len());
        let (next, held) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let found = Mutex::new(Vec::with_capacity(watched.len()));
        let path = archive.path();
        thread::scope(|scope| -> Result<()> {
            let work = || -> Result<()> {
                let known = Archive::open(path, Mode::Read).map_err(usage)?;
                while let Some(host) = hosts.get(next.fetch_add(1, Ordering::SeqCst)) {
                    for &i in host {
                        let listing = self.list_one(&known, &watched[i], polls[i].clone(), &held);
                        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                        found.push((i, listing));
                    }
                }
                Ok(())
            };
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running
                .into_iter()
                .try_for_each(|thread| match thread.join() {
                    Ok(done) => done,
                    Err(fault) => std::panic::resume_unwind(fault),
                })
        })?;
        let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.sort_by_key(|(i, _)| *i);
        Ok(found.into_iter().map(|(_, listing)| listing).collect())
    }

    fn list_one<'w>(
        &self,
        archive: &Archive,
        watched: &'w Watched,
        poll: Poll,
        held: &AtomicUsize,
    ) -> Listing<'w> {
        let now = Poll::now();
        let mut later = 0;
        let known = |address: &str| match archive.page(address, now) {
            Ok(Known::Settled) => true,
            Ok(Known::Later) => {
                later += 1;
                true
            }
            // What cannot be looked up is written twice at worst, which does nothing.
            Ok(Known::Wanted) | Err(_) => false,
        };
        let (mut pages, mut failed, mut cut) = (Vec::new(), Vec::new(), false);
        let mut gather = Gather::new(self.fetcher, &watched.address, self.options.wanted())
            .without(known)
            .since(&poll);
        for found in gather.by_ref() {
            match found {
                Found::Page(page) => {
                    let size = page.fetched.body.len();
                    pages.push(Entry::Had(page));
                    if held.fetch_add(size, Ordering::SeqCst) + size > HELD {
                        cut = true;
                        break;
                    }
                }
                Found::Listed(wanted) => pages.push(Entry::Wanted(wanted)),
                Found::Failed(failure) => failed.push(failure),
            }
        }
        let mut tally = gather.tally().clone();
        let failure = gather.failure().cloned();
        drop(gather);
        tally.again += later;
        tally.cut |= cut;
        Listing {
            watched,
            poll,
            tally,
            failure,
            failed,
            pages,
        }
    }

    /// Reads what was listed into the archive, and remembers where each address stands.
    fn read(
        &self,
        archive: &mut Archive,
        mut listings: Vec<Listing<'_>>,
        tell: impl FnMut(Told<'_>),
    ) -> Result<Tally> {
        let mut trunks = Vec::new();
        let mut leaves = Vec::new();
        let mut met = HashSet::new();
        for (i, listing) in listings.iter_mut().enumerate() {
            trunks.extend(self.trunk(listing));
            for entry in std::mem::take(&mut listing.pages) {
                // Two feeds of one site lead to the same pages.
                if met.insert(entry.address().clone()) {
                    leaves.push(Leaf { listing: i, entry });
                }
            }
        }
        let leaves = Ahead::in_turns(leaves, |leaf| leaf.entry.address().host());
        let wanted = leaves.iter().filter_map(|leaf| match &leaf.entry {
            Entry::Wanted(wanted) => Some(wanted.clone()),
            Entry::Had(_) => None,
        });
        let ahead = Ahead::new(wanted.collect());
        let again: Vec<AtomicUsize> = listings.iter().map(|_| AtomicUsize::new(0)).collect();
        let mut inputs: Vec<Input<'_>> = Vec::with_capacity(trunks.len() + leaves.len());
        for (given, records) in trunks {
            inputs.push(Input {
                given,
                open: Box::new(move || Box::new(records.into_iter())),
            });
        }
        let mut number = 0;
        for leaf in leaves {
            let outlet = listings[leaf.listing].watched.outlet.as_deref();
            let (given, published) = (
                given(leaf.entry.address().as_str(), InputKind::Page),
                self.published,
            );
            let (ahead, again) = (&ahead, &again[leaf.listing]);
            let this = number;
            number += usize::from(matches!(leaf.entry, Entry::Wanted(_)));
            let open = move || -> Opened<'_> {
                let records = match leaf.entry {
                    Entry::Had(page) => page_records(&page, outlet, published),
                    Entry::Wanted(wanted) => match ahead.take(this) {
                        Ok(page) => page_records(&page, outlet, published),
                        Err(failure) => {
                            let passes = failure.why.passes();
                            again.fetch_add(usize::from(passes), Ordering::SeqCst);
                            vec![failed(wanted.address.as_str(), &failure.why, None)]
                        }
                    },
                };
                Box::new(records.into_iter())
            };
            inputs.push(Input {
                given,
                open: Box::new(open),
            });
        }
        let connections = usize::from(self.options.connections).min(number);
        let tally = thread::scope(|scope| {
            for _ in 0..connections {
                scope.spawn(|| ahead.work(self.fetcher));
            }
            let closing = Closing(&ahead);
            scope.spawn(|| {
                while !ahead.is_closed() {
                    if self.fetcher.stop().wait(LOOK) {
                        return ahead.close();
                    }
                }
            });
            let tally = archive.ingest(self.reader, self.threads, inputs, self.stop, tell);
            drop(closing);
            tally
        });
        let tally = tally.map_err(usage)?;
        let (Some(every), false) = (self.every, self.stop.load(Ordering::SeqCst)) else {
            return Ok(tally);
        };
        for (listing, again) in listings.iter_mut().zip(&again) {
            listing.tally.again += again.load(Ordering::SeqCst) as u64;
            let Listing { tally, failure, .. } = listing;
            listing
                .poll
                .note(tally, failure.as_ref(), every, Poll::now());
            let address = listing.watched.address.as_str();
            archive
                .remember_feed(address, &listing.poll)
                .map_err(usage)?;
        }
        Ok(tally)
    }

    /// What the ledger has of an address that leads to pages, or to nothing.
    fn trunk(&self, listing: &Listing<'_>) -> Option<(Given, Vec<Record>)> {
        let kind = match listing.tally.kind {
            // It is its own page.
            Some(Kind::Page) if listing.failure.is_none() => return None,
            Some(Kind::Sitemap) => InputKind::Sitemap,
            Some(Kind::Feed) => InputKind::Feed,
            _ if self.every.is_some() => InputKind::Feed,
            _ => InputKind::Page,
        };
        let as_it_was = listing.tally.unchanged && listing.poll.failures == 0;
        if listing.failure == Some(Why::Stopped) || as_it_was {
            return None;
        }
        let address = listing.watched.address.as_str();
        let whole = listing.failure.is_some();
        let mut records = Vec::new();
        for (i, failure) in listing.failed.iter().enumerate() {
            let place = if failure.asked.is_empty() {
                address
            } else {
                &failure.asked
            };
            // Part of a list that could not be had is not all of it.
            let record = (!whole).then_some(i as u64 + 1);
            records.push(failed(place, &failure.why, record));
        }
        if listing.tally.cut {
            let text = "leads to more than is taken in one run; run again for the others";
            records.push(Record::Remark(Problem::new(Place::file(address), text)));
        }
        Some((given(address, kind), records))
    }
}

/// Ends the watch for a word to stop.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Lets those that fetch ahead end, whatever ends whoever takes.
struct Closing<'a>(&'a Ahead);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn given(address: &str, kind: InputKind) -> Given {
    Given {
        place: address.to_owned(),
        kind,
        size: None,
        modified: None,
    }
}

/// What is told of an address that could not be had. A word to stop is no failure.
fn failed(address: &str, why: &Why, record: Option<u64>) -> Record {
    let place = Place {
        record,
        ..Place::file(address)
    };
    let problem = Problem::new(place, why.to_string());
    match why {
        Why::Stopped => Record::Remark(problem),
        _ => Record::Failed(problem),
    }
}

/// What comes of a page. One that was had and holds no article is dealt with.
fn page_records(page: &Page, outlet: Option<&str>, published: Option<&str>) -> Vec<Record> {
    let mut records = page.records(published);
    for record in &mut records {
        match record {
            Record::Article { article, .. } => {
                if let Some(outlet) = outlet {
                    article.outlet = Some(outlet.to_owned());
                }
            }
            Record::Failed(problem) => {
                problem.place.record.get_or_insert(1);
            }
            Record::Remark(_) => {}
        }
    }
    records
}

/// The addresses among inputs, and the files.
///
/// # Errors
///
/// If one is meant as an address and is none that can be asked for.
pub fn apart<P: AsRef<Path> + Clone>(inputs: &[P]) -> Result<(Vec<Watched>, Vec<P>)> {
    let (mut watched, mut files) = (Vec::new(), Vec::new());
    for input in inputs {
        let text = input.as_ref().to_str();
        match text.filter(|text| rawi_fetch::Address::is_meant(text)) {
            Some(text) => watched.push(Watched {
                address: rawi_fetch::Address::parse(text)
                    .map_err(|e| crate::Usage(format!("{text}: {e}")))?,
                outlet: None,
                at: watched.len() + 1,
            }),
            None => files.push(input.clone()),
        }
    }
    Ok((watched, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_on_the_command_line() {
        for (text, seconds) in [("15m", 900.0), ("1s", 1.0), ("500ms", 0.5), ("2h", 7200.0)] {
            assert_eq!(time(text).map(|t| t.as_secs_f64()), Ok(seconds), "{text}");
        }
        for text in ["", "15", "m", "1w", "-1s", "99999999999999999999s", "367d"] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_told_from_files() {
        let (watched, files) = apart(&["a.jsonl", "HTTPS://nahr.example/rss", "-"]).unwrap();
        assert_eq!(watched[0].address.as_str(), "https://nahr.example/rss");
        assert_eq!(files, ["a.jsonl", "-"]);
        assert!(apart(&["http://"]).is_err());
    }
}
