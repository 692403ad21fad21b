"""Writes src/test/resources/foreign: Parquet files of other implementations, and the same tables as Arrow files.

Made with Python 3.11, pyarrow 26.0.1, duckdb 2.0.1 and polars 2.1.0:

    pip install pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0
    python foreign.py ../resources/foreign
"""
import datetime as dt
import decimal
import random
import sys
from pathlib import Path

import duckdb
import polars
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
random.seed(7)
ROWS = 300


def column(type, make, nulls=0.2, edge=()):
    values = list(edge) + [make() for _ in range(ROWS - len(edge))]
    return pa.array([None if i >= len(edge) and random.random() < nulls else v for i, v in enumerate(values)], type)


def integer(bits, signed=True):
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2 ** bits - 1)
    type = getattr(pa, ("" if signed else "u") + "int" + str(bits))()
    return column(type, lambda: random.randint(low, high), edge=[low, high, 0])


def word():
    return random.choice(["", "a", "Zürich", "x" * 17, "Größe über alles, mit Umlauten und mehr als 64 Bytes Länge 日本語", "αβγ"])


def key():
    return "%08x" % (random.randint(0, 1 << 32) if random.random() < 0.5 else random.randint(0, 20))


epoch = dt.datetime(1970, 1, 1)


def when():
    return epoch + dt.timedelta(microseconds=random.randint(-(10 ** 15), 2 * 10 ** 15))


def whole_millis():
    return epoch + dt.timedelta(milliseconds=random.randint(-(10 ** 12), 2 * 10 ** 12))


numbers = {
    "bool": column(pa.bool_(), lambda: random.random() < 0.4),
    "int8": integer(8), "int16": integer(16), "int32": integer(32), "int64": integer(64),
    "uint8": integer(8, False), "uint16": integer(16, False), "uint32": integer(32, False), "uint64": integer(64, False),
    "few": column(pa.int32(), lambda: random.randint(0, 9)),
    "rising": pa.array(range(10 ** 12, 10 ** 12 + 3 * ROWS, 3), pa.int64()),
    "constant": pa.array([42] * ROWS, pa.int64()),
    "missing": pa.array([None] * ROWS, pa.int32()),
    "float32": column(pa.float32(), lambda: random.gauss(0, 1), edge=[float("nan"), float("inf"), -0.0, 0.0]),
    "float64": column(pa.float64(), lambda: random.gauss(0, 1e9), edge=[float("nan"), float("-inf"), -0.0, 1e-310]),
}
others = {
    "text": column(pa.string(), word),
    "key": column(pa.string(), key),
    "binary": column(pa.binary(), lambda: random.randbytes(random.randint(0, 40))),
    "fixed": column(pa.binary(5), lambda: random.randbytes(5)),
    "date": column(pa.date32(), lambda: when().date()),
    "time_ms": column(pa.time32("ms"), lambda: random.randint(0, 86399999)),
    "time_us": column(pa.time64("us"), lambda: random.randint(0, 86399999999)),
    "timestamp_ms": column(pa.timestamp("ms"), whole_millis),
    "timestamp_us": column(pa.timestamp("us"), when),
    "timestamp_ns": column(pa.timestamp("ns"), when),
    "timestamp_utc": column(pa.timestamp("us", "UTC"), when),
    "decimal_9": column(pa.decimal128(9, 2), lambda: decimal.Decimal(random.randint(-999999999, 999999999)).scaleb(-2)),
    "decimal_18": column(pa.decimal128(18, 4), lambda: decimal.Decimal(random.randint(-10 ** 17, 10 ** 17)).scaleb(-4)),
    "decimal_38": column(pa.decimal128(38, 10), lambda: decimal.Decimal(random.randint(-10 ** 30, 10 ** 30)).scaleb(-10)),
}
half = {"float16": column(pa.float16(), lambda: random.gauss(0, 10))}
everything = pa.table({**numbers, **others})
required = pa.table(
    {n: c.fill_null(0) for n, c in numbers.items() if n not in ("bool", "missing")} | {"text": others["text"].fill_null("")}
)
required = required.cast(pa.schema([pa.field(f.name, f.type, nullable=False) for f in required.schema]))


def arrow(table, name):
    feather.write_feather(table, out / (name + ".arrow"), compression="uncompressed")


def write(table, name, **options):
    pq.write_table(table, out / (name + ".parquet"), **{"store_schema": False, **options})


arrow(everything, "everything")
write(everything, "everything-dictionary-snappy")
write(everything, "everything-plain-none", use_dictionary=False, compression="none")
write(everything, "everything-v2-zstd", data_page_version="2.0", compression="zstd", version="2.6")
write(everything, "everything-plain-v2-gzip", use_dictionary=False, data_page_version="2.0", compression="gzip")
write(everything, "everything-lz4", compression="lz4")
write(everything, "everything-small-pages", data_page_size=200, write_batch_size=16, row_group_size=128,
      write_page_checksum=True, write_page_index=True, dictionary_pagesize_limit=900)
write(everything, "everything-integer-decimals", store_decimal_as_integer=True)
delta = {n: "DELTA_BINARY_PACKED" for n, c in {**numbers, **others}.items()
         if pa.types.is_integer(c.type) or pa.types.is_temporal(c.type)}
delta |= {"text": "DELTA_BYTE_ARRAY", "key": "DELTA_BYTE_ARRAY", "binary": "DELTA_LENGTH_BYTE_ARRAY",
          "fixed": "DELTA_BYTE_ARRAY", "bool": "RLE"}
write(everything, "everything-delta", use_dictionary=False, column_encoding=delta, data_page_size=500, write_batch_size=64)
write(everything, "everything-lengths-split", use_dictionary=False, compression="zstd",
      column_encoding={"text": "DELTA_LENGTH_BYTE_ARRAY", "key": "DELTA_LENGTH_BYTE_ARRAY"}
      | {n: "BYTE_STREAM_SPLIT" for n in ("int32", "int64", "float32", "float64", "fixed", "decimal_38")})
arrow(required, "required")
write(required, "required-dictionary-snappy", row_group_size=256)
write(required, "required-v2-zstd", data_page_version="2.0", compression="zstd", use_dictionary=False)
arrow(pa.table(half), "half")
write(pa.table(half), "half-dictionary")
write(pa.table(half), "half-split", use_dictionary=False, column_encoding={"float16": "BYTE_STREAM_SPLIT"})
times = pa.table({"time": others["timestamp_us"]})
arrow(times, "int96")
write(times, "int96-dictionary", use_deprecated_int96_timestamps=True)
write(times, "int96-plain", use_deprecated_int96_timestamps=True, use_dictionary=False)
write(times, "brotli", compression="brotli")
write(pa.table({"id": [1, 2], "tags": [["a"], []], "point": [{"x": 1, "y": 2}, None]}), "nested")

rare = {
    "time_ns": column(pa.time64("ns"), lambda: random.randint(0, 86399999999999)),
    "decimal_50": column(pa.decimal256(50, 5), lambda: decimal.Decimal(random.randint(-10 ** 49, 10 ** 49)).scaleb(-5)),
    "json": column(pa.string(), lambda: random.choice(["{}", '{"a": [1, null]}', '"x"', "12"])),
}
arrow(pa.table(rare), "rare")
stored = pa.table(rare | {"json": rare["json"].cast(pa.json_())})
write(stored, "rare-dictionary")
write(stored, "rare-plain-v2-zstd", use_dictionary=False, data_page_version="2.0", compression="zstd")

# Types that DuckDB and Polars have too; each wrote what it read back from the first file.
common = everything.drop_columns(["fixed", "time_ms", "timestamp_ns", "timestamp_utc", "missing"])
arrow(common, "common")
connection = duckdb.connect()
for codec in ("snappy", "zstd"):
    for version in ("v1", "v2"):
        name = out / f"common-duckdb-{version}-{codec}.parquet"
        connection.execute(f"COPY common TO '{name}' (FORMAT parquet, CODEC {codec}, PARQUET_VERSION {version})")
polars.from_arrow(everything.select(list(numbers)[:-3] + ["text", "key", "binary", "date"])).write_parquet(
    out / "polars-zstd.parquet", row_group_size=128)
arrow(everything.select(list(numbers)[:-3] + ["text", "key", "binary", "date"]), "polars")
