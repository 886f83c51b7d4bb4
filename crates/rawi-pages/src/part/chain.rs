//! Through whose mouths a statement came to the article.

use askama::Template;
use rawi_archive::name_of;
use rawi_archive::search::{EntityRef, StatementHit};

use crate::site::Site;

/// Somebody or something that a statement went through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What the program calls it: the kind of a channel.
    pub words: Option<String>,
    /// What the article or the archive calls it.
    pub name: Option<String>,
    /// Where more of it is.
    pub href: Option<String>,
    /// Whether it has no name.
    pub unnamed: bool,
}

impl Link {
    /// Somebody of the archive.
    pub fn entity(site: &Site, entity: &EntityRef) -> Self {
        Self {
            words: None,
            name: Some(entity.name.clone()),
            href: Some(site.at(&format!("/who/{}", entity.id))),
            unnamed: entity.kind == "ANON",
        }
    }
}

/// A chain, from who speaks to the article at hand.
#[derive(Template, Clone, Debug)]
#[template(path = "part/chain.html")]
pub struct Chain<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// Who speaks, and all who handed it on, in this order.
    pub links: Vec<Link>,
    /// Who published the article.
    pub outlet: Option<String>,
    /// The place in the article.
    pub href: String,
}

impl<'s> Chain<'s> {
    /// The chain of a statement.
    pub fn of(site: &'s Site, hit: &StatementHit) -> Self {
        let statement = &hit.statement;
        let mut links = Vec::new();
        let told = statement.speaker.as_ref().map(|s| s.name.to_string());
        links.push(match &hit.speaker {
            // Its name stands in the margin already, as a link.
            Some(speaker) => Link {
                href: None,
                ..Link::entity(site, speaker)
            },
            None => Link {
                words: told.is_none().then(|| site.t().part_unnamed.to_owned()),
                unnamed: told.is_none(),
                name: told,
                href: None,
            },
        });
        if let Some(channel) = &statement.channel {
            let kind = name_of(channel.kind);
            let on = match &channel.platform {
                Some(_) => format!(" {}", site.t().part_on_platform),
                None => String::new(),
            };
            links.push(Link {
                words: Some(format!("{}{on}", site.value("channel", &kind))),
                name: channel.platform.as_ref().map(ToString::to_string),
                href: None,
                unnamed: false,
            });
        }
        // The reading has those who are nearest to the article first.
        links.extend(hit.via.iter().rev().map(|via| Link::entity(site, via)));
        Self {
            site,
            links,
            outlet: hit.article.outlet.clone(),
            href: place(site, hit),
        }
    }
}

/// The place of a statement in its article's page.
pub(super) fn place(site: &Site, hit: &StatementHit) -> String {
    let path = format!("/article/{}", hit.article.version);
    format!("{}#{}", site.at(&path), hit.statement.id)
}
