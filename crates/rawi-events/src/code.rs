//! PLOVER codes of actors: country and sector.

use rawi_names::{Cast, EntityId, Kind, MentionKind, Tags};

use crate::frame::Slots;
use crate::lexicon;
use crate::view::Article;

/// Sectors of PLOVER actor codes.
pub const SECTORS: [&str; 26] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO",
];

/// The code of an entity: ISO country and sector, as far as the article shows
/// them (`EGY GOV`); none if it shows neither.
pub fn code(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<String> {
    match (country(article, cast, id), sector(article, cast, id)) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (Some(country), Some(sector)) => Some(format!("{country} {sector}")),
    }
}

/// ISO code of the country that an entity is, belongs to or speaks for.
pub fn country(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
    let entity = cast.get(id);
    entity
        .known
        .map(|k| k.country)
        .filter(|c| !c.is_empty())
        .or_else(|| entity.country.map(|c| c.iso3))
        .or_else(|| nationality(article, cast, id))
}

/// The tokens that tell what an entity is: those of its mentions; of a person
/// the titles, for a family name (`التركي`) says nothing of its bearer.
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
        let person = cast.get(id).kind == Kind::Person;
        while person && start > 0 && from - start < 4 && {
            let word = article.words.get(start - 1);
            (word.is(titles) || word.inside) && !word.is(Tags::VERB)
        } {
            start -= 1;
        }
        let named = person && mention.kind == MentionKind::Name;
        let to = if named { from } else { to };
        // Where somebody sits is not where he comes from.
        let seat = |i: usize| lexicon::preposition(layout.word(i)).map(|(p, _)| p.slot);
        out.extend((start..to).take_while(|&i| seat(i) != Some(Slots::FI)));
    }
    out
}

/// PLOVER sectors of an entity: what the table of known entities says; else the
/// first word of its mentions that shows one. A country or capital that acts
/// stands for its government.
pub fn sector(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
    let entity = cast.get(id);
    let known = entity.known.map(|k| k.sector).filter(|s| !s.is_empty());
    let by_word = || {
        tokens(article, cast, id).into_iter().find_map(|i| {
            lexicon::sector(article.words.stem(article.layout, i), true).map(|(sector, _)| sector)
        })
    };
    let state = entity.kind == Kind::Place && entity.country.is_some();
    known.or_else(by_word).or(state.then_some("GOV"))
}

fn nationality(article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
    tokens(article, cast, id)
        .into_iter()
        .find_map(|i| article.words.get(i).country())
        .map(|country| country.iso3)
}
