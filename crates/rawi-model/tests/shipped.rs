//! The packs that come with rawi are whole. Opening one does not read all of its bytes,
//! so that the program starts at once; this does.

use std::path::Path;

use rawi_model::Pack;

#[test]
fn every_shipped_pack_is_undamaged() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut count = 0;
    for entry in std::fs::read_dir(models).expect("the models are there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|e| e == "pack") {
            let bytes = std::fs::read(&path).expect("the pack can be read");
            let pack = Pack::open(&bytes).expect("the pack opens");
            assert_eq!(pack.verify(), Ok(()), "{}", path.display());
            count += 1;
        }
    }
    assert_eq!(count, 4);
}
