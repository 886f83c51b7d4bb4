//! A query's text read as a tree.

use super::fault::{DEEPEST, FARTHEST, MOST};
use super::{Column, Fault, Field, Filter, Node, QueryError, Value, Words, words};

/// Opening quotation marks with those that close them.
const QUOTES: [(char, char); 4] = [('"', '"'), ('«', '»'), ('“', '”'), ('„', '“')];

type Parsed<T> = Result<T, QueryError>;

/// Reads one text from its beginning to its end.
pub(super) struct Parser<'q> {
    text: &'q str,
    /// In bytes.
    at: usize,
    depth: usize,
    leaves: usize,
    /// Where the text begins within the query, in code points.
    before: usize,
}

impl<'q> Parser<'q> {
    pub(super) fn new(text: &'q str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            leaves: 0,
            before: 0,
        }
    }

    /// A parser of a part of a query that begins behind so many code points.
    pub(super) fn behind(text: &'q str, before: usize) -> Self {
        Self {
            before,
            ..Self::new(text)
        }
    }

    /// The whole text; none if it holds nothing.
    pub(super) fn all(mut self) -> Parsed<Option<Node>> {
        self.skip_blanks();
        if self.rest().is_empty() {
            return Ok(None);
        }
        let node = self.any()?;
        match self.peek() {
            None => Ok(Some(node)),
            Some(c) => Err(self.error(Fault::ClosesNothing(c))),
        }
    }

    fn rest(&self) -> &'q str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn eat(&mut self, c: char) -> bool {
        let here = self.peek() == Some(c);
        if here {
            self.bump();
        }
        here
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn column(&self) -> usize {
        self.before + self.text[..self.at].chars().count() + 1
    }

    fn error(&self, fault: Fault) -> QueryError {
        QueryError::new(self.column(), fault)
    }

    /// The word from here to the next blank or mark of the language.
    fn word(&self) -> &'q str {
        let rest = self.rest();
        let end = rest.find(ends_word).unwrap_or(rest.len());
        &rest[..end]
    }

    /// The operator that stands here.
    fn operator(&self) -> Option<(&'static str, usize)> {
        if self.peek() == Some('|') {
            return Some(("or", 1));
        }
        let word = self.word();
        words::operator(word).map(|means| (means, word.len()))
    }

    /// `a OR b`.
    fn any(&mut self) -> Parsed<Node> {
        let mut parts = vec![self.all_of("the query")?];
        while let Some(("or", len)) = self.operator() {
            self.at += len;
            parts.push(self.all_of("OR")?);
        }
        Node::any(parts).ok_or_else(|| self.nothing("the query"))
    }

    fn nothing(&self, behind: &str) -> QueryError {
        self.error(match self.peek() {
            Some(')') => Fault::EmptyBracket,
            Some(_) => Fault::NothingBeforeOr,
            None if behind == "OR" => Fault::NothingBehindOr,
            None => Fault::EmptyGroup,
        })
    }

    /// `a b c`.
    fn all_of(&mut self, behind: &str) -> Parsed<Node> {
        let mut parts = Vec::new();
        loop {
            self.skip_blanks();
            match self.operator() {
                Some(("or", _)) => break,
                Some(("and", len)) => {
                    let column = self.column();
                    self.at += len;
                    self.skip_blanks();
                    let more = !matches!(self.peek(), None | Some(')'))
                        && !matches!(self.operator(), Some(("or" | "and", _)));
                    if parts.is_empty() || !more {
                        return Err(QueryError::new(column, Fault::AndJoinsNothing));
                    }
                }
                _ => {}
            }
            match self.peek() {
                None | Some(')') => break,
                _ => parts.push(self.one()?),
            }
        }
        Node::all(parts).ok_or_else(|| self.nothing(behind))
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(self.error(Fault::TooDeep));
        }
        self.depth += 1;
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    /// One condition, perhaps excluded.
    fn one(&mut self) -> Parsed<Node> {
        let column = self.column();
        let not = match (self.peek(), self.operator()) {
            (Some(c @ ('-' | '−')), _) => Some((c.len_utf8(), false)),
            (_, Some(("not", len))) => Some((len, true)),
            _ => None,
        };
        if let Some((len, apart)) = not {
            self.at += len;
            if apart {
                self.skip_blanks();
            }
            if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
                return Err(QueryError::new(column, Fault::NothingExcluded));
            }
            return Ok(self.deeper(Self::one)?.negated());
        }
        if self.leaves >= MOST {
            return Err(self.error(Fault::TooMany));
        }
        match self.peek() {
            Some('(') => {
                self.bump();
                let node = self.deeper(Self::any)?;
                match self.eat(')') {
                    true => Ok(node),
                    false => Err(QueryError::new(column, Fault::BracketOpen)),
                }
            }
            Some('=') => {
                self.bump();
                match self.peek() {
                    Some(c) if opens(c).is_some() => self.phrase(true),
                    Some(c) if !ends_word(c) => self.bare(true),
                    _ => Err(QueryError::new(column, Fault::NothingExact)),
                }
            }
            Some(c) if opens(c).is_some() => self.phrase(false),
            Some(c) if ends_word(c) => Err(self.error(Fault::OpensNothing(c))),
            _ => match self.field()? {
                Some(filter) => Ok(filter),
                None => self.bare(false),
            },
        }
    }

    /// The text between the quotation mark that stands here and the one that closes it.
    fn quoted(&mut self) -> Parsed<String> {
        let column = self.column();
        let open = self.peek().unwrap_or('"');
        let close = opens(open).unwrap_or('"');
        self.bump();
        let mut text = String::new();
        loop {
            match self.peek() {
                None => {
                    return Err(QueryError::new(column, Fault::QuoteOpen { open, close }));
                }
                Some('\\') if close == '"' => {
                    self.bump();
                    match self.peek() {
                        Some(c @ ('"' | '\\')) => text.push(c),
                        _ => {
                            return Err(self.error(Fault::Backslash));
                        }
                    }
                }
                Some(c) if c == close => {
                    self.bump();
                    return Ok(text);
                }
                Some(c) => text.push(c),
            }
            self.bump();
        }
    }

    /// `"…"`, `"…"~5`.
    fn phrase(&mut self, exact: bool) -> Parsed<Node> {
        let column = self.column();
        let text = self.quoted()?;
        let near = match self.eat('~') {
            true => Some(self.distance(&text, exact)?),
            false => None,
        };
        self.words(&text, exact, near, column)
    }

    /// The number behind `~`.
    fn distance(&mut self, text: &str, exact: bool) -> Parsed<u32> {
        let column = self.column();
        let folded = rawi_text::fold(self.word());
        let number: Option<u32> = folded.parse().ok();
        self.at += self.word().len();
        let Some(most) = number.filter(|most| (1..=FARTHEST).contains(most)) else {
            return Err(QueryError::new(column, Fault::NoDistance));
        };
        let several = text.split_whitespace().nth(1).is_some();
        match (several, exact) {
            (true, false) => Ok(most),
            (false, _) => Err(QueryError::new(column, Fault::DistanceOfOne)),
            (_, true) => Err(QueryError::new(column, Fault::DistanceOfExact)),
        }
    }

    /// A word without quotes.
    fn bare(&mut self, exact: bool) -> Parsed<Node> {
        let column = self.column();
        let word = self.word();
        self.at += word.len();
        if word.contains('*') {
            return Err(QueryError::new(column, Fault::Asterisk));
        }
        self.words(word, exact, None, column)
    }

    fn words(&mut self, text: &str, exact: bool, near: Option<u32>, column: usize) -> Parsed<Node> {
        self.leaves += 1;
        if !text.chars().any(char::is_alphanumeric) {
            return Err(QueryError::new(column, Fault::NoLetter(text.to_owned())));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        Ok(Node::Words(Words {
            text: words.join(" "),
            exact,
            near,
            column: Column(column),
        }))
    }

    /// `field:value`; none if here is no field.
    fn field(&mut self) -> Parsed<Option<Node>> {
        let column = self.column();
        let word = self.word();
        let Some((name, _)) = word.split_once(':') else {
            return Ok(None);
        };
        let Some(field) = Field::named(name) else {
            // Times of the day and the like are words.
            if !name.starts_with(char::is_alphabetic) {
                return Ok(None);
            }
            let text = name.to_owned();
            let fault = match words::nearest(name, "field") {
                Some(near) => Fault::FieldMisspelled { text, near },
                None => Fault::NoField(text),
            };
            return Err(QueryError::new(column, fault));
        };
        self.at += name.len() + 1;
        self.leaves += 1;
        self.skip_blanks();
        let mut values = Vec::new();
        let list = self.eat('(');
        loop {
            self.skip_blanks();
            values.push(self.value(field, column)?);
            let end = self.at;
            self.skip_blanks();
            if self.eat(',') || self.eat('،') {
                continue;
            }
            if !list {
                self.at = end;
                break;
            }
            if let Some(("or", len)) = self.operator() {
                self.at += len;
                continue;
            }
            if self.eat(')') {
                break;
            }
            let text = name.to_owned();
            return Err(self.error(match self.peek() {
                None => Fault::ListOpen(text),
                Some(_) => Fault::ListUnparted(text),
            }));
        }
        self.leaves += values.len() - 1;
        if self.leaves > MOST {
            return Err(self.error(Fault::TooMany));
        }
        Ok(Some(Node::Filter(Filter {
            field,
            values,
            column: Column(column),
        })))
    }

    fn value(&mut self, field: Field, begin: usize) -> Parsed<Value> {
        let column = self.column();
        let (text, quoted) = match self.peek().and_then(opens) {
            Some(_) => (self.quoted()?, true),
            None => {
                let word = self.word();
                let end = word.find([',', '،']).unwrap_or(word.len());
                self.at += end;
                (word[..end].to_owned(), false)
            }
        };
        let column = if text.is_empty() { begin } else { column };
        field
            .value(&text, quoted)
            .map_err(|fault| QueryError::new(column, fault))
    }
}

fn opens(c: char) -> Option<char> {
    QUOTES.iter().find(|(open, _)| *open == c).map(|(_, c)| *c)
}

/// Whether a word without quotes ends before a character.
fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | ')' | '|')
        || QUOTES.iter().any(|(open, close)| c == *open || c == *close)
}

/// Whether a text may be written as a word without quotes and is read as one.
pub(super) fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|c| ends_word(c) || matches!(c, ':' | '*' | '\\'))
        && !text.starts_with(['-', '−', '='])
        && words::operator(text).is_none()
}
