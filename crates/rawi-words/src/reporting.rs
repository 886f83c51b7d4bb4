//! What the reporting tables know: verbs and nouns that report with their frames,
//! phrases that attribute, channels, and words that end what was said.

mod frames;
mod terms;

pub use frames::{Frames, Link};
pub use terms::{Act, ChannelKind, Parts, Turn};

use rawi_morph::conjugation::Aspect;

use crate::forms::Inflected;
use crate::{Facet, LexId, Lexicon};

/// The key of a row that reports, a verb's or noun's lemma or a phrase, and the
/// number by which the features name it. The build makes the number of the first
/// cell of the row, so a row that is spelled anew is a new row to the model.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lemma {
    /// As the table writes it.
    pub text: &'static str,
    /// What the features name it.
    pub id: u64,
}

impl Lemma {
    /// That of a statement without a cue.
    pub const NONE: Lemma = Lemma {
        text: "",
        id: 0xc78c_54fe_1cfb_d69f,
    };
}

/// A reporting verb or noun.
#[derive(Debug)]
pub struct Verb {
    /// As the table writes it.
    pub lemma: Lemma,
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
    /// The phrase as the table writes it: the lemma of the statements it reports.
    pub lemma: Lemma,
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

/// The link that a preposition makes that is attached to its noun.
pub fn attached(letter: char) -> Option<Link> {
    let found = ATTACHED.iter().find(|(l, _)| *l == letter);
    found.map(|&(_, link)| link)
}

/// Whether a lemma is one that a statement's cue can have: that of a reporting
/// verb or noun, or an attribution phrase.
pub fn is_lemma(lemma: &str) -> bool {
    VERBS.iter().any(|v| v.lemma.text == lemma)
        || ATTRIBUTIONS.iter().any(|a| a.lemma.text == lemma)
}

/// The table and line of the row that has a cue, by its lemma and, where several
/// rows have that, its act: `reporting_verbs.tsv:41`.
pub fn row(lemma: &str, act: Act) -> Option<String> {
    let mut rows = VERBS.iter().filter(|v| v.lemma.text == lemma);
    let first = rows.clone().next();
    if let Some(verb) = rows.find(|v| v.act == act).or(first) {
        return Some(format!("{}:{}", verb.file, verb.line));
    }
    let phrase = ATTRIBUTIONS.iter().find(|a| a.lemma.text == lemma)?;
    Some(format!("attribution.tsv:{}", phrase.line))
}

/// Whether a name is one that a channel's platform can have.
pub fn is_platform(name: &str) -> bool {
    PLATFORMS.contains(&name)
}

impl CueForm {
    /// Whether it is a noun without a pronoun: `تصريح`, `إعلان`.
    pub fn noun(&self) -> bool {
        self.form.aspect == Aspect::Masdar && !self.form.pronoun
    }

    /// Whether it is that of a finite verb.
    pub fn finite(&self) -> bool {
        self.form.aspect.is_finite()
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn rows_have_their_lemmas() {
        let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon");
        for (lemma, act) in [
            ("قال", Act::Assert),
            ("نفى", Act::Deny),
            ("بحسب", Act::Assert),
        ] {
            let row = row(lemma, act).unwrap();
            let (file, line) = row.split_once(':').unwrap();
            let table = std::fs::read_to_string(format!("{tables}/{file}")).unwrap();
            let line = table.lines().nth(line.parse::<usize>().unwrap() - 1);
            assert!(line.unwrap().starts_with(&format!("{lemma}\t")), "{row}");
        }
        assert_eq!(row("كتاب", Act::Assert), None);
    }

    #[test]
    fn a_cue_of_several_words_is_a_key_of_several() {
        let find = |phrase| lexicon().find_phrase(phrase);
        let lemmas = |phrase| -> Vec<_> {
            let forms = lexicon().cue_forms(find(phrase));
            forms.map(|cue| cue.verb.lemma.text).collect()
        };
        assert_eq!(lemmas("القت اللوم"), ["ألقى"]);
        assert_eq!(lemmas("اللوم"), [""; 0]);
        assert!(lexicon().parts(find("القت")).has(Parts::OPENS_CUE));
        assert!(lemmas("يقولون").contains(&"قال"));
    }

    #[test]
    fn rows_need_words() {
        let border = lexicon().border(lexicon().find_phrase("لم يتمكن")).unwrap();
        let meets = |word| lexicon().needed(lexicon().find(word)) & border.needs.unwrap().0 != 0;
        assert!(meets("تاكد") && !meets("ضروره"));
        let channel = lexicon().channel(lexicon().find("رساله")).unwrap();
        assert!(channel.needs_li && channel.kind == ChannelKind::Letter);
    }
}
