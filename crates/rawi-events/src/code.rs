//! PLOVER codes of actors: country and sector.

use rawi_names::{Cast, EntityId, Kind, MentionKind, Tags};
use rawi_text::{Facts, Few};
use rawi_words::events::Slots;

use crate::facts::WordFacts;
use crate::view::Article;

/// ISO code of the country that an entity is, belongs to or speaks for.
pub(crate) fn country(
    article: &Article<'_>,
    facts: &Facts<WordFacts>,
    cast: &Cast,
    id: EntityId,
) -> Option<&'static str> {
    let entity = cast.get(id);
    entity
        .known
        .map(|k| k.country)
        .filter(|c| !c.is_empty())
        .or_else(|| entity.country.map(|c| c.iso3))
        .or_else(|| nationality(article, facts, cast, id))
}

/// The tokens that tell what an entity is: those of its mentions; of a person
/// the titles, for a family name (`التركي`) says nothing of its bearer.
fn tokens(
    article: &Article<'_>,
    facts: &Facts<WordFacts>,
    cast: &Cast,
    id: EntityId,
) -> Few<usize, 32> {
    let layout = article.layout;
    let mut out = Few::new();
    for mention in cast.mentions_of(id).take(8) {
        let (from, to) = (mention.tokens.start, mention.tokens.end);
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
        let fact = |i: usize| facts[layout.spelling(i)].preposition;
        let seat = |i: usize| fact(i).map(|(preposition, _)| preposition.slot);
        out.extend((start..to).take_while(|&i| seat(i) != Some(Slots::FI)));
    }
    out
}

/// PLOVER sectors of an entity: what the table of known entities says; else the
/// first word of its mentions that shows one. A country or capital that acts
/// stands for its government.
pub(crate) fn sector(
    article: &Article<'_>,
    facts: &Facts<WordFacts>,
    cast: &Cast,
    id: EntityId,
) -> Option<&'static str> {
    let entity = cast.get(id);
    let known = entity.known.map(|k| k.sector).filter(|s| !s.is_empty());
    let by_word = || {
        tokens(article, facts, cast, id).into_iter().find_map(|i| {
            let word = &facts[article.layout.spelling(i)];
            let sector = word.sector(article.words.get(i).prefix(), true);
            sector.map(|sector| sector.name())
        })
    };
    let state = entity.kind == Kind::Place && entity.country.is_some();
    known.or_else(by_word).or(state.then_some("GOV"))
}

fn nationality(
    article: &Article<'_>,
    facts: &Facts<WordFacts>,
    cast: &Cast,
    id: EntityId,
) -> Option<&'static str> {
    tokens(article, facts, cast, id)
        .into_iter()
        .find_map(|i| article.words.get(i).country())
        .map(|country| country.iso3)
}
