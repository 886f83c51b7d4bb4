//! The format of an archive, and how an earlier one is brought up to it.

use rusqlite::{Connection, TransactionBehavior};

use crate::ArchiveError;

/// What marks a file as an archive: `rawi` in ASCII.
pub(crate) const APPLICATION: u32 = u32::from_be_bytes(*b"rawi");

/// What makes each format out of the one before; the first makes an empty file one.
/// A step that stands in a release is never changed.
const STEPS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The latest format.
pub const FORMAT: u32 = STEPS.len() as u32;

/// The format of a file; 0 for an empty one.
pub(crate) fn format(db: &Connection) -> Result<u32, rusqlite::Error> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the file up to the latest format, all of it or nothing.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), ArchiveError> {
    steps(db, &STEPS)
}

fn steps(db: &mut Connection, steps: &[&str]) -> Result<(), ArchiveError> {
    let known = steps.len() as u32;
    let found = format(db)?;
    if found > known {
        return Err(ArchiveError::Newer { found, known });
    }
    if found == known {
        return Ok(());
    }
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Somebody else may have been faster.
    let found = format(&change)?;
    for step in steps.iter().skip(found as usize) {
        change.execute_batch(step)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", known)?;
    change.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The objects of a file, as it says how they are made.
    fn objects(db: &Connection) -> Vec<String> {
        let mut all = db
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let rows = all.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn every_earlier_format_becomes_the_latest() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh).unwrap();
        for earlier in 0..STEPS.len() {
            let mut db = Connection::open_in_memory().unwrap();
            steps(&mut db, &STEPS[..earlier]).unwrap();
            migrate(&mut db).unwrap();
            assert_eq!(objects(&db), objects(&fresh), "from format {earlier}");
            assert_eq!(format(&db).unwrap(), FORMAT);
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut db = Connection::open_in_memory().unwrap();
        let first = "CREATE TABLE a (x INTEGER) STRICT;";
        steps(&mut db, &[first]).unwrap();
        db.execute("INSERT INTO a VALUES (1)", []).unwrap();
        let before = objects(&db);
        let broken = "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
        assert!(steps(&mut db, &[first, broken]).is_err());
        assert_eq!(objects(&db), before);
        assert_eq!(format(&db).unwrap(), 1);
        let later = "ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 7;";
        steps(&mut db, &[first, later]).unwrap();
        let row = db.query_row("SELECT x, y FROM a", [], |r| Ok((r.get(0)?, r.get(1)?)));
        assert_eq!(row.unwrap(), (1, 7));
    }

    #[test]
    fn a_later_format_is_left_alone() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "user_version", FORMAT + 1).unwrap();
        let error = migrate(&mut db).unwrap_err().to_string();
        assert!(error.contains("use a newer rawi"), "{error}");
    }
}
