//! The tables of events: every form of every trigger with its frame, helping verbs,
//! and words for sectors, status, sides, fields and contexts.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use rawi_lexicon::{Row, Table};
use rawi_morph::conjugation::{Aspect, Form, PrincipalParts, forms};
use rawi_text::fold;

use crate::compile::Compiler;
use crate::facet::Facet;
use crate::forms::Inflected;
use crate::frame::{Frame, Needs, Slots};
use crate::ontology::EventType;
use crate::tables::Tables;
use crate::terms::{Domain, Link, Role, SECTORS, Side, Standing, Status, Takes};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Compiles the tables; gives the rows as Rust source.
pub fn compile(tables: &Tables, compiler: &mut Compiler) -> Result<String> {
    let mut builder = Builder {
        tables,
        compiler,
        completions: BTreeMap::new(),
        out: String::new(),
    };
    let figures = builder.figures()?;
    builder.triggers(&figures)?;
    builder.light_verbs()?;
    builder.words()?;
    builder.sectors()?;
    builder.contexts()?;
    builder.prepositions()?;
    let Builder {
        compiler,
        completions,
        out,
        ..
    } = builder;
    for (word, number) in completions {
        compiler.set(&word, Facet::Completion, u32::from(number));
    }
    Ok(out)
}

struct Builder<'t> {
    tables: &'t Tables,
    compiler: &'t mut Compiler,
    /// Words that complete triggers or make figures of them, by order of meeting.
    completions: BTreeMap<String, u16>,
    /// Rust source of the rows.
    out: String,
}

/// Where a problem of a row is.
fn at<'r>(file: &'r str, row: &'r Row) -> impl Fn(String) -> Box<dyn Error> + 'r {
    move |problem| format!("events/{file}:{}: {problem}", row.line()).into()
}

/// A cell without the sign for "empty".
fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    Some(row.get(name)).filter(|c| *c != "-").unwrap_or("")
}

/// All forms of a row: of the verb, unless only its nouns are given.
fn all_forms(row: &Row, trigger: &str) -> Vec<Form> {
    let nouns: Vec<&str> = row.list("nouns", '|').collect();
    // `verb`: one whose imperfect mostly means something else.
    let imperfect = cell(row, "imperfect");
    let verb = !imperfect.is_empty();
    let parts = PrincipalParts {
        perfect: trigger,
        imperfect: Some(imperfect).filter(|i| *i != "verb").unwrap_or(""),
        masdars: &nouns,
        participle: cell(row, "participle"),
    };
    let mut all = forms(&parts);
    all.retain(|f| verb || f.aspect == Aspect::Masdar);
    all
}

impl Builder<'_> {
    fn table(&self, name: &str, required: &[&str], optional: &[&str]) -> Result<Table> {
        let name = format!("events/{name}");
        self.tables.read_with(&name, required, optional)
    }

    /// The numbers of some words, as Rust source.
    fn complete<'w>(&mut self, words: impl Iterator<Item = &'w str>) -> String {
        let numbers: Vec<u16> = words
            .map(|word| {
                let next = self.completions.len() as u16;
                *self.completions.entry(fold(word)).or_insert(next)
            })
            .collect();
        format!("&{numbers:?}")
    }

    /// The figures of speech; gives the number of each by its trigger.
    fn figures(&mut self) -> Result<BTreeMap<String, usize>> {
        let file = "figures.tsv";
        let table = self.table(file, &["word", "side", "beside"], &[])?;
        let mut numbers = BTreeMap::new();
        self.out.push_str(
            "/// The figures of speech that triggers may be.\npub static FIGURES: &[Figure] = &[\n",
        );
        for (number, row) in table.rows().iter().enumerate() {
            let side = Side::named(row.get("side")).map_err(at(file, row))?;
            let beside = self.complete(row.list("beside", '|'));
            writeln!(
                self.out,
                "    Figure {{ side: Side::{side:?}, beside: {beside} }},"
            )?;
            let trigger = fold(row.get("word"));
            self.compiler.set(&trigger, Facet::Figure, number as u32);
            numbers.insert(trigger, number);
        }
        self.out.push_str("];\n");
        Ok(numbers)
    }

    /// One file a type; the row's line is kept for explanations.
    fn triggers(&mut self, figures: &BTreeMap<String, usize>) -> Result<()> {
        let columns = ["word", "imperfect", "nouns", "participle", "frame", "mode"];
        // Forms of one key in the order of their rows, then by what they show.
        let mut keys: BTreeMap<String, BTreeSet<(u16, String, u16)>> = BTreeMap::new();
        let mut count: u16 = 0;
        self.out.push_str(
            "/// The rows of all types, in the order of the types.\npub static ROWS: &[Row] = &[\n",
        );
        for kind in EventType::ALL {
            let file = format!("{}.tsv", kind.name().to_lowercase());
            let table = self.table(&file, &columns, &[])?;
            for row in table.rows() {
                let wrong = at(&file, row);
                let frame = Frame::parse(row.get("frame")).map_err(&wrong)?;
                let mode = Some(row.get("mode")).filter(|m| *m != "-");
                if let Some(mode) = mode.filter(|m| !kind.modes().any(|k| k == *m)) {
                    return Err(wrong(format!("no mode `{mode}` of this type")));
                }
                let trigger = row.get("word");
                let (first, rest) = trigger.split_once(' ').unwrap_or((trigger, ""));
                let rest = self.complete(rest.split('/').filter(|r| !r.is_empty()));
                let all = all_forms(row, first);
                if all.is_empty() {
                    return Err(wrong("a trigger without forms".into()));
                }
                let Frame {
                    actor,
                    recipient,
                    needs,
                } = frame;
                writeln!(
                    self.out,
                    "    Row {{ kind: EventType::{kind:?}, trigger: {trigger:?}, id: {:#x}, \
                     rest: {rest}, \
                     frame: Frame {{ actor: {actor:?}, recipient: {recipient:?}, needs: {needs:?} }}, \
                     mode: {mode:?}, figure: {:?}, file: {file:?}, line: {} }},",
                    rawi_model::hash(trigger.as_bytes()),
                    figures.get(&fold(first)),
                    row.line(),
                )?;
                for form in all {
                    if needs.has(Needs::BARE) && form.pronoun {
                        continue;
                    }
                    let shown = Inflected::of(&form);
                    let order = format!("{shown:?}");
                    keys.entry(form.text)
                        .or_default()
                        .insert((count, order, shown.code()));
                }
                count += 1;
            }
        }
        self.out.push_str("];\n");
        let records = keys.into_iter().map(|(key, forms)| {
            let record = |(row, _, code): (u16, String, u16)| {
                let ([a, b], [c, d]) = (row.to_le_bytes(), code.to_le_bytes());
                [a, b, c, d]
            };
            (key, forms.into_iter().map(record).collect())
        });
        let records: BTreeMap<String, Vec<[u8; 4]>> = records.collect();
        Ok(self.compiler.runs("triggers", Facet::Trigger, records)?)
    }

    fn light_verbs(&mut self) -> Result<()> {
        let file = "light_verbs.tsv";
        let columns = ["word", "imperfect", "nouns", "subject", "status"];
        for row in self.table(file, &columns, &[])?.rows().iter().rev() {
            let subject = match row.get("subject") {
                "none" => 0xff,
                name => Role::named(name).map_err(at(file, row))? as u32,
            };
            let status = Status::named(row.get("status")).map_err(at(file, row))?;
            let value = subject | (status as u32) << 8;
            let parts = PrincipalParts {
                perfect: row.get("word"),
                imperfect: cell(row, "imperfect"),
                masdars: &[],
                participle: "",
            };
            for form in forms(&parts).iter().filter(|f| !f.pronoun) {
                self.compiler.set(&form.text, Facet::LightVerb, value);
            }
            for noun in row.list("nouns", '|') {
                self.compiler.set(&fold(noun), Facet::LightNoun, value);
            }
        }
        Ok(())
    }

    /// The tables that say one thing of a word.
    fn words(&mut self) -> Result<()> {
        let file = "status_words.tsv";
        for row in self.table(file, &["word", "status", "reach"], &[])?.rows() {
            let status = Status::named(row.get("status")).map_err(at(file, row))?;
            let reach: u32 = row.get("reach").parse()?;
            let value = status as u32 | reach << 8;
            self.compiler
                .set(&fold(row.get("word")), Facet::Status, value);
        }
        let file = "domains.tsv";
        for row in self.table(file, &["word", "domain"], &[])?.rows() {
            let domain = Domain::named(row.get("domain")).map_err(at(file, row))?;
            self.compiler
                .set(&fold(row.get("word")), Facet::Domain, domain as u32);
        }
        let file = "links.tsv";
        for row in self.table(file, &["word", "to"], &["forms"])?.rows() {
            let to = Link::named(row.get("to")).map_err(at(file, row))?;
            for word in row.words() {
                self.compiler.set(&fold(word), Facet::Link, to as u32);
            }
        }
        for row in self.table("estimates.tsv", &["word"], &[])?.rows() {
            self.compiler
                .set(&fold(row.get("word")), Facet::Estimate, 1);
        }
        Ok(())
    }

    fn sectors(&mut self) -> Result<()> {
        let file = "sectors.tsv";
        let table = self.table(file, &["word", "sector", "kind"], &["forms"])?;
        // Of two rows with one form the first counts.
        for row in table.rows().iter().rev() {
            let wrong = at(file, row);
            let name = row.get("sector");
            let sector = SECTORS.iter().position(|s| *s == name);
            let sector = sector.ok_or_else(|| wrong(format!("no sector `{name}`")))?;
            let standing = Standing::named(row.get("kind")).map_err(&wrong)?;
            let value = sector as u32 | (standing as u32) << 8;
            for form in row.words() {
                self.compiler.set(&fold(form), Facet::Sector, value);
                // Before what it governs the sound plural drops its nun.
                let plural = form.ends_with("ون") || form.ends_with("ين");
                if let Some(bound) = form.strip_suffix('ن').filter(|_| plural) {
                    self.compiler.set(&fold(bound), Facet::Sector, value);
                }
            }
        }
        Ok(())
    }

    fn contexts(&mut self) -> Result<()> {
        let columns = ["word", "context"];
        let table = self
            .tables
            .read_facts("events/contexts.tsv", &columns, &["forms"])?;
        let mut names: Vec<&str> = table.rows().iter().map(|r| r.get("context")).collect();
        names.sort_unstable();
        let mut keys: BTreeMap<String, BTreeSet<[u8; 1]>> = BTreeMap::new();
        for row in table.rows() {
            let number = names.partition_point(|n| *n < row.get("context"));
            for word in row.words() {
                keys.entry(fold(word)).or_default().insert([number as u8]);
            }
        }
        writeln!(
            self.out,
            "/// The contexts that the tables know words of.\npub static CONTEXTS: &[&str] = &{names:?};"
        )?;
        let records = keys
            .into_iter()
            .map(|(k, v)| (k, v.into_iter().collect()))
            .collect();
        Ok(self.compiler.runs("contexts", Facet::Context, records)?)
    }

    fn prepositions(&mut self) -> Result<()> {
        let file = "prepositions.tsv";
        let table = self.table(file, &["word", "slot", "takes", "also"], &[])?;
        let mut attached = Vec::new();
        for row in table.rows() {
            let slot = Slots::named(row.get("slot")).map_err(at(file, row))?;
            let takes = Takes::named(row.get("takes")).map_err(at(file, row))?;
            if takes == Takes::Attached {
                attached.extend(row.get("word").chars().map(|letter| (letter, slot)));
            }
            let name = u32::from(row.get("also") == "name");
            let value = slot.0.trailing_zeros() | (takes as u32) << 8 | name << 16;
            self.compiler
                .set(&fold(row.get("word")), Facet::Preposition, value);
        }
        writeln!(
            self.out,
            "/// The letters that are prepositions, and where they lead.\n\
             static ATTACHED: &[(char, Slots)] = &{attached:?};"
        )?;
        Ok(())
    }
}
