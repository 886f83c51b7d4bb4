//! Cutting a text into tokens by its characters alone.

mod address;
mod markup;

pub(crate) use markup::QUOTATION_MARKS;

use crate::and;
use crate::chars::{is_arabic, is_digit, is_invisible, is_joiner, is_mark, is_punct};
use crate::{Folded, Span, Token, TokenKind};

/// Fills `out` with the tokens of a text.
pub(crate) fn tokenize(text: &str, folded: &Folded, out: &mut Vec<Token>) {
    out.clear();
    let mut finger = folded.finger();
    let mut scan = Scan {
        text,
        at: 0,
        lettered: false,
        doubled: None,
        next_doubled: 0,
    };
    let mut spaced = true;
    while let Some(c) = scan.peek() {
        let start = scan.at;
        if c.is_whitespace() {
            scan.bump(c);
            spaced = true;
            continue;
        }
        if is_invisible(c) || c.is_control() {
            scan.bump(c);
            continue;
        }
        scan.lettered = !spaced && scan.lettered;
        let kind = scan.token(c);
        scan.lettered = matches!(kind, TokenKind::Word | TokenKind::Latin | TokenKind::Number);
        let from = finger.seek(start);
        out.push(Token {
            span: Span::new(start as u32, scan.at as u32),
            kind,
            folded: (from, finger.seek(scan.at)),
            spaced,
        });
        spaced = false;
    }
}

/// A position in a text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Whether a word or number stands directly before.
    lettered: bool,
    /// Inside `((…))`: how many single brackets are open there.
    doubled: Option<u32>,
    /// Where the next `))` stands, as far as it was looked for.
    next_doubled: usize,
}

impl<'t> Scan<'t> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    /// The characters from here on.
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Reads one token whose first character is `c`.
    fn token(&mut self, c: char) -> TokenKind {
        if is_arabic(c) {
            return self.word();
        }
        if is_digit(c) {
            return self.number();
        }
        match c {
            '&' | '<' | '#' | '@' => {
                if let Some((len, kind)) = markup::leading(self.rest()) {
                    self.at += len;
                    return kind;
                }
                if matches!(c, '#' | '@') && self.handle(c) {
                    return TokenKind::Handle;
                }
            }
            '.' | '-' | '–' | '—' | '…' => {
                self.take_while(|n| n == c);
                return TokenKind::Punct;
            }
            '\'' | '"' => return self.straight(c),
            '(' | ')' => {
                self.bracket(c);
                return TokenKind::Punct;
            }
            _ => {}
        }
        // `<<كذا>>` for quotation marks.
        if matches!(c, '<' | '>') && self.is_double(c) {
            self.at += 2;
            return TokenKind::Punct;
        }
        if c.is_alphabetic() {
            return self.latin();
        }
        self.bump(c);
        if is_punct(c) {
            TokenKind::Punct
        } else {
            self.take_while(is_mark);
            TokenKind::Symbol
        }
    }

    /// Takes characters while `keep` holds and invisible ones between them.
    fn take_while(&mut self, keep: impl Fn(char) -> bool) {
        // Where the last character that is kept for its own sake ends.
        let mut end = self.at;
        for (i, c) in self.rest().char_indices() {
            if keep(c) {
                end = self.at + i + c.len_utf8();
            } else if !is_joiner(c) {
                break;
            }
        }
        self.at = end;
    }

    /// An Arabic word. Tatweel alone is a dash.
    fn word(&mut self) -> TokenKind {
        let start = self.at;
        // Plain letters first, byte by byte.
        let bytes = self.rest().as_bytes();
        let (pairs, _) = bytes.as_chunks::<2>();
        let plain = pairs.iter().position(|pair| !is_plain_letter(*pair));
        self.at += 2 * plain.unwrap_or(pairs.len());
        self.take_while(|c| is_arabic(c) || is_mark(c));
        if &self.text[start..self.at] == "و"
            && let Some(word) = and::joined(self.text, self.at)
        {
            self.at = word;
            self.take_while(|c| is_arabic(c) || is_mark(c));
        }
        if self.text[start..self.at].chars().all(|c| c == 'ـ') {
            TokenKind::Punct
        } else {
            TokenKind::Word
        }
    }

    /// Digits with separators inside: `1,250`, `3.5`, `٤٫٢`, `5.‏2`, `14،654`.
    fn number(&mut self) -> TokenKind {
        loop {
            self.take_while(is_digit);
            let mut ahead = self.rest().chars();
            let separator = ahead.next();
            let after = ahead.as_str().trim_start_matches(is_invisible);
            let joins = match separator {
                Some('.' | ',' | '٫' | '٬') => after.starts_with(is_digit),
                // The comma of a list joins nothing, that of thousands does.
                Some('،') => after.chars().take_while(|&c| is_digit(c)).take(4).count() == 3,
                _ => false,
            };
            if !joins {
                return TokenKind::Number;
            }
            self.at = self.text.len() - after.len();
        }
    }

    /// `@name` or `#name`; false if no name follows.
    fn handle(&mut self, c: char) -> bool {
        let named = |c: char| c.is_alphanumeric() || c == '_';
        if !self.rest()[c.len_utf8()..].starts_with(named) {
            return false;
        }
        self.bump(c);
        let mut before = '_';
        let mut end = self.at;
        for (i, c) in self.rest().char_indices() {
            // Where the script changes the next word was glued on.
            let letters = before.is_alphabetic() && c.is_alphabetic();
            let glued = letters && is_arabic(before) != is_arabic(c);
            if glued || !named(c) && !is_mark(c) && c != '\u{200c}' {
                break;
            }
            if !is_mark(c) {
                before = c;
            }
            end = self.at + i + c.len_utf8();
        }
        self.at = end;
        true
    }

    /// A word of another script, or an address.
    fn latin(&mut self) -> TokenKind {
        if let Some(len) = address::leading(self.rest()) {
            self.at += len;
            return TokenKind::Url;
        }
        let letter = |c: char| c.is_alphanumeric() && !is_arabic(c) && !is_arabic_digit(c);
        loop {
            self.take_while(|c| letter(c) || is_mark(c));
            let mut ahead = self.rest().chars();
            let inside = match (ahead.next(), ahead.next(), ahead.next()) {
                // `don't`, `O’Neil`
                (Some('\'' | '’'), Some(next), _) => letter(next),
                // Initials: `U.S.`
                (Some('.'), Some(next), after) => {
                    next.is_ascii_uppercase() && after.is_none_or(|a| !a.is_alphanumeric())
                }
                _ => false,
            };
            if !inside {
                return TokenKind::Latin;
            }
            let joint = self.peek().map_or(0, char::len_utf8);
            self.at += joint;
        }
    }

    /// Whether a character stands here twice, and not three times.
    fn is_double(&self, c: char) -> bool {
        let mut ahead = self.rest().chars();
        ahead.next() == Some(c) && ahead.next() == Some(c) && ahead.next() != Some(c)
    }

    /// A round bracket, or the two of `((كذا))`, which are quotation marks.
    fn bracket(&mut self, c: char) {
        let double = match (c, self.doubled) {
            ('(', None) => {
                let opens = self.is_double(c) && self.is_closed();
                self.doubled = opens.then_some(0);
                opens
            }
            ('(', Some(depth)) => {
                self.doubled = Some(depth.saturating_add(1));
                false
            }
            (_, Some(0)) if self.rest().starts_with("))") => {
                self.doubled = None;
                true
            }
            (_, Some(depth)) => {
                self.doubled = Some(depth.saturating_sub(1));
                false
            }
            (_, None) => false,
        };
        self.at += 1 + usize::from(double);
    }

    /// Whether `))` stands further on.
    fn is_closed(&mut self) -> bool {
        if self.next_doubled <= self.at {
            let found = self.rest().find("))");
            self.next_doubled = found.map_or(self.text.len(), |i| self.at + i);
        }
        self.next_doubled < self.text.len()
    }

    /// A straight mark. Two apostrophes stand for a quotation mark, and so do
    /// two quotation marks that lean on a word from one side.
    fn straight(&mut self, c: char) -> TokenKind {
        self.bump(c);
        let twice = self.rest().strip_prefix(c).is_some_and(|after| {
            let before_word = after.starts_with(char::is_alphanumeric);
            c == '\'' || !after.starts_with(c) && before_word != self.lettered
        });
        if twice {
            self.bump(c);
        }
        TokenKind::Punct
    }
}

/// Whether two bytes of UTF-8 are a letter of U+0621 to U+064A, by far the most
/// frequent ones.
fn is_plain_letter(pair: [u8; 2]) -> bool {
    matches!(pair, [0xd8, 0xa1..=0xbf] | [0xd9, 0x80..=0x8a])
}

fn is_arabic_digit(c: char) -> bool {
    is_digit(c) && !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use TokenKind::*;

    fn tokens(text: &str) -> Vec<(&str, TokenKind)> {
        let mut folded = Folded::default();
        folded.fill(text);
        let mut out = Vec::new();
        tokenize(text, &folded, &mut out);
        out.iter()
            .map(|t| (&text[t.span.range()], t.kind))
            .collect()
    }

    #[test]
    fn where_tokens_end() {
        // Tokens are separated by `|` in the right column.
        let table = [
            ("قالَ الوزيرُ، أمس.", "قالَ|الوزيرُ|،|أمس|."),
            ("بنسبة 5.\u{200f}2 مليون", "بنسبة|5.\u{200f}2|مليون"),
            ("١٬٢٣٤٫٥ كيلومترا", "١٬٢٣٤٫٥|كيلومترا"),
            ("بلغ 10,000 و14،654 و3،4", "بلغ|10,000|و|14،654|و|3|،|4"),
            ("تخصيص400 مليون3", "تخصيص|400|مليون|3"),
            ("الـ20 دولة", "الـ|20|دولة"),
            ("قال و أضاف أ و ب", "قال|و أضاف|أ|و|ب"),
            ("2012/5/3", "2012|/|5|/|3"),
            ("14:30", "14|:|30"),
            ("انتهى.وقال", "انتهى|.|وقال"),
            ("عام2012.وقال", "عام|2012|.|وقال"),
            ("شبكة CNN إن", "شبكة|CNN|إن"),
            ("في U.S.A اليوم", "في|U.S.A|اليوم"),
            ("don't F-16 G20", "don't|F|-|16|G20"),
            ("#وسم_عربي @user_1", "#وسم_عربي|@user_1"),
            ("#الضفافpic.twitter.com/x1", "#الضفاف|pic.twitter.com/x1"),
            ("قال&quot;نعم&quot; <p>", "قال|&quot;|نعم|&quot;|<p>"),
            ("''كلمة''... انتهت", "''|كلمة|''|...|انتهت"),
            ("قال \"\"نعم\"\" و \"\" ثم", "قال|\"\"|نعم|\"\"|و|\"|\"|ثم"),
            ("\"أ\"\"ب\"", "\"|أ|\"|\"|ب|\""),
            ("هو ـ كما قيل ـ هنا", "هو|ـ|كما|قيل|ـ|هنا"),
            (
                "قال <<نعم>> و((لا (بعد)))",
                "قال|<<|نعم|>>|و|((|لا|(|بعد|)|))",
            ),
            ("بلدة (الزهراء (شمال)) ((", "بلدة|(|الزهراء|(|شمال|)|)|(|("),
            ("قال ❝نعم❞ و≪لا≫", "قال|❝|نعم|❞|و|≪|لا|≫"),
            ("\u{feff}\u{202b}نص\u{202c} ثان\u{200f} ", "نص|ثان"),
            ("ﺍﻟﻘﺎﺿﻲ ﷺ", "ﺍﻟﻘﺎﺿﻲ|ﷺ"),
        ];
        for (text, wanted) in table {
            let found: Vec<&str> = tokens(text).into_iter().map(|t| t.0).collect();
            assert_eq!(found.join("|"), wanted, "{text}");
        }
    }

    #[test]
    fn kinds() {
        let kinds: Vec<TokenKind> = tokens("قال 3 CNN $ . a@b.org #x ـ")
            .into_iter()
            .map(|t| t.1)
            .collect();
        assert_eq!(
            kinds,
            [Word, Number, Latin, Symbol, Punct, Url, Handle, Punct]
        );
    }

    #[test]
    fn long_runs_take_linear_time() {
        for piece in [
            "ا", "a", "a-", "a.", "&a", "<a ", "1,", "#", "'", "\"", "a@", "www", "((", "(( ",
            "((ا ))", ")", "<<", ">> ",
        ] {
            let text = piece.repeat(30_000);
            assert!(!tokens(&text).is_empty());
        }
    }
}
