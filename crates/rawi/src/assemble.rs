//! From spans and ids inside the house to the contract at its border.

use std::borrow::Cow;

use rawi_names::{Cast, Entity, EntityId, Kind, MentionKind as Named, NameType};
use rawi_speech as speech;
use rawi_text::Span;
use rawi_time::Date;
use rawi_time::value::{Point, Value};
use sha2::{Digest, Sha256};

use crate::Reading;
use crate::reading::{self as out, Code, Id};

/// What the stages found in one article.
pub(crate) struct Stages<'s, 'a> {
    /// The text that the reading borrows from, the same as the stages' source.
    pub(crate) text: &'a str,
    /// What the stages before the events found.
    pub(crate) article: rawi_events::Article<'s>,
    pub(crate) cast: &'s Cast,
    pub(crate) events: &'s [rawi_events::Event],
    /// Who knows the countries and sectors of those in them.
    pub(crate) coder: &'s rawi_events::Worker,
    /// Where the day of publication comes from, if the caller gave none.
    pub(crate) published_from: Option<out::PublishedFrom>,
    pub(crate) explain: bool,
}

/// Puts a reading together; what the article says of itself is added later.
pub(crate) fn reading<'a>(stages: &Stages<'_, 'a>) -> Reading<'a> {
    let people = People::of(stages);
    let article = &stages.article;
    Reading {
        id: Cow::Borrowed(""),
        schema: out::SCHEMA,
        published: article.published,
        published_from: stages.published_from,
        outlet: None,
        text_sha256: hash(stages.text),
        engine: Cow::Borrowed(out::ENGINE),
        statements: article
            .statements
            .iter()
            .enumerate()
            .map(|(i, s)| stages.statement(i, s, &people))
            .collect(),
        events: stages
            .events
            .iter()
            .enumerate()
            .map(|(i, e)| stages.event(i, e, &people))
            .collect(),
        times: article.times.iter().map(|t| stages.time(t)).collect(),
        entities: people.all.iter().map(|p| stages.entity(p)).collect(),
        headline: None,
    }
}

/// The hash that ties a reading to its text: SHA-256 of the UTF-8 bytes, in
/// lower-case hexadecimal.
pub fn hash(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// The entities of a reading: whoever takes part in something, and whatever else the
/// article names.
struct People<'a> {
    /// By first mention.
    all: Vec<Person<'a>>,
    /// For each entity of the cast its place in that order.
    places: Vec<usize>,
}

/// An entity with what is said of it wherever it takes part.
struct Person<'a> {
    entity: EntityId,
    id: Id,
    name: Cow<'a, str>,
    country: Option<&'static str>,
    sector: Option<&'static str>,
    /// Whether something happens there.
    place: bool,
    /// Whether a statement or event names it.
    participant: bool,
}

impl<'a> People<'a> {
    fn of(stages: &Stages<'_, 'a>) -> People<'a> {
        let cast = stages.cast;
        let mut all: Vec<EntityId> = Vec::with_capacity(cast.entities().len());
        let ids = (0..cast.entities().len()).map(EntityId);
        // Whom the model of names takes for somebody takes part, with or without a name.
        let named = |&id: &EntityId| {
            let entity = cast.get(id);
            entity.named || entity.label == Some(NameType::Title)
        };
        for s in stages.article.statements {
            all.extend(s.speaker.map(|x| x.entity));
            all.extend(s.addressee.iter().chain(&s.via));
        }
        for e in stages.events {
            all.extend(e.actors.iter().chain(&e.recipients));
            all.extend(e.claimed_by);
            all.extend(e.place);
        }
        all.sort_unstable();
        all.dedup();
        let mut takes_part = vec![false; cast.entities().len()];
        for id in &all {
            takes_part[id.0] = true;
        }
        all.extend(ids.filter(named).filter(|id| !takes_part[id.0]));
        let first = |id| cast.mentions_of(id).next().map(|m| m.span);
        all.sort_unstable_by_key(|&id| (first(id), id));
        let mut places = vec![0; cast.entities().len()];
        for (place, id) in all.iter().enumerate() {
            places[id.0] = place;
        }
        let all = all.into_iter().enumerate().map(|(place, entity)| Person {
            entity,
            id: Id::at(out::Named::Entity, place),
            name: stages.name(entity),
            country: stages.coder.country(&stages.article, cast, entity),
            sector: stages.coder.sector(&stages.article, cast, entity),
            place: false,
            participant: takes_part[entity.0],
        });
        let mut all: Vec<Person<'a>> = all.collect();
        for place in stages.events.iter().filter_map(|e| e.place) {
            all[places[place.0]].place = true;
        }
        People { all, places }
    }

    fn get(&self, entity: EntityId) -> &Person<'a> {
        &self.all[self.places[entity.0]]
    }

    fn id(&self, entity: EntityId) -> Id {
        self.get(entity).id
    }

    fn participant(&self, entity: EntityId) -> out::Participant<'a> {
        let person = self.get(entity);
        out::Participant {
            entity: person.id,
            name: person.name.clone(),
            code: Code::of(
                person.country.map(Cow::Borrowed),
                person.sector.map(Cow::Borrowed),
            ),
        }
    }
}

/// The characters of a span with where they stand.
struct Slice<'a> {
    start: u32,
    end: u32,
    text: Cow<'a, str>,
}

impl<'a> Stages<'_, 'a> {
    fn slice(&self, span: Span) -> Slice<'a> {
        let chars = self.article.source.chars_of(span);
        Slice {
            start: chars.start.0,
            end: chars.end.0,
            text: Cow::Borrowed(self.text.get(span.range()).unwrap_or_default()),
        }
    }

    fn piece(&self, span: Span) -> out::Piece<'a> {
        let Slice { start, end, text } = self.slice(span);
        out::Piece { start, end, text }
    }

    /// The name of an entity, as a stretch of the text where one of its mentions has
    /// it letter by letter.
    fn name(&self, id: EntityId) -> Cow<'a, str> {
        let entity = self.cast.get(id);
        let mentions = self.cast.mentions_of(id);
        let mut texts = mentions.filter_map(|m| self.text.get(m.span.range()));
        let found = texts.find_map(|text| {
            let at = text.find(&entity.name)?;
            text.get(at..at + entity.name.len())
        });
        found.map_or_else(|| Cow::Owned(entity.name.clone()), Cow::Borrowed)
    }

    fn statement(
        &self,
        index: usize,
        s: &speech::Statement,
        people: &People<'a>,
    ) -> out::Statement<'a> {
        out::Statement {
            id: Id::at(out::Named::Statement, index),
            form: match s.form {
                speech::Form::Quote => out::Form::Quote,
                speech::Form::Clause => out::Form::Clause,
                speech::Form::Nominal => out::Form::Nominal,
            },
            act: act(s.act),
            content: s.content.iter().map(|&c| self.piece(c)).collect(),
            cue: s.cue.map(|c| {
                let Slice { start, end, text } = self.slice(c.span);
                out::Cue {
                    start,
                    end,
                    text,
                    lemma: Cow::Borrowed(c.lemma),
                }
            }),
            source: s.source.map(|span| self.piece(span)),
            speaker: s.speaker.map(|x| {
                let person = people.get(x.entity);
                out::Speaker {
                    entity: person.id,
                    name: person.name.clone(),
                    how: how(x.how),
                }
            }),
            addressee: s
                .addressee
                .iter()
                .map(|&id| people.participant(id))
                .collect(),
            channel: s.channel.map(|c| {
                let Slice { start, end, text } = self.slice(c.span);
                out::Channel {
                    start,
                    end,
                    text,
                    kind: channel_kind(c.kind),
                    platform: c.platform.map(Cow::Borrowed),
                }
            }),
            said_on: said_on(s, self.article.times),
            via: s.via.iter().map(|&id| people.id(id)).collect(),
            within: s.within.map(|i| Id::at(out::Named::Statement, i)),
            confidence: round(s.confidence),
            why: self.explain.then(|| out::Why {
                row: s
                    .cue
                    .and_then(|c| speech::row(c.lemma, s.act))
                    .map(Cow::Owned),
                frame: Cow::Borrowed(s.why.frame.name()),
                boundary: Cow::Borrowed(s.why.boundary.name()),
                speaker: s.why.speaker.clone(),
            }),
        }
    }

    fn event(&self, index: usize, e: &rawi_events::Event, people: &People<'a>) -> out::Event<'a> {
        let all = |ids: &[EntityId]| ids.iter().map(|&id| people.participant(id)).collect();
        out::Event {
            id: Id::at(out::Named::Event, index),
            kind: e.kind,
            mode: e.mode.map(Cow::Borrowed),
            context: e.contexts.iter().map(|&c| Cow::Borrowed(c)).collect(),
            trigger: self.piece(e.trigger),
            mentions: e.mentions.iter().map(|&span| self.piece(span)).collect(),
            actors: all(&e.actors),
            recipients: all(&e.recipients),
            status: match e.status {
                rawi_events::Status::Happened => out::Status::Happened,
                rawi_events::Status::Future => out::Status::Future,
                rawi_events::Status::Hypothetical => out::Status::Hypothetical,
                rawi_events::Status::Negated => out::Status::Negated,
                rawi_events::Status::Historical => out::Status::Historical,
            },
            claimed_by: e.claimed_by.map(|id| people.participant(id)),
            statement: e.statement.map(|i| Id::at(out::Named::Statement, i)),
            date: e.date,
            place: e.place.map(|id| people.participant(id)),
            score: round(e.kind.score(e.mode)),
            confidence: round(e.confidence),
            why: self.explain.then(|| out::EventWhy {
                row: Cow::Owned(e.why.row()),
                trigger: Cow::Borrowed(e.why.trigger),
                frame: Cow::Owned(e.why.frame()),
                status: Cow::Borrowed(e.why.status),
            }),
        }
    }

    fn entity(&self, person: &Person<'a>) -> out::Entity<'a> {
        let entity = self.cast.get(person.entity);
        let kind = kind(entity, person.place);
        out::Entity {
            id: person.id,
            name: person.name.clone(),
            name_en: name_en(entity).map(Cow::Borrowed),
            kind,
            link: entity
                .known
                .map(|k| k.wikidata)
                .filter(|q| !q.is_empty())
                .map(Cow::Borrowed),
            country: person.country.map(Cow::Borrowed),
            sector: person.sector.map(Cow::Borrowed),
            titles: match kind {
                out::EntityType::Per | out::EntityType::Anon => self.titles(person.entity),
                _ => Vec::new(),
            },
            participant: person.participant,
            mentions: self
                .cast
                .mentions_of(person.entity)
                .map(|m| {
                    let Slice { start, end, text } = self.slice(m.span);
                    out::Mention {
                        start,
                        end,
                        text,
                        kind: match m.kind {
                            Named::Name => out::MentionKind::Name,
                            Named::Title => out::MentionKind::Title,
                        },
                    }
                })
                .collect(),
            same_as: None,
        }
    }

    /// The distinct descriptions of somebody, by first mention. Behind `ل` the article has
    /// lost its alef: no title stands there whole.
    fn titles(&self, id: EntityId) -> Vec<Cow<'a, str>> {
        let mut out: Vec<Cow<'a, str>> = Vec::new();
        for m in self.cast.mentions_of(id).filter(|m| m.kind == Named::Title) {
            let text = self.slice(m.span).text;
            let before = self.text.get(..m.span.start.index()).unwrap_or_default();
            if !out::contracted(before, &text) && !out.contains(&text) {
                out.push(text);
            }
        }
        out
    }

    fn time(&self, t: &rawi_time::TimeMention) -> out::TimeMention<'a> {
        let Slice { start, end, text } = self.slice(t.span);
        out::TimeMention {
            start,
            end,
            text,
            value: t.value,
            kind: match t.kind {
                rawi_time::TimeKind::Date => out::TimeKind::Date,
                rawi_time::TimeKind::Time => out::TimeKind::Time,
                rawi_time::TimeKind::Duration => out::TimeKind::Duration,
                rawi_time::TimeKind::Set => out::TimeKind::Set,
            },
        }
    }
}

/// What an entity is: as the model of names calls it, else by the words of its
/// description. `place` says that something happens there.
fn kind(entity: &Entity, place: bool) -> out::EntityType {
    use out::EntityType as Type;
    match entity.label {
        Some(NameType::Person) => Type::Per,
        Some(NameType::Organization) => Type::Org,
        Some(NameType::Media) => Type::Media,
        Some(NameType::Polity) => Type::Gpe,
        Some(NameType::Location) => Type::Loc,
        Some(NameType::Facility) => Type::Fac,
        Some(NameType::Group) => Type::Group,
        Some(NameType::Title) => Type::Anon,
        None => match entity.kind {
            Kind::Person if entity.named => Type::Per,
            _ if place => Type::Gpe,
            Kind::Place => Type::Gpe,
            Kind::Outlet => Type::Media,
            Kind::Person | Kind::Group => Type::Anon,
            Kind::Body | Kind::Other => Type::Org,
        },
    }
}

/// The English name of a known entity or country.
fn name_en(entity: &Entity) -> Option<&'static str> {
    let place = entity
        .country
        .filter(|c| entity.kind == Kind::Place && is_country(entity, c));
    entity.known.map(|k| k.name_en).or(place.map(|c| c.name_en))
}

/// Whether a place is the country itself and not a city of it.
fn is_country(entity: &Entity, country: &rawi_names::Country) -> bool {
    rawi_names::country(&entity.name).is_some_and(|c| c == country)
}

/// The day that stands between cue and content: `وقال فلان الثلاثاء إن`.
pub(crate) fn said_on(s: &speech::Statement, times: &[rawi_time::TimeMention]) -> Option<Date> {
    let cue = s.cue?.span;
    let content = s.content.first()?;
    let behind = times.partition_point(|t| t.span.start < cue.end);
    times[behind..]
        .iter()
        .take_while(|t| t.span.end <= content.start)
        .find_map(|t| match t.value? {
            Value::Point(Point::Day(day)) => Some(day),
            _ => None,
        })
}

/// Two decimals: more would claim a precision that a rule's rate has not.
fn round(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

fn act(act: speech::Act) -> out::Act {
    match act {
        speech::Act::Assert => out::Act::Assert,
        speech::Act::Deny => out::Act::Deny,
        speech::Act::Demand => out::Act::Demand,
        speech::Act::Promise => out::Act::Promise,
        speech::Act::Threaten => out::Act::Threaten,
        speech::Act::Accuse => out::Act::Accuse,
        speech::Act::Ask => out::Act::Ask,
        speech::Act::Announce => out::Act::Announce,
        speech::Act::Welcome => out::Act::Welcome,
        speech::Act::Condemn => out::Act::Condemn,
        speech::Act::Believe => out::Act::Believe,
        speech::Act::Warn => out::Act::Warn,
    }
}

fn how(how: speech::SpeakerHow) -> out::How {
    match how {
        speech::SpeakerHow::Named => out::How::Named,
        speech::SpeakerHow::Title => out::How::Title,
        speech::SpeakerHow::NullSubject => out::How::NullSubject,
        speech::SpeakerHow::Pronoun => out::How::Pronoun,
        speech::SpeakerHow::CarriedOver => out::How::CarriedOver,
    }
}

fn channel_kind(kind: speech::ChannelKind) -> out::ChannelKind {
    match kind {
        speech::ChannelKind::Post => out::ChannelKind::Post,
        speech::ChannelKind::Statement => out::ChannelKind::Statement,
        speech::ChannelKind::PressConference => out::ChannelKind::PressConference,
        speech::ChannelKind::Interview => out::ChannelKind::Interview,
        speech::ChannelKind::PhoneCall => out::ChannelKind::PhoneCall,
        speech::ChannelKind::Speech => out::ChannelKind::Speech,
        speech::ChannelKind::Letter => out::ChannelKind::Letter,
        speech::ChannelKind::Meeting => out::ChannelKind::Meeting,
        speech::ChannelKind::Broadcast => out::ChannelKind::Broadcast,
        speech::ChannelKind::Report => out::ChannelKind::Report,
        speech::ChannelKind::Sources => out::ChannelKind::Sources,
    }
}
