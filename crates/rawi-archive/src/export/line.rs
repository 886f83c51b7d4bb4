//! Statements as JSON objects, each with all that proves it.

use serde_json::{Value, json};

use super::Item;

impl Item {
    /// Its statements as JSON objects: the article, the hash, the place, the words, and
    /// the statement as the contract has it.
    pub fn lines(&self) -> Vec<Value> {
        let reading = &self.reading;
        let lines = self.said().map(|said| {
            let s = said.statement;
            let speaker = s.speaker.as_ref();
            json!({
                "statement_id": self.statements.get(&s.id),
                "article": reading.id,
                "outlet": reading.outlet,
                "title": self.article.title,
                "published": reading.published.map(|d| d.to_string()),
                "published_from": reading.published_from,
                "address": self.address,
                "document": self.document,
                "version": self.version,
                "story": self.story,
                "part": said.part,
                "text_sha256": said.sha256,
                "engine": reading.engine,
                "start": s.content.first().map(|p| p.start),
                "end": s.content.last().map(|p| p.end),
                "quote": said.statement.text(),
                "speaker_id": speaker.and_then(|x| self.entities.get(&x.entity)),
                "statement": s,
            })
        });
        lines.collect()
    }
}
