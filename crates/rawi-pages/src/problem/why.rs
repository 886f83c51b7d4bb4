//! Why something was not understood, in the language of whoever reads it.

use rawi_archive::query::{Fault, Field, Part, Takes};

use crate::site::Site;
use crate::words::{Lang, Words};

// `said` and `takes`: the rows of `lexicon/query_faults.tsv`, by kind.
include!(concat!(env!("OUT_DIR"), "/faults.rs"));

/// Why something was not understood.
#[derive(Clone, Debug)]
pub enum Why {
    /// It is no query.
    Query(Fault),
    /// Anything else that there are words for.
    Words {
        /// What is wrong, with the number in the place of `{}`.
        what: (Word, u64),
        /// What would be right.
        hint: (Word, u64),
    },
    /// Anything else, in English.
    Said {
        /// What is wrong.
        what: String,
        /// What would be right.
        hint: String,
    },
}

/// One of the words of the interface.
pub type Word = fn(&Words) -> &'static str;

/// A piece of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    /// Its characters.
    pub text: String,
    /// Whether somebody wrote it, in whatever direction.
    pub own: bool,
}

impl Why {
    /// What is wrong, in English.
    pub fn what(&self) -> String {
        match self {
            Why::Query(fault) => fault.problem(),
            Why::Words { what, .. } => numbered(*what, Lang::En, u64::to_string),
            Why::Said { what, .. } => what.clone(),
        }
    }

    /// What would be right, in English.
    pub fn hint(&self) -> String {
        match self {
            Why::Query(fault) => fault.hint(),
            Why::Words { hint, .. } => numbered(*hint, Lang::En, u64::to_string),
            Why::Said { hint, .. } => hint.clone(),
        }
    }

    /// Whether it is told in English whatever the language of the page.
    pub(crate) fn in_english(&self, site: &Site) -> bool {
        !site.arabic() || matches!(self, Why::Said { .. })
    }

    /// What is wrong and what would be right, in the language of a page.
    pub(crate) fn told(&self, site: &Site) -> [Vec<Piece>; 2] {
        match self {
            Why::Query(fault) if site.arabic() => {
                let (what, hint) = said(fault);
                let parts = fault.parts();
                [what, hint].map(|message| filled(site, message, &parts))
            }
            Why::Words { what, hint } => [*what, *hint].map(|said| {
                let text = numbered(said, site.lang, |number| site.number(*number));
                vec![Piece { text, own: false }]
            }),
            _ => [self.what(), self.hint()].map(|text| vec![Piece { text, own: false }]),
        }
    }
}

/// A word with its number.
fn numbered((word, number): (Word, u64), lang: Lang, written: impl Fn(&u64) -> String) -> String {
    word(lang.words()).replace("{}", &written(&number))
}

/// A message with what it is about in the place of its braces.
fn filled(site: &Site, message: &str, parts: &[(&str, Part<'_>)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut add = |text: &str, own: bool| {
        pieces.push(Piece {
            text: text.to_owned(),
            own,
        });
    };
    let mut rest = message;
    while let Some((before, name, behind)) = braced(rest) {
        add(before, false);
        rest = behind;
        let part = parts.iter().find(|(known, _)| *known == name);
        match part.map(|(_, part)| part) {
            Some(Part::Text(text)) => add(text, true),
            Some(Part::Sign(sign)) => add(&sign.to_string(), true),
            Some(Part::Number(number)) => add(&site.number(*number), false),
            Some(Part::Entity(id)) => add(&format!("#{id}"), true),
            Some(Part::Field(field)) => add(field.name_in_arabic(), true),
            Some(Part::Fields) => {
                let fields = Field::ALL.map(Field::name_in_arabic);
                add(&listed(site, &fields), false);
            }
            Some(Part::Values(field)) => {
                let known = listed(site, &field.known_in_arabic());
                add(&takes(field.takes()).replace("{known}", &known), false);
            }
            None => add(&format!("{{{name}}}"), false),
        }
    }
    add(rest, false);
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// What stands before the first braces, in them and behind them.
fn braced(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, behind) = rest.split_once('}')?;
    Some((before, name, behind))
}

fn listed(site: &Site, words: &[&str]) -> String {
    words.join(&format!("{} ", site.t().comma))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use rawi_archive::query::Query;

    use super::*;
    use crate::Params;

    fn site(lang: Lang) -> Site {
        Site::new(lang, "/", Params::default())
    }

    fn plain(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| &*piece.text).collect()
    }

    /// Something of every kind of fault.
    fn faults() -> Vec<Fault> {
        let long = "ا".repeat(5000);
        let deep = "(".repeat(100);
        let many = "أ ".repeat(201);
        let texts = [
            &*long,
            &*deep,
            &*many,
            "ميناء)",
            "»ميناء",
            "ميناء ()",
            "(",
            "OR ميناء",
            "ميناء OR",
            "AND ميناء",
            "ميناء - رصيف",
            "=",
            "(ميناء",
            "«ميناء",
            "\"أ\\ب\"",
            "\"أ ب\"~",
            "\"ميناء\"~3",
            "=\"أ ب\"~3",
            "حكوم*",
            "؟!",
            "عنوان:كذا",
            "speker:سالم",
            "speaker:(سالم",
            "speaker:(سالم البدري)",
            "speaker:",
            "before:none",
            "speaker:#كذا",
            "speaker:؟",
            "act:كذا",
            "act:denny",
            "before:2026-13",
            "ماذا قال سالم عن",
        ];
        let read = |text: &&str| match Query::parse(text) {
            Err(e) => e.fault,
            Ok(query) => panic!("{text} is a query: {query}"),
        };
        let of_archives = [
            Fault::LacksEntity(12),
            Fault::NoWord("ـ".to_owned()),
            Fault::WordsOnly(Field::Act),
        ];
        texts.iter().map(read).chain(of_archives).collect()
    }

    #[test]
    fn every_fault_is_told_in_arabic() {
        let (arabic, english) = (site(Lang::Ar), site(Lang::En));
        let mut kinds = HashSet::new();
        for fault in faults() {
            kinds.insert(std::mem::discriminant(&fault));
            let why = Why::Query(fault.clone());
            assert!(!why.in_english(&arabic) && why.in_english(&english));
            for pieces in why.told(&arabic) {
                let text = plain(&pieces);
                // What somebody wrote may be anything; the message is Arabic and has no
                // braces that nothing stands in.
                let ours = pieces.iter().filter(|piece| !piece.own);
                let ours: String = ours.map(|piece| &*piece.text).collect();
                assert!(ours.chars().any(|c| ('ا'..='ي').contains(&c)), "{fault:?}");
                assert!(!ours.contains(['{', '}']), "{fault:?}: {text}");
            }
            let told = why.told(&english).map(|pieces| plain(&pieces));
            assert_eq!(told, [fault.problem(), fault.hint()]);
        }
        assert_eq!(kinds.len(), FAULTS);
    }

    #[test]
    fn words_of_the_interface_have_their_numbers() {
        let why = Why::Words {
            what: (|t| t.ev_too_many, 20_345),
            hint: (|t| t.ev_too_many_hint, 20_000),
        };
        let arabic = why.told(&site(Lang::Ar)).map(|pieces| plain(&pieces));
        assert!(arabic[0].contains("20,345") && arabic[1].contains("20,000"));
        assert!(!why.in_english(&site(Lang::Ar)));
        assert!(why.what().starts_with("20345 events") && why.hint().contains("20000"));
    }

    #[test]
    fn messages_name_what_they_are_about() {
        let arabic = site(Lang::Ar);
        for (text, what, hint) in [
            ("speker:سالم", "لا حقل اسمه «speker»", "أتقصد «speaker»؟"),
            ("متحدت:سالم", "لا حقل اسمه «متحدت»", "أتقصد «متحدث»؟"),
            ("«ميناء", "علامة التنصيص ««» لم تُغلق", "أغلقها بالعلامة «»»"),
            (
                "form:قصيدة",
                "«قصيدة» ليس من قيم الحقل «صيغة»",
                "القيم: بالنص، بالمعنى، مضمون",
            ),
        ] {
            let fault = Query::parse(text).unwrap_err().fault;
            let told = Why::Query(fault).told(&arabic);
            let told = [&told[0], &told[1]].map(|pieces| plain(pieces));
            assert_eq!(told, [what, hint], "{text}");
        }
    }
}
