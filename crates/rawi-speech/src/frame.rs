//! From a cue to a draft: which frame of its verb the text shows.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags, plays};

use crate::cue::{CueToken, Cues, Reading};
use crate::draft::Draft;
use crate::frames::Link;
use crate::gap::{self, Gap};
use crate::statement::Form;
use crate::subject;
use crate::view::View;
use crate::{lexicon, nominal};

/// How far from its cue a message may begin, in tokens.
const REACH: usize = 45;

/// The same for a bare noun (`إعلان المجلس أن`), which reports only what
/// follows it closely.
const NOUN_REACH: usize = 6;

/// Fewer words than this after a verb without any mark are no speech.
const SHORTEST_BARE: usize = 5;

/// Fewer words than this in marks are speech only after a colon.
const SHORTEST_QUOTE: usize = 3;

/// Where the message of a cue begins.
enum Marker {
    /// At `أن`/`إن`.
    That(usize),
    /// At the opening mark of a quote.
    Quote(usize),
    /// After a colon, without marks.
    Colon(usize),
    /// Right after the subject, with nothing to open it.
    Bare(usize),
}

/// Reads the frame of a cue. The first of its readings that fits wins.
pub(crate) fn read(view: &View<'_>, cues: &Cues, cue: &CueToken) -> Option<Draft> {
    cues.readings(cue).iter().find_map(|reading| {
        Cue {
            view,
            cues,
            cue,
            reading,
        }
        .draft()
    })
}

/// One reading of one cue.
pub(crate) struct Cue<'c, 'a> {
    pub(crate) view: &'c View<'a>,
    pub(crate) cues: &'c Cues,
    pub(crate) cue: &'c CueToken,
    pub(crate) reading: &'c Reading,
}

impl Cue<'_, '_> {
    /// The first token after the cue.
    pub(crate) fn after(&self) -> usize {
        self.cue.token + self.reading.words
    }

    fn draft(&self) -> Option<Draft> {
        let marker = self.marker();
        let spoken = marker.as_ref().and_then(|m| self.spoken(m));
        let nominal = nominal::draft(self, spoken.as_ref().map(|d| d.start));
        // A noun phrase before the clause is the message, and the clause its
        // complement: `أعرب عن أمله في أن …`.
        nominal.or(spoken)
    }

    /// The first thing after the cue that can open a clause or a quote.
    fn marker(&self) -> Option<Marker> {
        let view = self.view;
        let frames = &self.reading.verb().frames;
        let noun = self.reading.form.aspect == Aspect::Masdar && !self.reading.form.pronoun;
        let reach = if noun { NOUN_REACH } else { REACH };
        let end = view.sentence_end(self.cue.token).min(self.after() + reach);
        let mut i = self.after();
        // A short quote before the clause is a name in marks.
        let mut named: Option<usize> = None;
        while i < end {
            if frames.whether && self.asks(i) {
                return Some(Marker::That(i));
            }
            if let Some(link) = view.complementizer(i) {
                return self.takes(link).then_some(Marker::That(i));
            }
            if let Some((_, quote)) = view.quote_opening(i) {
                let close = view.quote_end(quote);
                if view.quote_words(quote) <= 3 && i > self.after() && close < end {
                    named.get_or_insert(i);
                    i = close + 1;
                    continue;
                }
                return frames.quote.then_some(Marker::Quote(i));
            }
            if view.word(i) == ":" {
                return self.colon(i, end);
            }
            if self.blocks(i) {
                break;
            }
            i += 1;
        }
        named
            .filter(|_| frames.quote)
            .filter(|&q| view.word(q - 1) == ":" || q == self.after())
            .map(Marker::Quote)
            .or_else(|| self.bare(end))
    }

    /// Whether the verb takes a clause behind this link. Writers are free with
    /// `أن` and `بأن`, except after verbs that mean something else without.
    fn takes(&self, link: Link) -> bool {
        let frames = &self.reading.verb().frames;
        let free = matches!(link, Link::DIRECT | Link::BI) && frames.that.0 != 0 && !frames.weak;
        frames.that.has(link) || free || link == Link::DIRECT && self.stands_in().is_some()
    }

    /// `جاء في بيان للوزارة أن`: the document in which the message stands.
    pub(crate) fn stands_in(&self) -> Option<Range<usize>> {
        let (view, at) = (self.view, self.after());
        let inside = self.reading.verb().frames.that.has(Link::FI)
            && self.reading.finite()
            && at + 1 < view.len()
            && view.word(at) == "في"
            && view.is(at + 1, Tags::DOCUMENT);
        let end = view.sentence_end(self.cue.token).min(at + REACH);
        inside.then(|| {
            at + 1
                ..view
                    .reader()
                    .extent(at + 1, end, Extent::Strict)
                    .max(at + 2)
        })
    }

    /// Whether an indirect question begins at `i`: `هل …`, `ما إذا …`.
    fn asks(&self, i: usize) -> bool {
        let view = self.view;
        plays(view.word(i), Roles::QUESTION)
            || view.word(i) == "ما" && i + 1 < view.len() && view.word(i + 1) == "اذا"
    }

    /// `وأضاف فلان نرفض هذا`: verbs that do nothing but introduce speech.
    fn bare(&self, end: usize) -> Option<Marker> {
        let view = self.view;
        if !self.reading.verb().frames.bare || !self.reading.finite() || self.reading.form.pronoun {
            return None;
        }
        let gap = self.gap(self.after()..end);
        let start = gap.leftover?;
        let long = (start..end).filter(|&k| view.is_word(k)).count() >= SHORTEST_BARE;
        let named = gap.subject.is_some_and(|s| s.end <= start) || self.cue.conjunction;
        (long && named && view.is_word(start)).then_some(Marker::Bare(start))
    }

    fn colon(&self, colon: usize, end: usize) -> Option<Marker> {
        let view = self.view;
        let frames = &self.reading.verb().frames;
        let next = colon + 1;
        if next >= end {
            // The quote may stand in a paragraph of its own.
            let quoted = next < view.len() && view.quote_opening(next).is_some();
            return (quoted && frames.quote).then_some(Marker::Quote(next));
        }
        if view.quote_opening(next).is_some() {
            return frames.quote.then_some(Marker::Quote(next));
        }
        if view.complementizer(next).is_some() {
            return (frames.that.0 != 0 || frames.quote).then_some(Marker::That(next));
        }
        frames.quote.then_some(Marker::Colon(next))
    }

    /// Whether the search for the message must stop at token `i`.
    fn blocks(&self, i: usize) -> bool {
        let view = self.view;
        if view.is_stop(i) {
            return true;
        }
        let Some(other) = self.cues.at(i) else {
            return view.is(i, Tags::ACTION) && view.info(i).conjunction;
        };
        let after_break =
            other.conjunction || view.is_comma(i - 1) || view.is(i - 1, Tags::PARTICLE);
        self.cues
            .readings(other)
            .iter()
            .any(|r| match r.form.aspect {
                Aspect::Perfect | Aspect::Imperfect => {
                    after_break && !view.is(i, Tags::TITLE | Tags::BODY)
                }
                Aspect::Participle => view.is_comma(i - 1) || !view.is(i, Tags::TITLE),
                Aspect::Masdar => {
                    r.form.pronoun && (r.verb().lemma == "قول" || r.verb().lemma == "قال")
                }
            })
            && !self.is_auxiliary_pair(i)
    }

    /// `قال مضيفا`, `أردف قائلا`: two cues for one message; the second leads.
    fn is_auxiliary_pair(&self, i: usize) -> bool {
        let lemma = self.cues.at(i).map(|c| self.cues.readings(c));
        i <= self.after() + 1
            && lemma.is_some_and(|rs| {
                rs.iter()
                    .any(|r| r.verb().lemma == "قال" && r.form.aspect == Aspect::Participle)
            })
    }

    /// The draft of a clause or quotation.
    fn spoken(&self, marker: &Marker) -> Option<Draft> {
        let view = self.view;
        let verb = self.reading.verb();
        let (start, form, frame, confidence) = match *marker {
            Marker::That(i) => (i, Form::Clause, "verb + that-clause", 0.93),
            Marker::Quote(i) => (i + 1, Form::Quote, "verb + quotation", 0.93),
            Marker::Colon(i) => (i, Form::Quote, "verb + colon", 0.85),
            Marker::Bare(i) => (i, Form::Quote, "verb + unmarked speech", 0.6),
        };
        let gap_end = match *marker {
            Marker::That(i) => i - usize::from(self.led(i)),
            Marker::Quote(i) | Marker::Colon(i) | Marker::Bare(i) => i,
        };
        let gap = self.gap(self.after()..gap_end.max(self.after()));
        let fixed = match *marker {
            Marker::Quote(i) => {
                let (_, quote) = view.quote_opening(i)?;
                vec![i + 1..view.quote_end(quote)]
            }
            _ => Vec::new(),
        };
        if fixed.iter().any(|r| r.is_empty()) {
            return None;
        }
        // Without a colon a quotation of a word or two is a name or a scare
        // quote, and one after words that are neither subject nor adjunct
        // belongs to those words.
        if let Marker::Quote(i) = *marker
            && view.word(i - 1) != ":"
        {
            let words = view
                .quote_opening(i)
                .map_or(0, |(_, q)| view.quote_words(q));
            if gap.leftover.is_some() || words < SHORTEST_QUOTE {
                return None;
            }
        }
        // `يذكر أن`, `يشار إلى أن`: the narrator's own reminder.
        if self.impersonal() && gap.subject.is_none() {
            return None;
        }
        if verb.frames.weak
            && matches!(marker, Marker::Colon(_))
            && gap.subject.is_none()
            && !self.reading.finite()
        {
            return None;
        }
        self.build(form, start, fixed, gap, frame, confidence)
    }

    /// Whether the verb is an impersonal passive, by lemma and place.
    fn impersonal(&self) -> bool {
        let word = self.view.word(self.cue.token);
        let bare = word.strip_prefix('و').unwrap_or(word);
        plays(bare, Roles::IMPERSONAL)
            && self.view.sentence_start(self.cue.token) + 2 > self.cue.token
    }

    /// Whether the clause at `i` is led by a preposition of its own.
    fn led(&self, i: usize) -> bool {
        i > self.after()
            && self.view.preposition(i - 1).is_some()
            && self
                .view
                .complementizer(i)
                .is_some_and(|l| l != Link::DIRECT && l != Link::BI)
    }

    fn gap(&self, range: Range<usize>) -> Gap {
        gap::read(
            self.view,
            range,
            self.reading.verb().frames.to,
            self.hides_subject(),
        )
    }

    /// Whether the form never has its subject after it.
    pub(crate) fn hides_subject(&self) -> bool {
        self.reading.form.aspect == Aspect::Participle
            || self.reading.form.aspect == Aspect::Masdar && self.reading.form.pronoun
    }

    /// Puts a draft together once the message is known.
    pub(crate) fn build(
        &self,
        form: Form,
        start: usize,
        fixed: Vec<Range<usize>>,
        mut gap: Gap,
        frame: &'static str,
        confidence: f32,
    ) -> Option<Draft> {
        let verb = self.reading.verb();
        // An object that is spoken to: `أبلغ نظيره أن`, `داعيا الدولة إلى`.
        let (subject, object) = subject::split(self, &gap);
        gap.addressees.extend(object);
        let found = subject::find(self, subject)?;
        Some(Draft {
            form,
            act: verb.act,
            cue: self.cue.token..self.after(),
            lemma: verb.lemma,
            start,
            fixed,
            source: found.source,
            addressees: gap.addressees,
            channel: gap.channel.or(found.channel),
            via: found.via,
            frame,
            confidence,
            cuts: self.cuts(),
            boundary: "",
        })
    }

    /// Whether the cue opens a clause beside the one that is being reported.
    fn cuts(&self) -> bool {
        let view = self.view;
        let i = self.cue.token;
        if self.reading.form.aspect == Aspect::Participle {
            return true;
        }
        if self.cue.conjunction || i == view.sentence_start(i) {
            return self.reading.finite();
        }
        let mut before = i;
        while before > view.sentence_start(i) && view.word(before - 1) == "قد" {
            before -= 1;
        }
        self.reading.finite()
            && before > 0
            && plays(view.word(before - 1).trim_start_matches('و'), Roles::BESIDE)
    }

    /// Whether a noun carries a message by itself, by table, shape or pronoun.
    pub(crate) fn carries_message(&self, i: usize) -> bool {
        self.view.info(i).verbal
            || lexicon::carries_message(self.view.words.stem(self.view.layout, i))
    }

    /// The longest phrase that can be the subject after the cue.
    pub(crate) fn subject_extent(&self, limit: usize) -> usize {
        if self.hides_subject() {
            return self.after();
        }
        let (view, start) = (self.view, self.after());
        let end = view.reader().extent(start, limit, Extent::Strict);
        if !self.reading.verb().frames.to.has(Link::DIRECT) {
            return end;
        }
        subject::second_title(view, start, end).unwrap_or(end)
    }
}
