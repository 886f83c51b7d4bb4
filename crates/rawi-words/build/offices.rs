//! The offices, and who has held them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use rawi_lexicon::Row;
use rawi_model::RecordsWriter;
use rawi_text::fold;

use crate::tables::Tables;
use crate::title_key::title_key;

/// Where a post has no country.
const NO_COUNTRY: u8 = u8::MAX;

/// The days of a tenure of which only a year or a month is known.
const EVER: [u32; 2] = [0, 99_991_231];

/// An office and the number of its country.
type Post = (u16, u8);

/// The offices while the tables are compiled.
pub struct Offices {
    /// By key: the office, and the country whose it is by name.
    keys: BTreeMap<u64, Post>,
    /// Name, and whether it is a state's.
    rows: Vec<(String, bool)>,
    /// Numbers of countries by code.
    countries: BTreeMap<String, u8>,
    /// Who has held what.
    holders: BTreeSet<(Post, usize)>,
}

impl Offices {
    /// Reads the table of offices.
    pub fn new(tables: &Tables) -> Result<Self, Box<dyn Error>> {
        let mut countries = BTreeMap::new();
        for (number, row) in tables.countries()?.rows().iter().enumerate() {
            countries.insert(row.get("iso3").to_owned(), u8::try_from(number)?);
        }
        let mut offices = Self {
            keys: BTreeMap::new(),
            rows: Vec::new(),
            countries,
            holders: BTreeSet::new(),
        };
        let table = tables.offices()?;
        for row in table.rows() {
            let wrong = |what: &str| format!("offices.tsv:{}: {what}", row.line());
            let country = offices.country(row.get("country"));
            let country = country.ok_or_else(|| wrong("no such country"))?;
            let office = match row.get("of") {
                of @ ("state" | "body") => {
                    offices
                        .rows
                        .push((row.get("word").to_owned(), of == "state"));
                    u16::try_from(offices.rows.len() - 1)?
                }
                of => {
                    let known = offices.find(of).map(|post| post.0);
                    known.ok_or_else(|| wrong("of is no office above"))?
                }
            };
            for form in row.words() {
                if let Some(other) = offices.keys.insert(key(form), (office, country)) {
                    let name = &offices.rows[usize::from(other.0)].0;
                    return Err(wrong(&format!("`{form}` is `{name}` too")).into());
                }
            }
        }
        Ok(offices)
    }

    /// The number of a country by its code, and that of none.
    fn country(&self, iso3: &str) -> Option<u8> {
        match iso3 {
            "-" => Some(NO_COUNTRY),
            iso3 => self.countries.get(iso3).copied(),
        }
    }

    fn find(&self, title: &str) -> Option<Post> {
        self.keys.get(&key(title)).copied()
    }

    /// The tenures of a row of people, the row of `known` entities of that number, as
    /// Rust source.
    pub fn tenures(&mut self, row: &Row, known: usize) -> Result<String, Box<dyn Error>> {
        let mut out = String::new();
        for role in row.list("roles", '|') {
            let wrong = |what: &str| format!("people.tsv:{}: {what}: {role}", row.line());
            let (title, days) = role.split_once('@').ok_or_else(|| wrong("no @"))?;
            let (from, to) = days.split_once("..").ok_or_else(|| wrong("no .."))?;
            let (office, own) = self.find(title).ok_or_else(|| wrong("no such office"))?;
            let country = match self.rows[usize::from(office)].1 {
                true if own == NO_COUNTRY => self.country(row.get("country")),
                _ => Some(own),
            };
            let country = country.filter(|&c| c != NO_COUNTRY || !self.rows[usize::from(office)].1);
            let country = country.ok_or_else(|| wrong("whose office?"))?;
            let [from, to] = [(from, 0), (to, 1)].map(|(day, end)| date(day, end));
            let (from, to) = from.zip(to).ok_or_else(|| wrong("no dates"))?;
            if from > to {
                return Err(wrong("ends before it begins").into());
            }
            self.holders.insert(((office, country), known));
            write!(
                out,
                "Tenure {{ post: Post {{ office: {office}, country: {country} }}, \
                 from: Day({from}), to: Day({to}) }}, "
            )?;
        }
        Ok(out)
    }

    /// The records by key, and the rows as Rust source.
    pub fn finish(self) -> Result<(Vec<u8>, String), Box<dyn Error>> {
        let mut records = RecordsWriter::default();
        for (key, (office, country)) in &self.keys {
            records.insert_at(*key, u32::from(*office) | u32::from(*country) << 16);
        }
        let mut out = String::from("/// All offices.\npub(crate) static OFFICES: &[Office] = &[\n");
        for (name, of_state) in &self.rows {
            writeln!(
                out,
                "    Office {{ name: {name:?}, of_state: {of_state} }},"
            )?;
        }
        out.push_str("];\n/// Who has held them, by post.\n");
        out.push_str("pub(crate) static HOLDERS: &[(Post, u16)] = &[\n");
        for ((office, country), known) in &self.holders {
            let post = format!("Post {{ office: {office}, country: {country} }}");
            writeln!(out, "    ({post}, {}),", u16::try_from(*known)?)?;
        }
        out.push_str("];\n");
        Ok((records.finish(), out))
    }
}

fn key(title: &str) -> u64 {
    title_key(fold(title).split(' '))
}

/// The first (`end` 0) or the last (1) day that a date can mean: an ISO day, month or
/// year; any day for none.
fn date(text: &str, end: usize) -> Option<u32> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if year.is_empty() {
        return Some(EVER[end]);
    }
    let number = |text: &str, digits: usize, most: u32| {
        let number: u32 = text.parse().ok()?;
        (text.len() == digits && (1..=most).contains(&number)).then_some(number)
    };
    let year = number(year, 4, 9999)?;
    let month = month.map_or(Some([1, 12][end]), |m| number(m, 2, 12))?;
    let day = day.map_or(Some([1, 31][end]), |d| number(d, 2, 31))?;
    parts
        .next()
        .is_none()
        .then_some(year * 10_000 + month * 100 + day)
}
