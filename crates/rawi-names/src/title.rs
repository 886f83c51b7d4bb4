//! What a title says, so that `الوزير` can point back to `وزير الخارجية فلان`.

use std::ops::Range;

use rawi_model::hash;

use crate::phrase::Reader;
use crate::{Country, Tags};

/// A title: its head noun, the field it governs, the country it serves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Title {
    /// Hash of the folded stem of the head noun: `وزير`.
    head: u64,
    /// Hash of the folded stem of the next noun that is no nationality: `خارجيه`.
    field: Option<u64>,
    /// The country that a word of the title names.
    pub country: Option<&'static Country>,
}

impl Title {
    /// Reads a title.
    pub(crate) fn in_range(reader: &Reader<'_>, range: Range<usize>) -> Option<Title> {
        let end = range.end;
        let head = range
            .clone()
            .find(|&i| reader.words.get(i).is(Tags::OFFICE | Tags::PERSON))
            .or_else(|| range.clone().find(|&i| reader.words.get(i).is(Tags::TITLE)))?;
        let field = (head + 1..end).find(|&i| {
            let word = reader.words.get(i);
            !word.is(Tags::DEMONYM | Tags::COUNTRY | Tags::CAPITAL | Tags::FUNCTION | Tags::TITLE)
                && reader.layout.tokens()[i].kind == rawi_text::TokenKind::Word
        });
        Some(Title {
            head: hash(bare(reader.words.stem(reader.layout, head)).as_bytes()),
            field: field.map(|i| hash(reader.words.stem(reader.layout, i).as_bytes())),
            country: (head..end).find_map(|i| reader.words.get(i).country()),
        })
    }

    /// The hash of its head noun.
    pub(crate) fn head(&self) -> u64 {
        self.head
    }

    /// Whether this title, said alone, can mean a person introduced with
    /// `other`: same head, and nothing said that differs.
    pub fn points_to(&self, other: &Title) -> bool {
        self.head == other.head
            && (self.field.is_none() || self.field == other.field)
            && (self.country.is_none() || other.country.is_none() || self.country == other.country)
    }
}

/// A noun without the article that it has in the tables: `العميد`.
fn bare(stem: &str) -> &str {
    stem.strip_prefix("ال")
        .filter(|bare| bare.chars().count() >= 3)
        .unwrap_or(stem)
}
