//! What a word is to its head.

/// The grammatical relation of a word to its head: those of Universal Dependencies as far
/// as a written Arabic word, clitics and all, can have them, and as far as who does what to
/// whom hangs on them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(u8)]
pub enum Label {
    /// Head of its sentence.
    #[default]
    Root = 0,
    /// Subject of an active verb or of a nominal predicate.
    Subject = 1,
    /// Subject of a passive verb.
    PassiveSubject = 2,
    /// Object of a verb or of a verbal noun that governs one.
    Object = 3,
    /// Complement or adjunct of a verb, with a preposition or without (times).
    Oblique = 4,
    /// A noun with a preposition that depends on another noun.
    Nominal = 5,
    /// A noun right behind the noun that it makes definite: the second part of an idafa.
    Genitive = 6,
    /// An adjective.
    Adjective = 7,
    /// A later part of a coordination; its head is the first part.
    Conjunct = 8,
    /// A preposition written apart; its head is the noun behind it.
    Case = 9,
    /// A complementizer, relative pronoun, auxiliary or other particle of a verb; its head
    /// is the verb or predicate.
    Mark = 10,
    /// A clause that is an argument: `أن …` of `أعلن`, the second verb of `بدأ يبحث`.
    Clause = 11,
    /// A clause on a noun, with `الذي` or without.
    Relative = 12,
    /// A clause that is an adjunct: `بعد أن …`, `مشيرا إلى …`.
    Adverbial = 13,
    /// A name behind its title, a title behind its name, a later part of a name.
    Apposition = 14,
    /// Anything else: numbers, demonstratives, adverbs, parentheses.
    Other = 15,
}

impl Label {
    /// All labels in the order of their numbers, which models store.
    pub const ALL: [Label; 16] = [
        Label::Root,
        Label::Subject,
        Label::PassiveSubject,
        Label::Object,
        Label::Oblique,
        Label::Nominal,
        Label::Genitive,
        Label::Adjective,
        Label::Conjunct,
        Label::Case,
        Label::Mark,
        Label::Clause,
        Label::Relative,
        Label::Adverbial,
        Label::Apposition,
        Label::Other,
    ];

    /// Its name in Universal Dependencies, for people and for CoNLL-U.
    pub fn name(self) -> &'static str {
        match self {
            Label::Root => "root",
            Label::Subject => "nsubj",
            Label::PassiveSubject => "nsubj:pass",
            Label::Object => "obj",
            Label::Oblique => "obl",
            Label::Nominal => "nmod",
            Label::Genitive => "nmod:gen",
            Label::Adjective => "amod",
            Label::Conjunct => "conj",
            Label::Case => "case",
            Label::Mark => "mark",
            Label::Clause => "ccomp",
            Label::Relative => "acl",
            Label::Adverbial => "advcl",
            Label::Apposition => "appos",
            Label::Other => "dep",
        }
    }

    /// The label of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }

    /// The label of a number.
    pub(crate) fn of(number: usize) -> Self {
        Self::ALL.get(number).copied().unwrap_or(Label::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_numbered_and_named_once() {
        for (n, label) in Label::ALL.into_iter().enumerate() {
            assert_eq!(label as usize, n);
            assert_eq!(Label::of(n), label);
            assert_eq!(Label::named(label.name()), Some(label));
        }
    }
}
