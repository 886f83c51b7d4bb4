//! What kind of body an organization is. Shared with the build script, which reads
//! it from the tables.

/// What an organization of `lexicon/entities/` is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum BodyKind {
    /// An international body of states.
    Igo,
    /// A ministry, council or agency of a state.
    Gov,
    /// A party.
    Party,
    /// A movement, union of parties or group that is no party.
    Movement,
    /// An armed group outside an army.
    Armed,
    /// An army or a part of one.
    Army,
    /// Police, or a service of security or intelligence.
    Police,
    /// A court.
    Court,
    /// A parliament or one of its houses.
    Parliament,
    /// A company.
    Company,
    /// A bank.
    Bank,
    /// An organization outside the state.
    Ngo,
    /// A union of workers or of a trade.
    Union,
    /// A platform of the net.
    Platform,
    /// A palace or office that stands for its government.
    Seat,
    /// A university or school.
    University,
    /// A center of research.
    Research,
    /// A sports club.
    Club,
    /// A federation of a sport.
    Federation,
}

impl BodyKind {
    /// All kinds with what the tables call them.
    pub const ALL: [(&str, Self); 19] = [
        ("igo", Self::Igo),
        ("gov", Self::Gov),
        ("party", Self::Party),
        ("movement", Self::Movement),
        ("armed", Self::Armed),
        ("army", Self::Army),
        ("police", Self::Police),
        ("court", Self::Court),
        ("parliament", Self::Parliament),
        ("company", Self::Company),
        ("bank", Self::Bank),
        ("ngo", Self::Ngo),
        ("union", Self::Union),
        ("platform", Self::Platform),
        ("seat", Self::Seat),
        ("university", Self::University),
        ("research", Self::Research),
        ("club", Self::Club),
        ("federation", Self::Federation),
    ];

    /// Its bit among those of a head noun.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// What the tables call so.
    #[cfg_attr(not(test), allow(dead_code))] // the build script asks
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(own, _)| *own == name);
        found.map(|(_, kind)| *kind)
    }
}
