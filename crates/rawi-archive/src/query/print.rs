//! A query written so that it reads as the same tree.

use std::fmt;

use super::parse::is_bare;
use super::{Node, Query, sentence};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(root) = &self.root else {
            return Ok(());
        };
        let grouped = root.to_string();
        let inner = grouped.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let text = match (root, inner) {
            (Node::All(_) | Node::Any(_), Some(inner)) => inner,
            _ => &grouped,
        };
        // Words that would be read as a question are none within brackets.
        match sentence::begins(text) {
            true => write!(f, "({text})"),
            false => f.write_str(text),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All(parts) => grouped(parts, " ", f),
            Node::Any(parts) => grouped(parts, " OR ", f),
            Node::Not(inner) => write!(f, "-{inner}"),
            Node::Words(words) => {
                if words.exact {
                    f.write_str("=")?;
                }
                match is_bare(&words.text) && words.near.is_none() {
                    true => f.write_str(&words.text)?,
                    false => quoted(&words.text, f)?,
                }
                match words.near {
                    Some(most) => write!(f, "~{most}"),
                    None => Ok(()),
                }
            }
            Node::Filter(filter) => {
                write!(f, "{}:", filter.field.name())?;
                match &filter.values[..] {
                    [only] => write!(f, "{only}"),
                    several => {
                        f.write_str("(")?;
                        for (i, value) in several.iter().enumerate() {
                            let comma = if i > 0 { ", " } else { "" };
                            write!(f, "{comma}{value}")?;
                        }
                        f.write_str(")")
                    }
                }
            }
        }
    }
}

fn grouped(parts: &[Node], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("(")?;
    joined(parts, between, f)?;
    f.write_str(")")
}

fn joined(parts: &[Node], between: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}

/// Writes a text in quotation marks.
pub(super) fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
