//! What the commands that take articles have in common.

use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use rawi_input::Inputs;
use rawi_time::{Date, DateOrder};

use crate::{Usage, tell};

/// How files are understood.
#[derive(clap::Args)]
pub struct Options {
    /// What the input holds
    #[arg(long, value_enum, default_value_t = Form::Auto)]
    input: Form,
    /// Take an article's id, text, html, title, published, outlet, url, author,
    /// language or fetched from the field or column of this name; may be given
    /// several times
    #[arg(long = "field", value_name = "text=NAME")]
    fields: Vec<String>,
}

/// What the input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Judge each file by its name and its first characters
    Auto,
    /// One article a file, with whatever stands in it
    Text,
    /// JSON objects, one a line, one after another or in an array
    #[value(alias = "jsonl")]
    Json,
    /// A table with a header, separated by commas, semicolons, tabs or bars
    #[value(alias = "tsv")]
    Csv,
    /// One page a file
    Html,
    /// Pages in the containers of web archives
    Warc,
}

impl From<Form> for rawi_input::Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Auto => Self::Auto,
            Form::Text => Self::Text,
            Form::Json => Self::Json,
            Form::Csv => Self::Csv,
            Form::Html => Self::Html,
            Form::Warc => Self::Warc,
        }
    }
}

impl Options {
    /// The options that decide what the articles are, as they are written.
    pub fn written(&self) -> Vec<String> {
        let fields = self.fields.iter().map(|field| format!("--field {field}"));
        let form = self.input.to_possible_value();
        let form = form.filter(|_| self.input != Form::Auto);
        let form = form.map(|form| format!("--input {}", form.get_name()));
        form.into_iter().chain(fields).collect()
    }

    /// The articles of files.
    ///
    /// # Errors
    ///
    /// If a field is named in a way that cannot be used.
    pub fn inputs(&self, files: &[PathBuf]) -> Result<Inputs> {
        let inputs = Inputs::new(files).with_format(self.input.into());
        let inputs = inputs.with_fields(&self.fields);
        Ok(inputs.map_err(|e| Usage(format!("--field: {e}")))?)
    }
}

/// The ISO day of a date on the command line.
pub fn day(text: &str) -> Result<String, String> {
    match Date::read(text) {
        Ok((day, order)) => {
            if order != DateOrder::Certain {
                tell(&format!("{text} is {order}, as {day}"));
            }
            Ok(day.to_string())
        }
        Err(e) => Err(e.to_string()),
    }
}
