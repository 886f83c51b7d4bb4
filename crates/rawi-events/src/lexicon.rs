//! The compiled event tables and look-ups in them.

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Clitics, Gender, Number, Person, strip_pronoun};

use crate::event::Status;
use crate::frame::{Frame, Slots};
use crate::ontology::EventType;

/// One row of a type's table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: EventType,
    /// As the table writes it: the key of the row.
    pub(crate) trigger: &'static str,
    /// The number by which features name the trigger: a row that is spelled anew is
    /// a new row to the model.
    pub(crate) id: u64,
    /// Folded words of which one must follow: `شن` + `هجوم`.
    pub(crate) rest: &'static [&'static str],
    pub(crate) frame: Frame,
    pub(crate) mode: Option<&'static str>,
    pub(crate) file: &'static str,
    pub(crate) line: usize,
}

/// One form of a trigger, by its folded spelling.
#[derive(Debug)]
pub(crate) struct TriggerForm {
    pub(crate) hash: u64,
    pub(crate) key: &'static str,
    pub(crate) row: usize,
    pub(crate) aspect: Aspect,
    pub(crate) agreement: Agreement,
    pub(crate) pronoun: bool,
}

/// Whose part a noun phrase has in an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Actor,
    Recipient,
}

/// A verb that lends its subject to the event noun after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LightVerb {
    pub(crate) subject: Option<Role>,
    pub(crate) status: Status,
}

/// What kind of side somebody is, as far as a word shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    People,
    Armed,
    State,
    Other,
    Site,
}

/// What a word behind a trigger leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Link {
    Target,
    Victim,
    Cause,
    Verb,
}

/// What an article is about, where that matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Domain {
    Sport,
    Market,
    Weather,
    Culture,
    Politics,
}

include!(concat!(env!("OUT_DIR"), "/events.rs"));

/// All readings of a folded form as a trigger.
pub(crate) fn trigger_forms(form: &str) -> &'static [TriggerForm] {
    let hash = rawi_model::hash(form.as_bytes());
    let from = FORMS.partition_point(|f| (f.hash, f.key) < (hash, form));
    let same = |f: &&TriggerForm| f.hash == hash && f.key == form;
    let len = FORMS[from..].iter().take_while(same).count();
    &FORMS[from..from + len]
}

fn find<T>(table: &'static [(u64, &'static str, T)], word: &str) -> Option<&'static T> {
    let hash = rawi_model::hash(word.as_bytes());
    let from = table.partition_point(|(h, ..)| *h < hash);
    table[from..]
        .iter()
        .take_while(|(h, ..)| *h == hash)
        .find(|(_, key, _)| *key == word)
        .map(|(.., value)| value)
}

/// What a helping verb says, if the word is a form of one (`و`, `ف`, `س` may
/// stand before it).
pub(crate) fn light_verb(word: &str) -> Option<LightVerb> {
    Clitics::readings(word)
        .filter(|c| c.preposition.is_none() && !c.article)
        .find_map(|c| {
            // `أجراها` is `أجرى` with a pronoun.
            let bare = || {
                let (bare, _) = strip_pronoun(c.stem)?;
                let ya = || Some(format!("{}ي", bare.strip_suffix('ا')?));
                find(LIGHT_VERBS, bare).or_else(|| find(LIGHT_VERBS, &ya()?))
            };
            let verb = *find(LIGHT_VERBS, c.stem).or_else(bare)?;
            let status = if c.future && verb.status == Status::Happened {
                Status::Future
            } else {
                verb.status
            };
            Some(LightVerb { status, ..verb })
        })
}

/// What the verbal noun of a helping verb says: `قيام الجيش بقصف البلدة`.
pub(crate) fn light_noun(stem: &str) -> Option<LightVerb> {
    find(LIGHT_NOUNS, stem).copied()
}

/// What a word before a trigger says of its status, and how near it must stand.
pub(crate) fn status_word(word: &str) -> Option<(Status, usize)> {
    find(STATUS_WORDS, word).copied()
}

/// The sector and standing that a word names, by its stem: case endings come
/// off, and pronouns unless the word ends in a closed `ة`.
pub(crate) fn sector(stem: &str, closed: bool) -> Option<(&'static str, Standing)> {
    let known = |s: &str| find(SECTORS, s).copied();
    known(stem)
        .or_else(|| known(stem.strip_suffix('ا')?))
        .or_else(|| {
            if closed {
                return None;
            }
            let (bare, _) = strip_pronoun(stem)?;
            known(bare)
                .or_else(|| known(&format!("{}ه", bare.strip_suffix('ت')?)))
                .or_else(|| bare.ends_with('ي').then(|| known(&format!("{bare}ن")))?)
        })
}

/// What the word leads to, if it is one of `links.tsv`.
pub(crate) fn link(word: &str) -> Option<Link> {
    let core = word.strip_prefix('و').unwrap_or(word);
    find(LINKS, word).or_else(|| find(LINKS, core)).copied()
}

/// A word that leads to a side of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Preposition {
    pub(crate) slot: Slots,
    pub(crate) takes: Takes,
    /// The word is a given name too.
    pub(crate) name: bool,
}

/// What stands behind a preposition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    /// A noun phrase.
    Phrase,
    /// A noun phrase, or a pronoun attached to it.
    Pronoun,
    /// It is attached itself, to a noun or a pronoun.
    Attached,
}

/// The preposition that a word is, and whether `و` stands before it.
pub(crate) fn preposition(word: &str) -> Option<(Preposition, bool)> {
    let core = word.strip_prefix('و').unwrap_or(word);
    let preposition = find(PREPOSITIONS, core).copied()?;
    Some((preposition, core.len() < word.len()))
}

/// The place that an attached preposition makes.
pub(crate) fn attached(letter: char) -> Option<Slots> {
    let preposition = find(PREPOSITIONS, letter.encode_utf8(&mut [0; 4]))?;
    (preposition.takes == Takes::Attached).then_some(preposition.slot)
}

/// How many words the phrase of a list has that begins with the words that `word`
/// gives (the word at 0, 1, … places further on).
pub(crate) fn phrase_words<'a>(
    list: &[&[&str]],
    word: impl Fn(usize) -> Option<&'a str>,
) -> Option<usize> {
    let mut phrases = list.iter();
    let found = phrases.find(|p| (0..).zip(p.iter()).all(|(k, w)| word(k) == Some(w)));
    found.map(|p| p.len())
}

/// The field that a word is evidence for.
pub(crate) fn domain(stem: &str) -> Option<Domain> {
    find(DOMAINS, stem).copied()
}

/// On which side of a trigger a word makes it a figure of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Before,
    After,
    Either,
}

/// Words beside a trigger that make it a figure of speech.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    pub(crate) side: Side,
    pub(crate) beside: &'static [&'static str],
}

/// What makes a trigger a figure of speech.
pub(crate) fn figure(stem: &str) -> Option<Figure> {
    find(FIGURES, stem).copied()
}

/// Whether a name is one of PLOVER's contexts that the tables know words of.
pub fn is_context(name: &str) -> bool {
    CONTEXTS.iter().any(|(_, _, names)| names.contains(&name))
}

/// The contexts that a word is evidence for.
pub(crate) fn contexts(stem: &str) -> &'static [&'static str] {
    find(CONTEXTS, stem).copied().unwrap_or_default()
}

/// Whether a folded word is one of `wanted`, whatever clitics, case ending or
/// pronoun it carries: `هجوما`, `بزيارة`, `استقالته`.
pub(crate) fn spells(word: &str, wanted: &[&str]) -> bool {
    Clitics::readings(word).any(|c| {
        let stem = c.stem;
        wanted.iter().any(|w| {
            *w == stem
                || stem.strip_suffix('ا') == Some(w)
                || strip_pronoun(stem).is_some_and(|(bare, _)| {
                    bare == *w
                        || bare
                            .strip_suffix('ت')
                            .is_some_and(|b| w.strip_suffix('ه') == Some(b))
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_are_found_in_their_forms() {
        let kinds = |word: &str| -> Vec<EventType> {
            let mut all: Vec<_> = trigger_forms(word)
                .iter()
                .map(|f| ROWS[f.row].kind)
                .collect();
            all.dedup();
            all
        };
        assert_eq!(kinds("اتهمت"), [EventType::Accuse]);
        assert_eq!(kinds("مطالبا"), [EventType::Request]);
        assert_eq!(kinds("اعتقالهم"), [EventType::Coerce]);
        assert_eq!(kinds("كتاب"), []);
    }

    #[test]
    fn words_are_known_under_their_endings() {
        assert!(spells("هجوما", &["هجوم"]));
        assert!(spells("باستقالته", &["استقاله"]));
        assert!(!spells("هجوع", &["هجوم"]));
        assert_eq!(sector("جنديا", false).map(|s| s.0), Some("MIL"));
        assert_eq!(
            light_verb("وسيواصل").map(|v| v.status),
            Some(Status::Future)
        );
    }
}
