//! rawi-speech
