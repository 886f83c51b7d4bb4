//! Events that statements are, in invented sentences.

use rawi_events::{Event, read};
use rawi_names::phrase::Reader;
use rawi_names::{Cast, EntityId, Words};
use rawi_speech::Worker;
use rawi_text::{Layout, SourceText};

fn events(text: &str) -> Vec<String> {
    let source = SourceText::new(text).expect("the cases are plain text");
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut words = Words::default();
    words.fill(&source, &layout);
    let mut worker = Worker::new();
    worker.mark(&source, &layout, &mut words);
    let mut cast = Cast::default();
    cast.survey(&Reader {
        source: &source,
        layout: &layout,
        words: &words,
    });
    let statements = worker.read(&source, &layout, &words, &mut cast);
    let names = |ids: &[EntityId]| {
        ids.iter()
            .map(|&id| cast.get(id).name.as_str())
            .collect::<Vec<_>>()
            .join("، ")
    };
    let line = |e: &Event| {
        let claimed = e
            .claimed_by
            .map_or(String::new(), |id| format!(" by {}", cast.get(id).name));
        format!(
            "{} {} -> {}{claimed}",
            e.kind.name(),
            names(&e.actors),
            names(&e.recipients)
        )
    };
    read(&statements, &cast).iter().map(line).collect()
}

#[test]
fn statements_that_are_events() {
    let table: [(&str, &[&str]); 6] = [
        (
            "طالبت المنظمة الحكومة بفتح تحقيق مستقل.",
            &["REQUEST المنظمة -> الحكومة"],
        ),
        (
            "اتهم الرئيس السوداني المعارضة بعرقلة الحوار.",
            &["ACCUSE الرئيس السوداني -> المعارضة"],
        ),
        // Nobody is spoken to, so there is no second side.
        ("شدد الوزير على ضرورة الحوار.", &[]),
        ("دعا رئيس البلدية إلى ترشيد المياه.", &[]),
        // The press is no side of a political event.
        ("قال الوزير لوكالة رويترز إن القرار نهائي.", &[]),
        ("وصل الوفد إلى العاصمة أمس.", &[]),
    ];
    for (text, wanted) in table {
        assert_eq!(events(text), wanted, "{text}");
    }
}
