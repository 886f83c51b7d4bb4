//! Hits and facets as tables. Columns keep their names and order; new ones come at the
//! end.

use std::io::Write;

use anyhow::Result;
use rawi_archive::search::{ArticleHit, ArticleRef, Facet, StatementHit};

use crate::table::list;
use rawi_archive::name_of;
use rawi_text::safe::cell;

/// The columns of a table of statements.
const STATEMENTS: [&str; 22] = [
    "statement",
    "article",
    "outlet",
    "title",
    "published",
    "published_from",
    "address",
    "part",
    "form",
    "act",
    "speaker",
    "speaker_id",
    "addressees",
    "channel",
    "channel_kind",
    "via",
    "said_on",
    "content",
    "start",
    "end",
    "sha256",
    "confidence",
];

/// The columns of a table of articles.
const ARTICLES: [&str; 9] = [
    "version",
    "article",
    "outlet",
    "title",
    "published",
    "published_from",
    "address",
    "statements",
    "sha256",
];

/// Writes statements.
pub fn statements(out: &mut impl Write, hits: &[StatementHit]) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(STATEMENTS)?;
    for hit in hits {
        let s = &hit.statement;
        let [article, outlet, title, published, from, address] = of_article(&hit.article);
        let channel = s.channel.as_ref();
        let part = if hit.headline { "headline" } else { "text" };
        let speaker = s.speaker.as_ref().map_or("", |x| &*x.name);
        let start = s.content.first().map(|p| p.start.to_string());
        let end = s.content.last().map(|p| p.end.to_string());
        table.write_record([
            hit.id.to_string(),
            article,
            outlet,
            title,
            published,
            from,
            address,
            part.to_owned(),
            name_of(s.form),
            name_of(s.act),
            cell(speaker),
            hit.speaker
                .as_ref()
                .map_or_else(String::new, |x| x.id.to_string()),
            list(s.addressee.iter().map(|a| &*a.name)),
            cell(channel.map_or("", |c| &*c.text)),
            channel.map_or_else(String::new, |c| name_of(c.kind)),
            list(hit.via.iter().map(|v| &*v.name)),
            s.said_on.map_or_else(String::new, |day| day.to_string()),
            cell(&s.text()),
            start.unwrap_or_default(),
            end.unwrap_or_default(),
            hit.article.sha256.clone(),
            s.confidence.to_string(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// Writes articles.
pub fn articles(out: &mut impl Write, hits: &[ArticleHit]) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(ARTICLES)?;
    for hit in hits {
        let [article, outlet, title, published, from, address] = of_article(&hit.article);
        table.write_record([
            hit.article.version.to_string(),
            article,
            outlet,
            title,
            published,
            from,
            address,
            hit.statements.to_string(),
            hit.article.sha256.clone(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// Writes a facet, without a header: all facets of an answer are one table of field,
/// value as a query writes it, what it is called, and count.
pub fn facet(out: &mut impl Write, facet: &Facet) -> Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let field = facet.field.field().name();
    for value in &facet.values {
        table.write_record([
            field.to_owned(),
            cell(&value.value),
            cell(&value.label),
            value.count.to_string(),
        ])?;
    }
    table.flush()?;
    Ok(())
}

fn of_article(article: &ArticleRef) -> [String; 6] {
    let some = |text: &Option<String>| cell(text.as_deref().unwrap_or_default());
    [
        cell(&article.id),
        some(&article.outlet),
        some(&article.title),
        some(&article.published),
        some(&article.published_from),
        some(&article.address),
    ]
}
