//! Several who ask one archive, and what they find out for one another.

use rawi_archive::events::{EventField, EventFilter};
use rawi_archive::query::Query;
use rawi_archive::search::{FacetField, Scope, Searcher};
use rawi_archive::{Archive, ArchiveError, Memory, Mode, State};

use crate::house::{House, articles, line};

/// How an archive is asked within one state of it.
struct Found {
    state: State,
    statements: u64,
    speakers: u64,
    events: u64,
    named: u64,
}

fn ask(archive: &Archive) -> Found {
    archive.at_once(|| asked(archive)).unwrap()
}

fn asked(archive: &Archive) -> Result<Found, ArchiveError> {
    archive.get_ready()?;
    let mut searcher = Searcher::new(archive)?;
    let all = Query::default();
    let speakers = searcher.facet(&all, Scope::Statements, FacetField::Speaker, 100)?;
    let events = searcher.event_counts(&EventFilter::default(), EventField::Type, 100)?;
    let named = Query::parse("speaker:الزعبي").unwrap();
    Ok(Found {
        state: archive.state()?,
        statements: searcher.breakdown(&all, Scope::Statements, &[])?.count,
        speakers: speakers.values.iter().map(|v| v.count).sum(),
        events: events.values.iter().map(|v| v.count).sum(),
        named: searcher.count(&named, Scope::Statements)?,
    })
}

fn numbers(found: &Found) -> [u64; 4] {
    [found.statements, found.speakers, found.events, found.named]
}

/// What an archive says that shares nothing.
fn alone(house: &House) -> [u64; 4] {
    let archive = Archive::open(house.path("news.rawi"), Mode::Read).unwrap();
    numbers(&asked(&archive).unwrap())
}

#[test]
fn whoever_shares_sees_what_others_wrote_and_nothing_of_it_while_it_asks() {
    let house = House::new();
    let mut writer = house.open("news.rawi");
    house.ingest(&mut writer, &house.file("a.jsonl", &articles(30)));
    let memory = Memory::of(&house.path("news.rawi")).unwrap();
    let open = || {
        let archive = Archive::open(house.path("news.rawi"), Mode::Read).unwrap();
        archive.sharing(&memory).unwrap()
    };
    let (one, other) = (open(), open());
    let first = ask(&one);
    assert_eq!(numbers(&first), alone(&house));
    assert_eq!(ask(&other).state, first.state);
    assert_eq!(memory.state().unwrap(), first.state);
    // By themselves nobody knows what the other sees.
    assert_ne!(one.state().unwrap(), other.state().unwrap());

    let more = line(&[
        ("id", "more"),
        (
            "text",
            "أكدت النائبة ريما الزعبي أن المرفأ سيفتح. والتقى وزير خارجية مصر نظيره الفرنسي في القاهرة.",
        ),
        ("date", "2026-09-01"),
        ("source", "وكالة الضفاف"),
    ]);
    let more = house.file("b.jsonl", &more);
    one.at_once(|| {
        let before = asked(&one)?;
        house.ingest(&mut writer, &more);
        let later = asked(&one)?;
        assert_eq!(
            (before.state, numbers(&before)),
            (later.state, numbers(&later))
        );
        // Whoever begins now sees it, and leaves the one who is at it alone.
        assert_eq!(numbers(&ask(&other)), alone(&house));
        let later = asked(&one)?;
        assert_eq!(
            (before.state, numbers(&before)),
            (later.state, numbers(&later))
        );
        Ok::<_, ArchiveError>(())
    })
    .unwrap();
    let second = ask(&one);
    assert_ne!(second.state, first.state);
    assert_eq!(second.state, ask(&other).state);
    assert_eq!(numbers(&second), alone(&house));
    assert!(second.statements > first.statements && second.named > first.named);
}

#[test]
fn an_archive_sees_what_it_writes_itself() {
    let house = House::new();
    let mut archive = house.open("news.rawi");
    house.ingest(&mut archive, &house.file("a.jsonl", &articles(3)));
    let before = asked(&archive).unwrap();
    house.ingest(&mut archive, &house.file("b.jsonl", &articles(8)));
    let after = asked(&archive).unwrap();
    assert_ne!(before.state, after.state);
    assert!(after.speakers > before.speakers);
    assert_eq!(numbers(&after), alone(&house));
}
