//! Lists of mistakes, grouped by kind.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Examples by key. The parts of a key are printed side by side.
#[derive(Default)]
pub(super) struct Groups(BTreeMap<Vec<String>, Vec<String>>);

impl Groups {
    /// Adds an example under a key.
    pub(super) fn add(&mut self, key: [&str; 2], example: String) {
        let key = key.map(str::to_owned).to_vec();
        self.0.entry(key).or_default().push(example);
    }

    /// The groups by size, then by key, each with so many of its examples.
    pub(super) fn print(&self, page: &mut String, title: &str, examples: usize) {
        let total: usize = self.0.values().map(Vec::len).sum();
        // Writing to a string cannot fail.
        let _ = writeln!(page, "\n== {title}: {total}");
        let mut groups: Vec<_> = self.0.iter().collect();
        groups.sort_by_key(|(key, of)| (Reverse(of.len()), *key));
        for (key, of) in groups {
            let _ = writeln!(page, "{:5}  {}", of.len(), key.join("  "));
            for example in of.iter().take(examples) {
                let _ = writeln!(page, "         {example}");
            }
        }
    }
}
