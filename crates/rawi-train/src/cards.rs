//! What the models say of themselves: the short form of `models/README.md`.

use rawi_model::{About, Fact};

/// The license of all models: the data that they are made from asks for it.
const LICENSE: &str = "CC-BY-SA-4.0";

/// The card of one model.
struct Card {
    name: &'static str,
    does: &'static str,
    learned_from: &'static str,
    not_from: &'static str,
    command: &'static str,
}

const CARDS: [Card; 6] = [
    Card {
        name: "morph",
        does: "cuts words into clitics and stem, tags parts of speech (16 tags of UD), gives lemma, person, gender, number, aspect and voice",
        learned_from: "UD Arabic-PUD, WikiNews, CAMeL Morph MSA and lemma list; frequencies and clusters from unlabeled news, sampled by outlet",
        not_from: "UD Arabic-PADT, which is for measuring only",
        command: "rawi-train train --shared DIR",
    },
    Card {
        name: "names",
        does: "marks names of persons, bodies, media, polities, other places, sites and groups, and the titles and descriptions that stand for people",
        learned_from: "958 hand-annotated casts of news articles (36 of the shared train set, 162 of our own, 760 further), NewsFANE, Wojood sample; 2,100 unlabeled news articles as a teacher labels them that learned from the same; clusters and habits from unlabeled news, habits by the teacher's labels",
        not_from: "the shared dev articles; ANERcorp, which is for measuring only",
        command: "rawi-train names --shared DIR --teacher FILE --model FILE",
    },
    Card {
        name: "links",
        does: "chooses whom a title, a description or a short name means among those whom an article mentions",
        learned_from: "the casts of 958 articles of all outlets, 198 of which have statements too",
        not_from: "the dev articles, the ids and outlets kept apart",
        command: "rawi-train links --shared DIR --model FILE",
    },
    Card {
        name: "syntax",
        does: "finds for each word of a sentence its head and what it is to it (16 labels after Universal Dependencies)",
        learned_from: "UD Arabic-PUD, with tags by taggers that had not seen its sentences; sentences of unlabeled news, annotated by us",
        not_from: "UD Arabic-PADT, which is for measuring only; the ids and outlets kept apart",
        command: "rawi-train syntax --shared DIR --model FILE",
    },
    Card {
        name: "speech",
        does: "weighs where a reported content ends, whether a proposal is a statement, which words name its source, whom a hidden subject or pronoun means, who is spoken to and through what; calibrates the confidence",
        learned_from: "198 hand-annotated articles: 36 of the shared train set and 162 of our own",
        not_from: "the shared dev articles, the ids and outlets kept apart",
        command: "rawi-train speech --shared DIR --model FILE",
    },
    Card {
        name: "events",
        does: "judges the candidates that the tables of events find: how likely a reader of news would call each an event, and who of those mentioned around it are its actors and recipients",
        learned_from: "1,278 hand-annotated news articles (36 of the shared train set, 162 of our own, 1,080 with events only), the visible sentences of the Arabic event gold standard (openeventdata/arabic_event_gsr, MIT)",
        not_from: "the dev articles and the hidden part of the gold standard",
        command: "rawi-train events --shared DIR --model FILE",
    },
];

/// What a model says of itself that was told `facts`. Nothing but its name if there
/// is no card.
pub fn about(name: &str, facts: Vec<Fact>) -> About {
    let mut about = About {
        name: name.to_owned(),
        license: LICENSE.to_owned(),
        facts,
        ..About::default()
    };
    if let Some(card) = CARDS.iter().find(|c| c.name == name) {
        about.does = card.does.to_owned();
        about.learned_from = card.learned_from.to_owned();
        about.not_from = card.not_from.to_owned();
        about.command = card.command.to_owned();
    }
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_cards_say_the_same() {
        let page = include_str!("../../../models/README.md");
        let page = page.replace("([training/gold](../training/gold/README.md))", "");
        let page = page.replace(" ([training/trees](../training/trees/README.md))", "");
        for card in CARDS {
            let head = format!("## {}.pack", card.name);
            let long = page.split_once(&head).map_or("", |(_, rest)| rest);
            for line in [card.does, card.learned_from, card.not_from] {
                assert!(long.contains(line), "{}: {line}", card.name);
            }
        }
        let license = include_str!("../../../models/LICENSE");
        for card in CARDS {
            assert!(license.contains(&format!("{}.pack", card.name)));
        }
    }
}
