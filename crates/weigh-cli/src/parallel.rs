//! Work on many things at once, taken in their order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Things that are worked on before what came of them is taken; it bounds what is in memory.
const BATCH: usize = 128;

/// Works on each item, on as many threads as the machine runs at once, and gives what comes of them in the order of the items.
/// It stops at the first refusal.
pub(crate) fn in_order<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    for batch in items.chunks(BATCH) {
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(batch.len()));
        let run = || {
            while let Some((place, item)) = {
                let place = next.fetch_add(1, Ordering::Relaxed);
                batch.get(place).map(|item| (place, item))
            } {
                let result = work(item);
                // A thread that panicked takes the program down with it, and what it held does not matter.
                done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, result));
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads.min(batch.len()) {
                scope.spawn(run);
            }
            run();
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_unstable_by_key(|(place, _)| *place);
        for (_, result) in done {
            take(result)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..1_000).collect();
        let mut taken = Vec::new();
        let ended: Result<(), ()> = in_order(
            &items,
            |item| item * 2,
            |result| {
                taken.push(result);
                Ok(())
            },
        );
        assert_eq!((ended, taken), (Ok(()), items.iter().map(|item| item * 2).collect()));
    }

    #[test]
    fn the_first_refusal_ends_it() {
        let items: Vec<u32> = (0..1_000).collect();
        let ended = in_order(&items, |item| *item, |result| if result == 300 { Err(result) } else { Ok(()) });
        assert_eq!(ended, Err(300));
    }
}
