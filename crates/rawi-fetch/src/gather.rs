//! From one address to the pages it leads to.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use rawi_time::Date;

use crate::address::Address;
use crate::failure::{Failure, Why};
use crate::feed::{Feed, Item};
use crate::fetched::{Fetched, Hints, Page};
use crate::fetcher::{Ask, Fetcher, Got};
use crate::kind::Kind;
use crate::poll::Poll;
use crate::sitemap::{Listed, Sitemap};
use crate::tags;

/// The longest sitemap, in bytes, of which the protocol has fifty million, and the
/// longest feed.
const LONGEST: u64 = 50 << 20;
const LONGEST_FEED: u64 = 16 << 20;

/// How many sitemaps one address leads to at most, and how deep.
const SITEMAPS: usize = 2000;
const DEEPEST: u8 = 3;

/// What is wanted of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Options {
    /// What a feed holds is taken as it is, and no page is asked for.
    pub feed_only: bool,
    /// How many pages are taken at most.
    pub most: usize,
    /// What is older is left out, as far as a feed or sitemap tells.
    pub since: Option<Date>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            feed_only: false,
            most: 10_000,
            since: None,
        }
    }
}

/// What is found at an address, piece by piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A page that was had, or what a feed holds of one.
    Page(Box<Page>),
    /// A page that is to be asked for.
    Listed(Wanted),
    /// Something that could not be had.
    Failed(Failure),
}

/// A page that something leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Where it is.
    pub address: Address,
    /// What is known of it by what leads to it.
    pub hints: Hints,
}

/// How much was found, and what is to be remembered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Tally {
    /// What the address holds, once that is known.
    pub kind: Option<Kind>,
    /// It has not changed since it was had last.
    pub unchanged: bool,
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub modified: Option<String>,
    /// Where it is for good, if that is elsewhere.
    pub moved: Option<Address>,
    /// What a feed is called.
    pub title: Option<String>,
    /// Pages that were had or are to be asked for.
    pub pages: u64,
    /// Pages that the caller has already.
    pub known: u64,
    /// Pages that are older than is wanted.
    pub old: u64,
    /// What could not be had.
    pub failed: u64,
    /// What of this, and of the pages, may be had later: the caller adds to it.
    pub again: u64,
    /// There was more than is taken.
    pub cut: bool,
}

impl Tally {
    /// Whether all was had that ever can be.
    pub fn is_done(&self) -> bool {
        self.again == 0 && !self.cut
    }
}

/// The pages that an address leads to, one after another: itself, those of a feed,
/// of a sitemap, of a whole site. Pages that something else lists are not asked for;
/// [`Fetcher::page`] does that, and [`Ahead`](crate::Ahead) for many.
///
/// ```no_run
/// use rawi_fetch::{Address, Fetcher, Found, Gather, Options, Settings, Stop};
///
/// let fetcher = Fetcher::new(Settings::default(), Stop::new());
/// let address = Address::parse("https://nahr.example/rss")?;
/// for found in Gather::new(&fetcher, &address, Options::default()) {
///     match found {
///         Found::Page(page) => println!("{} {}", page.fetched.address, page.fetched.body.len()),
///         Found::Failed(failure) => eprintln!("{failure}"),
///         _ => {}
///     }
/// }
/// # Ok::<(), rawi_fetch::AddressError>(())
/// ```
pub struct Gather<'a> {
    fetcher: &'a Fetcher,
    options: Options,
    known: Box<dyn FnMut(&str) -> bool + 'a>,
    work: Vec<Work>,
    /// What was led to before, so that no page comes twice.
    met: HashSet<Address>,
    sitemaps: usize,
    poll: Option<Poll>,
    tally: Tally,
    /// Why the address itself was not had.
    failure: Option<Why>,
}

/// What is still to be done, the next at the end.
enum Work {
    /// An address that can be anything.
    First(Address),
    Sitemap(Address, u8),
    Entries(Box<Sitemap>, Address, u8),
    Items(Box<Feed>, Arc<Fetched>),
}

impl fmt::Debug for Gather<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Gather");
        f.field("work", &self.work.len())
            .field("tally", &self.tally)
            .finish()
    }
}

impl<'a> Gather<'a> {
    /// What an address leads to.
    pub fn new(fetcher: &'a Fetcher, address: &Address, options: Options) -> Self {
        Gather {
            fetcher,
            options,
            known: Box::new(|_| false),
            work: vec![Work::First(address.clone())],
            met: HashSet::new(),
            sitemaps: 0,
            poll: None,
            tally: Tally::default(),
            failure: None,
        }
    }

    /// Pages that `known` has already, by their address, are left out.
    #[must_use]
    pub fn without(mut self, known: impl FnMut(&str) -> bool + 'a) -> Self {
        self.known = Box::new(known);
        self
    }

    /// Asks only for what has changed since, and where it is now.
    #[must_use]
    pub fn since(mut self, poll: &Poll) -> Self {
        if let Some(moved) = poll.moved.as_deref().and_then(|m| Address::parse(m).ok()) {
            self.work = vec![Work::First(moved)];
        }
        self.poll = Some(poll.clone());
        self
    }

    /// How much was found so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Why the address itself was not had.
    pub fn failure(&self) -> Option<&Why> {
        self.failure.as_ref()
    }

    fn fail(&mut self, failure: Failure) -> Found {
        self.tally.failed += 1;
        self.tally.again += u64::from(failure.why.passes());
        Found::Failed(failure)
    }

    /// The address that was given.
    fn first(&mut self, address: &Address) -> Option<Found> {
        if address.is_site() {
            match self.fetcher.sitemaps_of(address) {
                Ok(maps) if !maps.is_empty() => {
                    self.tally.kind = Some(Kind::Sitemap);
                    self.work
                        .extend(maps.into_iter().rev().map(|map| Work::Sitemap(map, 1)));
                    return None;
                }
                // What hinders here hinders there, where it is told.
                Ok(_) | Err(_) => {}
            }
        }
        let poll = self.poll.take().unwrap_or_default();
        let ask = Ask {
            address,
            etag: poll.etag.as_deref(),
            modified: poll.modified.as_deref(),
            longest: Some(LONGEST),
        };
        let mut fetched = match self.fetcher.get(&ask) {
            Ok(Got::Document(fetched)) => *fetched,
            Ok(Got::Unchanged) => {
                self.tally.unchanged = true;
                return None;
            }
            Err(failure) => {
                self.failure = Some(failure.why.clone());
                return Some(self.fail(failure));
            }
        };
        self.tally.etag.clone_from(&fetched.etag);
        self.tally.modified.clone_from(&fetched.modified);
        self.tally.moved.clone_from(&fetched.moved);
        let text = fetched.text();
        let kind = Kind::of(&text);
        self.tally.kind = Some(kind);
        if kind == Kind::Page {
            // What a site's own page links to as its feed stands for the site.
            if address.is_site()
                && let Some(feed) = linked_feed(&text, &fetched.address)
            {
                self.work.push(Work::First(feed));
                return None;
            }
            return Some(self.page(fetched, Hints::default()));
        }
        if kind == Kind::Feed && fetched.body.len() as u64 > LONGEST_FEED {
            let failure = Failure::new(address, Why::TooLong(LONGEST_FEED));
            self.failure = Some(failure.why.clone());
            return Some(self.fail(failure));
        }
        fetched.body = Vec::new();
        let opened = if kind == Kind::Feed {
            Feed::read(text, &fetched.address).map(|feed| {
                self.tally.title = feed.title().map(str::to_owned);
                Work::Items(Box::new(feed), Arc::new(fetched))
            })
        } else {
            Sitemap::read(text, &fetched.address).map(|map| {
                if map.is_index() {
                    // That it is as it was says nothing of those it lists.
                    self.tally.etag = None;
                    self.tally.modified = None;
                }
                Work::Entries(Box::new(map), fetched.address, 1)
            })
        };
        match opened {
            Ok(work) => {
                self.work.push(work);
                None
            }
            Err(why) => {
                let failure = Failure::new(address, Why::Content(why));
                self.failure = Some(failure.why.clone());
                Some(self.fail(failure))
            }
        }
    }

    fn sitemap(&mut self, address: Address, depth: u8) -> Option<Found> {
        if !self.met.insert(address.clone()) {
            return None;
        }
        self.sitemaps += 1;
        if self.sitemaps > SITEMAPS {
            self.tally.cut = true;
            return None;
        }
        let ask = Ask {
            longest: Some(LONGEST),
            ..Ask::for_all(&address)
        };
        let fetched = match self.fetcher.get(&ask) {
            Ok(Got::Document(fetched)) => *fetched,
            Ok(Got::Unchanged) => return None,
            Err(failure) => return Some(self.fail(failure)),
        };
        match Sitemap::read(fetched.text(), &fetched.address) {
            Ok(map) => {
                self.work.push(Work::Entries(Box::new(map), address, depth));
                None
            }
            Err(why) => Some(self.fail(Failure::new(&address, Why::Content(why)))),
        }
    }

    fn entry(&mut self, entry: Listed, index: bool, depth: u8) -> Option<Found> {
        // A page may be changed long after it was published, and never before.
        let day = entry.changed.as_deref().or(entry.published.as_deref());
        if self.is_old(day) {
            self.tally.old += u64::from(!index);
            return None;
        }
        if index {
            if depth < DEEPEST {
                self.work.push(Work::Sitemap(entry.address, depth + 1));
                return None;
            }
            let why = Why::Content(format!("sitemaps nested more than {DEEPEST} deep"));
            return Some(self.fail(Failure::new(&entry.address, why)));
        }
        let hints = Hints {
            title: entry.title,
            published: entry.published,
            outlet: entry.outlet,
            ..Hints::default()
        };
        self.listed(entry.address, hints)
    }

    fn item(&mut self, item: Item, feed: &Fetched) -> Option<Found> {
        if self.is_old(item.published.as_deref()) {
            self.tally.old += 1;
            return None;
        }
        let hints = Hints {
            title: item.title,
            published: item.published,
            author: item.author,
            outlet: self.tally.title.clone(),
            guid: item.guid,
        };
        let Some(address) = item.address else {
            let what = hints.title.or(hints.guid).unwrap_or_default();
            let why = Why::Content(format!("item {what:?} has no link"));
            return Some(self.fail(Failure::new(&feed.asked, why)));
        };
        let held = item
            .content
            .filter(|_| item.whole || self.options.feed_only);
        let Some(content) = held else {
            if !self.options.feed_only {
                return self.listed(address, hints);
            }
            if !self.is_new(&address) {
                return None;
            }
            let why = Why::Content("the feed holds nothing of it but its headline".into());
            return Some(self.fail(Failure::new(&address, why)));
        };
        if !self.is_new(&address) {
            return None;
        }
        let fetched = Fetched {
            asked: address.clone(),
            address,
            moved: None,
            etag: None,
            modified: None,
            at: feed.at.clone(),
            content_type: Some("text/html".into()),
            charset: Some("utf-8".into()),
            body: content.into_bytes(),
        };
        Some(self.page(fetched, hints))
    }

    /// Whether a page is to be asked for.
    fn is_new(&mut self, address: &Address) -> bool {
        if !self.met.insert(address.clone()) {
            return false;
        }
        let known = (self.known)(address.as_str());
        self.tally.known += u64::from(known);
        !known
    }

    fn listed(&mut self, address: Address, hints: Hints) -> Option<Found> {
        if !self.is_new(&address) {
            return None;
        }
        self.tally.pages += 1;
        Some(Found::Listed(Wanted { address, hints }))
    }

    fn page(&mut self, fetched: Fetched, hints: Hints) -> Found {
        self.tally.pages += 1;
        Found::Page(Box::new(Page { fetched, hints }))
    }

    fn is_old(&self, day: Option<&str>) -> bool {
        let day = day.and_then(Date::parse);
        self.options
            .since
            .zip(day)
            .is_some_and(|(since, day)| day < since)
    }

    /// Does one piece of work.
    fn step(&mut self, work: Work) -> Option<Found> {
        match work {
            Work::First(address) => self.first(&address),
            Work::Sitemap(address, depth) => self.sitemap(address, depth),
            Work::Entries(mut map, address, depth) => {
                let (index, entry) = (map.is_index(), map.next()?);
                let failed = |why| Failure::new(&address, Why::Content(why));
                let entry = entry.map_err(failed);
                self.work.push(Work::Entries(map, address, depth));
                match entry {
                    Ok(entry) => self.entry(entry, index, depth),
                    Err(failure) => Some(self.fail(failure)),
                }
            }
            Work::Items(mut feed, fetched) => {
                let item = feed.next()?;
                let held = fetched.clone();
                // It is gone on with behind what the item asks for.
                self.work.push(Work::Items(feed, fetched));
                match item {
                    Ok(item) => self.item(item, &held),
                    Err(why) => {
                        let failure = Failure::new(&held.asked, Why::Content(why));
                        Some(self.fail(failure))
                    }
                }
            }
        }
    }
}

impl Iterator for Gather<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while let Some(work) = self.work.pop() {
            if self.fetcher.stop().is_said() {
                self.work.clear();
                self.failure.get_or_insert(Why::Stopped);
                return None;
            }
            let full = self.tally.pages >= self.options.most as u64;
            if full && !matches!(work, Work::First(_)) {
                self.tally.cut = true;
                self.work.clear();
                return None;
            }
            if let Some(found) = self.step(work) {
                return Some(found);
            }
        }
        None
    }
}

/// The first feed that a page links to as one of its own.
fn linked_feed(html: &str, base: &Address) -> Option<Address> {
    /// How much of a page its head is, in bytes.
    const HEAD: usize = 512 << 10;
    let html = tags::head(html, HEAD);
    let mut at = 0;
    while let Some(tag) = tags::next(html, at) {
        at = tag.range.end;
        if !tag.name.eq_ignore_ascii_case("link") {
            continue;
        }
        let text = &html[tag.range];
        let value = |key| attribute(text, key);
        let rel = value("rel").unwrap_or_default().to_ascii_lowercase();
        let kind = value("type").unwrap_or_default().to_ascii_lowercase();
        let feed =
            kind.contains("rss+xml") || kind.contains("atom+xml") || kind.contains("feed+json");
        if feed && rel.split_ascii_whitespace().any(|rel| rel == "alternate") {
            let found = value("href").and_then(|href| base.join(&href).ok());
            if found.as_ref().is_some_and(|found| found != base) {
                return found;
            }
        }
    }
    None
}

/// The value of a tag's attribute.
fn attribute(tag: &str, key: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(key)?;
        from = at + key.len();
        let before = lower[..at].chars().next_back();
        let rest = tag[from..].trim_start();
        let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        if !before.is_some_and(char::is_whitespace) {
            continue;
        }
        let value = match rest.chars().next()? {
            quote @ ('"' | '\'') => rest[1..].split(quote).next()?,
            _ => rest.split(|c: char| c.is_whitespace() || c == '>').next()?,
        };
        return Some(value.replace("&amp;", "&"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_links_to_its_feed() {
        let base = Address::parse("https://nahr.example/").unwrap();
        for (html, want) in [
            (
                "<LINK REL='alternate' TYPE='application/rss+xml' HREF='/rss?a=1&amp;b=2'>",
                Some("https://nahr.example/rss?a=1&b=2"),
            ),
            (
                "<link rel=stylesheet type=text/css href=/a.css><link data-href=\"/x\" href=/atom type=application/atom+xml rel=\"feed alternate\">",
                Some("https://nahr.example/atom"),
            ),
            ("<link rel=alternate type=text/html href=/en>", None),
            (
                "<link rel=alternate type=application/rss+xml href='/'>",
                None,
            ),
            (
                "<link rel=alternate type=application/rss+xml href='ftp://x/'>",
                None,
            ),
            (
                "<!-- <link rel=alternate type=application/rss+xml href='/rss'> -->",
                None,
            ),
        ] {
            let found = linked_feed(html, &base).map(|a| a.to_string());
            assert_eq!(found.as_deref(), want, "{html}");
        }
    }
}
