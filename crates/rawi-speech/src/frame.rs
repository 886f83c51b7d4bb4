//! From a cue to a draft: which frame of its verb the text shows.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Pos, Pronouns};
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_text::proclitic::{IN, TO};
use rawi_words::reporting::Link;

use crate::attribution::{self, Phrase};
use crate::channel;
use crate::cue::{self, CueToken, Cues, Reading};
use crate::draft::{Draft, Pieces};
use crate::gap::{self, Gap};
use crate::hearer;
use crate::spelled::Mark;
use crate::statement::{Act, Form};
use crate::subject;
use crate::templates::{Boundary, FrameKind};
use crate::view::View;
use crate::{list, nominal};

/// How far from its cue a message may begin, in tokens.
const REACH: usize = 45;

/// The same, with the words of the cue and the mark in front of the message.
pub(crate) const FARTHEST: usize = REACH + 10;

/// The same for a bare noun (`إعلان المجلس أن`), which reports only what
/// follows it closely.
const NOUN_REACH: usize = 12;

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

/// Reads what a cue may report: every frame of its readings that the text
/// shows. Which of them holds is for the model to say.
pub(crate) fn read(
    view: &View<'_>,
    cues: &Cues,
    phrases: &[Phrase],
    cue: &CueToken,
    out: &mut Vec<Draft>,
) {
    let from = out.len();
    // `حث` is "urged" and "urging": the model of words tells.
    let readings = cues.readings(cue);
    let verb = cue.conjunction && view.info(cue.token).pos == Pos::Verb && cues.finite(cue);
    // `كشف النقاب عن` is no `كشف`, but `عبر عن` is `عبر`.
    let next = cue.token + 1;
    let compound = readings.iter().any(|r| r.words > 1)
        && next < view.len()
        && view.preposition(next).is_none();
    for reading in readings {
        if verb && reading.noun() || compound && reading.words == 1 {
            continue;
        }
        let cue = Cue {
            view,
            cues,
            phrases,
            cue,
            reading,
        };
        cue.drafts(|draft| {
            let same = |d: &Draft| d.start == draft.start && d.form == draft.form;
            if !out[from..].iter().any(same) {
                out.push(draft);
            }
        });
    }
}

/// One reading of one cue.
pub(crate) struct Cue<'c, 'a> {
    pub(crate) view: &'c View<'a>,
    pub(crate) cues: &'c Cues,
    pub(crate) phrases: &'c [Phrase],
    pub(crate) cue: &'c CueToken,
    pub(crate) reading: &'c Reading,
}

impl Cue<'_, '_> {
    /// The first token after the cue.
    pub(crate) fn after(&self) -> usize {
        self.cue.token + self.reading.words
    }

    /// Where the subject may begin: past the word that points back to what it
    /// was said in (`قال فيه الخبير`).
    pub(crate) fn subject_start(&self) -> usize {
        let after = self.after();
        after + usize::from(self.view.points_back(after))
    }

    /// Hands on every frame of this reading that the text shows.
    fn drafts(&self, mut put: impl FnMut(Draft)) {
        if let Some(list) = list::draft(self) {
            put(list);
            return;
        }
        let markers = self.markers();
        let mut starts: Few<usize, 4> = Few::new();
        for draft in markers.iter().filter_map(|m| self.spoken(m)) {
            starts.push(draft.start);
            put(draft);
        }
        // A noun phrase before the clause can be the message, and the clause its
        // complement: `أعرب عن أمله في أن …`.
        let clause = markers.iter().find_map(|m| match *m {
            Marker::That(i) => Some(i),
            _ => None,
        });
        for draft in nominal::drafts(self, clause) {
            if !starts.contains(&draft.start) {
                starts.push(draft.start);
                put(draft);
            }
        }
    }

    /// Whatever stands after the cue that can open a clause or a quote.
    fn markers(&self) -> Few<Marker> {
        let view = self.view;
        let frames = &self.reading.verb.frames;
        let noun = self.reading.noun();
        let reach = if noun { NOUN_REACH } else { REACH };
        let end = view.sentence_end(self.cue.token).min(self.after() + reach);
        // `رواية: …`: of nouns only those of plain saying introduce speech.
        let speech = frames.quote && (!noun || frames.bare);
        let mut out = Few::new();
        let mut i = self.after();
        while i < end {
            // `قال فلان، وفق ما أوردت وكالة كذا، إن …`
            if let Some(phrase) = attribution::over(self.phrases, i).filter(|p| p.tokens.start == i)
            {
                i = phrase.tokens.end.max(i + 1);
                continue;
            }
            if frames.whether && self.asks(i) {
                out.push(Marker::That(i));
                return out;
            }
            if let Some(link) = view.complementizer(i) {
                if self.takes(link) {
                    out.push(Marker::That(i));
                }
                return out;
            }
            if let Some((_, quote)) = view.quote_opening(i) {
                if speech && !out.iter().any(|m| matches!(m, Marker::Quote(_))) {
                    out.push(Marker::Quote(i));
                }
                // It may be a name in marks.
                i = view.quote_end(quote) + 1;
                continue;
            }
            if view.mark(i) == Mark::Colon {
                if speech {
                    out.extend(self.colon(i, end));
                }
                return out;
            }
            if self.blocks(i) {
                break;
            }
            i += 1;
        }
        out.extend(self.bare(end));
        out
    }

    /// Whether the verb takes a clause behind this link. Writers are free with
    /// `أن` and `بأن`, except after verbs that mean something else without.
    fn takes(&self, link: Link) -> bool {
        let frames = &self.reading.verb.frames;
        let free = matches!(link, Link::DIRECT | Link::BI) && frames.that.0 != 0;
        let inside = self.stands_in().is_some() || self.points_back();
        frames.that.has(link) || free || link == Link::DIRECT && inside
    }

    /// `رسالة جاء فيها أن`: the message stands in what was named before.
    pub(crate) fn points_back(&self) -> bool {
        let at = self.after();
        self.reading.verb.frames.that.has(Link::FI)
            && self.reading.finite()
            && self.view.points_back(at)
    }

    /// `جاء في بيان للوزارة أن`: the document in which the message stands.
    pub(crate) fn stands_in(&self) -> Option<Range<usize>> {
        let (view, at) = (self.view, self.after());
        let inside = self.reading.verb.frames.that.has(Link::FI)
            && self.reading.finite()
            && at + 1 < view.len()
            && view.preposition(at) == Some(Link::FI)
            && view.is(at + 1, Tags::DOCUMENT);
        let end = view.sentence_end(self.cue.token).min(at + REACH);
        inside.then(|| view.phrase_at(at + 1, end))
    }

    /// Whether an indirect question begins at `i`: `هل …`, `ما إذا …`.
    fn asks(&self, i: usize) -> bool {
        let view = self.view;
        view.plays(i, Roles::QUESTION)
            || view.plays(i, Roles::WHAT) && i + 1 < view.len() && view.plays(i + 1, Roles::IF)
    }

    /// `وأضاف فلان نرفض هذا`: verbs that do nothing but introduce speech.
    fn bare(&self, end: usize) -> Option<Marker> {
        let view = self.view;
        if !self.reading.verb.frames.bare || !self.reading.finite() || self.reading.form.pronoun {
            return None;
        }
        let gap = self.gap(self.after()..end);
        let start = gap.leftover?;
        let long = (start..end).filter(|&k| view.is_word(k)).count() >= SHORTEST_BARE;
        (long && view.is_word(start)).then_some(Marker::Bare(start))
    }

    fn colon(&self, colon: usize, end: usize) -> Option<Marker> {
        let view = self.view;
        let frames = &self.reading.verb.frames;
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
        // `وجه الوزير كلمة أكد فيها أن`: a clause of its own.
        let after_break = other.conjunction
            || view.points_back(i + 1)
            || view.is_comma(i - 1)
            || view.is(i - 1, Tags::PARTICLE);
        self.cues
            .readings(other)
            .iter()
            .any(|r| match r.form.aspect {
                Aspect::Perfect | Aspect::Imperfect => {
                    after_break && !view.is(i, Tags::TITLE | Tags::BODY)
                }
                Aspect::Participle => view.is_comma(i - 1) || !view.is(i, Tags::TITLE),
                Aspect::Masdar => r.form.pronoun && r.verb.frames.says,
            })
            && !self.is_auxiliary_pair(i)
    }

    /// `قال مضيفا`, `أردف قائلا`: two cues for one message; the second leads.
    fn is_auxiliary_pair(&self, i: usize) -> bool {
        let lemma = self.cues.at(i).map(|c| self.cues.readings(c));
        i <= self.after() + 1
            && lemma.is_some_and(|rs| {
                rs.iter()
                    .any(|r| r.verb.frames.says && r.form.aspect == Aspect::Participle)
            })
    }

    /// The draft of a clause or quotation.
    fn spoken(&self, marker: &Marker) -> Option<Draft> {
        let view = self.view;
        let verb = self.reading.verb;
        let (start, form, frame) = match *marker {
            Marker::That(i) => (i, Form::Clause, FrameKind::Clause),
            Marker::Quote(i) => (i + 1, Form::Quote, FrameKind::Quotation),
            Marker::Colon(i) => (i, Form::Quote, FrameKind::Colon),
            Marker::Bare(i) => (i, Form::Quote, FrameKind::Unmarked),
        };
        let gap_end = match *marker {
            Marker::That(i) => i - usize::from(self.led(i)),
            Marker::Quote(i) | Marker::Colon(i) | Marker::Bare(i) => i,
        };
        let gap = self.gap(self.after()..gap_end.max(self.after()));
        let fixed = match *marker {
            Marker::Quote(i) => {
                let (_, quote) = view.quote_opening(i)?;
                Pieces::from_iter([i + 1..view.quote_end(quote)])
            }
            _ => Pieces::new(),
        };
        if fixed.iter().any(|r| r.is_empty()) {
            return None;
        }
        // Without a colon a quotation of a word or two is a name or a scare
        // quote.
        if let Marker::Quote(i) = *marker
            && view.mark(i - 1) != Mark::Colon
        {
            let words = view
                .quote_opening(i)
                .map_or(0, |(_, q)| view.quote_words(q));
            if words < SHORTEST_QUOTE {
                return None;
            }
        }
        // What comes or stands somewhere is no speech, unless it is in a paper.
        if form == Form::Quote
            && verb.frames.that == Link::FI
            && self.stands_in().is_none()
            && !self.points_back()
        {
            return None;
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
        self.build(form, start, fixed, gap, frame, true)
    }

    /// Whether the verb is an impersonal passive, by lemma and place.
    fn impersonal(&self) -> bool {
        // `تجدر الإشارة إلى أن`
        let token = self.cue.token;
        if token > 0 && self.view.plays(token - 1, Roles::REMINDER) {
            return true;
        }
        self.view.bare_plays(token, Roles::IMPERSONAL)
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

    pub(crate) fn gap(&self, range: Range<usize>) -> Gap {
        gap::read(
            self.view,
            self.phrases,
            range,
            self.reading.verb.frames.to,
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
        fixed: Pieces,
        mut gap: Gap,
        frame: FrameKind,
        telling: bool,
    ) -> Option<Draft> {
        let verb = self.reading.verb;
        // `خاطبت الوزيرة | الطلاب: «…»`: what is left over is spoken to.
        if let Some(leftover) = gap.leftover.filter(|_| verb.frames.to.has(Link::DIRECT)) {
            let limit = start.max(leftover);
            let stop = (self.view.reader()).extent(leftover, limit, Extent::Strict);
            // `مخاطبا الوزيرة بالقول`
            let stop = (leftover + 1..stop)
                .find(|&k| self.cues.at(k).is_some())
                .unwrap_or(stop);
            if stop > leftover && hearer::second(self.view, leftover) {
                gap.addressees.push(leftover..stop);
                gap.leftover = None;
            }
        }
        // An object that is spoken to: `أبلغ نظيره أن`, `داعيا الدولة إلى`.
        let (subject, object) = subject::split(self, &gap);
        gap.addressees.extend(object);
        // `كتبت في رسالة وجهتها إلى فلان`
        if gap.addressees.is_empty() {
            let cue = self.cue.token..self.after();
            let letter = gap.channel.clone();
            let letter = letter.or_else(|| channel::pointed_to(self.view, &cue));
            gap.addressees
                .extend(letter.and_then(|c| channel::recipient(self.view, &c, start)));
        }
        let pleads = |s: &Range<usize>| self.view.pleads(s);
        if verb.frames.court && !subject.as_ref().is_some_and(pleads) {
            return None;
        }
        let asked = gap.asked.clone();
        let spoken_to = std::mem::take(&mut gap.addressees).into_iter();
        let addressees = spoken_to.map(|r| hearer::counted(self.view, r)).collect();
        let found = subject::find(self, subject)?;
        let led = self.helped();
        Some(Draft {
            form,
            act: self.act(start),
            cue: self.cue.token..self.after(),
            lemma: verb.lemma,
            start,
            fixed,
            source: found.source,
            addressees,
            channel: gap.channel.or(found.channel),
            via: found.via,
            frame,
            aspect: Some(self.reading.form.aspect),
            agreement: self.reading.form.agreement,
            frames: verb.frames,
            noun: self.reading.noun(),
            telling,
            odd: gap.leftover.is_some(),
            cuts: self.cuts() || led.is_some(),
            led,
            shown: self.shown(form, asked.as_ref(), start, led.is_some()),
            hearer: self.pronoun_hearer(),
            boundary: Boundary::ClosingMark,
        })
    }

    /// Where the cue's clause begins, if a verb that helps or `قبل أن` leads to it.
    fn helped(&self) -> Option<usize> {
        let (view, i) = (self.view, self.cue.token);
        let aspect = self.reading.form.aspect;
        let bound = view.info(i).preposition.is_some() || matches!(view.letter(i), Some(TO | IN));
        let helps =
            bound && !self.cue.conjunction && matches!(aspect, Aspect::Imperfect | Aspect::Masdar);
        let helper = helps.then(|| cue::helper(view, i)).flatten();
        helper.or_else(|| cue::sequel(view, i))
    }

    /// Whether the grammar alone shows that something was said: a clause behind a
    /// verb that helps (`وعاد ليؤكد أن`) or behind `كان` with its subject (`والدها
    /// كان يردد أن`), and what somebody is asked for (`طلب من السكان البقاء`).
    fn shown(&self, form: Form, asked: Option<&Range<usize>>, start: usize, helped: bool) -> bool {
        let (view, i) = (self.view, self.cue.token);
        let used = i > 0 && view.is(i - 1, Tags::AUXILIARY) && start == self.after();
        match form {
            Form::Nominal => asked.is_some_and(|a| a.end == start),
            _ => helped || used && self.reading.finite(),
        }
    }

    /// What a pronoun on the verb tells of the one spoken to: `أبلغه`, `حثتهم`.
    fn pronoun_hearer(&self) -> Option<Agreement> {
        let form = self.reading.form;
        let verb = self.reading.verb;
        let to = verb.frames.to.has(Link::DIRECT) && !verb.frames.weak && verb.act != Act::Accuse;
        // `دعوة` is no `دعوه`.
        let noun = self.view.raw(self.cue.token).ends_with('ة');
        if !to || !form.pronoun || !self.reading.finite() || noun {
            return None;
        }
        let pronoun = self.view.spelled(self.cue.token).pronoun;
        pronoun
            .filter(|&p| Pronouns::THIRD.has(p))?
            .agreement_of_party()
    }

    /// What is done by saying what begins at `start`.
    fn act(&self, start: usize) -> Act {
        let (verb, view) = (self.reading.verb, self.view);
        let danger = || {
            start > 0 && view.preposition(start - 1) == Some(Link::MIN)
                || view.stem_plays(start, Roles::DANGER)
        };
        if verb.frames.alert && danger() {
            Act::Warn
        } else {
            verb.act
        }
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
        while before > view.sentence_start(i) && view.plays(before - 1, Roles::ALREADY) {
            before -= 1;
        }
        self.reading.finite() && before > 0 && view.bare_plays(before - 1, Roles::BESIDE)
    }

    /// Whether a noun carries a message by itself, by table, shape or pronoun.
    pub(crate) fn carries_message(&self, i: usize) -> bool {
        self.view.info(i).verbal || self.view.carries_message(i)
    }

    /// The longest phrase that can be the subject after the cue.
    pub(crate) fn subject_extent(&self, limit: usize) -> usize {
        if self.hides_subject() {
            return self.after();
        }
        let (view, start) = (self.view, self.subject_start());
        let limit =
            attribution::remark(self.phrases, start..limit).map_or(limit, |p| p.tokens.start);
        let end = view.reader().extent(start, limit, Extent::Strict);
        if !self.reading.verb.frames.to.has(Link::DIRECT) {
            return end;
        }
        hearer::object(view, &(start..end)).unwrap_or(end)
    }
}
