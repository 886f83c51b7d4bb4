//! What the page shows of a statement beside its words: its speaker's color, and
//! a card with everything else.

use std::fmt::Write as _;

use rawi::Reading;
use rawi::reading::Statement;

use super::marks::Mark;
use super::{COLORS, label};
use crate::safe;

const UNKNOWN: &str = "غير معروف";

/// The statements of one article with their speakers numbered.
pub struct Cards<'a> {
    anchor: &'a str,
    reading: &'a Reading,
    /// The byte at which each code point starts, and the end of the text.
    bytes: Vec<usize>,
    speakers: Vec<Speaker<'a>>,
    /// For each statement, the place of its speaker in `speakers`.
    spoken_by: Vec<usize>,
}

struct Speaker<'a> {
    entity: Option<&'a str>,
    name: &'a str,
    first: &'a str,
    statements: usize,
}

impl<'a> Cards<'a> {
    pub fn new(anchor: &'a str, reading: &'a Reading, text: &str) -> Self {
        let mut speakers: Vec<Speaker<'a>> = Vec::new();
        let mut spoken_by = Vec::with_capacity(reading.statements.len());
        for s in &reading.statements {
            let entity = s.speaker.as_ref().map(|x| x.entity.as_str());
            let known = speakers.iter().position(|x| x.entity == entity);
            let place = known.unwrap_or_else(|| {
                speakers.push(Speaker {
                    entity,
                    name: s.speaker.as_ref().map_or(UNKNOWN, |x| x.name.as_str()),
                    first: &s.id,
                    statements: 0,
                });
                speakers.len() - 1
            });
            speakers[place].statements += 1;
            spoken_by.push(place);
        }
        let bytes = text
            .char_indices()
            .map(|(i, _)| i)
            .chain([text.len()])
            .collect();
        Self {
            anchor,
            reading,
            bytes,
            speakers,
            spoken_by,
        }
    }

    /// The speakers in the order of their first statements.
    pub fn legend(&self, out: &mut String) {
        if self.speakers.is_empty() {
            return;
        }
        out.push_str("<ul class=\"legend\" aria-label=\"المتحدثون\">\n");
        for (n, speaker) in self.speakers.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "<li><a class=\"{}\" href=\"#{}-{}\">{} <small>{}</small></a></li>",
                self.color(n),
                self.anchor,
                safe::html(speaker.first),
                safe::html(&safe::one_line(speaker.name)),
                label::statements(speaker.statements)
            );
        }
        out.push_str("</ul>\n");
    }

    /// The marks of all statements: what was said, and the words around it.
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (s, &speaker) in self.reading.statements.iter().zip(&self.spoken_by) {
            let color = self.color(speaker);
            for (i, piece) in s.content.iter().enumerate() {
                let once = (i == 0).then(|| {
                    let id = format!("{}-{}", self.anchor, safe::html(&s.id));
                    (
                        format!(" id=\"{id}\" tabindex=\"0\" aria-describedby=\"{id}-card\""),
                        self.card(s, &id),
                    )
                });
                marks.extend(self.mark(
                    piece.start,
                    piece.end,
                    0,
                    format!("class=\"st {color}\""),
                    once,
                ));
            }
            let mut part = |class: &str, title: &str, start, end| {
                let attributes = format!("class=\"{class} {color}\" title=\"{title}\"");
                marks.extend(self.mark(start, end, 1, attributes, None));
            };
            if let Some(x) = &s.cue {
                let title = format!("الفعل الناقل: {}", safe::html(&safe::one_line(&x.lemma)));
                part("cue", &title, x.start, x.end);
            }
            if let Some(x) = &s.source {
                part("src", "المصدر", x.start, x.end);
            }
            if let Some(x) = &s.channel {
                part(
                    "chan",
                    &format!("القناة: {}", label::channel(x.kind)),
                    x.start,
                    x.end,
                );
            }
        }
        marks
    }

    fn mark(
        &self,
        start: u32,
        end: u32,
        rank: usize,
        attributes: String,
        once: Option<(String, String)>,
    ) -> Option<Mark> {
        let byte = |position: u32| self.bytes.get(position as usize).copied();
        Some(Mark {
            start: byte(start)?,
            end: byte(end)?,
            rank,
            attributes,
            once,
        })
    }

    fn card(&self, s: &Statement, id: &str) -> String {
        let name = s.speaker.as_ref().map_or(UNKNOWN, |x| x.name.as_str());
        let mut card = format!(
            "<span class=\"card\" role=\"tooltip\" id=\"{id}-card\"><strong>{}</strong>",
            safe::html(&safe::one_line(name))
        );
        let mut row = |head: &str, value: &str| {
            let value = safe::html(&safe::one_line(value));
            let _ = write!(
                card,
                "<span class=\"row\"><i>{head}</i> <bdi>{value}</bdi></span>"
            );
        };
        row("الفعل", label::act(s.act));
        row("النقل", label::form(s.form));
        if let Some(speaker) = &s.speaker {
            row("المتحدث", label::how(speaker.how));
        }
        if let Some(cue) = &s.cue {
            row("الكلمة", &cue.text);
        }
        let to: Vec<&str> = s.addressee.iter().map(|p| p.name.as_str()).collect();
        if !to.is_empty() {
            row("المخاطَب", &to.join("، "));
        }
        if let Some(channel) = &s.channel {
            let platform = channel.platform.as_ref().map(|p| format!(" ({p})"));
            row(
                "القناة",
                &format!("{}{}", channel.text, platform.unwrap_or_default()),
            );
        }
        let via: Vec<&str> = s.via.iter().map(|id| self.name_of(id)).collect();
        if !via.is_empty() {
            row("نقلا عن", &via.join(" ← "));
        }
        if let Some(day) = &s.said_on {
            row("اليوم", day);
        }
        row("الثقة", &format!("{:.0}%", s.confidence * 100.0));
        if let Some(why) = &s.why {
            for part in [&why.frame, &why.boundary, &why.speaker] {
                let _ = write!(
                    card,
                    "<span class=\"why\">{}</span>",
                    safe::html(&safe::one_line(part))
                );
            }
        }
        card.push_str("</span>");
        card
    }

    fn name_of<'b>(&'b self, id: &'b str) -> &'b str {
        let entity = self.reading.entities.iter().find(|e| e.id == id);
        entity.map_or(id, |e| e.name.as_str())
    }

    /// The class that gives a speaker a color; nobody is gray.
    fn color(&self, speaker: usize) -> String {
        match self.speakers[speaker].entity {
            Some(_) => format!("p{}", speaker % COLORS),
            None => "nobody".to_owned(),
        }
    }
}
