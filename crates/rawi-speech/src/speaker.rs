//! Who it is: sources, hidden subjects and pronouns over the whole article.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Gender, Number};
use rawi_names::phrase::{Kind, Phrase};
use rawi_names::{Cast, EntityId, How, Roles, Tags};
use rawi_text::Few;
use rawi_text::proclitic::TO;
use rawi_words::reporting::Link;

use crate::attribution;
use crate::candidate::{self, Hint, Nearby, Scene};
use crate::channel;
use crate::choice::{Judge, Meant, Scratch};
use crate::draft::{Bounded, Draft, Source};
use crate::model::Question;
use crate::read::content_spans;
use crate::remark;
use crate::statement::{Speaker, SpeakerHow};
use crate::view::View;

/// How many earlier speakers are kept in mind.
const MEMORY: usize = 8;

/// So many lines of page furniture may stand between a sentence and the one
/// before.
const PAGE: usize = 9;

/// Whoever is named around a cue.
type Near = Few<Nearby, 8>;

/// Follows the speakers through an article, statement by statement.
pub(crate) struct Speakers<'c> {
    pub(crate) cast: &'c Cast,
    /// Last speakers, latest first.
    recent: Few<EntityId, MEMORY>,
    /// Persons who were the subject of a feminine verb, whatever their title.
    women: BTreeSet<EntityId>,
}

/// Who spoke around a statement.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Turn {
    /// The speaker of the cue before in the same sentence, at the same depth.
    pub(crate) same: Option<EntityId>,
    /// The tokens of what was said there.
    pub(crate) told: Option<(usize, usize)>,
    /// The speaker of the cue before, wherever it is.
    pub(crate) before: Option<EntityId>,
    /// The speaker of the statement that this one stands in.
    pub(crate) outer: Option<EntityId>,
    /// Whether it stands in another.
    pub(crate) nested: bool,
    /// Whether it stands in another speaker's own words.
    pub(crate) own_words: bool,
    /// Whoever has just asked something, and whom.
    pub(crate) asker: Option<EntityId>,
    pub(crate) hearer: Option<EntityId>,
}

/// A speaker with the reason.
pub(crate) struct Resolved {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) why: Cow<'static, str>,
    /// 0 to 1: how far the choice lowers the confidence.
    pub(crate) trust: f32,
    /// Whether the speaker is the issuer of the document that is the source.
    pub(crate) issued: bool,
}

impl<'c> Speakers<'c> {
    pub(crate) fn new(cast: &'c Cast) -> Self {
        Speakers {
            cast,
            recent: Few::new(),
            women: BTreeSet::new(),
        }
    }

    /// Resolves a phrase that is no speaker (addressee, transmitter).
    pub(crate) fn other(&self, view: &View<'_>, range: &Range<usize>) -> Option<EntityId> {
        let phrase = view.reader().describe(range.clone());
        self.cast.of(&phrase).map(|(id, _)| id)
    }

    /// Whom a pronoun on the verb means: the one last spoken to, else the party
    /// named last before it, if it agrees and doesn't speak.
    pub(crate) fn meant(
        &mut self,
        view: &View<'_>,
        draft: &Draft,
        speaker: Option<EntityId>,
        last: &[EntityId],
    ) -> Option<EntityId> {
        let pronoun = draft.hearer?;
        let mut near = self.nearby(view, draft.cue.start);
        let led = |n: &Nearby| n.place & 1;
        let person = |n: &Nearby| self.cast.get(n.id).kind == Kind::Person;
        near.sort_by_key(|n| (n.back, !person(n), led(n), usize::MAX - n.order));
        let fits = |id: EntityId| {
            let who = self.cast.get(id);
            let several = pronoun.is_several();
            Some(id) != speaker
                && !matches!(who.kind, Kind::Other)
                && several == (who.agreement.number == Some(Number::Plural))
                && (several || who.agreement.fits(pronoun))
        };
        let mut all = last.iter().copied().chain(near.iter().map(|n| n.id));
        all.find(|&id| fits(id))
    }

    /// Resolves the speaker of a draft.
    pub(crate) fn resolve(
        &mut self,
        view: &View<'_>,
        bounded: &Bounded,
        turn: &Turn,
        judge: &mut Judge<'_>,
    ) -> Resolved {
        let hidden = |agreement, how| Hint { agreement, how };
        let resolved = match bounded.draft.source {
            Source::Phrase(ref range) => {
                let resolved = self.phrase(view, range, judge);
                self.note_gender(&bounded.draft, range, &resolved);
                resolved
            }
            Source::Bound(ref range, _) => {
                let mut resolved = self.phrase(view, range, judge);
                let why = |_: &Scratch| format!("the verb hides its subject; {}", resolved.why);
                resolved.why = judge.because(why);
                resolved.issued = false;
                if let Some(speaker) = &mut resolved.speaker {
                    speaker.how = SpeakerHow::NullSubject;
                }
                resolved
            }
            Source::Hidden(agreement) => {
                let hint = hidden(agreement, SpeakerHow::NullSubject);
                self.hidden(view, bounded, &hint, turn, judge)
            }
            Source::Pronoun(agreement) => {
                let hint = hidden(agreement, SpeakerHow::Pronoun);
                self.hidden(view, bounded, &hint, turn, judge)
            }
            Source::Before => Resolved {
                speaker: turn.before.map(|entity| Speaker {
                    entity,
                    how: SpeakerHow::CarriedOver,
                }),
                why: "goes on from the statement before".into(),
                trust: 0.9,
                issued: false,
            },
            Source::Guest => Resolved {
                speaker: self.guest(view, bounded.draft.cue.start),
                why: "the article's person answers".into(),
                trust: 0.6,
                issued: false,
            },
            Source::Nobody => Resolved {
                speaker: None,
                why: "the label names nobody".into(),
                trust: 0.9,
                issued: false,
            },
        };
        if let Some(speaker) = resolved.speaker
            && !turn.nested
        {
            self.said(speaker.entity);
        }
        resolved
    }

    /// The one who is interviewed: of the persons named before token `i` the one
    /// whom the article names most.
    fn guest(&self, view: &View<'_>, i: usize) -> Option<Speaker> {
        let here = view.span(i).start;
        let named = |e: &rawi_names::Entity| e.kind == Kind::Person && e.named;
        let all = self.cast.entities().iter().enumerate();
        let first = |id| {
            self.cast
                .mentions_of(EntityId(id))
                .next()
                .map(|m| m.span.start)
        };
        let early = all.filter(|&(id, e)| named(e) && first(id).is_some_and(|f| f < here));
        let (id, _) = early.min_by_key(|&(id, _)| {
            let count = self.cast.mentions_of(EntityId(id)).len();
            (usize::MAX - count, first(id))
        })?;
        Some(Speaker {
            entity: EntityId(id),
            how: SpeakerHow::CarriedOver,
        })
    }

    /// A verb right before its subject shows the gender of a person whose title
    /// or name doesn't: `قالت المتحدث باسم الوزارة`.
    fn note_gender(&mut self, draft: &Draft, range: &Range<usize>, resolved: &Resolved) {
        let verb = draft.aspect.is_some_and(Aspect::is_finite);
        let she = draft.agreement.gender == Some(Gender::Feminine);
        if let Some(speaker) = resolved.speaker
            && verb
            && she
            && range.start == draft.cue.end
            && self.cast.get(speaker.entity).kind == Kind::Person
        {
            self.women.insert(speaker.entity);
        }
    }

    fn said(&mut self, id: EntityId) {
        self.recent.retain(|r| *r != id);
        self.recent.truncate(MEMORY - 1);
        self.recent.insert(0, id);
    }

    fn phrase(&mut self, view: &View<'_>, range: &Range<usize>, judge: &Judge<'_>) -> Resolved {
        let phrase = view.reader().describe(range.clone());
        if let Some(resolved) = self.document(view, &phrase, judge) {
            return resolved;
        }
        let mut who = self.cast.of(&phrase);
        // `المصدر ذاته`: if nobody was called so before, whoever spoke last.
        let last = phrase.first_end.saturating_sub(1);
        let again = last > phrase.head && view.words.bare_plays(view.layout, last, Roles::ITSELF);
        if again
            && who.is_none_or(|(_, how)| how == How::Named)
            && let Some(&spoke) = self.recent.first()
        {
            who = Some((spoke, How::Title));
        }
        let Some((id, how)) = who else {
            return Resolved {
                speaker: None,
                why: "the source mentions nobody".into(),
                trust: 0.5,
                issued: false,
            };
        };
        let (how, trust) = match how {
            How::Named => (SpeakerHow::Named, 0.97),
            How::Title => (SpeakerHow::Title, 0.85),
        };
        let name = &self.cast.get(id).name;
        let why = judge.because(|_| match how {
            SpeakerHow::Title => format!("the description points back to {name}"),
            _ => format!("the source names {name}"),
        });
        Resolved {
            speaker: Some(Speaker { entity: id, how }),
            why,
            trust,
            issued: false,
        }
    }

    /// `بيان صادر عن وزارة كذا`, `البيان`: the issuer speaks.
    fn document(
        &mut self,
        view: &View<'_>,
        phrase: &Phrase,
        judge: &Judge<'_>,
    ) -> Option<Resolved> {
        let head = phrase.head;
        if phrase.name.is_some()
            || view.is(head, Tags::TITLE | Tags::BODY | Tags::GROUP | Tags::OUTLET)
        {
            return None;
        }
        let channel = channel::noun_at(view, head, phrase.range.end.max(head + 1)).is_some();
        if !channel && !view.is(head, Tags::DOCUMENT) {
            return None;
        }
        let limit = view.sentence_end(head).min(head + 12);
        // `دراسة أجرتها غرفة التجارة`, `تقرير لصندوق النقد`
        let issues = |k: usize| {
            channel
                || k == head + 1
                || view.info(k).preposition == Some(TO)
                || view.is(k - 1, Tags::VERB)
                || view.info(k - 1).pos == rawi_morph::Pos::Verb
                || view.preposition(k - 1) == Some(Link::AN)
        };
        let issuer = (head + 1..limit)
            .take_while(|&k| view.is_word(k) && view.complementizer(k).is_none())
            .find(|&k| {
                view.is(k, Tags::BODY | Tags::OUTLET | Tags::OFFICE) && !view.info(k).conjunction
            })
            .filter(|&k| issues(k) && !remark::received(view, k));
        if let Some(start) = issuer {
            let issuer = view.reader().describe(view.phrase_at(start, limit));
            // `دراسة أجراها فريق من جامعة كذا`: some team issues nothing.
            if !channel && view.preposition(start + 1).is_some() {
                return None;
            }
            let (entity, _) = self.cast.of(&issuer)?;
            return Some(Resolved {
                speaker: Some(Speaker {
                    entity,
                    how: SpeakerHow::Named,
                }),
                why: "the document's issuer speaks".into(),
                trust: 0.85,
                issued: true,
            });
        }
        if !channel || !view.info(head).article {
            return None;
        }
        let entity = *self.recent.first()?;
        Some(Resolved {
            speaker: Some(Speaker {
                entity,
                how: SpeakerHow::Title,
            }),
            why: judge.because(|_| {
                let name = &self.cast.get(entity).name;
                format!("the document is that of the last speaker, {name}")
            }),
            trust: 0.7,
            issued: false,
        })
    }

    /// A hidden subject or a pronoun: the model chooses among whoever it can be.
    fn hidden(
        &mut self,
        view: &View<'_>,
        bounded: &Bounded,
        hint: &Hint,
        turn: &Turn,
        judge: &mut Judge<'_>,
    ) -> Resolved {
        let draft = &bounded.draft;
        let token = draft.cue.start;
        let nearby = self.nearby(view, token);
        let lately = self.cast.lately(view.span(token).start, candidate::LATELY);
        let scene = Scene {
            view,
            cast: self.cast,
            recent: &self.recent,
            nearby: &nearby,
            lately: &lately,
            draft,
            hint,
            turn,
            women: &self.women,
        };
        if let Some(hearer) = turn
            .hearer
            .filter(|&h| draft.frames.answer && scene.possible(h))
        {
            return Resolved {
                speaker: Some(Speaker {
                    entity: hearer,
                    how: hint.how,
                }),
                why: judge
                    .because(|_| format!("{} was asked and answers", self.cast.get(hearer).name)),
                trust: 0.9,
                issued: false,
            };
        }
        candidate::answers(&scene, &mut judge.scratch.who);
        let cue = view.layout.cover(draft.cue.clone());
        let who = std::mem::take(&mut judge.scratch.who);
        let best = judge.best(
            Question::Speaker,
            who.len(),
            cue,
            || content_spans(view, bounded),
            |k| Meant {
                entity: who[k],
                span: None,
            },
            |k, out| scene.weigh(who[k], out),
        );
        judge.scratch.who = who;
        let (who, trust) = (judge.scratch.who[best], judge.scratch.shares[best]);
        let why = judge.because(|scratch| rather(self.cast, hint, scratch, best));
        Resolved {
            speaker: who.map(|entity| Speaker {
                entity,
                how: hint.how,
            }),
            why,
            trust,
            issued: false,
        }
    }

    /// Whoever stands in this sentence before the cue, and in the one before.
    fn nearby(&mut self, view: &View<'_>, token: usize) -> Near {
        let sentence = view.sentence_of[token] as usize;
        let mut out = Near::new();
        let sentences = view.layout.sentences();
        let before = (sentence.saturating_sub(PAGE)..sentence).rev().find(|&s| {
            view.layout
                .furniture_at(sentences[s].start as usize)
                .is_none_or(|f| !f.stands_apart())
        });
        for (back, s) in [Some(sentence), before].into_iter().enumerate() {
            let Some(s) = s else { continue };
            let range = &view.layout.sentences()[s];
            let end = (range.end as usize).min(token);
            let start =
                attribution::content_start(view, end.saturating_sub(1).max(range.start as usize));
            self.parties(view, start..end, back, &mut out);
        }
        out
    }

    /// The parties that a stretch of text names, in order.
    fn parties(&self, view: &View<'_>, range: Range<usize>, back: usize, out: &mut Near) {
        let (mut from, mut order) = (range.start, 0);
        for id in self.cast.mentions().within(range.clone()) {
            let mention = self.cast.mentions().get(id);
            let i = mention.tokens.start;
            let document = view.is(mention.head, Tags::DOCUMENT) && mention.definite;
            let party = mention.what != Kind::Other || document;
            if !party || i < from || view.layout.furniture_at(i).is_some() {
                continue;
            }
            let before = i.checked_sub(1).filter(|&b| b >= range.start);
            let led = view.is_led(i, range.start);
            let verb = before.is_some_and(|b| {
                view.is(b, Tags::ACTION | Tags::REPORT | Tags::AUXILIARY)
                    || view.info(b).pos == rawi_morph::Pos::Verb
            });
            let first = i == range.start || before.is_some_and(|b| view.is_comma(b));
            out.push(Nearby {
                id: self.cast.who(id),
                back,
                order,
                place: u64::from(led) | u64::from(verb) << 1 | u64::from(first) << 2,
            });
            order += 1;
            from = mention.phrase.end.max(mention.tokens.end);
        }
    }
}

/// Whom the model chose, and whom it chose least unwillingly instead.
fn rather(cast: &Cast, hint: &Hint, scratch: &Scratch, best: usize) -> String {
    let Scratch { who, shares, .. } = scratch;
    let name = |k: usize| who[k].map_or("nobody", |id| cast.get(id).name.as_str());
    let told = |k: usize| format!("{} ({:.2})", name(k), shares[k]);
    let mut order: Vec<usize> = (0..who.len()).filter(|&k| k != best).collect();
    order.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]).then(a.cmp(&b)));
    let others: Vec<String> = order.iter().take(3).map(|&k| told(k)).collect();
    let mut why = format!("{}; {}", hint.what(), told(best));
    if !others.is_empty() {
        why.push_str(&format!(" rather than {}", others.join(", ")));
    }
    why
}
