//! Who is who over articles, and what people decided about it.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use crate::house::{House, column, contents, line};
use proptest::prelude::*;
use rawi_archive::{Archive, EntitySort, Mode, Share, WhichEntities};

/// Invented articles about few people: two may share a name, one has two.
fn news(house: &House, name: &str) -> std::path::PathBuf {
    let texts = [
        "قال وزير الري سالم البدري إن السد جاهز. وأضاف: «لن نتأخر».",
        "قال سالم البدري، مدرب نادي الضفاف، إن الفريق جاهز للمباراة.",
        "قال وزير الري سالم فهد البدري للنائبة هدى الزعبي إن السد سيفتح في أيار.",
        "قالت النائبة هدى الزعبي إن سالم البدري لم يجب عن أسئلتها.",
        "قال مصدر أمني إن هدى الزعبي غادرت المدينة.",
        "نفى مصدر أمني أن يكون سالم البدري قد استقال. وقالت النائبة هدى الزعبي إنها تثق به.",
    ];
    let mut out = String::new();
    for (n, text) in texts.iter().enumerate() {
        let day = format!("2026-0{}-11", n + 1);
        let id = format!("n-{n}");
        let title = match n {
            0 => "البدري: السد جاهز",
            _ => "أخبار",
        };
        out += &line(&[
            ("id", &id),
            ("text", text),
            ("title", title),
            ("date", &day),
            ("source", "صحيفة النهر"),
        ]);
    }
    house.file(name, &out)
}

fn filled(house: &House, name: &str) -> Archive {
    let mut archive = house.open(name);
    let file = news(house, &format!("{name}.jsonl"));
    house.ingest(&mut archive, &file);
    archive
}

fn number(archive: &Archive, name: &str) -> i64 {
    archive.entity_named(name).unwrap()
}

/// Who stands where, with the names of entities.
fn who(archive: &Archive) -> Vec<String> {
    let mut all = column(
        archive,
        "SELECT v.given_id || ' ' || a.local || ' ' || e.id || ' ' || coalesce(e.renamed, e.name)
           || ' ' || coalesce(e.merged_into, '')
         FROM appearance a JOIN version v ON v.id = a.version_id
         JOIN entity_name n ON n.id = a.name_id JOIN entity e ON e.id = n.entity_id
         ORDER BY 1",
    );
    all.extend(contents(archive));
    all.extend(column(
        archive,
        "SELECT s.id || ' ' || s.local || ' ' || coalesce(s.speaker_id, 0) FROM statement s ORDER BY 1",
    ));
    all.extend(column(
        archive,
        "SELECT e.local || coalesce(e.claimed_by, '') || x.role || x.entity_id FROM event e
         JOIN event_side x ON x.event_id = e.id ORDER BY 1",
    ));
    all
}

/// How many statements the index has of a group as speaker.
fn marked(archive: &Archive, ids: &[i64]) -> i64 {
    let marks: Vec<String> = ids.iter().map(|id| format!("\"s{id}\"")).collect();
    archive
        .database()
        .query_row(
            "SELECT count(*) FROM statement_index WHERE statement_index MATCH ?1",
            [format!("marks : ({})", marks.join(" OR "))],
            |row| row.get(0),
        )
        .unwrap()
}

fn names(names: &[&str]) -> Share {
    Share {
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        articles: Vec::new(),
    }
}

fn articles(ids: &[&str]) -> Share {
    Share {
        names: Vec::new(),
        articles: ids.iter().map(|n| (*n).to_owned()).collect(),
    }
}

fn holds(archive: &Archive) {
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn the_same_name_is_one_over_articles_and_a_longer_one_is_not() {
    let house = House::new();
    let archive = filled(&house, "a.rawi");
    holds(&archive);
    let all = archive
        .entities(&WhichEntities {
            kind: Some("PER".into()),
            like: Some("بدري".into()),
            sort: EntitySort::Name,
            limit: 10,
        })
        .unwrap();
    assert!(
        all.is_empty(),
        "a word begins with what is asked for: {all:?}"
    );
    let all = archive
        .entities(&WhichEntities {
            kind: Some("PER".into()),
            like: Some("البدر".into()),
            sort: EntitySort::Name,
            limit: 10,
        })
        .unwrap();
    let listed: BTreeMap<&str, u64> = all.iter().map(|l| (&*l.name, l.articles)).collect();
    assert_eq!(listed["سالم البدري"], 4, "{listed:?}");
    assert_eq!(listed["سالم فهد البدري"], 1, "{listed:?}");
    let source = archive.portrait(number(&archive, "مصدر أمني")).unwrap();
    assert!(source.listed.several);
    assert_eq!(source.listed.articles, 2);
    let hoda = archive.portrait(number(&archive, "هدى الزعبي")).unwrap();
    assert!(!hoda.listed.several);
    assert_eq!(hoda.listed.articles, 4);
    assert_eq!(
        hoda.listed.statements as usize,
        hoda.months
            .iter()
            .map(|m| m.statements as usize)
            .sum::<usize>()
    );
    assert_eq!(hoda.outlets[0].name, "صحيفة النهر");
    let title = hoda
        .titles
        .iter()
        .find(|t| t.title.contains("النائبة"))
        .unwrap();
    assert_eq!(
        (
            title.articles,
            title.first.as_deref(),
            title.last.as_deref()
        ),
        (2, Some("2026-04-11"), Some("2026-06-11"))
    );
}

#[test]
fn the_order_of_articles_changes_nobody() {
    let house = House::new();
    let archive = filled(&house, "a.rawi");
    let path = news(&house, "b.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let turned: Vec<&str> = text.lines().rev().collect();
    let file = house.file("turned.jsonl", &(turned.join("\n") + "\n"));
    let mut other = house.open("b.rawi");
    house.ingest(&mut other, &file);
    let parts = |archive: &Archive| {
        let rows = column(
            archive,
            "SELECT n.entity_id || ' ' || v.given_id || '/' || a.local FROM appearance a
             JOIN version v ON v.id = a.version_id JOIN entity_name n ON n.id = a.name_id ORDER BY 1",
        );
        let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows {
            let (id, place) = row.split_once(' ').unwrap();
            by.entry(id.to_owned()).or_default().push(place.to_owned());
        }
        let mut parts: Vec<Vec<String>> = by
            .into_values()
            .map(|mut p| {
                p.sort();
                p
            })
            .collect();
        parts.sort();
        parts
    };
    assert_eq!(parts(&archive), parts(&other));
}

#[test]
fn who_is_merged_is_asked_for_as_one() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let before = who(&archive);
    let (short, long) = (
        number(&archive, "سالم البدري"),
        number(&archive, "سالم فهد البدري"),
    );
    let (a, b) = (marked(&archive, &[short]), marked(&archive, &[long]));
    assert!(a > 0 && b > 0);
    let decision = archive.merge_entities(&[short, long], "ليلى").unwrap();
    holds(&archive);
    assert_eq!(number(&archive, "سالم فهد البدري"), short);
    let one = archive.portrait(long).unwrap();
    assert_eq!(one.listed.id, short);
    assert_eq!(one.listed.merged, [long]);
    assert_eq!(one.listed.statements as i64, a + b);
    assert_eq!(one.names.len(), 3, "{:?}", one.names);
    // The index stays as it was.
    assert_eq!(
        (marked(&archive, &[short]), marked(&archive, &[long])),
        (a, b)
    );
    let again = archive.merge_entities(&[long, short], "ليلى").unwrap_err();
    assert!(again.to_string().contains("already"), "{again}");
    archive.undo_decision(decision, "ليلى").unwrap();
    assert_eq!(who(&archive), before);
    holds(&archive);
    let again = archive.undo_decision(decision, "ليلى").unwrap_err();
    assert!(again.to_string().contains("undone already"), "{again}");
    let itself = archive.undo_decision(decision + 1, "ليلى").unwrap_err();
    assert!(itself.to_string().contains("undoing itself"), "{itself}");
}

#[test]
fn who_is_told_apart_stays_so() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let before = who(&archive);
    let minister = number(&archive, "سالم البدري");
    let all = marked(&archive, &[minister]);
    // The coach of article 1 is somebody else.
    let (decision, coach, changed) = archive
        .split_entity(minister, &articles(&["n-1"]), "ليلى")
        .unwrap();
    assert_eq!(changed, 1);
    holds(&archive);
    assert_eq!(marked(&archive, &[coach]), 1);
    assert_eq!(marked(&archive, &[minister]), all - 1);
    assert_eq!(archive.portrait(coach).unwrap().split_from, Some(minister));
    let error = archive.entity_named("سالم البدري").unwrap_err().to_string();
    assert!(error.contains(&format!("#{coach}")), "{error}");
    // Reading anew changes nothing.
    let decided = who(&archive);
    let stop = AtomicBool::new(false);
    archive
        .reread(house.reader(), 2, &Default::default(), &stop, |_, _| {})
        .unwrap();
    assert_eq!(who(&archive), decided);
    holds(&archive);
    // Another version of the article goes the same way.
    let changed = line(&[
        ("id", "n-1"),
        (
            "text",
            "قال سالم البدري، مدرب نادي الضفاف، إن الفريق جاهز للمباراة غدا.",
        ),
        ("title", "أخبار"),
        ("date", "2026-02-11"),
        ("source", "صحيفة النهر"),
    ]);
    let tally = house.ingest(&mut archive, &house.file("more.jsonl", &changed));
    assert_eq!(tally.versions, 1);
    holds(&archive);
    assert_eq!(marked(&archive, &[coach]), 1);
    assert_eq!(archive.portrait(coach).unwrap().listed.articles, 1);
    archive.undo_decision(decision, "ليلى").unwrap();
    holds(&archive);
    assert_eq!(marked(&archive, &[coach]), 0);
    let mut earlier = house.open("b.rawi");
    house.ingest(&mut earlier, &news(&house, "b.jsonl"));
    assert_eq!(who(&earlier), before);
}

#[test]
fn a_name_that_was_told_apart_is_so_in_what_comes_later() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let source = number(&archive, "مصدر أمني");
    let (first, other, _) = archive
        .split_entity(source, &names(&["مَصدر أمني"]), "ليلى")
        .unwrap();
    assert_eq!(marked(&archive, &[source]), 0);
    let later = line(&[
        ("id", "n-9"),
        ("text", "قال مصدر أمني إن الطريق مفتوح."),
        ("date", "2026-09-01"),
    ]);
    house.ingest(&mut archive, &house.file("later.jsonl", &later));
    holds(&archive);
    assert_eq!(
        (marked(&archive, &[source]), marked(&archive, &[other])),
        (0, 3)
    );
    // What was told apart can be told apart again, and is undone in turn.
    let (second, third, _) = archive
        .split_entity(other, &articles(&["n-9"]), "ليلى")
        .unwrap();
    holds(&archive);
    assert_eq!(
        (marked(&archive, &[other]), marked(&archive, &[third])),
        (2, 1)
    );
    let error = archive
        .undo_decision(first, "ليلى")
        .unwrap_err()
        .to_string();
    assert!(error.contains(&format!("undo {second} first")), "{error}");
    archive.undo_decision(second, "ليلى").unwrap();
    archive.undo_decision(first, "ليلى").unwrap();
    holds(&archive);
    assert_eq!(marked(&archive, &[source]), 3);
}

#[test]
fn what_cannot_be_decided_is_said() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let id = number(&archive, "هدى الزعبي");
    let told = |error: rawi_archive::ArchiveError| error.to_string();
    assert!(told(archive.merge_entities(&[id], "x").unwrap_err()).contains("two"));
    assert!(told(archive.merge_entities(&[id, id], "x").unwrap_err()).contains("already"));
    assert!(told(archive.merge_entities(&[id, 999_999], "x").unwrap_err()).contains("#999999"));
    assert!(told(archive.rename_entity(id, " . ", "x").unwrap_err()).contains("letters"));
    assert!(told(archive.rename_entity(999_999, "أ", "x").unwrap_err()).contains("#999999"));
    assert!(
        told(
            archive
                .split_entity(id, &names(&["ليلى"]), "x")
                .unwrap_err()
        )
        .contains("entity show")
    );
    assert!(
        told(
            archive
                .split_entity(id, &articles(&["?"]), "x")
                .unwrap_err()
        )
        .contains("no article")
    );
    assert!(told(archive.undo_decision(7, "x").unwrap_err()).contains("no decision 7"));
    assert!(archive.decisions().unwrap().is_empty());
    let none = archive.entities(&WhichEntities {
        kind: Some("MAN".into()),
        ..Default::default()
    });
    assert!(told(none.unwrap_err()).contains("PER"));
}

#[test]
fn decisions_go_along_when_archives_are_merged() {
    let house = House::new();
    let mut one = filled(&house, "a.rawi");
    let (short, long) = (number(&one, "سالم البدري"), number(&one, "سالم فهد البدري"));
    one.merge_entities(&[short, long], "ليلى").unwrap();
    let (_, coach, _) = one
        .split_entity(short, &articles(&["n-1"]), "ليلى")
        .unwrap();
    one.rename_entity(coach, "سالم البدري (المدرب)", "ليلى")
        .unwrap();
    let undone = one.rename_entity(short, "فلان", "ليلى").unwrap();
    one.undo_decision(undone, "ليلى").unwrap();
    let expected = one.portrait(short).unwrap();
    drop(one);
    // Others have other numbers.
    let mut other = house.open("b.rawi");
    let first = line(&[
        ("id", "z"),
        ("text", "قالت وزيرة النقل ليلى الشكيراوي إن الجسر سيفتح."),
    ]);
    house.ingest(&mut other, &house.file("z.jsonl", &first));
    let stop = AtomicBool::new(false);
    let mut left = Vec::new();
    let path = house.path("a.rawi");
    for _ in 0..2 {
        other
            .merge(&path, house.reader(), 2, &stop, |told| {
                if let rawi_archive::Told::Remark(problem) = told {
                    left.push(problem.to_string());
                }
            })
            .unwrap();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(other.decisions().unwrap().len(), 3);
    }
    holds(&other);
    let coach = other
        .portrait(number(&other, "سالم البدري (المدرب)"))
        .unwrap();
    assert_eq!((coach.listed.articles, coach.listed.statements), (1, 1));
    let merged = other.portrait(number(&other, "سالم فهد البدري")).unwrap();
    assert_eq!(merged.listed.statements, expected.listed.statements);
    assert_eq!(merged.listed.articles, expected.listed.articles);
    // Somebody of whom no text is left.
    let mut far = house.open("c.rawi");
    far.database()
        .execute_batch("INSERT INTO entity (id, name, type) VALUES (1, 'رامي العطار', 'PER')")
        .unwrap();
    far.rename_entity(1, "العطار", "ليلى").unwrap();
    other
        .merge(&house.path("c.rawi"), house.reader(), 2, &stop, |told| {
            if let rawi_archive::Told::Remark(problem) = told {
                left.push(problem.to_string());
            }
        })
        .unwrap();
    assert!(
        left.len() == 1 && left[0].contains("decision 1"),
        "{left:?}"
    );
    assert_eq!(other.decisions().unwrap().len(), 3);
}

#[test]
fn a_wrong_row_of_an_entity_is_seen() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let id = number(&archive, "سالم البدري");
    archive.rename_entity(id, "فلان", "x").unwrap();
    archive.split_entity(id, &articles(&["n-1"]), "x").unwrap();
    let hoda = number(&archive, "هدى الزعبي");
    drop(archive);
    let whole = std::fs::read(house.path("a.rawi")).unwrap();
    for (n, sql) in [
        format!("UPDATE entity SET renamed = 'غيره' WHERE id = {id}"),
        format!("UPDATE entity SET merged_into = {id} WHERE id = {hoda}"),
        "UPDATE entity SET split_from = NULL WHERE split_from IS NOT NULL".to_owned(),
        format!("UPDATE entity SET name = 'غيره' WHERE id = {hoda}"),
        format!("UPDATE entity SET type = 'GPE' WHERE id = {hoda}"),
        format!("UPDATE entity SET link = 'Q7' WHERE id = {hoda}"),
        format!("UPDATE entity_name SET folded = 'هدي الزغبي' WHERE entity_id = {hoda}"),
        format!("UPDATE entity_name SET name = 'هدى الزغبي' WHERE entity_id = {hoda}"),
        format!("UPDATE entity_name SET type = 'ORG' WHERE entity_id = {hoda}"),
        format!("UPDATE entity_name SET entity_id = {id} WHERE entity_id = {hoda}"),
        format!(
            "UPDATE appearance SET name_id = (SELECT id FROM entity_name WHERE entity_id = {id})
                 WHERE name_id = (SELECT id FROM entity_name WHERE entity_id = {hoda})"
        ),
        format!("UPDATE statement SET speaker_id = {id} WHERE speaker_id = {hoda}"),
        "DELETE FROM decision WHERE id = 1".to_owned(),
        "UPDATE decision SET undone_by = 2 WHERE id = 1".to_owned(),
        "UPDATE decision SET what = '{}' WHERE id = 1".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let name = format!("broken-{n}.rawi");
        std::fs::write(house.path(&name), &whole).unwrap();
        let broken = Archive::open(house.path(&name), Mode::Write).unwrap();
        holds(&broken);
        broken.database().execute_batch(sql).unwrap();
        assert!(broken.verify(|_, _| {}).is_err(), "{sql}");
    }
}

/// What somebody may do, by numbers that are taken modulo what there is.
#[derive(Clone, Debug)]
enum Step {
    Merge(usize, usize),
    Split(usize, usize, bool),
    Rename(usize, u8),
    Undo(usize),
    Reread,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..40_usize, 0..40_usize).prop_map(|(a, b)| Step::Merge(a, b)),
        4 => (0..40_usize, 0..6_usize, any::<bool>()).prop_map(|(a, n, name)| Step::Split(a, n, name)),
        2 => (0..40_usize, any::<u8>()).prop_map(|(a, n)| Step::Rename(a, n)),
        4 => (0..12_usize).prop_map(Step::Undo),
        1 => Just(Step::Reread),
    ];
    proptest::collection::vec(step, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever was decided, undoing all of it gives what there was.
    #[test]
    fn undoing_everything_gives_what_there_was(steps in steps()) {
        let house = House::new();
        let mut archive = filled(&house, "a.rawi");
        let before = who(&archive);
        let mut done = 0;
        for step in &steps {
            let ids: Vec<i64> = column(&archive, "SELECT id FROM entity ORDER BY id")
                .iter()
                .map(|id| id.parse().unwrap())
                .collect();
            let of = |n: usize| ids[n % ids.len()];
            let decided = match step {
                Step::Merge(a, b) => archive.merge_entities(&[of(*a), of(*b)], "x").is_ok(),
                Step::Split(a, n, by_name) => {
                    let id = of(*a);
                    let share = if *by_name {
                        let all = archive.portrait(id).unwrap().names;
                        let name = all.get(n % all.len().max(1)).map(|n| n.name.clone());
                        names(&[name.as_deref().unwrap_or("x")])
                    } else {
                        articles(&[&format!("n-{n}")])
                    };
                    archive.split_entity(id, &share, "x").is_ok()
                }
                Step::Rename(a, n) => {
                    archive.rename_entity(of(*a), &format!("اسم {n}"), "x").is_ok()
                }
                Step::Undo(n) => {
                    let all = archive.decisions().unwrap().len();
                    all > 0 && archive.undo_decision((n % all + 1) as i64, "x").is_ok()
                }
                Step::Reread => {
                    let now = who(&archive);
                    let stop = AtomicBool::new(false);
                    archive.reread(house.reader(), 1, &Default::default(), &stop, |_, _| {}).unwrap();
                    prop_assert_eq!(who(&archive), now);
                    false
                }
            };
            done += usize::from(decided);
            prop_assert!(archive.verify(|_, _| {}).is_ok(), "after {:?}", step);
        }
        let kept = archive.decisions().unwrap();
        prop_assert_eq!(kept.len(), done);
        // The last first: a split may rest on an earlier one.
        for decision in kept.iter().rev() {
            let undoing = matches!(decision.what, rawi_archive::What::Undo { .. });
            if !undoing && decision.undone_by.is_none() {
                archive.undo_decision(decision.id, "x").unwrap();
            }
        }
        prop_assert_eq!(who(&archive), before);
        holds(&archive);
    }
}

#[test]
fn how_much_somebody_says_and_which_words_are_carried() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let words = "قالت النائبة هدى الزعبي: «لن نغلق مدارس القرى ما دام فيها طفل واحد».";
    let texts = [
        ("صحيفة النهر", "2026-03-01", words),
        (
            "بريد الجبل",
            "2026-03-02",
            "في جلسة طويلة قالت هدى الزعبي: «لن نغلق مدارس القرى ما دام فيها طفل واحد».",
        ),
        (
            "بريد الجبل",
            "2026-04-02",
            "قالت هدى الزعبي إن الطريق مغلق.",
        ),
    ];
    let mut all = String::new();
    for (n, (outlet, day, text)) in texts.iter().enumerate() {
        let id = format!("n-{n}");
        all += &line(&[
            ("id", &id),
            ("text", text),
            ("date", day),
            ("source", outlet),
        ]);
    }
    house.ingest(&mut archive, &house.file("a.jsonl", &all));
    let hoda = number(&archive, "هدى الزعبي");
    let said = archive.portrait(hoda).unwrap().said;
    assert_eq!((said.statements, said.articles, said.outlets), (3, 3, 2));
    assert_eq!(
        said.first.as_ref().map(|f| &*f.published),
        Some("2026-03-01")
    );
    assert_eq!(
        said.last.as_ref().map(|l| &*l.published),
        Some("2026-04-02")
    );
    let carried = archive.most_carried(hoda, 3).unwrap();
    assert_eq!(carried.of, None);
    assert_eq!(carried.lines.len(), 1, "{carried:?}");
    assert_eq!(
        (carried.lines[0].outlets, carried.lines[0].articles),
        (2, 2)
    );
    // The oldest report of them.
    assert_eq!(
        carried.lines[0].statement >> 32,
        said.first.map_or(0, |f| f.statement >> 32)
    );
    let bounded = archive.portrait_within(hoda, 1).unwrap();
    assert_eq!(bounded.titles_of, Some(1));
    assert_eq!(archive.portrait(hoda).unwrap().titles_of, None);
    assert_eq!(archive.standing_for(hoda).unwrap(), Some(hoda));
    assert_eq!(archive.standing_for(999_999).unwrap(), None);
}
