//! Whatever the text: every word of a parsed sentence has its place in one tree.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

use proptest::prelude::*;
use rawi_morph::{Morphology, Tagged};
use rawi_names::phrase::Reader;
use rawi_names::{Cast, LinkModel, Words};
use rawi_syntax::{Label, Parser, Trees, Wanted};
use rawi_text::{Layout, SourceText};

fn trees(text: &str, wanted: Wanted) -> (Layout, Trees) {
    let source = SourceText::new(text).unwrap();
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut tagged = Tagged::default();
    tagged.fill(&Morphology::embedded().unwrap(), &layout);
    let mut words = Words::default();
    words.fill(&source, &layout);
    let mut cast = Cast::default();
    let reader = Reader {
        source: &source,
        layout: &layout,
        words: &words,
    };
    cast.fill(&reader, &LinkModel::embedded().unwrap(), None);
    let mut trees = Trees::default();
    let parser = Parser::embedded().unwrap();
    trees.fill(&parser, &layout, &tagged, &words, cast.mentions(), wanted);
    (layout, trees)
}

/// The head of a word and its label, by their spellings.
fn head<'l>(layout: &'l Layout, trees: &Trees, word: &str) -> (Option<&'l str>, Label) {
    let at = (0..layout.tokens().len()).find(|&i| layout.word(i) == word);
    let at = at.unwrap_or_else(|| panic!("{word}: not in the text"));
    (trees.head(at).map(|h| layout.word(h)), trees.label(at))
}

#[test]
fn subject_object_and_complement_hang_on_their_verb() {
    let text = "اعتقلت الشرطة ثلاثة مهربين في مدينة الزهراء.";
    let (layout, trees) = trees(text, Wanted::All);
    let of = |word| head(&layout, &trees, word);
    assert_eq!(of("اعتقلت"), (None, Label::Root));
    assert_eq!(of("الشرطه"), (Some("اعتقلت"), Label::Subject));
    assert_eq!(of("مهربين"), (Some("اعتقلت"), Label::Object));
    assert_eq!(of("في"), (Some("مدينه"), Label::Case));
    assert_eq!(of("الزهراء"), (Some("مدينه"), Label::Genitive));
}

#[test]
fn only_sentences_that_tell_something_are_parsed() {
    let text = "السماء زرقاء فوق البحر. واعتقلت الشرطة مهربا.";
    let (layout, trees) = trees(text, Wanted::Telling);
    let at = |word: &str| (0..layout.tokens().len()).find(|&i| layout.word(i) == word);
    assert!(!trees.is_parsed(at("السماء").unwrap()));
    assert!(trees.is_parsed(at("مهربا").unwrap()));
}

proptest! {
    #[test]
    fn every_word_has_its_place_in_one_tree(text in "[ابتدرسعقلمنهويةال، .:«»\"()a-z0-9\n]{0,400}") {
        let (layout, trees) = trees(&text, Wanted::All);
        for sentence in layout.sentences() {
            let range = sentence.start as usize..sentence.end as usize;
            for i in range.clone() {
                // Upward is out of no sentence, and comes to an end.
                prop_assert!(trees.upward(i).take(range.len() + 1).count() <= range.len());
                prop_assert!(trees.upward(i).all(|t| range.contains(&t)));
                prop_assert!(trees.head(i).is_some() || trees.label(i) == Label::Root);
            }
        }
        // The same text gives the same trees.
        let (_, again) = self::trees(&text, Wanted::All);
        for i in 0..layout.tokens().len() {
            prop_assert_eq!((trees.head(i), trees.label(i)), (again.head(i), again.label(i)));
        }
    }
}
