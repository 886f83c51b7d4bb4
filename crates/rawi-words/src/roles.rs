//! Small words with a part in the sentence: quantifiers, openers, remarks. Shared
//! with the build script, which packs `lexicon/structure_words.tsv` into these bits.

/// A set of roles.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Roles(pub u128);

impl Roles {
    /// Whether the two sets share a role.
    #[inline]
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

impl std::ops::BitOr for Roles {
    type Output = Roles;
    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}

/// Gives each role the next bit.
macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)*) => {
        /// The names of the roles, in the order of their bits.
        #[cfg_attr(not(test), allow(dead_code))]
        const NAMES: &[&str] = &[$($word),*];
        roles!(@consts 0, $($(#[$doc])* $name;)*);
    };
    (@consts $bit:expr, $(#[$doc:meta])* $name:ident; $($rest:tt)*) => {
        impl Roles {
            $(#[$doc])*
            pub const $name: Roles = Roles(1 << ($bit));
        }
        roles!(@consts $bit + 1, $($rest)*);
    };
    (@consts $bit:expr,) => {};
}

roles! {
    /// Count the members of what follows: `بعض المسؤولين`.
    QUANTIFIER = "quantifier";
    /// Qualify the holder of an office and are no family names (stems without article).
    QUALIFIER = "qualifier";
    /// `تقارير أخرى`: belong to the noun before them.
    OTHER = "other";
    /// `المصدر نفسه`: beginnings of words that repeat their noun.
    ITSELF = "self";
    /// Nouns of occasions and means: with a preposition they end a name.
    OCCASION = "occasion";
    /// Prepositions that lead to a channel.
    LEAD = "lead";
    /// Take an `أن` of their own, which is nobody's message.
    OWN_THAT = "own-that";
    /// Open a narrator's remark after a comma.
    REMARK = "remark";
    /// Stand before a cue and belong to its clause.
    OPENER = "opener";
    /// Closed-class words that can begin a noun phrase with a message.
    MESSAGE = "message";
    /// Open an indirect question.
    QUESTION = "question";
    /// Verb forms that are the narrator's own reminders at the head of a sentence.
    IMPERSONAL = "impersonal";
    /// Put a clause beside the one before.
    BESIDE = "beside";
    /// Stand before a verb in the perfect: `قد`.
    PERFECT = "perfect";
    /// Name every member of what follows: `كل من`.
    EACH = "each";
    /// Point back to what something was said in: `قال فيه`.
    WITHIN = "within";
    /// Stand before a noun that is the narrator's own reminder: `تجدر الإشارة`.
    REMINDER = "reminder";
    /// Name an office, but before `ب` tell what a law or order says.
    RULING = "ruling";
    /// `أن`, `إن`: begin what somebody says and are no part of a name.
    THAT = "that";
    /// Titles that qualify the title before them: `الوزير المفوض` (stems without article).
    RANK = "rank";
    /// Count some of those before them: `منظمات، بينها كذا،`.
    AMONG = "among";
    /// Indefinite adjectives of statements and letters: `بيان مشترك`.
    EPITHET = "epithet";
    /// Verb forms that lead to a cue and say nothing themselves: `عاد ليؤكد`, `ختم بالقول`.
    HELPER = "helper";
    /// Nouns that are nobody spoken to behind `ل`: `للمرة الأولى` (stems without article).
    PURPOSE = "purpose";
    /// `فان`, `دي`: behind a given name particles of a foreign name.
    NAME_PARTICLE = "name-particle";
    /// `عبد`, `أبو`: written together with the next word of the name or apart.
    JOINS = "joins";
    /// `المصدر`: may point back to a person, a body or a document.
    INFORMANT = "informant";
    /// `نور الدين`: written together with the word of the name before them or apart.
    JOINED = "joined";
    /// `صياد يدعى فلان`: lead from a noun to the name of its bearer.
    CALLED = "called";
    /// Label a question: `س:`.
    ASKING = "asking";
    /// Label an answer: `ج:`.
    ANSWERING = "answering";
    /// Lead to what somebody speaks about next: `وعن الموسم: …`.
    TOPIC = "topic";
    /// Negate a verb and make a sentence of it: `لن نستقيل`.
    NEGATION = "negation";
    /// Are a whole utterance by themselves: `كفى`, `نعم`.
    UTTERANCE = "utterance";
    /// Lead to those in whose presence something is said: `أمام القاضي`.
    BEFORE = "before";
    /// Nouns of what somebody is warned of (stems without article).
    DANGER = "danger";
    /// Announce what follows and are nobody: `قال فيها التالي:`.
    CATAPHOR = "cataphor";
    /// Before `أن` lead to what was said next: `قبل أن يضيف أن`.
    SEQUEL = "sequel";
    /// Number the points of a list: `أولا:`.
    ORDINAL = "ordinal";
    // What the clauses of events ask.
    /// Join what followed from what a clause tells: `مما أدى إلى`.
    RESULT = "result";
    /// Stand between a subject and its verb: `الوزير قد نفى`.
    PREVERB = "preverb";
    /// Particles inside a clause, over which it reaches.
    INNER = "inner";
    /// Forms of `كان`, behind which a noun and its predicate stand (stems without proclitics).
    COPULA = "copula";
    /// Say of what kind a deed is and are nobody: `تفجير انتحاري` (stems without article).
    DEED_KIND = "deed-kind";
    /// Stand between a number and the noun that it counts: `خمسة على الأقل من السكان`.
    COUNTING = "counting";
    /// Stand for those whom a number counts: `وإصابة اثنين آخرين`.
    OTHERS = "others";
    /// Prepositions that sooner complete a verb than the noun before them: `الوزير | عن أمله`.
    COMPLEMENT = "complement";
    /// Nouns that one of these completes all the same: `المسؤول عن الملف` (stems without article).
    DUTY = "duty";
    /// Stand before the name of a place (stems without article).
    PLACE_NOUN = "place-noun";
    /// Lead to a verb that tells what is wanted and not what is.
    SUBJUNCTIVE = "subjunctive";
    /// Take an `أن` behind which a past verb stands: `بعد أن فجر`.
    PAST_THAT = "past-that";
    // What the readers of words and noun phrases ask.
    /// Lead from a quantifier or an indefinite noun to the whole: `أحد من`, `ضابط من`.
    PARTITIVE = "partitive";
    /// Lead from people or a body to where they are: `المسلحون في`.
    PLACE = "place";
    /// Lead from an office to whom its holder was sent to: `سفير لدى`.
    SENT_TO = "sent-to";
    /// Lead from an office or a body to what it stands up for: `منظمة الدفاع عن`.
    CAUSE = "cause";
    /// Lead from an office, a body or somebody to a duty or a matter: `مصدر مطلع على`.
    MATTER = "matter";
    /// Lead from a speaker to whom he speaks for: `متحدث باسم`.
    BEHALF = "behalf";
    /// Lead with `ب` from a soldier to his rank: `ضابط برتبة عقيد` (stems).
    IN_RANK = "in-rank";
    /// Are written apart from a noun in marks though they belong to it: `لـ«الضفة»`.
    APART = "apart";
    /// Lead from a name to the name of the father: `بن`.
    LINEAGE = "lineage";
    /// Lead from a name to that of a child, in whatever case: `أبو`, `أبي`.
    FATHER = "father";
    /// Lead from a son to his father, and lose their alef between names: `ابن`.
    SON = "son";
    /// Stand before a verb and never before a noun: `سوف`, `قد`.
    VERB_BEHIND = "verb-behind";
    /// Spell a name and a preposition alike without dots: `علي`, `على`.
    NAME_OR_PREPOSITION = "name-or-preposition";

    // Reported speech.
    /// `أن`, `إن`, with a pronoun or without: open a clause.
    COMPLEMENTIZER = "complementizer";
    /// `ألا`: opens a clause where it is written with hamza, else it is "except".
    THAT_NOT = "that-not";
    /// `إني`: sooner opens somebody's own words than a clause that tells them.
    THAT_I = "that-i";
    /// `ما`, by itself and joined to a preposition: what somebody says or does.
    WHAT = "what";
    /// Opens an indirect question behind `ما`: `ما إذا`.
    IF = "if";
    /// Leads to the one who speaks: `على لسان المتحدث`.
    MOUTH = "mouthpiece";
    /// Open the main clause behind an attribution: `وفقا للموقع فإن …`.
    MAIN = "main-clause";
    /// Leads to who says what has just been told: `كما أعلنت الشرطة`.
    AS = "as";
    /// Stand between a quotation and its verb: `«…»، هكذا قال`.
    THUS = "thus";
    /// Before a verb say that nothing was said, or not yet.
    UNSAID = "unsaid";
    /// Are no verbs, though spelled like one in the perfect: `نقلا عن`.
    ADVERBIAL = "adverbial";
    /// Point back to what was said: `صرح بذلك`.
    ANAPHOR = "anaphor";
    /// Stand between what was said and its attribution: `…، وذلك وفق المصدر`.
    AND_SO = "and-so";
    /// Name somebody else, whose title is that of the one who speaks.
    COUNTERPART = "counterpart";
    /// Relative pronouns of feminine nouns.
    WHICH_SHE = "which-she";
    /// Stands between a subject and its verb: `فلان قد قال`; not `وقد`, which opens a clause.
    ALREADY = "already";
    /// `و` written apart from what it joins.
    LONE_AND = "lone-and";
}
