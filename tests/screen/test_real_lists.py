"""Real lists, with counts and names taken from the files by other means."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fairlead.model.vocabulary import PartyKind
from fairlead.screen import About, WatchList, find_hits, read_list, read_lists
from tests.screen.builders import AS_OF, parties

pytestmark = pytest.mark.real_data

#: Names of one word that is a place or a word of thousands of firms; they match nothing, not even themselves.
SAYS_NOTHING = {"ATLANTIC", "MARIANA", "SEVASTOPOL", "SIERRA", "Joint Stock Company", "Krasnoyarsk", "Sierra", "Trust",
                "Kazan", "Pacific", "Universal", "Pierre", "Saint", "SOFIA", "OMSK", "FOREST"}  # fmt: skip


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "lists"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def ofac(folder: Path) -> WatchList:
    (found,) = read_lists([folder / name for name in ("ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv")])
    return found


def test_ofac_has_an_entry_for_every_row_of_its_names(folder: Path, ofac: WatchList) -> None:
    sdn = rows(folder / "ofac_sdn.csv")
    assert [entry.entry_id for entry in ofac.entries] == [row["ent_num"] for row in sdn]
    kinds = [row["sdn_type"] for row in sdn]
    for kind, word in ((PartyKind.PERSON, "individual"), (PartyKind.VESSEL, "vessel"), (PartyKind.COMPANY, "-0-")):
        assert sum(entry.kind is kind for entry in ofac.entries) == kinds.count(word)


def test_ofac_s_other_names_belong_to_their_entries(folder: Path, ofac: WatchList) -> None:
    known = {entry.entry_id: {name.text for name in entry.names} for entry in ofac.entries}
    alt = [row for row in rows(folder / "ofac_alt.csv") if row["ent_num"] in known]
    assert len(alt) > 10_000
    lost = [row for row in alt if " ".join(row["alt_name"].split()).strip(" ,") not in known[row["ent_num"]]]
    assert [row["alt_name"] for row in lost if not row["alt_name"].startswith(("'", '"'))] == []


def test_nothing_personal_of_persons_is_kept(ofac: WatchList) -> None:
    persons = [entry for entry in ofac.entries if entry.kind is PartyKind.PERSON]
    assert not any(entry.addresses or entry.identifiers or entry.reason for entry in persons)


def test_the_un_list_has_every_person_and_entity(folder: Path) -> None:
    path = folder / "un_consolidated.xml"
    tree = ElementTree.parse(path)
    found = read_list(path)
    assert found.edition == "2026-02-27"
    assert sum(entry.kind is PartyKind.PERSON for entry in found.entries) == len(tree.findall(".//INDIVIDUAL")) == 730
    assert sum(entry.kind is PartyKind.COMPANY for entry in found.entries) == len(tree.findall(".//ENTITY")) == 273
    assert {entry.entry_id for entry in found.entries} >= {"CDi.001", "CDe.001"}


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("eu_32014r0269.csv", "name"),
        ("eu_32014r0833.csv", "name"),
        ("eu_32020r1998.csv", "name"),
        ("us_dod_chinese_military_companies.csv", "Clean Name"),
        ("cbp_wro_findings_dated.csv", "entity"),
        ("cbp_wro_opensanctions_mirror.csv", "company"),
    ],
)
def test_a_published_table_has_an_entry_for_every_row_with_a_name(folder: Path, name: str, column: str) -> None:
    found = read_list(folder / name)
    named = [row for row in rows(folder / name) if row[column].strip(" -")]
    assert len(found.entries) == len(named)
    assert len({entry.entry_id for entry in found.entries}) == len(found.entries)
    assert found.about is (About.IMPORT_BAN if name.startswith("cbp") else About.OTHER)


def test_an_end_date_is_read(folder: Path) -> None:
    path = folder / "us_dod_chinese_military_companies.csv"
    ended = {row["Clean Name"] for row in rows(path) if row["End date"]}
    assert {entry.name for entry in read_list(path).entries if entry.to_date} == ended


@pytest.mark.parametrize(
    "names",
    [
        ("ofac_sdn.csv", "ofac_alt.csv", "ofac_add.csv"),
        ("un_consolidated.xml",),
        ("eu_32014r0269.csv",),
        ("eu_32014r0833.csv",),
        ("us_dod_chinese_military_companies.csv",),
    ],
)
def test_every_listed_company_is_found_by_its_own_name(folder: Path, names: tuple[str, ...]) -> None:
    (found,) = read_lists([folder / name for name in names])
    companies = [entry for entry in found.entries if entry.kind is not PartyKind.PERSON]
    table = parties(*({"name": entry.name, "country": entry.country} for entry in companies))
    hits = {(hit.party_id, hit.entry.entry_id) for hit in find_hits(table, [found], as_of=AS_OF)}
    lost = [
        entry.name
        for number, entry in enumerate(companies)
        if entry.listed_by(AS_OF) and (f"pty_{number}", entry.entry_id) not in hits
    ]
    assert set(lost) <= SAYS_NOTHING


def test_garment_factories_are_hardly_ever_taken_for_somebody_on_a_list(real_data: Path, ofac: WatchList) -> None:
    factories = rows(real_data / "facilities" / "os_hub_facilities.csv")
    hits = find_hits(parties(*({"name": row["name"]} for row in factories)), [ofac], as_of=AS_OF)
    assert len({hit.party_id for hit in hits}) <= len(factories) // 200
