//! Dependency trees as annotators made them, one node a written word.

use std::path::Path;

use anyhow::{Context, Result};
use rawi_syntax::Label;
use rawi_syntax::state::NONE;

/// A sentence with its tree.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The words and marks, with spaces between.
    pub text: String,
    /// The words: their bytes, heads (numbers of words, [`NONE`] for the head of the
    /// sentence) and labels.
    pub words: Vec<Node>,
}

/// One written word of a tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its bytes in the text.
    pub bytes: std::ops::Range<usize>,
    /// Number of the word that is its head.
    pub head: u32,
    /// What it is to it.
    pub label: Label,
}

/// One node of CoNLL-U.
struct Part {
    pos: String,
    fine: String,
    head: usize,
    relation: String,
    /// The written word that it is a part of.
    word: usize,
}

impl Part {
    fn is_mark(&self) -> bool {
        self.pos == "PUNCT" || self.pos == "SYM"
    }

    /// Whether it stands for the whole word rather than be attached to it.
    fn is_stem(&self) -> bool {
        !matches!(
            self.pos.as_str(),
            "ADP" | "CCONJ" | "SCONJ" | "PART" | "PRON" | "PUNCT" | "DET"
        )
    }
}

/// Reads the trees of a CoNLL-U file. Words that are written together are one node,
/// whether the file marks that by ranges (PADT) or by `SpaceAfter=No` (PUD).
///
/// # Errors
/// If the file cannot be read.
pub fn trees(path: &Path) -> Result<Vec<Tree>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text
        .split("\n\n")
        .map(tree)
        .filter(|t| !t.words.is_empty())
        .collect())
}

fn tree(block: &str) -> Tree {
    let mut parts: Vec<Part> = Vec::new();
    let mut written: Vec<String> = Vec::new();
    let mut range_end = 0;
    let mut open = false;
    for line in block.lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [number, form, _, pos, fine, _, head, relation, _, misc] = fields[..] else {
            continue;
        };
        if let Some((_, end)) = number.split_once('-') {
            range_end = end.parse().unwrap_or(0);
            written.push(form.to_owned());
            continue;
        }
        let Ok(number) = number.parse::<usize>() else {
            continue;
        };
        let mark = pos == "PUNCT" || pos == "SYM";
        if number > range_end {
            if open && !mark && range_end == 0 {
                written.last_mut().expect("open").push_str(form);
            } else {
                written.push(form.to_owned());
            }
            open = misc.contains("SpaceAfter=No") && !mark && range_end == 0;
        }
        parts.push(Part {
            pos: pos.to_owned(),
            fine: fine.to_owned(),
            head: head.parse().unwrap_or(0),
            relation: relation.to_owned(),
            word: written.len() - 1,
        });
    }
    collapse(&parts, &written)
}

/// One node a written word out of nodes that are parts of words.
fn collapse(parts: &[Part], written: &[String]) -> Tree {
    // Heads are counted from one; marks govern nothing.
    let head = |i: usize| {
        let mut head = parts[i].head;
        for _ in 0..parts.len() {
            match head.checked_sub(1).and_then(|h| parts.get(h)) {
                Some(part) if part.is_mark() => head = part.head,
                _ => break,
            }
        }
        head.checked_sub(1).filter(|&h| h < parts.len())
    };
    let mut out = Tree::default();
    let mut number = vec![NONE; written.len()];
    let mut tops = Vec::new();
    for (w, form) in written.iter().enumerate() {
        let start = out.text.len();
        out.text.push_str(form);
        out.text.push(' ');
        let own = || (0..parts.len()).filter(|&i| parts[i].word == w && !parts[i].is_mark());
        let outer = || own().filter(|&i| head(i).is_none_or(|h| parts[h].word != w));
        let stem = outer().find(|&i| parts[i].is_stem());
        let Some(top) = stem.or_else(|| outer().next()).or_else(|| own().next()) else {
            continue;
        };
        number[w] = tops.len() as u32;
        tops.push(top);
        out.words.push(Node {
            bytes: start..start + form.len(),
            head: NONE,
            label: Label::Root,
        });
    }
    for (k, &top) in tops.iter().enumerate() {
        let Some(above) = head(top) else { continue };
        let at = number[parts[above].word];
        if at as usize == k || at == NONE {
            continue;
        }
        let led = (0..parts.len()).any(|i| parts[i].relation == "case" && head(i) == Some(top));
        out.words[k].head = at;
        out.words[k].label = label(&parts[top], &parts[above], led);
    }
    out
}

/// What a relation of Universal Dependencies is here. `led`: a preposition leads it.
fn label(part: &Part, head: &Part, led: bool) -> Label {
    if part.fine == "REL" {
        return Label::Mark;
    }
    match part.relation.as_str() {
        "nsubj" | "csubj" => Label::Subject,
        "nsubj:pass" | "csubj:pass" => Label::PassiveSubject,
        "obj" | "iobj" => Label::Object,
        "amod" => Label::Adjective,
        "conj" => Label::Conjunct,
        "case" | "fixed" => Label::Case,
        "mark" | "cc" | "compound:prt" | "aux" | "aux:pass" | "cop" => Label::Mark,
        // PUD has participles that are adjectives for clauses.
        "ccomp" if part.pos == "ADJ" && matches!(head.pos.as_str(), "NOUN" | "PROPN") => {
            Label::Adjective
        }
        "ccomp" | "xcomp" => Label::Clause,
        "acl" | "acl:relcl" => Label::Relative,
        "advcl" => Label::Adverbial,
        "appos" | "flat" | "flat:foreign" | "compound" => Label::Apposition,
        "nmod" if led => Label::Nominal,
        "nmod" => Label::Genitive,
        relation if relation.starts_with("obl") => Label::Oblique,
        _ => Label::Other,
    }
}
