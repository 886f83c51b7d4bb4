//! What holds for every text.

use proptest::prelude::*;
use rawi_text::{Layout, SourceText};
use rawi_time::number::{self, Gender};
use rawi_time::{Anchor, Date, TimeMention, value::Value};

/// Words that time expressions are made of, and what may stand between.
const PIECES: &[&str] = &[
    "يوم",
    "اليوم",
    "أمس",
    "غدا",
    "بعد غد",
    "الأحد",
    "الجمعة",
    "أحد",
    "الاثنين",
    "مارس",
    "آب",
    "شباط",
    "رمضان",
    "شوال",
    "تشرين",
    "الأول",
    "الثاني",
    "شهر",
    "الشهر",
    "عام",
    "العام",
    "سنة",
    "الماضي",
    "المقبل",
    "الجاري",
    "نفسه",
    "الأخير",
    "قبل",
    "بعد",
    "منذ",
    "خلال",
    "من",
    "إلى",
    "حتى",
    "بين",
    "و",
    "في",
    "الساعة",
    "صباحا",
    "مساء",
    "فجر",
    "نصف",
    "ربع",
    "إلا",
    "كل",
    "هذا",
    "ذلك",
    "عدة",
    "أيام",
    "عقود",
    "قرن",
    "القرن",
    "الثمانينيات",
    "ثلاث",
    "خمسة",
    "عشر",
    "عشرين",
    "مئة",
    "ألف",
    "ألفين",
    "مليون",
    "الثالثة",
    "أسبوعين",
    "عيد الفطر",
    "رأس السنة",
    "هـ",
    "م",
    "الموافق",
    "بتوقيت غرينتش",
    "صيف",
    "الربع",
    "بداية",
    "نهاية الأسبوع",
    "آخر",
    "0",
    "1",
    "31",
    "32",
    "12",
    "٢٠١٥",
    "۱۴۰۰",
    "2015",
    "1436",
    "99999999999999999999",
    "14",
    "30",
    "/",
    "-",
    ":",
    "،",
    "(",
    ")",
    ".",
    "\n",
    "%",
    "كتاب",
    "a",
];

fn find(text: &str, anchor: &Anchor) -> Vec<TimeMention> {
    let Ok(source) = SourceText::new(text) else {
        return Vec::new();
    };
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut out = Vec::new();
    rawi_time::find(&source, &layout, anchor, &mut out);
    out
}

fn texts() -> impl Strategy<Value = String> {
    let piece = (
        prop::sample::select(PIECES),
        prop::sample::select(&["", " ", " "][..]),
    );
    prop::collection::vec(piece, 0..24).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect()
    })
}

fn days() -> impl Strategy<Value = Date> {
    (1..=9999i32, 1..=12u8, 1..=28u8).prop_filter_map("a day", |(y, m, d)| Date::new(y, m, d))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn values_parse_and_spans_stand_in_order(text in texts(), day in days()) {
        let mut end = 0;
        for time in find(&text, &Anchor::published(day)) {
            let range = time.span.range();
            prop_assert!(range.start >= end && range.end > range.start);
            prop_assert!(text.get(range.clone()).is_some());
            end = range.end;
            if let Some(value) = time.value {
                prop_assert_eq!(Value::parse(&value.to_string()), Some(value));
            }
        }
    }

    #[test]
    fn the_day_changes_values_and_no_spans(text in texts(), day in days()) {
        let spans = |anchor| -> Vec<_> { find(&text, &anchor).iter().map(|t| t.span).collect() };
        prop_assert_eq!(spans(Anchor::published(day)), spans(Anchor::unknown()));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC*") {
        find(&text, &Anchor::published(Date::new(2025, 2, 12)));
    }

    #[test]
    fn digits_of_any_script_are_survived(text in "[0-9٠-٩۰-۹/:.,٫٬هـم -]{0,40}") {
        find(&text, &Anchor::published(Date::new(2025, 2, 12)));
    }

    #[test]
    fn numbers_come_back_from_their_words(n in 0..1_000_000_000_000_000u64, feminine: bool) {
        let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
        prop_assert_eq!(number::cardinal(&number::spell(n, gender)), Some(n));
    }
}

#[test]
fn small_numbers_and_all_ordinals_come_back() {
    for gender in [Gender::Masculine, Gender::Feminine] {
        for n in 0..10_000 {
            assert_eq!(number::cardinal(&number::spell(n, gender)), Some(n));
        }
        for n in 1..100 {
            let words = number::spell_ordinal(n, gender).expect("an ordinal");
            assert_eq!(number::ordinal(&words), Some(n), "{words}");
        }
    }
    assert_eq!(number::spell_ordinal(100, Gender::Masculine), None);
}

#[test]
fn newspaper_spellings_of_numbers_are_read() {
    for (words, value) in [
        ("ثلاثمائة", 300),
        ("ثلاث مئة", 300),
        ("ثلاثمئة وخمسون", 350),
        ("خمسمائة و خمسة و عشرون", 525),
        ("ثمان عشرة", 18),
        ("ثماني عشرة", 18),
        ("إحدى عشرة", 11),
        ("اثنتي عشرة", 12),
        ("مئتان وألف", 0),
        ("ألفان وأربعة وعشرون", 2024),
        ("ألف وتسعمائة وثمانية وأربعين", 1948),
        ("ثلاثة آلاف و500", 3500),
        ("١٠٠ ألف", 100_000),
        ("3 ملايين و200 ألف", 3_200_000),
        ("مليونين وثلاثمائة ألف", 2_300_000),
        ("١٬٢٠٠٬٠٠٠", 1_200_000),
        ("خمسة وعشرين ألفا", 25_000),
        ("مائة ألف وواحد", 100_001),
    ] {
        let expected = (value > 0).then_some(value);
        assert_eq!(number::cardinal(words), expected, "{words}");
    }
    for (words, value) in [
        ("الأول", 1),
        ("أولى", 1),
        ("الحادي عشر", 11),
        ("الثانية عشرة", 12),
        ("الخامس والعشرين", 25),
        ("الواحد والثلاثون", 31),
        ("التسعون", 90),
    ] {
        assert_eq!(number::ordinal(words), Some(value), "{words}");
    }
    for words in ["", "كتاب", "ثلاثة كتب", "آلاف", "و", "عشرون وثلاثة"]
    {
        assert_eq!(number::cardinal(words), None, "{words}");
    }
    for (words, value) in [
        ("-١٫٢", -1.2),
        ("٧٧/١٠٠", 0.77),
        ("واحد فاصلة خمسة", 1.5),
        (".77", 0.77),
        ("1,234.5", 1234.5),
    ] {
        assert_eq!(number::decimal(words), Some(value), "{words}");
    }
}
