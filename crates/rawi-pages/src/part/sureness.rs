//! How sure a reading is, in words, with the number for who wants it.

use askama::Template;
use rawi::Certainty;

use crate::site::Site;

/// How sure the reading of something is; never whether it is true.
#[derive(Template, Clone, Debug)]
#[template(path = "part/sureness.html")]
pub struct Sureness<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// From 0 to 1.
    pub confidence: f64,
}

impl<'s> Sureness<'s> {
    /// Of a confidence from 0 to 1.
    pub fn new(site: &'s Site, confidence: f64) -> Self {
        Self { site, confidence }
    }

    /// The class of its bar.
    pub fn class(&self) -> &'static str {
        match Certainty::of(self.confidence) {
            Certainty::Clear => "hi",
            Certainty::Likely => "mid",
            Certainty::Weak => "low",
        }
    }

    /// Its name.
    pub fn words(&self) -> &'static str {
        let name = match Certainty::of(self.confidence) {
            Certainty::Clear => "clear",
            Certainty::Likely => "likely",
            Certainty::Weak => "weak",
        };
        self.site.value("certainty", name)
    }

    fn number(&self) -> String {
        self.site.decimal(self.confidence, 2)
    }
}
