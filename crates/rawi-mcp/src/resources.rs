//! Articles as resources: `rawi://article/{version}`.

use rawi_archive::query::Query;
use rawi_archive::search::{Request, Scope, Sort};
use rmcp::model::{
    ListResourcesResult, ReadResourceResult, Resource, ResourceContents, ResourceTemplate,
};
use serde_json::json;

use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::tools::QUOTED;

const SCHEME: &str = "rawi://article/";

/// How many articles a page of the list has.
const PAGE: usize = 50;

/// What all resources are called.
pub fn template() -> ResourceTemplate {
    ResourceTemplate::new(format!("{SCHEME}{{version}}"), "article")
        .with_title("An article of the archive")
        .with_description(format!(
            "The text of an article, in whose code points all offsets count, and where it is from. {QUOTED}"
        ))
        .with_mime_type("text/plain")
}

/// The article that a URI names; none if it names none.
pub fn version(uri: &str) -> Option<i64> {
    let number = uri.strip_prefix(SCHEME)?;
    let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| number.parse().ok()).flatten()
}

/// A page of articles, the newest first.
pub fn list(desk: &mut Desk<'_>, cursor: Option<String>) -> Result<ListResourcesResult, Problem> {
    let page = desk.searcher.articles(&Request {
        query: Query::default(),
        scope: Scope::Articles,
        sort: Sort::Newest,
        limit: PAGE,
        count: false,
        cursor,
    })?;
    let one = |article: &rawi_archive::search::ArticleRef| {
        let title = article.title.as_deref().unwrap_or(&article.id);
        let day = article.published.as_deref().unwrap_or("no date");
        let outlet = article.outlet.as_deref().unwrap_or("outlet not known");
        Resource::new(
            format!("{SCHEME}{}", article.version),
            bounds::name(&article.id),
        )
        .with_title(bounds::name(title))
        .with_description(bounds::name(&format!("{day} · {outlet}")))
        .with_mime_type("text/plain")
    };
    let all = page.hits.iter().map(|hit| one(&hit.article)).collect();
    let mut list = ListResourcesResult::with_all_items(all);
    list.next_cursor = page.next;
    Ok(list)
}

/// An article: its text as it is, and what is known of it; none if there is no such article.
pub fn read(desk: &mut Desk<'_>, version: i64) -> Result<Option<ReadResourceResult>, Problem> {
    let Some(item) = desk.archive.item(version)? else {
        return Ok(None);
    };
    let uri = format!("{SCHEME}{version}");
    let article = &item.article;
    // Offsets count in the text as it is: nothing is put around it.
    let text: String = article.text.chars().take(bounds::WHOLE).collect();
    let about = json!({
        "note": QUOTED,
        "version": version,
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "address": item.address,
        "text_sha256": item.reading.text_sha256,
        "text_is_cut": text.len() < article.text.len(),
        "statements": item.statements.values().collect::<Vec<_>>(),
    });
    Ok(Some(ReadResourceResult::new(vec![
        ResourceContents::text(about.to_string(), format!("{uri}#about"))
            .with_mime_type("application/json"),
        ResourceContents::text(text, uri),
    ])))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn only_numbers_name_articles() {
        assert_eq!(
            version("rawi://article/88102739705857"),
            Some(88102739705857)
        );
        for uri in [
            "",
            "rawi://article/",
            "rawi://article/-1",
            "rawi://article/+1",
            "rawi://article/1/../2",
            "rawi://article/99999999999999999999",
            "file:///etc/passwd",
        ] {
            assert_eq!(version(uri), None, "{uri}");
        }
    }
}
