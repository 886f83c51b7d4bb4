//! Every form in which a verb can stand in a news text, from four principal
//! parts that a lexicon gives: perfect, imperfect, verbal noun, participle.
//!
//! Forms are written, not parsed: a few hundred verbs in fifty forms each make
//! a table that a look-up reads faster and surer than any rule at run time.
//! Left out because news hardly uses it of a speaker: the second person.

use rawi_text::fold;

use crate::pronoun::Pronouns;
use crate::{Agreement, Gender, Number, Person};

/// The four forms that a lexicon row gives, in usual spelling.
#[derive(Clone, Copy, Debug)]
pub struct PrincipalParts<'a> {
    /// Perfect, third person masculine singular: `أكد`.
    pub perfect: &'a str,
    /// Imperfect, third person masculine singular: `يؤكد`; empty if unused.
    pub imperfect: &'a str,
    /// Verbal nouns: `تأكيد`.
    pub masdars: &'a [&'a str],
    /// Active participle, masculine singular, without ending: `مؤكد`, `داعي`;
    /// empty if unused.
    pub participle: &'a str,
}

/// Which part of the verb a form belongs to.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Aspect {
    /// A finished act: `قال`.
    Perfect = 0,
    /// A present or future act: `يقول`.
    Imperfect = 1,
    /// The participle as an adverb of manner: `قائلا`.
    Participle = 2,
    /// The verbal noun: `قوله`.
    Masdar = 3,
}

impl Aspect {
    /// Whether it is that of a finite verb.
    pub fn is_finite(self) -> bool {
        matches!(self, Aspect::Perfect | Aspect::Imperfect)
    }
}

/// One written form of a verb.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Form {
    /// The form in folded spelling, without proclitics.
    pub text: String,
    /// Perfect, imperfect, participle or verbal noun.
    pub aspect: Aspect,
    /// What it says of the subject; of the possessor for a verbal noun with a
    /// pronoun (`قولها`).
    pub agreement: Agreement,
    /// Whether a pronoun is attached: the object of a verb (`أبلغه`), the
    /// subject of a verbal noun (`قوله`).
    pub pronoun: bool,
}

const HE: Agreement = Agreement::third(Some(Gender::Masculine), Some(Number::Singular));
const SHE: Agreement = Agreement::third(Some(Gender::Feminine), Some(Number::Singular));
/// A verb before its subject stays singular, so a bare singular verb may have
/// any number of them after it; only the gender is certain.
const THEY_TWO: Agreement = Agreement::third(None, Some(Number::Dual));
const THEY: Agreement = Agreement::third(None, Some(Number::Plural));
const THE_WOMEN: Agreement = Agreement::third(Some(Gender::Feminine), Some(Number::Plural));
const I: Agreement = Agreement {
    person: Person::First,
    gender: None,
    number: Some(Number::Singular),
};
const WE: Agreement = Agreement {
    person: Person::First,
    gender: None,
    number: Some(Number::Plural),
};

/// Writes out all forms of a verb. Equal spellings with equal meaning come
/// once; the order is fixed.
pub fn forms(parts: &PrincipalParts<'_>) -> Vec<Form> {
    let mut out = Vec::new();
    perfect(parts.perfect, &mut out);
    if !parts.imperfect.is_empty() {
        imperfect(parts.imperfect, &mut out);
    }
    if !parts.participle.is_empty() {
        participle(parts.participle, &mut out);
    }
    for masdar in parts.masdars {
        verbal_noun(masdar, &mut out);
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|f| seen.insert(f.clone()));
    out
}

fn push(out: &mut Vec<Form>, text: String, aspect: Aspect, agreement: Agreement) {
    out.push(Form {
        text,
        aspect,
        agreement,
        pronoun: false,
    });
}

fn push_objects(out: &mut Vec<Form>, stem: &str, aspect: Aspect, agreement: Agreement) {
    for pronoun in Pronouns::BEHIND_VERBS.iter() {
        out.push(Form {
            text: format!("{stem}{}", pronoun.letters()),
            aspect,
            agreement,
            pronoun: true,
        });
    }
}

/// The folded word without its last letter.
fn shortened(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next_back();
    letters.as_str()
}

fn perfect(lemma: &str, out: &mut Vec<Form>) {
    let base = fold(lemma);
    // `دعا`, `نفى`: the last letter is a long vowel that endings displace.
    let weak = lemma.ends_with(['ى', 'ا']);
    let stem = if weak { shortened(&base) } else { &base };
    let before_dual = match (weak, lemma.ends_with('ى')) {
        (false, _) => base.clone(),
        (true, true) => format!("{stem}ي"),
        (true, false) => format!("{stem}و"),
    };
    let before_pronoun = if weak {
        format!("{stem}ا")
    } else {
        base.clone()
    };
    push(out, base.clone(), Aspect::Perfect, HE);
    push(out, format!("{stem}ت"), Aspect::Perfect, SHE);
    push(out, format!("{stem}وا"), Aspect::Perfect, THEY);
    push(out, format!("{before_dual}ا"), Aspect::Perfect, THEY_TWO);
    push(out, format!("{stem}تا"), Aspect::Perfect, THEY_TWO);
    let long = weak.then(|| before_dual.clone());
    if let Some(stem) = long.or_else(|| before_nun(lemma)) {
        push(out, format!("{stem}ن"), Aspect::Perfect, THE_WOMEN);
    }
    push_objects(out, &before_pronoun, Aspect::Perfect, HE);
    push_objects(out, &format!("{stem}ت"), Aspect::Perfect, SHE);
    push_objects(out, &format!("{stem}و"), Aspect::Perfect, THEY);
}

fn imperfect(form: &str, out: &mut Vec<Form>) {
    let base = fold(form);
    let weak = form.ends_with(['ى', 'ي', 'و']);
    let stem = if weak { shortened(&base) } else { &base };
    let with = |prefix: char, word: &str| -> String {
        let mut letters = word.chars();
        letters.next();
        format!("{prefix}{}", letters.as_str())
    };
    push(out, base.clone(), Aspect::Imperfect, HE);
    push(out, with('ت', &base), Aspect::Imperfect, SHE);
    push(out, with('ا', &base), Aspect::Imperfect, I);
    push(out, with('ن', &base), Aspect::Imperfect, WE);
    for ending in ["ون", "وا"] {
        push(out, format!("{stem}{ending}"), Aspect::Imperfect, THEY);
    }
    // `يرى` takes its ya back before the dual ending; fold has written it so.
    push(out, format!("{base}ان"), Aspect::Imperfect, THEY_TWO);
    push(
        out,
        with('ت', &format!("{base}ان")),
        Aspect::Imperfect,
        THEY_TWO,
    );
    let long = weak.then(|| base.clone());
    if let Some(stem) = long.or_else(|| before_nun(form)) {
        push(out, format!("{stem}ن"), Aspect::Imperfect, THE_WOMEN);
    }
    push_objects(out, &base, Aspect::Imperfect, HE);
    push_objects(out, &with('ت', &base), Aspect::Imperfect, SHE);
}

/// The stem, folded, of a verb that ends in no vowel as it stands before the `ن` of the
/// feminine plural: a long vowel before the last letter is short there (`قال`, `قلن`;
/// `يشير`, `يشرن`). None where the spelling would be another form's: a last `ن`
/// (`أعلنّ`), and a last letter that may be doubled (`رد`).
fn before_nun(form: &str) -> Option<String> {
    let base = fold(form);
    let mut letters: Vec<char> = base.chars().collect();
    let last = *letters.last()?;
    if last == 'ن' || letters.len() < 3 {
        return None;
    }
    // Vowels are told from hamza in the unfolded form: `سأل`.
    let second = form.chars().rev().nth(1);
    if matches!(second, Some('ا' | 'و' | 'ي')) {
        letters.remove(letters.len() - 2);
    }
    Some(letters.into_iter().collect())
}

fn participle(form: &str, out: &mut Vec<Form>) {
    let base = fold(form);
    let weak = form.ends_with('ي');
    let stem = if weak { shortened(&base) } else { &base };
    push(out, format!("{base}ا"), Aspect::Participle, HE);
    push(out, format!("{base}ه"), Aspect::Participle, SHE);
    push(out, format!("{stem}ين"), Aspect::Participle, THEY);
    push(out, format!("{base}ين"), Aspect::Participle, THEY_TWO);
    push(out, format!("{base}تين"), Aspect::Participle, THEY_TWO);
    push(out, format!("{base}ات"), Aspect::Participle, THEY);
}

fn verbal_noun(form: &str, out: &mut Vec<Form>) {
    let base = fold(form);
    push(out, base.clone(), Aspect::Masdar, Agreement::OPEN);
    // `دعوة` opens its closed ta before a pronoun: `دعوته`; `ادعاء` may turn
    // its hamza: `ادعاؤه`, `ادعائه`.
    let before_pronoun = if form.ends_with('ة') {
        vec![format!("{}ت", shortened(&base))]
    } else if form.ends_with('ء') {
        let stem = shortened(&base);
        vec![base.clone(), format!("{stem}و"), format!("{stem}ي")]
    } else {
        vec![base]
    };
    for stem in before_pronoun {
        for pronoun in Pronouns::BEHIND_NOUNS.iter() {
            out.push(Form {
                text: format!("{stem}{}", pronoun.letters()),
                aspect: Aspect::Masdar,
                agreement: pronoun.agreement_of_party().unwrap_or(Agreement::OPEN),
                pronoun: true,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find<'a>(all: &'a [Form], text: &str) -> Option<&'a Form> {
        all.iter().find(|f| f.text == text)
    }

    #[test]
    fn sound_hollow_and_defective_verbs() {
        let table: [(PrincipalParts<'_>, &[&str]); 4] = [
            (
                PrincipalParts {
                    perfect: "قال",
                    imperfect: "يقول",
                    masdars: &["قول"],
                    participle: "قائل",
                },
                &[
                    "قال",
                    "قالت",
                    "قالوا",
                    "قلن",
                    "يقلن",
                    "قالا",
                    "قالتا",
                    "قاله",
                    "يقول",
                    "تقول",
                    "يقولون",
                    "يقولان",
                    "قايلا",
                    "قايله",
                    "قايلين",
                    "قوله",
                    "قولها",
                    "قولهم",
                ],
            ),
            (
                PrincipalParts {
                    perfect: "دعا",
                    imperfect: "يدعو",
                    masdars: &["دعوة"],
                    participle: "داعي",
                },
                &[
                    "دعا",
                    "دعت",
                    "دعوا",
                    "دعاه",
                    "يدعو",
                    "تدعو",
                    "يدعون",
                    "دعون",
                    "داعيا",
                    "داعيه",
                    "داعين",
                    "دعوته",
                    "دعوه",
                ],
            ),
            (
                PrincipalParts {
                    perfect: "نفى",
                    imperfect: "ينفي",
                    masdars: &["نفي"],
                    participle: "نافي",
                },
                &[
                    "نفي",
                    "نفت",
                    "نفوا",
                    "نفين",
                    "ينفين",
                    "نفيا",
                    "نفاه",
                    "ينفي",
                    "تنفي",
                    "ينفون",
                    "نافيا",
                    "نافيه",
                ],
            ),
            (
                PrincipalParts {
                    perfect: "ادّعى",
                    imperfect: "يدّعي",
                    masdars: &["ادعاء"],
                    participle: "مدعي",
                },
                &[
                    "ادعي",
                    "ادعت",
                    "ادعوا",
                    "يدعي",
                    "تدعي",
                    "يدعون",
                    "مدعيا",
                    "ادعاوه",
                    "ادعايه",
                ],
            ),
        ];
        for (parts, wanted) in table {
            let all = forms(&parts);
            for form in wanted {
                assert!(find(&all, form).is_some(), "{form} of {}", parts.perfect);
            }
        }
    }

    #[test]
    fn agreement_is_what_the_ending_says() {
        let all = forms(&PrincipalParts {
            perfect: "أعلن",
            imperfect: "يعلن",
            masdars: &["إعلان"],
            participle: "معلن",
        });
        let gender = |t: &str| find(&all, t).and_then(|f| f.agreement.gender);
        assert_eq!(gender("اعلنت"), Some(Gender::Feminine));
        assert_eq!(gender("معلنا"), Some(Gender::Masculine));
        assert_eq!(gender("اعلانها"), Some(Gender::Feminine));
        assert_eq!(
            find(&all, "يعلنون").map(|f| f.agreement.number),
            Some(Some(Number::Plural))
        );
        assert!(find(&all, "اعلنه").is_some_and(|f| f.pronoun));
    }
}
