//! Below an article: whether somebody looked at all of it, and what was missed.

use askama::Template;
use rawi_archive::corrections::{Judged, Judgments, Mark};

use super::corrected::Corrected;
use crate::site::Site;

/// Something that people found and nothing reads.
#[derive(Clone, Debug)]
struct Missed<'s> {
    words: String,
    said: Corrected<'s>,
    /// Where it is corrected, if it can be by itself.
    href: Option<String>,
}

/// What people say of an article as a whole. It shows itself: a template has
/// `{{ review|safe }}`; it is nothing where nobody may write and nobody said anything.
#[derive(Template, Clone, Debug)]
#[template(path = "part/review.html")]
pub struct Review<'s> {
    site: &'s Site,
    version: i64,
    reviewed: Option<Mark>,
    missed: Vec<Missed<'s>>,
}

impl<'s> Review<'s> {
    /// Of what people say of a version.
    pub fn of(site: &'s Site, judgments: &Judgments) -> Self {
        let back = site.here(&site.params);
        let missed = |judged: &Judged| {
            let holds = judged.holds.as_ref().filter(|_| judged.id.is_none())?;
            let mark = judged.by.as_ref()?;
            // What was accepted with the whole article has no correction of its own.
            let own = mark.kind != "review";
            Some(Missed {
                words: holds.words(),
                said: Corrected::of(site, judged, &back)?,
                href: own.then(|| site.at(&format!("/correct/correction/{}", mark.correction))),
            })
        };
        Self {
            site,
            version: judgments.version,
            reviewed: judgments.reviewed.clone(),
            missed: judgments.all.iter().filter_map(missed).collect(),
        }
    }

    fn day(&self) -> &str {
        let made = self.reviewed.as_ref().map_or("", |mark| &mark.made);
        made.get(..10).unwrap_or_default()
    }

    fn shows(&self) -> bool {
        self.reviewed.is_some() || !self.missed.is_empty() || self.site.signed_in.is_some()
    }
}
