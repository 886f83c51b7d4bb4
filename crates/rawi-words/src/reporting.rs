//! What the reporting tables know: verbs and nouns that report with their frames,
//! phrases that attribute, channels, and words that end what was said.

mod frames;
mod terms;

pub use frames::{Frames, Link};
pub use terms::{Act, ChannelKind, Parts, Turn};

use crate::forms::Inflected;
use crate::{Facet, LexId, Lexicon};

/// A reporting verb or noun.
#[derive(Debug)]
pub struct Verb {
    /// As the table writes it.
    pub lemma: &'static str,
    /// What is done by saying it.
    pub act: Act,
    /// What it takes.
    pub frames: Frames,
    /// The name of the table.
    pub file: &'static str,
    /// The line of the row, from one.
    pub line: usize,
}

/// One form of a reporting verb.
#[derive(Clone, Copy, Debug)]
pub struct CueForm {
    /// Its number among the [`VERBS`].
    pub number: u16,
    /// Of which verb.
    pub verb: &'static Verb,
    /// Which form.
    pub form: Inflected,
}

/// A phrase that attributes without a verb.
#[derive(Debug)]
pub struct Attribution {
    /// As the table writes it; the lemma of the statements it reports.
    pub phrase: &'static str,
    /// `نقلا عن`: what follows handed on what somebody said.
    pub quoting: bool,
    /// May take `ما` with a verb: `حسب ما قال`.
    pub clause: bool,
    /// Ends in `ما`, so that a verb follows: `حسبما قال`.
    pub verb: bool,
    /// May take a pronoun: `على حد قوله`.
    pub pronoun: bool,
    /// The line of the row, from one.
    pub line: usize,
}

/// A noun that names a channel.
#[derive(Debug)]
pub struct ChannelNoun {
    /// What kind of channel it is.
    pub kind: ChannelKind,
    /// Words of which one must follow; none for a noun that always is one.
    pub needs: Option<Need>,
    /// An attached `ل` will do for such a word.
    pub needs_li: bool,
}

/// A word or phrase that may end a content.
#[derive(Debug)]
pub struct Border {
    /// What begins there.
    pub turn: Turn,
    /// Words of which one must follow soon; none if nothing must.
    pub needs: Option<Need>,
}

/// A set of words of which a row needs one: its bit among those of
/// [`Lexicon::needed`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need(pub u32);

include!(concat!(env!("OUT_DIR"), "/reporting.rs"));

/// Whether a lemma is one that a statement's cue can have: that of a reporting
/// verb or noun, or an attribution phrase.
pub fn is_lemma(lemma: &str) -> bool {
    VERBS.iter().any(|v| v.lemma == lemma) || ATTRIBUTIONS.iter().any(|a| a.phrase == lemma)
}

/// The table and line of the row that has a cue, by its lemma and, where several
/// rows have that, its act: `reporting_verbs.tsv:41`.
pub fn row(lemma: &str, act: Act) -> Option<String> {
    let mut rows = VERBS.iter().filter(|v| v.lemma == lemma);
    let first = rows.clone().next();
    if let Some(verb) = rows.find(|v| v.act == act).or(first) {
        return Some(format!("{}:{}", verb.file, verb.line));
    }
    let phrase = ATTRIBUTIONS.iter().find(|a| a.phrase == lemma)?;
    Some(format!("attribution.tsv:{}", phrase.line))
}

/// Whether a name is one that a channel's platform can have.
pub fn is_platform(name: &str) -> bool {
    PLATFORMS.contains(&name)
}

impl Lexicon<'_> {
    /// The reporting verbs and nouns that a key is a form of, in the order of their
    /// rows. A cue of several words is a key of several.
    pub fn cue_forms(&self, key: LexId) -> impl Iterator<Item = CueForm> + Clone {
        let records = self.run(key, Facet::Cue, self.cue_records());
        records.iter().filter_map(|&[a, b, c, d]| {
            let number = u16::from_le_bytes([a, b]);
            Some(CueForm {
                number,
                verb: VERBS.get(usize::from(number))?,
                form: Inflected::of_code(u16::from_le_bytes([c, d])),
            })
        })
    }

    /// The attribution phrase that a key is.
    pub fn attribution(&self, key: LexId) -> Option<&'static Attribution> {
        ATTRIBUTIONS.get(self.value(key, Facet::Attribution)? as usize)
    }

    /// The channel that a key names.
    pub fn channel(&self, key: LexId) -> Option<&'static ChannelNoun> {
        CHANNELS.get(self.value(key, Facet::Channel)? as usize)
    }

    /// The platform that a key names.
    pub fn platform(&self, key: LexId) -> Option<&'static str> {
        PLATFORMS
            .get(self.value(key, Facet::Platform)? as usize)
            .copied()
    }

    /// The row of borders that a key is.
    pub fn border(&self, key: LexId) -> Option<&'static Border> {
        BORDERS.get(self.value(key, Facet::Border)? as usize)
    }

    /// The link that a preposition makes in the frames of reporting verbs.
    pub fn frame_link(&self, key: LexId) -> Option<Link> {
        let bits = self.value(key, Facet::FrameLink)?;
        u8::try_from(bits).ok().map(Link)
    }

    /// The parts that a word can have in reported speech.
    pub fn parts(&self, key: LexId) -> Parts {
        Parts(self.value(key, Facet::Parts).unwrap_or_default())
    }

    /// The bits of the [`Need`]s that a word meets.
    pub fn needed(&self, key: LexId) -> u32 {
        self.value(key, Facet::Needed).unwrap_or_default()
    }
}
