"""The works of PeersBenchmark in Polars, or in pandas and scikit-learn.

Arguments: polars|sklearn, work, threads, runs, folder. Prints "run SECONDS" for each run, "peak BYTES", and of a result that
stays in memory "figures" of its columns.
Written for Polars 2.1, pandas 3.1, pyarrow 26.0 and scikit-learn 1.9.
"""

import os
import sys
import time

engine, work, threads, runs, folder = sys.argv[1:6]
for name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = threads

NUMBERS = [f"I{i}" for i in range(1, 14)]
CATEGORIES = [f"C{i}" for i in range(1, 27)]
CSV, PARQUET, WIDE = (os.path.join(folder, name) for name in ("criteo.csv", "criteo.parquet", "wide.parquet"))
OUT = os.path.join(folder, f"out-{engine}.parquet")
BUCKETS = 100_000
MIN_FREQUENCY = 15


def with_polars():
    import polars as pl

    types = {"label": pl.Int32, **{n: pl.Int32 for n in NUMBERS}, **{c: pl.String for c in CATEGORIES}}

    def csv():
        return pl.scan_csv(CSV, schema=types)

    def write(frame):
        frame.sink_parquet(OUT, compression="snappy")

    def features(frame):
        return frame.with_columns(
            [pl.col(NUMBERS).fill_null(0).clip(lower_bound=0).log1p().cast(pl.Float32)]
            + [(pl.col(CATEGORIES).str.to_integer(base=16, dtype=pl.Int64) % BUCKETS).cast(pl.Int32)]
        )

    def encode():
        frame = pl.scan_parquet(PARQUET)
        counts = pl.collect_all(
            [
                frame.select(c).drop_nulls().group_by(c).len().filter(pl.col("len") >= MIN_FREQUENCY)
                .sort(["len", c], descending=[True, False])
                for c in CATEGORIES
            ]
        )
        for c, count in zip(CATEGORIES, counts):
            codes = count.select(c).with_row_index("code").with_columns(pl.col("code").cast(pl.Int32))
            known = codes.height
            frame = (
                frame.join(codes.lazy(), on=c, how="left", maintain_order="left")
                .with_columns(pl.when(pl.col(c).is_null()).then(None).otherwise(pl.col("code").fill_null(known)).alias(c))
                .drop("code")
            )
        write(frame)

    if work == "b_memory":
        table = pl.read_parquet(WIDE)

        def figures(scaled):
            return [f for c in scaled.columns for f in (scaled[c].min(), scaled[c].max(), scaled[c].abs().sum())]

        def scale():
            mean = pl.all().fill_null(pl.all().mean())
            filled = table.select(mean)
            return filled.select((pl.all() - pl.all().mean()) / pl.all().std(ddof=0))

        return scale, figures
    return {
        "a_csv": lambda: write(features(csv())),
        "a_parquet": lambda: write(features(pl.scan_parquet(PARQUET))),
        "c_parquet": encode,
        "d_csv": lambda: write(csv()),
    }[work], None


def with_sklearn():
    import numpy as np
    import pandas as pd

    types = {"label": "int32", **{n: "float64" for n in NUMBERS}, **{c: "str" for c in CATEGORIES}}

    def write(frame):
        frame.to_parquet(OUT, compression="snappy")

    def features(frame):
        for n in NUMBERS:
            frame[n] = np.log1p(frame[n].fillna(0).clip(lower=0)).astype("float32")
        for c in CATEGORIES:
            known = frame[c].notna()
            codes = pd.array([pd.NA] * len(frame), dtype="Int32")
            codes[known] = [int(text, 16) % BUCKETS for text in frame.loc[known, c]]
            frame[c] = codes
        write(frame)

    def encode():
        frame = pd.read_parquet(PARQUET)
        for c in CATEGORIES:
            counts = frame[c].value_counts()
            # Those that are as frequent in the order of their texts.
            counts = counts[counts >= MIN_FREQUENCY].sort_index().sort_values(ascending=False, kind="stable")
            codes = pd.Series(np.arange(len(counts), dtype="int32"), index=counts.index)
            frame[c] = frame[c].map(codes).where(frame[c].isna() | frame[c].isin(codes.index), len(codes))
        write(frame)

    if work == "b_memory":
        from sklearn.impute import SimpleImputer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        table = pd.read_parquet(WIDE)
        def figures(scaled):
            return np.stack([scaled.min(axis=0), scaled.max(axis=0), np.abs(scaled).sum(axis=0)], axis=1).ravel()

        return lambda: make_pipeline(SimpleImputer(), StandardScaler()).fit_transform(table), figures
    return {
        "a_csv": lambda: features(pd.read_csv(CSV, dtype=types)),
        "a_parquet": lambda: features(pd.read_parquet(PARQUET)),
        "c_parquet": encode,
        "d_csv": lambda: write(pd.read_csv(CSV, dtype=types)),
    }[work], None


once, figures = with_polars() if engine == "polars" else with_sklearn()
for _ in range(int(runs)):
    result = None  # So that there is never more than one of them.
    start = time.perf_counter()
    result = once()
    print(f"run {time.perf_counter() - start:.6f}", flush=True)
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print(f"peak {peak * 1024}", flush=True)
if figures:
    print("figures", *(float(f) for f in figures(result)))
