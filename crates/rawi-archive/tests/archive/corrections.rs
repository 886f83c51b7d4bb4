//! What people say of readings.

use std::sync::atomic::AtomicBool;

use crate::house::{House, line};
use rawi_archive::corrections::{
    About, By, Finding, Fit, Judgment, Judgments, Part, Place, StatementValue, Target, Verdict,
    WhichCorrections,
};
use rawi_archive::{Archive, ArchiveError, Mode, Reread, Which};

const TEXT: &str = "قال وزير الري سالم البدري للصحفيين إن السد جاهز. وأضاف: «لن نتأخر». \
    ونفت النائبة هدى الزعبي في بيان أن يكون البدري قد استقال. واتهمت بلدية الواحة شركة النهر بالتقصير.";

fn filled(house: &House, name: &str) -> Archive {
    let mut archive = house.open(name);
    let articles = line(&[
        ("id", "n-1"),
        ("title", "البدري: السد جاهز"),
        ("text", TEXT),
        ("date", "2026-03-11"),
        ("source", "صحيفة النهر"),
    ]) + &line(&[
        ("id", "n-2"),
        ("text", "قالت النائبة هدى الزعبي إن الطريق مفتوح."),
        ("date", "2026-03-12"),
        ("source", "صحيفة النهر"),
    ]);
    let file = house.file(&format!("{name}.jsonl"), &articles);
    house.ingest(&mut archive, &file);
    archive
}

fn version(archive: &Archive, id: &str) -> i64 {
    let find = "SELECT id FROM version WHERE given_id = ?1";
    let found = archive.database().query_row(find, [id], |row| row.get(0));
    found.unwrap()
}

fn judged(archive: &Archive) -> Judgments {
    archive.judged(version(archive, "n-1")).unwrap().unwrap()
}

/// The number of the statement whose words begin so.
fn said(archive: &Archive, words: &str) -> i64 {
    let all = judged(archive).all;
    let found = all.iter().find(|j| match &j.read {
        Some(Finding::Statement(s)) => {
            j.spot.part == Part::Text && s.content[0].text.starts_with(words)
        }
        _ => false,
    });
    found.unwrap().number.unwrap()
}

fn by(who: &str) -> By<'_> {
    By {
        who,
        ..By::default()
    }
}

fn draft(json: serde_json::Value) -> Judgment {
    serde_json::from_value(json).unwrap()
}

/// What holds of a statement.
fn holds(archive: &Archive, number: i64) -> Option<StatementValue> {
    let judged = judged(archive);
    match judged
        .numbered(About::Statement, number)
        .unwrap()
        .holds
        .clone()
    {
        Some(Finding::Statement(s)) => Some(s),
        Some(Finding::Event(_)) => panic!("an event"),
        None => None,
    }
}

fn problem<T: std::fmt::Debug>(result: Result<T, ArchiveError>) -> String {
    match result.unwrap_err() {
        ArchiveError::Asked(problem) => problem,
        e => panic!("{e}"),
    }
}

fn verified(archive: &Archive) -> u64 {
    archive.verify(|_, _| {}).unwrap().corrections
}

fn reread(house: &House, archive: &mut Archive) -> Reread {
    let stop = AtomicBool::new(false);
    let all = Which::default();
    archive
        .reread(house.reader(), 1, &all, &stop, |_, _| {})
        .unwrap()
}

#[test]
fn a_speaker_is_corrected_and_that_undone() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let number = said(&archive, "لن نتأخر");
    let before = holds(&archive, number).unwrap();
    assert_eq!(before.speaker.as_ref().unwrap().name, "سالم البدري");
    let hoda = archive.entity_named("هدى الزعبي").unwrap();
    let json = serde_json::json!({"statement": {"speaker": {"entity": hoda}, "act": "promise"}});
    let note = By {
        note: Some("  هي التي تعد  "),
        ..by("ليلى")
    };
    let id = archive
        .correct(Target::Statement(number), &draft(json), &note)
        .unwrap();
    let now = judged(&archive);
    let one = now.numbered(About::Statement, number).unwrap();
    assert_eq!(one.fit, Some(Fit::AsSeen));
    assert!(one.is_corrected());
    let mark = one.by.as_ref().unwrap();
    assert_eq!((mark.who.as_str(), mark.kind), ("ليلى", "correct"));
    assert_eq!(mark.note.as_deref(), Some("هي التي تعد"));
    let held = holds(&archive, number).unwrap();
    assert_eq!(held.speaker.as_ref().unwrap().name, "هدى الزعبي");
    assert_eq!(held.content, before.content);
    // What was read is what it was.
    assert_eq!(one.read, Some(Finding::Statement(before.clone())));
    let row = "SELECT act FROM statement WHERE id = ?1";
    let act: String = archive
        .database()
        .query_row(row, [number], |r| r.get(0))
        .unwrap();
    assert_ne!(act, "promise");
    assert_eq!(verified(&archive), 1);
    // Undone, and both stay in the history.
    archive.undo_correction(id, &by("ليلى")).unwrap();
    assert_eq!(holds(&archive, number), Some(before));
    let all = archive.corrections_of(version(&archive, "n-1")).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].undone_by, Some(all[1].id));
    assert_eq!(all[1].verdict, Verdict::Undo { correction: id });
    let again = problem(archive.undo_correction(id, &by("ليلى")));
    assert!(again.contains("undone already, by 2"), "{again}");
    let undoing = problem(archive.undo_correction(2, &by("ليلى")));
    assert!(undoing.contains("say again what 1 said"), "{undoing}");
    assert_eq!(verified(&archive), 2);
}

#[test]
fn the_latest_judgment_holds_and_new_values_stand_on_the_last_ones() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let number = said(&archive, "إن السد جاهز");
    let target = Target::Statement(number);
    let first = draft(serde_json::json!({"statement": {"form": "nominal"}}));
    archive.correct(target, &first, &by("ليلى")).unwrap();
    let second = draft(serde_json::json!({"statement": {"said_on": "2026-03-10"}}));
    let second = archive.correct(target, &second, &by("عمر")).unwrap();
    let held = holds(&archive, number).unwrap();
    assert_eq!(held.said_on.as_deref(), Some("2026-03-10"));
    assert_eq!(format!("{:?}", held.form), "Nominal");
    archive
        .correct(target, &Judgment::Reject, &by("عمر"))
        .unwrap();
    assert_eq!(holds(&archive, number), None);
    // Values that say what is read accept it.
    let back = draft(serde_json::json!({"statement": {"form": "clause"}}));
    let back = archive.correct(target, &back, &by("ليلى")).unwrap();
    let kind = archive.correction_numbered(back).unwrap().verdict;
    assert!(matches!(kind, Verdict::Accept { .. }), "{kind:?}");
    let standing = WhichCorrections {
        standing: true,
        limit: 2,
        ..WhichCorrections::default()
    };
    let page = archive.corrections(&standing).unwrap();
    let ids: Vec<i64> = page.corrections.iter().map(|c| c.id).collect();
    assert_eq!((ids, page.next), (vec![4, 3], Some(3)));
    let rest = WhichCorrections {
        cursor: page.next,
        ..standing
    };
    let rest = archive.corrections(&rest).unwrap();
    assert_eq!((rest.corrections[0].id, rest.next), (second, None));
    assert_eq!(verified(&archive), 4);
}

#[test]
fn values_that_cannot_be_are_refused_one_by_one() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let target = Target::Statement(said(&archive, "إن السد جاهز"));
    for (value, said) in [
        (
            serde_json::json!({"cue": {"start": 9000, "end": 9001}}),
            "cue: 9000..9001 is no stretch",
        ),
        (
            serde_json::json!({"cue": {"start": 3, "end": 5}}),
            "begins or ends with a blank",
        ),
        (
            serde_json::json!({"content": ["ما ليس في النص"]}),
            "content: the text doesn't have",
        ),
        (
            serde_json::json!({"content": []}),
            "content: a statement needs its words",
        ),
        (
            serde_json::json!({"content": ["لن نتأخر", "إن السد"]}),
            "must follow one another",
        ),
        (
            serde_json::json!({"speaker": {"entity": 999}}),
            "speaker: the archive has no entity #999",
        ),
        (
            serde_json::json!({"speaker": {}}),
            "speaker: a number or a name",
        ),
        (
            serde_json::json!({"speaker": {"name": "نوال", "at": "هدى الزعبي"}}),
            "does not stand in",
        ),
        (
            serde_json::json!({"said_on": "الأحد"}),
            "said_on: \"الأحد\" is no day",
        ),
    ] {
        let judgment = draft(serde_json::json!({ "statement": value }));
        let problem = problem(archive.correct(target, &judgment, &by("ليلى")));
        assert!(problem.contains(said), "{problem}");
    }
    let event = draft(serde_json::json!({"event": {"type": "ACCUSE"}}));
    let mixed = problem(archive.correct(target, &event, &by("ليلى")));
    assert!(mixed.contains("a statement stays a statement"), "{mixed}");
    let nobody = problem(archive.correct(target, &Judgment::Accept, &by(" ")));
    assert!(nobody.contains("says who corrects"), "{nobody}");
    let missing = Target::Statement(77);
    let missing = problem(archive.correct(missing, &Judgment::Accept, &by("ليلى")));
    assert!(missing.contains("no statement 77"), "{missing}");
    // An unknown act is none of the list.
    let act: Result<Judgment, _> =
        serde_json::from_value(serde_json::json!({"statement": {"act": "sing"}}));
    assert!(act.is_err());
    // Whoever looked at something else is told.
    let stale = By {
        stamp: Some("0000000000000000"),
        ..by("ليلى")
    };
    let stale = problem(archive.correct(target, &Judgment::Accept, &stale));
    assert!(stale.contains("since you looked"), "{stale}");
    assert!(!archive.is_judged(version(&archive, "n-1")).unwrap());
}

#[test]
fn events_are_corrected_and_missed_ones_added() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let version = version(&archive, "n-1");
    let now = judged(&archive);
    let event = now
        .all
        .iter()
        .find(|j| j.spot.kind.as_deref() == Some("ACCUSE"))
        .unwrap();
    let number = event.number.unwrap();
    let wrong = draft(serde_json::json!({"event": {"type": "SHOUT"}}));
    let wrong = problem(archive.correct(Target::Event(number), &wrong, &by("ليلى")));
    assert!(
        wrong.contains("type: \"SHOUT\" is none of AGREE"),
        "{wrong}"
    );
    let wrong = draft(serde_json::json!({"event": {"date": "2026-13"}}));
    let wrong = problem(archive.correct(Target::Event(number), &wrong, &by("ليلى")));
    assert!(wrong.contains("date: "), "{wrong}");
    let right = serde_json::json!({"event": {
        "type": "reject", "status": "negated", "date": "2026-03",
        "recipients": [{"name": "شركة النهر"}],
        "claimed_by": {"name": "هدى الزعبي"},
    }});
    archive
        .correct(Target::Event(number), &draft(right), &by("ليلى"))
        .unwrap();
    let now = judged(&archive);
    let held = now.numbered(About::Event, number).unwrap();
    let Some(Finding::Event(value)) = &held.holds else {
        panic!("{held:?}")
    };
    assert_eq!(
        (value.kind.as_str(), value.date.as_deref()),
        ("REJECT", Some("2026-03"))
    );
    assert!(held.spot.kind.as_deref() == Some("ACCUSE"));
    // A statement that nobody read, and then its act.
    let missed = serde_json::json!({"statement": {
        "content": ["جاهز"], "form": "nominal", "act": "announce",
        "speaker": {"name": "سالم البدري"},
    }});
    let added = archive
        .add_missed(version, Part::Text, &draft(missed.clone()), &by("ليلى"))
        .unwrap();
    let twice = problem(archive.add_missed(version, Part::Text, &draft(missed), &by("ليلى")));
    assert!(twice.contains("stands there already"), "{twice}");
    let act = draft(serde_json::json!({"statement": {"act": "promise"}}));
    archive
        .correct(Target::Correction(added), &act, &by("ليلى"))
        .unwrap();
    let now = judged(&archive);
    let held: Vec<_> = now.all.iter().filter(|j| j.id.is_none()).collect();
    let [one] = &held[..] else { panic!("{held:?}") };
    let Some(Finding::Statement(value)) = &one.holds else {
        panic!("{one:?}")
    };
    assert_eq!(format!("{:?}", value.act), "Promise");
    assert!(value.speaker.as_ref().unwrap().entity.is_some());
    assert_eq!(one.fit, Some(Fit::AsSeen));
    let incomplete = draft(serde_json::json!({"event": {"type": "AID", "trigger": "جاهز"}}));
    let incomplete = problem(archive.add_missed(version, Part::Text, &incomplete, &by("ليلى")));
    assert!(
        incomplete.contains("status: it must be said"),
        "{incomplete}"
    );
    assert_eq!(verified(&archive), 3);
}

#[test]
fn corrections_outlive_another_reading_and_tell_that_it_differs() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let number = said(&archive, "لن نتأخر");
    archive
        .correct(Target::Statement(number), &Judgment::Accept, &by("ليلى"))
        .unwrap();
    let rejected = said(&archive, "إن السد جاهز");
    archive
        .correct(Target::Statement(rejected), &Judgment::Reject, &by("ليلى"))
        .unwrap();
    // Events get other numbers.
    let judgments = |archive: &Archive| {
        let mut all = judged(archive).all;
        for one in &mut all {
            one.number = one.number.filter(|_| one.spot.about == About::Statement);
        }
        all
    };
    let before = judgments(&archive);
    reread(&house, &mut archive);
    assert_eq!(judgments(&archive), before);
    // An engine that had seen other things.
    let db = archive.database();
    db.execute(
        r#"UPDATE correction SET what = replace(what, '"act":"assert"', '"act":"warn"') WHERE id = 1"#,
        [],
    )
    .unwrap();
    let other = judged(&archive);
    let one = other.numbered(About::Statement, number).unwrap();
    assert_eq!(one.fit, Some(Fit::ReadOtherwise));
    // One that had read more of the sentence, and one that read nothing of the kind.
    db.execute("UPDATE correction SET starts = starts - 2 WHERE id = 1", [])
        .unwrap();
    let moved = judged(&archive);
    let one = moved.numbered(About::Statement, number).unwrap();
    assert_eq!(one.by.as_ref().unwrap().correction, 1);
    db.execute(
        "UPDATE correction SET starts = 0, ends = 3 WHERE id = 1",
        [],
    )
    .unwrap();
    let gone = judged(&archive);
    assert!(
        gone.numbered(About::Statement, number)
            .unwrap()
            .by
            .is_none()
    );
    let one = gone.all.iter().find(|j| j.id.is_none()).unwrap();
    assert_eq!(one.fit, Some(Fit::NotRead));
    assert!(one.holds.is_some());
}

#[test]
fn an_article_looked_at_as_a_whole_is_gold() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let version = version(&archive, "n-1");
    let number = said(&archive, "لن نتأخر");
    let speaker = draft(serde_json::json!({"statement": {"speaker": {"name": "هدى الزعبي"}}}));
    let corrected = archive
        .correct(Target::Statement(number), &speaker, &by("ليلى"))
        .unwrap();
    let rejected = said(&archive, "إن السد جاهز");
    archive
        .correct(Target::Statement(rejected), &Judgment::Reject, &by("ليلى"))
        .unwrap();
    let nothing = archive
        .gold(|_, _| panic!("nobody looked at all of it"))
        .unwrap();
    assert_eq!((nothing.whole, nothing.partly), (0, 1));
    let review = archive.review(version, &by("ليلى")).unwrap();
    let mut all = Vec::new();
    let tally = archive
        .gold(|gold, article| {
            all.push((serde_json::to_value(gold).unwrap(), article.text.clone()));
            Ok(())
        })
        .unwrap();
    assert_eq!((tally.whole, tally.partly), (1, 0));
    let (gold, text) = &all[0];
    assert_eq!(text, TEXT);
    let statements = gold["statements"].as_array().unwrap();
    let words = |s: &serde_json::Value| s["content"][0].as_str().unwrap().to_owned();
    assert!(statements.iter().all(|s| words(s) != "إن السد جاهز"));
    let one = statements.iter().find(|s| words(s) == "لن نتأخر").unwrap();
    assert_eq!(one["speaker"], "هدى الزعبي");
    assert_eq!(one["cue"], "وأضاف");
    assert_eq!(gold["events"][0]["type"], "ACCUSE");
    let names: Vec<&str> = gold["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["name"].as_str().unwrap())
        .collect();
    assert!(
        names.contains(&"هدى الزعبي") && names.contains(&"شركة النهر"),
        "{names:?}"
    );
    let twice = problem(archive.review(version, &by("عمر")));
    assert!(twice.contains("as a whole already"), "{twice}");
    // The review rests on what was said before.
    let resting = problem(archive.undo_correction(corrected, &by("ليلى")));
    assert!(
        resting.contains(&format!("undo {review} first")),
        "{resting}"
    );
    assert_eq!(verified(&archive), 3);
    archive.undo_correction(review, &by("ليلى")).unwrap();
    archive.undo_correction(corrected, &by("ليلى")).unwrap();
    assert!(judged(&archive).reviewed.is_none());
    assert_eq!(archive.gold(|_, _| Ok(())).unwrap().partly, 1);
}

#[test]
fn corrections_are_merged_once_and_by_their_text() {
    let house = House::new();
    let mut theirs = filled(&house, "theirs.rawi");
    let number = said(&theirs, "لن نتأخر");
    let hoda = theirs.entity_named("هدى الزعبي").unwrap();
    let speaker = draft(serde_json::json!({"statement": {"speaker": {"entity": hoda}}}));
    theirs
        .correct(Target::Statement(number), &speaker, &by("ليلى"))
        .unwrap();
    theirs.review(version(&theirs, "n-1"), &by("ليلى")).unwrap();
    let expected = judged(&theirs);
    drop(theirs);
    // Another archive, in which entities have other numbers.
    let mut ours = house.open("ours.rawi");
    let other = line(&[("id", "x"), ("text", "قال سامي النجار إن البحر هادئ.")]);
    let file = house.file("x.jsonl", &other);
    house.ingest(&mut ours, &file);
    let stop = AtomicBool::new(false);
    for _ in 0..2 {
        let mut remarks = Vec::new();
        ours.merge(
            &house.path("theirs.rawi"),
            house.reader(),
            1,
            &stop,
            |told| {
                if let rawi_archive::Told::Remark(problem) = told {
                    remarks.push(problem.to_string());
                }
            },
        )
        .unwrap();
        assert_eq!(remarks, Vec::<String>::new());
        let now = judged(&ours);
        assert_eq!(now.all.len(), expected.all.len());
        let number = said(&ours, "لن نتأخر");
        let held = now.numbered(About::Statement, number).unwrap();
        let Some(Finding::Statement(value)) = &held.holds else {
            panic!("{held:?}")
        };
        let hoda = ours.entity_named("هدى الزعبي").unwrap();
        assert_eq!(value.speaker.as_ref().unwrap().entity, Some(hoda));
        assert_eq!(held.fit, Some(Fit::AsSeen));
        assert_eq!(now.reviewed.as_ref().unwrap().who, "ليلى");
        assert_eq!(verified(&ours), 2);
    }
    // What is undone here stays undone.
    ours.undo_correction(2, &by("عمر")).unwrap();
    ours.merge(&house.path("theirs.rawi"), house.reader(), 1, &stop, |_| {})
        .unwrap();
    assert!(judged(&ours).reviewed.is_none());
}

#[test]
fn a_correction_that_does_not_hold_is_found() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let target = Target::Statement(said(&archive, "لن نتأخر"));
    archive
        .correct(target, &Judgment::Accept, &by("ليلى"))
        .unwrap();
    drop(archive);
    for (change, said) in [
        (
            "UPDATE correction SET sha256 = zeroblob(32)",
            "the hash of its text is another",
        ),
        ("UPDATE correction SET undone_by = 1", "what undid it"),
        (
            r#"UPDATE correction SET what = replace(what, 'لن', 'قد')"#,
            "is not \"قد",
        ),
        (
            r#"UPDATE correction SET what = replace(what, '"entity":', '"entity":99')"#,
            "no entity #99",
        ),
    ] {
        let copy = house.path("copy.rawi");
        std::fs::copy(house.path("a.rawi"), &copy).unwrap();
        let archive = Archive::open(&copy, Mode::Write).unwrap();
        archive.database().execute(change, []).unwrap();
        let problem = archive.verify(|_, _| {}).unwrap_err().to_string();
        assert!(
            problem.contains("correction 1: ") && problem.contains(said),
            "{problem}"
        );
    }
}

#[test]
fn a_headline_is_corrected_by_itself() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi");
    let now = judged(&archive);
    let one = now
        .all
        .iter()
        .find(|j| j.spot.part == Part::Headline)
        .unwrap();
    assert_eq!(one.spot.about, About::Statement);
    let draft = Judgment::Statement(Box::new(rawi_archive::corrections::StatementDraft {
        source: Some(Some(Place::Words("البدري".into()))),
        ..Default::default()
    }));
    let target = Target::Statement(one.number.unwrap());
    archive.correct(target, &draft, &by("ليلى")).unwrap();
    archive
        .correct(target, &Judgment::Reject, &by("ليلى"))
        .unwrap();
    let now = judged(&archive);
    let one = now.numbered(About::Statement, one.number.unwrap()).unwrap();
    assert_eq!(one.holds, None);
    assert_eq!(verified(&archive), 2);
}
