//! What HTML leaves behind in a text: tags and character references, also with
//! their ampersand lost (`#171;`).

use crate::TokenKind;

/// A tag or reference is never longer than this, in bytes.
const LONGEST: usize = 96;

/// References that stand for quotation marks, as they are spelled in texts.
pub(crate) const QUOTATION_MARKS: [(&str, char); 12] = [
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&laquo;", '«'),
    ("&raquo;", '»'),
    ("&ldquo;", '“'),
    ("&rdquo;", '”'),
    ("&#171;", '«'),
    ("&#187;", '»'),
    ("&#8220;", '“'),
    ("&#8221;", '”'),
    ("#171;", '«'),
    ("#187;", '»'),
];

/// The length and kind of the reference or tag that a text begins with.
pub(super) fn leading(text: &str) -> Option<(usize, TokenKind)> {
    if !text.starts_with('<') {
        let mark = QUOTATION_MARKS
            .iter()
            .find(|(name, _)| text.starts_with(name));
        if let Some((name, _)) = mark {
            return Some((name.len(), TokenKind::Punct));
        }
    }
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    let (first, rest) = bytes.split_first()?;
    let inner = match first {
        b'&' => {
            let named = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
            let len = rest.iter().position(|b| !named(b))?;
            (len > 1 && rest[len] == b';').then_some(len)?
        }
        b'<' => {
            let tag = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!');
            rest.first().filter(|b| tag(b))?;
            let len = rest
                .iter()
                .position(|b| matches!(b, b'<' | b'>') || !b.is_ascii())?;
            (rest[len] == b'>').then_some(len)?
        }
        _ => return None,
    };
    Some((inner + 2, TokenKind::Symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_markup_ends() {
        let table = [
            ("&nbsp;نص", 6, TokenKind::Symbol),
            ("<br />نص", 6, TokenKind::Symbol),
            ("&#171;نص", 6, TokenKind::Punct),
            ("#187;نص", 5, TokenKind::Punct),
        ];
        for (text, len, kind) in table {
            assert_eq!(leading(text), Some((len, kind)), "{text}");
        }
        for text in ["<", "< p>", "<نص>", "&", "& x;", "&x", "#171", "<b"] {
            assert_eq!(leading(text), None, "{text}");
        }
    }
}
