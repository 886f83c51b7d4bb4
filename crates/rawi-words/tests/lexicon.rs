//! The compiled table says of every key what it was told.
#![allow(clippy::unwrap_used)] // a test may panic

use proptest::prelude::*;
use rawi_text::fold;
use rawi_words::{BodyKind, Facet, Keys, Known, LexId, Lexicon, Roles, Tags, lexicon};

static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.pack"));

#[test]
fn every_key_is_found_by_its_text() {
    let lexicon = Lexicon::embedded().unwrap();
    assert!(lexicon.len() > 10_000);
    let mut before = "";
    for key in lexicon.keys() {
        let text = lexicon.text(key);
        assert_eq!(lexicon.find_phrase(text), key, "{text}");
        assert!(before < text, "{before} {text}");
        before = text;
    }
}

#[test]
fn the_longest_key_wins() {
    let longest = |phrase: &str| {
        let folded = fold(phrase);
        let words: Vec<LexId> = folded.split(' ').map(|w| lexicon().find(w)).collect();
        let next = |k: usize| words.get(k).copied().unwrap_or_default();
        let (key, words) = lexicon().longest(words[0], Facet::Tags, next)?;
        Some((lexicon().text(key), words))
    };
    for (phrase, found) in [
        ("الولايات المتحدة اليوم", Some(("الولايات المتحده", 2))),
        ("وزير الخارجية", Some(("وزير الخارجيه", 2))),
        ("وزير ما", Some(("وزير", 1))),
        // It begins a longer key and is none itself.
        ("الولايات", None),
        ("قنبرحس", None),
    ] {
        assert_eq!(longest(phrase), found, "{phrase}");
    }
}

#[test]
fn facets_say_what_the_tables_say() {
    let key = lexicon().find("مصري");
    assert!(lexicon().tags(key).any(Tags::DEMONYM));
    assert_eq!(lexicon().country(key).unwrap().iso3, "EGY");
    assert!(
        lexicon()
            .roles(lexicon().find("بعض"))
            .any(Roles::QUANTIFIER)
    );
    assert_eq!(lexicon().roles(LexId::NONE), Roles::default());
    assert_eq!(lexicon().value(LexId::NONE, Facet::Tags), None);
    let known = lexicon().known(lexicon().find("ترمب")).next();
    assert_eq!(known.unwrap().name_en, "Donald Trump");
    assert_eq!(lexicon().country_named("القاهره"), None);
}

#[test]
fn short_names_that_others_bear_ask_for_a_second_sign() {
    let lexicon = lexicon();
    let key = lexicon.find_phrase(&fold("النهضة"));
    assert_eq!(lexicon.known(key).count(), 0);
    let named = |known: &Known| known.name_en;
    let bodies: Vec<_> = lexicon.known_short(key).map(named).collect();
    assert_eq!(bodies, ["Ennahda", "Al-Nahda Club"]);
    for (head, body) in [("حزب", "Ennahda"), ("النادي", "Al-Nahda Club")] {
        let behind = lexicon.known_behind(lexicon.find(&fold(head)), key);
        assert_eq!(behind.map(named).collect::<Vec<_>>(), [body], "{head}");
    }
    let known = lexicon
        .known(lexicon.find_phrase(&fold("دي بي وورلد")))
        .next();
    assert_eq!(known.unwrap().body, Some(BodyKind::Company));
}

#[test]
fn keys_of_a_spelling_lack_letters_at_its_ends() {
    let keys = Keys::new(lexicon(), "وبوزيرها");
    assert_eq!(keys.whole(), LexId::NONE);
    assert_eq!(lexicon().text(keys.bare(4)), "وزير");
    let keys = Keys::new(lexicon(), "للوزير");
    assert_eq!(lexicon().text(keys.stem(4)), "وزير");
    assert_eq!(keys.stem(20), LexId::NONE);
}

proptest! {
    #[test]
    fn unknown_words_have_no_key(word in "[a-z\u{621}-\u{64a} ]{0,12}") {
        let key = lexicon().find(&word);
        prop_assert!(key == LexId::NONE || lexicon().text(key) == word);
        let keys = Keys::new(lexicon(), &word);
        prop_assert_eq!(keys.whole(), key);
    }

    #[test]
    fn no_bytes_make_it_panic(
        changes in prop::collection::vec((0..PACK.len(), any::<u8>()), 0..200),
        header in prop::collection::vec((0usize..600, any::<u8>()), 0..3),
        cut in PACK.len() / 2..=PACK.len(),
    ) {
        let mut bytes = PACK.to_vec();
        for (at, value) in changes.into_iter().chain(header) {
            bytes[at] = value;
        }
        bytes.truncate(cut);
        if let Ok(lexicon) = Lexicon::open(&bytes) {
            for key in lexicon.keys().take(500).chain([lexicon.find("وزير")]) {
                lexicon.step(key, key);
                lexicon.tags(key);
                lexicon.roles(key);
                lexicon.known(key).count();
                lexicon.text(key);
            }
        }
    }
}
