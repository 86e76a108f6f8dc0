"""Uploads that are too large are not kept, not even for a moment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class LimitedUpload(FileUploadHandler):
    """Stops taking a file in when it passes the limit; `too_large` tells the view what it was called."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count what comes. Raises SkipFile when it is too much."""
        self._taken += len(raw_data)
        if self._taken > settings.UPLOAD_LIMIT:
            if self.request is not None:
                too_large(self.request).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def too_large(request: HttpRequest) -> list[str]:
    """Return the names of the files of a request that were left out because they are over the limit."""
    names: list[str] = request.__dict__.setdefault("_too_large", [])
    return names
