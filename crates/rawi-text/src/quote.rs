//! Pairing quotation marks. News mixes every kind of mark, nests straight ones,
//! forgets to close them and uses them as bullets; an odd mark costs at most
//! its own paragraph.

use std::ops::Range;

use crate::{Quote, Token, TokenKind};

/// How many paragraphs a quotation may run over.
const LONGEST_RUN: usize = 6;
/// Deeper nesting than this is a mark gone wrong.
const DEEPEST: usize = 4;

/// The marks that can close one another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Family {
    /// « » ‹ ›
    Angle,
    /// “ ” „ ‟, in either direction: many keyboards write ”…“
    Curly,
    /// " '' &quot;
    Straight,
}

/// What a mark can be by its shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// A text's tokens, looked at for quotation marks.
pub(crate) struct Marks<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
}

impl Marks<'_> {
    fn mark(&self, i: usize) -> Option<(Family, Side)> {
        if self.tokens[i].kind != TokenKind::Punct {
            return None;
        }
        Some(match &self.text[self.tokens[i].span.range()] {
            "«" | "‹" => (Family::Angle, Side::Opens),
            "»" | "›" => (Family::Angle, Side::Closes),
            "„" => (Family::Curly, Side::Opens),
            "“" | "”" | "‟" => (Family::Curly, Side::Either),
            "\"" | "''" | "&quot;" => (Family::Straight, Side::Either),
            _ => return None,
        })
    }

    /// Whether white space or a joining clitic stands before the mark.
    fn free_before(&self, i: usize) -> bool {
        if self.tokens[i].spaced {
            return true;
        }
        let Some(before) = i.checked_sub(1).map(|b| &self.tokens[b]) else {
            return true;
        };
        let text = self.text[before.span.range()].trim_end_matches('ـ');
        match before.kind {
            TokenKind::Punct => matches!(text, ":" | "(" | "[" | "-" | "–" | "—" | "،" | "," | "«" | "“" | "\""),
            // `بـ"كذا"`, `و"كذا"`
            TokenKind::Word => matches!(text, "ب" | "ل" | "ك" | "و" | "ف" | "ال" | "بال" | "لل" | "وب" | "ول"),
            _ => false,
        }
    }

    /// Whether white space, punctuation or the end follows the mark.
    fn free_after(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_none_or(|next| {
            next.spaced || next.kind == TokenKind::Punct && self.mark(i + 1).is_none_or(|(_, side)| side != Side::Opens)
        })
    }

    /// Whether the mark is one for inches or seconds.
    fn is_unit(&self, i: usize) -> bool {
        !self.tokens[i].spaced && i > 0 && self.tokens[i - 1].kind == TokenKind::Number
    }
}

/// A quote while its paragraph is being read.
struct Open {
    token: usize,
    family: Family,
}

/// Appends the quotes of a text, in the order of their opening marks.
pub(crate) fn pair(marks: &Marks<'_>, paragraphs: &[Range<u32>], out: &mut Vec<Quote>) {
    let mut unclosed: Vec<(usize, Family)> = Vec::new();
    for paragraph in paragraphs {
        let range = paragraph.start as usize..paragraph.end as usize;
        pair_paragraph(marks, &range, out, &mut unclosed);
    }
    out.sort_by_key(|q| q.open);
    chain(marks, paragraphs, out, &unclosed);
    out.sort_by_key(|q| q.open);
    nest(out);
}

fn pair_paragraph(
    marks: &Marks<'_>,
    range: &Range<usize>,
    out: &mut Vec<Quote>,
    unclosed: &mut Vec<(usize, Family)>,
) {
    let mut stack: Vec<Open> = Vec::new();
    for i in range.clone() {
        let Some((family, side)) = marks.mark(i) else {
            continue;
        };
        let same = stack.iter().rposition(|o| o.family == family);
        let closes = match side {
            Side::Opens => false,
            Side::Closes => true,
            Side::Either => match same {
                None => {
                    if marks.is_unit(i) {
                        continue;
                    }
                    // One kind may close another: «…"
                    stack.len() == 1 && !marks.free_before(i) && marks.free_after(i)
                }
                Some(_) => {
                    let (before, after) = (marks.free_before(i), marks.free_after(i));
                    // A mark that hangs between spaces, or between letters,
                    // closes what is open; one that leans right opens anew.
                    !before || after
                }
            },
        };
        if !closes {
            if stack.len() < DEEPEST {
                stack.push(Open { token: i, family });
            }
            continue;
        }
        // A closing mark of another kind closes too, if nothing better is open.
        let at = same.or_else(|| (stack.len() == 1 && marks.free_after(i)).then_some(0));
        if let Some(at) = at {
            let open = stack[at].token;
            stack.truncate(at);
            push(marks, open, Some(i), i, out);
        }
    }
    unclosed.extend(stack.into_iter().map(|o| (o.token, o.family)));
}

/// Adds a quote if anything stands in it; `end` is one past its last token.
fn push(marks: &Marks<'_>, open: usize, close: Option<usize>, end: usize, out: &mut Vec<Quote>) {
    if end > open + 1 {
        out.push(Quote {
            open: open as u32,
            close: close.map(|c| c as u32),
            content: marks.tokens[open + 1].span.cover(marks.tokens[end - 1].span),
            depth: 0,
            continues: None,
        });
    }
}

/// Deals with the marks that their paragraph did not close: they go on in the
/// next paragraphs if those open with the same mark and one of them closes it;
/// at the head of a paragraph they are bullets; elsewhere they end with it.
fn chain(
    marks: &Marks<'_>,
    paragraphs: &[Range<u32>],
    out: &mut Vec<Quote>,
    unclosed: &[(usize, Family)],
) {
    let paragraph_of = |token: usize| paragraphs.partition_point(|p| p.end as usize <= token);
    let starts = |p: usize, family: Family| {
        let first = paragraphs[p].start as usize;
        marks.mark(first).is_some_and(|(f, side)| f == family && side != Side::Closes)
    };
    let closed_at: Vec<u32> = out.iter().map(|q| q.open).collect();
    // Paragraphs whose first mark was read as part of a chain already.
    let mut linked = vec![false; paragraphs.len()];
    for &(token, family) in unclosed {
        let p = paragraph_of(token);
        let first = paragraphs[p].start as usize == token;
        if first && linked[p] {
            continue;
        }
        let mut last = p;
        let mut closed = false;
        while !closed && last + 1 < paragraphs.len() && last - p < LONGEST_RUN && starts(last + 1, family) {
            last += 1;
            let head = paragraphs[last].start;
            closed = closed_at.binary_search(&head).is_ok();
        }
        if first && !closed {
            continue;
        }
        if closed {
            linked[p + 1..=last].fill(true);
            for q in p + 1..last {
                let open = paragraphs[q].start as usize;
                push(marks, open, None, paragraphs[q].end as usize, out);
            }
        }
        push(marks, token, None, paragraphs[p].end as usize, out);
    }
    // Link the stretches: a quote that fills its paragraph to the end and a
    // linked paragraph after it belong together.
    out.sort_by_key(|q| q.open);
    for p in (1..paragraphs.len()).filter(|&p| linked[p]) {
        let Ok(here) = out.binary_search_by_key(&paragraphs[p].start, |q| q.open) else {
            continue;
        };
        let before = out[..here]
            .iter()
            .rposition(|q| q.close.is_none())
            .filter(|&b| out[b].open >= paragraphs[p - 1].start);
        out[here].continues = before.and_then(|b| u32::try_from(b).ok());
    }
}

/// Counts how deep each quote stands; they are in the order of their opening.
fn nest(out: &mut [Quote]) {
    let mut ends: Vec<crate::BytePos> = Vec::new();
    for quote in out {
        while ends.last().is_some_and(|&end| end <= quote.content.start) {
            ends.pop();
        }
        quote.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(quote.content.end);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Layout, SourceText};

    fn quotes(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        layout
            .quotes()
            .iter()
            .map(|q| {
                let open = if q.close.is_some() { "" } else { "~" };
                let chained = if q.continues.is_some() { "+" } else { "" };
                format!("{chained}{}{open}{}", q.depth, source.slice(q.content).unwrap())
            })
            .collect()
    }

    #[test]
    fn pairs_of_all_kinds() {
        let table: [(&str, &[&str]); 17] = [
            ("قال: «نعم».", &["0نعم"]),
            ("قال \"نعم\" ثم صمت", &["0نعم"]),
            ("وصفه بـ\"الخطأ الكبير\" أمس", &["0الخطأ الكبير"]),
            ("قال “نعم” و”لا“", &["0نعم", "0لا"]),
            ("قال „نعم“ فقط", &["0نعم"]),
            ("قال «نعم\" فقط", &["0نعم"]),
            ("وأضاف المدرب\" سنلعب بقوة\".", &["0سنلعب بقوة"]),
            ("قال \"إذا لم يصل \"كل منهم\" سنبدأ\".", &["0إذا لم يصل \"كل منهم\" سنبدأ", "1كل منهم"]),
            ("قال «رأيت \"النور\" هناك»", &["0رأيت \"النور\" هناك", "1النور"]),
            ("قال &quot;نعم&quot; أمس", &["0نعم"]),
            ("قال ''نعم'' أمس", &["0نعم"]),
            ("شاشة 55\" جديدة", &[]),
            ("انتهى» الأمر", &[]),
            ("« أولا\n« ثانيا\n« ثالثا", &[]),
            ("قال: «لن نعود\nوفي سياق آخر وصل الوفد", &["0~لن نعود"]),
            ("قال: «بدأ الأمر.\n«ثم انتهى» وسكت", &["0~بدأ الأمر.", "+0ثم انتهى"]),
            ("قال \"\" ثم", &[]),
        ];
        for (text, wanted) in table {
            assert_eq!(quotes(text), wanted, "{text}");
        }
    }

    #[test]
    fn many_marks_take_linear_time() {
        let text = "\" ".repeat(100_000) + &"« ".repeat(50_000) + &"«\n".repeat(20_000);
        let source = SourceText::new(text).unwrap();
        Layout::new().analyze(&source);
    }
}
