//! What the tables of `lexicon/events/` know: triggers with their frames, and the
//! words that tell sides, places and status of an event.

mod frame;
mod ontology;
mod terms;

pub use frame::{Frame, Needs, Slots};
pub use ontology::{EventType, Quad};
pub use terms::{Domain, Link, Role, SECTORS, Side, Standing, Status, Takes};

use crate::forms::Inflected;
use crate::{Facet, LexId, Lexicon};

/// One row of a type's table.
#[derive(Debug)]
pub struct Row {
    /// The type that the table is of.
    pub kind: EventType,
    /// As the table writes it: the key of the row.
    pub trigger: &'static str,
    /// The number by which features name the trigger: a row that is spelled anew is
    /// a new row to the model.
    pub id: u64,
    /// Numbers of words of which one must follow (`شن` + `هجوم`); see
    /// [`Lexicon::completion`].
    pub rest: &'static [u16],
    /// Where its sides stand.
    pub frame: Frame,
    /// The mode in the manual's terms.
    pub mode: Option<&'static str>,
    /// Index into [`FIGURES`]: with which words it is a figure of speech.
    pub figure: Option<usize>,
    /// The name of the table.
    pub file: &'static str,
    /// The line of the row, from one.
    pub line: usize,
}

/// One form of a trigger.
#[derive(Clone, Copy, Debug)]
pub struct TriggerForm {
    /// Of which row.
    pub row: &'static Row,
    /// Which form.
    pub form: Inflected,
}

/// A verb that lends its subject to the event noun after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LightVerb {
    /// The part that its subject has in the event.
    pub subject: Option<Role>,
    /// What it says of the event.
    pub status: Status,
}

/// What a word says of those it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sector {
    code: u8,
    /// What kind of side they are.
    pub standing: Standing,
}

impl Sector {
    /// The code of PLOVER.
    pub fn name(self) -> &'static str {
        SECTORS.get(usize::from(self.code)).copied().unwrap_or("")
    }

    /// Its place among the codes: a value of features.
    pub fn number(self) -> u64 {
        u64::from(self.code)
    }
}

/// Words beside a trigger that make it a figure of speech.
#[derive(Debug)]
pub struct Figure {
    /// Where they stand.
    pub side: Side,
    /// Their numbers; see [`Lexicon::completion`].
    pub beside: &'static [u16],
}

/// A word that leads to a side of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preposition {
    /// The place that it leads to.
    pub slot: Slots,
    /// What stands behind it.
    pub takes: Takes,
    /// Whether the word is a given name too.
    pub name: bool,
}

include!(concat!(env!("OUT_DIR"), "/events.rs"));

/// The place that a preposition makes that is a letter attached to its noun.
pub fn attached(letter: char) -> Option<Slots> {
    let found = ATTACHED.iter().find(|(l, _)| *l == letter);
    found.map(|&(_, slot)| slot)
}

/// Whether a name is one of PLOVER's contexts that the tables know words of.
pub fn is_context(name: &str) -> bool {
    CONTEXTS.contains(&name)
}

impl Lexicon<'_> {
    /// The forms of triggers that a key is, in the order of their rows.
    pub fn trigger_forms(&self, key: LexId) -> impl Iterator<Item = TriggerForm> {
        let records = self.run(key, Facet::Trigger, self.trigger_records());
        records.iter().filter_map(|&[a, b, c, d]| {
            Some(TriggerForm {
                row: ROWS.get(usize::from(u16::from_le_bytes([a, b])))?,
                form: Inflected::of_code(u16::from_le_bytes([c, d])),
            })
        })
    }

    /// The number of a word that completes triggers or makes figures of them.
    pub fn completion(&self, key: LexId) -> Option<u16> {
        u16::try_from(self.value(key, Facet::Completion)?).ok()
    }

    /// What a form of a helping verb says, without pronouns and proclitics.
    pub fn light_verb(&self, key: LexId) -> Option<LightVerb> {
        light(self.value(key, Facet::LightVerb)?)
    }

    /// What the verbal noun of a helping verb says: `قيام الجيش بقصف البلدة`.
    pub fn light_noun(&self, key: LexId) -> Option<LightVerb> {
        light(self.value(key, Facet::LightNoun)?)
    }

    /// What a word before a trigger says of its status, and how near it must stand.
    pub fn status(&self, key: LexId) -> Option<(Status, usize)> {
        let value = self.value(key, Facet::Status)?;
        Some((Status::of_code(value & 0xff)?, (value >> 8) as usize))
    }

    /// The sector and standing that a word names.
    pub fn sector(&self, key: LexId) -> Option<Sector> {
        let value = self.value(key, Facet::Sector)?;
        Some(Sector {
            code: value as u8,
            standing: Standing::of_code(value >> 8)?,
        })
    }

    /// What a word behind a trigger leads to.
    pub fn link(&self, key: LexId) -> Option<Link> {
        Link::of_code(self.value(key, Facet::Link)?)
    }

    /// The field that a word is evidence for.
    pub fn domain(&self, key: LexId) -> Option<Domain> {
        Domain::of_code(self.value(key, Facet::Domain)?)
    }

    /// The contexts that a word is evidence for.
    pub fn contexts(&self, key: LexId) -> impl Iterator<Item = &'static str> {
        let records = self.run(key, Facet::Context, self.context_records());
        records
            .iter()
            .filter_map(|&[at]| CONTEXTS.get(usize::from(at)).copied())
    }

    /// What makes a trigger a figure of speech.
    pub fn figure(&self, key: LexId) -> Option<&'static Figure> {
        FIGURES.get(self.value(key, Facet::Figure)? as usize)
    }

    /// The word or phrase that leads to a side of an event.
    pub fn preposition(&self, key: LexId) -> Option<Preposition> {
        let value = self.value(key, Facet::Preposition)?;
        Some(Preposition {
            slot: Slots(1 << (value & 0xff)),
            takes: Takes::of_code(value >> 8 & 0xff)?,
            name: value >> 16 != 0,
        })
    }
}

fn light(value: u32) -> Option<LightVerb> {
    Some(LightVerb {
        subject: Role::of_code(value & 0xff),
        status: Status::of_code(value >> 8)?,
    })
}
