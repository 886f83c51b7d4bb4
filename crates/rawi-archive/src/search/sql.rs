//! The two indexes and the tables that their rows belong to.

use super::Scope;

impl Scope {
    /// Its index.
    pub(super) fn index(self) -> &'static str {
        match self {
            Scope::Statements => "statement_index",
            Scope::Articles => "article_index",
        }
    }

    /// What counts the rows that match `?1` and have an id from `?2` to `?3`.
    pub(super) fn count(self) -> String {
        let index = self.index();
        format!("SELECT count(*) FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3")
    }

    /// What gives their ids, in order.
    pub(super) fn matching(self) -> String {
        let index = self.index();
        format!("SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3")
    }

    /// What gives the ids of all that the index has from `?1` to `?2`, in order.
    pub(super) fn everything(self) -> String {
        // Where the index keeps how long each row is, as its documentation says.
        let index = self.index();
        format!("SELECT id FROM {index}_docsize WHERE id BETWEEN ?1 AND ?2 ORDER BY id")
    }

    /// What gives their ids, the newest first or the oldest first.
    pub(super) fn ids(self, newest: bool) -> String {
        let index = self.index();
        let order = if newest { "DESC" } else { "ASC" };
        format!(
            "SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3
             ORDER BY rowid {order}"
        )
    }

    /// What gives their ids, those first of which the words say most. Marks say nothing.
    pub(super) fn best(self) -> String {
        let index = self.index();
        format!(
            "SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3
             ORDER BY bm25({index}, 1.0, 0.0), rowid DESC"
        )
    }
}
