//! Lets the library be linked on macOS by cargo alone: Python's own functions are there
//! only once Python has loaded it, and that linker wants to be told.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    pyo3_build_config::add_extension_module_link_args();
}
