//! Links the program for Linux so that it starts fast: much of what reading one agreement takes is starting.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key: &str| std::env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        // at a fixed address: it spares some 35,000 relocations at every start
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if let Some(folder) = static_unwinder() {
            println!("cargo::rustc-link-arg-bins=-L{folder}");
        }
    }
}

/// A folder in which `libgcc_s` is the unwinder alone, as an archive, where the compiler brings it. The shared library
/// asks the processor for its kind at every start; in a virtual machine that takes a tenth of a millisecond.
fn static_unwinder() -> Option<String> {
    let linker = std::env::var("RUSTC_LINKER").unwrap_or("cc".to_string());
    let found = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output().ok()?.stdout;
    // only the name comes back of what is not there
    let is_there = Path::new(str::from_utf8(&found).ok()?.trim()).is_absolute();
    let folder = std::env::var("OUT_DIR").ok().filter(|_| is_there)?;
    std::fs::write(Path::new(&folder).join("libgcc_s.so"), "GROUP ( -lgcc_eh -lgcc )\n").ok()?;
    Some(folder)
}
