//! Which color and line a speaker has on a page.

/// Gives speakers their colors and lines, in the order in which a page first names them. From
/// the ninth on they come again; numbers beside them stay their own.
#[derive(Clone, Default, Debug)]
pub struct Hues {
    seen: Vec<i64>,
}

impl Hues {
    /// The class of a speaker: `sp1` … `sp8`. Somebody of whom nothing is known has none.
    pub fn class(&mut self, speaker: Option<i64>) -> &'static str {
        const CLASSES: [&str; 8] = ["sp1", "sp2", "sp3", "sp4", "sp5", "sp6", "sp7", "sp8"];
        let Some(speaker) = speaker else { return "" };
        let place = self.seen.iter().position(|id| *id == speaker);
        let place = place.unwrap_or_else(|| {
            self.seen.push(speaker);
            self.seen.len() - 1
        });
        CLASSES[place % CLASSES.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_speaker_has_the_same_color() {
        let mut hues = Hues::default();
        let classes: Vec<_> = [7, 3, 7]
            .into_iter()
            .map(|id| hues.class(Some(id)))
            .collect();
        assert_eq!(classes, ["sp1", "sp2", "sp1"]);
        for id in 10..16 {
            hues.class(Some(id));
        }
        assert_eq!(hues.class(Some(99)), "sp1");
        assert_eq!(hues.class(None), "");
    }
}
