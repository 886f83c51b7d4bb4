//! rawi-morph
