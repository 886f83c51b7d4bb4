//! Small words with a part in the sentence: quantifiers, openers, remarks. Shared
//! with the build script, which packs `lexicon/structure_words.tsv` into these bits.

/// A set of roles.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Roles(pub u64);

impl Roles {
    /// Whether the two sets share a role.
    pub fn any(self, other: Roles) -> bool {
        self.0 & other.0 != 0
    }

    /// The role that the table names so.
    #[cfg_attr(not(test), allow(dead_code))] // the build script asks
    pub fn named(name: &str) -> Option<Roles> {
        let at = NAMES.iter().position(|n| *n == name)?;
        Some(Roles(1 << at))
    }
}

/// The names of the roles, in the order of their bits.
#[cfg_attr(not(test), allow(dead_code))]
const NAMES: [&str; 39] = [
    "quantifier",
    "qualifier",
    "other",
    "self",
    "occasion",
    "lead",
    "own-that",
    "remark",
    "opener",
    "message",
    "question",
    "impersonal",
    "beside",
    "perfect",
    "each",
    "within",
    "reminder",
    "ruling",
    "that",
    "rank",
    "among",
    "epithet",
    "helper",
    "purpose",
    "name-particle",
    "joins",
    "informant",
    "joined",
    "called",
    "asking",
    "answering",
    "topic",
    "negation",
    "utterance",
    "before",
    "danger",
    "cataphor",
    "sequel",
    "ordinal",
];

impl Roles {
    /// Count the members of what follows: `بعض المسؤولين`.
    pub const QUANTIFIER: Roles = Roles(1 << 0);
    /// Qualify the holder of an office and are no family names (stems without article).
    pub const QUALIFIER: Roles = Roles(1 << 1);
    /// `تقارير أخرى`: belong to the noun before them.
    pub const OTHER: Roles = Roles(1 << 2);
    /// `المصدر نفسه`: beginnings of words that repeat their noun.
    pub const ITSELF: Roles = Roles(1 << 3);
    /// Nouns of occasions and means: with a preposition they end a name.
    pub const OCCASION: Roles = Roles(1 << 4);
    /// Prepositions that lead to a channel.
    pub const LEAD: Roles = Roles(1 << 5);
    /// Take an `أن` of their own, which is nobody's message.
    pub const OWN_THAT: Roles = Roles(1 << 6);
    /// Open a narrator's remark after a comma.
    pub const REMARK: Roles = Roles(1 << 7);
    /// Stand before a cue and belong to its clause.
    pub const OPENER: Roles = Roles(1 << 8);
    /// Closed-class words that can begin a noun phrase with a message.
    pub const MESSAGE: Roles = Roles(1 << 9);
    /// Open an indirect question.
    pub const QUESTION: Roles = Roles(1 << 10);
    /// Verb forms that are the narrator's own reminders at the head of a sentence.
    pub const IMPERSONAL: Roles = Roles(1 << 11);
    /// Put a clause beside the one before.
    pub const BESIDE: Roles = Roles(1 << 12);
    /// Stand before a verb in the perfect: `قد`.
    pub const PERFECT: Roles = Roles(1 << 13);
    /// Name every member of what follows: `كل من`.
    pub const EACH: Roles = Roles(1 << 14);
    /// Point back to what something was said in: `قال فيه`.
    pub const WITHIN: Roles = Roles(1 << 15);
    /// Stand before a noun that is the narrator's own reminder: `تجدر الإشارة`.
    pub const REMINDER: Roles = Roles(1 << 16);
    /// Name an office, but before `ب` tell what a law or order says.
    pub const RULING: Roles = Roles(1 << 17);
    /// `أن`, `إن`: begin what somebody says and are no part of a name.
    pub const THAT: Roles = Roles(1 << 18);
    /// Titles that qualify the title before them: `الوزير المفوض` (stems without article).
    pub const RANK: Roles = Roles(1 << 19);
    /// Count some of those before them: `منظمات، بينها كذا،`.
    pub const AMONG: Roles = Roles(1 << 20);
    /// Indefinite adjectives of statements and letters: `بيان مشترك`.
    pub const EPITHET: Roles = Roles(1 << 21);
    /// Verb forms that lead to a cue and say nothing themselves: `عاد ليؤكد`, `ختم بالقول`.
    pub const HELPER: Roles = Roles(1 << 22);
    /// Nouns that are nobody spoken to behind `ل`: `للمرة الأولى` (stems without article).
    pub const PURPOSE: Roles = Roles(1 << 23);
    /// `فان`, `دي`: behind a given name particles of a foreign name.
    pub const NAME_PARTICLE: Roles = Roles(1 << 24);
    /// `عبد`, `أبو`: written together with the next word of the name or apart.
    pub const JOINS: Roles = Roles(1 << 25);
    /// `نور الدين`: written together with the word of the name before them or apart.
    pub const JOINED: Roles = Roles(1 << 27);
    /// `صياد يدعى فلان`: lead from a noun to the name of its bearer.
    pub const CALLED: Roles = Roles(1 << 28);
    /// `المصدر`: may point back to a person, a body or a document.
    pub const INFORMANT: Roles = Roles(1 << 26);
    /// Label a question: `س:`.
    pub const ASKING: Roles = Roles(1 << 29);
    /// Label an answer: `ج:`.
    pub const ANSWERING: Roles = Roles(1 << 30);
    /// Lead to what somebody speaks about next: `وعن الموسم: …`.
    pub const TOPIC: Roles = Roles(1 << 31);
    /// Negate a verb and make a sentence of it: `لن نستقيل`.
    pub const NEGATION: Roles = Roles(1 << 32);
    /// Are a whole utterance by themselves: `كفى`, `نعم`.
    pub const UTTERANCE: Roles = Roles(1 << 33);
    /// Lead to those in whose presence something is said: `أمام القاضي`.
    pub const BEFORE: Roles = Roles(1 << 34);
    /// Nouns of what somebody is warned of (stems without article).
    pub const DANGER: Roles = Roles(1 << 35);
    /// Announce what follows and are nobody: `قال فيها التالي:`.
    pub const CATAPHOR: Roles = Roles(1 << 36);
    /// Before `أن` lead to what was said next: `قبل أن يضيف أن`.
    pub const SEQUEL: Roles = Roles(1 << 37);
    /// Number the points of a list: `أولا:`.
    pub const ORDINAL: Roles = Roles(1 << 38);
}

impl std::ops::BitOr for Roles {
    type Output = Roles;
    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}
