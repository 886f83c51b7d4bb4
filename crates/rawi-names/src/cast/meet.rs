//! Meeting a phrase: the entity that it names, or a new one.

use rawi_text::fold;

use super::find::{alike, compatible};
use super::index::NAMESAKES;
use super::naming::{
    bracketed, country_of, name_key, name_part, span_of, stems, surface, surface_key, title_ranges,
};
use super::{Cast, Entity, EntityId, How, MentionKind};
use crate::phrase::{Kind, Phrase, Reader};
use crate::title::Title;
use crate::{Known, Tags, knowledge};

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
        let stems = name_key(reader, range.clone());
        let name = surface(reader, range.clone());
        let span = span_of(reader, range);
        let title = Title::of(reader, phrase);
        let known = knowledge::known(&fold(&name), Kind::Person);
        let same = self
            .by_knowledge(known)
            .or_else(|| self.by_name(&stems, &phrase.agreement));
        let id = same.unwrap_or_else(|| {
            self.add(Entity {
                name: name.clone(),
                kind: Kind::Person,
                agreement: phrase.agreement,
                country: None,
                known: None,
                mentions: Vec::new(),
                stems: stems.clone(),
                short: Vec::new(),
                titles: Vec::new(),
                named: true,
            })
        });
        let entity = &mut self.entities[id.0];
        entity.known = entity.known.or(known);
        if stems.len() > entity.stems.len() {
            entity.name = name;
            entity.stems = stems;
        }
        if entity.agreement.gender.is_none() {
            entity.agreement.gender = phrase.agreement.gender;
        }
        if let Some(title) = title {
            entity.country = entity.country.or(title.country);
            if !entity.titles.contains(&title) {
                entity.titles.push(title);
            }
        }
        self.index.add(id, &self.entities[id.0]);
        self.note(id, span, MentionKind::Name);
        for range in title_ranges(reader, phrase) {
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
                self.by_phrase(&surface_key(reader, phrase))
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
        let key = surface_key(reader, phrase);
        if let Some(id) = self.by_phrase(&key) {
            return (id, How::Named);
        }
        let name = surface(reader, name_part(reader, phrase));
        if let Some(id) = self.by_knowledge(Self::known(reader, phrase, &name)) {
            let entity = &mut self.entities[id.0];
            if key.len() > entity.stems.len() {
                entity.name = name;
                entity.stems = key;
                self.index.add(id, &self.entities[id.0]);
            }
            return (id, How::Named);
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
                return (EntityId(i), How::Named);
            }
        }
        if phrase.definite
            && !head.is(Tags::OWN_NAME | Tags::OUTLET | Tags::COUNTRY | Tags::CAPITAL)
        {
            let fits = |e: &Entity| {
                !e.named
                    && e.kind == phrase.kind
                    && e.stems
                        .first()
                        .zip(key.first())
                        .is_some_and(|(a, b)| alike(a, b))
                    && (key.len() == 1 || key.iter().all(|w| e.stems.contains(w)))
                    && compatible(e.country, country)
            };
            let back = recent
                .iter()
                .copied()
                .find(|&id| fits(self.get(id)))
                .or_else(|| {
                    let of_kind = self.index.with_head(key.first()?);
                    let ids = of_kind.iter().rev().map(|&id| EntityId(id as usize));
                    ids.take(NAMESAKES).find(|&id| fits(self.get(id)))
                });
            if let Some(id) = back {
                let entity = &mut self.entities[id.0];
                entity.country = entity.country.or(country);
                return (id, How::Title);
            }
        }
        (self.fresh(reader, phrase, None), How::Named)
    }

    /// Who the tables say goes by the name of a phrase, or by its short name in
    /// brackets.
    fn known(reader: &Reader<'_>, phrase: &Phrase, name: &str) -> Option<&'static Known> {
        let known = |name: &str| knowledge::known(&fold(name), phrase.kind);
        let part = |range| known(&surface(reader, range));
        known(name).or_else(|| {
            let short = bracketed(reader, phrase)?;
            part(phrase.range.start..short.start - 1).or_else(|| part(short))
        })
    }

    fn fresh(&mut self, reader: &Reader<'_>, phrase: &Phrase, title: Option<Title>) -> EntityId {
        let head = reader.words.get(phrase.head);
        let country = country_of(reader, phrase);
        let name = surface(reader, name_part(reader, phrase));
        self.add(Entity {
            known: Self::known(reader, phrase, &name),
            name,
            kind: phrase.kind,
            agreement: phrase.agreement,
            country,
            mentions: Vec::new(),
            stems: surface_key(reader, phrase),
            short: bracketed(reader, phrase).map_or_else(Vec::new, |b| stems(reader, b)),
            titles: title.into_iter().collect(),
            named: phrase.kind == Kind::Place && head.is(Tags::COUNTRY),
        })
    }
}
