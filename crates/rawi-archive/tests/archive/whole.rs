//! One article with everything that is known of it.

use crate::house::{House, column, line};

const TEXT: &str = "أعلنت وزيرة النقل ليلى الشكيراوي في مؤتمر صحفي أن الجسر سيفتح في نيسان أمام الشاحنات والحافلات بعد عامين من العمل. وقالت الشكيراوي: «لن تكون هناك رسوم على العبور في الأشهر الستة الأولى». واعتقلت الشرطة رجلين حاولا دخول الموقع.";

#[test]
fn wordings_copies_and_numbers_are_told() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let changed = TEXT.replace("نيسان", "أيار");
    let give = |outlet, text, date| {
        let url = format!("https://{outlet}.example/17");
        line(&[
            ("text", text),
            ("url", &url),
            ("source", outlet),
            ("date", date),
        ])
    };
    let news = [
        give("nahr", TEXT, "2026-03-02"),
        give("jisr", TEXT, "2026-03-03"),
        give("nahr", &changed, "2026-03-02"),
    ];
    house.ingest(&mut archive, &house.file("1.jsonl", &news.concat()));
    let ids = column(&archive, "SELECT id FROM version ORDER BY id");
    let ids: Vec<i64> = ids.iter().map(|id| id.parse().unwrap()).collect();
    let whole = archive.whole(ids[0]).unwrap().unwrap();
    assert_eq!(whole.text, TEXT);
    assert_eq!(whole.article.outlet.as_deref(), Some("nahr"));
    let wordings: Vec<_> = whole
        .wordings
        .iter()
        .map(|w| (w.version, w.number, w.current))
        .collect();
    assert_eq!(wordings, [(ids[0], 1, false), (ids[1], 2, true)]);
    assert!(whole.wordings.iter().all(|w| w.noted.is_some()));
    let copies: Vec<_> = whole.copies.iter().map(|c| c.version).collect();
    assert_eq!(copies, [ids[2]]);
    assert_eq!(whole.statements.len(), whole.reading.statements.len());
    assert_eq!(whole.events.len(), whole.reading.events.len());
    let speaker = whole.reading.statements[0].speaker.as_ref().unwrap();
    let minister = whole.cast[&speaker.entity].id;
    assert_eq!(whole.cast[&speaker.entity].name, speaker.name);

    // Whoever is merged is told as whom it is.
    let other = archive.whole(ids[2]).unwrap().unwrap();
    let other = other.cast.values().find(|e| e.id != minister).unwrap().id;
    archive.merge_entities(&[minister, other], "test").unwrap();
    let merged = archive.whole(ids[0]).unwrap().unwrap();
    assert_eq!(merged.cast[&speaker.entity].id, minister.min(other));
    assert_eq!(archive.whole(1).unwrap(), None);
}
