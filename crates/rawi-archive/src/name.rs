//! How the contract of readings calls things.

use serde::Serialize;

/// The name that the contract of readings has for an act, a status and the like. Empty for
/// what has none.
///
/// ```
/// use rawi::reading::ChannelKind;
///
/// assert_eq!(rawi_archive::name_of(ChannelKind::PressConference), "press-conference");
/// ```
pub fn name_of<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
