//! One article from triggers to events.

use std::cell::OnceCell;

use rawi_morph::Person;
use rawi_morph::conjugation::Aspect;
use rawi_names::{Cast, EntityId, Kind, MentionId, NameType, Tags};
use rawi_speech::{Act, Form, Statement};
use rawi_text::{Facts, Few, Span};
use rawi_words::events::{EventType, Needs, Quad, Slots, Standing, Status, attached};

use crate::among::{Among, Place};
use crate::arguments::{self, Arguments, Side};
use crate::domain::Fields;
use crate::event::{Event, Why};
use crate::evidence;
use crate::facts::WordFacts;
use crate::judge::Judge;
use crate::merge::{self, Told};
use crate::setting;
use crate::status;
use crate::trigger::{self, Trigger};
use crate::view::{Article, View};
use crate::{clause, code, party};

/// Finds the events of articles. Owns the buffers that one article after
/// another fills.
#[derive(Debug, Default)]
pub struct Worker {
    facts: Facts<WordFacts>,
    sentence_of: Vec<u32>,
    among: Among,
}

impl Worker {
    /// A worker with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds whatever the tables take for an event of an article, in text order, and
    /// lets the judge pick among them; without one all are given, with what speaks
    /// for them.
    pub fn read(
        &mut self,
        article: Article<'_>,
        cast: &Cast,
        judge: Option<&Judge<'_>>,
    ) -> Vec<Event> {
        let (spellings, words) = (article.layout.spellings(), article.words);
        self.facts
            .extend_from(spellings, |id, word| WordFacts::of(word, words.keys_of(id)));
        self.sentence_of.clear();
        for (s, range) in (0..).zip(article.layout.sentences()) {
            self.sentence_of.resize(range.end as usize, s);
        }
        let countries = countries(&article, cast);
        let view = View {
            article,
            cast,
            facts: &self.facts,
            sentence_of: &self.sentence_of,
            countries: &countries,
        };
        let fields = Fields::of(&view);
        if !fields.is_political() {
            return Vec::new();
        }
        self.among.fill(article.layout, article.statements);
        let mut teller = Teller {
            view: &view,
            fields: &fields,
            cast,
            topic: None,
            among: &self.among,
            judge,
            sentence: Sentence::default(),
            paragraph: None,
        };
        let mut told: Vec<Told> = Vec::new();
        for i in 0..view.len() {
            // The noun of a compound has told its event.
            if told.iter().rev().take(3).any(|e| e.rest == Some(i))
                || article.layout.furniture_at(i).is_some()
            {
                continue;
            }
            told.extend(teller.at(i));
        }
        // A compound is told at its verb and pinned to its noun.
        told.sort_by_key(|t| t.event.trigger.start);
        let mut events = merge::merge(told);
        for event in &mut events {
            let retold = evidence::retold(event);
            match judge {
                Some(judge) => event.odds += judge.odds(&[retold]),
                None => event.evidence.push(retold),
            }
        }
        match judge {
            Some(judge) => judge.judge(events),
            None => events,
        }
    }

    /// ISO code of the country that an entity of the article read last is, belongs to
    /// or speaks for.
    pub fn country(
        &self,
        article: &Article<'_>,
        cast: &Cast,
        id: EntityId,
    ) -> Option<&'static str> {
        code::country(article, &self.facts, cast, id)
    }

    /// PLOVER sectors of an entity of the article read last: what the table of known
    /// entities says; else the first word of its mentions that shows one. A country or
    /// capital that acts stands for its government.
    pub fn sector(&self, article: &Article<'_>, cast: &Cast, id: EntityId) -> Option<&'static str> {
        code::sector(article, &self.facts, cast, id)
    }
}

/// The countries that an article names, each with its entity.
fn countries(article: &Article<'_>, cast: &Cast) -> Few<(&'static str, EntityId), 8> {
    let mut out = Few::new();
    for (id, mention) in (0..).map(MentionId).zip(cast.mentions().all()) {
        let word = article.words.get(mention.tokens.start);
        if mention.what == Kind::Place
            && word.is(Tags::COUNTRY)
            && let Some(country) = word.country()
            && !out.iter().any(|(iso3, _)| *iso3 == country.iso3)
        {
            out.push((country.iso3, cast.who(id)));
        }
    }
    out
}

/// What is asked of a sentence for each of its triggers.
#[derive(Default)]
struct Sentence {
    /// Its index plus one; zero before the first.
    number: u32,
    /// The features of its words, for whoever weighs them later.
    words: OnceCell<evidence::Features>,
    /// What they weigh together.
    odds: OnceCell<i32>,
    /// How many of its words speak of violence.
    violent: OnceCell<usize>,
}

/// Who acts in the sentence so far.
pub(crate) struct Topic {
    pub(crate) sentence: u32,
    pub(crate) ids: Few<EntityId>,
    /// Whether they stand face to face (`التقى الوزير السفير`) and not side by side.
    pub(crate) facing: bool,
}

/// Tells the events of one article, token by token.
pub(crate) struct Teller<'v, 'a, 'c> {
    pub(crate) view: &'v View<'a>,
    fields: &'v Fields,
    pub(crate) cast: &'c Cast,
    pub(crate) topic: Option<Topic>,
    among: &'v Among,
    judge: Option<&'v Judge<'v>>,
    sentence: Sentence,
    /// The paragraph of the last event with its contexts.
    paragraph: Option<(usize, Few<&'static str>)>,
}

impl<'a> Teller<'_, 'a, '_> {
    /// The event that token `i` tells, if it tells one.
    fn at(&mut self, i: usize) -> Option<Told> {
        let place = self.among.place(i);
        let candidates = trigger::read(self.view, i, place.cue.is_some());
        let told = candidates.iter().find_map(|t| {
            if trigger::is_figure(self.view, t) {
                return None;
            }
            let event = self.event(t, &place)?;
            Some(Told {
                event,
                rest: t.rest,
                sentence: self.view.sentence_of[i],
                definite: t.noun && t.definite,
                casualties: t.row.frame.needs.has(Needs::VIOLENCE),
            })
        });
        if let Some(told) = &told {
            if !told.event.actors.is_empty() {
                self.topic = Some(Topic {
                    sentence: told.sentence,
                    ids: told.event.actors.clone(),
                    facing: told.event.kind == EventType::Consult,
                });
            }
        } else if let Some(speaker) = place.cue.and_then(|c| self.statement(c)?.speaker) {
            self.topic = Some(Topic {
                sentence: self.view.sentence_of[i],
                ids: Few::from_iter([speaker.entity]),
                facing: false,
            });
        }
        told
    }

    fn statement(&self, index: usize) -> Option<&'a Statement> {
        self.view.article.statements.get(index)
    }

    fn event(&mut self, t: &Trigger, place: &Place) -> Option<Event> {
        let view = self.view;
        let needs = t.row.frame.needs;
        let within = place.within.and_then(|w| self.statement(w));
        // What is demanded or threatened is the matter of the demand.
        let matter = within.is_some_and(|s| {
            matches!(s.act, Act::Demand | Act::Threaten | Act::Warn | Act::Ask)
                && s.form != Form::Quote
        });
        let led = t.preposition.and_then(attached) == Some(Slots::BI);
        if matter || needs.has(Needs::LED) && !led {
            return None;
        }
        let mut arguments = arguments::read(view, t);
        self.enter(t.token);
        if !self.surroundings_fit(t, &arguments) {
            return None;
        }
        let cue = place.cue.and_then(|c| self.statement(c));
        if let Some(cue) = cue {
            self.take_from_statement(t, cue, &mut arguments);
        }
        let mut actors = self.acting(&arguments.actors);
        // `لقائه الرئيس`: the pronoun is one side of two.
        let lacks = actors.is_empty() || needs.has(Needs::TWO) && actors.len() == 1;
        let own = if t.noun {
            Slots::SUBJECT | Slots::GENITIVE
        } else {
            Slots::SUBJECT
        };
        if lacks
            && (arguments.hidden || t.agreement.person == Person::First)
            && t.row.frame.actor.any(own)
        {
            let hidden = self.hidden_subject(t, within);
            actors.insert_many(0, hidden);
            actors.dedup();
        }
        actors.retain(|id| self.is_side(*id));
        let mut recipients = self.resolve(&arguments.recipients);
        // `أنه تعرض للضرب`
        if recipients.is_empty() && arguments.hidden && t.row.frame.recipient.any(Slots::SUBJECT) {
            recipients = self.hidden_subject(t, within);
        }
        // `قال الوزير بعد اجتماع مع نظيره`: who acts in the sentence is the other side.
        if t.noun
            && needs.has(Needs::TWO)
            && actors.len() == 1
            && arguments.actor_slots.any(Slots::WITH)
        {
            let sentence = view.sentence_of[t.token];
            let topic = self
                .topic
                .as_ref()
                .filter(|topic| topic.sentence == sentence);
            let other = topic.and_then(|t| t.ids.iter().find(|id| !actors.contains(id)));
            actors.insert_many(0, other.copied());
        }
        if let Some(with) = arguments.partner.filter(|_| actors.len() < 2) {
            let partner = self.pointed_at(with, &actors);
            actors.extend(partner);
        }
        if recipients.is_empty() {
            let at = arguments.pronoun.then_some(t.token).or(arguments.pointed);
            recipients.extend(at.and_then(|at| self.pointed_at(at, &actors)));
        }
        let named = |id: &EntityId| {
            arguments
                .recipients
                .iter()
                .any(|s| matches!(s, Side::Known(k) if k == id))
        };
        recipients.retain(|id| (named(id) || self.is_side(*id)) && !actors.contains(id));
        if !self.fills(needs, &actors, &recipients) {
            return None;
        }
        if self.is_matter(t, &actors, &recipients, cue.is_some()) {
            return None;
        }
        let date = setting::dates(view, t)
            .into_iter()
            .find(|&(token, _)| self.tells(place.within, token, t))
            .map(|(_, value)| value);
        let mut decided = status::of(view, t, arguments.status);
        decided = status::dated(view, date, decided);
        if let Some(s) = within {
            decided = status::told(s.act, decided);
        }
        let unreal = matches!(decided.0, Status::Hypothetical | Status::Negated);
        if unreal && (actors.is_empty() || recipients.is_empty()) {
            return None;
        }
        let claim = self.claim(place.within, t);
        let mut trigger = trigger_span(view, t);
        if claim.is_some_and(|(s, _)| !tells(&view.article.statements[s], trigger)) {
            // The noun of a compound stands behind what was said: the verb is in it.
            trigger = view.span(t.token);
        }
        let mut event = Event {
            kind: t.row.kind,
            mode: t.row.mode,
            contexts: self.contexts(t),
            trigger,
            mentions: Few::new(),
            confidence: 0.0,
            actors,
            recipients,
            status: decided.0,
            statement: claim.map(|(s, _)| s),
            claimed_by: claim.map(|(_, who)| who),
            date,
            place: setting::place(view, t, self.cast),
            why: Why {
                row: (t.row.file, t.row.line),
                trigger: t.row.trigger,
                filled: [
                    (arguments.actor_slots, arguments.hidden),
                    (arguments.recipient_slots, arguments.pronoun),
                ],
                status: decided.1,
            },
            evidence: Vec::new(),
            odds: 0,
        };
        let told = evidence::Told {
            reports: cue.is_some(),
            within,
        };
        let mut features = evidence::of(view, self.cast, self.fields, t, &arguments, &event, &told);
        let words = || evidence::words(view, t.token);
        match self.judge {
            // A long text has many events: no more is kept of each than is needed.
            Some(judge) => {
                let around = self.sentence.odds.get_or_init(|| judge.odds(&words()));
                event.odds = judge.odds(&features) + around;
            }
            None => {
                features.extend_from_slice(self.sentence.words.get_or_init(words));
                event.evidence = features.into_vec();
            }
        }
        Some(event)
    }

    /// Comes to the sentence of token `i`, which is looked over once for all of its
    /// triggers.
    fn enter(&mut self, i: usize) {
        let number = self.view.sentence_of[i] + 1;
        if self.sentence.number != number {
            self.sentence = Sentence {
                number,
                ..Sentence::default()
            };
        }
    }

    /// The contexts of the paragraph of a trigger.
    fn contexts(&mut self, t: &Trigger) -> Few<&'static str> {
        let paragraphs = self.view.article.layout.paragraphs();
        let at = paragraphs.partition_point(|p| p.end as usize <= t.token);
        if self.paragraph.as_ref().is_none_or(|known| known.0 != at) {
            let contexts = paragraphs.get(at).map_or_else(Few::new, |p| {
                setting::contexts(self.view, p.start as usize..p.end as usize)
            });
            self.paragraph = Some((at, contexts));
        }
        self.paragraph
            .as_ref()
            .map_or_else(Few::new, |known| known.1.clone())
    }

    /// Whether the time at token `at` is told by whoever tells the event: not if it
    /// stands in words that the event has no part in (`قال في اتصال مع نظيره إن
    /// المدارس ستفتح الأربعاء`).
    fn tells(&self, within: Option<usize>, at: usize, t: &Trigger) -> bool {
        let time = self.among.place(at).within;
        let here = self.view.span(t.token);
        time == within
            || time
                .and_then(|k| self.statement(k))
                .is_none_or(|s| s.content.iter().any(|c| c.contains(here)))
    }

    fn fills(&self, needs: Needs, actors: &[EntityId], recipients: &[EntityId]) -> bool {
        let enough = !(actors.is_empty() && recipients.is_empty());
        let actor = !needs.has(Needs::ACTOR) || !actors.is_empty();
        let recipient = !needs.has(Needs::RECIPIENT) || !recipients.is_empty();
        // `اجتمع الوزراء`: several in one word.
        let several = |id: &EntityId| self.cast.get(*id).agreement.is_several();
        let two = !needs.has(Needs::TWO) || actors.len() > 1 || actors.iter().any(several);
        // An act of speech is somebody's.
        let speech = !needs.has(Needs::SPEECH) || !actors.is_empty();
        enough && actor && recipient && two && speech
    }

    /// Whether a trigger of speech names a matter or a habit and no act: a noun
    /// (`دعم`, `موافقة`) with one side only, or an imperfect (`يدعم`, `ترفض`) that
    /// reports nothing.
    fn is_matter(
        &self,
        t: &Trigger,
        actors: &[EntityId],
        recipients: &[EntityId],
        reports: bool,
    ) -> bool {
        let quad = t.row.kind.quad();
        if !matches!(quad, Quad::VerbalConflict | Quad::VerbalCooperation)
            || t.row.kind == EventType::Consult
            || t.row.frame.needs.has(Needs::TWO)
        {
            return false;
        }
        let one_sided = actors.is_empty() || recipients.is_empty();
        let habit = t.aspect == Aspect::Imperfect
            && one_sided
            && !t.future
            && !reports
            && t.agreement.person != Person::First;
        t.noun && t.rest.is_none() && one_sided || habit
    }

    /// Whether the words around a trigger are what its row asks for.
    fn surroundings_fit(&self, t: &Trigger, arguments: &Arguments) -> bool {
        let view = self.view;
        let needs = t.row.frame.needs;
        let all = |sides: &[Side], test: &dyn Fn(&std::ops::Range<usize>) -> bool| {
            sides.iter().all(|s| match s {
                Side::Phrase(range) => test(range),
                Side::Known(_) | Side::Nation(_) => true,
            })
        };
        let standing = |r: &std::ops::Range<usize>| party::standing(view, r);
        if needs.has(Needs::PEOPLE) && !all(&arguments.recipients, &|r| party::is_people(view, r)) {
            return false;
        }
        if needs.has(Needs::RIVAL)
            && !all(&arguments.recipients, &|r| party::is_power(view, r))
            && !clause::tells_own_deed(view, t.token)
        {
            return false;
        }
        if needs.has(Needs::COURT)
            && (arguments.actors.is_empty()
                || !all(&arguments.actors, &|r| party::is_court(view, r)))
        {
            return false;
        }
        if needs.has(Needs::OWN) && !t.rest.is_some_and(|k| view.points_to(k, t.agreement)) {
            return false;
        }
        if needs.has(Needs::CROWD)
            && !all(&arguments.actors, &|r| {
                standing(r) == Some(Standing::People)
            })
        {
            return false;
        }
        if needs.has(Needs::STATE)
            && !all(&arguments.actors, &|r| {
                matches!(standing(r), Some(Standing::State | Standing::Armed))
                    || view.reader().describe(r.clone()).kind == Kind::Place
            })
        {
            return false;
        }
        if needs.has(Needs::VISITOR) {
            let travels = |r: &std::ops::Range<usize>| {
                view.reader().describe(r.clone()).kind == Kind::Person
                    && standing(r) == Some(Standing::State)
            };
            let place =
                |r: &std::ops::Range<usize>| view.reader().describe(r.clone()).kind == Kind::Place;
            if !all(&arguments.actors, &travels) || !all(&arguments.recipients, &place) {
                return false;
            }
        }
        if needs.has(Needs::TRANSITIVE)
            && (arguments.actors.is_empty() || arguments.recipients.is_empty())
        {
            return false;
        }
        !needs.has(Needs::VIOLENCE) || self.is_violent(t)
    }

    /// Whether the sentence speaks of violence beside the trigger itself.
    fn is_violent(&self, t: &Trigger) -> bool {
        let view = self.view;
        let violent = |&k: &usize| view.is_word(k) && speaks_of_violence(view, k);
        let count = || view.sentence(t.token).filter(violent).count();
        let own = usize::from(speaks_of_violence(view, t.token));
        *self.sentence.violent.get_or_init(count) > own
    }

    /// Whether an entity can be a side: anybody but the press and buildings. Of what no
    /// table knows its first phrase tells whether it is somebody.
    pub(crate) fn is_side(&self, id: EntityId) -> bool {
        let entity = self.cast.get(id);
        if entity.label == Some(NameType::Facility) {
            return false;
        }
        match entity.kind {
            Kind::Outlet => false,
            Kind::Other => {
                let mut first = self.cast.mentions_of(id).take(1);
                first.any(|m| party::is_somebody(self.view, &m.phrase))
            }
            _ => true,
        }
    }

    /// The statement that alone vouches for the event, and its speaker. Who says
    /// `ندعو` does it: no claim is needed.
    fn claim(&self, within: Option<usize>, t: &Trigger) -> Option<(usize, EntityId)> {
        let index = within?;
        let speaker = self.statement(index)?.speaker?.entity;
        (t.agreement.person != Person::First || t.noun).then_some((index, speaker))
    }
}

/// Whether a word is one of arms or of an attack.
fn speaks_of_violence(view: &View<'_>, k: usize) -> bool {
    let armed = party::standing_of(view, k) == Some(Standing::Armed);
    armed || view.facts(k).violent
}

/// Whether a span stands in what a statement says.
fn tells(statement: &Statement, span: Span) -> bool {
    let mut pieces = statement.content.iter();
    pieces.any(|p| p.start <= span.start && span.end <= p.end)
}

fn trigger_span(view: &View<'_>, t: &Trigger) -> Span {
    let own = view.span(t.token);
    match t.rest {
        Some(rest) if rest == t.token + 1 => own.cover(view.span(rest)),
        // `أجرى الوزير محادثات`: the noun names the event, the verb only helps.
        Some(rest) if !t.noun && view.is_light(t.token) => view.span(rest),
        _ => own,
    }
}
