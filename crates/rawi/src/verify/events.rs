//! Events and times.

use super::{Check, VerifyError, in_order, off};
use crate::reading::{Event, Id, Piece, TimeMention};

impl<'a> Check<'a> {
    pub(super) fn events(&mut self, events: &'a [Event<'a>]) -> Result<(), VerifyError> {
        for event in events {
            self.event(event)?;
        }
        in_order("events", events.iter().map(|e| e.trigger.start))
    }

    fn event(&mut self, event: &'a Event<'a>) -> Result<(), VerifyError> {
        let Event {
            id,
            kind,
            mode,
            context,
            trigger,
            mentions,
            actors,
            recipients,
            status: _,
            claimed_by,
            statement,
            date,
            place,
            score,
            confidence,
            why: _,
        } = event;
        let field = |name: &str| format!("events[{id}].{name}");
        self.span(&field("trigger"), trigger.start, trigger.end, &trigger.text)?;
        for Piece { start, end, text } in mentions {
            self.span(&field("mentions"), *start, *end, text)?;
        }
        let places = std::iter::once(trigger).chain(mentions);
        in_order(&field("mentions"), places.map(|p| p.start))?;
        if actors.is_empty() && recipients.is_empty() {
            return off(&field("actors"), "the event has no side".into());
        }
        for one in actors {
            self.participant(&field("actors"), one)?;
        }
        for one in recipients {
            self.participant(&field("recipients"), one)?;
        }
        if let Some(one) = place {
            self.participant(&field("place"), one)?;
        }
        if let Some(one) = claimed_by {
            self.participant(&field("claimed_by"), one)?;
        }
        self.claim(&field("statement"), event, *statement)?;
        if let Some(date) = date {
            self.stretch(&field("date"), *date)?;
        }
        // The type of the field holds to the list.
        self.done.values += 1;
        if let Some(mode) = mode {
            let known = kind.modes().any(|m| m == &**mode);
            self.value(
                &field("mode"),
                known,
                format!("{} has no mode {mode:?}", kind.name()),
            )?;
        }
        for one in context {
            let known = rawi_events::is_context(one);
            self.value(&field("context"), known, format!("{one:?} is no context"))?;
        }
        let own = kind.score(mode.as_deref());
        self.value(
            &field("score"),
            (score - f64::from(own)).abs() < 0.006,
            format!("is {score}, but the manual has {own}"),
        )?;
        self.confidence(&field("confidence"), *confidence)
    }

    /// An event that stands in a statement is its speaker's claim; none is claimed
    /// without a statement.
    fn claim(
        &mut self,
        field: &str,
        event: &Event<'_>,
        statement: Option<Id>,
    ) -> Result<(), VerifyError> {
        let Some(statement) = statement else {
            return match &event.claimed_by {
                Some(who) => off(field, format!("is missing, though {} claims it", who.name)),
                None => Ok(()),
            };
        };
        let statement = self.statement(field, statement)?;
        let mut pieces = statement.content.iter();
        if !pieces.any(|p| p.start <= event.trigger.start && event.trigger.end <= p.end) {
            return off(
                field,
                format!(
                    "names {}, in which the trigger does not stand",
                    statement.id
                ),
            );
        }
        let speaker = statement.speaker.as_ref().map(|s| &s.entity);
        let claimed = event.claimed_by.as_ref().map(|c| &c.entity);
        if speaker == claimed {
            Ok(())
        } else {
            off(
                field,
                format!("names {}, whose speaker is not who claims it", statement.id),
            )
        }
    }

    pub(super) fn times(&mut self, times: &'a [TimeMention<'a>]) -> Result<(), VerifyError> {
        let mut last = 0;
        for (i, time) in times.iter().enumerate() {
            let TimeMention {
                start,
                end,
                text,
                value,
                kind,
            } = time;
            let field = |name: &str| format!("times[{i}]{name}");
            self.span(&field(""), *start, *end, text)?;
            if *start < last {
                return off(
                    &field(""),
                    "begins before the one in front of it ends".into(),
                );
            }
            last = *end;
            if let Some(value) = value {
                self.time_value(&field(".value"), *value, *kind)?;
            }
        }
        Ok(())
    }
}
