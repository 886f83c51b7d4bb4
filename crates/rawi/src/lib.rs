//! rawi
