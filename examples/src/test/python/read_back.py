"""Reads a Parquet or an Arrow file with pyarrow or with Polars, and writes what it has read as an Arrow file:

    python read_back.py pyarrow|polars IN OUT
"""
import sys

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

engine, file, out = sys.argv[1:]
suffix = file.rsplit(".", 1)[1]
if engine == "polars":
    import polars

    read = {"parquet": polars.read_parquet, "arrow": polars.read_ipc, "arrows": polars.read_ipc_stream}[suffix]
    table = read(file).to_arrow()
elif suffix == "parquet":
    table = pq.read_table(file)
else:
    with open(file, "rb") as stream:
        table = (pa.ipc.open_file if suffix == "arrow" else pa.ipc.open_stream)(stream).read_all()

# Polars keeps texts with longer offsets or as views, which is another type for the same values.
plain = {pa.large_string(): pa.string(), pa.string_view(): pa.string(),
         pa.large_binary(): pa.binary(), pa.binary_view(): pa.binary()}
table = table.cast(pa.schema([pa.field(f.name, plain.get(f.type, f.type)) for f in table.schema]))
feather.write_feather(table, out, compression="uncompressed")
