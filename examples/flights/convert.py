"""Makes the data of the flights example from vega-datasets 3.2.1: run by fetch.sh.

flights-3m.arrow   all flights, for --in; not committed
flights-50k.csv    every sixtieth of them, in their order
airports.csv       where the airports are that they use
"""

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.ipc as ipc
import pyarrow.parquet as parquet

source, target = Path(sys.argv[1]), Path(sys.argv[2])

flights = parquet.read_table(source / "flights-3m.parquet")
flights = flights.cast(
    pa.schema(
        [
            ("date", pa.timestamp("us")),
            ("delay", pa.int64()),
            ("distance", pa.int64()),
            ("origin", pa.utf8()),
            ("destination", pa.utf8()),
        ]
    )
)
with ipc.new_file(target / "flights-3m.arrow", flights.schema) as out:
    out.write_table(flights.combine_chunks(), max_chunksize=65536)

sample = flights.take(pa.array(range(0, flights.num_rows, 60)))
texts = pc.strftime(sample["date"], format="%Y-%m-%dT%H:%M")
sample = sample.set_column(0, "date", texts)
options = csv.WriteOptions(quoting_style="none")
csv.write_csv(sample, target / "flights-50k.csv", options)

airports = csv.read_csv(source / "airports.csv").select(
    ["iata", "city", "state", "latitude", "longitude"]
)
used = pc.unique(pa.chunked_array(flights["origin"].chunks + flights["destination"].chunks))
airports = airports.filter(pc.is_in(airports["iata"], used))
csv.write_csv(airports, target / "airports.csv", csv.WriteOptions(quoting_style="needed"))
