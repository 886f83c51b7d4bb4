//! Untrusted text on its way to a terminal or a page.

/// Whether a character must not reach a terminal: controls could move the
/// cursor, bidi controls could turn the words around.
fn unsafe_char(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text in one line: white space runs are one space, controls are gone.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !unsafe_char(*c)));
    }
    out
}

/// The text with what HTML would read as markup written out, and without
/// controls but line breaks.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            c if unsafe_char(c) => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_dangerous_gets_through() {
        assert_eq!(
            one_line("قال\u{1b}[31m\u{202e} نعم\n\tثم"),
            "قال[31m نعم ثم"
        );
        assert_eq!(
            html("<b a='x'>&\u{7}\u{2067}"),
            "&lt;b a=&#39;x&#39;&gt;&amp;"
        );
    }
}
