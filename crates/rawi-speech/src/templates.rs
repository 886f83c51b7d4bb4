//! The contract with the pack: what the features of statements name by number.
//!
//! A feature is hashed out of a template's number and of values. Every value that
//! is no word of the article and no key of a table is a number that stands here or
//! beside its enum, never the words of an explanation. A number may be any, but it
//! is fixed: a pack was trained with it. Who changes one, or a template, raises
//! [`TEMPLATES`] and trains the model anew.

/// The version of templates and numbers. A pack of another one is refused.
pub const TEMPLATES: u32 = 2;

/// The pattern by which a cue and its message were found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u64)]
pub enum FrameKind {
    /// `قال إن …`
    Clause = 0x45a0_1fa3_5856_6e1a,
    /// `قال: «…»`
    Quotation = 0xe2ce_a4e3_668d_07a3,
    /// `قال: …`
    Colon = 0x3d74_17f2_cd52_1bbe,
    /// `قال … نرفض هذا`
    Unmarked = 0xeec6_4a3b_8ab4_323d,
    /// `حذر من إغلاق المعبر`
    NounPhrase = 0x2e88_a937_9e0c_303e,
    /// `نفى التهم`
    Object = 0xad68_f0c6_f615_0e83,
    /// `«…»، قال …`
    QuotationFirst = 0xe67c_fcf6_544f_0061,
    /// `بحسب المتحدث`
    Attribution = 0xcd6b_c9ac_4c82_3de1,
    /// `الوزير: …`, in an interview.
    Label = 0x9038_3844_f489_52a1,
}

impl FrameKind {
    /// All of them.
    pub const ALL: [FrameKind; 9] = [
        FrameKind::Clause,
        FrameKind::Quotation,
        FrameKind::Colon,
        FrameKind::Unmarked,
        FrameKind::NounPhrase,
        FrameKind::Object,
        FrameKind::QuotationFirst,
        FrameKind::Attribution,
        FrameKind::Label,
    ];

    /// The words of the explanation.
    pub fn name(self) -> &'static str {
        match self {
            FrameKind::Clause => "verb + that-clause",
            FrameKind::Quotation => "verb + quotation",
            FrameKind::Colon => "verb + colon",
            FrameKind::Unmarked => "verb + unmarked speech",
            FrameKind::NounPhrase => "verb + preposition + noun phrase",
            FrameKind::Object => "verb + object that carries the message",
            FrameKind::QuotationFirst => "quotation + verb",
            FrameKind::Attribution => "attribution phrase",
            FrameKind::Label => "speaker label",
        }
    }

    /// Its bit in a set of them. Two of them share one: so the model learned it.
    pub(crate) fn bit(self) -> u64 {
        1 << (self as u64 % 61)
    }
}

/// What ends a content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u64)]
pub enum Boundary {
    /// The mark that closes a quotation.
    ClosingMark = 0x6307_10ad_0fcc_565b,
    /// The sentence ends.
    Sentence = 0x3af4_a2f2_dca3_32a3,
    /// The quotation ends in which the cue stands.
    OuterQuotation = 0x440f_841c_f6d9_bb94,
    /// No content is longer.
    Longest = 0x9cab_5e13_f1cf_c148,
    /// Somebody else begins to speak.
    OtherWords = 0xc9e6_2496_b082_b819,
    /// A comma, behind which the narrator goes on.
    Comma = 0x281d_41a8_610b_c21e,
    /// A dash.
    Dash = 0x1401_a837_48ed_bb67,
    /// A bracket.
    Bracket = 0xc474_9507_ef93_6a53,
    /// A conjunction, with which the narrator goes on.
    Conjunction = 0x53a4_f387_f687_71d9,
    /// Another cue.
    Cue = 0xfc93_c484_7db3_3470,
    /// A phrase that attributes: `بحسب المتحدث`.
    Attribution = 0xcd6b_c9ac_4c82_3de1,
    /// A word with which the narrator remarks something.
    Remark = 0x09b8_14c7_ea7e_a306,
    /// The turn of an interview ends.
    Turn = 0x4fae_fdc4_0d90_e487,
}

impl Boundary {
    /// All of them.
    pub const ALL: [Boundary; 13] = [
        Boundary::ClosingMark,
        Boundary::Sentence,
        Boundary::OuterQuotation,
        Boundary::Longest,
        Boundary::OtherWords,
        Boundary::Comma,
        Boundary::Dash,
        Boundary::Bracket,
        Boundary::Conjunction,
        Boundary::Cue,
        Boundary::Attribution,
        Boundary::Remark,
        Boundary::Turn,
    ];

    /// The words of the explanation.
    pub fn name(self) -> &'static str {
        match self {
            Boundary::ClosingMark => "closing quotation mark",
            Boundary::Sentence => "end of the sentence",
            Boundary::OuterQuotation => "end of the quotation around the cue",
            Boundary::Longest => "longest content",
            Boundary::OtherWords => "somebody else's words",
            Boundary::Comma => "clause after a comma",
            Boundary::Dash => "dash",
            Boundary::Bracket => "bracket",
            Boundary::Conjunction => "narrator goes on",
            Boundary::Cue => "next reporting cue",
            Boundary::Attribution => "attribution phrase",
            Boundary::Remark => "narrator's remark",
            Boundary::Turn => "end of the turn",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_have_one_name() {
        let frames: BTreeSet<_> = FrameKind::ALL.iter().map(|f| f.name()).collect();
        let ends: BTreeSet<_> = Boundary::ALL.iter().map(|b| b.name()).collect();
        assert_eq!(frames.len(), FrameKind::ALL.len());
        assert_eq!(ends.len(), Boundary::ALL.len());
    }
}
