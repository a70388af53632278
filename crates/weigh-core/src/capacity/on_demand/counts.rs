//! What became of the requests of a run: counted, and in batches for the confidence intervals.

/// What becomes of a request.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// A warm server takes it.
    Warm,
    /// It starts a server.
    Cold,
    /// It is refused.
    Refused,
}

/// Requests counted, and in batches: twice as large whenever there are too many of them.
pub(super) struct Counts {
    pub(super) requests: u64,
    /// Cold, and refused.
    pub(super) of: [u64; 2],
    pub(super) peak_busy: usize,
    batches: Vec<[u64; 2]>,
    batch_size: u64,
    batch_left: u64,
    at_batch: [u64; 2],
}

/// Batches at least, once there are as many requests; below twice as many at most.
const BATCHES: usize = 50;

impl Counts {
    pub(super) fn new() -> Counts {
        Counts {
            requests: 0,
            of: [0; 2],
            peak_busy: 0,
            batches: Vec::with_capacity(2 * BATCHES),
            batch_size: 1,
            batch_left: 1,
            at_batch: [0; 2],
        }
    }

    #[inline]
    pub(super) fn add(&mut self, fate: Fate, busy: usize) {
        self.requests += 1;
        self.of[0] += u64::from(fate == Fate::Cold);
        self.of[1] += u64::from(fate == Fate::Refused);
        self.peak_busy = self.peak_busy.max(busy);
        self.batch_left -= 1;
        if self.batch_left == 0 {
            self.close_batch();
        }
    }

    #[cold]
    fn close_batch(&mut self) {
        self.batches.push([self.of[0] - self.at_batch[0], self.of[1] - self.at_batch[1]]);
        self.at_batch = self.of;
        if self.batches.len() == 2 * BATCHES {
            let pairs =
                self.batches.chunks_exact(2).map(|pair| [pair[0][0] + pair[1][0], pair[0][1] + pair[1][1]]);
            self.batches = pairs.collect();
            self.batch_size *= 2;
        }
        self.batch_left = self.batch_size;
    }

    /// Half the widths of the 95 % confidence intervals of the shares.
    pub(super) fn half_widths(&self) -> [f64; 2] {
        /// Student's t for the fewest batches, to 95 %: 49 degrees of freedom.
        const T: f64 = 2.0096;
        let count = self.batches.len() as f64;
        let size = self.batch_size as f64;
        [0, 1].map(|which| {
            if self.batches.len() < 2 {
                return f64::INFINITY;
            }
            if self.of[which] == 0 || self.of[which] == self.requests {
                return 3.0 / self.requests as f64;
            }
            let shares = self.batches.iter().map(|batch| batch[which] as f64 / size);
            let mean = shares.clone().sum::<f64>() / count;
            let squares: f64 = shares.map(|share| (share - mean) * (share - mean)).sum();
            T * (squares / (count * (count - 1.0))).sqrt()
        })
    }
}
