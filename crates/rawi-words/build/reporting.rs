//! The tables of reported speech: every form of every reporting verb and noun with
//! its frames, attribution phrases, channels, and words that end what was said.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use rawi_lexicon::Row;
use rawi_morph::conjugation::{Aspect, Form, PrincipalParts, forms};
use rawi_morph::{Pronoun, Pronouns};
use rawi_text::fold;

use crate::compile::Compiler;
use crate::facet::Facet;
use crate::forms::Inflected;
use crate::reporting_frames::{Frames, Link};
use crate::reporting_terms::Parts;
use crate::tables::Tables;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Compiles the tables; gives the rows as Rust source.
pub fn compile(tables: &Tables, compiler: &mut Compiler) -> Result<String> {
    let mut builder = Builder {
        tables,
        compiler,
        links: BTreeMap::new(),
        needs: BTreeMap::new(),
        parts: BTreeMap::new(),
        out: String::new(),
    };
    builder.links()?;
    builder.cues()?;
    builder.attributions()?;
    builder.channels()?;
    builder.platforms()?;
    builder.borders()?;
    builder.parts()?;
    builder.finish()
}

struct Builder<'t> {
    tables: &'t Tables,
    compiler: &'t mut Compiler,
    /// By folded preposition.
    links: BTreeMap<String, Link>,
    /// The bit of each set of words of which a row needs one.
    needs: BTreeMap<Vec<String>, u32>,
    parts: BTreeMap<String, Parts>,
    /// Rust source of the rows.
    out: String,
}

/// Where a problem of a row is.
fn at<'r>(file: &'r str, row: &'r Row) -> impl Fn(String) -> Box<dyn Error> + 'r {
    move |problem| format!("{file}:{}: {problem}", row.line()).into()
}

/// The first word of a key.
fn first(key: &str) -> &str {
    key.split(' ').next().unwrap_or_default()
}

/// A name of a table as the variant of an enum.
fn variant(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
        first.unwrap_or_default() + letters.as_str()
    };
    name.split('-').map(word).collect()
}

/// The key of a row, with the number by which features name it, as Rust source.
fn lemma_code(text: &str) -> String {
    let id = rawi_model::hash(text.as_bytes());
    format!("Lemma {{ text: {text:?}, id: {id:#x} }}")
}

/// The number of a row that is about to be written.
fn number(count: usize) -> Result<u16> {
    Ok(u16::try_from(count)?)
}

impl Builder<'_> {
    fn links(&mut self) -> Result<()> {
        let file = "links.tsv";
        for row in self.tables.read(file, &["word", "link"])?.rows() {
            let name = row.get("link");
            let link = Link::named(name).ok_or_else(|| format!("unknown link `{name}`"));
            let preposition = fold(row.get("word"));
            let link = link.map_err(at(file, row))?;
            let bits = u32::from(link.0);
            self.compiler.set(&preposition, Facet::FrameLink, bits);
            self.links.insert(preposition, link);
        }
        self.out.push_str("static ATTACHED: &[(char, Link)] = &[\n");
        for (preposition, link) in &self.links {
            let mut letters = preposition.chars();
            if let (Some(letter), None) = (letters.next(), letters.next()) {
                writeln!(self.out, "    ({letter:?}, {link:?}),")?;
            }
        }
        self.out.push_str("];\n");
        Ok(())
    }

    /// Every form of every verb, then of every noun, by folded spelling.
    fn cues(&mut self) -> Result<()> {
        let mut keys: BTreeMap<String, Vec<[u8; 4]>> = BTreeMap::new();
        let mut count = 0;
        self.out.push_str(
            "/// The reporting verbs and nouns, in the order of their rows.\n\
             pub static VERBS: &[Verb] = &[\n",
        );
        for file in ["reporting_verbs.tsv", "reporting_nouns.tsv"] {
            let verbs = file == "reporting_verbs.tsv";
            let table = if verbs {
                let columns = ["word", "imperfect", "masdar", "participle", "act", "frames"];
                self.tables.read(file, &columns)?
            } else {
                let columns = ["word", "act", "frames"];
                self.tables.read_with(file, &columns, &["forms"])?
            };
            for row in table.rows() {
                let (lemma, rest) = match row.get("word").split_once(' ') {
                    Some((first, rest)) if verbs => (first, format!(" {}", fold(rest))),
                    _ => (row.get("word"), String::new()),
                };
                let frames = self.frames(row.get("frames")).map_err(at(file, row))?;
                writeln!(
                    self.out,
                    "    Verb {{ lemma: {}, act: Act::{}, frames: {frames:?}, \
                     file: {file:?}, line: {} }},",
                    lemma_code(lemma),
                    variant(row.get("act")),
                    row.line(),
                )?;
                let all = if verbs {
                    verb_forms(row, lemma)
                } else {
                    noun_forms(row)
                };
                let direct = frames.that | frames.nominal | frames.to;
                let number = number(count)?.to_le_bytes();
                let mut codes: BTreeSet<(String, String, u16)> = BTreeSet::new();
                for form in all {
                    // `أشار` takes `إلى`: `اشاره` can only be the noun.
                    let object = form.pronoun && form.aspect != Aspect::Masdar;
                    if !object || direct.has(Link::DIRECT) {
                        let order = format!("{:?}, {:?}", form.aspect, form.agreement);
                        let code = Inflected::of(&form).code();
                        codes.insert((format!("{}{rest}", form.text), order, code));
                    }
                }
                for (key, _, code) in codes {
                    let [a, b] = number;
                    let [c, d] = code.to_le_bytes();
                    keys.entry(key).or_default().push([a, b, c, d]);
                }
                count += 1;
            }
        }
        self.out.push_str("];\n");
        for key in keys.keys() {
            self.part(first(key), Parts::OPENS_CUE);
        }
        self.compiler.runs("cues", Facet::Cue, keys)?;
        Ok(())
    }

    /// Reads the frame codes of a table cell; the error names the bad code.
    fn frames(&self, codes: &str) -> std::result::Result<Frames, String> {
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
                Some((name, word)) => (name, self.links.get(&fold(word)).copied()),
            };
            let link = link.ok_or_else(|| format!("unknown preposition in frame `{code}`"))?;
            if let Some(flag) = frames.flag(name) {
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

    fn attributions(&mut self) -> Result<()> {
        let columns = ["word", "kind", "takes"];
        let table = self.tables.read("attribution.tsv", &columns)?;
        self.out.push_str(
            "/// The attribution phrases, in the order of their rows.\n\
             pub static ATTRIBUTIONS: &[Attribution] = &[\n",
        );
        let mut keys = BTreeMap::new();
        for (count, row) in table.rows().iter().enumerate() {
            let takes = |what: &str| row.list("takes", '|').any(|t| t == what);
            let (phrase, pronoun) = (row.get("word"), takes("pronoun"));
            writeln!(
                self.out,
                "    Attribution {{ lemma: {}, quoting: {}, clause: {}, verb: {}, \
                 pronoun: {pronoun}, line: {} }},",
                lemma_code(phrase),
                row.get("kind") == "quoting",
                takes("ma-clause") || takes("verb"),
                takes("verb"),
                row.line(),
            )?;
            // A preposition at the end of a phrase is attached to what follows.
            let phrase = fold(phrase);
            let phrase = phrase.trim_end_matches(" ل").trim_end_matches(" ب");
            keys.entry(phrase.to_owned()).or_insert(count as u32);
            if pronoun {
                for pronoun in Pronouns::OF_SOURCES.iter().map(Pronoun::letters) {
                    let key = format!("{phrase}{pronoun}");
                    keys.entry(key).or_insert(count as u32);
                }
            }
        }
        self.out.push_str("];\n");
        for (key, row) in keys {
            self.compiler.set(&key, Facet::Attribution, row);
            self.part(first(&key), Parts::OPENS_ATTRIBUTION);
        }
        Ok(())
    }

    /// A set of words of which a row needs one, as Rust source.
    fn need(&mut self, words: Vec<String>) -> String {
        if words.is_empty() {
            return "None".to_owned();
        }
        let next = 1 << self.needs.len().min(31);
        let bit = *self.needs.entry(words).or_insert(next);
        format!("Some(Need({bit}))")
    }

    fn channels(&mut self) -> Result<()> {
        let columns = ["word", "kind", "needs"];
        let table = self
            .tables
            .read_with("channels.tsv", &columns, &["forms"])?;
        self.out.push_str(
            "/// The nouns of channels, in the order of their rows.\n\
             pub static CHANNELS: &[ChannelNoun] = &[\n",
        );
        let mut keys = BTreeMap::new();
        for (count, row) in table.rows().iter().enumerate() {
            let words: Vec<String> = row.list("needs", '|').map(fold).collect();
            let li = words.iter().any(|w| self.links.get(w) == Some(&Link::LI));
            let needs = self.need(words);
            let kind = variant(row.get("kind"));
            writeln!(
                self.out,
                "    ChannelNoun {{ kind: ChannelKind::{kind}, needs: {needs}, needs_li: {li} }},"
            )?;
            for form in row.words() {
                keys.entry(fold(form)).or_insert(count as u32);
            }
        }
        self.out.push_str("];\n");
        for (key, row) in keys {
            self.compiler.set(&key, Facet::Channel, row);
            self.part(first(&key), Parts::OPENS_CHANNEL);
            if first(&key) == key {
                self.part(&key, Parts::DOCUMENT);
            }
        }
        Ok(())
    }

    fn platforms(&mut self) -> Result<()> {
        let table = self
            .tables
            .read_with("platforms.tsv", &["word", "name"], &["forms"])?;
        let mut names = Vec::new();
        for (count, row) in table.rows().iter().enumerate() {
            names.push(row.get("name"));
            for form in row.words() {
                let key = fold(form);
                self.compiler.set(&key, Facet::Platform, count as u32);
                self.part(first(&key), Parts::OPENS_PLATFORM);
            }
        }
        writeln!(
            self.out,
            "/// The platforms that a channel may name.\n\
             pub static PLATFORMS: &[&str] = &{names:?};"
        )?;
        Ok(())
    }

    fn borders(&mut self) -> Result<()> {
        let table = self
            .tables
            .read("borders.tsv", &["word", "kind", "needs"])?;
        self.out.push_str(
            "/// What may end a content, in the order of the rows.\n\
             pub static BORDERS: &[Border] = &[\n",
        );
        for (count, row) in table.rows().iter().enumerate() {
            let needs = self.need(row.list("needs", '|').map(fold).collect());
            let turn = variant(row.get("kind"));
            writeln!(
                self.out,
                "    Border {{ turn: Turn::{turn}, needs: {needs} }},"
            )?;
            let key = fold(row.get("word"));
            self.compiler.set(&key, Facet::Border, count as u32);
            self.part(first(&key), Parts::OPENS_BORDER);
        }
        self.out.push_str("];\n");
        Ok(())
    }

    fn part(&mut self, word: &str, part: Parts) {
        let parts = self.parts.entry(word.to_owned()).or_default();
        *parts = *parts | part;
    }

    fn parts(&mut self) -> Result<()> {
        for (file, part) in [
            ("message_nouns.tsv", Parts::MESSAGE),
            ("documents.tsv", Parts::DOCUMENT),
            ("court_parties.tsv", Parts::COURT_PARTY),
        ] {
            for row in self.tables.read(file, &["word"])?.rows() {
                self.part(&fold(row.get("word")), part);
            }
        }
        let file = "source_remarks.tsv";
        for row in self.tables.read(file, &["word", "parts"])?.rows() {
            for name in row.list("parts", '|') {
                let part = Parts::named(name).ok_or_else(|| format!("unknown part `{name}`"));
                self.part(&fold(row.get("word")), part.map_err(at(file, row))?);
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<String> {
        for (word, parts) in &self.parts {
            self.compiler.set(word, Facet::Parts, parts.0);
        }
        if self.needs.len() > 32 {
            return Err("more than 32 sets of needed words in channels and borders".into());
        }
        let mut needed: BTreeMap<&str, u32> = BTreeMap::new();
        for (words, bit) in &self.needs {
            for word in words {
                *needed.entry(word).or_default() |= bit;
            }
        }
        for (word, bits) in needed {
            self.compiler.set(word, Facet::Needed, bits);
        }
        Ok(self.out)
    }
}

/// The forms of a verb.
fn verb_forms(row: &Row, lemma: &str) -> Vec<Form> {
    let masdars: Vec<&str> = row.list("masdar", '|').collect();
    let cell = |name| Some(row.get(name)).filter(|c| *c != "-").unwrap_or("");
    forms(&PrincipalParts {
        perfect: lemma,
        imperfect: cell("imperfect").split(' ').next().unwrap_or(""),
        masdars: &masdars,
        participle: cell("participle").split(' ').next().unwrap_or(""),
    })
}

/// The forms of a noun: those of its lemma and of its further stems.
fn noun_forms(row: &Row) -> Vec<Form> {
    let mut out = Vec::new();
    for stem in row.words().filter(|stem| !stem.contains(' ')) {
        let all = forms(&PrincipalParts {
            perfect: stem,
            imperfect: "",
            masdars: &[stem],
            participle: "",
        });
        out.extend(all.into_iter().filter(|f| f.aspect == Aspect::Masdar));
    }
    out
}
