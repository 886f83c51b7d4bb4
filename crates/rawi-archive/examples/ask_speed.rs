//! How fast an archive answers: `cargo run --release -p rawi-archive --example ask_speed --
//! news.rawi [QUERY…]`. Prints milliseconds, the median and the 95th percentile over
//! `ROUNDS`, for the newest page, the count, the best page and all facets together.
//!
//! Without queries it asks for the words that the archive's statements have most and for
//! rarer ones, alone, as phrases and with filters.

use std::time::Instant;

use rawi_archive::query::Query;
use rawi_archive::search::{FacetField, Request, Scope, Searcher, Sort};
use rawi_archive::{Archive, Mode};

const ROUNDS: usize = 5;

const QUERIES: [&str; 14] = [
    "",
    "في",
    "من على",
    "الحكومة",
    "وزير OR رئيس",
    "الحكومة -المعارضة",
    "\"مجلس الوزراء\"",
    "\"الأمن العام\"~5",
    "الحكومة act:deny",
    "الحكومة speaker:none since:2015",
    "channel:interview",
    "act:(deny, warn) date:2015-08",
    "الميناء",
    "=\"الميناء\"",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name an archive")?;
    let mut queries: Vec<String> = args.collect();
    if queries.is_empty() {
        queries = QUERIES.map(str::to_owned).to_vec();
    }
    let archive = Archive::open(path, Mode::Read)?;
    let mut searcher = Searcher::new(&archive)?;
    let begun = Instant::now();
    archive.get_ready()?;
    println!(
        "ready after {:.0} ms",
        begun.elapsed().as_secs_f64() * 1000.0
    );
    let mut newest = Vec::new();
    for scope in [Scope::Statements, Scope::Articles] {
        println!("{scope:?}");
        for text in &queries {
            let query = Query::parse(text)?;
            let request = |sort, count| Request {
                query: query.clone(),
                scope,
                sort,
                limit: 20,
                count,
                cursor: None,
            };
            let count = searcher.count(&query, scope)?;
            println!("  {count:>8}  {text}");
            let mut page = |request: &Request| {
                time(|| {
                    match scope {
                        Scope::Statements => drop(searcher.statements(request)?),
                        Scope::Articles => drop(searcher.articles(request)?),
                    }
                    Ok(())
                })
            };
            let times = page(&request(Sort::Newest, false))?;
            tell("newest", &times);
            newest.extend(times);
            tell("newest, counted", &page(&request(Sort::Newest, true))?);
            tell("best", &page(&request(Sort::Best, true))?);
            // Whoever has counted a query remembers it.
            let mut others = Vec::new();
            for _ in 0..ROUNDS {
                others.push(Searcher::new(&archive)?);
            }
            let fields = FacetField::ALL.map(|field| (field, 20));
            let times = time(|| match others.pop() {
                Some(mut searcher) => searcher.breakdown(&query, scope, &fields).map(drop),
                None => Ok(()),
            })?;
            tell("facets", &times);
        }
    }
    newest.sort_by(f64::total_cmp);
    tell("newest, all queries", &newest);
    Ok(())
}

/// Milliseconds of each round.
fn time(
    mut ask: impl FnMut() -> Result<(), rawi_archive::ArchiveError>,
) -> Result<Vec<f64>, rawi_archive::ArchiveError> {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        ask()?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn tell(what: &str, times: &[f64]) {
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("            {what:<20} {:>9.2} {:>9.2}", at(50), at(95));
}
