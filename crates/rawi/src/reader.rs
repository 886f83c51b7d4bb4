//! The whole way through the house: from an article to its reading.

use std::borrow::Cow;

use rawi_events::{Candidate, Judge};
use rawi_morph::{Morphology, Tagged};
use rawi_names::phrase;
use rawi_names::{Cast, Labels, LinkModel, Mentions, NameModel, Tags, Words};
use rawi_speech::{Choice, SpeechModel};
use rawi_syntax::{Parser, Trees, Wanted};
use rawi_text::{Layout, SourceText, Span};
use rawi_time::{Anchor, Date};

use crate::assemble;
use crate::headline;
use crate::reading::PublishedFrom;
use crate::{Article, ENGINE, Error, Reading, VerifyError};

/// Reads articles. Immutable and `Sync`: share one among threads and give each
/// thread a [`Worker`].
#[derive(Clone, Debug)]
pub struct Reader {
    models: Models,
    explain: bool,
}

/// The trained models: views of bytes that are part of the program, or of a
/// file that whoever trains them has loaded.
#[derive(Clone, Debug)]
pub struct Models {
    /// Cutting words and tagging them.
    pub morphology: Morphology<'static>,
    /// Names.
    pub names: NameModel<'static>,
    /// Who is who.
    pub links: LinkModel<'static>,
    /// Which word governs which.
    pub syntax: Parser<'static>,
    /// Statements.
    pub speech: SpeechModel<'static>,
    /// What is an event.
    pub events: Judge<'static>,
}

impl Models {
    /// The built-in models.
    ///
    /// # Errors
    ///
    /// If the program was built with a broken model.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {
            morphology: Morphology::embedded()?,
            names: NameModel::embedded()?,
            links: LinkModel::embedded()?,
            syntax: Parser::embedded()?,
            speech: SpeechModel::embedded()?,
            events: Judge::embedded()?,
        })
    }
}

impl Reader {
    /// A reader with the built-in lexicon and models.
    ///
    /// # Errors
    ///
    /// If the program was built with a broken model.
    pub fn new() -> Result<Self, Error> {
        Ok(Self::with_models(Models::embedded()?))
    }

    /// A reader with other models than the built-in ones.
    pub fn with_models(models: Models) -> Self {
        Self {
            models,
            explain: false,
        }
    }

    /// Whether statements carry an explanation (`why`). Off by default.
    #[must_use]
    pub fn with_explanations(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Reads one article with fresh buffers. For many articles a [`Worker`] is
    /// faster.
    ///
    /// # Errors
    ///
    /// As [`Worker::read`].
    pub fn read<'a>(&self, article: &'a Article) -> Result<Reading<'a>, Error> {
        self.worker().read(article)
    }

    /// A worker that reads article after article into the same buffers.
    pub fn worker(&self) -> Worker {
        Worker {
            models: self.models.clone(),
            explain: self.explain,
            layout: Layout::default(),
            tagged: Tagged::default(),
            words: Words::default(),
            labels: Labels::default(),
            cast: Cast::default(),
            trees: Trees::default(),
            speech: rawi_speech::Worker::default(),
            datelines: rawi_time::Datelines::default(),
            finder: rawi_time::Finder::default(),
            times: Vec::new(),
            events: rawi_events::Worker::new(),
            recording: false,
            candidates: Vec::new(),
        }
    }
}

/// A part of reading that can be measured by itself.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// The text with its tokens, sentences and quotation marks.
    Layout,
    /// Time expressions.
    Times,
    /// Cuts and parts of speech.
    Tags,
    /// What the tables know of each word.
    Words,
    /// The model of names.
    Names,
    /// What the models and the statements' tables say of each word.
    Marks,
    /// Who is named in the article.
    Cast,
    /// Which word governs which.
    Trees,
    /// Statements.
    Statements,
    /// Events.
    Events,
    /// The reading in the terms of the contract.
    Assembly,
    /// The headline beside it.
    Headline,
}

impl Stage {
    /// Its name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Layout => "layout",
            Stage::Times => "times",
            Stage::Tags => "tags",
            Stage::Words => "words",
            Stage::Names => "names",
            Stage::Marks => "marks",
            Stage::Cast => "cast",
            Stage::Trees => "trees",
            Stage::Statements => "statements",
            Stage::Events => "events",
            Stage::Assembly => "assembly",
            Stage::Headline => "headline",
        }
    }
}

/// The buffers of all stages, refilled by each article.
#[derive(Debug)]
pub struct Worker {
    pub(crate) models: Models,
    explain: bool,
    pub(crate) layout: Layout,
    pub(crate) tagged: Tagged,
    words: Words,
    labels: Labels,
    cast: Cast,
    pub(crate) trees: Trees,
    speech: rawi_speech::Worker,
    datelines: rawi_time::Datelines,
    finder: rawi_time::Finder,
    times: Vec<rawi_time::TimeMention>,
    events: rawi_events::Worker,
    /// Whether candidates of events are kept, and those of the text read last.
    recording: bool,
    candidates: Vec<Candidate>,
}

/// The words of a text with all that is marked on them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Marked<'a> {
    /// Its tokens.
    pub layout: &'a Layout,
    /// Cuts and parts of speech.
    pub tagged: &'a Tagged,
    /// What tables and models say.
    pub words: &'a Words,
    /// Who is mentioned.
    pub mentions: &'a Mentions,
}

/// The day from which a text's times are counted.
pub(crate) enum Day {
    /// The day of publication, if it is known.
    Known(Option<Date>),
    /// That of the text's own date line, if it has one.
    InText,
}

/// Whether a reading carries explanations.
fn explained(reading: &Reading<'_>) -> bool {
    reading.statements.iter().any(|s| s.why.is_some())
        || reading.events.iter().any(|e| e.why.is_some())
}

impl Worker {
    /// Keeps the choices that the model of statements makes, for whoever trains
    /// it. Reading becomes slower.
    #[doc(hidden)]
    pub fn record(&mut self) {
        self.speech.record();
        self.cast.record();
    }

    /// The choices in the text read last, a title if there was one, if they are
    /// [kept](Self::record).
    #[doc(hidden)]
    pub fn choices(&self) -> &[Choice] {
        self.speech.choices()
    }

    /// Everybody in the text read last, a title if there was one.
    #[doc(hidden)]
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The words of a text as the stages above them see them, for whoever trains those.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    pub fn words(&mut self, text: &str) -> Result<Marked<'_>, Error> {
        let source = SourceText::new(text)?;
        let (published, ..) = self.mark_words(&source, Day::InText, &mut |_| {});
        self.meet(&source, published);
        Ok(Marked {
            layout: &self.layout,
            tagged: &self.tagged,
            words: &self.words,
            mentions: self.cast.mentions(),
        })
    }

    /// Reads one article.
    ///
    /// # Errors
    ///
    /// If the text holds a NUL or is longer than a single article can be, or if
    /// [`Date::read`] finds no day in the date of publication.
    pub fn read<'a>(&mut self, article: &'a Article) -> Result<Reading<'a>, Error> {
        self.watch(article, &mut |_| {})
    }

    /// Reads one article and says after each stage that it is done, for whoever
    /// measures them.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    #[doc(hidden)]
    pub fn watch<'a>(
        &mut self,
        article: &'a Article,
        done: &mut dyn FnMut(Stage),
    ) -> Result<Reading<'a>, Error> {
        let mut reading = self.read_article(article, done)?;
        let title = article.title.as_ref().filter(|t| !t.trim().is_empty());
        if let Some(title) = title {
            // The text's date line counts for its title too.
            let day = Day::Known(reading.published);
            self.speech.set_headline(true);
            let read = self.read_text(title, day, done);
            self.speech.set_headline(false);
            reading.headline = Some(headline::of(read?, &reading.entities));
            done(Stage::Headline);
        }
        Ok(reading)
    }

    /// Reads an article again and compares: a reading that this version made is the
    /// same to the last character, so that nothing can have been added to it,
    /// changed in it or left out.
    ///
    /// # Errors
    ///
    /// Where the two differ, or that another version made the reading, or that the
    /// article cannot be read.
    pub fn confirm(&mut self, reading: &Reading<'_>, article: &Article) -> Result<(), VerifyError> {
        let off = |field: &str, problem: String| {
            Err(VerifyError {
                field: field.to_owned(),
                problem,
            })
        };
        if reading.engine != ENGINE {
            let problem = format!("is {:?}, and this is {ENGINE:?}", reading.engine);
            return off("engine", problem);
        }
        let mut article = article.clone();
        // A day that was given for articles that name none.
        if article.published.is_none() && reading.published_from.is_none() {
            article.published = reading.published.map(|day| day.to_string());
        }
        let asked = std::mem::replace(&mut self.explain, explained(reading));
        let again = self.read(&article);
        self.explain = asked;
        let again = match again {
            Ok(again) => again,
            Err(e) => return off("text", format!("cannot be read again: {e}")),
        };
        let pairs = [
            ("statements", reading.statements == again.statements),
            ("events", reading.events == again.events),
            ("entities", reading.entities == again.entities),
            ("times", reading.times == again.times),
            ("reading", *reading == again),
        ];
        match pairs.iter().find(|(_, same)| !same) {
            Some((field, _)) => off(field, "reading the article again gives others".to_owned()),
            None => Ok(()),
        }
    }

    /// Reads one article and keeps what speaks for and against each candidate of an
    /// event, for learning to judge them.
    ///
    /// # Errors
    ///
    /// As [`Worker::read`].
    #[doc(hidden)]
    pub fn candidates(&mut self, article: &Article) -> Result<Vec<Candidate>, Error> {
        self.recording = true;
        let read = self.read_article(article, &mut |_| {}).map(|_| ());
        self.recording = false;
        read.map(|()| std::mem::take(&mut self.candidates))
    }

    /// Reads the text of an article, and takes over what the article says of itself.
    fn read_article<'a>(
        &mut self,
        article: &'a Article,
        done: &mut dyn FnMut(Stage),
    ) -> Result<Reading<'a>, Error> {
        let day = match &article.published {
            Some(date) => match Date::read(date) {
                Ok((day, _)) => Day::Known(Some(day)),
                Err(why) => {
                    let date = date.clone();
                    return Err(Error::PublishedDate { date, why });
                }
            },
            None => Day::InText,
        };
        let reading = self.read_text(&article.text, day, done)?;
        Ok(Reading {
            id: Cow::Borrowed(&article.id),
            outlet: article.outlet.as_deref().map(Cow::Borrowed),
            ..reading
        })
    }

    /// The stages that look at words one by one, up to what is marked on them. Gives the
    /// day of publication, where it is from, and what times are counted from.
    pub(crate) fn mark_words(
        &mut self,
        source: &SourceText,
        day: Day,
        done: &mut dyn FnMut(Stage),
    ) -> (Option<Date>, Option<PublishedFrom>, Anchor) {
        self.layout.analyze(source);
        done(Stage::Layout);
        let (published, published_from) = match day {
            Day::Known(day) => (day, None),
            Day::InText => {
                let day = self.datelines.find(source, &self.layout);
                (day, day.map(|_| PublishedFrom::Text))
            }
        };
        let anchor = Anchor::published(published);
        self.times.clear();
        self.finder.scan(source, &self.layout);
        self.finder.resolve(&self.layout, &anchor, &mut self.times);
        done(Stage::Times);
        self.tagged.fill(&self.models.morphology, &self.layout);
        done(Stage::Tags);
        self.words.fill(source, &self.layout);
        done(Stage::Words);
        self.labels
            .fill(&self.models.names, &self.layout, &self.tagged, &self.words);
        done(Stage::Names);
        self.words.advise(&self.layout, &self.tagged, &self.labels);
        for time in &self.times {
            self.words.mark(&self.layout, time.span, Tags::TIME);
        }
        self.speech.explain(self.explain);
        self.speech.mark(source, &self.layout, &mut self.words);
        done(Stage::Marks);
        (published, published_from, anchor)
    }

    /// Finds out who is named in the text whose words are [marked](Self::mark_words).
    pub(crate) fn meet(&mut self, source: &SourceText, published: Option<Date>) {
        let reader = phrase::Reader {
            source,
            layout: &self.layout,
            words: &self.words,
        };
        let day = published.and_then(office_day);
        self.cast.fill(&reader, &self.models.links, day);
    }

    /// Parses the sentences of the text whose words are [marked](Self::mark_words).
    pub(crate) fn parse(&mut self, wanted: Wanted) {
        self.trees.fill(
            &self.models.syntax,
            &self.layout,
            &self.tagged,
            &self.words,
            self.cast.mentions(),
            wanted,
        );
    }

    fn read_text<'a>(
        &mut self,
        text: &'a str,
        day: Day,
        done: &mut dyn FnMut(Stage),
    ) -> Result<Reading<'a>, Error> {
        let source = SourceText::new(text)?;
        let (published, published_from, anchor) = self.mark_words(&source, day, done);
        self.meet(&source, published);
        done(Stage::Cast);
        self.parse(Wanted::Telling);
        done(Stage::Trees);
        let statements = self.speech.read(
            &self.models.speech,
            &source,
            &self.layout,
            &self.words,
            &self.cast,
            &self.trees,
        );
        done(Stage::Statements);
        // What was said on another day counts its times from that day.
        let said: Vec<(Span, Date)> = statements
            .iter()
            .filter_map(|s| Some((s, assemble::said_on(s, &self.times)?)))
            .flat_map(|(s, day)| s.content.iter().map(move |&span| (span, day)))
            .collect();
        if !said.is_empty() {
            let anchor = said
                .iter()
                .fold(anchor, |a, &(span, day)| a.said(span, day));
            self.times.clear();
            self.finder.resolve(&self.layout, &anchor, &mut self.times);
        }
        // A dateline is the article's own; other page furniture tells no time of it.
        let layout = &self.layout;
        self.times.retain(|t| {
            let token = layout
                .tokens()
                .partition_point(|k| k.span.end <= t.span.start);
            layout.furniture_at(token).is_none_or(|f| !f.stands_apart())
        });
        done(Stage::Times);
        let found = rawi_events::Article {
            source: &source,
            layout: &self.layout,
            words: &self.words,
            trees: &self.trees,
            statements: &statements,
            times: &self.times,
            published,
        };
        let judge = &self.models.events;
        let events = if self.recording {
            let (events, candidates) = self.events.record(found, &self.cast, judge);
            self.candidates = candidates;
            events
        } else {
            self.events.read(found, &self.cast, judge)
        };
        done(Stage::Events);
        let stages = assemble::Stages {
            text,
            article: found,
            cast: &self.cast,
            events: &events,
            coder: &self.events,
            published_from,
            explain: self.explain,
        };
        let reading = assemble::reading(&stages);
        done(Stage::Assembly);
        Ok(reading)
    }
}

/// A day as the tables of offices count it.
fn office_day(date: Date) -> Option<rawi_names::Day> {
    let year = u16::try_from(date.year()).ok()?;
    Some(rawi_names::Day::new(year, date.month(), date.day()))
}
