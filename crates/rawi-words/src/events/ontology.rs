//! PLOVER 2.0: the sixteen types, their modes and their scores. Shared with the
//! build script, which checks the tables against it.

/// What kind of interaction an event is.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum EventType {
    /// Promises, agreements, consent.
    Agree = 0,
    /// Meetings, visits, calls, negotiations.
    Consult = 1,
    /// Praise, welcome, endorsement, recognition.
    Support = 2,
    /// Concessions in words: easing, apology, an announced truce.
    Concede = 3,
    /// Mutual cooperation in deeds.
    Cooperate = 4,
    /// Aid given.
    Aid = 5,
    /// Release, withdrawal, disarming, resignation.
    Retreat = 6,
    /// Demands, calls, appeals.
    Request = 7,
    /// Accusation, condemnation, investigation.
    Accuse = 8,
    /// Refusal, denial, opposition.
    Reject = 9,
    /// Threats and warnings to somebody.
    Threaten = 10,
    /// Demonstrations, strikes, riots.
    Protest = 11,
    /// Sanctions, broken ties, expulsion.
    Sanction = 12,
    /// Troops, police or weapons made ready.
    Mobilize = 13,
    /// Arrest, seizure, restriction, deportation.
    Coerce = 14,
    /// Attacks, killing, abduction, destruction.
    Assault = 15,
}

/// A type with its name, its quad class, its score and the scores of its modes.
type Entry = (
    EventType,
    &'static str,
    Quad,
    f32,
    &'static [(&'static str, f32)],
);

/// The four classes that event-data users sum over.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Quad {
    /// Cooperation in words.
    VerbalCooperation = 0,
    /// Cooperation in deeds.
    MaterialCooperation = 1,
    /// Conflict in words.
    VerbalConflict = 2,
    /// Conflict in deeds.
    MaterialConflict = 3,
}

impl Quad {
    /// The class's number in event data, 1 to 4.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The class's name.
    pub fn name(self) -> &'static str {
        match self {
            Quad::VerbalCooperation => "verbal cooperation",
            Quad::MaterialCooperation => "material cooperation",
            Quad::VerbalConflict => "verbal conflict",
            Quad::MaterialConflict => "material conflict",
        }
    }
}

const ONTOLOGY: [Entry; 16] = [
    (EventType::Agree, "AGREE", Quad::VerbalCooperation, 2.5, &[]),
    (
        EventType::Consult,
        "CONSULT",
        Quad::VerbalCooperation,
        2.5,
        &[
            ("visit", 4.0),
            ("third-party", 1.0),
            ("multilateral", 4.0),
            ("phone", 1.5),
        ],
    ),
    (
        EventType::Support,
        "SUPPORT",
        Quad::VerbalCooperation,
        5.0,
        &[],
    ),
    (
        EventType::Concede,
        "CONCEDE",
        Quad::VerbalCooperation,
        4.5,
        &[],
    ),
    (
        EventType::Cooperate,
        "COOPERATE",
        Quad::MaterialCooperation,
        9.5,
        &[],
    ),
    (EventType::Aid, "AID", Quad::MaterialCooperation, 10.0, &[]),
    (
        EventType::Retreat,
        "RETREAT",
        Quad::MaterialCooperation,
        6.5,
        &[
            ("withdraw", 8.0),
            ("release", 6.5),
            ("disarm", 10.0),
            ("ceasefire", 7.5),
            ("access", 6.5),
            ("resign", 4.5),
        ],
    ),
    (
        EventType::Request,
        "REQUEST",
        Quad::VerbalConflict,
        0.0,
        &[
            ("assist", 0.5),
            ("change", -1.0),
            ("yield", -1.0),
            ("meet", 0.0),
        ],
    ),
    (
        EventType::Accuse,
        "ACCUSE",
        Quad::VerbalConflict,
        -2.0,
        &[
            ("disapprove", -2.0),
            ("investigate", -3.5),
            ("allege", -3.5),
        ],
    ),
    (
        EventType::Reject,
        "REJECT",
        Quad::VerbalConflict,
        -2.0,
        &[
            ("assist", -1.5),
            ("change", -2.0),
            ("yield", -2.0),
            ("meet", -2.0),
        ],
    ),
    (
        EventType::Threaten,
        "THREATEN",
        Quad::VerbalConflict,
        -3.5,
        &[
            ("restrict", -3.0),
            ("arrest", -3.5),
            ("relations", -3.5),
            ("expel", -3.5),
            ("territory", -4.0),
            ("violence", -3.5),
        ],
    ),
    (
        EventType::Protest,
        "PROTEST",
        Quad::MaterialConflict,
        -5.0,
        &[
            ("demo", -5.0),
            ("riot", -7.0),
            ("strike", -5.0),
            ("hunger", -4.5),
            ("boycott", -4.5),
            ("obstruct", -4.5),
        ],
    ),
    (
        EventType::Sanction,
        "SANCTION",
        Quad::MaterialConflict,
        -6.0,
        &[
            ("convict", -6.0),
            ("expel", -5.5),
            ("withdraw", -6.0),
            ("discontinue", -6.0),
        ],
    ),
    (
        EventType::Mobilize,
        "MOBILIZE",
        Quad::MaterialConflict,
        -5.5,
        &[
            ("troops", -6.5),
            ("weapons", -6.5),
            ("police", -5.5),
            ("militia", -6.0),
        ],
    ),
    (
        EventType::Coerce,
        "COERCE",
        Quad::MaterialConflict,
        -7.0,
        &[
            ("seize", -7.0),
            ("restrict", -7.0),
            ("censor", -6.5),
            ("curfew", -6.5),
            ("martial-law", -7.5),
            ("arrest", -7.0),
            ("deport", -7.0),
            ("withhold", -7.0),
            ("misinformation", -6.5),
            ("cyber", -7.0),
        ],
    ),
    (
        EventType::Assault,
        "ASSAULT",
        Quad::MaterialConflict,
        -9.0,
        &[
            ("abduct", -8.5),
            ("beat", -7.5),
            ("torture", -8.5),
            ("sexual", -8.5),
            ("targeted", -9.5),
            ("destroy", -8.5),
            ("primitive", -8.0),
            ("firearms", -9.0),
            ("explosives", -9.0),
            ("suicide-attack", -9.5),
            ("aerial", -9.5),
            ("drone", -9.5),
            ("heavy-weapons", -9.5),
            ("crowd-control", -7.5),
            ("unconventional", -10.0),
        ],
    ),
];

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl EventType {
    /// All sixteen, in the order of the manual.
    pub const ALL: [EventType; 16] = {
        let mut all = [EventType::Agree; 16];
        let mut i = 0;
        while i < 16 {
            all[i] = ONTOLOGY[i].0;
            i += 1;
        }
        all
    };

    fn entry(self) -> &'static Entry {
        // The list has the order of the enum.
        &ONTOLOGY[self as usize]
    }

    /// The type's name in the manual: `REQUEST`.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// The class that the manual puts it into.
    pub fn quad(self) -> Quad {
        self.entry().2
    }

    /// The manual's score between conflict (-10) and cooperation (10), that of
    /// the mode where there is one.
    pub fn score(self, mode: Option<&str>) -> f32 {
        let (_, _, _, own, modes) = self.entry();
        mode.and_then(|m| modes.iter().find(|(name, _)| *name == m))
            .map_or(*own, |(_, score)| *score)
    }

    /// The modes that the manual has for it.
    pub fn modes(self) -> impl Iterator<Item = &'static str> {
        self.entry().4.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_the_order_of_the_enum() {
        for (i, kind) in EventType::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, i);
        }
    }

    #[test]
    fn a_mode_has_a_score_of_its_own() {
        assert_eq!(EventType::Consult.score(None), 2.5);
        assert_eq!(EventType::Consult.score(Some("phone")), 1.5);
        assert_eq!(EventType::Assault.score(Some("no such mode")), -9.0);
    }
}
