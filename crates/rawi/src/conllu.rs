//! The dependency trees of an article in CoNLL-U, the form of Universal Dependencies.

use std::fmt::Write as _;
use std::ops::Range;

use rawi_morph::{Gender, Number, Person, Pos};
use rawi_syntax::{Label, Wanted};
use rawi_text::{SourceText, TokenKind};

use crate::reader::Day;
use crate::{Article, Error, Worker};

impl Worker {
    /// The trees of all sentences of an article's text in CoNLL-U: the words in the
    /// order of the text, each with lemma, part of speech, head and relation to it, and
    /// with its place in the text (`Start`, `End`, in code points from 0). Clitics are not
    /// split off. Marks depend on the head of their sentence; where the parser leaves
    /// several heads, the later ones depend on the first as `parataxis`.
    ///
    /// # Errors
    ///
    /// As [`Worker::read`], but that no date is read.
    pub fn conllu(&mut self, article: &Article) -> Result<String, Error> {
        let source = SourceText::new(article.text.as_str())?;
        let (published, ..) = self.mark_words(&source, Day::InText, &mut |_| {});
        self.meet(&source, published);
        self.parse(Wanted::All);
        let mut page = String::with_capacity(article.text.len() * 8);
        for (n, sentence) in (1..).zip(self.layout.sentences()) {
            let range = sentence.start as usize..sentence.end as usize;
            let text = source.slice(self.layout.cover(range.clone()));
            let text = text.unwrap_or_default().replace(char::is_whitespace, " ");
            let id = article.id.replace(char::is_whitespace, " ");
            // Writing to a string does not fail.
            let _ = writeln!(page, "# sent_id = {id}:{n}\n# text = {text}");
            self.sentence(&source, range, &mut page);
            page.push('\n');
        }
        Ok(page)
    }

    fn sentence(&self, source: &SourceText, range: Range<usize>, page: &mut String) {
        let start = range.start;
        let root = range
            .clone()
            .find(|&i| self.trees.is_parsed(i) && self.trees.head(i).is_none());
        for i in range {
            let analysis = self.tagged.get(i);
            let word = self.layout.word(i);
            let span = self.layout.tokens()[i].span;
            let places = source.chars_of(span);
            let (head, relation) = match (self.trees.head(i), root) {
                (Some(head), _) => (head - start + 1, self.trees.label(i).name()),
                (None, Some(root)) if root == i => (0, Label::Root.name()),
                (None, Some(root)) if self.trees.is_parsed(i) => (root - start + 1, "parataxis"),
                (None, Some(root)) => (root - start + 1, "punct"),
                (None, None) if i == start => (0, Label::Root.name()),
                (None, None) => (1, "punct"),
            };
            let pos = match self.layout.tokens()[i].kind {
                TokenKind::Punct => Pos::Punct,
                TokenKind::Symbol => Pos::Sym,
                _ => analysis.pos,
            };
            let _ = writeln!(
                page,
                "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{relation}\t_\tStart={}|End={}",
                i - start + 1,
                source
                    .slice(span)
                    .unwrap_or("_")
                    .replace(char::is_whitespace, " "),
                self.models.morphology.lemma(word, &analysis),
                pos.tag(),
                self.features(i),
                places.start.0,
                places.end.0,
            );
        }
    }

    /// Grammatical features as the standard writes them.
    fn features(&self, i: usize) -> String {
        let word = self.layout.word(i);
        let of = self.models.morphology.inflection(word, &self.tagged.get(i));
        let gender = of.gender.map(|g| match g {
            Gender::Masculine => "Gender=Masc",
            Gender::Feminine => "Gender=Fem",
        });
        let number = of.number.map(|n| match n {
            Number::Singular => "Number=Sing",
            Number::Dual => "Number=Dual",
            Number::Plural => "Number=Plur",
        });
        let person = of.person.map(|p| match p {
            Person::First => "Person=1",
            Person::Third => "Person=3",
        });
        let all: Vec<&str> = [gender, number, person].into_iter().flatten().collect();
        match all.is_empty() {
            true => "_".to_owned(),
            false => all.join("|"),
        }
    }
}
