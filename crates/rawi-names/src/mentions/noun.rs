//! Noun phrases that no label covers: whoever and whatever can take part in
//! something without a name.

use std::ops::Range;

use rawi_morph::Pos;
use rawi_text::TokenKind;

use super::{MentionId, MentionKind, Mentions, Origin, Stretch};
use crate::phrase::{Extent, Kind, Phrase, Reader};
use crate::{NameType, Roles, Tags};

/// Words that are known to name or describe somebody, or a paper that speaks.
const PARTIES: Tags = Tags(
    Tags::TITLE.0
        | Tags::BODY.0
        | Tags::GROUP.0
        | Tags::COUNTRY.0
        | Tags::CAPITAL.0
        | Tags::OUTLET.0
        | Tags::GIVEN.0
        | Tags::DOCUMENT.0,
);

impl Mentions {
    /// Adds the noun phrase that begins at token `i`, if one does; where to go on.
    pub(super) fn noun(&mut self, reader: &Reader<'_>, i: usize, limit: usize) -> usize {
        let start = past_number(reader, i, limit);
        if start > i
            && let Some(counted) = self.counted(reader, i, start, limit)
        {
            return counted;
        }
        let word = reader.words.get(start);
        let noun = matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Num | Pos::X)
            && !word.is(Tags::FUNCTION | Tags::VERB | Tags::TIME);
        let may = reader.words.labeled(start).is_none()
            && (noun || word.is(PARTIES) || reader.plays(start, Roles::QUANTIFIER))
            && !word.inside
            && self.at[start] == 0;
        if !may {
            return i + 1;
        }
        let end = reader.extent(start, limit, Extent::Strict);
        if end == start {
            return i + 1;
        }
        let mut phrase = reader.describe(start..end);
        if self.at[phrase.head] != 0 {
            return start + 1;
        }
        if let Some(name) = phrase.name.clone().filter(|n| listed(reader, n)) {
            return self.listed(reader, &phrase, name);
        }
        phrase.range.start = i;
        let whole = i..phrase.first_end.max(start + 1);
        let tokens = i..reader.settled(start, whole.end);
        self.phrase(reader, &phrase, tokens);
        start + 1
    }

    /// Adds the labeled group that the number at `i` counts (`أربعة حوثيين`): others
    /// than the whole group.
    fn counted(
        &mut self,
        reader: &Reader<'_>,
        i: usize,
        start: usize,
        limit: usize,
    ) -> Option<usize> {
        let chain = reader.chain(start, limit)?;
        let group = matches!(chain.label, NameType::Group | NameType::Title);
        if !group || chain.start() != start || reader.words.get(start).article {
            return None;
        }
        let mut phrase = reader.describe(start..chain.end());
        phrase.range.start = i;
        phrase.kind = Kind::Group;
        self.phrase(reader, &phrase, i..chain.end());
        Some(start)
    }

    /// Adds a person whom only the tables of names know, and the title in front of the
    /// name.
    fn listed(&mut self, reader: &Reader<'_>, phrase: &Phrase, name: Range<usize>) -> usize {
        let title = phrase.range.start..name.start;
        let end = name.end;
        if !title.is_empty() {
            let at = Stretch {
                tokens: title,
                kind: MentionKind::Title,
                origin: Origin::Table,
                holder: Some(MentionId(self.all.len() as u32 + 1)),
            };
            self.add(reader, phrase, at);
        }
        let at = Stretch {
            tokens: name,
            kind: MentionKind::Name,
            origin: Origin::Table,
            holder: None,
        };
        self.add(reader, phrase, at);
        end
    }

    fn phrase(&mut self, reader: &Reader<'_>, phrase: &Phrase, tokens: Range<usize>) {
        let at = Stretch {
            tokens,
            kind: MentionKind::Title,
            origin: Origin::Phrase,
            holder: None,
        };
        self.add(reader, phrase, at);
    }
}

/// Whether the tables alone make a name of these words: two or more, none of which the
/// model labels as something else.
fn listed(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let labeled = name.clone().any(|i| reader.words.labeled(i).is_some());
    let first = reader.words.get(name.start);
    name.len() > 1 && !labeled && first.is(Tags::GIVEN) && !first.is(Tags::AMBIGUOUS)
}

/// Behind the number at `i` and what joins it to what it counts (`أربعة من`); `i`
/// itself if none stands there or nothing is counted.
fn past_number(reader: &Reader<'_>, i: usize, limit: usize) -> usize {
    let number = |k: usize| {
        let word = reader.words.get(k);
        let digits = reader.layout.tokens()[k].kind == TokenKind::Number;
        (digits || word.pos == Pos::Num && !word.article) && !word.is(Tags::TIME)
    };
    let mut k = i;
    while k < limit && number(k) {
        k += 1;
    }
    if k > i && k + 1 < limit && reader.plays(k, Roles::PARTITIVE) {
        k += 1;
    }
    let word = |k: usize| reader.layout.tokens()[k].kind == TokenKind::Word;
    if k < limit && word(k) && !reader.words.get(k).is(Tags::TIME) {
        k
    } else {
        i
    }
}
