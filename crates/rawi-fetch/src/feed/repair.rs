//! References that XML has not.

/// The text with `&amp;` for each `&` that begins no reference, and without
/// references to characters that XML has not. What stands in `CDATA` stays.
pub(super) fn references(text: &str) -> String {
    const OPEN: &str = "<![CDATA[";
    const CLOSE: &str = "]]>";
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let passed = if from.starts_with(OPEN) {
            let end = from.find(CLOSE).map_or(from.len(), |n| n + CLOSE.len());
            out.push_str(&from[..end]);
            end
        } else if from.starts_with('<') {
            out.push('<');
            1
        } else {
            match reference(from) {
                Some((length, true)) => {
                    out.push_str(&from[..length]);
                    length
                }
                Some((length, false)) => length,
                None => {
                    out.push_str("&amp;");
                    1
                }
            }
        };
        rest = &from[passed..];
    }
    out.push_str(rest);
    out
}

/// The length of the reference at the beginning, and whether it is to a character
/// that XML has, or by a name, which may be one.
fn reference(text: &str) -> Option<(usize, bool)> {
    const LONGEST: usize = 40;
    let body = text.as_bytes().get(1..)?;
    let end = body.iter().take(LONGEST).position(|b| *b == b';')?;
    let name = &text[1..1 + end];
    let sound = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = match hex {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            // `+` is taken by both and is no digit.
            let code = code.ok().filter(|_| !number.contains('+'))?;
            // The library takes a small `x` only.
            !number.starts_with('X') && is_xml(code)
        }
        None => {
            let letters = name.bytes().all(|b| b.is_ascii_alphanumeric());
            (letters && !name.is_empty()).then_some(true)?
        }
    };
    Some((end + 2, sound))
}

/// Whether XML has a character of this number.
fn is_xml(code: u32) -> bool {
    let control = code < 0x20 && !matches!(code, 0x9 | 0xa | 0xd);
    !control && !matches!(code, 0xfffe | 0xffff) && char::from_u32(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_broken_is_repaired() {
        for (text, want) in [
            ("a & b", "a &amp; b"),
            (
                "a &amp; b &#1633; &#x661; &nbsp;",
                "a &amp; b &#1633; &#x661; &nbsp;",
            ),
            ("?a=1&b=2;c", "?a=1&amp;b=2;c"),
            ("&", "&amp;"),
            ("&&amp;", "&amp;&amp;"),
            ("&#0;&#8;&#xFFFF;&#xD800;&#X41;x", "x"),
            ("&#;&#x;&#+5;", "&amp;#;&amp;#x;&amp;#+5;"),
            ("<a href=\"?x&y\">", "<a href=\"?x&amp;y\">"),
            (
                "<![CDATA[a & b]]> & <![CDATA[&",
                "<![CDATA[a & b]]> &amp; <![CDATA[&",
            ),
            ("قال & ردّ", "قال &amp; ردّ"),
            ("&قال;", "&amp;قال;"),
        ] {
            assert_eq!(references(text), want, "{text}");
        }
    }
}
