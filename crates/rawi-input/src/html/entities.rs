//! Names of characters that were written twice over: `&amp;quot;`.

/// The names that texts of news are written with.
const NAMES: [(&str, char); 24] = [
    ("amp", '&'),
    ("apos", '\''),
    ("bull", '•'),
    ("copy", '©'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lrm", '\u{200e}'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("rlm", '\u{200f}'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("zwnj", '\u{200c}'),
];

/// How long what stands between `&` and `;` may be, in bytes.
const LONGEST: usize = 8;

/// A text in which the names of characters that are still there stand for these.
pub(super) fn decoded(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST + 2).position(|b| b == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let at = NAMES.binary_search_by_key(&name, |(name, _)| name).ok()?;
        return Some(NAMES[at].1);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_characters() {
        assert!(NAMES.is_sorted());
        for (text, out) in [
            ("&quot;لا&quot;", "\"لا\""),
            ("&laquo;لا&raquo;", "«لا»"),
            ("a &amp; b", "a & b"),
            ("a & b; c", "a & b; c"),
            ("&#1602;&#x627;ل", "قال"),
            ("&#0;&#xD800;&#;&;&unknown;", "&#0;&#xD800;&#;&;&unknown;"),
            ("&", "&"),
            ("&قال;", "&قال;"),
        ] {
            assert_eq!(decoded(text.to_owned()), out);
        }
    }
}
