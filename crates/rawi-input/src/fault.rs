//! Faults of our own: they cost the article in hand and nothing else, and are
//! told like everything that goes wrong with an article.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread catches its faults.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// What the last fault of this thread said of itself.
    static FAULT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; of a fault in it, what is to be told.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let otherwise = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                return otherwise(info);
            }
            let place = info.location().map_or(String::new(), |at| {
                format!(" at {}:{}", at.file(), at.line())
            });
            let payload = info.payload();
            let said = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied());
            let said = said.map_or(String::new(), |s| format!(" ({s})"));
            FAULT.set(Some(format!("{place}{said}")));
        }));
    });
    GUARDED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.map_err(|_| {
        let said = FAULT.take().unwrap_or_default();
        format!("fault in rawi{said}; please report it with the article")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_it_is() {
        let quiet: Result<u32, String> = guarded(|| 7);
        assert_eq!(quiet, Ok(7));
        let fault = guarded(|| -> u32 { panic!("out of {}", "order") }).unwrap_err();
        assert!(
            fault.starts_with("fault in rawi at ") && fault.contains("fault.rs:"),
            "{fault}"
        );
        assert!(fault.contains("(out of order)"), "{fault}");
    }
}
