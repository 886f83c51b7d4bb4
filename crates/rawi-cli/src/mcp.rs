//! `rawi mcp`: an archive for assistants.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use rawi_mcp::{ServeError, StartError};

use crate::archive::usage;
use crate::samples::Samples;
use crate::{Usage, tell};

/// Let an assistant ask an archive: who said what, with evidence
///
/// Speaks the Model Context Protocol over standard input and output, until the input ends.
/// An assistant starts it; docs/mcp.md says how to add it to one. All tools only read:
/// search_statements, get_statement, check_quotation, check_text, variants, search_events,
/// find_people, get_person, read_text, archive_info. Articles are resources, `rawi://article/VERSION`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The archive; without it the sample articles, read at the start
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Say nothing on standard error but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi mcp --archive news.rawi
  {\"mcpServers\": {\"rawi\": {\"command\": \"rawi\", \"args\": [\"mcp\", \"--archive\", \"/home/me/news.rawi\"]}}}

Exit codes:
  0  the input ended
  1  the archive could not be read, or the output was closed
  2  there is no such archive, or the other side does not speak the protocol";

impl Args {
    fn serve(&self, archive: &Path, what: &str) -> Result<(), ServeError> {
        if !self.quiet {
            tell(&format!("serving {what} over standard input and output"));
        }
        rawi_mcp::run(archive)
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    // What a fault says may hold words of articles; its place does not.
    std::panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(ToString::to_string);
        tell(&format!("a fault at {}", place.unwrap_or_default()));
    }));
    let served = match &args.archive {
        Some(archive) => args.serve(archive, &archive.display().to_string()),
        None => {
            let samples = Samples::read()?;
            args.serve(&samples.archive(), "the sample articles")
        }
    };
    match served {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(ServeError::Start(StartError::Archive(e))) => Err(usage(e)),
        Err(e @ ServeError::Handshake) => Err(Usage(e.to_string()).into()),
        Err(e) => Err(e.into()),
    }
}
