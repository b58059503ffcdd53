//! The program `kouotsu`; everything it does is in the library.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    kouotsu::cli::main()
}
