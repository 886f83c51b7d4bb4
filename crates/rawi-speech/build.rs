//! Compiles the reporting tables of `lexicon/`: every form of every reporting
//! verb, the attribution phrases, channels, platforms and message nouns.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use rawi_lexicon::{Row, Table};
use rawi_morph::conjugation::{Aspect, Form, PrincipalParts, forms};
use rawi_text::fold;

#[allow(dead_code)] // the build asks no questions of them
#[path = "src/frames.rs"]
mod frames;
use frames::{Frames, Link};

fn table(dir: &Path, name: &str, columns: &[&str]) -> Result<Table, Box<dyn Error>> {
    let path = dir.join(name);
    println!("cargo:rerun-if-changed={}", path.display());
    Ok(Table::read(&path, columns)?)
}

/// The links of prepositions, by their folded spelling.
type Links = BTreeMap<String, Link>;

fn links(dir: &Path) -> Result<Links, Box<dyn Error>> {
    let table = table(dir, "links.tsv", &["preposition", "link"])?;
    let mut out = Links::new();
    for row in table.rows() {
        let name = row.get("link");
        let link = Link::named(name)
            .ok_or_else(|| format!("links.tsv, line {}: unknown link `{name}`", row.line()))?;
        out.insert(fold(row.get("preposition")), link);
    }
    Ok(out)
}

/// Reads the frame codes of a table cell; the error names the bad code.
fn parse_frames(codes: &str, links: &Links) -> Result<Frames, String> {
    let mut frames = Frames::default();
    for code in codes.split_whitespace().filter(|c| *c != "-") {
        let (name, link) = match code.split_once(':') {
            None => (code, Some(Link::DIRECT)),
            Some((name, "obj")) => (name, Some(Link::DIRECT)),
            Some((name @ "to", mode @ ("obj!" | "obj+"))) => {
                frames.needs_hearer = mode == "obj!";
                frames.groups_hear = true;
                (name, Some(Link::DIRECT))
            }
            Some((name, word)) => (name, links.get(&fold(word)).copied()),
        };
        let link = link.ok_or_else(|| format!("unknown preposition in frame `{code}`"))?;
        let flag = match name {
            "quote" => Some(&mut frames.quote),
            "bare" => Some(&mut frames.bare),
            "whether" => Some(&mut frames.whether),
            "doc" => Some(&mut frames.document),
            "weak" => Some(&mut frames.weak),
            "alert" => Some(&mut frames.alert),
            "court" => Some(&mut frames.court),
            "sure" => Some(&mut frames.sure),
            "answer" => Some(&mut frames.answer),
            "says" => Some(&mut frames.says),
            "hands-on" => Some(&mut frames.hands_on),
            _ => None,
        };
        if let Some(flag) = flag {
            *flag = true;
            continue;
        }
        let set = match name {
            "that" => &mut frames.that,
            "np" => &mut frames.nominal,
            "np?" => &mut frames.nominal_if_message,
            "to" => &mut frames.to,
            _ => return Err(format!("unknown frame `{code}`")),
        };
        set.0 |= link.0;
    }
    Ok(frames)
}

/// The act names of the contract, as the enum's variants.
fn act(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|c| c.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

fn frames(cell: &str, links: &Links, line: usize) -> Result<Frames, Box<dyn Error>> {
    Ok(parse_frames(cell, links).map_err(|e| format!("reporting table, line {line}: {e}"))?)
}

/// The key of a row, with the number by which features name it.
fn lemma_code(text: &str) -> String {
    let id = rawi_model::hash(text.as_bytes());
    format!("Lemma {{ text: {text:?}, id: {id:#x} }}")
}

struct Verbs {
    links: Links,
    out: String,
    count: usize,
    /// Form, verb, and the rest of the row, ready to print in order.
    forms: BTreeSet<(String, usize, String)>,
    /// Lemma, act, table and line of each row.
    rows: BTreeSet<(String, String, &'static str, usize)>,
}

impl Verbs {
    fn add(
        &mut self,
        lemma: &str,
        rest: &str,
        act_name: &str,
        cell: &str,
        line: usize,
        all: &[Form],
    ) -> Result<(), Box<dyn Error>> {
        let frames = frames(cell, &self.links, line)?;
        writeln!(
            self.out,
            "    Verb {{ lemma: {}, rest: &{:?}, act: Act::{}, frames: {} }},",
            lemma_code(lemma),
            rest.split_whitespace().map(fold).collect::<Vec<_>>(),
            act(act_name),
            format!("{frames:?}")
                .replace("Frames {", "crate::frames::Frames {")
                .replace("Link(", "crate::frames::Link("),
        )?;
        let direct = [frames.that, frames.nominal, frames.to]
            .iter()
            .any(|links| links.has(Link::DIRECT));
        for form in all {
            // `أشار` takes `إلى`: `اشاره` can only be the noun.
            if form.pronoun && form.aspect != Aspect::Masdar && !direct {
                continue;
            }
            let agreement = format!("{:?}", form.agreement)
                .replace("Agreement {", "Agreement {")
                .replace("First", "Person::First")
                .replace("Third", "Person::Third")
                .replace("Masculine", "Gender::Masculine")
                .replace("Feminine", "Gender::Feminine")
                .replace("Singular", "Number::Singular")
                .replace("Dual", "Number::Dual")
                .replace("Plural", "Number::Plural");
            self.forms.insert((
                form.text.clone(),
                self.count,
                format!(
                    "aspect: Aspect::{:?}, agreement: {agreement}, pronoun: {}",
                    form.aspect, form.pronoun
                ),
            ));
        }
        self.count += 1;
        Ok(())
    }

    fn row(&mut self, lemma: &str, row: &Row, file: &'static str) {
        let act = format!("Some(Act::{})", act(row.get("act")));
        let line = row.line();
        self.rows.insert((lemma.to_owned(), act, file, line));
    }

    fn verbs(&mut self, dir: &Path) -> Result<(), Box<dyn Error>> {
        let columns = [
            "lemma",
            "imperfect",
            "masdar",
            "participle",
            "act",
            "frames",
            "gloss",
        ];
        let table = table(dir, "reporting_verbs.tsv", &columns)?;
        for row in table.rows() {
            let (lemma, rest) = row
                .get("lemma")
                .split_once(' ')
                .unwrap_or((row.get("lemma"), ""));
            let masdars: Vec<&str> = row.list("masdar", '|').collect();
            let cell = |name| Some(row.get(name)).filter(|c| *c != "-").unwrap_or("");
            let all = forms(&PrincipalParts {
                perfect: lemma,
                imperfect: cell("imperfect").split(' ').next().unwrap_or(""),
                masdars: &masdars,
                participle: cell("participle").split(' ').next().unwrap_or(""),
            });
            self.row(lemma, row, "reporting_verbs.tsv");
            self.add(
                lemma,
                rest,
                row.get("act"),
                row.get("frames"),
                row.line(),
                &all,
            )?;
        }
        Ok(())
    }

    fn nouns(&mut self, dir: &Path) -> Result<(), Box<dyn Error>> {
        let table = table(
            dir,
            "reporting_nouns.tsv",
            &["lemma", "forms", "act", "frames", "gloss"],
        )?;
        for row in table.rows() {
            let mut all = Vec::new();
            for stem in std::iter::once(row.get("lemma")).chain(row.list("forms", '|')) {
                if stem.contains(' ') {
                    continue;
                }
                let masdars = [stem];
                all.extend(
                    forms(&PrincipalParts {
                        perfect: stem,
                        imperfect: "",
                        masdars: &masdars,
                        participle: "",
                    })
                    .into_iter()
                    .filter(|f| f.aspect == Aspect::Masdar),
                );
            }
            self.row(row.get("lemma"), row, "reporting_nouns.tsv");
            self.add(
                row.get("lemma"),
                "",
                row.get("act"),
                row.get("frames"),
                row.line(),
                &all,
            )?;
        }
        Ok(())
    }
}

/// A sorted table of folded phrases with one column of data.
fn phrases(
    out: &mut String,
    name: &str,
    kind: &str,
    mut rows: Vec<(String, String)>,
) -> Result<(), Box<dyn Error>> {
    rows.sort();
    rows.dedup_by(|a, b| a.0 == b.0);
    writeln!(out, "pub(crate) static {name}: &[(&str, {kind})] = &[")?;
    for (key, value) in rows {
        writeln!(out, "    ({key:?}, {value}),")?;
    }
    writeln!(out, "];")?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let dir: PathBuf = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../lexicon");
    let links = links(&dir)?;
    let mut verbs = Verbs {
        links,
        out: String::from("pub(crate) static VERBS: &[Verb] = &[\n"),
        count: 0,
        forms: BTreeSet::new(),
        rows: BTreeSet::new(),
    };
    verbs.verbs(&dir)?;
    verbs.nouns(&dir)?;
    let mut places = std::mem::take(&mut verbs.rows);
    let mut out = verbs.out;
    out.push_str("];\npub(crate) static FORMS: &[CueForm] = &[\n");
    for (key, verb, rest) in &verbs.forms {
        writeln!(out, "    CueForm {{ key: {key:?}, verb: {verb}, {rest} }},")?;
    }
    out.push_str("];\n");

    let rows = verbs.links.iter().map(|(word, link)| {
        let link = format!("crate::frames::Link({})", link.0);
        (word.clone(), link)
    });
    phrases(&mut out, "LINKS", "Link", rows.collect())?;

    let mut rows = Vec::new();
    for row in table(
        &dir,
        "attribution.tsv",
        &["phrase", "kind", "takes", "gloss"],
    )?
    .rows()
    {
        let phrase = row.get("phrase").to_owned();
        places.insert((phrase, "None".to_owned(), "attribution.tsv", row.line()));
        let takes = row.get("takes");
        let pronoun = takes.contains("pronoun");
        let value = format!(
            "Attribution {{ lemma: {}, quoting: {}, clause: {}, verb: {}, pronoun: {pronoun} }}",
            lemma_code(row.get("phrase")),
            row.get("kind") == "quoting",
            takes.contains("ma-clause"),
            takes.contains("verb"),
        );
        // A preposition at the end of a phrase is attached to what follows.
        let phrase = fold(row.get("phrase"));
        let phrase = phrase.trim_end_matches(" ل").trim_end_matches(" ب");
        rows.push((phrase.to_owned(), value.clone()));
        if pronoun {
            for pronoun in ["ه", "ها", "هم", "هما"] {
                rows.push((format!("{phrase}{pronoun}"), value.clone()));
            }
        }
    }
    phrases(&mut out, "ATTRIBUTIONS", "Attribution", rows)?;

    out.push_str("pub(crate) static ROWS: &[Row] = &[\n");
    for (lemma, act, file, line) in &places {
        writeln!(
            out,
            "    Row {{ lemma: {lemma:?}, act: {act}, file: {file:?}, line: {line} }},"
        )?;
    }
    out.push_str("];\n");

    let mut rows = Vec::new();
    for row in table(
        &dir,
        "channels.tsv",
        &["noun", "forms", "kind", "needs", "gloss"],
    )?
    .rows()
    {
        let needs: Vec<String> = row.list("needs", '|').map(fold).collect();
        let kind: String = row.get("kind").split('-').map(act).collect();
        for form in std::iter::once(row.get("noun")).chain(row.list("forms", '|')) {
            rows.push((
                fold(form),
                format!("ChannelNoun {{ kind: ChannelKind::{kind}, needs: &{needs:?} }}"),
            ));
        }
    }
    phrases(&mut out, "CHANNELS", "ChannelNoun", rows)?;

    let mut rows = Vec::new();
    for row in table(&dir, "platforms.tsv", &["platform", "forms"])?.rows() {
        for form in row.list("forms", '|') {
            rows.push((fold(form), format!("{:?}", row.get("platform"))));
        }
    }
    phrases(&mut out, "PLATFORMS", "&str", rows)?;

    for (file, name) in [
        ("message_nouns.tsv", "MESSAGE_NOUNS"),
        ("documents.tsv", "DOCUMENTS"),
        ("court_parties.tsv", "COURT_PARTIES"),
    ] {
        let mut rows = Vec::new();
        for row in table(&dir, file, &["noun"])?.rows() {
            rows.push((fold(row.get("noun")), "()".to_owned()));
        }
        phrases(&mut out, name, "()", rows)?;
    }

    let mut rows = Vec::new();
    for row in table(&dir, "borders.tsv", &["phrase", "kind", "needs"])?.rows() {
        let needs: Vec<String> = row.list("needs", '|').map(fold).collect();
        let turn = act(row.get("kind"));
        rows.push((
            fold(row.get("phrase")),
            format!("Border {{ turn: Turn::{turn}, needs: &{needs:?} }}"),
        ));
    }
    phrases(&mut out, "BORDERS", "Border", rows)?;

    let mut rows = Vec::new();
    for row in table(&dir, "source_remarks.tsv", &["word", "parts"])?.rows() {
        let parts: Vec<String> = row
            .list("parts", '|')
            .map(|part| format!("Parts::{}.0", part.to_uppercase()))
            .collect();
        rows.push((
            fold(row.get("word")),
            format!("Parts({})", parts.join(" | ")),
        ));
    }
    phrases(&mut out, "SOURCE_REMARKS", "Parts", rows)?;

    fs::write(Path::new(&env::var("OUT_DIR")?).join("reporting.rs"), out)?;
    Ok(())
}
