//! What a form that came back does.

use rawi_archive::corrections::{By, Finding, Judged, Judgment, Part, Target};
use rawi_archive::export::Item;
use rawi_archive::{Archive, ArchiveError};

use super::{Subject, draft};
use crate::params::Params;
use crate::problem::Problem;

/// What a form is about, as it is now.
pub(super) fn look_up(archive: &Archive, target: Target) -> Result<(Item, Judged), Problem> {
    archive.judged_target(target).map_err(|e| match e {
        ArchiveError::Asked(_) => Problem::NotFound(match target {
            Target::Statement(number) => format!("/correct/statement/{number}"),
            Target::Event(number) => format!("/correct/event/{number}"),
            Target::Correction(number) => format!("/correct/correction/{number}"),
        }),
        e => e.into(),
    })
}

fn by<'p>(params: &'p Params, who: &'p str) -> By<'p> {
    By {
        who,
        note: params.get("note"),
        stamp: params.get("stamp"),
    }
}

/// Keeps what somebody says in a form. Gives the path of what was judged.
///
/// # Errors
///
/// If a value cannot be so, if it has changed since, or the archive cannot be written.
pub fn keep(
    archive: &mut Archive,
    subject: Subject,
    params: &Params,
    who: &str,
) -> Result<String, Problem> {
    let target = match subject {
        Subject::Judged(target) => target,
        Subject::MissedStatement(version) => return add(archive, version, false, params, who),
        Subject::MissedEvent(version) => return add(archive, version, true, params, who),
    };
    let (item, judged) = look_up(archive, target)?;
    let base = judged.holds.as_ref().or(judged.read.as_ref());
    let judgment = match (params.get("do"), base) {
        (Some("accept"), _) => Judgment::Accept,
        (Some("reject"), _) => Judgment::Reject,
        (_, Some(Finding::Statement(base))) => draft::statement(params, &item, Some(base))?,
        (_, Some(Finding::Event(base))) => draft::event(params, &item, Some(base))?,
        (_, None) => return Err(ArchiveError::Asked("nothing is there".into()).into()),
    };
    archive.correct(target, &judgment, &by(params, who))?;
    let anchor = judged.id.map_or_else(String::new, |id| format!("#{id}"));
    Ok(format!("/article/{}{anchor}", item.version))
}

/// Adds what was missed. Gives the path of the article.
///
/// # Errors
///
/// If there is no such version, if a value cannot be so, or the archive cannot be written.
pub fn add(
    archive: &mut Archive,
    version: i64,
    is_event: bool,
    params: &Params,
    who: &str,
) -> Result<String, Problem> {
    let Some(item) = archive.item(version)? else {
        return Err(Problem::NotFound(format!("/article/{version}")));
    };
    let what = match is_event {
        true => draft::event(params, &item, None)?,
        false => draft::statement(params, &item, None)?,
    };
    archive.add_missed(version, Part::Text, &what, &by(params, who))?;
    Ok(format!("/article/{version}"))
}

/// Keeps that somebody looked at all of an article. Gives its path.
///
/// # Errors
///
/// If there is no such version, if that was said already, or the archive cannot be written.
pub fn review(
    archive: &mut Archive,
    version: i64,
    params: &Params,
    who: &str,
) -> Result<String, Problem> {
    archive.review(version, &by(params, who))?;
    Ok(format!("/article/{version}"))
}

/// Undoes a correction.
///
/// # Errors
///
/// If there is none, if it cannot be undone, or the archive cannot be written.
pub fn undo(archive: &mut Archive, params: &Params, who: &str) -> Result<(), Problem> {
    let number = params.get("correction").unwrap_or_default();
    let Ok(number) = number.parse() else {
        return Err(Problem::value(
            "correction",
            number,
            "it is the number of no correction",
            "take one of the list",
        ));
    };
    archive.undo_correction(number, &by(params, who))?;
    Ok(())
}
