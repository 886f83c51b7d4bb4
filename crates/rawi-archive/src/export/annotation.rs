//! Statements as schema.org `Quotation`s, pinned to the text by selectors of the Web
//! Annotation model.

use rawi::Offsets;
use rawi::reading::{Entity, EntityType, Id, Piece};
use serde_json::{Map, Value, json};

use super::Item;
use super::item::Said;
use crate::{Archive, ArchiveError};

/// How many characters around a quotation tell it from the same words elsewhere.
const AROUND: usize = 32;

/// The context of the nodes, to stand with them in the file: nothing need be fetched.
pub fn context() -> Value {
    let is = |id: &str| json!({"@id": id, "@type": "@id"});
    let number = |id: &str| json!({"@id": id, "@type": "xsd:nonNegativeInteger"});
    json!({
        "@vocab": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rawi": "tag:rawi.invalid,2026:",
        "url": is("url"),
        "sameAs": is("sameAs"),
        "Annotation": "oa:Annotation",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "body": is("oa:hasBody"),
        "target": is("oa:hasTarget"),
        "source": is("oa:hasSource"),
        "selector": is("oa:hasSelector"),
        "motivation": is("oa:motivatedBy"),
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "start": number("oa:start"),
        "end": number("oa:end"),
        "datePublished": {"@id": "datePublished", "@type": "Date"},
        "dateCreated": {"@id": "dateCreated", "@type": "Date"},
    })
}

impl Archive {
    /// The statements of an item as JSON-LD nodes under the names of [`context`].
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn quotations(&self, item: &Item) -> Result<Vec<Value>, ArchiveError> {
        let text = Offsets::of(&item.article.text);
        let title = Offsets::of(item.article.title.as_deref().unwrap_or_default());
        let offsets = |said: &Said<'_>| match said.part {
            "text" => &text,
            _ => &title,
        };
        item.said()
            .map(|said| self.quotation(item, &said, offsets(&said)))
            .collect()
    }

    fn quotation(
        &self,
        item: &Item,
        said: &Said<'_>,
        offsets: &Offsets,
    ) -> Result<Value, ArchiveError> {
        let s = said.statement;
        let number = item.statements.get(&s.id).copied().unwrap_or_default();
        let id = self.uri("statement", &number.to_string())?;
        let article = self.uri("version", &item.version.to_string())?;
        let mut node = Map::new();
        let mut put = |key: &str, value: Value| {
            if !value.is_null() {
                node.insert(key.to_owned(), value);
            }
        };
        put("@id", json!(id));
        put("@type", json!("Quotation"));
        put("identifier", json!(s.id));
        put("text", json!(said.statement.text()));
        put("inLanguage", json!("ar"));
        if let Some(speaker) = &s.speaker {
            let (who, whole) = self.who(item, speaker.entity)?;
            put("spokenByCharacter", whole);
            put("creator", json!({"@id": who}));
        }
        put("dateCreated", json!(s.said_on.map(|d| d.to_string())));
        put("isPartOf", self.article(item, &article));
        let selectors = s.content.iter().map(|piece| {
            json!({
                "@type": "SpecificResource",
                "source": article,
                "rawi:part": said.part,
                "rawi:sha256": said.sha256,
                "selector": [
                    quote_selector(piece, said.text, offsets),
                    {"@type": "TextPositionSelector", "start": piece.start, "end": piece.end},
                ],
            })
        });
        put(
            "subjectOf",
            json!({
                "@type": ["Annotation", "CreativeWork"],
                "@id": format!("{id}/annotation"),
                "motivation": "oa:identifying",
                "body": id,
                "target": selectors.collect::<Vec<_>>(),
            }),
        );
        put("rawi:act", json!(s.act));
        put("rawi:form", json!(s.form));
        put("rawi:confidence", json!(s.confidence));
        put("rawi:engine", json!(item.reading.engine));
        Ok(Value::Object(node))
    }

    fn article(&self, item: &Item, id: &str) -> Value {
        let reading = &item.reading;
        let mut node = Map::new();
        let mut put = |key: &str, value: Value| {
            if !value.is_null() {
                node.insert(key.to_owned(), value);
            }
        };
        put("@id", json!(id));
        put("@type", json!("NewsArticle"));
        put("identifier", json!(reading.id));
        put("headline", json!(item.article.title));
        put("url", json!(item.address));
        put(
            "datePublished",
            json!(reading.published.map(|d| d.to_string())),
        );
        let publisher = reading.outlet.as_ref();
        put(
            "publisher",
            publisher.map_or(
                Value::Null,
                |name| json!({"@type": "NewsMediaOrganization", "name": name}),
            ),
        );
        Value::Object(node)
    }

    /// Somebody's URI, and all that is told of him.
    fn who(&self, item: &Item, id: Id) -> Result<(String, Value), ArchiveError> {
        let number = item.entities.get(&id).copied().unwrap_or_default();
        let uri = self.uri("entity", &number.to_string())?;
        let headline = item.reading.headline.iter().flat_map(|h| &h.entities);
        let entity = item
            .reading
            .entities
            .iter()
            .chain(headline)
            .find(|e| e.id == id);
        let mut node = Map::new();
        node.insert("@id".into(), json!(uri));
        if let Some(entity) = entity {
            node.insert("@type".into(), json!(kind(entity)));
            node.insert("name".into(), json!(entity.name));
            if let Some(name) = &entity.name_en {
                node.insert(
                    "alternateName".into(),
                    json!({"@value": name, "@language": "en"}),
                );
            }
            if let Some(link) = &entity.link {
                let link = format!("http://www.wikidata.org/entity/{link}");
                node.insert("sameAs".into(), json!(link));
            }
        }
        Ok((uri, Value::Object(node)))
    }
}

/// What a speaker is to schema.org: a person, or an organization.
fn kind(entity: &Entity<'_>) -> &'static str {
    match entity.kind {
        EntityType::Per | EntityType::Anon => "Person",
        EntityType::Media => "NewsMediaOrganization",
        EntityType::Gpe => "GovernmentOrganization",
        _ => "Organization",
    }
}

/// The words of a piece and a few around them.
fn quote_selector(piece: &Piece<'_>, text: &str, offsets: &Offsets) -> Value {
    let place = offsets.bytes(piece.start..piece.end).unwrap_or_default();
    let (start, end) = (place.start, place.end);
    let before: Vec<char> = text[..start].chars().rev().take(AROUND).collect();
    let prefix: String = before.into_iter().rev().collect();
    let suffix: String = text[end..].chars().take(AROUND).collect();
    json!({
        "@type": "TextQuoteSelector",
        "exact": piece.text,
        "prefix": prefix,
        "suffix": suffix,
    })
}
