//! A question in words: `ماذا قال … عن … بين … و…`.

use rawi_text::fold;

use super::parse::Parser;
use super::period::Period;
use super::{Column, Fault, Field, Filter, Node, QueryError, Value, Words, words};

/// The most words that a date behind `قبل` and the like has.
const DATE_WORDS: usize = 6;

/// A word of the question, or several in quotation marks.
#[derive(Clone, Copy)]
struct Token<'q> {
    text: &'q str,
    /// Code points before it.
    before: usize,
    quoted: bool,
}

impl Token<'_> {
    /// What the word means as a part of the question.
    fn is(&self, part: &str) -> Option<&'static str> {
        match self.quoted {
            true => None,
            false => words::meaning(self.text, part),
        }
    }
}

/// Reads a text as a question; none if it does not begin as one.
pub(super) fn read(text: &str) -> Option<Result<Option<Node>, QueryError>> {
    let tokens = tokens(text);
    let (count, speaker) = opening(&tokens)?;
    let mut question = Question {
        tokens: &tokens[count..],
        parts: Vec::new(),
    };
    Some(question.read(speaker).map(|()| Node::all(question.parts)))
}

/// Whether a text begins as a question does.
pub(super) fn begins(text: &str) -> bool {
    opening(&tokens(text)).is_some()
}

/// How many words open a question, and whether who spoke comes next.
fn opening(tokens: &[Token<'_>]) -> Option<(usize, bool)> {
    let fits = |words: &[String]| {
        let mut pairs = words.iter().zip(tokens);
        words.len() <= tokens.len() && pairs.all(|(w, t)| !t.quoted && *w == fold(t.text))
    };
    words::openings()
        .filter(|(words, _)| fits(words))
        .map(|(words, speaker)| (words.len(), speaker))
        .max()
}

/// The words of a text, what stands in quotation marks as one.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '?' | '؟'));
    let mut before = 0;
    loop {
        let word = rest.trim_start();
        before += rest[..rest.len() - word.len()].chars().count();
        let Some(first) = word.chars().next() else {
            return tokens;
        };
        let close = match first {
            '"' => Some('"'),
            '«' => Some('»'),
            '“' => Some('”'),
            _ => None,
        };
        let inside = &word[first.len_utf8()..];
        let quoted = close.and_then(|c| Some(first.len_utf8() + inside.find(c)? + c.len_utf8()));
        let end = quoted.unwrap_or_else(|| word.find(char::is_whitespace).unwrap_or(word.len()));
        tokens.push(Token {
            text: &word[..end],
            before,
            quoted: quoted.is_some(),
        });
        before += word[..end].chars().count();
        rest = &word[end..];
    }
}

struct Question<'q, 't> {
    /// What is left to read.
    tokens: &'t [Token<'q>],
    parts: Vec<Node>,
}

impl<'q> Question<'q, '_> {
    fn read(&mut self, speaker: bool) -> Result<(), QueryError> {
        if speaker {
            let name = self.until_keyword();
            self.name(Field::Speaker, &name);
        }
        let mut topic = false;
        let mut about: Vec<Token<'q>> = Vec::new();
        while let Some(&token) = self.tokens.first() {
            if self.time() {
                continue;
            }
            if !topic && token.is("about").is_some() {
                self.tokens = &self.tokens[1..];
                topic = true;
                if self.tokens.is_empty() {
                    let fault = Fault::NothingAbout(token.text.to_owned());
                    return Err(QueryError::new(token.before + 1, fault));
                }
                continue;
            }
            let led = token.is("to").or(token.is("via"));
            if let Some(field) = led.and_then(Field::named)
                && self.tokens.len() > 1
            {
                self.tokens = &self.tokens[1..];
                let name = self.until_keyword();
                self.led(field, &name, topic);
                continue;
            }
            self.tokens = &self.tokens[1..];
            about.push(token);
        }
        self.about(&about)
    }

    /// The words up to the next one that begins another part of the question.
    fn until_keyword(&mut self) -> Vec<Token<'q>> {
        let begins = |token: &Token<'_>| {
            ["about", "to", "via", "between", "time"]
                .iter()
                .any(|part| token.is(part).is_some())
        };
        let end = self.tokens.iter().position(begins);
        let (name, rest) = self.tokens.split_at(end.unwrap_or(self.tokens.len()));
        self.tokens = rest;
        name.to_vec()
    }

    fn name(&mut self, field: Field, name: &[Token<'_>]) {
        self.parts.extend(filter(field, name));
    }

    /// What is led by `إلى` or `عبر`. Behind `عن` it may as well belong to what was
    /// talked about (`الطريق إلى المطار`): either will do.
    fn led(&mut self, field: Field, name: &[Token<'_>], topic: bool) {
        let text = joined(name);
        let channel = (field == Field::Via).then(|| words::meaning(&text, "channel"));
        let condition = match channel.flatten() {
            Some(kind) => name.first().map(|first| {
                Node::Filter(Filter {
                    field: Field::Channel,
                    values: vec![Value::Known(kind)],
                    column: Column(first.before + 1),
                })
            }),
            None => filter(field, name),
        };
        let words = name.iter().filter(|_| topic).map(|t| word(*t)).collect();
        let either = condition.into_iter().chain(Node::all(words)).collect();
        self.parts.extend(Node::any(either));
    }

    /// Takes a time that stands here: `بين 2026-01 و2026-03`, `قبل 2026`. What is no date
    /// belongs to what was talked about.
    fn time(&mut self) -> bool {
        let Some(&token) = self.tokens.first() else {
            return false;
        };
        if token.is("between").is_some() {
            return self.between(token.before + 1);
        }
        let Some(field) = token.is("time").and_then(Field::named) else {
            return false;
        };
        let Some((period, count)) = date(&self.tokens[1..]) else {
            return false;
        };
        self.tokens = &self.tokens[1 + count..];
        self.limit(field, period, token.before + 1);
        true
    }

    fn between(&mut self, column: usize) -> bool {
        let rest = &self.tokens[1..];
        // The conjunction is written on the second date or before it.
        let longest = rest.len().min(DATE_WORDS);
        let split = (1..=longest).rev().find_map(|count| {
            let from = period(&rest[..count])?;
            let next = rest.get(count)?;
            let (until, more) = match next.text.strip_prefix('و')? {
                "" => date(&rest[count + 1..]).map(|(until, n)| (until, n + 1))?,
                date => self::date_of(date, &rest[count + 1..])?,
            };
            Some((from, until, count + more))
        });
        let Some((from, until, count)) = split else {
            return false;
        };
        self.tokens = &rest[count..];
        self.limit(Field::Since, from, column);
        self.limit(Field::Until, until, column);
        true
    }

    fn limit(&mut self, field: Field, period: Period, column: usize) {
        self.parts.push(Node::Filter(Filter {
            field,
            values: vec![Value::Time(period)],
            column: Column(column),
        }));
    }

    /// What it was said about: each word without the small ones; what else stands there
    /// is read as in any query.
    fn about(&mut self, tokens: &[Token<'q>]) -> Result<(), QueryError> {
        let telling = |token: &&Token<'_>| token.is("small").is_none();
        let all_small = !tokens.iter().any(|t| telling(&t));
        for token in tokens.iter().filter(|t| all_small || telling(t)) {
            let node = Parser::behind(token.text, token.before).all()?;
            self.parts.extend(node);
        }
        Ok(())
    }
}

/// The date that the first words are, and how many they are.
fn date(tokens: &[Token<'_>]) -> Option<(Period, usize)> {
    let longest = tokens.len().min(DATE_WORDS);
    (1..=longest)
        .rev()
        .find_map(|count| Some((period(&tokens[..count])?, count)))
}

/// The same, the first word being given without what is written on it.
fn date_of(first: &str, rest: &[Token<'_>]) -> Option<(Period, usize)> {
    let longest = rest.len().min(DATE_WORDS - 1);
    (0..=longest).rev().find_map(|more| {
        let text = [first, &joined(&rest[..more])].join(" ");
        Some((Period::read(text.trim()).ok()?, more + 1))
    })
}

fn period(tokens: &[Token<'_>]) -> Option<Period> {
    Period::read(&joined(tokens)).ok()
}

fn joined(tokens: &[Token<'_>]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| bare(*token)).collect();
    words.join(" ")
}

/// The text without its quotation marks.
fn bare<'q>(token: Token<'q>) -> &'q str {
    match token.quoted {
        true => token.text.trim_matches(['"', '«', '»', '“', '”']),
        false => token.text,
    }
}

fn word(token: Token<'_>) -> Node {
    Node::Words(Words {
        text: bare(token).to_owned(),
        exact: false,
        near: None,
        column: Column(token.before + 1),
    })
}

fn filter(field: Field, name: &[Token<'_>]) -> Option<Node> {
    let first = name.first()?;
    let name = Value::Name(joined(name));
    Some(Node::Filter(Filter {
        field,
        values: vec![name],
        column: Column(first.before + 1),
    }))
}
