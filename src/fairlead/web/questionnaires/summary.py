"""Tells members once a week how the questionnaires stand, unless they want fewer e-mails."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from fairlead.web.accounts.letters import send_letter
from fairlead.web.organisations.capabilities import Capability, roles_with
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.questionnaires.models import WITH_SUPPLIER, Questionnaire, State, Summary


def send_summaries(now: datetime) -> int:
    """Send this week's summary to whoever asks suppliers and has not had it; return how many were sent.

    It holds counts and no name. Where nothing waits for anybody, nothing is sent.
    """
    today = timezone.localdate(now)
    week, sent = today - timedelta(days=today.weekday()), 0
    members = Membership.objects.filter(
        role__in=roles_with(Capability.ASK), user__is_active=True, user__fewer_emails=False
    ).select_related("user", "organisation")
    told = Summary.objects.filter(week=week).values("membership_id")
    for member in members.exclude(pk__in=told).order_by("organisation", "pk"):
        lines = _lines(member.organisation, member)
        if not lines:
            continue
        with transaction.atomic():
            _row, made = Summary.objects.get_or_create(membership=member, week=week)
        if made:
            sent += _send(member, lines)
    return sent


def _lines(organisation: Organisation, member: Membership) -> list[str]:
    with_supplier = Q(state__in=WITH_SUPPLIER)
    counts = Questionnaire.objects.filter(organisation=organisation).aggregate(
        answered=Count("pk", filter=Q(state=State.SUBMITTED)),
        overdue=Count("pk", filter=with_supplier & Q(due_on__lt=timezone.localdate())),
        wanted=Count("pk", filter=with_supplier & Q(link_wanted=True)),
    )
    with override(member.user.language):
        words = {
            "answered": _("Answers that wait to be read: %(count)s"),
            "overdue": _("Questionnaires that are overdue: %(count)s"),
            "wanted": _("Suppliers that ask for a new link: %(count)s"),
        }
        return [words[key] % {"count": count} for key, count in counts.items() if count]


def _send(member: Membership, lines: list[str]) -> bool:
    page = settings.PUBLIC_URL + reverse("questionnaires:list", kwargs={"slug": member.organisation.slug})
    with override(member.user.language):
        subject = _("Questionnaires of %(name)s this week") % {"name": member.organisation.name}
        less = _("You can do without this summary: ask for fewer e-mails on the page of your account.")
    return send_letter(member.user, subject, "\n\n".join(["\n".join(lines), page, less]))
