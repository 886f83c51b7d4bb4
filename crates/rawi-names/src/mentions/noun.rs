//! Noun phrases that no label covers: whoever and whatever can take part in
//! something without a name.

use rawi_morph::Pos;
use rawi_text::TokenKind;

use super::{MentionKind, Mentions, Origin, Stretch};
use crate::phrase::{Extent, Reader};
use crate::{Roles, Tags};

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
        let number = reader.layout.tokens()[i].kind == TokenKind::Number;
        let start = i + usize::from(number && i + 1 < limit);
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
        phrase.range.start = i;
        let tokens = i..phrase.first_end.max(start + 1);
        let at = Stretch {
            tokens,
            kind: MentionKind::Title,
            origin: Origin::Phrase,
            holder: None,
        };
        self.add(reader, &phrase, at);
        start + 1
    }
}
