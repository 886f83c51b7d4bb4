//! Countries: which one a name means, and who speaks for it.

use rusqlite::{OptionalExtension as _, params};

use crate::document::outlet_key;
use crate::{Archive, ArchiveError};

impl Archive {
    /// The code of the country that a code or the name of a place means; none if the
    /// archive knows no such place, or not of which country it is.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn country_named(&self, text: &str) -> Result<Option<String>, ArchiveError> {
        let code = text.to_ascii_uppercase();
        let mut known = self
            .db
            .prepare_cached("SELECT 1 FROM entity WHERE country = ?1 LIMIT 1")?;
        if code.len() == 3 && known.exists([&code])? {
            return Ok(Some(code));
        }
        let mut find = self.db.prepare_cached(
            "SELECT e.country FROM entity_name n JOIN entity e ON e.id = n.entity_id
             WHERE n.folded = ?1 AND n.type = 'GPE' AND e.country IS NOT NULL
             GROUP BY e.country ORDER BY count(*) DESC, e.country LIMIT 1",
        )?;
        let found = find.query_row([outlet_key(text)], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// Those of a country who say most, by the numbers that stand for their groups.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn speakers_of_country(&self, code: &str, most: usize) -> Result<Vec<i64>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT coalesce(e.merged_into, e.id) AS root, count(*) AS n
             FROM entity e JOIN statement s ON s.speaker_id = e.id WHERE e.country = ?1
             GROUP BY root ORDER BY n DESC, root LIMIT ?2",
        )?;
        let rows = find.query_map(params![code, most as i64], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
