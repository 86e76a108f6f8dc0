"""What may be uploaded, and what is said of what may not."""

from __future__ import annotations

import html
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from fairlead.errors import UnreadableFile, Where
from fairlead.language import Language
from fairlead.model.message import message
from fairlead.web.files.keep import keep
from fairlead.web.imports.models import Import, ImportFile, ImportState
from fairlead.web.imports.upload import take_in
from fairlead.web.organisations.capabilities import Role
from fairlead.web.parties.models import Party
from tests.web.conftest import Cast
from tests.web.imports.conftest import LIST, Upload, press


def workbook(cells: str = LIST) -> bytes:
    book = Workbook()
    for line in cells.strip().splitlines():
        book.active.append([cell.strip('"') for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(cast: Cast, *uploads: SimpleUploadedFile) -> str:
    answer = cast.client(cast.alice).post("/o/ministry/imports/add/", {"lists": list(uploads)})
    assert answer.status_code == 422
    assert not Import.objects.exists()
    assert not Party.objects.exclude(pk=cast.supplier.pk).exists()
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("list.csv", b"", "is empty"),
        ("list.xlsx", b"%PDF-1.7 a scan", "a PDF document"),
        ("list.csv", b"MZ\x90\x00 a program", "a program"),
        ("list.xlsx", b"PK\x03\x04 cut off", "damaged"),
        (
            "list.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0\0",
            "password",
        ),
    ],
)
def test_what_is_no_list_is_refused_by_name_and_nothing_is_kept(
    cast: Cast, files: Path, name: str, content: bytes, reason: str
) -> None:
    page = refused(cast, SimpleUploadedFile(name, content))
    assert reason in page
    assert name in page
    assert not [path for path in files.rglob("*") if path.is_file()]


@pytest.mark.parametrize("point", ["bulk_create", "record", "begin_reading"])
def test_an_upload_that_is_cut_off_leaves_no_import_without_files(
    cast: Cast, files: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if point == "bulk_create":
            patched.setattr(ImportFile.objects, point, cut_off)
        else:
            patched.setattr(f"fairlead.web.imports.upload.{point}", cut_off)
        with pytest.raises(KeyboardInterrupt):
            take_in([SimpleUploadedFile("list.csv", LIST.encode())], cast.ministry, cast.alice)
    assert not Import.objects.exists()
    taken = take_in([SimpleUploadedFile("other.csv", LIST.replace("tea", "cocoa").encode())], cast.ministry, cast.alice)
    kept = [path.name for path in files.rglob("*") if path.is_file() and path.parent.name == str(taken.made.pk)]
    assert kept.count(taken.made.files.get().sha256) == 1
    assert len([name for name in kept if len(name) == 64]) == 1, "nothing of the upload that was cut off is in it"


def test_nobody_sees_an_import_before_all_its_files_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(*given: Any) -> Any:
        seen.append(Import.objects.count())
        return keep(*given)

    monkeypatch.setattr("fairlead.web.imports.upload.keep", look)
    take_in([SimpleUploadedFile("list.csv", LIST.encode())], cast.ministry, cast.alice)
    assert seen == [0]


def test_what_a_crash_has_left_of_an_upload_is_swept_away_a_day_later(cast: Cast, files: Path) -> None:
    folders = files / str(cast.ministry.pk) / "imports"
    old, new = folders / ".arriving-old", folders / ".arriving-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (0, 0))
    take_in([SimpleUploadedFile("list.csv", LIST.encode())], cast.ministry, cast.alice)
    assert (old.exists(), new.exists()) == (False, True)


def test_one_bad_file_among_good_ones_keeps_all_out(cast: Cast) -> None:
    page = refused(cast, SimpleUploadedFile("a.csv", LIST.encode()), SimpleUploadedFile("b.pdf", b"%PDF-1.4"))
    assert "b.pdf" in page


def test_no_file_at_all_is_said(cast: Cast) -> None:
    assert "Choose at least one file" in refused(cast)


def test_a_file_over_the_limit_is_refused_by_name(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    assert "list.csv is larger than" in refused(cast, SimpleUploadedFile("list.csv", LIST.encode()))


def test_a_file_that_is_larger_than_it_says_is_refused_by_name_too(cast: Cast, files: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    taken = take_in([SimpleUploadedFile("list.csv", LIST.encode())], cast.ministry, cast.alice)
    assert taken.made is None
    assert [line.startswith("list.csv: ") and "larger than" in line for line in taken.wrong] == [True]
    assert not Import.objects.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_bomb_is_named_when_it_is_read_and_nothing_comes_of_it(cast: Cast, upload: Upload) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (40 * 1024 * 1024))
    one = upload(out.getvalue(), "bomb.xlsx")
    assert one.state == ImportState.FAILED
    assert "unpacks to more than" in one.what
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "unpacks to more than" in page
    assert "nothing was put into the data" in page


def test_a_workbook_is_read_and_one_with_macros_says_so(cast: Cast, upload: Upload) -> None:
    raw = io.BytesIO(workbook())
    with zipfile.ZipFile(raw, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    one = upload(raw.getvalue(), "suppliers.xlsm")
    assert one.counts["used"] == 3
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "carries macros" in page


def test_a_file_that_is_not_what_its_name_says_is_read_as_what_it_is(cast: Cast, upload: Upload) -> None:
    one = upload(LIST, "suppliers.xlsx")
    assert one.counts["used"] == 3
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()
    assert "plain text table" in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/cron.d/list.csv", "list.csv"),
        ("C:\\windows\\list.csv", "list.csv"),
        ("<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"),
    ],
)
def test_a_name_is_only_shown_and_never_a_path(cast: Cast, upload: Upload, files: Path, name: str, shown: str) -> None:
    upload_of = SimpleUploadedFile("x.csv", LIST.encode())
    upload_of._name = name
    answer = cast.client(cast.alice).post("/o/ministry/imports/add/", {"lists": [upload_of]})
    one = Import.objects.get()
    file = one.files.get()
    assert answer.status_code == 302
    assert file.name == shown
    stored = [path for path in files.rglob("*") if path.is_file() and path.suffix not in (".parquet", ".json")]
    assert stored == [files / str(cast.ministry.pk) / "imports" / str(one.pk) / file.sha256]
    assert "<img src=x" not in cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode()


def test_the_same_bytes_again_are_told(cast: Cast, upload: Upload) -> None:
    first = upload()
    press(cast, first, "commit")
    second = upload(name="renamed.csv")
    page = cast.client(cast.alice).get(f"/o/ministry/imports/{second.pk}/").content.decode()
    assert "byte for byte" in page
    assert f"import {first.pk}" in page
    assert "taken in before" in page


def test_another_organisations_file_of_the_same_bytes_is_not_told(cast: Cast, upload: Upload) -> None:
    upload()
    answer = cast.client(cast.bob).post("/o/port/imports/add/", {"lists": [SimpleUploadedFile("x.csv", LIST.encode())]})
    assert answer.status_code == 302
    assert ImportFile.objects.latest("pk").same_as is None


def test_two_files_of_one_name_are_both_read(cast: Cast) -> None:
    other = LIST.replace(
        '"Silent Orchard Tea LLP",,Kazakhstan,"9 Hill st."', '"Loud Harbour LLP",,Kazakhstan,"77 Pier st."'
    )
    uploads = [SimpleUploadedFile("list.csv", each.encode()) for each in (LIST, other, LIST)]
    cast.client(cast.alice).post("/o/ministry/imports/add/", {"lists": uploads})
    one = Import.objects.get()
    assert [file.name for file in one.files.all()] == ["list.csv", "list (2).csv"]
    assert one.counts["created"] == 3


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.VERIFIER])
def test_only_those_who_may_import_upload_and_see_cells(cast: Cast, upload: Upload, role: Role) -> None:
    one = upload()
    client = cast.as_role(role)
    assert client.get("/o/ministry/imports/add/").status_code == 403
    assert client.get(f"/o/ministry/imports/{one.pk}/rejected/").status_code == 403
    assert client.get(f"/o/ministry/imports/{one.pk}/columns/").status_code == 403
    page = client.get(f"/o/ministry/imports/{one.pk}/")
    assert page.status_code == 200
    assert "Commit all" not in page.content.decode()


def test_an_import_of_another_organisation_is_not_there(cast: Cast, upload: Upload) -> None:
    one = upload()
    client = cast.client(cast.bob)
    for page in ("", "columns/", "rejected/", "created/?export=csv"):
        assert client.get(f"/o/port/imports/{one.pk}/{page}").status_code == 404
    assert client.post(f"/o/port/imports/{one.pk}/commit/", {"preview": one.preview}).status_code == 404


@pytest.mark.parametrize("code", ["ru", "kk", "fr"])
def test_why_a_file_is_refused_stands_there_in_the_reader_s_language(cast: Cast, files: Path, code: str) -> None:
    cast.alice.language = code
    cast.alice.save()
    error = UnreadableFile(
        message("The workbook is damaged: it is cut off or its list of parts cannot be read."),
        where=Where(file="list.xlsx"),
        do=message("Copy or download it again, or open it in a spreadsheet program and save it anew."),
    )
    page = html.unescape(refused(cast, SimpleUploadedFile("list.xlsx", b"PK\x03\x04 cut off")))
    assert Language(code).error(error) in page
    assert str(error) not in page


def test_a_list_that_cannot_be_read_is_told_in_the_language_of_who_sent_it(cast: Cast, upload: Upload) -> None:
    cast.alice.language = "ru"
    cast.alice.save()
    one = upload("one line that is no table", "list.xlsx")
    assert one.state == ImportState.FAILED
    told = Language("ru").said(message("No row looks like the headings of a table."))
    assert told in one.what
    assert "No row" not in one.what
    assert told in html.unescape(cast.client(cast.alice).get(f"/o/ministry/imports/{one.pk}/").content.decode())


def test_the_advice_for_a_list_without_headings_fits_whoever_has_no_command_line(cast: Cast, upload: Upload) -> None:
    one = upload("one line that is no table", "list.xlsx")
    advice, _, more = one.what.partition(" On the command line ")
    assert advice.endswith(
        "Give the columns headings such as Name, Country, Address, and look whether this is the right file."
    )
    assert "mapping" not in advice
    assert "mapping" in more
