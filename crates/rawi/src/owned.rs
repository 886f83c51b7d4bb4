//! Readings that outlive their article.

use std::borrow::Cow;

use crate::reading::{
    Channel, Cue, Entity, Event, EventWhy, Headline, Mention, Participant, Piece, Reading, Speaker,
    Statement, TimeMention, Why,
};

/// What becomes a value of its own, with no text of anybody else.
trait Owned {
    type Out;
    fn owned(self) -> Self::Out;
}

impl Owned for Cow<'_, str> {
    type Out = Cow<'static, str>;
    fn owned(self) -> Self::Out {
        Cow::Owned(self.into_owned())
    }
}

impl<T: Owned> Owned for Option<T> {
    type Out = Option<T::Out>;
    fn owned(self) -> Self::Out {
        self.map(T::owned)
    }
}

impl<T: Owned> Owned for Vec<T> {
    type Out = Vec<T::Out>;
    fn owned(self) -> Self::Out {
        self.into_iter().map(T::owned).collect()
    }
}

/// Names the fields that borrow and, behind the bar, those that do not.
macro_rules! owned {
    ($($name:ident { $($text:ident),* $(| $($plain:ident),*)? })*) => {$(
        impl Owned for $name<'_> {
            type Out = $name<'static>;
            fn owned(self) -> Self::Out {
                $name {
                    $($text: self.$text.owned(),)*
                    $($($plain: self.$plain,)*)?
                }
            }
        }
    )*};
}

owned! {
    Reading {
        id, outlet, engine, statements, events, entities, times, headline
        | schema, published, published_from, text_sha256
    }
    Headline { statements, events, entities, times | text_sha256 }
    Piece { text | start, end }
    Statement {
        content, cue, source, speaker, addressee, channel, why
        | id, form, act, said_on, via, within, confidence
    }
    Cue { text, lemma | start, end }
    Speaker { name | entity, how }
    Participant { name, code | entity }
    Channel { text, platform | start, end, kind }
    Why { row, frame, boundary, speaker }
    Event {
        mode, context, trigger, mentions, actors, recipients, claimed_by, place, why
        | id, kind, status, statement, date, score, confidence
    }
    EventWhy { row, trigger, frame, status }
    Entity {
        name, name_en, link, country, sector, titles, mentions
        | id, kind, participant, same_as
    }
    Mention { text | start, end, kind }
    TimeMention { text | start, end, value, kind }
}

impl Owned for crate::reading::Code<'_> {
    type Out = crate::reading::Code<'static>;
    fn owned(self) -> Self::Out {
        self.into_owned()
    }
}

impl Reading<'_> {
    /// The same reading with texts of its own, for whoever keeps it longer than the
    /// article.
    pub fn into_owned(self) -> Reading<'static> {
        self.owned()
    }
}
