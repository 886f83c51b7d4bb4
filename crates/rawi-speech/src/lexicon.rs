//! The compiled reporting tables and look-ups in them.

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Gender, Number, Person};

use crate::border::{Border, Turn};
use crate::frames::{Frames, Link};
use crate::remark::Parts;
use crate::statement::{Act, ChannelKind};
use crate::templates::Lemma;

/// A reporting verb or noun.
#[derive(Debug)]
pub(crate) struct Verb {
    pub(crate) lemma: Lemma,
    /// Further folded words of a compound cue (`ألقى` + `اللوم`).
    pub(crate) rest: &'static [&'static str],
    pub(crate) act: Act,
    pub(crate) frames: Frames,
}

/// One form of a verb, by its folded spelling.
#[derive(Debug)]
pub(crate) struct CueForm {
    pub(crate) key: &'static str,
    pub(crate) verb: usize,
    pub(crate) aspect: Aspect,
    pub(crate) agreement: Agreement,
    pub(crate) pronoun: bool,
}

impl CueForm {
    /// Whether it is a noun without a pronoun: `تصريح`, `إعلان`.
    pub(crate) fn noun(&self) -> bool {
        self.aspect == Aspect::Masdar && !self.pronoun
    }
}

/// A phrase that attributes without a verb.
#[derive(Debug)]
pub(crate) struct Attribution {
    /// The phrase as the table writes it: the lemma of the statements it reports.
    pub(crate) lemma: Lemma,
    /// `نقلا عن`: what follows handed on what somebody said.
    pub(crate) quoting: bool,
    /// May take `ما` with a verb: `حسب ما قال`.
    pub(crate) clause: bool,
    /// Ends in `ما`, so that a verb follows: `حسبما قال`.
    pub(crate) verb: bool,
    /// May take a pronoun: `على حد قوله`.
    pub(crate) pronoun: bool,
}

/// Where a lemma stands.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) lemma: &'static str,
    /// None for an attribution phrase, which asserts.
    pub(crate) act: Option<Act>,
    pub(crate) file: &'static str,
    pub(crate) line: usize,
}

/// A noun that names a channel.
#[derive(Debug)]
pub(crate) struct ChannelNoun {
    pub(crate) kind: ChannelKind,
    /// Folded words of which one must follow; none for a noun that always is one.
    pub(crate) needs: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/reporting.rs"));

/// Whether a lemma is one that a statement's cue can have: that of a reporting
/// verb or noun, or an attribution phrase.
pub fn is_lemma(lemma: &str) -> bool {
    VERBS.iter().any(|v| v.lemma.text == lemma)
        || ATTRIBUTIONS.iter().any(|(_, a)| a.lemma.text == lemma)
}

/// The table and line of the row that has a cue, by its lemma and, where several
/// rows have that, its act: `reporting_verbs.tsv:41`.
pub fn row(lemma: &str, act: Act) -> Option<String> {
    let begin = ROWS.partition_point(|row| row.lemma < lemma);
    let rows = ROWS[begin..].iter().take_while(|row| row.lemma == lemma);
    let (same, other): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| row.act == Some(act));
    let row = same.first().or(other.first())?;
    Some(format!("{}:{}", row.file, row.line))
}

/// Whether a name is one that a channel's platform can have.
pub fn is_platform(name: &str) -> bool {
    PLATFORMS.iter().any(|(_, platform)| *platform == name)
}

/// All readings of a folded form as a cue.
pub(crate) fn cue_forms(form: &str) -> &'static [CueForm] {
    let from = FORMS.partition_point(|f| f.key < form);
    let len = FORMS[from..].iter().take_while(|f| f.key == form).count();
    &FORMS[from..from + len]
}

/// The longest phrase of a table that `word(0)`, `word(1)` … spell, and its
/// length in words.
pub(crate) fn phrase<'a, T>(
    table: &'static [(&'static str, T)],
    word: impl Fn(usize) -> Option<&'a str>,
) -> Option<(&'static T, usize)> {
    let first = word(0)?;
    let from = table.partition_point(|(key, _)| *key < first);
    let mut best: Option<(&'static T, usize)> = None;
    for (key, value) in &table[from..] {
        let Some(rest) = key.strip_prefix(first) else {
            break;
        };
        if !rest.is_empty() && !rest.starts_with(' ') {
            break;
        }
        let mut words = 1;
        let fits = rest.split_whitespace().all(|part| {
            words += 1;
            word(words - 1) == Some(part)
        });
        if fits && best.is_none_or(|(_, n)| words > n) {
            best = Some((value, words));
        }
    }
    best
}

/// What a table says of one key.
pub(crate) fn find<T>(table: &'static [(&'static str, T)], key: &str) -> Option<&'static T> {
    let at = table.binary_search_by(|(known, _)| (*known).cmp(key));
    at.ok().map(|at| &table[at].1)
}

/// The link that a folded preposition makes.
pub(crate) fn link(preposition: &str) -> Option<Link> {
    find(LINKS, preposition).copied()
}

/// Whether a folded noun carries a message by itself (`ضرورة`), also with a
/// pronoun (`قلقه`, `مسؤوليته`).
pub(crate) fn carries_message(stem: &str) -> bool {
    let known = |s: &str| find(MESSAGE_NOUNS, s).is_some();
    known(stem)
        || rawi_morph::strip_pronoun(stem).is_some_and(|(bare, _)| {
            known(bare)
                || bare
                    .strip_suffix('ت')
                    .is_some_and(|b| known(&format!("{b}ه")))
        })
}

/// Whether a folded noun names a party of a trial.
pub(crate) fn court_party(stem: &str) -> bool {
    find(COURT_PARTIES, stem).is_some()
}

/// Whether a folded noun names a document or a channel, also with a pronoun.
pub(crate) fn document(stem: &str) -> bool {
    let known = |s: &str| find(DOCUMENTS, s).is_some() || find(CHANNELS, s).is_some();
    known(stem) || rawi_morph::strip_pronoun(stem).is_some_and(|(bare, _)| known(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_lemmas() {
        let lexicon = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon");
        for (lemma, act) in [
            ("قال", Act::Assert),
            ("نفى", Act::Deny),
            ("بحسب", Act::Assert),
        ] {
            let row = row(lemma, act).unwrap();
            let (file, line) = row.split_once(':').unwrap();
            let table = std::fs::read_to_string(format!("{lexicon}/{file}")).unwrap();
            let line = table.lines().nth(line.parse::<usize>().unwrap() - 1);
            assert!(line.unwrap().starts_with(&format!("{lemma}\t")), "{row}");
        }
        assert_eq!(row("كتاب", Act::Assert), None);
    }
}
