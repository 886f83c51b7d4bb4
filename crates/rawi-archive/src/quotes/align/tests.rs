use proptest::prelude::*;

use super::*;
use crate::quotes::words::Comparer;

fn aligned(a: &str, b: &str) -> Alignment {
    let mut comparer = Comparer::new().unwrap();
    let (a, b) = (comparer.words(a), comparer.words(b));
    align(&a, &b)
}

/// The verdict on a quotation in a text, what is critical, and the place.
fn located(text: &str, quotation: &str) -> Option<(Verdict, Vec<Critical>, String)> {
    let mut comparer = Comparer::new().unwrap();
    let (words, quoted) = (comparer.words(text), comparer.words(quotation));
    let found = locate(&words, &quoted)?;
    let critical = found.differences.iter().filter_map(|d| d.critical);
    let within = &words[found.within.clone()];
    let span = within[0].span.cover(within[within.len() - 1].span);
    Some((
        found.verdict,
        critical.collect(),
        text[span.range()].to_owned(),
    ))
}

#[test]
fn two_wordings_and_their_verdicts() {
    use Verdict::*;
    let said = "سنبدأ بناء السد الجديد في سهل الغار خلال ثلاثة أشهر ولن نرفع أسعار المياه هذا العام";
    let table = [
        (said, Verbatim, None),
        // Signs, conjunctions and numbers in digits are no other words.
        (
            "وسنبدأ بِناءَ السد الجديد في سهل الغار خلال 3 أشهر، ولن نرفع أسعار المياه هذا العام",
            Verbatim,
            None,
        ),
        (
            "سنبدأ بناء السد الجديد في سهل الغار خلال ثلاثة أشهر",
            Cut,
            None,
        ),
        ("لن نرفع أسعار المياه هذا العام", Cut, None),
        (
            "سنبدأ بناء السد الجديد ولن نرفع أسعار المياه هذا العام",
            Cut,
            None,
        ),
        (
            "سنبدأ بناء السد الجديد في سهل الغار خلال أربعة أشهر ولن نرفع أسعار المياه هذا العام",
            Altered,
            Some(Critical::Number),
        ),
        (
            "سنبدأ بناء السد الجديد في سهل الغار خلال ثلاثة أشهر ونرفع أسعار المياه هذا العام",
            Altered,
            Some(Critical::Negation),
        ),
        (
            "سنبدأ بناء الجسر الجديد في سهل الغار خلال ثلاثة أشهر ولن نرفع أسعار المياه هذا العام",
            Altered,
            None,
        ),
        (
            "سنبدأ بناء السد الجديد في السهل الغار خلال ثلاثة أشهر ولن نرفع سعر المياه هذا العام",
            Altered,
            None,
        ),
        (
            "أسعار المياه لا ترتفع هذا العام حسب الوزير، والسد الجديد بناؤه يبدأ قريبا في سهل الغار",
            Paraphrased,
            None,
        ),
        (
            "زار الوفد متحف المدينة والتقى طلاب المدارس أمس",
            Different,
            None,
        ),
        ("", Different, None),
    ];
    for (other, verdict, critical) in table {
        let there = aligned(said, other);
        assert_eq!(there.verdict, verdict, "{other} {there:?}");
        let found = there.differences.iter().find_map(|d| d.critical);
        if verdict == Altered {
            assert_eq!(found, critical, "{other}");
        }
        assert_eq!(
            aligned(other, said).verdict,
            verdict,
            "turned around: {other}"
        );
    }
}

#[test]
fn percentages_are_the_same_in_all_ways() {
    let ways = ["5%", "5 في المئة", "خمسة بالمئة", "٥ ٪", "5 في المائة"];
    for a in ways {
        for b in ways {
            let of = |way| format!("سترتفع رواتب المعلمين {way} بداية العام المقبل");
            assert_eq!(
                aligned(&of(a), &of(b)).verdict,
                Verdict::Verbatim,
                "{a} {b}"
            );
        }
    }
    let other = aligned(
        "سترتفع رواتب المعلمين 5% بداية العام",
        "سترتفع رواتب المعلمين 6% بداية العام",
    );
    assert_eq!(other.differences[0].critical, Some(Critical::Number));
}

#[test]
fn quotations_in_a_text() {
    use Verdict::*;
    let text = "أعلنت وزارة الري أمس خطة جديدة. وقال الوزير سالم البدري: «سنبدأ بناء السد الجديد \
        في سهل الغار خلال ثلاثة أشهر، ولن نرفع أسعار المياه هذا العام». وأضاف أن «العمل يسير كما \
        خطط له، غير أن الأمطار أخرت بعض المراحل» في المنطقة.";
    let table = [
        (
            "سنبدأ بناء السد الجديد في سهل الغار",
            Some((Verbatim, None)),
        ),
        ("سنبدأ بناء السد … ولن نرفع أسعار المياه", Some((Cut, None))),
        ("سنبدأ بناء السد [...] أخرت بعض المراحل", Some((Cut, None))),
        ("سنبدأ بناء السد خلال ثلاثة أشهر", Some((Cut, None))),
        (
            "نرفع أسعار المياه هذا العام",
            Some((Altered, Some(Critical::Negation))),
        ),
        (
            "سنبدأ بناء السد الجديد … ونرفع أسعار المياه هذا العام",
            Some((Altered, Some(Critical::Negation))),
        ),
        ("ولن نرفع أسعار المياه … سنبدأ بناء السد الجديد", None),
        (
            "سنبدأ بناء السد الجديد في سهل الغار خلال خمسة أشهر",
            Some((Altered, Some(Critical::Number))),
        ),
        ("سنبدأ هدم السد الجديد في سهل الغار", Some((Altered, None))),
        ("أن الأمطار أخرت بعض المراحل", Some((Verbatim, None))),
        ("الأمطار أخرت كل المراحل", Some((Altered, None))),
        ("لن يكون هناك أي تراجع عن قرار البلدية", None),
        ("السد في العام", None),
    ];
    for (quotation, wanted) in table {
        let found = located(text, quotation);
        let shown = format!("{quotation}: {found:?}");
        match (found, wanted) {
            (None, None) => {}
            (Some((verdict, critical, _)), Some((wanted, why))) => {
                assert_eq!(verdict, wanted, "{shown}");
                assert_eq!(critical.first().copied(), why, "{shown}");
            }
            (Some((Altered, ..)), None) if quotation.starts_with("ولن") => {}
            _ => panic!("{shown}"),
        }
    }
    let (_, _, place) = located(text, "سنبدأ بناء السد … ولن نرفع").unwrap();
    assert!(
        place.starts_with("سنبدأ بناء") && place.ends_with("ولن نرفع"),
        "{place}"
    );
}

#[test]
fn long_wordings_take_bounded_time() {
    let words = |from: usize, n: usize| -> String {
        (from..from + n).map(|i| format!("كلمة{i} ")).collect()
    };
    let mut comparer = Comparer::new().unwrap();
    let (a, b) = (
        comparer.words(&words(0, 40_000)),
        comparer.words(&words(500, 40_000)),
    );
    let begun = std::time::Instant::now();
    align(&a, &b);
    locate(&a, &b[..LONGEST]);
    assert!(begun.elapsed().as_secs() < 20);
}

/// A sentence of a few different words, so that they come again.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "الوزير",
        "وزير",
        "لن",
        "لا",
        "في",
        "السد",
        "سدود",
        "5",
        "خمسة",
        "%",
        "…",
        "مياه",
        "وقال",
        "غير",
        "أن",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn a_wording_is_its_own(text in sentence()) {
        let own = aligned(&text, &text);
        let mut comparer = Comparer::new().unwrap();
        match comparer.words(&text).is_empty() {
            true => prop_assert_eq!(own.verdict, Verdict::Different),
            false => prop_assert_eq!(own.verdict, Verdict::Verbatim),
        }
    }

    #[test]
    fn differences_account_for_every_word(a in sentence(), b in sentence()) {
        let mut comparer = Comparer::new().unwrap();
        let (first, second) = (comparer.words(&a), comparer.words(&b));
        let found = align(&first, &second);
        let in_first: usize = found.differences.iter().map(|d| d.first.len()).sum();
        let in_second: usize = found.differences.iter().map(|d| d.second.len()).sum();
        // What is the same stands in both.
        prop_assert_eq!(first.len() - in_first, second.len() - in_second);
        let turned = align(&second, &first);
        prop_assert_eq!(found.verdict == Verdict::Verbatim, turned.verdict == Verdict::Verbatim);
    }

    #[test]
    fn what_stands_in_a_text_is_found(
        before in sentence(), quoted in "[بتثجحخ]{3,6}( [بتثجحخ]{3,6}){3,9}", after in sentence()
    ) {
        let text = format!("{before}. {quoted} {after}");
        if let Some((verdict, critical, _)) = located(&text, &quoted) {
            let negated = critical.contains(&Critical::Negation);
            prop_assert!(verdict == Verdict::Verbatim || negated, "{:?}", verdict);
        } else {
            prop_assert!(false, "not found");
        }
    }

    #[test]
    fn nothing_panics(text in "(\\PC|[0-9٪%….لاو ]){0,60}", quoted in "(\\PC|[0-9٪%….لاو ]){0,30}") {
        aligned(&text, &quoted);
        located(&text, &quoted);
    }
}
