//! How output for people looks: its language, colors and isolates.

use clap::ValueEnum;

use crate::pretty::Style;
use crate::words::Lang;

/// The options of it.
#[derive(clap::Args)]
pub struct Look {
    /// Language of the words around the articles' own; by default English in
    /// lines and Arabic on the page
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Color the output
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// Put names and words in Unicode isolates, which keep the order of a line
    /// that mixes Arabic with dates and Latin letters
    #[arg(long, value_enum, default_value_t = Bidi::Auto, value_name = "WHEN")]
    bidi: Bidi,
}

/// When to color.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is `dumb`
    Auto,
    /// Also into a pipe
    Always,
    /// Not at all
    Never,
}

/// When to isolate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Bidi {
    /// Wherever people read: on a terminal that is not dumb, in pipes and files
    Auto,
    /// Always
    Isolate,
    /// Not at all, for programs that search the lines
    Never,
}

impl Look {
    /// The style of lines, on a terminal or elsewhere.
    pub fn style(&self, terminal: bool) -> Style {
        Style {
            color: match self.color {
                Color::Auto => terminal && no_color_unset() && !is_dumb(),
                Color::Always => true,
                Color::Never => false,
            },
            isolate: match self.bidi {
                Bidi::Auto => !(terminal && is_dumb()),
                Bidi::Isolate => true,
                Bidi::Never => false,
            },
            width: width(terminal),
            lang: self.lang.unwrap_or(Lang::En),
        }
    }
}

/// Whether nobody asks for no colors: https://no-color.org counts a value only if
/// it is not empty.
fn no_color_unset() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether the terminal says that it can do nothing but print.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

fn width(terminal: bool) -> usize {
    const PIPE: usize = 100;
    if !terminal {
        return PIPE;
    }
    terminal_size::terminal_size().map_or(PIPE, |(width, _)| usize::from(width.0).clamp(40, 140))
}
