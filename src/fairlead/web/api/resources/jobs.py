"""Background work: how far it has come."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.shortcuts import get_object_or_404
from ninja import Router
from pydantic import BaseModel, Field

from fairlead.web.api.caller import ApiRequest
from fairlead.web.api.lists import ApiList, lists
from fairlead.web.api.operation import Reply, reads
from fairlead.web.api.values import Number
from fairlead.web.jobs.models import Job, JobState
from fairlead.web.lists.definition import Column, Filter, ListDefinition, equals
from fairlead.web.organisations.capabilities import Capability

router = Router(tags=["jobs"])


class JobOut(BaseModel):
    """A piece of background work."""

    id: int
    kind: str
    subject: str = Field(description="The id of the import, the assessment")
    state: str
    step: str
    done: int
    total: int | None
    what: str = Field(description="Why it could not be done, and what to do")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def written(job: Job) -> JobOut:
    """Return background work as the API gives it."""
    same = ("kind", "subject", "state", "step", "done", "total", "what", "created_at", "started_at", "finished_at")
    return JobOut(id=job.pk, **{name: getattr(job, name) for name in same})


JOBS: Final = ApiList(
    definition=ListDefinition(
        key="jobs",
        title="Jobs",
        page="",
        rows=lambda organisation: Job.objects.filter(organisation=organisation),
        columns=(Column("created_at", "Begun", lambda row: row.created_at, order=("created_at",)),),
        order=("-created_at", "-pk"),
        filters=(Filter("state", "State", lambda _: list(JobState.choices), equals("state")),),
    ),
    row=JobOut,
    write=written,
)
lists(
    router,
    "/organisations/{organisation}/jobs",
    JOBS,
    needs=Capability.SEE,
    name="list_jobs",
    about="Background work, the newest first.",
)


@reads(router, "/organisations/{organisation}/jobs/{job}", needs=Capability.SEE, reply=JobOut)
def read_job(request: ApiRequest, job: Number) -> Reply:
    """How far one piece of background work has come."""
    return Reply(written(get_object_or_404(Job, organisation=request.organisation, pk=job)))
