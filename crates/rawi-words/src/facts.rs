//! What the tables tell the models of words, hashed: with it a pack remembers which
//! tables it was trained with.

use rawi_model::{Fact, Facts};

use crate::reporting::Parts;
use crate::{LexId, Lexicon, Tags};

/// Which classes of words come from which tables.
const TABLES: [(&str, &[Tags]); 8] = [
    (
        "titles",
        &[
            Tags::HONORIFIC,
            Tags::OFFICE,
            Tags::PERSON,
            Tags::FEMININE,
            Tags::PLURAL,
        ],
    ),
    ("bodies", &[Tags::BODY, Tags::GENERIC, Tags::OWN_NAME]),
    ("countries", &[Tags::COUNTRY, Tags::CAPITAL, Tags::DEMONYM]),
    ("outlets", &[Tags::OUTLET]),
    (
        "given_names",
        &[Tags::GIVEN, Tags::AMBIGUOUS, Tags::NAME_PART],
    ),
    ("function_words", &[Tags::FUNCTION]),
    ("people_nouns", &[Tags::GROUP]),
    ("actions", &[Tags::ACTION]),
];

impl Lexicon<'_> {
    /// The classes of the words of each table, named as the table. A word that two
    /// tables put in one class counts for both.
    pub fn facts(&self) -> Vec<Fact> {
        let of = |classes: &[Tags]| {
            let mask = classes.iter().fold(Tags::default(), |mask, &t| mask | t);
            self.hash_of(|key| Some(self.tags(key).0 & mask.0).filter(|&bits| bits != 0))
        };
        TABLES
            .map(|(name, classes)| Fact::from((name, of(classes))))
            .into()
    }
}

impl Lexicon<'_> {
    /// What the reporting tables say, named as the table. Only what features are made
    /// of counts: forms, lemmas, acts and flags.
    pub fn reporting_facts(&self) -> Vec<Fact> {
        let mut reporting = Facts::default();
        for key in self.keys() {
            for cue in self.cue_forms(key) {
                let frames = &cue.verb.frames;
                let flags = [frames.answer, frames.weak, frames.document, frames.sure];
                let (lemma, act) = (cue.verb.lemma.text, cue.verb.act as u8);
                let said = format!("{lemma} {act} {flags:?} {}", cue.form.code());
                reporting.add(self.text(key), said);
            }
        }
        let attribution = |key| Some(self.attribution(key)?.lemma.text);
        let part = |part| move |key| self.parts(key).has(part).then_some("");
        let channel = |key| self.channel(key).map(|_| "");
        [
            ("reporting", reporting.hash()),
            ("attribution", self.hash_of(attribution)),
            ("message_nouns", self.hash_of(part(Parts::MESSAGE))),
            ("documents", self.hash_of(part(Parts::DOCUMENT))),
            ("channels", self.hash_of(channel)),
        ]
        .map(Fact::from)
        .into()
    }

    /// What the tables of events say, named as the table. Of a trigger only what
    /// features are made of counts, and where its sides stand.
    pub fn event_facts(&self) -> Vec<Fact> {
        let mut triggers = Facts::default();
        let mut light = Facts::default();
        for key in self.keys() {
            for found in self.trigger_forms(key) {
                let (row, form) = (found.row, found.form.code());
                let kind = row.kind as u8;
                let sides = (row.frame.actor, row.frame.recipient);
                let said = format!("{kind} {} {sides:?} {form}", row.trigger);
                triggers.add(self.text(key), said);
            }
            for verb in self.light_verb(key).into_iter().chain(self.light_noun(key)) {
                light.add(self.text(key), verb.status as u8);
            }
        }
        let status = |key| Some(self.status(key)?.0 as u8);
        let sector = |key| Some(self.sector(key)?.name());
        let domain = |key| Some(format!("{:?}", self.domain(key)?));
        [
            ("triggers", triggers.hash()),
            ("light_verbs", light.hash()),
            ("status_words", self.hash_of(status)),
            ("sectors", self.hash_of(sector)),
            ("domains", self.hash_of(domain)),
        ]
        .map(Fact::from)
        .into()
    }

    /// The hash of what is said of each key.
    fn hash_of<T: std::fmt::Display>(&self, said: impl Fn(LexId) -> Option<T>) -> u64 {
        let mut facts = Facts::default();
        for key in self.keys() {
            if let Some(said) = said(key) {
                facts.add(self.text(key), said);
            }
        }
        facts.hash()
    }
}
