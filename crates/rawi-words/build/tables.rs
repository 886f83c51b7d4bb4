//! Where the tables lie.

use std::env;
use std::error::Error;
use std::path::PathBuf;

use rawi_lexicon::Table;

/// The folder of tables.
pub struct Tables {
    dir: PathBuf,
}

impl Tables {
    /// The tables of this checkout.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        let dir = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
        Ok(Self { dir })
    }

    /// Reads a table and has the build run again when it changes.
    pub fn read(&self, name: &str, columns: &[&str]) -> Result<Table, Box<dyn Error>> {
        self.read_with(name, columns, &[])
    }

    /// The same for a table that may lack some columns.
    pub fn read_with(
        &self,
        name: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Table, Box<dyn Error>> {
        Ok(Table::read(&self.path(name), required, optional)?)
    }

    /// Reads a table in which a row is one fact of a word.
    pub fn read_facts(&self, name: &str, columns: &[&str]) -> Result<Table, Box<dyn Error>> {
        Ok(Table::read_facts(&self.path(name), columns, &[])?)
    }

    fn path(&self, name: &str) -> PathBuf {
        let path = self.dir.join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        path
    }
}
