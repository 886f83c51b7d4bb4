//! Annotated language data, read into one shape.

mod casts;
mod farasa;
mod names;
mod news;
mod rejoin;
mod teacher;
mod trees;
mod ud;

pub use casts::{NamedArticle, casts};
pub(crate) use casts::{TAUGHT, annotated};
pub use farasa::wikinews;
pub use names::{NamedSentence, conll};
pub use news::News;
pub use rejoin::rejoin;
pub use teacher::Teacher;
pub use trees::{Node, Tree, trees};
pub use ud::{segmented, treebank};

use rawi_morph::{Cut, Pos, Pronouns};

/// One part of a written word as the annotators split it.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its letters, folded.
    pub form: String,
    /// Bits of the parts of speech that the annotation allows (1 << number).
    pub tags: u16,
    /// `Gender=Fem|…`, empty if there are none.
    pub features: String,
    /// The lemma as annotated, empty if there is none.
    pub lemma: String,
}

/// A written word.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its letters, folded.
    pub form: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Which part is the stem.
    pub stem: usize,
    /// The cut that the parts are, if it is one that a model can express.
    pub cut: Option<Cut>,
}

/// A sentence of written words.
pub type Sentence = Vec<Written>;

/// The bit of a part of speech.
pub fn bit(pos: Pos) -> u16 {
    1 << pos as u16
}

/// All parts of speech.
pub const ANY: u16 = u16::MAX;

impl Written {
    /// Puts parts together: proclitics in front, a pronoun behind, the stem
    /// between them. `article` says whether the stem has one.
    pub fn new(parts: Vec<Part>, article: impl Fn(&Part) -> bool) -> Self {
        let form: String = parts.iter().map(|p| p.form.as_str()).collect();
        let leading = parts
            .iter()
            .take(parts.len() - 1)
            .take_while(|p| matches!(p.form.as_str(), "و" | "ف" | "ب" | "ل" | "ك" | "س" | "ا"))
            .count();
        let pronoun = parts.len() - leading > 1
            && parts
                .last()
                .is_some_and(|p| Pronouns::ALL.read(&p.form).is_some());
        let stem = leading;
        let one = parts.len() - leading - usize::from(pronoun) == 1;
        let proclitics: String = parts[..leading].iter().map(|p| p.form.as_str()).collect();
        let end = parts.last().map_or("", |p| p.form.as_str());
        let place = |list: &[&str], what: &str| list.iter().position(|&x| x == what);
        let cut = match (
            one,
            place(&rawi_morph::PROCLITICS, &proclitics),
            place(
                &rawi_morph::pronoun::ENCLITICS,
                if pronoun { end } else { "" },
            ),
        ) {
            (true, Some(p), Some(e)) => Some(Cut {
                proclitic: p as u8,
                article: article(&parts[stem]) && e == 0,
                enclitic: e as u8,
            }),
            _ => None,
        };
        Self {
            form,
            parts,
            stem,
            cut,
        }
    }
}

impl Written {
    /// The parts of speech that the annotation allows for the stem.
    pub fn tags(&self) -> u16 {
        self.parts.get(self.stem).map_or(ANY, |p| p.tags)
    }
}
