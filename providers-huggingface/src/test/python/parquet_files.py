"""Writes small Parquet files as Python's libraries write them: python parquet_files.py FOLDER."""

import pathlib
import sys

import pyarrow
import pyarrow.parquet

folder = pathlib.Path(sys.argv[1])
rows = [
    {
        "messages": [
            {"role": "system", "content": "Be short."},
            {"role": "user", "content": f"How much is {n} + 1? Größe egal."},
            {"role": "assistant", "content": str(n + 1)},
        ],
        "number": n,
    }
    for n in range(40)
]
table = pyarrow.Table.from_pylist(rows)
for packing in ["none", "snappy", "gzip", "zstd"]:
    pyarrow.parquet.write_table(
        table, folder / f"chats-{packing}.parquet", compression=packing, row_group_size=16
    )
print("written by pyarrow", pyarrow.__version__)
