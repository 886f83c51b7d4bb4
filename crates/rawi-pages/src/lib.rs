//! What an archive and a reading look like: pages for the browser.
