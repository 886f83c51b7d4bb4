//! The screens: what each takes from a request and hands to its page.

pub mod article;
pub mod events;
pub mod quote;
pub mod read;
pub mod search;
pub mod who;
