//! What the parser knows of each word before it looks at the tree.

use std::ops::Range;

use rawi_model::hash;
use rawi_morph::Tagged;
use rawi_names::{Mentions, Tags, Words};
use rawi_text::{Layout, TokenKind};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Default)]
#[repr(u8)]
enum Between {
    #[default]
    Nothing = 0,
    Comma = 1,
    Colon = 2,
    Quote = 3,
    Bracket = 4,
    Other = 5,
}

/// One word, in numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Atom {
    /// Its stem.
    pub(crate) word: u64,
    /// Part of speech with whatever is attached to it.
    pub(crate) tag: u64,
    /// Part of speech.
    pub(crate) pos: u64,
    /// Words that stand between the same neighbors share one.
    pub(crate) cluster: u64,
    /// How it ends.
    pub(crate) ends: u64,
    /// Word classes of the tables.
    pub(crate) class: u64,
    /// What the model of names calls it.
    pub(crate) name: u64,
    /// What stands before it.
    pub(crate) before: u64,
    /// The preposition that leads it, attached or apart; 0 for none.
    pub(crate) led: u64,
    /// The number of the mention that it stands in, from one; 0 for none.
    pub(crate) mention: u32,
    /// Commas in the sentence up to it.
    pub(crate) commas: u32,
    /// Quotation marks up to it: odd inside.
    pub(crate) marks: u32,
}

/// What stands where there is no word.
const EDGE: Atom = Atom {
    word: 1,
    tag: 1 << 60,
    pos: 17,
    cluster: 1 << 60,
    ends: 1,
    class: 1 << 60,
    name: 99,
    before: 9,
    led: 1,
    mention: 0,
    commas: 0,
    marks: 0,
};

/// Classes that say what part a word can have in a clause.
const CLASSES: Tags = Tags(
    Tags::HONORIFIC.0
        | Tags::OFFICE.0
        | Tags::PERSON.0
        | Tags::BODY.0
        | Tags::COUNTRY.0
        | Tags::DEMONYM.0
        | Tags::GIVEN.0
        | Tags::PREPOSITION.0
        | Tags::RELATIVE.0
        | Tags::ADVERB.0
        | Tags::AUXILIARY.0
        | Tags::DEMONSTRATIVE.0
        | Tags::PARTICLE.0
        | Tags::GROUP.0
        | Tags::ACTION.0
        | Tags::TIME.0
        | Tags::REPORT.0,
);

/// The words of a sentence: marks are no words, they only stand between some.
#[derive(Clone, Default, Debug)]
pub struct Atoms {
    /// The token of each word.
    tokens: Vec<u32>,
    all: Vec<Atom>,
}

impl Atoms {
    /// The token of each word.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// What is known of a word; of none what stands at the edges of a sentence.
    #[inline]
    pub(crate) fn get(&self, word: u32) -> &Atom {
        self.all.get(word as usize).unwrap_or(&EDGE)
    }

    /// Looks at the words of a sentence, forgetting the one before.
    pub fn fill(
        &mut self,
        layout: &Layout,
        tagged: &Tagged,
        words: &Words,
        mentions: &Mentions,
        sentence: Range<usize>,
    ) {
        let mut mentioned = mentions.within(sentence.clone()).peekable();
        let mut here: (u32, Range<usize>) = (0, 0..0);
        let Self { tokens, all: atoms } = self;
        tokens.clear();
        atoms.clear();
        let mut between = Between::Nothing;
        let (mut commas, mut marks) = (0, 0);
        for i in sentence {
            let token = &layout.tokens()[i];
            if matches!(token.kind, TokenKind::Punct | TokenKind::Symbol) {
                let quote = layout.quote_opening(i).is_some() || layout.quote_closing(i).is_some();
                between = match layout.word(i) {
                    _ if quote => Between::Quote,
                    "،" | "," | "؛" | ";" => Between::Comma,
                    ":" => Between::Colon,
                    "(" | ")" | "[" | "]" => Between::Bracket,
                    _ => Between::Other,
                };
                commas += u32::from(matches!(between, Between::Comma));
                marks += u32::from(quote);
                continue;
            }
            // A name stands in the phrase of its title: the first that holds the word counts.
            while let Some(&id) = mentioned.peek() {
                let phrase = &mentions.get(id).phrase;
                if phrase.start > i {
                    break;
                }
                mentioned.next();
                if phrase.contains(&i) && !here.1.contains(&i) {
                    here = (id.0 + 1, phrase.clone());
                }
            }
            let mention = if here.1.contains(&i) { here.0 } else { 0 };
            let seen = &tagged.seen[i];
            let word = words.get(i);
            let pos = tagged.get(i).pos;
            let name = word
                .label
                .map_or(0, |l| 2 + l as u64 * 2 + u64::from(word.begins));
            let attached = word.preposition.map_or(0, u64::from);
            let tag = pos as u64
                | u64::from(word.conjunction) << 5
                | u64::from(word.article) << 6
                | u64::from(seen.cut.enclitic > 0) << 7
                | attached << 8;
            let led = match attached {
                0 => {
                    let apart = atoms.last().zip(tokens.last()).filter(|&(a, &t)| {
                        t as usize + 1 == i && a.class & u64::from(Tags::PREPOSITION.0) != 0
                    });
                    apart.map_or(0, |(a, _): (&Atom, _)| a.word)
                }
                letter => hash(&letter.to_le_bytes()),
            };
            tokens.push(i as u32);
            atoms.push(Atom {
                word: seen.hash,
                tag,
                pos: pos as u64,
                cluster: seen.cluster(),
                ends: seen.ends(),
                class: u64::from(word.tags.0 & CLASSES.0),
                name,
                before: between as u64,
                led,
                mention,
                commas,
                marks,
            });
            between = Between::Nothing;
        }
    }
}
