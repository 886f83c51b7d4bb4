//! Who did what to whom.

use std::collections::BTreeSet;

use super::matching::{Pair, greedy, overlap};
use super::names::{Names, norm};
use super::{Case, Figures, Ratio};
use crate::gold;
use crate::predicted::{Event, Party, name};
use crate::text::{ABSENT, Text};

/// A common trigger weighs more than a common participant.
const TRIGGER: f64 = 2.0;
const PARTICIPANT: f64 = 1.0;

/// Which of the events read stands for each annotated one: of the same type, with
/// a common trigger or participant.
pub(crate) fn matched(
    text: &Text,
    names: &Names<'_>,
    annotated: &[gold::Event],
    read: &[Event],
) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (gold, event) in annotated.iter().enumerate() {
        let triggers = occurrences(text, &event.trigger);
        let people: BTreeSet<String> = event
            .actors
            .iter()
            .chain(&event.recipients)
            .flat_map(|n| names.of_one(n))
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
    let pairs = greedy(pairs, annotated.len(), PARTICIPANT);
    pairs.iter().map(|p| Some(p.as_ref()?.predicted)).collect()
}

/// Judges the events of one article.
pub(super) fn judge(case: &Case<'_>, figures: &mut Figures) {
    let annotated = &case.gold.events;
    let read = case.read.map_or(&[][..], |r| &r.events);
    let matched = matched(case.text, &case.names, annotated, read);

    let (mut typed, mut roles, mut sides) = (0, 0, 0);
    for (event, found) in annotated.iter().zip(matched) {
        let Some(found) = found else { continue };
        let other = &read[found];
        typed += 1;
        let mut whole = true;
        for (gold, read) in [
            (&event.actors, &other.actors),
            (&event.recipients, &other.recipients),
        ] {
            let names: Vec<_> = read.iter().map(|p| p.name.as_deref()).collect();
            let hits = case.names.shared(gold, &names);
            sides += hits;
            whole &= hits == gold.len() && hits == read.len();
        }
        roles += usize::from(whole);
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
    figures.sides += Ratio::new(
        sides,
        read.iter().map(|e| participants(e).count()).sum(),
        annotated
            .iter()
            .map(|e| e.actors.len() + e.recipients.len())
            .sum(),
    );
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

#[cfg(test)]
mod tests {
    use super::super::tests::figures;
    use super::*;
    use crate::score::Share;
    use anyhow::Result;
    use serde_json::{Value, json};

    const TEXT: &str = "رفض الاتحاد العرض. ثم رفض المجلس العرض، وفق راصدين.";

    fn gold() -> Value {
        json!({
            "entities": [{"name": "الاتحاد", "type": "ORG", "mentions": ["النقابة"]}],
            "events": [{
                "type": "REJECT", "trigger": "رفض", "actors": ["الاتحاد"], "recipients": ["المجلس"],
                "status": "happened", "claimed_by": "راصدين",
            }],
        })
    }

    /// Typed, with roles, with status, with the claim.
    fn hits(event: Value) -> Result<[usize; 4]> {
        let found = figures(TEXT, gold(), json!({"events": [event]}))?;
        assert_eq!((found.typed.predicted, found.typed.gold), (1, 1));
        let (typed, roles) = (found.typed.hits, found.roles.hits);
        assert_eq!((found.status.asked, found.claimed_by.asked), (typed, typed));
        Ok([typed, roles, found.status.right, found.claimed_by.right])
    }

    #[test]
    fn an_event_is_typed_by_trigger_or_participant() -> Result<()> {
        let first = json!({"start": 0, "end": 3});
        let second = json!({"start": 22, "end": 25});
        let elsewhere = json!({"start": 3, "end": 22});
        let (union, council) = (json!({"name": "النقابة"}), json!({"name": "المجلس"}));
        let cases = [
            (
                json!({
                    "type": "REJECT", "trigger": first, "actors": [union], "recipients": [council],
                    "status": "happened", "claimed_by": {"name": "راصدين"},
                }),
                [1, 1, 1, 1],
            ),
            // Any place of the trigger will do; roles do not.
            (
                json!({"type": "REJECT", "trigger": second, "actors": [council], "recipients": [union]}),
                [1, 0, 0, 0],
            ),
            (
                json!({"type": "REJECT", "trigger": second, "status": "happened"}),
                [1, 0, 1, 0],
            ),
            (
                json!({"type": "REJECT", "trigger": elsewhere, "recipients": [council]}),
                [1, 0, 0, 0],
            ),
            (
                json!({"type": "REJECT", "actors": [{"name": null}]}),
                [0; 4],
            ),
            (json!({"type": "REJECT", "trigger": elsewhere}), [0; 4]),
            (
                json!({"type": "ACCUSE", "trigger": first, "actors": [union]}),
                [0; 4],
            ),
            (json!({"trigger": first}), [0; 4]),
        ];
        for (event, expected) in cases {
            assert_eq!(hits(event.clone())?, expected, "{event}");
        }
        Ok(())
    }

    #[test]
    fn a_common_trigger_goes_before_a_common_participant() -> Result<()> {
        let by_name = json!({"type": "REJECT", "actors": [{"name": "الاتحاد"}]});
        let by_trigger = json!({
            "type": "REJECT", "trigger": {"start": 0, "end": 3}, "status": "happened",
        });
        let found = figures(TEXT, gold(), json!({"events": [by_name, by_trigger]}))?;
        assert_eq!(found.typed, Ratio::new(1, 2, 1));
        assert_eq!(found.status, Share { right: 1, asked: 1 });
        Ok(())
    }

    #[test]
    fn occurrences_may_overlap_and_may_be_missing() {
        let text = Text::new("بابابا");
        assert_eq!(occurrences(&text, "بابا"), [(0, 4), (2, 6)]);
        assert_eq!(occurrences(&text, "باب ا"), []);
    }
}
