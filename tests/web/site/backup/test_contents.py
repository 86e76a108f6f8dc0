"""What a restore of PostgreSQL leaves out of a dump, because it is made again and may need another account's rights."""

from __future__ import annotations

import pytest

from fairlead.web.site.backup.database import _MADE_AGAIN


@pytest.mark.parametrize(
    "line",
    [
        "2; 3079 16385 EXTENSION - pg_trgm ",
        "4321; 0 0 COMMENT - EXTENSION pg_trgm ",
        "4200; 1259 16999 INDEX public parties_by_words fairlead",
    ],
)
def test_extensions_and_the_index_that_needs_one_are_left_out(line: str) -> None:
    assert _MADE_AGAIN.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "215; 1259 16400 TABLE public parties_party fairlead",
        "4198; 1259 16997 INDEX public parties_by_name fairlead",
        "4300; 0 16400 TABLE DATA public parties_party fairlead",
        "; Dumped by pg_dump version: 15.14",
    ],
)
def test_everything_else_is_restored(line: str) -> None:
    assert not _MADE_AGAIN.search(line)
