"""The part of the chain that is shown as a file: its links as CSV or XLSX, the picture as SVG."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from fairlead.report.svg import for_print
from fairlead.web.chain.drawing import column_title
from fairlead.web.chain.node_words import band_words
from fairlead.web.chain.walk import Walked
from fairlead.web.parties.words import GIVES
from fairlead.web.site.templatetags import words
from fairlead.write import Column, Sheet, write_csv, write_xlsx
from fairlead.write.safe_cell import Value

FORMATS: Final = ("csv", "xlsx", "svg")
_STYLE: Final = Path(__file__).parent / "static" / "chain" / "picture.css"
_WIDTH: Final = 24.0
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
}


def picture_file(kind: str, walked: Walked, svg: str, title: str) -> HttpResponse | FileResponse:
    """Return what is shown as a file; `kind` is one of `FORMATS`."""
    if kind == "svg":
        answer = HttpResponse(for_print(svg, _STYLE), content_type=_TYPES[kind])
        answer["Content-Disposition"] = 'attachment; filename="chain.svg"'
        return answer
    headings = [
        _("From"), _("Id"), _("Where"), _("Country"), _("Rating"),
        _("Link"), _("To"), _("Id of the other"), _("Goods"), _("Share"), _("Part of a ring"),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"chain.{kind}"
        if kind == "csv":
            write_csv(path, headings, _rows(walked))
        else:
            write_xlsx(path, [Sheet(_("Chain"), [Column(each, _WIDTH) for each in headings], _rows(walked))], title)
        file = path.open("rb")  # stays readable when the folder is gone
    return FileResponse(file, as_attachment=True, filename=path.name, content_type=_TYPES[kind])


def _rows(walked: Walked) -> Iterator[Sequence[Value]]:
    nodes = {node.key: node for node in walked.nodes}
    for edge in walked.edges:
        giver, receiver = nodes[edge.giver], nodes[edge.receiver]
        yield (
            giver.name,
            giver.uid,
            column_title(walked, giver.column),
            words.country(giver.country) if giver.country else None,
            band_words(giver),
            ", ".join(str(GIVES[kind]) for kind in edge.kinds),
            receiver.name,
            receiver.uid,
            ", ".join(words.good(good) for good in edge.goods),
            edge.share,
            _("yes") if edge.ring else _("no"),
        )
