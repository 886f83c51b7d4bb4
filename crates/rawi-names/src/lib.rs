//! rawi-names
