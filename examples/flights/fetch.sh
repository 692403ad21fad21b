#!/bin/sh
# Fetches three million flights and makes examples/data/flights-3m.arrow of them, 114 MB.
# Needs npm, Python 3 with venv, tar, and 200 MB in the temporary folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent vega-datasets@3.2.1 >/dev/null
tar xzf vega-datasets-3.2.1.tgz package/data/flights-3m.parquet package/data/airports.csv
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyarrow==26.0.1
venv/bin/python "$here/convert.py" package/data "$here/../data"
