//! Finding the words that may tell an event: every token whose spelling is a
//! form of a trigger. Whether it tells one is for its frame to show.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Gender, Number, Person, Pos};
use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_words::Inflected;
use rawi_words::events::{EventType, FIGURES, Figure, Link, Needs, Row, Side, Slots, Standing};
use rawi_words::lexicon;

use crate::facts::Reading;
use crate::sign::{Sign, Signs};
use crate::view::View;
use crate::{clause, party};

/// How far behind a verb the noun of a compound may stand, in tokens.
const REACH: usize = 12;

/// One reading of a token as a trigger.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) row: &'static Row,
    pub(crate) token: usize,
    /// The noun that completes a compound: `شنت … هجوما`.
    pub(crate) rest: Option<usize>,
    pub(crate) noun: bool,
    pub(crate) aspect: Aspect,
    pub(crate) agreement: Agreement,
    /// A pronoun is attached: object of a verb, subject or object of a noun.
    pub(crate) pronoun: bool,
    pub(crate) conjunction: bool,
    pub(crate) future: bool,
    /// The article, on a noun.
    pub(crate) definite: bool,
    /// The preposition attached in front of a noun.
    pub(crate) preposition: Option<char>,
    /// What speaks for and against it.
    pub(crate) signs: Signs,
}

/// All readings of token `i` as a trigger, one a row, those that the rules would take
/// first. `reports`: it is the cue of a statement.
///
/// Only what no spelling allows is left out: whatever else speaks against a reading is
/// a [`Sign`].
pub(crate) fn read(view: &View<'_>, i: usize, reports: bool) -> Few<Trigger> {
    let mut out: Few<Trigger> = Few::new();
    // Most words are forms of no trigger, whatever stands around them.
    let readings = &view.facts(i).triggers;
    if readings.is_empty() || !view.is_word(i) {
        return out;
    }
    let spot = Spot::of(view, i, reports);
    let raw = view.raw(i);
    let mut earlier = false;
    for cut in readings {
        for form in cut.forms() {
            let (row, form) = (form.row, form.form);
            let finite = form.aspect.is_finite();
            // `وعدة` is no `وعد` with a pronoun, `طالبًا` no verb, `القتل` neither.
            let closed = form.pronoun && raw.ends_with('ة');
            let nunated = finite && raw.contains('\u{64b}');
            let led = cut.article || cut.preposition.is_some_and(|c| c != 'ل');
            let future = cut.future && form.aspect != Aspect::Imperfect;
            if closed || nunated || led && finite || future {
                continue;
            }
            let mut signs = spot.signs;
            spot.weigh(view, cut, row, &form, &mut signs);
            signs.put(Sign::LaterCut, earlier);
            out.extend(complete(view, i, row, form, cut, signs));
        }
        earlier |= out.iter().any(|t| !t.signs.reject());
    }
    // `ناشدنا` is `we appealed` before it is `he appealed to us`.
    let first = |t: &Trigger| t.agreement.person == Person::First && !t.pronoun;
    out.sort_by_key(|t| {
        let any = !t.row.frame.needs.has(Needs::COURT);
        let against = t.signs.against();
        (against, t.rest.is_none(), any, t.row.line, !first(t))
    });
    let mut rows: Few<(EventType, usize), 8> = Few::new();
    out.retain(|t| {
        let row = (t.row.kind, t.row.line);
        let new = !rows.contains(&row);
        rows.push(row);
        new
    });
    out
}

/// What stands around a token that may be a trigger.
struct Spot {
    token: usize,
    signs: Signs,
    homograph: bool,
    verbal: bool,
}

impl Spot {
    fn of(view: &View<'_>, i: usize, reports: bool) -> Self {
        let named = Tags::TITLE | Tags::BODY | Tags::COUNTRY | Tags::CAPITAL | Tags::OUTLET;
        let word = view.info(i);
        let given = word.is(Tags::GIVEN | Tags::NAME_PART) && !word.is(Tags::AMBIGUOUS);
        // `فجر الثلاثاء` is a time, `فجر نفسه` an attack: what completes it tells.
        let timed = word.is(Tags::TIME);
        let other = word.is(named | Tags::GROUP | Tags::PREPOSITION) || given;
        // `هنا`, `وزارته`
        let state = party::standing_of(view, i) == Some(Standing::State);
        let known = word.is(Tags::FUNCTION | Tags::ADVERB) || state;
        // `طالب` is a student, unless it reports what somebody demands.
        let certain = is_verb_certain(view, i);
        // `خطف مسلحون`: no genitive ends so.
        let subject = view.word_at(i + 1).is_some_and(|w| w.ends_with("ون"))
            && party::standing_of(view, i + 1).is_some();
        let verb = certain || word.pos == Pos::Verb || subject || opens(view, i);
        let mut signs = Signs::default();
        signs.put(Sign::Inside, word.inside);
        signs.put(Sign::Reports, reports);
        signs.put(Sign::VerbCertain, certain);
        signs.put(Sign::NounPosition, is_noun_position(view, i));
        signs.put(Sign::Named, other && !reports && !certain);
        signs.put(Sign::Known, known && !reports && !certain);
        Self {
            token: i,
            signs,
            homograph: other || known || timed,
            verbal: reports || timed || verb,
        }
    }

    /// What speaks against a form of a cut here.
    fn weigh(&self, view: &View<'_>, cut: &Reading, row: &Row, form: &Inflected, out: &mut Signs) {
        let i = self.token;
        let word = view.info(i);
        let reports = out.has(Sign::Reports);
        let (certain, position) = (out.has(Sign::VerbCertain), out.has(Sign::NounPosition));
        let finite = form.aspect.is_finite();
        let led = cut.preposition.is_some() || cut.article;
        let timed = word.is(Tags::TIME);
        let verbal = self.verbal || finite && is_marked(&form.agreement) && !noun_too(cut);
        let fits = match form.aspect {
            Aspect::Masdar => (!certain || led) && (position || led || !verb_too(cut) || !verbal),
            Aspect::Perfect => {
                (verbal || word.pos != Pos::Noun) && (certain || !position || !noun_too(cut))
            }
            Aspect::Imperfect => !led,
            Aspect::Participle => {
                let speech = row.frame.needs.has(Needs::SPEECH);
                !led && is_adverbial(view, i) && (reports || !speech)
            }
        };
        let issued = form.aspect == Aspect::Perfect
            && !reports
            && !is_marked(&form.agreement)
            && !cut.conjunction
            && !form.pronoun
            && cut.participle
            && is_participle(view, i);
        // `وصفته` is no `و` with another verb where the tables know the whole.
        let split =
            finite && cut.conjunction && !word.conjunction && word.is(Tags::VERB) && !reports;
        out.put(Sign::Homograph, self.homograph && !reports && !finite);
        out.put(Sign::Timed, timed && row.rest.is_empty());
        out.put(Sign::Split, split);
        out.put(Sign::Issued, issued);
        out.put(Sign::Misfit, !fits);
        out.put(Sign::NoPlace, finite && !is_verb_position(view, i));
    }
}

/// Whether only a finite verb can stand at `i`: behind a word that one follows
/// (`كما خطف`, `أنه قتل`), behind its subject (`أن شابا قتل`), or before a nominative
/// or a number of people (`وتجمع آلاف الطلاب`).
fn is_verb_certain(view: &View<'_>, i: usize) -> bool {
    if view.info(i).article || view.info(i).preposition.is_some() {
        return false;
    }
    let start = view.sentence(i).start;
    if i > start {
        let pronoun = view.is_that(i - 1) && view.has_pronoun(i - 1);
        // `بعد أن فجر`
        let after =
            i > start + 1 && view.plays(i - 1, Roles::THAT) && view.plays(i - 2, Roles::PAST_THAT);
        if pronoun
            || after
            || view.facts(i - 1).link == Some(Link::Verb)
            || view.is(i - 1, Tags::RELATIVE)
        {
            return true;
        }
        if !view.is(i - 1, Tags::PREPOSITION) && clause::is_predicate(view, i) {
            return true;
        }
    }
    let clause_first = i == start || view.is_comma(i - 1) || view.is_stop(i - 1);
    // `وتجمع أمس مئات الطلاب`
    let end = view.sentence(i).end;
    let Some(k) = (i + 1..end).find(|&k| !view.is(k, Tags::TIME)) else {
        return false;
    };
    let next = view.word(k);
    let people = party::standing_of(view, k).is_some() || view.is(k, Tags::DEMONYM);
    let dual = !view.info(k).article && next.ends_with("ان");
    let nominative = people && (next.ends_with("ون") || dual) || dual && next.ends_with("يان");
    nominative || clause_first && party::opens_count(view, k)
}

/// Whether a finite form shows more than the third person masculine singular: few
/// nouns are spelled like it (`دعت`, `طالبوا`).
fn is_marked(agreement: &Agreement) -> bool {
    agreement.gender == Some(Gender::Feminine) || agreement.number == Some(Number::Plural)
}

fn verb_too(cut: &Reading) -> bool {
    cut.forms().any(|f| f.form.aspect != Aspect::Masdar)
}

fn noun_too(cut: &Reading) -> bool {
    cut.forms().any(|f| f.form.aspect == Aspect::Masdar)
}

/// Makes a trigger of a form, if the words that its row asks for are there.
fn complete(
    view: &View<'_>,
    i: usize,
    row: &'static Row,
    form: Inflected,
    cut: &Reading,
    mut signs: Signs,
) -> Option<Trigger> {
    let noun = form.aspect == Aspect::Masdar;
    let rest = if row.rest.is_empty() {
        None
    } else {
        let sentence = view.sentence(i);
        let reach = if noun { 4 } else { REACH };
        let window = i + 1..sentence.end.min(i + 1 + reach);
        // `تجمع المتظاهرون`: who completes the trigger is a side of the event too.
        let before = || {
            // `قنبلة انفجرت`, `المتظاهرون تجمعوا`, `غارات شنتها`
            let first = sentence.start.max(i.saturating_sub(4));
            let near = (first..i).rev();
            near.take_while(|&k| !view.is_border(k))
                .find(|&k| view.is_word(k) && view.facts(k).completes(row.rest))
        };
        let (found, over) = match completion(view, window, row.rest) {
            Some(found) => found,
            None => (before()?, false),
        };
        let between = (found.min(i) + 1..found.max(i)).any(|k| view.is_verb(k));
        signs.put(Sign::Before, found < i);
        signs.put(
            Sign::Parted,
            over || found < i && (noun || between) || noun && found > i + 2,
        );
        let people = party::standing_of(view, found) == Some(Standing::People);
        signs.put(Sign::Peopled, people);
        Some(found)
    };
    let mut trigger = Trigger {
        row,
        token: i,
        rest,
        noun,
        aspect: form.aspect,
        agreement: form.agreement,
        pronoun: form.pronoun,
        conjunction: cut.conjunction,
        future: cut.future,
        definite: cut.article,
        preposition: cut.preposition,
        signs,
    };
    trigger.signs.put(Sign::Figure, is_figure(view, &trigger));
    Some(trigger)
}

/// The first of `wanted` in a window that no stop ends, and whether another verb or a
/// clause stands before it.
fn completion(view: &View<'_>, window: Range<usize>, wanted: &[u16]) -> Option<(usize, bool)> {
    let mut over = false;
    for k in window {
        let estimate = view.is_word(k) && party::estimated(view, k, view.len());
        if view.is_word(k) && view.facts(k).completes(wanted) {
            return Some((k, over));
        }
        if !estimate && view.is_stop(k) {
            return None;
        }
        // The word would belong to another verb.
        let verb = view.is_verb(k) && !view.is(k, Tags::AUXILIARY);
        over |= !estimate && (view.is_that(k) || view.is(k, Tags::RELATIVE))
            || verb && (view.info(k).conjunction || view.info(k).pos == Pos::Verb);
    }
    None
}

/// Whether the word at `i` opens a sentence or clause with `و` and no oblique dual
/// or plural follows: news goes on with a verb there (`وتجمع آلاف الطلاب`).
fn opens(view: &View<'_>, i: usize) -> bool {
    let start = view.sentence(i).start == i;
    let first = start || view.is_comma(i - 1) || view.is_stop(i - 1);
    // `عقد الرئيس`: an office without a verb before it has its verb here.
    let office = start
        && view.word_at(i + 1).is_some()
        && view.is(i + 1, Tags::TITLE | Tags::BODY)
        && view.info(i + 1).article;
    let conjoined = (view.word(i).starts_with('و') || office) && !view.info(i).article;
    let oblique = view
        .word_at(i + 1)
        .is_some_and(|w| w.ends_with("ين") && !view.is(i + 1, Tags::GIVEN | Tags::NAME_PART));
    first && conjoined && !oblique
}

/// Whether a word at `i` that may be noun or verb is a noun: a preposition, a
/// demonstrative or a verb stands before it.
fn is_noun_position(view: &View<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    if view.sentence(i).start == i {
        return false;
    }
    let word = view.info(before);
    if word.is(Tags::PREPOSITION | Tags::DEMONSTRATIVE) {
        return true;
    }
    if view.facts(before).link == Some(Link::Verb) {
        return false;
    }
    // `قانون حظر التطبيع`: governed by an indefinite noun that is nobody.
    let bare = word.tags == Tags::default()
        && view.is_word(before)
        && !word.article
        && !word.conjunction
        && !view.is_border(before);
    if bare && clause::before(view, i).is_empty() {
        return true;
    }
    // A verb of the same clause already: what follows is its noun.
    (view.sentence(i).start..i)
        .rev()
        .take(8)
        .take_while(|&k| !view.is_border(k) && !view.is(k, Tags::RELATIVE))
        .any(|k| view.is_verb(k) || view.is_light(k))
        && !view.info(i).conjunction
}

/// Whether a finite verb can stand at `i`.
fn is_verb_position(view: &View<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return true;
    };
    !view.is(before, Tags::PREPOSITION)
        || matches!(view.preposition(before), None | Some(Slots::INCLUDED))
}

/// `بلاغ، صادر اليوم`, `قرار صادر عن`: a verb spelled like an active participle is
/// one behind a comma or an indefinite noun, with nobody right behind it.
fn is_participle(view: &View<'_>, i: usize) -> bool {
    if view.sentence(i).start == i {
        return false;
    }
    let before = i - 1;
    let noun = view.info(before);
    let indefinite = view.is_word(before)
        && !noun.article
        && !noun.is(Tags::FUNCTION | Tags::TIME | Tags::GIVEN | Tags::COUNTRY | Tags::OWN_NAME)
        && !view.is_that(before)
        && !view.is_verb(before)
        && noun.label.is_none();
    if !view.is_comma(before) && !indefinite {
        return false;
    }
    let next = i + 1;
    next >= view.sentence(i).end
        || !view.is_word(next)
        || view.is(next, Tags::TIME | Tags::PREPOSITION)
        || view.preposition(next).is_some()
        || view.info(next).preposition.is_some()
}

/// Whether a participle at `i` is an adverb of what stands before it.
fn is_adverbial(view: &View<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else {
        return false;
    };
    view.sentence(i).start < i
        && (view.is_comma(before)
            || view.info(i).conjunction
            || view.is(before, Tags::TIME)
            || !view.is(before, Tags::PREPOSITION | Tags::PARTICLE))
}

/// Whether the words beside a trigger make it a figure of speech.
fn is_figure(view: &View<'_>, t: &Trigger) -> bool {
    let own = t.row.figure.and_then(|number| FIGURES.get(number));
    let figure = own.or_else(|| {
        let mut keys = [view.stem_key(t.token), view.key(t.token)].into_iter();
        keys.find_map(|key| lexicon().figure(key))
    });
    let Some(&Figure { side, beside }) = figure else {
        return false;
    };
    let sentence = view.sentence(t.token);
    let from = if side == Side::After {
        t.token
    } else {
        t.token.saturating_sub(2).max(sentence.start)
    };
    let to = if side == Side::Before {
        t.token
    } else {
        sentence.end.min(t.token + 4)
    };
    (from..to).any(|k| k != t.token && view.is_word(k) && view.facts(k).completes(beside))
}
