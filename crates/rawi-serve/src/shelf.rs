//! Pages that were asked for lately: whoever asks the same before anybody has written gets
//! the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rawi_archive::State;
use rawi_pages::{Page, Site};

/// The most that all of them may hold, in bytes.
const MOST: usize = 16 << 20;

/// What makes a page what it is, besides the archive: its address and its dress.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PageKey(String);

impl PageKey {
    /// The key of a page; none if it is somebody's own.
    pub fn of(site: &Site) -> Option<Self> {
        let Site {
            lang,
            digits,
            theme,
            months,
            path,
            params,
            signed_in,
            open,
            samples,
        } = site;
        let dress = format!("{lang:?} {digits:?} {theme:?} {months:?} {open} {samples}");
        let own = signed_in.is_some();
        (!own).then(|| Self(format!("{dress} {}", params.behind(path))))
    }
}

/// Pages of one state of the archive.
#[derive(Default, Debug)]
pub struct Shelf(Mutex<Pages>);

#[derive(Default, Debug)]
struct Pages {
    state: Option<State>,
    /// Each with the number of the last that asked for it.
    kept: HashMap<PageKey, (u64, Arc<Page>)>,
    asked: u64,
    bytes: usize,
}

impl Shelf {
    /// The page, if it was asked for in this state.
    pub fn get(&self, state: State, key: &PageKey) -> Option<Arc<Page>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.state != Some(state) {
            return None;
        }
        pages.asked += 1;
        let now = pages.asked;
        let (asked, page) = pages.kept.get_mut(key)?;
        *asked = now;
        Some(Arc::clone(page))
    }

    /// Keeps a page that was made in a state.
    pub fn put(&self, state: State, key: PageKey, page: &Arc<Page>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.state != Some(state) {
            // Of an earlier state nobody asks any more.
            *pages = Pages {
                state: Some(state),
                ..Pages::default()
            };
        }
        let size = |key: &PageKey, page: &Page| key.0.len() + page.html.len();
        let bytes = size(&key, page);
        if bytes > MOST / 8 {
            return;
        }
        if pages.bytes + bytes > MOST {
            // Half of them go at once, those that were asked for longest ago: so nobody has
            // to look for the oldest each time.
            let mut order: Vec<u64> = pages.kept.values().map(|(asked, _)| *asked).collect();
            order.sort_unstable();
            let bound = order.get(order.len() / 2).copied().unwrap_or(0);
            pages.kept.retain(|_, (asked, _)| *asked > bound);
            pages.bytes = pages.kept.iter().map(|(t, (_, p))| size(t, p)).sum();
        }
        pages.asked += 1;
        let now = pages.asked;
        pages.bytes += bytes;
        if let Some((_, old)) = pages.kept.insert(key.clone(), (now, Arc::clone(page))) {
            pages.bytes -= size(&key, &old);
        }
    }
}

#[cfg(test)]
mod tests {
    use rawi_archive::{Archive, Mode};
    use rawi_pages::{Lang, Params};

    use super::*;

    fn page(bytes: usize) -> Arc<Page> {
        Arc::new(Page {
            status: 200,
            html: "x".repeat(bytes),
        })
    }

    fn key(n: usize) -> PageKey {
        PageKey::of(&Site::new(Lang::Ar, &format!("/{n}"), Params::default())).unwrap()
    }

    #[test]
    fn what_was_asked_for_longest_ago_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Archive::open(folder.path().join("a.rawi"), Mode::Create).unwrap();
        let state = open().state().unwrap();
        let shelf = Shelf::default();
        let each = MOST / 10;
        for n in 0..30 {
            shelf.put(state, key(n), &page(each));
            assert!(shelf.get(state, &key(0)).is_some(), "{n}");
            let held = shelf.0.lock().unwrap().bytes;
            assert!(held <= MOST, "{held}");
        }
        assert!(shelf.get(state, &key(1)).is_none());
        assert!(shelf.get(state, &key(29)).is_some());
        shelf.put(state, key(31), &page(MOST));
        assert!(shelf.get(state, &key(31)).is_none());
        // Put twice it counts once.
        let before = shelf.0.lock().unwrap().bytes;
        shelf.put(state, key(29), &page(each));
        assert_eq!(shelf.0.lock().unwrap().bytes, before);
        // Another state has none of them.
        let other = open().state().unwrap();
        assert!(shelf.get(other, &key(0)).is_none());
        shelf.put(other, key(0), &page(1));
        assert!(shelf.get(state, &key(29)).is_none());
    }

    #[test]
    fn a_page_of_somebody_s_own_has_no_key() {
        let mut site = Site::new(Lang::En, "/", Params::default());
        assert!(PageKey::of(&site).is_some());
        let plain = PageKey::of(&site);
        site.digits = rawi_pages::Digits::Arabic;
        assert_ne!(PageKey::of(&site), plain);
        site.signed_in = Some(rawi_pages::SignedIn {
            name: "ليلى".to_owned(),
            token: "t".to_owned(),
        });
        assert_eq!(PageKey::of(&site), None);
    }
}
