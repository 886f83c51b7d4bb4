//! Finding the words that may report: every token whose spelling is a form of
//! a reporting verb. Whether it does report is for its frame to show.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Clitics, Gender, Number, Person, Pos};
use rawi_names::phrase::Extent;
use rawi_names::{Roles, Tags};
use rawi_text::proclitic::{AND, IN, LIKE, TO};
use rawi_words::reporting::{CueForm, Link, Verb};
use rawi_words::{Inflected, LexId, lexicon};

use crate::draft::List;
use crate::homograph;
use crate::spelled::Mark;
use crate::view::View;

/// One reading of a token as a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) verb: &'static Verb,
    pub(crate) form: Inflected,
    /// The key of its first word.
    key: LexId,
    /// Words of the cue: more than one for a compound.
    pub(crate) words: usize,
}

impl Reading {
    fn of(cue: &CueForm, key: LexId, words: usize) -> Self {
        Reading {
            verb: cue.verb,
            form: cue.form,
            key,
            words,
        }
    }

    /// Whether it is a noun without a pronoun: `تصريح`, `إعلان`.
    pub(crate) fn noun(&self) -> bool {
        self.form.aspect == Aspect::Masdar && !self.form.pronoun
    }

    pub(crate) fn finite(&self) -> bool {
        self.form.aspect.is_finite()
    }
}

/// A token that may report.
#[derive(Clone, Debug)]
pub(crate) struct CueToken {
    pub(crate) token: usize,
    /// Whether `و` or `ف` is attached.
    pub(crate) conjunction: bool,
    pub(crate) readings: Range<usize>,
}

/// All cue tokens of an article with their readings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    pub(crate) tokens: Vec<CueToken>,
    pub(crate) readings: Vec<Reading>,
}

impl Cues {
    pub(crate) fn fill(&mut self, view: &View<'_>) {
        self.tokens.clear();
        self.readings.clear();
        for i in 0..view.len() {
            // `صلى الله عليه وسلم`: the words of a formula say nothing by themselves.
            let spoken =
                view.spelled(i).cue && view.is_word(i) && view.layout.furniture_at(i).is_none();
            if spoken && !(view.info(i).inside && formula(view, i)) {
                self.look_up(view, i);
            }
        }
    }

    /// The tokens that can only be verbs: finite forms, participles, and `قوله`.
    pub(crate) fn verbs(&self, view: &View<'_>) -> List<usize> {
        self.tokens
            .iter()
            .filter(|cue| {
                let i = cue.token;
                // `مشيرا` is a verb; `مطلعة`, `معلنين` are adjectives unless they
                // open a clause.
                let adverb = view.word(i).ends_with('ا') || i > 0 && view.is_comma(i - 1);
                self.readings(cue).iter().any(|r| match r.form.aspect {
                    Aspect::Perfect | Aspect::Imperfect => true,
                    Aspect::Participle => adverb,
                    Aspect::Masdar => r.form.pronoun && r.verb.frames.says,
                })
            })
            .map(|cue| cue.token)
            .collect()
    }

    /// The tokens that can be participles of reporting.
    pub(crate) fn participles(&self) -> impl Iterator<Item = usize> {
        self.tokens
            .iter()
            .filter(|cue| self.participle(cue))
            .map(|cue| cue.token)
    }

    /// Whether the cue at token `i`, if any, can be a participle.
    pub(crate) fn participle_at(&self, i: usize) -> bool {
        self.at(i).is_some_and(|cue| self.participle(cue))
    }

    /// Whether the cue at token `i`, if any, can be a finite verb.
    pub(crate) fn finite_at(&self, i: usize) -> bool {
        self.at(i).is_some_and(|cue| self.finite(cue))
    }

    /// Whether a cue can be a finite verb.
    pub(crate) fn finite(&self, cue: &CueToken) -> bool {
        self.readings(cue).iter().any(Reading::finite)
    }

    fn participle(&self, cue: &CueToken) -> bool {
        let mut readings = self.readings(cue).iter();
        readings.any(|r| r.form.aspect == Aspect::Participle)
    }

    /// The cue at token `i`, if any.
    pub(crate) fn at(&self, i: usize) -> Option<&CueToken> {
        let at = self.tokens.partition_point(|c| c.token < i);
        self.tokens.get(at).filter(|c| c.token == i)
    }

    pub(crate) fn readings(&self, cue: &CueToken) -> &[Reading] {
        &self.readings[cue.readings.clone()]
    }

    fn look_up(&mut self, view: &View<'_>, i: usize) {
        let word = view.word(i);
        let keys = view.words.keys(view.layout, i);
        for cut in Clitics::readings(word) {
            let whole = cut.stem == word;
            if cut.preposition == Some(LIKE) || whole && self.cut_off(view, i) {
                continue;
            }
            let from = self.readings.len();
            let key = keys.stem(cut.prefix_len(word));
            for (cue, words) in forms_at(view, i, key) {
                let helped = cue.form.aspect == Aspect::Imperfect
                    && cut.preposition == Some(TO)
                    && helper(view, i).is_some();
                if (cue.noun() || !cut.article)
                    && (helped || possible(&cue.form, cut.preposition, cut.future))
                    && plain(view, i, &cue)
                {
                    self.readings.push(Reading::of(&cue, key, words));
                }
            }
            if self.readings.len() > from {
                self.tokens.push(CueToken {
                    token: i,
                    conjunction: cut.conjunction.is_some(),
                    readings: from..self.readings.len(),
                });
                return;
            }
        }
    }

    /// Whether the `و` that a form begins with is "and" and no part of the verb:
    /// `ورد الوزير على`, but `ورد في البيان`.
    fn cut_off(&self, view: &View<'_>, i: usize) -> bool {
        let word = view.spelled(i);
        if word.letter != Some(AND) {
            return false;
        }
        let stated = |cue: CueForm| {
            let frames = &cue.verb.frames;
            frames.document && frames.that == Link::FI && cue.form.aspect == Aspect::Perfect
        };
        let mut whole = lexicon().cue_forms(view.key(i)).peekable();
        let name = view.is(i, Tags::GIVEN)
            && i > view.sentence_start(i)
            && (view.is(i - 1, Tags::TITLE) || self.at(i - 1).is_some());
        !name
            && whole.peek().is_some()
            && whole.all(stated)
            && lexicon().cue_forms(view.rest_key(i)).any(|f| !f.noun())
            && !homograph::place_follows(view, i)
    }

    /// The nouns that belong to the verb of a set phrase, where the subject stands
    /// in between: `لفت الوزير النظر إلى`.
    pub(crate) fn set_phrases<'a>(
        &'a self,
        view: &'a View<'a>,
    ) -> impl Iterator<Item = usize> + 'a {
        self.tokens.iter().filter_map(move |cue| {
            let reading = self.readings(cue).iter().find(|r| r.finite())?;
            let end = view.sentence_end(cue.token).min(cue.token + SET_PHRASE);
            (cue.token + 2..end.saturating_sub(1))
                .take_while(|&k| view.is_word(k))
                .find(|&k| {
                    let phrase = lexicon().step(reading.key, view.key(k));
                    let leads = view.preposition(k + 1);
                    let takes = |cue: CueForm| leads.is_some_and(|l| cue.verb.frames.that.has(l));
                    lexicon().cue_forms(phrase).any(takes)
                })
        })
    }

    /// The verbs that are spelled like names: `و` and `رد`, where the name of the
    /// word would be `ورد`. Each with whether `و` or `ف` is attached.
    pub(crate) fn verbs_like_names(&self, view: &View<'_>) -> Vec<(usize, bool)> {
        self.tokens
            .iter()
            .filter(|cue| cue.conjunction && view.is(cue.token, Tags::GIVEN))
            .filter(|cue| !view.info(cue.token).conjunction)
            .filter(|cue| self.finite(cue))
            .filter(|cue| view.info(cue.token).label.is_none())
            .map(|cue| (cue.token, cue.conjunction))
            .collect()
    }
}

/// The cues that begin at token `i` with the key `first`, each with its length in
/// words, in the order of their rows. The further words of a compound cue follow
/// right behind the first: `ألقى اللوم على`.
fn forms_at(view: &View<'_>, i: usize, first: LexId) -> impl Iterator<Item = (CueForm, usize)> {
    let next = |words: usize| {
        if i + words < view.len() {
            view.key(i + words)
        } else {
            LexId::NONE
        }
    };
    let mut longer = Vec::new();
    let (mut key, mut words) = (first, 1);
    while lexicon().goes_on(key) {
        key = lexicon().step(key, next(words));
        words += 1;
        longer.extend(lexicon().cue_forms(key).map(|cue| (cue, words)));
    }
    let mut longer = longer.into_iter().peekable();
    let mut short = lexicon().cue_forms(first).peekable();
    std::iter::from_fn(move || {
        let before = match (short.peek(), longer.peek()) {
            (Some(a), Some((b, _))) => a.number <= b.number,
            (short, _) => short.is_some(),
        };
        if before {
            short.next().map(|cue| (cue, 1))
        } else {
            longer.next()
        }
    })
}

/// How far behind its verb the noun of a set phrase may stand, in tokens.
const SET_PHRASE: usize = 12;

/// Whether the entry that token `i` lies in is a closed-class phrase.
fn formula(view: &View<'_>, i: usize) -> bool {
    let start = (0..i).rev().find(|&k| !view.info(k).inside);
    start.is_some_and(|k| view.is(k, Tags::ADVERB | Tags::PREPOSITION))
}

/// Whether the proclitics can stand before the form.
fn possible(form: &Inflected, preposition: Option<char>, future: bool) -> bool {
    // The narrator's own first person is not a source in news.
    if form.agreement.person == Person::First && form.aspect != Aspect::Masdar {
        return false;
    }
    match (form.aspect, preposition, future) {
        // What somebody will say has not been said.
        (_, _, true) => false,
        (Aspect::Imperfect, None, _) => true,
        (Aspect::Masdar, None | Some(IN | TO), _) => true,
        (_, Some(_), _) => false,
        _ => true,
    }
}

/// Keeps words of closed classes from being taken for verbs that are spelled
/// alike: `بين` "between" against `بيّن` "made clear".
fn plain(view: &View<'_>, i: usize, cue: &CueForm) -> bool {
    let info = view.info(i);
    let form = &cue.form;
    // Tanwin stands on nouns: `طالبا` "asking" has it, `طالبا` "they two asked"
    // has not.
    let tanwin = view.raw(i).contains(['\u{64b}', '\u{64c}', '\u{64d}']);
    if tanwin && form.aspect.is_finite() {
        return false;
    }
    if form.aspect == Aspect::Imperfect && negated_or_planned(view, i) {
        return false;
    }
    // `مذكرة رسمية`: a memorandum, and nobody who reminds.
    // `لافتة كتب عليها`: a banner, and nobody who points out.
    let paper = || view.is_document(i);
    let opens = || {
        i > 0 && view.is_comma(i - 1)
            || i + 1 < view.sentence_end(i)
                && view
                    .preposition(i + 1)
                    .is_some_and(|link| cue.verb.frames.that.has(link))
    };
    if form.aspect == Aspect::Participle && paper() && !opens() {
        return false;
    }
    if view.reader().calls(i) || homograph::is_family_name(view, i, cue) {
        return false;
    }
    // `قلن`; `لمن` is "to whom".
    let women = form.agreement.number == Some(Number::Plural)
        && form.agreement.gender == Some(Gender::Feminine)
        && form.aspect != Aspect::Participle;
    let likely = || info.pos == Pos::Verb || info.tags == Tags::default() && that_follows(view, i);
    if women && !likely() {
        return false;
    }
    // `نقلا عن` is an attribution phrase, not "they two handed on".
    if view.plays(i, Roles::ADVERBIAL) && form.aspect == Aspect::Perfect {
        return false;
    }
    // In somebody's own words `أعتقد` is "I believe", not "he believed".
    let lemma = cue.verb.lemma.text;
    if form.aspect == Aspect::Perfect
        && view.quote_of[i].is_some()
        && lemma.starts_with('ا')
        && view.raw(i).starts_with('أ')
    {
        return false;
    }
    // `ختم بالتأكيد على أن`: no `بالتأكيد` "certainly".
    let helped = form.aspect == Aspect::Masdar && helper(view, i).is_some();
    if !info.is(Tags::FUNCTION) || helped {
        return true;
    }
    // `عبر مذكرة رسمية`: a channel and no verb.
    if crate::channel::at(view, i, view.sentence_end(i)).is_some() {
        return false;
    }
    // A shadda or the next word decides: `بيّن أن`, `وبين الخبير أن`.
    let marked = view.raw(i).contains('\u{651}');
    // `كما عبر`, `الذي عبر عن`
    let sentence_first = view.sentence_start(i) == i
        || view.is_comma(i - 1)
        || view.is(i - 1, Tags::ADVERB | Tags::RELATIVE)
        || view.plays(i - 1, Roles::BESIDE);
    let verb =
        marked || info.pos == Pos::Verb || that_follows(view, i) || own_link_follows(view, i, cue);
    // `فقد عبر الوزير عن أسفه`
    let after_qad = i > 0 && view.plays(i - 1, Roles::PERFECT);
    let placed = marked || sentence_first || info.conjunction;
    form.aspect == Aspect::Perfect && (verb && placed || after_qad)
        || form.aspect == Aspect::Participle
}

/// Whether a clause with `أن` follows soon and nothing is coordinated before
/// it: `وبين الخبير أن`, but `بين هذا وذاك`.
fn that_follows(view: &View<'_>, i: usize) -> bool {
    (i + 1..view.sentence_end(i).min(i + 14))
        .take_while(|&k| view.is_word(k) && !view.info(k).conjunction)
        .any(|k| view.complementizer(k).is_some())
}

/// Whether the preposition follows soon that leads to the verb's message:
/// `كما عبر الوزير عن أسفه`.
fn own_link_follows(view: &View<'_>, i: usize, cue: &CueForm) -> bool {
    let links = cue.verb.frames.nominal;
    (i + 1..view.sentence_end(i).min(i + 10))
        .take_while(|&k| view.is_word(k))
        .any(|k| {
            view.preposition(k)
                .is_some_and(|link| link == Link::AN && links.has(link))
        })
}

/// How far before a cue the verb may stand that helps it, in tokens.
const HELPER_REACH: usize = 6;

/// How far behind a cue its message may begin that shows that it was said.
const SEQUEL_REACH: usize = 4;

/// The verb that leads to the cue at token `i`, nothing but its subject in
/// between: `وعاد ليؤكد`, `ختم الوزير بالقول`.
pub(crate) fn helper(view: &View<'_>, i: usize) -> Option<usize> {
    let first = view.sentence_start(i).max(i.saturating_sub(HELPER_REACH));
    let verb = (first..i)
        .rev()
        .take_while(|&k| view.is_word(k) && view.preposition(k).is_none())
        .find(|&k| view.bare_plays(k, Roles::HELPER))?;
    // `ختم | الوزير | كلمته | بالقول`
    let mut end = verb + 1;
    for _ in 0..2 {
        end = view.reader().extent(end, i, Extent::Strict).max(end);
    }
    (end == i).then_some(verb)
}

/// Where the clause begins that tells with `قبل أن` what was said next.
pub(crate) fn sequel(view: &View<'_>, i: usize) -> Option<usize> {
    let start = i.checked_sub(2)?;
    let leads = start >= view.sentence_start(i)
        && view.plays(i - 1, Roles::COMPLEMENTIZER)
        && view.plays(start, Roles::SEQUEL);
    let said = || {
        (i + 1..view.sentence_end(i).min(i + 1 + SEQUEL_REACH))
            .take_while(|&k| !view.is_comma(k))
            .any(|k| {
                let opens = view.complementizer(k).is_some_and(|l| l != Link::NONE);
                opens || view.mark(k) == Mark::Colon || view.quote_opening(k).is_some()
            })
    };
    (leads && said()).then_some(start)
}

/// What was not said, or is still to be said, is no statement.
fn negated_or_planned(view: &View<'_>, i: usize) -> bool {
    sequel(view, i).is_none() && i > view.sentence_start(i) && view.plays(i - 1, Roles::UNSAID)
}
