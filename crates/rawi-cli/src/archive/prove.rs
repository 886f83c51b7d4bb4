//! `rawi verify --archive`: whether everything in an archive holds.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use rawi_archive::{Archive, ArchiveError, Mode};

use super::{bar, usage};
use crate::read::counted;
use crate::tell;

/// Checks everything in an archive.
///
/// # Errors
///
/// If there is none at the path, or it cannot be opened.
pub fn whole(path: &Path, quiet: bool) -> Result<ExitCode> {
    let archive = Archive::open(path, Mode::Read).map_err(usage)?;
    let bar = bar(quiet, Some(0), "texts {pos} of {len}");
    let proof = archive.verify(|done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let name = path.display();
    let proof = match proof {
        Ok(proof) => proof,
        Err(e @ (ArchiveError::Invalid(_) | ArchiveError::Damaged(_))) => {
            tell(&format!("{name}: NOT verified: {e}"));
            return Ok(ExitCode::FAILURE);
        }
        Err(e) => return Err(usage(e)),
    };
    let count = |number: u64, noun: &str| counted(number as usize, noun);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{name}: {} and {} verified: {}, {} of the indexes",
        count(proof.texts, "text"),
        count(proof.readings, "reading"),
        proof.verified,
        count(proof.terms, "term"),
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
