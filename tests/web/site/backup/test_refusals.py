"""A backup that is damaged, strange or of a later version is refused before anything is touched."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import orjson
import pytest

from fairlead.errors import UnreadableFile
from fairlead.web.site.backup.restore import _inside, _refuse_later, _unpacked
from fairlead.web.site.backup.write import _pack


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive, made of a folder with one attached file and something in the place of a database."""
    home = tmp_path / "home"
    (home / "files" / "1").mkdir(parents=True)
    (home / "files" / "1" / "proof").write_bytes(b"proof")
    (home / "cache").mkdir()
    (home / "cache" / "made anew").write_bytes(b"")
    (tmp_path / "database").write_bytes(b"rows")
    _pack(tmp_path / "a.tar.gz", home, tmp_path / "database", "sqlite", ("parties.0001_initial",), skipped=set())
    return tmp_path / "a.tar.gz"


def test_what_is_whole_is_unpacked_and_what_is_made_anew_is_left_out(archive: Path, tmp_path: Path) -> None:
    manifest = _unpacked(archive, tmp_path / "unpacked")
    assert set(manifest.files) == {"database/sqlite", "home/files/1/proof"}
    assert (tmp_path / "unpacked" / "home" / "files" / "1" / "proof").read_bytes() == b"proof"
    assert (tmp_path / "unpacked" / "home" / "files" / "1" / "proof").stat().st_mode & 0o077 == 0


def _altered(archive: Path, target: Path, change: str) -> Path:
    """Return a copy of an archive in which one thing was changed."""
    with tarfile.open(archive) as opened, tarfile.open(target, "w:gz") as made:
        for member in opened:
            content = opened.extractfile(member).read()
            if change == "byte" and member.name.startswith("home/files/"):
                content = content[:-1] + b"!"
            if change == "missing" and member.name.startswith("home/files/"):
                continue
            if change == "later" and member.name == "manifest.json":
                read = orjson.loads(content)
                read["migrations"].append("parties.0999_of_the_future")
                content = orjson.dumps(read)
            if change == "end" and member.name == "manifest.json":
                continue
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
        if change == "outside":
            member = tarfile.TarInfo("home/../../evil")
            made.addfile(member, io.BytesIO(b""))
        if change == "link":
            member = tarfile.TarInfo("home/link")
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            made.addfile(member)
    return target


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("byte", "do not fit their hashes"),
        ("missing", "do not fit their hashes"),
        ("end", "its end is missing"),
        ("outside", "no backup holds"),
        ("link", "no backup holds"),
    ],
)
def test_what_is_damaged_or_strange_is_refused(change: str, says: str, archive: Path, tmp_path: Path) -> None:
    altered = _altered(archive, tmp_path / "altered.tar.gz", change)
    with pytest.raises(UnreadableFile, match=says):
        _unpacked(altered, tmp_path / "unpacked")
    assert not (tmp_path / "evil").exists()


def test_a_backup_of_a_later_version_is_refused(archive: Path, tmp_path: Path, db: None) -> None:
    altered = _altered(archive, tmp_path / "altered.tar.gz", "later")
    with pytest.raises(UnreadableFile, match=r"knows parties\.0999_of_the_future; this version does not"):
        _refuse_later(_unpacked(altered, tmp_path / "unpacked"), altered)
    whole = _unpacked(archive, tmp_path / "whole")
    _refuse_later(whole, archive)
    assert whole.migrations == ("parties.0001_initial",)


@pytest.mark.parametrize("content", [b"", b"not a backup", gzip.compress(b"not a backup either", mtime=0)])
def test_a_file_that_is_no_backup_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.tar.gz").write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"other\.tar\.gz: is no backup"):
        _unpacked(tmp_path / "other.tar.gz", tmp_path / "unpacked")


@pytest.mark.parametrize("name", ["../x", "/x", "home/../../x", "home\\..\\x", "else/x", "home", "home/\0"])
def test_names_that_lead_out_of_the_folder_are_seen(name: str) -> None:
    assert not _inside(name)
