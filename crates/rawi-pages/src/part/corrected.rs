//! Marks of what people say: the old reading struck, the new one beside it with name and day.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use askama::Template;
use rawi_archive::Archive;
use rawi_archive::corrections::{About, Field, Finding, Fit, Judged, Judgments, Mark};

use crate::problem::Problem;
use crate::site::Site;

/// A value of a field, for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What it says.
    pub text: String,
    /// Whether these are words of an article, or a name.
    pub quoted: bool,
}

/// One field that somebody changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What the field is called.
    pub label: &'static str,
    /// What was read.
    pub was: Vec<Told>,
    /// What it is.
    pub is: Vec<Told>,
}

/// What a finding says in a field, for people.
pub fn told(site: &Site, finding: &Finding, field: Field) -> Vec<Told> {
    let group = match field {
        Field::Form => "form",
        Field::Act => "act",
        Field::ChannelKind => "channel",
        Field::Type => "event",
        Field::Status => "status",
        _ => "",
    };
    let all = finding.told(field).into_iter();
    all.map(|text| match field {
        Field::SaidOn | Field::Date => Told {
            text: site.day(&text),
            quoted: false,
        },
        _ if field.is_code() => Told {
            text: site.value(group, &text).to_owned(),
            quoted: false,
        },
        _ => Told { text, quoted: true },
    })
    .collect()
}

/// What somebody changed.
pub fn lines(site: &Site, read: &Finding, holds: &Finding) -> Vec<Line> {
    let changed = read.changes(holds).into_iter();
    changed
        .map(|field| Line {
            label: label(site, field),
            was: told(site, read, field),
            is: told(site, holds, field),
        })
        .collect()
}

/// What a field is called.
pub fn label(site: &Site, field: Field) -> &'static str {
    site.value("field", field.name())
}

/// What people say of a statement or event, for the note beside it. It shows itself: a
/// template has `{{ corrected|safe }}`.
#[derive(Template, Clone, Debug)]
#[template(path = "part/corrected.html")]
pub struct Corrected<'s> {
    site: &'s Site,
    by: Mark,
    lines: Vec<Line>,
    rejected: bool,
    fit: Option<Fit>,
    /// Where an undoing leads back to.
    back: String,
}

impl<'s> Corrected<'s> {
    /// What is said of something; nothing if nobody judged it. `back` is the path to which an
    /// undoing leads.
    pub fn of(site: &'s Site, judged: &Judged, back: &str) -> Option<Self> {
        let by = judged.by.clone()?;
        let lines = match (&judged.read, &judged.holds) {
            (Some(read), Some(holds)) => lines(site, read, holds),
            _ => Vec::new(),
        };
        Some(Self {
            site,
            by,
            lines,
            rejected: judged.holds.is_none(),
            fit: judged.fit,
            back: back.to_owned(),
        })
    }

    fn kind(&self) -> &'static str {
        let kind = match (self.rejected, self.lines.is_empty()) {
            (true, _) => "reject",
            (false, false) => "correct",
            _ => self.by.kind,
        };
        self.site.value("mark", kind)
    }

    /// Whether the mark is one of a change, and not of consent.
    fn loud(&self) -> bool {
        self.rejected || !self.lines.is_empty() || self.by.kind == "add"
    }

    fn day(&self) -> &str {
        self.by.made.get(..10).unwrap_or(&self.by.made)
    }
}

/// What people say of what several articles hold, looked up once for each article.
#[derive(Default)]
pub struct Said {
    known: BTreeMap<i64, Option<Judgments>>,
}

impl Said {
    /// What people say of a statement or event of a version, if they corrected it: changed
    /// it, or say that there is none.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn of(
        &mut self,
        archive: &Archive,
        version: i64,
        about: About,
        number: i64,
    ) -> Result<Option<&Judged>, Problem> {
        let judgments = match self.known.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let judged = archive.is_judged(version)?;
                let judged = judged.then(|| archive.judged(version)).transpose()?;
                place.insert(judged.flatten())
            }
        };
        let judged = judgments
            .as_ref()
            .and_then(|all| all.numbered(about, number));
        Ok(judged.filter(|judged| judged.is_corrected()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Params, SignedIn};

    fn judged(holds: serde_json::Value) -> Judged {
        let said = |act: &str, name: &str| {
            serde_json::from_value(serde_json::json!({
                "of": "statement", "form": "quote", "act": act,
                "content": [{"start": 5, "end": 9, "text": "جاهز"}],
                "speaker": {"name": name},
            }))
            .unwrap()
        };
        let read: Finding = said("assert", "سالم <b>");
        let holds = holds
            .as_array()
            .map(|values| said(values[0].as_str().unwrap(), values[1].as_str().unwrap()));
        Judged {
            spot: rawi_archive::corrections::Spot {
                part: rawi_archive::corrections::Part::Text,
                about: About::Statement,
                starts: 5,
                ends: 9,
                kind: None,
            },
            id: None,
            number: Some(7),
            read: Some(read),
            holds,
            by: Some(Mark {
                correction: 3,
                kind: "correct",
                who: "هدى\u{202e}".to_owned(),
                made: "2026-03-12T10:00:00.000Z".to_owned(),
                note: None,
            }),
            fit: Some(Fit::ReadOtherwise),
        }
    }

    #[test]
    fn the_old_is_struck_and_the_new_beside_it() {
        let mut site = Site::new(Lang::Ar, "/", Params::default());
        let changed = judged(serde_json::json!(["deny", "هدى"]));
        let html = Corrected::of(&site, &changed, "/").unwrap().to_string();
        for part in [
            "<del>يقول</del> <ins>ينفي</ins>",
            "<del><bdi lang=\"ar\" dir=\"rtl\">سالم &lt;b&gt;</bdi></del>",
            "·U+202E",
            "12 آذار 2026",
            "على نحو آخر",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("<form"), "{html}");
        site.signed_in = Some(SignedIn {
            name: "هدى".to_owned(),
            token: "t".to_owned(),
        });
        let rejected = judged(serde_json::Value::Null);
        let html = Corrected::of(&site, &rejected, "/a?b=\"c")
            .unwrap()
            .to_string();
        assert!(
            html.contains("رُفض") && html.contains("value=\"/a?b=&quot;c\""),
            "{html}"
        );
        let nobody = Judged {
            by: None,
            ..changed
        };
        assert!(Corrected::of(&site, &nobody, "/").is_none());
    }
}
