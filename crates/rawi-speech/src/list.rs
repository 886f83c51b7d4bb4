//! Lists of what somebody says: a cue with a colon at the end of its line, and
//! below it one point a line.

use rawi_names::{Roles, Tags};
use rawi_text::TokenKind;
use rawi_text::proclitic::IN;
use rawi_words::reporting::Link;

use crate::draft::{Draft, Pieces};
use crate::frame::Cue;
use crate::spelled::Mark;
use crate::statement::Form;
use crate::templates::FrameKind;
use crate::view::View;

/// So many points a list may have.
const LONGEST: usize = 40;

/// How far from its cue the colon may stand, in tokens.
const REACH: usize = 24;

/// `طالب البيان بما يلي:` with the points below it.
pub(crate) fn draft(cue: &Cue<'_, '_>) -> Option<Draft> {
    let view = cue.view;
    let from = cue.after();
    if !cue.reading.finite() {
        return None;
    }
    let end = view.sentence_end(cue.cue.token);
    let colon = end
        .checked_sub(1)
        .filter(|&i| view.mark(i) == Mark::Colon)?;
    if colon < from || colon > from + REACH {
        return None;
    }
    let plain =
        (from..colon).all(|i| view.complementizer(i).is_none() && view.quote_opening(i).is_none());
    if !plain {
        return None;
    }
    let points = points(view, colon + 1);
    let first = points.first()?;
    let frames = &cue.reading.verb.frames;
    let announced = announced(view, from, colon);
    // `بما يلي`: noun phrases in the place of one behind the preposition.
    let led = view.letter(announced) == Some(IN) && frames.nominal.has(Link::BI);
    let (form, frame) = if view.complementizer(first.start).is_some() {
        (Form::Clause, FrameKind::Clause)
    } else if frames.quote && !led {
        (Form::Quote, FrameKind::Colon)
    } else if frames.nominal.0 != 0 {
        (Form::Nominal, FrameKind::NounPhrase)
    } else {
        return None;
    };
    let gap = cue.gap(from..announced);
    // `أعلنت اللجنة أسماء الفائزين:`: the list is of something else.
    if gap.leftover.is_some() {
        return None;
    }
    let start = first.start;
    cue.build(form, start, points, gap, frame, true)
}

/// Where the words that announce a list begin: `بما يلي`, `على النحو التالي`.
fn announced(view: &View<'_>, from: usize, colon: usize) -> usize {
    let mut start = colon;
    // `بالآتي`
    let announces =
        |i: usize| view.plays(i, Roles::CATAPHOR) || view.plays_behind(i, IN, Roles::CATAPHOR);
    while start > from && announces(start - 1) {
        start -= 1;
    }
    if start < colon && start > from && view.info(start - 1).pos != rawi_morph::Pos::Verb {
        // `ما يلي`, `بما يلي`, `النقاط التالية`
        let adjective = view.word(start).starts_with("ال") && view.info(start - 1).article;
        let party = view.is(start - 1, Tags::TITLE | Tags::BODY | Tags::GROUP);
        if view.plays(start - 1, Roles::WHAT) || adjective && !party {
            start -= 1;
        }
        if start > from && view.preposition(start - 1).is_some() {
            start -= 1;
        }
    }
    start
}

/// The points of a list that begins with token `i`, a paragraph each, without
/// their numerals and bullets.
fn points(view: &View<'_>, i: usize) -> Pieces {
    let paragraphs = view.layout.paragraphs();
    let at = paragraphs.partition_point(|p| (p.start as usize) < i);
    let mut out = Pieces::new();
    for p in paragraphs[at..].iter().take(LONGEST) {
        let (start, end) = (p.start as usize, p.end as usize);
        let Some(first) = after_marker(view, start, end) else {
            break;
        };
        let mut stop = end;
        while stop > first && (view.is_stop(stop - 1) || view.is_comma(stop - 1)) {
            stop -= 1;
        }
        if stop > first {
            out.push(first..stop);
        }
    }
    out
}

/// Where a point begins behind its numeral or bullet.
fn after_marker(view: &View<'_>, start: usize, end: usize) -> Option<usize> {
    let parts = |i: usize| {
        i < end
            && (view.is_dash(i)
                || matches!(
                    view.mark(i),
                    Mark::FullStop | Mark::ClosingBracket | Mark::Colon | Mark::Slash | Mark::Comma
                ))
    };
    let kind = view.layout.tokens()[start].kind;
    let numeral = kind == TokenKind::Number || view.plays(start, Roles::ORDINAL);
    if numeral && parts(start + 1) {
        return Some(start + 2);
    }
    let bullet = view.is_dash(start) || view.mark(start) == Mark::Bullet;
    (bullet && start + 1 < end).then_some(start + 1)
}
