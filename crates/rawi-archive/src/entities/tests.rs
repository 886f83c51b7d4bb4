//! Who must be one by the rules, and who not.

use rawi::{Article, Reader};
use rusqlite::Connection;

use super::Linker;
use super::key::{Key, are_several, folded};
use super::recent::Recent;
use crate::schema;

/// An entity as a reading has it: type, name, link, country.
type Who = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

fn key((kind, name, link, country): Who) -> Key {
    Key::from(link, kind, folded(name), country)
}

#[test]
fn who_is_one_and_who_is_not() {
    let one: &[(Who, Who)] = &[
        // Spellings of a name.
        (
            ("PER", "إيمان البيطار", None, None),
            ("PER", "ايمان البيطار", None, None),
        ),
        (
            ("PER", "هُدى الزعبي", None, None),
            ("PER", "هدى  الزعبي", None, None),
        ),
        // A country is more often the employer's than the person's.
        (
            ("PER", "سالم البدري", None, Some("JOR")),
            ("PER", "سالم البدري", None, Some("ESP")),
        ),
        (
            ("PER", "سالم البدري", None, None),
            ("PER", "سالم البدري", None, Some("JOR")),
        ),
        // A link counts more than the name.
        (
            ("PER", "سالم البدري", Some("Q1"), None),
            ("PER", "البدري", Some("Q1"), None),
        ),
        (
            ("ORG", "شركة النهر", Some("Q2"), None),
            ("MEDIA", "النهر", Some("Q2"), None),
        ),
        // Kinds of bodies, and of places.
        (
            ("ORG", "منصة الواحة", None, None),
            ("MEDIA", "منصة الواحة", None, None),
        ),
        (("GPE", "الضفاف", None, None), ("LOC", "الضفاف", None, None)),
        (
            ("ORG", "شركة الواحة للنقل", None, None),
            ("ORG", "شركة الواحة للنقل", None, Some("JOR")),
        ),
        // Bodies that every country has one of, of one country.
        (
            ("ORG", "الحكومة", None, Some("JOR")),
            ("ORG", "الحكومة", None, Some("JOR")),
        ),
        // A phrase is a phrase.
        (
            ("ANON", "مصدر أمني", None, None),
            ("ANON", "مصدر امني", None, Some("IRQ")),
        ),
    ];
    for (a, b) in one {
        assert_eq!(key(*a), key(*b), "{a:?} {b:?}");
    }
    let not: &[(Who, Who)] = &[
        (
            ("PER", "سالم البدري", None, None),
            ("PER", "سالم فهد البدري", None, None),
        ),
        (
            ("PER", "سالم البدري", None, None),
            ("PER", "البدري", None, None),
        ),
        (
            ("PER", "سالم البدري", None, None),
            ("PER", "سالم", None, None),
        ),
        (
            ("PER", "سالم البدري", None, None),
            ("PER", "سالم البدري", Some("Q1"), None),
        ),
        (
            ("PER", "سالم البدري", Some("Q2"), None),
            ("PER", "سالم البدري", Some("Q1"), None),
        ),
        (("PER", "الواحة", None, None), ("GPE", "الواحة", None, None)),
        (("ORG", "الواحة", None, None), ("GPE", "الواحة", None, None)),
        (
            ("ORG", "مصنع الواحة", None, None),
            ("FAC", "مصنع الواحة", None, None),
        ),
        (
            ("ANON", "الفريق", None, None),
            ("ORG", "الفريق", None, None),
        ),
        (
            ("ORG", "الحكومة", None, Some("JOR")),
            ("ORG", "الحكومة", None, Some("EGY")),
        ),
        (
            ("ORG", "الحكومة", None, Some("JOR")),
            ("ORG", "الحكومة", None, None),
        ),
        (
            ("ORG", "وزارة الصحة", None, Some("JOR")),
            ("ORG", "وزارة الصحة", None, Some("EGY")),
        ),
    ];
    for (a, b) in not {
        assert_ne!(key(*a), key(*b), "{a:?} {b:?}");
    }
}

#[test]
fn what_several_may_be_called() {
    let table: &[(Who, bool)] = &[
        (("ANON", "مصدر أمني", None, None), true),
        (("ANON", "وزير النقل", None, Some("JOR")), true),
        (("ORG", "الحكومة", None, None), true),
        (("ORG", "السلطات المحلية", None, None), true),
        (("ORG", "وزارة الصحة", None, None), true),
        (("ORG", "الشركة", None, None), true),
        (("ORG", "الحكومة", None, Some("JOR")), false),
        (("ORG", "وزارة الصحة", Some("Q3"), None), false),
        (("ORG", "شركة الواحة", None, None), false),
        (("ORG", "منصة الواحة", None, None), false),
        (("PER", "البدري", None, None), true),
        (("PER", "البدري", Some("Q1"), None), false),
        (("PER", "سالم البدري", None, None), false),
        (("GPE", "الضفاف", None, None), false),
    ];
    for (who, several) in table {
        let (kind, name, link, country) = *who;
        assert_eq!(
            are_several(link, kind, &folded(name), country),
            *several,
            "{who:?}"
        );
    }
}

#[test]
fn memory_is_bounded_and_keeps_what_is_asked_for() {
    let mut recent = Recent::new(10);
    recent.put(0, 0);
    for n in 1..1000 {
        recent.put(n, n);
        assert_eq!(recent.get(&0), Some(0), "after {n}");
        assert!(recent.len() <= 20);
    }
    assert_eq!(recent.get(&1), None);
    assert_eq!(recent.get(&999), Some(999));
}

/// Links the same with a memory of everything, and with one that forgets at once.
#[test]
fn forgetting_changes_nothing() {
    let reader = Reader::new().unwrap();
    let texts = [
        "قال وزير الري سالم البدري إن السد جاهز. ونفى البدري ما قالته الحكومة.",
        "قالت هدى الزعبي إن الحكومة وافقت. وقال سالم البدري إنه لم يوافق.",
    ];
    let linked = |forget: bool| {
        let mut db = Connection::open_in_memory().unwrap();
        schema::migrate(&mut db).unwrap();
        let mut linker = Linker::default();
        let mut ids = Vec::new();
        for text in texts.iter().cycle().take(6) {
            for entity in &reader.read(&Article::new("a", *text)).unwrap().entities {
                let id = linker.link(&db, 1, entity).unwrap();
                ids.push((id, linker.name(&db, id, entity).unwrap()));
                if forget {
                    linker = Linker::default();
                }
            }
        }
        ids
    };
    let ids = linked(false);
    assert!(ids.len() >= 12);
    assert_eq!(ids, linked(true));
}
