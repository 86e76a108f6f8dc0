"""Attached files: kept by their hash, named harmlessly, given back only as attachments."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.web.files.models import StoredFile
from fairlead.web.files.store import plain_name, store
from fairlead.web.files.views import as_attachment
from tests.web.conftest import Cast


def test_a_file_is_kept_under_the_hash_of_what_it_holds(cast: Cast) -> None:
    kept = store(SimpleUploadedFile("receipt.pdf", b"paid"), cast.ministry, cast.alice)
    assert kept.sha256 == hashlib.sha256(b"paid").hexdigest()
    assert kept.path.read_bytes() == b"paid"
    assert kept.path.name == kept.sha256
    again = store(SimpleUploadedFile("other.pdf", b"paid"), cast.ministry, cast.alice)
    assert (again.path, StoredFile.objects.count()) == (kept.path, 2)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\list.xlsx", "list.xlsx"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", "file"),
        ("", "file"),
        ("<script>.svg", "<script>.svg"),
    ],
)
def test_a_name_is_only_shown(name: str, shown: str) -> None:
    assert plain_name(name) == shown


def test_an_empty_file_and_one_that_is_too_large_are_refused_and_leave_nothing(cast: Cast, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 3
    for content in (b"", b"four"):
        with pytest.raises(ValidationError):
            store(SimpleUploadedFile("x", content), cast.ministry, cast.alice)
    assert not StoredFile.objects.exists()


def test_it_comes_back_as_an_attachment_whatever_it_is(cast: Cast) -> None:
    kept = store(SimpleUploadedFile("page.html", b"<script>1</script>", "text/html"), cast.ministry, cast.alice)
    answer = as_attachment(kept)
    answer.close()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
