"""What `./run bench risk` consists of, and that its ways to spread risk agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.risk import sections
from benchmarks.risk.sections import SECTIONS
from benchmarks.risk.spread import WAYS
from benchmarks.risk.spread_data import write_chain
from benchmarks.risk.spread_ways import WAYS as FUNCTIONS

PARTIES, LINKS = 500, 4000


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chain")
    write_chain(folder, PARTIES, LINKS)
    return folder


def test_the_sections_have_names_of_their_own() -> None:
    assert len({section.name for section in SECTIONS}) == len(SECTIONS)


def test_a_section_that_is_not_there_is_named() -> None:
    with pytest.raises(SystemExit, match="no section nothing"):
        sections.main(only=["nothing"])


def test_the_generated_chain_has_each_pair_once_and_whole_purchases(chain: Path) -> None:
    table = pq.read_table(chain / "links.parquet")
    buyer, supplier, share = (table[name].to_numpy() for name in ("buyer", "supplier", "share"))
    assert len(set(zip(buyer.tolist(), supplier.tolist(), strict=True))) == LINKS
    assert not (buyer == supplier).any()
    sums = np.bincount(buyer, share, PARTIES)
    assert sums[sums > 0] == pytest.approx(1, abs=1e-5)
    assert np.bincount(supplier, minlength=PARTIES).max() > 10 * LINKS / PARTIES


def test_all_ways_find_the_same(chain: Path) -> None:
    found = {way: FUNCTIONS[way](chain, PARTIES)[1] for way, _, _ in WAYS}
    for way, _, like in WAYS:
        if like:
            assert found[way] == pytest.approx(found[like], abs=1e-6)
