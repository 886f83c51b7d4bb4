//! How well the morphology does on annotated text.

use std::collections::BTreeMap;

use rawi_model::Lattice;
use rawi_morph::segment::Segmenter;
use rawi_morph::tagger::{self, Sequencer};
use rawi_morph::{Analysis, Gender, Morphology, Number, Person, Pos};

use crate::corpus::{Sentence, bit};
use crate::morph;

/// Right, found and wanted.
#[derive(Clone, Copy, Default, Debug)]
pub struct Tally {
    /// Right answers.
    pub right: usize,
    /// Answers given.
    pub given: usize,
    /// Answers wanted.
    pub wanted: usize,
}

impl Tally {
    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.given + self.wanted).max(1) as f64
    }
}

/// Where parts begin and end in a word when cut like this.
fn borders(parts: &[&str]) -> Vec<(usize, usize)> {
    let mut at = 0;
    parts
        .iter()
        .map(|p| {
            let start = at;
            at += p.chars().count();
            (start, at)
        })
        .collect()
}

/// Segments of annotated words against those that the segmenter finds. The
/// article belongs to its word, as PADT has it.
pub fn segmentation(
    segmenter: &Segmenter<'_>,
    words: &[(String, Vec<String>)],
) -> (Tally, BTreeMap<(String, String, String), usize>) {
    let mut tally = Tally::default();
    let mut wrong = BTreeMap::new();
    for (word, parts) in words {
        let mut found: Vec<&str> = Vec::new();
        let cut = match tagger::Shape::of(word) {
            tagger::Shape::Word => segmenter.cut(word),
            _ => Default::default(),
        };
        let proclitics = cut.proclitics();
        found.extend(
            proclitics
                .split_inclusive(|_| true)
                .filter(|p| !p.is_empty()),
        );
        let end = word.len() - cut.pronoun().len();
        found.push(&word[proclitics.len()..end]);
        if !cut.pronoun().is_empty() {
            found.push(cut.pronoun());
        }
        // PADT sometimes writes the article of `للحرب` in full.
        let wanted: Vec<&str> = parts.iter().map(String::as_str).collect();
        let joined: usize = wanted.iter().map(|p| p.chars().count()).sum();
        let hidden = joined == word.chars().count() + 1 && word.contains("لل");
        let wanted: Vec<&str> = wanted
            .iter()
            .map(|p| {
                if hidden {
                    p.strip_prefix('ا').unwrap_or(p)
                } else {
                    p
                }
            })
            .collect();
        let (f, w) = (borders(&found), borders(&wanted));
        let right = f.iter().filter(|s| w.contains(s)).count();
        tally.right += right;
        tally.given += f.len();
        tally.wanted += w.len();
        if right < w.len() || right < f.len() {
            *wrong
                .entry((word.clone(), parts.join("+"), found.join("+")))
                .or_default() += 1;
        }
    }
    (tally, wrong)
}

/// Parts of speech of all parts of words. Clitics get theirs from their letters
/// and the stem's. `same` says whether an answer fits an annotation.
pub fn tagging(
    segmenter: &Segmenter<'_>,
    sequencer: &Sequencer<'_>,
    sentences: &[&Sentence],
    gold_cuts: bool,
    same: impl Fn(Pos, u16, &str) -> Option<bool>,
) -> (Tally, BTreeMap<(&'static str, String), usize>) {
    let mut tally = Tally::default();
    let mut wrong = BTreeMap::new();
    let mut lattice = Lattice::default();
    for sentence in sentences {
        let words = morph::seen(segmenter, sentence, gold_cuts);
        lattice.scores.clear();
        for i in 0..words.len() {
            let features = tagger::features(&words, i);
            lattice.scores.push(sequencer.score(&features));
        }
        sequencer.solve(&mut lattice);
        for (at, ((written, word), &class)) in
            sentence.iter().zip(&words).zip(&lattice.best).enumerate()
        {
            let stem = Pos::ALL[usize::from(class)];
            let mut found: Vec<(String, Pos)> = Vec::new();
            if gold_cuts {
                for (k, part) in written.parts.iter().enumerate() {
                    let pos = if k == written.stem {
                        stem
                    } else {
                        tagger::clitic(&part.form, stem, k < written.stem, at == 0)
                    };
                    found.push((part.form.clone(), pos));
                }
            } else {
                let cut = word.cut;
                for c in cut.proclitics().chars() {
                    found.push((
                        c.to_string(),
                        tagger::clitic(&c.to_string(), stem, true, at == 0),
                    ));
                }
                let end = written.form.len() - cut.pronoun().len();
                found.push((written.form[cut.proclitics().len()..end].to_owned(), stem));
                if !cut.pronoun().is_empty() {
                    found.push((cut.pronoun().to_owned(), Pos::Pron));
                }
            }
            let wanted: Vec<&str> = written.parts.iter().map(|p| p.form.as_str()).collect();
            let names: Vec<&str> = found.iter().map(|(f, _)| f.as_str()).collect();
            let (f, w) = (borders(&names), borders(&wanted));
            for (k, part) in written.parts.iter().enumerate() {
                let answer = f.iter().position(|s| *s == w[k]).map(|at| found[at].1);
                let fits = match answer {
                    Some(pos) => same(pos, part.tags, &part.form),
                    None => same(Pos::X, part.tags, &part.form).map(|_| false),
                };
                let Some(fits) = fits else { continue };
                tally.wanted += 1;
                tally.given += 1;
                tally.right += usize::from(fits);
                if !fits {
                    let gold = Pos::ALL.iter().find(|p| part.tags & bit(**p) != 0);
                    let what = format!("{} {}", gold.map_or("?", |p| p.tag()), part.form);
                    *wrong
                        .entry((answer.map_or("-", Pos::tag), what))
                        .or_default() += 1;
                }
            }
        }
    }
    (tally, wrong)
}

/// Lemmas and grammatical features of stems whose part of speech is found as
/// annotated, over the annotated segmentation.
pub fn features(
    morphology: &Morphology<'_>,
    sentences: &[&Sentence],
) -> Vec<(&'static str, Tally)> {
    let names = ["lemma", "Person", "Gender", "Number", "Aspect", "Definite"];
    let mut tallies = names.map(|n| (n, Tally::default()));
    let mut count = |name: &str, right: bool| {
        if let Some((_, t)) = tallies.iter_mut().find(|(n, _)| *n == name) {
            t.given += 1;
            t.wanted += 1;
            t.right += usize::from(right);
        }
    };
    for written in sentences.iter().copied().flatten() {
        let (Some(cut), Some(part)) = (written.cut, written.parts.get(written.stem)) else {
            continue;
        };
        let pos = Pos::ALL.into_iter().find(|p| part.tags == bit(*p));
        let (Some(pos), false) = (pos, part.lemma.is_empty() || part.lemma == "_") else {
            continue;
        };
        if !matches!(pos, Pos::Noun | Pos::Adj | Pos::Verb) {
            continue;
        }
        let analysis = Analysis {
            cut,
            pos,
            entry: rawi_morph::segment::entry(
                &morphology.segmenter().entries,
                cut.stem(&written.form),
            ),
        };
        let lemma = rawi_text::fold(morphology.lemma(&written.form, &analysis));
        count("lemma", lemma == rawi_text::fold(&part.lemma));
        let found = morphology.inflection(&written.form, &analysis);
        let wanted = |key: &str| {
            part.features
                .split('|')
                .find_map(|f| f.strip_prefix(key)?.strip_prefix('='))
        };
        if let Some(person) = wanted("Person") {
            count(
                "Person",
                found.person
                    == Some(if person == "1" {
                        Person::First
                    } else {
                        Person::Third
                    }),
            );
        }
        if let Some(gender) = wanted("Gender") {
            count(
                "Gender",
                found.gender
                    == Some(if gender == "Fem" {
                        Gender::Feminine
                    } else {
                        Gender::Masculine
                    }),
            );
        }
        if let Some(number) = wanted("Number") {
            let number = match number {
                "Sing" => Number::Singular,
                "Dual" => Number::Dual,
                _ => Number::Plural,
            };
            count("Number", found.number == Some(number));
        }
        if let Some(aspect) = wanted("Aspect") {
            let perfect = found.aspect == Some(rawi_morph::conjugation::Aspect::Perfect);
            count("Aspect", perfect == (aspect == "Perf"));
        }
        if pos != Pos::Verb
            && let Some(definite) = wanted("Definite")
        {
            count("Definite", found.definite == (definite == "Def"));
        }
    }
    tallies.to_vec()
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.given += other.given;
        self.wanted += other.wanted;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} right, {} given, {} wanted",
            self.right, self.given, self.wanted
        )
    }
}
