//! Temporary.
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let parsed = kouotsu::parse(&text);
        let out = kouotsu::output::document::agreement(&parsed.readings[0], parsed.source, &Default::default());
        println!("{}", serde_json::to_string(&out).unwrap_or_default());
    }
}
