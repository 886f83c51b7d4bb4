//! Finding the words that may tell an event: every token whose spelling is a
//! form of a trigger. Whether it tells one is for its frame to show.

use std::ops::Range;

use rawi_morph::conjugation::Aspect;
use rawi_morph::{Agreement, Gender, Number, Person, Pos};
use rawi_names::{Roles, Tags};
use rawi_text::Few;
use rawi_words::Inflected;
use rawi_words::events::{FIGURES, Figure, Link, Needs, Row, Side, Slots, Standing};
use rawi_words::lexicon;

use crate::facts::Reading;
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
}

/// All readings of token `i`, the more specific rows first. `reports`: it is the
/// cue of a statement.
pub(crate) fn read(view: &View<'_>, i: usize, reports: bool) -> Few<Trigger> {
    if !view.is_word(i) || view.info(i).inside {
        return Few::new();
    }
    // Most words are forms of no trigger, whatever stands around them.
    let readings = &view.facts(i).triggers;
    if readings.is_empty() {
        return Few::new();
    }
    let named = Tags::TITLE | Tags::BODY | Tags::COUNTRY | Tags::CAPITAL | Tags::OUTLET;
    let word = view.info(i);
    let given = word.is(Tags::GIVEN | Tags::NAME_PART) && !word.is(Tags::AMBIGUOUS);
    // `فجر الثلاثاء` is a time, `فجر نفسه` an attack: what completes it tells.
    let timed = word.is(Tags::TIME);
    let other = word.is(named | Tags::GROUP | Tags::PREPOSITION) || given;
    // `هنا`, `وزارته`
    let known = word.is(Tags::FUNCTION | Tags::ADVERB)
        || party::standing_of(view, i) == Some(Standing::State);
    let homograph = other || known || timed;
    // `طالب` is a student, unless it reports what somebody demands.
    let verb_here = is_verb_certain(view, i);
    if (other || known) && !reports && !verb_here {
        return Few::new();
    }
    let mut out: Few<Trigger> = Few::new();
    for cut in readings {
        let noun_position = is_noun_position(view, i);
        for form in cut.forms() {
            let row = form.row;
            let form = form.form;
            let finite = form.aspect.is_finite();
            if homograph && !reports && !finite {
                continue;
            }
            if timed && row.rest.is_empty() {
                continue;
            }
            // `وصفته` is no `و` with another verb where the tables know the whole.
            if finite && cut.conjunction && !word.conjunction && word.is(Tags::VERB) && !reports {
                continue;
            }
            let led = cut.preposition.is_some() || cut.article;
            // `خطف مسلحون`: no genitive ends so.
            let subject = view.word_at(i + 1).is_some_and(|w| w.ends_with("ون"))
                && party::standing_of(view, i + 1).is_some();
            let verbal = reports
                || timed
                || verb_here
                || word.pos == Pos::Verb
                || subject
                || opens(view, i)
                || finite && is_marked(&form.agreement) && !noun_too(cut);
            let fits = match form.aspect {
                Aspect::Masdar => {
                    !cut.future
                        && (!verb_here || led)
                        && (noun_position || led || !verb_too(cut) || !verbal)
                }
                Aspect::Perfect => {
                    !led && !cut.future
                        && (verbal || word.pos != Pos::Noun)
                        && (verb_here || !noun_position || !noun_too(cut))
                }
                Aspect::Imperfect => !led,
                Aspect::Participle => {
                    let speech = row.frame.needs.has(Needs::SPEECH);
                    !led && !cut.future && is_adverbial(view, i) && (reports || !speech)
                }
            };
            // `وعدة` is no `وعد` with a pronoun, `طالبًا` no verb.
            let raw = view.raw(i);
            let closed = form.pronoun && raw.ends_with('ة');
            let nunated = finite && raw.contains('\u{64b}');
            let issued = form.aspect == Aspect::Perfect
                && !reports
                && !is_marked(&form.agreement)
                && !cut.conjunction
                && !form.pronoun
                && cut.participle
                && is_participle(view, i);
            if !fits || closed || nunated || issued || finite && !is_verb_position(view, i) {
                continue;
            }
            out.extend(complete(view, i, row, form, cut));
        }
        if !out.is_empty() {
            break;
        }
    }
    // `ناشدنا` is `we appealed` before it is `he appealed to us`.
    let first = |t: &Trigger| t.agreement.person == Person::First && !t.pronoun;
    out.sort_by_key(|t| {
        let any = !t.row.frame.needs.has(Needs::COURT);
        (t.rest.is_none(), any, t.row.line, !first(t))
    });
    out.dedup_by_key(|t| (t.row.kind, t.row.line, t.noun));
    out
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
) -> Option<Trigger> {
    let noun = form.aspect == Aspect::Masdar;
    let rest = if row.rest.is_empty() {
        None
    } else {
        let end = view.sentence(i).end;
        let reach = if noun { 2 } else { REACH };
        let window = i + 1..end.min(i + 1 + reach);
        // `تجمع المتظاهرون`: who completes the trigger is a side of the event too.
        let before = || {
            // `قنبلة انفجرت`, `المتظاهرون تجمعوا`
            let first = view.sentence(i).start.max(i.saturating_sub(4));
            let near = (first..i).rev();
            near.take_while(|&k| !view.is_border(k) && !view.is_verb(k))
                .find(|&k| view.is_word(k) && view.facts(k).completes(row.rest))
                .filter(|_| !noun)
        };
        let found = completion(view, window, row.rest).or_else(before)?;
        Some(found).filter(|&k| party::standing_of(view, k) != Some(Standing::People))
    };
    Some(Trigger {
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
    })
}

/// The first of `wanted` in a window that no other verb or stop ends.
fn completion(view: &View<'_>, window: Range<usize>, wanted: &[u16]) -> Option<usize> {
    for k in window {
        let estimate = view.is_word(k) && party::estimated(view, k, view.len());
        if !estimate && (view.is_stop(k) || view.is_that(k) || view.is(k, Tags::RELATIVE)) {
            return None;
        }
        if view.is_word(k) && view.facts(k).completes(wanted) {
            return Some(k);
        }
        // The word would belong to another verb.
        let verb = view.is_verb(k) && !view.is(k, Tags::AUXILIARY);
        if verb && (view.info(k).conjunction || view.info(k).pos == Pos::Verb) {
            return None;
        }
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
pub(crate) fn is_figure(view: &View<'_>, t: &Trigger) -> bool {
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
