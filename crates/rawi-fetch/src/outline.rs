//! Lists of addresses to watch: a line each, or OPML.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::address::{Address, AddressError};

/// The most addresses of one list.
const MOST: usize = 100_000;

/// An address to watch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// The address.
    pub address: Address,
    /// The outlet, if the list names it.
    pub outlet: Option<String>,
    /// Where it stands in the list, a line or an entry from 1.
    pub at: usize,
}

/// A list of addresses: those that can be asked for, each once, and what is wrong
/// with the others, by line.
///
/// ```
/// use rawi_fetch::Outline;
///
/// let list = Outline::read("# morning\nhttps://nahr.example/rss\tالنهر\nnahr\n");
/// assert_eq!(list.watched[0].outlet.as_deref(), Some("النهر"));
/// assert_eq!(list.wrong[0].0, 3);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    /// The addresses, in order.
    pub watched: Vec<Watched>,
    /// Lines (of OPML: entries) that are none, from 1, and why.
    pub wrong: Vec<(usize, AddressError)>,
}

impl Outline {
    /// Reads a list: an address a line, with the outlet's name behind a tab; what
    /// begins with `#` is a remark. Or OPML, as readers of feeds export it.
    pub fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut list = Outline::default();
        if text.trim_start().starts_with('<') {
            list.read_opml(text);
        } else {
            for (i, line) in text.lines().enumerate() {
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let (address, outlet) = match line.split_once('\t') {
                    Some((address, outlet)) => (address, Some(outlet)),
                    None => (line, None),
                };
                list.add(i + 1, address, outlet);
            }
        }
        list
    }

    fn read_opml(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let mut count = 0;
        loop {
            let tag = match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
                Ok(Event::Eof) => return,
                Ok(_) => continue,
                Err(_) => return,
            };
            if tag.local_name().as_ref() != "outline" {
                continue;
            }
            let (mut address, mut title, mut words) = (None, None, None);
            for attribute in tag.attributes().with_checks(false).take(100).flatten() {
                let slot = match attribute.key.as_ref() {
                    "xmlUrl" | "xmlurl" => &mut address,
                    "title" => &mut title,
                    "text" => &mut words,
                    _ => continue,
                };
                *slot = crate::feed::plain(&attribute.value);
            }
            // A folder of feeds has no address.
            if let Some(address) = address {
                count += 1;
                self.add(count, &address, title.or(words).as_deref());
            }
        }
    }

    fn add(&mut self, at: usize, address: &str, outlet: Option<&str>) {
        if self.watched.len() + self.wrong.len() >= MOST {
            return;
        }
        match Address::parse(address) {
            Ok(address) => self.watched.push(Watched {
                address,
                outlet: outlet.and_then(crate::feed::plain),
                at,
            }),
            Err(why) => self.wrong.push((at, why)),
        }
    }

    /// Without those that came before.
    #[must_use]
    pub fn each_once(mut self) -> Self {
        let mut met = std::collections::HashSet::new();
        self.watched.retain(|one| met.insert(one.address.clone()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let list = Outline::read(
            "\u{feff}# صحف\n\nhttps://nahr.example/rss\tالنهر \n  https://bahr.example/\nftp://x/\nhttps://nahr.example/rss\n",
        )
        .each_once();
        let found: Vec<_> = list
            .watched
            .iter()
            .map(|w| (w.at, w.address.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (3, "https://nahr.example/rss"),
                (4, "https://bahr.example/")
            ]
        );
        assert_eq!(list.watched[0].outlet.as_deref(), Some("النهر"));
        assert_eq!(list.wrong.iter().map(|w| w.0).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn opml() {
        let list = Outline::read(
            r#"<?xml version="1.0"?><opml version="2.0"><body><outline text="صحف">
<outline type="rss" text="النهر &amp; البحر" xmlUrl="https://nahr.example/rss?a=1&amp;b=2"/>
<outline xmlUrl="nahr" text="x"/></outline></body></opml>"#,
        );
        assert_eq!(list.watched.len(), 1);
        assert_eq!(
            list.watched[0].address.as_str(),
            "https://nahr.example/rss?a=1&b=2"
        );
        assert_eq!(list.watched[0].outlet.as_deref(), Some("النهر & البحر"));
        assert_eq!(list.wrong[0].0, 2);
        assert_eq!(Outline::read("<opml><outline").watched, []);
        assert_eq!(Outline::read(""), Outline::default());
    }
}
