//! Small words with a part in the sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

use rawi_text::fold;

use crate::compile::Compiler;
use crate::facet::Facet;
use crate::roles::Roles;
use crate::tables::Tables;

/// Compiles `structure_words.tsv`: each key has the number of its set of roles.
pub fn compile(tables: &Tables, compiler: &mut Compiler) -> Result<(), Box<dyn Error>> {
    let table = tables.read_facts("structure_words.tsv", &["word", "role"], &[])?;
    let mut words: BTreeMap<String, u128> = BTreeMap::new();
    for row in table.rows() {
        let name = row.get("role");
        let role = Roles::named(name)
            .ok_or_else(|| format!("structure_words.tsv:{}: no role {name}", row.line()))?;
        *words.entry(fold(row.get("word"))).or_default() |= role.0;
    }
    let sets: BTreeSet<u128> = words.values().copied().collect();
    let numbers: BTreeMap<u128, u32> = sets.iter().copied().zip(0..).collect();
    for (word, set) in &words {
        compiler.set(word, Facet::Roles, numbers[set]);
    }
    compiler.list("roles", sets.iter().flat_map(|s| s.to_le_bytes()).collect());
    Ok(())
}
