//! Where the tokens of an article stand among its statements.

use rawi_speech::Statement;
use rawi_text::{Layout, Span};

/// For each token the statements around it, by their index. Refilled by each
/// article.
#[derive(Debug, Default)]
pub(crate) struct Among {
    cue: Vec<u32>,
    within: Vec<u32>,
}

/// Where a trigger stands among the statements.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The statement whose cue it is.
    pub(crate) cue: Option<usize>,
    /// The innermost statement in whose content it stands.
    pub(crate) within: Option<usize>,
}

/// A token that stands in none.
const NONE: u32 = u32::MAX;

impl Among {
    /// Looks up the tokens of all statements.
    pub(crate) fn fill(&mut self, layout: &Layout, statements: &[Statement]) {
        let count = layout.tokens().len();
        for list in [&mut self.cue, &mut self.within] {
            list.clear();
            list.resize(count, NONE);
        }
        // The first of several with one cue, and the innermost of several around
        // one token, are put down last.
        for (i, s) in statements.iter().enumerate().rev() {
            if let Some(cue) = &s.cue {
                put(layout, &mut self.cue, cue.span, i as u32, |_| true);
            }
        }
        let size = |s: &Statement| s.content.iter().map(|c| c.len()).sum::<usize>();
        let mut order: Vec<(usize, u32)> = statements.iter().map(size).zip(0..).collect();
        order.sort_unstable();
        for (_, i) in order.into_iter().rev() {
            for &piece in &statements[i as usize].content {
                // A cue does not stand in its own content.
                let cue = &self.cue;
                put(layout, &mut self.within, piece, i, |k| cue[k] != i);
            }
        }
    }

    /// Where token `i` stands.
    pub(crate) fn place(&self, i: usize) -> Place {
        let index = |list: &[u32]| list.get(i).filter(|&&k| k != NONE).map(|&k| k as usize);
        Place {
            cue: index(&self.cue),
            within: index(&self.within),
        }
    }
}

/// Puts a statement down for all tokens of a span that may have it.
fn put(layout: &Layout, list: &mut [u32], span: Span, value: u32, may: impl Fn(usize) -> bool) {
    let tokens = layout.tokens();
    let from = tokens.partition_point(|t| t.span.end <= span.start);
    for (k, token) in tokens.iter().enumerate().skip(from) {
        if token.span.start >= span.end {
            break;
        }
        if may(k) {
            list[k] = value;
        }
    }
}
