//! One article from triggers to events.

use rawi_model::{Feature, Row};
use rawi_morph::Person;
use rawi_morph::conjugation::Aspect;
use rawi_names::{Cast, EntityId, Kind, MentionId, Tags};
use rawi_speech::{Form, Statement};
use rawi_text::{Facts, Few, Span};
use rawi_words::events::{EventType, Needs, Status};

use crate::among::{Among, Place};
use crate::arguments::{self, Arguments};
use crate::code;
use crate::domain::Fields;
use crate::event::{Event, Why};
use crate::evidence;
use crate::facts::WordFacts;
use crate::judge::{EARLY, JUDGE, Judge, Lanes};
use crate::merge::{self, Told};
use crate::scene::Scene;
use crate::setting;
use crate::sides::{self, Question, Ranked, Sides};
use crate::sign::Sign;
use crate::status;
use crate::trigger::{self, Trigger};
use crate::view::{Article, View};

/// A candidate is left out below this share before anybody asks for its sides; one that
/// nothing speaks against, below half of it.
const HOPELESS: f32 = 0.1;

/// Finds the events of articles. Owns the buffers that one article after
/// another fills.
#[derive(Debug, Default)]
pub struct Worker {
    facts: Facts<WordFacts>,
    sentence_of: Vec<u32>,
    among: Among,
    scene: Scene,
}

impl Worker {
    /// A worker with empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the events of an article, in text order.
    pub fn read(&mut self, article: Article<'_>, cast: &Cast, judge: &Judge<'_>) -> Vec<Event> {
        self.work(article, cast, judge, None)
    }

    /// The same, and keeps what speaks for and against every candidate, for whoever
    /// trains the model.
    pub fn record(
        &mut self,
        article: Article<'_>,
        cast: &Cast,
        judge: &Judge<'_>,
    ) -> (Vec<Event>, Vec<Candidate>) {
        let mut record = Vec::new();
        let events = self.work(article, cast, judge, Some(&mut record));
        (events, record)
    }

    fn work(
        &mut self,
        article: Article<'_>,
        cast: &Cast,
        judge: &Judge<'_>,
        record: Option<&mut Vec<Candidate>>,
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
        self.among.fill(article.layout, article.statements);
        self.scene.clear();
        let mut teller = Teller {
            view: &view,
            fields: &Fields::of(&view),
            cast,
            topic: None,
            among: &self.among,
            judge,
            scene: &mut self.scene,
            paragraph: None,
            record,
        };
        let mut found: Vec<Proposal> = Vec::new();
        for i in 0..view.len() {
            if article.layout.furniture_at(i).is_none() {
                teller.at(i, &mut found);
            }
        }
        teller.retell(&mut found);
        let told = teller.tell(found);
        merge::merge(told)
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

/// Who acts in the sentence so far.
pub(crate) struct Topic {
    pub(crate) sentence: u32,
    pub(crate) ids: Few<EntityId>,
    /// Whether they stand face to face (`التقى الوزير السفير`) and not side by side.
    pub(crate) facing: bool,
}

/// What speaks for and against one candidate, for whoever trains the model.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its type.
    pub kind: EventType,
    /// The characters of its trigger.
    pub trigger: Span,
    /// Those of the word that completes it.
    pub rest: Option<Span>,
    /// Which weights count.
    pub lanes: Lanes,
    /// What its words and their place say.
    pub early: Vec<Feature>,
    /// What its sides say, as the model chose them.
    pub late: Vec<Feature>,
    /// Whoever may be a side, with what speaks for it.
    pub sides: Vec<(EntityId, Vec<Feature>)>,
}

/// A candidate on its way.
struct Proposal {
    t: Trigger,
    place: Place,
    arguments: Arguments,
    sides: Sides,
    lanes: Lanes,
    /// The sums of all weights so far.
    row: Row,
    early: f32,
    share: f32,
    status: status::Decided,
    /// Its number in the record.
    recorded: usize,
}

/// Tells the events of one article, token by token.
pub(crate) struct Teller<'v, 'a, 'c> {
    pub(crate) view: &'v View<'a>,
    fields: &'v Fields,
    pub(crate) cast: &'c Cast,
    pub(crate) topic: Option<Topic>,
    among: &'v Among,
    judge: &'v Judge<'v>,
    pub(crate) scene: &'v mut Scene,
    /// The paragraph of the last event with its contexts.
    paragraph: Option<(usize, Few<&'static str>)>,
    record: Option<&'v mut Vec<Candidate>>,
}

impl<'a> Teller<'_, 'a, '_> {
    /// Finds what token `i` may tell.
    fn at(&mut self, i: usize, found: &mut Vec<Proposal>) {
        let place = self.among.place(i);
        let mut candidates = trigger::read(self.view, i, place.cue.is_some());
        // The noun of a compound tells its event too.
        let completes = found.iter().rev().take(8).any(|p| p.t.rest == Some(i));
        let mut topic = None;
        for mut t in candidates.drain(..) {
            t.signs.put(Sign::Completes, completes);
            if let Some((proposal, ruled)) = self.propose(t, place) {
                topic = topic.or(ruled);
                found.push(proposal);
            }
        }
        let speaker = || place.cue.and_then(|c| self.statement(c)?.speaker);
        if topic.is_some() {
            self.topic = topic;
        } else if let Some(speaker) = speaker() {
            self.topic = Some(Topic {
                sentence: self.view.sentence_of[i],
                ids: Few::from_iter([speaker.entity]),
                facing: false,
            });
        }
    }

    pub(crate) fn statement(&self, index: usize) -> Option<&'a Statement> {
        self.view.article.statements.get(index)
    }

    /// Weighs a candidate; none if it is hopeless. Where the rules would tell it, who
    /// acts in it is what goes on being told of.
    fn propose(&mut self, t: Trigger, place: Place) -> Option<(Proposal, Option<Topic>)> {
        let view = self.view;
        self.scene.enter(view, t.token);
        let (within, cue) = (
            place.within.and_then(|w| self.statement(w)),
            place.cue.and_then(|c| self.statement(c)),
        );
        let lanes = Lanes {
            noun: t.noun,
            quad: t.row.kind.quad(),
            only: self.scene.only,
        };
        let early_features = evidence::of(view, self.scene, self.fields, &t, within);
        let mut row = self.judge.sum(&early_features);
        let around = match self.scene.odds {
            Some(odds) => odds,
            None => self.judge.sum(&evidence::words(view, self.scene)),
        };
        self.scene.odds = Some(around);
        add(&mut row, &around);
        let early = self.judge.share(&row, lanes, EARLY);
        let hopeless = match t.signs.reject() {
            true => HOPELESS,
            false => HOPELESS / 2.0,
        };
        if early < hopeless && self.record.is_none() {
            return None;
        }
        self.scene.meet(view, self.cast);
        let mut arguments = arguments::read(view, &t);
        let ruled = self.ruled(&t, &place, &mut arguments);
        let mut signs = self.missed(&t, within, &arguments, &ruled);
        let mut decided = status::of(view, &t, arguments.status);
        if let Some(s) = within {
            decided = status::told(s.act, decided);
        }
        let unreal = matches!(decided.0, Status::Hypothetical | Status::Negated);
        let one_sided = ruled.actors.is_empty() || ruled.recipients.is_empty();
        signs.put(Sign::Unreal, unreal && one_sided);
        signs.put(Sign::Field, !self.fields.is_political());
        let question = Question {
            view,
            cast: self.cast,
            scene: self.scene,
            trigger: &t,
            arguments: &arguments,
            ruled: &ruled,
            cue,
            within,
        };
        let mut ranked: Few<Ranked, 16> = Few::new();
        let mut side_features = Vec::new();
        for (rank, party) in question.parties().iter().enumerate() {
            let bag = question.features(party, rank);
            let mention = party.mention.and_then(|k| self.scene.mentioned.get(k));
            ranked.push(Ranked {
                id: party.id,
                shares: self.judge.shares(&bag.0, lanes),
                range: mention.map(|m| m.range.clone()),
                joined: mention.is_some_and(|m| m.joined),
            });
            if self.record.is_some() {
                side_features.push((party.id, bag.0.to_vec()));
            }
        }
        let chosen = sides::choose(&ranked, self.judge.sides_least);
        let late = evidence::with_sides(view, &t, signs, &arguments, &ruled, &chosen, decided.0);
        add(&mut row, &self.judge.sum(&late));
        let mut recorded = 0;
        if let Some(record) = &mut self.record {
            recorded = record.len();
            let mut early = early_features.to_vec();
            early.extend(evidence::words(view, self.scene));
            record.push(Candidate {
                kind: t.row.kind,
                trigger: view.span(t.token),
                rest: t.rest.map(|k| view.span(k)),
                lanes,
                early,
                late: late.to_vec(),
                sides: side_features,
            });
        }
        let topic = (!signs.reject() && !ruled.actors.is_empty()).then(|| Topic {
            sentence: view.sentence_of[t.token],
            ids: ruled.actors.clone(),
            facing: t.row.kind == EventType::Consult,
        });
        let proposal = Proposal {
            t,
            place,
            arguments,
            sides: chosen,
            lanes,
            row,
            early,
            share: 0.0,
            status: decided,
            recorded,
        };
        Some((proposal, topic))
    }

    /// Weighs how each is told elsewhere, which ends the judgment.
    fn retell(&mut self, found: &mut [Proposal]) {
        let sentences = &self.view.sentence_of;
        for i in 0..found.len() {
            let own = &found[i];
            let mut told = evidence::Retold::default();
            // Of a long text's candidates the near ones are asked.
            let near = i.saturating_sub(NEAR)..found.len().min(i + NEAR);
            for (k, other) in (near.start..).zip(&found[near]) {
                if k == i || other.t.row.kind != own.t.row.kind || other.t.token == own.t.token {
                    continue;
                }
                let sure = 1 + (other.early * 4.0) as u64;
                if sentences[other.t.token] == sentences[own.t.token] {
                    told.beside = told.beside.max(sure * 2 + u64::from(k < i));
                }
                if own.sides.shares(&other.sides) {
                    let place = if k < i {
                        &mut told.before
                    } else {
                        &mut told.behind
                    };
                    *place = (*place).max(sure);
                }
            }
            let features = evidence::retold(own.t.row.kind, own.t.noun, told);
            if let Some(record) = &mut self.record {
                record[own.recorded].late.extend(features.iter().copied());
            }
            let more = self.judge.sum(&features);
            let own = &mut found[i];
            add(&mut own.row, &more);
            own.share = self.judge.share(&own.row, own.lanes, JUDGE);
        }
    }

    /// The events: of those who share a word the surest, if it is sure enough.
    fn tell(&mut self, mut found: Vec<Proposal>) -> Vec<Told> {
        found.retain(|p| {
            let somebody = !p.sides.actors.is_empty() || !p.sides.recipients.is_empty();
            somebody && self.judge.tells(p.t.row.kind, p.share)
        });
        found.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.t.token.cmp(&b.t.token)));
        let mut taken = vec![false; self.view.len()];
        let mut told = Vec::new();
        for p in found {
            let words = [Some(p.t.token), p.t.rest];
            if words.iter().flatten().any(|&k| taken[k]) {
                continue;
            }
            for k in words.into_iter().flatten() {
                taken[k] = true;
            }
            told.push(Told {
                sentence: self.view.sentence_of[p.t.token],
                definite: p.t.noun && p.t.definite,
                casualties: p.t.row.frame.needs.has(Needs::VIOLENCE),
                event: self.event(p),
            });
        }
        // A compound is told at its verb and pinned to its noun.
        told.sort_by_key(|t| t.event.trigger.start);
        told
    }

    fn event(&mut self, p: Proposal) -> Event {
        let view = self.view;
        let t = &p.t;
        let date = setting::dates(view, t)
            .into_iter()
            .find(|&(token, _)| self.tells(p.place.within, token, t))
            .map(|(_, value)| value);
        let decided = status::dated(view, date, p.status);
        let claim = self.claim(p.place.within, t).filter(|&(s, who)| {
            // `أعلن الوزير استقالته`: who announces a deed of his own does it.
            let nominal = view.article.statements[s].form == Form::Nominal;
            !(nominal && p.sides.actors.contains(&who))
        });
        let mut trigger = trigger_span(view, t);
        if claim.is_some_and(|(s, _)| !tells(&view.article.statements[s], trigger)) {
            // The noun of a compound stands behind what was said: the verb is in it.
            trigger = view.span(t.token);
        }
        Event {
            kind: t.row.kind,
            mode: t.row.mode,
            contexts: self.contexts(t),
            trigger,
            mentions: Few::new(),
            // Two digits are all that can be meant.
            confidence: (p.share * 100.0).round() / 100.0,
            actors: p.sides.actors,
            recipients: p.sides.recipients,
            status: decided.0,
            statement: claim.map(|(s, _)| s),
            claimed_by: claim.map(|(_, who)| who),
            date,
            place: setting::place(view, t, self.cast),
            why: Why {
                row: (t.row.file, t.row.line),
                trigger: t.row.trigger,
                filled: [
                    (p.arguments.actor_slots, p.arguments.hidden),
                    (p.arguments.recipient_slots, p.arguments.pronoun),
                ],
                status: decided.1,
            },
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

    /// The statement that alone vouches for the event, and its speaker. Who says
    /// `ندعو` does it: no claim is needed.
    fn claim(&self, within: Option<usize>, t: &Trigger) -> Option<(usize, EntityId)> {
        let index = within?;
        let speaker = self.statement(index)?.speaker?.entity;
        (t.agreement.person != Person::First || t.noun).then_some((index, speaker))
    }
}

/// How far away in the list of candidates another telling may be.
const NEAR: usize = 60;

fn add(row: &mut Row, more: &Row) {
    for (sum, more) in row.iter_mut().zip(more) {
        *sum += more;
    }
}

/// Whether a span stands in what a statement says.
fn tells(statement: &Statement, span: Span) -> bool {
    let mut pieces = statement.content.iter();
    pieces.any(|p| p.start <= span.start && span.end <= p.end)
}

/// Whether a word that completes a trigger names an event itself.
fn names(view: &View<'_>, k: usize) -> bool {
    let mut forms = view.facts(k).triggers.iter().flat_map(|r| r.forms());
    forms.any(|f| f.form.aspect == Aspect::Masdar && f.row.rest.is_empty())
}

fn trigger_span(view: &View<'_>, t: &Trigger) -> Span {
    let own = view.span(t.token);
    match t.rest {
        Some(rest) if rest == t.token + 1 => own.cover(view.span(rest)),
        // `أجرى الوزير محادثات`: the noun names the event, the verb only helps.
        Some(rest) if !t.noun && (view.is_light(t.token) || names(view, rest)) => view.span(rest),
        _ => own,
    }
}
