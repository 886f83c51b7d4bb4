//! `rawi export --gold`: articles as people say they are to be read.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use rawi_archive::Mode;

use super::{Args, broken, open, settled};
use crate::archive::usage;
use crate::read::counted;
use crate::read::target::{Target, is_read};
use crate::{Usage, tell};

/// Writes the list, and the texts if they are asked for.
pub fn run(args: &Args, path: Option<&Path>) -> Result<ExitCode> {
    let archive = args.place.open(Mode::Read)?;
    let texts = args.texts.as_deref();
    let read = std::slice::from_ref(&args.place.archive);
    if is_read(path, read) || is_read(texts, read) {
        return Err(Usage("the archive is read from: write to another file".to_owned()).into());
    }
    if texts.is_some() && texts == path {
        return Err(Usage("the texts need a file of their own".to_owned()).into());
    }
    let mut list = Vec::new();
    let mut lines = Vec::new();
    let tally = archive.gold(|gold, article| {
        let comma = if list.is_empty() { "[\n" } else { ",\n" };
        list.extend_from_slice(comma.as_bytes());
        serde_json::to_writer(&mut list, gold).map_err(broken)?;
        serde_json::to_writer(&mut lines, article).map_err(broken)?;
        lines.push(b'\n');
        Ok(())
    });
    let tally = tally.map_err(usage)?;
    if list.is_empty() {
        list.push(b'[');
    }
    list.extend_from_slice(b"\n]\n");
    if let Some(texts) = texts {
        put(open(Some(texts), args.quiet)?, &lines)?;
    }
    put(open(path, args.quiet)?, &list)?;
    if !args.quiet {
        let whole = counted(tally.whole as usize, "article");
        let partly = match tally.partly {
            0 => String::new(),
            number => format!(
                "; {} only partly looked at, left out",
                counted(number as usize, "article")
            ),
        };
        tell(&format!("{whole} looked at as a whole{partly}"));
    }
    Ok(ExitCode::SUCCESS)
}

fn put(mut target: Target, bytes: &[u8]) -> Result<()> {
    let remnant = target.remnant();
    let written = target.write_all(bytes).map_err(anyhow::Error::from);
    settled(
        written.and_then(|()| target.finish().map_err(Into::into)),
        remnant,
    )
}
