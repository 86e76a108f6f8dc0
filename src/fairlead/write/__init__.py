"""Writes tables and documents, one file per output format; the same content gives the same bytes."""

from fairlead.write.csv_file import write_csv
from fairlead.write.json_file import write_json
from fairlead.write.merged_ids_file import write_merged_ids
from fairlead.write.parquet_file import write_parquet
from fairlead.write.review_file import write_review
from fairlead.write.snapshot_folder import write_snapshot
from fairlead.write.xlsx_file import Column, Fill, Sheet, write_xlsx

__all__ = [
    "Column",
    "Fill",
    "Sheet",
    "write_csv",
    "write_json",
    "write_merged_ids",
    "write_parquet",
    "write_review",
    "write_snapshot",
    "write_xlsx",
]
