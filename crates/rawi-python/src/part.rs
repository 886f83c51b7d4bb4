//! A value inside of a greater one that is kept alive with it.

use std::any::Any;
use std::sync::Arc;

use yoke::Yoke;

/// What parts are parts of: a reading with its article, or a part that stands alone
/// since it came out of a pickle.
type Whole = Arc<dyn Any + Send + Sync>;

/// A place in a whole, with the whole. Cloning copies nothing of it.
pub(crate) struct Part<T: 'static>(Yoke<&'static T, Whole>);

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        self.part(|it| it)
    }
}

impl<T: Send + Sync + 'static> Part<T> {
    /// A value of its own.
    pub fn whole(value: T) -> Self {
        let whole: Whole = Arc::new(value);
        Self(Yoke::attach_to_cart(whole, |value| {
            // It was made of a `T` two lines above.
            value.downcast_ref().unwrap_or_else(|| unreachable!())
        }))
    }
}

impl<T> Part<T> {
    /// The value.
    pub fn it(&self) -> &T {
        self.0.get()
    }

    /// A part of this part.
    pub fn part<U>(&self, find: impl for<'a> FnOnce(&'a T) -> &'a U) -> Part<U> {
        Part(self.0.map_project_cloned(|it, _| find(it)))
    }

    /// A part that may be missing.
    pub fn maybe<U>(&self, find: impl for<'a> Fn(&'a T) -> Option<&'a U>) -> Option<Part<U>> {
        find(self.it())?;
        Some(self.part(|it| find(it).unwrap_or_else(|| unreachable!())))
    }
}
