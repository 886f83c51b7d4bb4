//! Text with marks over it, which may nest and cross, as properly nested spans.

/// A stretch of the text to put into a `<span>`.
#[derive(Debug)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Among marks of the same stretch, the lower stands outside.
    pub rank: usize,
    /// Attributes of its span.
    pub attributes: String,
    /// What only its first span gets: more attributes, and what stands in it
    /// before the text.
    pub once: Option<(String, String)>,
}

/// Writes the text in paragraphs with a span for each stretch of each mark. A
/// mark is cut where another crosses it and where a paragraph ends.
pub fn write(text: &str, marks: &[Mark], out: &mut String) {
    write_as(Layout::Paragraphs, text, marks, out);
}

/// The same on one line: the ends of lines are blanks.
pub fn write_line(text: &str, marks: &[Mark], out: &mut String) {
    write_as(Layout::Line, text, marks, out);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Paragraphs,
    Line,
}

fn write_as(layout: Layout, text: &str, marks: &[Mark], out: &mut String) {
    let mut order: Vec<usize> = (0..marks.len())
        .filter(|&m| marks[m].start < marks[m].end)
        .collect();
    order.sort_by_key(|&m| {
        (
            marks[m].start,
            std::cmp::Reverse(marks[m].end),
            marks[m].rank,
            m,
        )
    });
    let mut writer = Writer {
        marks,
        begun: vec![false; marks.len()],
        open: Vec::new(),
        layout,
        in_paragraph: false,
        out,
    };
    let mut borders: Vec<usize> = order
        .iter()
        .flat_map(|&m| [marks[m].start, marks[m].end])
        .collect();
    borders.push(text.len());
    borders.sort_unstable();
    borders.dedup();
    let mut waiting = order.into_iter().peekable();
    let mut active: Vec<usize> = Vec::new();
    let mut at = 0;
    for border in borders {
        writer.stretch(&text[at..border], &active);
        at = border;
        active.retain(|&m| marks[m].end > at);
        while let Some(m) = waiting.next_if(|&m| marks[m].start == at) {
            active.push(m);
        }
    }
    writer.end_paragraph();
}

struct Writer<'a> {
    marks: &'a [Mark],
    begun: Vec<bool>,
    /// The marks whose spans are open, outermost first.
    open: Vec<usize>,
    layout: Layout,
    in_paragraph: bool,
    out: &'a mut String,
}

impl Writer<'_> {
    /// Text that lies under the same marks throughout.
    fn stretch(&mut self, text: &str, active: &[usize]) {
        for (i, line) in text.split(['\n', '\r', '\u{2028}', '\u{2029}']).enumerate() {
            if i > 0 && self.layout == Layout::Line {
                self.out.push(' ');
            } else if i > 0 {
                self.end_paragraph();
            }
            let blank = self.layout == Layout::Paragraphs && !self.in_paragraph;
            if line.is_empty() || blank && line.trim().is_empty() {
                continue;
            }
            if blank {
                self.out.push_str("<p>");
                self.in_paragraph = true;
            }
            self.spans(active);
            self.out.push_str(&crate::safe::html(line));
        }
    }

    /// Closes and opens spans until exactly those of `active` are open.
    fn spans(&mut self, active: &[usize]) {
        let same = self
            .open
            .iter()
            .zip(active)
            .take_while(|(a, b)| a == b)
            .count();
        self.close(same);
        for &m in &active[same..] {
            let mark = &self.marks[m];
            let first = !std::mem::replace(&mut self.begun[m], true);
            let (more, inside) = match &mark.once {
                Some((more, inside)) if first => (more.as_str(), inside.as_str()),
                _ => ("", ""),
            };
            for part in ["<span ", &mark.attributes, more, ">", inside] {
                self.out.push_str(part);
            }
            self.open.push(m);
        }
    }

    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            self.open.pop();
            self.out.push_str("</span>");
        }
    }

    fn end_paragraph(&mut self) {
        self.close(0);
        if self.in_paragraph {
            self.out.push_str("</p>\n");
            self.in_paragraph = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(name: char, start: usize, end: usize) -> Mark {
        Mark {
            start,
            end,
            rank: 0,
            attributes: name.to_string(),
            once: None,
        }
    }

    #[test]
    fn marks_nest_cross_and_end_with_paragraphs() {
        let table = [
            ("ab", vec![], "<p>ab</p>\n"),
            (
                "abc",
                vec![mark('x', 0, 3), mark('y', 1, 2)],
                "<p><span x>a<span y>b</span>c</span></p>\n",
            ),
            (
                "abc",
                vec![mark('x', 0, 2), mark('y', 1, 3)],
                "<p><span x>a<span y>b</span></span><span y>c</span></p>\n",
            ),
            (
                "a\n\nb",
                vec![mark('x', 0, 4)],
                "<p><span x>a</span></p>\n<p><span x>b</span></p>\n",
            ),
            (
                "ab",
                vec![mark('x', 0, 1), mark('y', 1, 2)],
                "<p><span x>a</span><span y>b</span></p>\n",
            ),
            ("ab", vec![mark('x', 1, 1)], "<p>ab</p>\n"),
            ("", vec![], ""),
        ];
        for (text, marks, expected) in table {
            let mut out = String::new();
            write(text, &marks, &mut out);
            assert_eq!(out, expected, "{text}");
        }
    }

    #[test]
    fn a_line_has_no_paragraphs() {
        let mut out = String::new();
        write_line("a\r\n<b", &[mark('x', 0, 4)], &mut out);
        assert_eq!(out, "<span x>a  &lt;</span>b");
    }

    #[test]
    fn what_is_said_once_is_not_repeated_after_a_cut() {
        let mut x = mark('x', 0, 3);
        x.once = Some((" id=1".into(), "!".into()));
        let mut out = String::new();
        write("a\nb", &[x], &mut out);
        assert_eq!(
            out,
            "<p><span x id=1>!a</span></p>\n<p><span x>b</span></p>\n"
        );
    }
}
