//! The question of the events page, as parameters: who, to whom, of which type, who says so,
//! where and when. They mean here what they mean there, since the page reads them.

use rawi::reading::EventType;
use rawi_archive::events::EventFilter;
use rawi_archive::query::Field;
use rawi_pages::Params;

use crate::api::parameter::{Kind, Parameter, Values};
use crate::api::problem::Problem;

/// The longest name that is asked for.
const NAME: usize = 200;

fn types() -> Vec<&'static str> {
    Field::Event.known()
}

fn modes() -> Vec<&'static str> {
    let mut all: Vec<&str> = EventType::ALL
        .iter()
        .flat_map(|kind| kind.modes())
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn statuses() -> Vec<&'static str> {
    vec![
        "happened",
        "future",
        "hypothetical",
        "negated",
        "historical",
    ]
}

/// The parameters of the question.
pub(super) const QUESTION: [Parameter; 16] = [
    Parameter::some(
        "actor",
        Kind::Text(NAME),
        "Who did it: a name, the number of an entity, 12 or #12, a country's code of three \
         letters, or `none`. Any of several.",
        "الفاعل: اسم، أو رقم الكيان، 12 أو #12، أو رمز دولة من ثلاثة أحرف، أو none. يكفي واحد من عدة.",
    ),
    Parameter::some(
        "recipient",
        Kind::Text(NAME),
        "To whom: as `actor`.",
        "تجاه من: كما في actor.",
    ),
    Parameter::some(
        "with",
        Kind::Text(NAME),
        "Who takes part on any side: as `actor`; all of several.",
        "من يشارك في أي جانب: كما في actor؛ كلهم معًا.",
    ),
    Parameter::one(
        "a",
        Kind::Text(NAME),
        "One side, as `actor`: with `b` what the one did to the other, or both to one another; \
         alone the same as `with`.",
        "أحد الطرفين، كما في actor: مع b ما فعله أحدهما بالآخر أو كلٌّ منهما بصاحبه؛ ووحده كما في with.",
    ),
    Parameter::one(
        "b",
        Kind::Text(NAME),
        "The other side of `a`.",
        "الطرف المقابل لـ a.",
    ),
    Parameter::some(
        "type",
        Kind::Choice(types),
        "Only of this type of PLOVER. Any of several.",
        "من هذا النوع فقط من أنواع PLOVER. يكفي واحد من عدة.",
    )
    .like("CONSULT"),
    Parameter::some(
        "mode",
        Kind::Choice(modes),
        "Only of this mode of PLOVER. Any of several.",
        "بهذه الصيغة فقط من صيغ PLOVER. يكفي واحد من عدة.",
    ),
    Parameter::some(
        "status",
        Kind::Choice(statuses),
        "Whether it took place. Any of several.",
        "هل وقع. يكفي واحد من عدة.",
    ),
    Parameter::one(
        "claimed",
        Kind::Text(NAME),
        "Who claims it: `article` itself, `somebody`, or as `actor`.",
        "من يقول إنه وقع: المقال نفسه article، أو أحد ما somebody، أو كما في actor.",
    ),
    Parameter::some(
        "outlet",
        Kind::Text(NAME),
        "Only of this outlet, or `none`. Any of several.",
        "من هذا الناشر فقط، أو none. يكفي واحد من عدة.",
    ),
    Parameter::some(
        "place",
        Kind::Text(NAME),
        "Where: as `actor`. Any of several.",
        "أين: كما في actor. يكفي واحد من عدة.",
    ),
    Parameter::one(
        "about",
        Kind::Text(2_000),
        "Words of the sentence that tells it, in all their forms.",
        "كلمات من الجملة التي تذكره، بكل صيغها.",
    ),
    Parameter::one(
        "in",
        Kind::Period,
        "In this year, month or day, or `none`: without a day.",
        "في هذه السنة أو الشهر أو اليوم، أو none: بلا يوم.",
    )
    .like("2026-03"),
    Parameter::one(
        "from",
        Kind::Time,
        "From this year, month or day on.",
        "من هذه السنة أو الشهر أو اليوم.",
    ),
    Parameter::one(
        "until",
        Kind::Time,
        "Up to this year, month or day.",
        "إلى هذه السنة أو الشهر أو اليوم.",
    ),
    Parameter::one(
        "fold",
        Kind::Flag,
        "Whether events of copies of an article are told once.",
        "هل تُذكر أحداث نسخ المقال الواحد مرة واحدة.",
    ),
];

/// The events that the parameters ask for.
///
/// # Errors
/// If one of them cannot be understood.
pub(super) fn filter(values: &Values) -> Result<EventFilter, Problem> {
    let said = QUESTION.iter().flat_map(|parameter| {
        let values = values.all(parameter.name);
        values.map(|value| (parameter.name, value))
    });
    let params: Params = said.collect();
    Ok(EventFilter {
        // The page does unless it is told otherwise.
        fold: values.flag("fold"),
        ..rawi_pages::events::filter(&params)?
    })
}

#[cfg(test)]
mod tests {
    use rawi_archive::events::{Claim, Who};

    use super::*;

    fn asked(text: &str) -> Result<EventFilter, Problem> {
        filter(&Values::read(&QUESTION, &[], text)?)
    }

    #[test]
    fn every_choice_is_one_of_the_page() {
        for (name, all) in [("type", types()), ("status", statuses()), ("mode", modes())] {
            assert!(!all.is_empty());
            for value in all {
                assert_ne!(
                    asked(&format!("{name}={value}")).unwrap(),
                    EventFilter::default(),
                    "{name}={value}"
                );
            }
        }
    }

    #[test]
    fn parameters_become_a_filter() {
        let all = asked("a=%237&b=EGY&place=none&mode=phone&in=2026-03&claimed=somebody").unwrap();
        let between = (Who::Entity(7), Who::Country("EGY".to_owned()));
        assert_eq!(all.between, Some(between));
        assert_eq!(all.place, [Who::Nobody]);
        assert_eq!(all.modes, ["phone"]);
        assert_eq!(all.claimed, Some(Claim::Anybody));
        let days = [all.since, all.until].map(|day| day.map(|day| day.to_string()));
        assert_eq!(
            days,
            ["2026-03-01", "2026-03-31"].map(|d| Some(d.to_owned()))
        );
        assert_eq!(asked("actor=7").unwrap().actor, [Who::Entity(7)]);
        assert_eq!(asked("b=x").unwrap().with, [Who::Name("x".to_owned())]);
        assert_eq!(asked("in=none").unwrap().dated, Some(false));
        assert!(!asked("").unwrap().fold && asked("fold=true").unwrap().fold);
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        for (text, status, parameter) in [
            ("mode=shout", 400, "mode"),
            ("in=soon", 400, "in"),
            ("a=x&a=y", 400, "a"),
            ("in=2026-02-31", 422, "in"),
            ("about=%28b", 422, "about"),
        ] {
            let problem = asked(text).unwrap_err();
            let told = (problem.status, problem.parameter.as_deref());
            assert_eq!(told, (status, Some(parameter)), "{text}");
            assert!(problem.hint.is_some() || status == 400, "{text}");
        }
    }
}
