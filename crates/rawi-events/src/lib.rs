//! rawi-events
