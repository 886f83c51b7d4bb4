//! Whether two names are of one outlet.

use std::sync::LazyLock;

use rawi_text::fold;

// What an outlet may be (`lexicon/bodies.tsv`): وكالة، صحيفة.
include!(concat!(env!("OUT_DIR"), "/media_nouns.rs"));

static NOUNS: LazyLock<Vec<String>> =
    LazyLock::new(|| MEDIA_NOUNS.iter().map(|noun| fold(noun)).collect());

/// Whether two folded names are of one outlet: they are the same, or one is the other behind
/// what it is (`الضفاف`, `وكالة الضفاف`). `قناة المنارة` and `صحيفة المنارة` are two.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || is_behind_noun(a, b) || is_behind_noun(b, a)
}

fn is_behind_noun(whole: &str, name: &str) -> bool {
    let before = whole.strip_suffix(name).filter(|_| !name.is_empty());
    let noun = before.and_then(|before| before.strip_suffix(' '));
    noun.is_some_and(|noun| NOUNS.iter().any(|known| known == noun))
}

/// The only one of some named things that a name means: the one that is called so, or else
/// the only one whose name is of the same outlet.
pub(super) fn meant<'n, T: Copy + PartialEq>(
    among: impl Iterator<Item = (&'n str, T)> + Clone,
    name: &str,
) -> Option<T> {
    if let Some((_, exact)) = among.clone().find(|(known, _)| *known == name) {
        return Some(exact);
    }
    let mut same = among.filter(|(known, _)| is_same(known, name));
    let (_, first) = same.next()?;
    same.all(|(_, other)| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_may_stand_behind_what_it_is() {
        for (a, b, same) in [
            ("الضفاف", "الضفاف", true),
            ("وكالة الضفاف", "الضفاف", true),
            ("الضفاف", "وكالة أنباء الضفاف", true),
            ("قناة المنارة", "صحيفة المنارة", false),
            ("بريد الجبل", "الجبل", false),
            ("وكالة", "", false),
            ("وكالةالضفاف", "الضفاف", false),
        ] {
            assert_eq!(is_same(&fold(a), &fold(b)), same, "{a} {b}");
        }
    }

    #[test]
    fn a_name_that_may_mean_two_means_none() {
        let [tower, paper, sea] = ["قناة المنارة", "صحيفة المنارة", "وكالة البحر"].map(fold);
        let all = [(&*tower, 1), (&*paper, 2), (&*sea, 3)];
        let meant = |name: &str| super::meant(all.into_iter(), &fold(name));
        assert_eq!(meant("المنارة"), None);
        assert_eq!(meant("صحيفة المنارة"), Some(2));
        assert_eq!(meant("البحر"), Some(3));
        assert_eq!(meant("موقع البحر"), None);
    }
}
