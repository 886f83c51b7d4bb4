//! Which models are compiled in, for `rawi --version`: of each pack the checksum
//! that stands in its header.

use std::error::Error;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Where a pack has its checksum, in bytes.
const CHECKSUM: std::ops::Range<usize> = 16..24;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join("../../models");
    let mut models = Vec::new();
    for name in ["morph", "names", "speech", "events"] {
        let path = folder.join(format!("{name}.pack"));
        println!("cargo:rerun-if-changed={}", path.display());
        let mut head = [0; CHECKSUM.end];
        File::open(&path)
            .and_then(|mut file| file.read_exact(&mut head))
            .map_err(|e| format!("{}: {e}", path.display()))?;
        let sum: u64 = head[CHECKSUM]
            .iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | u64::from(byte));
        models.push(format!("{name} {sum:016x}"));
    }
    println!("cargo:rustc-env=RAWI_MODELS={}", models.join(", "));
    Ok(())
}
