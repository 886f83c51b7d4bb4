//! The naming tables: titles, bodies, countries, outlets, names, small words, and
//! the facts on well-known people and bodies.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;

use rawi_lexicon::{Row, Table};
use rawi_text::fold;

use crate::body_kind::BodyKind;
use crate::compile::Compiler;
use crate::facet::Facet;
use crate::offices::Offices;
use crate::tables::Tables;
use crate::tags::Tags;

/// What a body of `bodies.tsv` may be.
const BODY_KINDS: [&str; 14] = [
    "gov",
    "party",
    "media",
    "company",
    "igo",
    "ngo",
    "military",
    "judicial",
    "sport",
    "education",
    "finance",
    "armed-group",
    "religious",
    "other",
];

/// The bit of a row's number beside a name that asks for a second sign.
const SHORT_NAME: u16 = 1 << 15;

/// What an outlet may be.
const OUTLET_KINDS: [&str; 6] = [
    "agency",
    "channel",
    "newspaper",
    "magazine",
    "radio",
    "site",
];

/// The closed classes.
const CLASSES: [&str; 10] = [
    "prep", "conj", "rel", "dem", "pron", "neg", "wh", "part", "adv", "aux",
];

/// What the build knows of one key: its tags and the country it names, if any.
#[derive(Default)]
struct Entry {
    tags: Tags,
    country: Option<usize>,
}

struct Builder<'t> {
    tables: &'t Tables,
    entries: BTreeMap<String, Entry>,
    /// Rust source of the known entities.
    known: String,
    /// Their names, folded, with their number.
    known_names: BTreeSet<(String, usize)>,
    /// Their short and shared names that ask for a second sign, likewise.
    short_names: BTreeSet<(String, usize)>,
    known_count: usize,
    offices: Offices,
}

impl Builder<'_> {
    fn table(&self, name: &str, columns: &[&str]) -> Result<Table, Box<dyn Error>> {
        self.tables.read(name, columns)
    }

    fn add(&mut self, phrase: &str, tags: Tags) -> &mut Entry {
        let entry = self.entries.entry(fold(phrase)).or_default();
        entry.tags |= tags;
        entry
    }

    /// Adds a phrase with and without its articles, since the text may stand
    /// it either way: `المدير العام`, `مدير عام`, and (article cut off by the
    /// look-up) `مدير العام`.
    fn add_bare_too(&mut self, phrase: &str, tags: Tags) {
        self.add(phrase, tags);
        let cut = |word: &str| {
            word.strip_prefix("ال")
                .map_or(word.to_owned(), str::to_owned)
        };
        let words: Vec<&str> = phrase.split(' ').collect();
        let mut first_cut = words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        first_cut[0] = cut(words[0]);
        self.add(&first_cut.join(" "), tags);
        if words[0].starts_with("ال") {
            let all_cut: Vec<String> = words.iter().map(|w| cut(w)).collect();
            self.add(&all_cut.join(" "), tags);
        }
    }

    /// The duals and the sound feminine plurals that the table of titles leaves
    /// out because they are regular: `وزيران`, `وزيرتين`, `معلمات`. They give way
    /// to whatever the other tables know of such a word.
    fn regular_titles(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.tables.titles()?;
        for row in table.rows().iter().filter(|r| r.get("kind") != "honorific") {
            let kind = match row.get("kind") {
                "office" => Tags::OFFICE,
                _ => Tags::PERSON,
            };
            let mut forms = Vec::new();
            let bare = |word: &str| word.chars().count() > 2 && !word.contains(' ');
            let title = Some(row.get("word")).filter(|t| bare(t) && !t.ends_with(['ي', 'ه', 'ا']));
            if let Some(title) = title.filter(|t| !t.ends_with('ة')) {
                forms.extend(["ان", "ين"].map(|end| format!("{title}{end}")));
            }
            for feminine in row.list("feminine", '|').filter(|f| bare(f)) {
                if let Some(stem) = feminine.strip_suffix('ة') {
                    forms.extend(["تان", "تين", "ات"].map(|end| format!("{stem}{end}")));
                }
            }
            for form in forms {
                if !self.entries.contains_key(&fold(&form)) {
                    self.add(&form, kind | Tags::PLURAL);
                }
            }
        }
        Ok(())
    }

    fn titles(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.tables.titles()?;
        for row in table.rows() {
            let kind = match row.one_of("kind", &["honorific", "office", "person"])? {
                "honorific" => Tags::HONORIFIC,
                "office" => Tags::OFFICE,
                _ => Tags::PERSON,
            };
            let group = match row.one_of("group", &["-", "yes"])? {
                "yes" => Tags::GROUP,
                _ => Tags::default(),
            };
            self.add_bare_too(row.get("word"), kind);
            for form in row.list("feminine", '|') {
                self.add_bare_too(form, kind | Tags::FEMININE);
            }
            for form in row.list("plural", '|') {
                self.add_bare_too(form, kind | group | Tags::PLURAL);
                // Before what it governs the sound plural drops its nun:
                // `منتقدو القرار`, `منتقدي القرار`.
                let governing = form
                    .strip_suffix('ن')
                    .filter(|_| form.ends_with("ون") || form.ends_with("ين"));
                if let Some(form) = governing {
                    self.add(form, kind | Tags::PLURAL);
                }
            }
        }
        Ok(())
    }

    fn bodies(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.table("bodies.tsv", &["word", "plural", "keep", "kind"])?;
        for row in table.rows() {
            row.one_of("kind", &BODY_KINDS)?;
            let tags = match row.one_of("keep", &["yes", "no", "name"])? {
                "name" => Tags::BODY | Tags::OWN_NAME,
                "no" => Tags::BODY | Tags::GENERIC,
                _ => Tags::BODY,
            };
            self.add_bare_too(row.get("word"), tags);
            for form in row.list("plural", '|') {
                self.add_bare_too(form, tags | Tags::PLURAL);
            }
        }
        Ok(())
    }

    fn countries(&mut self, out: &mut String) -> Result<(), Box<dyn Error>> {
        let table = self.tables.countries()?;
        out.push_str("/// All countries.\npub static COUNTRIES: &[Country] = &[\n");
        for (index, row) in table.rows().iter().enumerate() {
            for name in row.words() {
                self.add(name, Tags::COUNTRY).country = Some(index);
            }
            for city in row.list("capital", '|') {
                self.add(city, Tags::CAPITAL).country = Some(index);
            }
            for demonym in row.list("demonyms", '|') {
                let plural = demonym.ends_with("ون") || demonym.ends_with("ين");
                let number = if plural {
                    Tags::PLURAL
                } else {
                    Tags::default()
                };
                self.add(demonym, Tags::DEMONYM | number).country = Some(index);
            }
            writeln!(
                out,
                "    Country {{ iso3: {:?}, name: {:?}, name_en: {:?} }},",
                row.get("iso3"),
                row.get("word"),
                row.get("name_en")
            )?;
        }
        out.push_str("];\n");
        Ok(())
    }

    fn outlets(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.tables.outlets()?;
        for row in table.rows() {
            row.one_of("kind", &OUTLET_KINDS)?;
            for form in row.words() {
                self.add(form, Tags::OUTLET);
                self.known_names.insert((fold(form), self.known_count));
            }
            self.know(row, "Outlet, body: None", "JRN", "")?;
        }
        Ok(())
    }

    fn know(
        &mut self,
        row: &Row,
        kind: &str,
        sector: &str,
        tenures: &str,
    ) -> Result<(), Box<dyn Error>> {
        let full = |cell| Some(cell).filter(|c| *c != "-").unwrap_or_default();
        let cell = |name| full(row.get(name));
        writeln!(
            self.known,
            "    Known {{ name: {:?}, name_en: {:?}, kind: KnownKind::{kind}, country: {:?}, \
             sector: {:?}, wikidata: {:?}, tenures: &[{tenures}] }},",
            row.get("word"),
            row.get("name_en"),
            cell("country"),
            full(sector),
            cell("wikidata"),
        )?;
        self.known_count += 1;
        Ok(())
    }

    /// People and organizations of `entities/`: linked by all their names, and
    /// read as names.
    fn entities(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.tables.people()?;
        for row in table.rows() {
            let gender = match row.one_of("gender", &["-", "f"])? {
                "f" => Tags::FEMININE,
                _ => Tags::default(),
            };
            for name in row.words() {
                self.known_names.insert((fold(name), self.known_count));
                if name.contains(' ') {
                    self.add(name, Tags::GIVEN | gender);
                }
            }
            for name in row.list("solo", '|') {
                self.known_names.insert((fold(name), self.known_count));
                // `الشاهد` is a witness before it is anybody's family name.
                let bare = fold(name.strip_prefix("ال").unwrap_or(name));
                let title = self.entries.get(&bare);
                if !title.is_some_and(|e| e.tags.any(Tags::TITLE)) {
                    self.add(name, Tags::GIVEN | Tags::AMBIGUOUS | gender);
                }
            }
            for name in row.list("shared", '|') {
                let key = (fold(name), self.known_count);
                if !self.known_names.remove(&key) {
                    let line = row.line();
                    let problem = format!("people.tsv:{line}: `{name}` is no name of the row");
                    return Err(problem.into());
                }
                self.short_names.insert(key);
            }
            let tenures = self.offices.tenures(row, self.known_count)?;
            self.know(row, "Person, body: None", row.get("sector"), &tenures)?;
        }
        let table = self.tables.organizations()?;
        for row in table.rows() {
            let kind = body_kind(row, row.get("kind"))?;
            for name in row.words() {
                self.known_names.insert((fold(name), self.known_count));
                if name.contains(' ') && !self.is_body_of_country(name) {
                    self.add(name, Tags::BODY | Tags::OWN_NAME);
                }
            }
            for name in row.list("short", '|') {
                self.short_names.insert((fold(name), self.known_count));
            }
            let kind = format!("Organization, body: Some(BodyKind::{kind:?})");
            self.know(row, &kind, row.get("sector"), "")?;
        }
        Ok(())
    }

    /// Whether a name is the noun of a body and a nationality (`الجيش الروسي`), which
    /// read as a name without being one whole.
    fn is_body_of_country(&self, name: &str) -> bool {
        let bare = |word: &str| fold(word.strip_prefix("ال").unwrap_or(word));
        let is = |word: &str, tags| {
            self.entries
                .get(&bare(word))
                .is_some_and(|e| e.tags.any(tags))
        };
        let two = name.split_once(' ');
        two.is_some_and(|(head, of)| is(head, Tags::BODY) && is(of, Tags::DEMONYM))
    }

    fn given_names(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.tables.given_names()?;
        for row in table.rows() {
            let tags = match row.one_of("kind", &["-", "part", "ambiguous"])? {
                "part" => Tags::NAME_PART,
                "ambiguous" => Tags::GIVEN | Tags::AMBIGUOUS,
                _ => Tags::GIVEN,
            };
            let gender = match row.one_of("gender", &["m", "f"])? {
                "f" => Tags::FEMININE,
                _ => Tags::default(),
            };
            self.add(row.get("word"), tags | gender);
        }
        Ok(())
    }

    fn closed_classes(&mut self) -> Result<(), Box<dyn Error>> {
        let table = self.table("function_words.tsv", &["word", "class"])?;
        for row in table.rows() {
            let class = match row.one_of("class", &CLASSES)? {
                "prep" => Tags::PREPOSITION,
                "rel" => Tags::RELATIVE,
                "adv" => Tags::ADVERB,
                "aux" => Tags::AUXILIARY,
                "dem" => Tags::DEMONSTRATIVE,
                _ => Tags::PARTICLE,
            };
            self.add(row.get("word"), class);
        }
        let table = self.table("people_nouns.tsv", &["word", "forms"])?;
        for row in table.rows() {
            for form in row.words() {
                self.add_bare_too(form, Tags::GROUP | Tags::PLURAL);
            }
        }
        let table = self.table("actions.tsv", &["word"])?;
        for row in table.rows() {
            self.add(row.get("word"), Tags::ACTION);
        }
        Ok(())
    }
}

/// What kind of body a cell of a row names.
fn body_kind(row: &Row, kind: &str) -> Result<BodyKind, String> {
    BodyKind::named(kind).ok_or_else(|| format!("line {}: no such kind: {kind}", row.line()))
}

/// Compiles the naming tables: keys into `compiler`, and the countries and
/// well-known people and bodies as Rust source.
pub fn compile(tables: &Tables, compiler: &mut Compiler) -> Result<String, Box<dyn Error>> {
    let mut builder = Builder {
        tables,
        entries: BTreeMap::new(),
        known: String::new(),
        known_names: BTreeSet::new(),
        short_names: BTreeSet::new(),
        known_count: 0,
        offices: Offices::new(tables)?,
    };
    let mut out = String::new();
    builder.titles()?;
    builder.bodies()?;
    builder.countries(&mut out)?;
    builder.outlets()?;
    builder.entities()?;
    builder.given_names()?;
    builder.closed_classes()?;
    builder.regular_titles()?;
    for (key, entry) in &builder.entries {
        compiler.set(key, Facet::Tags, entry.tags.0);
        if let Some(country) = entry.country {
            compiler.set(key, Facet::Country, u32::try_from(country)?);
        }
    }
    let mut names: BTreeMap<String, Vec<[u8; 2]>> = BTreeMap::new();
    if builder.known_count >= usize::from(SHORT_NAME) {
        return Err("more well-known people and bodies than can be numbered".into());
    }
    for (found, mark) in [(builder.known_names, 0), (builder.short_names, SHORT_NAME)] {
        for (name, index) in found {
            let row = u16::try_from(index)? | mark;
            names.entry(name).or_default().push(row.to_le_bytes());
        }
    }
    let table = tables.read("entities/heads.tsv", &["word", "kind"])?;
    for row in table.rows() {
        let kinds = row
            .list("kind", '|')
            .map(|kind| Ok::<_, String>(body_kind(row, kind)?.bit()));
        let mask = kinds.sum::<Result<u32, _>>()?;
        let word = row.get("word");
        compiler.set(&fold(word), Facet::Heads, mask);
        compiler.set(&fold(&format!("ال{word}")), Facet::Heads, mask);
    }
    compiler.runs("known", Facet::Known, names)?;
    writeln!(
        out,
        "/// The bit of a row's number beside a short name.\nconst SHORT_NAME: u16 = {SHORT_NAME};\n\
         /// Well-known people and bodies.\npub static KNOWN: &[Known] = &[\n{}];",
        builder.known
    )?;
    let (offices, source) = builder.offices.finish()?;
    compiler.list("offices", offices);
    out.push_str(&source);
    Ok(out)
}
