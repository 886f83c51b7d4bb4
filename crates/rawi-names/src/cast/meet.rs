//! Meeting a phrase: the entity that it names, or a new one.

use std::ops::Range;

use rawi_words::lexicon;

use super::find::compatible;
use super::index::NAMESAKES;
use super::key::Key;
use super::naming::{
    bracketed, country_of, folded_name, name_part, span_of, surface, title_ranges,
};
use super::{Cast, Entity, EntityId, How, MentionKind};
use crate::phrase::{Kind, Phrase, Reader};
use crate::title::Title;
use crate::{Known, KnownKind, Tags, knowledge};

impl Cast {
    /// Finds or makes the entity that a phrase names. `recent` are the last
    /// speakers, latest first: a title points back to them before all others.
    pub fn meet(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        if phrase.name.is_some() {
            return (self.named(reader, phrase), How::Named);
        }
        if let Some(id) = self.family_name(reader, phrase) {
            let own = if phrase.kind == Kind::Person {
                phrase.first_end - 1
            } else {
                phrase.range.start
            };
            self.note(id, span_of(reader, own..own + 1), MentionKind::Name);
            return (id, How::Named);
        }
        let (id, how) = if let Some(id) = self.same_again(reader, phrase, recent) {
            (id, How::Title)
        } else if phrase.kind == Kind::Person {
            self.titled(reader, phrase, recent)
        } else {
            self.described(reader, phrase, recent)
        };
        let (range, kind) = match how {
            How::Named => (name_part(reader, phrase), MentionKind::Name),
            How::Title => (phrase.range.start..phrase.first_end, MentionKind::Title),
        };
        self.note(id, span_of(reader, range), kind);
        (id, how)
    }

    pub(super) fn named(&mut self, reader: &Reader<'_>, phrase: &Phrase) -> EntityId {
        let range = phrase.name.clone().unwrap_or(phrase.range.clone());
        let mut name = std::mem::take(&mut self.name);
        name.fill_name(reader, range.clone());
        let span = span_of(reader, range.clone());
        let title = Title::of(reader, phrase);
        let known = self.known_as(reader, range.clone(), phrase, Kind::Person);
        let same = self
            .by_knowledge(known)
            .or_else(|| self.by_name(&name, &phrase.agreement));
        let id = same.unwrap_or_else(|| {
            let id = self.add(Kind::Person, phrase.agreement);
            self.entities[id.0].named = true;
            id
        });
        let entity = &mut self.entities[id.0];
        let mut news = same.is_none() || entity.known.is_none() && known.is_some();
        entity.known = entity.known.or(known);
        if same.is_none() || name.len() > entity.key.len() {
            surface(reader, range, &mut entity.name);
            entity.key.copy(&name);
            news = true;
        }
        self.name = name;
        if entity.agreement.gender.is_none() {
            entity.agreement.gender = phrase.agreement.gender;
        }
        if let Some(title) = title {
            entity.country = entity.country.or(title.country);
            if !entity.titles.contains(&title) {
                entity.titles.push(title);
                news = true;
            }
        }
        if news {
            self.index.add(id, &self.entities[id.0]);
        }
        self.note(id, span, MentionKind::Name);
        for range in title_ranges(reader, phrase).into_iter().flatten() {
            self.note(id, span_of(reader, range), MentionKind::Title);
        }
        id
    }

    fn titled(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        let head = reader.words.get(phrase.head);
        if let Some(title) = Title::of(reader, phrase) {
            let back = if phrase.definite {
                self.by_title(reader, phrase, &title, recent)
            } else {
                let mut name = std::mem::take(&mut self.name);
                name.fill_phrase(reader, phrase);
                let found = self.by_phrase(&name);
                self.name = name;
                found
            };
            if let Some(id) = back {
                return (id, How::Title);
            }
            // `المصدر`, `الكاتب`, `المسؤول`: an office-less word for whoever
            // spoke last.
            if head.is(Tags::PERSON) && head.article {
                let last = recent.iter().copied().find(|&id| {
                    let e = self.get(id);
                    e.kind == Kind::Person
                        && e.agreement.fits(phrase.agreement)
                        && compatible(e.country, title.country)
                });
                if let Some(id) = last {
                    return (id, How::Title);
                }
            }
            let id = self.fresh(reader, phrase, Some(title));
            return (id, How::Named);
        }
        (self.fresh(reader, phrase, None), How::Named)
    }

    fn described(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        recent: &[EntityId],
    ) -> (EntityId, How) {
        let mut name = std::mem::take(&mut self.name);
        name.fill_phrase(reader, phrase);
        let back = self.again(reader, phrase, &name, recent);
        self.name = name;
        back.unwrap_or_else(|| (self.fresh(reader, phrase, None), How::Named))
    }

    /// Who has been met already under the name of a phrase or is pointed back to.
    fn again(
        &mut self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        key: &Key,
        recent: &[EntityId],
    ) -> Option<(EntityId, How)> {
        if let Some(id) = self.by_phrase(key) {
            return Some((id, How::Named));
        }
        let known = self.known(reader, phrase);
        if let Some(id) = self.by_knowledge(known) {
            let entity = &mut self.entities[id.0];
            if key.len() > entity.key.len() {
                surface(reader, name_part(reader, phrase), &mut entity.name);
                entity.key.copy(key);
                self.index.add(id, &self.entities[id.0]);
            }
            return Some((id, How::Named));
        }
        let head = reader.words.get(phrase.head);
        let country = country_of(reader, phrase);
        if phrase.kind == Kind::Place && head.is(Tags::COUNTRY) {
            let there = country.map_or(&[][..], |country| self.index.of_country(country));
            let same = there.iter().map(|&id| id as usize).find(|&id| {
                let e = &self.entities[id];
                e.kind == Kind::Place && e.named && e.country == country
            });
            if let Some(i) = same {
                return Some((EntityId(i), How::Named));
            }
        }
        if phrase.definite
            && !head.is(Tags::OWN_NAME | Tags::OUTLET | Tags::COUNTRY | Tags::CAPITAL)
        {
            let fits = |e: &Entity| {
                !e.named
                    && e.kind == phrase.kind
                    && e.key.head().is_some()
                    && e.key.head() == key.head()
                    && (key.len() == 1 || key.words().iter().all(|w| e.key.words().contains(w)))
                    && compatible(e.country, country)
            };
            let back = recent
                .iter()
                .copied()
                .find(|&id| fits(self.get(id)))
                .or_else(|| {
                    let of_kind = self.index.with_head(key.head()?);
                    let ids = of_kind.iter().rev().map(|&id| EntityId(id as usize));
                    ids.take(NAMESAKES).find(|&id| fits(self.get(id)))
                });
            if let Some(id) = back {
                let entity = &mut self.entities[id.0];
                entity.country = entity.country.or(country);
                return Some((id, How::Title));
            }
        }
        None
    }

    /// Who the tables say goes by the name of a phrase, or by its short name in
    /// brackets.
    fn known(&mut self, reader: &Reader<'_>, phrase: &Phrase) -> Option<&'static Known> {
        let kind = phrase.kind;
        let whole = self.known_as(reader, name_part(reader, phrase), phrase, kind);
        whole.or_else(|| {
            let short = bracketed(reader, phrase)?;
            let long = phrase.range.start..short.start - 1;
            let long = self.known_as(reader, long, phrase, kind);
            long.or_else(|| self.known_as(reader, short, phrase, kind))
        })
    }

    /// Who the tables say goes by the name that a range of tokens of a phrase is. A name
    /// that many bear says who is meant by the country or the title beside it.
    fn known_as(
        &mut self,
        reader: &Reader<'_>,
        range: Range<usize>,
        phrase: &Phrase,
        kind: Kind,
    ) -> Option<&'static Known> {
        let name = folded_name(reader, range, &mut self.text);
        knowledge::known(name, kind).or_else(|| {
            let country = country_of(reader, phrase);
            knowledge::known_short(name, kind)
                .filter(|known| known.kind == KnownKind::Person)
                .find(|known| {
                    country.is_some_and(|c| c.iso3 == known.country)
                        || has_held(reader, phrase, known)
                })
        })
    }

    fn fresh(&mut self, reader: &Reader<'_>, phrase: &Phrase, title: Option<Title>) -> EntityId {
        let known = self.known(reader, phrase);
        let id = self.add(phrase.kind, phrase.agreement);
        let entity = &mut self.entities[id.0];
        entity.known = known;
        entity.country = country_of(reader, phrase);
        surface(reader, name_part(reader, phrase), &mut entity.name);
        entity.key.fill_phrase(reader, phrase);
        if let Some(short) = bracketed(reader, phrase) {
            entity.short.fill_stems(reader, short);
        }
        entity.titles.extend(title);
        let country = reader.words.get(phrase.head).is(Tags::COUNTRY);
        entity.named = phrase.kind == Kind::Place && country;
        self.index.add(id, &self.entities[id.0]);
        id
    }
}

/// Whether a title of a phrase is one that a person has held.
fn has_held(reader: &Reader<'_>, phrase: &Phrase, known: &Known) -> bool {
    let mut text = String::new();
    let mut titles = title_ranges(reader, phrase).into_iter().flatten();
    titles.any(|title| {
        let title = lexicon().office(folded_name(reader, title, &mut text));
        title.is_some_and(|title| known.held(title.post))
    })
}
