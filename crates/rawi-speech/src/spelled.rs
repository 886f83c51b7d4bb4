//! What reported speech asks of a spelling, found out once for each.

use rawi_model::hash;
use rawi_morph::{Clitics, Pronoun, Shape, strip_pronoun};
use rawi_text::proclitic::AND;
use rawi_words::reporting::{Link, Parts};
use rawi_words::{Facet, Keys, LexId, Lexicon};

/// How a stem may be cut from its word: as a whole, and without one to four letters
/// in front.
const CUTS: usize = 5;

/// Bytes of an Arabic letter.
const LETTER: usize = 2;

/// Longer words than these many letters aren't taken for `أن` with a pronoun.
const LONGEST_THAT: usize = 5;

/// Fewer letters than this no noun has before the `ا` of its case.
const SHORTEST_NOUN: usize = 3;

/// What a spelling is, whatever stands around it.
#[derive(Clone, Debug)]
pub(crate) struct Spelled {
    /// The spelling as models know it.
    pub(crate) id: u64,
    pub(crate) parts: Parts,
    pub(crate) letter: Option<char>,
    /// The preposition that it is; [`Link::NONE`] for none.
    pub(crate) link: Link,
    pub(crate) mark: Mark,
    /// The pronoun that it may end in.
    pub(crate) pronoun: Option<Pronoun>,
    /// Whether some cut of it is the beginning of a cue.
    pub(crate) cue: bool,
    /// Whether it begins as `أن` does and isn't much longer.
    pub(crate) like_that: bool,
    /// The cuts that leave a document or channel, as bits.
    documents: u8,
    /// The cuts that leave a noun that carries a message, as bits.
    messages: u8,
    /// What each cut leaves without the `ا` of an indefinite accusative, if it has one.
    nominative: Option<Box<[Option<LexId>; CUTS]>>,
    channels: Option<Box<[Option<ChannelStem>; CUTS]>>,
}

/// A noun of a channel as the table has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChannelStem {
    pub(crate) key: LexId,
    /// Whether it stands without a pronoun or an ending of its case.
    pub(crate) bare: bool,
    pub(crate) feminine: bool,
}

/// What a token of punctuation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// A word, or a mark that no rule asks for.
    None,
    Comma,
    Colon,
    FullStop,
    Question,
    Dash,
    /// Two hyphens at least, as behind a dateline.
    LongDash,
    OpeningBracket,
    ClosingBracket,
    SquareBracket,
    Bar,
    Slash,
    Bullet,
}

impl Mark {
    fn of(word: &str) -> Mark {
        match word {
            "،" | "," | "؛" | ";" => Mark::Comma,
            ":" => Mark::Colon,
            "." => Mark::FullStop,
            "؟" | "?" => Mark::Question,
            "(" => Mark::OpeningBracket,
            ")" => Mark::ClosingBracket,
            "]" => Mark::SquareBracket,
            "|" => Mark::Bar,
            "/" => Mark::Slash,
            "•" | "*" | "·" | "●" | "▪" | "■" | "◦" | "▫" | "○" => Mark::Bullet,
            _ if word.is_empty() || !word.chars().all(|c| matches!(c, '-' | '–' | '—')) => {
                Mark::None
            }
            _ if word.starts_with("--") => Mark::LongDash,
            _ => Mark::Dash,
        }
    }
}

impl Spelled {
    /// Finds out what a folded spelling is, whose keys are known.
    pub(crate) fn new(lexicon: &Lexicon<'_>, word: &str, keys: &Keys) -> Self {
        let whole = keys.whole();
        let cue = |key| lexicon.parts(key).has(Parts::OPENS_CUE);
        let mut spelled = Self {
            id: hash(word.as_bytes()),
            parts: lexicon.parts(whole),
            letter: word.chars().next(),
            link: lexicon.frame_link(whole).unwrap_or(Link::NONE),
            mark: Mark::of(word),
            pronoun: None,
            cue: cue(whole)
                || keys.is_cut_behind(0)
                    && Clitics::readings(word).any(|cut| cue(keys.stem(cut.prefix_len(word)))),
            like_that: like_that(word),
            documents: 0,
            messages: 0,
            nominative: None,
            channels: None,
        };
        if spelled.mark == Mark::None {
            spelled.cuts(lexicon, word, keys);
        }
        spelled
    }

    /// Finds out what each cut leaves.
    fn cuts(&mut self, lexicon: &Lexicon<'_>, word: &str, keys: &Keys) {
        let stripped = strip_pronoun(word);
        self.pronoun = stripped.map(|(_, pronoun)| pronoun);
        // A noun whose `ة` became `ت` before the pronoun: `مسؤوليته`.
        let feminine = stripped.and_then(|(bare, _)| bare.strip_suffix('ت'));
        for cut in 0..CUTS {
            let prefix = LETTER * cut;
            let Some(stem) = word.get(prefix..).filter(|s| !s.is_empty()) else {
                break;
            };
            let noun = Noun {
                key: keys.stem(prefix),
                bare: keys.bare(prefix),
                feminine: feminine
                    .and_then(|bare| bare.get(prefix..))
                    .map_or(LexId::NONE, |bare| lexicon.find_joined(bare, "ه")),
                nominative: nominative(stem).map(|noun| lexicon.find(noun)),
            };
            let parts = lexicon.parts(noun.key) | lexicon.parts(noun.bare);
            let message = (parts | lexicon.parts(noun.feminine)).has(Parts::MESSAGE);
            self.documents |= u8::from(parts.has(Parts::DOCUMENT)) << cut;
            self.messages |= u8::from(message) << cut;
            if noun.nominative.is_some() {
                self.nominative.get_or_insert_default()[cut] = noun.nominative;
            }
            if let Some(channel) = noun.channel(lexicon) {
                self.channels.get_or_insert_default()[cut] = Some(channel);
            }
            if !keys.is_cut_behind(prefix) {
                break;
            }
        }
    }

    /// Whether what stands behind `prefix` bytes names a document or channel, also
    /// with a pronoun.
    pub(crate) fn document(&self, prefix: usize) -> bool {
        has(self.documents, prefix)
    }

    /// Whether what stands behind `prefix` bytes carries a message by itself
    /// (`ضرورة`), also with a pronoun (`قلقه`, `مسؤوليته`).
    pub(crate) fn carries_message(&self, prefix: usize) -> bool {
        has(self.messages, prefix)
    }

    /// The channel that begins behind `prefix` bytes.
    pub(crate) fn channel(&self, prefix: usize) -> Option<ChannelStem> {
        *self.channels.as_ref()?.get(prefix / LETTER)?
    }

    /// What stands behind `prefix` bytes, without the `ا` of an indefinite accusative;
    /// if it has one.
    pub(crate) fn nominative(&self, prefix: usize) -> Option<LexId> {
        *self.nominative.as_ref()?.get(prefix / LETTER)?
    }
}

fn has(cuts: u8, prefix: usize) -> bool {
    prefix <= LETTER * CUTS && cuts >> (prefix / LETTER) & 1 != 0
}

/// The first two letters of a folded word and its last, as one number.
pub(crate) fn affixes(word: &str) -> u64 {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let number = |c: Option<char>| c.map_or(0, |c| u64::from(u32::from(c)));
    number(first) | number(second) << 16 | number(letters.next_back()) << 32
}

fn like_that(word: &str) -> bool {
    let core = word.strip_prefix(AND).unwrap_or(word);
    core.starts_with("ان") && core.chars().count() <= LONGEST_THAT
}

/// A noun without the `ا` of an indefinite accusative; none where it has none.
fn nominative(stem: &str) -> Option<&str> {
    let bare = stem.strip_suffix('ا')?;
    (bare.chars().count() >= SHORTEST_NOUN).then_some(bare)
}

/// A stem with its keys.
struct Noun {
    key: LexId,
    /// Without a pronoun.
    bare: LexId,
    /// The same with the `ة` that it has then.
    feminine: LexId,
    /// Without the `ا` of an indefinite accusative, if it has one.
    nominative: Option<LexId>,
}

impl Noun {
    /// The noun as the table of channels has it: without article, and without a
    /// possessive pronoun where the table knows the noun only bare.
    fn channel(&self, lexicon: &Lexicon<'_>) -> Option<ChannelStem> {
        let known = |key: LexId| lexicon.parts(key).has(Parts::OPENS_CHANNEL);
        let found = |key: LexId, bare: bool| ChannelStem {
            key,
            bare,
            feminine: Shape::of(lexicon.text(key)).is(Shape::FEMININE),
        };
        if known(self.key) {
            return Some(found(self.key, false));
        }
        // `أصدر بيانا`
        if let Some(key) = self.nominative.filter(|&key| known(key)) {
            return Some(found(key, true));
        }
        // `كلمته`, `بيانه`
        if lexicon.has(self.feminine, Facet::Channel) {
            return Some(found(self.feminine, true));
        }
        known(self.bare).then(|| found(self.bare, true))
    }
}
