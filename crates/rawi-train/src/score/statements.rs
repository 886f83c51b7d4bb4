//! Who said what.

use anyhow::Result;

use super::matching::{Pair, common, greedy, iou};
use super::names::norm;
use super::sources::Kind;
use super::{Case, Figures, Ratio};
use crate::gold;
use crate::predicted::{self, name, text};
use crate::text::Text;

/// Content that overlaps by less is another statement.
pub(crate) const DETECTED: f64 = 0.5;
/// Content that overlaps by this much is the same but for a word.
pub(crate) const EXACT: f64 = 0.9;

/// How the statements of one article were found.
#[derive(Debug)]
pub(crate) struct Statements {
    /// The positions that each annotated statement covers, sorted.
    pub(crate) gold: Vec<Vec<i64>>,
    /// The same of those read.
    pub(crate) read: Vec<Vec<i64>>,
    /// For each annotated one, what became of it.
    pub(crate) found: Vec<Option<Found>>,
}

/// A statement that was detected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Which of those read it is.
    pub(crate) read: usize,
    /// Intersection over union of the contents.
    pub(crate) iou: f64,
    /// Whether the speaker is the right one.
    pub(crate) said_by: bool,
}

impl Statements {
    /// The indices of those read that nobody annotated.
    pub(crate) fn spurious(&self) -> impl Iterator<Item = usize> {
        let taken = |i: &usize| self.found.iter().flatten().any(|f| f.read == *i);
        (0..self.read.len()).filter(move |i| !taken(i))
    }
}

/// What scoring calls a statement that has no form.
pub(crate) fn form(statement: &predicted::Statement) -> &str {
    statement.form.as_deref().unwrap_or("None")
}

/// Judges the statements of one article.
///
/// # Errors
///
/// If a content span reaches out of the text, or a statement has no content.
pub(crate) fn judge(case: &Case<'_>, figures: &mut Figures) -> Result<Statements> {
    let annotated = &case.gold.statements;
    let read = case.read.map_or(&[][..], |r| &r.statements);
    let gold_cells = gold_spans(case.text, annotated)?
        .iter()
        .map(|spans| case.text.cells(spans))
        .collect::<Result<Vec<_>>>()?;
    let read_cells = read
        .iter()
        .map(|s| case.text.cells(&read_spans(s)?))
        .collect::<Result<Vec<_>>>()?;

    let mut pairs = Vec::new();
    for (gold, a) in gold_cells.iter().enumerate() {
        for (predicted, b) in read_cells.iter().enumerate() {
            pairs.extend(iou(a, b).map(|score| Pair {
                score,
                gold,
                predicted,
            }));
        }
    }
    let matched = greedy(pairs, annotated.len(), DETECTED);

    let mut found = Vec::new();
    for (gold, pair) in annotated.iter().zip(matched) {
        figures.form(&gold.form).detected.gold += 1;
        figures.form(&gold.form).said_by.gold += 1;
        found.push(pair.map(|pair| Found {
            read: pair.predicted,
            iou: pair.score,
            said_by: fields(case, gold, &read[pair.predicted], figures),
        }));
    }
    for statement in read {
        figures.form(form(statement)).detected.predicted += 1;
        figures.form(form(statement)).said_by.predicted += 1;
    }

    let sums = |hits| Ratio::new(hits, read.len(), annotated.len());
    let count = |which: fn(&Found) -> bool| found.iter().flatten().filter(|f| which(f)).count();
    figures.detected += sums(count(|_| true));
    figures.exact += sums(count(|f| f.iou >= EXACT));
    figures.said_by += sums(count(|f| f.said_by));
    figures.content += content(&gold_cells, &read_cells);
    Ok(Statements {
        gold: gold_cells,
        read: read_cells,
        found,
    })
}

/// Where the pieces of each annotated statement stand: in text order, a nested
/// statement anywhere.
pub(crate) fn gold_spans(
    text: &Text,
    statements: &[gold::Statement],
) -> Result<Vec<Vec<(i64, i64)>>> {
    let mut begin = 0;
    let mut all = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        let outermost = statement.outer.is_none();
        let mut from = if outermost { begin } else { 0 };
        let mut spans = Vec::new();
        for piece in &statement.content {
            let span = text.span_of(piece, from);
            from = span.1;
            spans.push(span);
        }
        let Some(&(first, _)) = spans.first() else {
            anyhow::bail!("number {number} of the annotation has no content");
        };
        if outermost {
            begin = first;
        }
        all.push(spans);
    }
    Ok(all)
}

fn read_spans(statement: &predicted::Statement) -> Result<Vec<(i64, i64)>> {
    let spans = statement.content.iter().map(predicted::Piece::span);
    spans
        .collect::<Option<_>>()
        .ok_or_else(|| anyhow::anyhow!("content without start or end in the reading"))
}

/// Judges the fields of a detected statement; whether its speaker is right.
fn fields(
    case: &Case<'_>,
    gold: &gold::Statement,
    read: &predicted::Statement,
    figures: &mut Figures,
) -> bool {
    let said_by = case
        .names
        .same(gold.speaker.as_deref(), name(read.speaker.as_ref()));
    let source = norm(text(read.source.as_ref())) == norm(gold.source.as_deref());
    let form = figures.form(&gold.form);
    form.detected.hits += 1;
    form.said_by.hits += usize::from(said_by);
    figures.speaker.ask(said_by);
    let by_kind = &mut figures.sources[Kind::of(gold) as usize];
    by_kind.speaker.ask(said_by);
    by_kind.source.ask(source);
    figures.form.ask(read.form.as_ref() == Some(&gold.form));
    figures
        .cue
        .ask(norm(text(read.cue.as_ref())) == norm(gold.cue.as_deref()));
    figures.source.ask(source);
    figures.channel += channel(gold.channel.as_deref(), text(read.channel.as_ref()));

    let addressees: Vec<_> = read.addressee.iter().map(|a| a.name.as_deref()).collect();
    let reached = |name: &&String| addressees.iter().any(|&a| case.names.same(Some(name), a));
    figures.addressee += Ratio::new(
        gold.addressee.iter().filter(reached).count(),
        addressees.len(),
        gold.addressee.len(),
    );
    said_by
}

/// A channel is right when one side's words are among the other's: how much of
/// `بيان نشر على موقع الوزارة` belongs to the phrase is a matter of taste.
fn channel(gold: Option<&str>, read: Option<&str>) -> Ratio {
    let hit = gold.is_some() && read.is_some() && {
        let (gold, read) = (norm(gold), norm(read));
        gold.contains(&read) || read.contains(&gold)
    };
    Ratio::new(hit.into(), read.is_some().into(), gold.is_some().into())
}

/// Positions that any statement covers.
fn content(gold: &[Vec<i64>], read: &[Vec<i64>]) -> Ratio {
    let union = |cells: &[Vec<i64>]| {
        let mut all = cells.concat();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (gold, read) = (union(gold), union(read));
    Ratio::new(common(&gold, &read), read.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::super::tests::figures;
    use super::*;
    use crate::score::Share;
    use serde_json::{Value, json};

    /// Ten visible characters, four times.
    const DIGITS: &str = "0123456789 0123456789 0123456789 0123456789";

    fn said(form: &str, content: &[&str]) -> Value {
        json!({
            "form": form, "content": content, "cue": null, "source": null, "speaker": null,
            "addressee": [], "channel": null, "in": null,
        })
    }

    fn read(form: &str, spans: &[(usize, usize)]) -> Value {
        let piece = |&(start, end): &(usize, usize)| json!({"start": start, "end": end});
        json!({"form": form, "content": spans.iter().map(piece).collect::<Vec<_>>()})
    }

    #[test]
    fn overlap_decides_what_is_detected_and_what_is_exact() -> Result<()> {
        type Spans = [(usize, usize)];
        let cases: &[(&[&str], &Spans, usize, usize)] = &[
            // 10 of 10.
            (&["0123456789"], &[(0, 10)], 1, 1),
            // The space behind does not count.
            (&["0123456789"], &[(0, 11)], 1, 1),
            // 9 of 10, 8 of 10, 5 of 10, 4 of 10.
            (&["0123456789"], &[(1, 10)], 1, 1),
            (&["0123456789"], &[(1, 9)], 1, 0),
            (&["0123456789"], &[(5, 10)], 1, 0),
            (&["0123456789"], &[(6, 10)], 0, 0),
            // 10 of 20.
            (&["0123456789"], &[(0, 21)], 1, 0),
            // Two pieces, in order: 0..10 and 11..21.
            (&["0123456789", "0123456789"], &[(0, 10), (11, 21)], 1, 1),
            (&["0123456789", "0123456789"], &[(0, 21)], 1, 1),
            (&["0123456789", "0123456789"], &[(0, 10), (22, 32)], 0, 0),
        ];
        for (content, spans, detected, exact) in cases {
            let gold = json!({"statements": [said("quote", content)]});
            let found = figures(DIGITS, gold, json!({"statements": [read("quote", spans)]}))?;
            assert_eq!(
                found.detected,
                Ratio::new(*detected, 1, 1),
                "{content:?} {spans:?}"
            );
            assert_eq!(
                found.exact,
                Ratio::new(*exact, 1, 1),
                "{content:?} {spans:?}"
            );
        }
        Ok(())
    }

    #[test]
    fn characters_are_counted_once() -> Result<()> {
        // The nested statement adds nothing to the 10 characters of the outer.
        let mut nested = said("clause", &["56789"]);
        nested["in"] = json!(0);
        let gold = json!({"statements": [said("clause", &["0123456789"]), nested]});
        let read = json!({"statements": [read("clause", &[(5, 12)]), read("clause", &[(5, 10)])]});
        let found = figures(DIGITS, gold, read)?;
        assert_eq!(found.content, Ratio::new(5, 6, 10));
        Ok(())
    }

    #[test]
    fn forms_keep_the_order_in_which_they_are_seen() -> Result<()> {
        let gold = json!({"statements": [said("quote", &["01234"]), said("clause", &["56789"])]});
        let read = json!({"statements": [
            read("nominal", &[(5, 10)]),
            read("clause", &[(22, 32)]),
            json!({"content": [{"start": 0, "end": 5}]}),
        ]});
        let found = figures(DIGITS, gold, read)?;
        let forms: Vec<_> = found
            .forms
            .iter()
            .map(|(form, f)| (form.as_str(), f.detected))
            .collect();
        assert_eq!(
            forms,
            [
                ("quote", Ratio::new(1, 0, 1)),
                ("clause", Ratio::new(1, 1, 1)),
                ("nominal", Ratio::new(0, 1, 0)),
                ("None", Ratio::new(0, 1, 0)),
            ]
        );
        assert_eq!(found.form, Share { right: 0, asked: 2 });
        Ok(())
    }

    #[test]
    fn fields_are_asked_of_detected_statements() -> Result<()> {
        let text = "أبلغت رانيا الخزامي الصحفيين والنواب في بيان أن الجسر جاهز.";
        let gold = json!({
            "entities": [{"name": "رانيا الخزامي", "type": "PER", "mentions": ["الخزامي"]}],
            "statements": [{
                "form": "clause", "content": ["أن الجسر جاهز"], "cue": "أبلغت",
                "source": "رانيا الخزامي", "speaker": "رانيا الخزامي",
                "addressee": ["الصحفيين", "النواب"], "channel": "بيان", "in": null,
            }],
        });
        let content = json!([{"start": 45, "end": 58}]);
        let right = json!({"statements": [{
            "form": "clause", "content": content, "cue": {"text": "ابلغت"},
            "source": {"text": "رانيا الخزامى"}, "speaker": {"name": "الخزامي"},
            "addressee": [{"name": "النواب"}, {"name": "الجسر"}, {"name": null}],
            "channel": {"text": "في بيان"},
        }]});
        let found = figures(text, gold.clone(), right)?;
        let yes = Share { right: 1, asked: 1 };
        assert_eq!(
            [found.speaker, found.form, found.cue, found.source],
            [yes; 4]
        );
        assert_eq!(found.said_by, Ratio::new(1, 1, 1));
        assert_eq!(found.channel, Ratio::new(1, 1, 1));
        assert_eq!(found.addressee, Ratio::new(1, 3, 2));

        let empty = json!({"statements": [{"content": content, "speaker": {}, "in": "s1"}]});
        let found = figures(text, gold.clone(), empty)?;
        let no = Share { right: 0, asked: 1 };
        assert_eq!(
            [found.speaker, found.form, found.cue, found.source],
            [no; 4]
        );
        assert_eq!(found.said_by, Ratio::new(0, 1, 1));
        assert_eq!(found.channel, Ratio::new(0, 0, 1));
        assert_eq!(found.addressee, Ratio::new(0, 0, 2));

        let out = json!({"statements": [{"content": [{"start": 45, "end": 99}]}]});
        assert!(figures(text, gold, out).is_err());
        Ok(())
    }
}
