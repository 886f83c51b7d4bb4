//! Statements, and the entities that they name.

use super::{Check, VerifyError, in_order, off};
use crate::reading::{
    Channel, Code, Cue, Entity, EntityType, Mention, MentionKind, Participant, Piece, Speaker,
    Statement, contracted,
};

impl<'a> Check<'a> {
    pub(super) fn statements(
        &mut self,
        statements: &'a [Statement<'a>],
    ) -> Result<(), VerifyError> {
        for s in statements {
            self.one(s)?;
        }
        // A statement begins with its cue or with its content, whichever is first.
        let first = |s: &Statement<'_>| {
            let content = s.start();
            s.cue.as_ref().map_or(content, |c| c.start.min(content))
        };
        in_order("statements", statements.iter().map(first))
    }

    fn one(&mut self, statement: &'a Statement<'a>) -> Result<(), VerifyError> {
        let Statement {
            id,
            // Closed lists, which the type holds to.
            form: _,
            act: _,
            content,
            cue,
            source,
            speaker,
            addressee,
            channel,
            said_on,
            via,
            within,
            confidence,
            // What the reader says of its own reasons.
            why: _,
        } = statement;
        let field = |name: &str| format!("statements[{id}].{name}");
        if content.is_empty() {
            return off(&field("content"), "is empty".into());
        }
        self.pieces(&field("content"), content)?;
        if let Some(Cue {
            start,
            end,
            text,
            lemma,
        }) = cue
        {
            self.span(&field("cue"), *start, *end, text)?;
            let known = rawi_speech::is_lemma(lemma);
            self.value(
                &field("cue.lemma"),
                known,
                format!("{lemma:?} is in no table"),
            )?;
        }
        if let Some(Piece { start, end, text }) = source {
            self.span(&field("source"), *start, *end, text)?;
        }
        if let Some(Speaker {
            entity,
            name,
            how: _,
        }) = speaker
        {
            self.named(&field("speaker"), *entity, name)?;
        }
        for one in addressee {
            self.participant(&field("addressee"), one)?;
        }
        if let Some(Channel {
            start,
            end,
            text,
            kind: _,
            platform,
        }) = channel
        {
            self.span(&field("channel"), *start, *end, text)?;
            if let Some(platform) = platform {
                let known = rawi_speech::is_platform(platform);
                let problem = format!("{platform:?} is in no table");
                self.value(&field("channel.platform"), known, problem)?;
            }
        }
        // A day exists, or it would be none.
        self.done.values += usize::from(said_on.is_some());
        for id in via {
            self.entity(&field("via"), *id)?;
        }
        if let Some(outer) = within {
            let outer = self.statement(&field("in"), *outer)?;
            let inside = |p: &Piece<'_>| {
                let mut pieces = outer.content.iter();
                pieces.any(|o| o.start <= p.start && p.end <= o.end)
            };
            let size = |s: &Statement<'_>| s.content.iter().map(|p| p.end - p.start).sum::<u32>();
            if !content.iter().all(inside) {
                return off(
                    &field("in"),
                    format!(
                        "names {}, whose content this one does not stand in",
                        outer.id
                    ),
                );
            }
            // With content inside content, always smaller, no chain comes back.
            if size(outer) <= size(statement) {
                return off(
                    &field("in"),
                    format!("names {}, which is no longer", outer.id),
                );
            }
        }
        self.confidence(&field("confidence"), *confidence)
    }

    /// Pieces in the order of the text, none in another.
    fn pieces(&mut self, field: &str, pieces: &[Piece<'_>]) -> Result<(), VerifyError> {
        let mut last = 0;
        for Piece { start, end, text } in pieces {
            self.span(field, *start, *end, text)?;
            if *start < last {
                return off(
                    field,
                    format!("{start}..{end} begins before the piece in front ends"),
                );
            }
            last = *end;
        }
        Ok(())
    }

    pub(super) fn participant(
        &mut self,
        field: &str,
        participant: &Participant<'_>,
    ) -> Result<(), VerifyError> {
        let Participant { entity, name, code } = participant;
        let entity = self.named(field, *entity, name)?;
        let expected = entity.code();
        self.value(
            &format!("{field}.code"),
            *code == expected,
            format!(
                "is {}, but {} is {}",
                shown(code),
                entity.id,
                shown(&expected)
            ),
        )
    }

    pub(super) fn entities(&mut self, entities: &'a [Entity<'a>]) -> Result<(), VerifyError> {
        for entity in entities {
            self.entity_itself(entity)?;
        }
        let first = |e: &Entity<'_>| e.mentions.first().map_or(0, |m| m.start);
        in_order("entities", entities.iter().map(first))
    }

    /// The distinct titles that mentions are.
    fn called<'m>(&self, mentions: impl Iterator<Item = &'m Mention<'m>>) -> Vec<&'m str> {
        let mut out = Vec::new();
        for m in mentions.filter(|m| m.kind == MentionKind::Title) {
            let bytes = self.offsets.bytes(m.start..m.end);
            let before = bytes.and_then(|b| self.text.get(..b.start));
            if !contracted(before.unwrap_or_default(), &m.text) && !out.contains(&&*m.text) {
                out.push(&*m.text);
            }
        }
        out
    }

    fn entity_itself(&mut self, entity: &'a Entity<'a>) -> Result<(), VerifyError> {
        let Entity {
            id,
            name,
            name_en,
            kind,
            link,
            country,
            sector,
            titles,
            participant,
            mentions,
            same_as,
        } = entity;
        let field = |name: &str| format!("entities[{id}].{name}");
        if same_as.is_some() {
            return off(&field("same_as"), "stands in no headline".into());
        }
        if mentions.is_empty() {
            return off(&field("mentions"), "is empty".into());
        }
        for Mention {
            start,
            end,
            text,
            kind: _,
        } in mentions
        {
            self.span(&field("mentions"), *start, *end, text)?;
        }
        in_order(&field("mentions"), mentions.iter().map(|m| m.start))?;
        self.done.names += 1;
        if !mentions.iter().any(|m| names(&m.text, name)) {
            return off(
                &field("name"),
                format!("{name:?} stands in none of the mentions"),
            );
        }
        let people = matches!(kind, EntityType::Per | EntityType::Anon);
        let called = self.called(mentions.iter().filter(|_| people));
        let problem = format!("are {titles:?}, but the mentions give {called:?}");
        let same = titles.iter().eq(&called);
        self.value(&field("titles"), same, problem)?;
        let takes_part = self.participants.contains(id);
        self.value(
            &field("participant"),
            *participant == takes_part,
            format!("is {participant}, but what it takes part in says otherwise"),
        )?;
        if let Some(iso3) = country {
            let known = rawi_names::country_of_code(iso3).is_some();
            self.value(
                &field("country"),
                known,
                format!("{iso3:?} is no country's code"),
            )?;
        }
        if let Some(sectors) = sector {
            let known = sectors
                .split(' ')
                .all(|s| rawi_events::SECTORS.contains(&s));
            self.value(&field("sector"), known, format!("{sectors:?} is no sector"))?;
        }
        let holds = rawi_names::facts_of(link.as_deref(), name_en.as_deref());
        let problem = format!("no entity of the tables is {link:?} and called {name_en:?}");
        self.value(&field("link"), holds, problem)
    }
}

/// A code in words.
fn shown(code: &Option<Code<'_>>) -> String {
    code.as_ref().map_or("missing".to_owned(), Code::to_string)
}

/// Whether a mention holds a name. Behind the preposition `ل` the article has lost
/// its alif in writing (`للصحفيين`), and the name has it again (`الصحفيين`); several
/// blanks between two words are one.
fn names(mention: &str, name: &str) -> bool {
    let mention = mention.split_whitespace().collect::<Vec<_>>().join(" ");
    // Folded, since the letters may be written in their presentation forms.
    let contracted = name
        .strip_prefix('ا')
        .filter(|rest| rawi_text::fold(rest).starts_with('ل'));
    !name.is_empty() && (mention.contains(name) || contracted.is_some_and(|c| mention.contains(c)))
}
