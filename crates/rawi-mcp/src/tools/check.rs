//! `check_quotation`: whether somebody said that.

use rawi_archive::name_of;
use rawi_archive::quotes::{Checked, Finding, FoundAt};
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, Difference, Place, QUOTED, Who};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

/// Places that are told without a wish.
const PLACES: usize = 5;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The words to check, as they are to be quoted, without quotation marks. An ellipsis (…) stands for words left out.
    quotation: String,
    /// Who is said to have said it, without titles. Without it only the words are checked.
    #[serde(default, deserialize_with = "part::text")]
    speaker: Option<String>,
    /// How many places are told, 5 without it, 30 at most.
    #[serde(default, deserialize_with = "part::count")]
    #[schemars(with = "Option<u32>")]
    limit: Option<usize>,
}

/// What became of a quotation.
#[derive(Serialize, JsonSchema)]
pub struct Verdict {
    note: &'static str,
    /// verbatim, cut (words are left out), altered (other words), other-speaker, no-speaker (nobody is named there), too-short, not-found.
    pub verdict: String,
    /// Whether the quotation may be repeated as this speaker's: only `verbatim` and `cut` hold.
    pub holds: bool,
    /// What to do with it.
    pub advice: &'static str,
    /// Changed negations, conditions and numbers, which turn the meaning around.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Where it, or what is like it, stands: the best first, then the oldest.
    places: Vec<Found>,
    /// Places that are not told here.
    more_places: usize,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    /// What the article has there.
    text: String,
    /// verbatim, cut or altered.
    verdict: String,
    /// From the article's words (first) to the quotation's (second).
    differences: Vec<Difference>,
    #[serde(skip_serializing_if = "is_zero")]
    more_differences: usize,
    /// right, other, unnamed, or not-asked.
    attribution: String,
    /// Who says it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Who>,
    /// The statement in which it stands; missing if the words are outside any.
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<i64>,
    /// True if it stands in the title.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    headline: bool,
    /// Code points of the article's text, or of its title.
    start: u32,
    end: u32,
    article: Place,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Found {
    fn of(found: &FoundAt) -> Self {
        let (differences, more_differences) = part::differences(&found.differences);
        Self {
            text: bounds::cut(&found.text, bounds::QUOTE).0,
            verdict: name_of(found.verdict),
            differences,
            more_differences,
            attribution: name_of(found.attribution),
            speaker: found.speaker.as_ref().map(Who::from),
            statement: found.statement,
            headline: found.headline,
            start: found.start,
            end: found.end,
            article: Place::from(&found.report),
        }
    }
}

impl Verdict {
    /// With so many places at most.
    pub fn of(checked: &Checked, most: usize) -> Self {
        let first = checked.places.first();
        Self {
            note: QUOTED,
            verdict: name_of(checked.finding),
            holds: checked.finding.holds(),
            advice: advice(checked.finding, checked.speaker.is_some()),
            warnings: first.map_or_else(Vec::new, |p| part::warnings(&p.differences)),
            more_places: checked.places.len().saturating_sub(most),
            places: checked.places.iter().take(most).map(Found::of).collect(),
        }
    }

    /// The places in lines.
    pub fn tell(&self, lines: &mut Lines) {
        for warning in &self.warnings {
            lines.say(format!("! {}", one_line(warning)));
        }
        if !self.places.is_empty() {
            lines.say(DATA);
        }
        for place in &self.places {
            lines.say("");
            let by = match (&place.speaker, place.statement) {
                (Some(who), _) => format!("{} (#{})", one_line(&who.name), who.id),
                (None, Some(_)) => "nobody named".to_owned(),
                (None, None) => "outside any statement".to_owned(),
            };
            let statement = place.statement.map(|n| format!(" · statement {n}"));
            lines.say(format!(
                "{} · {by}{}",
                place.verdict,
                statement.unwrap_or_default()
            ));
            lines.quote(&place.text);
            if !place.differences.is_empty() {
                lines.say(format!(
                    "  differs: {}",
                    one_line(&part::shown(&place.differences))
                ));
            }
            lines.parts(place.article.parts());
        }
        if self.more_places > 0 {
            lines.say(format!("\nand {} more places", self.more_places));
        }
    }
}

fn advice(finding: Finding, named: bool) -> &'static str {
    match (finding, named) {
        (Finding::Verbatim, true) => {
            "The words stand in the archive, said by this speaker: they may be quoted, with the article as source."
        }
        (Finding::Cut, true) => {
            "The words are this speaker's, but others between them are left out: mark the gap with an ellipsis."
        }
        (Finding::Verbatim, false) => {
            "The words stand in the archive. Name the speaker that stands there, or check again with a speaker."
        }
        (Finding::Cut, false) => {
            "The words stand in the archive with others between them: mark the gap with an ellipsis, and check the speaker."
        }
        (Finding::OtherSpeaker, _) => "Somebody else says this: do not quote it as this speaker's.",
        (Finding::NoSpeaker, _) => {
            "The article names nobody who says this: do not put it into anybody's mouth."
        }
        (Finding::Altered, _) => {
            "These are not the words: quote what the article has, or give the sense without quotation marks."
        }
        (Finding::TooShort, _) => "Too few words to tell: check the whole sentence.",
        (Finding::NotFound, _) => {
            "Nothing like it is in this archive: do not quote it from here. It may still have been said elsewhere."
        }
    }
}

impl Question for Check {
    const NAME: &'static str = "check_quotation";
    const TITLE: &'static str = "Check a quotation before repeating it";
    const ABOUT: &'static str = "Check whether words stand in the archive and whether the named \
        speaker said them. Use it on every Arabic quotation before you repeat it. All articles are \
        searched, titles and the text outside statements too. The verdict is verbatim, cut, altered \
        (with the differing words; changed negations, conditions and numbers are warned of), \
        other-speaker, no-speaker, too-short or not-found.";
    type Answer = Verdict;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Verdict, Problem> {
        let quotation = self.quotation.trim();
        if quotation.is_empty() {
            return Err(Problem::new(
                "`quotation` is empty",
                "give the words that are to be quoted",
            ));
        }
        let checked = desk.checker.check(quotation, self.speaker.as_deref())?;
        let most = bounds::list(Some(self.limit.unwrap_or(PLACES)));
        Ok(Verdict::of(&checked, most))
    }

    fn tell(verdict: &Verdict, lines: &mut Lines) {
        lines.say(format!("{}: {}", verdict.verdict, verdict.advice));
        verdict.tell(lines);
    }
}
