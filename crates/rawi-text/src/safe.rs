//! Untrusted text on its way to a terminal, a table or a page.

use std::fmt::{self, Write};

/// What becomes of a character.
#[derive(PartialEq, Eq)]
enum Fate {
    /// It is shown.
    Shown,
    /// It is left out: it has no look of its own, and ordinary text has it.
    Dropped,
    /// Its code is shown in its place: it has no look of its own, and only who
    /// wants to deceive, or a fault, puts it there.
    Named,
}

fn fate(c: char) -> Fate {
    match c {
        // Controls could move the cursor.
        c if c.is_control() => Fate::Dropped,
        // Direction marks, soft hyphens, breaks and joints of no width.
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => {
            Fate::Dropped
        }
        // Overrides, embeddings and isolates turn what follows around.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}' => Fate::Named,
        // Blanks that are no white space: fillers, the empty braille cell.
        '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{2061}'..='\u{2065}'
        | '\u{fff9}'..='\u{fffc}'
        | '\u{1d159}'
        | '\u{1d173}'..='\u{1d17a}' => Fate::Named,
        // Tags, and what has no meaning yet among them.
        '\u{e0000}'..='\u{e0fff}' => Fate::Named,
        // Private use looks as whoever made the font wants.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Fate::Named,
        _ => Fate::Shown,
    }
}

/// Writes a character as it may be shown.
fn show(c: char, out: &mut impl Write) -> fmt::Result {
    match fate(c) {
        Fate::Shown => out.write_char(c),
        Fate::Dropped => Ok(()),
        Fate::Named => write!(out, "·U+{:04X}", u32::from(c)),
    }
}

/// The text in one line: white space runs are one space, controls and marks of
/// no width are gone, and what pretends to be white space, or would turn the text
/// around, is named by its code (`·U+2800`).
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let begin = out.len();
        let mut letters = word.chars().peekable();
        let mut before = false;
        while let Some(c) = letters.next() {
            // A joiner shapes the letters around it and is nothing alone.
            if matches!(c, '\u{200c}' | '\u{200d}') && !(before && letters.peek().is_some()) {
                continue;
            }
            let length = out.len();
            // Writing to a string cannot fail.
            let _ = show(c, &mut out);
            before = out.len() > length && !matches!(c, '\u{200c}' | '\u{200d}');
        }
        if out.len() > begin && begin > 0 {
            out.insert(begin, ' ');
        }
    }
    out
}

/// Text in one line that no spreadsheet takes for a formula: what begins like
/// one gets an apostrophe in front. Line breaks and tabs are gone with the line.
pub fn cell(text: &str) -> String {
    let text = one_line(text);
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{text}");
    }
    text
}

/// A part of a line whose parts a middle dot separates: a dot of its own is named.
pub fn part(text: &str) -> String {
    one_line(text)
        .replace('·', "·U+00B7")
        .replace("·U+00B7U+", "·U+")
}

/// The text with what HTML would read as markup written out, and without
/// controls but line breaks.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    // Writing to a string cannot fail.
    let _ = write_html(text, &mut out);
    out
}

/// Writes the same.
///
/// # Errors
///
/// What the writer gives.
pub fn write_html(text: &str, out: &mut impl Write) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            '\n' => out.write_char('\n')?,
            '\t' => out.write_char(' ')?,
            '\u{200c}' | '\u{200d}' => out.write_char(c)?,
            c => show(c, out)?,
        }
    }
    Ok(())
}

/// The text in one line, for a page.
pub fn html_line(text: &str) -> String {
    html(&one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_gets_through() {
        let table = [
            ("قال\u{1b}[31m نعم\n\tثم", "قال[31m نعم ثم"),
            ("قال\u{202e} نعم", "قال·U+202E نعم"),
            ("أ\u{2800}\u{3164}ب", "أ·U+2800·U+3164ب"),
            ("\u{ffa0}\u{115f} أ", "·U+FFA0·U+115F أ"),
            ("أ\u{e0041}ب", "أ·U+E0041ب"),
            ("\u{feff}أ\u{200f}ب\u{200b}ج", "أبج"),
            ("می\u{200c}شود", "می\u{200c}شود"),
            ("أ\u{200c} \u{200d}ب \u{200b} ج", "أ ب ج"),
            ("\u{200b}", ""),
        ];
        for (text, shown) in table {
            assert_eq!(one_line(text), shown, "{text:?}");
        }
        assert_eq!(
            html("<b a='x'>&\u{7}\u{2067}"),
            "&lt;b a=&#39;x&#39;&gt;&amp;·U+2067"
        );
    }

    #[test]
    fn a_part_separates_nothing() {
        assert_eq!(part("a · 2020-01-01"), "a ·U+00B7 2020-01-01");
        assert_eq!(part("a\u{2800}b"), "a·U+2800b");
    }
}
