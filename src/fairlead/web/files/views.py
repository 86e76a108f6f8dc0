"""Gives an attached file back."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse

from fairlead.web.files.models import StoredFile


def as_attachment(file: StoredFile) -> FileResponse | HttpResponse:
    """Return a file to be saved, never shown by the browser. Raises Http404 where it no longer lies there.

    Whoever calls this has checked that the person may see what the file is attached to.
    """
    try:
        content = file.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, as_attachment=True, filename=file.name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
