//! Parts of speech.

/// The universal parts of speech (Universal Dependencies, version 2), without
/// interjections, which news lacks. The order is stored in models.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the standard's")]
pub enum Pos {
    Noun,
    Propn,
    Adj,
    Verb,
    Adp,
    Pron,
    Det,
    Cconj,
    Sconj,
    Part,
    Adv,
    Aux,
    Num,
    Punct,
    Sym,
    #[default]
    X,
}

impl Pos {
    /// All of them, in the order of their numbers.
    pub const ALL: [Pos; 16] = [
        Pos::Noun,
        Pos::Propn,
        Pos::Adj,
        Pos::Verb,
        Pos::Adp,
        Pos::Pron,
        Pos::Det,
        Pos::Cconj,
        Pos::Sconj,
        Pos::Part,
        Pos::Adv,
        Pos::Aux,
        Pos::Num,
        Pos::Punct,
        Pos::Sym,
        Pos::X,
    ];

    /// The standard's tag, `NOUN`.
    pub fn tag(self) -> &'static str {
        match self {
            Pos::Noun => "NOUN",
            Pos::Propn => "PROPN",
            Pos::Adj => "ADJ",
            Pos::Verb => "VERB",
            Pos::Adp => "ADP",
            Pos::Pron => "PRON",
            Pos::Det => "DET",
            Pos::Cconj => "CCONJ",
            Pos::Sconj => "SCONJ",
            Pos::Part => "PART",
            Pos::Adv => "ADV",
            Pos::Aux => "AUX",
            Pos::Num => "NUM",
            Pos::Punct => "PUNCT",
            Pos::Sym => "SYM",
            Pos::X => "X",
        }
    }

    /// The part of speech with a tag.
    pub fn of_tag(tag: &str) -> Option<Pos> {
        Pos::ALL.into_iter().find(|p| p.tag() == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_tags_go_both_ways() {
        for (i, pos) in Pos::ALL.into_iter().enumerate() {
            assert_eq!(pos as usize, i);
            assert_eq!(Pos::of_tag(pos.tag()), Some(pos));
        }
        assert_eq!(Pos::of_tag("INTJ"), None);
    }
}
