//! Checks the tables of `lexicon/` for what the build cannot see: facts that stand
//! twice, rows that fold alike, columns that no head explains.
//!
//! What a column may hold, and which columns there are, the build itself tells with
//! file and line.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use rawi_lexicon::{FOR_PEOPLE, KEY, Row, Table};
use rawi_text::fold;

/// Where the tables are.
#[derive(Args)]
pub struct TableArgs {
    /// The folder of tables
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
}

/// Tables in which a word, or two that fold alike, may have several rows: `word` and the
/// column named here tell them apart.
const FACTS: [(&str, &str); 7] = [
    ("function_words.tsv", "class"),
    ("number_words.tsv", "part"),
    ("query_words.tsv", "part"),
    ("reporting_verbs.tsv", "imperfect"),
    ("structure_words.tsv", "role"),
    ("time_words.tsv", "role"),
    ("events/contexts.tsv", "context"),
];

/// Tables whose words count with their own letters: folding would hide what tells them
/// apart.
const WITH_OWN_LETTERS: [&str; 1] = ["written_languages.tsv"];

/// Tables in which several rows may have one form: people and bodies may bear one name.
const SHARED_NAMES: [&str; 3] = [
    "entities/people.tsv",
    "entities/organizations.tsv",
    "outlets.tsv",
];

/// Columns of a table that say one thing of the words in them; of rows with that value
/// alone, where there is one.
struct Says {
    file: &'static str,
    columns: &'static [&'static str],
    only: Option<(&'static str, &'static str)>,
}

const fn says(file: &'static str, columns: &'static [&'static str]) -> Says {
    let only = None;
    Says {
        file,
        columns,
        only,
    }
}

/// Names of the well-known bodies of one kind.
const fn organizations_of(kind: &'static str) -> Says {
    Says {
        file: "entities/organizations.tsv",
        columns: &["word", "forms", "short"],
        only: Some(("kind", kind)),
    }
}

/// What several tables say, each of other words.
const ONCE: &[(&str, &[Says])] = &[
    (
        "a person's name",
        &[
            says("entities/people.tsv", &["word", "forms"]),
            says("gazetteer/people.tsv", &["word"]),
        ],
    ),
    (
        "a family's name",
        &[
            says("entities/people.tsv", &["solo"]),
            says("gazetteer/families.tsv", &["word"]),
        ],
    ),
    (
        "a given name",
        &[
            says("given_names.tsv", &["word"]),
            says("gazetteer/given.tsv", &["word"]),
        ],
    ),
    (
        "a body's name",
        &[
            says("entities/organizations.tsv", &["word", "forms", "short"]),
            says("gazetteer/bodies.tsv", &["word"]),
        ],
    ),
    (
        "a club's name",
        &[
            organizations_of("club"),
            says("gazetteer/clubs.tsv", &["word"]),
        ],
    ),
    (
        "a company's name",
        &[
            organizations_of("company"),
            organizations_of("bank"),
            says("gazetteer/companies.tsv", &["word"]),
        ],
    ),
    (
        "an outlet's name",
        &[
            says("outlets.tsv", &["word", "forms"]),
            says("gazetteer/media.tsv", &["word"]),
        ],
    ),
    (
        "a place's name",
        &[
            says("countries.tsv", &["word", "forms", "capital"]),
            Says {
                file: "gazetteer/places.tsv",
                columns: &["word"],
                only: Some(("kind", "place")),
            },
        ],
    ),
];

/// A table that has been read.
struct Read {
    /// Its path under the folder, with `/`.
    file: String,
    columns: Vec<String>,
    head: Vec<String>,
    table: Table,
}

/// What is wrong, each with file and line.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, file: &str, line: usize, problem: &str) {
        self.0.push(format!("lexicon/{file}:{line}: {problem}"));
    }
}

/// Checks all tables; the page says what is wrong, and the answer whether nothing is.
///
/// # Errors
///
/// If a file cannot be read or is no table.
pub fn check(args: &TableArgs) -> Result<(String, bool)> {
    let mut files = Vec::new();
    walk(&args.lexicon, "", &mut files)?;
    files.sort();
    let tables = files
        .iter()
        .map(|file| read(&args.lexicon, file))
        .collect::<Result<Vec<_>>>()?;
    let mut problems = Problems::default();
    for table in &tables {
        table.columns(&mut problems);
        table.rows(&mut problems);
    }
    for (what, places) in ONCE {
        once(what, places, &tables, &mut problems);
    }
    let rows: usize = tables.iter().map(|t| t.table.rows().len()).sum();
    let mut page = problems.0.join("\n");
    if !page.is_empty() {
        page.push('\n');
    }
    let (tables, wrong) = (tables.len(), problems.0.len());
    writeln!(page, "{tables} tables, {rows} rows, {wrong} problems")?;
    Ok((page, wrong == 0))
}

/// The tables of a folder and of those below it.
fn walk(root: &Path, under: &str, files: &mut Vec<String>) -> Result<()> {
    let dir = root.join(under);
    let cannot = || format!("cannot read {}", dir.display());
    for entry in std::fs::read_dir(&dir).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = match under {
            "" => name,
            _ => format!("{under}/{name}"),
        };
        if entry.path().is_dir() {
            walk(root, &path, files)?;
        } else if path.ends_with(".tsv") {
            files.push(path);
        }
    }
    Ok(())
}

fn read(root: &Path, file: &str) -> Result<Read> {
    let path = root.join(file);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let head = text.lines().take_while(|l| l.starts_with('#'));
    let head = head.map(|l| l[1..].trim().to_owned()).collect();
    let header = text.lines().find(|l| !l.starts_with('#') && !l.is_empty());
    let columns: Vec<&str> = header.unwrap_or_default().split('\t').collect();
    let fact = FACTS.iter().find(|(facts, _)| *facts == file);
    let table = match fact {
        Some((_, column)) => {
            Table::read_facts(&path, &[KEY, column], &[&columns, &["forms"][..]].concat())
        }
        None => Table::read(&path, &columns, &["forms"]),
    };
    Ok(Read {
        file: file.to_owned(),
        table: table?,
        head,
        columns: columns.into_iter().map(str::to_owned).collect(),
    })
}

impl Read {
    fn columns(&self, problems: &mut Problems) {
        if self.columns.first().is_none_or(|c| c != KEY) {
            problems.add(&self.file, 1, "the first column is not `word`");
        }
        for column in &self.columns {
            let explains = |line: &String| {
                line.split(' ').next() == Some(column) || line.starts_with("Columns and frames:")
            };
            let explained = self.head.iter().any(explains);
            if !explained && !FOR_PEOPLE.contains(&column.as_str()) {
                let problem = format!("the head explains no column `{column}`");
                problems.add(&self.file, 1, &problem);
            }
        }
    }

    /// What tells rows with one word apart, besides the word.
    fn fact<'r>(&self, row: &'r Row) -> &'r str {
        let fact = FACTS.iter().find(|(facts, _)| *facts == self.file);
        fact.map_or("", |(_, column)| row.get(column))
    }

    fn facts(&self, row: &Row) -> String {
        let others = self.columns.iter().filter(|c| *c != KEY);
        others.map(|c| row.get(c)).collect::<Vec<_>>().join("\t")
    }

    fn rows(&self, problems: &mut Problems) {
        let shared = SHARED_NAMES.contains(&self.file.as_str());
        let mut seen: BTreeMap<(String, &str), &Row> = BTreeMap::new();
        for row in self.table.rows() {
            for word in row.words() {
                let key = match WITH_OWN_LETTERS.contains(&self.file.as_str()) {
                    true => word.to_owned(),
                    false => fold(word),
                };
                if key.trim().is_empty() {
                    problems.add(
                        &self.file,
                        row.line(),
                        &format!("`{word}` folds to nothing"),
                    );
                }
                let Some(other) = seen.insert((key, self.fact(row)), row) else {
                    continue;
                };
                let problem = if other.line() == row.line() {
                    format!("`{word}` folds like another form of the row")
                } else if self.facts(other) == self.facts(row) {
                    format!(
                        "`{word}`, with the same facts, is in line {} too",
                        other.line()
                    )
                } else if shared {
                    continue;
                } else {
                    format!(
                        "`{word}`, with other facts, is in line {} too",
                        other.line()
                    )
                };
                problems.add(&self.file, row.line(), &problem);
            }
        }
    }
}

/// Looks for words of which several tables say the same.
fn once(what: &str, places: &[Says], tables: &[Read], problems: &mut Problems) {
    let mut seen: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for place in places {
        let Some(read) = tables.iter().find(|t| t.file == place.file) else {
            problems.add(place.file, 1, "no such table");
            continue;
        };
        let mut here: BTreeMap<String, (&str, usize)> = BTreeMap::new();
        for row in read.table.rows() {
            let counts = |(column, value)| row.list(column, '|').any(|v| v == value);
            if !place.only.is_none_or(counts) {
                continue;
            }
            let known = |c: &&&str| read.columns.iter().any(|own| own == **c);
            for column in place.columns.iter().filter(known) {
                for word in row.list(column, '|') {
                    let key = fold(word);
                    if let Some((file, line)) = seen.get(&key) {
                        let problem =
                            format!("that `{word}` is {what} says lexicon/{file}:{line} too");
                        problems.add(place.file, row.line(), &problem);
                    }
                    here.insert(key, (place.file, row.line()));
                }
            }
        }
        seen.extend(here);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        let lexicon = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon");
        let (page, fine) = check(&TableArgs { lexicon }).unwrap();
        assert!(fine, "\n{page}");
    }

    #[test]
    fn problems_are_told() {
        let dir = tempfile::tempdir().unwrap();
        let table = "# word   a word\n# forms  others\nword\tforms\tkind\n\
                     أحمد\t-\tm\nاحمد\t-\tm\nإحمد\tـ|علي|على\tf\n";
        std::fs::write(dir.path().join("t.tsv"), table).unwrap();
        let lexicon = dir.path().to_owned();
        let (page, fine) = check(&TableArgs { lexicon }).unwrap();
        assert!(!fine);
        for problem in [
            "lexicon/t.tsv:1: the head explains no column `kind`",
            "lexicon/t.tsv:5: `احمد`, with the same facts, is in line 4 too",
            "lexicon/t.tsv:6: `إحمد`, with other facts, is in line 5 too",
            "lexicon/t.tsv:6: `ـ` folds to nothing",
            "lexicon/t.tsv:6: `على` folds like another form of the row",
        ] {
            assert!(page.contains(problem), "{page}");
        }
    }
}
