//! rawi-time
