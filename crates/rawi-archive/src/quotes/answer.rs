//! The quotations of a text that somebody, or a machine, wrote: those between quotation
//! marks, each with the speaker that rawi reads there.

use rawi::reading::{EntityType, Piece, Statement};
use rawi::{Article, Worker};
use rawi_text::{CharPos, Layout, SourceText};

use crate::ArchiveError;

/// Between marks fewer words are a name or a title.
const SHORTEST: usize = 3;

/// A quotation of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quoted {
    /// What stands between the marks.
    pub quotation: String,
    /// Who says it, as the text has it; none if it names nobody.
    pub speaker: Option<String>,
    /// Its first code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// The quotations of a text in the order of the text.
///
/// # Errors
///
/// If the text is none that can be read.
pub fn quotations(worker: &mut Worker, text: &str) -> Result<Vec<Quoted>, ArchiveError> {
    let asked =
        |e: &dyn std::fmt::Display| ArchiveError::Asked(format!("the text cannot be read: {e}"));
    let article = Article::new("", text);
    let reading = worker.read(&article).map_err(|e| asked(&e))?;
    let source = SourceText::new(text).map_err(|e| asked(&e))?;
    let mut layout = Layout::new();
    layout.analyze(&source);
    let mut all = Vec::new();
    for quote in layout.quotes().iter().filter(|q| q.depth == 0) {
        let quotation = source.slice(quote.content).unwrap_or_default().trim();
        if quotation.split_whitespace().count() < SHORTEST {
            continue;
        }
        let place = source.chars_of(quote.content);
        let (CharPos(start), CharPos(end)) = (place.start, place.end);
        // The innermost statement that has most of it: quoted as a whole, or a clause with
        // marks inside.
        let shared = |s: &Statement<'_>| -> u32 {
            let of = |p: &Piece<'_>| p.end.min(end).saturating_sub(p.start.max(start));
            s.content.iter().map(of).sum()
        };
        let length = |s: &&Statement<'_>| s.content.iter().map(|p| p.end - p.start).sum::<u32>();
        let having = reading
            .statements
            .iter()
            .filter(|s| 3 * shared(s) >= 2 * (end - start));
        let said = having.min_by_key(length);
        let speaker = said.and_then(|s| s.speaker.as_ref());
        let named = speaker.filter(|speaker| {
            let who = reading.entities.iter().find(|e| e.id == speaker.entity);
            who.is_none_or(|who| who.kind != EntityType::Anon)
        });
        all.push(Quoted {
            quotation: quotation.to_owned(),
            speaker: named.map(|speaker| speaker.name.clone().into_owned()),
            start,
            end,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quotation_with_its_speaker() {
        let mut worker = rawi::Reader::new().unwrap().worker();
        let text = "قال وزير الري سالم البدري: «سنبدأ بناء السد الجديد هذا العام»، في حفل «نهر الخير». \
            وقالت النائبة هدى الزعبي إن «ميزانية المدارس لن تكفي لعام واحد».";
        let found = quotations(&mut worker, text).unwrap();
        let shown: Vec<_> = found
            .iter()
            .map(|q| (&*q.quotation, q.speaker.as_deref()))
            .collect();
        let wanted = [
            ("سنبدأ بناء السد الجديد هذا العام", Some("سالم البدري")),
            ("ميزانية المدارس لن تكفي لعام واحد", Some("هدى الزعبي")),
        ];
        assert_eq!(shown, wanted);
        let chars: Vec<char> = text.chars().collect();
        for quoted in &found {
            let slice: String = chars[quoted.start as usize..quoted.end as usize]
                .iter()
                .collect();
            assert_eq!(slice.trim(), quoted.quotation);
        }
        assert!(quotations(&mut worker, "").unwrap().is_empty());
    }
}
