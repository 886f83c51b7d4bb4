//! Cutting a text into tokens by its characters alone.

use crate::{Folded, Span, Token, TokenKind};

/// Fills `out` with the tokens of a text.
pub(crate) fn tokenize(text: &str, folded: &Folded, out: &mut Vec<Token>) {
    out.clear();
    let mut scan = Scan { text, at: 0 };
    let mut spaced = true;
    let mut fold_at = 0u32;
    while let Some(c) = scan.peek() {
        let start = scan.at;
        if invisible(c) || c.is_control() && !c.is_whitespace() {
            scan.bump(c);
            continue;
        }
        if c.is_whitespace() {
            scan.bump(c);
            spaced = true;
            continue;
        }
        let kind = scan.token(c);
        let span = Span::new(start as u32, scan.at as u32);
        // Tokens come in order, so the folded range starts where the last one
        // ended or later.
        let range = folded_range(folded, span, fold_at);
        fold_at = range.1;
        out.push(Token {
            span,
            kind,
            folded: range,
            spaced,
        });
        spaced = false;
    }
}

fn folded_range(folded: &Folded, span: Span, from: u32) -> (u32, u32) {
    let range = folded.range_of(span);
    (range.0.max(from), range.1.max(from))
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    /// The characters from here on.
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Reads one token whose first character is `c`.
    fn token(&mut self, c: char) -> TokenKind {
        if is_digit(c) {
            return self.number();
        }
        if is_arabic(c) {
            self.take_while(|c| is_arabic(c) || is_mark(c) || join(c));
            return TokenKind::Word;
        }
        if c == '&' || c == '<' {
            return self.markup(c);
        }
        if (c == '@' || c == '#') && self.rest()[c.len_utf8()..].starts_with(|n: char| n.is_alphanumeric() || n == '_') {
            self.bump(c);
            self.take_while(|c| c.is_alphanumeric() || c == '_' || is_mark(c));
            return TokenKind::Handle;
        }
        if c.is_alphabetic() {
            return self.latin();
        }
        if c == '.' || c == '-' || c == '–' || c == '—' || c == '…' {
            self.take_while(|n| n == c);
            return TokenKind::Punct;
        }
        if c == '\'' {
            // Two apostrophes stand for a quotation mark.
            self.bump(c);
            if self.peek() == Some('\'') {
                self.bump('\'');
            }
            return TokenKind::Punct;
        }
        self.bump(c);
        if is_punct(c) {
            TokenKind::Punct
        } else {
            self.take_while(is_mark);
            TokenKind::Symbol
        }
    }

    /// Takes characters while `keep` holds, which it does for the first.
    fn take_while(&mut self, keep: impl Fn(char) -> bool) {
        let rest = self.rest();
        let len = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        // An invisible character at the end belongs to nobody.
        let len = rest[..len].trim_end_matches(join).len();
        self.at += len;
    }

    /// Digits with separators inside: `1,250`, `3.5`, `٤٫٢`, `5.‏2`.
    fn number(&mut self) -> TokenKind {
        loop {
            self.take_while(is_digit);
            let mut ahead = self.rest().chars();
            if !matches!(ahead.next(), Some('.' | ',' | '٫' | '٬')) {
                break;
            }
            let after = ahead.as_str().trim_start_matches(invisible);
            if !after.starts_with(is_digit) {
                break;
            }
            self.at = self.text.len() - after.len();
        }
        TokenKind::Number
    }

    /// A word of another script, or an address.
    fn latin(&mut self) -> TokenKind {
        let rest = self.rest();
        let address_len = rest
            .find(|c: char| c.is_whitespace() || is_arabic(c) || matches!(c, '"' | '«' | '»' | '(' | ')' | '،' | '<' | '>'))
            .unwrap_or(rest.len());
        let address = rest[..address_len].trim_end_matches(['.', ',', ':', ';', '!', '?']);
        let web = address.starts_with("http://") || address.starts_with("https://") || address.starts_with("www.");
        let mail = address.len() < 200
            && address
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if web || mail {
            self.at += address.len();
            return TokenKind::Url;
        }
        self.take_while(|c| c.is_alphanumeric() && !is_arabic(c) || is_mark(c) || matches!(c, '\u{2019}'));
        // Initials: `U.S.`
        loop {
            let mut ahead = self.rest().chars();
            if ahead.next() != Some('.') {
                break;
            }
            let next = ahead.next();
            let after = ahead.next();
            let initial = next.is_some_and(|n| n.is_ascii_uppercase()) && after.is_none_or(|a| !a.is_alphanumeric());
            if !initial {
                break;
            }
            self.at += 2;
        }
        TokenKind::Latin
    }

    /// What HTML leaves behind: an entity or a tag, in a bounded look ahead.
    fn markup(&mut self, c: char) -> TokenKind {
        const LONGEST: usize = 64;
        let rest = self.rest();
        if rest.starts_with("&quot;") {
            self.at += "&quot;".len();
            return TokenKind::Punct;
        }
        let close = if c == '&' { ';' } else { '>' };
        let inner = |ch: char| {
            if c == '&' {
                ch.is_ascii_alphanumeric() || ch == '#'
            } else {
                ch.is_ascii() && ch != '<'
            }
        };
        let end = rest
            .char_indices()
            .skip(1)
            .take(LONGEST)
            .take_while(|&(_, ch)| inner(ch) || ch == close)
            .find(|&(_, ch)| ch == close)
            .map(|(i, ch)| i + ch.len_utf8());
        let tag = c == '&' || rest[1..].starts_with(|n: char| n.is_ascii_alphabetic() || n == '/' || n == '!');
        match end {
            Some(len) if tag && len > 2 => self.at += len,
            _ => self.bump(c),
        }
        TokenKind::Symbol
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '٠'..='٩' | '۰'..='۹')
}

/// Letters of the Arabic script, presentation forms and tatweel included.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{66f}' | '\u{671}'..='\u{6d3}' | '\u{6d5}'
        | '\u{6e5}'..='\u{6e6}' | '\u{6ee}'..='\u{6ef}' | '\u{6fa}'..='\u{6ff}' | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8c9}' | '\u{fb50}'..='\u{fd3d}' | '\u{fd50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6ed}'
        | '\u{300}'..='\u{36f}' | '\u{fe0f}')
}

/// Invisible characters that may stand inside a word.
fn join(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}')
}

fn invisible(c: char) -> bool {
    join(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

fn is_punct(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        || matches!(c, '،' | '؛' | '؟' | '٪' | '٫' | '٬' | '٭' | '۔' | '«' | '»' | '\u{2018}'..='\u{201f}'
            | '‹' | '›' | '\u{2022}' | '…' | '·' | '﴾' | '﴿' | '、' | '。')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(&str, TokenKind)> {
        let mut folded = Folded::default();
        folded.fill(text);
        let mut out = Vec::new();
        tokenize(text, &folded, &mut out);
        out.iter().map(|t| (&text[t.span.range()], t.kind)).collect()
    }

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|(t, _)| t).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        let table: [(&str, &[&str]); 14] = [
            ("قالَ الوزيرُ، أمس.", &["قالَ", "الوزيرُ", "،", "أمس", "."]),
            ("بنسبة 5.\u{200f}2 مليون", &["بنسبة", "5.\u{200f}2", "مليون"]),
            ("١٬٢٣٤٫٥ كيلومترا", &["١٬٢٣٤٫٥", "كيلومترا"]),
            ("تخصيص400 مليون3", &["تخصيص", "400", "مليون", "3"]),
            ("الـ20 دولة", &["الـ", "20", "دولة"]),
            ("2012/5/3", &["2012", "/", "5", "/", "3"]),
            ("14:30", &["14", ":", "30"]),
            ("انتهى.وقال", &["انتهى", ".", "وقال"]),
            ("شبكة CNN إن", &["شبكة", "CNN", "إن"]),
            ("في U.S.A اليوم", &["في", "U.S.A", "اليوم"]),
            ("راجع https://example.org/a?b=1، ثم", &["راجع", "https://example.org/a?b=1", "،", "ثم"]),
            ("#وسم_عربي @user_1", &["#وسم_عربي", "@user_1"]),
            ("قال&quot;نعم&quot; <p>", &["قال", "&quot;", "نعم", "&quot;", "<p>"]),
            ("''كلمة''... انتهت", &["''", "كلمة", "''", "...", "انتهت"]),
        ];
        for (text, wanted) in table {
            assert_eq!(words(text), wanted, "{text}");
        }
    }

    #[test]
    fn kinds() {
        use TokenKind::*;
        let kinds: Vec<TokenKind> = tokens("قال 3 CNN $ . a@b.org #x").into_iter().map(|t| t.1).collect();
        assert_eq!(kinds, [Word, Number, Latin, Symbol, Punct, Url, Handle]);
    }
}
