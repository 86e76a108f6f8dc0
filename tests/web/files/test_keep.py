"""Bytes of an upload are written whole or not at all, also where the program is killed midway."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.web.files.keep import keep

_KILLED_MIDWAY = """
import os, signal, sys
from pathlib import Path
from django.conf import settings
settings.configure(UPLOAD_LIMIT=1000)
from fairlead.web.files.keep import keep

class Upload:
    def chunks(self):
        yield b"the first half"
        os.kill(os.getpid(), signal.SIGKILL)

keep(Upload(), Path(sys.argv[1]))
"""


class Broken(SimpleUploadedFile):
    """An upload whose second half cannot be read."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"the first half"
        raise OSError("the temporary file is gone")


def test_bytes_lie_under_their_hash_where_the_caller_places_them(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"paid").hexdigest()
    plain = keep(SimpleUploadedFile("a", b"paid"), tmp_path / "new")
    placed = keep(SimpleUploadedFile("b", b"paid"), tmp_path, lambda name: Path(name[:2]) / name)
    assert (plain.path, plain.sha256, plain.size) == (tmp_path / "new" / sha256, sha256, 4)
    assert placed.path == tmp_path / sha256[:2] / sha256
    assert plain.path.read_bytes() == placed.path.read_bytes() == b"paid"


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        keep(Broken("a", b""), tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_limit_counts_what_comes_and_not_what_the_upload_says(tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 3
    upload = SimpleUploadedFile("a", b"four")
    upload.size = 1
    with pytest.raises(ValidationError, match="larger than"):
        keep(upload, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_program_that_is_killed_midway_leaves_no_file_that_could_be_taken_for_whole(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED_MIDWAY, str(tmp_path)], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert all(path.name.startswith(".partial-") for path in tmp_path.iterdir())
    whole = keep(SimpleUploadedFile("a", b"the first half and the second"), tmp_path)
    assert whole.path.read_bytes() == b"the first half and the second"
