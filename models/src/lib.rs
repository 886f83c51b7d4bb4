//! The trained models that come with rawi, as bytes and nothing else.
//!
//! They stand in a crate of their own because their license is not that of the
//! code: whoever embeds rawi sees in the list of crates that the models are
//! CC BY-SA 4.0 (`LICENSE` beside them names all that they were made from, and
//! `README.md` says of each what it does). `rawi-model` opens them.

/// One model.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Model {
    /// What it is called: the name of its file without `.pack`.
    pub name: &'static str,
    /// The pack.
    pub bytes: &'static [u8],
}

/// Cuts words, tags them and knows lemmas.
pub static MORPH: Model = Model {
    name: "morph",
    bytes: include_bytes!("../morph.pack"),
};

/// Marks names.
pub static NAMES: Model = Model {
    name: "names",
    bytes: include_bytes!("../names.pack"),
};

/// Chooses whom titles, descriptions and short names mean.
pub static LINKS: Model = Model {
    name: "links",
    bytes: include_bytes!("../links.pack"),
};

/// Finds which word governs which.
pub static SYNTAX: Model = Model {
    name: "syntax",
    bytes: include_bytes!("../syntax.pack"),
};

/// Weighs what may be a statement, where it ends and who makes it.
pub static SPEECH: Model = Model {
    name: "speech",
    bytes: include_bytes!("../speech.pack"),
};

/// Judges events.
pub static EVENTS: Model = Model {
    name: "events",
    bytes: include_bytes!("../events.pack"),
};

/// All of them, in the order in which an article meets them.
pub static ALL: [&Model; 6] = [&MORPH, &NAMES, &LINKS, &SYNTAX, &SPEECH, &EVENTS];
