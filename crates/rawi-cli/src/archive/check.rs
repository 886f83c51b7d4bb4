//! `rawi check`: quotations put to the test.

use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use rawi::{Reader, Worker};
use rawi_archive::Mode;
use rawi_archive::quotes::{Attribution, Checked, Checker, Finding, FoundAt, quotations};
use serde_json::{Map, Value};

use super::quotes::{marked, name, place, warnings};
use super::variants::verdict;
use super::{Place, usage};
use crate::{Usage, safe, tell};

/// Check whether a quotation stands in the archive, and whether it has the right speaker.
///
/// Every article is searched, in its text and title, in statements and outside them. A
/// quotation is found word for word (`verbatim`), or with words left out between its own
/// (`cut`; an ellipsis in it says so itself); else it is `altered` (the differing words are
/// shown; a negation or number that was changed, or left out, is pointed out), said by
/// `other-speaker` or with `no-speaker`, or `not-found`. Names are compared with care: a
/// short name of the same person is right, anything doubtful is not.
///
/// A file of JSON lines is checked line by line: `quote` and `speaker`, or every quotation
/// between marks in the other text fields, with the speaker whom the text itself names.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The quotation, or a file of JSON lines: a name that ends in `.jsonl` or `.jsonl.gz`, `-` for standard input
    quotation: String,
    /// Who is said to have said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    place: Place,
    /// How to print; for a file of JSON lines `jsonl` is usual
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// How many places are printed for people
    #[arg(long, value_name = "N", default_value_t = 5)]
    places: usize,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Pretty,
    /// One JSON object a quotation
    Jsonl,
}

const EXAMPLES: &str = "\
Examples:
  rawi check \"سنبدأ بناء السد … هذا العام\" --speaker \"سالم البدري\" --archive news.rawi
  rawi check answers.jsonl --archive news.rawi > findings.jsonl

Exit codes:
  0  every quotation is found, word for word or cut, and said by the speaker that is named
  1  one is not; or the archive or file could not be read
  2  wrong usage";

/// The longest line of a file, in bytes.
const LONGEST: u64 = 16 << 20;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let archive = args.place.open(Mode::Read)?;
    let checker = Checker::new(&archive).map_err(usage)?;
    let is_file = args.quotation == "-" || is_json_lines(&args.quotation);
    if is_file && args.speaker.is_some() {
        let problem = "a file names the speaker of each quotation itself; leave out --speaker";
        return Err(Usage(problem.to_owned()).into());
    }
    let mut check = Check {
        checker,
        format: args.format.unwrap_or(if is_file {
            Format::Jsonl
        } else {
            Format::Pretty
        }),
        places: args.places,
        checked: 0,
        failed: 0,
    };
    let mut out = io::stdout().lock();
    if is_file {
        check.file(&args.quotation, &mut out)?;
        if check.checked == 0 && check.failed == 0 {
            tell(&format!("{}: has no quotation", args.quotation));
            check.failed = 1;
        }
    } else {
        if args.quotation.trim().is_empty() {
            return Err(Usage("the quotation is empty".to_owned()).into());
        }
        check.one(
            &args.quotation,
            args.speaker.as_deref(),
            &Map::new(),
            &mut out,
        )?;
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(check.failed > 0)))
}

fn is_json_lines(name: &str) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    !name.contains('\n')
        && Path::new(name)
            .extension()
            .is_some_and(|e| e == "jsonl" || e == "ndjson")
}

struct Check<'a> {
    checker: Checker<'a>,
    format: Format,
    places: usize,
    checked: usize,
    /// Quotations that do not hold, and lines that cannot be read.
    failed: usize,
}

impl Check<'_> {
    /// Checks a quotation; `about` says in what it stands.
    fn one(
        &mut self,
        quotation: &str,
        speaker: Option<&str>,
        about: &Map<String, Value>,
        out: &mut impl Write,
    ) -> Result<()> {
        let checked = self.checker.check(quotation, speaker).map_err(usage)?;
        self.checked += 1;
        self.failed += usize::from(!checked.finding.holds());
        match self.format {
            Format::Pretty => out.write_all(pretty(&checked, self.places).as_bytes())?,
            Format::Jsonl => {
                let mut line = about.clone();
                if let Value::Object(fields) = serde_json::to_value(&checked)? {
                    line.extend(fields);
                }
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    fn file(&mut self, name: &str, out: &mut impl Write) -> Result<()> {
        let raw: Box<dyn Read + Send> = match name {
            "-" => Box::new(io::stdin()),
            _ => Box::new(File::open(name).with_context(|| format!("cannot open {name}"))?),
        };
        let mut input = rawi_input::unpacked(raw).with_context(|| format!("cannot read {name}"))?;
        let mut worker = Reader::new()?.worker();
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            if read.with_context(|| format!("{name}:{number}: cannot read on"))? == 0 {
                break;
            }
            if line.len() as u64 == LONGEST {
                bail!("{name}:{number}: longer than {} MiB", LONGEST >> 20);
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if let Err(e) = self.line(&line, number, &mut worker, out) {
                if e.downcast_ref::<io::Error>().is_some() {
                    return Err(e);
                }
                self.failed += 1;
                tell(&format!("{name}:{number}: {e:#}"));
            }
        }
        Ok(())
    }

    fn line(
        &mut self,
        line: &[u8],
        number: u64,
        worker: &mut Worker,
        out: &mut impl Write,
    ) -> Result<()> {
        let Value::Object(fields) = serde_json::from_slice(line).context("is no JSON")? else {
            bail!("is no JSON object");
        };
        let mut about = Map::new();
        about.insert("line".to_owned(), number.into());
        if let Some(id) = fields.get("id") {
            about.insert("id".to_owned(), id.clone());
        }
        if let Some(quote) = fields.get("quote") {
            let Some(quote) = quote.as_str() else {
                bail!("`quote` is no text");
            };
            let speaker = match fields.get("speaker") {
                None | Some(Value::Null) => None,
                Some(Value::String(name)) => Some(name.as_str()),
                Some(_) => bail!("`speaker` is no text"),
            };
            return self.one(quote, speaker, &about, out);
        }
        for (field, value) in &fields {
            let Some(text) = value.as_str().filter(|_| field != "id") else {
                continue;
            };
            for quoted in quotations(worker, text)? {
                about.insert("field".to_owned(), field.as_str().into());
                about.insert("start".to_owned(), quoted.start.into());
                about.insert("end".to_owned(), quoted.end.into());
                self.one(&quoted.quotation, quoted.speaker.as_deref(), &about, out)?;
            }
        }
        Ok(())
    }
}

fn pretty(checked: &Checked, most: usize) -> String {
    let by = match &checked.speaker {
        Some(name) => format!(" · {}", safe::part(name)),
        None => String::new(),
    };
    let quotation = safe::one_line(&checked.quotation);
    let mut out = format!("{}{by}\n  │ {quotation}\n", headline(checked.finding));
    for place in checked.places.iter().take(most) {
        out.push_str(&found_at(place, checked));
    }
    let rest = checked.places.len().saturating_sub(most);
    if rest > 0 {
        out.push_str(&format!("and {rest} more\n"));
    }
    if checked.more {
        out.push_str("there may be more places than were looked at\n");
    }
    out
}

/// What a finding means.
fn headline(finding: Finding) -> &'static str {
    match finding {
        Finding::Verbatim => "verbatim",
        Finding::Cut => "cut: found, with words left out",
        Finding::OtherSpeaker => "other-speaker: found, but said by somebody else",
        Finding::NoSpeaker => "no-speaker: found, but nobody is named who says it",
        Finding::Altered => "altered: found in other words only",
        Finding::TooShort => "too-short: too few words to tell",
        _ => "not-found",
    }
}

fn found_at(found: &FoundAt, checked: &Checked) -> String {
    let whose = match (found.statement, &found.speaker) {
        (None, _) => "outside any statement".to_owned(),
        (Some(_), speaker) => name(speaker.as_ref()),
    };
    let right = match found.attribution {
        Attribution::Other => " (somebody else)",
        _ => "",
    };
    let part = if found.headline { "title" } else { "text" };
    let statement = found
        .statement
        .map(|id| format!(" · statement {id}"))
        .unwrap_or_default();
    let mut out = format!(
        "{} · {part} {}-{}\n  {} · {whose}{right}{statement}\n",
        place(&found.report),
        found.start,
        found.end,
        verdict(found.verdict),
    );
    if found.differences.is_empty() {
        out.push_str(&format!("  │ {}\n", safe::one_line(&found.text)));
    } else {
        out.push_str(&format!(
            "  │ {}\n",
            marked(&checked.quotation, 0, &found.differences)
        ));
    }
    for warning in warnings(&found.differences) {
        out.push_str(&format!("  ! {warning}\n"));
    }
    out
}
