//! `rawi verify --archive`: whether everything in an archive holds, or everything in an
//! export of it.

mod rows;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use rawi_archive::{Archive, ArchiveError, Mode};

use super::{bar, usage};
use crate::read::counted;
use crate::{tell, verify};
use rows::Check;

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
    if proof.corrections > 0 {
        writeln!(
            out,
            "{name}: {} verified",
            count(proof.corrections, "correction")
        )?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Checks every row of an export against its archive.
///
/// # Errors
///
/// If one of the files cannot be read, or the first is no export.
pub fn export(file: &Path, path: &Path, quiet: bool) -> Result<ExitCode> {
    let archive = Archive::open(path, Mode::Read).map_err(usage)?;
    let bar = bar(quiet, None, "rows");
    let mut check = Check::new(&archive, file, &bar);
    let done = check.all();
    bar.finish_and_clear();
    done?;
    let name = file.display();
    let rows = counted(check.rows, "row");
    if check.faults > verify::NAMED {
        let more = check.faults - verify::NAMED;
        tell(&format!("and {more} more that do not hold"));
    }
    if check.faults > 0 {
        let faults = counted(check.faults, "fault");
        tell(&format!("{name}: NOT verified: {faults} in {rows}"));
        return Ok(ExitCode::FAILURE);
    }
    let mut out = std::io::stdout();
    writeln!(out, "{name}: {rows} verified against {}", path.display())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
