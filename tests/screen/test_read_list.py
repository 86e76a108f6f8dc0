"""Lists of every format, and what is wrong with broken ones."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from fairlead.errors import InputError, NoHeaderFound, NothingToRead, UnreadableFile
from fairlead.model.vocabulary import PartyKind
from fairlead.screen import About, ListIdentifier, ListName, read_list, read_lists

_NO = "-0- ,"
SDN = (
    f'36,"QUILLON AIRLINES",{_NO}"CUBA",{_NO * 7}"a.k.a. \'QAL\'."\n'
    f'173,"HARROW, John Fictional","individual","SDGT",{_NO * 7}'
    '"DOB 13 Feb 1960; alt. DOB circa 1964; Passport X1234567 (Cuba); Tax ID No. 123456789."\n'
    f'306,"BROOK STROY, AO",{_NO}"UKRAINE",{_NO * 7}'
    '"Organization Established Date 24 Mar 1999; Tax ID No. 9800138727 (Russia)."\n'
    f'400,"SEA QUILL","vessel","NPWMD",{_NO}"ABCD",{_NO * 3}"Panama",{_NO}"Vessel Identification IMO 9074729."\n'
    "\x1a"
)
ALT = '36,12,"aka","QUILLON AERO",-0- \n36,13,"aka","QUILLY","weak"\n'
ADD = '36,25,"12 Mango Street","Havana","Cuba",-0- \n173,26,"1 Private Road","Havana","Cuba",-0- \n'
UN = """<?xml version="1.0" encoding="utf-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
  <INDIVIDUALS><INDIVIDUAL><FIRST_NAME>John</FIRST_NAME><SECOND_NAME>Harrow</SECOND_NAME>
    <REFERENCE_NUMBER>QXi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
    <NATIONALITY><VALUE>Cuba</VALUE></NATIONALITY>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-02-13</DATE></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1964</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1971</TO_YEAR>
    </INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/><NOTE>Sep.</NOTE><YEAR>1975</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
    <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Jonny</ALIAS_NAME></INDIVIDUAL_ALIAS>
    <INDIVIDUAL_ADDRESS><STREET>1 Private Road</STREET><COUNTRY>Panama</COUNTRY></INDIVIDUAL_ADDRESS>
  </INDIVIDUAL></INDIVIDUALS>
  <ENTITIES><ENTITY><FIRST_NAME>QUILLON AIRLINES (QAL)</FIRST_NAME><REFERENCE_NUMBER>QXe.002</REFERENCE_NUMBER>
    <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Quillon Aero</ALIAS_NAME></ENTITY_ALIAS>
    <ENTITY_ALIAS><QUALITY/><ALIAS_NAME/></ENTITY_ALIAS>
    <ENTITY_ADDRESS><CITY>Butembo</CITY><COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS>
  </ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>&b;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_by_its_headings(tmp_path: Path) -> None:
    text = (
        "List of the Ministry\n\n"
        "No,Name,Other names,Country,Start date,End date,Reason,Tax number\n"
        "1,Quillon Weaving,Quillon Textile; QW Mills,India,24.6.2021,,Decision 5,\n"
        "2,Harrow Steel,-0-,Panama,2020-05,2023-01-31,,\n"
    )
    found = read_list(written(tmp_path, "own.csv", text))
    first, second = found.entries
    assert (first.name, first.aliases) == ("Quillon Weaving", (ListName("Quillon Textile"), ListName("QW Mills")))
    assert (first.country, first.from_date, first.reason) == ("IND", "2021-06-24", "Decision 5")
    assert first.locator == first.entry_id == "own.csv:4"
    assert (second.aliases, second.from_date, second.to_date) == ((), "2020-05", "2023-01-31")
    assert found.about is About.OTHER
    assert found.list_id.removeprefix("list_") == found.sha256[:16]


def test_dates_of_birth_and_of_founding_are_read(tmp_path: Path) -> None:
    text = (
        "Name,Date of birth,incorporationDate\nHarrow Jane,13.2.1960 or 1961,\nQuillon Weaving,n/a,established 1999\n"
    )
    person, firm = read_list(written(tmp_path, "own.csv", text)).entries
    assert (person.born, firm.born) == (("1960-02-13", "1961"), ("1999",))


def test_headings_may_be_russian(tmp_path: Path) -> None:
    text = "Наименование;Страна;Дата включения\nТОО «Көкбөрі»;Казахстан;01.02.2020\n"
    (entry,) = read_list(written(tmp_path, "own.csv", text)).entries
    assert (entry.name, entry.country, entry.from_date) == ("ТОО «Көкбөрі»", "KAZ", "2020-02-01")


def test_a_workbook_is_read_from_every_sheet_with_names(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["This workbook holds two lists"])
    for title in ("A", "B"):
        sheet = book.create_sheet(title)
        sheet.append(["Entity", "Country"])
        sheet.append([f"Quillon {title}", "Cuba"])
    book.save(tmp_path / "own.xlsx")
    assert [entry.locator for entry in read_list(tmp_path / "own.xlsx").entries] == ["own.xlsx:A:2", "own.xlsx:B:2"]


@pytest.mark.parametrize("heading", ["Clean Name", "Primary name"])
def test_the_better_of_two_names_comes_first(tmp_path: Path, heading: str) -> None:
    (entry,) = read_list(written(tmp_path, "own.csv", f"Name,{heading}\nQuillon (QL)*,Quillon\n")).entries
    assert (entry.name, entry.aliases) == ("Quillon", (ListName("Quillon (QL)"),))


@pytest.mark.parametrize(
    ("name", "heading", "programme", "about", "own"),
    [
        ("import-ban-list.csv", "programme", "x", About.IMPORT_BAN, None),
        ("UFLPA_entities.csv", "programme", "x", About.IMPORT_BAN, None),
        ("own.csv", "Forced labour programme", "x", About.IMPORT_BAN, None),
        ("own.csv", "programme", "Withhold Release Order", About.OTHER, About.IMPORT_BAN),
        ("own.csv", "programme", "sanctions", About.OTHER, None),
        ("wrong.csv", "programme", "sanctions", About.OTHER, None),
    ],
)
def test_what_a_list_is_about_is_known_by_its_words(
    tmp_path: Path, name: str, heading: str, programme: str, about: About, own: About | None
) -> None:
    found = read_list(written(tmp_path, name, f"name,{heading}\nQuillon,{programme}\n"))
    assert (found.about, found.entries[0].about) == (about, own)


def test_rows_that_name_nobody_are_left_out_by_name(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "own.csv", "name,country\nQuillon,Cuba\n-0-,Cuba\n,Cuba\n"))
    assert found.left_out == ("own.csv:3", "own.csv:4")


def test_entries_that_share_a_number_are_told_apart_by_their_rows(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "own.csv", "record id,name\n1,Quillon\n1,Harrow\n2,Brook\n"))
    assert [entry.entry_id for entry in found.entries] == ["own.csv:2", "own.csv:3", "2"]


def test_a_status_says_that_a_listing_has_ended(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "own.csv", "name,status\nQuillon,Active\nHarrow,Removed\n"))
    assert [entry.ended for entry in found.entries] == [False, True]


def test_the_files_of_ofac_are_joined_without_headings(tmp_path: Path) -> None:
    paths = [written(tmp_path, name, text) for name, text in (("sdn.csv", SDN), ("alt.csv", ALT), ("add.csv", ADD))]
    (found,) = read_lists(paths)
    airline, person, firm, ship = found.entries
    assert found.title == "sdn.csv + alt.csv + add.csv"
    assert airline.aliases == (ListName("QUILLON AERO"), ListName("QAL", weak=True), ListName("QUILLY", weak=True))
    assert (airline.kind, airline.country, airline.addresses) == (
        PartyKind.COMPANY,
        "CUB",
        ("12 Mango Street, Havana, Cuba",),
    )
    assert (person.kind, person.addresses, person.identifiers) == (PartyKind.PERSON, (), ())
    assert (person.born, firm.born) == (("1960-02-13", "1962/1966"), ("1999-03-24",))
    assert (firm.country, firm.identifiers) == ("RUS", (ListIdentifier("9800138727", "RU-INN"),))
    assert (ship.kind, ship.country, ship.identifiers) == (PartyKind.VESSEL, "PAN", (ListIdentifier("9074729", "IMO"),))


def test_the_files_of_ofac_may_come_in_any_order_and_with_headings(tmp_path: Path) -> None:
    headings = "ent_num,sdn_name,sdn_type,program,title,call_sign,vess_type,tonnage,grt,vess_flag,vess_owner,remarks\n"
    alt = "ent_num,alt_num,alt_type,alt_name,alt_remarks\n"
    paths = [written(tmp_path, "alt.csv", alt + ALT), written(tmp_path, "sdn.csv", headings + SDN)]
    assert read_lists(paths) == read_lists(paths[::-1])
    assert read_lists(paths)[0].title == "sdn.csv + alt.csv"


def test_a_file_given_twice_is_read_once_and_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    old = written(tmp_path / "old", "own.csv", "name\nQuillon\n")
    new = written(tmp_path / "new", "own.csv", "name\nHarrow\n")
    found = read_lists([new, old, tmp_path / "old" / ".." / "new" / "own.csv"])
    assert [each.title for each in found] == ["new/own.csv", "old/own.csv"]
    assert found[0].entries[0].locator == "new/own.csv:2"


def test_other_names_of_ofac_alone_are_a_list_and_addresses_alone_are_not(tmp_path: Path) -> None:
    assert read_list(written(tmp_path, "alt.csv", ALT)).entries[0].name == "QUILLON AERO"
    with pytest.raises(NothingToRead, match=r"Give sdn\.csv"):
        read_list(written(tmp_path, "add.csv", ADD))


def test_the_list_of_the_un_is_read(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "un.xml", UN))
    person, firm = found.entries
    assert found.edition == "2026-02-27"
    assert (person.name, person.entry_id, person.kind) == ("John Harrow", "QXi.001", PartyKind.PERSON)
    assert (person.aliases, person.addresses, person.from_date) == ((ListName("Jonny", weak=True),), (), "2012-12-31")
    assert person.countries == ("PAN", "CUB")
    assert person.born == ("1960-02-13", "1962/1966", "1970/1971", "1975-09")
    assert (firm.name, firm.aliases, firm.country) == ("QUILLON AIRLINES (QAL)", (ListName("Quillon Aero"),), "COD")
    assert firm.locator == "un.xml:14"


def test_xml_with_a_document_type_is_refused_before_anything_expands(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"un\.xml, row 2: The XML has a document type declaration"):
        read_list(written(tmp_path, "un.xml", BOMB))


@pytest.mark.parametrize(
    ("name", "text", "error", "says"),
    [
        ("a.xml", UN[:1100], UnreadableFile, "a.xml, row 14: The XML is broken"),
        ("a.xml", "<html><body>no</body></html>", UnreadableFile, "a.xml, row 1: The XML is not the consolidated list"),
        ("a.xml", "<CONSOLIDATED_LIST></CONSOLIDATED_LIST>", NothingToRead, "a.xml: The list names nobody"),
        ("a.csv", "weight,colour\n1,red\n", NoHeaderFound, "a.csv: No column of names"),
        ("a.csv", "name,country\n-0-,Cuba\n", NothingToRead, "a.csv: The list names nobody"),
        ("a.csv", "", NothingToRead, "a.csv: The file is empty"),
        ("a.json", '{"id": 1}\n', UnreadableFile, "a.json, row 1: The line is neither"),
        (
            "a.json",
            '{"schema": "Company", "properties": {}}\n{"a',
            UnreadableFile,
            "a.json, row 2: The line is not JSON",
        ),
    ],
)
def test_a_broken_list_is_named_with_its_row(
    tmp_path: Path, name: str, text: str, error: type[InputError], says: str
) -> None:
    with pytest.raises(error) as caught:
        read_list(written(tmp_path, name, text))
    assert str(caught.value).startswith(says)


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"none\.csv: There is no such file"):
        read_list(tmp_path / "none.csv")


def test_followthemoney_lines_are_read(tmp_path: Path) -> None:
    lines = [
        {
            "id": "x-1",
            "schema": "Company",
            "properties": {
                "name": ["Quillon"],
                "alias": ["Quillon Aero"],
                "weakAlias": ["Q"],
                "country": ["cu"],
                "topics": ["forced.labor"],
                "leiCode": ["5493001KJTIIGC8Y1R12"],
                "incorporationDate": ["1999-03"],
            },
        },
        {"id": "x-2", "schema": "Sanction", "properties": {"entity": ["x-1"]}},
    ]
    (entry,) = read_list(written(tmp_path, "list.ftm.json", "\n".join(map(json.dumps, lines)))).entries
    assert (entry.entry_id, entry.name, entry.kind, entry.country) == ("x-1", "Quillon", PartyKind.COMPANY, "CUB")
    assert entry.aliases == (ListName("Quillon Aero"), ListName("Q", weak=True))
    assert entry.identifiers == (ListIdentifier("5493001KJTIIGC8Y1R12", "LEI"),)
    assert (entry.about, entry.born) == (About.IMPORT_BAN, ("1999-03",))


def test_senzing_lines_are_read(tmp_path: Path) -> None:
    line = {
        "DATA_SOURCE": "BANS",
        "RECORD_ID": "7",
        "RECORD_TYPE": "ORGANIZATION",
        "NAMES": [{"NAME_TYPE": "PRIMARY", "NAME_ORG": "Quillon"}, {"NAME_TYPE": "ALIAS", "NAME_ORG": "Quillon Aero"}],
        "REGISTRATION_DATE": "1999-03-24",
        "ADDRESSES": [{"ADDR_FULL": "12 Mango Street, Havana", "ADDR_COUNTRY": "CU"}],
    }
    (entry,) = read_list(written(tmp_path, "list.json", json.dumps(line) + "\n")).entries
    assert (entry.entry_id, entry.name, entry.kind, entry.country) == ("7", "Quillon", PartyKind.COMPANY, "CUB")
    assert entry.born == ("1999-03-24",)
    assert entry.aliases == (ListName("Quillon Aero"),)
