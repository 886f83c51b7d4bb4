//! Variants of a statement and quotations put to the test, on a small archive.

use rawi_archive::Archive;
use rawi_archive::quotes::{Attribution, Checker, Critical, Fate, Finding, Verdict};

use crate::house::{House, line};

/// What four outlets have of one press conference.
const REPORTS: [(&str, &str, &str, &str); 5] = [
    (
        "a",
        "صحيفة النهر",
        "2026-03-01",
        "عقد وزير الري سالم البدري مؤتمرا صحفيا أمس في سهل الغار. وقال وزير الري سالم البدري: «سنبدأ بناء \
         السد الجديد خلال ثلاثة أشهر، ولن نرفع أسعار المياه هذا العام». وحضر المؤتمر ممثلون عن المزارعين \
         وعدد من رؤساء البلديات في المنطقة الشرقية.",
    ),
    (
        "b",
        "جريدة الواحة",
        "2026-03-02",
        "سهل الغار - رويترز: قال سالم البدري: «سنبدأ بناء السد الجديد خلال 3 أشهر ولن نرفع أسعار المياه هذا \
         العام». وتعاني المنطقة من شح المياه منذ أعوام، وفق تقديرات المزارعين.",
    ),
    (
        "c",
        "موقع الميناء",
        "2026-03-02",
        "أعلن وزير الري سالم البدري خططا عدة. وقال البدري: «سنبدأ بناء السد الجديد خلال أربعة أشهر، ولن نرفع \
         أسعار المياه هذا العام». ولم يذكر الوزير كلفة المشروع ولا من يموله.",
    ),
    (
        "d",
        "بريد الجبل",
        "2026-03-03",
        "سهل الغار - رويترز: قال الوزير سالم البدري أمس: «لن نرفع أسعار المياه هذا العام». وكانت الأسعار ارتفعت \
         قبل عامين بعد احتجاجات في عدد من القرى.",
    ),
    (
        "e",
        "بريد الجبل",
        "2026-03-04",
        "تعود فكرة السد إلى عقود مضت، وكتب أهالي القرى على الجدران أن الماء حق لكل بيت ولكل بستان في هذا \
         السهل الكبير. ولا يعرف أحد متى تكتمل الأعمال.",
    ),
];

fn archive(house: &House) -> Archive {
    let mut all = String::new();
    for (id, outlet, day, text) in REPORTS {
        all += &line(&[
            ("id", id),
            ("source", outlet),
            ("date", day),
            ("text", text),
        ]);
    }
    let mut archive = house.open("news.rawi");
    house.ingest(&mut archive, &house.file("news.jsonl", &all));
    archive
}

/// The quotation of an article.
fn statement(archive: &Archive, article: &str) -> i64 {
    let find = "SELECT s.id FROM statement s JOIN version v ON v.id = s.version_id
                WHERE v.given_id = ?1 AND s.form = 'quote' ORDER BY s.starts LIMIT 1";
    let db = archive.database();
    db.query_row(find, [article], |row| row.get(0)).unwrap()
}

#[test]
fn one_quote_over_outlets() {
    let house = House::new();
    let archive = archive(&house);
    let found = archive.variants(statement(&archive, "a")).unwrap();
    let shown: Vec<_> = found
        .variants
        .iter()
        .map(|v| (&*v.report.id, v.verdict))
        .collect();
    let wanted = [
        ("a", Verdict::Verbatim),
        ("b", Verdict::Verbatim),
        ("c", Verdict::Altered),
        ("d", Verdict::Cut),
    ];
    assert_eq!(shown, wanted);
    assert_eq!((found.outlets, found.independent), (4, 3));
    // Two have it from one agency.
    assert_eq!(found.variants[3].copy_of, Some(found.variants[1].statement));
    let changed = &found.variants[2].differences;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].critical, Some(Critical::Number));
    assert_eq!((&*changed[0].first, &*changed[0].second), ("ثلاثة", "أربعة"));
    // Offsets count the article's own characters.
    let text: Vec<char> = REPORTS[2].3.chars().collect();
    let (start, end) = (changed[0].start as usize, changed[0].end as usize);
    assert_eq!(text[start..end].iter().collect::<String>(), "أربعة");
    for variant in &found.variants {
        let names: Vec<&str> = variant.speaker.iter().map(|w| &*w.name).collect();
        assert!(names[0].ends_with("البدري"), "{names:?}");
    }
    let e = archive.variants(7).unwrap_err().to_string();
    assert!(e.contains("no statement 7"), "{e}");
}

#[test]
fn quotations_put_to_the_test() {
    use Finding::*;
    let house = House::new();
    let archive = archive(&house);
    let mut checker = Checker::new(&archive).unwrap();
    let said = Some("سالم البدري");
    let table = [
        ("سنبدأ بناء السد الجديد خلال ثلاثة أشهر", None, Verbatim),
        ("سَنَبدأ بناء السدّ الجديد خلال ٣ أشهر", said, Verbatim),
        (
            "سنبدأ بناء السد الجديد خلال ثلاثة أشهر",
            Some("البدري"),
            Verbatim,
        ),
        (
            "سنبدأ بناء السد الجديد خلال ثلاثة أشهر",
            Some("هدى الزعبي"),
            OtherSpeaker,
        ),
        (
            "سنبدأ بناء السد الجديد خلال ثلاثة أشهر",
            Some("سالم"),
            OtherSpeaker,
        ),
        ("سنبدأ بناء السد … ولن نرفع أسعار المياه", said, Cut),
        ("سنبدأ بناء السد الجديد خلال تسعة أشهر", said, Altered),
        (
            "سنبدأ بناء السد الجديد ونرفع أسعار المياه هذا العام",
            said,
            Altered,
        ),
        ("نرفع أسعار المياه هذا العام", said, Altered),
        ("الماء حق لكل بيت ولكل بستان", None, Verbatim),
        ("ولا يعرف أحد متى تكتمل الأعمال", said, NoSpeaker),
        (
            "سنخفض الضرائب على جميع الشركات الصغيرة العام المقبل",
            said,
            NotFound,
        ),
        ("في هذا", said, TooShort),
        ("", None, TooShort),
    ];
    for (quotation, speaker, wanted) in table {
        let checked = checker.check(quotation, speaker).unwrap();
        assert_eq!(
            checked.finding, wanted,
            "{quotation} {speaker:?} {checked:?}"
        );
        assert_eq!(checked.finding.holds(), matches!(wanted, Verbatim | Cut));
        for place in &checked.places {
            let text = REPORTS.iter().find(|r| r.0 == place.report.id).unwrap().3;
            let chars: Vec<char> = text.chars().collect();
            let there = &chars[place.start as usize..place.end as usize];
            assert_eq!(there.iter().collect::<String>(), place.text);
        }
    }
    let outside = checker.check("ولا يعرف أحد متى تكتمل الأعمال", None).unwrap();
    assert_eq!(outside.finding, Verbatim);
    assert_eq!(outside.places[0].statement, None);
    assert_eq!(outside.places[0].attribution, Attribution::NotAsked);
}

#[test]
fn all_wordings_in_one_table() {
    let house = House::new();
    let archive = archive(&house);
    let found = archive.collation(statement(&archive, "c"), None).unwrap();
    // The oldest is the base.
    assert_eq!(found.base, statement(&archive, "a"));
    let numbered: Vec<usize> = found.rows.iter().map(|r| r.wording).collect();
    assert_eq!(
        numbered,
        [0, 0, 2, 3],
        "a number in digits is the same number"
    );
    assert_eq!((found.outlets, found.wordings), (4, 3));
    let fates = |at: usize| -> Vec<(Fate, &str, &str)> {
        let cells = found.rows[at].cells.iter();
        let differing = cells.filter(|c| c.fate != Fate::Same);
        differing.map(|c| (c.fate, &*c.base, &*c.text)).collect()
    };
    assert_eq!(fates(2), [(Fate::Changed, "ثلاثة", "أربعة")]);
    assert_eq!(found.rows[2].verdict, Verdict::Altered);
    let cut = fates(3);
    assert_eq!(cut.len(), 1, "{cut:?}");
    assert_eq!(cut[0].0, Fate::Beyond);
    for row in &found.rows {
        let width: usize = row.cells.iter().map(|c| c.columns).sum();
        assert_eq!(width, found.columns.len());
    }
    let other = archive.collation(found.statement, Some(found.rows[3].variant.statement));
    assert_eq!(other.unwrap().rows[3].wording, 3);
    let none = archive.collation(found.statement, Some(7)).unwrap_err();
    assert!(none.to_string().contains("no wording"), "{none}");
}
