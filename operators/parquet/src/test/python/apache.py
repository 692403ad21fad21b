"""Copies files of apache/parquet-testing to src/test/resources/apache, and what pyarrow reads of each as an Arrow file.

Made with Python 3.11 and pyarrow 26.0.1 from commit 1a2a75127be06fc0123f03ebd36c966f7beda27d (Apache-2.0):

    git clone https://github.com/apache/parquet-testing
    pip install pyarrow==26.0.1
    python apache.py parquet-testing ../resources/apache
"""
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

FILES = [
    # Impala: PLAIN_DICTIONARY, INT96, texts that are not called so.
    "alltypes_plain", "alltypes_dictionary", "alltypes_plain.snappy",
    # parquet-java, also of Spark, with BIT_PACKED among its encodings, and other writers.
    "byte_array_decimal", "int32_decimal", "int64_decimal", "fixed_length_decimal", "fixed_length_decimal_legacy",
    "delta_encoding_optional_column", "delta_encoding_required_column", "rle_boolean_encoding",
    "byte_stream_split_extended.gzip", "datapage_v1-snappy-compressed-checksum", "plain-dict-uncompressed-checksum",
    "rle-dict-snappy-checksum", "datapage_v2_empty_datapage.snappy", "page_v2_empty_compressed", "int32_with_null_pages",
    "fixed_length_byte_array", "data_index_bloom_encoding_stats", "int96_from_spark", "dict-page-offset-zero",
    "binary_truncated_min_max", "floating_orders_nan_count", "nan_in_stats", "sort_columns", "unknown-logical-type",
    "concatenated_gzip_members",
    # LZ4 before LZ4_RAW: in Hadoop's frames, and without them.
    "hadoop_lz4_compressed", "non_hadoop_lz4_compressed", "lz4_raw_compressed",
]
SPARK_TIMES = [1704141296123456, 1704070800000000, 253402225200000000, 1735599600000000, None, 9089380393200000000]
source, out = Path(sys.argv[1]) / "data", Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
for name in FILES:
    file = shutil.copy(source / (name + ".parquet"), out)
    # Texts without a logical type are bytes, and INT96 is in microseconds, as Baton reads them.
    table = pq.read_table(file, coerce_int96_timestamp_unit="us")
    if name == "int96_from_spark":
        # What the description of the file says; pyarrow overflows at the last.
        table = pa.table({"a": pa.array(SPARK_TIMES, pa.timestamp("us"))})
    feather.write_feather(table.replace_schema_metadata(), out / (name + ".arrow"), compression="uncompressed")
shutil.copy(source / "rle-dict-uncompressed-corrupt-checksum.parquet", out / "corrupt-checksum.parquet")
