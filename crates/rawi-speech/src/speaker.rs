//! Who it is: sources, hidden subjects and pronouns over the whole article.

use std::ops::Range;

use rawi_morph::{Agreement, Number};
use rawi_names::phrase::{Extent, Kind, Phrase};
use rawi_names::{Cast, EntityId, How, Tags};

use crate::attribution;
use crate::channel;
use crate::draft::{Draft, Source};
use crate::statement::{Speaker, SpeakerHow};
use crate::view::View;

/// How many earlier speakers are kept in mind.
const MEMORY: usize = 8;

/// Follows the speakers through an article, statement by statement.
pub(crate) struct Speakers<'c> {
    pub(crate) cast: &'c mut Cast,
    /// Last speakers, latest first.
    recent: Vec<EntityId>,
}

/// A speaker with the reason.
pub(crate) struct Resolved {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) why: String,
    /// 0 to 1: how far the choice lowers the confidence.
    pub(crate) trust: f32,
}

impl<'c> Speakers<'c> {
    pub(crate) fn new(cast: &'c mut Cast) -> Self {
        Speakers {
            cast,
            recent: Vec::new(),
        }
    }

    /// Resolves a phrase that is no speaker (addressee, transmitter).
    pub(crate) fn other(&mut self, view: &View<'_>, range: &Range<usize>) -> EntityId {
        let phrase = view.reader().describe(range.clone());
        self.cast.meet(&view.reader(), &phrase, &self.recent).0
    }

    /// Resolves the speaker of a draft. `outer` is the speaker of the statement
    /// that the draft stands in, who is not the one that a hidden subject means
    /// by default; `same` the speaker of the cue before in the same sentence.
    pub(crate) fn resolve(
        &mut self,
        view: &View<'_>,
        draft: &Draft,
        same: Option<EntityId>,
        nested: bool,
    ) -> Resolved {
        let resolved = match &draft.source {
            Source::Phrase(range) => self.phrase(view, range),
            Source::Hidden(agreement) => self.hidden(
                view,
                draft,
                *agreement,
                same,
                nested,
                SpeakerHow::NullSubject,
            ),
            Source::Pronoun(agreement) => {
                self.hidden(view, draft, *agreement, same, nested, SpeakerHow::Pronoun)
            }
            Source::Nobody => Resolved {
                speaker: None,
                why: "the text names no source".into(),
                trust: 0.8,
            },
        };
        if let Some(speaker) = resolved.speaker
            && !nested
        {
            self.said(speaker.entity);
        }
        resolved
    }

    fn said(&mut self, id: EntityId) {
        self.recent.retain(|&r| r != id);
        self.recent.insert(0, id);
        self.recent.truncate(MEMORY);
    }

    fn phrase(&mut self, view: &View<'_>, range: &Range<usize>) -> Resolved {
        let phrase = view.reader().describe(range.clone());
        if let Some(resolved) = self.document(view, &phrase) {
            return resolved;
        }
        let (id, how) = self.cast.meet(&view.reader(), &phrase, &self.recent);
        let (how, trust) = match how {
            How::Named => (SpeakerHow::Named, 0.97),
            How::Title => (SpeakerHow::Title, 0.85),
        };
        let name = &self.cast.get(id).name;
        let why = match how {
            SpeakerHow::Title => format!("the description points back to {name}"),
            _ => format!("the source names {name}"),
        };
        Resolved {
            speaker: Some(Speaker { entity: id, how }),
            why,
            trust,
        }
    }

    /// `بيان صادر عن وزارة كذا`, `البيان`: the issuer speaks.
    fn document(&mut self, view: &View<'_>, phrase: &Phrase) -> Option<Resolved> {
        let head = phrase.head;
        if phrase.name.is_some()
            || view.is(head, Tags::TITLE | Tags::BODY | Tags::GROUP | Tags::OUTLET)
        {
            return None;
        }
        channel::noun_at(view, head, phrase.range.end.max(head + 1))?;
        let limit = view.sentence_end(head).min(head + 12);
        let issuer = (head + 1..limit)
            .take_while(|&k| view.is_word(k) && view.complementizer(k).is_none())
            .find(|&k| {
                view.is(k, Tags::BODY | Tags::OUTLET | Tags::OFFICE) && !view.info(k).conjunction
            });
        if let Some(start) = issuer {
            let stop = view.reader().extent(start, limit, Extent::Strict);
            let issuer = view.reader().describe(start..stop.max(start + 1));
            let (entity, _) = self.cast.meet(&view.reader(), &issuer, &self.recent);
            return Some(Resolved {
                speaker: Some(Speaker {
                    entity,
                    how: SpeakerHow::Named,
                }),
                why: "the document's issuer speaks".into(),
                trust: 0.85,
            });
        }
        if !view.info(head).article {
            return None;
        }
        let entity = *self.recent.first()?;
        Some(Resolved {
            speaker: Some(Speaker {
                entity,
                how: SpeakerHow::Title,
            }),
            why: format!(
                "the document is that of the last speaker, {}",
                self.cast.get(entity).name
            ),
            trust: 0.7,
        })
    }

    fn hidden(
        &mut self,
        view: &View<'_>,
        draft: &Draft,
        agreement: Agreement,
        same: Option<EntityId>,
        nested: bool,
        how: SpeakerHow,
    ) -> Resolved {
        let token = draft.cue.start;
        let found = |id: EntityId, why: String, trust: f32| Resolved {
            speaker: Some(Speaker { entity: id, how }),
            why,
            trust,
        };
        let named = |s: &Self, id: EntityId| s.cast.get(id).name.clone();
        if nested && let Some(id) = self.near(view, token, agreement, view.sentence_start(token)) {
            let name = named(self, id);
            return found(
                id,
                format!("inside reported speech, {name} was mentioned last"),
                0.6,
            );
        }
        if let Some(id) = same
            && fits(self.cast.get(id).agreement, agreement)
        {
            let name = named(self, id);
            return found(
                id,
                format!("the cue before in this sentence has {name}"),
                0.93,
            );
        }
        let choice = self
            .recent
            .iter()
            .copied()
            .find(|&id| fits(self.cast.get(id).agreement, agreement));
        if let Some(id) = choice {
            let passed: Vec<String> = self
                .recent
                .iter()
                .take_while(|&&r| r != id)
                .map(|&r| named(self, r))
                .collect();
            let mut why = format!(
                "the verb hides its subject; {} spoke last and agrees with it",
                named(self, id)
            );
            if !passed.is_empty() {
                why.push_str(&format!(
                    "; passed over for agreement: {}",
                    passed.join(", ")
                ));
            }
            return found(id, why, 0.88);
        }
        let last = self
            .topic(view, token, agreement)
            .or_else(|| self.recent.first().copied());
        match last {
            Some(id) => {
                let name = named(self, id);
                found(
                    id,
                    format!(
                        "no speaker before agrees with the verb; {name} is the nearest subject"
                    ),
                    0.6,
                )
            }
            None => Resolved {
                speaker: None,
                why: "nobody before the verb can be its subject".into(),
                trust: 0.5,
            },
        }
    }

    /// The person mentioned last before a token, not before `from`.
    fn near(
        &self,
        view: &View<'_>,
        token: usize,
        agreement: Agreement,
        from: usize,
    ) -> Option<EntityId> {
        let (low, high) = (view.span(from).start, view.span(token).start);
        let last = |id: EntityId| {
            self.cast
                .get(id)
                .mentions
                .iter()
                .rev()
                .find(|m| m.span.start >= low && m.span.end <= high)
                .map(|m| m.span.start)
        };
        (0..self.cast.entities().len())
            .map(EntityId)
            .filter(|&id| fits(self.cast.get(id).agreement, agreement))
            .filter_map(|id| last(id).map(|at| (at, id)))
            .max()
            .map(|(_, id)| id)
    }

    /// The likeliest subject of the narration: the first person or body of this
    /// sentence before the cue, or of the sentence before.
    fn topic(&mut self, view: &View<'_>, token: usize, agreement: Agreement) -> Option<EntityId> {
        let sentence = view.sentence_of[token] as usize;
        for s in [Some(sentence), sentence.checked_sub(1)]
            .into_iter()
            .flatten()
        {
            let range = &view.layout.sentences()[s];
            let end = (range.end as usize).min(token);
            let start =
                attribution::content_start(view, end.saturating_sub(1).max(range.start as usize));
            if let Some(id) = self.first_in(view, start, end, agreement) {
                return Some(id);
            }
        }
        None
    }

    fn first_in(
        &mut self,
        view: &View<'_>,
        start: usize,
        end: usize,
        agreement: Agreement,
    ) -> Option<EntityId> {
        let mut i = start;
        while i < end {
            let info = view.info(i);
            let begins = info.is(Tags::TITLE
                | Tags::BODY
                | Tags::GROUP
                | Tags::COUNTRY
                | Tags::GIVEN
                | Tags::OUTLET)
                && !info.inside
                && info.preposition.is_none()
                && (i == start
                    || view.preposition(i - 1).is_none()
                        && !view.info(i - 1).is(Tags::PREPOSITION));
            if begins {
                let stop = view.reader().extent(i, end, Extent::Strict).max(i + 1);
                let phrase = view.reader().describe(i..stop);
                if phrase.kind != Kind::Other && fits(phrase.agreement, agreement) {
                    return Some(self.cast.meet(&view.reader(), &phrase, &self.recent).0);
                }
                i = stop;
            } else {
                i += 1;
            }
        }
        None
    }
}

/// Whether somebody can be the subject of a form: a body or group counts as
/// feminine or plural as the writer likes.
fn fits(who: Agreement, form: Agreement) -> bool {
    if who.number == Some(Number::Plural) && form.number == Some(Number::Singular) {
        return false;
    }
    who.fits(form) || who.number == Some(Number::Plural) && form.number == Some(Number::Plural)
}
