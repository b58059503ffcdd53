//! Work on many threads, results in order, memory bounded.
//!
//! This thread works like the others and takes what is done between two items, so that nobody is woken for every item.
//! Nobody runs further ahead of the output than a window: a slow item holds up the output, never the other threads, and
//! nothing piles up behind it.

use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
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
    let desk = Desk {
        state: Mutex::new(State { items: Some(items), first: 0, results: VecDeque::new(), over: false }),
        changed: Condvar::new(),
        window: jobs * AHEAD,
    };
    std::thread::scope(|scope| {
        let _over = Over(&desk);
        for _ in 1..jobs {
            let worker = || {
                let _over = Over(&desk);
                while let Some((at, item)) = desk.wait() {
                    desk.put(at, work(item));
                }
            };
            Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        loop {
            match desk.turn() {
                Turn::Take(results) => results.into_iter().try_for_each(&mut take)?,
                Turn::Work(at, item) => desk.put(at, work(item)),
                Turn::End => return Ok(()),
                Turn::Lost => return Err(io::Error::other("a thread ended early")),
            }
        }
    })
}

/// Where items lie and results are laid.
struct Desk<I, R> {
    state: Mutex<State<I, R>>,
    changed: Condvar,
    window: usize,
}

struct State<I, R> {
    /// `None` when all are under way.
    items: Option<I>,
    /// The number of the first result that was not taken.
    first: usize,
    /// It and those behind it, as far as they are done; one place for each item under way.
    results: VecDeque<Option<R>>,
    /// The output failed, or a thread ended early.
    over: bool,
}

/// What the thread that takes the results does next.
enum Turn<T, R> {
    Take(Vec<R>),
    Work(usize, T),
    End,
    Lost,
}

impl<T, R, I: Iterator<Item = T>> Desk<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item and its number, when there is room for its result; `None` when there is none.
    fn wait(&self) -> Option<(usize, T)> {
        let room = |state: &mut State<I, R>| !state.over && state.items.is_some() && state.results.len() >= self.window;
        let state = self.changed.wait_while(self.lock(), room);
        state.unwrap_or_else(PoisonError::into_inner).next()
    }

    fn put(&self, at: usize, result: R) {
        let mut state = self.lock();
        let place = at - state.first;
        if let Some(place) = state.results.get_mut(place) {
            *place = Some(result);
        }
        if place == 0 {
            self.changed.notify_all();
        }
    }

    /// Takes what is done; else an item, where there is room; else waits.
    fn turn(&self) -> Turn<T, R> {
        let mut state = self.lock();
        loop {
            let done = state.results.iter().take_while(|result| result.is_some()).count();
            if done > 0 {
                let was_full = state.results.len() >= self.window;
                state.first += done;
                let results = state.results.drain(..done).flatten().collect();
                if was_full {
                    self.changed.notify_all();
                }
                return Turn::Take(results);
            }
            if state.over {
                return Turn::Lost;
            }
            if state.results.len() < self.window
                && let Some((at, item)) = state.next()
            {
                return Turn::Work(at, item);
            }
            if state.results.is_empty() {
                return Turn::End;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T, R, I: Iterator<Item = T>> State<I, R> {
    fn next(&mut self) -> Option<(usize, T)> {
        let item = self.items.as_mut().filter(|_| !self.over)?.next();
        if item.is_none() {
            self.items = None;
        }
        let at = self.first + self.results.len();
        self.results.extend(item.is_some().then_some(None));
        item.map(|item| (at, item))
    }
}

/// Tells the others when its thread ends before its time: the output failed, or the work panicked.
struct Over<'d, I: Iterator, R>(&'d Desk<I, R>);

impl<I: Iterator, R> Drop for Over<'_, I, R> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.over |= state.items.is_some() || std::thread::panicking();
        self.0.changed.notify_all();
    }
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
