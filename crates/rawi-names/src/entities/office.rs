//! Who a title alone means by the office that it names: of the well-known people in the
//! article whoever held it on the article's day.

use std::ops::Range;

use rawi_text::Few;
use rawi_words::{Post, Titled, lexicon};

use super::naming::folded_name;
use super::sieve::{Sieve, address};
use super::{Cast, EntityId};
use crate::Roles;
use crate::mentions::{Mention, MentionId, MentionKind};
use crate::phrase::{Kind, Reader};

/// How many mentions back the office is looked for that a counterpart has too.
const COUNTERPART: usize = 8;

/// So many who may hold an office are weighed.
const HOLDERS: usize = 4;

impl Cast {
    /// Those named in the article who held the office that a title names, or that of the
    /// one to whom it is a counterpart; and whether the title says whose office it is.
    pub(super) fn in_office(
        &self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        id: MentionId,
        range: Range<usize>,
    ) -> (Few<EntityId, HOLDERS>, bool) {
        let mention = self.mentions.get(id);
        let Some(post) = self.post(reader, sieve, id, range) else {
            return (Few::new(), false);
        };
        let named = |known: &'static crate::Known| {
            let who = sieve.by_known.get(&address(known)).copied()?;
            self.alike(who, mention).then_some(who)
        };
        let who = match sieve.day {
            Some(day) => post.holders(day).filter_map(named).take(HOLDERS).collect(),
            None => post.ever().filter_map(named).take(HOLDERS).collect(),
        };
        (who, !post.is_open() && sieve.day.is_some())
    }

    /// The post that a title names; of `نظيره الفرنسي` that of whoever was called by
    /// office before.
    fn post(
        &self,
        reader: &Reader<'_>,
        sieve: &mut Sieve,
        id: MentionId,
        range: Range<usize>,
    ) -> Option<Post> {
        let mention = self.mentions.get(id);
        if mention.what != Kind::Person {
            return None;
        }
        let counterpart = reader
            .words
            .bare_plays(reader.layout, mention.head, Roles::COUNTERPART);
        if !counterpart {
            return said(reader, sieve, range).map(|titled| titled.post);
        }
        let country = mention.country?;
        let before = self.mentions.all()[..id.0 as usize].iter().rev();
        let titles = before
            .take(COUNTERPART)
            .take_while(|m| m.sentence == mention.sentence);
        let mut posts = titles
            .filter(|m: &&Mention| m.kind == MentionKind::Title && m.what == Kind::Person)
            .filter_map(|m| said(reader, sieve, m.tokens.clone()));
        posts.next().map(|titled| titled.post.of(country))
    }
}

/// The office that a title names, unless it says that it is held no more or not yet.
fn said(reader: &Reader<'_>, sieve: &mut Sieve, range: Range<usize>) -> Option<Titled> {
    // What is said of somebody behind the label (`الوزير في الصورة`) is no office.
    let labeled = reader.words.labeled_in(range.clone()).last();
    let end = labeled.map_or(range.end, |l| l.range().end.min(range.end));
    let title = folded_name(reader, range.start..end, &mut sieve.text);
    lexicon().office(title).filter(|titled| !titled.qualified)
}
