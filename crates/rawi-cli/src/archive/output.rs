//! What commands that list and decide print, and who decides.

use std::io::{BufWriter, IsTerminal as _, Write as _, stdout};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use crate::Usage;
use crate::look::Look;

/// What is printed, and how it looks.
#[derive(clap::Args)]
pub struct Output {
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Form::Pretty)]
    format: Form,
    #[command(flatten)]
    look: Look,
}

/// What is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Form {
    /// Lines for people
    Pretty,
    /// An object a line
    Jsonl,
}

impl Output {
    /// Prints things one by one, for people as `pretty` tells them.
    ///
    /// # Errors
    ///
    /// If that cannot be done.
    pub fn print<T: serde::Serialize>(
        &self,
        all: &[T],
        pretty: impl Fn(&T, crate::pretty::Style) -> Result<String>,
    ) -> Result<ExitCode> {
        let style = self.look.style(stdout().is_terminal());
        let mut out = BufWriter::new(stdout().lock());
        for one in all {
            match self.format {
                Form::Pretty => write!(out, "{}", pretty(one, style)?)?,
                Form::Jsonl => {
                    serde_json::to_writer(&mut out, one)?;
                    writeln!(out)?;
                }
            }
        }
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Who decides: who is named, or else the user.
///
/// # Errors
///
/// If the name is none.
pub fn who(named: Option<&str>) -> Result<String> {
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME"));
    match named.map(str::trim) {
        Some("") => Err(Usage("--by: no name".into()).into()),
        Some(name) => Ok(name.to_owned()),
        None => Ok(user().unwrap_or_else(|_| "unknown".into())),
    }
}
