//! A statement in a list, with all that proves it.

use std::ops::Range;

use askama::Template;
use rawi::reading::How;
use rawi_archive::Archive;
use rawi_archive::corrections::About;
use rawi_archive::name_of;
use rawi_archive::search::{EntityRef, StatementHit};

use super::corrected::{Corrected, Said};
use super::marked::{self, Marks, Segment};
use super::{Chain, Citation, Hues, Sureness, agree, chain};
use crate::problem::Problem;
use crate::site::Site;

/// A title that is longer is a sentence.
const TITLE: usize = 70;

/// Who speaks, for the margin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// What the archive calls them.
    pub name: String,
    /// Their page, if the archive knows them.
    pub href: Option<String>,
}

/// Somebody who is spoken to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Addressee {
    /// What the archive calls them.
    pub name: String,
    /// Their page.
    pub href: String,
}

/// A statement in a list.
#[derive(Template, Clone, Debug)]
#[template(path = "part/hit.html")]
pub struct Hit<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// The number of the statement in the archive.
    pub id: i64,
    /// The color and line of its speaker.
    pub hue: &'static str,
    /// Who speaks.
    pub who: Option<Who>,
    /// What they do by saying it, as a verb.
    pub act: String,
    /// What leads from the verb to the addressee, if the verb doesn't by itself.
    pub to: Option<&'static str>,
    /// To whom.
    pub addressees: Vec<Addressee>,
    /// How it is reported.
    pub form: String,
    /// What the article calls the speaker besides the name.
    pub title: Option<String>,
    /// How this sentence names the speaker, if it doesn't say the name.
    pub named: Option<String>,
    /// How the speaker was found, if no words of the sentence say so.
    pub how: Option<String>,
    /// The day of saying, if it isn't the article's.
    pub said_on: Option<String>,
    /// Whether it stands in the headline.
    pub headline: bool,
    /// The sentence.
    pub segments: Vec<Segment>,
    /// Through whose mouths it came.
    pub chain: Chain<'s>,
    /// The place in the article.
    pub href: String,
    /// Its wordings over outlets.
    pub quote: String,
    /// How many outlets have the same words, this one among them.
    pub outlets: usize,
    /// How sure the reading is.
    pub sureness: Sureness<'s>,
    /// What is copied to cite it.
    pub citation: Citation<'s>,
    /// What people say of it, if they corrected it.
    pub corrected: Option<Corrected<'s>>,
}

impl<'s> Hit<'s> {
    /// A statement as it is shown.
    pub fn of(site: &'s Site, hues: &mut Hues, hit: &StatementHit) -> Self {
        let statement = &hit.statement;
        let told = statement.speaker.as_ref();
        let who = match (&hit.speaker, told) {
            (Some(speaker), _) => Some(Who {
                name: speaker.name.clone(),
                href: Some(site.at(&format!("/who/{}", speaker.id))),
            }),
            (None, Some(told)) => Some(Who {
                name: told.name.to_string(),
                href: None,
            }),
            (None, None) => None,
        };
        let name = who.as_ref().map_or("", |w| &w.name);
        let kind = hit.speaker.as_ref().map_or("", |s| &s.kind);
        let cue = statement.cue.as_ref().map(|c| (&*c.text, &*c.lemma));
        let agreement = agree::of_speaker(kind, name, &hit.titles, cue);
        let act = name_of(statement.act);
        let form = name_of(statement.form);
        let direct = match hit.addressee.is_empty() {
            true => None,
            false => site.lang.form_of("act_to", &act, agreement),
        };
        let to = (direct.is_none() && !hit.addressee.is_empty()).then_some(site.t().part_to);
        let (named, how) = found(site, hit);
        let said = statement.said_on.map(|day| day.to_string());
        let addressee = |who: &EntityRef| Addressee {
            name: who.name.clone(),
            href: site.at(&format!("/who/{}", who.id)),
        };
        Self {
            site,
            id: hit.id,
            hue: hues.class(hit.speaker.as_ref().map(|s| s.id)),
            act: direct
                .unwrap_or_else(|| site.act(&act, agreement))
                .to_owned(),
            to,
            addressees: hit.addressee.iter().map(addressee).collect(),
            form: site.value("form", &form).to_owned(),
            title: title(hit, name),
            named,
            how,
            said_on: said.filter(|day| hit.article.published.as_ref() != Some(day)),
            headline: hit.headline,
            segments: sentence(hit),
            chain: Chain::of(site, hit),
            href: chain::place(site, hit),
            quote: site.at(&format!("/quote/{}", hit.id)),
            outlets: outlets(hit),
            sureness: Sureness::new(site, statement.confidence),
            citation: Citation::of(site, hit),
            corrected: None,
            who,
        }
    }

    /// The same with what people say of it.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn judged(
        mut self,
        archive: &Archive,
        said: &mut Said,
        hit: &StatementHit,
    ) -> Result<Self, Problem> {
        let judged = said.of(archive, hit.article.version, About::Statement, self.id)?;
        let back = self.site.here(&self.site.params);
        self.corrected = judged.and_then(|judged| Corrected::of(self.site, judged, &back));
        Ok(self)
    }
}

/// How this sentence names its speaker: its own words, or what else tells it.
fn found(site: &Site, hit: &StatementHit) -> (Option<String>, Option<String>) {
    let Some(speaker) = &hit.statement.speaker else {
        return (None, None);
    };
    match (speaker.how, &hit.statement.source) {
        (How::Named, _) => (None, None),
        (How::Title | How::Pronoun, Some(source)) => (Some(source.text.to_string()), None),
        (how, _) => (None, Some(site.value("how", &name_of(how)).to_owned())),
    }
}

/// The title that says most of who it is, and isn't the name.
fn title(hit: &StatementHit, name: &str) -> Option<String> {
    let named = hit.statement.source.as_ref().map(|s| &*s.text);
    let in_sentence = |title: &str| named.is_some_and(|source| source.contains(title));
    let mut fit: Vec<&String> = hit
        .titles
        .iter()
        .filter(|title| title.chars().count() <= TITLE && *title != name)
        .collect();
    // Of several the one of this sentence, then the longest.
    fit.sort_by_key(|title| {
        let words = title.split_whitespace().count();
        (words > 1 && in_sentence(title), title.chars().count())
    });
    let best = fit.pop()?;
    let only_word = !best.trim().contains(char::is_whitespace);
    (!(only_word && named == Some(best))).then(|| best.clone())
}

/// How many outlets have the words.
fn outlets(hit: &StatementHit) -> usize {
    let mut names: Vec<Option<&str>> = hit.copies.iter().map(|c| c.outlet.as_deref()).collect();
    names.push(hit.article.outlet.as_deref());
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// The sentences of a statement as segments.
fn sentence(hit: &StatementHit) -> Vec<Segment> {
    let text: Vec<char> = hit.around.text.chars().collect();
    let start = hit.around.start;
    let statement = &hit.statement;
    let content = statement.content.iter().map(|p| p.start..p.end);
    let cue = statement.cue.as_ref().map(|c| c.start..c.end);
    let source = statement.source.as_ref().map(|s| s.start..s.end);
    let own: Vec<Range<u32>> = content.chain(cue.clone()).chain(source).collect();
    let first = own.iter().map(|r| r.start).min().unwrap_or(start);
    let last = own.iter().map(|r| r.end).max().unwrap_or(start);
    let found: Vec<Range<u32>> = hit.highlights.iter().map(|p| p.start..p.end).collect();
    let local = |range: &Range<u32>| {
        let at = |point: u32| (point.saturating_sub(start) as usize).min(text.len());
        at(range.start)..at(range.end)
    };
    let places: Vec<Range<usize>> = found.iter().map(local).collect();
    let shown = marked::shown(&text, local(&(first..last)), &places);
    let marks = Marks {
        ink: vec![first..last],
        cue,
        found,
    };
    marked::segments(&text, start, &marks, &shown)
}
