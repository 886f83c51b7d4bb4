//! One self-contained right-to-left page: articles with their statements
//! highlighted by speaker. Works without scripts; loads nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rawi::reading::{Act, ChannelKind, How, Statement};
use rawi::{Article, Reading};

use crate::safe::html;

/// Everything before the first article.
pub const HEAD: &str = concat!(
    "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n",
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
    "<title>راوي: من قال ماذا</title>\n<style>\n",
    include_str!("html/page.css"),
    "</style>\n</head>\n<body>\n<header><h1>راوي</h1><p>من قال ماذا، ولمن، وعبر أي قناة. ",
    "مرّر المؤشر فوق أي كلام مظلل لترى قائله.</p></header>\n<main>\n"
);

/// Everything after the last article.
pub const TAIL: &str = "</main>\n</body>\n</html>\n";

/// Colors are spread over the speakers of an article by the golden angle, which
/// keeps neighbors apart however many there are.
const GOLDEN_ANGLE: usize = 137;

/// One article's section.
pub fn article(article: &Article, reading: &Reading) -> String {
    let speakers = Speakers::of(reading);
    let mut out = String::new();
    let title = article.title.as_deref().unwrap_or(&reading.id);
    let _ = write!(out, "<article>\n<h2 dir=\"auto\">{}</h2>\n<p class=\"meta\">", html(title));
    let meta: Vec<String> = [reading.outlet.as_deref(), reading.published.as_deref()]
        .into_iter()
        .flatten()
        .map(|m| format!("<bdi>{}</bdi>", html(m)))
        .collect();
    let _ = writeln!(out, "{}</p>", meta.join(" · "));
    speakers.legend(&mut out, reading);
    out.push_str("<div class=\"text\">");
    text(&mut out, &article.text, reading, &speakers);
    out.push_str("</div>\n");
    table(&mut out, reading, &speakers);
    out.push_str("</article>\n");
    out
}

/// The speakers of one article in the order of their first statement.
struct Speakers<'a> {
    order: Vec<(&'a str, &'a str)>,
}

impl<'a> Speakers<'a> {
    fn of(reading: &'a Reading) -> Self {
        let mut seen = BTreeSet::new();
        let order = reading
            .statements
            .iter()
            .filter_map(|s| s.speaker.as_ref())
            .filter(|s| seen.insert(s.entity.as_str()))
            .map(|s| (s.entity.as_str(), s.name.as_str()))
            .collect();
        Speakers { order }
    }

    /// The hue of a statement's speaker; none for one without.
    fn hue(&self, statement: &Statement) -> Option<usize> {
        let entity = &statement.speaker.as_ref()?.entity;
        let at = self.order.iter().position(|(e, _)| e == entity)?;
        Some((at * GOLDEN_ANGLE + 210) % 360)
    }

    fn legend(&self, out: &mut String, reading: &Reading) {
        if self.order.is_empty() {
            out.push_str("<p class=\"legend\">لا أقوال منقولة.</p>\n");
            return;
        }
        out.push_str("<ul class=\"legend\">");
        for (i, (entity, name)) in self.order.iter().enumerate() {
            let count = reading
                .statements
                .iter()
                .filter(|s| s.speaker.as_ref().is_some_and(|x| x.entity == *entity))
                .count();
            let hue = (i * GOLDEN_ANGLE + 210) % 360;
            let _ = write!(out, "<li style=\"--h:{hue}\"><bdi>{}</bdi> <b>{count}</b></li>", html(name));
        }
        out.push_str("</ul>\n");
    }
}

/// What a stretch of text belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// Index of a statement whose content it is.
    Content(usize),
    /// Index of a statement that it is the cue or source of.
    Cue(usize),
    Source(usize),
}

/// Writes the text with its statements marked. Contents may overlap in any way,
/// so the text is cut at every border and each piece carries all its layers.
fn text(out: &mut String, text: &str, reading: &Reading, speakers: &Speakers<'_>) {
    let mut borders: BTreeMap<u32, (Vec<Layer>, Vec<Layer>)> = BTreeMap::new();
    let mut add = |start: u32, end: u32, layer: Layer| {
        borders.entry(start).or_default().0.push(layer);
        borders.entry(end).or_default().1.push(layer);
    };
    for (i, s) in reading.statements.iter().enumerate() {
        for piece in &s.content {
            add(piece.start, piece.end, Layer::Content(i));
        }
        if let Some(cue) = &s.cue {
            add(cue.start, cue.end, Layer::Cue(i));
        }
        if let Some(source) = &s.source {
            add(source.start, source.end, Layer::Source(i));
        }
    }
    let mut open: BTreeSet<Layer> = BTreeSet::new();
    let mut rest = text;
    let mut at = 0u32;
    for (border, (starts, ends)) in borders {
        let bytes = rest
            .char_indices()
            .nth((border - at) as usize)
            .map_or(rest.len(), |(i, _)| i);
        let (piece, after) = rest.split_at(bytes);
        stretch(out, piece, &open, reading, speakers);
        (rest, at) = (after, border);
        for layer in ends {
            open.remove(&layer);
        }
        open.extend(starts);
    }
    stretch(out, rest, &open, reading, speakers);
}

/// One stretch with its layers around it, outer statements outside.
fn stretch(out: &mut String, piece: &str, open: &BTreeSet<Layer>, reading: &Reading, speakers: &Speakers<'_>) {
    if piece.is_empty() {
        return;
    }
    let mut contents: Vec<usize> = open
        .iter()
        .filter_map(|l| match l {
            Layer::Content(i) => Some(*i),
            _ => None,
        })
        .collect();
    let length = |i: usize| -> u32 { reading.statements[i].content.iter().map(|p| p.end - p.start).sum() };
    contents.sort_by_key(|&i| (std::cmp::Reverse(length(i)), i));
    for &i in &contents {
        let s = &reading.statements[i];
        let hue = speakers.hue(s).map_or(String::new(), |h| format!(" style=\"--h:{h}\""));
        let _ = write!(out, "<mark{hue} title=\"{}\">", html(&describe(s)));
    }
    let cue = open.iter().any(|l| matches!(l, Layer::Cue(_)));
    let source = open.iter().any(|l| matches!(l, Layer::Source(_)));
    for (on, tag) in [(cue, "<u>"), (source, "<i>")] {
        if on {
            out.push_str(tag);
        }
    }
    out.push_str(&html(piece));
    for (on, tag) in [(source, "</i>"), (cue, "</u>")] {
        if on {
            out.push_str(tag);
        }
    }
    for _ in &contents {
        out.push_str("</mark>");
    }
}

/// Who, what and how, in a few words.
fn describe(s: &Statement) -> String {
    let mut parts = vec![s.speaker.as_ref().map_or("قائل غير مسمى", |x| x.name.as_str()).to_owned()];
    parts.push(act(s.act).to_owned());
    if let Some(channel) = &s.channel {
        parts.push(format!("{}: {}", kind(channel.kind), channel.text));
    }
    for to in &s.addressee {
        parts.push(format!("إلى: {}", to.name));
    }
    if let Some(day) = &s.said_on {
        parts.push(day.clone());
    }
    if let Some(speaker) = &s.speaker {
        parts.push(how(speaker.how).to_owned());
    }
    parts.push(format!("الثقة {:.0}٪", s.confidence * 100.0));
    parts.join(" · ")
}

/// The statements as a list that can be read without hovering.
fn table(out: &mut String, reading: &Reading, speakers: &Speakers<'_>) {
    if reading.statements.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<details><summary>الأقوال في جدول ({})</summary><table><thead><tr><th>القائل</th><th>الفعل</th><th>القناة</th><th>الكلام</th></tr></thead><tbody>",
        reading.statements.len()
    );
    for s in &reading.statements {
        let hue = speakers.hue(s).map_or(String::new(), |h| format!(" style=\"--h:{h}\""));
        let name = s.speaker.as_ref().map_or("—", |x| x.name.as_str());
        let words: Vec<String> = s.content.iter().map(|p| html(&p.text)).collect();
        let channel = s.channel.as_ref().map_or(String::new(), |c| html(&c.text));
        let why = s.why.as_ref().map_or(String::new(), |w| {
            format!(
                "<br><small dir=\"ltr\">{} · {} · {}</small>",
                html(&w.frame),
                html(&w.boundary),
                html(&w.speaker)
            )
        });
        let _ = writeln!(
            out,
            "<tr{hue}><th scope=\"row\"><bdi>{}</bdi></th><td>{}</td><td>{channel}</td><td>{}{why}</td></tr>",
            html(name),
            act(s.act),
            words.join(" … ")
        );
    }
    out.push_str("</tbody></table></details>\n");
}

fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "قول",
        Act::Deny => "نفي",
        Act::Demand => "مطالبة",
        Act::Promise => "وعد",
        Act::Threaten => "تحذير أو تهديد",
        Act::Accuse => "اتهام",
        Act::Ask => "سؤال",
        Act::Announce => "إعلان",
        Act::Welcome => "ترحيب",
        Act::Condemn => "إدانة",
        Act::Believe => "رأي",
    }
}

fn kind(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Post => "منشور",
        ChannelKind::Statement => "بيان",
        ChannelKind::PressConference => "مؤتمر صحفي",
        ChannelKind::Interview => "مقابلة",
        ChannelKind::PhoneCall => "اتصال",
        ChannelKind::Speech => "كلمة",
        ChannelKind::Letter => "رسالة",
        ChannelKind::Meeting => "اجتماع",
        ChannelKind::Broadcast => "بث",
        ChannelKind::Report => "تقرير",
        ChannelKind::Sources => "مصادر",
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Named => "مسمى في الجملة",
        How::Title => "معروف من صفته",
        How::NullSubject => "فاعل مستتر",
        How::Pronoun => "ضمير",
        How::CarriedOver => "تتمة كلامه",
    }
}
