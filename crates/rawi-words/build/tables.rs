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
    pub fn read_facts(
        &self,
        name: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Table, Box<dyn Error>> {
        Ok(Table::read_facts(&self.path(name), required, optional)?)
    }

    /// People whom names are linked to.
    pub fn people(&self) -> Result<Table, Box<dyn Error>> {
        let columns = ["word", "name_en", "country", "sector"];
        let optional = ["forms", "solo", "shared", "gender", "wikidata", "roles"];
        self.read_with("entities/people.tsv", &columns, &optional)
    }

    /// Offices that people hold.
    pub fn offices(&self) -> Result<Table, Box<dyn Error>> {
        self.read_with("offices.tsv", &["word", "of"], &["forms", "country"])
    }

    /// Organizations that names are linked to.
    pub fn organizations(&self) -> Result<Table, Box<dyn Error>> {
        let columns = ["word", "name_en", "kind", "country", "sector"];
        let optional = ["forms", "short", "wikidata"];
        self.read_with("entities/organizations.tsv", &columns, &optional)
    }

    /// Outlets that names are linked to.
    pub fn outlets(&self) -> Result<Table, Box<dyn Error>> {
        let columns = ["word", "kind", "country", "name_en"];
        self.read_with("outlets.tsv", &columns, &["forms", "wikidata"])
    }

    /// Countries.
    pub fn countries(&self) -> Result<Table, Box<dyn Error>> {
        let columns = ["word", "iso3", "capital", "demonyms", "name_en"];
        self.read_with("countries.tsv", &columns, &["forms"])
    }

    /// Titles and role nouns.
    pub fn titles(&self) -> Result<Table, Box<dyn Error>> {
        let columns = ["word", "feminine", "plural", "kind"];
        self.read_with("titles.tsv", &columns, &["group"])
    }

    /// Given names.
    pub fn given_names(&self) -> Result<Table, Box<dyn Error>> {
        self.read_with("given_names.tsv", &["word", "gender"], &["forms", "kind"])
    }

    /// A list of names.
    pub fn gazetteer(&self, name: &str) -> Result<Table, Box<dyn Error>> {
        self.read_with(name, &["word", "kind"], &["country", "gender", "sector"])
    }

    fn path(&self, name: &str) -> PathBuf {
        let path = self.dir.join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        path
    }
}
