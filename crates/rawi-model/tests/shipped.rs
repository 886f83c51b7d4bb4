//! The packs that come with rawi are whole. Opening one does not read all of its bytes,
//! so that the program starts at once; this does.

use rawi_model::Pack;

#[test]
fn every_shipped_pack_is_undamaged() {
    for model in rawi_models::ALL {
        let pack = Pack::open(model.bytes).expect("the pack opens");
        assert_eq!(pack.verify(), Ok(()), "{}", model.name);
    }
}
