//! Which of the possible cuts of a word is meant.
//!
//! Every cut is scored by what news and lexica know of the stem it leaves:
//! `بيان` is one word because `يان` hardly ever stands alone, `بقوة` is two
//! because `قوة` does. The weights of that evidence are learned; forms that
//! news has often are settled once, in training, and only looked up.

use rawi_model::{Feature, Records, Weights, hash};

use crate::cut::Cut;
use crate::entry::Entry;
use crate::pronoun::Pronouns;

/// Longest word that is cut, in bytes; a longer one is no word.
const LONGEST: usize = 60;

/// Chooses cuts.
#[derive(Clone, Copy, Debug)]
pub struct Segmenter<'a> {
    /// What is known of forms.
    pub entries: Records<'a>,
    /// The learned weights.
    pub weights: Weights<'a>,
}

impl Segmenter<'_> {
    /// The cut of a folded word.
    pub fn cut(&self, word: &str) -> Cut {
        let known = entry(&self.entries, word);
        known.cut().unwrap_or_else(|| self.best(word, known))
    }

    /// The cut with the best score, never looked up.
    pub fn best(&self, word: &str, known: Entry) -> Cut {
        let mut best = (i32::MIN, Cut::default());
        if word.len() > LONGEST {
            return best.1;
        }
        Cut::each(word, |cut| {
            let mut score = 0;
            features(&self.entries, word, known, cut, |f| {
                score += self.weights.one(f);
            });
            if score > best.0 {
                best = (score, cut);
            }
        });
        best.1
    }
}

/// What is known of a form.
pub fn entry(entries: &Records<'_>, form: &str) -> Entry {
    entries.get(form).map_or(Entry::default(), Entry)
}

/// Two strings written together.
pub(crate) fn joined(entries: &Records<'_>, first: &str, second: &str) -> Entry {
    let mut letters = [0u8; LONGEST + 8];
    let len = first.len() + second.len();
    match letters.get_mut(..len) {
        Some(place) => {
            place[..first.len()].copy_from_slice(first.as_bytes());
            place[first.len()..].copy_from_slice(second.as_bytes());
            entries.at(hash(place)).map_or(Entry::default(), Entry)
        }
        None => Entry::default(),
    }
}

/// Gives out the evidence for a cut of `word`.
pub fn features(
    entries: &Records<'_>,
    word: &str,
    known: Entry,
    cut: Cut,
    mut each: impl FnMut(Feature),
) {
    let stem = cut.stem(word);
    let code = u64::from(cut.code());
    let alone = entry(entries, stem);
    let defined = joined(entries, "ال", stem);
    let mut letters = stem.chars();
    let first = letters.next().unwrap_or(' ') as u64;
    let second = letters.next().unwrap_or(' ') as u64;
    let last = stem.chars().next_back().unwrap_or(' ');
    let len = stem.chars().take(9).count() as u64;
    let freq = u64::from(alone.frequency());
    let whole = u64::from(known.frequency());
    let classes = u64::from(alone.classes());
    let with_article = u64::from(defined.frequency());
    // The ending `ة` is written `ت` before a pronoun: the stem alone has `ة`.
    let feminine = match stem.strip_suffix('ت') {
        Some(base) if cut.enclitic > 0 => 1 + u64::from(joined(entries, base, "ه").frequency()),
        _ => 0,
    };
    let only_pronoun = u64::from(Pronouns::ALL.read(stem).is_some());
    let clitics = code & !16;

    each(Feature::new(1, code));
    each(Feature::new(2, code).and(freq));
    each(Feature::new(3, code).and(freq << 4 | whole));
    each(Feature::new(4, code).and(with_article));
    each(Feature::new(5, code).and(classes));
    each(Feature::new(6, code).and(len).and(only_pronoun));
    each(Feature::new(7, clitics).and(last as u64));
    each(Feature::new(8, code).and(first));
    each(Feature::new(9, code).and(first << 32 | second));
    each(Feature::new(10, code).and(feminine << 4 | freq));
    each(Feature::new(11, hash(word.as_bytes())).and(code));
    each(Feature::new(12, hash(stem.as_bytes())).and(u64::from(cut.enclitic > 0)));
    each(Feature::new(13, clitics).and(with_article << 4 | freq));
    each(Feature::new(14, code).and(u64::from(known.classes())));
    each(Feature::new(15, clitics).and(classes).and(freq));
}
