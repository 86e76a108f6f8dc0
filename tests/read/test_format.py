from __future__ import annotations

import contextlib
import random
import resource
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from fairlead.errors import FileTooLarge, InputError, NothingToRead, UnreadableFile
from fairlead.read import read_sheets, read_suppliers
from fairlead.read.limits import MAX_FILE_BYTES

from .files import ods, text_file, xls, xlsx

GOOD = {"S": [["Name", "Country"], ["Acme LLP", "KZ"]]}


def test_a_pdf_named_xlsx_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    with pytest.raises(UnreadableFile, match="PDF") as caught:
        read_suppliers([path])
    assert "list.xlsx" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html><body><table><tr><td>Name</td></tr></table></body></html>", "HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "Excel 2003"),
        (b'{"suppliers": [{"name": "Acme"}]}', "JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"SQLite format 3\x00" + bytes(50), "SQLite"),
        (b"{\\rtf1\\ansi Name}", "RTF"),
    ],
)
@pytest.mark.parametrize("name", ["list.xls", "list.csv"])
def test_other_formats_are_refused_by_name(tmp_path: Path, content: bytes, what: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=what):
        list(read_sheets(path))


@pytest.mark.parametrize("name", ["list.xls", "list.xlsx", "list.dat", "list"])
def test_a_csv_under_another_name_is_read_as_what_it_is(tmp_path: Path, name: str) -> None:
    result = read_suppliers([text_file(tmp_path / name, "Name;Country\nAcme LLP;KZ\n")])
    assert result.rows["name"].to_pylist() == ["Acme LLP"]


def test_workbooks_under_each_others_names_are_read(tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xls", GOOD)
    xls(tmp_path / "b.xlsx", GOOD["S"])
    ods(tmp_path / "c.csv", GOOD["S"])
    for name in ("a.xls", "b.xlsx", "c.csv"):
        assert read_suppliers([tmp_path / name]).rows["country"].to_pylist() == ["KAZ"]


def test_a_word_document_and_a_plain_zip_are_refused(tmp_path: Path) -> None:
    for part, what in (
        ("word/document.xml", "text document"),
        ("list.csv", "ZIP archive"),
        ("xl/workbook.bin", "XLSB"),
    ):
        path = tmp_path / "list.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        with pytest.raises(UnreadableFile, match=what):
            list(read_sheets(path))


def compound(stream: str) -> bytes:
    """Return the start of an OLE file whose directory names one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + (stream + "\0").encode("utf-16-le") + bytes(512)


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(compound("EncryptedPackage"))
    with pytest.raises(UnreadableFile, match="password"):
        read_suppliers([path])


def test_an_old_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = xls(tmp_path / "list.xls", GOOD["S"])
    content = path.read_bytes()
    write_access = struct.pack("<HH", 0x005C, 0x0070)
    assert content.count(write_access) == 1
    path.write_bytes(content.replace(write_access, struct.pack("<HH", 0x002F, 0x0070)))
    with pytest.raises(UnreadableFile, match="password"):
        read_suppliers([path])


def test_a_word_document_of_the_old_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_bytes(compound("WordDocument"))
    with pytest.raises(UnreadableFile, match="Word"):
        list(read_sheets(path))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["list.xlsx", "list.ods", "list.xls"])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path, share: float, name: str) -> None:
    make = {"list.xlsx": lambda path: xlsx(path, GOOD), "list.ods": lambda path: ods(path, GOOD["S"])}
    path = make[name](tmp_path / name) if name in make else xls(tmp_path / name, GOOD["S"])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    if name == "list.xls" and share > 0.5:
        with contextlib.suppress(InputError):  # what is cut off may be padding
            read_suppliers([path])
        return
    with pytest.raises(UnreadableFile):
        read_suppliers([path])


def test_a_file_of_two_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(b"name,country\n")
        file.truncate(2 * 1024**3)
    start = time.monotonic()
    with pytest.raises(FileTooLarge, match=r"2,048 MB.*256 MB"):
        read_suppliers([path])
    assert time.monotonic() - start < 1
    assert MAX_FILE_BYTES == 256 * 1024**2


def bomb(path: Path, sheet: bytes, declared: int | None = None) -> Path:
    """Write a workbook whose worksheet unpacks to `sheet`, declaring another size where one is given."""
    xlsx(path, GOOD)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    if declared is not None:
        content = path.read_bytes()
        size, false = struct.pack("<I", len(sheet)), struct.pack("<I", declared)
        assert size in content
        path.write_bytes(content.replace(size, false))
    return path


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge, match="200 times"):
        read_suppliers([bomb(tmp_path / "a.xlsx", b" " * 64 * 1024**2)])


def test_a_zip_bomb_that_declares_a_small_size_is_refused(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = bomb(tmp_path / "a.xlsx", b" " * 64 * 1024**2, declared=1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FileTooLarge, match="more than it declares"):
        read_suppliers([path])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - max(peak, before) < 32 * 1024


def test_a_zip_bomb_over_the_whole_limit_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1024**2)) for _ in range(40)) + packer.flush()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(40 * 1024**2))
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 40 * 1024**2), struct.pack("<I", 0x7FFFFFFF)))
    assert len(packed) < 1024**2
    with pytest.raises(FileTooLarge):
        read_suppliers([path])


def test_a_sheet_with_a_cell_at_its_far_corner_is_refused(tmp_path: Path) -> None:
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(FileTooLarge, match="1,048,576 rows"):
        read_suppliers([bomb(tmp_path / "a.xlsx", sheet)])


@pytest.mark.parametrize(
    "cell",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="4000000000"><c><v>1</v></c></row>',
        b'<row r="2"><c r="ZZZZ2"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_found_however_it_is_written(tmp_path: Path, cell: bytes) -> None:
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + cell + b"</sheetData></worksheet>"
    with pytest.raises(FileTooLarge):
        read_suppliers([bomb(tmp_path / "a.xlsx", sheet)])


def test_an_old_workbook_with_a_cell_beyond_its_last_column_is_refused_and_ends_nothing(tmp_path: Path) -> None:
    path = xls(tmp_path / "a.xls", GOOD["S"])
    content = path.read_bytes()
    shared_string = struct.pack("<HHHH", 0x00FD, 10, 1, 1)
    assert content.count(shared_string) == 1
    path.write_bytes(content.replace(shared_string, struct.pack("<HHHH", 0x00FD, 10, 0xFFFF, 0xFFFF)))
    with pytest.raises(UnreadableFile, match="damaged"):
        read_suppliers([path])


def test_a_merged_block_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for number, text in ((1, "Name"), (2, "Acme LLP"))
    )
    merged = '<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData>{rows}</sheetData>{merged}</worksheet>"
    assert read_suppliers([bomb(tmp_path / "a.xlsx", sheet.encode())]).rows.num_rows == 1


def test_an_ods_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    wide = [["x"] * 200]
    with pytest.raises(FileTooLarge, match="cells"):
        read_suppliers([ods(tmp_path / "a.ods", wide, row_attributes=' table:number-rows-repeated="1048576"')])


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(UnreadableFile, match="entities"):
        read_suppliers([bomb(tmp_path / "a.xlsx", sheet)])


def test_an_empty_file_and_one_of_blanks_are_named(tmp_path: Path) -> None:
    for content in (b"", b"\n\n \n", b"\xef\xbb\xbf", b";;;\n;;;\n"):
        path = tmp_path / "list.csv"
        path.write_bytes(content)
        with pytest.raises(NothingToRead, match=r"list\.csv"):
            read_suppliers([path])


def test_an_empty_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead):
        read_suppliers([xlsx(tmp_path / "list.xlsx", {"S": []})])


@pytest.mark.parametrize("seed", range(5))
def test_binary_rubbish_is_refused(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(random.Random(seed).randbytes(5000))
    with pytest.raises(InputError):
        read_suppliers([path])


def test_rubbish_after_the_first_bytes_of_each_format_is_refused(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(5000)
    for start in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf"):
        path = tmp_path / "list.xlsx"
        path.write_bytes(start + noise)
        with pytest.raises(InputError):
            read_suppliers([path])


def test_a_file_that_is_not_there_and_a_folder_without_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match=r"nowhere\.csv"):
        read_suppliers([tmp_path / "nowhere.csv"])
    with pytest.raises(NothingToRead, match="holds no table"):
        read_suppliers([tmp_path])
    with pytest.raises(NothingToRead):
        read_suppliers([])
