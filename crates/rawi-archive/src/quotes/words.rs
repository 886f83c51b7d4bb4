//! The words of quotations, as they are compared.

use std::collections::HashMap;

use rawi_text::{Span, fold};
use rawi_time::number;

use crate::ArchiveError;
use crate::terms::Analyzer;

include!(concat!(env!("OUT_DIR"), "/quotation_words.rs"));

/// A number in words is at most so many words long.
const LONGEST_NUMBER: usize = 8;

/// What is special about a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// Nothing: it carries content.
    Content,
    /// It has a function and little content.
    Small,
    /// It turns around what stands with it.
    Negation,
    /// What stands with it holds on a condition.
    Condition,
    /// A number, in digits or words.
    Number,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// The same for all forms of a word, and for a number however it is written.
    pub term: u32,
    /// The same for all spellings of one form, with or without a conjunction.
    pub form: u32,
    pub class: Class,
    /// Where it stands, in bytes.
    pub span: Span,
    /// Whether an ellipsis stands before it.
    pub broken: bool,
}

/// Makes comparable words of texts. Words of two texts are comparable if one comparer made
/// them.
pub(crate) struct Comparer {
    analyzer: Analyzer,
    numbers: HashMap<Box<str>, u32>,
    /// Whether a form can be part of a number.
    numerals: HashMap<Box<str>, bool>,
    classes: HashMap<u32, Class>,
    percent: Vec<Vec<String>>,
    but: Vec<(String, String)>,
}

impl Comparer {
    /// A comparer that has seen nothing yet.
    ///
    /// # Errors
    ///
    /// If the build was given a broken model file.
    pub fn new() -> Result<Self, ArchiveError> {
        let analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        let percent = PERCENT.iter().map(|words| {
            let words = fold(words);
            words.split(' ').map(str::to_owned).collect()
        });
        let mut comparer = Self {
            analyzer,
            numbers: HashMap::new(),
            numerals: HashMap::new(),
            classes: HashMap::new(),
            percent: percent.collect(),
            but: BUT
                .iter()
                .filter_map(|words| {
                    fold(words)
                        .split_once(' ')
                        .map(|(a, b)| (a.to_owned(), b.to_owned()))
                })
                .collect(),
        };
        // The later lists win.
        for (words, class) in [
            (SMALL, Class::Small),
            (CONDITIONS, Class::Condition),
            (NEGATIONS, Class::Negation),
        ] {
            for word in words {
                let mut terms = Vec::new();
                comparer
                    .analyzer
                    .each(word, |_, term| terms.push(term.to_owned()));
                if let [term] = &terms[..] {
                    let number = comparer.number(term);
                    comparer.classes.insert(number, class);
                }
            }
        }
        Ok(comparer)
    }

    /// The number of a string.
    fn number(&mut self, text: &str) -> u32 {
        let next = self.numbers.len() as u32;
        match self.numbers.get(text) {
            Some(number) => *number,
            None => {
                self.numbers.insert(text.into(), next);
                next
            }
        }
    }

    /// The terms of a text's words, as the index has them, and whether each has content.
    pub fn terms(&mut self, text: &str) -> Vec<(String, bool)> {
        let mut terms = Vec::new();
        self.analyzer
            .each(text, |_, term| terms.push(term.to_owned()));
        let of = |term: String| {
            let number = self.numbers.get(&*term);
            let class = number.and_then(|number| self.classes.get(number));
            let content = class != Some(&Class::Small);
            (term, content)
        };
        terms.into_iter().map(of).collect()
    }

    /// The words of a text.
    pub fn words(&mut self, text: &str) -> Vec<Token> {
        let words = self.analyzer.words(text);
        let forms: Vec<String> = words
            .iter()
            .map(|word| fold(text.get(word.span.range()).unwrap_or_default()))
            .collect();
        let numerals: Vec<bool> = forms.iter().map(|form| self.is_numeral(form)).collect();
        let mut tokens = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let before = at.checked_sub(1).map_or(0, |i| words[i].span.end.index());
            let between = text
                .get(before..word.span.start.index())
                .unwrap_or_default();
            let broken = between.contains('…') || between.contains("..");
            let run = numerals[at..]
                .iter()
                .take(LONGEST_NUMBER)
                .take_while(|n| **n)
                .count();
            let (len, value) = match run {
                0 => (0, None),
                run => self.value(text, &words, &forms, at, run),
            };
            let last = at + len.max(1);
            let span = word.span.cover(words[last - 1].span);
            let token = match value {
                Some(value) => {
                    let term = self.number(&value);
                    Token {
                        term,
                        form: term,
                        class: Class::Number,
                        span,
                        broken,
                    }
                }
                None => {
                    let term = self.number(&word.term);
                    let form = bare(&forms[at], &word.term).to_owned();
                    let class = self.classes.get(&term).copied().unwrap_or(Class::Content);
                    let next = forms.get(at + 1).map_or("", String::as_str);
                    let is_but = |(word, then): &(String, String)| {
                        form == *word && next.starts_with(then.as_str())
                    };
                    let class = match class {
                        Class::Negation if self.but.iter().any(is_but) => Class::Small,
                        class => class,
                    };
                    Token {
                        term,
                        form: self.number(&form),
                        class,
                        span,
                        broken,
                    }
                }
            };
            tokens.push(token);
            at = last;
        }
        tokens
    }

    fn is_numeral(&mut self, form: &str) -> bool {
        if let Some(known) = self.numerals.get(form) {
            return *known;
        }
        let digits = form.starts_with(|c: char| c.is_ascii_digit());
        let is = digits || number::cardinal(bare_conjunction(form)).is_some();
        self.numerals.insert(form.into(), is);
        is
    }

    /// How many words from `at` on are a number, given how many can be part of one, and
    /// its value as a string that is no term.
    fn value(
        &self,
        text: &str,
        words: &[crate::terms::Word],
        forms: &[String],
        at: usize,
        run: usize,
    ) -> (usize, Option<String>) {
        for len in (1..=run).rev() {
            let last = &words[at + len - 1];
            let joined = match len {
                1 if forms[at].starts_with(|c: char| c.is_ascii_digit()) => {
                    words[at].term.replace('٫', ".")
                }
                _ => {
                    let span = words[at].span.cover(last.span);
                    bare_conjunction(&fold(text.get(span.range()).unwrap_or_default())).to_owned()
                }
            };
            let Some(value) = number::decimal(&joined) else {
                continue;
            };
            let behind = text.get(last.span.end.index()..).unwrap_or_default();
            if behind.trim_start_matches(' ').starts_with(['%', '٪']) {
                return (len, Some(format!("#{value}%")));
            }
            let rest = &forms[at + len..];
            if let Some(sign) = self.percent.iter().find(|sign| rest.starts_with(sign)) {
                return (len + sign.len(), Some(format!("#{value}%")));
            }
            return (len, Some(format!("#{value}")));
        }
        (0, None)
    }
}

/// A form without the conjunction that is written on it, given its term.
fn bare<'f>(form: &'f str, term: &str) -> &'f str {
    let rest = form.strip_prefix(['و', 'ف']).map(str::trim_start);
    match (rest, form.chars().next()) {
        (Some(rest), Some(first)) if !rest.is_empty() && !term.starts_with(first) => rest,
        _ => form,
    }
}

fn bare_conjunction(form: &str) -> &str {
    match form.strip_prefix('و').map(str::trim_start) {
        Some(rest) if number::cardinal(form).is_none() => rest,
        _ => form,
    }
}
