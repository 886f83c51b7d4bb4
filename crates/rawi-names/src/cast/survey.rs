//! Looking an article over for the names in it before anybody is met.

use std::collections::HashMap;

use super::{Cast, EntityId, MentionKind, key};
use crate::Tags;
use crate::phrase::{Extent, Phrase, Reader};

impl Cast {
    /// Forgets the article before and looks the new one over for personal
    /// names, so that a short name early in the text finds the full one later.
    pub fn survey(&mut self, reader: &Reader<'_>) {
        self.spare.append(&mut self.entities);
        self.index.clear();
        let count = reader.layout.tokens().len();
        let mut found: Vec<Phrase> = Vec::new();
        let mut ends = reader.layout.sentences().iter().map(|s| s.end as usize);
        let mut sentence_end = 0;
        let mut i = 0;
        while i < count {
            while sentence_end <= i {
                sentence_end = ends.next().unwrap_or(count);
            }
            let word = reader.words.get(i);
            let begins = word.is(Tags::TITLE)
                || word.is(Tags::GIVEN | Tags::NAME_PART) && !word.is(Tags::AMBIGUOUS);
            if !begins || word.inside || reader.layout.furniture_at(i).is_some() {
                i += 1;
                continue;
            }
            let end = reader.extent(i, sentence_end, Extent::Strict);
            let phrase = reader.describe(i..end.max(i + 1));
            i = match &phrase.name {
                Some(name) => name.end,
                None => i + usize::from(word.entry_words).max(1),
            };
            if phrase
                .name
                .as_ref()
                .is_some_and(|n| self.trusted(reader, n))
            {
                found.push(phrase);
            }
        }
        // Longer names first: a short name then joins the person it shortens.
        let length = |p: &Phrase| p.name.as_ref().map_or(0, |n| n.len());
        let mut order: Vec<&Phrase> = found.iter().collect();
        order.sort_by_key(|p| (usize::MAX - length(p), p.range.start));
        for phrase in order {
            self.named(reader, phrase);
        }
        self.entities
            .sort_by_key(|e| e.mentions.first().map(|m| m.span.start));
        self.index.clear();
        for (i, entity) in self.entities.iter().enumerate() {
            self.index.add(EntityId(i), entity);
            for m in &entity.mentions {
                self.index.mention(EntityId(i), m.span);
            }
        }
        self.short_names(reader);
    }

    /// Names of one unknown word after a title are too often ordinary words.
    fn trusted(&self, reader: &Reader<'_>, name: &std::ops::Range<usize>) -> bool {
        name.len() > 1 || reader.words.get(name.start).is(Tags::GIVEN)
    }

    /// Finds family names that stand alone.
    fn short_names(&mut self, reader: &Reader<'_>) {
        let mut lasts: HashMap<u64, usize> = HashMap::new();
        for (i, e) in self.entities.iter().enumerate() {
            if let [_, .., last] = e.key.words() {
                lasts.entry(*last).or_insert(i);
            }
        }
        if lasts.is_empty() {
            return;
        }
        for i in 0..reader.layout.tokens().len() {
            let word = reader.words.get(i);
            // `الشيخ`, `فرح`: mostly the common word.
            if word.is(Tags::TITLE)
                || word.common && !word.article
                || reader.layout.furniture_at(i).is_some()
            {
                continue;
            }
            let stem = key::word(reader.words.stem(reader.layout, i));
            let Some(&id) = lasts.get(&stem) else {
                continue;
            };
            let span = reader.words.name_span(reader.layout, i);
            self.note(EntityId(id), span, MentionKind::Name);
        }
    }
}
