//! Page furniture: what a site puts around an article and nobody says. Teasers
//! with the headline they lead to, bylines, credits of pictures, calls to
//! follow or send on, dates of publication, keywords, datelines.
//!
//! Most of it opens with words of `lexicon/furniture.tsv` at the head of a line;
//! the rest shows by its shape. Everyday words (`شاهد`, `كتب`) need a colon, and
//! nothing inside quotation marks is furniture.

use std::ops::Range;

use crate::layout::Words;
use crate::{Quote, TokenKind, sentence};

include!(concat!(env!("OUT_DIR"), "/furniture.rs"));

/// What a piece of page furniture is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FurnitureKind {
    /// Leads to another article: `اقرأ أيضا`, and the headline of that article.
    Teaser,
    /// Who wrote it: `بقلم فلان`, `القاهرة - فلان`.
    Byline,
    /// Whose picture or report it is: `تصوير: فلان`, `(رويترز)`.
    Credit,
    /// How to follow, subscribe or send on.
    Share,
    /// When the page was published or changed: `آخر تحديث`.
    Dated,
    /// Keywords.
    Keywords,
    /// Place, date and agency in front of the first sentence: `دبي (سهم) -`.
    Dateline,
}

/// A piece of page furniture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Furniture {
    /// Its tokens, inside one paragraph.
    pub tokens: Range<u32>,
    /// What it is for.
    pub kind: FurnitureKind,
}

impl Furniture {
    /// Whether it stands in a sentence of its own. A dateline opens the sentence
    /// of the article.
    pub fn stands_apart(&self) -> bool {
        self.kind != FurnitureKind::Dateline
    }
}

/// When words open furniture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Line,
    Colon,
    Alone,
}

/// A row of the table.
struct Opener {
    words: &'static [&'static str],
    kind: FurnitureKind,
    when: When,
}

/// Longer lines are no byline or credit, in words.
const LONGEST_CREDIT: usize = 8;
/// Longer lines are no place with a writer's name, in words.
const LONGEST_SIGNATURE: usize = 5;
/// How many lines from the top or the bottom bylines stand.
const MARGIN: usize = 3;
/// Longer lines below a teaser are the article again, in words.
const LONGEST_HEADLINE: usize = 16;
/// So many headlines may stand below one teaser.
const MOST_HEADLINES: usize = 6;
/// Before its bracket a dateline has at most so many tokens.
const LONGEST_DATELINE: usize = 9;
/// Longer brackets are more than a note, in tokens.
const LONGEST_BRACKET: usize = 40;

/// Fills `out` with the furniture of a text, in text order.
pub(crate) fn find(
    words: Words<'_>,
    paragraphs: &[Range<u32>],
    quotes: &[Quote],
    out: &mut Vec<Furniture>,
) {
    out.clear();
    let page = Page {
        words,
        paragraphs,
        quotes,
        outer: quotes.iter().filter(|q| q.depth == 0).collect(),
    };
    let mut p = 0;
    while p < paragraphs.len() {
        let last = page.line(p, out);
        p = last + 1;
    }
}

struct Page<'a> {
    words: Words<'a>,
    paragraphs: &'a [Range<u32>],
    quotes: &'a [Quote],
    /// The outermost quotes.
    outer: Vec<&'a Quote>,
}

impl Page<'_> {
    /// Reads the line `p`; gives the last line that is read with it.
    fn line(&self, p: usize, out: &mut Vec<Furniture>) -> usize {
        let range = self.tokens(p);
        if let Some((kind, after)) = self.opened(p, range.clone()) {
            out.push(Furniture {
                tokens: self.paragraphs[p].clone(),
                kind,
            });
            // A teaser alone in its line has its headlines below.
            let alone = self.is_wordless(after..range.end);
            if kind != FurnitureKind::Teaser || !alone || self.count(range) > 4 {
                return p;
            }
            let mut last = p;
            while last + 1 < self.paragraphs.len()
                && last - p < MOST_HEADLINES
                && self.is_headline(last + 1)
            {
                last += 1;
                out.push(Furniture {
                    tokens: self.paragraphs[last].clone(),
                    kind: FurnitureKind::Teaser,
                });
            }
            return last;
        }
        if let Some(kind) = self.shaped(p, range.clone()) {
            out.push(Furniture {
                tokens: self.paragraphs[p].clone(),
                kind,
            });
            return p;
        }
        let mut start = range.start;
        if let Some(end) = self.dateline(range.clone()) {
            out.push(Furniture {
                tokens: range.start as u32..end as u32,
                kind: FurnitureKind::Dateline,
            });
            start = end;
        }
        self.inside(start..range.end, out);
        p
    }

    fn tokens(&self, p: usize) -> Range<usize> {
        let range = &self.paragraphs[p];
        range.start as usize..range.end as usize
    }

    /// What a line is that words of the table open, and the token after them.
    fn opened(&self, p: usize, range: Range<usize>) -> Option<(FurnitureKind, usize)> {
        let head = self.head(range.clone())?;
        if self.is_quoted(head) {
            return None;
        }
        let opener = self.opener(head, range.end)?;
        let after = head + opener.words.len();
        let fits = match opener.when {
            When::Alone => self.is_wordless(after..range.end),
            When::Colon => self.parts(after, range.end),
            When::Line => true,
        };
        let agrees = fits && self.agrees(opener, p, after, range);
        agrees.then_some((opener.kind, after))
    }

    /// Whether the rest of a line is what such furniture looks like.
    fn agrees(&self, opener: &Opener, p: usize, after: usize, range: Range<usize>) -> bool {
        let parted = self.parts(after, range.end);
        let stopped = range.end > after && matches!(self.words.word(range.end - 1), "." | "؟");
        let length = self.count(range.clone());
        let quotes = (after..range.end).any(|i| self.opens_quote(i));
        match opener.kind {
            FurnitureKind::Teaser => parted || !stopped,
            FurnitureKind::Byline => {
                let at_margin = p < MARGIN || p + MARGIN >= self.paragraphs.len();
                at_margin && !stopped && !quotes && length <= LONGEST_CREDIT
            }
            FurnitureKind::Credit => !quotes && length <= LONGEST_CREDIT,
            FurnitureKind::Dated => !quotes && length <= LONGEST_HEADLINE,
            _ => !quotes || parted,
        }
    }

    /// Furniture that shows by its shape: a line in brackets, `القاهرة - فلان`.
    fn shaped(&self, p: usize, range: Range<usize>) -> Option<FurnitureKind> {
        let (first, last) = (range.start, range.end.checked_sub(1)?);
        let length = self.count(range.clone());
        if last > first + 1 && self.words.word(first) == "(" && self.words.word(last) == ")" {
            let plain = (first + 1..last).all(|i| self.is_word(i) || self.words.word(i) == ".");
            let letters = (first + 1..last).all(|i| self.words.word(i).chars().nth(1).is_none());
            return (plain && (length <= 2 || letters)).then_some(FurnitureKind::Credit);
        }
        let at_margin = p < MARGIN && p + 1 < self.paragraphs.len();
        if !at_margin || !(3..=LONGEST_SIGNATURE).contains(&length) {
            return None;
        }
        let mut others = range.filter(|&i| !self.is_word(i));
        let parted = others.next().is_some_and(|i| {
            self.is_dash(i)
                && self.words.tokens[i].spaced
                && i > first
                && i <= first + 2
                && i < last
        });
        (parted && others.next().is_none()).then_some(FurnitureKind::Byline)
    }

    /// One past the end of the dateline that a line begins with.
    fn dateline(&self, range: Range<usize>) -> Option<usize> {
        let limit = range.end.min(range.start + LONGEST_DATELINE);
        let open = (range.start..limit).find(|&i| self.words.word(i) == "(")?;
        let close = (open + 1..range.end.min(open + 8)).find(|&i| self.words.word(i) == ")")?;
        let before = range.start..open;
        let agency = (open + 1..close)
            .all(|i| self.is_word(i) || matches!(self.words.word(i), "." | "/" | "-" | "،"));
        let plain = before.clone().all(|i| {
            self.is_word(i)
                || self.words.tokens[i].kind == TokenKind::Number
                || matches!(self.words.word(i), "/" | "،" | "," | "-" | "–" | "—" | "ـ")
        });
        if !agency || !plain || close == open + 1 || self.count(before.clone()) == 0 {
            return None;
        }
        let dash = close + 1 < range.end && self.is_dash(close + 1);
        let dated = before
            .clone()
            .any(|i| self.words.tokens[i].kind == TokenKind::Number)
            || before.clone().any(|i| self.words.word(i) == "/");
        let short = before.clone().filter(|&i| self.is_word(i)).count() <= 3;
        if !short || !(dash || dated) {
            return None;
        }
        let mut end = close + 1;
        while end < range.end && self.is_dash(end) {
            end += 1;
        }
        Some(end)
    }

    /// Furniture in the middle of a line: in brackets, or in a sentence that a
    /// teaser opens.
    fn inside(&self, range: Range<usize>, out: &mut Vec<Furniture>) {
        let mut i = range.start;
        while i < range.end {
            let bracket = matches!(self.words.word(i), "(" | "[");
            let begins = i > range.start
                && sentence::ends_at(self.words, range.start, i - 1, range.end)
                && !bracket;
            let head = i + usize::from(bracket);
            let opener = (bracket || begins)
                .then(|| self.opener(head, range.end))
                .flatten()
                .filter(|_| !self.is_quoted(head));
            let Some(opener) = opener else {
                i += 1;
                continue;
            };
            let after = head + opener.words.len();
            let parted = self.parts(after, range.end);
            let end = if bracket {
                let limit = range.end.min(head + LONGEST_BRACKET);
                let close = (after..limit).find(|&k| matches!(self.words.word(k), ")" | "]"));
                close
                    .map(|k| k + 1)
                    .filter(|_| parted || opener.when == When::Line)
            } else {
                let led = matches!(opener.kind, FurnitureKind::Teaser | FurnitureKind::Share);
                let stop = self.headline_end(after, range.end);
                let open = stop == range.end && self.words.word(stop - 1) != ".";
                (led && (parted || opener.when == When::Line && open)).then_some(stop)
            };
            let Some(end) = end else {
                i += 1;
                continue;
            };
            out.push(Furniture {
                tokens: i as u32..end as u32,
                kind: opener.kind,
            });
            i = end.max(i + 1);
        }
    }

    /// One past the end of the headline at token `i`: its stop, or where the
    /// article must be going on without one.
    fn headline_end(&self, i: usize, end: usize) -> usize {
        let mut length = 0;
        for k in i..end {
            length += usize::from(self.is_word(k));
            if sentence::ends_at(self.words, i, k, end) {
                return k + 1;
            }
            if length > LONGEST_HEADLINE {
                return k;
            }
        }
        end
    }

    /// The first word of a line, bullets and brackets left out.
    fn head(&self, range: Range<usize>) -> Option<usize> {
        let mut i = range.start;
        while i < range.end && i < range.start + 3 && !self.is_word(i) && !self.opens_quote(i) {
            i += 1;
        }
        (i < range.end && self.is_word(i)).then_some(i)
    }

    /// The longest row of the table that stands at token `i`.
    fn opener(&self, i: usize, end: usize) -> Option<&'static Opener> {
        if i >= end {
            return None;
        }
        let first = self.words.word(i);
        let from = OPENERS.partition_point(|o| o.words[0] < first);
        OPENERS[from..]
            .iter()
            .take_while(|o| o.words[0] == first)
            .filter(|o| {
                i + o.words.len() <= end
                    && o.words
                        .iter()
                        .enumerate()
                        .all(|(k, word)| self.words.word(i + k) == *word)
            })
            .max_by_key(|o| o.words.len())
    }

    /// Whether a mark parts an opener from what follows.
    fn parts(&self, i: usize, end: usize) -> bool {
        i < end && (self.is_dash(i) || matches!(self.words.word(i), ":" | "/" | "|" | ">" | ">>"))
    }

    /// Whether a line can be the headline of another article.
    fn is_headline(&self, p: usize) -> bool {
        let range = self.tokens(p);
        let last = self.words.word(range.end - 1);
        !matches!(last, "." | ":" | "؟")
            && self.count(range.clone()) <= LONGEST_HEADLINE
            && !self.is_quoted(range.start)
            && !self.opens_quote(range.start)
            && !range.clone().any(|i| self.words.word(i) == ".")
    }

    fn is_word(&self, i: usize) -> bool {
        matches!(
            self.words.tokens[i].kind,
            TokenKind::Word | TokenKind::Latin | TokenKind::Url | TokenKind::Handle
        )
    }

    fn is_wordless(&self, mut range: Range<usize>) -> bool {
        range.all(|i| !self.is_word(i))
    }

    fn is_dash(&self, i: usize) -> bool {
        let word = self.words.word(i);
        let dash = |c: char| matches!(c, '-' | '–' | '—' | 'ـ');
        self.words.tokens[i].kind == TokenKind::Punct && (word.is_empty() || word.chars().all(dash))
    }

    fn count(&self, range: Range<usize>) -> usize {
        range.filter(|&i| self.is_word(i)).count()
    }

    fn opens_quote(&self, i: usize) -> bool {
        let at = self.quotes.partition_point(|q| (q.open as usize) < i);
        self.quotes.get(at).is_some_and(|q| q.open as usize == i)
    }

    /// Whether a token stands between quotation marks.
    fn is_quoted(&self, i: usize) -> bool {
        let start = self.words.tokens[i].span.start;
        let at = self.outer.partition_point(|q| q.content.start <= start);
        self.outer[..at]
            .last()
            .is_some_and(|q| q.content.end > start)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Layout, SourceText};

    /// The furniture of a text, pieces separated by `|`.
    fn furniture(text: &str) -> String {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        let pieces: Vec<String> = layout
            .furniture()
            .iter()
            .map(|f| {
                let span = layout.cover(f.tokens.start as usize..f.tokens.end as usize);
                format!("{:?} {}", f.kind, source.slice(span).unwrap())
            })
            .collect();
        pieces.join("|")
    }

    #[test]
    fn what_is_furniture() {
        let table = [
            (
                "وصل الوفد.\nاقرأ أيضا: الفريق يفوز بالكأس",
                "Teaser اقرأ أيضا: الفريق يفوز بالكأس",
            ),
            (
                "وصل الوفد.\nاقرأ أيضًا\nالفريق يفوز بالكأس\nالأمطار تغلق الطرق\nوغادر الوفد مساء.",
                "Teaser اقرأ أيضًا|Teaser الفريق يفوز بالكأس|Teaser الأمطار تغلق الطرق",
            ),
            (
                "وصل الوفد. شاهد أيضا: الفريق يفوز. ثم غادر.",
                "Teaser شاهد أيضا: الفريق يفوز.",
            ),
            (
                "وصل الوفد (اقرأ أيضا: الفريق يفوز) مساء.",
                "Teaser (اقرأ أيضا: الفريق يفوز)",
            ),
            (
                "بقلم: سعاد المرزوقي\nوصل الوفد.",
                "Byline بقلم: سعاد المرزوقي",
            ),
            (
                "القاهرة - سعاد المرزوقي\nوصل الوفد.",
                "Byline القاهرة - سعاد المرزوقي",
            ),
            ("وصل الوفد.\n(رويترز)", "Credit (رويترز)"),
            (
                "وصل الوفد.\nتصوير: سعاد المرزوقي",
                "Credit تصوير: سعاد المرزوقي",
            ),
            ("تابعونا على فيسبوك\nوصل الوفد.", "Share تابعونا على فيسبوك"),
            (
                "آخر تحديث: 10 مارس 2025\nوصل الوفد.",
                "Dated آخر تحديث: 10 مارس 2025",
            ),
            (
                "وصل الوفد.\nوسوم: الرياضة، الكأس",
                "Keywords وسوم: الرياضة، الكأس",
            ),
            ("دبي (سهم) - وصل الوفد.", "Dateline دبي (سهم) -"),
            (
                "بيروت/ 12 آذار (سهم) وصل الوفد.",
                "Dateline بيروت/ 12 آذار (سهم)",
            ),
        ];
        for (text, wanted) in table {
            assert_eq!(furniture(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_it() {
        let table = [
            "قال الناقد: «شاهد الفيلم مرتين ثم احكم عليه».",
            "شاهد الفيلم مرتين، وقال إنه جميل.",
            "شاهد أيضا معرض الكتاب.",
            "قال المعلم: «اقرأ أيضا: كتاب الجغرافيا».",
            "كتب: «المدينة نائمة».",
            "كتب الشاعر: المدينة نائمة.",
            "وصل الوفد (صباح أمس).",
            "زارت بلدية الزهراء (شمال) وفود كثيرة.",
            "المدرب (وليد): الموسم صعب.",
        ];
        for text in table {
            assert_eq!(furniture(text), "", "{text}");
        }
    }

    #[test]
    fn it_is_found_in_linear_time() {
        for piece in [
            "اقرأ أيضا\n",
            "(اقرأ ",
            "شاهد. ",
            "دبي (",
            "«اقرأ أيضا ",
            "كتب:\n",
        ] {
            let source = SourceText::new(piece.repeat(15_000)).unwrap();
            Layout::new().analyze(&source);
        }
    }
}
