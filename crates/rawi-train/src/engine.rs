//! Reading the articles now, with the engine of this workspace.

use anyhow::{Context, Result};
use rawi::{Models, Reader};
use rawi_events::Judge;
use rawi_morph::Morphology;
use rawi_names::{LinkModel, NameModel};
use rawi_speech::SpeechModel;
use rawi_syntax::Parser;

use crate::input::{Articles, Readings};
use crate::predicted;

/// The engine with another model of statements.
///
/// # Errors
///
/// If the model is broken.
pub(crate) fn reader(base: &Models, speech: Vec<u8>) -> Result<Reader> {
    let speech = SpeechModel::open(leak(speech))?;
    Ok(Reader::with_models(Models {
        speech,
        ..base.clone()
    }))
}

/// The embedded models with another one in the place of that called `name`, which is not
/// even opened: it may be of other templates than the program's.
///
/// # Errors
///
/// If a model is broken.
pub(crate) fn base(name: &str, bytes: Vec<u8>) -> Result<Models> {
    let given = leak(bytes);
    let of = |model: rawi_models::Model| match model.name == name {
        true => given,
        false => model.bytes,
    };
    Ok(Models {
        morphology: Morphology::open(of(rawi_models::MORPH))?,
        names: NameModel::open(of(rawi_models::NAMES))?,
        links: LinkModel::open(of(rawi_models::LINKS))?,
        syntax: Parser::open(of(rawi_models::SYNTAX))?,
        speech: SpeechModel::open(of(rawi_models::SPEECH))?,
        events: Judge::open(of(rawi_models::EVENTS))?,
    })
}

/// The models with another one of names.
///
/// # Errors
///
/// If the model is broken.
pub(crate) fn with_names(base: &Models, names: Vec<u8>) -> Result<Models> {
    let names = NameModel::open(leak(names))?;
    Ok(Models {
        names,
        ..base.clone()
    })
}

/// A reader may live as long as the program, and so must its models.
pub(crate) fn leak(bytes: Vec<u8>) -> &'static [u8] {
    Box::leak(bytes.into_boxed_slice())
}

/// Reads those of `articles` that have one of the ids.
///
/// A reading goes through JSON, as it does when it comes from a file, so that
/// what is scored is what users get.
///
/// # Errors
///
/// If an article cannot be read. Scoring goes no further then: a figure over
/// the articles that happen to work says nothing.
pub(crate) fn read(reader: &Reader, articles: &Articles, ids: &[&str]) -> Result<Readings> {
    let mut worker = reader.worker();
    let mut readings = Readings::new();
    for &id in ids {
        // Scoring says which one is missing.
        let Some(article) = articles.get(id) else {
            continue;
        };
        let mut input = rawi::Article::new(id, article.text.as_str());
        input.published.clone_from(&article.published);
        let reading = worker.read(&input).with_context(|| id.to_owned())?;
        let reading: predicted::Reading = serde_json::from_value(serde_json::to_value(reading)?)?;
        readings.insert(id.to_owned(), reading);
    }
    Ok(readings)
}
