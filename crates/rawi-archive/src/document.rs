//! Which document an article is a version of.
//!
//! An article is known by its address, by the id that its outlet gives it and by its
//! words; the first of these that is known decides. A changed headline, a changed text
//! under one address or another address for the same words make no new document.

use std::collections::HashSet;

use rawi_input::{About, Place};
use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use crate::address::canonical;
use rawi::Article;
use rawi_text::fold;

/// Half a SHA-256: enough to tell any number of documents apart.
pub(crate) type Key = [u8; 16];

/// What an article is known by.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    address: Vec<Key>,
    id: Option<Key>,
    words: Key,
}

/// The part of a text's words that another must have to be a version of the same
/// article where only the id says so. Ids come again in other collections.
const SHARED: f64 = 0.5;

impl Keys {
    /// The keys of an article.
    pub fn of(article: &Article, about: &About, place: &Place) -> Self {
        let outlet = outlet_key(article.outlet.as_deref().unwrap_or_default());
        let addresses = [about.canonical.as_deref(), about.url.as_deref()];
        let mut address: Vec<Key> = addresses
            .into_iter()
            .flatten()
            .filter_map(canonical)
            .map(|a| key_of_address(&a))
            .collect();
        address.dedup();
        let id = is_given(article, about, place).then(|| {
            // Without an outlet an id means something only inside its input.
            let scope = if outlet.is_empty() {
                &place.file
            } else {
                &outlet
            };
            key(&["id", scope, &article.id])
        });
        let mut words = String::with_capacity(article.text.len());
        for word in fold(&article.text).split_whitespace() {
            words.push_str(word);
            words.push(' ');
        }
        Self {
            address,
            id,
            words: key(&["words", &outlet, &words]),
        }
    }

    /// The document that the archive has of it, if it has one.
    pub fn find(&self, db: &Connection, text: &str) -> Result<Option<i64>, rusqlite::Error> {
        let mut find = db.prepare_cached("SELECT document_id FROM document_key WHERE key = ?1")?;
        let mut known = |key: &Key| find.query_row([key], |row| row.get(0)).optional();
        for key in &self.address {
            if let Some(document) = known(key)? {
                return Ok(Some(document));
            }
        }
        if let Some(document) = known(&self.words)? {
            return Ok(Some(document));
        }
        if let Some(id) = &self.id
            && let Some(document) = known(id)?
            && is_like(db, document, text)?
        {
            return Ok(Some(document));
        }
        Ok(None)
    }

    /// Keeps the keys for a document. One that another document has stays with that.
    pub fn keep(&self, db: &Connection, document: i64) -> Result<(), rusqlite::Error> {
        let mut keep = db.prepare_cached("INSERT OR IGNORE INTO document_key VALUES (?1, ?2)")?;
        for key in self.address.iter().chain(&self.id).chain([&self.words]) {
            keep.execute(params![key, document])?;
        }
        Ok(())
    }
}

/// The key of an address in its canonical form.
pub(crate) fn key_of_address(canonical: &str) -> Key {
    key(&["address", canonical])
}

/// How an outlet's name is compared.
pub(crate) fn outlet_key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the id was given with the article, and not made of its place or address.
fn is_given(article: &Article, about: &About, place: &Place) -> bool {
    if about.url.as_deref() == Some(article.id.as_str()) {
        return false;
    }
    let numbered = article.id.rsplit_once(':').and_then(|(file, number)| {
        let counted = place.record.is_some_and(|r| r.to_string() == number);
        counted.then_some(file)
    });
    let file = numbered.unwrap_or(&article.id);
    let name = |path: &str| path.rsplit(['/', '\\']).next().map(str::to_owned);
    name(file) != name(&place.file)
}

/// Whether most words of one text stand in the current version of a document, or the
/// other way round.
fn is_like(db: &Connection, document: i64, text: &str) -> Result<bool, rusqlite::Error> {
    let mut find = db.prepare_cached(
        "SELECT v.text FROM document d JOIN version v ON v.id = d.current_id WHERE d.id = ?1",
    )?;
    let Some(other) = find
        .query_row([document], |row| row.get::<_, String>(0))
        .optional()?
    else {
        return Ok(false);
    };
    let (a, b) = (fold(text), fold(&other));
    let words =
        |t: &'_ str| -> HashSet<String> { t.split_whitespace().map(str::to_owned).collect() };
    let (a, b) = (words(&a), words(&b));
    let shared = a.intersection(&b).count() as f64;
    let fewer = a.len().min(b.len()) as f64;
    Ok(shared >= SHARED * fewer)
}

fn key(parts: &[&str]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut out = Key::default();
    out.copy_from_slice(&hash.finalize()[..16]);
    out
}
