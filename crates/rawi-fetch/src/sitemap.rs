//! Sitemaps: lists of a site's pages, or of its sitemaps.

use std::io::Cursor;

use quick_xml::events::Event;
use quick_xml::{Reader, escape};

use crate::address::Address;

/// How many entries of one sitemap are read; the protocol has fifty thousand at most.
const MOST: usize = 100_000;

/// The longest text of an entry's field, in bytes.
const LONGEST: usize = 8 << 10;

/// A sitemap: its entries, one after another. One that is broken somewhere gives
/// what stands before, then says so.
///
/// ```
/// use rawi_fetch::{Address, Sitemap};
///
/// let map = "<urlset><url><loc>https://nahr.example/a</loc>
///   <lastmod>2026-03-02T08:30:00+03:00</lastmod></url></urlset>";
/// let mut map = Sitemap::read(map.to_owned(), &Address::parse("https://nahr.example/map.xml")?)?;
/// assert!(!map.is_index());
/// let entry = map.next().ok_or("an entry")??;
/// assert_eq!(entry.address.as_str(), "https://nahr.example/a");
/// assert_eq!(entry.changed.as_deref(), Some("2026-03-02"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sitemap {
    reader: Reader<Cursor<String>>,
    buffer: Vec<u8>,
    base: Address,
    index: bool,
    count: usize,
    done: bool,
}

impl std::fmt::Debug for Sitemap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut f = f.debug_struct("Sitemap");
        f.field("index", &self.index)
            .field("count", &self.count)
            .finish()
    }
}

/// One entry of a sitemap.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Listed {
    /// Where the page is, or the sitemap.
    pub address: Address,
    /// The ISO day on which it was changed last, as far as the site knows.
    pub changed: Option<String>,
    /// The ISO day of publication of a piece of news.
    pub published: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The language it is in.
    pub language: Option<String>,
}

/// The fields of an entry, as they are found.
#[derive(Default)]
struct Fields {
    loc: Option<String>,
    lastmod: Option<String>,
    publication_date: Option<String>,
    title: Option<String>,
    name: Option<String>,
    language: Option<String>,
}

impl Fields {
    /// The place for what an element of this name holds. Of images and videos of a
    /// page, which have some of the same, nothing is taken.
    fn slot(&mut self, within: &[u8], name: &[u8]) -> Option<&mut Option<String>> {
        if within.starts_with(b"image") || within.starts_with(b"video") {
            return None;
        }
        Some(match name {
            b"loc" => &mut self.loc,
            b"lastmod" => &mut self.lastmod,
            b"publication_date" => &mut self.publication_date,
            b"title" => &mut self.title,
            b"name" => &mut self.name,
            b"language" => &mut self.language,
            _ => return None,
        })
    }
}

impl Sitemap {
    /// Reads the beginning of a sitemap. `base` is where it was had.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn read(text: String, base: &Address) -> Result<Self, String> {
        let root = crate::tags::next(&text, 0).ok_or("holds no XML")?;
        let index = match root.local() {
            "urlset" => false,
            "sitemapindex" => true,
            _ => return Err("is XML but no sitemap".into()),
        };
        let mut reader = Reader::from_reader(Cursor::new(text));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Ok(Sitemap {
            reader,
            buffer: Vec::new(),
            base: base.clone(),
            index,
            count: 0,
            done: false,
        })
    }

    /// Whether it lists sitemaps, not pages.
    pub fn is_index(&self) -> bool {
        self.index
    }

    /// The fields of the next entry.
    fn fields(&mut self) -> Result<Option<Fields>, String> {
        let mut fields: Option<Fields> = None;
        // The element that is open: it, or one within the entry.
        let (mut open, mut group): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            let text = match event {
                Ok(Event::Start(tag)) => {
                    let (name, local) = (tag.name(), tag.local_name());
                    let local: &[u8] = local.as_ref().as_bytes();
                    match local {
                        // Also if the entry before has no end.
                        b"url" | b"sitemap" => fields = Some(Fields::default()),
                        _ => {
                            group = name.as_ref().as_bytes().to_vec();
                            open = local.to_vec();
                        }
                    }
                    continue;
                }
                Ok(Event::End(tag)) => {
                    open.clear();
                    if matches!(tag.local_name().as_ref(), "url" | "sitemap")
                        && let Some(fields) = fields.take()
                    {
                        return Ok(Some(fields));
                    }
                    continue;
                }
                Ok(Event::Text(text)) => text.to_string(),
                Ok(Event::CData(text)) => text.to_string(),
                Ok(Event::GeneralRef(reference)) => {
                    let known = escape::resolve_html5_entity(&reference).map(str::to_owned);
                    let character = reference.resolve_char_ref().ok().flatten();
                    known
                        .or_else(|| character.map(String::from))
                        .unwrap_or_else(|| format!("&{};", &*reference))
                }
                Ok(Event::Eof) if fields.is_some() => {
                    return Err("the sitemap ends in the middle of an entry".into());
                }
                Ok(Event::Eof) => return Ok(None),
                Ok(_) => continue,
                Err(e) => return Err(format!("broken XML ({e})")),
            };
            let slot = fields.as_mut().and_then(|f| f.slot(&group, &open));
            if let Some(slot) = slot {
                let value = slot.get_or_insert_default();
                if value.len() + text.len() <= LONGEST {
                    value.push_str(&text);
                }
            }
        }
    }
}

impl Iterator for Sitemap {
    type Item = Result<Listed, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        if self.count == MOST {
            self.done = true;
            let said = format!("more than {MOST} entries; the others are not read");
            return Some(Err(said));
        }
        self.count += 1;
        let fields = match self.fields() {
            Ok(Some(fields)) => fields,
            Ok(None) => {
                self.done = true;
                return None;
            }
            Err(why) => {
                self.done = true;
                return Some(Err(why));
            }
        };
        let day = |text: Option<String>| {
            let (day, _) = rawi_time::Date::read(text?.trim()).ok()?;
            Some(day.to_string())
        };
        let line = |text: Option<String>| text.as_deref().and_then(crate::feed::plain);
        let Some(loc) = fields.loc.filter(|loc| !loc.trim().is_empty()) else {
            return Some(Err(format!("entry {}: without an address", self.count)));
        };
        Some(match self.base.join(&loc) {
            Ok(address) => Ok(Listed {
                address,
                changed: day(fields.lastmod),
                published: day(fields.publication_date),
                title: line(fields.title),
                outlet: line(fields.name),
                language: line(fields.language),
            }),
            Err(e) => Err(format!("entry {}: {e}", self.count)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Listed, String>> {
        let base = Address::parse("https://nahr.example/map.xml").unwrap();
        Sitemap::read(text.to_owned(), &base).unwrap().collect()
    }

    #[test]
    fn news_has_its_date_and_title() {
        let map = r#"<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://nahr.example/1?a=1&amp;b=2 </loc>
 <news:news><news:publication><news:name>النهر</news:name><news:language>ar</news:language></news:publication>
 <news:publication_date>2026-03-02T23:30:00+03:00</news:publication_date><news:title><![CDATA[افتتاح &laquo;الميناء&raquo;]]></news:title></news:news>
 <image:image><image:loc>https://nahr.example/1.jpg</image:loc><image:title>صورة</image:title></image:image>
</url>
<url><loc>/2?a=1&b=2</loc><lastmod>2026-03-01</lastmod></url>
<url><lastmod>2026-03-01</lastmod></url>
<url><loc>ftp://nahr.example/</loc></url>
</urlset>"#;
        let found = read(map);
        let first = found[0].as_ref().unwrap();
        assert_eq!(first.address.as_str(), "https://nahr.example/1?a=1&b=2");
        assert_eq!(first.published.as_deref(), Some("2026-03-02"));
        assert_eq!(first.title.as_deref(), Some("افتتاح «الميناء»"));
        assert_eq!(first.outlet.as_deref(), Some("النهر"));
        assert_eq!(first.language.as_deref(), Some("ar"));
        let second = found[1].as_ref().unwrap();
        assert_eq!(second.address.as_str(), "https://nahr.example/2?a=1&b=2");
        assert_eq!(second.changed.as_deref(), Some("2026-03-01"));
        assert!(second.published.is_none());
        assert!(found[2].is_err() && found[3].is_err());
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn what_is_broken_costs_no_other() {
        let found = read("<urlset><url><loc>/1</loc></url><url><loc>/2<url><loc>/3</loc></url>");
        assert_eq!(found.iter().filter(|f| f.is_ok()).count(), 2, "{found:?}");
        let found = read("<urlset><url><loc>/1</loc></url><url><loc>/2");
        assert!(found[0].is_ok() && found[1].is_err() && found.len() == 2);
        let base = Address::parse("https://nahr.example/").unwrap();
        assert!(Sitemap::read("<html></html>".into(), &base).is_err());
        assert!(Sitemap::read(String::new(), &base).is_err());
    }

    #[test]
    fn entities_are_not_unfolded() {
        let map = "<!DOCTYPE urlset [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><urlset><url><loc>/&b;</loc></url></urlset>";
        let found = read(map);
        assert_eq!(
            found[0].as_ref().map(|l| l.address.to_string()).as_deref(),
            Ok("https://nahr.example/&b;")
        );
        let long = format!(
            "<urlset><url><loc>/{}</loc></url></urlset>",
            "a".repeat(1 << 20)
        );
        assert!(read(&long)[0].is_err());
    }

    #[test]
    fn time_grows_with_length_only() {
        let deep = format!("<urlset>{}", "<a xmlns:b=\"c\">".repeat(200_000));
        assert!(read(&deep).is_empty());
        let many = format!(
            "<urlset>{}</urlset>",
            "<url><loc>/a</loc></url>".repeat(MOST + 5)
        );
        let found = read(&many);
        assert_eq!(found.len(), MOST + 1);
        assert!(found[MOST].is_err());
    }
}
