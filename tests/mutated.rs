//! A few thousand damaged files, the same in every run: each is read without loss or refused, and soon. `fuzz/` does this for longer.

mod common;

use common::tiling::fault;
use common::{name, root};
use kouotsu::open::{Settings, open};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Files of every format that can be read.
fn seeds() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["valid", "layouts", "broken", "html", "pdf"] {
        let entries = fs::read_dir(root().join("fixtures").join(folder)).expect("a folder of fixtures");
        found.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
    }
    let is_seed = |path: &PathBuf| {
        let is_small = path.metadata().is_ok_and(|data| data.len() < 20_000);
        is_small && [".txt", ".html", ".pdf", ".docx"].iter().any(|end| name(path).ends_with(end))
    };
    found.retain(is_seed);
    found.sort();
    found
}

/// What is wrong with how a file is read, if anything is.
fn complaint(name: &str, bytes: &[u8]) -> Option<String> {
    let start = Instant::now();
    let settings = Settings::default();
    if let Ok(opened) = open(name, bytes, &settings)
        && let Some(fault) = fault(&opened.parse(&settings), &opened.text)
    {
        return Some(fault);
    }
    let took = start.elapsed();
    (took > Duration::from_secs(10)).then(|| format!("took {took:?}"))
}

fn check(seed: &Path, bytes: &[u8], how: &str) {
    if let Some(fault) = complaint(name(seed), bytes) {
        let kept = std::env::temp_dir().join(format!("kouotsu-mutated-{}", name(seed)));
        fs::write(&kept, bytes).expect("the temporary folder takes files");
        panic!("{} {how}: {fault}; kept as {}", seed.display(), kept.display());
    }
}

/// xorshift: the damage only needs to be scattered.
struct Dice(u64);

impl Dice {
    /// Each file has its own, so that a new fixture changes nothing for those far from it.
    fn of(name: &str) -> Self {
        Dice(name.bytes().fold(0x2545_F491_4F6C_DD1D, |state: u64, byte| state.rotate_left(7) ^ u64::from(byte)) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// One damage: a byte changed, a piece lost, said twice or moved, a piece of another file put in, the rest cut off.
    fn damage(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let from = self.below(bytes.len());
        let to = (from + self.below(200)).min(bytes.len());
        let at = self.below(bytes.len());
        match self.below(6) {
            0 if from < bytes.len() => bytes[from] = self.below(256) as u8,
            1 => drop(bytes.drain(from..to)),
            2 => drop(bytes.splice(at..at, bytes[from..to].to_vec())),
            3 => {
                let piece: Vec<u8> = bytes.drain(from..to).collect();
                let at = self.below(bytes.len());
                bytes.splice(at..at, piece);
            }
            4 => {
                let from = self.below(other.len());
                let piece = other[from..].iter().take(self.below(200)).copied();
                bytes.splice(at..at, piece);
            }
            _ if self.below(8) == 0 => bytes.truncate(from),
            _ => {}
        }
    }
}

#[test]
fn damaged_files_are_read_without_loss_or_refused() {
    let rounds = std::env::var("KOUOTSU_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    let seeds: Vec<(PathBuf, Vec<u8>)> =
        seeds().into_iter().map(|path| (path.clone(), fs::read(path).expect("a fixture"))).collect();
    assert!(seeds.len() > 100);
    for (at, (path, whole)) in seeds.iter().enumerate() {
        check(path, whole, "as it is");
        let mut dice = Dice::of(name(path));
        for round in 0..rounds {
            let mut bytes = whole.clone();
            let other = &seeds[(at + 1 + dice.below(8)) % seeds.len()].1;
            for _ in 0..[1, 3, 12, 60][round % 4] {
                dice.damage(&mut bytes, other);
            }
            check(path, &bytes, &format!("({round})"));
        }
    }
}
