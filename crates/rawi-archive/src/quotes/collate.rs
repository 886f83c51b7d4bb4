//! All wordings of a statement in one table: a column for each word of one of them, the
//! base, and a row for each report. Editors of manuscripts call it a collation.
//!
//! Each row is aligned to the base alone, as two wordings are ([`align`]). Where any row
//! differs the columns are cut, so that each cell of each row has one fate; a base of many
//! words is cut nowhere else. The words of a row's cells, one behind the other, are all of
//! its words and nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::align::{Change, Critical, Difference, LONGEST, Verdict, align, critical};
use super::variants::{Gathered, Variant};
use super::words::{Class, Comparer, Token};
use crate::{Archive, ArchiveError};

/// A base of so many words has a column for each.
const WORD_BY_WORD: usize = 14;
/// Marks that stay behind words: not those of quotations.
const MARKS: [char; 9] = ['،', '؛', '؟', '!', '.', ',', ';', '%', '٪'];
/// Passages of so many words are looked through once more.
const PASSAGE: usize = 40;
/// So many words that are missing or added at an end are said to be. More of them only mean
/// that a shorter or longer piece is quoted.
const AT_ENDS: usize = 3;

/// What became of words of the base in another wording.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// They stand there, or neither has words there.
    Same,
    /// Others stand there, or the same in another form.
    Changed,
    /// Words stand there that the base does not have.
    Added,
    /// Nothing stands there.
    LeftOut,
    /// Nothing stands there, and an ellipsis says so.
    Elided,
    /// They stand elsewhere in the sentence.
    Moved,
    /// They are from elsewhere in the sentence: there they stand moved.
    MovedAway,
    /// The report quotes a shorter piece, without these.
    Beyond,
    /// The report quotes a longer piece, with these.
    More,
}

/// A cell: what one wording has for some columns.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cell {
    /// What became of the base's words.
    pub fate: Fate,
    /// Over how many columns.
    pub columns: usize,
    /// The words of this wording, with the marks behind them.
    pub text: String,
    /// The words of the base.
    pub base: String,
    /// Why the difference turns the meaning around, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical: Option<Critical>,
}

/// A report in a collation.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// Where it stands and who said it. Its differences are those to the statement that was
    /// asked for.
    pub variant: Variant,
    /// How it is related to the base.
    pub verdict: Verdict,
    /// Which wording it has: the number of the first row with the same words, from 0.
    pub wording: usize,
    /// Its cells; their columns make up all columns.
    pub cells: Vec<Cell>,
}

/// All wordings of a statement.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Collation {
    /// The statement that was asked for.
    pub statement: i64,
    /// The statement to whose words all others are compared.
    pub base: i64,
    /// The words of the base by column; nothing where only others have words.
    pub columns: Vec<String>,
    /// The reports, the oldest first.
    pub rows: Vec<Row>,
    /// How many different wordings there are.
    pub wordings: usize,
    /// How many outlets report it.
    pub outlets: usize,
    /// How many reports are no copies of an earlier one.
    pub independent: usize,
    /// Whether there was more to compare than is compared at most.
    pub more: bool,
}

impl Archive {
    /// All wordings of a statement beside those of a base: a statement among them, or else
    /// the oldest that stands in a text, told in the words of the one asked for.
    ///
    /// # Errors
    ///
    /// If there is no such statement, the base is none of its wordings, or the archive
    /// cannot be read.
    pub fn collation(&self, statement: i64, base: Option<i64>) -> Result<Collation, ArchiveError> {
        let Gathered { variants, words } = self.gather(&mut Comparer::new()?, statement)?;
        let all = variants.variants;
        let good = |v: &&Variant| !v.headline && v.verdict <= Verdict::Altered;
        let base = match base {
            Some(id) => all.iter().find(|v| v.statement == id).ok_or_else(|| {
                ArchiveError::Asked(format!("statement {id} is no wording of {statement}"))
            })?,
            None => {
                let own = all.iter().find(|v| v.statement == statement);
                let oldest = all.iter().find(good).or(own);
                oldest.ok_or_else(|| {
                    ArchiveError::Invalid(format!("statement {statement} is no wording of itself"))
                })?
            }
        };
        let of = |v: &Variant| words.get(&v.statement).map_or(&[][..], Vec::as_slice);
        let base_words = Words::of(&base.text, of(base));
        let rows: Vec<Words<'_>> = all.iter().map(|v| Words::of(&v.text, of(v))).collect();
        let (columns, cells) = table(&base_words, &rows);
        let base = base.statement;
        let mut first: Vec<(usize, Vec<(u32, u32)>)> = Vec::new();
        let mut numbered = Vec::with_capacity(rows.len());
        for row in &rows {
            let key: Vec<(u32, u32)> = row.tokens.iter().map(|t| (t.form, t.term)).collect();
            let at = numbered.len();
            let known = first.iter().find(|(_, k)| *k == key).map(|(n, _)| *n);
            if known.is_none() {
                first.push((at, key));
            }
            numbered.push(known.unwrap_or(at));
        }
        let wordings = first.len();
        let rows = all.into_iter().zip(cells).zip(numbered);
        Ok(Collation {
            statement,
            base,
            columns,
            rows: rows
                .map(|((variant, (verdict, cells)), wording)| Row {
                    variant,
                    verdict,
                    wording,
                    cells,
                })
                .collect(),
            wordings,
            outlets: variants.outlets,
            independent: variants.independent,
            more: variants.more,
        })
    }
}

/// A wording: its words, each with the marks behind it.
struct Words<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Words<'a> {
    fn of(text: &'a str, tokens: &'a [Token]) -> Self {
        Self {
            text,
            tokens: &tokens[..tokens.len().min(LONGEST)],
        }
    }

    /// Where a word begins, with a conjunction that is written on it and is no part of its
    /// token: `و20`.
    fn begins(&self, at: usize, start: usize) -> usize {
        let before = at.checked_sub(1).and_then(|i| self.tokens.get(i));
        let from = before.map_or(0, |t| t.span.end.index());
        let between = self.text.get(from..start).unwrap_or_default();
        let letters = between
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric());
        letters.last().map_or(start, |(at, _)| from + at)
    }

    /// Some of its words. What the article says between pieces of the content is left out.
    fn join(&self, words: Range<usize>) -> String {
        let mut out = String::new();
        let mut joined = true;
        for at in words {
            let Some(token) = self.tokens.get(at) else {
                continue;
            };
            if !joined {
                out.push(' ');
            }
            let mut range = token.span.range();
            range.start = self.begins(at, range.start);
            out.push_str(self.text.get(range.clone()).unwrap_or_default());
            let rest = self.text.get(range.end..).unwrap_or_default();
            let marks = rest
                .find(|c: char| c.is_whitespace() || c.is_alphanumeric())
                .unwrap_or(rest.len());
            let next = self.tokens.get(at + 1).map(|t| t.span.start.index());
            let next = next.map(|start| self.begins(at + 1, start));
            joined = marks > 0 && next == Some(range.end + marks);
            // Between two words all marks stay; else those of a sentence do.
            let kept = match joined {
                true => marks,
                false => rest.find(|c| !MARKS.contains(&c)).unwrap_or(rest.len()),
            };
            out.push_str(&rest[..kept]);
        }
        out
    }
}

/// The columns of a base, and for each row its relation to the base and its cells.
fn table(base: &Words<'_>, rows: &[Words<'_>]) -> (Vec<String>, Vec<(Verdict, Vec<Cell>)>) {
    let len = base.tokens.len();
    let side_by_side = |row: &Words<'_>| {
        let mut alignment = align(base.tokens, row.tokens);
        let differences = alignment.differences.into_iter();
        let finer = differences.flat_map(|d| finer(d, base.tokens, row.tokens));
        alignment.differences = finer.collect();
        alignment
    };
    let aligned: Vec<_> = rows.iter().map(side_by_side).collect();
    let mut cuts: BTreeSet<usize> = match len <= WORD_BY_WORD {
        true => (0..=len).collect(),
        false => BTreeSet::from([0, len]),
    };
    let mut gaps = BTreeSet::new();
    for difference in aligned.iter().flat_map(|a| &a.differences) {
        cuts.extend([difference.first.start, difference.first.end]);
        if difference.first.is_empty() {
            gaps.insert(difference.first.start);
        }
    }
    // Columns as ranges of the base's words: empty where only others have words.
    let mut columns: Vec<Range<usize>> = Vec::new();
    let mut cuts = cuts.into_iter().peekable();
    while let Some(at) = cuts.next() {
        if gaps.contains(&at) {
            columns.push(at..at);
        }
        if let Some(next) = cuts.peek() {
            columns.push(at..*next);
        }
    }
    let cells = rows.iter().zip(&aligned).map(|(row, alignment)| {
        let mut cells = cells(base, row, &columns, &alignment.differences);
        moved(&mut cells);
        (alignment.verdict, cells)
    });
    let cells = cells.collect();
    let columns = columns.into_iter().map(|c| base.join(c)).collect();
    (columns, cells)
}

/// A passage in other words, parted by the words that both have in the same order. The
/// alignment takes a passage as a whole, as few same words in it say nothing about where it
/// is from; here that is known.
fn finer(whole: Difference, base: &[Token], row: &[Token]) -> Vec<Difference> {
    let (Some(first), Some(second)) =
        (base.get(whole.first.clone()), row.get(whole.second.clone()))
    else {
        return vec![whole];
    };
    let long = first.len().max(second.len()) > PASSAGE;
    if whole.change != Change::Replaced || long {
        return vec![whole];
    }
    let shared = shared(first, second);
    let content = shared.iter().any(|(a, _)| first[*a].class != Class::Small);
    if !content || 3 * shared.len() < first.len().min(second.len()) {
        return vec![whole];
    }
    let mut all = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (next_a, next_b) in shared.into_iter().chain([(first.len(), second.len())]) {
        let (own, other) = (&first[a..next_a], &second[b..next_b]);
        let change = match (own.is_empty(), other.is_empty()) {
            (true, true) => None,
            (true, false) => Some(Change::Added),
            (false, true) => Some(Change::LeftOut),
            (false, false) => Some(Change::Replaced),
        };
        if let Some(change) = change {
            let mut part = Difference {
                change,
                first: whole.first.start + a..whole.first.start + next_a,
                second: whole.second.start + b..whole.second.start + next_b,
                critical: None,
                marked: change == Change::LeftOut && second.get(next_b).is_some_and(|t| t.broken),
            };
            let negates = |words: &[Token]| words.iter().any(|t| t.class == Class::Negation);
            // A negation in the place of another keeps the meaning.
            if !(negates(own) && negates(other)) {
                part.critical = critical(&part, own, other);
            }
            all.push(part);
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
    all
}

/// The most words that two passages have in the same order, as pairs of places.
fn shared(first: &[Token], second: &[Token]) -> Vec<(usize, usize)> {
    let same =
        |a: usize, b: usize| first[a].form == second[b].form && first[a].term == second[b].term;
    let width = second.len() + 1;
    let mut most = vec![0_usize; (first.len() + 1) * width];
    for a in (0..first.len()).rev() {
        for b in (0..second.len()).rev() {
            most[a * width + b] = match same(a, b) {
                true => most[(a + 1) * width + b + 1] + 1,
                false => most[(a + 1) * width + b].max(most[a * width + b + 1]),
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < first.len() && b < second.len() {
        if same(a, b) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if most[(a + 1) * width + b] >= most[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// The cells of a row.
fn cells(
    base: &Words<'_>,
    row: &Words<'_>,
    columns: &[Range<usize>],
    differences: &[Difference],
) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut rest = differences.iter().peekable();
    // How many words of the row stand in cells.
    let mut taken = 0;
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let here = |d: &&&Difference| match d.first.is_empty() {
            true => column.is_empty() && d.first.start == column.start,
            false => !column.is_empty() && d.first.start == column.start,
        };
        match rest.peek().filter(here) {
            Some(difference) => {
                let inside = |c: &&Range<usize>| match difference.first.is_empty() {
                    true => false,
                    false => c.end <= difference.first.end && c.start < difference.first.end,
                };
                let span = 1 + columns[at + 1..].iter().take_while(inside).count();
                cells.push(Cell {
                    fate: fate(difference, base.tokens.len(), row.tokens.len()),
                    columns: span,
                    text: row.join(difference.second.clone()),
                    base: base.join(difference.first.clone()),
                    critical: difference.critical,
                });
                taken = difference.second.end;
                at += span;
                rest.next();
            }
            None => {
                let words = taken..taken + column.len();
                cells.push(Cell {
                    fate: Fate::Same,
                    columns: 1,
                    text: row.join(words.clone()),
                    base: base.join(column.clone()),
                    critical: None,
                });
                taken = words.end;
                at += 1;
            }
        }
    }
    cells
}

fn fate(difference: &Difference, base: usize, row: usize) -> Fate {
    let first = &difference.first;
    let second = &difference.second;
    let at_ends =
        (first.start == 0 && second.start == 0) || (first.end == base && second.end == row);
    match difference.change {
        Change::Replaced | Change::Form => Fate::Changed,
        Change::Added if at_ends && second.len() > AT_ENDS => Fate::More,
        Change::Added => Fate::Added,
        Change::LeftOut if difference.marked => Fate::Elided,
        Change::LeftOut if at_ends && first.len() > AT_ENDS => Fate::Beyond,
        Change::LeftOut => Fate::LeftOut,
    }
}

/// Words that are missing in one place and stand in another.
fn moved(cells: &mut [Cell]) {
    let bare = |text: &str| -> String {
        let words = text.split(|c: char| !c.is_alphanumeric());
        rawi_text::fold(
            &words
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    for at in 0..cells.len() {
        if cells[at].fate != Fate::Added {
            continue;
        }
        let words = bare(&cells[at].text);
        let away =
            |c: &Cell| c.fate == Fate::LeftOut && c.critical.is_none() && bare(&c.base) == words;
        let mut from = cells.iter().enumerate().filter(|(_, c)| away(c));
        if let (Some((from, _)), None, false) = (from.next(), from.next(), words.is_empty()) {
            cells[at].fate = Fate::Moved;
            cells[from].fate = Fate::MovedAway;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "لا شروط مسبقة لدينا، وقد أبلغنا الجيران بذلك كتابة";

    /// Each row as a line: what became of words in brackets.
    fn shown(base: &str, rows: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut comparer = Comparer::new().unwrap();
        let tokens: Vec<Vec<Token>> = rows.iter().map(|r| comparer.words(r)).collect();
        let base_tokens = comparer.words(base);
        let base = Words::of(base, &base_tokens);
        let words: Vec<Words<'_>> = rows
            .iter()
            .zip(&tokens)
            .map(|(text, tokens)| Words::of(text, tokens))
            .collect();
        let (columns, cells) = table(&base, &words);
        let bare = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|w| !w.is_empty());
            words.map(str::to_owned).collect()
        };
        let mut lines = Vec::new();
        for ((_, cells), text) in cells.iter().zip(rows) {
            let width: usize = cells.iter().map(|c| c.columns).sum();
            assert_eq!(width, columns.len(), "{text}");
            let joined: Vec<&str> = cells.iter().map(|c| &*c.text).collect();
            assert_eq!(bare(&joined.join(" ")), bare(text), "{text}");
            let same: Vec<&str> = cells.iter().map(|c| &*c.base).collect();
            assert_eq!(bare(&same.join(" ")), bare(base.text), "{text}");
            let line = cells
                .iter()
                .filter(|c| !c.text.is_empty() || !c.base.is_empty());
            let line = line.map(|c| match c.fate {
                Fate::Same => c.text.clone(),
                Fate::Changed => format!("[{}>{}]", c.base, c.text),
                Fate::Added => format!("[+{}]", c.text),
                Fate::LeftOut => format!("[-{}]", c.base),
                Fate::Elided => format!("[…{}]", c.base),
                Fate::Moved => format!("[^{}]", c.text),
                Fate::MovedAway => "[^]".to_owned(),
                Fate::Beyond => "[<]".to_owned(),
                Fate::More => format!("[>{}]", c.text),
            });
            lines.push(line.collect::<Vec<_>>().join(" "));
        }
        (columns, lines)
    }

    #[test]
    fn each_word_has_its_place() {
        let rows = [
            BASE,
            "لا شروط لدينا وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا على الإطلاق، وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك خطيا",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك",
            "وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك كتابة في رسالة سلمت أمس",
            "شروط مسبقة لدينا وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا كتابة وقد أبلغنا الجيران بذلك",
            "ليس لدينا شروط مسبقة، وأبلغنا الجيران بذلك خطيا",
        ];
        let (columns, lines) = shown(BASE, &rows);
        assert_eq!(columns.iter().filter(|c| !c.is_empty()).count(), 9);
        let wanted = [
            "لا شروط مسبقة لدينا، وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط [-مسبقة] لدينا وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا [+على الإطلاق،] وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك [كتابة>خطيا]",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك [-كتابة]",
            "[<] وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا وقد أبلغنا الجيران بذلك كتابة [>في رسالة سلمت أمس]",
            "[-لا] شروط مسبقة لدينا وقد أبلغنا الجيران بذلك كتابة",
            "لا شروط مسبقة لدينا [^كتابة] وقد أبلغنا الجيران بذلك [^]",
            "[لا>ليس لدينا] شروط مسبقة، [-لدينا، وقد] وأبلغنا الجيران بذلك [كتابة>خطيا]",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn a_long_base_is_cut_where_words_differ() {
        let base = "سنبدأ بناء السد الجديد خلال ثلاثة أشهر، ولن نرفع أسعار المياه هذا العام، \
            وستبقى أجور النقل كما هي حتى نهاية الموسم";
        let one = base.replace("ثلاثة", "أربعة");
        let (columns, lines) = shown(base, &[base, &one]);
        assert_eq!(columns.len(), 3, "{columns:?}");
        assert!(lines[1].contains("[ثلاثة>أربعة]"), "{lines:?}");
    }

    #[test]
    fn odd_texts_keep_all_their_words() {
        let texts = [
            "",
            "…",
            "الماء",
            "الأمريكية-الإيرانية و20 بالمئة (ثلاثة) من «النهر»",
            "20 % من الماء\u{a0}لا ينتظر\nالخرائط!",
            "الماء لا ينتظر ترسيم الخرائط، لا ينتظر",
        ];
        for base in texts {
            shown(base, &texts);
        }
    }
}
