//! Who did what to whom.

use std::collections::BTreeSet;

use super::matching::{Pair, greedy, overlap};
use super::names::norm;
use super::{Case, Figures, Ratio};
use crate::predicted::{Event, Party, name};
use crate::text::{ABSENT, Text};

/// A common trigger weighs more than a common participant.
const TRIGGER: f64 = 2.0;
const PARTICIPANT: f64 = 1.0;

/// Judges the events of one article.
pub(crate) fn judge(case: &Case<'_>, figures: &mut Figures) {
    let annotated = &case.gold.events;
    let read = case.read.map_or(&[][..], |r| &r.events);

    let mut pairs = Vec::new();
    for (gold, event) in annotated.iter().enumerate() {
        let triggers = occurrences(case.text, &event.trigger);
        let people: BTreeSet<String> = event
            .actors
            .iter()
            .chain(&event.recipients)
            .flat_map(|n| case.names.of_one(n))
            .collect();
        for (predicted, other) in read.iter().enumerate() {
            if other.kind.as_ref() != Some(&event.kind) {
                continue;
            }
            let trigger = other.trigger.as_ref().and_then(|t| t.span());
            let mut score = 0.0;
            if triggers.iter().any(|&t| overlap(Some(t), trigger)) {
                score += TRIGGER;
            }
            if participants(other).any(|p| people.contains(&norm(p.name.as_deref()))) {
                score += PARTICIPANT;
            }
            pairs.push(Pair {
                score,
                gold,
                predicted,
            });
        }
    }

    let (mut typed, mut roles) = (0, 0);
    let matched = greedy(pairs, annotated.len(), PARTICIPANT);
    for (event, pair) in annotated.iter().zip(matched) {
        let Some(pair) = pair else { continue };
        let other = &read[pair.predicted];
        let same_list = |gold: &[String], read: &[Party]| {
            let read: Vec<_> = read.iter().map(|p| p.name.as_deref()).collect();
            case.names.same_list(gold, &read)
        };
        typed += 1;
        roles += usize::from(
            same_list(&event.actors, &other.actors)
                && same_list(&event.recipients, &other.recipients),
        );
        figures
            .status
            .ask(other.status.as_ref() == Some(&event.status));
        figures.claimed_by.ask(
            case.names
                .same(event.claimed_by.as_deref(), name(other.claimed_by.as_ref())),
        );
    }
    figures.typed += Ratio::new(typed, read.len(), annotated.len());
    figures.roles += Ratio::new(roles, read.len(), annotated.len());
}

/// Everywhere that a trigger stands: which of them is meant, the annotation
/// does not say.
fn occurrences(text: &Text, trigger: &str) -> Vec<(i64, i64)> {
    let next = |&(start, _): &(i64, i64)| match text.find(trigger, start + 1) {
        ABSENT => None,
        _ => Some(text.span_of(trigger, start + 1)),
    };
    let first = text.span_of(trigger, 0);
    let first = (first.0 != ABSENT).then_some(first);
    std::iter::successors(first, next).collect()
}

fn participants(event: &Event) -> impl Iterator<Item = &Party> {
    event.actors.iter().chain(&event.recipients)
}
