//! How a written word is cut: proclitics, article, stem, pronoun.

use rawi_text::proclitic;

use crate::pronoun::{ENCLITICS, Pronouns};

/// Proclitics in the combinations that occur, outermost first. The place in
/// this list is stored in models.
pub const PROCLITICS: [&str; 16] = [
    "", "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس", "ا",
];

/// One way to cut a folded word. Everything that is neither proclitic, article
/// nor pronoun is the stem.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cut {
    /// Index into [`PROCLITICS`].
    pub proclitic: u8,
    /// Whether the stem has the article, also the one that `لل` hides.
    pub article: bool,
    /// Index into [`ENCLITICS`].
    pub enclitic: u8,
}

impl Cut {
    /// The cut as a number below 512, for tables and features.
    pub fn code(self) -> u32 {
        u32::from(self.proclitic) | u32::from(self.article) << 4 | u32::from(self.enclitic) << 5
    }

    /// The cut with a [`code`](Self::code).
    pub fn of_code(code: u32) -> Self {
        Self {
            proclitic: (code & 15) as u8,
            article: code >> 4 & 1 == 1,
            enclitic: ((code >> 5 & 15) as u8).min(ENCLITICS.len() as u8 - 1),
        }
    }

    /// The proclitics.
    pub fn proclitics(self) -> &'static str {
        PROCLITICS[usize::from(self.proclitic)]
    }

    /// The pronoun at the end, empty for none.
    pub fn pronoun(self) -> &'static str {
        ENCLITICS[usize::from(self.enclitic)]
    }

    /// Bytes of the article as written in a word with this cut.
    fn article_len(self) -> usize {
        match self.article {
            false => 0,
            true => proclitic::article(self.proclitics().chars().next_back()).len(),
        }
    }

    /// Where the stem stands in `word`, article left out. For a cut that does
    /// not belong to the word, the whole word.
    pub fn stem(self, word: &str) -> &str {
        let start = self.proclitics().len() + self.article_len();
        word.len()
            .checked_sub(self.pronoun().len())
            .and_then(|end| word.get(start..end))
            .filter(|stem| !stem.is_empty())
            .unwrap_or(word)
    }

    /// Bytes in front of the stem.
    pub fn prefix_len(self) -> usize {
        self.proclitics().len() + self.article_len()
    }

    /// Calls `each` with every cut that the spelling of a folded word allows,
    /// the uncut word first.
    pub fn each(word: &str, mut each: impl FnMut(Cut)) {
        for (p, proclitic) in PROCLITICS.iter().enumerate() {
            let Some(rest) = word.strip_prefix(proclitic) else {
                continue;
            };
            let cut = |article, enclitic: usize| Cut {
                proclitic: p as u8,
                article,
                enclitic: enclitic as u8,
            };
            if p == 0 || letters(rest) >= 2 || Pronouns::ALL.read(rest).is_some() {
                each(cut(false, 0));
            }
            let article = proclitic::article(proclitic.chars().next_back());
            if rest.strip_prefix(article).is_some_and(|r| letters(r) >= 2) {
                each(cut(true, 0));
            }
            for (e, enclitic) in ENCLITICS.iter().enumerate().skip(1) {
                if rest.strip_suffix(enclitic).is_some_and(|r| letters(r) >= 2) {
                    each(cut(false, e));
                }
            }
        }
    }
}

fn letters(word: &str) -> usize {
    word.chars().take(2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(word: &str) -> Vec<String> {
        let mut out = Vec::new();
        Cut::each(word, |c| {
            out.push(format!(
                "{}+{}+{}",
                c.proclitics(),
                c.stem(word),
                c.pronoun()
            ));
            assert_eq!(Cut::of_code(c.code()), c);
        });
        out
    }

    #[test]
    fn every_cut_is_offered() {
        assert!(cuts("وسيبلغونه").contains(&"وس+يبلغون+ه".to_owned()));
        assert!(cuts("للحرب").contains(&"ل+حرب+".to_owned()));
        assert!(cuts("له").contains(&"ل+ه+".to_owned()));
        assert_eq!(cuts("و"), ["+و+"]);
        assert_eq!(cuts(""), ["++"]);
    }

    #[test]
    fn a_foreign_cut_takes_the_whole_word() {
        let cut = Cut {
            proclitic: 3,
            article: true,
            enclitic: 2,
        };
        assert_eq!(cut.stem("به"), "به");
    }
}
