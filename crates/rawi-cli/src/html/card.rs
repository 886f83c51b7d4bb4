//! What the page shows of a statement beside its words: its speaker's color, and
//! a card with everything else.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use rawi::reading::{Id, Statement};

use super::COLORS;
use super::marks::Mark;
use crate::part::{Kind, Part};
use crate::words::Lang;
use crate::{pretty, safe};

/// The statements of one article with their speakers numbered.
pub struct Cards<'a> {
    pub anchor: &'a str,
    /// What headline and text say.
    pub parts: &'a [Part<'a>],
    pub lang: Lang,
    speakers: Vec<Speaker<'a>>,
    /// For each statement's id, the place of its speaker in `speakers`.
    spoken_by: HashMap<Id, usize>,
}

struct Speaker<'a> {
    entity: Option<Id>,
    name: &'a str,
    title: Option<&'a str>,
    first: Id,
    statements: usize,
}

impl<'a> Cards<'a> {
    pub fn new(anchor: &'a str, parts: &'a [Part<'a>], lang: Lang) -> Self {
        let mut speakers: Vec<Speaker<'a>> = Vec::new();
        let mut spoken_by = HashMap::new();
        let all = parts
            .iter()
            .flat_map(|part| part.statements.iter().map(move |s| (part, s)));
        for (part, s) in all {
            let entity = s.speaker.as_ref().map(|x| x.entity);
            let known = speakers.iter().position(|x| x.entity == entity);
            let place = known.unwrap_or_else(|| {
                speakers.push(Speaker {
                    entity,
                    name: pretty::speaker(s, lang),
                    title: entity.and_then(|id| part.title_of(id)),
                    first: s.id,
                    statements: 0,
                });
                speakers.len() - 1
            });
            speakers[place].statements += 1;
            spoken_by.insert(s.id, place);
        }
        Self {
            anchor,
            parts,
            lang,
            speakers,
            spoken_by,
        }
    }

    /// The speakers in the order of their first statements.
    pub fn legend(&self, out: &mut String) {
        if self.speakers.is_empty() {
            return;
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<ul class=\"legend\" aria-label=\"{}\">",
            self.lang.words().speakers
        );
        for (n, speaker) in self.speakers.iter().enumerate() {
            let _ = writeln!(
                out,
                "<li><a class=\"{}\" href=\"#{}-{}\"><bdi>{}</bdi> <small>{}{}</small></a></li>",
                self.color(n),
                self.anchor,
                speaker.first,
                safe::html_line(speaker.name),
                speaker.title.map_or_else(String::new, |t| {
                    format!("<bdi>{}</bdi> · ", safe::html_line(t))
                }),
                self.lang.statements(speaker.statements)
            );
        }
        out.push_str("</ul>\n");
    }

    /// How many statements the article has.
    pub fn statements(&self) -> usize {
        self.parts.iter().map(|part| part.statements.len()).sum()
    }

    /// The marks of all statements, events and times of a part, over its text: what
    /// was said, and the words around it.
    pub fn marks(&self, part: &Part<'_>, text: &str) -> Vec<Mark> {
        let starts = text.char_indices().map(|(i, _)| i);
        // The byte at which each code point starts, and the end of the text.
        let bytes: Vec<usize> = starts.chain([text.len()]).collect();
        let mark =
            |start, end, rank, attributes, once| mark(&bytes, start..end, rank, attributes, once);
        let mut marks = Vec::new();
        let words = self.lang.words();
        for s in part.statements {
            let speaker = self.spoken_by.get(&s.id);
            let color = speaker.map_or_else(String::new, |&n| self.color(n));
            for (i, piece) in s.content.iter().enumerate() {
                let first = format!("{}-{}", self.anchor, s.id);
                let id = if i == 0 {
                    first
                } else {
                    format!("{first}-{}", i + 1)
                };
                let label = safe::html_line(pretty::speaker(s, self.lang));
                let doubt = pretty::doubt(s.confidence, self.lang).filter(|_| i == 0);
                let doubt = doubt.map_or(String::new(), |d| format!(" data-doubt=\"{d}\""));
                let once = (
                    format!(
                        " id=\"{id}\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\" \
                         aria-describedby=\"{id}-card\"{doubt}"
                    ),
                    self.card(part, s, &id),
                );
                let class = format!("class=\"st {color}\"");
                marks.extend(mark(piece.start, piece.end, 0, class, Some(once)));
            }
            let mut around = |class: &str, title: &str, start, end| {
                let attributes = format!("class=\"{class} {color}\" title=\"{title}\"");
                marks.extend(mark(start, end, 1, attributes, None));
            };
            if let Some(x) = &s.cue {
                let lemma = safe::html_line(&x.lemma);
                around("cue", &format!("{}: {lemma}", words.cue), x.start, x.end);
            }
            if let Some(x) = &s.source {
                around("src", words.source, x.start, x.end);
            }
            if let Some(x) = &s.channel {
                let kind = self.lang.name(&x.kind);
                around(
                    "chan",
                    &format!("{}: {kind}", words.channel),
                    x.start,
                    x.end,
                );
            }
        }
        for event in part.events {
            let attributes = format!(
                "title=\"{}: {}\"",
                words.event,
                safe::html(&self.lang.name(&event.kind.name()))
            );
            for (i, piece) in std::iter::once(&event.trigger)
                .chain(&event.mentions)
                .enumerate()
            {
                let once = (i == 0).then(|| {
                    let id = format!("{}-{}", self.anchor, event.id);
                    (format!(" id=\"{id}\" {attributes}"), String::new())
                });
                let class = "class=\"ev\"".to_owned();
                marks.extend(mark(piece.start, piece.end, 2, class, once));
            }
        }
        for time in part.times {
            let value = time.value.map_or("?".to_owned(), |v| v.to_string());
            let attributes = format!("class=\"tm\" title=\"{}: {value}\"", words.time);
            marks.extend(mark(time.start, time.end, 3, attributes, None));
        }
        marks
    }

    /// What tells the reader that something stands in the headline.
    pub fn headline(&self, part: &Part<'_>) -> String {
        match part.kind {
            Kind::Headline => format!(" <small>{}</small>", self.lang.words().headline),
            Kind::Text => String::new(),
        }
    }

    fn card(&self, part: &Part<'_>, s: &Statement<'_>, id: &str) -> String {
        let (lang, words) = (self.lang, self.lang.words());
        let mut card = format!(
            "<span class=\"card\" role=\"tooltip\" id=\"{id}-card\" lang=\"{}\" dir=\"{}\"><strong>{}</strong>{}",
            lang.code(),
            lang.direction(),
            safe::html_line(pretty::speaker(s, self.lang)),
            self.headline(part).trim_start()
        );
        let mut row = |head: &str, value: &str| {
            let value = safe::html_line(value);
            let _ = write!(
                card,
                "<span class=\"row\"><i>{head}</i> <bdi>{value}</bdi></span>"
            );
        };
        row(words.act, &lang.name(&s.act));
        row(words.form, &lang.name(&s.form));
        if let Some(speaker) = &s.speaker {
            row(words.how, &lang.name(&speaker.how));
        }
        if let Some(cue) = &s.cue {
            row(words.word, &cue.text);
        }
        let to: Vec<&str> = s.addressee.iter().map(|p| &*p.name).collect();
        if !to.is_empty() {
            row(words.addressee, &to.join(words.between));
        }
        if let Some(channel) = pretty::channel(s, part.entities) {
            let platform = channel.platform.as_ref().map(|p| format!(" ({p})"));
            row(
                words.channel,
                &format!("{}{}", channel.text, platform.unwrap_or_default()),
            );
        }
        let named = s.via.iter().map(|id| part.name_of(*id).unwrap_or_default());
        let via: Vec<&str> = named.collect();
        if !via.is_empty() {
            row(words.via, &via.join(" < "));
        }
        if let Some(day) = &s.said_on {
            row(words.day, &day.to_string());
        }
        let outer = s.within.as_ref().and_then(|id| {
            let outer = part.statements.iter().find(|o| o.id == *id)?;
            Some(pretty::speaker(outer, lang))
        });
        if let Some(outer) = outer {
            row(words.within, outer);
        }
        if let Some(doubt) = pretty::doubt(s.confidence, lang) {
            row(words.certainty, &doubt);
        }
        if let Some(why) = &s.why {
            let row = why.row.as_deref().unwrap_or_default();
            let confidence = format!("confidence {}", s.confidence);
            for line in [row, &why.frame, &why.boundary, &why.speaker, &confidence] {
                if !line.is_empty() {
                    let why = safe::html_line(line);
                    let _ = write!(card, "<span class=\"why\" dir=\"ltr\">{why}</span>");
                }
            }
        }
        card.push_str("</span>");
        card
    }

    /// The class that gives a speaker a color; nobody is gray.
    fn color(&self, speaker: usize) -> String {
        match self.speakers[speaker].entity {
            Some(_) => format!("p{}", speaker % COLORS),
            None => "nobody".to_owned(),
        }
    }
}

/// A mark over a range of code points, whose bytes are given.
fn mark(
    bytes: &[usize],
    range: Range<u32>,
    rank: usize,
    attributes: String,
    once: Option<(String, String)>,
) -> Option<Mark> {
    let byte = |position: u32| bytes.get(position as usize).copied();
    Some(Mark {
        start: byte(range.start)?,
        end: byte(range.end)?,
        rank,
        attributes,
        once,
    })
}
