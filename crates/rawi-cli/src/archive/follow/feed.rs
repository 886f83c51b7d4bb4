//! A feed in Atom that goes on: its file is read, and written anew with what is new.
//!
//! Each entry stands on a line of its own, so that the entries of the file can be kept
//! without understanding them. An entry that is there already is not added again: a run
//! that was interrupted after it had written the file doubles nothing.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use rawi_archive::export::{Item, Said};
use rawi_archive::{Archive, ArchiveError, Follow};

use crate::safe::html_line;
use crate::{Usage, safe};

/// The longest feed that is read, in bytes.
const LONGEST: u64 = 1 << 30;

/// How the head of our feeds begins.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ar\">\n<generator>rawi</generator>\n";

/// How an entry begins, and how its id does.
const ENTRY: &str = "<entry><id>";

/// A feed.
pub struct Feed {
    id: String,
    title: String,
    /// When the query was added: the age of a feed without entries.
    made: String,
    /// The newest first.
    entries: VecDeque<String>,
    ids: HashSet<String>,
    keep: usize,
    changed: bool,
}

impl Feed {
    /// The feed of a query, with the entries that its file has.
    ///
    /// # Errors
    ///
    /// If the file is no feed of this query, or cannot be read.
    pub fn open(path: &Path, archive: &Archive, follow: &Follow, keep: usize) -> Result<Self> {
        let name: String = url::form_urlencoded::byte_serialize(follow.name.as_bytes()).collect();
        let mut feed = Self {
            id: archive.uri("follow", &name).map_err(super::usage)?,
            title: follow.name.clone(),
            made: follow.made.clone(),
            entries: VecDeque::new(),
            ids: HashSet::new(),
            keep,
            changed: false,
        };
        let name = path.display();
        let size = match std::fs::metadata(path) {
            Ok(meta) => meta.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                // An empty feed can be subscribed to.
                feed.changed = true;
                return Ok(feed);
            }
            Err(e) => return Err(e).with_context(|| format!("cannot read {name}")),
        };
        let foreign = || {
            Usage(format!(
                "{name} is no feed of this query: write to another file, or take it away"
            ))
        };
        if size > LONGEST {
            return Err(foreign().into());
        }
        let text = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
        let text = String::from_utf8(text).map_err(|_| foreign())?;
        let own = format!("{HEAD}<id>{}</id>\n", feed.id);
        if !text.starts_with(&own) {
            return Err(foreign().into());
        }
        for line in text.lines().filter(|l| l.starts_with(ENTRY)) {
            feed.ids.extend(id_of(line).map(str::to_owned));
            feed.entries.push_back(line.to_owned());
        }
        Ok(feed)
    }

    /// Adds what an item says.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn add(&mut self, archive: &Archive, item: &Item) -> Result<(), ArchiveError> {
        let noted = archive.noted(item.version)?;
        for said in item.said() {
            let number = item.statements.get(&said.statement.id).copied();
            let id = archive.uri("statement", &number.unwrap_or_default().to_string())?;
            if self.ids.contains(&id) {
                continue;
            }
            let entry = entry(&id, noted.as_deref().unwrap_or(&self.made), item, &said);
            self.entries.push_front(entry);
            self.ids.insert(id);
            self.changed = true;
            if self.entries.len() > self.keep {
                self.entries.pop_back();
            }
        }
        Ok(())
    }

    /// Whether the file is not as it must be.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let times = self
            .entries
            .iter()
            .filter_map(|e| between(e, "<updated>", "</updated>"));
        let updated = times.max().unwrap_or(&self.made);
        writeln!(out, "{HEAD}<id>{}</id>", self.id)?;
        writeln!(out, "<title>{}</title>", html_line(&self.title))?;
        writeln!(out, "<updated>{updated}</updated>")?;
        writeln!(out, "<author><name>rawi</name></author>")?;
        for entry in &self.entries {
            writeln!(out, "{entry}")?;
        }
        writeln!(out, "</feed>")
    }
}

/// One statement, on one line.
fn entry(id: &str, updated: &str, item: &Item, said: &Said<'_>) -> String {
    // Each part keeps its own direction, whatever stands in it.
    let isolated = |text: &str| format!("\u{2068}{}\u{2069}", html_line(text));
    let content = isolated(&said.statement.text());
    let speaker = said.statement.speaker.as_ref().map(|s| isolated(&s.name));
    let title = match &speaker {
        Some(speaker) => format!("{speaker}: {content}"),
        None => content.clone(),
    };
    let outlet = item.reading.outlet.as_deref().map(html_line);
    let author = outlet.filter(|o| !o.is_empty());
    let author = author.unwrap_or_else(|| html_line(&item.reading.id));
    let address = item
        .address
        .as_deref()
        .and_then(|a| url::Url::parse(a).ok());
    let link = address.filter(|a| matches!(a.scheme(), "http" | "https"));
    let link = link.map_or(String::new(), |a| {
        format!("<link href=\"{}\"/>", safe::html(a.as_str()))
    });
    let published = item.reading.published;
    let published = published.map_or(String::new(), |day| {
        format!("<published>{day}T00:00:00Z</published>")
    });
    format!(
        "{ENTRY}{id}</id><title>{title}</title><updated>{updated}</updated>{published}\
         <author><name>{author}</name></author>{link}<content type=\"text\">{content}</content></entry>"
    )
}

fn id_of(entry: &str) -> Option<&str> {
    between(entry, ENTRY, "</id>")
}

/// What stands between two marks.
fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inner, _)| inner)
}
