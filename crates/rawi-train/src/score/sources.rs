//! Right speakers by what stands for them in the text, and why others are wrong.
//!
//! A speaker who is called by name beside the cue is another task than one who
//! is called by title, and one who hides in the verb is a third.

use super::names::norm;
use super::occurrences::ATTACHED;
use super::{Case, Share};
use crate::gold;
use crate::predicted::{self, name, text};

/// What stands for the speaker of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The name: the source holds it whole.
    Name,
    /// A title, a part of the name, a short noun for a body.
    Title,
    /// No source: the subject hides in the verb, or there is no verb.
    Hidden,
    /// Nobody is said to speak.
    Nobody,
}

impl Kind {
    pub(crate) const ALL: [Kind; 4] = [Kind::Name, Kind::Title, Kind::Hidden, Kind::Nobody];

    /// The kind of an annotated statement.
    pub(crate) fn of(statement: &gold::Statement) -> Kind {
        match (&statement.speaker, &statement.source) {
            (None, _) => Kind::Nobody,
            (Some(_), None) => Kind::Hidden,
            (Some(name), Some(source)) if holds_name(source, name) => Kind::Name,
            (Some(_), Some(_)) => Kind::Title,
        }
    }

    /// What the figures call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Title => "title or short name",
            Kind::Hidden => "hidden subject",
            Kind::Nobody => "nobody",
        }
    }
}

/// Of the detected statements of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SourceFigures {
    pub(super) speaker: Share,
    /// The source has the annotated words, or there is none where none is.
    pub(super) source: Share,
}

/// Whether a source holds a name whole, letters attached to its front aside.
fn holds_name(source: &str, name: &str) -> bool {
    let (source, name) = (norm(Some(source)), norm(Some(name)));
    let source: Vec<&str> = source.split(' ').collect();
    let name: Vec<&str> = name.split(' ').collect();
    let (first, rest) = (name[0], &name[1..]);
    let begins = |word: &str| {
        let attached = word.strip_suffix(first);
        attached.is_some_and(|a| a.chars().count() <= 2 && a.chars().all(|c| ATTACHED.contains(&c)))
    };
    let mut places = source.windows(name.len());
    places.any(|words| begins(words[0]) && words[1..] == *rest)
}

/// Why a speaker is wrong, as far as it can be told.
pub(super) fn cause(
    case: &Case<'_>,
    gold: &gold::Statement,
    read: &predicted::Statement,
) -> &'static str {
    let Some(speaker) = gold.speaker.as_deref() else {
        return "somebody for nobody";
    };
    let source = norm(text(read.source.as_ref()));
    let wanted = norm(gold.source.as_deref());
    if source.is_empty() && !wanted.is_empty() {
        return "no source found";
    }
    let Some(got) = name(read.speaker.as_ref()) else {
        return "nobody chosen";
    };
    let got = norm(Some(got));
    let right = case.names.of_one(speaker);
    let somebody_else = case.names.all().contains(got.as_str());
    let part = |a: &str, b: &str| a != b && is_run_of(a, b);
    if part(&source, &wanted) || !somebody_else && right.iter().any(|name| part(&got, name)) {
        return "cut";
    }
    if !wanted.is_empty() && part(&wanted, &source)
        || !somebody_else && right.iter().any(|name| part(name, &got))
    {
        return "ran on";
    }
    if somebody_else || source != wanted {
        return "another entity";
    }
    let mut entities = case.read.iter().flat_map(|r| &r.entities);
    let known = entities.any(|e| e.strings().any(|s| right.contains(&norm(Some(s)))));
    match (known, wanted.is_empty()) {
        (true, false) => "not merged",
        (true, true) => "another entity",
        (false, _) => "name not read",
    }
}

/// Whether the words of a string stand in another one, in a row.
fn is_run_of(part: &str, whole: &str) -> bool {
    !part.is_empty() && format!(" {whole} ").contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::figures;
    use super::*;
    use crate::predicted::Reading;
    use crate::score::names::Names;
    use crate::text::Text;
    use anyhow::{Context, Result};
    use serde_json::{Value, json};

    #[test]
    fn a_name_is_held_by_a_source_with_letters_attached() {
        for (source, name, held) in [
            ("العمدة ليث الراوندي", "ليث الراوندي", true),
            ("ولليث الراوندي", "ليث الراوندى", true),
            ("ليث", "ليث الراوندي", false),
            ("العمدة", "ليث الراوندي", false),
            ("مليث الراوندي", "ليث الراوندي", false),
            ("رئيس ليث", "ليث", true),
        ] {
            assert_eq!(holds_name(source, name), held, "{source}");
        }
    }

    const TEXT: &str = "قال العمدة ليث الراوندي إن السد متين";

    fn statement(source: Option<&str>, speaker: Option<&str>) -> Value {
        json!({
            "form": "clause", "content": ["إن السد متين"], "cue": "قال", "source": source,
            "speaker": speaker, "addressee": [], "channel": null, "in": null,
        })
    }

    fn read(source: Option<&str>, speaker: Option<&str>) -> Value {
        json!({
            "form": "clause", "content": [{"start": 24, "end": 36}],
            "source": source.map(|s| json!({"text": s})),
            "speaker": speaker.map(|s| json!({"name": s})),
        })
    }

    fn people() -> Value {
        json!([
            {"name": "ليث الراوندي", "type": "PER", "mentions": ["الراوندي", "العمدة"]},
            {"name": "البلدية", "type": "ORG", "mentions": []},
        ])
    }

    #[test]
    fn figures_are_kept_apart_by_what_stands_for_the_speaker() -> Result<()> {
        let mayor = Some("ليث الراوندي");
        for (kind, source, speaker) in [
            (Kind::Name, Some("العمدة ليث الراوندي"), mayor),
            (Kind::Title, Some("العمدة"), mayor),
            (Kind::Hidden, None, mayor),
            (Kind::Nobody, None, None),
        ] {
            let gold = json!({
                "statements": [statement(source, speaker)], "entities": people(),
            });
            let read = json!({"statements": [read(Some("العمدة"), Some("الراوندي"))]});
            let found = figures(TEXT, gold, read)?;
            for (other, of) in Kind::ALL.into_iter().zip(found.sources) {
                let here = other == kind;
                let ask = |right| Share {
                    right: usize::from(here && right),
                    asked: usize::from(here),
                };
                assert_eq!(of.speaker, ask(speaker.is_some()), "{kind:?} {other:?}");
                assert_eq!(of.source, ask(kind == Kind::Title), "{kind:?} {other:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn causes_are_told_from_source_and_name() -> Result<()> {
        let mayor = Some("ليث الراوندي");
        let whole = Some("العمدة ليث الراوندي");
        for (cause_wanted, gold, got, entity) in [
            ("cut", (whole, mayor), (Some("العمدة"), Some("عمدة")), "-"),
            ("cut", (None, mayor), (None, Some("ليث")), "ليث"),
            (
                "ran on",
                (Some("العمدة"), mayor),
                (Some("العمدة إن السد"), Some("السد")),
                "السد",
            ),
            (
                "no source found",
                (whole, mayor),
                (None, Some("البلدية")),
                "البلدية",
            ),
            ("nobody chosen", (None, mayor), (None, None), "-"),
            (
                "somebody for nobody",
                (None, None),
                (None, Some("البلدية")),
                "البلدية",
            ),
            (
                "another entity",
                (None, mayor),
                (None, Some("البلدية")),
                "البلدية",
            ),
            (
                "not merged",
                (Some("رئيسها"), mayor),
                (Some("رئيسها"), Some("رئيسها")),
                "الراوندي",
            ),
            (
                "name not read",
                (Some("رئيسها"), mayor),
                (Some("رئيسها"), Some("رئيسها")),
                "رئيسها",
            ),
        ] {
            let gold: gold::Annotation = serde_json::from_value(json!({
                "id": "a", "statements": [statement(gold.0, gold.1)], "events": [],
                "entities": people(), "times": [],
            }))?;
            let reading: Reading = serde_json::from_value(json!({
                "id": "a", "statements": [read(got.0, got.1)],
                "entities": [{"name": entity}],
            }))?;
            let text = Text::new(TEXT);
            let case = Case {
                text: &text,
                gold: &gold,
                read: Some(&reading),
                names: Names::of(&gold.entities),
            };
            let statement = reading.statements.first().context("one statement")?;
            let found = cause(&case, &gold.statements[0], statement);
            assert_eq!(found, cause_wanted, "{got:?}");
        }
        Ok(())
    }
}
