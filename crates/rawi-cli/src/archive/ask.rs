//! `rawi ask`: who said what, in an archive.

mod table;

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use rawi_archive::query::{Field, Node, Query, QueryError};
use rawi_archive::search::{
    Candidate, Facet, FacetField, Page, Request, Resolved, Scope, Searcher, Sort,
};
use rawi_archive::{ArchiveError, Mode};

use super::{Place, usage};
use crate::look::Look;
use crate::pretty::{self, Style};
use crate::read::{counted, grouped};
use crate::safe::one_line;
use crate::{Usage, tell};

/// How many forms of words, and others of a name, are told.
const TOLD: usize = 8;

/// Ask an archive who said what
///
/// Words are found in all their forms: `كتاب` finds `والكتاب`, `بالكتاب` and `كتابه`, and
/// neither vowel signs nor the kinds of alef, ya and ta matter. All words must match.
///
///   "توسعة الميناء"      side by side         "الميناء التوسعة"~5   near one another
///   ="الميناء"           spelled so           -إضراب               without
///   ميناء OR مرفأ        either               ( )                  groups
///
///   speaker: to: via: outlet:                 names, in quotes if of several words, or #12
///   act: channel: form: event:                act:(deny, warn)
///   before: after: since: until: date:        2026, 2026-03, 2026-03-12, "آذار 2026"
///   said: said-before: said-after: …          the day of saying, where the text tells it
///
/// `قال:`, `إلى:`, `عبر:`, `ناشر:`, `قبل:`, `بعد:` and others are names of fields too.
/// `speaker:none`, `outlet:none`, `channel:none` and `date:none` find what has none.
/// A query may also be a question: `ماذا قال سالم البدري عن الميناء`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES, verbatim_doc_comment)]
pub struct Args {
    /// What to look for; all there is without it
    query: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// Who said it
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// About what: words of what was said
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,
    /// To whom
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    /// Through what: who handed it on, or a kind of channel
    #[arg(long, value_name = "NAME")]
    via: Vec<String>,
    /// In articles of these days, months or years
    #[arg(long, num_args = 2, value_names = ["FROM", "UNTIL"])]
    between: Vec<String>,
    /// Find articles, by all their words, instead of statements
    #[arg(long)]
    articles: bool,
    /// Which come first
    #[arg(long, value_enum, default_value_t = Order::Newest)]
    sort: Order,
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// Go on where a page before has ended
    #[arg(long, value_name = "CURSOR")]
    cursor: Option<String>,
    /// Print how many have which speaker, outlet, month … instead
    #[arg(long, conflicts_with = "count")]
    facets: bool,
    /// Print how many there are instead
    #[arg(long)]
    count: bool,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Form::Pretty)]
    format: Form,
    /// Say nothing on standard error
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    look: Look,
}

const EXAMPLES: &str = "\
Examples:
  rawi ask ماذا قال سالم البدري عن الميناء
  rawi ask 'speaker:\"سالم البدري\" الميناء -إضراب since:2026-03'
  rawi ask --speaker \"سالم البدري\" --about الميناء --between 2026-01 2026-03
  rawi ask 'act:(deny, warn) outlet:الضفاف' --facets
  rawi ask '\"توسعة الرصيف\"~5' --articles --sort best
  rawi ask '=\"الميناء\" date:2026' --format jsonl > hits.jsonl
  rawi ask --count -- '-form:quote date:2026-03'

Exit codes:
  0  it was answered, be it with nothing
  1  the archive could not be read
  2  wrong usage: what is wrong with the query, and where, stands on standard error";

/// Which come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Order {
    /// Those of the newest articles
    Newest,
    /// Those of the oldest
    Oldest,
    /// Those of which the words say most
    Best,
}

/// What is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Lines for people
    Pretty,
    /// An object a hit
    Jsonl,
    /// A table
    Csv,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let query = args.query()?;
    let archive = args.place.open(Mode::Read)?;
    let mut searcher = Searcher::new(&archive).map_err(usage)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let scope = match args.articles {
        true => Scope::Articles,
        false => Scope::Statements,
    };
    if args.count {
        let count = searcher.count(&query, scope).map_err(usage)?;
        writeln!(out, "{count}")?;
    } else if args.facets {
        for field in FacetField::ALL {
            let most = usize::from(args.limit);
            let facet = searcher.facet(&query, scope, field, most).map_err(usage)?;
            args.facet(&mut out, &facet)?;
        }
    } else {
        let request = Request {
            query,
            scope,
            sort: match args.sort {
                Order::Newest => Sort::Newest,
                Order::Oldest => Sort::Oldest,
                Order::Best => Sort::Best,
            },
            limit: usize::from(args.limit),
            count: true,
            cursor: args.cursor.clone(),
        };
        args.hits(&mut out, &mut searcher, &request)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

impl Args {
    /// The query with what the options add.
    fn query(&self) -> Result<Query> {
        let wrong = |e: QueryError| Usage(e.to_string());
        let mut query = Query::parse(&self.query.join(" ")).map_err(wrong)?;
        if let Some(about) = &self.about {
            let about = Query::parse(about).map_err(|e| Usage(format!("--about: {e}")))?;
            if let Some(node) = about.root {
                query = query.and(node);
            }
        }
        let names = [
            ("--speaker", Field::Speaker, &self.speaker),
            ("--to", Field::To, &self.to),
            ("--via", Field::Via, &self.via),
        ];
        for (option, field, names) in names {
            for name in names {
                // `--via` takes what `عبر` takes in a question.
                let channel = Field::Channel.value(name, true);
                let node = match channel {
                    Ok(kind) if field == Field::Via => Node::filter(Field::Channel, vec![kind]),
                    _ => Node::filter(field, vec![value(option, field, name)?]),
                };
                query = query.and(node);
            }
        }
        if let [from, until] = &self.between[..] {
            for (field, text) in [(Field::Since, from), (Field::Until, until)] {
                let limit = value("--between", field, text)?;
                query = query.and(Node::filter(field, vec![limit]));
            }
        }
        Ok(query)
    }

    fn hits(
        &self,
        out: &mut impl Write,
        searcher: &mut Searcher<'_>,
        request: &Request,
    ) -> Result<()> {
        let style = self.look.style(io::stdout().is_terminal());
        match request.scope {
            Scope::Statements => {
                let page = searcher.statements(request).map_err(usage)?;
                match self.format {
                    Form::Pretty => {
                        for hit in &page.hits {
                            writeln!(out, "{}", pretty::statement_hit(hit, style).trim_end())?;
                            writeln!(out)?;
                        }
                    }
                    Form::Jsonl => json(out, &page.hits)?,
                    Form::Csv => table::statements(out, &page.hits)?,
                }
                out.flush()?;
                self.sum_up(searcher, request, &page)
            }
            Scope::Articles => {
                let page = searcher.articles(request).map_err(usage)?;
                match self.format {
                    Form::Pretty => {
                        for hit in &page.hits {
                            writeln!(out, "{}", pretty::article_hit(hit, style).trim_end())?;
                            writeln!(out)?;
                        }
                    }
                    Form::Jsonl => json(out, &page.hits)?,
                    Form::Csv => table::articles(out, &page.hits)?,
                }
                out.flush()?;
                self.sum_up(searcher, request, &page)
            }
        }
    }

    /// Tells what was found, in which forms, and whom names were taken for.
    fn sum_up<H>(
        &self,
        searcher: &mut Searcher<'_>,
        request: &Request,
        page: &Page<H>,
    ) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        for name in &page.understood.names {
            for line in of_name(name) {
                tell(&line);
            }
        }
        let count = page.count.unwrap_or(0) as usize;
        let mut line = counted(
            count,
            match request.scope {
                Scope::Statements => "statement",
                Scope::Articles => "article",
            },
        );
        if page.hits.len() < count {
            line += &format!(", {} of them printed", page.hits.len());
        }
        if let Some(weighed) = page.weighed {
            line += &format!(", the best of the {} newest", grouped(weighed as usize));
        }
        if !page.understood.query.is_empty() {
            line += &format!(", for: {}", page.understood.query);
        }
        tell(&line);
        if !page.forms.is_empty() {
            let forms = page.forms.iter().take(TOLD);
            let forms: Vec<String> = forms
                .map(|(form, n)| match n {
                    1 => one_line(form),
                    n => format!("{} ×{n}", one_line(form)),
                })
                .collect();
            let more = match page.forms.len() > TOLD {
                true => " …",
                false => "",
            };
            tell(&format!("found as: {}{more}", forms.join("، ")));
        }
        if count == 0 {
            for line in emptied(searcher, request).map_err(usage)? {
                tell(&line);
            }
        }
        if let Some(next) = &page.next {
            tell(&format!("there are more: the same with --cursor {next}"));
        }
        Ok(())
    }

    fn facet(&self, out: &mut impl Write, facet: &Facet) -> Result<()> {
        match self.format {
            Form::Jsonl => {
                serde_json::to_writer(&mut *out, facet)?;
                writeln!(out)?;
            }
            Form::Csv => table::facet(out, facet)?,
            Form::Pretty => {
                let style = self.look.style(io::stdout().is_terminal());
                of_facet(out, facet, style)?;
            }
        }
        Ok(())
    }
}

fn value(option: &str, field: Field, text: &str) -> Result<rawi_archive::query::Value, Usage> {
    let quoted = !text.starts_with('#') && text != "none";
    field
        .value(text, quoted)
        .map_err(|fault| Usage(format!("{option}: {}: {}", fault.problem(), fault.hint())))
}

fn json(out: &mut impl Write, hits: &[impl serde::Serialize]) -> Result<()> {
    for hit in hits {
        serde_json::to_writer(&mut *out, hit)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A facet: a line for the field, and one for each value.
fn of_facet(out: &mut impl Write, facet: &Facet, style: Style) -> Result<()> {
    if facet.values.is_empty() {
        return Ok(());
    }
    let name = facet.field.field().name();
    let more = match facet.complete {
        true => "",
        false => " (most frequent)",
    };
    writeln!(out, "{}", style.paint("1", &format!("{name}:{more}")))?;
    for value in &facet.values {
        let mut line = format!(
            "{:>12}  {}",
            grouped(value.count as usize),
            style.arabic(&one_line(&value.label))
        );
        if value.value.starts_with('#') {
            line += &format!("  {}", style.paint("2", &value.value));
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Whom a name was taken for, where that is not plain.
fn of_name(name: &Resolved) -> Vec<String> {
    let list = |all: &[Candidate]| {
        let all = all.iter().take(TOLD);
        let all: Vec<String> = all
            .map(|c| format!("#{} {} ({})", c.id, one_line(&c.name), c.kind))
            .collect();
        all.join("، ")
    };
    let field = name.field;
    let called = one_line(&name.name);
    let mut lines = Vec::new();
    match (name.count, name.whole) {
        (0, _) => lines.push(format!(
            "{field}: nobody is called {called} there, nor has these words in a name"
        )),
        (1, true) => {}
        (n, true) => lines.push(format!(
            "{field}: {n} are called {called}, all are meant: {}",
            list(&name.meant)
        )),
        (n, false) => lines.push(format!(
            "{field}: nobody is called just {called}; meant are {n} with these words in a name: {}",
            list(&name.meant)
        )),
    }
    if !name.others.is_empty() {
        lines.push(format!(
            "{field}: not meant are longer names, such as {}",
            list(&name.others)
        ));
    }
    lines
}

/// Which condition leaves nothing.
fn emptied(searcher: &mut Searcher<'_>, request: &Request) -> Result<Vec<String>, ArchiveError> {
    let conditions = searcher.emptied_by(&request.query, request.scope)?;
    let several = conditions.len() > 1;
    let mut lines = Vec::new();
    for condition in &conditions {
        let name = &condition.condition;
        if condition.alone == 0 {
            lines.push(format!("nothing has {name}"));
        } else if several && condition.without > 0 {
            lines.push(format!(
                "without {name} there would be {}",
                grouped(condition.without as usize)
            ));
        }
    }
    if lines.is_empty() && several {
        lines.push("each condition has hits, but no two of them together".to_owned());
    }
    Ok(lines)
}
