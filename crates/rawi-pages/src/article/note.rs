//! What stands beside a paragraph: a note for each statement that begins in it.

use rawi::Certainty;
use rawi::reading::{Channel, EntityType, Form, How, Id, Participant, Statement};
use rawi_archive::Whole;
use rawi_archive::corrections::{About as Judging, Judgments};
use rawi_archive::name_of;
use rawi_text::safe;

use super::cast::{Cast, Voice};
use super::text::{label, twin};
use crate::part::corrected::Corrected;
use crate::part::{Chain, Citation, Link, Sureness, agree};
use crate::site::Site;

/// The article that notes are about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub site: &'a Site,
    pub cast: &'a Cast<'a>,
    pub outlet: Option<&'a str>,
    /// The day of publication, as ISO has it.
    pub published: Option<&'a str>,
    pub address: Option<&'a str>,
    /// The hashes of its text and of its title.
    pub sha256: [&'a str; 2],
    pub known: Option<&'a Whole>,
    /// What people say of the reading.
    pub judged: Option<&'a Judgments>,
}

/// Somebody, with the page that tells more of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Named {
    pub name: String,
    pub name_en: Option<String>,
    pub href: Option<String>,
    /// Whether the article gives no name.
    pub unnamed: bool,
}

impl Named {
    /// Somebody of the article.
    pub fn of(site: &Site, cast: &Cast<'_>, id: Id, name: &str) -> Self {
        let entity = cast.entity(id);
        let number = cast.number(id);
        Named {
            name: safe::one_line(name),
            name_en: entity
                .and_then(|e| e.name_en.as_deref())
                .filter(|_| !site.arabic())
                .map(safe::one_line),
            href: number.map(|number| site.at(&format!("/who/{number}"))),
            unnamed: entity.is_some_and(|e| e.kind == EntityType::Anon),
        }
    }

    /// Somebody who takes part in something.
    pub fn participant(site: &Site, cast: &Cast<'_>, who: &Participant<'_>) -> Self {
        Self::of(site, cast, who.entity, &who.name)
    }

    /// Whoever says a statement.
    fn speaker(site: &Site, cast: &Cast<'_>, statement: &Statement<'_>) -> Self {
        match &statement.speaker {
            Some(speaker) => Self::of(site, cast, speaker.entity, &speaker.name),
            None => Named {
                name: site.t().article_nobody.to_owned(),
                name_en: None,
                href: None,
                unnamed: true,
            },
        }
    }

    fn link(&self) -> Link {
        Link {
            words: None,
            name: Some(self.name.clone()),
            href: self.href.clone(),
            unnamed: self.unnamed,
        }
    }
}

/// A note.
pub(super) struct Note<'a> {
    pub statement: &'a Statement<'a>,
    /// `s3`; the note itself is `ns3`.
    pub id: Id,
    pub label: String,
    /// The attribute by which mark and note light up together.
    pub twin: String,
    pub class: String,
    pub speaker: Named,
    pub act: String,
    pub to: Vec<Named>,
    /// What is told in short behind the speaker, as HTML.
    pub facts: Vec<String>,
    /// Whether it stands inside another statement.
    pub inside: bool,
    /// How the speaker was found, if not by name.
    pub how: Option<String>,
    pub chain: Chain<'a>,
    pub sureness: Sureness<'a>,
    pub citation: Citation<'a>,
    /// Where its words stand, in code points.
    pub chars: String,
    /// The number of the statement in the archive.
    pub number: Option<i64>,
    /// What people say of it.
    pub corrected: Option<Corrected<'a>>,
}

impl<'a> Note<'a> {
    /// The note of a statement, which is one of those that begin in its paragraph.
    pub fn of(about: About<'a>, statement: &'a Statement<'a>, n: usize) -> Self {
        let About { site, cast, .. } = about;
        let speaker = Named::speaker(site, cast, statement);
        let how = statement.speaker.as_ref().map(|speaker| speaker.how);
        let number = about
            .known
            .and_then(|k| k.statements.get(&statement.id).copied());
        Note {
            statement,
            id: statement.id,
            label: label(site, statement.id),
            twin: twin(n),
            class: cast.voice(statement).map_or_else(String::new, Voice::class),
            act: act(about, statement),
            to: statement
                .addressee
                .iter()
                .map(|p| Named::participant(site, cast, p))
                .collect(),
            facts: facts(site, statement),
            inside: statement.within.is_some(),
            how: how
                .filter(|how| *how != How::Named)
                .map(|how| told(site, how)),
            chain: chain(about, statement, &speaker),
            sureness: Sureness::new(site, statement.confidence),
            citation: citation(about, statement, &speaker, number),
            chars: site.digits(&format!("{}–{}", statement.start(), statement.end())),
            number,
            corrected: about.judged.zip(number).and_then(|(judged, number)| {
                let judged = judged.numbered(Judging::Statement, number)?;
                Corrected::of(site, judged, &back(site, statement.id))
            }),
            speaker,
        }
    }
}

/// Where an undoing leads back to.
fn back(site: &Site, id: Id) -> String {
    format!("{}#n{id}", site.at(&site.path))
}

/// What the speaker does, as a verb that agrees.
fn act(about: About<'_>, statement: &Statement<'_>) -> String {
    let entity = statement
        .speaker
        .as_ref()
        .and_then(|s| about.cast.entity(s.entity));
    let kind = entity.map_or_else(String::new, |e| name_of(e.kind));
    let titles: Vec<String> = entity
        .map(|e| e.titles.iter().map(ToString::to_string).collect())
        .unwrap_or_default();
    let name = statement.speaker.as_ref().map_or("", |s| &*s.name);
    let cue = statement.cue.as_ref().map(|cue| (&*cue.text, &*cue.lemma));
    let agreement = agree::of_speaker(&kind, name, &titles, cue);
    about
        .site
        .act(&name_of(statement.act), agreement)
        .to_owned()
}

/// Through whose mouths it came: who speaks, the channel, who handed it on, the article.
fn chain<'a>(about: About<'a>, statement: &Statement<'_>, speaker: &Named) -> Chain<'a> {
    let mut links = vec![Link {
        href: None,
        ..speaker.link()
    }];
    links.extend(statement.via.iter().rev().map(|id| {
        let name = about.cast.entity(*id).map_or("", |e| &*e.name);
        Named::of(about.site, about.cast, *id, name).link()
    }));
    Chain {
        site: about.site,
        links,
        outlet: about.outlet.map(safe::one_line),
        href: format!("#{}", statement.id),
    }
}

fn citation<'a>(
    about: About<'a>,
    statement: &Statement<'_>,
    speaker: &Named,
    number: Option<i64>,
) -> Citation<'a> {
    let site = about.site;
    let form = name_of(statement.form);
    let link = number.map(|number| site.at(&format!("/quote/{number}")));
    Citation {
        site,
        quote: safe::one_line(&statement.text()),
        speaker: statement.speaker.as_ref().map(|_| speaker.name.clone()),
        form: site.value("form", &form).to_owned(),
        outlet: about.outlet.map(safe::one_line),
        published: about.published.map(str::to_owned),
        address: about.address.map(safe::one_line),
        link: link.unwrap_or_default(),
        sha256: about.sha256[usize::from(statement.id.in_headline())].to_owned(),
    }
}

/// What is told in short.
fn facts(site: &Site, statement: &Statement<'_>) -> Vec<String> {
    let t = site.t();
    let mut facts = Vec::new();
    if let Some(outer) = statement.within {
        let number = label(site, outer);
        facts.push(format!(
            "{} <a class=\"quiet\" href=\"#{outer}\"><span class=\"n\">{number}</span></a>",
            t.article_within
        ));
    }
    facts.extend(statement.channel.as_ref().map(|c| channel(site, c)));
    if let Some(day) = &statement.said_on {
        let day = day.to_string();
        facts.push(format!(
            "<time datetime=\"{day}\">{}</time>",
            site.short_day(&day)
        ));
    }
    facts.push(form(site, statement));
    let sureness = Sureness::new(site, statement.confidence);
    if Certainty::of(statement.confidence) != Certainty::Clear {
        if let Some(how) = statement.speaker.as_ref().map(|s| s.how)
            && matches!(how, How::NullSubject | How::Pronoun)
        {
            facts.push(told(site, how));
        }
        let (class, words) = (sureness.class(), sureness.words());
        facts.push(format!("<span class=\"conf {class}\">{words}</span>"));
    }
    facts
}

/// A channel in short: its kind, and its platform by its own name.
fn channel(site: &Site, channel: &Channel<'_>) -> String {
    let kind = name_of(channel.kind);
    let kind = site.value("channel", &kind);
    match &channel.platform {
        Some(platform) => {
            let on = site.t().part_on_platform;
            format!("{kind} {on} <bdi>{}</bdi>", safe::html_line(platform))
        }
        None => kind.to_owned(),
    }
}

/// The form, and whether words of the speaker stand in a clause.
fn form(site: &Site, statement: &Statement<'_>) -> String {
    let form = name_of(statement.form);
    let form = site.value("form", &form);
    let quoted = |piece: &str| {
        let begin = piece.find(['«', '"', '“']);
        let mut rest = begin.map_or("", |at| &piece[at..]).chars().skip(1);
        rest.any(|c| matches!(c, '»' | '"' | '”'))
    };
    let has_words = statement.content.iter().any(|piece| quoted(&piece.text));
    match statement.form {
        Form::Quote => form.to_owned(),
        _ if has_words => site.t().article_with_words.replace("{form}", form),
        _ => form.to_owned(),
    }
}

/// How a speaker was found.
fn told(site: &Site, how: How) -> String {
    site.value("how", &name_of(how)).to_owned()
}
