//! Who is mentioned in a text, and who of them is who: tables of invented sentences.

use rawi_morph::{Morphology, Tagged};
use rawi_names::phrase::Reader;
use rawi_names::{
    Cast, Day, Extent, Kind, Labels, LinkModel, MentionId, MentionKind, NameModel, Words,
};
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

    /// The text with what the models say of its words.
    fn advised(text: &str) -> Self {
        let mut text = Text::new(text);
        let mut tagged = Tagged::default();
        let morphology = Morphology::embedded().expect("the model is part of the program");
        tagged.fill(&morphology, &text.layout);
        let mut labels = Labels::default();
        let names = NameModel::embedded().expect("the model is part of the program");
        labels.fill(&names, &text.layout, &tagged, &text.words);
        text.words.advise(&text.layout, &tagged, &labels);
        text
    }

    fn reader(&self) -> Reader<'_> {
        Reader {
            source: &self.source,
            layout: &self.layout,
            words: &self.words,
        }
    }

    fn cast(&self) -> Cast {
        let links = LinkModel::embedded().expect("the model is part of the program");
        let mut cast = Cast::default();
        cast.fill(&self.reader(), &links, None);
        cast
    }

    /// The mentions of a cast whose characters are these.
    fn mentions(&self, cast: &Cast, wanted: &str) -> Vec<MentionId> {
        let all = cast.mentions().all().iter().enumerate();
        all.filter(|(_, m)| self.source.slice(m.span) == Some(wanted))
            .map(|(i, _)| MentionId(i as u32))
            .collect()
    }
}

#[test]
fn mentions_are_names_and_titles_as_they_stand() {
    use MentionKind::{Name, Title};
    let table: [(&str, &[(&str, MentionKind)]); 4] = [
        (
            "قال وزير النقل الدكتور سالم البدري إن الطريق مفتوح.",
            &[
                ("وزير النقل", Title),
                ("الدكتور", Title),
                ("سالم البدري", Name),
            ],
        ),
        (
            "وصل سالم البدري، رئيس بلدية الزهراء، إلى القاهرة.",
            &[("سالم البدري", Name), ("القاهرة", Name)],
        ),
        (
            "قال المتحدث باسم وزارة الصحة وليد حداد للصحفيين إن اللقاح متوفر.",
            &[
                ("المتحدث باسم وزارة الصحة", Title),
                ("وزارة الصحة", Name),
                ("وليد حداد", Name),
            ],
        ),
        (
            "التقى عبد الله الشامي وبالقاهرة سامر الكيلاني.",
            &[("عبد الله الشامي", Name), ("سامر الكيلاني", Name)],
        ),
    ];
    for (text, wanted) in table {
        let text = Text::advised(text);
        let cast = text.cast();
        for &(string, kind) in wanted {
            let found = text.mentions(&cast, string);
            let kinds: Vec<_> = found.iter().map(|&m| cast.mentions().get(m).kind).collect();
            assert_eq!(kinds, [kind], "{string} in {}", text.source.as_str());
        }
    }
}

#[test]
fn strings_lead_to_one_entity_or_to_two() {
    // The text, two strings of it, and whether they mean the same one.
    let table = [
        (
            "وصل وزير النقل وليد الصافي. وتحدث الوزير عن الطريق.",
            "وليد الصافي",
            "الوزير",
            true,
        ),
        (
            "قال سامر الكيلاني إن السوق مفتوح. وأضاف الكيلاني أن الأسعار ثابتة.",
            "سامر الكيلاني",
            "الكيلاني",
            true,
        ),
        (
            "قال عبد الله النحال إن السوق مفتوح. وأضاف عبدالله النحال أن الأسعار ثابتة.",
            "عبد الله النحال",
            "عبدالله النحال",
            true,
        ),
        (
            "قال عبد الله النحال إن السوق مفتوح. وقال عبد الإله النحال إن الأسعار ثابتة.",
            "عبد الله النحال",
            "عبد الإله النحال",
            false,
        ),
        (
            "قال رائف المنصور إن السوق مفتوح. وقال رائف المنصوري إن الأسعار ثابتة.",
            "رائف المنصور",
            "رائف المنصوري",
            false,
        ),
        (
            "قالت منظمة الضفاف للتعليم إن المدارس مفتوحة. وأضافت المنظمة أن العام بدأ.",
            "منظمة الضفاف للتعليم",
            "المنظمة",
            true,
        ),
        (
            "أعلنت وزارة الصحة المصرية ذلك. وقالت الوزارة إن اللقاح متوفر.",
            "وزارة الصحة المصرية",
            "الوزارة",
            true,
        ),
    ];
    for (text, one, other, same) in table {
        let text = Text::advised(text);
        let cast = text.cast();
        let who = |string| {
            let found = text.mentions(&cast, string);
            let first = found.first().copied();
            first.map(|m| cast.who(m))
        };
        let (a, b) = (who(one), who(other));
        assert!(
            a.is_some() && b.is_some(),
            "{one}, {other} in {}",
            text.source.as_str()
        );
        assert_eq!(a == b, same, "{one}, {other} in {}", text.source.as_str());
    }
}

#[test]
fn an_office_leads_to_whoever_held_it_that_day() {
    // Real offices, and nothing that anybody did.
    let text = "صورة تجمع فيصل بن فرحان وسالم البدري. وهذا وزير الخارجية السعودي.";
    let text = Text::advised(text);
    let links = LinkModel::embedded().expect("the model is part of the program");
    let led = |year| {
        let mut cast = Cast::default();
        cast.fill(&text.reader(), &links, Some(Day::new(year, 6, 1)));
        let who = |string| text.mentions(&cast, string).first().map(|&m| cast.who(m));
        let title = who("وزير الخارجية السعودي");
        title.is_some() && title == who("فيصل بن فرحان")
    };
    assert!(led(2021));
    assert!(!led(2010));
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
fn a_cast_is_whole() {
    let texts = [
        "وصل الوزير سامر البيطار. وقال البيطار، الوزير السابق، إن سامر البيطار بخير.",
        "التقى عبد الله النحال عبدالله النحال، ثم غادر النحال.",
        "صرح للصحفيين رئيس بلدية الزهراء سامر البيطار ورئيس بلدية النخيل.",
        "قالت الوكالة الدولية للضفاف (IAD) إن المشروع بدأ. وأضافت الوكالة ذلك.",
    ];
    for text in texts {
        let text = Text::advised(text);
        let cast = text.cast();
        let again = text.cast();
        let all = cast.mentions().all();
        assert!(
            all.iter()
                .zip(&all[1..])
                .all(|(a, b)| a.tokens.start <= b.tokens.start)
        );
        let mut of = 0;
        for (i, entity) in cast.entities().iter().enumerate() {
            let id = rawi_names::EntityId(i);
            assert_eq!(entity.name, again.get(id).name);
            let mentions = cast.mentions_of(id);
            of += mentions.len();
            let spans: Vec<_> = mentions.map(|m| m.span).collect();
            assert!(
                spans
                    .iter()
                    .zip(spans.iter().skip(1))
                    .all(|(a, b)| a.start <= b.start)
            );
            assert!(
                spans
                    .iter()
                    .all(|&s| text.source.slice(s).is_some_and(|s| !s.is_empty()))
            );
        }
        assert_eq!(
            of,
            all.len(),
            "every mention is somebody's, and nobody's twice"
        );
        for i in 0..all.len() {
            let id = MentionId(i as u32);
            assert_eq!(cast.who(id), again.who(id));
        }
    }
}

#[test]
fn long_texts_without_an_end_are_read() {
    let texts = [
        "سالم البدري وليد ".repeat(5_000),
        "الوزارة والشركة والوزير ".repeat(5_000),
        "نادي الضفاف والنادي والضفاف ".repeat(5_000),
        "وزير النقل سالم البدري، الوزير، المصدر ذاته، ".repeat(2_000),
    ];
    for text in texts {
        let cast = Text::advised(&text).cast();
        assert!(cast.mentions().all().len() >= 5_000);
    }
}
