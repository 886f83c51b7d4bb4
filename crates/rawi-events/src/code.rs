//! PLOVER codes of actors: country and sector.

use rawi_names::{Cast, EntityId, Tags};

use crate::lexicon;
use crate::view::Article;

/// The code of an entity: ISO country and sector, as far as the article shows
/// them (`EGY GOV`); none if it shows neither.
pub fn code(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<String> {
    let entity = cast.get(id);
    let country = entity
        .country
        .map(|c| c.iso3)
        .or_else(|| nationality(article, cast, id));
    let sector = sector(article, cast, id);
    match (country, sector) {
        (None, None) => None,
        (Some(country), None) => Some(country.to_owned()),
        (None, Some(sector)) => Some(sector.to_owned()),
        (Some(country), Some(sector)) => Some(format!("{country} {sector}")),
    }
}

/// The tokens of an entity's mentions, each with the titles in front of it.
fn tokens(article: &Article<'_>, cast: &Cast, id: EntityId) -> Vec<usize> {
    let layout = article.layout;
    let mut out = Vec::new();
    for mention in cast.get(id).mentions.iter().take(8) {
        let from = layout
            .tokens()
            .partition_point(|t| t.span.end <= mention.span.start);
        let to = layout
            .tokens()
            .partition_point(|t| t.span.start < mention.span.end);
        let mut start = from;
        let titles = Tags::TITLE | Tags::DEMONYM | Tags::BODY;
        while start > 0 && from - start < 4 && {
            let word = article.words.get(start - 1);
            word.is(titles) || word.inside
        } {
            start -= 1;
        }
        out.extend(start..to);
    }
    out
}

/// The sector of an entity, by the first word of its mentions that shows one.
pub fn sector(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
    tokens(article, cast, id).into_iter().find_map(|i| {
        lexicon::sector(article.words.stem(article.layout, i), true).map(|(sector, _)| sector)
    })
}

fn nationality(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
    tokens(article, cast, id)
        .into_iter()
        .find_map(|i| article.words.get(i).country())
        .map(|country| country.iso3)
}
