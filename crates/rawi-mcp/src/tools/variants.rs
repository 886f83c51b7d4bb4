//! `variants`: one statement over outlets.

use rawi_archive::name_of;
use rawi_archive::quotes::Variant;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, Difference, Place, QUOTED, Who};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Find {
    /// The number of the statement, as search_statements gives it.
    #[serde(deserialize_with = "part::number")]
    #[schemars(with = "i64")]
    statement: i64,
    /// How many, 10 without it, 30 at most.
    #[serde(default, deserialize_with = "part::count")]
    #[schemars(with = "Option<u32>")]
    limit: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
pub struct Wordings {
    note: &'static str,
    statement: i64,
    /// How many reports there are, the one asked for among them.
    count: usize,
    outlets: usize,
    /// Reports that are no copies of an earlier one.
    independent: usize,
    /// The oldest first.
    variants: Vec<Wording>,
    /// Reports that are not told here, or were not compared.
    more: bool,
}

#[derive(Serialize, JsonSchema)]
struct Wording {
    statement: i64,
    text: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_cut: bool,
    /// How it is related to the statement asked for: verbatim, cut, altered, paraphrased.
    verdict: String,
    /// From the words asked for (first) to these (second).
    differences: Vec<Difference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// quote, clause or nominal.
    form: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Who>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    via: Vec<Who>,
    /// The earlier report that this one has it from: the same story, or the same agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_of: Option<i64>,
    article: Place,
}

impl Wording {
    fn of(variant: &Variant) -> Self {
        let (text, is_cut) = bounds::cut(&variant.text, bounds::QUOTE);
        Self {
            statement: variant.statement,
            text,
            is_cut,
            verdict: name_of(variant.verdict),
            differences: part::differences(&variant.differences).0,
            warnings: part::warnings(&variant.differences),
            form: bounds::name(&variant.form),
            speaker: variant.speaker.as_ref().map(Who::from),
            via: variant.via.iter().map(Who::from).collect(),
            copy_of: variant.copy_of,
            article: Place::from(&variant.report),
        }
    }
}

impl Question for Find {
    const NAME: &'static str = "variants";
    const TITLE: &'static str = "One statement over outlets";
    const ABOUT: &'static str = "Who else reports the words of a statement, and how the wordings \
        differ: verbatim, cut, altered or in other words, the oldest first. Copies of one article \
        and reports credited to one agency are told apart from independent ones.";
    type Answer = Wordings;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Wordings, Problem> {
        let found = desk.archive.variants(self.statement)?;
        let most = bounds::list(self.limit);
        Ok(Wordings {
            note: QUOTED,
            statement: self.statement,
            count: found.variants.len(),
            outlets: found.outlets,
            independent: found.independent,
            more: found.more || found.variants.len() > most,
            variants: found.variants.iter().take(most).map(Wording::of).collect(),
        })
    }

    fn tell(found: &Wordings, lines: &mut Lines) {
        lines.say(format!(
            "{} reports in {} outlets, {} independent",
            found.count, found.outlets, found.independent
        ));
        lines.say(DATA);
        for one in &found.variants {
            lines.say("");
            let how = match one.statement == found.statement {
                true => "the statement asked for",
                false => &*one.verdict,
            };
            let by = one.speaker.as_ref().map_or("nobody named", |who| &who.name);
            let copy = one.copy_of.map(|n| format!(" · copy of {n}"));
            lines.say(format!(
                "statement {} · {how} · {} · {}{}",
                one.statement,
                one.form,
                one_line(by),
                copy.unwrap_or_default()
            ));
            lines.quote(&one.text);
            if !one.differences.is_empty() {
                lines.say(format!(
                    "  differs: {}",
                    one_line(&part::shown(&one.differences))
                ));
            }
            for warning in &one.warnings {
                lines.say(format!("  ! {}", one_line(warning)));
            }
            let via = part::names(&one.via).map(|names| format!("via {names}"));
            let [day, outlet, title] = one.article.parts();
            lines.parts([day, outlet, title, via.as_deref()]);
        }
        if found.more {
            lines.say("\nthere are more than are told here");
        }
    }
}
