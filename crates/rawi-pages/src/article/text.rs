//! The article's words with everything that was read in them marked.

use std::collections::HashMap;
use std::fmt::Write as _;

use rawi::Offsets;
use rawi::reading::{Form, Id, Statement};
use rawi_text::safe;

use super::cast::{Cast, Part};
use super::marked::{self, Begin, Layer, Mark, Piece};

use crate::site::Site;

/// Notes beside a paragraph light up with their marks without a script up to this number.
const TWINS: usize = 24;

/// So many bytes of a paragraph stand in one piece at least.
const LONG: usize = 900;

/// A paragraph or a piece of a long one with its marks, as HTML, and what begins in it.
#[derive(Default, Debug)]
pub(super) struct Leaf<'a> {
    pub html: String,
    pub statements: Vec<&'a Statement<'a>>,
    /// Whether the paragraph goes on in the next one.
    pub goes_on: bool,
}

/// What a mark was made of.
enum Of<'a> {
    /// Which piece of a statement's content.
    Statement(&'a Statement<'a>, usize),
    Cue,
    /// The first word of an event has its id.
    Event(Option<Id>),
    Time(String),
}

/// The paragraphs of a part; long ones in several pieces, so that notes stand near their
/// words.
pub(super) fn leaves<'a>(site: &Site, cast: &Cast<'a>, part: Part<'a>) -> Vec<Leaf<'a>> {
    let (marks, of) = marks(site, part);
    let mut writer = Writer {
        site,
        cast,
        of: &of,
        order: HashMap::new(),
        leaves: Vec::new(),
        leaf: Leaf::default(),
        depth: 0,
        length: 0,
    };
    for paragraph in marked::paragraphs(part.text, &marks) {
        for piece in &paragraph.pieces {
            writer.piece(piece);
        }
        writer.turn(false);
    }
    writer.leaves
}

/// Where a sentence ends in a text, behind its last sign and the blank.
fn sentence_end(text: &str) -> Option<usize> {
    let mut ends = text.match_indices(['.', '؟', '!']);
    ends.find_map(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        let after = rest.trim_start_matches(['.', '!', '؟', '"', '»', '”']);
        let blank = after.chars().next().filter(|c| c.is_whitespace())?;
        Some(text.len() - after.len() + blank.len_utf8())
    })
}

/// What stands for a statement beside its number: `ع` marks those of the title.
pub(super) fn label(site: &Site, id: Id) -> String {
    let number = site.digits(&id.number().to_string());
    match id.in_headline() {
        true => format!("{}{number}", site.t().article_title_letter),
        false => number,
    }
}

fn marks<'a>(site: &Site, part: Part<'a>) -> (Vec<Mark>, Vec<Of<'a>>) {
    let offsets = Offsets::of(part.text);
    let (mut marks, mut of) = (Vec::new(), Vec::new());
    let mut add = |start: u32, end: u32, layer: Layer, what: Of<'a>| {
        let Some(mut bytes) = offsets.bytes(start..end) else {
            return;
        };
        if let Of::Statement(statement, _) = &what
            && statement.form == Form::Quote
        {
            bytes = with_marks(part.text, bytes);
        }
        marks.push(Mark { layer, bytes });
        of.push(what);
    };
    for statement in part.statements {
        for (n, piece) in statement.content.iter().enumerate() {
            let what = Of::Statement(statement, n);
            add(piece.start, piece.end, Layer::Statement, what);
        }
        if let Some(cue) = &statement.cue {
            add(cue.start, cue.end, Layer::Cue, Of::Cue);
        }
    }
    for event in part.events {
        let trigger = &event.trigger;
        add(
            trigger.start,
            trigger.end,
            Layer::Event,
            Of::Event(Some(event.id)),
        );
        for piece in &event.mentions {
            add(piece.start, piece.end, Layer::Event, Of::Event(None));
        }
    }
    for time in part.times {
        let value = time.value.map(|value| site.moment(value));
        let what = Of::Time(value.unwrap_or_default());
        add(time.start, time.end, Layer::Time, what);
    }
    (marks, of)
}

/// Quoted words with the quotation marks around them, which are no part of a content.
fn with_marks(text: &str, bytes: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let opens = |c: &char| matches!(c, '«' | '"' | '“' | '”' | '„' | '‹' | '\'' | '‘');
    let closes = |c: &char| matches!(c, '»' | '"' | '”' | '“' | '›' | '\'' | '’');
    let before = text[..bytes.start].chars().next_back().filter(opens);
    let after = text[bytes.end..].chars().next().filter(closes);
    match (before, after) {
        (Some(b), Some(a)) => bytes.start - b.len_utf8()..bytes.end + a.len_utf8(),
        _ => bytes,
    }
}

struct Writer<'w, 'a> {
    site: &'w Site,
    cast: &'w Cast<'a>,
    of: &'w [Of<'a>],
    /// In which leaf a statement begins, and as which one there.
    order: HashMap<Id, (usize, usize)>,
    leaves: Vec<Leaf<'a>>,
    leaf: Leaf<'a>,
    /// So many marks are open.
    depth: usize,
    /// So long is the text of the leaf.
    length: usize,
}

impl<'a> Writer<'_, 'a> {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(n, how) => self.open(*n, *how),
            Piece::Close(n, whole) => self.close(*n, *whole),
            Piece::Point(n) => self.point(*n),
        }
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while self.depth == 0
            && self.length + rest.len() > LONG
            && !self.leaf.statements.is_empty()
            && let Some(end) = sentence_end(rest).filter(|end| !rest[*end..].trim().is_empty())
        {
            self.characters(&rest[..end]);
            rest = &rest[end..];
            if self.length > LONG {
                self.turn(true);
            }
        }
        self.characters(rest);
    }

    fn characters(&mut self, text: &str) {
        self.length += text.len();
        // Writing to a string cannot fail.
        let _ = safe::write_html(text, &mut self.leaf.html);
    }

    /// Ends the leaf.
    fn turn(&mut self, goes_on: bool) {
        let mut leaf = std::mem::take(&mut self.leaf);
        leaf.goes_on = goes_on;
        self.leaves.push(leaf);
        self.length = 0;
    }

    fn open(&mut self, n: usize, how: Begin) {
        self.depth += 1;
        match &self.of[n] {
            Of::Statement(statement, piece) => self.statement(statement, *piece, how),
            Of::Cue => self.leaf.html.push_str("<span class=\"cue\">"),
            Of::Event(Some(id)) if how == Begin::First => {
                let _ = write!(self.leaf.html, "<span class=\"ev\" id=\"{id}\">");
            }
            Of::Event(_) => self.leaf.html.push_str("<span class=\"ev\">"),
            Of::Time(value) => {
                let value = safe::html(value);
                let _ = write!(self.leaf.html, "<span class=\"tm\" title=\"{value}\">");
            }
        }
    }

    fn close(&mut self, n: usize, whole: bool) {
        self.depth -= 1;
        self.leaf.html.push_str("</span>");
        if whole && matches!(self.of[n], Of::Statement(..)) {
            let end = self.site.t().article_said_end;
            let _ = write!(self.leaf.html, "<span class=\"vh\"> {end} </span>");
        }
    }

    fn statement(&mut self, statement: &'a Statement<'a>, piece: usize, how: Begin) {
        let t = self.site.t();
        let begins = piece == 0 && how == Begin::First;
        if begins {
            self.enter(statement);
        }
        let name = self.name(statement);
        let twin = self.twin(statement);
        let id = statement.id;
        let class = self.class(statement);
        let out = &mut self.leaf.html;
        if how != Begin::Cut {
            let word = match begins {
                true => t.article_said_begin,
                false => t.article_said_goes_on,
            };
            let _ = write!(out, "<span class=\"vh\"> {word} {name} </span>");
        }
        let quoted = match statement.form {
            Form::Quote => " q",
            _ => "",
        };
        let _ = write!(out, "<span class=\"say {class}{quoted}\"{twin}");
        if begins {
            let _ = write!(out, " id=\"{id}\"");
        }
        out.push('>');
        if how != Begin::Cut {
            self.number(statement, "k", false);
        }
    }

    /// The number of a statement whose words cannot be marked.
    fn point(&mut self, n: usize) {
        if let Of::Statement(statement, piece) = &self.of[n] {
            let class = format!("k {}", self.class(statement));
            let begins = *piece == 0;
            if begins {
                self.enter(statement);
            }
            self.number(statement, &class, begins);
        }
    }

    /// The number that leads to the note; it may be the place that the note leads back to.
    fn number(&mut self, statement: &Statement<'_>, class: &str, place: bool) {
        let label = label(self.site, statement.id);
        let word = self.site.t().article_statement;
        let name = self.name(statement);
        let id = statement.id;
        let out = &mut self.leaf.html;
        let _ = write!(out, "<a class=\"{class}\" href=\"#n{id}\"");
        if place {
            let _ = write!(out, " id=\"{id}\"");
        }
        let _ = write!(out, " aria-label=\"{word} {label}: {name}\">{label}</a>");
    }

    fn enter(&mut self, statement: &'a Statement<'a>) {
        self.leaf.statements.push(statement);
        let place = (self.leaves.len(), self.leaf.statements.len());
        self.order.insert(statement.id, place);
    }

    /// What its note is known by within the paragraph, if it begins in this one.
    fn twin(&self, statement: &Statement<'_>) -> String {
        match self.order.get(&statement.id) {
            Some((at, n)) if *at == self.leaves.len() => twin(*n),
            _ => String::new(),
        }
    }

    fn class(&self, statement: &Statement<'_>) -> String {
        self.cast
            .voice(statement)
            .map_or_else(String::new, super::cast::Voice::class)
    }

    fn name(&self, statement: &Statement<'_>) -> String {
        let name = statement.speaker.as_ref().map(|s| safe::html_line(&s.name));
        name.unwrap_or_else(|| self.site.t().article_nobody.to_owned())
    }
}

/// The attribute by which a mark and its note light up together.
pub(super) fn twin(n: usize) -> String {
    match n {
        1..=TWINS => format!(" data-i=\"{n}\""),
        _ => String::new(),
    }
}
