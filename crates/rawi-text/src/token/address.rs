//! Web and mail addresses.

use crate::chars::is_arabic;

/// Longer addresses are cut here, so that looking for one costs little.
const LONGEST: usize = 2048;
/// How far the name before `@` and a bare host name may reach.
const LONGEST_NAME: usize = 96;
/// Last or next-to-last parts of host names that are written without `www.`.
const DOMAINS: [&str; 8] = ["com", "net", "org", "info", "gov", "edu", "tv", "co"];

/// The length of the address that a text begins with.
pub(super) fn leading(text: &str) -> Option<usize> {
    let schemed = ["http://", "https://", "www."]
        .iter()
        .any(|s| text.len() > s.len() && starts_with_ignoring_case(text, s));
    if schemed || is_bare(text) {
        let end = text
            .char_indices()
            .take(LONGEST)
            .find(|&(_, c)| ends_address(c))
            .map(|(i, _)| i);
        let end = end.unwrap_or_else(|| {
            let cut = text.char_indices().nth(LONGEST);
            cut.map_or(text.len(), |(i, _)| i)
        });
        let address = text[..end].trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*']);
        return Some(address.len());
    }
    None
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    let head = text.as_bytes().get(..prefix.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_arabic(c)
        || matches!(
            c,
            '"' | '«' | '»' | '\u{2018}'
                ..='\u{201f}' | '(' | ')' | '[' | ']' | '<' | '>' | '،' | '؛' | '…'
        )
}

/// Whether a text begins with `name@host.tld` or `host.com`.
fn is_bare(text: &str) -> bool {
    let bytes = text.as_bytes();
    let name = |from: usize| {
        let rest = &bytes[from..bytes.len().min(from + LONGEST_NAME)];
        let len = rest.iter().position(|b| {
            !b.is_ascii_alphanumeric() && !matches!(b, b'.' | b'-' | b'_' | b'+' | b'%')
        });
        from..from + len.unwrap_or(rest.len())
    };
    let first = name(0);
    if bytes.get(first.end) == Some(&b'@') {
        let host = &text[name(first.end + 1)];
        return host
            .split_once('.')
            .is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    }
    let host = text[first].trim_end_matches('.');
    host.split('.').skip(1).any(|part| {
        DOMAINS
            .iter()
            .any(|domain| domain.eq_ignore_ascii_case(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_addresses_end() {
        let table = [
            ("https://example.org/a?b=1، ثم", "https://example.org/a?b=1"),
            ("www.example.ae.", "www.example.ae"),
            ("example.com/x1)", "example.com/x1"),
            ("news.example.gov.sa وقال", "news.example.gov.sa"),
            ("desk-1@example.net.", "desk-1@example.net"),
            ("HTTP://EXAMPLE.ORG”", "HTTP://EXAMPLE.ORG"),
            ("node.js", ""),
            ("end.Then", ""),
            ("a@", ""),
            ("www.", ""),
        ];
        for (text, address) in table {
            assert_eq!(
                leading(text).map_or("", |len| &text[..len]),
                address,
                "{text}"
            );
        }
    }
}
