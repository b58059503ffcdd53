//! Work on many threads, results in order, memory bounded.
//!
//! Every item gets a promise of its result. The promises wait in the order of the items, and only so many at a time:
//! a slow item holds up the output, never the other threads, and nothing piles up behind it.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;

/// Items under way for each thread.
const AHEAD: usize = 16;

/// As much stack as the main thread has.
const STACK: usize = 8 << 20;

/// Calls `work` for every item on `jobs` threads and `take` for every result, in the order of the items, on this thread.
/// Ends early when `take` fails.
pub fn ordered<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    if jobs <= 1 {
        return items.map(work).try_for_each(take);
    }
    let (promise, promised) = sync_channel::<Receiver<R>>(jobs * AHEAD);
    let (give, given) = sync_channel::<(T, SyncSender<R>)>(jobs * AHEAD);
    // when no thread is left that takes items, giving them fails instead of waiting
    let (given, work) = (Arc::new(Mutex::new(given)), &work);
    std::thread::scope(move |scope| {
        for _ in 0..jobs {
            let given = Arc::clone(&given);
            let worker = move || {
                while let Some((item, done)) = next(&given) {
                    // nobody waits for it when `take` has failed
                    let _ = done.send(work(item));
                }
            };
            Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        Builder::new().spawn_scoped(scope, move || {
            for item in items {
                let (done, result) = sync_channel(1);
                if promise.send(result).is_err() || give.send((item, done)).is_err() {
                    break;
                }
            }
        })?;
        drop(given);
        promised.into_iter().try_for_each(|result| take(result.recv().map_err(io::Error::other)?))
    })
}

/// The lock is held while it waits, not while it works.
fn next<T>(given: &Mutex<Receiver<T>>) -> Option<T> {
    given.lock().ok()?.recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn keeps_the_order() {
        for jobs in [1, 2, 5] {
            let mut out = Vec::new();
            let slow = |n: u64| {
                std::thread::sleep(Duration::from_micros(n * 7919 % 300));
                n * 2
            };
            ordered(0..200, jobs, slow, |n| {
                out.push(n);
                Ok(())
            })
            .unwrap();
            assert_eq!(out, (0..200).map(|n| n * 2).collect::<Vec<_>>(), "{jobs}");
        }
    }

    #[test]
    fn ends_early() {
        for jobs in [1, 3] {
            let mut taken = 0;
            let ended = ordered(
                0..,
                jobs,
                |n: u64| n,
                |n| {
                    taken += 1;
                    if n == 50 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
                },
            );
            assert_eq!((ended.unwrap_err().kind(), taken), (io::ErrorKind::BrokenPipe, 51));
        }
    }

    #[test]
    fn a_thread_that_dies_is_not_waited_for() {
        let run = || ordered(0.., 2, |n: u64| assert!(n < 50), |()| Ok(()));
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
