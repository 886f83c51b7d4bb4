//! What goes in.

/// One article.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Article {
    /// Whatever names it for you; a reading carries it on.
    pub id: String,
    /// The text exactly as stored. All offsets of a reading count its code
    /// points.
    pub text: String,
    /// The headline; kept apart from the text and read by itself.
    pub title: Option<String>,
    /// The day of publication in any form that [`rawi_time::Date::read`] takes,
    /// `2025-02-12`. Relative times (`أمس`) are resolved against it. Without
    /// one the article's own date line counts.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
}

impl Article {
    /// An article of which only the text is known.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Article {
            id: id.into(),
            text: text.into(),
            ..Article::default()
        }
    }

    /// With its headline.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// With its date of publication.
    #[must_use]
    pub fn with_published(mut self, date: impl Into<String>) -> Self {
        self.published = Some(date.into());
        self
    }

    /// With its outlet.
    #[must_use]
    pub fn with_outlet(mut self, outlet: impl Into<String>) -> Self {
        self.outlet = Some(outlet.into());
        self
    }
}
