//! What is copied to cite a statement.

use askama::Template;
use rawi_archive::name_of;
use rawi_archive::search::StatementHit;

use crate::site::Site;

/// A citation: the words, who said them, where they stand, and the hash of the text.
#[derive(Template, Clone, Debug)]
#[template(path = "part/citation.html")]
pub struct Citation<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// The words, in one piece.
    pub quote: String,
    /// Who said them, if somebody is known.
    pub speaker: Option<String>,
    /// Word for word, in substance, or only what it was about.
    pub form: String,
    /// Who published them.
    pub outlet: Option<String>,
    /// The day of the article, as ISO has it.
    pub published: Option<String>,
    /// Where the article stood.
    pub address: Option<String>,
    /// Where the statement is here.
    pub link: String,
    /// The hash of the text that it stands in.
    pub sha256: String,
}

impl<'s> Citation<'s> {
    /// Of a statement.
    pub fn of(site: &'s Site, hit: &StatementHit) -> Self {
        let named = hit.speaker.as_ref().map(|s| s.name.clone());
        let told = hit.statement.speaker.as_ref().map(|s| s.name.to_string());
        let form = name_of(hit.statement.form);
        Self {
            site,
            quote: hit.statement.text().into_owned(),
            speaker: named.or(told),
            form: site.value("form", &form).to_owned(),
            outlet: hit.article.outlet.clone(),
            published: hit.article.published.clone(),
            address: hit.article.address.clone(),
            link: site.at(&format!("/quote/{}", hit.id)),
            sha256: hit.article.sha256.clone(),
        }
    }
}
