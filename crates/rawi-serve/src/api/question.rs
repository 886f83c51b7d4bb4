//! The question of the search page, as parameters: who, about what, to whom, through what,
//! when, and filters. They mean here what they mean there, since the page reads them.

use rawi_archive::query::{Field, Query};
use rawi_pages::Params;
use rawi_pages::search::Ask;

use super::parameter::{Kind, Parameter, Values};
use super::problem::Problem;

/// The longest name that is asked for.
const NAME: usize = 200;
/// The longest text of words.
const WORDS: usize = 2_000;

fn acts() -> Vec<&'static str> {
    Field::Act.known()
}

fn channels() -> Vec<&'static str> {
    Field::Channel.known().into_iter().chain(["none"]).collect()
}

fn forms() -> Vec<&'static str> {
    Field::Form.known()
}

fn event_types() -> Vec<&'static str> {
    Field::Event.known()
}

/// The parameters of the question.
pub const QUESTION: [Parameter; 17] = [
    Parameter::one(
        "q",
        Kind::Text(WORDS),
        "A query in the language of the archive, or a question in words.",
        "استعلام بلغة الأرشيف، أو سؤال بالكلمات.",
    )
    .like("الميناء -إضراب"),
    Parameter::one(
        "who",
        Kind::Text(NAME),
        "Who said it: a name, `#` and the number of an entity, or `none`.",
        "القائل: اسم، أو # ورقم الكيان، أو none.",
    )
    .like("سالم البدري"),
    Parameter::one(
        "about",
        Kind::Text(WORDS),
        "What it was about: words of what was said, in all their forms.",
        "عن ماذا: كلمات مما قيل، بكل صيغها.",
    )
    .like("الميناء"),
    Parameter::one(
        "to",
        Kind::Text(NAME),
        "To whom: as `who`.",
        "المخاطَب: كما في who.",
    ),
    Parameter::one(
        "via",
        Kind::Text(NAME),
        "Through what: who handed it on, or a kind of channel.",
        "عبر ماذا: الناقل، أو نوع القناة.",
    ),
    Parameter::one(
        "from",
        Kind::Time,
        "In articles of this year, month or day, or later.",
        "في مقالات هذه السنة أو الشهر أو اليوم، أو ما بعدها.",
    )
    .like("2026-01"),
    Parameter::one(
        "until",
        Kind::Time,
        "In articles of this year, month or day, or earlier.",
        "في مقالات هذه السنة أو الشهر أو اليوم، أو ما قبلها.",
    )
    .like("2026-12-31"),
    Parameter::one(
        "exact",
        Kind::Flag,
        "Whether the words of `about` must be spelled exactly so.",
        "هل تُطلب كلمات about بإملائها نفسه.",
    ),
    Parameter::some(
        "speaker",
        Kind::Entity,
        "Only what this entity says, by its number.",
        "أقوال هذا الكيان فقط، برقمه.",
    ),
    Parameter::some(
        "addressee",
        Kind::Entity,
        "Only what is said to this entity.",
        "ما قيل لهذا الكيان فقط.",
    ),
    Parameter::some(
        "through",
        Kind::Entity,
        "Only what this entity handed on.",
        "ما نقله هذا الكيان فقط.",
    ),
    Parameter::some(
        "outlet",
        Kind::Text(NAME),
        "Only of this outlet, or `none`.",
        "من هذا الناشر فقط، أو none.",
    ),
    Parameter::some(
        "act",
        Kind::Choice(acts),
        "Only what does this by being said.",
        "ما يفعل هذا بقوله فقط.",
    ),
    Parameter::some(
        "channel",
        Kind::Choice(channels),
        "Only what was said through this kind of channel.",
        "ما قيل عبر هذا النوع من القنوات فقط.",
    ),
    Parameter::some(
        "form",
        Kind::Choice(forms),
        "Only what is reported so.",
        "ما نُقل على هذه الصورة فقط.",
    ),
    Parameter::some(
        "event",
        Kind::Choice(event_types),
        "Only what tells an event of this type.",
        "ما يذكر حدثًا من هذا النوع فقط.",
    ),
    Parameter::some(
        "month",
        Kind::Month,
        "Only in articles of this month, or `none`.",
        "في مقالات هذا الشهر فقط، أو none.",
    ),
];

/// The query that the parameters ask: all of them must hold.
///
/// # Errors
/// If one of them cannot be understood.
pub fn query(values: &Values) -> Result<Query, Problem> {
    let mut said: Vec<(&str, String)> = Vec::new();
    for parameter in &QUESTION {
        for value in values.all(parameter.name) {
            let value = match parameter.kind {
                Kind::Flag if value == "false" => continue,
                // A number alone would be a name.
                Kind::Entity if value.bytes().all(|b| b.is_ascii_digit()) => format!("#{value}"),
                _ => value.to_owned(),
            };
            said.push((parameter.name, value));
        }
    }
    let params: Params = said.iter().map(|(name, value)| (*name, &**value)).collect();
    Ok(Ask::read(&params)?.query())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query_of(text: &str) -> Result<String, Problem> {
        let values = Values::read(&QUESTION, &[], text)?;
        Ok(query(&values)?.to_string())
    }

    #[test]
    fn the_fields_of_the_question_become_a_query() {
        for (asked, read) in [
            ("", ""),
            ("q=a+-b", "a -b"),
            ("who=Salem+B&about=port", "speaker:\"Salem B\" port"),
            ("who=%2312", "speaker:#12"),
            ("speaker=12&act=deny", "speaker:#12 act:deny"),
            ("addressee=%237&through=9", "to:#7 via:#9"),
            ("via=post", "channel:post"),
            ("about=a+b&exact=true", "=a =b"),
            ("about=a+b&exact=false", "a b"),
            ("from=2026-01&until=2026-03", "since:2026-01 until:2026-03"),
            ("month=2026-02", "date:2026-02"),
            ("month=none&channel=none", "channel:none date:none"),
        ] {
            let found = query_of(asked).map_err(|problem| format!("{problem:?}"));
            assert_eq!(found.as_deref(), Ok(read), "{asked}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (asked, status, parameter) in [
            ("q=a+%28b", 422, "q"),
            ("about=%28b", 422, "about"),
            ("who=%21", 422, "who"),
            ("act=shout", 400, "act"),
            ("month=2026", 400, "month"),
        ] {
            let problem = query_of(asked).unwrap_err();
            let told = (problem.status, problem.parameter.as_deref());
            assert_eq!(told, (status, Some(parameter)), "{asked}");
            assert!(problem.hint.is_some(), "{asked}");
        }
        assert!(query_of("q=a+%28b").unwrap_err().column.is_some());
    }
}
