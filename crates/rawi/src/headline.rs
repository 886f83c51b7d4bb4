//! The headline beside the article: read by itself, with offsets into the title,
//! and its entities led to those of the text.

use rawi_text::fold;

use crate::Reading;
use crate::ids;
use crate::reading::{Entity, EntityType, Headline, MentionKind};

/// The headline of an article, from the reading of its title as a text of its
/// own; `body` are the entities of the article's text.
pub(crate) fn of<'a>(title: Reading<'a>, body: &[Entity<'a>]) -> Headline<'a> {
    let mut headline = Headline {
        text_sha256: title.text_sha256,
        statements: title.statements,
        events: title.events,
        entities: title.entities,
        times: title.times,
    };
    mark(&mut headline, true);
    if headline.entities.is_empty() {
        return headline;
    }
    let named: Vec<Named<'_, '_>> = body.iter().map(Named::of).collect();
    for entity in &mut headline.entities {
        let Some(same) = same(entity, &named).map(|i| &body[i]) else {
            continue;
        };
        entity.same_as = Some(same.id);
        // A short name alone doesn't show that it is a person's.
        if same.kind == EntityType::Per && entity.kind != EntityType::Per {
            take_for_person(entity);
        }
    }
    headline
}

/// Calls an entity a person whose short name alone did not show it: what seemed to
/// describe something is that name.
fn take_for_person(entity: &mut Entity<'_>) {
    let described = entity.kind != EntityType::Anon;
    entity.kind = EntityType::Per;
    for mention in entity.mentions.iter_mut().filter(|_| described) {
        mention.kind = MentionKind::Name;
    }
}

/// The same headline with ids as a text has them and no entity led anywhere, for
/// whoever checks it like one; none if an id lacks the headline's mark.
pub(crate) fn by_itself<'a>(headline: &Headline<'a>) -> Option<Headline<'a>> {
    let mut out = headline.clone();
    let mut marked = true;
    ids::change(
        &mut out.statements,
        &mut out.events,
        &mut out.entities,
        |id| marked &= id.in_headline(),
    );
    mark(&mut out, false);
    for entity in &mut out.entities {
        entity.same_as = None;
    }
    marked.then_some(out)
}

/// Gives every id the headline's mark or takes it away.
fn mark(headline: &mut Headline<'_>, marked: bool) {
    ids::change(
        &mut headline.statements,
        &mut headline.events,
        &mut headline.entities,
        |id| *id = id.with_headline(marked),
    );
}

/// An entity of the text with its folded names.
struct Named<'e, 'a> {
    entity: &'e Entity<'a>,
    name: String,
    mentions: Vec<String>,
}

impl<'e, 'a> Named<'e, 'a> {
    fn of(entity: &'e Entity<'a>) -> Self {
        let mut mentions: Vec<String> = entity.mentions.iter().map(|m| fold(&m.text)).collect();
        mentions.sort_unstable();
        mentions.dedup();
        Named {
            entity,
            name: fold(&entity.name),
            mentions,
        }
    }
}

/// The entity of the text that a headline's entity is: of the same name or link;
/// else the only one that the text once calls so, or whose name has all the words
/// of a person's name.
fn same(entity: &Entity<'_>, body: &[Named<'_, '_>]) -> Option<usize> {
    let name = fold(&entity.name);
    let only = |fits: &dyn Fn(&Named<'_, '_>) -> bool| {
        let mut all = (0..body.len()).filter(|&i| fits(&body[i]));
        let first = all.next()?;
        all.next().is_none().then_some(first)
    };
    // A title alone is of somebody whom the text may name.
    let title = entity.kind == EntityType::Anon;
    let kind = |b: &Named<'_, '_>| {
        b.entity.kind == entity.kind || title && b.entity.kind == EntityType::Per
    };
    only(&|b| b.name == name && kind(b))
        .or_else(|| only(&|b| entity.link.is_some() && b.entity.link == entity.link))
        .or_else(|| only(&|b| kind(b) && b.mentions.binary_search(&name).is_ok()))
        .or_else(|| only(&|b| kind(b) && b.mentions.iter().any(|m| begins(m, &name))))
        .or_else(|| {
            let person = |b: &Named<'_, '_>| b.entity.kind == EntityType::Per;
            let alone = entity.kind == EntityType::Org && !name.contains(' ');
            only(&|b| person(b) && (kind(b) || alone) && has_words(&b.name, &name))
        })
        .or_else(|| {
            // `الوزير البدري`, where the text has him with his full name.
            let last = |name: &str| name.rsplit(' ').next().map(str::to_owned);
            only(&|b| kind(b) && entity.kind == EntityType::Per && last(&b.name) == last(&name))
        })
}

/// Whether a mention begins with all of a name: `وزير الداخلية` in `وزير الداخلية
/// عادل الشهري`.
fn begins(mention: &str, name: &str) -> bool {
    mention
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(' '))
}

/// Whether the words of the short name stand in the long one in their order.
fn has_words(long: &str, short: &str) -> bool {
    let mut words = long.split_whitespace();
    !short.is_empty()
        && short
            .split_whitespace()
            .all(|word| words.any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use crate::{Article, Reader, verify};

    /// The statements of a headline: speaker, the entity of the text that it is
    /// the same as, content.
    fn told(title: &str, text: &str) -> Vec<String> {
        let article = Article::new("a", text)
            .with_title(title)
            .with_published("2025-03-10");
        let reading = Reader::new().unwrap().read(&article).unwrap();
        verify(&reading, &article).unwrap();
        let headline = reading.headline.as_ref().unwrap();
        let name = |id| {
            let body = reading.entities.iter().find(|e| e.id == id);
            body.map_or("-", |e| &*e.name)
        };
        headline
            .statements
            .iter()
            .map(|s| {
                let speaker = s.speaker.as_ref().unwrap();
                let mut all = headline.entities.iter();
                let entity = all.find(|e| e.id == speaker.entity).unwrap();
                let same = entity.same_as.map_or("-", name);
                let content: Vec<&str> = s.content.iter().map(|c| &*c.text).collect();
                format!("{} = {same}: {}", speaker.name, content.join(" / "))
            })
            .collect()
    }

    #[test]
    fn what_headlines_say() {
        let text =
            "أعلن وزير النقل سالم البدري أن الجسر سيفتح غدا. وقالت هيئة الطرق إن العمل انتهى.";
        let table = [
            (
                "البدري: الجسر سيفتح غدا",
                "البدري = سالم البدري: الجسر سيفتح غدا",
            ),
            (
                "وزير النقل: لا تأخير في فتح الجسر",
                "وزير النقل = سالم البدري: لا تأخير في فتح الجسر",
            ),
            (
                "هيئة الطرق: انتهى العمل",
                "هيئة الطرق = هيئة الطرق: انتهى العمل",
            ),
        ];
        for (title, wanted) in table {
            assert_eq!(told(title, text), [wanted], "{title}");
        }
        assert!(told("الجسر الجديد يفتح غدا", text).is_empty());
    }

    #[test]
    fn damage_is_found() {
        let article = Article::new("a", "قال الوزير سالم البدري إن الطريق مفتوح.")
            .with_title("البدري: الطريق مفتوح");
        let fresh = Reader::new().unwrap().read(&article).unwrap();
        verify(&fresh, &article).unwrap();
        type Damage = fn(&mut crate::reading::Headline<'_>);
        let table: [Damage; 5] = [
            |h| h.text_sha256.push('0'),
            |h| h.statements[0].content[0].start += 1,
            |h| h.statements[0].id = "s1".parse().unwrap(),
            |h| h.entities[0].same_as = Some("e9".parse().unwrap()),
            |h| h.entities[0].name.to_mut().push('ا'),
        ];
        for (i, damage) in table.iter().enumerate() {
            let mut reading = fresh.clone();
            damage(reading.headline.as_mut().unwrap());
            assert!(verify(&reading, &article).is_err(), "{i}");
        }
        let untitled = Article::new("a", article.text.as_str());
        assert!(verify(&fresh, &untitled).is_err());
    }
}
