//! `check_text`: every quotation of a draft put to the test.

use rawi_archive::quotes::quotations;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::check::Verdict;
use super::part::QUOTED;
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::Lines;

/// Places that are told of each quotation.
const PLACES: usize = 2;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckText {
    /// An Arabic text, for example a draft of an answer. What stands between quotation marks in it is checked, with the speaker whom the text itself names.
    text: String,
}

#[derive(Serialize, JsonSchema)]
pub struct Checked {
    note: &'static str,
    /// Quotations in the text.
    count: usize,
    /// Of those that were checked: how many do not hold.
    failed: usize,
    quotations: Vec<One>,
    /// Quotations behind these that were not checked.
    unchecked: usize,
}

#[derive(Serialize, JsonSchema)]
struct One {
    quotation: String,
    /// Who says it, as the text has it; missing if it names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// Code points of the given text.
    start: u32,
    end: u32,
    result: Verdict,
}

impl Question for CheckText {
    const NAME: &'static str = "check_text";
    const TITLE: &'static str = "Check all quotations of a text";
    const ABOUT: &'static str = "Check every quotation between quotation marks in an Arabic text, \
        each with the speaker whom the text names, as check_quotation does. Use it on a draft before \
        it is given out. Nothing of the text is stored.";
    type Answer = Checked;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Checked, Problem> {
        super::read::bounded(&self.text)?;
        let all = quotations(&mut desk.worker, &self.text)?;
        let mut checked = Vec::new();
        for one in all.iter().take(bounds::CHECKED) {
            let result = desk.checker.check(&one.quotation, one.speaker.as_deref())?;
            checked.push(One {
                quotation: bounds::cut(&one.quotation, bounds::QUOTE).0,
                speaker: one.speaker.as_deref().map(bounds::name),
                start: one.start,
                end: one.end,
                result: Verdict::of(&result, PLACES),
            });
        }
        Ok(Checked {
            note: QUOTED,
            count: all.len(),
            failed: checked.iter().filter(|c| !c.result.holds).count(),
            unchecked: all.len() - checked.len(),
            quotations: checked,
        })
    }

    fn tell(checked: &Checked, lines: &mut Lines) {
        match checked.count {
            0 => lines
                .say("the text has no quotation of three words or more between quotation marks"),
            count => lines.say(format!(
                "{count} quotations, {} do not hold",
                checked.failed
            )),
        }
        for one in &checked.quotations {
            lines.say("");
            let by = one.speaker.as_deref().unwrap_or("nobody named");
            lines.quote(&one.quotation);
            lines.say(format!(
                "{} · {}: {}",
                one_line(by),
                one.result.verdict,
                one.result.advice
            ));
            one.result.tell(lines);
        }
        if checked.unchecked > 0 {
            lines.say(format!(
                "\n{} more were not checked: give the rest of the text by itself",
                checked.unchecked
            ));
        }
    }
}
