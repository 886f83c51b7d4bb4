//! The table of lemmas.

use std::collections::{BTreeMap, BTreeSet};

use rawi_model::{RecordsWriter, StringsWriter};
use rawi_morph::entry::class;
use rawi_morph::segment::Segmenter;
use rawi_morph::{LemmaKind, lemma_key};
use rawi_text::fold;

use crate::morph::Material;

/// The sections `lemmas` and `strings`: lemmas of all stems that the news has,
/// and of every dictionary form.
pub fn lemmas(material: &Material, segmenter: &Segmenter<'_>) -> (Vec<u8>, Vec<u8>) {
    let mut stems: BTreeSet<&str> = BTreeSet::new();
    for (word, _) in &material.vocabulary {
        stems.insert(segmenter.cut(word).stem(word));
    }
    let mut table = RecordsWriter::default();
    let mut strings = StringsWriter::default();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |lemma| *numbers.entry(lemma).or_insert_with(|| strings.add(lemma));
    for ((form, group), (_, lemma)) in &material.lexica.lemmas {
        let kind = match *group {
            class::PERFECT => LemmaKind::Verb,
            _ => LemmaKind::Nominal,
        };
        // A stem that is its own lemma need not be stored.
        if stems.contains(form.as_str()) && lemma != form {
            table.insert_at(lemma_key(form, kind), number(lemma));
        }
    }
    for (form, verb) in &material.lexica.derived {
        if stems.contains(form.as_str()) {
            table.insert_at(lemma_key(form, LemmaKind::Derived), number(verb));
        }
    }
    (table.finish(), strings.finish())
}

/// Participles and verbal nouns of a verb with sound radicals, folded; none for
/// a pattern that has no regular ones.
pub fn derived(root: &str, pattern: &str) -> Vec<String> {
    let radicals: Vec<&str> = root.split('.').collect();
    let [a, b, c] = radicals[..] else {
        return Vec::new();
    };
    if [a, b, c]
        .iter()
        .any(|r| !r.chars().all(|l| ('ء'..='ي').contains(&l)) || matches!(*r, "و" | "ي"))
    {
        return Vec::new();
    }
    let (participle, masdar) = match pattern {
        "1a2~a3" => (format!("م{a}{b}{c}"), format!("ت{a}{b}ي{c}")),
        "1A2a3" | "1aA2a3" => (format!("م{a}ا{b}{c}"), format!("م{a}ا{b}{c}ة")),
        ">a1o2a3" => (format!("م{a}{b}{c}"), format!("إ{a}{b}ا{c}")),
        "ta1a2~a3" => (format!("مت{a}{b}{c}"), format!("ت{a}{b}{c}")),
        "ta1A2a3" | "ta1aA2a3" => (format!("مت{a}ا{b}{c}"), format!("ت{a}ا{b}{c}")),
        "{ino1a2a3" => (format!("من{a}{b}{c}"), format!("ان{a}{b}ا{c}")),
        "{i1ota2a3" => (format!("م{a}ت{b}{c}"), format!("ا{a}ت{b}ا{c}")),
        "{isota1o2a3" => (format!("مست{a}{b}{c}"), format!("است{a}{b}ا{c}")),
        _ => return Vec::new(),
    };
    let mut out = vec![fold(&masdar)];
    for ending in ["", "ا", "ة", "ون", "ين", "ات"] {
        out.push(fold(&format!("{participle}{ending}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_verbs_have_regular_nouns() {
        let forms = derived("ح.ذ.ر", "1a2~a3");
        assert!(forms.contains(&"تحذير".to_owned()) && forms.contains(&"محذرا".to_owned()));
        assert!(derived("ق.و.ل", "1a2a3").is_empty());
    }
}
