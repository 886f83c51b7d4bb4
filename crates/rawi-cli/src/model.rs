//! The models that are compiled in.

use rawi_model::Pack;

/// Each model with the checksum of its pack, in a line.
pub fn sums() -> String {
    let sums: Vec<String> = rawi_models::ALL
        .into_iter()
        .filter_map(|model| {
            let sum = Pack::open(model.bytes).ok()?.checksum();
            Some(format!("{} {sum:016x}", model.name))
        })
        .collect();
    sums.join(", ")
}
