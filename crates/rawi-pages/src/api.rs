//! A page to try what programs may ask: a form for each operation, and its answer.
//!
//! What the operations are comes from the table that answers them; this draws it.

use askama::Template;

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::problem::Problem;
use crate::site::Site;

/// All that is drawn.
#[derive(Clone, Debug)]
pub struct Operations {
    /// Where the operations are.
    pub base: &'static str,
    /// The operations.
    pub all: Vec<Operation>,
    /// What may go wrong: name, status, what it is.
    pub problems: Vec<(&'static str, u16, &'static str)>,
}

/// One operation, in one language.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name.
    pub id: &'static str,
    /// How it is asked: `GET`.
    pub method: &'static str,
    /// Where.
    pub path: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// What else there is to know.
    pub more: &'static str,
    /// What may be said.
    pub fields: Vec<Field>,
    /// What may be sent.
    pub body: Option<Body>,
    /// What it answered, if it was asked.
    pub answer: Option<Answer>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// How it is filled in.
    pub input: Input,
    /// Whether it may be said more than once.
    pub several: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// What it says now.
    pub values: Vec<String>,
    /// What it might say.
    pub example: &'static str,
}

/// How a field is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// With characters.
    Text,
    /// With a number up to this.
    Number(u64),
    /// By choosing.
    Choice(Vec<&'static str>),
}

/// What may be sent with an operation.
#[derive(Clone, Debug)]
pub struct Body {
    /// What it is.
    pub about: &'static str,
    /// What it says now.
    pub text: String,
    /// Whether that is a text and no JSON.
    pub plain: bool,
}

/// What an operation answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The same question for a terminal.
    pub command: String,
    /// The status, with its name.
    pub status: String,
    /// The headers that tell something.
    pub headers: Vec<(String, String)>,
    /// The body, in pieces.
    pub pieces: Vec<Piece>,
    /// Whether there is more of it than is shown.
    pub more: bool,
}

/// A piece of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Its characters.
    pub text: String,
    /// Whether it is a text of its own, whose direction must not turn what stands around it.
    pub own: bool,
}

impl Field {
    /// What stands in the inputs: what it says now, and one more if it may say more.
    fn inputs(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.values.iter().map(String::as_str).collect();
        if all.is_empty() || self.several {
            all.push("");
        }
        all
    }

    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|v| v == value)
    }

    fn is_long(&self) -> bool {
        self.input == Input::Text
    }
}

#[derive(Template)]
#[template(path = "api.html")]
struct Screen<'a> {
    frame: Frame<'a>,
    operations: &'a Operations,
}

/// The page.
///
/// # Errors
///
/// If the archive cannot be read, or the template fails.
pub fn page(desk: &mut Desk<'_>, site: &Site, operations: &Operations) -> Result<Page, Problem> {
    let title = site.t().api_title.to_owned();
    Page::of(&Screen {
        frame: Frame::new(desk, site, Section::Other, title)?,
        operations,
    })
}

/// JSON with its parts in lines of their own, texts apart from what stands around them.
pub fn pieces(json: &str) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    let mut around = String::new();
    let mut depth = 0_usize;
    let mut chars = json.chars().peekable();
    let line = |around: &mut String, depth: usize| {
        around.push('\n');
        around.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let mut text = String::from(c);
                while let Some(c) = chars.next() {
                    text.push(c);
                    match c {
                        '\\' => text.extend(chars.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                for (text, own) in [(std::mem::take(&mut around), false), (text, true)] {
                    all.push(Piece { text, own });
                }
            }
            '{' | '[' => {
                around.push(c);
                if chars.peek().is_some_and(|next| matches!(next, '}' | ']')) {
                    around.extend(chars.next());
                } else {
                    depth += 1;
                    line(&mut around, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut around, depth);
                around.push(c);
            }
            ',' => {
                around.push(c);
                line(&mut around, depth);
            }
            ':' => around.push_str(": "),
            c if c.is_whitespace() => {}
            c => around.push(c),
        }
    }
    all.push(Piece {
        text: around,
        own: false,
    });
    all.retain(|piece| !piece.text.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_loses_nothing() {
        let json = r#"{"a":[1,{"b":"قال: \"نعم\", {ثم}"}],"c":{},"d":[],"e":null}"#;
        let pieces = pieces(json);
        let own: Vec<&str> = pieces.iter().filter(|p| p.own).map(|p| &*p.text).collect();
        assert_eq!(own[2], r#""قال: \"نعم\", {ثم}""#);
        let whole: String = pieces.iter().map(|p| &*p.text).collect();
        let (one, other): (serde_json::Value, serde_json::Value) = (
            serde_json::from_str(json).unwrap(),
            serde_json::from_str(&whole).unwrap(),
        );
        assert_eq!(one, other);
        assert!(
            whole.contains("\n  \"a\": [\n    1,\n    {\n      \"b\": "),
            "{whole}"
        );
        assert!(whole.contains("\"c\": {},"));
    }
}
