//! Compiles the tables of `lexicon/`: what is known of keys into `lexicon.pack`,
//! the rows that values point to into Rust source.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

#[path = "src/body_kind.rs"]
mod body_kind;
#[path = "build/compile.rs"]
mod compile;
#[path = "build/events.rs"]
mod events;
#[path = "src/facet.rs"]
mod facet;
#[allow(dead_code)] // the build only writes forms
#[path = "src/forms.rs"]
mod forms;
#[allow(dead_code)] // the build only reads frames
#[path = "src/events/frame.rs"]
mod frame;
#[path = "build/gazetteer.rs"]
mod gazetteer;
#[path = "src/listed.rs"]
mod listed;
#[path = "build/naming.rs"]
mod naming;
#[path = "build/offices.rs"]
mod offices;
#[allow(dead_code)] // the build only checks names
#[path = "src/events/ontology.rs"]
mod ontology;
#[path = "build/reporting.rs"]
mod reporting;
#[allow(dead_code)] // the build only reads frames
#[path = "src/reporting/frames.rs"]
mod reporting_frames;
#[allow(dead_code)] // the build only names parts
#[path = "src/reporting/terms.rs"]
mod reporting_terms;
#[allow(dead_code)] // the build only names roles
#[path = "src/roles.rs"]
mod roles;
#[path = "src/slot.rs"]
mod slot;
#[path = "build/structure.rs"]
mod structure;
#[path = "build/tables.rs"]
mod tables;
#[allow(dead_code)] // the build only sets tags
#[path = "src/tags.rs"]
mod tags;
#[allow(dead_code)] // the build only writes codes
#[path = "src/events/terms.rs"]
mod terms;
#[path = "build/time.rs"]
mod time;
#[path = "src/title_key.rs"]
mod title_key;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let tables = tables::Tables::new()?;
    let mut compiler = compile::Compiler::default();
    structure::compile(&tables, &mut compiler)?;
    fs::write(
        out.join("naming.rs"),
        naming::compile(&tables, &mut compiler)?,
    )?;
    fs::write(out.join("time.rs"), time::compile(&tables, &mut compiler)?)?;
    fs::write(
        out.join("reporting.rs"),
        reporting::compile(&tables, &mut compiler)?,
    )?;
    fs::write(
        out.join("events.rs"),
        events::compile(&tables, &mut compiler)?,
    )?;
    compiler.list("listed", gazetteer::compile(&tables)?);
    fs::write(out.join("lexicon.pack"), compiler.finish())?;
    Ok(())
}
