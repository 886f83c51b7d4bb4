//! `GET /events/counts`, `/events/matrix`, `/events/days`: how many events there are, of
//! what, between whom and when.

use rawi_archive::events::{Days, EventCounts, EventField, EventFilter, Matrix};
use rawi_archive::name_of;
use rawi_archive::search::Resolved;
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{QUESTION, filter};
use crate::api::operation::{Answer, Asked, Method, Operation, Run, json_of};
use crate::api::parameter::{Kind, Parameter, Said};
use crate::api::problem::{self, Problem};
use crate::api::search::{FEW, VALUES, by_fields};

/// The most rows and columns of a matrix.
const MOST: u64 = 50;

fn fields() -> Vec<&'static str> {
    vec![
        "type",
        "mode",
        "status",
        "claimed",
        "actor",
        "recipient",
        "place",
        "outlet",
        "month",
    ]
}

fn of_counts() -> Vec<Parameter> {
    let more = [by_fields(fields), VALUES];
    QUESTION.into_iter().chain(more).collect()
}

fn of_matrix() -> Vec<Parameter> {
    let sides = Parameter::one(
        "sides",
        Kind::Count(MOST),
        "How many rows and columns at most, nobody aside; 10 if nothing is said.",
        "العدد الأقصى للصفوف والأعمدة سوى من لم يُذكر؛ 10 ما لم يُذكر عدد.",
    );
    QUESTION.into_iter().chain([sides]).collect()
}

fn of_days() -> Vec<Parameter> {
    QUESTION.to_vec()
}

/// `GET /events/counts`.
pub const COUNTS: Operation = Operation {
    id: "eventCounts",
    method: Method::Get,
    path: "/events/counts",
    said: Said {
        en: "Count events by their fields",
        ar: "عدّ الأحداث بحسب حقولها",
    },
    more: Said {
        en: "Of a field that the question leaves open each count is what `/events` counts with \
        that value as the parameter of its name, a month as `in`, unless copies are folded. An \
        event of several actors counts for each.",
        ar: "كل عدد في حقل لم يحدده السؤال هو ما يعدّه /events بتلك القيمة في الوسيط المسمى باسمه، والشهر في in، ما لم تُطوَ النسخ. والحدث الذي له عدة فاعلين يُعدّ لكل منهم.",
    },
    parameters: of_counts,
    body: None,
    answer: json_of::<ByField>,
    paged: false,
    problems: &[problem::Kind::Query],
    links: &[],
    run: Run::Desk(counts),
};

/// `GET /events/matrix`.
pub const MATRIX: Operation = Operation {
    id: "eventMatrix",
    method: Method::Get,
    path: "/events/matrix",
    said: Said {
        en: "Count who did how much to whom",
        ar: "عدّ من فعل كم بمن",
    },
    more: Said {
        en: "Those who did most and those to whom most was done, with the number of events and \
        the mean of their scores in each cell: below 0 conflict, above 0 cooperation. A \
        two-sided event stands in both cells.",
        ar: "أكثر الفاعلين وأكثر المتلقين، وفي كل خانة عدد الأحداث ومتوسط درجاتها: ما دون الصفر صراع وما فوقه تعاون. والحدث بين طرفين يقع في الخانتين.",
    },
    parameters: of_matrix,
    body: None,
    answer: json_of::<ToWhom>,
    paged: false,
    problems: &[problem::Kind::Query],
    links: &[],
    run: Run::Desk(matrix),
};

/// `GET /events/days`.
pub const DAYS: Operation = Operation {
    id: "eventDays",
    method: Method::Get,
    path: "/events/days",
    said: Said {
        en: "Count events day by day",
        ar: "عدّ الأحداث يومًا بيوم",
    },
    more: Said {
        en: "The days that have any, the oldest first, each with the sum and the mean of the \
        scores.",
        ar: "الأيام التي فيها أحداث، الأقدم أولًا، ومع كل يوم مجموع الدرجات ومتوسطها.",
    },
    parameters: of_days,
    body: None,
    answer: json_of::<ByDay>,
    paged: false,
    problems: &[problem::Kind::Query],
    links: &[],
    run: Run::Desk(days),
};

/// What is counted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventsBy{T}")]
struct Counted<T> {
    /// How many events there are.
    count: u64,
    /// The names of the question, and whom they mean.
    names: Vec<Resolved>,
    #[serde(flatten)]
    by: T,
}

/// Events by their fields.
#[derive(Serialize, JsonSchema)]
struct Fields {
    /// The fields that were asked for.
    counts: Vec<EventCounts>,
}

type ByField = Counted<Fields>;
type ToWhom = Counted<Matrix>;
type ByDay = Counted<Days>;

/// Counts in one state of the archive.
fn counted<T: Serialize>(
    desk: &mut Desk<'_>,
    asked: &Asked,
    by: impl FnOnce(&mut Desk<'_>, &EventFilter) -> Result<T, Problem>,
) -> Result<Answer, Problem> {
    let filter = filter(&asked.values)?;
    let archive = desk.archive;
    archive.at_once(|| {
        Answer::of(&Counted {
            count: desk.searcher.count_events(&filter)?,
            names: desk.searcher.names_of_events(&filter)?,
            by: by(desk, &filter)?,
        })
    })
}

fn counts(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let values = &asked.values;
    let named: Vec<&str> = values.all("field").collect();
    let most = values.number("values").unwrap_or(FEW);
    let wanted = EventField::ALL.into_iter();
    let wanted = wanted.filter(|field| named.is_empty() || named.contains(&&*name_of(field)));
    counted(desk, asked, |desk, filter| {
        let counts = wanted.map(|field| desk.searcher.event_counts(filter, field, most));
        Ok(Fields {
            counts: counts.collect::<Result<_, _>>()?,
        })
    })
}

fn matrix(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let most = asked.values.number("sides").unwrap_or(FEW);
    counted(desk, asked, |desk, filter| {
        Ok(desk.searcher.event_matrix(filter, most)?)
    })
}

fn days(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    counted(desk, asked, |desk, filter| {
        Ok(desk.searcher.event_days(filter)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_can_be_asked_for() {
        let names: Vec<String> = EventField::ALL.iter().map(name_of).collect();
        assert_eq!(names, fields());
    }
}
