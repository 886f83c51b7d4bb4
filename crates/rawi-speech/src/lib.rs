//! Reported speech in Arabic news: cue, content, source, speaker, addressee,
//! channel and chain of transmission.
//!
//! The reading goes from small to large. `cue` finds every word that may
//! report; `frame` and `nominal` look for the message that its verb takes;
//! `gap`, `subject` and `channel` read what stands between; `attribution` finds
//! `بحسب فلان` and its like, `label` names before a colon; `content` tells where reported speech ends; `party` gathers
//! whoever stands around a cue, `sides` and `medium` choose who speaks, who is spoken to and
//! through what; and `speaker` follows who is speaking through the article. What the words are
//! stands in `lexicon/`, and `spelled` finds it out once for each spelling.
//!
//! ```
//! use rawi_names::{Cast, LinkModel, Words, phrase::Reader};
//! use rawi_speech::{SpeechModel, Worker};
//! use rawi_syntax::Trees;
//! use rawi_text::{Layout, SourceText};
//!
//! let source = SourceText::new("قال الوزير سالم البدري إن المفاوضات ستستأنف قريبا.")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//! let mut words = Words::default();
//! words.fill(&source, &layout);
//! let mut worker = Worker::new();
//! worker.mark(&source, &layout, &mut words);
//! let mut cast = Cast::default();
//! let links = LinkModel::embedded()?;
//! cast.fill(&Reader { source: &source, layout: &layout, words: &words }, &links, None);
//! let model = SpeechModel::embedded()?;
//! // Without trees, as nothing is parsed here.
//! let statements = worker.read(&model, &source, &layout, &words, &cast, &Trees::default());
//! assert_eq!(source.slice(statements[0].content[0]), Some("إن المفاوضات ستستأنف قريبا"));
//! let speaker = statements[0].speaker.map(|s| cast.get(s.entity).name.as_str());
//! assert_eq!(speaker, Some("سالم البدري"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attribution;
mod behind;
mod border;
mod candidate;
mod carry;
mod channel;
mod choice;
mod content;
mod cue;
mod draft;
mod evidence;
mod frame;
mod gap;
mod hearer;
mod held;
mod homograph;
mod label;
mod list;
mod medium;
mod model;
mod nominal;
mod owner;
mod party;
mod quotation;
mod read;
mod relation;
mod remark;
mod sides;
mod speaker;
mod spelled;
mod statement;
mod subject;
mod templates;
mod tokens;
mod topic;
mod verdict;
mod view;

pub use choice::{Answer, Choice, Meant};
pub use model::{Question, SpeechModel};
pub use rawi_words::reporting::{is_lemma, is_platform, row};
pub use read::Worker;
pub use statement::{Act, Channel, ChannelKind, Cue, Form, Speaker, SpeakerHow, Statement, Why};
pub use templates::{Boundary, FrameKind, TEMPLATES};
