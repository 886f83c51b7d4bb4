//! From spans and ids inside the house to the contract at its border.

use std::collections::{BTreeSet, HashMap, HashSet};

use rawi_names::{Cast, Entity, EntityId, Kind, MentionKind as Named};
use rawi_speech as speech;
use rawi_text::Span;
use rawi_time::Date;
use rawi_time::value::{Point, Value};
use sha2::{Digest, Sha256};

use crate::reading as out;
use crate::{Article, Reading};

/// What the stages found in one article.
pub(crate) struct Stages<'a> {
    /// What the stages before the events found.
    pub(crate) article: rawi_events::Article<'a>,
    pub(crate) cast: &'a Cast,
    pub(crate) events: &'a [rawi_events::Event],
    /// Where the day of publication comes from, if the caller gave none.
    pub(crate) published_from: Option<out::PublishedFrom>,
    pub(crate) explain: bool,
}

/// Puts a reading together.
pub(crate) fn reading(article: &Article, stages: &Stages<'_>) -> Reading {
    let people = People::of(stages);
    Reading {
        id: article.id.clone(),
        schema: out::SCHEMA,
        published: stages.article.published.map(|day| day.to_string()),
        published_from: stages.published_from,
        outlet: article.outlet.clone(),
        text_sha256: hash(&article.text),
        engine: out::ENGINE.to_owned(),
        statements: stages
            .article
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
        entities: people
            .order
            .iter()
            .map(|&id| stages.entity(id, &people))
            .collect(),
        times: stages
            .article
            .times
            .iter()
            .map(|t| stages.time(t))
            .collect(),
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

/// The entities that a reading names, numbered by first mention.
struct People {
    order: Vec<EntityId>,
    /// The place of each in that order, from one.
    numbers: HashMap<EntityId, usize>,
    /// Those where something happens.
    places: HashSet<EntityId>,
}

impl People {
    fn of(stages: &Stages<'_>) -> People {
        let mut used: BTreeSet<EntityId> = BTreeSet::new();
        for s in stages.article.statements {
            used.extend(s.speaker.map(|x| x.entity));
            used.extend(&s.addressee);
            used.extend(&s.via);
        }
        for e in stages.events {
            used.extend(e.actors.iter().chain(&e.recipients));
            used.extend(e.claimed_by);
            used.extend(e.place);
        }
        let mut order: Vec<EntityId> = used.into_iter().collect();
        order.sort_by_key(|&id| (stages.cast.get(id).mentions.first().map(|m| m.span), id));
        People {
            numbers: order.iter().copied().zip(1..).collect(),
            places: stages.events.iter().filter_map(|e| e.place).collect(),
            order,
        }
    }

    fn id(&self, entity: EntityId) -> String {
        let number = self.numbers.get(&entity).copied().unwrap_or(0);
        format!("e{number}")
    }
}

impl Stages<'_> {
    fn piece(&self, span: Span) -> out::Piece {
        let chars = self.article.source.chars_of(span);
        out::Piece {
            start: chars.start.0,
            end: chars.end.0,
            text: self
                .article
                .source
                .slice(span)
                .unwrap_or_default()
                .to_owned(),
        }
    }

    fn participant(&self, id: EntityId, people: &People) -> out::Participant {
        out::Participant {
            entity: people.id(id),
            name: self.cast.get(id).name.clone(),
            code: rawi_events::code(&self.article, self.cast, id),
        }
    }

    fn statement(&self, index: usize, s: &speech::Statement, people: &People) -> out::Statement {
        out::Statement {
            id: format!("s{}", index + 1),
            form: match s.form {
                speech::Form::Quote => out::Form::Quote,
                speech::Form::Clause => out::Form::Clause,
                speech::Form::Nominal => out::Form::Nominal,
            },
            act: act(s.act),
            content: s.content.iter().map(|&c| self.piece(c)).collect(),
            cue: s.cue.map(|c| {
                let piece = self.piece(c.span);
                out::Cue {
                    start: piece.start,
                    end: piece.end,
                    text: piece.text,
                    lemma: c.lemma.to_owned(),
                }
            }),
            source: s.source.map(|span| self.piece(span)),
            speaker: s.speaker.map(|x| out::Speaker {
                entity: people.id(x.entity),
                name: self.cast.get(x.entity).name.clone(),
                how: how(x.how),
            }),
            addressee: s
                .addressee
                .iter()
                .map(|&id| self.participant(id, people))
                .collect(),
            channel: s.channel.map(|c| {
                let piece = self.piece(c.span);
                out::Channel {
                    start: piece.start,
                    end: piece.end,
                    text: piece.text,
                    kind: channel_kind(c.kind),
                    platform: c.platform.map(str::to_owned),
                }
            }),
            said_on: said_on(s, self.article.times).map(|day| day.to_string()),
            via: s.via.iter().map(|&id| people.id(id)).collect(),
            within: s.within.map(|i| format!("s{}", i + 1)),
            confidence: round(s.confidence),
            why: self.explain.then(|| out::Why {
                row: s.cue.and_then(|c| speech::row(c.lemma, s.act)),
                frame: s.why.frame.name().to_owned(),
                boundary: s.why.boundary.name().to_owned(),
                speaker: s.why.speaker.clone(),
            }),
        }
    }

    fn event(&self, index: usize, e: &rawi_events::Event, people: &People) -> out::Event {
        let all = |ids: &[EntityId]| ids.iter().map(|&id| self.participant(id, people)).collect();
        out::Event {
            id: format!("v{}", index + 1),
            kind: e.kind.name().to_owned(),
            mode: e.mode.map(str::to_owned),
            context: e.contexts.iter().map(|&c| c.to_owned()).collect(),
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
            claimed_by: e.claimed_by.map(|id| self.participant(id, people)),
            statement: e.statement.map(|i| format!("s{}", i + 1)),
            date: e.date.map(|date| date.to_string()),
            place: e.place.map(|id| self.participant(id, people)),
            score: round(e.kind.score(e.mode)),
            confidence: round(e.confidence),
            why: self.explain.then(|| out::EventWhy {
                row: e.why.row.clone(),
                trigger: e.why.trigger.to_owned(),
                frame: e.why.frame.clone(),
                status: e.why.status.to_owned(),
            }),
        }
    }

    fn entity(&self, id: EntityId, people: &People) -> out::Entity {
        let entity = self.cast.get(id);
        out::Entity {
            id: people.id(id),
            name: entity.name.clone(),
            name_en: name_en(entity).map(str::to_owned),
            kind: match entity.kind {
                Kind::Person => out::EntityType::Per,
                _ if people.places.contains(&id) => out::EntityType::Gpe,
                Kind::Place => out::EntityType::Gpe,
                Kind::Group => out::EntityType::Group,
                Kind::Body | Kind::Outlet | Kind::Other => out::EntityType::Org,
            },
            link: entity
                .known
                .map(|k| k.wikidata)
                .filter(|q| !q.is_empty())
                .map(str::to_owned),
            country: rawi_events::country(&self.article, self.cast, id).map(str::to_owned),
            sector: rawi_events::sector(&self.article, self.cast, id).map(str::to_owned),
            mentions: entity
                .mentions
                .iter()
                .map(|m| {
                    let piece = self.piece(m.span);
                    out::Mention {
                        start: piece.start,
                        end: piece.end,
                        text: piece.text,
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

    fn time(&self, t: &rawi_time::TimeMention) -> out::TimeMention {
        let piece = self.piece(t.span);
        out::TimeMention {
            start: piece.start,
            end: piece.end,
            text: piece.text,
            value: t.value.map(|v| v.to_string()),
            kind: match t.kind {
                rawi_time::TimeKind::Date => out::TimeKind::Date,
                rawi_time::TimeKind::Time => out::TimeKind::Time,
                rawi_time::TimeKind::Duration => out::TimeKind::Duration,
                rawi_time::TimeKind::Set => out::TimeKind::Set,
            },
        }
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
