"""The reference pack: facts that are shipped with the program, each row with its source, edition and licence."""

from fairlead.reference.home import home_folder
from fairlead.reference.keys import good_key
from fairlead.reference.load import data_folder, load_csv, load_yaml
from fairlead.reference.source import Source, editions, source_records, sources

__all__ = [
    "Source",
    "data_folder",
    "editions",
    "good_key",
    "home_folder",
    "load_csv",
    "load_yaml",
    "source_records",
    "sources",
]
