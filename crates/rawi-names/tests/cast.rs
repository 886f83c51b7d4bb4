//! Who is found in a text, under which name: a table of invented sentences.

use rawi_names::phrase::Reader;
use rawi_names::{Cast, Extent, Kind, Words};
use rawi_text::{Layout, SourceText};

/// A text with its stages filled.
struct Text {
    source: SourceText,
    layout: Layout,
    words: Words,
}

impl Text {
    fn new(text: &str) -> Self {
        let source = SourceText::new(text).expect("the cases are plain text");
        let mut layout = Layout::new();
        layout.analyze(&source);
        let mut words = Words::default();
        words.fill(&source, &layout);
        Text {
            source,
            layout,
            words,
        }
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            source: &self.source,
            layout: &self.layout,
            words: &self.words,
        }
    }
}

#[test]
fn people_are_found_under_their_fullest_name() {
    let table: [(&str, &[&str]); 9] = [
        (
            "وصل وزير الخارجية المصري سامي الكيلاني أمس.",
            &["سامي الكيلاني"],
        ),
        (
            "التقى الكيلاني السفير، ثم غادر سامي الكيلاني.",
            &["سامي الكيلاني"],
        ),
        (
            "قرأ محمد بن راشد العبدلي البيان.",
            &["محمد بن راشد العبدلي"],
        ),
        ("حضر الأمير علي بن الحسن الحفل.", &["علي بن الحسن"]),
        (
            "استقبلت الرئيسة هدى المنصور في القصر وليد حداد.",
            &["هدى المنصور", "وليد حداد"],
        ),
        (
            "قال المدرب الإسباني كارلوس مونتيرو نعم.",
            &["كارلوس مونتيرو"],
        ),
        ("زار عبد الله الشامي المدينة.", &["عبد الله الشامي"]),
        ("دخل وزير المالية القاعة.", &[]),
        ("ارتفعت الأسعار على نحو مفاجئ.", &[]),
    ];
    for (text, wanted) in table {
        let text = Text::new(text);
        let mut cast = Cast::default();
        cast.survey(&text.reader());
        let names: Vec<&str> = cast.entities().iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, wanted, "{}", text.source.as_str());
    }
}

#[test]
fn phrases_end_where_the_next_begins() {
    let table = [
        (
            "وزارة الصحة الليبية الحكومة",
            "وزارة الصحة الليبية",
            Kind::Body,
        ),
        ("المنظمة الحكومة بفتح", "المنظمة", Kind::Body),
        ("رئيس الوزراء المواطنين إلى", "رئيس الوزراء", Kind::Person),
        ("مصدر في الشركة أن", "مصدر في الشركة", Kind::Person),
        (
            "حزب العدالة والتنمية أن",
            "حزب العدالة والتنمية",
            Kind::Body,
        ),
        (
            "الهند وكوريا الجنوبية أن",
            "الهند وكوريا الجنوبية",
            Kind::Place,
        ),
        (
            "خالد الشريف، المستشار الإعلامي، إن",
            "خالد الشريف، المستشار الإعلامي",
            Kind::Person,
        ),
        (
            "منتقدو هذه الإجراءات إنها",
            "منتقدو هذه الإجراءات",
            Kind::Group,
        ),
        (
            "صحيفة «الضفة» اليومية أن",
            "صحيفة «الضفة» اليومية",
            Kind::Body,
        ),
        ("المادة 14 أن", "المادة 14", Kind::Other),
    ];
    for (text, wanted, kind) in table {
        let text = Text::new(text);
        let count = text.layout.tokens().len();
        let end = text.reader().extent(0, count, Extent::Strict);
        let span = text.layout.cover(0..end);
        assert_eq!(text.source.slice(span), Some(wanted));
        assert_eq!(text.reader().describe(0..end).kind, kind, "{wanted}");
    }
}

#[test]
fn later_mentions_lead_back() {
    let table = [
        (
            "وصل وزير النقل وليد الصافي. وتحدث الوزير",
            "الوزير",
            "وليد الصافي",
        ),
        ("أعلن مصدر عسكري ذلك. وأضاف المصدر", "المصدر", "مصدر عسكري"),
        (
            "قالت حركة التضامن الوطني. ودعت الحركة",
            "الحركة",
            "حركة التضامن الوطني",
        ),
        (
            "تحدث مسؤولون في البلدية. وأوضح المسؤولون",
            "المسؤولون",
            "مسؤولون في البلدية",
        ),
    ];
    for (text, later, name) in table {
        let text = Text::new(text);
        let reader = text.reader();
        let mut cast = Cast::default();
        cast.survey(&reader);
        // The first phrase after the verb, then the later one.
        let count = text.layout.tokens().len();
        let first = reader.describe(1..reader.extent(1, count, Extent::Strict));
        let (known, _) = cast.meet(&reader, &first, &[]);
        let at = count - 1;
        assert_eq!(
            text.layout.cover(at..count),
            reader.layout.tokens()[at].span
        );
        let (id, _) = cast.meet(&reader, &reader.describe(at..count), &[known]);
        assert_eq!(cast.get(id).name, name, "{later}");
    }
}

#[test]
fn mentions_lie_side_by_side_and_hold_the_name() {
    let texts = [
        "وصل الوزير سامر البيطار. وقال البيطار، الوزير السابق، إن سامر البيطار بخير.",
        "التقى عبد الله النحال عبدالله النحال، ثم غادر النحال.",
        "صرح للصحفيين رئيس بلدية الزهراء سامر البيطار ورئيس بلدية النخيل.",
    ];
    for text in texts {
        let text = Text::new(text);
        let reader = text.reader();
        let mut cast = Cast::default();
        cast.survey(&reader);
        let count = text.layout.tokens().len();
        for start in 0..count {
            let end = reader.extent(start, count, Extent::Strict);
            if end > start {
                cast.meet(&reader, &reader.describe(start..end), &[]);
            }
        }
        for entity in cast.entities() {
            let spans = entity.mentions.iter().map(|m| m.span);
            assert!(
                spans
                    .clone()
                    .zip(spans.clone().skip(1))
                    .all(|(a, b)| a.end <= b.start),
                "{entity:?}"
            );
            let named = spans
                .filter_map(|s| text.source.slice(s))
                .any(|mention| mention == entity.name || entity.name == format!("ا{mention}"));
            assert!(named, "{entity:?}");
        }
    }
}
