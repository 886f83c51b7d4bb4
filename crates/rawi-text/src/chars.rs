//! Classes of characters.

/// A decimal digit of the scripts that Arabic news uses.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '٠'..='٩' | '۰'..='۹')
}

/// Letters of the Arabic script, presentation forms and tatweel included.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{66f}' | '\u{671}'..='\u{6d3}' | '\u{6d5}'
        | '\u{6e5}'..='\u{6e6}' | '\u{6ee}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8c9}' | '\u{fb50}'..='\u{fd3d}'
        | '\u{fd50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}')
}

/// Marks that combine with the letter before them.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}' | '\u{8ca}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}' | '\u{fe0f}')
}

/// Marks on Arabic letters, tatweel included: what folding takes away.
pub(crate) fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{8ff}')
        && (is_mark(c) || matches!(c, '\u{640}' | '\u{6e5}' | '\u{6e6}'))
}

/// Characters with no shape of their own: zero-width and bidi controls.
pub(crate) fn is_invisible(c: char) -> bool {
    is_joiner(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

/// Invisible characters that do not end a word.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}'
    )
}

/// Characters that end a line.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Punctuation of Arabic and Latin texts.
pub(crate) fn is_punct(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation()
            && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    }
    matches!(c,
        '،' | '؛' | '؟' | '٪' | '٫' | '٬' | '٭' | '۔' | '«' | '»' | '·' | '‹' | '›' | '…'
        | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | '\u{2022}' | '\u{2032}'..='\u{2033}'
        | '\u{275b}'..='\u{275e}' | '\u{300a}'..='\u{300b}' | '\u{301d}'..='\u{301f}'
        | '≪' | '≫' | '＂' | '﴾' | '﴿' | '、' | '。')
}
