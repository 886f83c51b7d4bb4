//! Whether an event took place: particles, tense, helping verbs, the act of the
//! statement that tells it, and the date.

use rawi_morph::Pos;
use rawi_morph::conjugation::Aspect;
use rawi_names::{Roles, Tags};
use rawi_speech::Act;
use rawi_syntax::Label;
use rawi_time::value::Value;
use rawi_words::events::Status;
use rawi_words::lexicon;

use crate::trigger::Trigger;
use crate::view::View;

/// A status and what decided it.
pub(crate) type Decided = (Status, &'static str);

/// What the words before a trigger say. `light` is what a helping verb says.
pub(crate) fn of(view: &View<'_>, t: &Trigger, light: Option<Status>) -> Decided {
    if t.future {
        return (Status::Future, "future prefix");
    }
    if let Some(found) = particle(view, t.token) {
        return found;
    }
    // `لم تفرض بريطانيا عقوبات`: what is said of the verb holds for its noun.
    if let Some(found) = governor(view, t).and_then(|verb| particle(view, verb)) {
        return found;
    }
    match light {
        Some(Status::Happened) | None => {}
        Some(status) => return (status, "helping verb"),
    }
    // `أن` with an imperfect tells what is wanted, not what is.
    let wanted =
        t.aspect == Aspect::Imperfect && t.token > 0 && view.plays(t.token - 1, Roles::SUBJUNCTIVE);
    if wanted {
        return (Status::Hypothetical, "subjunctive");
    }
    (Status::Happened, "narrated")
}

/// The verb whose subject or object a trigger that is a noun is, by the tree.
fn governor(view: &View<'_>, t: &Trigger) -> Option<usize> {
    let trees = view.article.trees;
    let argument = [Label::Subject, Label::PassiveSubject, Label::Object];
    let head = trees.head(t.token).filter(|&head| head < t.token)?;
    let is_argument = t.noun && argument.contains(&trees.label(t.token));
    (is_argument && view.info(head).pos == Pos::Verb).then_some(head)
}

/// A word of the status table within its reach before the trigger.
fn particle(view: &View<'_>, i: usize) -> Option<Decided> {
    let first = view.sentence(i).start;
    let mut distance = 0;
    for k in (first..i).rev().take(6) {
        if view.is_stop(k) || view.is_comma(k) {
            return None;
        }
        distance += 1;
        if let Some((status, reach)) = lexicon().status(view.key(k))
            && distance <= reach
        {
            return Some((status, "particle"));
        }
        // Beyond another verb a particle belongs to that.
        if view.is_verb(k) && !view.is(k, Tags::AUXILIARY) {
            return None;
        }
    }
    None
}

/// What the statement around an event says of it.
pub(crate) fn told(act: Act, decided: Decided) -> Decided {
    match act {
        Act::Deny if decided.0 == Status::Happened => (Status::Negated, "denied"),
        Act::Demand | Act::Threaten | Act::Warn | Act::Ask if decided.0 == Status::Happened => {
            (Status::Hypothetical, "demanded or threatened")
        }
        Act::Promise if decided.0 == Status::Happened => (Status::Future, "promised"),
        _ => decided,
    }
}

/// The year before which no article was written that is read as text: papers went
/// online in the nineties.
const OLDEST_ARTICLE: i32 = 1990;

/// What the date of an event says of it.
pub(crate) fn dated(view: &View<'_>, date: Option<Value>, decided: Decided) -> Decided {
    let days = |value: Value| Some((value.first_day()?, value.last_day()?));
    let Some((first, last)) = date.and_then(days) else {
        return decided;
    };
    if decided.0 != Status::Happened {
        return decided;
    }
    let Some(today) = view.article.published else {
        // What is long past for the oldest of them is so for every article.
        let past = last.year() < OLDEST_ARTICLE - 1;
        return if past {
            (Status::Historical, "date before any article")
        } else {
            decided
        };
    };
    if first > today {
        return (Status::Future, "date ahead");
    }
    if today.add_years(-1).is_some_and(|year_ago| last < year_ago) {
        return (Status::Historical, "date over a year back");
    }
    decided
}
