//! What the embedded morphology says of words in invented sentences.

use proptest::prelude::*;
use rawi_morph::{Morphology, Tagged, Voice};
use rawi_text::{Layout, SourceText};

/// One word a line: `و+س+يبلغ+ون+ه/VERB/أبلغ`: proclitics, `ال`, stem, pronoun, part
/// of speech, lemma, and what inflection shows.
fn read(text: &str) -> Vec<String> {
    let morphology = Morphology::embedded().expect("the pack is sound");
    let source = SourceText::new(text).expect("plain text");
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut tagged = Tagged::default();
    tagged.fill(&morphology, &layout);
    (0..layout.tokens().len())
        .map(|i| {
            let (word, analysis) = (layout.word(i), tagged.get(i));
            let cut = analysis.cut;
            let mut parts: Vec<String> = cut.proclitics().chars().map(String::from).collect();
            if cut.article {
                parts.push("ال".to_owned());
            }
            parts.push(cut.stem(word).to_owned());
            if !cut.pronoun().is_empty() {
                parts.push(cut.pronoun().to_owned());
            }
            let shows = morphology.inflection(word, &analysis);
            let mut features = String::new();
            let mut add = |feature: Option<String>| {
                if let Some(feature) = feature {
                    features.push(' ');
                    features += &feature;
                }
            };
            add(shows.person.map(|p| format!("{p:?}")));
            add(shows.gender.map(|g| format!("{g:?}")));
            add(shows.number.map(|n| format!("{n:?}")));
            add(shows.aspect.map(|a| format!("{a:?}")));
            add(shows
                .voice
                .filter(|v| *v == Voice::Passive)
                .map(|v| format!("{v:?}")));
            add(shows.definite.then(|| "definite".to_owned()));
            format!(
                "{}/{}/{}{features}",
                parts.join("+"),
                format!("{:?}", analysis.pos).to_uppercase(),
                morphology.lemma(word, &analysis),
            )
        })
        .collect()
}

#[test]
fn words_in_sentences() {
    let table: &[(&str, &[&str])] = &[
        (
            "وسيبلغونه غدا بقرارات اللجنة.",
            &[
                "و+س+يبلغون+ه/VERB/بلغ Third Masculine Plural Imperfect",
                "غدا/NOUN/غد Masculine Singular",
            ],
        ),
        (
            "قالت الوزيرة إن للحرب أسبابا.",
            &[
                "قالت/VERB/قال Third Feminine Singular Perfect",
                "ال+وزيره/NOUN/وزير Feminine Singular definite",
                "ان/SCONJ/ان",
                "ل+ال+حرب/NOUN/حرب Masculine Singular definite",
            ],
        ),
        (
            "وقال المتحدث إنهم لن يقبلوا بأي اتفاق.",
            &[
                "و+قال/VERB/قال Third Masculine Singular Perfect",
                "ال+متحدث/NOUN/متحدث Masculine Singular definite",
                "ان+هم/SCONJ/ان",
                "لن/PART/لن",
                "يقبلوا/VERB/قبل Third Masculine Plural Imperfect",
            ],
        ),
        (
            "ستزور الرئيسة موسكو لمناقشة الأزمة.",
            &[
                "س+تزور/VERB/زار Third Feminine Singular Imperfect",
                "ال+رييسه/NOUN/رئيس Feminine Singular definite",
                "موسكو/PROPN/موسكو Masculine Singular definite",
                "ل+مناقشه/NOUN/مناقشة Feminine Singular",
                "ال+ازمه/NOUN/أزمة Feminine Singular definite",
            ],
        ),
        (
            "استشهد جندي وأصيب عشرة آخرون.",
            &[
                "استشهد/VERB/استشهد Third Masculine Singular Perfect",
                "جندي/NOUN/جندي Masculine Singular",
                "و+اصيب/VERB/أصاب Third Masculine Singular Perfect Passive",
            ],
        ),
        (
            "أعلنت شركة نفط كويتية تأجيل مشروعها.",
            &[
                "اعلنت/VERB/أعلن Third Feminine Singular Perfect",
                "شركه/NOUN/شركة Feminine Singular",
                "نفط/NOUN/نفط Masculine Singular",
                "كويتيه/NOUN/كويتي Feminine Singular",
                "تاجيل/NOUN/تاجيل Masculine Singular",
                "مشروع+ها/NOUN/مشروع Masculine Singular definite",
            ],
        ),
    ];
    for (text, expected) in table {
        let all = read(text);
        assert_eq!(all[..expected.len()], **expected, "{text}");
    }
}

#[test]
fn one_word_however_it_is_spelled() {
    let plain = "وأكد المسؤول أن إيران أرسلت على الفور رسالة إلى القاهرة.";
    for other in [
        "وأكّد المسؤولُ أنَّ إيرانَ أرسلتْ على الفورِ رسالةً إلى القاهرةِ.",
        "واكد المسؤول ان ايران ارسلت على الفور رساله الى القاهره.",
        "وأكــد المسؤول أن إيران أرسلت علي الفور رسالة إلي القاهرة.",
    ] {
        assert_eq!(read(plain), read(other), "{other}");
    }
}

#[test]
fn forms_of_one_verb_share_it() {
    let morphology = Morphology::embedded().expect("the pack is sound");
    let lemma = |text: &str, at: usize| {
        let source = SourceText::new(text).expect("plain text");
        let mut layout = Layout::new();
        layout.analyze(&source);
        let mut tagged = Tagged::default();
        tagged.fill(&morphology, &layout);
        morphology
            .lemma(layout.word(at), &tagged.get(at))
            .to_owned()
    };
    for text in ["قال الوزير نعم.", "يقول الوزير نعم.", "وقالت الوزيرة نعم."]
    {
        assert_eq!(lemma(text, 0), "قال", "{text}");
    }
    for text in ["أكد الوزير موقفه.", "ستؤكد الوزارة موقفها."] {
        assert_eq!(lemma(text, 0), "أكد", "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_alike_twice(text in "[ -~ء-يً-ْـ٠-٩،؛؟«»\u{200f}\n]{0,120}") {
        prop_assume!(SourceText::new(text.as_str()).is_ok());
        let first = read(&text);
        prop_assert_eq!(&first, &read(&text));
    }

    #[test]
    fn pieces_make_the_word(word in "[ء-غف-ي]{1,12}") {
        let morphology = Morphology::embedded().expect("the pack is sound");
        let source = SourceText::new(word.as_str()).expect("letters");
        let mut layout = Layout::new();
        layout.analyze(&source);
        let mut tagged = Tagged::default();
        tagged.fill(&morphology, &layout);
        for i in 0..layout.tokens().len() {
            let (folded, cut) = (layout.word(i), tagged.get(i).cut);
            let stem = cut.stem(folded);
            prop_assert!(!stem.is_empty());
            let rest = &folded[cut.prefix_len()..];
            prop_assert_eq!(rest, format!("{stem}{}", cut.pronoun()));
            prop_assert!(folded.starts_with(cut.proclitics()));
        }
    }
}
