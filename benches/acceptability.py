"""Times SMAA-2 with numpy, to stand beside `cargo bench -p weigh-benches --bench acceptability`.

Run by hand on one core: OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 taskset -c 0 python3 benches/acceptability.py
Needs numpy. 1,000,000 samples of free weights over 8 alternatives by 10 criteria, all ranks and central weights.
"""

import time

import numpy as np

ALTERNATIVES, CRITERIA, SAMPLES, CHUNK, RUNS = 8, 10, 1_000_000, 20_000, 9


def worths():
    i, j = np.meshgrid(np.arange(ALTERNATIVES), np.arange(CRITERIA), indexing="ij")
    return (1 + (i * 7_919 + j * 104_729) % 991) / 1_000.0


def by_pairs(values, dtype):
    """Chunks that stay in the cache; ranks by comparing every two."""
    rng = np.random.default_rng(1)
    worth = values.T.astype(dtype)
    counts = np.zeros((ALTERNATIVES, ALTERNATIVES), dtype=np.int64)
    central = np.zeros((ALTERNATIVES, CRITERIA))
    for _ in range(SAMPLES // CHUNK):
        weights = rng.standard_exponential((CHUNK, CRITERIA), dtype=dtype)
        weights /= weights.sum(axis=1, keepdims=True)
        scores = np.ascontiguousarray((weights @ worth).T)
        better = np.zeros((ALTERNATIVES, CHUNK), dtype=np.int8)
        for one in range(ALTERNATIVES):
            for other in range(one + 1, ALTERNATIVES):
                wins = scores[one] > scores[other]
                better[other] += wins
                better[one] += ~wins
        for one in range(ALTERNATIVES):
            counts[one] += np.bincount(better[one], minlength=ALTERNATIVES)
            central[one] += (better[one] == 0).astype(dtype) @ weights
    return counts / SAMPLES, central / np.maximum(counts[:, :1], 1)


def by_sorting(values, dtype):
    """Chunks; ranks by sorting each sample."""
    rng = np.random.default_rng(1)
    worth = values.T.astype(dtype)
    counts = np.zeros((ALTERNATIVES, ALTERNATIVES), dtype=np.int64)
    central = np.zeros((ALTERNATIVES, CRITERIA))
    for _ in range(SAMPLES // CHUNK):
        weights = rng.standard_exponential((CHUNK, CRITERIA), dtype=dtype)
        weights /= weights.sum(axis=1, keepdims=True)
        order = np.argsort(-(weights @ worth), axis=1)
        for rank in range(ALTERNATIVES):
            counts[:, rank] += np.bincount(order[:, rank], minlength=ALTERNATIVES)
        first = order[:, 0]
        for one in range(ALTERNATIVES):
            central[one] += weights[first == one].sum(axis=0)
    return counts / SAMPLES, central / np.maximum(counts[:, :1], 1)


def main():
    values = worths()
    for name, way in [("pairs", by_pairs), ("sorting", by_sorting)]:
        for dtype in [np.float64, np.float32]:
            times = []
            for _ in range(RUNS):
                start = time.perf_counter()
                shares, _ = way(values, dtype)
                times.append(time.perf_counter() - start)
            times.sort()
            print(
                f"numpy {np.__version__}, by {name}, {dtype.__name__}: best of {RUNS} {times[0]:.4f} s, "
                f"median {times[RUNS // 2]:.4f} s; first ranks {np.round(shares[:, 0], 4)}"
            )


if __name__ == "__main__":
    main()
