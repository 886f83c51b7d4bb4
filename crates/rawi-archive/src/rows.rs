//! The rows that follow from a reading: what the writer writes and the verifier expects.

use std::collections::BTreeMap;

use rawi::Reading;
use rawi::reading::{Event, Id, Participant, Statement};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ArchiveError;
use crate::marks::{Mark, NONE};

/// The entities of the archive that those of a reading are.
pub(crate) type Ids = BTreeMap<Id, i64>;

/// The statements of text and headline, in the order in which everything goes over them.
pub(crate) fn statements<'r, 'a>(
    reading: &'r Reading<'a>,
) -> impl Iterator<Item = &'r Statement<'a>> {
    let headline = reading.headline.iter().flat_map(|h| &h.statements);
    reading.statements.iter().chain(headline)
}

/// The events of text and headline.
pub(crate) fn events<'r, 'a>(reading: &'r Reading<'a>) -> impl Iterator<Item = &'r Event<'a>> {
    let headline = reading.headline.iter().flat_map(|h| &h.events);
    reading.events.iter().chain(headline)
}

/// Where a statement stands in its article: whether in the headline, and its content's
/// first code point and the one behind its last.
pub(crate) type StatementPlace = (bool, u32, u32);

/// A row of `statement` with those of `statement_side`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct StatementRow {
    local: String,
    within: Option<String>,
    form: String,
    act: String,
    speaker: Option<i64>,
    channel: Option<String>,
    platform: Option<String>,
    said_on: Option<String>,
    starts: u32,
    ends: u32,
    confidence: f64,
    addressees: Vec<i64>,
    via: Vec<i64>,
}

impl StatementRow {
    /// What follows from a statement.
    pub fn of(statement: &Statement<'_>, ids: &Ids) -> Result<Self, ArchiveError> {
        let id = |entity: &Id| ids.get(entity).copied();
        let channel = statement.channel.as_ref();
        Ok(Self {
            local: statement.id.to_string(),
            within: statement.within.map(|s| s.to_string()),
            form: code(&statement.form)?,
            act: code(&statement.act)?,
            speaker: statement.speaker.as_ref().and_then(|s| id(&s.entity)),
            channel: channel.map(|c| code(&c.kind)).transpose()?,
            platform: channel
                .and_then(|c| c.platform.as_deref())
                .map(str::to_owned),
            said_on: statement.said_on.map(|d| d.to_string()),
            starts: statement.start(),
            ends: statement.end(),
            confidence: statement.confidence,
            addressees: of_participants(&statement.addressee, ids),
            via: statement.via.iter().filter_map(id).collect(),
        })
    }

    /// Where it stands.
    pub fn place(&self) -> StatementPlace {
        (self.local.starts_with('h'), self.starts, self.ends)
    }

    /// What it can be filtered by.
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = vec![Mark::Act(self.act.clone()), Mark::Form(self.form.clone())];
        marks.push(Mark::Speaker(self.speaker.unwrap_or(0)));
        marks.extend(self.addressees.iter().copied().map(Mark::Addressee));
        marks.extend(self.via.iter().copied().map(Mark::Via));
        marks.push(Mark::Channel(
            self.channel.as_deref().unwrap_or(NONE).to_owned(),
        ));
        marks.extend(self.said_on.as_ref().map(|_| Mark::SaidOn));
        marks
    }

    /// Writes it under an id.
    pub fn write(&self, db: &Connection, id: i64, version: i64) -> Result<(), ArchiveError> {
        db.prepare_cached(
            "INSERT INTO statement (id, version_id, local, within, form, act, speaker_id, channel,
               platform, said_on, starts, ends, confidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            id,
            version,
            self.local,
            self.within,
            self.form,
            self.act,
            self.speaker,
            self.channel,
            self.platform,
            self.said_on,
            self.starts,
            self.ends,
            self.confidence,
        ])?;
        write_sides(db, "statement", id, "addressee", &self.addressees)?;
        write_sides(db, "statement", id, "via", &self.via)
    }

    /// Writes anew who takes part in the statement with an id.
    pub fn retell(&self, db: &Connection, id: i64) -> Result<(), ArchiveError> {
        db.prepare_cached("UPDATE statement SET speaker_id = ?2 WHERE id = ?1")?
            .execute(params![id, self.speaker])?;
        remove_sides(db, "statement", id)?;
        write_sides(db, "statement", id, "addressee", &self.addressees)?;
        write_sides(db, "statement", id, "via", &self.via)
    }

    /// The row that a version has of a statement, with its id.
    pub fn read(
        db: &Connection,
        version: i64,
        local: &Id,
    ) -> Result<Option<(i64, Self)>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT id, local, within, form, act, speaker_id, channel, platform, said_on, starts,
               ends, confidence FROM statement WHERE version_id = ?1 AND local = ?2",
        )?;
        let row = find.query_row(params![version, local.to_string()], |row| {
            let found = Self {
                local: row.get(1)?,
                within: row.get(2)?,
                form: row.get(3)?,
                act: row.get(4)?,
                speaker: row.get(5)?,
                channel: row.get(6)?,
                platform: row.get(7)?,
                said_on: row.get(8)?,
                starts: row.get(9)?,
                ends: row.get(10)?,
                confidence: row.get(11)?,
                addressees: Vec::new(),
                via: Vec::new(),
            };
            Ok((row.get(0)?, found))
        });
        let Some((id, row)) = row.optional()? else {
            return Ok(None);
        };
        let row = Self {
            addressees: read_sides(db, "statement", id, "addressee")?,
            via: read_sides(db, "statement", id, "via")?,
            ..row
        };
        Ok(Some((id, row)))
    }
}

/// A row of `event` with those of `event_side`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct EventRow {
    local: String,
    kind: String,
    mode: Option<String>,
    status: String,
    statement: Option<String>,
    claimed_by: Option<i64>,
    date_begin: Option<String>,
    date_end: Option<String>,
    score: f64,
    starts: u32,
    ends: u32,
    confidence: f64,
    actors: Vec<i64>,
    recipients: Vec<i64>,
    place: Vec<i64>,
}

impl EventRow {
    /// What follows from an event.
    pub fn of(event: &Event<'_>, ids: &Ids) -> Result<Self, ArchiveError> {
        let claimed = event.claimed_by.as_ref();
        let date = event.date.as_ref();
        let place: Vec<Participant<'_>> = event.place.iter().cloned().collect();
        Ok(Self {
            local: event.id.to_string(),
            kind: event.kind.name().to_owned(),
            mode: event.mode.as_deref().map(str::to_owned),
            status: code(&event.status)?,
            statement: event.statement.map(|s| s.to_string()),
            claimed_by: claimed.and_then(|p| ids.get(&p.entity).copied()),
            date_begin: date.and_then(|d| d.first_day()).map(|d| d.to_string()),
            date_end: date.and_then(|d| d.last_day()).map(|d| d.to_string()),
            score: event.score,
            starts: event.trigger.start,
            ends: event.trigger.end,
            confidence: event.confidence,
            actors: of_participants(&event.actors, ids),
            recipients: of_participants(&event.recipients, ids),
            place: of_participants(&place, ids),
        })
    }

    /// What its statement and its article can be filtered by.
    pub fn mark(&self) -> Mark {
        Mark::Event(self.kind.clone())
    }

    /// Writes it under an id.
    pub fn write(&self, db: &Connection, id: i64, version: i64) -> Result<(), ArchiveError> {
        db.prepare_cached(
            "INSERT INTO event (id, version_id, local, type, mode, status, statement, claimed_by,
               date_begin, date_end, score, starts, ends, confidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            id,
            version,
            self.local,
            self.kind,
            self.mode,
            self.status,
            self.statement,
            self.claimed_by,
            self.date_begin,
            self.date_end,
            self.score,
            self.starts,
            self.ends,
            self.confidence,
        ])?;
        write_sides(db, "event", id, "actor", &self.actors)?;
        write_sides(db, "event", id, "recipient", &self.recipients)?;
        write_sides(db, "event", id, "place", &self.place)
    }

    /// Writes anew who takes part in the event with an id.
    pub fn retell(&self, db: &Connection, id: i64) -> Result<(), ArchiveError> {
        db.prepare_cached("UPDATE event SET claimed_by = ?2 WHERE id = ?1")?
            .execute(params![id, self.claimed_by])?;
        remove_sides(db, "event", id)?;
        write_sides(db, "event", id, "actor", &self.actors)?;
        write_sides(db, "event", id, "recipient", &self.recipients)?;
        write_sides(db, "event", id, "place", &self.place)
    }

    /// The row that a version has of an event, with its id.
    pub fn read(
        db: &Connection,
        version: i64,
        local: &Id,
    ) -> Result<Option<(i64, Self)>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT id, local, type, mode, status, statement, claimed_by, date_begin, date_end,
               score, starts, ends, confidence FROM event WHERE version_id = ?1 AND local = ?2",
        )?;
        let row = find.query_row(params![version, local.to_string()], |row| {
            let found = Self {
                local: row.get(1)?,
                kind: row.get(2)?,
                mode: row.get(3)?,
                status: row.get(4)?,
                statement: row.get(5)?,
                claimed_by: row.get(6)?,
                date_begin: row.get(7)?,
                date_end: row.get(8)?,
                score: row.get(9)?,
                starts: row.get(10)?,
                ends: row.get(11)?,
                confidence: row.get(12)?,
                actors: Vec::new(),
                recipients: Vec::new(),
                place: Vec::new(),
            };
            Ok((row.get(0)?, found))
        });
        let Some((id, row)) = row.optional()? else {
            return Ok(None);
        };
        let row = Self {
            actors: read_sides(db, "event", id, "actor")?,
            recipients: read_sides(db, "event", id, "recipient")?,
            place: read_sides(db, "event", id, "place")?,
            ..row
        };
        Ok(Some((id, row)))
    }
}

fn of_participants(all: &[Participant<'_>], ids: &Ids) -> Vec<i64> {
    let ids = all.iter().filter_map(|p| ids.get(&p.entity));
    ids.copied().collect()
}

fn write_sides(
    db: &Connection,
    of: &str,
    id: i64,
    role: &str,
    entities: &[i64],
) -> Result<(), ArchiveError> {
    let sql = format!("INSERT INTO {of}_side VALUES (?1, ?2, ?3, ?4)");
    let mut keep = db.prepare_cached(&sql)?;
    for (place, entity) in entities.iter().enumerate() {
        keep.execute(params![id, role, place as i64, entity])?;
    }
    Ok(())
}

fn remove_sides(db: &Connection, of: &str, id: i64) -> Result<(), ArchiveError> {
    let sql = format!("DELETE FROM {of}_side WHERE {of}_id = ?1");
    db.prepare_cached(&sql)?.execute([id])?;
    Ok(())
}

fn read_sides(db: &Connection, of: &str, id: i64, role: &str) -> Result<Vec<i64>, rusqlite::Error> {
    let sql =
        format!("SELECT entity_id FROM {of}_side WHERE {of}_id = ?1 AND role = ?2 ORDER BY place");
    let mut find = db.prepare_cached(&sql)?;
    find.query_map(params![id, role], |row| row.get(0))?
        .collect()
}

/// A value of a closed list, as the contract spells it.
fn code<T: serde::Serialize>(value: &T) -> Result<String, ArchiveError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(ArchiveError::Invalid("a code that is no word".into())),
    }
}
