//! Files that are broken, foreign, from the future, or not to be written; and copies.

use std::fs;
use std::sync::atomic::AtomicBool;

use crate::house::{House, articles, contents};
use rawi_archive::{Archive, ArchiveError, FORMAT, Mode};

fn filled(house: &House, name: &str, number: usize) -> Archive {
    let mut archive = house.open(name);
    let file = house.file(&format!("{name}.jsonl"), &articles(number));
    house.ingest(&mut archive, &file);
    archive
}

#[test]
fn what_is_no_archive_is_said_to_be_none() {
    let house = House::new();
    let text = house.file(
        "a.txt",
        "قالت الوزيرة إن الجسر سيفتح غدا. ".repeat(40).as_str(),
    );
    for mode in [Mode::Read, Mode::Write, Mode::Create] {
        let error = Archive::open(&text, mode).unwrap_err();
        assert!(matches!(error, ArchiveError::Foreign(_)), "{error:?}");
    }
    assert!(fs::read_to_string(&text).unwrap().starts_with("قالت"));
    let other = rusqlite::Connection::open(house.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE x (y)").unwrap();
    let error = Archive::open(house.path("other.db"), Mode::Create).unwrap_err();
    assert!(matches!(error, ArchiveError::Foreign(_)), "{error:?}");
    let error = Archive::open(house.path("none.rawi"), Mode::Read).unwrap_err();
    assert!(error.to_string().contains("rawi ingest"), "{error}");
    assert!(!house.path("none.rawi").exists());
}

#[test]
fn a_later_format_is_left_alone() {
    let house = House::new();
    let archive = filled(&house, "a.rawi", 3);
    let later = format!("PRAGMA user_version = {}", FORMAT + 1);
    archive.database().execute_batch(&later).unwrap();
    drop(archive);
    for mode in [Mode::Read, Mode::Write, Mode::Create] {
        let error = Archive::open(house.path("a.rawi"), mode).unwrap_err();
        assert!(error.to_string().contains("use a newer rawi"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::new();
    drop(filled(&house, "a.rawi", 3));
    let path = house.path("a.rawi");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    // Whoever may do everything may also write.
    if fs::OpenOptions::new().write(true).open(&path).is_err() {
        let error = Archive::open(&path, Mode::Write).unwrap_err();
        assert!(matches!(error, ArchiveError::ReadOnly), "{error:?}");
    }
    assert_eq!(
        Archive::open(&path, Mode::Read)
            .unwrap()
            .info()
            .unwrap()
            .documents,
        3
    );
}

#[test]
fn no_change_of_a_byte_goes_unseen() {
    let house = House::new();
    drop(filled(&house, "a.rawi", 40));
    let whole = fs::read(house.path("a.rawi")).unwrap();
    let (mut seen, mut tried) = (0, 0);
    // One byte of each page, but of what it holds and not of its empty part.
    for page in 1..whole.len() / 8192 {
        let mut broken = whole.clone();
        let at = page * 8192 + (page * 2_654_435_761) % 8192;
        let Some(filled) = broken[at..(page + 1) * 8192].iter().position(|b| *b != 0) else {
            continue;
        };
        let at = at + filled;
        broken[at] ^= 0x55;
        fs::write(house.path("b.rawi"), &broken).unwrap();
        tried += 1;
        let verified = Archive::open(house.path("b.rawi"), Mode::Read)
            .and_then(|archive| archive.verify(|_, _| {}));
        seen += usize::from(verified.is_err());
    }
    assert!(tried > 10);
    assert!(
        seen * 10 >= tried * 7,
        "{seen} of {tried} changes were seen"
    );
}

#[test]
fn what_is_left_of_a_broken_file_can_be_saved() {
    let house = House::new();
    let archive = filled(&house, "a.rawi", 200);
    let all = contents(&archive);
    // A page of texts in the middle.
    let page: i64 = archive
        .database()
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'version'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    drop(archive);
    let mut bytes = fs::read(house.path("a.rawi")).unwrap();
    let root = (page as usize - 1) * 8192;
    // The root has the numbers of its children in cells; break one of them.
    let cells = usize::from(u16::from_be_bytes([bytes[root + 3], bytes[root + 4]]));
    assert!(cells >= 3, "the table must have several pages");
    let cell = root + 12 + cells / 2 * 2;
    let cell = usize::from(u16::from_be_bytes([bytes[cell], bytes[cell + 1]]));
    let child: [u8; 4] = bytes[root + cell..root + cell + 4].try_into().unwrap();
    let child = (u32::from_be_bytes(child) as usize - 1) * 8192;
    bytes[child..child + 8192].fill(0xa5);
    fs::write(house.path("b.rawi"), &bytes).unwrap();
    let broken = Archive::open(house.path("b.rawi"), Mode::Read).unwrap();
    let error = broken.verify(|_, _| {}).unwrap_err();
    assert!(error.to_string().contains("--salvage"), "{error}");
    let stop = AtomicBool::new(false);
    let (from, to) = (house.path("b.rawi"), house.path("c.rawi"));
    let (tally, lost) = Archive::salvage(&from, &to, house.reader(), 2, &stop).unwrap();
    assert_eq!(lost, 1);
    assert!(tally.new >= 100 && tally.new < 200, "{tally:?}");
    let saved = house.open("c.rawi");
    saved.verify(|_, _| {}).unwrap();
    let saved = contents(&saved);
    assert!(saved.iter().all(|one| all.contains(one)));
    let again = Archive::salvage(&from, &to, house.reader(), 2, &stop);
    assert!(
        again
            .unwrap_err()
            .to_string()
            .contains("nothing is replaced")
    );
}

#[test]
fn a_copy_is_the_same_and_replaces_nothing() {
    let house = House::new();
    let archive = filled(&house, "a.rawi", 50);
    let to = house.path("copy.rawi");
    archive.backup(&to, |_, _| {}).unwrap();
    let copy = Archive::open(&to, Mode::Read).unwrap();
    assert_eq!(contents(&copy), contents(&archive));
    copy.verify(|_, _| {}).unwrap();
    let error = archive.backup(&to, |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("nothing is replaced"), "{error}");
    // It can be moved, and read from a place where nothing may be written.
    fs::create_dir(house.path("elsewhere")).unwrap();
    fs::rename(&to, house.path("elsewhere/b.rawi")).unwrap();
    let moved = Archive::open(house.path("elsewhere/b.rawi"), Mode::Read).unwrap();
    assert_eq!(moved.info().unwrap().documents, 50);
}

#[test]
fn archives_are_merged() {
    let house = House::new();
    let mut one = filled(&house, "a.rawi", 30);
    let other = filled(&house, "b.rawi", 45);
    let stop = AtomicBool::new(false);
    let path = house.path("b.rawi");
    let tally = one.merge(&path, house.reader(), 2, &stop, |_| {}).unwrap();
    assert_eq!((tally.new, tally.known, tally.failed), (15, 30, 0));
    assert_eq!(contents(&one), contents(&other));
    one.verify(|_, _| {}).unwrap();
    let again = one.merge(&path, house.reader(), 2, &stop, |_| {}).unwrap();
    assert_eq!((again.new, again.known), (0, 45));
    let itself = house.path("a.rawi");
    let error = one.merge(&itself, house.reader(), 2, &stop, |_| {});
    assert!(error.unwrap_err().to_string().contains("itself"));
}

#[test]
fn tidying_changes_nothing_that_can_be_asked() {
    let house = House::new();
    let mut archive = filled(&house, "a.rawi", 120);
    let all = contents(&archive);
    archive.rebuild_index(|_, _| {}).unwrap();
    archive.verify(|_, _| {}).unwrap();
    archive.compact(|_| {}).unwrap();
    archive.verify(|_, _| {}).unwrap();
    assert_eq!(contents(&archive), all);
    let database = archive.database();
    database
        .execute_batch("DELETE FROM article_index WHERE rowid = (SELECT max(id) FROM version)")
        .unwrap();
    let error = archive.verify(|_, _| {}).unwrap_err().to_string();
    assert!(error.contains("--rebuild-index"), "{error}");
    archive.rebuild_index(|_, _| {}).unwrap();
    archive.verify(|_, _| {}).unwrap();
}
