//! WikiNews in the Farasa scheme, which splits articles and endings too.

use std::path::Path;

use anyhow::{Context, Result};
use rawi_morph::{Pos, Pronouns};
use rawi_text::fold;

use super::{ANY, Part, Sentence, Written, bit};

/// The parts of speech that a tag of the scheme may be.
fn tags(tag: &str) -> u16 {
    let of = |all: &[Pos]| all.iter().map(|&p| bit(p)).fold(0, |a, b| a | b);
    match tag {
        "NOUN" => of(&[
            Pos::Noun,
            Pos::Propn,
            Pos::Adv,
            Pos::Det,
            Pos::Adp,
            Pos::Num,
            Pos::Part,
        ]),
        "ADJ" => of(&[Pos::Adj, Pos::Num, Pos::Propn, Pos::Noun]),
        "V" => of(&[Pos::Verb, Pos::Aux, Pos::Part]),
        "PREP" => of(&[Pos::Adp, Pos::Sconj, Pos::Part, Pos::Noun]),
        "CONJ" => of(&[Pos::Cconj, Pos::Part]),
        "PRON" => of(&[Pos::Pron, Pos::Det]),
        "NUM" => of(&[Pos::Num, Pos::Noun]),
        "PUNC" => of(&[Pos::Punct, Pos::Sym]),
        "FUT_PART" => of(&[Pos::Part]),
        "PART" => of(&[
            Pos::Part,
            Pos::Sconj,
            Pos::Cconj,
            Pos::Adv,
            Pos::Adp,
            Pos::Pron,
            Pos::Det,
            Pos::Aux,
        ]),
        "ADV" => of(&[Pos::Adv, Pos::Noun, Pos::Part, Pos::Sconj]),
        "FOREIGN" => of(&[Pos::X, Pos::Propn]),
        _ => ANY,
    }
}

/// Reads the annotated words, cut into sentences at full stops.
pub fn wikinews(path: &Path) -> Result<Vec<Sentence>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut out = Vec::new();
    let mut sentence = Sentence::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [form, segments, labels] = fields[..] else {
            continue;
        };
        if let Some(word) = word(form, segments, labels) {
            sentence.push(word);
        }
        if form == "." {
            out.push(std::mem::take(&mut sentence));
        }
    }
    out.push(sentence);
    out.retain(|s| !s.is_empty());
    Ok(out)
}

fn word(form: &str, segments: &str, labels: &str) -> Option<Written> {
    let form = fold(form);
    if segments == "+" || !segments.contains('+') {
        let part = Part {
            form,
            tags: tags(labels),
            features: String::new(),
            lemma: String::new(),
        };
        return Some(Written::new(vec![part], |_| false));
    }
    let segments: Vec<&str> = segments.split('+').collect();
    let labels: Vec<&str> = labels.split('+').collect();
    if segments.len() != labels.len() {
        return None;
    }
    // Article, endings and subject pronouns go back to the stem.
    let mut parts: Vec<Part> = Vec::new();
    let mut article = false;
    let mut stem: Option<usize> = None;
    for (i, (&segment, &label)) in segments.iter().zip(&labels).enumerate() {
        let letters = fold(segment);
        let head = matches!(
            label,
            "NOUN" | "ADJ" | "V" | "NUM" | "ADV" | "FOREIGN" | "ABBREV"
        );
        let ending = matches!(label, "NSUFF" | "CASE")
            || label == "PRON"
                && !(i + 1 == segments.len() && Pronouns::ALL.read(&letters).is_some());
        if label == "DET" {
            article = true;
            let hidden = parts.last().is_some_and(|p| p.form == "ل");
            parts.push(Part {
                form: if hidden { "ل".to_owned() } else { letters },
                tags: 0,
                features: String::new(),
                lemma: String::new(),
            });
            stem = Some(parts.len() - 1);
        } else if let (Some(k), true) = (stem, head || ending) {
            parts[k].form.push_str(&letters);
            if head {
                parts[k].tags |= tags(label);
            }
        } else {
            if head {
                stem = Some(parts.len());
            }
            parts.push(Part {
                form: letters,
                tags: tags(label),
                features: String::new(),
                lemma: String::new(),
            });
        }
    }
    let written = Written::new(parts, |_| article);
    (written.form == form).then_some(written)
}
