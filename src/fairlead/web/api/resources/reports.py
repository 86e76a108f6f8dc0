"""Reports of assessments: made in a language, and fetched file by file."""

from __future__ import annotations

from typing import Final, Literal

from django.http import HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.operation import Reply, adds, in_query, reads_file
from fairlead.web.api.problems import invalid
from fairlead.web.api.values import Given, Number
from fairlead.web.assessments import reports
from fairlead.web.assessments.models import Report
from fairlead.web.assessments.report_file import report_file
from fairlead.web.assessments.views.find import find_done
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["assessments"])

_BASE: Final = "/organisations/{organisation}/assessments/{number}/reports"
Lang = Literal["en", "ru", "kk", "fr"]
Kind = Literal["html", "pdf", "xlsx", "json"]


class ReportIn(Given):
    """A report to make."""

    language: Lang = "en"
    restricted: bool = Field(default=False, description="With restricted evidence, which needs the scope for it")


class ReportOut(BaseModel):
    """A report; its files can be fetched once `ready`."""

    language: str
    restricted: bool
    ready: bool
    job: int | None
    files: list[str]


def _reported(report: Report) -> ReportOut:
    ready = bool(report.files)
    return ReportOut(
        language=report.language,
        restricted=report.restricted,
        ready=ready,
        job=report.job_id,
        files=list(reports.FILES) if ready else [],
    )


def _allowed(request: ApiRequest, wanted: bool) -> bool:
    if wanted and not request.auth.may(Capability.RESTRICTED):
        raise invalid([("restricted", "The token does not allow restricted evidence.")])
    return wanted


@adds(router, _BASE, needs=Capability.EXPORT, reply=ReportOut)
def make_report(request: ApiRequest, number: Number, body: ReportIn) -> Reply:
    """Have the report of an assessment made in a language; one that is made already is there at once."""
    restricted = _allowed(request, body.restricted)
    made = reports.ask(find_done(request, number), body.language, restricted=restricted, user=request.user)
    made.refresh_from_db()
    return Reply(_reported(made))


_OF_REPORT: Final = (
    in_query("language", {"type": "string", "enum": ["en", "ru", "kk", "fr"], "default": "en"}, "In which language"),
    in_query("restricted", {"type": "string", "enum": ["yes", "no"], "default": "no"}, "With restricted evidence"),
)


@reads_file(
    router,
    _BASE + "/{kind}",
    needs=Capability.EXPORT,
    media_types=[content_type for _name, content_type in reports.FILES.values()],
    parameters=_OF_REPORT,
)
def read_report(request: ApiRequest, number: Number, kind: Kind) -> HttpResponse:
    """One file of a report that was made: html, pdf, xlsx or json."""
    language, restricted = request.GET.get("language", "en"), request.GET.get("restricted", "no")
    if language not in {"en", "ru", "kk", "fr"} or restricted not in {"yes", "no"}:
        raise invalid([("query", "A parameter has a value that it cannot have.")])
    with_restricted = _allowed(request, restricted == "yes")
    report = reports.find(find_done(request, number), language, restricted=with_restricted)
    return report_file(request, report, kind, number)
